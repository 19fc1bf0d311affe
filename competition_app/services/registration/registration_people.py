"""Whose registration it is: who is known by an ID number is one person over all competitions."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.services.workspace import Act
from competition_app.store.models import Contestant, Membership, Person, Registration


def identify(act: Act, registration: Registration, name: str, kind: str, number: str) -> None:
    """Gives the person of a registration this ID number; if the store has its person, it is theirs.

    Raises Refusal where the number stands beside another name, or its person is registered in the event.
    """
    session = act.session
    contestant = session.get_one(Contestant, registration.contestant_id)
    person = session.get_one(Person, contestant.person_id)
    known = session.scalar(select(Person).where(Person.id_kind == kind, Person.id_number == number))
    if known is None or known.id == person.id:
        person.id_kind, person.id_number = kind, number
        return
    if known.name != name:
        raise Refusal(
            "This ID number already stands beside another name. Compare both with the identity cards."
        )
    other = session.scalar(
        select(Contestant).where(
            Contestant.person_id == known.id, Contestant.competition_id == registration.competition_id
        )
    )
    if other is None:
        contestant.person_id = known.id
    else:
        _hand_over(session, registration, contestant, other)
    session.flush()
    _drop_if_unused(session, contestant, person)


def _hand_over(
    session: Session, registration: Registration, contestant: Contestant, other: Contestant
) -> None:
    twice = select(Registration.id).where(
        Registration.event_id == registration.event_id, Registration.contestant_id == other.id
    )
    if session.scalar(twice) is not None:
        raise Refusal(
            "The person with this ID number is already registered in this event. Refuse one of the two."
        )
    member = session.get(Membership, (registration.entry_id, contestant.id))
    if member is not None:
        session.add(
            Membership(
                entry_id=member.entry_id, contestant_id=other.id, position=member.position, role=member.role
            )
        )
        session.delete(member)
    registration.contestant_id = other.id


def _drop_if_unused(session: Session, contestant: Contestant, person: Person) -> None:
    """Removes a contestant and a person that nothing names any more."""
    if session.scalar(select(Registration.id).where(Registration.contestant_id == contestant.id)) is None:
        session.delete(contestant)
        session.flush()
    if session.scalar(select(Contestant.id).where(Contestant.person_id == person.id)) is None:
        session.delete(person)
