"""单位: the tree of units, their codes in a competition, near-equal names joined only by a person's word."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.domain.identity import credit_code as checked_credit_code
from competition_app.domain.writing import key, trimmed
from competition_app.services.workspace import Act
from competition_app.store.models import (
    Contestant,
    Entry,
    EntryOrganisation,
    Event,
    JudgePerson,
    Organisation,
    Participation,
    Registration,
)


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """A unit as the page of units shows it; counts are of one competition, ``depth`` its level."""

    id: int
    name: str
    short_name: str | None
    kind: str
    parent_id: int | None
    depth: int
    code: str | None
    credit_code: str | None
    entries: int
    contestants: int


def add_organisation(
    act: Act,
    name: str,
    *,
    kind: str = "enterprise",
    parent_id: int | None = None,
    credit_code: str | None = None,
    short_name: str | None = None,
    competition_id: int | None = None,
) -> int:
    """A new unit, with a code in the competition if one is given; returns its id. Its name must be new."""
    name = trimmed(name)
    if not name:
        raise Refusal("The unit has no name. Enter its full name.")
    if key(name) in by_name(act.session):
        raise Refusal("The unit {name} is already there. Use that one.", name=name)
    _parent_there(act.session, parent_id)
    organisation = Organisation(
        name=name,
        kind=kind,
        parent_id=parent_id,
        credit_code=_credit_code(credit_code),
        short_name=short_name or None,
    )
    act.session.add(organisation)
    act.session.flush()
    if competition_id is not None:
        take_part(act, competition_id, [organisation.id])
    return organisation.id


def edit_organisation(act: Act, organisation_id: int, /, **changes: str | int | None) -> None:
    """Changes name, short_name, kind, parent_id, credit_code, contact or contact_phone."""
    organisation = _organisation(act.session, organisation_id)
    allowed = {"name", "short_name", "kind", "parent_id", "credit_code", "contact", "contact_phone"}
    for field, value in changes.items():
        if field not in allowed:
            raise TypeError(f"a unit has no {field} to change")
        setattr(organisation, field, _credit_code(str(value or "")) if field == "credit_code" else value)
    if not trimmed(organisation.name):
        raise Refusal("The unit has no name. Enter its full name.")
    same = by_name(act.session).get(key(organisation.name), organisation_id)
    if same != organisation_id:
        raise Refusal("The unit {name} is already there. Use that one.", name=organisation.name)
    _parent_there(act.session, organisation.parent_id)
    _no_circle(act.session, organisation)


def merge_organisations(act: Act, organisation_id: int, into_id: int) -> int:
    """Joins a unit with another: all it has goes over, its name is gone. Returns how many entries moved.

    Questions whether the two are one unit are answered by it.
    """
    if organisation_id == into_id:
        raise Refusal("These are the same unit. Choose two different ones.")
    gone, kept = _organisation(act.session, organisation_id), _organisation(act.session, into_id)
    if kept.parent_id == gone.id:
        kept.parent_id = gone.parent_id
    _settle_similar(act, gone, kept)
    moved = _move_people(act.session, gone.id, kept.id)
    _move_links(act, gone.id, kept.id)
    kept.credit_code = kept.credit_code or gone.credit_code
    act.session.flush()
    act.session.delete(gone)
    act.note(merged=organisation_id, into=into_id)
    return moved


def _move_people(session: Session, gone: int, kept: int) -> int:
    """Everything that names the one unit names the other; how many entries that were."""
    for child in session.scalars(select(Organisation).where(Organisation.parent_id == gone)):
        child.parent_id = kept
    entries = session.scalars(select(Entry).where(Entry.organisation_id == gone)).all()
    judges = session.scalars(select(JudgePerson).where(JudgePerson.organisation_id == gone)).all()
    for entry in entries:
        entry.organisation_id = kept
    for judge in judges:
        judge.organisation_id = kept
    either = or_(Contestant.organisation_id == gone, Contestant.employer_id == gone)
    for contestant in session.scalars(select(Contestant).where(either)):
        if contestant.organisation_id == gone:
            contestant.organisation_id = kept
        if contestant.employer_id == gone:
            contestant.employer_id = kept
    return len(entries)


def _move_links(act: Act, gone: int, kept: int) -> None:
    session = act.session
    for link in session.scalars(
        select(EntryOrganisation).where(EntryOrganisation.organisation_id == gone)
    ).all():
        if session.get(EntryOrganisation, (link.entry_id, kept)) is None:
            session.add(
                EntryOrganisation(
                    entry_id=link.entry_id, organisation_id=kept, position=link.position, share=link.share
                )
            )
        session.delete(link)
    for part in session.scalars(select(Participation).where(Participation.organisation_id == gone)).all():
        there = session.get(Participation, (part.competition_id, kept))
        competition_id, code = part.competition_id, part.code
        session.delete(part)
        session.flush()
        if there is None:
            session.add(Participation(competition_id=competition_id, organisation_id=kept, code=code))


def _settle_similar(act: Act, *units: Organisation) -> None:
    """Takes the question whether two units are one from the registrations of both."""
    names = {unit.name for unit in units}
    query = select(Registration).join(Entry, Entry.id == Registration.entry_id)
    for found in act.session.scalars(query.where(Entry.organisation_id.in_([unit.id for unit in units]))):
        left = [
            problem
            for problem in found.problems
            if not (problem["code"] == "organisation_similar" and problem.get("near") in names)
        ]
        if len(left) < len(found.problems):
            found.problems = left
            if not left and found.state == "problem":
                found.state = "waiting"


def take_part(act: Act, competition_id: int, organisation_ids: Iterable[int]) -> dict[int, str]:
    """Gives each of these units its code in a competition (E001, E002 …), keeping those it has."""
    query = select(Participation.organisation_id, Participation.code)
    codes = dict(act.session.execute(query.where(Participation.competition_id == competition_id)).all())
    taken, number, new = set(codes.values()), len(codes), []
    for unit in organisation_ids:
        if unit in codes:
            continue
        number += 1
        while (code := f"E{number:03}") in taken:
            number += 1
        codes[unit] = code
        taken.add(code)
        new.append((competition_id, unit, code))
    act.insert_many(Participation, ("competition_id", "organisation_id", "code"), new)
    return codes


def find_or_create(act: Act, names: Iterable[str]) -> dict[str, int]:
    """The units of these names (by ``key``), those not there made anew; near-equal names stay apart."""
    known = by_name(act.session)
    new: dict[str, str] = {}
    for name in names:
        plain = key(name)
        if plain not in known:
            new.setdefault(plain, name)
    first = act.next_id(Organisation)
    rows = [(first + number, name) for number, name in enumerate(new.values())]
    act.insert_many(Organisation, ("id", "name"), rows)
    known |= {plain: first + number for number, plain in enumerate(new)}
    return known


def by_name(session: Session) -> dict[str, int]:
    """All units by the key of their names."""
    rows = session.execute(select(Organisation.name, Organisation.id).order_by(Organisation.id.desc()))
    return {key(name): unit for name, unit in rows}


def organisations(session: Session, competition_id: int | None = None) -> tuple[OrganisationRow, ...]:
    """All units as a tree in depth-first order, with what they have in a competition."""
    codes = dict(
        session.execute(
            select(Participation.organisation_id, Participation.code).where(
                Participation.competition_id == competition_id
            )
        ).all()
    )
    entries = _entry_counts(session, competition_id)
    people = dict(
        session.execute(
            select(Contestant.organisation_id, func.count())
            .where(Contestant.competition_id == competition_id)
            .group_by(Contestant.organisation_id)
        ).all()
    )
    below: dict[int | None, list[Organisation]] = {}
    for unit in session.scalars(select(Organisation).order_by(Organisation.name)):
        below.setdefault(unit.parent_id, []).append(unit)
    rows: list[OrganisationRow] = []
    waiting = [(unit, 0) for unit in reversed(below.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        rows.append(
            OrganisationRow(
                unit.id, unit.name, unit.short_name, unit.kind, unit.parent_id, depth, codes.get(unit.id),
                unit.credit_code, entries.get(unit.id, 0), people.get(unit.id, 0),
            )
        )  # fmt: skip
        waiting += [(child, depth + 1) for child in reversed(below.get(unit.id, []))]
    return tuple(rows)


def _entry_counts(session: Session, competition_id: int | None) -> dict[int | None, int]:
    query = (
        select(Entry.organisation_id, func.count())
        .join(Event, Event.id == Entry.event_id)
        .where(Event.competition_id == competition_id)
        .group_by(Entry.organisation_id)
    )
    return dict(session.execute(query).all())


def _organisation(session: Session, organisation_id: int) -> Organisation:
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise Refusal("This unit is no longer there. Choose another in the list.")
    return found


def _credit_code(text: str | None) -> str | None:
    code, said = checked_credit_code(text)
    if said:
        raise Refusal(said.text, **said.values)
    return code


def _parent_there(session: Session, parent_id: int | None) -> None:
    if parent_id is not None:
        _organisation(session, parent_id)


def _no_circle(session: Session, organisation: Organisation) -> None:
    above, seen = organisation.parent_id, {organisation.id}
    while above is not None:
        if above in seen:
            raise Refusal("{name} would stand below itself. Choose another parent.", name=organisation.name)
        seen.add(above)
        above = _organisation(session, above).parent_id
