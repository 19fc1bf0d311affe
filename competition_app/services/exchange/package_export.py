"""A competition of the store as a package: everything an import can take in again, in one fixed order."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.documents.packages.package_checks import Places
from competition_app.documents.packages.package_types import FORMAT, VERSION, Package
from competition_app.domain.plans.plan import Plan
from competition_app.services.exchange.package_schedule import schedule_of
from competition_app.services.judging.entrants import MEMBERS
from competition_app.services.plans.plans import plan_of
from competition_app.store.models import Competition, Event, Ruling

Values = dict[str, Any]

_UNITS = """
SELECT p.code, o.name, o.short_name, o.kind, q.code, o.credit_code, o.contact, o.contact_phone
FROM participations p JOIN organisations o ON o.id = p.organisation_id
LEFT JOIN participations q ON q.competition_id = p.competition_id AND q.organisation_id = o.parent_id
WHERE p.competition_id = ? ORDER BY p.rowid
"""
_UNIT = ("code", "name", "short_name", "kind", "parent", "credit_code", "contact", "contact_phone")
_PEOPLE = """
SELECT c.code, n.name, n.sex, n.id_number, n.birth_date, n.phone, n.id_kind, p.code, q.code, c.employment,
       c.fields, c.titles, c.photo
FROM contestants c JOIN persons n ON n.id = c.person_id
LEFT JOIN participations p ON p.competition_id = c.competition_id AND p.organisation_id = c.organisation_id
LEFT JOIN participations q ON q.competition_id = c.competition_id AND q.organisation_id = c.employer_id
WHERE c.competition_id = ? ORDER BY c.id
"""
_PERSON = (
    "code", "name", "sex", "id_number", "birth_date", "phone", "id_kind", "organisation", "employer",
    "employment", "fields", "titles", "photo",
)  # fmt: skip
_JUDGES = "SELECT id, code, role, judging_group FROM judges WHERE event_id = ? ORDER BY position, id"
_SEATED = """
SELECT s.judge_id, s.name, p.code, s.since FROM judge_persons s JOIN judges j ON j.id = s.judge_id
JOIN events v ON v.id = j.event_id
LEFT JOIN participations p ON p.competition_id = v.competition_id AND p.organisation_id = s.organisation_id
WHERE j.event_id = ? ORDER BY s.id
"""
_ASSIGNED = """
SELECT a.judge_id, a.stage, a.module FROM assignments a JOIN judges j ON j.id = a.judge_id
WHERE j.event_id = ?
"""
_ENTRIES = """
SELECT e.id, e.number, d.code, p.code, e.name, e.coaches, e.judging_group, e.status, e.status_reason, e.fields
FROM entries e JOIN events v ON v.id = e.event_id LEFT JOIN divisions d ON d.id = e.division_id
LEFT JOIN participations p ON p.competition_id = v.competition_id AND p.organisation_id = e.organisation_id
WHERE e.event_id = ? ORDER BY e.id
"""
_SHARES = """
SELECT o.entry_id, p.code, o.share FROM entry_organisations o JOIN entries e ON e.id = o.entry_id
JOIN events v ON v.id = e.event_id
JOIN participations p ON p.competition_id = v.competition_id AND p.organisation_id = o.organisation_id
WHERE e.event_id = ? ORDER BY o.entry_id, o.position
"""
_MARKS = """
SELECT e.number, w.stage, w.module, m.attempt, j.code, c.code, m.units, m.outcome
FROM works w JOIN work_links l ON l.work_id = w.id JOIN entries e ON e.id = l.entry_id
JOIN marks m ON m.work_id = w.id JOIN criteria c ON c.id = m.criterion_id JOIN judges j ON j.id = m.judge_id
JOIN sheets s ON s.work_id = w.id AND s.attempt = m.attempt AND s.judge_id = m.judge_id
WHERE w.event_id = ? AND s.state IN ('confirmed', 'signed')
ORDER BY e.id, w.stage, w.module, m.attempt, j.position, j.id, c.code
"""
_SCORES = """
SELECT e.number, s.stage, s.module, s.attempt, s.units, s.outcome FROM scores s
JOIN entries e ON e.id = s.entry_id WHERE e.event_id = ? AND s.version = (
  SELECT max(t.version) FROM scores t WHERE t.entry_id = s.entry_id AND t.stage = s.stage
  AND t.module = s.module AND t.attempt = s.attempt)
ORDER BY e.id, s.stage, s.module, s.attempt
"""
_RECORDED = """
SELECT e.number, f.stage, f.module, f.seconds, f.submitted_at, f.absent, f.absent_reason
FROM module_facts f JOIN entries e ON e.id = f.entry_id WHERE e.event_id = ?
ORDER BY e.id, f.stage, f.module
"""
_PENALTIES = """
SELECT e.number, p.stage, p.module, p.attempt, p.units, p.disqualifies, p.reason FROM penalties p
JOIN entries e ON e.id = p.entry_id WHERE e.event_id = ? AND p.withdrawn IS NULL ORDER BY p.id
"""

_RECUSALS = """
SELECT e.number, w.stage, w.module, j.code, r.reason FROM recusals r JOIN works w ON w.id = r.work_id
JOIN work_links l ON l.work_id = w.id JOIN entries e ON e.id = l.entry_id JOIN judges j ON j.id = r.judge_id
WHERE w.event_id = ? ORDER BY e.id, w.stage, w.module, j.position, j.id
"""


def package_from(session: Session, competition: Competition, exported_at: str) -> Package:
    """The whole competition as a package, made at this time (ISO with offset)."""
    head = _given(
        code=competition.code, name=competition.name, short_name=competition.short_name,
        theme=competition.theme, place=competition.place, organisers=competition.organisers,
        starts_on=competition.starts_on, ends_on=competition.ends_on,
        schedule=schedule_of(session, competition.id),
    )  # fmt: skip
    events = select(Event).where(Event.competition_id == competition.id)
    return Package.model_validate(
        _given(
            format=FORMAT,
            version=VERSION,
            competition=head,
            organisations=[_named(_UNIT, row) for row in _rows(session, _UNITS, competition.id)],
            contestants=[_named(_PERSON, row) for row in _people(session, competition.id)],
            tables=competition.extra.get("tables"),
            exported_at=exported_at,
        )
        | {
            "events": [
                _event(session, event)
                for event in session.scalars(events.order_by(Event.position, Event.id)).all()
            ]
        }
    )


def _given(**values: Any) -> Values:
    """The values that say something: neither None nor empty."""
    return {name: value for name, value in values.items() if value is not None and value not in ([], {}, ())}


def _named(names: tuple[str, ...], row: Any) -> Values:
    return _given(**dict(zip(names, row, strict=True)))


def _rows(session: Session, sql: str, key: int) -> list[Any]:
    return list(session.connection().exec_driver_sql(sql, (key,)).fetchall())


def _people(session: Session, competition_id: int) -> Iterator[tuple[Any, ...]]:
    for row in _rows(session, _PEOPLE, competition_id):
        yield (*row[:10], json.loads(row[10]), json.loads(row[11]), row[12])


def _event(session: Session, event: Event) -> Values:
    plan = plan_of(session, event.id)
    size = (event.team_min, event.team_max)
    values = _EventValues(session, event.id, plan)
    return _given(
        code=event.code,
        name=event.name,
        aliases=event.aliases,
        team_min=None if size == (1, 1) else event.team_min,
        team_max=None if size == (1, 1) else event.team_max,
        quota=event.quota,
        eligibility=event.eligibility,
        double_entry=event.double_entry or None,
        plan=plan.model_dump(exclude_unset=True) if plan.stages else None,
        divisions=[
            {"code": code, "name": name}
            for code, name in values.rows(
                "SELECT code, name FROM divisions WHERE event_id = ? ORDER BY position, id"
            )
        ],
        judges=list(values.judges()),
        entries=list(values.entries()),
        marks=list(values.marks()),
        scores=list(values.scores()),
        **values.recorded(),
        recusals=list(values.recusals()),
        penalties=list(values.penalties()),
        **values.rulings(),
    )


class _EventValues:
    """The parts of one event as JSON values."""

    def __init__(self, session: Session, event_id: int, plan: Plan) -> None:
        self.session, self.event_id = session, event_id
        self.places = Places(plan)
        self.criteria = {
            (*place, criterion.code): criterion
            for place, module in self.places.modules.items()
            for criterion in module.criteria
        }

    def rows(self, sql: str) -> list[Any]:
        """The rows of a statement for the event."""
        return _rows(self.session, sql, self.event_id)

    def _grouped(self, sql: str) -> dict[int, list[tuple[Any, ...]]]:
        found: dict[int, list[tuple[Any, ...]]] = {}
        for key, *values in self.rows(sql):
            found.setdefault(key, []).append(tuple(values))
        return found

    def _still(self, stage: str | None, module: str | None = None) -> bool:
        """Whether the plan still has what a row speaks of: without it the row counts for nothing."""
        if module is not None:
            return (stage, module) in self.places.modules
        return stage is None or self.places.stage(stage) is not None

    def _at(self, stage: str, module: str) -> Values:
        """Stage and module as a row names them: the stage only where several have the module."""
        if len(self.places.stages_of(module)) > 1:
            return {"stage": stage, "module": module}
        return {"module": module}

    def judges(self) -> Iterator[Values]:
        """Seats with who sat there: one person without a time is the seat's own name and unit."""
        seated, assigned = self._grouped(_SEATED), self._grouped(_ASSIGNED)
        for key, code, role, group in self.rows(_JUDGES):
            people = [_named(("name", "organisation", "since"), row) for row in seated.get(key, ())]
            own = people.pop(0) if people and "since" not in people[0] else {}
            yield _given(
                code=code, **own, modules=self._modules(set(assigned.get(key, ()))),
                role=None if role == "judge" else role, group=group, persons=people,
            )  # fmt: skip

    def _modules(self, assigned: set[tuple[Any, ...]]) -> list[Any]:
        found: list[Any] = []
        for stage, module in self.places.modules:
            everywhere = {(each, module) for each in self.places.stages_of(module)} <= assigned
            if everywhere and module not in found:
                found.append(module)
            elif not everywhere and (stage, module) in assigned:
                found.append({"module": module, "stage": stage})
        return found

    def entries(self) -> Iterator[Values]:
        """Entries with units, members, coaches."""
        shares, members = self._grouped(_SHARES), self._grouped(MEMBERS)
        for key, number, division, unit, name, coaches, group, status, reason, fields in self.rows(_ENTRIES):
            units = [
                _given(code=code, share=None if share is None else Decimal(share))
                for code, share in shares.get(key, ())
            ]
            yield _given(
                number=number, division=division, organisation=unit, organisations=units, name=name,
                contestants=[row[0] for row in members.get(key, ())], coaches=json.loads(coaches),
                group=group, status=status, status_reason=reason, fields=json.loads(fields),
            )  # fmt: skip

    def marks(self) -> Iterator[Values]:
        """Marks that count, of criteria the plan still has."""
        values: dict[int, Decimal] = {}
        for number, stage, module, attempt, judge, code, units, outcome in self.rows(_MARKS):
            rule = self.criteria.get((stage, module, code))
            if rule is None:
                continue
            value: Any = ("absent", "DNF")[outcome - 1] if outcome else None
            if value is None:
                value = values.get(units) or values.setdefault(units, _decimal(units))
                value = bool(value) if rule.kind == "check" else value
            yield {
                "entry": number, **self._at(stage, module), "attempt": attempt, "judge": judge,
                "criterion": code, "value": value,
            }  # fmt: skip

    def scores(self) -> Iterator[Values]:
        """The newest version of every direct score not taken back, in modules that the plan still has."""
        for number, stage, module, attempt, units, outcome in self.rows(_SCORES):
            if self._still(stage, module) and (outcome or units is not None):
                value = "DNF" if outcome else _decimal(units)
                yield {"entry": number, **self._at(stage, module), "attempt": attempt, "value": value}

    def recorded(self) -> Mapping[str, list[Values]]:
        """Times, absences and hand-ins in modules that the plan still has."""
        found: dict[str, list[Values]] = {"times": [], "absences": [], "submitted": []}
        for number, stage, module, seconds, at, absent, reason in self.rows(_RECORDED):
            if not self._still(stage, module):
                continue
            here = {"entry": number, **self._at(stage, module)}
            if seconds is not None:
                found["times"].append(here | {"seconds": Decimal(seconds)})
            if absent:
                found["absences"].append(here | _given(reason=reason))
            if at is not None:
                found["submitted"].append(here | {"at": at})
        return found

    def recusals(self) -> Iterator[Values]:
        """Recorded recusals in modules that the plan still has marked on sheets."""
        for number, stage, module, judge, reason in self.rows(_RECUSALS):
            rule = self.places.modules.get((stage, module))
            if rule is not None and rule.kind == "sheets":
                yield _given(entry=number, **self._at(stage, module), judge=judge, reason=reason)

    def penalties(self) -> Iterator[Values]:
        """Penalties not withdrawn, of what the plan still has."""
        for number, stage, module, attempt, units, disqualifies, reason in self.rows(_PENALTIES):
            if self._still(stage, module):
                yield _given(
                    entry=number, stage=stage, module=module, attempt=attempt,
                    points=_decimal(units) if units else None, disqualifies=bool(disqualifies) or None,
                    reason=reason or None,
                )  # fmt: skip

    def rulings(self) -> Mapping[str, Any]:
        """Lots, decisions, accepted questions, who goes on, of stages that the plan still has."""
        query = select(Ruling).where(Ruling.event_id == self.event_id, Ruling.withdrawn.is_(None))
        lots, decisions, accepted = [], [], []
        advanced: dict[str, list[str]] = {}
        seats: Values = {}
        rows = self.session.scalars(query.order_by(Ruling.position, Ruling.id))
        for ruling in (row for row in rows if self._still(row.stage)):
            if ruling.kind == "lot":
                lots.append(ruling.entries)
            elif ruling.kind == "decision":
                decisions.append(
                    {"entries": ruling.entries} | _given(stage=ruling.stage, reason=ruling.reason)
                )
            elif ruling.kind == "accepted":
                one, several = (
                    (ruling.entries, None) if len(ruling.entries) == 1 else ([None], ruling.entries)
                )
                named = _given(
                    code=ruling.code, entry=one[0], entries=several or None, stage=ruling.stage, **ruling.more
                )
                accepted.append(named | {"reason": ruling.reason or ""})
            elif ruling.kind == "advanced" and ruling.stage is not None:
                advanced[ruling.stage] = ruling.entries
                seats[ruling.stage] = _given(**ruling.more)
        return {
            "lots": lots, "advanced": advanced, "advanced_more": _given(**seats), "accepted": accepted,
            "decisions": decisions,
        }  # fmt: skip


def _decimal(units: int) -> Decimal:
    value = Decimal(units).scaleb(-9).normalize()
    return value if value else Decimal(0)
