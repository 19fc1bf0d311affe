"""A ribbon of steps: what is done and who signed when, the one step that is due, what comes after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import Ground, draw_box, draw_ring, plain_tip, shows_focus

Stand = Literal["done", "now", "later"]


@dataclass(frozen=True, slots=True)
class RibbonStep:
    """A step: its key, icon and name, one line about it (who signed when, what is missing), how it stands."""

    key: str
    icon: str
    title: str
    detail: str
    stand: Stand


class Step(QAbstractButton):
    """One step as a button: a tile with its icon, name and line; pressing goes where it is done."""

    def __init__(self, step: RibbonStep, *, last: bool) -> None:
        super().__init__()
        self.step, self._last = step, last
        self.setText(step.title)
        self.setAccessibleName(f"{step.title} {step.detail}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Tile, gap, words, and the arrow to the next step."""
        return QSize(self._words_left() + self._words_width() + self._tail(), theme.px("height.ribbon"))

    def minimumSizeHint(self) -> QSize:
        """Tile and a few characters."""
        return QSize(self._words_left() + theme.space(7) + self._tail(), theme.px("height.ribbon"))

    def _words_width(self) -> int:
        title = QFontMetrics(theme.font("step")).horizontalAdvance(self.step.title)
        return max(title, QFontMetrics(theme.font("caption")).horizontalAdvance(self.step.detail)) + 1

    def _words_left(self) -> int:
        return theme.px("height.rowRoomy") + theme.space(3)

    def _tail(self) -> int:
        return 0 if self._last else theme.px("icon.small") + theme.space(5)

    def _looks(self) -> tuple[str, str, str]:
        """Ground and ink of the tile, ink of the line."""
        if self.step.stand == "done":
            return "status.done.tint", "status.done.ink", "inkTertiary"
        if self.step.stand == "now":
            return "accent", "onAccent", "accentInk"
        return "status.idle.tint", "status.idle.ink", "inkTertiary"

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint tile, words and arrow, then the ring."""
        painter = QPainter(self)
        ground, sign, line = self._looks()
        side, radius = theme.px("height.rowRoomy"), theme.px("radius.iconTile")
        tile = QRect(0, (self.height() - side) // 2, side, side)
        draw_box(painter, tile, theme.color(ground), None, radius)
        icons.draw(painter, self.step.icon, tile, sign, theme.px("icon.large"))
        self._paint_words(painter, line)
        if not self._last:
            small = theme.px("icon.small")
            at = QRect(self.width() - small - theme.space(3), 0, small, self.height())
            ink = "status.done.ink" if self.step.stand == "done" else "inkTertiary"
            icons.draw(painter, "chevron-right", at, ink, small)
        if shows_focus(self):
            draw_ring(painter, tile, radius, on_fill=self.step.stand == "now")

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        left = self._words_left()
        room = max(0, self.width() - left - self._tail())
        high, low = theme.line_height("step"), theme.line_height("caption")
        top = (self.height() - high - low) // 2
        lines = (
            (self.step.title, "step" if self.step.stand == "now" else "navigation", "ink", top, high),
            (self.step.detail, "caption", ink, top + high, low),
        )
        cut = False
        for text, kind, role, at, height in lines:
            painter.setFont(theme.font(kind))
            painter.setPen(theme.color(role))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            cut = cut or shown != text
            middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRect(left, at, room, height), middle, shown)
        self.setToolTip(plain_tip(f"{self.step.title}\n{self.step.detail}") if cut else "")


class Ribbon(Ground):
    """The steps side by side, 64 high; ``chosen`` tells the key of the step a person pressed."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("surface", "bottom", parent=parent)
        self.setAccessibleName(name)
        self.setFixedHeight(theme.px("height.ribbon"))
        self.steps: tuple[Step, ...] = ()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(theme.space(4), 0, theme.space(4), 0)
        self._line.setSpacing(0)

    def show_steps(self, steps: Sequence[RibbonStep]) -> None:
        """Show these steps; the same ones again change nothing, so the keyboard stays where it is."""
        if tuple(one.step for one in self.steps) == tuple(steps):
            return
        had = next((one.step.key for one in self.steps if one.hasFocus()), None)
        for old in self.steps:
            self._line.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.steps = tuple(Step(one, last=one is steps[-1]) for one in steps)
        for made in self.steps:
            made.clicked.connect(lambda _checked=False, key=made.step.key: self.chosen.emit(key))
            self._line.insertWidget(self.steps.index(made), made, 1)
            if made.step.key == had:
                made.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_deed(self, button: QWidget) -> None:
        """Put a quiet button at the right end, about the steps as a whole."""
        self._line.addWidget(button)

    def current(self) -> RibbonStep | None:
        """The step that is due, if any is."""
        return next((one.step for one in self.steps if one.step.stand == "now"), None)
