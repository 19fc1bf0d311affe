"""Guards while marking (scoring.md §5) and every problem code (package.md §2)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from competition_app.domain.ranking.ranking import rank_event
from competition_app.domain.scoring.facts import Work
from tests.domain.making import (
    codes,
    direct,
    entries,
    facts,
    marks,
    one_stage,
    ranked,
    rows,
    scores,
    seats,
    sheets,
)

JUDGEMENT = [{"code": "p", "kind": "judgement", "max": 6}]
UNITS = [
    {"code": "U", "name": "U"},
    {"code": "G", "name": "G", "parent": "U"},
    {"code": "X", "name": "X", "parent": "G"},
    {"code": "Y", "name": "Y", "parent": "G"},
    {"code": "Z", "name": "Z", "parent": "U"},
]


def only(event: dict[str, Any], **more: Any) -> dict[str, Any]:
    return rows(ranked({"entries": entries("1"), **event}, **more))["1"]


@pytest.mark.parametrize(
    ("given", "told"),
    [([1, 2, 2], []), ([1, 3, 2], ["judgement_spread"]), ([0, "absent", 2], ["judgement_spread"])],
)
def test_judgement_spread(given: list[Any], told: list[str]) -> None:
    row = only({"plan": sheets(JUDGEMENT), "marks": marks("1", given)})
    assert (codes(row), row["place"]) == (told, 1)


def test_a_spread_the_plan_names_and_the_kinds_without_one() -> None:
    wide = [{**JUDGEMENT[0], "max_spread": 2}]
    assert codes(only({"plan": sheets(wide), "marks": marks("1", [1, 3])})) == []
    points = [{"code": "p", "kind": "points", "max": 100}]
    assert codes(only({"plan": sheets(points), "marks": marks("1", [1, 99])})) == []
    assert codes(only({"plan": sheets([{**points[0], "max_spread": 5}]), "marks": marks("1", [1, 99])})) == [
        "judgement_spread"
    ]


@pytest.mark.parametrize(
    ("across", "factor", "told"),
    [("sheet", 1, []), ("sheet", 2, ["judge_gap"]), ("criterion", 2, ["judge_gap"]), ("criterion", 1, [])],
)
def test_gap_between_sheets(across: str, factor: int, told: list[str]) -> None:
    criteria = [
        {"code": "p", "kind": "points", "max": 50, "factor": factor},
        {"code": "q", "kind": "points", "max": 50},
    ]
    plan = sheets(criteria, panel={"across": across}, max_gap=10)
    row = only({"plan": plan, "marks": marks("1", {"p": [40, 30], "q": [20, 20]})})
    assert (codes(row), row["place"]) == (told, 1)


def test_the_chief_judge_may_accept_a_problem_for_one_entry() -> None:
    event = {
        "plan": sheets(JUDGEMENT),
        "entries": entries("12"),
        "marks": marks("1", [0, 3]) + marks("2", [0, 3]),
    }
    found = rows(ranked({**event, "accepted": [{"code": "judgement_spread", "entry": "1", "reason": "r"}]}))
    assert (codes(found["1"]), codes(found["2"])) == ([], ["judgement_spread"])


def test_accepting_does_not_fill_a_gap() -> None:
    event = {"plan": sheets(), "marks": marks("1", [5, None]), "judges": seats(2)}
    row = only({**event, "accepted": [{"code": "missing_marks", "entry": "1", "reason": "r"}]})
    assert (codes(row), row["status"]) == (["missing_marks"], "incomplete")


def test_not_enough_judges_names_the_missing() -> None:
    plan = sheets(panel={"min_judges": 3})
    row = only({"plan": plan, "marks": marks("1", [5, 6, "absent", "absent"]), "judges": seats(4)})
    (problem,) = row["problems"]
    assert (problem["code"], problem["judges"], row["status"]) == (
        "not_enough_judges",
        ["J3", "J4"],
        "incomplete",
    )
    assert "J3, J4" in problem["message"]


def test_the_least_panel_is_one_more_than_is_dropped() -> None:
    plan = sheets(panel={"drop_high": 1, "drop_low": 1})
    assert codes(only({"plan": plan, "marks": marks("1", [5, 6, "absent"])})) == ["not_enough_judges"]
    assert codes(only({"plan": plan, "marks": marks("1", [5, 6, 7])})) == []


def test_where_nobody_is_named_the_judges_are_those_who_gave_any_mark() -> None:
    event = {"plan": sheets(), "entries": entries("12"), "marks": marks("1", [5, 6, 7]) + marks("2", [5, 6])}
    found = rows(ranked(event))
    assert (found["1"]["status"], codes(found["2"])) == ("ranked", ["missing_marks"])
    assert found["2"]["problems"][0]["judges"] == ["J3"]


def test_a_judge_whose_modules_are_left_out_is_assigned_to_none() -> None:
    judges = [*seats(2), {"code": "J3", "role": "chief_judge"}]
    assert only({"plan": sheets(), "marks": marks("1", [5, 6]), "judges": judges})["status"] == "ranked"


def test_a_chief_judge_assigned_to_the_module_owes_it_too() -> None:
    judges = [*seats(2), {"code": "J3", "role": "chief_judge", "modules": ["m"]}]
    assert codes(only({"plan": sheets(), "marks": marks("1", [5, 6]), "judges": judges})) == ["missing_marks"]


@pytest.mark.parametrize(
    ("across", "second", "told"),
    [
        ("sheet", "absent", ["missing_marks"]),
        ("criterion", "absent", []),
        ("criterion", None, ["missing_marks"]),
    ],
)
def test_a_sheet_partly_absent(across: str, second: Any, told: list[str]) -> None:
    criteria = [{"code": "p", "kind": "points", "max": 50}, {"code": "q", "kind": "points", "max": 50}]
    given = marks("1", {"p": [40, 30], "q": [20, second]})
    assert (
        codes(only({"plan": sheets(criteria, panel={"across": across}), "marks": given, "judges": seats(2)}))
        == told
    )


def test_an_attempt_all_absent_was_made() -> None:
    plan = sheets(attempts={"count": 2, "take": "last"})
    given = marks("1", [50], attempt=1) + marks("1", ["absent"], attempt=2)
    assert codes(only({"plan": plan, "marks": given, "judges": seats(1)})) == ["not_enough_judges"]


def own(module: dict[str, Any] | None = None, unit: str = "X", **event: Any) -> dict[str, Any]:
    """J1 is of unit X, J2 of none; the entry of ``unit``."""
    judges = [{"code": "J1", "organisation": "X", "modules": ["m"]}, {"code": "J2", "modules": ["m"]}]
    made = {
        "plan": sheets(**(module or {}), round={"module": 1}),
        "judges": judges,
        "entries": entries("1", organisation=unit),
    }
    return only({**made, **event}, organisations=UNITS)


def test_a_mark_for_ones_own_unit_is_told_and_the_place_stands() -> None:
    row = own(marks=marks("1", [10, 20]))
    assert (codes(row), row["status"], row["modules"]["m"]["score"]) == (
        ["conflict_of_interest"],
        "ranked",
        "15.0",
    )
    accepted = [{"code": "conflict_of_interest", "entry": "1", "reason": "r"}]
    assert codes(own(marks=marks("1", [10, 20]), accepted=accepted)) == []


def test_a_recused_judge_owes_nothing() -> None:
    row = own(marks=marks("1", [None, 20]))
    assert (codes(row), row["modules"]["m"]["score"]) == ([], "20.0")
    assert codes(own(marks=marks("1", [None, 20]), unit="Y")) == ["missing_marks"]


@pytest.mark.parametrize("module", [{"blind": True}, {"conflict": "set_aside"}])
def test_set_aside_marks_count_as_absent(module: dict[str, Any]) -> None:
    row = own(module, marks=marks("1", [10, 20]))
    assert (codes(row), row["modules"]["m"]["score"]) == ([], "20.0")
    row = own({**module, "panel": {"min_judges": 2}}, marks=marks("1", [10, 20]))
    assert (codes(row), row["problems"][0]["judges"]) == (["not_enough_judges"], ["J1"])


def test_a_blind_module_may_refuse_instead() -> None:
    assert codes(own({"blind": True, "conflict": "refuse"}, marks=marks("1", [10, 20]))) == [
        "conflict_of_interest"
    ]


@pytest.mark.parametrize(("node", "told"), [(None, []), ("G", ["conflict_of_interest"]), ("Z", [])])
def test_the_same_group_up_to_a_node(node: str | None, told: list[str]) -> None:
    rule = {"mode": "refuse", "up_to": node} if node else "refuse"
    assert codes(own({"conflict": rule}, unit="Y", marks=marks("1", [10, 20]))) == told


@pytest.mark.parametrize("key", ["organisation", "employer"])
def test_a_contestants_unit_and_employer_count_too(key: str) -> None:
    judges = [{"code": "J1", "organisation": "X", "modules": ["m"]}]
    event = {
        "plan": sheets(),
        "judges": judges,
        "entries": entries("1", contestants=["C1"]),
        "marks": marks("1", [10]),
    }
    row = only(event, organisations=UNITS, contestants=[{"code": "C1", "name": "C1", key: "X"}])
    assert codes(row) == ["conflict_of_interest"]


def test_out_of_range_marks_arise_only_after_a_change_of_plan() -> None:
    found = facts({"plan": sheets(), "entries": entries("1"), "marks": marks("1", [50])})
    ((place, work),) = found.works.items()
    row = rank_event(replace(found, works={place: Work(work.keys, (150,), True)})).divisions[0].standings[0]
    assert ([p.code for p in row.problems], row.place, row.total) == (["out_of_range"], 1, "100.000000")
    found = facts({"plan": one_stage(direct("m")), "entries": entries("1"), "scores": scores("m", {"1": 50})})
    row = rank_event(replace(found, scores={("s", "m", "1"): ((1, Decimal(150)),)})).divisions[0].standings[0]
    assert ([p.code for p in row.problems], row.total) == (["out_of_range"], "100.000000")


def test_marks_of_a_criterion_the_plan_no_longer_has_are_left_out() -> None:
    found = facts({"plan": sheets(), "entries": entries("1"), "marks": marks("1", [50])})
    ((place, work),) = found.works.items()
    works = {place: Work((*work.keys, (1, "J1", "gone")), (*work.values, 9), True)}
    assert rank_event(replace(found, works=works)).divisions[0].standings[0].total == "50.000000"
