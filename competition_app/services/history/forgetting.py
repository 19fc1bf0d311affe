"""Before a person is erased: who it is, and in numbers what goes for good and what stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from competition_app.domain.errors import Refusal
from competition_app.store.models import (
    Certificate,
    Contestant,
    Membership,
    Person,
    PersonalValue,
    Registration,
    Table,
)
from competition_app.store.recording import columns_of


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What erasing a person takes away: ``values`` in the register now, ``earlier`` ones beside the history.

    What stays: the entries with their marks and places, the certificates in the register with their words.
    """

    person_id: int
    name: str
    competitions: int
    registrations: int
    values: int
    earlier: int
    entries: int
    certificates: int


def what_goes(session: Session, person_id: int) -> Forgetting:
    """What erasing this person would take away and leave.

    Raises Refusal where the person is not there, or was erased before.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise Refusal("This person is not in the store any more. Refresh the page.")
    contestants = session.scalars(select(Contestant).where(Contestant.person_id == person_id)).all()
    keys = [one.id for one in contestants]
    registrations = session.scalars(select(Registration).where(Registration.contestant_id.in_(keys))).all()
    earlier = select(func.count()).where(
        PersonalValue.person_id == person_id, PersonalValue.value.is_not(None)
    )
    found = Forgetting(
        person_id, person.name, len({one.competition_id for one in contestants}), len(registrations),
        sum(_held(row) for row in (person, *contestants, *registrations)), session.scalar(earlier) or 0,
        _count(session, Membership.entry_id, Membership.contestant_id, keys),
        _count(session, Certificate.id, Certificate.contestant_id, keys),
    )  # fmt: skip
    if not found.earlier and found.values <= 1:  # the dash that stands for the name
        raise Refusal("This person was erased before: nothing personal is left.")
    return found


def of_registration(session: Session, registration_id: int) -> int:
    """The key of the person a registration is about. Raises Refusal where it is not there."""
    query = (
        select(Contestant.person_id)
        .join(Registration, Registration.contestant_id == Contestant.id)
        .where(Registration.id == registration_id)
    )
    found = session.scalar(query)
    if found is None:
        raise Refusal("This registration is no longer there. Refresh the page.")
    return found


def of_name(session: Session, given: str) -> int:
    """The key of the person with this ID number, or with this contestant's code.

    Raises Refusal where nobody has it, or several persons have the code.
    """
    by_code = select(Contestant.person_id).where(Contestant.code == given)
    found = set(session.scalars(select(Person.id).where(Person.id_number == given)))
    found = found or set(session.scalars(by_code))
    if not found:
        raise Refusal("Nobody in this store has this ID number or code. Check it among the registrations.")
    if len(found) > 1:
        raise Refusal("Several persons have this code in different competitions. Give the ID number.")
    return found.pop()


def _held(row: Table) -> int:
    """How many of the row's personal columns hold anything."""
    return sum(bool(getattr(row, column)) for column in columns_of(type(row)).personal)


def _count(
    session: Session, what: InstrumentedAttribute[int], of: InstrumentedAttribute[Any], keys: Sequence[int]
) -> int:
    """How many different ``what`` belong to these contestants."""
    return session.scalar(select(func.count(distinct(what))).where(of.in_(keys))) or 0
