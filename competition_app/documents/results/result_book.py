"""The result book: standings, marks by judge and the protocol as one workbook, made for printing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from competition_app.documents.paper.typesetting import chinese_date
from competition_app.documents.results.standings_table import Table
from competition_app.documents.saving import save
from competition_app.documents.sheet_names import LONGEST, free_name
from competition_app.domain.errors import Refusal
from competition_app.i18n import Words

_NUMBER = re.compile(r"-?\d{1,12}(?:\.(\d{1,9}))?")
_FONT = "宋体"


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One criterion of one entry: each judge's value as exact text, or what stands instead of it."""

    number: str
    name: str
    criterion: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarksTable:
    """评分明细: the marks of one module, a column for each judge."""

    title: str
    judges: tuple[str, ...]
    rows: tuple[MarkRow, ...]


def write_result_book(
    tables: Sequence[Table], marks: Sequence[MarksTable], target: Path, words: Words
) -> None:
    """Write the workbook. Strings stay strings: nothing becomes a formula or an address.

    Raises Refusal when there is nothing to write or the file cannot be saved.
    """
    if not tables:
        raise Refusal("There are no standings to print. Enter results first.")
    save(target, lambda file: draw_result_book(file, tables, marks, words))


def draw_result_book(
    file: BinaryIO, tables: Sequence[Table], marks: Sequence[MarksTable], words: Words
) -> None:
    """Write the workbook into an open file."""
    import xlsxwriter

    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": tables[0].head.contest, "author": "competition-app"})
    writer = _Writer(book, words)
    for table in tables:
        writer.standings(table)
    for module in marks:
        writer.marks(module)
    for table in tables:
        writer.protocol(table)
    book.close()


class _Writer:
    """Writes the sheets; formats are made once."""

    def __init__(self, book: Any, words: Words) -> None:
        self.book = book
        self.words = words
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self._names: set[str] = set()

    def _format(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_name": _FONT, "valign": "vcenter", **properties})
        return self._formats[key]

    def _sheet(self, name: str, *, landscape: bool) -> Any:
        sheet = self.book.add_worksheet(free_name(name, self._names))
        sheet.set_paper(9)  # A4
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        return sheet

    def _text(self, sheet: Any, row: int, column: int, text: str, look: Any) -> None:
        sheet.write_string(row, column, text[:LONGEST], look)

    def _figure(self, sheet: Any, row: int, column: int, text: str, **look: object) -> None:
        """A figure as a number with its own digits, so that it can be reckoned with; else as text."""
        found = _NUMBER.fullmatch(text)
        if found is None:
            self._text(sheet, row, column, text, self._format(align="right", **look))
            return
        digits = len(found.group(1) or "")
        pattern = "0." + "0" * digits if digits else "0"
        sheet.write_number(row, column, float(text), self._format(num_format=pattern, align="right", **look))

    def _title(self, sheet: Any, lines: Sequence[tuple[str, int]], last: int) -> int:
        """Titles over the whole width; the first free row."""
        for row, (text, size) in enumerate(lines):
            sheet.set_row(row, size * 1.8)
            look = self._format(align="center", bold=size > 14, font_size=size)
            sheet.merge_range(row, 0, row, last, "", look)
            self._text(sheet, row, 0, text, look)
        return len(lines)

    def _foot(self, sheet: Any, text: str) -> None:
        page = self.words("Page {page} of {n}", page="&P", n="&N")
        sheet.set_footer(f"&L&9{text.replace('&', '&&')[:180]}&R&9{page}")

    def standings(self, table: Table) -> None:
        """One division's standings."""
        words, head = self.words, table.head
        columns = [words("Place"), words("Number"), words("Name@of a person"), words("Organisation"),
                   *table.columns, words("Total"), words("Prize"), words("Titles")]  # fmt: skip
        last = len(columns) - 1
        sheet = self._sheet(table.title, landscape=True)
        top = self._title(sheet, [(head.contest, 13), (table.title, 18)], last)
        self._text(sheet, top, 0, table.counts, self._format(font_color="#55524C"))
        self._text(sheet, top, last, head.formula, self._format(font_color="#55524C", align="right"))
        look = self._format(bold=True, bg_color="#F4F3EF", border=1, align="center", text_wrap=True)
        for column, text in enumerate(columns):
            self._text(sheet, top + 1, column, text, look)
        for number, row in enumerate(table.rows):
            self._row(sheet, top + 2 + number, row, len(table.columns))
        end = top + 2 + len(table.rows)
        for number, tie in enumerate(table.ties):
            self._text(sheet, end + number, 0, f"{words('Ties')}　{tie}", self._format())
        widths = [6, 9, 16, 32, *[9] * len(table.columns), 10, 14, 18]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(top + 2, 3)
        sheet.repeat_rows(top + 1)
        sheet.autofilter(top + 1, 0, max(top + 2, end - 1), last)
        self._foot(sheet, self._stamp(table))

    def _row(self, sheet: Any, at: int, row: Any, figures: int) -> None:
        grey: Mapping[str, object] = {"font_color": "#55524C"} if row.plain else {}
        self._figure(sheet, at, 0, row.place, border=1, bold=not row.plain, **grey)
        for column, text in ((1, row.number), (2, row.name), (3, row.organisation)):
            self._text(sheet, at, column, text, self._format(border=1, text_wrap=column == 3, **grey))
        for column, text in enumerate(row.figures, 4):
            self._figure(sheet, at, column, text, border=1, **grey)
        self._figure(sheet, at, 4 + figures, row.total, border=1, bold=not row.plain, **grey)
        centred = self._format(border=1, align="center", **grey)
        self._text(sheet, at, 5 + figures, row.award, centred)
        self._text(sheet, at, 6 + figures, row.titles, centred)

    def marks(self, table: MarksTable) -> None:
        """The marks of one module."""
        words = self.words
        columns = [words("Number"), words("Name@of a person"), words("Criterion"), *table.judges]
        sheet = self._sheet(table.title, landscape=len(columns) > 7)
        top = self._title(sheet, [(table.title, 16)], len(columns) - 1)
        look = self._format(bold=True, bg_color="#F4F3EF", border=1, align="center", text_wrap=True)
        for column, text in enumerate(columns):
            self._text(sheet, top, column, text, look)
        for at, row in enumerate(table.rows, top + 1):
            for column, text in enumerate((row.number, row.name, row.criterion)):
                self._text(sheet, at, column, text, self._format(border=1))
            for column, text in enumerate(row.values, 3):
                self._figure(sheet, at, column, text, border=1)
        for column, width in enumerate([9, 16, 28, *[9] * len(table.judges)]):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(top + 1, 3)
        sheet.repeat_rows(top)
        self._foot(sheet, table.title)

    def protocol(self, table: Table) -> None:
        """The page to be signed: what was decided, by which rules, with the check code."""
        words, head = self.words, table.head
        sheet = self._sheet(words("Protocol {title}", title=table.title), landscape=False)
        top = self._title(sheet, [(head.contest, 13), (words("Protocol {title}", title=table.title), 18)], 3)
        facts = (
            (words("Counts"), table.counts),
            (words("Rules"), head.formula),
            (words("Plan version"), str(head.plan_version)),
            (words("Check code of the result"), table.check_code),
            (words("Printed at"), head.printed_at),
        )
        label, value = self._format(border=1, bold=True), self._format(border=1, text_wrap=True)
        for row, (name, text) in enumerate(facts, top + 1):
            sheet.set_row(row, 24)
            self._text(sheet, row, 0, name, label)
            sheet.merge_range(row, 1, row, 3, "", value)
            self._text(sheet, row, 1, text, value)
        at = top + 2 + len(facts)
        for row, signer in enumerate(
            (words("Chief judge"), words("Encryption judge"), words("Supervisor"), words("Recorder"))
        ):
            sheet.set_row(at + row, 34)
            self._text(sheet, at + row, 0, signer, self._format())
            self._text(sheet, at + row, 1, "", self._format(bottom=1))
            self._text(sheet, at + row, 2, words("Time"), self._format(align="right"))
            self._text(sheet, at + row, 3, "", self._format(bottom=1))
        if head.day:
            self._text(sheet, at + 5, 3, chinese_date(head.day), self._format(align="right"))
        for column, width in enumerate([20, 30, 10, 26]):
            sheet.set_column(column, column, width)
        self._foot(sheet, self._stamp(table))

    def _stamp(self, table: Table) -> str:
        words, head = self.words, table.head
        version = words("Plan version {version}", version=head.plan_version)
        code = words("check code {code}", code=table.check_code)
        parts = [version, code, words("Printed {time}", time=head.printed_at)]
        return "　".join([*parts, head.draft] if head.draft else parts)
