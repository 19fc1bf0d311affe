"""Why this place: every mark, rung and tie key of an entry (scoring.md §9)."""

from dataclasses import replace
from typing import Any

import pytest

from competition_app.domain.errors import Refusal
from competition_app.domain.ranking.derivation import Derivation
from competition_app.domain.ranking.explain import derivation
from competition_app.domain.ranking.ranking import rank_event
from competition_app.domain.scoring.modules import State
from tests.domain.making import direct, entries, facts, marks, one_stage, scores, seats, sheets, totals


def why(event: dict[str, Any], number: str = "1", stage: str | None = None) -> Derivation:
    known = facts(event)
    return derivation(known, rank_event(known), number, stage)


def judged(**module: Any) -> dict[str, Any]:
    """E1: five judges, the highest and the lowest dropped."""
    plan = sheets(panel={"drop_high": 1, "drop_low": 1}, round={"module": 2}, **module)
    return {
        "plan": plan,
        "entries": entries("1"),
        "marks": marks("1", [89, 92, 91, 91, 90]),
        "judges": seats(5),
    }


def test_every_mark_with_its_judge_and_what_was_dropped() -> None:
    (module,) = why(judged()).modules
    (attempt,) = module.attempts
    assert [(line.judge, line.mark, line.points) for line in attempt.marks] == [
        ("J1", "89", "89"), ("J2", "92", "92"), ("J3", "91", "91"), ("J4", "91", "91"), ("J5", "90", "90"),
    ]  # fmt: skip
    assert [(sheet.judge, sheet.dropped) for sheet in attempt.sheets if sheet.dropped] == [
        ("J1", "low"),
        ("J2", "high"),
    ]
    assert module.score is not None
    assert (module.score.unrounded[:6], module.score.rounded, module.score.digits) == ("90.666", "90.67", 2)


def test_across_criteria_each_has_its_line() -> None:
    criteria = [{"code": "p", "kind": "points", "max": 10, "factor": "0.8"}]
    panel = {"across": "criterion", "drop_high": 1}
    plan = sheets(criteria, panel=panel, round={"criterion": 2, "factored": 2, "module": 2})
    (module,) = why({"plan": plan, "entries": entries("1"), "marks": marks("1", [9, 8, 7])}).modules
    (line,) = module.attempts[0].criteria
    assert (line.criterion, line.combined, line.factor, line.dropped_high) == ("p", "7.50", "0.8", ("J1",))


def test_a_criterion_with_a_panel_of_its_own_drops_by_it() -> None:
    criteria = [
        {"code": "p", "kind": "points", "max": 10},
        {"code": "q", "kind": "points", "max": 10, "panel": {"combine": "median", "drop_low": 1}},
    ]
    plan = sheets(criteria, panel={"across": "criterion", "drop_high": 1})
    given = marks("1", {"p": [9, 8, 7], "q": [9, 8, 7]})
    (module,) = why({"plan": plan, "entries": entries("1"), "marks": given}).modules
    lines = [(c.criterion, c.value, c.dropped_high, c.dropped_low) for c in module.attempts[0].criteria]
    assert lines == [("p", "7.5", ("J1",), ()), ("q", "8.5", (), ("J3",))]


def test_marks_set_aside_are_said() -> None:
    known = facts(judged(blind=True))
    known = replace(known, recusals=frozenset({("s", "m", "1", "J5")}))
    (module,) = derivation(known, rank_event(known), "1").modules
    assert [(line.judge, line.mark, line.points) for line in module.attempts[0].marks if line.set_aside] == [
        ("J5", "90", None)
    ]


def test_evened_sheets_stand_beside_the_raw_ones() -> None:
    rule = {"by": "judge", "method": "z-score", "mean": 100, "sd": 20}
    event = {
        "plan": sheets(normalise=rule, full=None),
        "entries": entries("12"),
        "marks": marks("1", [10]) + marks("2", [20]),
    }
    (module,) = why(event).modules
    (sheet,) = module.attempts[0].sheets
    assert (sheet.raw, sheet.value) == ("10", "80")


def test_penalties_attempts_and_weights() -> None:
    plan = one_stage(
        direct("m", weight="0.5", attempts={"count": 3, "take": "best"}), round={"weighted": 1, "total": 0}
    )
    off = [
        {"entry": "1", "module": "m", "attempt": 2, "points": 3, "reason": "迟到"},
        {"entry": "1", "module": "m", "points": 2, "reason": "违规"},
        {"entry": "1", "stage": "s", "points": 1, "reason": "离场"},
    ]
    given = (
        scores("m", {"1": 80}, attempt=1)
        + scores("m", {"1": 90}, attempt=2)
        + scores("m", {"1": "DNF"}, attempt=3)
    )
    found = why({"plan": plan, "entries": entries("1"), "scores": given, "penalties": off})
    (module,) = found.modules
    assert [(a.attempt, a.counts, a.failed) for a in module.attempts] == [
        (1, False, False),
        (2, True, False),
        (3, False, True),
    ]
    assert module.attempts[1].value is not None
    assert (module.attempts[1].value.rounded, module.attempts[1].penalties[0].reason) == ("87.000000", "迟到")
    assert module.score is not None
    assert module.weighted is not None
    assert (module.score.rounded, module.weighted.rounded, module.weight) == ("85.000000", "42.5", "0.5")
    assert found.total is not None
    assert (found.total.unrounded, found.total.rounded) == ("41.5", "42")
    assert [penalty.reason for penalty in found.penalties] == ["离场"]


def test_tie_keys_tried_with_both_values_and_what_decided() -> None:
    plan = one_stage(
        direct("a", "b"), ties=[{"by": "time"}, {"by": "penalty"}, {"by": "module", "module": "a"}]
    )
    given = scores("a", {"1": 40, "2": 60}) + scores("b", {"1": 60, "2": 40})
    found = why({"plan": plan, "entries": entries("12"), "scores": given})
    assert [(line.skipped, line.parted) for line in found.ties] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert dict(found.ties[2].values) == {"1": "40.000000", "2": "60.000000"}
    assert found.standing.place == 2


def test_neighbours_closer_than_a_rounding_step_are_flagged() -> None:
    event = totals(["9.04", "9.05", "8"], round={"total": 1})
    assert (why(event, "1").close, why(event, "2").close, why(event, "3").close) == (("2",), ("1",), ())


def test_a_carried_total_and_the_stage_asked_for() -> None:
    stages = [
        {"code": "a", "modules": direct("x")},
        {"code": "b", "modules": direct("y"), "carry": {"stage": "a", "weight": "0.5"}},
    ]
    event = {
        "plan": {"stages": stages},
        "entries": entries("1"),
        "scores": scores("x", {"1": 50}) + scores("y", {"1": 7}),
    }
    assert why(event).carried == "25.000000"
    assert why(event, stage="a").carried is None


@pytest.mark.parametrize(
    ("absences", "state", "zeroed"),
    [([{"entry": "1", "module": "m"}], State.ABSENT, True), ([], State.NOT_BEGUN, False)],
)
def test_an_absence_and_a_module_not_begun(
    absences: list[dict[str, str]], state: State, zeroed: bool
) -> None:
    event = {
        "plan": one_stage(direct("m", absent_module="zero")),
        "entries": entries("1"),
        "absences": absences,
    }
    (module,) = why(event).modules
    assert (module.state, module.zeroed, module.attempts) == (state, zeroed, ())


def test_an_entry_that_is_nowhere() -> None:
    with pytest.raises(Refusal, match="Entry 9 has no standing here"):
        why(totals([1]), "9")


def test_a_result_that_travelled_is_worked_out_again() -> None:
    known = facts(judged())
    result = replace(rank_event(known), working=None)
    assert derivation(known, result, "1") == derivation(known, rank_event(known), "1")
