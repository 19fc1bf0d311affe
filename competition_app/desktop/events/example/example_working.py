"""The worked example as in a book of sums: judges' tiles, a line a rung, the total under a rule."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from competition_app.desktop.events.example.faded import FADED
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import draw_box
from competition_app.desktop.results.ladder import Rung, Tile

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
WRAPPED = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
CENTRE = Qt.AlignmentFlag.AlignCenter
ABREAST = 5
"""Judges' tiles in a row."""


class Working(QWidget):
    """Paints rungs (``results.ladder``) as high as its width makes them."""

    def __init__(self) -> None:
        super().__init__()
        self.rungs: tuple[Rung, ...] = ()
        self.faded = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_rungs(self, rungs: Sequence[Rung]) -> None:
        """Show this derivation."""
        self.rungs = tuple(rungs)
        self.setAccessibleName("\n".join(f"{rung.words} {rung.figure}".strip() for rung in rungs))
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that goes with the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(max(1, sum(self._height(rung) for rung in self.rungs)))

    def sizeHint(self) -> QSize:
        """The height of all rungs."""
        return QSize(theme.px("width.sidePanel"), sum(self._height(rung) for rung in self.rungs))

    # --- heights ---
    def _line(self) -> int:
        return theme.line_height("body") + theme.space(1)

    def _height(self, rung: Rung) -> int:
        if rung.tiles:
            rows = -(-len(rung.tiles) // ABREAST)
            return rows * (theme.px("measure.judgeTile") + theme.space(2)) + theme.space(2)
        if rung.last:
            return theme.line_height("section") + theme.space(2)
        return self._line() + self._below(rung)

    def _below(self, rung: Rung) -> int:
        """How much a figure takes that has no room beside its words."""
        if self._beside(rung):
            return 0
        box = self._metrics(rung).boundingRect(QRect(0, 0, self._room(), 10_000), WRAPPED, rung.figure)
        return box.height() + theme.space(1)

    def _beside(self, rung: Rung) -> bool:
        metrics = self._metrics(rung)
        words = metrics.horizontalAdvance(rung.words) + theme.space(2)
        return words + metrics.horizontalAdvance(rung.figure) <= self._room()

    def _room(self) -> int:
        return max(theme.space(7), self.width())

    @staticmethod
    def _metrics(rung: Rung) -> QFontMetrics:
        return QFontMetrics(theme.font("strong" if rung.last else "body"))

    # --- painting ---
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint one rung under the other."""
        painter = QPainter(self)
        if self.faded:
            painter.setOpacity(FADED)
        top = 0
        for rung in self.rungs:
            if rung.tiles:
                self._paint_tiles(painter, rung.tiles, top)
            elif rung.last:
                self._paint_total(painter, rung, top)
            else:
                self._paint_rung(painter, rung, top)
            top += self._height(rung)

    def _paint_rung(self, painter: QPainter, rung: Rung, top: int) -> None:
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("ink" if rung.figure else "inkSecondary"))
        line = QRect(0, top, self._room(), self._line())
        beside = self._beside(rung)
        room = line if beside else QRect(0, top + self._line(), self._room(), self._below(rung))
        words = painter.fontMetrics().elidedText(rung.words, Qt.TextElideMode.ElideRight, self._room())
        painter.drawText(line, LEFT, words)
        painter.drawText(room, RIGHT if beside else WRAPPED, rung.figure)

    def _paint_total(self, painter: QPainter, rung: Rung, top: int) -> None:
        line = QRect(0, top, self._room(), theme.px("stroke.hairline"))
        painter.fillRect(line, theme.color("lineStrong"))
        box = QRect(0, top + theme.space(1), self._room(), theme.line_height("section") + theme.space(1))
        painter.setPen(theme.color("ink"))
        painter.setFont(theme.font("strong"))
        painter.drawText(box, LEFT, rung.words)
        painter.setFont(theme.font("section"))
        painter.drawText(box, RIGHT, rung.figure)

    def _paint_tiles(self, painter: QPainter, tiles: Sequence[Tile], top: int) -> None:
        gap, high = theme.space(2), theme.px("measure.judgeTile")
        wide = (self._room() - gap * (ABREAST - 1)) // ABREAST
        for place, tile in enumerate(tiles):
            row, column = divmod(place, ABREAST)
            self._paint_tile(
                painter, tile, QRect(column * (wide + gap), top + row * (high + gap), wide, high)
            )

    @staticmethod
    def _paint_tile(painter: QPainter, tile: Tile, box: QRect) -> None:
        fill = theme.color("well" if tile.dropped else "surface")
        edge = theme.color("line" if tile.dropped else "lineStrong")
        draw_box(painter, box, fill, edge, theme.px("radius.button"))
        half = box.height() // 2
        upper = QRect(box.left(), box.top() + 2, box.width(), half)
        lower = QRect(box.left(), box.top() + half - 1, box.width(), half)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("inkTertiary" if tile.dropped else "inkSecondary"))
        painter.drawText(upper, CENTRE, tile.head)
        font = theme.font("section")
        if tile.dropped or QFontMetrics(font).horizontalAdvance(tile.figure) > box.width() - theme.space(1):
            font = theme.font("body" if len(tile.figure) < 8 else "caption")
        painter.setFont(font)
        painter.setPen(theme.color("inkTertiary" if tile.dropped else "ink"))
        room = box.width() - theme.space(1)
        shown = painter.fontMetrics().elidedText(tile.figure, Qt.TextElideMode.ElideRight, room)
        painter.drawText(lower, CENTRE, shown)
        if tile.dropped:
            wide = QFontMetrics(font).horizontalAdvance(tile.figure) + theme.space(2)
            middle = lower.center()
            line = theme.px("stroke.hairline")
            painter.fillRect(
                QRect(middle.x() - wide // 2, middle.y(), wide, line), theme.color("inkTertiary")
            )
