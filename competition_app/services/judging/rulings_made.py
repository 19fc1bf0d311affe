"""The rulings of an event with who made each, when and why, and who took it back: the record beside it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.access import Role
from competition_app.domain.errors import Said
from competition_app.services.access import ROLE_NAMES
from competition_app.store.models import History, Ruling

_DEEDS = (
    "rulings.decide_tie", "rulings.record_lot", "rulings.accept_question", "rulings.confirm_advanced",
    "rulings.withdraw_ruling", "going_on.confirm_advance", "going_on.take_next", "undoing.take_back",
)  # fmt: skip
"""Use cases that make a ruling or take one back, one by one; an import tells only how many it brought."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who did something, in which role, and when (UTC, ISO)."""

    by: str
    role: Said
    at: str


@dataclass(frozen=True, slots=True)
class RulingMade:
    """A ruling as it stands in the record.

    ``kind`` and ``code`` as in ``RulingRow``; ``award`` and ``ties`` belong to a tie across a prize border.
    ``made`` is None for one that came with a package. ``withdrawn`` tells why it no longer counts, and is
    None while it does; ``replaced``: a later confirmation of who goes on stands in its place.
    """

    id: int
    kind: str
    stage: str | None
    module: str | None
    code: str | None
    entries: tuple[str, ...]
    award: str | None
    ties: str | None
    reason: str | None
    made: Signed | None
    withdrawn: str | None
    taken_back: Signed | None

    @property
    def replaced(self) -> bool:
        """Whether it gave way to a later confirmation, at the moment that stands in ``withdrawn``."""
        if self.kind != "advanced" or self.withdrawn is None:
            return False
        try:
            datetime.fromisoformat(self.withdrawn)
        except ValueError:
            return False
        return True


def rulings_made(session: Session, event_id: int) -> tuple[RulingMade, ...]:
    """All rulings of the event, those that count first, each group with the newest first."""
    query = select(Ruling).where(Ruling.event_id == event_id)
    rows = list(session.scalars(query.order_by(Ruling.position.desc(), Ruling.id.desc())))
    made, back = _signatures(session, {row.id for row in rows})
    rows.sort(key=lambda row: row.withdrawn is not None)
    return tuple(
        RulingMade(
            row.id, row.kind, row.stage, row.more.get("module"), row.code, tuple(row.entries),
            row.more.get("award"), row.more.get("ties"), row.reason, made.get(row.id), row.withdrawn,
            back.get(row.id) if row.withdrawn is not None else None,
        )
        for row in rows
    )  # fmt: skip


def how_many(session: Session, event_id: int) -> int:
    """How many rulings the event has, withdrawn ones too."""
    return len(session.scalars(select(Ruling.id).where(Ruling.event_id == event_id)).all())


def _signatures(session: Session, ids: set[int]) -> tuple[dict[int, Signed], dict[int, Signed]]:
    """Who made each of these rulings, and who took it back last."""
    made: dict[int, Signed] = {}
    back: dict[int, Signed] = {}
    if not ids:
        return made, back
    told = History.change.contains('"table":"rulings"')
    query = select(History).where(History.use_case.in_(_DEEDS), told).order_by(History.seq)
    for row in session.scalars(query):
        signed = Signed(row.actor, ROLE_NAMES[Role(row.role)], row.at)
        for key, part in _parts(json.loads(row.change).get("rows", ())):
            if key in ids and part.get("old") is None:
                made.setdefault(key, signed)
            elif key in ids and (part.get("new") or {}).get("withdrawn") is not None:
                back[key] = signed
    return made, back


def _parts(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rulings among the rows an operation changed, by their keys."""
    for part in rows:
        if part["table"] == "rulings":
            yield part["key"][0], part
