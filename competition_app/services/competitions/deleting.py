"""Deleting a competition that was only a trial: everything of it, as long as nobody was marked in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.services.workspace import Act
from competition_app.store.models import (
    Certificate,
    Competition,
    Contestant,
    Entry,
    Event,
    Judge,
    MarkVersion,
    Person,
    Registration,
    Score,
    Table,
    Work,
)


@dataclass(frozen=True, slots=True)
class Lost:
    """What goes with a competition, in numbers."""

    name: str
    events: int
    registrations: int
    entries: int
    judges: int


def lost_with(session: Session, competition_id: int) -> Lost:
    """What deleting this competition takes away. Raises Refusal as ``delete_competition`` would."""
    competition = _deletable(session, competition_id)
    events = select(Event.id).where(Event.competition_id == competition_id)

    def count(model: type[Table], which: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(model).where(which)) or 0

    return Lost(
        competition.name,
        count(Event, Event.competition_id == competition_id),
        count(Registration, Registration.competition_id == competition_id),
        count(Entry, Entry.event_id.in_(events)),
        count(Judge, Judge.event_id.in_(events)),
    )


def delete_competition(act: Act, competition_id: int) -> None:
    """Deletes a competition and everything that belongs to it; units and people of others stay.

    Raises Refusal where a mark or a score was ever entered or a certificate given: those are kept for ever.
    """
    _deletable(act.session, competition_id)
    people = set(
        act.session.scalars(select(Contestant.person_id).where(Contestant.competition_id == competition_id))
    )
    for rows in reversed(list(_belonging(act.session, competition_id))):
        for row in rows:
            act.session.delete(row)
        act.session.flush()
    for person in sorted(people):
        if not act.session.scalar(select(exists().where(Contestant.person_id == person))):
            act.session.delete(act.session.get_one(Person, person))
    act.session.flush()


def _deletable(session: Session, competition_id: int) -> Competition:
    competition = session.get(Competition, competition_id)
    if competition is None:
        raise Refusal("The competition is no longer there. Go back to the start.")
    events = select(Event.id).where(Event.competition_id == competition_id)
    works = select(Work.id).where(Work.event_id.in_(events))
    entries = select(Entry.id).where(Entry.event_id.in_(events))
    if session.scalar(select(exists().where(Certificate.competition_id == competition_id))):
        raise Refusal(
            "Certificates were given in {name}, so it cannot be deleted: whoever holds one can have it "
            "looked up. Leave it as it is.",
            name=competition.name,
        )
    marked = or_(exists().where(MarkVersion.work_id.in_(works)), exists().where(Score.entry_id.in_(entries)))
    if session.scalar(select(marked)):
        raise Refusal(
            "In {name} marks were entered, and marks are kept for ever. Leave it, and try things out in the "
            "sample next time.",
            name=competition.name,
        )
    return competition


def _belonging(session: Session, competition_id: int) -> Iterator[list[Table]]:
    """The competition and every row that points to it, or to such a row, table by table, owners first."""
    models = {mapper.local_table: mapper.class_ for mapper in Table.registry.mappers}
    found: dict[str, set[object]] = {}
    for table in Table.metadata.sorted_tables:
        model = models.get(table)
        if model is None:
            continue
        if model is Competition:
            rows: list[Table] = [session.get_one(Competition, competition_id)]
        else:
            owners = [
                column.in_(found[key.column.table.name])
                for column in table.columns
                for key in column.foreign_keys
                if found.get(key.column.table.name)
            ]
            rows = list(session.scalars(select(model).where(or_(*owners)))) if owners else []
        found[table.name] = {getattr(row, "id", None) for row in rows} - {None}
        yield rows
