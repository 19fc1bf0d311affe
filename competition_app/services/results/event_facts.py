"""An event's facts out of the store: works as grouped arrays, everything else as plain rows."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.plans.plan import Plan
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring.facts import (
    Accepted,
    ContestantFacts,
    Decision,
    EntryFacts,
    EventFacts,
    JudgeFacts,
    Outcome,
    PenaltyFact,
    Place,
)
from competition_app.services.competitions.competitions import event_of
from competition_app.services.judging.conflicts import recused
from competition_app.services.judging.entrants import MEMBERS
from competition_app.services.judging.work_reading import WorkReader
from competition_app.services.plans.plans import plan_of
from competition_app.store.models import Ruling

_JUDGES = "SELECT id, code, judging_group, role FROM judges WHERE event_id = ? ORDER BY position, id"
_ASSIGNED = """
SELECT a.judge_id, a.stage, a.module FROM assignments a JOIN judges j ON j.id = a.judge_id
WHERE j.event_id = ?
"""
_CRITERIA = "SELECT id, stage, module, code FROM criteria WHERE event_id = ?"
_DIVISIONS = "SELECT code FROM divisions WHERE event_id = ? ORDER BY position, id"
_ENTRIES = """
SELECT e.id, e.number, d.code, e.status, e.judging_group, e.fields, e.name, p.code
FROM entries e LEFT JOIN divisions d ON d.id = e.division_id JOIN events v ON v.id = e.event_id
LEFT JOIN participations p ON p.competition_id = v.competition_id AND p.organisation_id = e.organisation_id
WHERE e.event_id = ? ORDER BY e.id
"""
_SHARES = """
SELECT o.entry_id, p.code, o.share FROM entry_organisations o JOIN entries e ON e.id = o.entry_id
JOIN events v ON v.id = e.event_id
JOIN participations p ON p.competition_id = v.competition_id AND p.organisation_id = o.organisation_id
WHERE e.event_id = ? ORDER BY o.entry_id, o.position
"""
_SCORES = """
SELECT e.number, s.stage, s.module, s.attempt, s.units, s.outcome
FROM entries e CROSS JOIN scores s ON s.entry_id = e.id
WHERE e.event_id = ? ORDER BY s.entry_id, s.stage, s.module, s.attempt, s.version
"""
_RECORDED = """
SELECT e.number, f.stage, f.module, f.seconds, f.submitted_at, f.absent
FROM entries e CROSS JOIN module_facts f ON f.entry_id = e.id WHERE e.event_id = ?
"""
_PENALTIES = """
SELECT e.number, p.stage, p.module, p.attempt, p.units, p.disqualifies, p.reason
FROM penalties p JOIN entries e ON e.id = p.entry_id
WHERE e.event_id = ? AND p.withdrawn IS NULL ORDER BY p.id
"""
_PEOPLE = """
SELECT c.code, n.name, n.sex, n.birth_date, c.titles, c.fields, c.employment FROM contestants c
JOIN persons n ON n.id = c.person_id WHERE c.competition_id = ?
"""


def reader_of(session: Session, event_id: int, plan: Plan) -> WorkReader:
    """What reads the event's works under this plan."""
    connection = session.connection()
    judges = {row[0]: row[1] for row in connection.exec_driver_sql(_JUDGES, (event_id,))}
    counted = {(s.code, m.code, c.code) for s in plan.stages for m in s.modules for c in m.criteria}
    rows = connection.exec_driver_sql(_CRITERIA, (event_id,))
    criteria = {row[0]: row[3] for row in rows if (row[1], row[2], row[3]) in counted}
    return WorkReader(judges, criteria)


def facts_for(session: Session, event_id: int, reader: WorkReader | None = None) -> EventFacts:
    """All that decides the event's result, as the store holds it now."""
    plan = plan_of(session, event_id)
    reader = reader or reader_of(session, event_id, plan)
    works = reader.read(session, event_id)
    event = event_of(session, event_id)
    rows = _Rows(session, event_id)
    recorded = [(_place(r), r[3], r[4], r[5]) for r in rows.of(_RECORDED)]
    rulings = _rulings(session, event_id)
    return EventFacts(
        event=event.code,
        plan=plan,
        entries=tuple(_entries(rows)),
        divisions=tuple(r[0] for r in rows.of(_DIVISIONS)),
        judges=tuple(_judges(rows)),
        works={place: work for place, work in works.items() if work is not None},
        scores=_scores(rows),
        times={place: Decimal(seconds) for place, seconds, _, _ in recorded if seconds is not None},
        submitted={place: datetime.fromisoformat(at) for place, _, at, _ in recorded if at},
        absences=frozenset(place for place, _, _, absent in recorded if absent),
        penalties=tuple(_penalties(rows, plan)),
        recusals=recused(session, event_id, plan),
        lots=tuple(Decision(tuple(r.entries)) for r in rulings if r.kind == "lot"),
        decisions=tuple(
            Decision(tuple(r.entries), r.reason or "", r.stage) for r in rulings if r.kind == "decision"
        ),
        advanced={r.stage: tuple(r.entries) for r in rulings if r.kind == "advanced" and r.stage},
        accepted=tuple(_accepted(r) for r in rulings if r.kind == "accepted"),
        contestants=_people(session, event.competition_id) if plan.titles else {},
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    session: Session
    event_id: int

    def of(self, sql: str) -> Iterator[Any]:
        """The rows of one of this module's statements for the event."""
        return iter(self.session.connection().exec_driver_sql(sql, (self.event_id,)).fetchall())


def _place(row: Any) -> Place:
    return row[1], row[2], row[0]


def _entries(rows: _Rows) -> Iterator[EntryFacts]:
    shares: dict[int, list[tuple[str, Decimal]]] = {}
    for entry_id, code, share in rows.of(_SHARES):
        shares.setdefault(entry_id, []).append((code, Decimal(share) if share is not None else Decimal(1)))
    members: dict[int, list[str]] = {}
    for entry_id, code, *_ in rows.of(MEMBERS):
        members.setdefault(entry_id, []).append(code)
    nothing: tuple[Any, ...] = ()
    for key, number, division, status, group, fields, name, unit in rows.of(_ENTRIES):
        units = tuple(shares.get(key, nothing)) or (((unit, Decimal(1)),) if unit else nothing)
        kept = {k: v for k, v in _fields(fields).items() if v is not None}
        yield EntryFacts(
            number, division, Status(status), group, kept, tuple(members.get(key, nothing)), units, name
        )


def _judges(rows: _Rows) -> Iterator[JudgeFacts]:
    assigned: dict[int, set[tuple[str, str]]] = {}
    for judge_id, stage, module in rows.of(_ASSIGNED):
        assigned.setdefault(judge_id, set()).add((stage, module))
    for key, code, group, role in rows.of(_JUDGES):
        yield JudgeFacts(code, frozenset(assigned.get(key, ())), group, role)


def _scores(rows: _Rows) -> dict[Place, tuple[tuple[int, Decimal | Outcome], ...]]:
    """The newest version of each attempt's score; a score taken back is none."""
    newest: dict[Place, dict[int, Decimal | Outcome]] = {}
    for row in rows.of(_SCORES):
        place, attempt, units, outcome = _place(row), row[3], row[4], row[5]
        if outcome:
            newest.setdefault(place, {})[attempt] = Outcome.DNF
        elif units is not None:
            newest.setdefault(place, {})[attempt] = Decimal(units).scaleb(-9)
        else:
            newest.get(place, {}).pop(attempt, None)
    return {place: tuple(sorted(scores.items())) for place, scores in newest.items() if scores}


def _penalties(rows: _Rows, plan: Plan) -> Iterator[PenaltyFact]:
    only = plan.stages[0].code if len(plan.stages) == 1 else None
    for number, stage, module, attempt, units, disqualifies, reason in rows.of(_PENALTIES):
        points = Decimal(units or 0).scaleb(-9)
        yield PenaltyFact(number, stage or only, module, attempt, points, bool(disqualifies), reason or "")


def _rulings(session: Session, event_id: int) -> list[Ruling]:
    query = select(Ruling).where(Ruling.event_id == event_id, Ruling.withdrawn.is_(None))
    return list(session.scalars(query.order_by(Ruling.position, Ruling.id)))


def _accepted(ruling: Ruling) -> Accepted:
    more: Mapping[str, Any] = ruling.more
    return Accepted(
        ruling.code or "", ruling.reason or "", tuple(ruling.entries), ruling.stage, more.get("module"),
        more.get("criterion"), more.get("award"), more.get("ties"),
    )  # fmt: skip


def _people(session: Session, competition_id: int) -> dict[str, ContestantFacts]:
    found = {}
    for code, name, sex, born, titles, fields, employment in session.connection().exec_driver_sql(
        _PEOPLE, (competition_id,)
    ):
        holds = {*json.loads(titles), *_named(_fields(fields))}
        day = date.fromisoformat(born) if born else None
        found[code] = ContestantFacts(code, name, sex, day, frozenset(holds), employment)
    return found


def _fields(text: str) -> dict[str, str | None]:
    return json.loads(text) if text != "{}" else {}


def _named(fields: Mapping[str, str | None]) -> Iterator[str]:
    """Everything a person's fields name, so that an earlier title counts in whatever column it stands."""
    for text in fields.values():
        yield from (part.strip() for part in re.split("[、,，;；]", text or ""))
