"""A figure over time: blue line, pale area, hairline grid, the last value as a dot."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from competition_app.desktop.look import theme
from competition_app.desktop.parts.charts.axis import draw_heights, draw_labels, nice_top
from competition_app.desktop.parts.charts.chart import Chart

VEIL = 0.12
"""How much of the series' colour fills the area under its line."""


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a series: where on the axis (any rising figure), how much, and the label below."""

    at: float
    value: int
    label: str


class OverTime(Chart):
    """A series in the order of time."""

    def __init__(self, name: str, nothing: str) -> None:
        super().__init__(name, nothing)
        self.points: tuple[Point, ...] = ()
        self._spots: list[QPointF] = []

    @property
    def empty(self) -> bool:
        """Whether there is no value."""
        return not self.points

    def show_points(self, points: Sequence[Point]) -> None:
        """Show these values, in the order of time."""
        self.points = tuple(points)
        self.changed()

    def describe(self) -> str:
        """Each label with its value."""
        return "\n".join(f"{point.label} {point.value:,}" for point in self.points)

    def tip_at(self, at: QPoint) -> str:
        """The value nearest to the mouse."""
        if len(self._spots) != len(self.points):
            return ""
        pairs = zip(self._spots, self.points, strict=True)
        _, nearest = min(pairs, key=lambda pair: abs(pair[0].x() - at.x()))
        return f"{nearest.label}  {nearest.value:,}"

    def draw(self, painter: QPainter, box: QRect) -> None:
        """Grid, area, line, the last point and the labels below."""
        painter.setFont(theme.font("caption"))
        top = nice_top(max(point.value for point in self.points))
        inner = QRect(theme.px("measure.chartAxis"), theme.space(2), 0, 0)
        inner.setRight(box.right() - theme.space(2))
        inner.setBottom(box.bottom() - theme.line_height("caption") - theme.space(1))
        draw_heights(painter, inner, top)
        spots = self._spots = self._places(inner, top)
        self._area(painter, inner, spots)
        labels = [(spot.x(), point.label) for spot, point in zip(spots, self.points, strict=True)]
        draw_labels(painter, inner.bottom() + theme.space(1), 0, box.right() + 1, labels, ends=True)

    def _places(self, box: QRect, top: int) -> list[QPointF]:
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
