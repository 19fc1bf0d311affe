"""Every way in which rule texts round and speech contests count (domain.md §2, §13, §1)."""

from typing import Any

import pytest

from competition_app.documents.packages.package import check_package
from tests.domain.making import direct, entries, marks, one_stage, package, ranked, rows, scores, sheets

TRIMMED = {"drop_high": 1, "drop_low": 1}
TEN = [{"code": "p", "kind": "points", "max": 10, "step": "0.01"}]
# 6–8 min; 1–10 s over −0.02, 11–20 −0.05, 20–30 −0.1, at most 0.2; under 6 min −0.1
MODEL = [[0, "0.1"], [360, 0], [481, "0.02"], [491, "0.05"], [501, "0.1"], [511, "0.2"]]


def score(plan: dict[str, Any], given: list[dict[str, Any]], **event: Any) -> dict[str, Any]:
    row: dict[str, Any] = rows(ranked({"plan": plan, "entries": entries("1"), "marks": given, **event}))["1"]
    return row


def taking(seconds: int) -> list[dict[str, Any]]:
    return [{"entry": "1", "module": "m", "seconds": seconds}]


# --- speech contests ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "total"),
    [(479, "9.42"), (481, "9.40"), (495, "9.37"), (505, "9.32"), (600, "9.22"), (359, "9.32")],
)
def test_model_rule_ten_marks_trimmed_mean_and_bands_of_time(seconds: int, total: str) -> None:
    """Model rule: drop 1 high + 1 low, mean, 2 decimals, 10-mark scale; overrun and underrun taken off."""
    plan = sheets(TEN, full=10, panel=TRIMMED, round={"attempt": 2, "module": 2}, time_bands=MODEL)
    given = marks("1", ["9.30", "9.40", "9.45", "9.40", "9.80"])  # 28.25 / 3 = 9.4166…
    assert score(plan, given, times=taking(seconds))["total"][:4] == total


def test_model_rule_one_minute_late_is_a_withdrawal() -> None:
    """Model rule: 1 min late = 弃权: without a place, and no time is missed."""
    event = {"plan": one_stage(direct("m", time_bands=MODEL)), "entries": entries("1", status="withdrawn")}
    row = rows(ranked(event))["1"]
    assert (row["status"], row["place"], row["problems"]) == ("withdrawn", None, [])


def test_model_rule_the_first_twenty_go_on() -> None:
    """Model rule: top 20 go on; two equal at the border both do."""
    plan = one_stage(direct("m"), advance={"count": 20})
    given = {str(n): 100 - min(n, 20) for n in range(1, 26)}
    given["23"] = given["24"] = given["25"] = 1
    found = rows(ranked({"plan": plan, "entries": entries(given), "scores": scores("m", given)}))
    assert sum(row["advances"] for row in found.values()) == 22


@pytest.mark.parametrize(("seconds", "total"), [(490, "92.667"), (491, "92.467"), (511, "92.167")])
def test_tudiao_three_decimals_and_the_time_after_the_mean(seconds: int, total: str) -> None:
    """tudiao: judges 2 decimals, mean 3 decimals, over 10 s −0.2, over 30 s −0.5, after the mean."""
    bands = [[491, "0.2"], [511, "0.5"]]
    plan = sheets(panel=TRIMMED, round={"attempt": 3, "module": 3}, time_bands=bands)
    plan["stages"][0]["round"] = {"total": 3}
    assert score(plan, marks("1", [90, 92, 93, 93, 99]), times=taking(seconds))["total"] == total


def test_company_2017_the_sum_of_the_rest() -> None:
    """Company 2017: on 100, drop 1 + 1, rank by the sum of the rest."""
    plan = sheets(full=300, panel={**TRIMMED, "combine": "sum"}, round={"module": 2})
    assert score(plan, marks("1", [88, 90, "91.5", 92, 99]))["modules"]["m"]["score"] == "273.50"


@pytest.mark.parametrize(("value", "taken"), [(95, True), (100, True), ("94.9", False), ("100.1", False)])
def test_marks_are_bounded_from_95_to_100(value: Any, taken: bool) -> None:
    """1mishu: marks bounded 95–100: a criterion has a minimum as well as a maximum."""
    plan = sheets([{"code": "p", "kind": "points", "min": 95, "max": 100, "step": "0.1"}])
    _, errors = check_package(
        package({"plan": plan, "entries": entries("1"), "marks": marks("1", [value])}), "p"
    )
    assert (errors == []) is taken


def test_the_order_of_appearance_by_lot_may_part_equal_totals() -> None:
    """Speech: order by lot: the number drawn stands in a field, and may be a last key."""
    plan = one_stage(direct("m"), ties=[{"by": "field", "field": "出场序号"}])
    both = [{"number": n, "fields": {"出场序号": drawn}} for n, drawn in (("1", "10"), ("2", "9"))]
    found = rows(ranked({"plan": plan, "entries": both, "scores": scores("m", {"1": 9, "2": 9})}))
    assert {number: row["place"] for number, row in found.items()} == {"2": 1, "1": 2}


# --- rounding -----------------------------------------------------------------------------------------------

PARTS = {"a": "25.255", "b": "30.335", "c": "20.005"}


@pytest.mark.parametrize(
    ("module", "total", "shown"),
    [(2, 2, "75.61"), (None, 2, "75.60"), (None, None, "75.595000")],
    ids=["JX-3: each module and again the total", "JX-1: the total only", "not at all"],
)
def test_jx_rounds_modules_and_total_or_the_total_only(
    module: int | None, total: int | None, shown: str
) -> None:
    """JX-3: 2 decimals, third half-up, for each module and again for the total; JX-1: total only."""
    plan = one_stage(direct(*PARTS, round={"module": module}), round={"total": total})
    given = [row for code, value in PARTS.items() for row in scores(code, {"1": value})]
    assert rows(ranked({"plan": plan, "entries": entries("1"), "scores": given}))["1"]["total"] == shown


@pytest.mark.parametrize(("digits", "shown"), [(2, "2.34"), (None, "2.33")])
def test_jx_2_rounds_each_judgement_item(digits: int | None, shown: str) -> None:
    """JX-2: half-up for each judgement item: 7/9 of 1 → 0.78, three of them 2.34; rounded once 2.33."""
    items = [{"code": code, "kind": "judgement", "max": 1} for code in "abc"]
    plan = sheets(items, panel={"across": "criterion"}, round={"criterion": digits, "module": 2})
    given = [row for code in "abc" for row in marks("1", [2, 2, 3], code)]
    assert score(plan, given)["modules"]["m"]["score"] == shown


def test_metro_rounds_the_practical_mean_and_the_weighted_sum() -> None:
    """METRO: practical mean to 2, then theory × 0.3 + practical × 0.7 to 2, half up both times."""
    practical = {
        "code": "p", "kind": "sheets", "full": 100, "weight": "0.7", "round": {"module": 2},
        "criteria": [{"code": "c", "kind": "points", "max": 100}], "panel": {"min_judges": 2},
    }  # fmt: skip
    plan = one_stage([*direct("t", weight="0.3"), practical], round={"total": 2})
    given = [{"entry": "1", "module": "p", "judge": j, "criterion": "c", "value": v}
             for j, v in (("A", "86.12"), ("B", "86.13"))]  # fmt: skip
    # mean 86.125 → 86.13; 24.006 + 60.291 = 84.297 → 84.30; out of 86.125 it would be 84.2935 → 84.29
    row = score(plan, given, scores=scores("t", {"1": "80.02"}))
    assert (row["modules"]["p"]["score"], row["total"]) == ("86.13", "84.30")


def test_martial_arts_the_chief_judge_may_add_or_take_after_the_mean() -> None:
    """Martial arts: drop high/low, 2 decimals, then the chief judge may add or take 0.05–0.1."""
    chief = {"code": "chief", "kind": "direct", "full": None}
    plan = sheets(TEN, full=10, panel=TRIMMED, round={"module": 2})
    plan["stages"][0] |= {"modules": [*plan["stages"][0]["modules"], chief], "round": {"total": 2}}
    given = marks("1", ["8.9", "9.0", "9.1", "9.1", "9.5"])  # 9.07
    for adjusted, total in (("0.1", "9.17"), ("-0.05", "9.02"), ("0", "9.07")):
        assert score(plan, given, scores=scores("chief", {"1": adjusted}))["total"] == total


# --- who marks together -------------------------------------------------------------------------------------


def test_jx_2_judgement_by_the_mean_and_measurement_agreed_in_one_module() -> None:
    """JX-2: 3 judges per group for judgement items; measurement groups agree on one value."""
    own = {"combine": "agreed", "min_judges": 1}
    criteria = [
        {"code": "j", "kind": "judgement", "max": 6},
        {"code": "l", "kind": "points", "max": 30, "panel": own},
    ]
    plan = sheets(
        criteria, full=36, panel={"across": "criterion", "min_judges": 3}, round={"criterion": 2, "module": 2}
    )
    agreed = marks("1", {"j": [2, 2, 3], "l": [25, "absent", "absent"]})
    assert score(plan, agreed)["modules"]["m"]["score"] == "29.67"
    row = score(plan, marks("1", {"j": [2, 2, 3], "l": [25, 24, 25]}))
    assert [(p["code"], p["criterion"]) for p in row["problems"]] == [("not_agreed", "l")]
    row = score(plan, marks("1", {"j": [2, 2, "absent"], "l": [25, 25, 25]}))
    assert [(p["code"], p["criterion"], p["needed"]) for p in row["problems"]] == [
        ("not_enough_judges", "j", 3)
    ]


# --- what becomes of a mark ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("criterion", "mark", "points"),
    [
        ({"kind": "deduction", "max": 10, "each": 2}, 3, "4.00"),
        ({"kind": "deduction", "max": 10, "each": 2}, 6, "0.00"),
        ({"kind": "measured", "max": 25, "scale": [[0, 0], ["12.5", 25]], "step": 1}, 9, "18.00"),
        ({"kind": "measured", "max": 25, "scale": [[0, 0], ["12.5", 25]], "step": 1}, 13, "25.00"),
        ({"kind": "points", "max": 1, "step": "0.5"}, "0.5", "0.50"),
        ({"kind": "measured", "max": 5, "scale": [["-0.21", 0], ["-0.2", 5], ["0.21", 0]], "between": "step"},
         "0.20", "5.00"),
        ({"kind": "measured", "max": 5, "scale": [["-0.21", 0], ["-0.2", 5], ["0.21", 0]], "between": "step"},
         "-0.21", "0.00"),
        ({"kind": "deduction", "max": 2}, 5, "0.00"),
        ({"kind": "deduction", "max": 100}, "17.5", "82.50"),
    ],
    ids=[
        "10 − N×2", "10 − N×2, floor 0", "2 per item", "2 per item, cap 25", "steps 0/0.5/1.0",
        "tolerance ±0.20 full mark", "else 0", "false reports out of a pool of 2", "100 minus the deductions",
    ],
)  # fmt: skip
def test_item_formulas_of_rule_texts(criterion: dict[str, Any], mark: Any, points: str) -> None:
    """JX-2, JX-3, MODULES: the item formulas of domain.md §1."""
    plan = sheets([{"code": "p", **criterion}], full=100, round={"module": 2})
    assert score(plan, marks("1", [mark]))["modules"]["m"]["score"] == points


def test_a_violation_is_zero_for_that_round() -> None:
    """METRO: violation or absence = 0 for that round: points off the attempt, never below 0."""
    plan = one_stage(direct("m", attempts={"count": 2, "take": "sum"}, full=100), round={"total": 0})
    both = [{"entry": "1", "module": "m", "attempt": n, "value": 40} for n in (1, 2)]
    off = [{"entry": "1", "module": "m", "attempt": 2, "points": 100, "reason": "违规"}]
    row = rows(ranked({"plan": plan, "entries": entries("1"), "scores": both, "penalties": off}))["1"]
    assert row["total"] == "40"
