"""Who stands behind an event's entry numbers: names, organisations, members, in a few queries."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.store.models import Division, Entry, EntryOrganisation, ModuleFact, Organisation

MEMBERS = """
SELECT m.entry_id, c.code, c.id, n.name FROM memberships m JOIN entries e ON e.id = m.entry_id
JOIN contestants c ON c.id = m.contestant_id JOIN persons n ON n.id = c.person_id
WHERE e.event_id = ? AND (e.status = 'withdrawn' OR NOT EXISTS (
  SELECT 1 FROM registrations r
  WHERE r.entry_id = m.entry_id AND r.contestant_id = m.contestant_id AND r.state = 'refused'))
ORDER BY m.entry_id, m.position, c.id
"""
"""Who stands in an event's entries: (entry, code, contestant, name). A member whose registration is refused
is none; a withdrawn entry keeps its people, so that it still goes by their names."""


@dataclass(frozen=True, slots=True)
class MemberName:
    """A member of an entry."""

    contestant_id: int
    name: str


@dataclass(frozen=True, slots=True)
class EntrantRow:
    """An entry as papers name it; ``organisation`` joins the units of a joint entry with 、."""

    entry_id: int
    number: str
    name: str
    own_name: str | None
    organisation: str
    division: str | None
    members: tuple[MemberName, ...]


def entrants(session: Session, event_id: int) -> Mapping[str, EntrantRow]:
    """The event's entries by number; one without a name goes by its members, else by its organisation."""
    members = _members(session, event_id)
    units = _units(session, event_id)
    query = select(Division.id, Division.code).where(Division.event_id == event_id)
    divisions: dict[int, str] = {row.id: row.code for row in session.execute(query)}
    rows = {}
    listed = select(Entry.id, Entry.number, Entry.name, Entry.division_id).where(Entry.event_id == event_id)
    for key, number, own_name, division_id in session.execute(listed.order_by(Entry.id)).all():
        own = members.get(key, ())
        organisation = "、".join(units.get(key, ()))
        name = own_name or "、".join(member.name for member in own) or organisation or number
        rows[number] = EntrantRow(
            key, number, name, own_name, organisation, divisions.get(division_id or 0), own
        )
    return rows


def _members(session: Session, event_id: int) -> dict[int, tuple[MemberName, ...]]:
    session.flush()
    found: dict[int, list[MemberName]] = {}
    rows = session.connection().exec_driver_sql(MEMBERS, (event_id,)).fetchall()
    for entry_id, _code, contestant_id, name in rows:
        found.setdefault(entry_id, []).append(MemberName(contestant_id, name))
    return {entry_id: tuple(members) for entry_id, members in found.items()}


def _units(session: Session, event_id: int) -> dict[int, list[str]]:
    """The organisations of each entry: the joint ones in their order, else the one it stands for."""
    joint = (
        select(EntryOrganisation.entry_id, Organisation.name)
        .join(Entry, Entry.id == EntryOrganisation.entry_id)
        .join(Organisation, Organisation.id == EntryOrganisation.organisation_id)
        .where(Entry.event_id == event_id)
        .order_by(EntryOrganisation.entry_id, EntryOrganisation.position)
    )
    single = (
        select(Entry.id, Organisation.name)
        .join(Organisation, Organisation.id == Entry.organisation_id)
        .where(Entry.event_id == event_id)
    )
    found: dict[int, list[str]] = {}
    for entry_id, name in session.execute(joint).all():
        found.setdefault(entry_id, []).append(name)
    for entry_id, name in session.execute(single).all():
        found.setdefault(entry_id, [name])
    return found


def absentees(session: Session, event_id: int, stage: str, module: str) -> set[int]:
    """The entries of the event whose absence from the module is recorded."""
    query = select(ModuleFact.entry_id).join(Entry, Entry.id == ModuleFact.entry_id)
    here = (ModuleFact.stage == stage, ModuleFact.module == module)
    return set(session.scalars(query.where(Entry.event_id == event_id, *here, ModuleFact.absent)))
