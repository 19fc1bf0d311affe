"""Joining two units into one: what hangs on a unit, everything of it handed over, and handed back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.store.models import (
    Contestant,
    Entry,
    EntryOrganisation,
    JudgePerson,
    Organisation,
    Participation,
    Registration,
)

Row = TypeVar("Row")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a unit over all competitions: entries, contestants, judges, the units below it."""

    entries: int
    contestants: int
    judges: int
    below: int

    @property
    def nothing(self) -> bool:
        """Whether the unit may go without a loss."""
        return not (self.entries or self.contestants or self.judges or self.below)


@dataclass(frozen=True, slots=True)
class Merged:
    """A join of two units, with all that is needed to take it back."""

    gone: int
    into: int
    entries: int
    values: Mapping[str, Any]
    kept_values: Mapping[str, Any]
    moved: Mapping[str, Sequence[int]]
    links: tuple[tuple[int, int, str | None, bool], ...]
    parts: tuple[tuple[int, str, bool], ...]
    settled: tuple[tuple[int, str, tuple[Any, ...]], ...]


_VALUES = ("name", "short_name", "kind", "parent_id", "credit_code", "contact", "contact_phone")


def hanging(session: Session, organisation_id: int) -> Hanging:
    """What would go over if this unit were joined with another."""

    def count(where: Any) -> int:
        return session.scalar(select(func.count()).where(where)) or 0

    joint = select(func.count(EntryOrganisation.entry_id)).where(
        EntryOrganisation.organisation_id == organisation_id,
        ~exists().where(Entry.id == EntryOrganisation.entry_id, Entry.organisation_id == organisation_id),
    )
    either = or_(Contestant.organisation_id == organisation_id, Contestant.employer_id == organisation_id)
    return Hanging(
        count(Entry.organisation_id == organisation_id) + (session.scalar(joint) or 0),
        count(either),
        count(JudgePerson.organisation_id == organisation_id),
        count(Organisation.parent_id == organisation_id),
    )


def merge(session: Session, gone: Organisation, kept: Organisation) -> Merged:
    """Hands everything of the one unit to the other and deletes it; contact and code only fill gaps."""
    values = {field: getattr(gone, field) for field in _VALUES}
    kept_values = {field: getattr(kept, field) for field in _VALUES}
    if gone.id in _above(session, kept):
        kept.parent_id = gone.parent_id
    settled = _settle_similar(session, gone, kept)
    moved = _move(session, gone.id, kept.id)
    links, parts = _move_links(session, gone.id, kept.id), _move_parts(session, gone.id, kept.id)
    code = gone.credit_code
    session.flush()
    session.delete(gone)
    session.flush()  # the code is unique: it is free only now
    for field in ("short_name", "contact", "contact_phone"):
        setattr(kept, field, getattr(kept, field) or values[field])
    kept.credit_code = kept.credit_code or code
    session.flush()
    return Merged(gone.id, kept.id, len(moved["entries"]), values, kept_values, moved, links, parts, settled)


def _above(session: Session, unit: Organisation) -> set[int]:
    """The keys of all units above this one."""
    found: set[int] = set()
    key = unit.parent_id
    while key is not None and key not in found:
        found.add(key)
        key = session.scalar(select(Organisation.parent_id).where(Organisation.id == key))
    return found


_COLUMNS: Mapping[str, Any] = {
    "below": Organisation.parent_id,
    "entries": Entry.organisation_id,
    "judges": JudgePerson.organisation_id,
    "contestants": Contestant.organisation_id,
    "employees": Contestant.employer_id,
}


def _move(session: Session, gone: int, kept: int) -> dict[str, tuple[int, ...]]:
    """Everything that names the one unit names the other; the keys of what did, by what it is."""
    moved = {}
    for name, column in _COLUMNS.items():
        rows = session.scalars(select(column.class_).where(column == gone)).all()
        for row in rows:
            setattr(row, column.key, kept)
        moved[name] = tuple(row.id for row in rows)
    return moved


def _move_links(session: Session, gone: int, kept: int) -> tuple[tuple[int, int, str | None, bool], ...]:
    found = []
    query = select(EntryOrganisation).where(EntryOrganisation.organisation_id == gone)
    for link in session.scalars(query).all():
        new = session.get(EntryOrganisation, (link.entry_id, kept)) is None
        found.append((link.entry_id, link.position, link.share, new))
        if new:
            session.add(_link(kept, found[-1]))
        session.delete(link)
    return tuple(found)


def _link(unit: int, link: tuple[int, int, str | None, bool]) -> EntryOrganisation:
    return EntryOrganisation(entry_id=link[0], organisation_id=unit, position=link[1], share=link[2])


def _move_parts(session: Session, gone: int, kept: int) -> tuple[tuple[int, str, bool], ...]:
    found = []
    for part in session.scalars(select(Participation).where(Participation.organisation_id == gone)).all():
        new = session.get(Participation, (part.competition_id, kept)) is None
        found.append((part.competition_id, part.code, new))
        session.delete(part)
        session.flush()
        if new:
            session.add(Participation(competition_id=found[-1][0], organisation_id=kept, code=found[-1][1]))
    return tuple(found)


def _settle_similar(session: Session, *units: Organisation) -> tuple[tuple[int, str, tuple[Any, ...]], ...]:
    """Takes the question whether two units are one from the registrations of both; what stood there."""
    names, settled = {unit.name for unit in units}, []
    query = select(Registration).join(Entry, Entry.id == Registration.entry_id)
    for found in session.scalars(query.where(Entry.organisation_id.in_([unit.id for unit in units]))):
        left = [
            problem
            for problem in found.problems
            if not (problem["code"] == "organisation_similar" and problem.get("near") in names)
        ]
        if len(left) < len(found.problems):
            settled.append((found.id, found.state, tuple(found.problems)))
            found.problems = left
            if not left and found.state == "problem":
                found.state = "waiting"
    return tuple(settled)


def part(session: Session, merged: Merged) -> None:
    """Takes a join back: the unit stands again, and what came from it and still is there goes back to it.

    Raises Refusal where the unit that took it in is gone or the name was given to another meanwhile.
    """
    kept = session.get(Organisation, merged.into)
    taken = session.get(Organisation, merged.gone) or session.scalar(
        select(Organisation).where(Organisation.name == merged.values["name"])
    )
    if kept is None or taken is not None:
        raise Refusal(
            "The join with {name} cannot be taken back: the units were changed since. Add the unit anew.",
            name=merged.values["name"],
        )
    for field in _VALUES:
        if field != "parent_id":
            setattr(kept, field, merged.kept_values[field])
    session.flush()
    session.add(Organisation(id=merged.gone, **merged.values))
    session.flush()
    for name, column in _COLUMNS.items():
        for row in _still(session, column.class_, merged.moved[name]):
            if getattr(row, column.key) == merged.into:
                setattr(row, column.key, merged.gone)
    kept.parent_id = merged.kept_values["parent_id"]
    _links_back(session, merged)
    _questions_back(session, merged)
    session.flush()


def _questions_back(session: Session, merged: Merged) -> None:
    """Asks again, at their registrations, whether the two are one unit."""
    for registration, state, problems in merged.settled:
        found = session.get(Registration, registration)
        if found is not None:
            found.problems = list(problems)
            found.state = state if found.state == "waiting" else found.state


def _links_back(session: Session, merged: Merged) -> None:
    for link in merged.links:
        there = session.get(EntryOrganisation, (link[0], merged.into))
        if link[3] and there is not None:
            session.delete(there)
        if session.get(Entry, link[0]) is not None:
            session.add(_link(merged.gone, link))
    for competition_id, code, new in merged.parts:
        there_too = session.get(Participation, (competition_id, merged.into))
        if new and there_too is not None:
            session.delete(there_too)
            session.flush()
        session.add(Participation(competition_id=competition_id, organisation_id=merged.gone, code=code))


def _still(session: Session, model: type[Row], keys: Sequence[int]) -> Iterable[Row]:
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        yield from session.scalars(select(model).where(model.id.in_(some)))  # type: ignore[attr-defined]
