"""单位: the tree as its page shows it, with counts rolled up along it, forms sent, names that are near."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.registration.organisation_names import KnownNames
from competition_app.services.plans.plans import plan_of
from competition_app.services.registration.organisations import told_apart
from competition_app.store.models import (
    Competition,
    Entry,
    EntryOrganisation,
    Event,
    Organisation,
    Participation,
    Registration,
    Ruling,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a unit, or a unit with all below it, has in a competition; ``units`` are expected to send a form.

    ``finalists`` are entries confirmed to go on to the last stage of their event.
    """

    units: int = 0
    sent: int = 0
    registered: int = 0
    passed: int = 0
    problems: int = 0
    entries: int = 0
    finalists: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(
            self.units + other.units, self.sent + other.sent, self.registered + other.registered,
            self.passed + other.passed, self.problems + other.problems, self.entries + other.entries,
            self.finalists + other.finalists,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TreeUnit:
    """A unit in the tree. ``above`` are the keys from the root down; ``near`` a unit of a near-equal name.

    ``code`` is its code in the competition (None: it takes no part); ``own`` and ``whole`` are its counts
    alone and with everything below it.
    """

    id: int
    name: str
    short_name: str | None
    kind: str
    above: tuple[int, ...]
    below: int
    code: str | None
    credit_code: str | None
    contact: str | None
    contact_phone: str | None
    own: Counts
    whole: Counts
    near: int | None = None

    @property
    def parent_id(self) -> int | None:
        """The unit right above it."""
        return self.above[-1] if self.above else None

    @property
    def depth(self) -> int:
        """How far below a root it stands."""
        return len(self.above)


@dataclass(frozen=True, slots=True)
class OrganisationTree:
    """All units, each before those below it; ``whole`` counts the competition."""

    units: tuple[TreeUnit, ...]
    whole: Counts
    earlier: tuple[tuple[int, str, int], ...]  # other competitions (id, name, units that took part)


def organisation_tree(session: Session, competition_id: int) -> OrganisationTree:
    """The tree of units with what each has in a competition, in one look at the store."""
    rows = session.scalars(select(Organisation).order_by(Organisation.name)).all()
    codes = dict(session.execute(
        select(Participation.organisation_id, Participation.code)
        .where(Participation.competition_id == competition_id)).all())  # fmt: skip
    own = _own_counts(session, competition_id, codes)
    near = _near(rows, told_apart(session))
    below: dict[int | None, list[Organisation]] = {}
    for unit in rows:
        below.setdefault(unit.parent_id, []).append(unit)
    units: list[TreeUnit] = []
    waiting: list[tuple[Organisation, tuple[int, ...]]] = [
        (unit, ()) for unit in reversed(below.get(None, []))
    ]
    while waiting:
        unit, above = waiting.pop()
        children = below.get(unit.id, [])
        mine = own.get(unit.id, Counts())
        units.append(
            TreeUnit(
                unit.id, unit.name, unit.short_name, unit.kind, above, len(children), codes.get(unit.id),
                unit.credit_code, unit.contact, unit.contact_phone, mine, mine, near.get(unit.id),
            )
        )  # fmt: skip
        waiting += [(child, (*above, unit.id)) for child in reversed(children)]
    rolled = _rolled_up(units)
    whole = Counts()
    for found in rolled:
        whole = whole if found.above else whole.plus(found.whole)
    return OrganisationTree(rolled, whole, _earlier(session, competition_id))


def _rolled_up(units: list[TreeUnit]) -> tuple[TreeUnit, ...]:
    """The same units, each with the counts of all below it."""
    whole = {unit.id: unit.own for unit in units}
    for unit in reversed(units):
        if unit.above:
            whole[unit.above[-1]] = whole[unit.above[-1]].plus(whole[unit.id])
    return tuple(replace(unit, whole=whole[unit.id]) for unit in units)


@dataclass
class _Tally:
    registered: int = 0
    passed: int = 0
    problems: int = 0
    entries: set[int] = field(default_factory=set)
    finalists: set[int] = field(default_factory=set)


def _own_counts(session: Session, competition_id: int, codes: Mapping[int, str]) -> dict[int, Counts]:
    tallies: dict[int, _Tally] = {unit: _Tally() for unit in codes}
    query = (
        select(Entry.organisation_id, Registration.state)
        .join(Entry, Entry.id == Registration.entry_id)
        .where(Registration.competition_id == competition_id, Entry.organisation_id.is_not(None))
    )
    for unit, state in session.execute(query):
        assert unit is not None
        tally = tallies.setdefault(unit, _Tally())
        tally.registered += 1
        tally.passed += state == "passed"
        tally.problems += state == "problem"
    going = _going_on(session, competition_id)
    for entry, unit, event, number in _entries(session, competition_id):
        tally = tallies.setdefault(unit, _Tally())
        tally.entries.add(entry)
        if number in going.get(event, ()):
            tally.finalists.add(entry)
    return {
        unit: Counts(
            int(unit in codes), int(unit in codes and tally.registered > 0), tally.registered, tally.passed,
            tally.problems, len(tally.entries), len(tally.finalists),
        )
        for unit, tally in tallies.items()
    }  # fmt: skip


def _entries(session: Session, competition_id: int) -> Iterable[tuple[int, int, int, str]]:
    """Entries that take part with a unit each: the one represented, or each of several."""
    here = select(Entry.id, Entry.organisation_id, Entry.event_id, Entry.number).join(
        Event, Event.id == Entry.event_id
    )
    here = here.where(Event.competition_id == competition_id, Entry.status != "withdrawn")
    found = {(row[0], row[1]): row for row in session.execute(here) if row[1] is not None}
    joint = (
        select(Entry.id, EntryOrganisation.organisation_id, Entry.event_id, Entry.number)
        .join(EntryOrganisation, EntryOrganisation.entry_id == Entry.id)
        .join(Event, Event.id == Entry.event_id)
        .where(Event.competition_id == competition_id, Entry.status != "withdrawn")
    )
    found |= {(row[0], row[1]): row for row in session.execute(joint)}
    return [(row[0], unit, row[2], row[3]) for (_, unit), row in found.items() if unit is not None]


def _going_on(session: Session, competition_id: int) -> dict[int, set[str]]:
    """The numbers confirmed to go on to the last stage, by event; none where nothing was confirmed."""
    query = (
        select(Ruling.event_id, Ruling.stage, Ruling.entries)
        .join(Event, Event.id == Ruling.event_id)
        .where(Event.competition_id == competition_id, Ruling.kind == "advanced", Ruling.withdrawn.is_(None))
    )
    found: dict[int, set[str]] = {}
    for event, stage, entries in session.execute(query):
        if stage == plan_of(session, event).stages[-1].code:
            found.setdefault(event, set()).update(str(number) for number in entries)
    return found


def _near(rows: Iterable[Organisation], apart: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each unit another of a near-equal name: the same kind, and not found to be two by a person."""
    kinds: dict[str, list[Organisation]] = {}
    for unit in rows:
        kinds.setdefault("union" if unit.kind == "union" else "", []).append(unit)
    two = {frozenset(pair) for pair in apart}
    found: dict[int, int] = {}
    for units in kinds.values():
        by_name = {unit.name: unit.id for unit in units}
        names = KnownNames(by_name)
        for unit in units:
            other = names.near(unit.name)
            if other is not None and frozenset((unit.id, by_name[other])) not in two:
                found[unit.id] = by_name[other]
                found.setdefault(by_name[other], unit.id)
    return found


def _earlier(session: Session, competition_id: int) -> tuple[tuple[int, str, int], ...]:
    query = (
        select(Competition.id, Competition.name, Participation.organisation_id)
        .join(Participation, Participation.competition_id == Competition.id)
        .where(Competition.id != competition_id)
        .order_by(Competition.starts_on.desc().nulls_last(), Competition.id.desc())
    )
    counts: dict[tuple[int, str], int] = {}
    for key, name, _unit in session.execute(query):
        counts[key, name] = counts.get((key, name), 0) + 1
    return tuple((key, name, n) for (key, name), n in counts.items())


def participants(session: Session, competition_id: int) -> tuple[int, ...]:
    """The units that take part in a competition, in the order of their codes."""
    query = select(Participation.organisation_id).where(Participation.competition_id == competition_id)
    return tuple(session.scalars(query.order_by(Participation.code)))
