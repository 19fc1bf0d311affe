"""What the recorder's page asks: a judge's sheets as a grid, who still owes, all versions of a mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal, Said
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring import plan as rules
from competition_app.domain.scoring.facts import STORE_SCALE
from competition_app.domain.scoring.figures import natural, plain
from competition_app.domain.scoring.panel import PanelRule
from competition_app.domain.scoring.points import mark_fault
from competition_app.services.competitions.panels import JudgeRow, judge_of, judges
from competition_app.services.competitions.plans import module_rule
from competition_app.services.judging.conflicts import kept_from
from competition_app.services.judging.mark_values import units_text
from competition_app.services.judging.marking_desk import SheetState
from competition_app.store.models import (
    Criterion,
    Entry,
    Event,
    History,
    JudgePerson,
    MarkVersion,
    ModuleFact,
    Sheet,
    Work,
    WorkLink,
)


class CellState(StrEnum):
    """What stands at a criterion: nothing yet, a value, absent (the judge gave none), a failed attempt."""

    EMPTY = "empty"
    VALUE = "value"
    ABSENT = "absent"
    DNF = "DNF"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One mark. ``text`` is its value as typed (35.5); ``second`` what the second typing holds.

    ``differs``: both are there and unequal. ``fault``: the plan no longer takes the value.
    """

    state: CellState
    text: str | None = None
    version: int = 0
    second: str | None = None
    differs: bool = False
    fault: Said | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One sheet: a work by its code, its marks in the criteria's order, its total by the rules, its state.

    ``missing``: how many criteria are not marked yet; ``kept_out``: the judge may not mark it (回避).
    """

    work_id: int
    code: str
    cells: tuple[GridCell, ...]
    total: str | None
    state: SheetState
    missing: int
    entered_by: str | None
    counted: bool
    kept_out: bool


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
    rows: tuple[GridRow, ...]
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
class _WorkRow:
    id: int
    code: str
    group: str | None
    number: str | None


def grid(
    session: Session, event_id: int, stage: str, module: str, judge_id: int, *, attempt: int = 1
) -> Grid:
    """The sheets a judge owes in a module, in the order of their codes, with every mark and state."""
    rule = module_rule(session, event_id, stage, module)
    event = session.get(Event, event_id)
    seat = next((j for j in judges(session, event_id) if j.id == judge_id), None)
    if event is None or seat is None:
        raise Refusal("This judge is no longer on the panel: choose another in the list.")
    works = [w for w in _works(session, event_id, stage, module) if _fits(seat.group, w.group)]
    kept = kept_from(session, event_id, stage, rule, judge_of(session, judge_id))
    reader = _SheetReader(session, event, stage, rule, judge_id, attempt)
    rows = tuple(reader.row(work, work.number in kept) for work in works)
    return Grid(
        event_id, stage, module, seat, attempt, rule.attempts.count, rule.criteria, rows,
        any(w.code != w.number for w in works), event.double_entry,
        event.state not in ("open", "provisional"),
    )  # fmt: skip


def owing(
    session: Session, event_id: int, stage: str, module: str, *, attempt: int = 1
) -> tuple[JudgeProgress, ...]:
    """Who owes how many sheets in a module; where the event names no judges, those who gave any mark.

    Nobody owes a sheet for an entry that is not there: withdrawn, absent, or recorded absent from the module.
    """
    rule = module_rule(session, event_id, stage, module)
    works = _works(session, event_id, stage, module)
    states: dict[int, dict[int, str]] = {}
    query = select(Sheet.judge_id, Sheet.work_id, Sheet.state).join(Work, Work.id == Sheet.work_id)
    here = (Work.event_id == event_id, Work.stage == stage, Work.module == module, Sheet.attempt == attempt)
    for judge_id, work_id, state in session.execute(query.where(*here)):
        states.setdefault(judge_id, {})[work_id] = state
    panel = judges(session, event_id)
    named = [judge for judge in panel if (stage, module) in judge.modules]
    gone = _not_there(session, event_id, stage, module)
    found = []
    for judge in named or [judge for judge in panel if judge.id in states]:
        kept = kept_from(session, event_id, stage, rule, judge_of(session, judge.id))
        begun = states.get(judge.id, {})
        due = [w for w in works if _fits(judge.group, w.group) and w.number not in kept]
        owed = {w.id for w in due if w.number not in gone or w.id in begun}
        here_states = [SheetState(s) for work, s in begun.items() if work in owed]
        complete = [s for s in here_states if s is not SheetState.BEGUN]
        counted = [s for s in complete if s.counts]
        found.append(
            JudgeProgress(
                judge.id, judge.code, judge.name, len(owed), len(here_states), len(complete), len(counted)
            )
        )
    return tuple(found)


def _not_there(session: Session, event_id: int, stage: str, module: str) -> set[str]:
    """The numbers of entries that have nothing to be marked in a module."""
    absent = select(ModuleFact.entry_id).where(
        ModuleFact.stage == stage, ModuleFact.module == module, ModuleFact.absent
    )
    query = select(Entry.number).where(
        Entry.event_id == event_id,
        or_(Entry.status.in_([Status.WITHDRAWN, Status.ABSENT]), Entry.id.in_(absent)),
    )
    return set(session.scalars(query))


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


def _works(session: Session, event_id: int, stage: str, module: str) -> list[_WorkRow]:
    query = (
        select(Work.id, Work.code, Entry.judging_group, Entry.number)
        .outerjoin(WorkLink, WorkLink.work_id == Work.id)
        .outerjoin(Entry, Entry.id == WorkLink.entry_id)
        .where(Work.event_id == event_id, Work.stage == stage, Work.module == module)
    )
    rows = [
        _WorkRow(i, code or number or "—", group, number) for i, code, group, number in session.execute(query)
    ]
    return sorted(rows, key=lambda row: natural(row.code))


def _fits(judge: str | None, entry: str | None) -> bool:
    return judge is None or entry is None or judge == entry


def _text(units: int | None, outcome: int) -> str | None:
    if outcome:
        return CellState.ABSENT if outcome == 1 else CellState.DNF
    return None if units is None else units_text(units)


def _two_digits(text: str) -> str:
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest.ljust(2, '0')}"


_HERE = "SELECT id FROM works WHERE event_id = ? AND stage = ? AND module = ?"
_MARKS = f"""
SELECT work_id, criterion_id, units, outcome, version FROM marks
WHERE work_id IN ({_HERE}) AND attempt = ? AND judge_id = ?
"""  # noqa: S608 - a statement of this module
_SECOND = f"""
SELECT work_id, criterion_id, units, outcome FROM mark_versions
WHERE work_id IN ({_HERE}) AND attempt = ? AND judge_id = ? AND entry_pass = 2 ORDER BY version
"""  # noqa: S608 - a statement of this module

_Given = tuple[int | None, int]
_NOTHING: tuple[None, int, int] = (None, 0, 0)


class _SheetReader:
    """The marks of one judge in one module, read at once, as rows of the grid."""

    def __init__(
        self, session: Session, event: Event, stage: str, rule: rules.Module, judge_id: int, attempt: int
    ) -> None:
        self._rule, self._panel = rule, PanelRule(rule, STORE_SCALE)
        here = (event.id, stage, rule.code)
        codes = select(Criterion.code, Criterion.id).where(
            Criterion.event_id == event.id, Criterion.stage == stage, Criterion.module == rule.code
        )
        ids: dict[str, int] = dict(session.execute(codes).all())
        self._criteria = [(ids[criterion.code], criterion) for criterion in rule.criteria]
        works = select(Work.id).where(
            Work.event_id == event.id, Work.stage == stage, Work.module == rule.code
        )
        sheets = select(Sheet).where(
            Sheet.work_id.in_(works), Sheet.judge_id == judge_id, Sheet.attempt == attempt
        )
        self._sheets = {sheet.work_id: sheet for sheet in session.scalars(sheets)}
        asked, connection = (*here, attempt, judge_id), session.connection()
        self._marks: dict[int, dict[int, tuple[int | None, int, int]]] = {}
        for work, criterion, *mark in connection.exec_driver_sql(_MARKS, asked):
            self._marks.setdefault(work, {})[criterion] = (mark[0], mark[1], mark[2])
        self._second: dict[tuple[int, int], _Given] = {}
        if event.double_entry:
            for work, criterion, units, outcome in connection.exec_driver_sql(_SECOND, asked):
                self._second[work, criterion] = units, outcome
        self._cells: dict[tuple[int, tuple[int | None, int, int], _Given | None], GridCell] = {}

    def row(self, work: _WorkRow, kept_out: bool) -> GridRow:
        """The judge's sheet of a work; one not begun has empty cells."""
        marks = self._marks.get(work.id, {})
        cells = tuple(
            self._cell(key, criterion, marks.get(key, _NOTHING), self._second.get((work.id, key)))
            for key, criterion in self._criteria
        )
        missing = sum(cell.state is CellState.EMPTY for cell in cells)
        total = None if missing else self._total(marks, cells)
        sheet = self._sheets.get(work.id)
        state = SheetState.NONE if sheet is None else SheetState(sheet.state)
        counted = sheet is not None and sheet.counted_at is not None
        by = sheet.entered_by if sheet else None
        return GridRow(work.id, work.code, cells, total, state, missing, by, counted, kept_out)

    def _cell(
        self, key: int, criterion: rules.Criterion, mark: tuple[int | None, int, int], again: _Given | None
    ) -> GridCell:
        """A cell; marks alike share one, for a large grid holds the same few values over and over."""
        known = self._cells.get((key, mark, again))
        if known is None:
            known = self._cells[key, mark, again] = _cell_of(criterion, mark, again)
        return known

    def _total(
        self, marks: Mapping[int, tuple[int | None, int, int]], cells: Sequence[GridCell]
    ) -> str | None:
        if any(cell.state is not CellState.VALUE or cell.fault for cell in cells):
            return None
        tables = self._panel.table_of
        whole = self._panel.whole_sheet([tables[c.code][marks[key][0]] for key, c in self._criteria])
        return None if whole is None else _two_digits(plain(whole))


def _cell_of(criterion: rules.Criterion, mark: tuple[int | None, int, int], again: _Given | None) -> GridCell:
    units, outcome, version = mark
    second = None if again is None else _text(*again)
    if not version:
        return GridCell(CellState.EMPTY, second=second)
    differs = again is not None and again != (units, outcome)
    if outcome:
        state = CellState.ABSENT if outcome == 1 else CellState.DNF
        return GridCell(state, None, version, second, differs)
    fault = mark_fault(criterion, Fraction(units or 0, STORE_SCALE))
    return GridCell(CellState.VALUE, units_text(units or 0), version, second, differs, fault)
