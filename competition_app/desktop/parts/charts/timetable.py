"""The day as blocks by place, the hours above, a line for now behind the blocks."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from competition_app.desktop.look import theme
from competition_app.desktop.parts.charts.axis import hairline
from competition_app.desktop.parts.charts.chart import CENTRE, LEFT, Chart
from competition_app.desktop.parts.controls import draw_box
from competition_app.i18n import tr

HOUR = 60
DAY_END = 24 * HOUR
LEAST_HOURS = 4
"""The axis spans at least so many hours, so that one short item is no giant."""


@dataclass(frozen=True, slots=True)
class Block:
    """What takes place: words, where, from and to in minutes of the day; ``urgent``: a person must act."""

    words: str
    place: str
    starts: int
    ends: int
    urgent: bool = False

    def looks(self, now: int | None) -> str:
        """``over``, ``on``, ``later`` or ``urgent``; without a now all is still to come."""
        if now is None or self.starts > now:
            return "later"
        if self.ends <= now:
            return "over"
        return "urgent" if self.urgent else "on"


def clock(minutes: int) -> str:
    """Minutes of the day as 9:05; the end of the day is 24:00."""
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"


@dataclass(frozen=True, slots=True)
class _Lane:
    """A row of blocks that do not overlap; a place has as many as it needs, named once."""

    name: str
    blocks: tuple[Block, ...]


def lanes(blocks: Sequence[Block]) -> list[_Lane]:
    """The rows: places in the order of their first block, what overlaps at one place in rows of its own."""
    places: dict[str, list[list[Block]]] = {}
    for block in sorted(blocks, key=lambda one: one.starts):
        rows = places.setdefault(block.place, [])
        free = next((row for row in rows if row[-1].ends <= block.starts), None)
        if free is None:
            rows.append([block])
        else:
            free.append(block)
    return [
        _Lane(place if first else "", tuple(row))
        for place, rows in places.items()
        for first, row in ((n == 0, row) for n, row in enumerate(rows))
    ]


def hours(blocks: Sequence[Block], now: int | None) -> tuple[int, int]:
    """The first and the last hour of the axis (minutes of the day); a near now is let in."""
    first = min(block.starts for block in blocks) // HOUR
    last = -(-max(block.ends for block in blocks) // HOUR)
    if now is not None and now < DAY_END and (first - 1) * HOUR <= now <= (last + 1) * HOUR:
        first, last = min(first, now // HOUR), max(last, -(-now // HOUR))
    missing = LEAST_HOURS - (last - first)
    if missing > 0:
        first = max(0, first - missing // 2)
        last = first + LEAST_HOURS
    return first * HOUR, last * HOUR


class Timetable(Chart):
    """One day's blocks; ``now`` in minutes of that day, DAY_END where it is over, None where it comes."""

    def __init__(self, name: str, nothing: str = "") -> None:
        super().__init__(name, nothing)
        self.blocks: tuple[Block, ...] = ()
        self.now: int | None = None
        self._boxes: list[tuple[QRectF, Block]] = []

    @property
    def empty(self) -> bool:
        """Whether nothing takes place."""
        return not self.blocks

    def show_blocks(self, blocks: Sequence[Block], now: int | None) -> None:
        """Show these blocks and where the day is."""
        self.blocks, self.now = tuple(blocks), now
        self.changed()

    def describe(self) -> str:
        """Each block in words, in the order of time."""
        return "\n".join(self._said(block) for block in sorted(self.blocks, key=lambda one: one.starts))

    def _said(self, block: Block) -> str:
        said = f"{clock(block.starts)}–{clock(block.ends)}  {block.place}  {block.words}"
        return f"{said}  {tr('now@step')}" if block.looks(self.now) in ("on", "urgent") else said

    def tip_at(self, at: QPoint) -> str:
        """The block under the mouse."""
        return next((self._said(block) for box, block in self._boxes if box.contains(at)), "")

    def boxes(self) -> list[QRectF]:
        """Where the blocks were painted last, in the order of ``shown_words``."""
        return [box for box, _block in self._boxes]

    def shown_words(self) -> list[str]:
        """The words of the blocks that had room when it was painted last."""
        return [block.words for _box, block in self._boxes]

    def draw(self, painter: QPainter, box: QRect) -> None:
        """Hours, now, rows of blocks, the places left of them."""
        painter.setFont(theme.font("caption"))
        start, end = hours(self.blocks, self.now)
        rows = lanes(self.blocks)
        wide = max(painter.fontMetrics().horizontalAdvance(row.name) for row in rows)
        name = min(wide + theme.space(4), box.width() // 4)
        head = theme.line_height("caption") + theme.space(2)
        field = QRect(box.left() + name + theme.space(3), box.top() + head, 0, 0)
        field.setRight(box.right() - theme.space(4))
        field.setBottom(box.bottom())
        shown = self._fitting(rows, field.height())
        pitch = min(theme.space(6), field.height() // len(shown))
        field.setHeight(pitch * len(shown) + theme.space(1))
        if len(shown) < len(rows):
            painter.setPen(theme.color("inkTertiary"))
            corner = QRect(box.left(), box.top(), field.left() - box.left() - theme.space(4), theme.space(4))
            painter.drawText(corner, LEFT, tr("{n} more|{n} more", n=len(rows) - len(shown)))
        self._hours(painter, field, start, end)
        self._rows(painter, box, field, shown, (start, end))

    def _fitting(self, rows: list[_Lane], room: int) -> list[_Lane]:
        """The rows that have room; where not all have, those that are over go first."""
        most = max(1, room // theme.px("measure.chartLane"))
        if len(rows) <= most or self.now is None:
            return rows[:most]
        over = [row for row in rows if all(block.looks(self.now) == "over" for block in row.blocks)]
        gone = {id(row) for row in over[: len(rows) - most]}
        return [row for row in rows if id(row) not in gone][:most]

    @staticmethod
    def _x(field: QRect, minutes: float, axis: tuple[int, int]) -> float:
        return field.left() + field.width() * (minutes - axis[0]) / (axis[1] - axis[0])

    def _hours(self, painter: QPainter, field: QRect, start: int, end: int) -> None:
        line = theme.px("stroke.hairline")
        words = QRect(0, field.top() - theme.line_height("caption") - theme.space(2), theme.space(7) * 2,
                      theme.line_height("caption"))  # fmt: skip
        pill = self._pill(painter, field, (start, end))
        step = 1
        least = painter.fontMetrics().horizontalAdvance(clock(end)) + theme.space(1)
        while field.width() / ((end - start) / HOUR / step) < least:
            step += 1
        for hour in range(start // HOUR, end // HOUR + 1, step):
            x = round(self._x(field, hour * HOUR, (start, end)))
            hairline(painter, x, field.top(), line, field.height())
            words.moveLeft(x - words.width() // 2)
            said = clock(hour * HOUR)
            half = painter.fontMetrics().horizontalAdvance(said) // 2 + theme.space(1)
            if pill is None or not pill.intersects(QRect(x - half, pill.top(), 2 * half, pill.height())):
                painter.setPen(theme.color("inkTertiary"))
                painter.drawText(words, CENTRE, said)
        if pill is not None and self.now is not None:
            x = round(self._x(field, self.now, (start, end)))
            hairline(painter, x, pill.bottom(), line * 2, field.bottom() - pill.bottom(), "accentInk")
            draw_box(painter, pill, theme.color("accent"), None, theme.px("radius.pill"))
            painter.setFont(theme.font("captionStrong"))
            painter.setPen(theme.color("onAccent"))
            painter.drawText(pill, CENTRE, clock(self.now))
            painter.setFont(theme.font("caption"))

    def _pill(self, painter: QPainter, field: QRect, axis: tuple[int, int]) -> QRect | None:
        """The red tile that names now; None where now is not on the axis."""
        if self.now is None or not axis[0] <= self.now <= axis[1] or self.now >= DAY_END:
            return None
        wide = painter.fontMetrics().horizontalAdvance(clock(self.now)) + theme.space(3)
        x = round(self._x(field, self.now, axis))
        high = theme.line_height("caption")
        return QRect(x - wide // 2, field.top() - high - theme.space(2), wide, high)

    def _rows(
        self, painter: QPainter, box: QRect, field: QRect, rows: Sequence[_Lane], axis: tuple[int, int]
    ) -> None:
        high = (field.height() - theme.space(1)) // len(rows)
        self._boxes = []
        for place, row in enumerate(rows):
            top = field.top() + place * high + theme.space(1)
            tall = min(high - theme.space(1), theme.px("measure.chartLane") + theme.space(1))
            name = QRect(box.left(), top, field.left() - box.left() - theme.space(3), tall)
            painter.setPen(theme.color("inkSecondary"))
            words = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, name.width())
            painter.drawText(name, LEFT, words)
            self._lane(painter, QRect(field.left(), top, field.width(), tall), row, axis, box.right())

    def _lane(self, painter: QPainter, line: QRect, row: _Lane, axis: tuple[int, int], end: int) -> None:
        """One row of blocks; words may stand beside a block as far as its neighbours, or ``end``."""
        tiles = []
        for block in row.blocks:
            left, right = (self._x(line, at, axis) for at in (block.starts, block.ends))
            wide = max(right - left - 2, theme.space(1))
            tiles.append(QRectF(left, line.top(), wide, line.height()))
        before = float(line.left())
        now = -1.0 if self.now is None else self._x(line, self.now, axis)
        for n, (tile, block) in enumerate(zip(tiles, row.blocks, strict=True)):
            after = tiles[n + 1].left() if n + 1 < len(tiles) else float(end)
            self._boxes.append((tile, block))
            self._tile(painter, tile, block)
            before = self._words(painter, tile, block.words, (before, after), now)

    def _tile(self, painter: QPainter, tile: QRectF, block: Block) -> None:
        """The block itself; leaves the pen in the ink of its words."""
        looks = block.looks(self.now)
        status = {"over": "idle", "on": "run", "urgent": "wait"}.get(looks)
        edge = None if status else theme.color("lineStrong")
        fill = theme.color(f"status.{status}.tint" if status else "surface")
        draw_box(painter, tile.toRect(), fill, edge, theme.px("radius.bar"))
        if looks in ("on", "urgent"):
            mark = QRectF(tile.left(), tile.top(), theme.px("stroke.selectedEdge"), tile.height())
            painter.fillRect(mark, theme.color(f"status.{status}.solid"))
        inks = {"over": "inkSecondary", "on": "status.run.ink", "urgent": "status.wait.ink"}
        painter.setPen(theme.color(inks.get(looks, "ink")))

    @staticmethod
    def _words(painter: QPainter, tile: QRectF, words: str, free: tuple[float, float], now: float) -> float:
        """The words in their block, else at its right, else at its left; where what is painted ends."""
        metrics, pad, gap = painter.fontMetrics(), theme.space(2), theme.space(1)
        wide = metrics.horizontalAdvance(words) + 1
        inside, right = tile.width() - pad, free[1] - tile.right() - 2 * gap
        if wide <= inside:
            painter.drawText(tile.adjusted(min(pad, (tile.width() - wide) / 2), 0, 0, 0), LEFT, words)
            return tile.right()
        if wide > right and wide <= tile.left() - free[0] - 2 * gap:
            painter.drawText(QRectF(tile.left() - gap - wide, tile.top(), wide, tile.height()), LEFT, words)
            return tile.right()
        room = max(inside, right, 0.0)
        left = tile.right() + gap if right > inside else tile.left() + pad
        if left - gap < now < left + wide <= left + room - (now + gap - left):  # not across the line of now
            room, left = room - (now + gap - left), now + gap
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(left, tile.top(), room + 1, tile.height()), LEFT, shown)
        return max(tile.right(), left + metrics.horizontalAdvance(shown))
