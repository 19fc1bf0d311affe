"""Reading a plan: every error with its path, exact numbers, warnings (scoring.md §2)."""

import json
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from competition_app.domain.errors import Refusal
from competition_app.domain.plans.plan import Plan
from competition_app.domain.plans.plan_checks import plan_and_errors, read_plan
from competition_app.domain.plans.plan_warnings import plan_warnings
from competition_app.domain.scoring.figures import decimal_of, figure, plain

PLAN: dict[str, Any] = json.loads(
    """
{"entry": "individual", "order": "high",
 "stages": [{"code": "final", "name": "决赛", "modules": [
   {"code": "theory", "name": "理论", "full": 100, "weight": 0.3, "kind": "direct", "round": {"module": 2}},
   {"code": "practical", "name": "实操", "full": 100, "weight": 0.7, "kind": "sheets", "criteria": [
     {"code": "P1", "name": "装配质量", "kind": "points", "max": 40, "step": 0.5},
     {"code": "P2", "name": "工艺表达", "kind": "judgement", "max": 6},
     {"code": "P3", "name": "尺寸误差(mm)", "kind": "measured", "max": 30,
      "scale": [[0, 30], [0.2, 30], [0.5, 0]], "between": "linear"},
     {"code": "P4", "name": "接地检查", "kind": "check", "max": 4},
     {"code": "P5", "name": "安全文明", "kind": "deduction", "max": 20, "each": 2}],
    "panel": {"across": "sheet", "combine": "mean", "drop_high": 1, "drop_low": 1, "min_judges": 3},
    "round": {"sheet": null, "module": 2}}],
  "round": {"weighted": 2, "total": 2},
  "ties": [{"by": "module", "module": "practical"}, {"by": "time", "module": "practical"},
           {"by": "module", "module": "theory"}, {"by": "decision"}],
  "places": "1224", "no_shared_top": 3}]}
""",
    parse_float=Decimal,
)


def changed(path: str, value: Any) -> dict[str, Any]:
    """The plan with one place changed: ``stages.0.modules.1.full``."""
    plan = deepcopy(PLAN)
    *steps, last = path.split(".")
    found: Any = plan
    for step in steps:
        found = found[int(step)] if step.isdigit() else found.setdefault(step, {})
    found[int(last) if last.isdigit() else last] = value
    return plan


def errors(plan: dict[str, Any]) -> dict[str, str]:
    return {error.path: str(error.said) for error in plan_and_errors(plan)[1]}


def test_the_plan_of_the_rules_is_read_exactly() -> None:
    plan = read_plan(PLAN)
    assert plan.stages[0].modules[0].weight == Decimal("0.3")
    assert plan.stages[0].modules[1].criteria[0].step == Decimal("0.5")
    assert (plan.stages[0].places, plan.stages[0].ties[1].module) == ("1224", "practical")
    assert plan_warnings(plan) == []


def test_numbers_may_be_text() -> None:
    assert read_plan(changed("stages.0.modules.0.weight", "0.30")).stages[0].modules[0].weight == Decimal(
        "0.3"
    )
    assert read_plan(changed("stages.0.round.total", "2")).stages[0].round.total == 2


@pytest.mark.parametrize(
    "value",
    [
        True,
        "1,5",
        "NaN",
        "Infinity",
        "",
        " 1",
        "１",
        0.5,
        None,
        [],
        "1e999999",
        "1e100",
        "0x10",
        Decimal("NaN"),
        10**80,
    ],
)
def test_what_is_no_exact_number(value: Any) -> None:
    assert decimal_of(value) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1e2", "100"), ("-0.50", "-0.5"), ("-0", "0"), (7, "7"), ("+3", "3"), ("0.10", "0.1")],
)
def test_plain_text_of_a_number(value: Any, shown: str) -> None:
    number = decimal_of(value)
    assert number is not None
    assert plain(number) == shown


def test_figures_of_whole_digits() -> None:
    from fractions import Fraction

    assert (figure(Fraction(5, 2), 0), figure(Fraction(-1, 2), 0), figure(Fraction(1, 3), None)) == (
        "3",
        "-1",
        "0.333333",
    )


M = "stages.0.modules.1"
P = "stages[0].modules[1].criteria[0].panel"


@pytest.mark.parametrize(
    ("change", "value", "path"),
    [
        ("extra", 1, "extra"),
        ("stages.0.modules.1.criteria.2.colour", "red", "stages[0].modules[1].criteria[2].colour"),
        (f"{M}.criteria.2.max", "many", "stages[0].modules[1].criteria[2].max"),
        (f"{M}.criteria.0.max", True, "stages[0].modules[1].criteria[0].max"),
        (f"{M}.criteria.0.max", None, "stages[0].modules[1].criteria[0].max"),
        (f"{M}.criteria.0.step", 0, "stages[0].modules[1].criteria[0].step"),
        (f"{M}.criteria.0.kind", "stars", "stages[0].modules[1].criteria[0].kind"),
        (f"{M}.criteria.1.code", "P1", "stages[0].modules[1].criteria[1].code"),
        (f"{M}.criteria.0.min", 41, "stages[0].modules[1].criteria[0].min"),
        (f"{M}.criteria.2.scale", [[0, 1], [0, 2]], "stages[0].modules[1].criteria[2].scale[1]"),
        (f"{M}.criteria.2.scale", [[1, 1], [0, 2]], "stages[0].modules[1].criteria[2].scale[1]"),
        (f"{M}.criteria.2.scale", None, "stages[0].modules[1].criteria[2].scale"),
        (f"{M}.criteria.2.scale", [], "stages[0].modules[1].criteria[2].scale"),
        (f"{M}.criteria", [], "stages[0].modules[1].criteria"),
        (f"{M}.code", "theory", "stages[0].modules[1].code"),
        (f"{M}.full", 0, "stages[0].modules[1].full"),
        (f"{M}.weight", -1, "stages[0].modules[1].weight"),
        (f"{M}.panel.min_judges", 0, "stages[0].modules[1].panel.min_judges"),
        (f"{M}.criteria.0.panel", {"drop_high": -1}, f"{P}.drop_high"),
        (f"{M}.criteria.0.panel", {"combine": "agreed"}, P),  # the module combines whole sheets
        (f"{M}.criteria.0.panel", {"across": "criterion"}, f"{P}.across"),
        (f"{M}.panel.drop_high", -1, "stages[0].modules[1].panel.drop_high"),
        (f"{M}.panel.drop_high", "0.5", "stages[0].modules[1].panel.drop_high"),
        (f"{M}.panel.drop_if_at_least", 2, "stages[0].modules[1].panel.drop_if_at_least"),
        (f"{M}.panel.combine", "sort", "stages[0].modules[1].panel.combine"),
        (f"{M}.round.total", 2, "stages[0].modules[1].round.total"),
        (f"{M}.round.module", -1, "stages[0].modules[1].round.module"),
        (f"{M}.attempts", {"count": 0}, "stages[0].modules[1].attempts.count"),
        (f"{M}.attempts", {"count": 2, "take": "trimmed"}, "stages[0].modules[1].attempts.count"),
        (f"{M}.normalise", {"by": "judge", "method": "mean-ratio"}, "stages[0].modules[1].normalise.method"),
        (
            "stages.0.modules.0.normalise",
            {"by": "judge", "method": "z-score"},
            "stages[0].modules[0].normalise.by",
        ),
        (f"{M}.blind", "yes", "stages[0].modules[1].blind"),
        (f"{M}.conflict", "ignore", "stages[0].modules[1].conflict.mode"),
        ("stages.0.ties.0.module", "nowhere", "stages[0].ties[0].module"),
        ("stages.0.ties.0", {"by": "module"}, "stages[0].ties[0].module"),
        (
            "stages.0.ties.0",
            {"by": "criterion", "module": "practical", "criterion": "P9"},
            "stages[0].ties[0].criterion",
        ),
        ("stages.0.ties.0", {"by": "criterion", "module": "practical"}, "stages[0].ties[0].criterion"),
        ("stages.0.ties.0", {"by": "stage", "stage": "x"}, "stages[0].ties[0].stage"),
        ("stages.0.ties.0", {"by": "field"}, "stages[0].ties[0].field"),
        ("stages.0.ties.0", {"by": "luck"}, "stages[0].ties[0].by"),
        ("stages.0.ties.0", {"by": "module", "modules": ["theory", "x"]}, "stages[0].ties[0].modules[1]"),
        ("stages.0.ties.0", {"by": "time", "modules": ["theory"] * 2}, "stages[0].ties[0].modules[1]"),
        ("stages.0.ties.0", {"by": "attempt", "modules": ["theory"]}, "stages[0].ties[0].modules"),
        (
            "stages.0.ties.0",
            {"by": "module", "module": "theory", "modules": ["theory"]},
            "stages[0].ties[0].modules",
        ),
        ("stages.0.carry", {"stage": "final"}, "stages[0].carry.stage"),
        ("stages.0.places", "1234", "stages[0].places"),
        ("stages.0.advance", {"count": 1, "percent": 10}, "stages[0].advance"),
        ("stages.0.modules", [], "stages[0].modules"),
        ("stages", [], "stages"),
        ("order", "up", "order"),
        ("awards", {"levels": [{"name": "x"}]}, "awards.levels[0]"),
        ("awards", {"levels": [{"name": "x", "count": 1, "percent": 5}]}, "awards.levels[0]"),
        ("awards", {"levels": [{"name": "x", "ranks": [3, 1]}]}, "awards.levels[0].ranks"),
        ("awards", {"ties": "share", "levels": []}, "awards.ties"),
        ("titles", [{"name": "x", "ranks": [1, 1], "needs": {"pass": ["y"]}}], "titles[0].needs.pass[0]"),
        (
            "titles",
            [{"name": "x", "ranks": [1, 1], "needs": {"pass": ["theory"]}}],
            "titles[0].needs.pass[0]",
        ),
        ("titles", [{"name": "x", "ranks": [1, 1], "needs": {"age_at_most": 35}}], "titles[0].needs.on"),
        ("titles", [{"name": "x", "ranks": [1, 1], "needs": {"on": "2025-02-30"}}], "titles[0].needs.on"),
    ],
)
def test_an_error_names_its_path(change: str, value: Any, path: str) -> None:
    assert path in errors(changed(change, value))


def test_percent_needs_full_marks() -> None:
    plan = changed("stages.0.modules.0.basis", "percent")
    plan["stages"][0]["modules"][0]["full"] = None
    assert list(errors(plan)) == ["stages[0].modules[0].basis"]


def test_zero_for_an_absence_is_refused_where_less_is_better() -> None:
    plan = {**changed("stages.0.modules.0.absent_module", "zero"), "order": "low"}
    assert list(errors(plan)) == ["stages[0].modules[0].absent_module"]


def test_z_score_only_across_sheets() -> None:
    plan = changed(f"{M}.normalise", {"by": "judge", "method": "z-score"})
    assert errors(plan) == {}
    plan["stages"][0]["modules"][1]["panel"]["across"] = "criterion"
    assert list(errors(plan)) == ["stages[0].modules[1].normalise.by"]


def test_all_errors_are_reported_at_once() -> None:
    plan = changed(f"{M}.criteria.1.code", "P1")
    plan["stages"][0]["ties"][0]["module"] = "nowhere"
    plan["stages"][0]["modules"][0]["weight"] = -1
    assert len(errors(plan)) == 3
    with pytest.raises(
        Refusal, match=r"stages\[0\]\.modules\[0\]\.weight: .*criteria\[1\]\.code: .*ties\[0\]\.module: "
    ):
        read_plan(plan)


def test_weights_and_maxima_are_warnings() -> None:
    plan = changed("stages.0.modules.0.weight", "0.4")
    plan["stages"][0]["modules"][1]["criteria"].pop()
    warnings = plan_warnings(read_plan(plan))
    assert [(w.code, w.more["path"]) for w in warnings] == [
        ("weights_sum", "stages[0]"),
        ("maxima_sum", "stages[0].modules[1]"),
    ]


def test_a_plan_written_out_reads_back_equal() -> None:
    plan = read_plan(PLAN)
    assert Plan.model_validate(plan.model_dump(exclude_unset=True)) == plan


def test_an_empty_setting_is_the_default() -> None:
    plan = changed(f"{M}.round", None)
    plan["stages"][0]["modules"][1] |= {"attempts": None, "conflict": None}
    module = read_plan(plan).stages[0].modules[1]
    assert (module.round.module, module.attempts.count, module.sets_aside) == (None, 1, False)
