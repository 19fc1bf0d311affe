"""Tells an entry that the review of registrations withdrew from one whose withdrawal was declared."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from competition_app.store.models import Entry, History

_UNDO = "undoing.take_back"
_REVIEW = "registration_review."


def came_from_review(session: Session, entry_id: int) -> bool:
    """Whether the review, and no ruling since, gave the entry the status it has; so the history tells.

    A status that the history does not name (an imported package's) did not come from the review.
    """
    query = (
        select(History.seq, History.use_case, History.change)
        .where(
            or_(
                History.use_case == _UNDO,
                History.use_case.startswith(_REVIEW),
                History.use_case.startswith("rulings."),
            ),
            History.change.contains(f'"{Entry.__tablename__}"'),
        )
        .order_by(History.seq.desc())
    )
    for _, use_case, change in session.execute(query):
        told = json.loads(change)
        if _sets_status(told, entry_id):
            return _first(session, use_case, told).startswith(_REVIEW)
    return False


def _sets_status(told: Mapping[str, Any], entry_id: int) -> bool:
    return any(
        row["table"] == Entry.__tablename__
        and row["key"] == [entry_id]
        and not {"status", "status_reason"}.isdisjoint(row.get("new") or ())
        for row in told.get("rows", ())
    )


def _first(session: Session, use_case: str, told: Mapping[str, Any]) -> str:
    """The use case whose deed was undone or done again, however often it was."""
    while use_case == _UNDO:
        undone = session.get_one(History, told["notes"]["undone"])
        use_case, told = undone.use_case, json.loads(undone.change)
    return use_case
