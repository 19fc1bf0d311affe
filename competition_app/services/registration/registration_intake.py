"""Puts the accepted rows of an import into the store: units, people, contestants, entries, registrations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Problem, Said
from competition_app.domain.registration.registration import ImportReport, ScreenedRow
from competition_app.domain.registration.writing import key
from competition_app.services.registration import organisations, registration_people
from competition_app.services.registration.registration_events import event_rules
from competition_app.services.workspace import Act
from competition_app.store.models import (
    Contestant,
    Division,
    Entry,
    Event,
    Membership,
    Person,
    Registration,
)

_AT_ONCE = 500
_NUMBER_WIDTH = 3
TeamKey = tuple[int, int, str]


def take_in(act: Act, competition_id: int, report: ImportReport) -> None:
    """Stores the accepted rows of a report: new ones in bulk, those that take up a registration singly."""
    rows = [(file.file, row) for file in report.files for row in file.rows if row.accepted]
    new = [(file, row) for file, row in rows if row.resumes is None]
    if new:
        _Intake(act, competition_id, new).store()
    resumed = [row.resumes for _, row in rows if row.resumes is not None]
    assert len(set(resumed)) == len(resumed), "two rows take up one registration"
    for file, row in rows:
        if row.resumes is not None:
            _take_up(act, row.resumes, file, row)


def stored_problem(problem: Problem) -> dict[str, Any]:
    """A problem as the store keeps it: its sentence by key and values, so that it is said in any language."""
    return {"code": problem.code, **problem.more, "said": _stored(problem.said)}


def _stored(said: Said) -> list[object]:
    return [said.text, {k: _stored(v) if isinstance(v, Said) else v for k, v in said.values.items()}]


def problem_of(stored: Mapping[str, Any]) -> Problem:
    """A problem as it was before it was stored."""
    more = {name: value for name, value in stored.items() if name not in ("code", "said")}
    return Problem(stored["code"], _said(stored["said"]), more)


def _said(stored: Sequence[Any]) -> Said:
    text, values = stored
    return Said(text, {k: _said(v) if isinstance(v, list) else v for k, v in values.items()})


@dataclass(slots=True)
class _Bulk:
    """Rows for the tables, in the order in which they are put in."""

    persons: list[tuple[Any, ...]] = field(default_factory=list)
    contestants: list[tuple[Any, ...]] = field(default_factory=list)
    entries: list[list[Any]] = field(default_factory=list)
    memberships: list[tuple[Any, ...]] = field(default_factory=list)
    registrations: list[tuple[Any, ...]] = field(default_factory=list)


class _Intake:
    """New rows on their way into the store, each with keys given beforehand."""

    def __init__(self, act: Act, competition_id: int, rows: Sequence[tuple[str, ScreenedRow]]) -> None:
        self._act, self._competition, self._rows = act, competition_id, rows
        session = act.session
        self._events = {
            event.code: event
            for event in session.scalars(select(Event).where(Event.competition_id == competition_id))
        }
        self._in_teams = {rules.code for rules in event_rules(session, competition_id) if rules.in_teams}
        self._divisions = {
            (division.event_id, division.code): division.id
            for division in session.scalars(
                select(Division).join(Event).where(Event.competition_id == competition_id)
            )
        }
        self._units = self._find_units()
        self._persons = _persons(session, [row.id_number for _, row in rows if row.id_number])
        self._contestants = _contestants(session, competition_id)
        self._codes = _Codes(
            session.scalars(select(Contestant.code).where(Contestant.competition_id == competition_id)),
            "C",
            4,
        )
        self._numbers: dict[int, _Codes] = {}
        self._teams: dict[TeamKey, tuple[int, int]] = {}
        self._coaches: dict[int, list[str]] = {}
        self._next = {model: act.next_id(model) for model in (Person, Contestant, Entry, Registration)}
        self._bulk = _Bulk()

    def store(self) -> None:
        """Makes the rows of all tables and puts them in."""
        self._existing_teams()
        for file, row in self._rows:
            self._add(file, row)
        act, bulk = self._act, self._bulk
        act.insert_many(
            Person, ("id", "name", "sex", "id_kind", "id_number", "birth_date", "phone"), bulk.persons
        )
        act.insert_many(
            Contestant,
            (
                "id",
                "competition_id",
                "person_id",
                "code",
                "organisation_id",
                "employer_id",
                "employment",
                "fields",
            ),
            bulk.contestants,
        )
        act.insert_many(
            Entry,
            ("id", "event_id", "division_id", "number", "name", "organisation_id", "coaches"),
            [tuple(entry) for entry in bulk.entries],
        )
        act.insert_many(Membership, ("entry_id", "contestant_id", "position", "role"), bulk.memberships)
        act.insert_many(
            Registration,
            ("id", "competition_id", "event_id", "contestant_id", "entry_id", "state", "file", "sheet", "row",
             "problems", "received_at"),
            bulk.registrations,
        )  # fmt: skip

    def _find_units(self) -> dict[str | None, int]:
        """The unit of each name as written, all taking part in the competition."""
        sent = dict.fromkeys(row.organisation for _, row in self._rows if row.organisation)
        names = dict.fromkeys([*sent, *(row.employer for _, row in self._rows if row.employer)])
        found = organisations.find_or_create(self._act, names)
        units: dict[str | None, int] = {name: found[key(name)] for name in names}
        organisations.take_part(self._act, self._competition, [units[name] for name in sent])
        return units

    def _key(self, model: type[Any]) -> int:
        number = self._next[model]
        self._next[model] = number + 1
        return number

    def _add(self, file: str, row: ScreenedRow) -> None:
        event = self._events[row.event or ""]
        contestant = self._contestant(row)
        entry, place = self._entry(event, row)
        self._bulk.memberships.append((entry, contestant, place, row.role))
        problems = [stored_problem(problem) for problem in row.problems]
        self._bulk.registrations.append(
            (
                self._key(Registration), self._competition, event.id, contestant, entry,
                "problem" if problems else "waiting", file, row.sheet, row.row, problems, self._act.now,
            )
        )  # fmt: skip

    def _contestant(self, row: ScreenedRow) -> int:
        person = self._persons.get(row.id_number) if row.id_number else None
        if person is None:
            person = self._key(Person)
            self._bulk.persons.append(
                (person, row.name, row.sex, row.id_kind, row.id_number, row.birth_date, row.phone)
            )
            if row.id_number:
                self._persons[row.id_number] = person
        contestant = self._contestants.get(person)
        if contestant is None:
            contestant = self._contestants[person] = self._key(Contestant)
            employer = self._units[row.employer] if row.employer else None
            self._bulk.contestants.append(
                (
                    contestant, self._competition, person, self._codes.next(), self._units[row.organisation],
                    employer, row.employment, dict(row.fields),
                )
            )  # fmt: skip
        return contestant

    def _entry(self, event: Event, row: ScreenedRow) -> tuple[int, int]:
        """The entry of a row and the row's place in it: its own, or its team's."""
        if event.code not in self._in_teams:
            return self._new_entry(event, row, None), 0
        team = (event.id, self._units[row.organisation], key(row.team or ""))
        entry, members = self._teams.get(team, (0, 0))
        if not entry:
            entry = self._new_entry(event, row, row.team)
        elif entry in self._coaches:
            held = self._coaches[entry]
            held += [name for name in row.coaches if name not in held]
        self._teams[team] = (entry, members + 1)
        return entry, members

    def _new_entry(self, event: Event, row: ScreenedRow, name: str | None) -> int:
        entry = self._key(Entry)
        numbers = self._numbers.get(event.id)
        if numbers is None:
            taken = self._act.session.scalars(select(Entry.number).where(Entry.event_id == event.id))
            numbers = self._numbers[event.id] = _Codes(taken, "", _NUMBER_WIDTH)
        coaches = self._coaches[entry] = list(row.coaches)
        division = self._divisions.get((event.id, row.division)) if row.division else None
        unit = self._units[row.organisation]
        self._bulk.entries.append([entry, event.id, division, numbers.next(), name, unit, coaches])
        return entry

    def _existing_teams(self) -> None:
        ids = [event.id for event in self._events.values() if event.code in self._in_teams]
        if not ids:
            return
        query = select(Entry.id, Entry.event_id, Entry.organisation_id, Entry.name).where(
            Entry.event_id.in_(ids)
        )
        for entry, event, unit, name in self._act.session.execute(query):
            if unit is not None:
                members = len(_members(self._act.session, entry))
                self._teams[event, unit, key(name or "")] = (entry, members)


def _members(session: Session, entry_id: int) -> Sequence[int]:
    return session.scalars(select(Membership.contestant_id).where(Membership.entry_id == entry_id)).all()


class _Codes:
    """Codes in their natural order, beyond the highest taken: 001, 002 … 999, 1000."""

    def __init__(self, taken: Iterable[str], letter: str, width: int) -> None:
        self._letter, self._width = letter, width
        digits = (code[len(letter) :] for code in taken if code.startswith(letter))
        self._last = max((int(text) for text in digits if text.isascii() and text.isdigit()), default=0)

    def next(self) -> str:
        """The next free code."""
        self._last += 1
        return f"{self._letter}{self._last:0{self._width}}"


def _persons(session: Session, numbers: Sequence[str]) -> dict[str, int]:
    """The people of the store with these ID numbers."""
    found: dict[str, int] = {}
    if session.scalar(select(Person.id).limit(1)) is None:
        return found
    for start in range(0, len(numbers), _AT_ONCE):
        query = select(Person.id_number, Person.id).where(
            Person.id_number.in_(numbers[start : start + _AT_ONCE])
        )
        found.update({number: person for number, person in session.execute(query) if number})
    return found


def _contestants(session: Session, competition_id: int) -> dict[int, int]:
    query = select(Contestant.person_id, Contestant.id).where(Contestant.competition_id == competition_id)
    return dict(session.execute(query).all())


def _take_up(act: Act, registration_id: int, file: str, row: ScreenedRow) -> None:
    """Replaces what a returned registration, or one without a trusted ID number, said."""
    session = act.session
    registration = session.get_one(Registration, registration_id)
    if row.id_number:
        registration_people.identify(act, registration, row.name, row.id_kind, row.id_number)
    contestant = session.get_one(Contestant, registration.contestant_id)
    person = session.get_one(Person, contestant.person_id)
    person.name, person.sex, person.birth_date, person.phone = row.name, row.sex, row.birth_date, row.phone
    contestant.fields = dict(row.fields)
    contestant.employment = row.employment
    registration.problems = [stored_problem(problem) for problem in row.problems]
    registration.state = "problem" if row.problems else "waiting"
    registration.file, registration.sheet, registration.row = file, row.sheet, row.row
    registration.reason, registration.reviewed_at, registration.received_at = None, None, act.now
