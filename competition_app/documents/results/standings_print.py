"""The standings as a signed page: A4 landscape, the table, the ties explained, the signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from competition_app.documents.paper import fonts
from competition_app.documents.paper.paper import Paper, SetText
from competition_app.documents.paper.typesetting import (
    MM,
    Line,
    Phrase,
    balanced,
    chinese_date,
    fitting_size,
    line,
)
from competition_app.documents.results.standings_table import Row, Table
from competition_app.documents.saving import save
from competition_app.domain.errors import Refusal
from competition_app.i18n import Words

WIDTH, HEIGHT, LEFT, RIGHT = 297.0, 210.0, 18.0, 279.0
_ROW, _HEAD = 9.0, 9.0
_FIRST_TOP, _NEXT_TOP = 44.0, 21.0  # of the table
_FIRST_ROWS, _NEXT_ROWS = 15, 18
_LOWEST = 193.0  # nothing but the foot below
_TIE, _SIGNATURES = 6.0, 25.0  # heights
_TIES_BELOW, _TIES_ALONE = 12, 23  # more ties than this stand on pages of their own, so many a page
_PAD = 1.5


@dataclass(frozen=True, slots=True)
class _Column:
    left: float
    right: float
    align: str
    bold: bool = False


def write_standings(tables: Sequence[Table], target: Path, words: Words) -> int:
    """One PDF with every division's standings; returns its number of pages. Refuses an empty list."""
    if not any(table.rows for table in tables):
        raise Refusal("There are no standings to print. Enter results first.")
    pages = 0

    def draw(file: BinaryIO) -> None:
        nonlocal pages
        pages = draw_standings(file, [table for table in tables if table.rows], words)

    save(target, draw)
    return pages


def draw_standings(file: BinaryIO, tables: Sequence[Table], words: Words) -> int:
    """Draw the standings into a file; returns the number of pages."""
    paper = Paper(file, WIDTH, HEIGHT, f"{tables[0].head.contest} {tables[0].title}")
    count = 0
    for table in tables:
        sheets = _pages(table)
        for number, page in enumerate(sheets):
            _Sheet(paper, table, words).draw(page, number, len(sheets))
            paper.showPage()
        count += len(sheets)
    paper.save()
    return count


@dataclass(frozen=True, slots=True)
class _Page:
    rows: tuple[Row, ...]
    ties: tuple[str, ...] = ()


def _pages(table: Table) -> list[_Page]:
    """What stands on each page; signatures that need a page of their own take two rows along."""
    rows, ties = table.rows, table.ties
    many = len(ties) > _TIES_BELOW
    cuts = [0, *range(_FIRST_ROWS, len(rows), _NEXT_ROWS), len(rows)]
    top = (_FIRST_TOP if len(cuts) == 2 else _NEXT_TOP) + _HEAD
    tail = 0 if many else len(ties) * _TIE + _SIGNATURES
    if top + (cuts[-1] - cuts[-2]) * _ROW + tail > _LOWEST:
        cuts.insert(-1, max(cuts[-2] + 1, len(rows) - 2))
    elif len(cuts) > 2:
        cuts[-2] = min(cuts[-2], len(rows) - 2)
    pages = [_Page(rows[start:end]) for start, end in pairwise(cuts)]
    if not many:
        return [*pages[:-1], _Page(pages[-1].rows, ties)]
    return pages + [_Page((), ties[at : at + _TIES_ALONE]) for at in range(0, len(ties), _TIES_ALONE)]


def _columns(table: Table) -> list[_Column]:
    """Place, number, name, organisation, a figure for each column, total, prize, from 18 to 279."""
    count = len(table.columns)
    figure = 18.0 if count <= 4 else max(11.0, 96.0 / count)
    rest = RIGHT - LEFT - 14 - 16 - 22 - 23 - count * figure
    widths = [14.0, 16.0, rest * 50 / 114, rest * 64 / 114, *[figure] * count, 22.0, 23.0]
    aligns = ["centre", "centre", "left", "left", *["right"] * count, "right", "centre"]
    columns, left = [], LEFT
    for number, (width, align) in enumerate(zip(widths, aligns, strict=True)):
        columns.append(_Column(left, left + width, align, bold=number in (0, len(widths) - 2)))
        left += width
    return columns


class _Sheet:
    """One page of a table."""

    def __init__(self, paper: Paper, table: Table, words: Words) -> None:
        self.paper = paper
        self.table = table
        self.words = words
        self.columns = _columns(table)

    def draw(self, page: _Page, number: int, count: int) -> None:
        """Everything on the page."""
        if self.table.head.draft:
            self._mark(self.table.head.draft)
        top = _FIRST_TOP if number == 0 else _NEXT_TOP
        if number == 0:
            self._title()
        else:
            self._put("H4", 9, f"{self.table.head.contest}　{self.table.title}", LEFT, 17, "left", "grey")
        bottom = self._rows(page.rows, top) if page.rows else top
        after = self._ties(page.ties, bottom)
        if number == count - 1:
            self._signatures(after, bottom)
        self._foot(number, count)

    def _put(
        self, role: str, size: float, text: str, x: float, y: float, align: str, colour: str = "ink"
    ) -> None:
        one = line(role, size, text)
        start = {"left": x, "centre": x - one.width / MM / 2, "right": x - one.width / MM}[align]
        if one.pieces:
            self.paper.text(SetText(one, start, y, colour))

    def _title(self) -> None:
        head = self.table.head
        for role, size, text, y, tracking in (
            ("S4", 13.0, head.contest, 21.0, 0.6),
            ("S7", 20.0, self.table.title, 31.0, 0.8),
        ):
            fit = fitting_size(role, text, size, 9, (RIGHT - LEFT) * MM, tracking) or 9
            one = line(role, fit, text, tracking)
            self.paper.text(SetText(one, WIDTH / 2 - one.width / MM / 2, y))
        self._put("H4", 9.5, self.table.counts, LEFT, 40, "left", "grey")
        self._put("H4", 9.5, head.formula, RIGHT, 40, "right", "grey")

    def _rows(self, rows: Sequence[Row], top: float) -> float:
        """The table's head and rows; where it ends."""
        paper = self.paper
        if not self.table.head.draft:
            paper.box(LEFT, top, RIGHT - LEFT, _HEAD, "head")
        paper.rule(LEFT, top, RIGHT, top, "ink", 0.5)
        words = self.words
        heads = [words("Place"), words("Number"), words("Name@of a person"), words("Organisation"),
                 *self.table.columns, words("Total"), words("Prize")]  # fmt: skip
        for column, text in zip(self.columns, heads, strict=True):
            self._cell(column, text, top, "H7", 9.5, "ink")
        paper.rule(LEFT, top + _HEAD, RIGHT, top + _HEAD, "ink", 0.3)
        y = top + _HEAD
        for number, row in enumerate(rows):
            self._row(row, y)
            y += _ROW
            after = rows[number + 1] if number + 1 < len(rows) else None
            if after is not None:
                changes = row.award != after.award and not row.plain
                paper.rule(LEFT, y, RIGHT, y, "ink" if changes else "rule", 0.3 if changes else 0.15)
        paper.rule(LEFT, y, RIGHT, y, "ink", 0.5)
        return y

    def _row(self, row: Row, top: float) -> None:
        cells = [row.place, row.number, row.name, row.organisation, *row.figures, row.total, row.award]
        colour = "grey" if row.plain else "ink"
        for column, text in zip(self.columns, cells, strict=True):
            bold = column.bold and not row.plain
            self._cell(column, text, top, "H7" if bold else "H4", 11 if bold else 10.5, colour)

    def _cell(self, column: _Column, text: str, top: float, role: str, size: float, colour: str) -> None:
        room = column.right - column.left - 2 * _PAD
        x = {
            "left": column.left + _PAD,
            "centre": (column.left + column.right) / 2,
            "right": column.right - _PAD,
        }
        fit = fitting_size(role, text, size, 7.5, room * MM)
        if fit is not None:
            middle = top + _ROW / 2 + fit * 0.36 / MM
            self._put(role, fit, text, x[column.align], middle, column.align, colour)
            return
        lines, step = _small_lines(role, text, room)
        first = top + _ROW / 2 + lines[0].size * 0.36 / MM - (len(lines) - 1) * step / 2
        for number, one in enumerate(lines):
            width = one.width / MM
            start = {"left": 0.0, "centre": width / 2, "right": width}[column.align]
            self.paper.text(SetText(one, x[column.align] - start, first + number * step, colour))

    def _ties(self, ties: Sequence[str], bottom: float) -> float:
        """The ties explained under the table; where the next line would stand."""
        y = bottom + 6.4
        for number, tie in enumerate(ties):
            if number == 0:
                self._put("H7", 9, self.words("Ties"), LEFT, y, "left")
            fit = fitting_size("H4", tie, 9, 6, (RIGHT - LEFT - 10) * MM) or 6
            self._put("H4", fit, tie, LEFT + 10, y, "left")
            y += _TIE
        return y

    def _signatures(self, y: float, bottom: float) -> None:
        words = self.words
        signers = (words("Chief judge"), words("Encryption judge"), words("Supervisor"), words("Recorder"))
        y = min(max(y + 10, min(182.0, bottom + 29)), 184.0)
        for number, signer in enumerate(signers):
            x = LEFT + number * 65.2
            self._put("H4", 10.5, signer, x, y - 1, "left")
            self.paper.rule(x + 19, y + 0.8, x + 57, y + 0.8, "ink", 0.25)
        head = self.table.head
        day = chinese_date(head.day) if head.day else "　　　　年　　月　　日"
        self._put("S4", 11, f"{day}　　时　　分", RIGHT, y + 9, "right")

    def _foot(self, number: int, count: int) -> None:
        head, words = self.table.head, self.words
        version = words("Plan version {version}", version=head.plan_version)
        code = words("check code {code}", code=self.table.check_code)
        self._put("H4", 8, f"{version}　{code}", LEFT, 202.5, "left", "grey")
        self._put(
            "H4", 8, words("Page {page} of {n}", page=number + 1, n=count), WIDTH / 2, 202.5, "centre", "grey"
        )
        self._put("H4", 8, words("Printed {time}", time=head.printed_at), RIGHT, 202.5, "right", "grey")

    def _mark(self, text: str) -> None:
        """The word across the page until the result is locked."""
        one = line("H7", 110, text, 30)
        self.paper.saveState()
        self.paper.translate(WIDTH / 2 * MM, HEIGHT / 2 * MM)
        self.paper.rotate(28)
        self.paper.text(SetText(one, -one.width / MM / 2, HEIGHT + 14, "mark"))
        self.paper.restoreState()


def _small_lines(role: str, text: str, room: float) -> tuple[tuple[Line, ...], float]:
    """A long cell in two lines at 7.5 pt or three at 6; in more when it must be: no text is dropped."""
    for size, most in ((7.5, 2), (6.0, 3), (4.5, 4)):
        lines = balanced((Phrase(text),), role, (size,), room * MM, most)
        if lines is not None:
            return lines, size * 1.15 / MM
    return (line(role, room * MM / fonts.width(role, text), text),), 0.0
