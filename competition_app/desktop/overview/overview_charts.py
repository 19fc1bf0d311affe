"""Charts of the overview, drawn with QPainter: a figure over time, and how many sheets each judge has in."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from competition_app.desktop.look import theme
from competition_app.desktop.parts.parts import draw_bar
from competition_app.i18n import tr

VEIL = 0.12
"""How much of the series' colour fills the area under its line."""


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a series: where on the axis (any rising figure), how much, and the label below."""

    at: float
    value: int
    label: str


class OverTime(QWidget):
    """A figure over time: blue line, pale area, hairline grid, the last value as a dot with its figure."""

    def __init__(self, name: str, nothing: str) -> None:
        super().__init__()
        self._nothing = nothing
        self.points: tuple[Point, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_points(self, points: Sequence[Point]) -> None:
        """Show these values, in the order of time."""
        self.points = tuple(points)
        last = points[-1] if points else None
        self.setAccessibleDescription(f"{last.label} {last.value:,}" if last else self._nothing)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for axis and two labels."""
        return QSize(theme.space(7) * 3, theme.space(7) * 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint grid, area, line, the last point and the labels below."""
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        if not self.points:
            painter.setPen(theme.color("inkTertiary"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._nothing)
            return
        top = nice_top(max(point.value for point in self.points))
        box = QRect(theme.px("measure.dayAxis"), theme.space(2), 0, 0)
        box.setRight(self.width() - theme.space(4))
        box.setBottom(self.height() - theme.line_height("caption") - theme.space(1))
        self._grid(painter, box, top)
        spots = self._spots(box, top)
        self._area(painter, box, spots)
        self._labels(painter, box, spots)

    def _grid(self, painter: QPainter, box: QRect, top: int) -> None:
        for share in (0, 1, 2):
            y = box.bottom() - box.height() * share // 2
            painter.fillRect(QRect(box.left(), y, box.width(), 1), theme.color("chart.grid"))
            value = top * share // 2 if top > 1 or share != 1 else None
            if value is not None:
                at = QRect(0, y - theme.space(2), box.left() - theme.space(2), theme.space(4))
                painter.setPen(theme.color("inkTertiary"))
                painter.drawText(
                    at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:,}"
                )

    def _spots(self, box: QRect, top: int) -> list[QPointF]:
        first, last = self.points[0].at, self.points[-1].at
        span = last - first
        return [
            QPointF(
                box.right() if not span else box.left() + box.width() * (point.at - first) / span,
                box.bottom() - box.height() * point.value / top,
            )
            for point in self.points
        ]

    @staticmethod
    def _area(painter: QPainter, box: QRect, spots: Sequence[QPointF]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        series = theme.color("chart.series")
        veil = QColor(series)
        veil.setAlphaF(VEIL)
        foot = [QPointF(spots[-1].x(), box.bottom()), QPointF(spots[0].x(), box.bottom())]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil)
        painter.drawPolygon(QPolygonF([*spots, *foot]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(series, theme.number("stroke.chart")))
        painter.drawPolyline(QPolygonF(spots))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(series)
        radius = theme.space(1) * 3 / 4
        painter.drawEllipse(spots[-1], radius, radius)

    def _labels(self, painter: QPainter, box: QRect, spots: Sequence[QPointF]) -> None:
        """As many labels below as have room, the first and the last always."""
        painter.setPen(theme.color("inkTertiary"))
        metrics = QFontMetrics(theme.font("caption"))
        y, gap, taken = box.bottom() + theme.space(1), theme.space(4), -1.0
        last = len(spots) - 1
        room = self.width() - metrics.horizontalAdvance(self.points[last].label)
        for i, (point, spot) in enumerate(zip(self.points, spots, strict=True)):
            width = metrics.horizontalAdvance(point.label)
            left = min(max(spot.x() - width / 2, 0), self.width() - width)
            if i == last or (left > taken and left + width + gap < room):
                at = QRectF(left, y, width + 1, theme.line_height("caption"))
                painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, point.label)
                taken = left + width + gap


def nice_top(most: int) -> int:
    """The end of the axis: 2, 4, 6, 10 or 20 times a power of ten, at least the most there is."""
    power = 1
    while True:
        for step in (2, 4, 6, 10, 20):
            if step * power >= most:
                return step * power
        power *= 10


@dataclass(frozen=True, slots=True)
class SheetBar:
    """A judge's line: where, who, how many sheets are in of how many owed."""

    event: str
    judge: str
    done: int
    owed: int


class SheetBars(QWidget):
    """How many sheets each judge has in, those who owe most first; how many lines depends on the room."""

    def __init__(self, name: str, nothing: str) -> None:
        super().__init__()
        self._nothing = nothing
        self.bars: tuple[SheetBar, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_bars(self, bars: Sequence[SheetBar], nothing: str) -> None:
        """Show these judges; ``nothing`` stands there where there are none."""
        self.bars, self._nothing = tuple(bars), nothing
        said = [f"{bar.event} {bar.judge} {bar.done}/{bar.owed}" for bar in bars]
        self.setAccessibleDescription("\n".join(said) or nothing)
        self.setToolTip("\n".join(said))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for a bar and some lines."""
        return QSize(theme.space(7) * 3, theme.space(7) * 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a line a judge."""
        painter = QPainter(self)
        painter.setFont(theme.font("body"))
        if not self.bars:
            painter.setPen(theme.color("inkTertiary"))
            painter.setFont(theme.font("caption"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._nothing)
            return
        high = theme.line_height("body") + theme.space(1)
        room = max(1, self.height() // high)
        shown = self.bars if len(self.bars) <= room else self.bars[: room - 1]
        for place, bar in enumerate(shown):
            self._line(painter, QRect(0, place * high, self.width(), high), bar)
        if len(shown) < len(self.bars):
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("inkTertiary"))
            at = QRect(0, len(shown) * high, self.width(), high)
            n = len(self.bars) - len(shown)
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, tr("{n} more judge|{n} more judges", n=n))

    @staticmethod
    def _line(painter: QPainter, line: QRect, bar: SheetBar) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        metrics = painter.fontMetrics()
        name = QRect(line)
        name.setWidth(min(theme.px("measure.daySheets"), line.width() // 2) - theme.space(2))
        painter.setPen(theme.color("ink"))
        words = metrics.elidedText(f"{bar.judge}  {bar.event}", Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | middle, words)
        figure = f"{bar.done:,} / {bar.owed:,}"
        wide = max(metrics.horizontalAdvance(figure), theme.px("column.figure"))
        painter.setPen(theme.color("inkSecondary"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | middle, figure)
        thick = theme.px("stroke.progress")
        left = name.right() + theme.space(2)
        box = QRect(left, line.y() + (line.height() - thick) // 2, line.right() - wide - left, thick)
        draw_bar(painter, box, bar.done / bar.owed, "done" if bar.done >= bar.owed else "run")
