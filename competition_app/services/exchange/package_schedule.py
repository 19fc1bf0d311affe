"""The timetable of a package in the store, and of the store in a package."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.documents.packages.package_types import ScheduleItem as GivenItem
from competition_app.services.workspace import Act
from competition_app.store.models import Event, ScheduleItem


def store_schedule(act: Act, competition_id: int, given: Sequence[GivenItem]) -> None:
    """Writes a package's timetable; its events stand in the store already."""
    query = select(Event).where(Event.competition_id == competition_id)
    events = {event.code: event.id for event in act.session.scalars(query)}
    for item in given:
        event_id = None if item.event is None else events[item.event]
        row = ScheduleItem(
            competition_id=competition_id, event_id=event_id, name=item.name, place=item.place,
            starts=item.starts, ends=item.ends, kind=item.kind,
        )  # fmt: skip
        act.session.add(row)
        act.session.flush()


def schedule_of(session: Session, competition_id: int) -> list[dict[str, Any]]:
    """The timetable as a package holds it, in the order in which it was made."""
    query = (
        select(ScheduleItem, Event.code)
        .outerjoin(Event, Event.id == ScheduleItem.event_id)
        .where(ScheduleItem.competition_id == competition_id)
        .order_by(ScheduleItem.id)
    )
    found = []
    for item, code in session.execute(query):
        values = {
            "name": item.name, "event": code, "place": item.place, "starts": item.starts, "ends": item.ends,
            "kind": None if item.kind == "contest" else item.kind,
        }  # fmt: skip
        found.append({name: value for name, value in values.items() if value is not None})
    return found
