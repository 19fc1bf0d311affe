"""All that the page of results tells of an event, seen at one moment of the store."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from competition_app.domain.plans.plan import Plan
from competition_app.domain.ranking.result import EventResult
from competition_app.services.judging.entrants import EntrantRow, entrants
from competition_app.services.locking.locking import LockState, lock_state
from competition_app.services.locking.obstacles import Obstacle, obstacles_of
from competition_app.services.plans.plans import plan_of
from competition_app.services.results.going_on import GoingOn, NextInLine, going_on, next_in_line
from competition_app.services.results.recorded import Recorded, recorded
from competition_app.services.results.results import event_result


@dataclass(frozen=True, slots=True)
class Going:
    """Who goes on from a stage, and, once that is confirmed, whose seats are free."""

    proposed: GoingOn
    line: NextInLine | None


@dataclass(frozen=True, slots=True)
class ResultSeen:
    """The result with the names behind its numbers and what stands beside its figures, by stage.

    ``obstacles`` and ``going`` (by the stage that is left) are empty once the result is locked.
    """

    plan: Plan
    result: EventResult
    people: Mapping[str, EntrantRow]
    recorded: Mapping[str, Mapping[str, Recorded]]
    state: LockState
    obstacles: tuple[Obstacle, ...]
    going: Mapping[str, Going]


def result_seen(session: Session, event_id: int) -> ResultSeen:
    """All of it; ranks where the result is not kept (``results.kept``), so in a large event for a worker."""
    plan, result, state = (
        plan_of(session, event_id),
        event_result(session, event_id),
        lock_state(session, event_id),
    )
    stages = {part.stage for part in result.divisions}
    return ResultSeen(
        plan,
        result,
        entrants(session, event_id),
        {stage: recorded(session, event_id, stage) for stage in sorted(stages)},
        state,
        () if state.locked else obstacles_of(session, event_id),
        {} if state.locked else _going(session, event_id, plan),
    )


def _going(session: Session, event_id: int, plan: Plan) -> dict[str, Going]:
    found = {}
    for stage, following in zip(plan.stages, plan.stages[1:], strict=False):
        if stage.advance is not None:
            proposed = going_on(session, event_id, following.code)
            line = next_in_line(session, event_id, following.code) if proposed.confirmed else None
            found[stage.code] = Going(proposed, line)
    return found
