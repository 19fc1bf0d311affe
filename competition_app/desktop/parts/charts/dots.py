"""Dots on a line: every value small, one's own large; in a table's cell or as a chart with its ends."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from competition_app.desktop.look import theme
from competition_app.desktop.parts.charts.chart import LEFT, RIGHT, Chart


def dots(painter: QPainter, box: QRect, values: Sequence[float], mine: float | None, *, chosen: bool) -> None:
    """Place in the field: every total as a small dot on a line, one's own large; values lie in 0 … 1."""
    small, large = theme.px("measure.fieldDotSmall"), theme.px("measure.fieldDot")
    middle = box.center().y()
    painter.fillRect(
        QRect(box.x(), middle, box.width(), theme.px("stroke.hairline")), theme.color("chart.track")
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("chart.bar"))
    room = box.width() - large
    for value in values:
        painter.drawEllipse(
            box.x() + large // 2 + round(value * room) - small // 2, middle - small // 2, small, small
        )
    if mine is not None:
        painter.setBrush(theme.color("chart.you") if chosen else theme.color("inkSecondary"))
        painter.drawEllipse(box.x() + round(mine * room), middle - large // 2, large, large)


class DotLine(Chart):
    """Values as dots on a line between two ends; one of them is one's own."""

    def __init__(self, name: str, nothing: str = "") -> None:
        super().__init__(name, nothing)
        self.values: tuple[float, ...] = ()
        self.mine: float | None = None
        self._ends = ("", "")
        self._said = ""
        self.setFixedHeight(theme.px("measure.fieldDot") + theme.line_height("caption") + theme.space(2))

    @property
    def empty(self) -> bool:
        """Whether there is no value."""
        return not self.values

    def show_values(
        self, values: Sequence[float], mine: float | None, ends: tuple[str, str], said: str
    ) -> None:
        """Show these values (0 … 1), one's own, the words at both ends, and all of it in one sentence."""
        self.values, self.mine, self._ends, self._said = tuple(values), mine, ends, said
        self.changed()

    def describe(self) -> str:
        """The sentence that goes with it."""
        return self._said

    def draw(self, painter: QPainter, box: QRect) -> None:
        """The line with its dots, the ends below."""
        line = QRect(box)
        line.setHeight(theme.px("measure.fieldDot") + theme.space(1))
        dots(painter, line, self.values, self.mine, chosen=True)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("inkTertiary"))
        below = QRect(box.left(), line.bottom() + 1, box.width(), theme.line_height("caption"))
        painter.drawText(below, LEFT, self._ends[0])
        painter.drawText(below, RIGHT, self._ends[1])
