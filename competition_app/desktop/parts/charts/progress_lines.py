"""Lines with a progress bar each: who, how many of how many; how many lines depends on the room."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter

from competition_app.desktop.look import theme
from competition_app.desktop.parts.charts.chart import LEFT, RIGHT, Chart
from competition_app.desktop.parts.parts import draw_bar
from competition_app.i18n import tr


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """A line: its words, how many are in of how many owed."""

    words: str
    done: int
    owed: int


class ProgressLines(Chart):
    """A bar a line, in the order given; the last line says how many more there are."""

    def __init__(self, name: str, nothing: str = "") -> None:
        super().__init__(name, nothing)
        self.lines: tuple[ProgressLine, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is no line."""
        return not self.lines

    def show_lines(self, lines: Sequence[ProgressLine], nothing: str) -> None:
        """Show these lines; ``nothing`` stands there where there are none."""
        self.lines, self.nothing = tuple(lines), nothing
        self.changed()

    def describe(self) -> str:
        """Each line with its figures."""
        return "\n".join(f"{line.words} {line.done:,}/{line.owed:,}" for line in self.lines)

    def tip_at(self, _at: QPoint) -> str:
        """All of them."""
        return self.describe()

    def draw(self, painter: QPainter, box: QRect) -> None:
        """A line each, as many as have room."""
        painter.setFont(theme.font("body"))
        high = theme.line_height("body") + theme.space(1)
        room = max(1, box.height() // high)
        shown = self.lines if len(self.lines) <= room else self.lines[: room - 1]
        for place, line in enumerate(shown):
            self._line(painter, QRect(box.left(), box.top() + place * high, box.width(), high), line)
        if len(shown) < len(self.lines):
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("inkTertiary"))
            at = QRect(box.left(), box.top() + len(shown) * high, box.width(), high)
            n = len(self.lines) - len(shown)
            painter.drawText(at, LEFT, tr("{n} more|{n} more", n=n))

    @staticmethod
    def _line(painter: QPainter, box: QRect, line: ProgressLine) -> None:
        metrics = painter.fontMetrics()
        name = QRect(box)
        name.setWidth(min(theme.px("measure.daySheets"), box.width() // 2) - theme.space(2))
        painter.setPen(theme.color("ink"))
        words = metrics.elidedText(line.words, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, LEFT, words)
        figure = f"{line.done:,} / {line.owed:,}"
        wide = max(metrics.horizontalAdvance(figure), theme.px("measure.chartFigure")) + theme.space(2)
        painter.setPen(theme.color("inkSecondary"))
        painter.drawText(box, RIGHT, figure)
        thick = theme.px("stroke.progress")
        left = name.right() + theme.space(2)
        bar = QRect(left, box.y() + (box.height() - thick) // 2, box.right() - wide - left, thick)
        draw_bar(painter, bar, line.done / line.owed if line.owed else 0.0,
                 "done" if line.done >= line.owed else "run")  # fmt: skip
