"""单位: the tree of units, their codes in a competition, near-equal names joined only by a person's word."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.domain.registration.identity import credit_code as checked_credit_code
from competition_app.domain.registration.writing import key, trimmed
from competition_app.services.registration import organisation_merging
from competition_app.services.registration.organisation_merging import Hanging, Merged, hanging
from competition_app.services.workspace import Act
from competition_app.store.models import (
    Contestant,
    Entry,
    EntryOrganisation,
    Event,
    Judge,
    JudgePerson,
    Organisation,
    Participation,
    Setting,
)

__all__ = [
    "Hanging", "Merged", "OrganisationRow", "add_organisation", "by_name", "edit_organisation",
    "find_or_create", "hanging", "invite", "merge_organisations", "organisations", "part_organisations",
    "remove_organisation", "take_part", "tell_apart", "told_apart", "uninvite",
]  # fmt: skip

_APART = "organisations_told_apart"
"""The setting that holds pairs of units found to be two."""


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


def merge_organisations(act: Act, organisation_id: int, into_id: int) -> Merged:
    """Joins a unit with another: all it has goes over, its name is gone. Returns what ``part`` needs.

    Questions whether the two are one unit are answered by it.
    """
    if organisation_id == into_id:
        raise Refusal("These are the same unit. Choose two different ones.")
    gone, kept = _organisation(act.session, organisation_id), _organisation(act.session, into_id)
    merged = organisation_merging.merge(act.session, gone, kept)
    _no_circle(act.session, kept)
    act.note(merged=organisation_id, into=into_id)
    return merged


def part_organisations(act: Act, merged: Merged) -> None:
    """Undo: two units that were joined are two again. Refused where they were changed since."""
    organisation_merging.part(act.session, merged)
    act.note(parted=merged.gone, of=merged.into)


def remove_organisation(act: Act, organisation_id: int) -> None:
    """Takes away a unit on which nothing hangs; refused, in words, while anything does."""
    unit = _organisation(act.session, organisation_id)
    if not hanging(act.session, organisation_id).nothing:
        raise Refusal(
            "People, judges or units hang on {name}, so it stays. Join it with another unit instead.",
            name=unit.name,
        )
    for part in act.session.scalars(
        select(Participation).where(Participation.organisation_id == organisation_id)
    ):
        act.session.delete(part)
    act.session.flush()
    act.session.delete(unit)


def invite(act: Act, competition_id: int, organisation_ids: Iterable[int]) -> None:
    """These units take part in the competition and are expected to send a form."""
    take_part(act, competition_id, organisation_ids)


def uninvite(act: Act, competition_id: int, organisation_id: int) -> None:
    """A unit takes no part in the competition; refused once people, entries or judges there name it."""
    unit = _organisation(act.session, organisation_id)
    if _has_people(act.session, competition_id, organisation_id):
        raise Refusal(
            "{name} has people in this competition, so it takes part. Refuse their registrations first.",
            name=unit.name,
        )
    seats = select(JudgePerson.id).join(Judge, Judge.id == JudgePerson.judge_id)
    seats = seats.join(Event, Event.id == Judge.event_id).where(Event.competition_id == competition_id)
    if act.session.scalar(seats.where(JudgePerson.organisation_id == organisation_id).limit(1)):
        raise Refusal(
            "Judges of {name} sit on panels of this competition, so it takes part. "
            "Correct the unit of these judges first.",
            name=unit.name,
        )
    part = act.session.get(Participation, (competition_id, organisation_id))
    if part is not None:
        act.session.delete(part)


def _has_people(session: Session, competition_id: int, organisation_id: int) -> bool:
    """Whether anybody stands for the unit in the competition or is employed by it, alone or jointly."""
    either = or_(Contestant.organisation_id == organisation_id, Contestant.employer_id == organisation_id)
    people = select(Contestant.id).where(Contestant.competition_id == competition_id, either)
    entries = select(Entry.id).join(Event, Event.id == Entry.event_id)
    entries = entries.where(Event.competition_id == competition_id)
    joint = entries.join(EntryOrganisation, EntryOrganisation.entry_id == Entry.id)
    named = (
        people,
        entries.where(Entry.organisation_id == organisation_id),
        joint.where(EntryOrganisation.organisation_id == organisation_id),
    )
    return any(session.scalar(query.limit(1)) is not None for query in named)


def tell_apart(act: Act, one_id: int, other_id: int, *, apart: bool = True) -> None:
    """Two units of near-equal names are two: nobody is asked again (``apart=False`` takes it back)."""
    pair = sorted((_organisation(act.session, one_id).id, _organisation(act.session, other_id).id))
    pairs = [one for one in told_apart(act.session) if list(one) != pair]
    value = json.dumps([*pairs, pair] if apart else pairs)
    kept = act.session.get(Setting, _APART)
    if kept is None:
        act.session.add(Setting(name=_APART, value=value))
    else:
        kept.value = value


def told_apart(session: Session) -> tuple[tuple[int, int], ...]:
    """The pairs of units that somebody looked at and found to be two."""
    kept = session.get(Setting, _APART)
    return tuple((one, other) for one, other in json.loads(kept.value)) if kept is not None else ()


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
