"""What an editor points out in a plan, never refusing it: code and path of each (scoring.md §2, §8)."""

from typing import Any

import pytest

from competition_app.domain.plans.plan_checks import read_plan
from competition_app.domain.plans.plan_warnings import plan_warnings

POINTS = {"code": "p", "kind": "points", "max": 100}
FIVE = {"drop_high": 1, "drop_low": 1, "min_judges": 5}
TWO = {"drop_high": 1, "drop_low": 1, "min_judges": 2}
MODULE = {"code": "m", "kind": "sheets", "full": 100, "criteria": [POINTS]}
SUMMED = {**POINTS, "panel": {"combine": "sum"}}
M = "stages[0].modules[0]"


def warned(
    module: dict[str, Any] | None = None,
    stage: dict[str, Any] | None = None,
    awards: list[dict[str, Any]] | None = None,
    **plan: Any,
) -> list[tuple[str, str]]:
    """Code and path of what a plan of one module, so changed, is warned of."""
    whole: dict[str, Any] = {"stages": [{"code": "s", "modules": [{**MODULE, **(module or {})}]}], **plan}
    whole["stages"][0].update(stage or {})
    if awards is not None:
        whole["awards"] = {"ties": "include", "levels": [{"name": str(n), **a} for n, a in enumerate(awards)]}
    return [(told.code, str(told.more["path"])) for told in plan_warnings(read_plan(whole))]


def test_a_plain_plan_has_no_warning() -> None:
    assert warned() == []


@pytest.mark.parametrize(
    ("fulls", "weights", "told"),
    [
        ([25, 30, 25, 20], [1, 1, 1, 1], []),  # JX-1: simply added
        ([100, 100], [1, 1], [("weights_sum", "stages[0]")]),
        ([50, 50], [1, "0.5"], [("weights_sum", "stages[0]")]),
        ([100, 100], ["0.3", "0.7"], []),
    ],
)
def test_weights_add_up_to_one_or_modules_to_a_hundred(
    fulls: list[int], weights: list[Any], told: list[Any]
) -> None:
    modules = [
        {"code": f"m{n}", "kind": "direct", "full": full, "weight": weight}
        for n, (full, weight) in enumerate(zip(fulls, weights, strict=True))
    ]
    assert warned(stage={"modules": modules}) == told


@pytest.mark.parametrize(
    ("module", "told"),
    [
        ({"full": 90}, ("maxima_sum", M)),
        # five judges, the sum of the three kept: 300 would be cut at 100
        ({"panel": {**FIVE, "combine": "sum"}}, ("full_cuts", f"{M}.full")),
        ({"full": 300, "panel": {**FIVE, "combine": "sum"}}, None),
        # with no least number of judges two at least are added up
        ({"panel": {"combine": "sum"}}, ("full_cuts", f"{M}.full")),
        ({"full": 200, "panel": {"combine": "sum"}}, None),
        ({"full": 300, "pass": 250, "criteria": [SUMMED], "panel": {"across": "criterion"}}, None),
        ({"panel": TWO}, ("drops_too_many", f"{M}.panel.min_judges")),
        ({"panel": {**TWO, "drop_if_at_least": 5}}, None),
        ({"pass": 101}, ("pass_unreachable", f"{M}.pass")),
        ({"pass": 100}, None),
        ({"time_bands": [[0, "0.1"], [360, 0], [481, "0.02"], [491, "0.05"]]}, None),
        ({"time_bands": [[481, "0.2"], [491, "0.05"]]}, ("time_uneven", f"{M}.time_bands[1]")),
        ({"time_bands": [[481, "0.2"], [491, "0.2"]]}, ("time_uneven", f"{M}.time_bands[1]")),
        ({"time_factors": [[0, 1], [901, "0.95"], [916, "0.59"], [931, "0.85"]]},
         ("time_uneven", f"{M}.time_factors[3]")),
    ],
)  # fmt: skip
def test_a_module(module: dict[str, Any], told: tuple[str, str] | None) -> None:
    assert warned(module) == ([] if told is None else [told])


def test_a_pass_above_what_the_criteria_add_up_to() -> None:
    criteria = [{**POINTS, "max": 50}, {"code": "b", "kind": "bonus", "max": 5}]
    assert warned({"criteria": criteria, "pass": 60}) == [
        ("maxima_sum", M),
        ("pass_unreachable", f"{M}.pass"),
    ]
    assert warned({"criteria": criteria, "pass": 55}) == [("maxima_sum", M)]


def test_a_pass_above_what_the_weights_allow() -> None:
    theory = {"code": "t", "kind": "direct", "full": 50, "weight": "0.5"}
    other = {**MODULE, "weight": "0.5"}
    assert warned(stage={"modules": [theory, other], "pass": 75}) == []
    assert warned(stage={"modules": [theory, other], "pass": "75.1"}) == [
        ("pass_unreachable", "stages[0].pass")
    ]
    percent = {**theory, "basis": "percent"}
    assert warned(stage={"modules": [percent, other], "pass": 100}) == []
    assert warned(stage={"modules": [{**theory, "full": None}, other], "pass": 500}) == []


def test_a_total_with_a_carried_stage() -> None:
    first = {"code": "a", "modules": [{"code": "x", "kind": "direct", "full": 3500}]}
    carry = {"stage": "a", "weight": "0.3", "basis": "percent", "full": 3500}
    last = {"code": "b", "modules": [{**MODULE, "weight": "0.7"}], "carry": carry}
    for least, told in ((100, []), ("100.5", [("pass_unreachable", "stages[1].pass")])):
        plan = read_plan({"stages": [first, {**last, "pass": least}]})
        assert [(w.code, w.more["path"]) for w in plan_warnings(plan)] == told


def test_nobody_can_go_on() -> None:
    assert warned(stage={"advance": {"min_total": 101}}) == [
        ("advance_unreachable", "stages[0].advance.min_total")
    ]


def test_where_less_is_better_no_figure_is_out_of_reach() -> None:
    assert warned({"pass": 101}, {"pass": 300}, [{"min_total": 300}], order="low") == []


@pytest.mark.parametrize(
    ("key", "module"),
    [
        ({"by": "attempt", "module": "m", "nth": 3}, {"attempts": {"count": 2}}),
        ({"by": "criterion", "module": "m", "criterion": "p"}, {"attempts": {"count": 2, "take": "mean"}}),
        ({"by": "penalty"}, {}),
    ],
    ids=["a third of two attempts", "a criterion of several attempts", "the same key again"],
)
def test_a_tie_key_that_never_decides(key: dict[str, Any], module: dict[str, Any]) -> None:
    ties = [{"by": "penalty"}, key, {"by": "attempt", "module": "m"}]
    assert warned(module, {"ties": ties}) == [("tie_key_idle", "stages[0].ties[1]")]


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ([{"ranks": [1, 5]}, {"ranks": [5, 10]}], [("band_overlap", "awards.levels[1].ranks")]),
        ([{"ranks": [1, 5]}, {"ranks": [6, 20]}], []),
        ([{"ranks": [1, 5]}, {"ranks": [8, 20]}], [("band_gap", "awards.levels[1].ranks")]),
        ([{"ranks": [1, 10**50]}, {"ranks": [2, 3]}],
         [("band_overlap", "awards.levels[1].ranks"), ("level_unreachable", "awards.levels[1]")]),
        ([{"percent": 60}, {"percent": "40.5"}], [("percents_sum", "awards.levels")]),
        ([{"count": 1}, {"count": 0}], [("level_unreachable", "awards.levels[1]")]),
        ([{"percent": 0, "at_least": 1}], []),
        ([{"count": 1}, {"percent": 100}, {"count": 3}], [("level_unreachable", "awards.levels[2]")]),
        ([{"min_total": 101}], [("level_unreachable", "awards.levels[0]")]),
        ([{"min_total": 80}, {"min_total": 90}], [("level_unreachable", "awards.levels[1]")]),
        ([{"min_total": 90}, {"min_total": 80}], []),
        ([{"count": 1, "pass": True}], [("pass_without_mark", "awards.levels[0].pass")]),
    ],
)  # fmt: skip
def test_prizes(levels: list[dict[str, Any]], told: list[tuple[str, str]]) -> None:
    assert warned(awards=levels) == told


def test_a_prize_for_those_who_passed_after_one_for_all() -> None:
    levels = [{"min_total": 80, "pass": True}, {"min_total": 80}]
    assert warned({"pass": 60}, awards=levels) == []
    assert warned({"pass": 60}, awards=[{"percent": 100, "pass": True}, {"count": 3}]) == []


def test_a_title_that_needs_a_pass_nobody_is_asked_for() -> None:
    titles = [{"name": "技术能手", "ranks": [1, 3], "needs": {"pass": True}}]
    assert warned(titles=titles) == [("pass_without_mark", "titles[0].needs.pass")]
