"""The sender's own workbook back, its bad cells marked and commented with what is wrong and what to do."""

import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from competition_app.documents.reading.reading import Reader, Workbook
from competition_app.documents.registration.marked_styles import GROUND
from competition_app.documents.saving import save
from competition_app.documents.sheet_names import MOST, cut
from competition_app.domain.registration.registration import FileReport, cell_name
from competition_app.domain.registration.writing import Cell, shown
from competition_app.i18n import Words


@dataclass(frozen=True, slots=True)
class Marked:
    """A workbook given back: where it lies, how many cells are marked, whether its format had to change."""

    path: Path
    cells: int
    converted: bool


def write_marked(source: Path, report: FileReport, target: Path, words: Words, reader: Reader) -> Marked:
    """Writes ``source`` to ``target`` with the cells of the report's problems marked.

    An .xlsx keeps every part but styles, comments and the marked sheets; other formats become .xlsx, which a
    comment on their first cell says. Raises Refusal for a file that cannot be read any more or not be saved.
    """
    book = reader.read(source)
    marks = _marks(report, words)
    if book.kind == "xlsx":
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "marked.xlsx"
            author = words("Registration review")
            order = {"mark": str(source), "to": str(made), "marks": marks, "author": author}
            cells = int(reader.order(order, source.name)["marked"])
            save(target, lambda file: file.write(made.read_bytes()))
        return Marked(target, cells, False)
    _say_converted(book, marks, words)
    save(target, lambda file: file.write(_as_xlsx(book, marks, words)))
    return Marked(target, sum(map(len, marks.values())) - 1, True)


def _marks(report: FileReport, words: Words) -> dict[str, dict[str, str]]:
    """By sheet and cell what is to be said; a problem of a column the form has not stands on the name."""
    marks: dict[str, dict[str, str]] = {}
    for row in report.rows:
        for problem in row.problems:
            cell = problem.more.get("cell")
            said = words.say(problem)
            if cell is None:
                cell, said = problem.more.get("at"), f"{problem.more.get('column')}: {said}"
            if cell is None:
                continue
            cells = marks.setdefault(row.sheet, {})
            key = str(cell)
            cells[key] = f"{cells[key]}\n{said}" if key in cells else said
    return marks


def _say_converted(book: Workbook, marks: dict[str, dict[str, str]], words: Words) -> None:
    """The first cell says that the workbook came in another format."""
    said = words("This workbook came as .{kind} and goes back as .xlsx.", kind=book.kind)
    cells = marks.setdefault(book.sheets[0].name, {})
    cells["A1"] = f"{said}\n{cells['A1']}" if "A1" in cells else said


def _as_xlsx(book: Workbook, marks: Mapping[str, Mapping[str, str]], words: Words) -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as workbook:
        bad = workbook.add_format({"bg_color": f"#{GROUND[2:]}", "num_format": "@"})
        plain = workbook.add_format({"num_format": "@"})
        names: set[str] = set()
        for number, sheet in enumerate(book.sheets, 1):
            page = workbook.add_worksheet(_sheet_name(sheet.name, number, names))
            if not sheet.visible:
                page.hide()
            cells = marks.get(sheet.name, {})
            _write_rows(page, sheet.rows, cells, bad, plain)
            for cell, said in cells.items():
                page.write_comment(cell, said, {"author": words("Registration review"), "x_scale": 2})
            for top, left, bottom, right in sheet.merged:
                page.merge_range(top, left, bottom, right, "")
                style = bad if cell_name(top + 1, left) in cells else plain
                _write_cell(page, top, left, sheet.rows[top][left] if top < len(sheet.rows) else "", style)
    return made.getvalue()


def _write_rows(
    page: Any, rows: list[list[Cell]], marked: Mapping[str, str], bad: object, plain: object
) -> None:
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            is_bad = bool(marked) and cell_name(number + 1, column) in marked
            if cell != "" or is_bad:
                _write_cell(page, number, column, cell, bad if is_bad else plain)


def _write_cell(page: Any, row: int, column: int, cell: Cell, style: object) -> None:
    """Everything as text but plain numbers, so that nothing becomes a formula or loses digits."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        page.write_number(row, column, cell, style)
    else:
        page.write_string(row, column, shown(cell), style)


def _sheet_name(name: str, number: int, taken: set[str]) -> str:
    """A name that a workbook takes: no more than 31 characters, none of ``[]:*?/\\``, none twice."""
    fit = cut("".join("_" if character in "[]:*?/\\" else character for character in name))
    fit = fit.strip("'") or f"{number}"
    if fit.casefold() in taken:
        fit = f"{cut(fit, MOST - 4)}-{number}"
    taken.add(fit.casefold())
    return fit
