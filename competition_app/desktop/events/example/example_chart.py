"""换算图: the curve of a scale with a value tried on it, typed, dragged, or moved by the arrow keys."""

from fractions import Fraction
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from competition_app.desktop.events.example.faded import FADED
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import draw_ring, shows_focus
from competition_app.domain.errors import Said
from competition_app.domain.plans.plan import Module
from competition_app.domain.scoring.figures import plain
from competition_app.i18n import in_use, tr
from competition_app.services.plans.plan_curve import Curve

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
FAR = 10
"""Shift moves the tried value by so many steps."""


def minus(text: str) -> str:
    """A figure with a real minus."""
    return text.replace("-", "−")


class CurveChart(QWidget):
    """Paints a curve; ``tried`` tells the value that is tried now, as its plain text."""

    tried = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.curve: Curve | None = None
        self.value = Fraction(0)
        self.faded = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(3 * theme.space(7) + theme.space(3))
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    def sizeHint(self) -> QSize:
        """As wide as the panel lets it be."""
        return QSize(theme.px("width.sidePanel"), 3 * theme.space(7) + theme.space(3))

    def show_curve(self, curve: Curve) -> None:
        """Show a curve; the tried value stays where it is the curve of the same criterion."""
        before = self.curve
        self.curve = curve
        same = before is not None and before.of.code == curve.of.code and before.unit == curve.unit
        if not same or not curve.left <= self.value <= curve.right:
            self.value = curve.trial
            self.tried.emit(plain(self.value))
        self._say()
        self.update()

    def try_value(self, value: Fraction) -> None:
        """Try a value that was typed."""
        if value != self.value:
            self.value = value
            self._say()
            self.update()

    def label(self) -> str:
        """The tried value with what it is worth: ``0.28 mm → 22 分``."""
        if self.curve is None:
            return ""
        value = f"{minus(plain(self.value))} {self._unit()}".strip()
        return f"{value} → {self._worth(self.curve.at(self.value))}"

    def _unit(self) -> str:
        assert self.curve is not None
        return tr("s@seconds") if isinstance(self.curve.of, Module) else self.curve.unit

    def _worth(self, points: Fraction) -> str:
        assert self.curve is not None
        return in_use().say(Said(self.curve.gives.text, {"points": minus(plain(points))}))

    def _say(self) -> None:
        self.setAccessibleName(self.label())

    # --- where things lie ---
    def _plot(self) -> QRectF:
        metrics = self.fontMetrics()
        curve = self.curve
        assert curve is not None
        names = [minus(plain(height)) for height in self._heights()]
        left = max(metrics.horizontalAdvance(name) for name in names) + theme.space(3)
        foot = theme.line_height("caption") + theme.space(1)
        top = theme.space(3)
        return QRectF(left, top, self.width() - left - theme.space(3), self.height() - top - foot)

    def _heights(self) -> list[Fraction]:
        """Where the hairlines lie: the least, the middle, the most."""
        assert self.curve is not None
        low, high = self.curve.heights[0], self.curve.heights[-1]
        return [low, (low + high) / 2, high] if high > low else [low, low + 1]

    def _x(self, box: QRectF, value: Fraction) -> float:
        assert self.curve is not None
        span = self.curve.right - self.curve.left
        part = float((value - self.curve.left) / span) if span else 0.0
        return box.left() + box.width() * min(1.0, max(0.0, part))

    def _y(self, box: QRectF, points: Fraction) -> float:
        heights = self._heights()
        part = float((points - heights[0]) / (heights[-1] - heights[0]))
        return box.bottom() - box.height() * min(1.0, max(0.0, part))

    # --- painting ---
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Grid, axis, curve, then the tried value."""
        if self.curve is None:
            return
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.faded:
            painter.setOpacity(FADED)
        box = self._plot()
        self._paint_axes(painter, box)
        self._paint_curve(painter, box)
        self._paint_trial(painter, box)
        if shows_focus(self):
            draw_ring(painter, self.rect(), theme.px("radius.button"))

    def _paint_axes(self, painter: QPainter, box: QRectF) -> None:
        assert self.curve is not None
        line = theme.px("stroke.hairline")
        for height in self._heights():
            y = round(self._y(box, height))
            painter.fillRect(QRect(round(box.left()), y, round(box.width()), line), theme.color("lineStrong"))
            at = QRect(0, y - theme.space(2), round(box.left()) - theme.space(2), theme.space(4))
            painter.setPen(theme.color("inkSecondary"))
            painter.drawText(at, RIGHT, minus(plain(height)))
        self._paint_values(painter, box)

    def _paint_values(self, painter: QPainter, box: QRectF) -> None:
        """The values of the scale under the axis, as many as have room; the unit at the end."""
        assert self.curve is not None
        metrics, gap = painter.fontMetrics(), theme.space(2)
        y, high = round(box.bottom()) + theme.space(1), theme.line_height("caption")
        unit = self._unit()
        end = self.width() - (metrics.horizontalAdvance(unit) + gap if unit else 0)
        painter.setPen(theme.color("inkSecondary"))
        if unit:
            painter.drawText(QRect(0, y, self.width(), high), RIGHT, unit)
        taken = -float(gap)
        for value in sorted({self.curve.left, *self.curve.marked}):
            word = minus(plain(value))
            wide = metrics.horizontalAdvance(word)
            at = self._x(box, value) - wide / 2
            if at >= taken + gap and at + wide <= end:
                painter.drawText(QRectF(at, y, wide + 1, high), LEFT, word)
                taken = at + wide

    def _paint_curve(self, painter: QPainter, box: QRectF) -> None:
        assert self.curve is not None
        spots = [QPointF(self._x(box, x), self._y(box, y)) for x, y in self.curve.corners]
        painter.setPen(QPen(theme.color("chart.barStrong"), theme.px("stroke.focus")))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.curve.stepped:
            spots = [spot for one, two in pairwise(spots)
                     for spot in (one, QPointF(two.x(), one.y()))] + spots[-1:]  # fmt: skip
        if not self.curve.dots:
            painter.drawPolyline(QPolygonF(spots))
            return
        painter.setBrush(theme.color("chart.barStrong"))
        for spot in spots:
            painter.drawEllipse(spot, theme.space(1), theme.space(1))

    def _paint_trial(self, painter: QPainter, box: QRectF) -> None:
        assert self.curve is not None
        spot = QPointF(self._x(box, self.value), self._y(box, self.curve.at(self.value)))
        dashed = QPen(theme.color("chart.you"), theme.px("stroke.hairline"))
        dashed.setDashPattern([3, 2])
        painter.setPen(dashed)
        painter.drawLine(spot, QPointF(box.left(), spot.y()))
        painter.drawLine(spot, QPointF(spot.x(), box.bottom()))
        painter.setPen(QPen(theme.color("surface"), theme.px("stroke.focus")))
        painter.setBrush(theme.color("chart.you"))
        painter.drawEllipse(spot, theme.px("measure.markDot"), theme.px("measure.markDot"))
        painter.setFont(theme.font("captionStrong"))
        painter.setPen(theme.color("ink"))
        painter.drawText(self._label_at(painter, spot), CENTRE, self.label())

    def _label_at(self, painter: QPainter, spot: QPointF) -> QRectF:
        """Right of the dot and over it; left where there is no room, below where the curve begins."""
        wide = painter.fontMetrics().horizontalAdvance(self.label()) + theme.space(1)
        high, gap = theme.line_height("caption"), theme.space(2)
        x = spot.x() + gap if spot.x() + gap + wide <= self.width() else spot.x() - gap - wide
        y = spot.y() - high - theme.space(1) / 2
        if y < 0:
            y = spot.y() + gap
        return QRectF(max(0.0, x), y, wide, high)

    # --- trying ---
    def _move(self, value: Fraction) -> None:
        assert self.curve is not None
        nearest = self.curve.nearest(value)
        if nearest != self.value:
            self.try_value(nearest)
            self.tried.emit(plain(nearest))

    def _drag(self, x: float) -> None:
        box = self._plot()
        assert self.curve is not None
        part = Fraction(round(x - box.left()), max(1, round(box.width())))
        self._move(self.curve.left + (self.curve.right - self.curve.left) * part)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the value."""
        if self.curve is not None:
            self._drag(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the value."""
        if self.curve is not None:
            self._drag(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the value a step, with Shift ten."""
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
        way = ways.get(Qt.Key(event.key()))
        if self.curve is None or way is None:
            super().keyPressEvent(event)
            return
        far = FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self._move(self.value + self.curve.step * way * far)
