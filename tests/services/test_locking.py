"""Locking a result: what stands in the way, what is refused afterwards, reopening with a reason."""

from decimal import Decimal

import pytest
from contest import Contest, plan

from competition_app.domain.errors import Refusal
from competition_app.services.access import Actor
from competition_app.services.judging import direct_scores, judging, marking_grid
from competition_app.services.judging.judging import MarkGiven, MarkPlace
from competition_app.services.results import locking
from competition_app.services.results.locking import ObstacleKind, Step
from competition_app.services.workspace import Workspace

POINTS = [{"code": "p", "name": "质量", "kind": "points", "max": 100}]


def marked(workspace: Workspace, organiser: Actor, *, entries: int = 3, judges: int = 2) -> Contest:
    """A contest whose marks and scores are all in; totals fall with the number."""
    contest = Contest(workspace, organiser, entries=entries, judges=judges, rules=plan(POINTS))
    mark_all(contest)
    return contest


def mark_all(contest: Contest) -> None:
    for place, entry in enumerate(contest.entries):
        value = Decimal(90 - place)
        contest.do(direct_scores.enter_score, contest.event, "final", "theory", entry, value)
    for turn, judge in enumerate(contest.judges):
        rows = contest.ask(marking_grid.grid, contest.event, "final", "practical", judge).rows
        for place, row in enumerate(rows):
            at = MarkPlace(row.work_id, 1, judge, "p")
            contest.do(judging.enter_mark, at, Decimal(80 - place - turn))


def kinds(contest: Contest) -> list[ObstacleKind]:
    return [one.kind for one in contest.ask(locking.obstacles, contest.event)]


def test_a_complete_result_is_locked_and_reopened_with_a_reason(
    workspace: Workspace, organiser: Actor
) -> None:
    contest = marked(workspace, organiser)
    assert kinds(contest) == []
    contest.do(locking.lock, contest.event)
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
    assert state.reopened is not None
    assert state.reopened.reason == "工位 3 的计时有误"
