"""A judge's sheets of one module: read at once as they stand in the store, each made a row when asked for."""

import json
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple, overload

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Said
from competition_app.domain.plans import plan as rules
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring.facts import STORE_SCALE
from competition_app.domain.scoring.figures import natural, plain
from competition_app.domain.scoring.panel import PanelRule
from competition_app.domain.scoring.points import mark_fault
from competition_app.services.judging.mark_values import units_text
from competition_app.services.judging.marking_desk import SheetState
from competition_app.store.models import Criterion, Event


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
    second: str | None = None
    differs: bool = False
    fault: Said | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One sheet: a work by its code, its marks in the criteria's order, its total by the rules, its state.

    ``missing``: how many criteria are not marked yet; ``kept_out``: the judge may not mark it (回避);
    ``gone``: why nothing is to be marked, where nothing is (缺考, 弃权, 取消成绩).
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
    gone: Status | None = None


class WorkRow(NamedTuple):
    """A work of a module: its code, and the judging group and number of its entry (None: sealed)."""

    id: int
    code: str
    group: str | None
    number: str | None


_WORKS = """
SELECT w.id, coalesce(nullif(w.code, ''), nullif(e.number, ''), '—'), e.judging_group, e.number
FROM works w LEFT JOIN work_links l ON l.work_id = w.id LEFT JOIN entries e ON e.id = l.entry_id
WHERE w.event_id = ? AND w.stage = ? AND w.module = ?
"""


def works_of(session: Session, event_id: int, stage: str, module: str) -> list[WorkRow]:
    """The works of a module in the order of their codes."""
    session.flush()
    found = session.connection().exec_driver_sql(_WORKS, (event_id, stage, module)).fetchall()
    rows = list(map(WorkRow._make, found))
    if len({len(row.code) for row in rows}) == 1 and all(map(_plain, rows)):  # their order is the natural one
        return sorted(rows, key=attrgetter("code"))
    return sorted(rows, key=lambda row: natural(row.code))


def _plain(work: WorkRow) -> bool:
    """Whether a code is of plain figures only."""
    return work.code.isdecimal() and work.code.isascii()


_SHEETS = "SELECT work_id, state, entered_by, counted_at FROM sheets WHERE judge_id = ? AND attempt = ?"
_HERE = "SELECT id FROM works WHERE event_id = ? AND stage = ? AND module = ?"
_MARKS = f"""
SELECT work_id, json_group_array(criterion_id),
       json_group_array(CASE outcome WHEN 0 THEN units WHEN 1 THEN 'absent' ELSE 'DNF' END)
FROM marks WHERE work_id IN ({_HERE}) AND attempt = ? AND judge_id = ? GROUP BY work_id
"""  # noqa: S608 - a statement of this module
_SECOND = f"""
SELECT work_id, criterion_id, CASE outcome WHEN 0 THEN units WHEN 1 THEN 'absent' ELSE 'DNF' END
FROM mark_versions
WHERE work_id IN ({_HERE}) AND attempt = ? AND judge_id = ? AND entry_pass = 2 ORDER BY version
"""  # noqa: S608 - a statement of this module

_Value = int | str
"""Units of 10^-9, or the name of the outcome that stands in their place."""
_NO_MARKS = "[]", "[]"
_NO_SHEET = SheetState.NONE.value, None, None


class SheetRows(Sequence[GridRow]):
    """The sheets of one judge and attempt, in the order of the works given.

    Nothing of a sheet is worked out before it is asked for, so that a long list opens at once; what is asked
    twice is made once. The values are those of one moment of the store and never change.
    """

    def __init__(
        self, session: Session, event: Event, stage: str, rule: rules.Module, judge_id: int, attempt: int,
        works: Sequence[WorkRow], kept: Collection[str], gone: Mapping[str, Status],
    ) -> None:  # fmt: skip
        self._works, self._kept, self._gone = tuple(works), frozenset(kept), gone
        self._panel = PanelRule(rule, STORE_SCALE)
        codes = select(Criterion.code, Criterion.id).where(
            Criterion.event_id == event.id, Criterion.stage == stage, Criterion.module == rule.code
        )
        ids: dict[str, int] = dict(session.execute(codes).all())
        self._criteria = [(ids[criterion.code], criterion) for criterion in rule.criteria]
        self._sheets = _sheets(session, judge_id, attempt)
        asked, connection = (event.id, stage, rule.code, attempt, judge_id), session.connection()
        marks = connection.exec_driver_sql(_MARKS, asked).fetchall()
        self._marks: dict[int, tuple[str, str]] = {work: (keys, values) for work, keys, values in marks}
        self._second: dict[int, dict[int, _Value]] = {}
        if event.double_entry:
            for work, criterion, value in connection.exec_driver_sql(_SECOND, asked).fetchall():
                self._second.setdefault(work, {})[criterion] = value
        self._cells: dict[tuple[int, _Value | None, _Value | None], GridCell] = {}
        self._made: dict[int, GridRow] = {}

    def __len__(self) -> int:
        """How many sheets."""
        return len(self._works)

    @overload
    def __getitem__(self, at: int) -> GridRow: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[GridRow, ...]: ...
    def __getitem__(self, at: int | slice) -> GridRow | tuple[GridRow, ...]:
        """A sheet by its place; one not begun has empty cells."""
        if isinstance(at, slice):
            return tuple(self[place] for place in range(*at.indices(len(self))))
        place = range(len(self))[at]
        if place not in self._made:
            self._made[place] = self._row(self._works[place])
        return self._made[place]

    @property
    def works(self) -> tuple[WorkRow, ...]:
        """The works the sheets are of, in the same order."""
        return self._works

    def state(self, at: int) -> SheetState:
        """The state of a sheet, without its marks."""
        return SheetState(self._sheets.get(self._works[at].id, _NO_SHEET)[0])

    def differs(self, at: int) -> bool:
        """Whether the two typings of a sheet differ in a cell."""
        work = self._works[at].id
        second = self._second.get(work)
        if not second:
            return False
        first = self._marks_of(work)
        return any(key in first and first[key] != again for key, again in second.items())

    def source(self, at: int) -> Hashable:
        """What a sheet is made from: equal sources make equal rows."""
        work = self._works[at]
        return (
            work, work.number in self._kept, self._gone.get(work.number or ""), self._marks.get(work.id),
            self._sheets.get(work.id), tuple(self._second.get(work.id, {}).items()),
        )  # fmt: skip

    def finest(self, criterion: str, *, second: bool = False) -> int:
        """How many digits after the point the finest mark of a criterion has, in this typing or that."""
        key = next(key for key, one in self._criteria if one.code == criterion)
        found: Iterable[Mapping[int, _Value]]
        found = self._second.values() if second else map(self._marks_of, self._marks)
        units = {value for marks in found if isinstance(value := marks.get(key), int)}
        return max((len(units_text(one).partition(".")[2]) for one in units), default=0)

    def _marks_of(self, work: int) -> dict[int, _Value]:
        keys, values = self._marks.get(work, _NO_MARKS)
        return dict(zip(json.loads(keys), json.loads(values), strict=True))

    def _row(self, work: WorkRow) -> GridRow:
        marks, second = self._marks_of(work.id), self._second.get(work.id, {})
        cells = tuple(
            self._cell(key, criterion, marks.get(key), second.get(key)) for key, criterion in self._criteria
        )
        missing = sum(cell.state is CellState.EMPTY for cell in cells)
        total = None if missing else self._total(marks, cells)
        state, by, counted_at = self._sheets.get(work.id, _NO_SHEET)
        return GridRow(
            work.id, work.code, cells, total, SheetState(state), missing, by, counted_at is not None,
            work.number in self._kept, None if marks else self._gone.get(work.number or ""),
        )  # fmt: skip

    def _cell(
        self, key: int, criterion: rules.Criterion, mark: _Value | None, again: _Value | None
    ) -> GridCell:
        """A cell; marks alike share one, for a large grid holds the same few values over and over."""
        known = self._cells.get((key, mark, again))
        if known is None:
            known = self._cells[key, mark, again] = _cell_of(criterion, mark, again)
        return known

    def _total(self, marks: Mapping[int, _Value], cells: Sequence[GridCell]) -> str | None:
        if any(cell.state is not CellState.VALUE or cell.fault for cell in cells):
            return None
        tables = self._panel.table_of
        whole = self._panel.whole_sheet([tables[c.code][int(marks[key])] for key, c in self._criteria])
        return None if whole is None else _two_digits(plain(whole))


def _sheets(session: Session, judge_id: int, attempt: int) -> dict[int, tuple[str, str | None, str | None]]:
    """State, who typed it and since when it counts, of each sheet begun, by its work."""
    found = session.connection().exec_driver_sql(_SHEETS, (judge_id, attempt)).fetchall()
    return {work: (state, by, counted_at) for work, state, by, counted_at in found}


def _cell_of(criterion: rules.Criterion, mark: _Value | None, again: _Value | None) -> GridCell:
    second = None if again is None else text_of(again)
    if mark is None:
        return GridCell(CellState.EMPTY, second=second)
    differs = again is not None and again != mark
    if isinstance(mark, str):
        return GridCell(CellState(mark), None, second, differs)
    fault = mark_fault(criterion, Fraction(mark, STORE_SCALE))
    return GridCell(CellState.VALUE, units_text(mark), second, differs, fault)


def text_of(value: _Value) -> str:
    """A stored value as a person wrote it, or the name of what stands in its place."""
    return value if isinstance(value, str) else units_text(value)


def _two_digits(text: str) -> str:
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest.ljust(2, '0')}"
