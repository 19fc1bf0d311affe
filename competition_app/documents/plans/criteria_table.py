"""Rows of a table as criteria of a plan: heads in any order or none, every bad cell named with its remedy."""

import itertools
import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from competition_app.documents.plans import criteria_cells
from competition_app.documents.plans.criteria_heads import HEADS, columns_of
from competition_app.documents.plans.criteria_order import guessed
from competition_app.domain.errors import Problem, Said
from competition_app.domain.plans.plan_checks import plan_and_errors
from competition_app.domain.registration.writing import Cell, key, trimmed

MOST = 1000
"""A table of criteria has at most this many rows."""
_SEARCHED = 30
_SUMS = frozenset(("合计", "总计", "小计", "总分", "合计得分", "total", "sum", "subtotal"))
NONE = "—"
"""Stands where a criterion has no heading though the one above has."""
_SHOWN_PROBLEMS = 200
_TEXTS, _FIGURES = ("code", "unit", "standard"), ("min", "max", "step", "each", "factor", "max_spread")

Name = Callable[[int, str], Said]
"""Names a cell by its row (from 0) and its column's key."""


@dataclass(frozen=True, slots=True)
class CriteriaRead:
    """A table of criteria as read. ``criteria`` are JSON values as a plan has them (scoring.md §2).

    There are none where anything is wrong: a table is taken whole or not at all. ``notes`` say what was
    passed over without harm; ``rows`` is how many rows name a criterion.
    """

    criteria: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...]
    notes: tuple[Said, ...]
    rows: int

    @property
    def good(self) -> bool:
        """Whether there is something to take and nothing is wrong."""
        return bool(self.criteria) and not self.problems


@dataclass(slots=True)
class _Reading:
    """A table under way."""

    cells: Mapping[str, int]
    name: Name
    used: set[str]
    found: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0
    heading: str = ""


def read_table(
    rows: Sequence[Sequence[Cell]],
    taken: Collection[str] = (),
    merged: Sequence[tuple[int, int, int, int]] = (),
    address: Callable[[int, int], Said] | None = None,
) -> CriteriaRead:
    """The criteria of these rows; ``taken`` are codes already in use.

    ``merged`` are ranges (first row, column, last row, column from 0) whose first cell speaks for all;
    ``address`` names a cell for a person, by default as row and head of the column.
    """
    start, cells, unknown = _layout(rows)
    if "name" not in cells:
        return CriteriaRead((), (_no_table(rows),), (), 0)

    def name(row: int, column: str) -> Said:
        place = cells.get(column)
        if address is not None and place is not None:
            return address(row, place)
        return Said("row {row}, {column}", {"row": row + 1, "column": HEADS[column]})

    reading = _Reading(cells, name, set(taken))
    spread = _spread(rows, merged)
    below = [at for at in range(start, len(rows)) if any(trimmed(cell) for cell in rows[at])]
    if len(below) > MOST:
        said = Said("{n} rows stand here, at most {most} are taken: paste the criteria of one module.",
                    {"n": f"{len(below):,}", "most": f"{MOST:,}"})  # fmt: skip
        return CriteriaRead((), (Problem("too_many_rows", said),), (), len(below))
    for at in below:
        _row(reading, at, spread.get(at, rows[at]))
    _check(reading)
    return _read(reading, unknown)


def _no_table(rows: Sequence[Sequence[Cell]]) -> Problem:
    if not any(trimmed(cell) for row in rows for cell in row):
        said = Said("There is nothing here: copy the rows with the criteria and their most points.")
        return Problem("empty", said)
    said = Said(
        "No column names what is examined: put heads such as “Point examined” and “Most points” on top."
    )
    return Problem("no_heads", said)


def _layout(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[str, int], list[str]]:
    """The first row below the heads, which column holds what, and the heads nobody knows."""
    for at, row in enumerate(rows[:_SEARCHED]):
        texts = [trimmed(cell) if isinstance(cell, str) else "" for cell in row]
        found, unknown = columns_of(texts)
        if "name" in found and len(found) > 1:
            return at + 1, found, unknown
    return 0, guessed(rows), []


def has_heads(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a line of heads of a table of criteria stands among the first rows."""
    return _layout(rows)[0] > 0


def _spread(
    rows: Sequence[Sequence[Cell]], merged: Sequence[tuple[int, int, int, int]]
) -> dict[int, list[Cell]]:
    """The rows that a merged range runs through, its first cell written into each of them."""
    found: dict[int, list[Cell]] = {}
    for top, left, bottom, _ in merged:
        if bottom == top or top >= len(rows) or left >= len(rows[top]):
            continue
        for at in range(top + 1, min(bottom + 1, len(rows))):
            row = found.setdefault(at, list(rows[at]))
            row.extend([""] * (left + 1 - len(row)))
            row[left] = rows[top][left]
    return found


def _row(reading: _Reading, at: int, row: Sequence[Cell]) -> None:
    """One row: a criterion, a heading of those below, or a sum that is passed over."""
    texts = [trimmed(cell) for cell in row]
    filled = [text for text in texts if text]
    named = _text(reading, row, "name")
    if any(key(text) in _SUMS for text in filled[:2]) and not _text(reading, row, "code"):
        reading.left_out += 1
        return
    heading = _text(reading, row, "heading")
    if not named:
        if len(filled) == 1 and criteria_cells.figure(filled[0]) is None:
            reading.heading = filled[0]
        else:
            _say(reading, at, "name", Said("what is examined is missing; type it or take the row out"))
        return
    if heading:
        reading.heading = "" if heading == NONE else heading
    made: dict[str, Any] = {"code": ""} if named == NONE else {"code": "", "name": named}
    if reading.heading:
        made["heading"] = reading.heading
    _fill(reading, at, row, made)
    reading.found.append((at, made))


def _text(reading: _Reading, row: Sequence[Cell], column: str) -> str:
    cell = _cell(reading, row, column)
    return trimmed(cell).replace("\r\n", "\n")


def _cell(reading: _Reading, row: Sequence[Cell], column: str) -> Cell:
    place = reading.cells.get(column)
    return row[place] if place is not None and place < len(row) else None


def _fill(reading: _Reading, at: int, row: Sequence[Cell], made: dict[str, Any]) -> None:
    """Every other cell of a criterion's row; the kind last, as it may follow from what else stands there."""
    for column in _TEXTS:
        if text := _text(reading, row, column):
            made[column] = text
    for column in _FIGURES:
        _fill_figure(reading, at, column, _cell(reading, row, column), made)
    for column, read in criteria_cells.READERS.items():
        text = _text(reading, row, column)
        value: Any = read(text) if text else None
        if text and value is None:
            _say(reading, at, column, criteria_cells.WRONG[column])
        elif text:
            made.update(value if column == "more" else {column: value})
    if "kind" not in made:
        made["kind"] = "measured" if "scale" in made else "deduction" if "each" in made else "points"


def _fill_figure(reading: _Reading, at: int, column: str, cell: Cell, made: dict[str, Any]) -> None:
    if not trimmed(cell):
        return
    figure = criteria_cells.figure(cell)
    if figure is None:
        _say(reading, at, column, _not_a_figure(cell))
    else:
        made[column] = figure


def _not_a_figure(cell: Cell) -> Said:
    if isinstance(cell, date | time | timedelta):
        return Said("a date stands where a figure is needed; format the cell as text and type the figure")
    text = trimmed(cell)[:40]
    if text.startswith("="):
        return Said("a formula stands here; copy its value in its place")
    return Said("“{text}” is no figure; type one such as 10 or 0.5", {"text": text})


def _say(reading: _Reading, at: int, column: str, said: Said) -> None:
    place = reading.name(at, column)
    more = {"row": at + 1, "column": column}
    reading.problems.append(Problem("bad_cell", Said("{cell}: {what}.", {"cell": place, "what": said}), more))


def _check(reading: _Reading) -> None:
    """What the rules themselves refuse, said of the cell; every criterion gets a code of its own."""
    _give_codes(reading)
    told = {(problem.more["row"], problem.more["column"]) for problem in reading.problems}
    rows = [made for _, made in reading.found]
    across = "criterion" if any("panel" in made for made in rows) else "sheet"
    module = {"code": "m", "kind": "sheets", "criteria": rows, "panel": {"across": across}}
    _, errors = plan_and_errors({"stages": [{"code": "s", "modules": [module]}]})
    for error in errors:
        found = _PLACE.search(error.path)
        if found is None:
            continue
        at, column = reading.found[int(found[1])][0], found[2] if found[2] in HEADS else "more"
        if column != "code" and (at + 1, column) not in told:
            _say(reading, at, column, _remedied(column, error.said))


_PLACE = re.compile(r"criteria\[(\d+)\]\.?(\w*)")


def _give_codes(reading: _Reading) -> None:
    for at, made in reading.found:
        code = made["code"]
        if code and code in reading.used:
            twice = Said("the code {code} stands twice; give each criterion its own", {"code": code})
            _say(reading, at, "code", twice)
        reading.used.add(code)
    free = (code for number in itertools.count(1) if (code := f"P{number}") not in reading.used)
    for _, made in reading.found:
        made["code"] = made["code"] or next(free)


def _remedied(column: str, said: Said) -> Said:
    remedy = criteria_cells.REMEDY.get(column)
    return said if remedy is None else Said("{what}; {remedy}", {"what": said, "remedy": remedy})


def _read(reading: _Reading, unknown: Sequence[str]) -> CriteriaRead:
    notes = []
    if reading.left_out:
        notes.append(Said("{n} row with a sum was passed over.|{n} rows with sums were passed over.",
                          {"n": reading.left_out}))  # fmt: skip
    if unknown:
        heads = "、".join(head[:20] for head in unknown[:8])
        notes.append(Said("Columns that say nothing of a criterion: {heads}.", {"heads": heads}))
    problems = sorted(reading.problems, key=lambda problem: int(str(problem.more["row"])))
    if not problems and not reading.found:
        said = Said("There is nothing here: copy the rows with the criteria and their most points.")
        problems = [Problem("empty", said)]
    criteria = () if problems else tuple(made for _, made in reading.found)
    return CriteriaRead(criteria, tuple(problems[:_SHOWN_PROBLEMS]), tuple(notes), len(reading.found))


def written(value: Any) -> str:
    """A value that no column has, as text in the last one."""
    return json.dumps(value, ensure_ascii=False, default=str)
