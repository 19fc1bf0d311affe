"""Teams of members and organisation tables (scoring.md §7)."""

from decimal import Decimal
from typing import Any

import pytest

from competition_app.domain.ranking.organisation_table import OrganisationFacts, TableRule, organisation_rows
from competition_app.domain.ranking.ranking import rank_event
from competition_app.services.results.ranking_file import results_of
from tests.domain.making import (
    direct,
    facts,
    one_stage,
    package,
    ranked_all,
    read,
    rows,
    scores,
    totals,
)


def team(take: str = "sum", **module: Any) -> dict[str, Any]:
    people = [{"code": f"C{n}", "name": f"C{n}"} for n in range(1, 8)]
    single = {
        "code": "S",
        "name": "S",
        "plan": one_stage([*direct("a"), *direct("b")], round={"total": 0}),
        "entries": [{"number": str(n), "contestants": [f"C{n}"]} for n in range(1, 7)],
        "scores": scores("a", {"1": 10, "2": 20, "3": 30, "4": 15, "5": 15, "6": 30})
        + scores("b", {"1": 10, "2": 10, "3": 10, "4": 15, "5": 15, "6": 10}),
        "times": [{"entry": str(n), "module": "a", "seconds": 10 * n} for n in range(1, 7)],
    }
    made = [{"code": "m", "kind": "members", "full": None, "event": "S", "take": take, **module}]
    both = {
        "code": "T",
        "name": "T",
        "plan": one_stage(made, round={"total": 2}, ties=[{"by": "module", "module": "b"}]),
        "entries": [
            {"number": "A", "contestants": ["C1", "C2", "C3"]},
            {"number": "B", "contestants": ["C4", "C5", "C6"]},
        ],
    }
    return {**package({}), "events": [both, single], "contestants": people}


@pytest.mark.parametrize(
    ("take", "module", "shown"),
    [
        ("sum", {}, {"A": "90.00", "B": "100.00"}),
        ("mean", {}, {"A": "30.00", "B": "33.33"}),
        ("best", {}, {"A": "40.00", "B": "40.00"}),
        ("sum", {"best": 2}, {"A": "70.00", "B": "70.00"}),
    ],
)
def test_teams_are_made_from_their_members(take: str, module: dict[str, Any], shown: dict[str, str]) -> None:
    document = ranked_all(team(take, **module))[0]
    assert {n: row["total"] for n, row in rows(document).items()} == shown


def test_tie_keys_take_the_same_members() -> None:
    document = ranked_all(team("sum", best=2))[0]
    assert [(row["number"], row["place"]) for row in document["divisions"][0]["standings"]] == [
        ("B", 1),
        ("A", 2),
    ]
    assert rows(document)["B"]["tie"] == "b 25.000000 > 20.000000"


@pytest.mark.parametrize(
    ("missing", "status", "total"), [("zero", "ranked", "90.00"), ("unranked", "incomplete", None)]
)
def test_a_missing_member(missing: str, status: str, total: str | None) -> None:
    values = team("sum", missing=missing)
    values["events"][0]["entries"][0]["contestants"].append("C7")
    row = rows(ranked_all(values)[0])["A"]
    assert (row["status"], row["total"]) == (status, total)


def test_neither_the_order_of_members_nor_of_entries_matters() -> None:
    """C1 and C4 both have 50, in different modules: who is named first decides nothing."""
    people = [{"code": f"C{n}", "name": f"C{n}"} for n in (1, 4)]
    single = {
        "code": "S", "name": "S", "plan": one_stage(direct("a", "b"), round={"total": 0}),
        "entries": [{"number": "1", "contestants": ["C1"]}, {"number": "2", "contestants": ["C4"]},
                    {"number": "10", "contestants": ["C1"]}],
        "scores": scores("a", {"1": 20, "2": 30, "10": 40}) + scores("b", {"1": 30, "2": 20, "10": 40}),
    }  # fmt: skip
    made = [{"code": "m", "kind": "members", "full": None, "event": "S", "best": 1}]
    team = {
        "code": "T", "name": "T",
        "plan": one_stage(made, ties=[{"by": "module", "module": "a"}]),
        "entries": [{"number": "A", "contestants": ["C1", "C4"]}, {"number": "B", "contestants": ["C4"]}],
    }  # fmt: skip
    values = {**package({}), "events": [team, single], "contestants": people}
    before = ranked_all(values)[0]
    assert [(row["total"], row["place"]) for row in rows(before).values()] == [
        ("50.000000", 1),
        ("50.000000", 2),
    ]
    team["entries"][0]["contestants"].reverse()
    single["entries"].reverse()
    assert ranked_all(values)[0] == before


UNITS = [
    {"code": "U", "name": "U", "kind": "union"},
    *({"code": code, "name": code, "kind": "enterprise", "parent": "U"} for code in "XYZ"),
]


def table(rule: dict[str, Any], **event: Any) -> dict[str, tuple[int, bool, str, int]]:
    made = totals(
        [9, 8, 7, 6],
        awards={"levels": [{"name": "一", "count": 1}, {"name": "二", "count": 2}], "ties": "include"},
    )
    for entry, unit in zip(made["entries"], "XYYZ", strict=True):
        entry["organisation"] = unit
    made.update(event)
    whole = read(made, organisations=UNITS, tables=[{"code": "T", "name": "T", **rule}])
    return {
        row.code: (row.place, row.shared, row.points, row.firsts) for row in results_of(whole).organisations
    }


def test_points_by_award_roll_up_the_tree() -> None:
    assert table({"points_by_award": {"一": 8, "二": 4}}) == {
        "U": (1, False, "16.000000", 1),
        "X": (1, False, "8.000000", 1),
        "Y": (2, False, "8.000000", 0),
        "Z": (3, False, "0.000000", 0),
    }


def test_points_by_place() -> None:
    found = table({"points_by_place": [7, 5, 4, 3]})
    assert (found["Y"], found["X"]) == ((1, False, "9.000000", 0), (2, False, "7.000000", 1))


def test_sum_of_the_best_totals() -> None:
    found = table({"sum_of_totals": {"best": 1}})
    assert [found[code][2] for code in "XYZ"] == ["9.000000", "8.000000", "6.000000"]
    assert table({"sum_of_totals": {}})["Y"][2] == "15.000000"


def test_an_entry_for_two_organisations_gives_each_full_points_or_its_share() -> None:
    made = totals([9])
    made["entries"][0]["organisations"] = [{"code": "X"}, {"code": "Y", "share": "0.5"}]
    result = rank_event(facts(made, organisations=UNITS))
    rule = TableRule("T", points_by_place=(Decimal(7),))
    found = organisation_rows(
        rule, [OrganisationFacts("X"), OrganisationFacts("Y")], [(facts(made, organisations=UNITS), result)]
    )
    assert [(row.code, row.points) for row in found] == [("X", "7.000000"), ("Y", "3.500000")]


def test_equal_points_and_places_are_shared() -> None:
    made = totals([9, 9])
    for entry, unit in zip(made["entries"], "XY", strict=True):
        entry["organisation"] = unit
    result = rank_event(facts(made, organisations=UNITS))
    found = organisation_rows(
        TableRule("T", points_by_place=(Decimal(7),)), [], [(facts(made, organisations=UNITS), result)]
    )
    assert [(row.place, row.shared, row.firsts) for row in found] == [(1, True, 1), (1, True, 1)]
