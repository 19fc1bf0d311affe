"""Locking a result: what stands in the way, what is refused afterwards, reopening with a reason."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from contest import Contest, plan
from sqlalchemy import select

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, panels
from competition_app.services.judging import direct_scores, judging, marking_grid, rulings, undoing
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.locking import locking
from competition_app.services.locking.locking import ObstacleKind, Step
from competition_app.services.registration import organisations
from competition_app.services.results import results
from competition_app.services.workspace import Act, Workspace
from competition_app.store.models import Entry, Event, Membership

POINTS = [{"code": "p", "name": "质量", "kind": "points", "max": 100}]


def marked(
    workspace: Workspace,
    organiser: Actor,
    *,
    entries: int = 3,
    judges: int = 2,
    rules: dict[str, Any] | None = None,
    step: int = 1,
) -> Contest:
    """A contest whose marks and scores are all in; totals fall with the number, by ``step``."""
    contest = Contest(workspace, organiser, entries=entries, judges=judges, rules=rules or plan(POINTS))
    mark_all(contest, step)
    return contest


def mark_all(contest: Contest, step: int = 1) -> None:
    for place, entry in enumerate(contest.entries):
        value = Decimal(90 - place * step)
        contest.do(direct_scores.enter_score, contest.event, "final", "theory", entry, value)
    for turn, judge in enumerate(contest.judges):
        rows = contest.ask(marking_grid.grid, contest.event, "final", "practical", judge).rows
        for place, row in enumerate(rows):
            at = MarkPlace(row.work_id, 1, judge, "p")
            contest.do(judging.enter_mark, at, Decimal(80 - place * step - turn))


def kinds(contest: Contest) -> list[ObstacleKind]:
    return [one.kind for one in contest.ask(locking.obstacles, contest.event)]


def test_a_complete_result_is_locked_and_reopened_with_a_reason(
    workspace: Workspace, organiser: Actor
) -> None:
    contest = marked(workspace, organiser)
    assert kinds(contest) == []
    result = contest.ask(results.event_result, contest.event)
    contest.do(locking.lock, contest.event)
    assert contest.ask(results.event_result, contest.event) is result, "the lock ranks nothing anew"
    state = contest.ask(locking.lock_state, contest.event)
    assert (state.state, state.locked) == ("locked", True)
    assert state.last is not None
    assert (state.last.step, state.last.by) == (Step.LOCKED, "组委会")
    with pytest.raises(Refusal, match="locked already"):
        contest.do(locking.lock, contest.event)
    with pytest.raises(Refusal, match="State the reason"):
        contest.do(locking.reopen, contest.event, " ")
    contest.do(locking.reopen, contest.event, "工位 3 的计时有误")
    state = contest.ask(locking.lock_state, contest.event)
    assert (state.state, state.locked) == ("open", False)
    assert contest.ask(results.event_result, contest.event) is result, "nor does reopening"
    assert state.reopened is not None
    assert state.reopened.reason == "工位 3 的计时有误"


@pytest.fixture
def locked(workspace: Workspace, organiser: Actor) -> Contest:
    contest = marked(workspace, organiser)
    contest.penalty = contest.do(  # type: ignore[attr-defined]
        rulings.add_penalty, contest.entries[1], points=Decimal(1), module="practical", reason="超时"
    )
    contest.ruling = contest.do(  # type: ignore[attr-defined]
        rulings.decide_tie, contest.event, ["001", "002"], "复核工艺"
    )
    contest.do(locking.lock, contest.event)
    return contest


def place(contest: Contest) -> MarkPlace:
    grid = contest.ask(marking_grid.grid, contest.event, "final", "practical", contest.judges[0])
    return MarkPlace(grid.rows[0].work_id, 1, contest.judges[0], "p")


HERE, THEORY = ("final", "practical"), ("final", "theory")


CHANGES: list[Callable[[Any], Any]] = [
    lambda c: c.do(judging.enter_mark, place(c), Decimal(1), reason="更正"),
    lambda c: c.do(judging.enter_marks, [(place(c), Decimal(1))], reason="更正"),
    lambda c: c.do(judging.enter_absent, place(c).work_id, 1, c.judges[0], reason="更正"),
    lambda c: c.do(judging.clear_mark, place(c), reason="更正"),
    lambda c: c.do(judging.restore_mark, place(c), 0, reason="更正"),
    lambda c: c.do(judging.restore_marks, [(place(c), 0, 1)]),
    lambda c: c.do(judging.enter_second, place(c), Decimal(1)),
    lambda c: c.do(judging.confirm_sheet, place(c).work_id, 1, c.judges[0]),
    lambda c: c.do(judging.open_module, c.event, *HERE),
    lambda c: c.do(direct_scores.enter_score, c.event, *THEORY, c.entries[0], Decimal(1), reason="错"),
    lambda c: c.do(rulings.record_absence, c.entries[0], *HERE),
    lambda c: c.do(rulings.withdraw_absence, c.entries[0], *HERE),
    lambda c: c.do(rulings.record_time, c.entries[0], *HERE, Decimal(60)),
    lambda c: c.do(rulings.record_submission, c.entries[0], *HERE, "2025-09-01T10:42:00+08:00"),
    lambda c: c.do(rulings.add_penalty, c.entries[0], points=Decimal(1), reason="超时"),
    lambda c: c.do(rulings.withdraw_penalty, c.penalty, "误记"),
    lambda c: c.do(rulings.withdraw_entry, c.entries[0], "书面申请"),
    lambda c: c.do(rulings.disqualify, c.entries[0], "替考"),
    lambda c: c.do(rulings.out_of_competition, c.entries[0], "表演"),
    lambda c: c.do(rulings.reinstate, c.entries[0], "更正"),
    lambda c: c.do(rulings.decide_tie, c.event, ["002", "001"], "复核"),
    lambda c: c.do(rulings.record_lot, c.event, ["002", "001"]),
    lambda c: c.do(rulings.accept_question, c.event, "judge_gap", "复核", number="001"),
    lambda c: c.do(rulings.withdraw_ruling, c.ruling, "更正"),
    lambda c: c.do(competitions.set_plan, c.event, json.dumps(plan(POINTS)), reason="更正"),
    lambda c: c.do(competitions.set_divisions, c.event, [("W", "职工组")]),
    lambda c: c.do(panels.assign, c.judges[0], []),
    lambda c: c.do(panels.pass_seat, c.judges[0], "新裁判"),
    lambda c: c.do(panels.give_back_seat, c.judges[0]),
    lambda c: c.do(panels.remove_judge, c.judges[0]),
]  # fmt: skip


def test_nothing_of_a_locked_result_can_be_written(locked: Contest) -> None:
    for change in CHANGES:  # one contest for all: a refusal leaves nothing behind
        with pytest.raises(Refusal, match="is locked"):
            change(locked)


def test_what_was_done_before_the_lock_is_not_undone_after_it(workspace: Workspace, organiser: Actor) -> None:
    contest = marked(workspace, organiser)
    _, seq = workspace.numbered(organiser, rulings.withdraw_entry, contest.entries[2], "书面申请")
    contest.do(locking.lock, contest.event)
    with pytest.raises(Refusal, match="is locked"):
        contest.do(undoing.take_back, seq, "撤销")
    _, seq = workspace.numbered(organiser, locking.reopen, contest.event, "申诉成立")
    with pytest.raises(Refusal, match="cannot be undone"):
        contest.do(undoing.take_back, seq, "撤销")


def test_a_locked_result_stands_fast_on_roundabout_ways(locked: Contest) -> None:
    """People and units lead to results too: what would make another result is refused, a name is not."""

    def gone(act: Act) -> None:
        for row in act.session.scalars(select(Membership)):
            act.session.delete(row)
        act.session.get_one(Entry, locked.entries[0]).judging_group = "A"
        act.session.get_one(Entry, locked.entries[0]).number = "900"

    gone.__module__, gone.__name__ = competitions.__name__, "edit_event"
    with pytest.raises(Refusal, match="would change the locked result"):
        locked.do(gone)
    locked.do(organisations.edit_organisation, locked.units[0], name="改了名的单位")
    assert locked.ask(results.standing_rows, locked.event)[0].organisation == "改了名的单位"


def test_the_chief_judge_locks_and_a_recorder_does_not(
    workspace: Workspace, organiser: Actor, acting: Callable[[Role], Actor]
) -> None:
    contest = marked(workspace, organiser)
    for deed, given in ((locking.lock, ()), (locking.reopen, ("更正",))):
        with pytest.raises(Refusal, match="not for the role"):
            workspace.do(acting(Role.RECORDER), deed, contest.event, *given)
        workspace.do(acting(Role.CHIEF_JUDGE), deed, contest.event, *given)
    state = contest.ask(locking.lock_state, contest.event)
    assert [(step.step, step.by, step.role.text) for step in state.steps] == [
        (Step.REOPENED, "chief_judge", "Chief judge"), (Step.LOCKED, "chief_judge", "Chief judge"),
    ]  # fmt: skip


def test_a_published_result_is_not_reopened(locked: Contest) -> None:
    def publish(act: Act) -> None:
        act.session.get_one(Event, locked.event).state = "published"

    publish.__module__, publish.__name__ = competitions.__name__, "edit_event"
    locked.do(publish)
    with pytest.raises(Refusal, match="through an appeal"):
        locked.do(locking.reopen, locked.event, "更正")
