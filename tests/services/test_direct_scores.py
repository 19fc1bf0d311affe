"""Direct scores put and put back in one operation: a score or an absence, never both."""

from decimal import Decimal

import pytest
from contest import Contest, plan
from sqlalchemy import func, select

from competition_app.domain.errors import Refusal
from competition_app.domain.scoring.facts import Outcome
from competition_app.services.access import Actor
from competition_app.services.judging import direct_scores
from competition_app.services.judging.direct_scores import ScoreGiven, ScoreState
from competition_app.services.workspace import Workspace
from competition_app.store.models import History


def state(contest: Contest, at: int) -> ScoreState:
    rows = contest.ask(direct_scores.score_sheet, contest.event, "final", "theory")
    return next(row.state for row in rows if row.entry_id == contest.entries[at])


def put(contest: Contest, *given: ScoreGiven, reason: str | None = None) -> None:
    contest.do(direct_scores.put_scores, contest.event, "final", "theory", given, reason=reason)


def operations(contest: Contest) -> int:
    return int(contest.ask(lambda session: session.scalar(select(func.max(History.seq)))))


def test_an_absence_and_a_score_take_each_others_place_in_one_operation(
    workspace: Workspace, organiser: Actor
) -> None:
    contest = Contest(workspace, organiser, entries=2)
    first, second = contest.entries
    put(contest, ScoreGiven(first, Decimal(80)), ScoreGiven(second, Outcome.ABSENT))
    before = state(contest, 0), state(contest, 1)
    assert before == (ScoreState(first, (Decimal(80),), False), ScoreState(second, (None,), True))
    seq = operations(contest)
    put(contest, ScoreGiven(first, Outcome.ABSENT), ScoreGiven(second, Decimal(70)), reason="更正")
    assert operations(contest) == seq + 1
    after = state(contest, 0), state(contest, 1)
    assert after == (ScoreState(first, (None,), True), ScoreState(second, (Decimal(70),), False))
    pairs = list(zip(before, after, strict=True))
    contest.do(direct_scores.restore_scores, contest.event, "final", "theory", pairs, reason="撤销")
    assert operations(contest) == seq + 2
    assert (state(contest, 0), state(contest, 1)) == before


def test_a_score_that_stands_needs_a_reason_to_go(workspace: Workspace, organiser: Actor) -> None:
    contest = Contest(workspace, organiser, entries=1)
    put(contest, ScoreGiven(contest.entries[0], Decimal(80)))
    for value in (Decimal(81), Outcome.ABSENT, None):
        with pytest.raises(Refusal, match="state the reason"):
            put(contest, ScoreGiven(contest.entries[0], value))
    assert state(contest, 0).scores == (Decimal(80),)


def test_what_was_changed_meanwhile_is_not_put_back(workspace: Workspace, organiser: Actor) -> None:
    rules = plan()
    rules["stages"][0]["modules"][0]["attempts"] = {"count": 2}
    contest = Contest(workspace, organiser, entries=1, rules=rules)
    entry = contest.entries[0]
    put(contest, ScoreGiven(entry, Decimal(80)))
    present = state(contest, 0)
    put(contest, ScoreGiven(entry, Decimal(60), 2))
    pairs = [(ScoreState(entry, (None, None), False), present)]
    with pytest.raises(Refusal, match="changed again meanwhile"):
        contest.do(direct_scores.restore_scores, contest.event, "final", "theory", pairs, reason="撤销")
    assert state(contest, 0).scores == (Decimal(80), Decimal(60))
