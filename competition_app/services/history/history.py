"""The history (操作日志) keeps every value for ever; here one person's values are erased from it."""

from sqlalchemy import select

from competition_app.domain.errors import Refusal
from competition_app.services.workspace import Act
from competition_app.store.models import Contestant, Person, Registration, Table
from competition_app.store.recording import columns_of

NAMELESS = "—"
"""What stands for the name of a person whose values were erased."""


def _clear(row: Table) -> None:
    """Empties every personal column of a row: an empty list or mapping where it holds one, else nothing."""
    for column in columns_of(type(row)).personal:
        held = getattr(row, column)
        setattr(row, column, type(held)() if isinstance(held, list | dict) else None)


def erase_person(act: Act, person_id: int, reason: str) -> None:
    """Erases a person's values from register and history; places, marks and the chain stay.

    The register of certificates keeps what was printed, a public record. Raises Refusal without reason, or
    for a reason that names the person: it stays in the history for ever.
    """
    if not reason.strip():
        raise Refusal("Erasing a person needs a reason. Type why.")
    person = act.session.get(Person, person_id)
    if person is None:
        raise Refusal("This person is not in the store any more. Refresh the page.")
    if any(value and value in reason for value in (person.name, person.id_number, person.phone)):
        raise Refusal("The reason stays for ever: write it without name, number or phone of the person.")
    contestants = act.session.scalars(select(Contestant).where(Contestant.person_id == person_id)).all()
    keys = [contestant.id for contestant in contestants]
    query = select(Registration).where(Registration.contestant_id.in_(keys))
    for row in (person, *contestants, *act.session.scalars(query)):
        _clear(row)
    person.name = NAMELESS
    act.forget(person_id)
    act.note(person=person_id, reason=reason)
