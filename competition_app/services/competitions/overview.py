"""总览: the figures of the day: how far each event is, what came in when, what was done last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.access import Role
from competition_app.domain.errors import Problem, Said
from competition_app.domain.looking_back.severity import Distribution
from competition_app.domain.plans.plan import Plan
from competition_app.domain.ranking.ranking import SETTLED_BY_ACCEPTING
from competition_app.domain.ranking.result import DivisionResult, Standing, Status
from competition_app.services.access import ROLE_NAMES
from competition_app.services.certificates.certificate_prizes import present_prizes, prize_lost
from competition_app.services.competitions import competitions
from competition_app.services.competitions.competitions import CompetitionRow
from competition_app.services.history.history_words import DONE
from competition_app.services.judging import marking_grid
from competition_app.services.locking.obstacles import UNLOCKED, ObstacleKind, obstacles_of
from competition_app.services.looking_back.after_lock import JudgeSeverity, judge_severity, score_distribution
from competition_app.services.plans.plans import plan_of
from competition_app.services.registration import registration_rows
from competition_app.services.results.results import event_result
from competition_app.store.models import Certificate, Competition, Event, History

LAST = 12
"""How many of the last operations are shown."""
SLOT_MINUTES = 10


@dataclass(frozen=True, slots=True)
class EventOverview:
    """An event's figures that are only counted. ``registered`` leaves the refused ones out."""

    id: int
    name: str
    state: str
    entries: int
    registered: int
    passed: int
    waiting: int
    problems: int
    returned: int
    sheets: int  # complete ones
    begun: int
    second_due: int
    scores: int
    judges: int
    planned: bool  # rules are set
    judged: bool  # the plan has sheets
    unmanned: tuple[str, ...]  # modules with fewer judges assigned than they need
    made: int  # certificates not printed yet
    printed: int

    @property
    def marking_began(self) -> bool:
        """Whether any sheet or score came in."""
        return bool(self.begun or self.scores)

    @property
    def settled(self) -> bool:
        """Whether the result was locked, or is further."""
        return self.state not in ("open", "provisional")


@dataclass(frozen=True, slots=True)
class Operation:
    """One of the last operations: when (UTC, ISO), who, as what, and what was done."""

    seq: int
    at: str
    actor: str
    role: Said
    done: Said


@dataclass(frozen=True, slots=True)
class Day:
    """What the page shows at once. ``received`` are registrations by day of arrival (UTC date, how many);
    ``speed`` complete sheets by tens of minutes of the last day on which any came in (UTC)."""

    competition: CompetitionRow
    units: int
    units_sent: int
    events: tuple[EventOverview, ...]
    received: tuple[tuple[str, int], ...]
    speed: tuple[tuple[datetime, int], ...]
    operations: tuple[Operation, ...]

    def sum(self, name: str) -> int:
        """A figure of all events together."""
        return sum(int(getattr(event, name)) for event in self.events)


@dataclass(frozen=True, slots=True)
class JudgeOwes:
    """How many sheets a seat owes in a module and how many of them are complete."""

    event_id: int
    module: str
    code: str
    name: str | None
    owed: int
    done: int
    place: tuple[str, str]
    """The stage and the module by their codes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What takes reckoning: sheets and scores owed and in, entries incomplete, questions open, prizes won.

    ``hindrances`` say what else stands in the way of the lock, reckoned only where all marks are in;
    ``lost`` are the numbers of certificates in force whose prize the result does not give; ``untimed`` the
    incomplete entries that lack nothing but a time, each with its stage and module.
    """

    event_id: int
    owed: int
    done: int
    judges: tuple[JudgeOwes, ...]
    incomplete: int
    questions: tuple[Problem, ...]
    winners: int
    hindrances: tuple[Said, ...] = ()
    lost: tuple[str, ...] = ()
    untimed: tuple[tuple[str, str, str], ...] = ()

    @property
    def complete(self) -> bool:
        """Whether all that is owed came in and no entry lacks anything."""
        return self.owed > 0 and self.done >= self.owed and not self.incomplete

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of the lock."""
        return self.complete and not self.questions and not self.hindrances


def day(session: Session, competition_id: int) -> Day:
    """The figures that are only counted; quick at any size."""
    code = session.scalar(select(Competition.code).where(Competition.id == competition_id))
    counts = registration_rows.registration_counts(session, competition_id)
    return Day(
        competitions.competition(session, str(code)), counts.units, counts.units_sent,
        _events(session, competition_id), _received(session, competition_id),
        _speed(session, competition_id), _operations(session),
    )  # fmt: skip


_COUNTED = {
    "registrations": """SELECT event_id, state, count(*) FROM registrations
        WHERE competition_id = ? GROUP BY 1, 2""",
    "sheets": """SELECT w.event_id, s.state, count(*) FROM sheets s JOIN works w ON w.id = s.work_id
        JOIN events v ON v.id = w.event_id WHERE v.competition_id = ? GROUP BY 1, 2""",
    "scores": """SELECT e.event_id, '', count(*) FROM (SELECT DISTINCT entry_id, stage, module FROM scores) s
        JOIN entries e ON e.id = s.entry_id JOIN events v ON v.id = e.event_id
        WHERE v.competition_id = ? GROUP BY 1""",
    "judges": """SELECT j.event_id, '', count(*) FROM judges j JOIN events v ON v.id = j.event_id
        WHERE v.competition_id = ? GROUP BY 1""",
    "seats": """SELECT j.event_id, a.stage || '/' || a.module, count(*) FROM assignments a
        JOIN judges j ON j.id = a.judge_id JOIN events v ON v.id = j.event_id
        WHERE v.competition_id = ? GROUP BY 1, 2""",
    "certificates": """SELECT event_id, state, count(*) FROM certificates WHERE competition_id = ?
        AND event_id IS NOT NULL GROUP BY 1, 2""",
}


def _events(session: Session, competition_id: int) -> tuple[EventOverview, ...]:
    connection = session.connection()
    counted: dict[str, dict[int, dict[str, int]]] = {name: {} for name in _COUNTED}
    for name, sql in _COUNTED.items():
        for event_id, state, n in connection.exec_driver_sql(sql, (competition_id,)):
            counted[name].setdefault(event_id, {})[state] = n
    return tuple(
        _event(session, row, {name: found.get(row.id, {}) for name, found in counted.items()})
        for row in competitions.events(session, competition_id)
    )


def _event(session: Session, row: competitions.EventRow, counted: dict[str, dict[str, int]]) -> EventOverview:
    plan = plan_of(session, row.id)
    states, sheets, papers = counted["registrations"], counted["sheets"], counted["certificates"]
    return EventOverview(
        row.id, row.name, row.state, row.entries,
        sum(n for state, n in states.items() if state != "refused"), states.get("passed", 0),
        states.get("waiting", 0), states.get("problem", 0), states.get("returned", 0),
        sum(n for state, n in sheets.items() if state != "begun"), sum(sheets.values()),
        sheets.get("entered", 0), counted["scores"].get("", 0), counted["judges"].get("", 0),
        bool(plan.stages),
        any(module.kind == "sheets" for stage in plan.stages for module in stage.modules),
        tuple(_unmanned(plan, counted["seats"])),
        papers.get("made", 0), papers.get("printed", 0),
    )  # fmt: skip


def _unmanned(plan: Plan, seats: dict[str, int]) -> Iterator[str]:
    """The modules whose panel has fewer judges than it takes for a result."""
    for stage in plan.stages:
        for module in stage.modules:
            least = max(1, module.panel.fewest) if module.kind == "sheets" else 0
            if seats.get(f"{stage.code}/{module.code}", 0) < least:
                yield module.name or module.code


def _received(session: Session, competition_id: int) -> tuple[tuple[str, int], ...]:
    sql = """SELECT substr(received_at, 1, 10), count(*) FROM registrations
        WHERE competition_id = ? AND state <> 'refused' GROUP BY 1 ORDER BY 1"""
    return tuple((row[0], row[1]) for row in session.connection().exec_driver_sql(sql, (competition_id,)))


_SPEED = """
SELECT substr(s.counted_at, 1, 15), count(*) FROM sheets s CROSS JOIN works w ON w.id = s.work_id
CROSS JOIN events v ON v.id = w.event_id WHERE v.competition_id = ?1 AND s.counted_at >= ?2
GROUP BY 1 ORDER BY 1
"""
"""The sheets of a day by the index of their times: CROSS JOIN keeps SQLite from going by the works."""

_LAST_COUNTED = """
SELECT s.counted_at FROM sheets s CROSS JOIN works w ON w.id = s.work_id
CROSS JOIN events v ON v.id = w.event_id WHERE v.competition_id = ? AND s.counted_at IS NOT NULL
ORDER BY s.counted_at DESC LIMIT 1
"""


def _speed(session: Session, competition_id: int) -> tuple[tuple[datetime, int], ...]:
    """Sheets that began to count, in tens of minutes, on the local day on which the last one did."""
    connection = session.connection()
    last = connection.exec_driver_sql(_LAST_COUNTED, (competition_id,)).scalar()
    if not last:
        return ()
    here = datetime.fromisoformat(last).astimezone()
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    found = connection.exec_driver_sql(_SPEED, (competition_id, midnight.isoformat(timespec="microseconds")))
    return tuple((datetime.fromisoformat(f"{slot}0:00+00:00"), n) for slot, n in found)


def _operations(session: Session) -> tuple[Operation, ...]:
    query = select(History.seq, History.at, History.actor, History.role, History.use_case)
    found: Sequence[Any] = session.execute(query.order_by(History.seq.desc()).limit(LAST)).all()
    other = Said("Another operation")
    return tuple(
        Operation(row.seq, row.at, row.actor, ROLE_NAMES[Role(row.role)], DONE.get(row.use_case, other))
        for row in found
    )


def findings(session: Session, competition_id: int) -> tuple[Finding, ...]:
    """What takes reckoning, by the one ranking and the marking page's own query; for a worker."""
    lost = _lost(session, competition_id)
    return tuple(
        _whole(session, row, _finding(session, row.id, plan_of(session, row.id)), lost.get(row.id, ()))
        for row in competitions.events(session, competition_id)
        if row.entries
    )


def _whole(session: Session, row: competitions.EventRow, found: Finding, lost: Sequence[str]) -> Finding:
    """A finding with the papers that lost their prize and, near the lock, what hinders it."""
    near = row.state in UNLOCKED and found.complete
    hindering = obstacles_of(session, row.id) if near else ()
    others = tuple(one.said for one in hindering if one.kind is not ObstacleKind.TIE)
    return replace(found, hindrances=others, lost=tuple(lost))


def _lost(session: Session, competition_id: int) -> dict[int, list[str]]:
    """Certificates in force whose prize the present result does not give, by event."""
    query = select(Certificate).where(
        Certificate.competition_id == competition_id, Certificate.state.in_(("made", "printed"))
    )
    present = present_prizes(session)
    found: dict[int, list[str]] = {}
    for paper in session.scalars(query.order_by(Certificate.id)):
        if paper.event_id is not None and prize_lost(paper, present) is not None:
            found.setdefault(paper.event_id, []).append(paper.serial)
    return found


def _finding(session: Session, event_id: int, plan: Plan) -> Finding:
    judges = [
        JudgeOwes(
            event_id,
            module.name or module.code,
            one.code,
            one.name,
            one.owed,
            one.done,
            (stage.code, module.code),
        )
        for stage in plan.stages
        for module in stage.modules
        if module.kind == "sheets"
        for attempt in range(1, module.attempts.count + 1 if module.attempts.take != "best" else 2)
        for one in marking_grid.owing(session, event_id, stage.code, module.code, attempt=attempt)
    ]
    last = _last_stages(event_result(session, event_id).divisions)
    standings = [one for division in last for one in division.standings]
    scores = list(_direct(session, event_id, plan, standings))
    return Finding(
        event_id,
        sum(one.owed for one in judges) + len(scores),
        sum(one.done for one in judges) + sum(scores),
        tuple(judges),
        sum(one.status is Status.INCOMPLETE for one in standings),
        tuple(question for division in last for question in division.open_questions),
        sum(one.award is not None for one in standings),
        untimed=tuple(_untimed(last)),
    )


def _untimed(divisions: Sequence[DivisionResult]) -> Iterator[tuple[str, str, str]]:
    """The incomplete entries that lack nothing but a time: stage, module, number."""
    for division in divisions:
        for one in division.standings:
            lacks = [p for p in one.problems if p.code not in SETTLED_BY_ACCEPTING]
            if one.status is Status.INCOMPLETE and {p.code for p in lacks} == {"missing_time"}:
                yield division.stage, str(lacks[0].more["module"]), one.number


def _direct(session: Session, event_id: int, plan: Plan, standings: Sequence[Standing]) -> Iterator[bool]:
    """For each score owed in a direct module whether it is in; nobody owes one who is not there."""
    gone = (Status.WITHDRAWN, Status.DISQUALIFIED)
    for stage in plan.stages:
        for module in stage.modules:
            if module.kind != "direct":
                continue
            away = marking_grid.not_there(session, event_id, stage.code, module.code)
            for one in standings:
                if one.status not in gone and one.number not in away:
                    figure = one.modules.get(module.code)
                    yield figure is not None and figure.score is not None


@dataclass(frozen=True, slots=True)
class LockedFigures:
    """What may be seen of a locked event: how totals spread, and its judges in one module."""

    event: str
    spread: Distribution | None
    judges: tuple[JudgeSeverity, ...]


def locked_figures(session: Session, event_ids: Sequence[int]) -> LockedFigures | None:
    """The figures of the first of these events that is locked and has totals; None before any lock.

    Of several modules that judges mark, the last one in the plan that can be compared is shown.
    """
    for event_id in event_ids:
        event = session.get(Event, event_id)
        spread = score_distribution(session, event_id) if event is not None else None
        if event is not None and spread is not None:
            compared = [one for one in judge_severity(session, event_id) if one.profile.compared]
            place = (compared[-1].profile.stage, compared[-1].profile.module) if compared else None
            judges = (one for one in compared if (one.profile.stage, one.profile.module) == place)
            return LockedFigures(event.name, spread, tuple(judges))
    return None


def _last_stages(divisions: Sequence[DivisionResult]) -> list[DivisionResult]:
    """Each division in the last stage that has entries in it."""
    last = {one.division: one for one in divisions if one.standings}
    return list(last.values())
