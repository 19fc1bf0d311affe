"""A small table of an example: tie keys with both entries' values, prizes with how many win them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from competition_app.desktop.events.example.faded import FADED
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import plain_tip

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: the first cell grows, the others stand right. ``look`` strong, quiet or plain.

    ``chosen`` is the line one looks at in the tree.
    """

    cells: tuple[str, ...]
    look: str = "plain"
    chosen: bool = False


class SmallTable(QWidget):
    """Paints a head and its lines; as high as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.head: tuple[str, ...] = ()
        self.lines: tuple[Line, ...] = ()
        self.faded = False
        self._cut = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_lines(self, head: Sequence[str], lines: Sequence[Line]) -> None:
        """Show these."""
        self.head, self.lines = tuple(head), tuple(lines)
        self.setAccessibleName("\n".join(" ".join(line.cells) for line in lines))
        self.setFixedHeight((len(lines) + 1) * theme.px("height.rowCompact"))
        self.update()

    def sizeHint(self) -> QSize:
        """The height of head and lines."""
        return QSize(theme.px("width.sidePanel"), (len(self.lines) + 1) * theme.px("height.rowCompact"))

    def _edges(self) -> list[int]:
        """The right edges of all columns but the first."""
        metrics, pad = QFontMetrics(theme.font("strong")), theme.space(3)
        rows = [self.head, *(line.cells for line in self.lines)]
        edges: list[int] = []
        right = self.width() - theme.space(2)
        for place in range(len(self.head) - 1, 0, -1):
            edges.insert(0, right)
            right -= max(metrics.horizontalAdvance(row[place]) for row in rows) + pad
        return edges

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Head on its ground, then the lines with hairlines."""
        if not self.head:
            return
        painter = QPainter(self)
        if self.faded:
            painter.setOpacity(FADED)
        high = theme.px("height.rowCompact")
        painter.fillRect(QRect(0, 0, self.width(), high), theme.color("sunken"))
        edges, self._cut = self._edges(), False
        self._paint(painter, self.head, edges, 0, "caption", "inkSecondary")
        for place, line in enumerate(self.lines, 1):
            top = place * high
            if line.chosen:
                painter.fillRect(QRect(0, top, self.width(), high), theme.color("rowSelected"))
                edge = QRect(0, top, theme.px("stroke.selectedEdge"), high)
                painter.fillRect(edge, theme.color("rowSelectedEdge"))
            role = "inkTertiary" if line.look == "quiet" else "ink"
            self._paint(painter, line.cells, edges, top, "strong" if line.look == "strong" else "body", role)
            line_at = QRect(0, top + high - 1, self.width(), theme.px("stroke.hairline"))
            painter.fillRect(line_at, theme.color("line"))
        whole = "\n".join(line.cells[0] for line in self.lines) if self._cut else ""
        if self.toolTip() != plain_tip(whole):
            self.setToolTip(plain_tip(whole))

    def _paint(
        self, painter: QPainter, cells: Sequence[str], edges: Sequence[int], top: int, kind: str, role: str
    ) -> None:
        high = theme.px("height.rowCompact")
        painter.setFont(theme.font(kind))
        painter.setPen(theme.color(role))
        metrics = painter.fontMetrics()
        widths = [metrics.horizontalAdvance(text) for text in cells[1:]]
        first = min((edge - wide for edge, wide in zip(edges, widths, strict=True)), default=self.width())
        room = first - theme.space(2) - theme.space(2)
        words = metrics.elidedText(cells[0], Qt.TextElideMode.ElideRight, room)
        self._cut = self._cut or words != cells[0]
        painter.drawText(QRect(theme.space(2), top, room, high), LEFT, words)
        for text, edge in zip(cells[1:], edges, strict=True):
            painter.drawText(QRect(0, top, edge, high), RIGHT, text)
