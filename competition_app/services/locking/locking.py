"""Locking a result and reopening it: what still stands in the way, who locked when, the state itself."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal, Said
from competition_app.services.access import ROLE_NAMES
from competition_app.services.competitions.competitions import event_of
from competition_app.services.locking.obstacles import (
    UNLOCKED,
    Obstacle,
    ObstacleKind,
    obstacles_of,
    sources_of,
)
from competition_app.services.workspace import Act
from competition_app.store.models import Event, History

__all__ = [
    "LockState", "Obstacle", "ObstacleKind", "lock", "lock_state", "obstacles", "refuse_unless_locked",
    "reopen",
]  # fmt: skip

_PUBLISHED = frozenset({"published", "final"})
_NAMED = 3
"""So many obstacles are named in the refusal."""
_LOCK, _REOPEN = "locking.lock", "locking.reopen"


class Step(StrEnum):
    """What was done with the lock."""

    LOCKED = _LOCK
    REOPENED = _REOPEN


@dataclass(frozen=True, slots=True)
class LockStep:
    """A result locked or reopened: by whom in which role, when (UTC, ISO), and why it was reopened."""

    step: Step
    by: str
    role: Said
    at: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class LockState:
    """How an event's result stands. ``state`` is the event's (open … final); ``locked``: from locked on.

    ``last`` is who locked or reopened it last; ``steps`` are all of them, the newest first, so that the
    reason of the last reopening stands beside the lock. Empty where it was never locked.
    """

    event_id: int
    state: str
    locked: bool
    steps: tuple[LockStep, ...]

    @property
    def last(self) -> LockStep | None:
        """The newest step."""
        return self.steps[0] if self.steps else None

    @property
    def reopened(self) -> LockStep | None:
        """The last reopening, if there was one."""
        return next((step for step in self.steps if step.step is Step.REOPENED), None)


def obstacles(session: Session, event_id: int) -> tuple[Obstacle, ...]:
    """Everything in the way of locking, what comes first in the day first; none: it may be locked."""
    return obstacles_of(session, event_id)


def lock_state(session: Session, event_id: int) -> LockState:
    """Whether the result is locked, and who locked or reopened it when, out of the history."""
    event = event_of(session, event_id)
    return LockState(event_id, event.state, event.state not in UNLOCKED, tuple(_steps(session, event_id)))


def lock(act: Act, event_id: int) -> None:
    """锁定: from now on nothing the result rests on may be changed. By the chief judge.

    Raises Refusal while any obstacle stands, naming the first of them, and where it is locked already.
    """
    event = event_of(act.session, event_id)
    if event.state not in UNLOCKED:
        raise Refusal("The result of {event} is locked already.", event=event.name)
    act.session.flush()
    found = obstacles_of(act.session, event_id)
    if found:
        raise Refusal(
            "The result of {event} cannot be locked yet. {obstacles}",
            event=event.name,
            obstacles=_told(found),
        )
    event.state = "locked"
    act.note(event=event_id)


def reopen(act: Act, event_id: int, reason: str) -> None:
    """Opens a locked result again for corrections; the reason stands in the history. By the chief judge.

    Raises Refusal without a reason, where it is not locked, once it was published, and while an event made
    from it is locked.
    """
    event = event_of(act.session, event_id)
    if event.state in UNLOCKED:
        raise Refusal("The result of {event} is not locked, so there is nothing to reopen.", event=event.name)
    if event.state in _PUBLISHED:
        raise Refusal(
            "The result of {event} was published: it can only be changed through an appeal.", event=event.name
        )
    if not reason.strip():
        raise Refusal("State the reason: it stands in the record and may be asked for.")
    if above := _made_from(act.session, event):
        raise Refusal(
            "{other} is made from {event} and locked: reopen it first.", other=above.name, event=event.name
        )
    event.state = "open"
    act.note(event=event_id, reason=reason.strip())


def _made_from(session: Session, event: Event) -> Event | None:
    """A locked event whose teams are made from this one's members."""
    query = select(Event).where(Event.competition_id == event.competition_id, Event.state.not_in(UNLOCKED))
    others = [other for other in session.scalars(query.order_by(Event.position)) if other.id != event.id]
    return next((other for other in others if event in sources_of(session, other)), None)


def refuse_unless_locked(event: Event) -> None:
    """Refuses what nobody may see before the result is locked (means, severity, suppositions)."""
    if event.state in UNLOCKED:
        raise Refusal(
            "The result of {event} is not locked yet, and nobody sees this before: lock it first.",
            event=event.name,
        )


def _told(found: tuple[Obstacle, ...]) -> Said:
    said = found[0].said
    for obstacle in found[1:_NAMED]:
        said = Said("{list} {next}", {"list": said, "next": obstacle.said})
    if len(found) > _NAMED:
        more = Said("And {n} more obstacle.|And {n} more obstacles.", {"n": len(found) - _NAMED})
        said = Said("{list} {next}", {"list": said, "next": more})
    return said


def _steps(session: Session, event_id: int) -> Iterator[LockStep]:
    query = select(History).where(History.use_case.in_([_LOCK, _REOPEN])).order_by(History.seq.desc())
    for row in session.scalars(query):
        notes = json.loads(row.change).get("notes", {})
        if notes.get("event") == event_id:
            yield LockStep(
                Step(row.use_case), row.actor, ROLE_NAMES[Role(row.role)], row.at, notes.get("reason")
            )
