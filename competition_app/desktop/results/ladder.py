"""Why this place, as a ladder: one rung a line, judges' totals as tiles, the dropped ones struck out."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import draw_box


@dataclass(frozen=True, slots=True)
class Tile:
    """One judge's figure: the code (or what was done with it), the figure, whether it was dropped."""

    head: str
    figure: str
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: what, its figure at the right, a line of detail, judges' tiles; ``last`` is the total."""

    words: str
    figure: str = ""
    detail: str = ""
    tiles: tuple[Tile, ...] = ()
    last: bool = False


class Ladder(QWidget):
    """Paints rungs as high as its width makes them."""

    def __init__(self) -> None:
        super().__init__()
        self._rungs: tuple[Rung, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_rungs(self, rungs: Sequence[Rung]) -> None:
        """Show this derivation."""
        self._rungs = tuple(rungs)
        self.setAccessibleName("\n".join(f"{rung.words} {rung.figure}" for rung in rungs))
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that goes with the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(max(1, sum(self._heights())))

    def sizeHint(self) -> QSize:
        """The height of all rungs."""
        return QSize(theme.px("width.sidePanel") - 2 * theme.px("padding.panel"), sum(self._heights()))

    def _left(self) -> int:
        return theme.px("measure.rungDot") + theme.space(3) - 2

    def _room(self) -> int:
        return max(theme.space(7), self.width() - self._left())

    def _words_height(self, rung: Rung) -> int:
        metrics = QFontMetrics(theme.font("strong" if rung.last else "body"))
        room = self._room() - self._figure_width(rung) - theme.space(2)
        box = metrics.boundingRect(QRect(0, 0, room, 10_000), Qt.TextFlag.TextWordWrap, rung.words)
        lines = max(1, round(box.height() / metrics.lineSpacing()))
        return lines * theme.line_height("body")

    def _figure_width(self, rung: Rung) -> int:
        kind = "title" if rung.last else "strong"
        return QFontMetrics(theme.font(kind)).horizontalAdvance(rung.figure)

    def _detail_height(self, rung: Rung) -> int:
        if not rung.detail:
            return 0
        metrics = QFontMetrics(theme.font("caption"))
        box = metrics.boundingRect(QRect(0, 0, self._room(), 10_000), Qt.TextFlag.TextWordWrap, rung.detail)
        return max(1, round(box.height() / metrics.lineSpacing())) * theme.line_height("caption")

    def _tiles_a_row(self) -> int:
        return max(1, (self._room() + theme.space(1)) // (theme.px("measure.judgeTile") + theme.space(1)))

    def _tiles_height(self, rung: Rung) -> int:
        if not rung.tiles:
            return 0
        rows = -(-len(rung.tiles) // self._tiles_a_row())
        return rows * (theme.px("measure.judgeTile") + theme.space(1)) + theme.space(1)

    def _heights(self) -> list[int]:
        gap = theme.space(2)
        found = []
        for rung in self._rungs:
            words = theme.line_height("title") if rung.last else self._words_height(rung)
            found.append(words + self._tiles_height(rung) + self._detail_height(rung) + gap)
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line, the dots and the rungs."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot = theme.px("measure.rungDot")
        tops, top = [], 0
        for height in self._heights():
            tops.append(top)
            top += height
        if not tops:
            return
        first, last = tops[0] + self._dot_at(self._rungs[0]), tops[-1] + self._dot_at(self._rungs[-1])
        line = theme.px("stroke.hairline")
        painter.fillRect(QRect(dot // 2, first, line, last - first), theme.color("line"))
        for rung, at in zip(self._rungs, tops, strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accentInk" if rung.last else "lineStrong"))
            painter.drawEllipse(QPoint(dot // 2, at + self._dot_at(rung)), dot // 2, dot // 2)
            self._paint_rung(painter, rung, at)

    @staticmethod
    def _dot_at(rung: Rung) -> int:
        return theme.line_height("title" if rung.last else "body") // 2

    def _paint_rung(self, painter: QPainter, rung: Rung, top: int) -> None:
        left, figure = self._left(), self._figure_width(rung)
        height = theme.line_height("title") if rung.last else self._words_height(rung)
        line = theme.line_height("title" if rung.last else "body")
        wrap = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.setPen(theme.color("ink"))
        painter.setFont(theme.font("strong" if rung.last else "body"))
        painter.drawText(QRect(left, top, self._room() - figure - theme.space(2), height), wrap, rung.words)
        painter.setFont(theme.font("title" if rung.last else "strong"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, top, self._room(), line), right, rung.figure)
        top += height
        if rung.tiles:
            self._paint_tiles(painter, rung.tiles, top)
            top += self._tiles_height(rung)
        if rung.detail:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("inkTertiary"))
            painter.drawText(QRect(left, top, self._room(), self._detail_height(rung)), wrap, rung.detail)

    def _paint_tiles(self, painter: QPainter, tiles: Sequence[Tile], top: int) -> None:
        each, gap, a_row = theme.px("measure.judgeTile"), theme.space(1), self._tiles_a_row()
        side_by_side = min(a_row, len(tiles))
        width = (self._room() - (side_by_side - 1) * gap) // side_by_side
        width = min(width, each + theme.space(5))
        for place, tile in enumerate(tiles):
            x = self._left() + (place % a_row) * (width + gap)
            box = QRect(x, top + (place // a_row) * (each + gap), width, each)
            fill = theme.color("well" if tile.dropped else "surface")
            draw_box(
                painter,
                box,
                fill,
                theme.color("line" if tile.dropped else "lineStrong"),
                theme.px("radius.button"),
            )
            upper, lower = QRect(box), QRect(box)
            upper.setHeight(each // 2 + 2)
            lower.setTop(box.top() + each // 2 - 3)
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("inkSecondary"))
            painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, tile.head)
            font = theme.font("caption") if len(tile.figure) > 6 else theme.font("body")
            painter.setFont(font)
            painter.setPen(theme.color("inkTertiary" if tile.dropped else "ink"))
            painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, tile.figure)
            if tile.dropped:
                wide = QFontMetrics(font).horizontalAdvance(tile.figure) + theme.space(1)
                middle = lower.center()
                strike = QRect(middle.x() - wide // 2, middle.y(), wide, theme.px("stroke.hairline"))
                painter.fillRect(strike, theme.color("inkTertiary"))
