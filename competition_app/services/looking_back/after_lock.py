"""What may be seen only once the result is locked: judges' severity, distribution of scores, close calls."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from competition_app.domain.looking_back import close_calls as calls
from competition_app.domain.looking_back.close_calls import CloseCall
from competition_app.domain.looking_back.severity import (
    Distribution,
    JudgeProfile,
    distribution,
    figures_of,
    judge_profiles,
)
from competition_app.domain.ranking.ranking import Working
from competition_app.services.competitions.competitions import event_of
from competition_app.services.competitions.panels import judges
from competition_app.services.locking.obstacles import UNLOCKED
from competition_app.services.results.results import drawn_already, drawn_from, event_result

__all__ = ["JudgeSeverity", "close_calls", "judge_severity", "score_distribution"]


@dataclass(frozen=True, slots=True)
class JudgeSeverity:
    """A judge's profile in one module, with the name on the seat and the names of module and stage."""

    name: str | None
    module_name: str
    stage_name: str
    profile: JudgeProfile


def judge_severity(session: Session, event_id: int) -> tuple[JudgeSeverity, ...]:
    """How severe and steady each judge is, in the plan's order; empty before the lock."""
    if event_of(session, event_id).state in UNLOCKED:
        return ()
    result, profiles = event_result(session, event_id), drawn_from(session, event_id, judge_profiles)
    assert isinstance(result.working, Working)
    names = {judge.code: judge.name for judge in judges(session, event_id)}
    stages = {stage.code: stage for stage in result.working.facts.plan.stages}
    found = []
    for one in profiles:
        stage = stages[one.stage]
        module = stage.module(one.module)
        name = (module.name if module else None) or one.module
        found.append(JudgeSeverity(names.get(one.judge), name, stage.name or stage.code, one))
    return tuple(found)


def score_distribution(
    session: Session,
    event_id: int,
    *,
    stage: str | None = None,
    module: str | None = None,
    division: str | None = None,
) -> Distribution | None:
    """How totals (or one module's scores) of a stage spread; None before the lock, or where there are none.

    ``stage`` None takes the last one that has totals; ``division`` None takes all divisions together.
    """
    if event_of(session, event_id).state in UNLOCKED:
        return None
    result = event_result(session, event_id)
    assert isinstance(result.working, Working)
    stages = [one.code for one in result.working.facts.plan.stages if stage in (None, one.code)]
    for code in reversed(stages):
        found = distribution(figures_of(result, code, module, division))
        if found is not None:
            return found
    return None


def close_calls(session: Session, event_id: int, *, known: bool = False) -> tuple[CloseCall, ...]:
    """Places decided by less than one rounding step, in printed order; empty before the lock.

    ``known``: only where they were found before, as finding them takes long in a large event.
    """
    if event_of(session, event_id).state in UNLOCKED:
        return ()
    if known:
        return drawn_already(session, event_id, calls.close_calls) or ()
    return drawn_from(session, event_id, calls.close_calls)
