"""Finding operations: by person, area, local day and words; only numbers are fetched, newest first."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from competition_app.i18n import Words
from competition_app.services.history.history_catalogue import AREAS, area_of
from competition_app.services.history.history_words import DONE
from competition_app.store.models import (
    Contestant,
    Entry,
    Event,
    History,
    Judge,
    MarkVersion,
    Membership,
    Person,
    PersonalValue,
    Registration,
    Score,
    Work,
)

_MANY = 400


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which operations: of one actor, on one local day, with these words in them; what is None is open.

    Only those of one area of the day, and after number ``after``: the history only grows, so an open page
    asks for what is new alone.
    """

    actor: str | None = None
    day: date | None = None
    text: str = ""
    after: int = 0
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Numbers of the operations found, newest first, and how many of them belong to each area."""

    seqs: Sequence[int]
    areas: Mapping[str, int] = field(default_factory=dict)

    def with_newer(self, newer: "Found") -> "Found":
        """These with newer ones before them."""
        counted = Counter(self.areas)
        counted.update(newer.areas)
        return Found((*newer.seqs, *self.seqs), dict(counted))


@dataclass(frozen=True, slots=True)
class Overview:
    """What can be chosen from: everybody who acted, the local days, newest first; how many operations."""

    actors: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    operations: int = 0
    areas: Mapping[str, int] = field(default_factory=dict)

    @property
    def everything(self) -> Found:
        """All operations: their numbers follow one another without a gap (a trigger holds it)."""
        return Found(range(self.operations, 0, -1), self.areas)


_HOURS = """
WITH RECURSIVE hours (hour) AS (
    SELECT substr(min(at), 1, 13) FROM history
    UNION ALL SELECT (SELECT substr(min(at), 1, 13) FROM history WHERE at > hour || ';') FROM hours
    WHERE hour IS NOT NULL
) SELECT hour FROM hours WHERE hour IS NOT NULL
"""
"""The hours in which something was done, each found by the index: after an hour comes a colon, then ``;``."""


def overview(session: Session) -> Overview:
    """Everybody who acted, the days on which somebody did, and how many operations each area has."""
    query = select(History.use_case, History.actor, func.count()).group_by(History.use_case, History.actor)
    actors: set[str] = set()
    areas: Counter[str] = Counter()
    for use_case, actor, some in session.execute(query):
        actors.add(actor)
        areas[area_of(use_case)] += some
    days: set[date] = set()
    for (hour,) in session.connection().exec_driver_sql(_HOURS):
        days |= _days_of(hour)
    return Overview(tuple(sorted(actors)), tuple(sorted(days, reverse=True)), areas.total(), dict(areas))


def _days_of(hour: str) -> set[date]:
    """The local days an hour of UTC lies on (two where the offset is not whole)."""
    start = datetime.fromisoformat(f"{hour}:00:00+00:00")
    return {moment.astimezone().date() for moment in (start, start + timedelta(minutes=59))}


def find(session: Session, wanted: Wanted, words: Words) -> Found:
    """The operations that are wanted. Words match people, devices, deeds, units, reasons and numbers."""
    query = select(History.seq, History.use_case).order_by(History.seq.desc()).where(*_narrowed(wanted))
    text = " ".join(wanted.text.split())
    if text:
        query = query.where(_about(session, text, words))
    found = session.execute(query).all()
    counted = Counter(area_of(use_case) for _seq, use_case in found)
    return Found(tuple(seq for seq, _use_case in found), dict(counted))


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [History.seq > wanted.after] if wanted.after else []
    if wanted.actor is not None:
        conditions.append(History.actor == wanted.actor)
    if wanted.day is not None:
        begin, end = (_midnight(wanted.day + timedelta(days=n)) for n in (0, 1))
        conditions += [History.at >= begin, History.at < end]
    if wanted.area is not None:
        conditions.append(_of_area(wanted.area))
    return conditions


def _of_area(area: str) -> ColumnElement[bool]:
    """Operations of one area; ``other`` is what belongs to none of them."""
    named = AREAS.get(area) or [module for modules in AREAS.values() for module in modules]
    inside = or_(*(History.use_case.startswith(f"{module}.") for module in named))
    return inside if area in AREAS else ~inside


def _midnight(day: date) -> str:
    """A local midnight in UTC as the history writes it."""
    return datetime.combine(day, time()).astimezone().astimezone(UTC).isoformat(timespec="microseconds")


def _about(session: Session, text: str, words: Words) -> ColumnElement[bool]:
    """The condition under which an operation has to do with these words."""
    deeds = [name for name, said in DONE.items() if text.casefold() in words.say(said).casefold()]
    conditions: list[ColumnElement[bool]] = [
        History.actor.contains(text, autoescape=True),
        History.device.contains(text, autoescape=True),
        History.use_case.in_(deeds) if deeds else false(),
        _written(text),
    ]
    number = text.removeprefix("#")
    if number.isdecimal():
        conditions.append(History.seq == int(number[:15]))
    entries = _entries(session, text)
    conditions += _of_entries(session, entries)
    conditions.append(History.seq.in_(_of_codes(text)))
    if not text.isdecimal():
        personal = select(PersonalValue.seq).where(PersonalValue.value.contains(text, autoescape=True))
        conditions.append(History.seq.in_(personal))
    return or_(*conditions)


def _written(text: str) -> ColumnElement[bool]:
    """Words anywhere in a change; figures and Latin letters only as the beginning of a value."""
    quoted = json.dumps(text, ensure_ascii=False)[1:-1]
    if not text.isascii():
        return History.change.contains(quoted, autoescape=True)
    whole = f'"{quoted}"' if text.isdecimal() else f':"{quoted}'
    return and_(History.change.contains(whole, autoescape=True), ~History.use_case.startswith("judging."))


def _entries(session: Session, text: str) -> Sequence[int]:
    """Entries with this number, or with a member or a name in which the words stand."""
    if text.isascii():
        found = select(Entry.id).where(Entry.number == text)
    else:
        members = (
            select(Membership.entry_id)
            .join(Contestant, Contestant.id == Membership.contestant_id)
            .join(Person, Person.id == Contestant.person_id)
            .where(Person.name.contains(text, autoescape=True))
        )
        events = select(Event.id).where(Event.name.contains(text, autoescape=True))
        named = or_(Entry.name.contains(text, autoescape=True), Entry.event_id.in_(events))
        found = select(Entry.id).where(or_(named, Entry.id.in_(members)))
    return session.scalars(found.limit(_MANY)).all()


def _of_codes(text: str) -> Select[Any]:
    """Operations on marks of a work with this code (an open module's are the numbers) or judge's seat."""
    works = select(Work.id).where(Work.code == text)
    seats = select(Judge.id).where(Judge.code == text)
    return select(MarkVersion.history_seq).where(
        or_(MarkVersion.work_id.in_(works), MarkVersion.judge_id.in_(seats))
    )


def _of_entries(session: Session, entries: Sequence[int]) -> list[ColumnElement[bool]]:
    """Operations that wrote rows of these entries: scores by their index, the rest out of the changes."""
    if not entries:
        return []
    contestants = select(Registration.id).where(Registration.entry_id.in_(entries))
    registrations = set(session.scalars(contestants))
    scores = select(Score.history_seq).where(Score.entry_id.in_(entries))
    query = select(History.seq, History.change).where(
        ~History.use_case.startswith("judging."),
        or_(*(History.change.contains(f'"table":"{table}"') for table in _TABLES_OF_ENTRIES)),
    )
    wanted = set(entries)
    found = [
        seq for seq, change in session.execute(query)
        if any(_is_of(part, wanted, registrations) for part in json.loads(change).get("rows", ()))
    ]  # fmt: skip
    return [History.seq.in_(scores), History.seq.in_(found)]


_TABLES_OF_ENTRIES = ("entries", "module_facts", "penalties", "registrations", "certificates")


def _is_of(part: Mapping[str, Any], entries: set[int], registrations: set[int]) -> bool:
    key, table = part["key"], part["table"]
    if table == "registrations":
        return key[0] in registrations
    if table in ("entries", "module_facts"):
        return key[0] in entries
    return part.get("new", {}).get("entry_id") in entries
