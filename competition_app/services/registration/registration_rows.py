"""报名: what the page of registrations shows: rows, counts by state, one registration with all its facts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import String, func, select, type_coerce
from sqlalchemy.orm import Session, aliased

from competition_app.domain.errors import Problem, Refusal
from competition_app.domain.registration import identity
from competition_app.domain.registration.eligibility import Rule, age, conditions, level
from competition_app.services.registration.registration_events import event_rules
from competition_app.services.registration.registration_intake import problem_of
from competition_app.store.models import (
    Competition,
    Contestant,
    Division,
    Entry,
    Event,
    Membership,
    Organisation,
    Participation,
    Person,
    Registration,
)

STATES = ("waiting", "problem", "returned", "passed", "refused")
"""待审, 有问题, 退回, 已通过, 不通过."""


class RegistrationRow(NamedTuple):
    """A registration as the list shows it: ID number and phone masked.

    ``bad`` names what is wrong (name, id_number, phone …, or another column's head); ``search`` holds all
    that the search looks through, in lower case.
    """

    id: int
    state: str
    name: str
    sex: str | None
    id_number: str
    phone: str
    organisation: str
    event_code: str
    event: str
    division: str | None
    level: str | None
    number: str
    team: str | None
    role: str | None
    file: str | None
    sheet: str | None
    row: int | None
    reason: str | None
    bad: tuple[str, ...]
    search: str


@dataclass(frozen=True, slots=True)
class RegistrationDetail:
    """All of one registration, for the person who reviews it. ``id_number`` is what was typed if untrusted.

    ``problems`` are the open ones, ``settled`` those let stand, each with its reason in ``more["settled"]``.
    """

    row: RegistrationRow
    id_kind: str
    id_number: str
    birth_date: str | None
    age: int | None
    phone: str | None
    employer: str | None
    employment: str | None
    coaches: tuple[str, ...]
    fields: Mapping[str, str]
    problems: tuple[Problem, ...]
    settled: tuple[Problem, ...]
    conditions: tuple[Rule, ...]
    received_at: str
    reviewed_at: str | None
    competition_id: int

    @property
    def may_pass(self) -> bool:
        """Whether nothing hinders passing it."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class RegistrationCounts:
    """How many registrations stand in each state, how many units take part and have sent any."""

    states: Mapping[str, int]
    units: int
    units_sent: int

    @property
    def all(self) -> int:
        """All registrations."""
        return sum(self.states.values())


def _query() -> Any:
    return (
        select(
            Registration.id, Registration.state, Person.name, Person.sex, Person.id_number, Person.phone,
            Organisation.name, Event.code, Event.name, Division.name,
            type_coerce(Contestant.fields, String), Entry.number, Entry.name,
            Membership.role, Registration.file, Registration.sheet, Registration.row,
            Registration.reason, type_coerce(Registration.problems, String),
        )
        .join(Event, Event.id == Registration.event_id)
        .join(Contestant, Contestant.id == Registration.contestant_id)
        .join(Person, Person.id == Contestant.person_id)
        .join(Entry, Entry.id == Registration.entry_id)
        .outerjoin(Organisation, Organisation.id == Entry.organisation_id)
        .outerjoin(Division, Division.id == Entry.division_id)
        .outerjoin(
            Membership,
            (Membership.entry_id == Registration.entry_id)
            & (Membership.contestant_id == Registration.contestant_id),
        )
    )  # fmt: skip


def registrations(
    session: Session, competition_id: int, *, event: str | None = None, state: str | None = None
) -> tuple[RegistrationRow, ...]:
    """The registrations of a competition, of one event (its code) or one state, in the order they came."""
    query = _query().where(Registration.competition_id == competition_id).order_by(Registration.id)
    if event is not None:
        query = query.where(Event.code == event)
    if state is not None:
        query = query.where(Registration.state == state)
    return tuple(map(_row, session.connection().execute(query)))


def _row(found: Any) -> RegistrationRow:
    key, state, name, sex, number, phone, unit, code, event, division, fields, entry, team, role = found[:14]
    file, sheet, line, reason, problems = found[14:]
    shown = number
    bad: tuple[str, ...] = ()
    if problems != "[]":
        held = json.loads(problems)
        bad = tuple(str(problem.get("role") or "") for problem in held if "settled" not in problem)
        shown = number or _typed_number(held)
    skill = level(json.loads(fields)) if fields != "{}" else None
    search = f"{name} {shown or ''} {unit or ''} {event} {entry} {team or ''} {phone or ''}".lower()
    return RegistrationRow(
        key, state, name, sex, identity.masked(shown), identity.masked_phone(phone), unit or "", code, event,
        division, skill, entry, team, role, file, sheet, line, reason, bad, search,
    )  # fmt: skip


def _typed_number(problems: list[dict[str, Any]]) -> str | None:
    typed = (
        str(problem.get("value", "")).strip() for problem in problems if problem.get("role") == "id_number"
    )
    return next(typed, None)


def registration_counts(session: Session, competition_id: int) -> RegistrationCounts:
    """How many registrations a competition has by state, and of how many units."""
    query = select(Registration.state, func.count()).where(Registration.competition_id == competition_id)
    found = dict(session.execute(query.group_by(Registration.state)).all())
    units = select(func.count()).where(Participation.competition_id == competition_id)
    sent = (
        select(func.count(Entry.organisation_id.distinct()))
        .join(Registration, Registration.entry_id == Entry.id)
        .where(Registration.competition_id == competition_id)
    )
    states = {state: found.get(state, 0) for state in STATES}
    return RegistrationCounts(states, session.scalar(units) or 0, session.scalar(sent) or 0)


def registration_detail(session: Session, registration_id: int) -> RegistrationDetail:
    """One registration with its facts, its problems and which conditions of the event are met."""
    found = session.connection().execute(_query().where(Registration.id == registration_id)).first()
    if found is None:
        raise Refusal("This registration is no longer there. Refresh the page.")
    registration = session.get_one(Registration, registration_id)
    contestant = session.get_one(Contestant, registration.contestant_id)
    person = session.get_one(Person, contestant.person_id)
    entry = session.get_one(Entry, registration.entry_id)
    employer = aliased(Organisation)
    works_at = session.scalar(select(employer.name).where(employer.id == contestant.employer_id))
    rules = {rules.code: rules for rules in event_rules(session, registration.competition_id)}[found[7]]
    day = session.scalar(select(Competition.starts_on).where(Competition.id == registration.competition_id))
    problems = [problem_of(stored) for stored in registration.problems]
    return RegistrationDetail(
        _row(found), person.id_kind, person.id_number or _typed_number(registration.problems) or "",
        person.birth_date, age(person.birth_date, day) if person.birth_date and day else None, person.phone,
        works_at, contestant.employment, tuple(entry.coaches), contestant.fields,
        tuple(problem for problem in problems if "settled" not in problem.more),
        tuple(problem for problem in problems if "settled" in problem.more),
        conditions(
            rules.eligibility, born=person.birth_date, sex=person.sex, skill=level(contestant.fields),
            employment=contestant.employment,
        ),
        registration.received_at, registration.reviewed_at, registration.competition_id,
    )  # fmt: skip


def registration_of_cell(
    session: Session, competition_id: int, file: str, sheet: str, row: int
) -> int | None:
    """The registration that came from this row of this file; None if it was not taken."""
    return session.scalar(
        select(Registration.id)
        .where(
            Registration.competition_id == competition_id,
            Registration.file == file,
            Registration.sheet == sheet,
            Registration.row == row,
        )
        .order_by(Registration.id.desc())
        .limit(1)
    )
