"""Axes of charts: an end that is a round figure, hairlines, labels that do not touch."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from competition_app.desktop.look import theme
from competition_app.desktop.parts.charts.chart import LEFT, RIGHT


def nice_top(most: int) -> int:
    """The end of the axis: 2, 4, 6, 10 or 20 times a power of ten, at least the most there is."""
    power = 1
    while True:
        for step in (2, 4, 6, 10, 20):
            if step * power >= most:
                return step * power
        power *= 10


def hairline(painter: QPainter, x: int, y: int, wide: int, high: int, role: str = "chart.grid") -> None:
    """A line of whole pixels: ``wide`` or ``high`` is 1."""
    painter.fillRect(QRect(x, y, wide, high), theme.color(role))


def draw_heights(painter: QPainter, box: QRect, top: int) -> None:
    """Hairlines at nothing, half and all of ``top``, their figures left of the box."""
    for share in (0, 1, 2):
        y = box.bottom() - box.height() * share // 2
        hairline(painter, box.left(), y, box.width(), theme.px("stroke.hairline"))
        if top > 1 or share != 1:
            at = QRect(0, y - theme.space(2), box.left() - theme.space(2), theme.space(4))
            painter.setPen(theme.color("inkTertiary"))
            painter.drawText(at, RIGHT, f"{top * share // 2:,}")


def draw_labels(
    painter: QPainter, y: int, left: int, right: int, labels: Sequence[tuple[float, str]], *, ends: bool
) -> None:
    """Labels (where, word) on a line at ``y`` between left and right, as many as have room.

    ``ends``: the last one always, others only where they leave it its room.
    """
    metrics = painter.fontMetrics()
    gap, taken = theme.space(3), left - float(theme.space(3))
    painter.setPen(theme.color("inkTertiary"))
    last = len(labels) - 1
    stop = right - metrics.horizontalAdvance(labels[last][1]) - gap if ends and labels else right
    for place, (x, word) in enumerate(labels):
        width = metrics.horizontalAdvance(word)
        at = min(max(x - width / 2, left), right - width)
        if (ends and place == last) or (at >= taken + gap and at + width <= stop):
            painter.drawText(QRectF(at, y, width + 1, theme.line_height("caption")), LEFT, word)
            taken = at + width
