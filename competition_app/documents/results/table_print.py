"""A table of the window on paper: A4 landscape, title, columns as they are shown, page n of m."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from competition_app.documents.paper import fonts
from competition_app.documents.paper.paper import Paper, SetText
from competition_app.documents.paper.typesetting import MM, Line, Phrase, balanced, fitting_size, line
from competition_app.i18n import Words

WIDTH, HEIGHT, LEFT, RIGHT = 297.0, 210.0, 14.0, 283.0
_TOP, _LOWEST, _ROW = 30.0, 196.0, 7.0
_PAD = 1.2
ROWS = int((_LOWEST - _TOP) / _ROW) - 1
"""How many rows stand on a page under their head."""


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A column: its title, its share of the width, and whether it holds figures (set at the right)."""

    title: str
    width: float
    figures: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as it is shown. ``about`` says whose it is; ``printed_at`` when it was printed."""

    title: str
    about: str
    columns: tuple[PrintedColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    printed_at: str


def table_pdf(table: PrintedTable, words: Words) -> bytes:
    """The table as a PDF; a table without rows is one page with its head."""
    made = io.BytesIO()
    paper = Paper(made, WIDTH, HEIGHT, table.title)
    pages = max(1, -(-len(table.rows) // ROWS))
    for page in range(pages):
        _page(paper, table, table.rows[page * ROWS : (page + 1) * ROWS])
        where = words("Page {page} of {n}", page=page + 1, n=pages)
        _put(paper, where, 9, WIDTH / 2, HEIGHT - 6, "centre", "grey")
        _put(paper, words("Printed {time}", time=table.printed_at), 9, RIGHT, HEIGHT - 6, "right", "grey")
        paper.showPage()
    paper.save()
    return made.getvalue()


def _page(paper: Paper, table: PrintedTable, rows: Sequence[tuple[str, ...]]) -> None:
    _put(paper, table.title, 15, LEFT, 17, "left", "ink", "H7")
    _put(paper, table.about, 9.5, LEFT, 24, "left", "grey")
    paper.box(LEFT, _TOP, RIGHT - LEFT, _ROW, "head")
    paper.rule(LEFT, _TOP, RIGHT, _TOP, "ink", 0.4)
    edges = _edges(table.columns)
    for at, cells in enumerate(([column.title for column in table.columns], *rows)):
        top = _TOP + at * _ROW
        for column, text, left, right in zip(table.columns, cells, edges, edges[1:], strict=False):
            _cell(paper, text, left + _PAD, right - _PAD, top, figures=column.figures, head=at == 0)
        paper.rule(
            LEFT, top + _ROW, RIGHT, top + _ROW, "ink" if at == 0 else "rule", 0.3 if at == 0 else 0.15
        )


def _edges(columns: Sequence[PrintedColumn]) -> list[float]:
    whole = sum(column.width for column in columns) or 1.0
    edges = [LEFT]
    for column in columns:
        edges.append(edges[-1] + (RIGHT - LEFT) * column.width / whole)
    return edges


def _cell(
    paper: Paper, text: str, left: float, right: float, top: float, *, figures: bool, head: bool
) -> None:
    """A cell in one line, smaller where it must be, then in two to four; no text is dropped."""
    if not text:
        return
    role, room = "H7" if head else "H4", (right - left) * MM
    size = fitting_size(role, text, 9.5, 6.5, room)
    lines: Sequence[Line] = (line(role, size, text),) if size else _small(role, text, room)
    step = lines[0].size * 1.15 / MM
    first = top + _ROW / 2 + lines[0].size * 0.36 / MM - (len(lines) - 1) * step / 2
    for at, one in enumerate(lines):
        x = right - one.width / MM if figures else left
        paper.text(SetText(one, x, first + at * step))


def _small(role: str, text: str, room: float) -> Sequence[Line]:
    for size, most in ((6.5, 2), (5.5, 3), (4.0, 4)):
        lines = balanced((Phrase(text),), role, (size,), room, most)
        if lines is not None:
            return lines
    return (line(role, room / fonts.width(role, text), text),)


def _put(
    paper: Paper, text: str, size: float, x: float, y: float, align: str, colour: str, role: str = "H4"
) -> None:
    one = line(role, fitting_size(role, text, size, 5, (RIGHT - LEFT) * MM) or 5, text)
    width = one.width / MM
    paper.text(SetText(one, x - {"left": 0.0, "centre": width / 2, "right": width}[align], y, colour))
