"""How strict or mild each judge was against the others: dot, spread, a grey band for what is usual."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from competition_app.desktop.look import theme
from competition_app.desktop.parts.charts.axis import hairline
from competition_app.desktop.parts.charts.chart import CENTRE, LEFT, MIDDLE, RIGHT, Chart, signed
from competition_app.i18n import tr

BAND = 2.0
"""Half the width of the grey band, in points."""
LEAST = 3.0
"""The axis reaches at least so far to each side."""


@dataclass(frozen=True, slots=True)
class JudgeSpread:
    """A judge: who, the mean difference from the others in points, the spread about it (half its width)."""

    judge: str
    difference: float
    spread: float
    outlier: bool = False


class Severity(Chart):
    """A line a judge; an outlier is amber and bold, and says so in the description."""

    def __init__(self, name: str, nothing: str = "") -> None:
        super().__init__(name, nothing)
        self.judges: tuple[JudgeSpread, ...] = ()
        self._band = BAND
        self._high = 1

    @property
    def empty(self) -> bool:
        """Whether there is no judge."""
        return not self.judges

    def show_judges(self, judges: Sequence[JudgeSpread], band: float = BAND) -> None:
        """Show these judges; ``band``: half the width of what is usual, in points."""
        self.judges, self._band = tuple(judges), band
        self.changed()

    def describe(self) -> str:
        """Each judge with the difference, outliers named."""
        return "\n".join(self._said(one) for one in self.judges)

    @staticmethod
    def _said(one: JudgeSpread) -> str:
        words = tr("{judge}: {difference}, spread ±{spread}", judge=one.judge,
                   difference=signed(one.difference), spread=f"{one.spread:.1f}")  # fmt: skip
        return tr("{said}, far from the others", said=words) if one.outlier else words

    def tip_at(self, at: QPoint) -> str:
        """The judge whose line lies under the mouse; the rest where not all have room."""
        place = at.y() // self._high
        shown = self._shown(self.height())
        if place < shown:
            return self._said(self.judges[place])
        return "\n".join(self._said(one) for one in self.judges[shown:])

    def _shown(self, high: int) -> int:
        """How many lines have room; the last one tells of the rest where not all have."""
        room = max(1, (high - theme.line_height("caption")) // theme.line_height("body"))
        return len(self.judges) if len(self.judges) <= room else room - 1

    def draw(self, painter: QPainter, box: QRect) -> None:
        """Band and middle, the judges' lines, the words of the axis."""
        foot = theme.line_height("caption")
        shown = self._shown(box.height())
        lines = shown + (shown < len(self.judges))
        most = theme.px("height.rowNormal") - theme.space(1)
        high = self._high = max(theme.line_height("body"), min(most, (box.height() - foot) // lines))
        name = min(theme.px("measure.chartName"), box.width() // 3)
        figure = theme.px("measure.chartFigure")
        field = QRect(box.left() + name, box.top(), box.width() - name - figure, high * lines)
        self._ground(painter, field)
        for place, one in enumerate(self.judges[:shown]):
            self._line(painter, QRect(box.left(), box.top() + place * high, box.width(), high), field, one)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("inkTertiary"))
        if shown < len(self.judges):
            at = QRect(box.left(), box.top() + shown * high, name, high)
            more = tr("{n} more judge|{n} more judges", n=len(self.judges) - shown)
            painter.drawText(at, LEFT, more)
        below = QRect(field.left(), field.bottom() + 1, field.width(), foot)
        painter.drawText(below, LEFT, tr("strict"))
        painter.drawText(below, CENTRE, "0")
        painter.drawText(below, RIGHT, tr("mild"))

    def _reach(self) -> float:
        return max([LEAST, self._band, *(abs(one.difference) + one.spread for one in self.judges)]) * 1.05

    def _x(self, field: QRect, value: float) -> float:
        return field.left() + field.width() * (0.5 + value / self._reach() / 2)

    def _ground(self, painter: QPainter, field: QRect) -> None:
        low, high = self._x(field, -self._band), self._x(field, self._band)
        painter.fillRect(QRectF(low, field.top(), high - low, field.height()), theme.color("sunken"))
        hairline(painter, round(self._x(field, 0)), field.top(), theme.px("stroke.hairline"), field.height(),
                 "lineStrong")  # fmt: skip

    def _line(self, painter: QPainter, line: QRect, field: QRect, one: JudgeSpread) -> None:
        painter.setFont(theme.font("body"))
        name = QRect(line.left(), line.top(), field.left() - line.left() - theme.space(2), line.height())
        painter.setPen(theme.color("ink"))
        words = painter.fontMetrics().elidedText(one.judge, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, LEFT, words)
        colour = theme.color("status.wait.solid" if one.outlier else "chart.barStrong")
        y = line.center().y() + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, theme.number("stroke.chart")))
        low = max(field.left(), self._x(field, one.difference - one.spread))
        high = min(field.right(), self._x(field, one.difference + one.spread))
        painter.drawLine(QPointF(low, y), QPointF(high, y))
        painter.setPen(QPen(theme.color("surface"), theme.number("stroke.chart")))
        painter.setBrush(colour)
        radius = theme.px("measure.chartDot") / 2
        painter.drawEllipse(QPointF(self._x(field, one.difference), y), radius, radius)
        painter.setFont(theme.font("strong" if one.outlier else "body"))
        painter.setPen(theme.color("status.wait.ink" if one.outlier else "inkSecondary"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | MIDDLE, signed(one.difference))
