"""The criteria of a plan as a workbook: a sheet a module, how to fill it in, and the same read back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from competition_app.documents.plans import criteria_cells
from competition_app.documents.plans.criteria_heads import BETWEEN, COLUMNS, KINDS
from competition_app.documents.plans.criteria_table import NONE, CriteriaRead, has_heads, read_table, written
from competition_app.documents.reading.reading import Sheet, Workbook
from competition_app.documents.saving import save
from competition_app.documents.sheet_names import LONGEST, free_name
from competition_app.domain.errors import Refusal, Said
from competition_app.domain.plans.plan import Criterion
from competition_app.domain.registration.writing import shown
from competition_app.domain.scoring.figures import plain
from competition_app.i18n import Words

MARK, VERSION = "criteria-book", "1"
FREE_ROWS = 60
"""Empty rows below the criteria that have lists to choose from."""
_META = "_"
_SHORT = 12  # digits a spreadsheet keeps of a figure for sure
_FIGURES = frozenset(("min", "max", "step", "each", "factor", "max_spread"))
_HEAD_ROW = 2
_FONT = "宋体"


@dataclass(frozen=True, slots=True)
class ModuleCriteria:
    """A module's criteria: its stage and code, what the sheet is called, and the criteria themselves."""

    stage: str
    module: str
    title: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class CriteriaSheet:
    """A sheet as read: its name, the stage and module it was written for (None: unknown), its criteria."""

    name: str
    stage: str | None
    module: str | None
    read: CriteriaRead


def write_book(target: Path, modules: Sequence[ModuleCriteria], words: Words) -> int:
    """Save the workbook; how many criteria it holds. Raises Refusal where a text has no room in a cell."""
    drawn = [(module, _rows(module.criteria, words)) for module in modules]
    for _, rows in drawn:
        for row in rows:
            if any(len(text) > LONGEST for text in row.values()):
                raise Refusal("A text of a criterion is longer than a cell holds; shorten it and try again.")

    def draw(file: Any) -> None:
        import xlsxwriter

        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(file, options) as book:
            _Writer(book, words).write(drawn)

    save(target, draw)
    return sum(len(rows) for _, rows in drawn)


def _rows(criteria: Sequence[Criterion], words: Words) -> list[dict[str, str]]:
    found, before = [], None
    for one in criteria:
        found.append(_row(one, before, words))
        before = one.heading
    return found


def _row(one: Criterion, before: str | None, words: Words) -> dict[str, str]:
    """The cells of a criterion; what would not be read back from its own cell stands in the last one."""
    cells = dict(_cells(one, words))
    if one.heading is None and before:
        cells["heading"] = NONE
    heads = [words.say(column.head) for column in COLUMNS]
    read = read_table([heads, [cells.get(column.key, "") for column in COLUMNS]])
    back = _criterion(read.criteria[0]) if read.criteria else None
    more = {}
    for name in Criterion.model_fields:
        value = getattr(one, name)
        if name != "code" and (back is None or getattr(back, name) != value):
            more[name] = one.model_dump(mode="json")[name]
            cells.pop(name, None)
    if more:
        cells["name"] = cells.get("name") or NONE
        cells["more"] = written(more)
    return cells


def _criterion(values: Mapping[str, Any]) -> Criterion:
    return Criterion.model_validate(values)


def _cells(one: Criterion, words: Words) -> Iterator[tuple[str, str]]:
    yield "code", one.code
    yield "name", one.name or NONE
    yield "kind", words.say(KINDS[one.kind])
    for key in ("heading", "standard", "unit"):
        yield key, getattr(one, key) or ""
    for key in ("min", "max", "step", "max_spread"):
        value: Decimal | None = getattr(one, key)
        yield key, "" if value is None else plain(value)
    yield "factor", "" if one.factor == 1 else plain(one.factor)
    yield "each", plain(one.each) if one.kind == "deduction" or one.each != 1 else ""
    if one.scale:
        yield "scale", criteria_cells.scale_text(one.scale)
        yield "between", words.say(BETWEEN[one.between])
    if one.levels:
        yield "levels", criteria_cells.levels_text(one.levels)


_HELP: Mapping[str, Said] = {
    "heading": Said("What several points stand under; stays for the rows below until another is written."),
    "name": Said("What is examined, as the judges read it. Every row needs one."),
    "min": Said("The least points a judge may give; nothing where it is 0."),
    "max": Said("The most points. Only a measured point needs none."),
    "standard": Said("What the judges are told about it; counts for nothing else."),
    "step": Said("Marks are multiples of it, such as 0.5; nothing: 0.01."),
    "kind": Said("Points, yes or no, 0 to 3, measured, deduction or bonus; nothing: points."),
    "unit": Said("Of a measured point: mm, s, pieces …"),
    "each": Said("Of a deduction: how many points come off for each fault; nothing: 1."),
    "scale": Said("Of a measured point: a value and its points a line, such as 0.2→30."),
    "between": Said("Points between two values of the scale: straight line or in steps."),
    "levels": Said("Of 0 to 3: a text for each level a line, such as 0：not done."),
    "factor": Said("The points are multiplied by it; nothing: 1."),
    "max_spread": Said("How far apart judges' marks may lie before it is pointed out."),
    "code": Said("A short name of its own; nothing: the program gives one."),
    "more": Said("Written by the program; leave it as it is."),
}
"""What is written into each column."""


class _Writer:
    """Writes the sheets; formats are made once."""

    def __init__(self, book: Any, words: Words) -> None:
        self._book, self._words = book, words
        line = {
            "font_name": _FONT,
            "font_size": 11,
            "valign": "vcenter",
            "border": 1,
            "border_color": "#BFBFBF",
        }
        self._title = book.add_format(
            {"font_name": _FONT, "font_size": 16, "bold": True, "valign": "vcenter"}
        )
        self._quiet = book.add_format({"font_name": _FONT, "font_size": 10, "font_color": "#6C6861"})
        self._head = book.add_format({**line, "bold": True, "bg_color": "#EDEDED", "align": "center"})
        self._text = book.add_format({**line, "text_wrap": True, "num_format": "@"})
        self._figure = book.add_format({**line, "align": "right"})
        self._names: set[str] = {_META}

    def write(self, drawn: Sequence[tuple[ModuleCriteria, list[dict[str, str]]]]) -> None:
        """A sheet a module, the instructions, and the hidden sheet that says which is which."""
        told = []
        for module, rows in drawn:
            name = free_name(module.title, self._names)
            told.append((name, module.stage, module.module))
            self._module(name, module.title, rows)
        self._instructions()
        meta = self._book.add_worksheet(_META)
        for row, values in enumerate([(MARK, VERSION, ""), *told]):
            for column, value in enumerate(values):
                meta.write_string(row, column, value)
        meta.very_hidden()

    def _module(self, name: str, title: str, rows: Sequence[Mapping[str, str]]) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, title[:LONGEST], self._title)
        hint = self._words("One criterion a row. The last sheet says how each column is filled in.")
        sheet.write_string(1, 0, hint, self._quiet)
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, column.width)
            sheet.write_string(_HEAD_ROW, place, self._words.say(column.head), self._head)
        sheet.set_row(_HEAD_ROW, 22)
        sheet.freeze_panes(_HEAD_ROW + 1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD_ROW)
        for at, row in enumerate(rows, _HEAD_ROW + 1):
            for place, column in enumerate(COLUMNS):
                self._cell(sheet, at, place, column.key, row.get(column.key, ""))
        self._lists(sheet, _HEAD_ROW + len(rows) + FREE_ROWS)

    def _cell(self, sheet: Any, row: int, place: int, column: str, text: str) -> None:
        digits = text.replace(".", "").replace("-", "")
        if column in _FIGURES and text and len(digits) <= _SHORT:
            sheet.write_number(row, place, float(text), self._figure)
        elif text:
            sheet.write_string(row, place, text, self._text)
        else:
            sheet.write_blank(row, place, None, self._text)

    def _lists(self, sheet: Any, last: int) -> None:
        """Columns of which only some words are understood have a list to choose from."""
        for place, column in enumerate(COLUMNS):
            choices = KINDS if column.key == "kind" else BETWEEN if column.key == "between" else None
            if choices is not None:
                source = [self._words.say(said) for said in choices.values()]
                sheet.data_validation(
                    _HEAD_ROW + 1, place, last, place, {"validate": "list", "source": source}
                )

    def _instructions(self) -> None:
        words = self._words
        sheet = self._book.add_worksheet(free_name(words("How to fill it in"), self._names))
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 76)
        for place, text in enumerate((words("Column"), words("What to write"))):
            sheet.write_string(0, place, text, self._head)
        for row, column in enumerate(COLUMNS, 1):
            sheet.write_string(row, 0, words.say(column.head), self._text)
            sheet.write_string(row, 1, words.say(_HELP[column.key]), self._text)


# --- reading ---
def read_book(workbook: Workbook) -> tuple[CriteriaSheet, ...]:
    """The sheets that hold criteria. Raises Refusal where none has the heads of such a table."""
    places = _places(workbook)
    visible = [sheet for sheet in workbook.sheets if sheet.visible and any(map(any, sheet.rows))]
    headed = [sheet for sheet in visible if has_heads(sheet.rows)]
    if not headed and len(visible) != 1:
        raise Refusal(
            "{file} has no sheet with criteria: put heads such as “Point examined” and “Most points” on top.",
            file=workbook.path.name,
        )
    chosen = headed or visible
    found = [_sheet(sheet, places.get(sheet.name), several=len(chosen) > 1) for sheet in chosen]
    filled = [sheet for sheet in found if [problem.code for problem in sheet.read.problems] != ["empty"]]
    return tuple(filled or found)


def _places(workbook: Workbook) -> dict[str, tuple[str, str]]:
    """The stage and module of each sheet, in a workbook of the program's own."""
    meta = next((sheet for sheet in workbook.sheets if sheet.name == _META), None)
    rows = [[shown(cell) for cell in row] for row in meta.rows] if meta is not None else []
    if not rows or rows[0][:1] != [MARK]:
        return {}
    return {row[0]: (row[1], row[2]) for row in rows[1:] if len(row) > 2}


def _sheet(sheet: Sheet, place: tuple[str, str] | None, *, several: bool) -> CriteriaSheet:
    def address(row: int, column: int) -> Said:
        cell = f"{_letter(column)}{row + 1}"
        return Said("{cell}@cell", {"cell": f"{sheet.name} {cell}" if several else cell})

    read = read_table(sheet.rows, (), sheet.merged, address)
    stage, module = place or (None, None)
    return CriteriaSheet(sheet.name, stage, module, read)


def _letter(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
