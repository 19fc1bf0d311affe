"""The rows of a score sheet's table: the criterion and its points, where to write, the box for no mark."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from competition_app.documents.paper.paper import Paper
from competition_app.documents.paper.typesetting import Line
from competition_app.documents.sheets.sheet_content import SheetItem, Way
from competition_app.documents.sheets.sheet_text import filled, put, put_lines, step
from competition_app.i18n import Words

EDGES = (18.0, 28.0, 90.0, 105.0, 177.0, 192.0)
"""The columns: number, criterion, full points, mark, no mark."""
HEAD = 8.0
_BAND = 6.5
_WRITE, _ROOM = EDGES[3] + 4, EDGES[4] - EDGES[3] - 8
_BOX, _HIGH, _POINT, _LEVEL = 7.2, 8.4, 2.0, 7.7
_LEAST = {Way.FIGURE: 20.0, Way.TALLY: 20.0, Way.CHECK: 17.0, Way.LEVELS: 20.0}


@dataclass(frozen=True)
class SheetRow:
    """A row that can be drawn under any other; ``heading`` ones never stand last on a page."""

    height: float
    draw: Callable[[Paper, float], None]
    heading: bool = False


@dataclass(frozen=True)
class _Words:
    """The words that stand in every row."""

    yes: str
    no: str
    tally: str


def sheet_rows(items: Sequence[SheetItem], words: Words) -> tuple[SheetRow, ...]:
    """A row for each item, and one for each heading above the items that stand under it."""
    said = _Words(words("Passes@check"), words("Fails@check"), words("Tally@sheet"))
    rows: list[SheetRow] = []
    before = ""
    for item in items:
        if item.heading and item.heading != before:
            rows.append(SheetRow(_BAND, partial(_draw_band, text=item.heading), heading=True))
        before = item.heading
        rows.append(_row(item, said))
    return tuple(rows)


def draw_head(paper: Paper, top: float, words: Words) -> None:
    """The head of the table."""
    titles = (
        words("No.@sheet"), words("Criterion and standard"), words("Full@points"), words("Mark@sheet"),
        words("No mark@sheet"),
    )  # fmt: skip
    paper.box(EDGES[0], top, EDGES[-1] - EDGES[0], HEAD, "head")
    for title, left, right in zip(titles, EDGES, EDGES[1:], strict=False):
        put(paper, title, (left + right) / 2, top + 5.4, "H7", 9.5, room=right - left - 1, side="centre")
    _lines(paper, top, HEAD)


def _lines(paper: Paper, top: float, height: float) -> None:
    """The line under a row and those between its columns."""
    paper.rule(EDGES[0], top + height, EDGES[-1], top + height, "ink", 0.25)
    for x in EDGES[1:-1]:
        paper.rule(x, top, x, top + height, "ink", 0.25)


def _draw_band(paper: Paper, top: float, *, text: str) -> None:
    put(paper, text, EDGES[0] + 2, top + 4.5, "H7", 9, room=EDGES[-1] - EDGES[0] - 4)
    paper.rule(EDGES[0], top + _BAND, EDGES[-1], top + _BAND, "ink", 0.25)


def _row(item: SheetItem, said: _Words) -> SheetRow:
    room = EDGES[2] - EDGES[1] - 4
    name, standard = filled(item.name, "H4", 11.5, room, 2), filled(item.standard, "H4", 8.5, room, 4)
    texts = 6.5 + (len(name) - 1) * step(name) + len(standard) * step(standard) + 3.5
    note = filled(item.note, "H4", 8, _ROOM, 3) if item.way in (Way.FIGURE, Way.TALLY) else ()
    place = 3.5 + _HIGH + 3 + len(note) * step(note)
    levels = tuple(filled(text, "H4", 9, _ROOM - 9 - (14 if at == 0 else 0), 2)
                   for at, text in enumerate(item.levels))  # fmt: skip
    if item.way is Way.LEVELS:
        place = 4.2 + _LEVEL * len(levels) if any(item.levels) else 0
    height = max(_LEAST[item.way], texts, place)
    draw = partial(_draw, item=item, name=name, standard=standard, note=note, levels=levels, said=said,
                   height=height)  # fmt: skip
    return SheetRow(height, draw)


def _draw(
    paper: Paper, top: float, *, item: SheetItem, name: Sequence[Line], standard: Sequence[Line],
    note: Sequence[Line], levels: Sequence[Sequence[Line]], said: _Words, height: float,
) -> None:  # fmt: skip
    first = top + 6.5
    put(paper, item.code, (EDGES[0] + EDGES[1]) / 2, first, "H7", 10.5, room=8.4, side="centre")
    put_lines(paper, name, EDGES[1] + 2, first)
    put_lines(paper, standard, EDGES[1] + 2, first + (len(name) - 1) * step(name) + 4.8, "grey")
    put(paper, item.full, (EDGES[2] + EDGES[3]) / 2, first, size=11.5, room=13, side="centre")
    if item.way is Way.LEVELS:
        _draw_levels(paper, top, item, levels)
    elif item.way is Way.CHECK:
        _draw_check(paper, top + height / 2, item, said)
    else:
        _draw_boxes(paper, top + 3.5, item, said)
        put_lines(paper, note, _WRITE, top + 3.5 + _HIGH + 3.2, "grey")
    middle = (EDGES[4] + EDGES[5]) / 2
    paper.box(middle - 2.3, top + 4.2, 4.6, 4.6, "ink", 0.3)
    _lines(paper, top, height)


def _draw_boxes(paper: Paper, top: float, item: SheetItem, said: _Words) -> None:
    """A box a digit with the point printed between, then the unit; for faults also a line to tally on."""
    x = _WRITE
    if item.signed:
        put(paper, "±", x + 1.6, top + 6, size=12, side="centre")
        x += 4
    for place in range(item.whole + item.part):
        if place == item.whole:
            paper.disc(x + _POINT / 2, top + _HIGH - 1.2, 0.55, "ink")
            x += _POINT
        paper.box(x, top, _BOX, _HIGH, "ink", 0.3)
        x += _BOX
    right = put(paper, item.unit, x + 2.5, top + 5.6, size=10, room=EDGES[4] - x - 4)
    if item.way is Way.TALLY:
        start = put(paper, said.tally, right + 6, top + 5.6, size=8.5, room=14, colour="grey") + 1.5
        paper.rule(start, top + 7, EDGES[4] - 3, top + 7, "rule", 0.25)


def _draw_check(paper: Paper, middle: float, item: SheetItem, said: _Words) -> None:
    """Two boxes of which one is ticked, with what each gives."""
    for x, word, points in ((_WRITE, said.yes, item.full), (_WRITE + 31, said.no, "0")):
        paper.box(x, middle - 1.9, 3.8, 3.8, "ink", 0.3)
        put(paper, f"{word}　{points}", x + 5.2, middle + 1.4, size=9.5, room=25)


def _draw_levels(paper: Paper, top: float, item: SheetItem, levels: Sequence[Sequence[Line]]) -> None:
    """Circles to ring: with texts one under another, without any beside one another."""
    texts = any(item.levels)
    for level, lines in enumerate(levels):
        x = _WRITE + 2.6 + (0 if texts else level * min(11.0, (_ROOM - 16) / len(levels)))
        y = top + 5.7 + (_LEVEL * level if texts else 0)
        paper.ring(x, y - 0.1, 2.8, "ink", 0.3)
        put(paper, str(level), x, y + 1.5, size=10.5, side="centre")
        baseline = y + 1.2 - (len(lines) - 1) * step(lines) / 2
        put_lines(paper, lines, x + 5.6, baseline)
    put(paper, item.note, EDGES[4] - 3, top + 6.9, size=8, room=16, colour="grey", side="right")
