"""Every way in which rule texts count teams and enterprises (domain.md §6), through the one ranking."""

from decimal import Decimal
from typing import Any

import pytest

from competition_app.documents.packages.package import package_of
from competition_app.domain.scoring.figures import plain
from competition_app.services.results.ranking_file import results_of
from tests.domain.making import direct, one_stage, package, ranked_all, rows, totals

UNITS = [
    {"code": "U", "name": "U", "kind": "union"},
    *({"code": code, "name": code, "kind": "enterprise", "parent": "U"} for code in "XYZ"),
]
PRIZES = [{"name": "一等奖", "count": 1}, {"name": "二等奖", "count": 2}, {"name": "三等奖", "count": 3}]


def trade(code: str, units: str, values: list[Any], **more: Any) -> dict[str, Any]:
    """A trade whose entries 1, 2, 3 … of these units have these totals (``None``: absent)."""
    event = totals([0 if value is None else value for value in values], **more)
    for entry, unit, value in zip(event["entries"], units, values, strict=True):
        entry["organisation"] = unit
        if value is None:
            entry["status"] = "absent"
    return {"code": code, "name": code, **event}


def table(rule: dict[str, Any], *trades: dict[str, Any]) -> dict[str, tuple[int, Decimal, int]]:
    """Place, points and firsts of each enterprise."""
    tables = [{"code": "T", "name": "T", **rule}]
    whole = package_of({**package({}, organisations=UNITS, tables=tables), "events": list(trades)})
    return {
        row.code: (row.place, Decimal(row.points), row.firsts)
        for row in results_of(whole).organisations
        if row.code != "U"
    }


def team_of(members: list[str], values: dict[str, int], **module: Any) -> dict[str, Any]:
    """The row of one team of these people, whose own totals are these."""
    people = [{"code": code, "name": code} for code in members]
    numbers = {code: str(n) for n, code in enumerate(values, 1)}
    single = {
        "code": "S", "name": "S", "plan": one_stage(direct("m", full=None), round={"total": 2}),
        "entries": [{"number": numbers[code], "contestants": [code]} for code in values],
        "scores": [{"entry": numbers[code], "module": "m", "value": v} for code, v in values.items()],
    }  # fmt: skip
    made = {"code": "m", "kind": "members", "full": None, "event": "S", **module}
    team = {
        "code": "T", "name": "T", "plan": one_stage([made], round={"total": 2}),
        "entries": [{"number": "1", "contestants": members}],
    }  # fmt: skip
    values_ = {**package({}), "events": [team, single], "contestants": people}
    row: dict[str, Any] = rows(ranked_all(values_)[0])["1"]
    return row


def test_guzhen_lar_a_team_of_three_is_the_sum_of_its_scores() -> None:
    """GUZHEN, LAR: team of three = sum of the three scores."""
    assert team_of(["a", "b", "c"], {"a": 90, "b": 80, "c": 70})["total"] == "240.00"


@pytest.mark.parametrize(
    ("missing", "status", "total"), [("zero", "ranked", "170.00"), ("unranked", "incomplete", None)]
)
def test_metro_a_missing_member_just_lowers_the_sum(missing: str, status: str, total: str | None) -> None:
    """METRO: a missing member just lowers it; the other rule (fewer than N → not ranked) is a choice."""
    row = team_of(["a", "b", "c"], {"a": 90, "b": 80}, missing=missing)
    assert (row["status"], row["total"]) == (status, total)


def test_a_team_needs_so_many_members_with_a_result() -> None:
    """“Fewer than N members → not ranked as a team”: the best two of three count, and two there must be."""
    assert team_of(["a", "b", "c"], {"a": 90, "b": 80}, best=2)["total"] == "170.00"
    assert team_of(["a", "b", "c"], {"a": 90}, best=2)["status"] == "incomplete"


def test_zoucheng_the_best_three_of_a_unit_in_each_trade() -> None:
    """ZOUCHENG: sum of the best three of the unit in each trade, 3 entrants per unit and trade."""
    turner = trade("turner", "XXXXYYY", [90, 80, 70, 60, 85, 84, 83])
    welder = trade("welder", "XXYYYY", [50, 50, 60, 60, 60, 60])
    found = table({"sum_of_totals": {"best": 3}}, turner, welder)
    assert found == {"Y": (1, Decimal(252 + 180), 4), "X": (2, Decimal(240 + 100), 1)}


def test_metro_a_company_is_the_plain_sum_over_its_people() -> None:
    """METRO: company total = plain sum over its people; a missing one just lowers it."""
    found = table({"sum_of_totals": {}}, trade("E", "XXXYYY", [71, 70, None, 60, 60, 60]))
    assert found == {"Y": (1, Decimal(180), 0), "X": (2, Decimal(141), 1)}


def test_mach_24_points_by_award_and_one_for_all_who_passed() -> None:
    """MACH-24: first prize 8, second 4, third 2, no prize but all events passed 1, zero → not eligible."""
    passed = {"name": "合格", "percent": 100, "pass": True}
    event = trade("E", "XXYYYYYZZ", [95, 94, 93, 80, 79, 78, 70, 60, 59],
                  awards={"ties": "include", "levels": [*PRIZES, passed]})  # fmt: skip
    event["plan"]["stages"][0]["modules"][0]["pass"] = 60
    points = {"一等奖": 8, "二等奖": 4, "三等奖": 2, "合格": 1}
    assert table({"points_by_award": points}, event) == {
        "X": (1, Decimal(12), 1),
        "Y": (2, Decimal(4 + 2 + 2 + 2 + 1), 0),
        "Z": (3, Decimal(1), 0),  # 60 passed, 59 did not
    }


def test_equal_points_more_firsts_then_more_seconds() -> None:
    """kidbbs: team points equal → more firsts, then more seconds …"""
    rule = {"points_by_place": [7, 5, 4, 3, 2, 1]}
    first = trade("A", "XYZ", [9, 8, 7])  # X 7, Y 5, Z 4
    second = trade("B", "YZX", [9, 8, 7])  # Y 7, Z 5, X 4
    third = trade("C", "ZZX", [9, 8, 7])  # Z 7 + 5, X 4
    assert table(rule, first, second, third) == {
        "Z": (1, Decimal(21), 1), "X": (2, Decimal(15), 1), "Y": (3, Decimal(12), 1),
    }  # fmt: skip
    # X 7 + 3 = Y 5 + 5: the first counts; Z 4 + 4 with no first
    assert table(rule, trade("A", "XYZ", [9, 8, 7]), trade("B", "UYZX", [9, 8, 7, 6])) == {
        "X": (1, Decimal(10), 1), "Y": (2, Decimal(10), 0), "Z": (3, Decimal(8), 0),
    }  # fmt: skip


def test_equal_firsts_more_seconds() -> None:
    """kidbbs: … then more seconds: X 5 + 2 against Y 4 + 3 points, neither with a first."""
    rule = {"points_by_place": [7, 5, 4, 3, 2, 1]}
    found = table(rule, trade("A", "UXYZZ", [9, 8, 7, 6, 5]), trade("B", "UZZYX", [9, 8, 7, 6, 5]))
    assert [(code, place) for code, (place, _, _) in found.items() if code != "Z"] == [("X", 2), ("Y", 3)]
    assert found["X"][1] == found["Y"][1] == Decimal(7)


def test_greater_bay_two_tied_seconds() -> None:
    """Greater Bay: one first, two tied seconds, three thirds: teams equal in everything share the place."""
    rule = {"points_by_place": [7, 5, 5]}
    assert table(rule, trade("A", "XYZ", [9, 8, 8])) == {
        "X": (1, Decimal(7), 1), "Y": (2, Decimal(5), 0), "Z": (2, Decimal(5), 0),
    }  # fmt: skip


def test_third_union_competition_a_fixed_number_of_team_places() -> None:
    """3rd national union competition: 10 team places of 199 teams."""
    levels = [{"name": "优胜团队", "count": 10}]
    event = totals(list(range(199, 0, -1)), awards={"ties": "include", "levels": levels})
    awarded = [row["award"] for row in rows(ranked_all(package(event))[0]).values()]
    assert awarded == ["优胜团队"] * 10 + [None] * 189


@pytest.mark.parametrize(
    ("shares", "points"),
    [({}, {"X": "7", "Y": "7"}), ({"X": "0.6", "Y": "0.4"}, {"X": "4.2", "Y": "2.8"})],
)
def test_a_team_of_two_units_counts_for_both(shares: dict[str, str], points: dict[str, str]) -> None:
    """Pairs of two units (domain.md §12): each gets full points, or its share where shares are given."""
    event = totals([9])
    event["entries"][0]["organisations"] = [
        {"code": code, **({"share": shares[code]} if shares else {})} for code in "XY"
    ]
    found = table({"points_by_place": [7]}, {"code": "E", "name": "E", **event})
    assert {code: plain(each[1]) for code, each in found.items()} == points
