"""What the recorder's page asks: a judge's sheets as a grid, who still owes, all versions of a mark."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.domain.plans import plan as rules
from competition_app.domain.ranking.result import Status
from competition_app.services.competitions.panels import JudgeRow, judges
from competition_app.services.judging.conflicts import kept_by_seat
from competition_app.services.judging.mark_values import units_text
from competition_app.services.judging.marking_desk import SheetState
from competition_app.services.judging.sheet_rows import CellState, SheetRows, works_of
from competition_app.services.plans.plans import module_rule
from competition_app.store.models import (
    Criterion,
    Entry,
    Event,
    History,
    JudgePerson,
    MarkVersion,
    ModuleFact,
    Penalty,
    Work,
)


@dataclass(frozen=True, slots=True)
class Grid:
    """A judge's sheets of one attempt in one module; ``coded``: the codes are anonymous."""

    event_id: int
    stage: str
    module: str
    judge: JudgeRow
    attempt: int
    attempts: int
    criteria: tuple[rules.Criterion, ...]
    rows: SheetRows
    coded: bool
    double_entry: bool
    locked: bool


@dataclass(frozen=True, slots=True)
class JudgeProgress:
    """How many sheets a judge owes in a module, how many are complete and how many of those count."""

    judge_id: int
    code: str
    name: str | None
    owed: int
    begun: int
    done: int
    counted: int


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a mark: its value (None: taken back), why, when (UTC), who; ``second``: typed again."""

    version: int
    second: bool
    text: str | None
    reason: str | None
    at: str
    actor: str
    judge: str | None


@dataclass(frozen=True, slots=True)
class _Works:
    """How many works there are of a judging group; ``number``: of this one entry."""

    group: str | None
    number: str | None
    works: int


@dataclass(frozen=True, slots=True)
class _Begun:
    """How many sheets of a judge stand in a state, by judging group; ``number``: of this one entry."""

    state: SheetState
    group: str | None
    number: str | None
    sheets: int


GONE = (Status.WITHDRAWN, Status.ABSENT, Status.DISQUALIFIED)
"""Entries of these states have nothing to be marked."""

_NAMED = """
SELECT w.id, e.judging_group AS g,
       CASE WHEN e.number IN (SELECT value FROM json_each(?)) THEN e.number END AS n
FROM works w LEFT JOIN work_links l ON l.work_id = w.id LEFT JOIN entries e ON e.id = l.entry_id
WHERE w.event_id = ? AND w.stage = ? AND w.module = ?
"""
_WORKS = f"SELECT g, n, count(*) FROM ({_NAMED}) GROUP BY 1, 2"  # noqa: S608 - a statement of this module
"""The works of a module, counted by judging group; those of the entries named (JSON) one by one."""
_BEGUN = f"""
SELECT s.judge_id, s.state, w.g, w.n, count(*) FROM ({_NAMED}) w JOIN sheets s ON s.work_id = w.id
WHERE s.attempt = ? AND (s.state <> 'begun' OR EXISTS (SELECT 1 FROM marks m WHERE m.work_id = s.work_id
  AND m.attempt = s.attempt AND m.judge_id = s.judge_id))
GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - a statement of this module
"""The sheets begun, counted in the same way. Without any mark none is begun."""


def grid(
    session: Session, event_id: int, stage: str, module: str, judge_id: int, *, attempt: int = 1
) -> Grid:
    """The sheets a judge owes in a module, in the order of their codes, with every mark and state."""
    rule = module_rule(session, event_id, stage, module)
    event = session.get(Event, event_id)
    seat = next((j for j in judges(session, event_id) if j.id == judge_id), None)
    if event is None or seat is None:
        raise Refusal("This judge is no longer on the panel: choose another in the list.")
    works = works_of(session, event_id, stage, module)
    if seat.group is not None:
        works = [work for work in works if _fits(seat.group, work.group)]
    kept = kept_by_seat(session, event_id, stage, rule).get(seat.code, frozenset())
    gone = who_is_gone(session, event_id, stage, module)
    rows = SheetRows(session, event, stage, rule, judge_id, attempt, works, kept, gone)
    return Grid(
        event_id, stage, module, seat, attempt, rule.attempts.count, rule.criteria, rows,
        any(work.code != work.number for work in works), event.double_entry,
        event.state not in ("open", "provisional"),
    )  # fmt: skip


def owing(
    session: Session, event_id: int, stage: str, module: str, *, attempt: int = 1
) -> tuple[JudgeProgress, ...]:
    """Who owes how many sheets in a module; where the event names no judges, those who gave any mark.

    Nobody owes a sheet for an entry that is gone (``who_is_gone``), but those begun.
    """
    rule = module_rule(session, event_id, stage, module)
    gone = not_there(session, event_id, stage, module)
    kept = kept_by_seat(session, event_id, stage, rule)
    asked = json.dumps(sorted(gone.union(*kept.values()))), event_id, stage, module
    session.flush()
    ask = session.connection().exec_driver_sql
    works = [_Works(*some) for some in ask(_WORKS, asked)]
    begun: dict[int, list[_Begun]] = {}
    for judge_id, *some in ask(_BEGUN, (*asked, attempt)):
        state, group, number, sheets = some
        begun.setdefault(judge_id, []).append(_Begun(SheetState(state), group, number, sheets))
    panel = judges(session, event_id)
    named = [judge for judge in panel if (stage, module) in judge.modules]
    return tuple(
        _progress(judge, works, begun.get(judge.id, ()), gone, kept.get(judge.code, frozenset()))
        for judge in named or [judge for judge in panel if judge.id in begun]
    )


def _progress(
    judge: JudgeRow,
    works: Iterable[_Works],
    begun: Iterable[_Begun],
    gone: Collection[str],
    kept: Collection[str],
) -> JudgeProgress:
    """What one judge owes: every work of their group but those they are kept from and those not there."""
    mine = [some for some in begun if _fits(judge.group, some.group) and some.number not in kept]
    owed = sum(
        some.works
        for some in works
        if _fits(judge.group, some.group) and some.number not in kept and some.number not in gone
    )
    owed += sum(some.sheets for some in mine if some.number in gone)
    complete = [some for some in mine if some.state is not SheetState.BEGUN]
    counted = sum(some.sheets for some in complete if some.state.counts)
    return JudgeProgress(
        judge.id, judge.code, judge.name, owed, sum(some.sheets for some in mine),
        sum(some.sheets for some in complete), counted,
    )  # fmt: skip


def who_is_gone(session: Session, event_id: int, stage: str, module: str) -> Mapping[str, Status]:
    """The entries that have nothing to be marked in a module, by number, and why.

    Those withdrawn, struck out (by their status or a penalty of the stage), or absent from the module.
    """
    absent = select(ModuleFact.entry_id).where(
        ModuleFact.stage == stage, ModuleFact.module == module, ModuleFact.absent
    )
    struck = select(Penalty.entry_id).where(
        Penalty.disqualifies,
        Penalty.withdrawn.is_(None),
        or_(Penalty.stage.is_(None), Penalty.stage == stage),
    )
    of_event = Entry.event_id == event_id
    gone = dict.fromkeys(
        session.scalars(select(Entry.number).where(of_event, Entry.id.in_(absent))), Status.ABSENT
    )
    gone |= dict.fromkeys(
        session.scalars(select(Entry.number).where(of_event, Entry.id.in_(struck))), Status.DISQUALIFIED
    )
    query = select(Entry.number, Entry.status).where(of_event, Entry.status.in_(GONE))
    return gone | {number: Status(status) for number, status in session.execute(query)}


def not_there(session: Session, event_id: int, stage: str, module: str) -> set[str]:
    """The numbers of entries that have nothing to be marked in a module."""
    return set(who_is_gone(session, event_id, stage, module))


def mark_versions(
    session: Session, work_id: int, attempt: int, judge_id: int, criterion: str
) -> tuple[VersionRow, ...]:
    """Every version of a mark, the first typing before the second, the oldest first."""
    work = session.get(Work, work_id)
    if work is None:
        raise Refusal("This work is no longer there: look at the list again.")
    query = (
        select(MarkVersion, History, JudgePerson.name)
        .join(Criterion, Criterion.id == MarkVersion.criterion_id)
        .join(History, History.seq == MarkVersion.history_seq)
        .outerjoin(JudgePerson, JudgePerson.id == MarkVersion.judge_person_id)
        .where(
            MarkVersion.work_id == work_id,
            MarkVersion.attempt == attempt,
            MarkVersion.judge_id == judge_id,
            Criterion.stage == work.stage,
            Criterion.module == work.module,
            Criterion.code == criterion,
        )
        .order_by(MarkVersion.entry_pass, MarkVersion.version)
    )
    return tuple(
        VersionRow(v.version, v.entry_pass == 2, _text(v.units, v.outcome), v.reason, h.at, h.actor, name)
        for v, h, name in session.execute(query)
    )


def _fits(judge: str | None, entry: str | None) -> bool:
    return judge is None or entry is None or judge == entry


def _text(units: int | None, outcome: int) -> str | None:
    if outcome:
        return CellState.ABSENT if outcome == 1 else CellState.DNF
    return None if units is None else units_text(units)
