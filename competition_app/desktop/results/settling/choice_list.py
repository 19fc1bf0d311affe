"""Choices one under another, each with what follows from it, one of them chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import draw_box, draw_ring, shows_focus
from competition_app.desktop.parts.parts import column


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice: what is done, and what follows, a line each."""

    word: str
    follows: tuple[str, ...]


class OfferTile(QAbstractButton):
    """A choice as a tile as high as its lines; tinted, edged and ticked where it is chosen."""

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self.offer = offer
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(offer.word)
        self.setAccessibleDescription("\n".join(offer.follows))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Lines wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All lines at this width, with room above and below."""
        return 2 * theme.space(2) + sum(height for *_, height in self._lines(width))

    def sizeHint(self) -> QSize:
        """As high as it is in a dialog."""
        width = theme.px("width.dialog") - 2 * theme.px("padding.dialog")
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Never lower than its lines."""
        return QSize(theme.px("width.sidePanel") // 2, self.heightForWidth(max(self.width(), 1)))

    def _room(self, width: int) -> int:
        return max(theme.space(7), width - 2 * theme.space(3) - theme.px("icon.normal") - theme.space(2))

    def _lines(self, width: int) -> list[tuple[str, str, str, int]]:
        """Text, type, ink and height of every line."""
        found = []
        for text, kind, role in (
            (self.offer.word, "strong", "ink"),
            *((line, "caption", "inkSecondary") for line in self.offer.follows),
        ):
            metrics = QFontMetrics(theme.font(kind))
            box = metrics.boundingRect(QRect(0, 0, self._room(width), 10_000), Qt.TextFlag.TextWordWrap, text)
            rows = max(1, round(box.height() / metrics.lineSpacing()))
            found.append((text, kind, role, rows * theme.line_height(kind)))
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint tile, lines and tick."""
        painter = QPainter(self)
        radius, chosen = theme.px("radius.button"), self.isChecked()
        fill = theme.color("rowSelected" if chosen else "hover" if self.underMouse() else "surface")
        edge = theme.color("rowSelectedEdge" if chosen else "buttonBorder")
        draw_box(painter, self.rect(), fill, edge, radius)
        left, top, room = theme.space(3), theme.space(2), self._room(self.width())
        wrap = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        for text, kind, role, height in self._lines(self.width()):
            painter.setFont(theme.font(kind))
            painter.setPen(theme.color(role if self.isEnabled() else "inkTertiary"))
            painter.drawText(QRect(left, top, room, height), wrap, text)
            top += height
        if chosen:
            side = theme.px("icon.normal")
            right = self.width() - theme.space(3)
            at = QRect(right - side, theme.space(2), side, theme.line_height("strong"))
            icons.draw(painter, "check", at, "rowSelectedEdge")
        if shows_focus(self):
            draw_ring(painter, self.rect(), radius)


class ChoiceList(QWidget):
    """Tiles under one another, none chosen unless told; arrows move the choice."""

    def __init__(self, offers: Sequence[Offer], chosen: int | None = None) -> None:
        super().__init__()
        self.tiles = tuple(OfferTile(offer) for offer in offers)
        self.setLayout(column(*self.tiles, gap=1))
        if chosen is not None:
            self.tiles[chosen].setChecked(True)
        self.setFocusProxy(self.tiles[chosen or 0])

    def at(self) -> int | None:
        """Which tile is chosen, from 0; None until a person chose."""
        return next((place for place, tile in enumerate(self.tiles) if tile.isChecked()), None)

    def in_view(self) -> QWidget:
        """The list itself, or a view on it that scrolls where it would be too high for a small window."""
        width = theme.px("width.dialog") - 2 * theme.px("padding.dialog")
        high = sum(tile.heightForWidth(width) + theme.space(1) for tile in self.tiles)
        if high <= theme.px("width.sidePanel"):
            return self
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(theme.px("width.sidePanel"))
        self.setProperty("clear", "true")
        area.setWidget(self)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for tile in self.tiles:
            tile.toggled.connect(lambda on, tile=tile: area.ensureWidgetVisible(tile) if on else None)
        whole = QWidget()
        whole.setLayout(column(area, gap=0))
        whole.setFocusProxy(self)
        return whole

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        tiles = [tile for tile in self.tiles if tile.isEnabled()]
        now = next((place for place, tile in enumerate(tiles) if tile.hasFocus()), -step)
        tile = tiles[(now + step) % len(tiles)]
        tile.setChecked(True)
        tile.setFocus(Qt.FocusReason.TabFocusReason)
