"""What stands beside the figures of a stage's standings: time taken, points off, how far the next one is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from sqlalchemy.orm import Session

from competition_app.domain.ranking.ranking import Working
from competition_app.domain.ranking.result import EventResult
from competition_app.domain.scoring.figures import figure, plain
from competition_app.domain.scoring.plan import Stage
from competition_app.services.results.results import event_result


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry in a stage: 用时 in seconds by module, as text; 违规扣分, all of the stage's, "0" for none.

    ``to_next`` is its total less that of the entry printed next (``-0.50``); None where one has no total.
    """

    seconds: Mapping[str, str] = field(default_factory=dict)
    penalties: str = "0"
    to_next: str | None = None


def recorded(session: Session, event_id: int, stage: str) -> Mapping[str, Recorded]:
    """What is recorded of every entry in the stage, by number; an absence leaves no time.

    Points have as many digits as the stage's total, where that is rounded. Empty for a stage the plan does
    not have.
    """
    result = event_result(session, event_id)
    working = result.working
    assert isinstance(working, Working)
    rule, totals = working.facts.plan.stage(stage), working.stages.get(stage)
    if rule is None or totals is None:
        return {}
    apart = _apart(result, working, rule)
    return {
        number: Recorded(
            _seconds(working, rule, number), _points(row.all_penalties, rule.round.total), apart.get(number)
        )
        for number, row in totals.entries.items()
    }


def _seconds(working: Working, stage: Stage, number: str) -> dict[str, str]:
    taken = {one.code: working.facts.time_of((stage.code, one.code, number)) for one in stage.modules}
    return {code: plain(seconds) for code, seconds in taken.items() if seconds is not None}


def _apart(result: EventResult, working: Working, stage: Stage) -> dict[str, str]:
    totals = working.stages[stage.code].entries
    found: dict[str, str] = {}
    for part in result.divisions:
        if part.stage != stage.code:
            continue
        for one, other in zip(part.standings, part.standings[1:], strict=False):
            mine, next_ = totals[one.number].total, totals[other.number].total
            if mine is not None and next_ is not None:
                found[one.number] = _points(mine - next_, stage.round.total)
    return found


def _points(points: Fraction, digits: int | None) -> str:
    return plain(points) if digits is None else figure(points, digits)
