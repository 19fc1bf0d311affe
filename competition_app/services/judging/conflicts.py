"""回避: which judges are kept from which entries, by the units of both (scoring.md §5)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.plans import plan as rules
from competition_app.domain.plans.plan import Plan
from competition_app.domain.scoring.conflict import own_units
from competition_app.domain.scoring.figures import natural
from competition_app.services.plans.plans import plan_of
from competition_app.store.models import (
    Assignment,
    Event,
    Judge,
    JudgePerson,
    Organisation,
    Participation,
    Ruling,
)

_UNITS = """
SELECT e.number, e.organisation_id FROM entries e WHERE {which} AND e.organisation_id IS NOT NULL
UNION SELECT e.number, o.organisation_id FROM entries e JOIN entry_organisations o ON o.entry_id = e.id
WHERE {which}
UNION SELECT e.number, c.organisation_id FROM entries e JOIN memberships m ON m.entry_id = e.id
JOIN contestants c ON c.id = m.contestant_id WHERE {which} AND c.organisation_id IS NOT NULL
UNION SELECT e.number, c.employer_id FROM entries e JOIN memberships m ON m.entry_id = e.id
JOIN contestants c ON c.id = m.contestant_id WHERE {which} AND c.employer_id IS NOT NULL
"""
_ALL, _ONE = "e.event_id = ?1", "e.id = ?1"
_SEATS = """
SELECT DISTINCT j.code, p.organisation_id, j.id FROM judges j JOIN judge_persons p ON p.judge_id = j.id
WHERE j.event_id = ? AND p.organisation_id IS NOT NULL
"""
_STORED = """
SELECT w.stage, w.module, e.number, j.code FROM recusals r JOIN works w ON w.id = r.work_id
JOIN work_links l ON l.work_id = w.id JOIN entries e ON e.id = l.entry_id JOIN judges j ON j.id = r.judge_id
WHERE w.event_id = ?
"""

Recused = tuple[str, str, str, str]
"""(stage, module, entry's number, judge's code)."""


UNSEALED = ("unsealed", "published", "final")
"""States of an event in which its codes are open."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A judge who sat on a seat and an entry of their own unit, in the modules the seat is assigned to.

    ``kind``: the entry represents the judge's unit (unit), a member is employed there (employer), or both
    belong under one node the plan names (group). ``modules`` are (stage, module, name); ``set_aside``: the
    marks are given and count as absent, else they are refused; ``allowed``: the chief judge recorded why.
    """

    judge_id: int
    judge: str
    judge_name: str
    unit: str
    number: str
    entry: str
    entry_unit: str
    kind: str
    modules: tuple[tuple[str, str, str], ...]
    set_aside: bool
    allowed: bool


@dataclass(frozen=True, slots=True)
class _Units:
    """Who stands for which unit: entries' numbers by unit, the tree, and the competition's codes of units."""

    entries: Mapping[int, Collection[str]]
    parents: Mapping[int, int]
    by_code: Mapping[str, int]

    def entries_of(self, unit: int, rule: rules.Module) -> set[str]:
        """The entries that a judge of this unit is kept from."""
        nodes = {self.by_code[code] for code in rule.conflict.up_to if code in self.by_code}
        own = own_units(unit, self.entries, self.parents, nodes)
        return {number for one in own for number in self.entries[one]}


def recused(session: Session, event_id: int, plan: Plan) -> frozenset[Recused]:
    """Every judge kept from an entry, by the units of all who sat on the seat or as recorded when coding."""
    connection = session.connection()
    found = {(r[0], r[1], r[2], r[3]) for r in connection.exec_driver_sql(_STORED, (event_id,))}
    seats = [(r[0], r[1]) for r in connection.exec_driver_sql(_SEATS, (event_id,))]
    if not seats:
        return frozenset(found)
    units = _units(session, event_id)
    for stage in plan.stages:
        for module in stage.modules:
            if module.kind == "sheets":
                for code, unit in seats:
                    numbers = units.entries_of(unit, module)
                    found.update((stage.code, module.code, number, code) for number in numbers)
    return frozenset(found)


def kept_by_unit(session: Session, event_id: int, rule: rules.Module) -> set[tuple[int, str]]:
    """(judge's key, entry's number) of all of one unit, to be stored when works get their codes."""
    seats = session.connection().exec_driver_sql(_SEATS, (event_id,)).fetchall()
    units = _units(session, event_id) if seats else None
    return {(judge, number) for _, unit, judge in seats if units for number in units.entries_of(unit, rule)}


def conflicts(session: Session, event_id: int) -> tuple[Conflict, ...]:
    """Every judge and entry of one unit, by seat and number, with the rule that holds.

    Before unsealing nothing is told of modules whose own marks are set aside (scoring.md §5).
    """
    plan, event = plan_of(session, event_id), session.get_one(Event, event_id)
    entries, units = _named_entries(session, event_id), _units(session, event_id)
    found: dict[tuple[int, str, str, bool], Conflict] = {}
    for stage in plan.stages:
        for rule in stage.modules:
            if rule.kind != "sheets" or (rule.sets_aside and event.state not in UNSEALED):
                continue
            allowed = _allowed(session, event_id, stage.code, rule.code)
            for seat, code, name, unit, unit_name in _assigned(session, event_id, stage.code, rule.code):
                for number in units.entries_of(unit, rule):
                    entry, entry_unit = entries[number]
                    here = (stage.code, rule.code, rule.name or rule.code)
                    known = found.get((seat, name, number, rule.sets_aside))
                    modules = (*known.modules, here) if known else (here,)
                    found[seat, name, number, rule.sets_aside] = Conflict(
                        seat, code, name, unit_name, number, entry, entry_unit,
                        _kind(session, event_id, number, unit), modules, rule.sets_aside, number in allowed,
                    )  # fmt: skip
    return tuple(sorted(found.values(), key=lambda one: (natural(one.judge), natural(one.number))))


def _named_entries(session: Session, event_id: int) -> dict[str, tuple[str, str]]:
    """The name of each entry (a person alone: their own) and of its unit, by number."""
    sql = """
    SELECT e.number, coalesce(e.name, group_concat(n.name, '、'), ''), coalesce(o.name, '') FROM entries e
    LEFT JOIN organisations o ON o.id = e.organisation_id LEFT JOIN memberships m ON m.entry_id = e.id
    LEFT JOIN contestants c ON c.id = m.contestant_id LEFT JOIN persons n ON n.id = c.person_id
    WHERE e.event_id = ? GROUP BY e.id
    """
    rows = session.connection().exec_driver_sql(sql, (event_id,))
    return {row[0]: (row[1], row[2]) for row in rows}


def _assigned(
    session: Session, event_id: int, stage: str, module: str
) -> list[tuple[int, str, str, int, str]]:
    """Who sat on the seats that mark a module, with a unit: (seat, code, name, unit, its name).

    Where no seat is assigned yet, all seats of judges.
    """
    query = (
        select(Judge.id, Judge.code, JudgePerson.name, Organisation.id, Organisation.name)
        .join(JudgePerson, JudgePerson.judge_id == Judge.id)
        .join(Organisation, Organisation.id == JudgePerson.organisation_id)
        .where(Judge.event_id == event_id)
        .order_by(Judge.position, JudgePerson.id)
    )
    here = (Assignment.stage == stage, Assignment.module == module)
    seats = select(Assignment.judge_id).join(Judge, Judge.id == Assignment.judge_id)
    named = set(session.scalars(seats.where(Judge.event_id == event_id, *here)))
    own = Judge.id.in_(named) if named else Judge.role.in_(("judge", "chief_judge"))
    return [(r[0], r[1], r[2] or "", r[3], r[4]) for r in session.execute(query.where(own))]


def _kind(session: Session, event_id: int, number: str, unit: int) -> str:
    """How an entry belongs to a judge's unit: it represents it, a member works there, or by their group."""
    connection = session.connection()
    where = "e.event_id = ?1 AND e.number = ?3"
    represents, employs = _UNITS.rsplit("UNION", 1)
    sql = f"SELECT 1 FROM ({represents.format(which=where)}) WHERE organisation_id = ?2"  # noqa: S608 - ours
    if connection.exec_driver_sql(sql, (event_id, unit, number)).first():
        return "unit"
    sql = f"SELECT 1 FROM ({employs.format(which=where)}) WHERE employer_id = ?2"  # noqa: S608 - ours
    return "employer" if connection.exec_driver_sql(sql, (event_id, unit, number)).first() else "group"


def kept_from(
    session: Session,
    event_id: int,
    stage: str,
    rule: rules.Module,
    judge: Judge,
    *,
    entry_id: int | None = None,
) -> frozenset[str]:
    """The numbers of entries this judge may not mark (``entry_id`` asks about one only).

    In a blind module nobody is told, so none; nor those for which the chief judge recorded why.
    """
    return kept_by_seat(session, event_id, stage, rule, entry_id=entry_id).get(judge.code, frozenset())


def kept_by_seat(
    session: Session, event_id: int, stage: str, rule: rules.Module, *, entry_id: int | None = None
) -> Mapping[str, frozenset[str]]:
    """The same for every seat of the event at once, by its code; a seat kept from nobody is not named."""
    if rule.sets_aside:
        return {}
    connection, found = session.connection(), dict[str, set[str]]()
    for at, module, number, code in connection.exec_driver_sql(_STORED, (event_id,)):
        if (at, module) == (stage, rule.code):
            found.setdefault(code, set()).add(number)
    seats = [(r[0], r[1]) for r in connection.exec_driver_sql(_SEATS, (event_id,))]
    units = _units(session, event_id, entry_id) if seats else None
    for code, unit in seats:
        if units is not None and (numbers := units.entries_of(unit, rule)):
            found.setdefault(code, set()).update(numbers)
    allowed = _allowed(session, event_id, stage, rule.code) if found else set()
    return {code: frozenset(numbers - allowed) for code, numbers in found.items()}


def _allowed(session: Session, event_id: int, stage: str, module: str) -> set[str]:
    ruled = select(Ruling).where(
        Ruling.event_id == event_id, Ruling.kind == "accepted", Ruling.code == "conflict_of_interest"
    )
    return {
        number
        for ruling in session.scalars(ruled.where(Ruling.withdrawn.is_(None)))
        if ruling.stage in (None, stage) and ruling.more.get("module") in (None, module)
        for number in ruling.entries
    }


def _units(session: Session, event_id: int, entry_id: int | None = None) -> _Units:
    connection = session.connection()
    entries: dict[int, set[str]] = {}
    sql = _UNITS.format(which=_ALL if entry_id is None else _ONE)
    asked = event_id if entry_id is None else entry_id
    for number, unit in connection.exec_driver_sql(sql, (asked,)):
        entries.setdefault(unit, set()).add(number)
    rows = connection.exec_driver_sql("SELECT id, parent_id FROM organisations WHERE parent_id IS NOT NULL")
    parents = {row[0]: row[1] for row in rows}
    home = select(Event.competition_id).where(Event.id == event_id).scalar_subquery()
    codes = select(Participation.code, Participation.organisation_id)
    here = session.execute(codes.where(Participation.competition_id == home))
    return _Units(entries, parents, dict(here.all()))
