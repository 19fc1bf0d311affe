"""The parts of the page of rules as blocks of known height: shares, clauses, tables of criteria; in mm."""

import itertools
from collections.abc import Iterator, Sequence

from competition_app.documents.paper.typesetting import MM, Line, Phrase, broken, fitting_size, line
from competition_app.documents.plans.plan_content import Clauses, CriteriaTable, CriterionRow, Share
from competition_app.documents.results.why_place_blocks import (
    INNER,
    LEAST,
    LEFT,
    RIGHT,
    Block,
    Setter,
    fitted,
)
from competition_app.documents.results.why_place_content import Step

_NEXT = 4.3  # from one line of a wrapped text to the next
_LINE = 0.36 / MM  # from the middle of a line of 1 pt to its baseline
_SIZE = 9.5
_NUMBER, _NAME, _KIND, _MOST, _STEP, _STANDARD = 28.0, 36.0, 76.0, 110.5, 121.5, 124.0
"""Where columns begin; of most points and step it is where they end."""
_GAP = 2.0


def shares(setter: Setter, parts: Sequence[Share]) -> Block:
    """The modules side by side on a tint, each with what it counts for."""
    abreast = min(max(len(parts), 1), 4)
    rows = [parts[at : at + abreast] for at in range(0, len(parts), abreast)]
    each = (RIGHT - LEFT) / abreast
    drawn = [[_share(part, each - 8) for part in row] for row in rows]
    heights = [
        max(17.0, *(9.0 + _NEXT * (len(name) + len(below)) for _, name, below in row)) for row in drawn
    ]

    def draw(y: float) -> None:
        setter.paper.box(LEFT, y, RIGHT - LEFT, sum(heights), "tint")
        for row, high in zip(drawn, heights, strict=True):
            for place, (figure, name, below) in enumerate(row):
                left, middle = LEFT + place * each + 5, y + high / 2
                wide = setter.set_line(figure, left, middle + figure.size * _LINE, colour="red")
                lines = [*name, *below]
                top = middle - (len(lines) - 1) / 2 * (_NEXT + 0.4) + 10 * _LINE
                for turn, one in enumerate(lines):
                    colour = "ink" if turn < len(name) else "grey"
                    setter.set_line(one, left + wide + 2.6, top + turn * (_NEXT + 0.4), colour=colour)
            y += high

    return Block(sum(heights) + 1.0, draw)


def _share(part: Share, room: float) -> tuple[Line, Sequence[Line], Sequence[Line]]:
    """A module's figure, its name and what stands under it, in the room there is."""
    size = fitting_size("H7", part.share, 17, LEAST, room * 0.45 * MM) or LEAST
    figure = line("H7", size, part.share)
    left = room - figure.width / MM - 2.6
    return (
        figure,
        fitted("H7", part.name, 12, left),
        fitted("H4", part.below, LEAST, left) if part.below else [],
    )


def clauses(setter: Setter, number: int, part: Clauses) -> Iterator[Block]:
    """Sentences under a numbered heading, each with its number."""
    yield heading(setter, number, part.title)
    for place, sentence in enumerate(part.sentences, 1):
        yield _clause(setter, f"{number}.{place}", sentence)


def heading(setter: Setter, number: int, title: str) -> Block:
    """A red disc with its number, the heading, and a rule."""
    lines = fitted("H7", title, 12.5, RIGHT - INNER)
    before, under = 6.0 * setter.density, 8.0 + (len(lines) - 1) * 5.2

    def draw(y: float) -> None:
        rule, middle = y + before + under, y + before + 3.4
        setter.paper.disc(LEFT + 3.3, middle, 3.3, "red")
        setter.put("H7", 10, str(number), LEFT + 3.3, middle + 10 * _LINE, "centre", "white")
        for turn, one in enumerate(lines):
            setter.set_line(one, INNER, y + before + 4.8 + turn * 5.2)
        setter.paper.rule(INNER, rule, RIGHT, rule, "rule", 0.2)

    return Block(before + under + 1.2, draw, keep=True)


def _clause(setter: Setter, number: str, sentence: str) -> Block:
    lines = broken((Phrase(sentence),), "H4", 10, (RIGHT - INNER - 9) * MM)
    first = 5.6 * setter.density

    def draw(y: float) -> None:
        setter.put("H4", LEAST, number, INNER, y + 0.8 * first, colour="grey")
        for turn, one in enumerate(lines):
            setter.set_line(one, INNER + 9, y + 0.8 * first + turn * _NEXT)

    return Block(first + (len(lines) - 1) * _NEXT, draw)


def table(setter: Setter, part: CriteriaTable) -> Iterator[Block]:
    """A module's criteria under its name, the head repeated where a page begins with its rows."""
    title = fitted("H7", part.title, 10.5, RIGHT - INNER)

    def named(y: float) -> None:
        for turn, one in enumerate(title):
            setter.set_line(one, INNER, y + 5.4 + turn * _NEXT)

    yield Block(7.0 + (len(title) - 1) * _NEXT, named, keep=True)
    if part.note:
        yield _note(setter, part.note)
        return
    head = _head(setter, part.heads)
    yield head
    for row in part.rows:
        yield _group(setter, row, head) if row.heading else _row(setter, row, head)


def _note(setter: Setter, text: str) -> Block:
    lines = fitted("H4", text, _SIZE, RIGHT - INNER)

    def draw(y: float) -> None:
        for turn, one in enumerate(lines):
            setter.set_line(one, INNER, y + 4.0 + turn * _NEXT, colour="grey")

    return Block(5.6 + (len(lines) - 1) * _NEXT, draw)


def _head(setter: Setter, heads: Sequence[str]) -> Block:
    number, name, kind, most, step, standard = heads
    cells = [
        (fitted("H7", number, LEAST, 7.0), _NUMBER + 3, "centre"),
        (fitted("H7", name, LEAST, 38.0), _NAME, "left"),
        (fitted("H7", kind, LEAST, 19.0), _KIND, "left"), (fitted("H7", most, LEAST, 15.0), _MOST, "right"),
        (fitted("H7", step, LEAST, 10.0), _STEP, "right"),
        (fitted("H7", standard, LEAST, 64.0), _STANDARD + _GAP, "left"),
    ]  # fmt: skip
    height = 6.8 * setter.density + (max(len(lines) for lines, _, _ in cells) - 1) * _NEXT

    def draw(y: float) -> None:
        setter.paper.box(INNER, y, RIGHT - INNER, height, "head")
        for lines, x, align in cells:
            _stack(setter, lines, x, y + height / 2 + LEAST * _LINE, align)

    return Block(height, draw, keep=True)


def _group(setter: Setter, row: CriterionRow, head: Block) -> Block:
    lines = fitted("H7", row.heading, LEAST, RIGHT - _NAME)
    height = 6.0 * setter.density + (len(lines) - 1) * _NEXT

    def draw(y: float) -> None:
        _stack(setter, lines, INNER + 1.5, y + height / 2 + LEAST * _LINE)
        setter.paper.rule(INNER, y + height, RIGHT, y + height, "rule", 0.2)

    return Block(height, draw, keep=True, head=head)


def _row(setter: Setter, row: CriterionRow, head: Block) -> Block:
    name = broken((Phrase(row.name),), "H4", _SIZE, (_KIND - _NAME - _GAP) * MM)
    standard = _paragraphs(row.standard, RIGHT - _STANDARD - _GAP)
    most = fitted("H4", row.most, _SIZE, 15.0)
    kind, step = fitted("H4", row.kind, _SIZE, 19.0), fitted("H4", row.step, _SIZE, 11.0)
    lines = max(1, *(len(each) for each in (name, standard, most, kind, step)))
    height = 6.4 * setter.density + (lines - 1) * _NEXT

    def draw(y: float) -> None:
        base = y + height / 2 + _SIZE * _LINE
        setter.put("H4", LEAST, row.number, _NUMBER + 3, base, "centre", "grey")
        _stack(setter, name, _NAME, base)
        _stack(setter, kind, _KIND, base)
        _stack(setter, most, _MOST, base, "right")
        _stack(setter, step, _STEP, base, "right")
        _stack(setter, standard, _STANDARD + _GAP, base, colour="grey")
        setter.paper.rule(INNER, y + height, RIGHT, y + height, "rule", 0.15)

    return Block(height, draw, head=head)


def _paragraphs(text: str, room: float) -> list[Line]:
    """A text of several lines, each wrapped."""
    lines: list[Line] = []
    for one in text.splitlines():
        lines += broken((Phrase(one),), "H4", LEAST, room * MM)
    return lines


def _stack(
    setter: Setter, lines: Sequence[Line], x: float, base: float, align: str = "left", colour: str = "ink"
) -> None:
    """Lines about the baseline that one line would have."""
    for turn, one in enumerate(lines):
        setter.set_line(one, x, base + (turn - (len(lines) - 1) / 2) * _NEXT, align, colour)


def worked(setter: Setter, step: Step) -> Iterator[Block]:
    """A step of the worked example under a small heading; its parts are those of “why this place”."""
    title = fitted("H7", step.title, 10.5, RIGHT - INNER)

    def named(y: float) -> None:
        for turn, one in enumerate(title):
            setter.set_line(one, INNER, y + 6.4 + turn * _NEXT)

    yield Block(8.0 + (len(title) - 1) * _NEXT, named, keep=True)
    yield from itertools.islice(setter.step(0, step), 1, None)
