"""日程: what takes place when and where; adding, changing and taking away, and the day to show."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.services.workspace import Act
from competition_app.store.models import Competition, Event, ScheduleItem

Kind = Literal["contest", "meeting", "appeals", "ceremony", "other"]
DAY_END = 24 * 60
LONGEST_NAME = 200
"""An item's content has at most so many characters, as in a package."""
KINDS: tuple[Kind, ...] = ("contest", "meeting", "appeals", "ceremony", "other")


@dataclass(frozen=True, slots=True)
class Slot:
    """An item as a person gives it: what, on which day, from when to when, where, to which event it belongs.

    Times are those of the hall's clock; an item begins and ends on one day.
    """

    name: str
    day: date
    starts: time
    ends: time
    place: str = ""
    event_id: int | None = None
    kind: Kind = "contest"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the timetable; ``event`` is the event's name, None where it belongs to none."""

    id: int
    slot: Slot
    event: str | None

    @property
    def minutes(self) -> tuple[int, int]:
        """From and to, in minutes of the day."""
        starts, ends = self.slot.starts, self.slot.ends
        return starts.hour * 60 + starts.minute, ends.hour * 60 + ends.minute


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The day to show: its items, whether it is today, its place among the days of the competition.

    ``number``: 1 for the first day; None where the competition has no first day or it lies before it.
    ``now``: minutes of the day where it is today, the day's end where it is over, None where it comes.
    """

    day: date
    items: tuple[Item, ...]
    today: bool
    number: int | None
    now: int | None


def add_items(act: Act, competition_id: int, slots: Sequence[Slot]) -> tuple[int, ...]:
    """Adds items to the timetable; their keys. Raises Refusal where one is wrong or there already."""
    if act.session.get(Competition, competition_id) is None:
        raise Refusal("This competition is no longer there: choose another in the list.")
    if not slots:
        raise Refusal("There is nothing to add: write at least one item.")
    there = {item.slot for item in items(act.session, competition_id)}
    made = []
    for slot in slots:
        row = ScheduleItem(competition_id=competition_id)
        _write(act.session, row, slot)
        checked = _slot(row)
        _refuse_twice(checked, there)
        there.add(checked)
        act.session.add(row)
        act.session.flush()
        made.append(row.id)
    return tuple(made)


def change_item(act: Act, item_id: int, slot: Slot) -> None:
    """Makes an item say this instead. Raises Refusal where that is wrong or another item says it already."""
    row = _item(act.session, item_id)
    others = {item.slot for item in items(act.session, row.competition_id) if item.id != item_id}
    _write(act.session, row, slot)
    _refuse_twice(_slot(row), others)


def remove_items(act: Act, item_ids: Sequence[int]) -> None:
    """Takes items out of the timetable."""
    for item_id in item_ids:
        act.session.delete(_item(act.session, item_id))


def items(session: Session, competition_id: int) -> tuple[Item, ...]:
    """The whole timetable in the order of time."""
    query = (
        select(ScheduleItem, Event.name)
        .outerjoin(Event, Event.id == ScheduleItem.event_id)
        .where(ScheduleItem.competition_id == competition_id)
        .order_by(ScheduleItem.starts, ScheduleItem.id)
    )
    return tuple(Item(row.id, _slot(row), event) for row, event in session.execute(query))


def day_plan(session: Session, competition_id: int, now: datetime) -> DayPlan | None:
    """Today's items at ``now`` (the hall's own time); without any today the next day's, else the last day's.

    None while there is no timetable.
    """
    found = items(session, competition_id)
    shown = day_to_show({item.slot.day for item in found}, now.date())
    if shown is None:
        return None
    first = first_day(session, competition_id)
    number = (shown - first).days + 1 if first else None
    today = shown == now.date()
    minute = now.hour * 60 + now.minute if today else DAY_END if shown < now.date() else None
    return DayPlan(
        shown, tuple(item for item in found if item.slot.day == shown), today,
        number if number is not None and number > 0 else None, minute,
    )  # fmt: skip


def first_day(session: Session, competition_id: int) -> date | None:
    """The competition's first day, None where it has none yet."""
    first = session.get_one(Competition, competition_id).starts_on
    return date.fromisoformat(first) if first else None


def day_to_show(days: Iterable[date], today: date) -> date | None:
    """Today if it has items, else the next day that has, else the last one."""
    ordered = sorted(days)
    coming = [day for day in ordered if day >= today]
    return coming[0] if coming else ordered[-1] if ordered else None


def _item(session: Session, item_id: int) -> ScheduleItem:
    found = session.get(ScheduleItem, item_id)
    if found is None:
        raise Refusal("This item is no longer in the timetable. Look at it as it stands now.")
    return found


def _refuse_twice(slot: Slot, there: Collection[Slot]) -> None:
    if slot in there:
        raise Refusal("{item} at {time} stands in the timetable already.", item=slot.name, time=_told(slot))


def _write(session: Session, row: ScheduleItem, slot: Slot) -> None:
    name = slot.name.strip()
    if not name:
        raise Refusal("The content is missing: write what takes place, such as Final, round 1.")
    if len(name) > LONGEST_NAME:
        raise Refusal("The content has {n} characters, {most} at most: shorten it.", n=len(name),
                      most=LONGEST_NAME)  # fmt: skip
    if slot.kind not in KINDS:
        raise Refusal("There is no kind {kind} of items: choose one of the list.", kind=slot.kind)
    starts, ends = (at.replace(second=0, microsecond=0) for at in (slot.starts, slot.ends))
    if ends <= starts:
        raise Refusal(
            "{item} ends at {ends}, which is not later than its beginning at {starts}. Correct one of them.",
            item=name, starts=f"{starts:%H:%M}", ends=f"{ends:%H:%M}",
        )  # fmt: skip
    if slot.event_id is not None:
        event = session.get(Event, slot.event_id)
        if event is None or event.competition_id != row.competition_id:
            raise Refusal("This event is no longer there: choose another in the list.")
    row.name, row.place, row.kind, row.event_id = name, slot.place.strip() or None, slot.kind, slot.event_id
    row.starts, row.ends = (f"{slot.day.isoformat()}T{at:%H:%M}" for at in (starts, ends))


def _slot(row: ScheduleItem) -> Slot:
    starts, ends = datetime.fromisoformat(row.starts), datetime.fromisoformat(row.ends)
    kind: Kind = next((kind for kind in KINDS if kind == row.kind), "other")
    return Slot(row.name, starts.date(), starts.time(), ends.time(), row.place or "", row.event_id, kind)


def _told(slot: Slot) -> str:
    return f"{slot.day.isoformat()} {slot.starts:%H:%M}"
