"""The parts of a page “why this place” as blocks of known height, drawn from their top; lengths in mm."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from competition_app.documents.paper.paper import Paper, SetText
from competition_app.documents.paper.typesetting import MM, Line, Phrase, broken, fitting_size, line
from competition_app.documents.results.why_place_content import (
    Cell,
    Grid,
    KeyRow,
    Keys,
    Note,
    Part,
    Step,
    Sum,
    Tile,
    Tiles,
)

LEFT, RIGHT, INNER = 18.0, 192.0, 28.0
LEAST = 9.0
"""No text is smaller, in pt."""
_FORMULA, _REMARK, _RESULT = 64.0, 137.7, 168.0  # where these columns start
_NEXT = 4.4  # from one line of a wrapped text to the next
_ABREAST = 9  # judges' tiles in a row
_OUTCOME = 150.0
_LINE = 0.36 / MM  # from the middle of a line of 1 pt to its baseline


@dataclass(frozen=True, slots=True)
class Block:
    """Something to be drawn from a given top down. ``keep``: on one page with the next block.

    ``head`` is repeated where a page begins with this block.
    """

    height: float
    draw: Callable[[float], None]
    keep: bool = False
    head: "Block | None" = None


class Setter:
    """Draws texts on a paper and makes blocks; ``density`` 1 is the looser, less sets blocks closer."""

    def __init__(self, paper: Paper, density: float) -> None:
        self.paper = paper
        self.density = density

    def put(
        self,
        role: str,
        size: float,
        text: str,
        x: float,
        y: float,
        align: str = "left",
        colour: str = "ink",
        tracking: float = 0.0,
    ) -> float:
        """One line at a baseline; its width."""
        return self.set_line(line(role, size, text, tracking), x, y, align, colour)

    def set_line(self, one: Line, x: float, y: float, align: str = "left", colour: str = "ink") -> float:
        """A line already made; its width."""
        width = one.width / MM
        if one.pieces:
            start = {"left": x, "centre": x - width / 2, "right": x - width}[align]
            self.paper.text(SetText(one, start, y, colour))
        return width

    # blocks

    def step(self, number: int, step: Step) -> Iterator[Block]:
        """A numbered heading and the parts under it."""
        lines = fitted("H7", step.title, 12.5, RIGHT - INNER)
        more = (len(lines) - 1) * 5.2
        before, under = 7.0 * self.density, 8.0 + more
        pad = 1.8 if isinstance(step.parts[0], Keys | Grid) else 1.4

        def draw(y: float) -> None:
            rule = y + before + under
            middle = y + before + 3.4
            self.paper.disc(LEFT + 3.3, middle, 3.3, "red")
            self.put("H7", 10, str(number), LEFT + 3.3, middle + 10 * _LINE, "centre", "white")
            for turn, one in enumerate(lines):
                self.set_line(one, INNER, y + before + 4.8 + turn * 5.2)
            self.paper.rule(INNER, rule, RIGHT, rule, "rule", 0.2)

        yield Block(before + under + pad, draw, keep=True)
        for part in step.parts:
            yield from self._part(part)

    def _part(self, part: Part) -> Iterator[Block]:
        if isinstance(part, Tiles):
            yield from self._tiles(part.tiles)
        elif isinstance(part, Sum):
            yield self._sum(part)
        elif isinstance(part, Note):
            yield self._note(part)
        elif isinstance(part, Keys):
            yield from self._keys(part)
        else:
            yield from self._grid(part)

    def _note(self, note: Note) -> Block:
        colour, size = ("grey", 9.5) if note.quiet else ("ink", 10.5)
        lines = broken((Phrase(note.text),), "H4", size, (RIGHT - INNER) * MM)
        height = 7.0 * self.density

        def draw(y: float) -> None:
            for turn, one in enumerate(lines):
                self.set_line(one, INNER, y + 0.8 * height + turn * _NEXT, colour=colour)

        return Block(height + (len(lines) - 1) * _NEXT, draw, keep=not note.quiet)

    def _sum(self, part: Sum) -> Block:
        """Label, formula, what was rounded, result; a long formula takes more lines, the remark the last."""
        label = fitted("H4", part.label, 10.5, _FORMULA - INNER - 2)
        room = (_REMARK if part.remark else _RESULT) - _FORMULA - 3
        formula = fitted("H4", part.formula, 10.5, room) if part.formula else []
        beside = True
        if len(formula) > 1:
            formula, beside = fitted("H4", part.formula, 10, _RESULT - _FORMULA - 3), not part.remark
        room_left = bool(formula) and formula[-1].width / MM < _REMARK - _FORMULA - 3
        under = len(formula) - room_left  # the line on which the remark stands
        lines = max(len(label), len(formula) + (not beside and not room_left), 1)
        height, lead = 7.0 * self.density, 2.6 * self.density if part.last else 0.0

        def draw(y: float) -> None:
            if part.last:
                self.paper.rule(_FORMULA, y + lead - 0.3, RIGHT, y + lead - 0.3, "ink", 0.25)
            base = y + lead + 0.8 * height
            for turn, one in enumerate(label):
                self.set_line(one, INNER, base + turn * _NEXT)
            for turn, one in enumerate(formula):
                self.set_line(one, _FORMULA, base + turn * _NEXT)
            if beside:
                self.put_within("H4", LEAST, part.remark, _REMARK, base, _RESULT - _REMARK - 1, "grey")
            else:
                x = _REMARK if room_left else _FORMULA
                self.put("H4", LEAST, part.remark, x, base + under * _NEXT, colour="grey")
            size = fitting_size("H7", part.result, 13.5, LEAST, (RIGHT - _RESULT) * MM) or LEAST
            self.put("H7", size, part.result, RIGHT, base, "right")

        return Block(lead + height + (lines - 1) * _NEXT, draw)

    def put_within(
        self, role: str, size: float, text: str, x: float, y: float, room: float, colour: str = "ink"
    ) -> None:
        """A text in as many lines as it needs, the last one on the baseline."""
        lines = fitted(role, text, size, room)
        for turn, one in enumerate(lines):
            self.set_line(one, x, y - (len(lines) - 1 - turn) * _NEXT * 0.9, colour=colour)

    # judges' tiles

    def _tiles(self, tiles: Sequence[Tile]) -> Iterator[Block]:
        rows = -(-len(tiles) // _ABREAST)
        abreast = -(-len(tiles) // rows)
        gap = 3.0 if abreast <= 5 else 2.0
        width = (RIGHT - INNER - (max(abreast, 5) - 1) * gap) / max(abreast, 5)
        height = 19.0 if self.density > 0.85 else 16.0
        for row in range(rows):
            here = tiles[row * abreast : (row + 1) * abreast]
            yield self._tile_row(here, width, gap, height, 0.0 if row else 2.6 * self.density)

    def _tile_row(self, tiles: Sequence[Tile], width: float, gap: float, height: float, top: float) -> Block:
        def draw(y: float) -> None:
            for place, tile in enumerate(tiles):
                self._tile(tile, INNER + place * (width + gap), y + top, width, height)

        return Block(top + height + 2.0 * self.density, draw, keep=True)

    def _tile(self, tile: Tile, x: float, y: float, width: float, height: float) -> None:
        middle, grey = x + width / 2, "grey" if tile.dropped else "ink"
        if tile.dropped:
            self.paper.dashed_box(x, y, width, height, "rule", 0.25)
        else:
            self.paper.box(x, y, width, height, "ink", 0.25)
        third = height / 19
        self.put("H4", LEAST, tile.judge, middle, y + 4.6 * third, "centre", "grey")
        size = fitting_size("H4", tile.figure, 14.5, LEAST, (width - 1.6) * MM) or LEAST
        base = y + 9.8 * third + size * _LINE
        wide = self.put("H4", size, tile.figure, middle, base, "centre", grey)
        if tile.dropped and len(tile.figure) > 1:
            strike = base - size * _LINE
            self.paper.rule(middle - wide / 2 - 1, strike, middle + wide / 2 + 1, strike, "red", 0.45)
        fate = tile.fate if line("H4", LEAST, tile.fate).width <= (width - 1) * MM else tile.brief
        self.put("H4", LEAST, fate, middle, y + height - 2.5 * third, "centre", "grey")

    # tie keys

    def _keys(self, keys: Keys) -> Iterator[Block]:
        values = len(keys.heads) - 3
        each = {1: 26.0, 2: 26.0, 3: 22.0}.get(values, 19.0)
        edges = [_OUTCOME - 8 - each * (values - 1 - place) for place in range(values)]
        room = edges[0] - each - 42.0 + 4
        height = 7.62 * self.density

        def heads(y: float) -> None:
            self.paper.box(INNER, y, RIGHT - INNER, height, "head")
            base = y + height / 2 + LEAST * _LINE
            self.put("H7", LEAST, keys.heads[0], 34, base, "centre")
            self.put("H7", LEAST, keys.heads[1], 42, base)
            for edge, text in zip(edges, keys.heads[2:-1], strict=True):
                self._figure("H7", LEAST, text, edge, base, each - 2)
            self.put("H7", LEAST, keys.heads[-1], _OUTCOME, base)

        head = Block(height, heads, keep=True)
        yield head
        for order, row in enumerate(keys.rows, 1):
            yield self._key(order, row, edges, each, room, head)
        yield Block(2.0 * self.density, lambda _y: None)

    def _key(
        self, order: int, row: KeyRow, edges: Sequence[float], each: float, room: float, head: Block
    ) -> Block:
        role = "H7" if row.use == "decided" else "H4"
        colour = "grey" if row.use == "unused" else "ink"
        rule = fitted(role, row.rule, 9.5, room)
        verdict = fitted(role, row.verdict, 9.5, RIGHT - _OUTCOME)
        height = 7.62 * self.density + (max(len(rule), len(verdict)) - 1) * _NEXT

        def draw(y: float) -> None:
            if row.use == "decided":
                self.paper.box(INNER, y, RIGHT - INNER, height, "tint")
            base = y + height / 2 + 9.5 * _LINE
            self.put(role, 9.5, str(order), 34, base, "centre", colour)
            self._stack(rule, 42, base, colour)
            for edge, text in zip(edges, row.values, strict=True):
                self._figure(role, 9.5, text, edge, base, each - 2, colour)
            self._stack(verdict, _OUTCOME, base, colour)
            self.paper.rule(INNER, y + height, RIGHT, y + height, "rule", 0.2)

        return Block(height, draw, head=head)

    def _stack(self, lines: Sequence[Line], x: float, base: float, colour: str) -> None:
        """Lines about the baseline that one line would have."""
        for turn, one in enumerate(lines):
            self.set_line(one, x, base + (turn - (len(lines) - 1) / 2) * _NEXT, colour=colour)

    def _figure(
        self, role: str, size: float, text: str, edge: float, base: float, room: float, colour: str = "ink"
    ) -> None:
        lines = fitted(role, text, size, room)
        for turn, one in enumerate(lines):
            self.set_line(one, edge, base + (turn - (len(lines) - 1) / 2) * _NEXT, "right", colour)

    # criteria against judges

    def _grid(self, grid: Grid) -> Iterator[Block]:
        judges = len(grid.heads) - 1
        sums = 17.0 * len(grid.sums)
        each = min(14.0, (RIGHT - INNER - sums - 40.0) / max(judges, 1))
        edges = [RIGHT - sums - each * (judges - 1 - place) - 1.5 for place in range(judges)]
        edges += [RIGHT - 17.0 * (len(grid.sums) - 1 - place) - 1.5 for place in range(len(grid.sums))]
        room = RIGHT - INNER - sums - each * judges - 3
        height = 6.6 * max(self.density, 0.8)

        def heads(y: float) -> None:
            self.paper.box(INNER, y, RIGHT - INNER, height, "head")
            base = y + height / 2 + LEAST * _LINE
            self.put("H7", LEAST, grid.heads[0], INNER + 1.5, base)
            for edge, text in zip(edges, (*grid.heads[1:], *grid.sums), strict=True):
                self.put("H7", LEAST, text, edge, base, "right")

        head = Block(height, heads, keep=True)
        yield head
        for row in grid.rows:
            yield self._grid_row(row, edges, room, height, judges, head)
        yield Block(1.5 * self.density, lambda _y: None)

    def _grid_row(
        self,
        row: Sequence[Cell],
        edges: Sequence[float],
        room: float,
        height: float,
        judges: int,
        head: Block,
    ) -> Block:
        name = fitted("H4", row[0].text, 9.5, room)
        tall = height + (len(name) - 1) * _NEXT

        def draw(y: float) -> None:
            base = y + tall / 2 + 9.5 * _LINE
            self._stack(name, INNER + 1.5, base, "ink")
            for place, (edge, cell) in enumerate(zip(edges, row[1:], strict=False)):
                role = "H4" if place < judges else "H7"
                text = cut_figure(role, cell.text, edge - ([INNER + room, *edges][place]) - 1.0)
                wide = self.put(role, LEAST, text, edge, base, "right", "grey" if cell.struck else "ink")
                if cell.struck:
                    strike = base - LEAST * _LINE
                    self.paper.rule(edge - wide - 0.5, strike, edge + 0.5, strike, "red", 0.35)
            self.paper.rule(INNER, y + tall, RIGHT, y + tall, "rule", 0.15)

        return Block(tall, draw, head=head)


def cut_figure(role: str, text: str, room: float) -> str:
    """A figure at 9 pt in a column: digits behind the point that have no room are cut with …."""
    whole, point, part = text.partition(".")
    while part and line(role, LEAST, text).width > room * MM:
        part = part.rstrip("…")[:-1]
        text = f"{whole}{point}{part}…" if part else f"{whole}…"
    return text


def fitted(role: str, text: str, size: float, room: float) -> Sequence[Line]:
    """The text in one line, down to 9 pt; else in as many lines at 9 pt as it needs."""
    fit = fitting_size(role, text, size, LEAST, room * MM)
    if fit is not None:
        return [line(role, fit, text)]
    return broken((Phrase(text),), role, LEAST, room * MM)
