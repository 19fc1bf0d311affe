"""Who marks what: modules without a judge, panels smaller than the plan needs (scoring.md §2, §3)."""

from typing import Any

from competition_app.domain.plans.plan import Plan
from competition_app.domain.plans.plan_checks import read_plan
from competition_app.domain.plans.plan_cover import cover_warnings, unmarked_modules
from competition_app.domain.scoring.facts import JudgeFacts

POINTS = [{"code": "p", "kind": "points", "max": 100}, {"code": "q", "kind": "bonus", "max": 5}]


def plan(**panel: Any) -> Plan:
    """A theory paper and two practical modules, the second with this panel."""
    marked = {"kind": "sheets", "full": 100, "criteria": POINTS}
    modules = [
        {"code": "theory", "kind": "direct", "full": 100},
        {"code": "A", **marked},
        {"code": "B", "name": "答辩", **marked, "panel": panel},
    ]
    return read_plan({"stages": [{"code": "s", "modules": modules}]})


def seats(*places: tuple[str, str | None]) -> list[JudgeFacts]:
    """A judge for each (module, group)."""
    return [
        JudgeFacts(f"J{n}", frozenset({("s", module)}) if module else frozenset(), group)
        for n, (module, group) in enumerate(places, 1)
    ]


def test_a_module_nobody_marks_is_told_with_its_path() -> None:
    judges = seats(("A", None), ("A", None))
    assert unmarked_modules(plan(), judges) == (("s", "B"),)
    (told,) = cover_warnings(plan(), judges)
    assert (told.code, told.more) == (
        "criterion_unmarked", {"path": "stages[0].modules[2]", "stage": "s", "module": "B"},
    )  # fmt: skip
    assert "答辩" in str(told.said)


def test_nothing_is_told_while_nobody_is_assigned_anywhere() -> None:
    assert cover_warnings(plan(), seats(("", None), ("", None))) == ()
    assert cover_warnings(plan(), []) == ()


def test_a_panel_smaller_than_the_plan_needs() -> None:
    four = seats(("A", None), ("B", None), ("B", None), ("B", None))
    assert cover_warnings(plan(drop_high=1), four) == ()
    (told,) = cover_warnings(plan(drop_high=1, drop_low=1, min_judges=5), four)
    assert told.code == "panel_too_small"
    assert (told.more["path"], told.more["judges"], told.more["needed"]) == ("stages[0].modules[2]", 3, 5)


def test_each_judging_group_needs_its_own_panel() -> None:
    judges = seats(("A", None), ("B", "1"), ("B", "1"), ("B", "2"), ("B", None))
    told = cover_warnings(plan(drop_low=2), judges)
    assert [(one.code, one.more.get("group")) for one in told] == [
        ("one_mark_left", None),
        ("panel_too_small", "2"),
    ]
    assert cover_warnings(plan(min_judges=2), judges) == ()


def test_drops_that_leave_one_mark_or_are_not_made() -> None:
    three = seats(("A", None), ("B", None), ("B", None), ("B", None))
    (told,) = cover_warnings(plan(drop_high=1, drop_low=1), three)
    assert (told.code, told.more["path"]) == ("one_mark_left", "stages[0].modules[2]")
    (told,) = cover_warnings(plan(drop_high=1, drop_low=1, min_judges=1, drop_if_at_least=5), three)
    assert told.code == "nothing_dropped"
    assert "5" in str(told.said)
