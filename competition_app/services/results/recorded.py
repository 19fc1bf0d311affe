"""What stands beside the figures of a stage's standings: time taken, points off, how far the next one is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competition_app.domain.ranking.ranking import Working
from competition_app.domain.ranking.result import Standing
from competition_app.domain.scoring.figures import figure, plain
from competition_app.services.results.results import event_result
from competition_app.store.models import History


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry in a stage: 用时 in seconds by module, as text; 违规扣分, all of the stage's, "0" for none."""

    seconds: Mapping[str, str] = field(default_factory=dict)
    penalties: str = "0"


def recorded(session: Session, event_id: int, stage: str) -> Mapping[str, Recorded]:
    """What is recorded of every entry in the stage, by number; an absence leaves no time.

    Points have as many digits as the stage's total, where that is rounded. Empty for a stage the plan does
    not have.
    """
    working = event_result(session, event_id).working
    assert isinstance(working, Working)
    rule, totals = working.facts.plan.stage(stage), working.stages.get(stage)
    if rule is None or totals is None:
        return {}
    digits = rule.round.total
    times = _times(working, stage)
    nothing = Recorded(penalties=_points(Fraction(0), digits))
    found = dict.fromkeys(totals.entries, nothing)
    for number, row in totals.entries.items():
        if row.all_penalties or number in times:
            found[number] = Recorded(times.get(number, {}), _points(row.all_penalties, digits))
    return found


def apart(one: Standing, other: Standing) -> str | None:
    """The first total less the second, with their digits (``-0.50``); None where one has none."""
    if one.total is None or other.total is None:
        return None
    return format(Decimal(one.total) - Decimal(other.total), "f")


def last_change(session: Session) -> int:
    """The number of the store's last operation: while it stands, nothing that is read has changed."""
    return session.scalar(select(func.max(History.seq))) or 0


def _times(working: Working, stage: str) -> dict[str, dict[str, str]]:
    """The seconds of every entry with any, by number and module."""
    found: dict[str, dict[str, str]] = {}
    for place in working.facts.times:
        seconds = working.facts.time_of(place) if place[0] == stage else None
        if seconds is not None:
            found.setdefault(place[2], {})[place[1]] = plain(seconds)
    return found


def _points(points: Fraction, digits: int | None) -> str:
    return plain(points) if digits is None else figure(points, digits)
