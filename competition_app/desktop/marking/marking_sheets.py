"""A judge's sheets as the grid shows them: states into looks and pills, figures into marks and points."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from competition_app.desktop.marking.marking_locked import WHY
from competition_app.desktop.marking.marking_typing import Typed, read
from competition_app.desktop.marking.marking_values import (
    AGREED,
    DROPPED,
    GONE,
    NOT_TO_MARK,
    RECUSED,
    SIGNED,
    Face,
    Look,
    Row,
    Rows,
    missing_items,
    why_gone,
)
from competition_app.desktop.parts import pills
from competition_app.domain.errors import Refusal, Said
from competition_app.domain.plans.plan import Criterion
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring.facts import Outcome
from competition_app.domain.scoring.figures import figure, plain
from competition_app.domain.scoring.points import mark_fault, points_of
from competition_app.services.judging.marking_desk import SheetState
from competition_app.services.judging.marking_grid import Grid, JudgeProgress
from competition_app.services.judging.sheet_rows import CellState, GridCell, GridRow

FIRST, SECOND, DIFFER = "first", "second", "differ"
"""The three ways to look at sheets: the first typing, the second, and those whose two typings differ."""


def rows_of(grid: Grid, view: str, fates: Mapping[str, str]) -> Rows:
    """The sheets of a judge in this view; ``fates``: which the panel dropped, by the entry's number."""
    shown = grid.rows
    places = [at for at in range(len(shown)) if _in_view(grid, at, view)]
    digits = tuple(_digits(grid, criterion, second=view == SECOND) for criterion in grid.criteria)

    def make(at: int) -> Row:
        row = shown[places[at]]
        made = _row(grid, row, second=view == SECOND)
        dropped = fates.get(shown.works[places[at]].number or "")
        if dropped is not None:
            made = replace(made, struck=True, state=DROPPED[dropped])
        return replace(made, cells=tuple(map(_aligned, made.cells, digits)))

    common = digits, view, grid.locked, grid.criteria
    works = [shown.works[at] for at in places]
    sources = [(shown.source(at), fates.get(shown.works[at].number or ""), common) for at in places]
    return Rows([work.id for work in works], [work.code for work in works], sources, make)


def _in_view(grid: Grid, at: int, view: str) -> bool:
    if view == SECOND:
        return grid.rows.state(at) in (SheetState.ENTERED, SheetState.CONFIRMED)
    return view != DIFFER or grid.rows.differs(at)


def _digits(grid: Grid, criterion: Criterion, *, second: bool) -> int:
    """How many digits after the point a column shows: as its step has, else as its finest figure has."""
    if criterion.kind == "check":
        return 0
    if criterion.step is not None:
        return len(plain(criterion.step).partition(".")[2])
    return grid.rows.finest(criterion.code, second=second)


def _aligned(face: Face, digits: int) -> Face:
    """A figure with the digits of its column; anything else as it is."""
    whole, point, part = face.text.partition(".")
    if face.look not in (Look.FIGURE, Look.DIFFERS) or not digits or not whole.lstrip("-").isdigit():
        return face
    return replace(face, text=f"{whole}{point or '.'}{part:0<{digits}}")


def differs(row: GridRow) -> bool:
    """Whether the two typings of a sheet differ in a cell."""
    return any(cell.differs for cell in row.cells)


def agreed(row: GridRow) -> bool:
    """Whether both typings are whole and alike though the sheet does not count: somebody must confirm it."""
    typed = row.state is SheetState.ENTERED and not row.missing and not differs(row)
    return typed and all(cell.second is not None for cell in row.cells)


def to_type_again(grid: Grid) -> int:
    """How many sheets wait for the second typing."""
    rows = grid.rows
    return sum(rows.state(at) is SheetState.ENTERED and not rows.differs(at) for at in range(len(rows)))


def differing(grid: Grid) -> int:
    """In how many sheets the two typings differ."""
    return sum(map(grid.rows.differs, range(len(grid.rows))))


def _row(grid: Grid, row: GridRow, *, second: bool) -> Row:
    cells = tuple(
        _second_face(cell, criterion) if second else _face(cell, criterion)
        for cell, criterion in zip(row.cells, grid.criteria, strict=True)
    )
    begun = any(cell.look is not Look.NOT_BEGUN for cell in cells)
    if row.kept_out:
        cells = tuple(Face(Look.RECUSED) for _cell in cells)
    elif row.gone:
        cells = tuple(_gone_face(grid, row.gone) for _cell in cells)
    total = None if (second and not row.counted) or differs(row) else row.total
    state = _state(row, second=second)
    if row.gone and not row.kept_out:
        state = NOT_TO_MARK if grid.coded else GONE[row.gone]
    locked = _locked(grid, row, second=second)
    return Row(row.work_id, row.code, cells, total, state, begun, locked=locked, again=second and agreed(row))


def _gone_face(grid: Grid, status: Status) -> Face:
    """A cell of an entry that is gone; of an anonymous work it does not say why."""
    if grid.coded:
        return Face(Look.ABSENT, "—")
    return Face(Look.ABSENT, GONE[status].word, why_gone(status))


_NOT_TO_MARK = Said("This work is not to be marked: the floor record says why.")


def _locked(grid: Grid, row: GridRow, *, second: bool) -> Said | None:
    if grid.locked:
        return WHY
    if row.kept_out:
        return Said("This judge is kept from this work: another judge marks it.")
    if row.gone:
        return _NOT_TO_MARK if grid.coded else why_gone(row.gone)
    if second and row.counted:
        return Said("Both typings agree and the sheet counts: correct it in the first typing.")
    return None


def _face(cell: GridCell, criterion: Criterion) -> Face:
    if cell.differs:
        again = shown(cell.second, criterion)
        return Face(
            Look.DIFFERS, _figure(cell, criterion), Said("Typed the second time: {mark}", {"mark": again})
        )
    if cell.state is CellState.EMPTY:
        return Face(Look.NOT_BEGUN)
    if cell.state is CellState.ABSENT:
        return Face(Look.ABSENT)
    if cell.state is CellState.DNF:
        return Face(Look.FAILED)
    if criterion.kind == "check" and cell.text in ("0", "1"):
        return Face(Look.YES if cell.text == "1" else Look.NO, cell.text)
    if cell.fault:
        return Face(Look.WRONG, cell.text or "", cell.fault)
    return Face(Look.FIGURE, cell.text or "")


def _figure(cell: GridCell, criterion: Criterion) -> str:
    if cell.state is CellState.VALUE:
        return shown(cell.text, criterion)
    return {CellState.ABSENT: "—", CellState.DNF: "DNF"}.get(cell.state, "")


def shown(text: str | None, criterion: Criterion) -> str:
    """A stored mark as a tool tip says it: a check's by its sign."""
    if criterion.kind == "check" and text in ("0", "1"):
        return "✓" if text == "1" else "✗"
    return "—" if text in (None, CellState.ABSENT) else str(text)


def _second_face(cell: GridCell, criterion: Criterion) -> Face:
    """The second typing sees only itself, so that it is typed from the paper; a difference is told."""
    if cell.second is None:
        return Face(Look.NOT_BEGUN)
    if cell.differs:
        return Face(
            Look.DIFFERS, shown(cell.second, criterion), Said("The first typing holds something else.")
        )
    if cell.second == CellState.ABSENT:
        return Face(Look.ABSENT)
    if criterion.kind == "check":
        return Face(Look.YES if cell.second == "1" else Look.NO, cell.second)
    return Face(Look.FIGURE, cell.second)


def _state(row: GridRow, *, second: bool) -> pills.State:
    """The one pill of a sheet: what hinders first."""
    if row.kept_out:
        return RECUSED
    if differs(row):
        return pills.ENTRIES_DIFFER
    if any(cell.fault for cell in row.cells):
        return pills.OUT_OF_RANGE
    if row.missing == len(row.cells):
        return pills.NOT_ENTERED
    if row.missing:
        return missing_items(row.missing)
    return _complete(row, second=second)


def _complete(row: GridRow, *, second: bool) -> pills.State:
    again = sum(cell.second is None for cell in row.cells)
    if agreed(row):
        return AGREED
    if row.state is SheetState.ENTERED and second and again < len(row.cells):
        return missing_items(again)
    if row.state is SheetState.ENTERED:
        return pills.SECOND_ENTRY_DUE
    if all(cell.state is CellState.ABSENT for cell in row.cells):
        return pills.JUDGE_ABSENT
    return SIGNED if row.state is SheetState.SIGNED else pills.CONFIRMED


def typed_mark(criterion: Criterion, text: str) -> Typed | None:
    """What was typed as a mark the criterion takes, None for nothing; refused where it cannot stand."""
    typed = read(text, check=criterion.kind == "check", unit=criterion.unit)
    if typed is None or isinstance(typed, Outcome):
        return typed
    fault = mark_fault(criterion, Fraction(typed))
    if fault:
        raise Refusal("{fault}.", fault=fault)
    return typed


def takes(criterion: Criterion, value: object) -> bool:
    """Whether the criterion takes this figure."""
    return mark_fault(criterion, Fraction(str(value))) is None


def points_text(criterion: Criterion, typed: Typed | None) -> tuple[str, str]:
    """The mark with its unit, and the points it becomes; two dashes where there is none."""
    if typed is None or isinstance(typed, Outcome):
        return "", "—"
    points = points_of(criterion, Fraction(typed))
    unit = f" {criterion.unit}" if criterion.unit else ""
    mark = ("✓" if typed else "✗") if isinstance(typed, bool) else f"{plain(typed)}{unit}"
    return mark, figure(points, 2)


def judge_state(judge: JudgeProgress, *, here: bool) -> pills.State:
    """How a judge stands: all in, not begun, or how many sheets are owed (blue for the one being typed)."""
    owed = judge.owed - judge.done
    if judge.owed and not owed:
        return pills.COMPLETE
    if not judge.begun and not here:
        return pills.NOT_BEGUN
    said = Said("{n} sheet owed|{n} sheets owed", {"n": owed})
    return pills.counted(pills.MARKING if here else pills.INCOMPLETE, said)
