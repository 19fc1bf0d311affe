"""回避: which judges are kept from which entries, by the units of both (scoring.md §5)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain import plan as rules
from competition_app.domain.conflict import own_units
from competition_app.domain.plan import Plan
from competition_app.store.models import Event, Judge, JudgePerson, Participation, Ruling

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
    if rule.sets_aside:
        return frozenset()
    stored = session.connection().exec_driver_sql(_STORED, (event_id,))
    found = {r[2] for r in stored if (r[0], r[1], r[3]) == (stage, rule.code, judge.code)}
    sat = select(JudgePerson.organisation_id).where(
        JudgePerson.judge_id == judge.id, JudgePerson.organisation_id.is_not(None)
    )
    own = [unit for unit in session.scalars(sat) if unit is not None]
    if own:
        units = _units(session, event_id, entry_id)
        found.update(number for unit in own for number in units.entries_of(unit, rule))
    return frozenset(found - _allowed(session, event_id, stage, rule.code)) if found else frozenset()


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
