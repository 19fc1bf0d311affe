"""A choice of two to six with consequences: tiles with icon, word and example, the chosen one ticked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import draw_box, draw_ring, plain_tip, shows_focus
from competition_app.desktop.parts.parts import on_click, row


@dataclass(frozen=True, slots=True)
class Choice:
    """One tile: its key, icon, word and what follows from it."""

    key: str
    icon: str
    word: str
    example: str


class ChoiceTile(QAbstractButton):
    """One tile of a choice."""

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.choice = choice
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(choice.word)
        self.setAccessibleDescription(choice.example)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """48 high, as wide as its share."""
        return QSize(theme.px("width.sidePanel") // 2, theme.px("measure.choiceTile"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tile, tinted, edged and ticked where it is chosen."""
        painter = QPainter(self)
        radius, chosen = theme.px("radius.button"), self.isChecked()
        fill = theme.color("rowSelected" if chosen else "hover" if self.underMouse() else "surface")
        edge = theme.color("rowSelectedEdge" if chosen else "buttonBorder")
        draw_box(painter, self.rect(), fill, edge, radius)
        side, pad = theme.px("icon.normal"), theme.space(3)
        icons.draw(painter, self.choice.icon, QRect(pad, 0, side, self.height()), "inkSecondary")
        right = self.width() - pad
        if chosen:
            icons.draw(painter, "check", QRect(right - side, 0, side, self.height()), "rowSelectedEdge")
            right -= side + theme.space(1)
        self._paint_words(painter, pad + side + theme.space(2), right)
        if shows_focus(self):
            draw_ring(painter, self.rect(), radius)

    def _paint_words(self, painter: QPainter, left: int, right: int) -> None:
        lines = ((self.choice.word, "strong", "ink"), (self.choice.example, "caption", "inkTertiary"))
        top = (self.height() - sum(theme.line_height(kind) for _, kind, _ in lines)) // 2
        cut = False
        for text, kind, role in lines:
            box = QRect(left, top, right - left, theme.line_height(kind))
            painter.setFont(theme.font(kind))
            painter.setPen(theme.color(role))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            cut = cut or shown != text
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            top += box.height()
        self.setToolTip(plain_tip(self.choice.example) if cut else "")


class ChoiceTiles(QWidget):
    """Tiles beside one another, one of them chosen; ``chosen`` tells its key."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.tiles = {choice.key: on_click(ChoiceTile(choice), self._tell) for choice in choices}
        self.setLayout(row(*self.tiles.values(), gap=2))
        next(iter(self.tiles.values())).setChecked(True)
        self.setFocusProxy(next(iter(self.tiles.values())))

    def key(self) -> str:
        """The chosen tile's key."""
        return next(key for key, tile in self.tiles.items() if tile.isChecked())

    def choose(self, key: str) -> None:
        """Choose a tile and tell."""
        self.tiles[key].click()

    def _tell(self) -> None:
        self.chosen.emit(self.key())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from tile to tile and choose."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        keys = list(self.tiles)
        if step is None:
            super().keyPressEvent(event)
            return
        tile = self.tiles[keys[(keys.index(self.key()) + step) % len(keys)]]
        tile.setFocus(Qt.FocusReason.TabFocusReason)
        tile.click()
