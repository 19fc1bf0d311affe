"""What stands in dialogs: obstacles with the button that mends each, lists of losses, quiet notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import Button, Rule, Text, draw_box
from competition_app.desktop.parts.parts import column, on_click, row


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way: what it is, its details, and the deed that mends it, if there is one."""

    title: str
    detail: str
    word: str = ""
    mend: Callable[[], None] | None = None


class _Line(QWidget):
    """One obstacle: cross, two lines, button."""

    def __init__(self, obstacle: Obstacle, button: Button | None) -> None:
        super().__init__()
        title = Text(obstacle.title, "strong", wrap=True)
        detail = Text(obstacle.detail, "caption", "inkSecondary", wrap=True)
        texts = column(title, detail, gap=0)
        inner = row(texts, gap=3, margins=(0, 2, 2, 2))
        inner.setStretch(0, 1)
        if button is not None:
            inner.addWidget(button)
        inner.setContentsMargins(theme.px("measure.iconTile"), theme.space(2), theme.space(2), theme.space(2))
        self.setLayout(inner)

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = theme.px("icon.normal")
        at = QRect(theme.space(3), 0, side, self.height())
        icons.draw(QPainter(self), "circle-x", at, "status.bad.ink")


class Obstacles(QWidget):
    """Obstacles in a box, one under another; ``first`` is the first button, primary and to be focused."""

    def __init__(self, obstacles: Sequence[Obstacle], choose: Callable[[Callable[[], None]], None]) -> None:
        super().__init__()
        self.first: Button | None = None
        inner = column(gap=0)
        for i, obstacle in enumerate(obstacles):
            if i:
                inner.addWidget(Rule())
            inner.addWidget(_Line(obstacle, self._button(obstacle, choose)))
        self.setLayout(inner)

    def _button(self, obstacle: Obstacle, choose: Callable[[Callable[[], None]], None]) -> Button | None:
        mend = obstacle.mend
        if mend is None:
            return None
        button = Button(obstacle.word, variant="plain" if self.first else "primary", small=True)
        self.first = self.first or button
        return on_click(button, lambda: choose(mend))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box's edge."""
        draw_box(QPainter(self), self.rect(), None, theme.color("line"), theme.px("radius.card"))


class Well(QWidget):
    """A quiet note inside a dialog or card: icon and a sentence on a well."""

    def __init__(self, icon: str, sentence: str, role: str = "") -> None:
        super().__init__()
        self._icon, self._role = icon, role
        self.text = Text(sentence, "body", role or "inkSecondary", wrap=True)
        inner = row(self.text)
        left = theme.space(3) + theme.px("icon.normal") + theme.space(2)
        inner.setContentsMargins(left, theme.space(2), theme.space(3), theme.space(2))
        self.setLayout(inner)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint well and icon."""
        painter = QPainter(self)
        ground = theme.color(f"status.{self._role}.tint") if self._role else theme.color("well")
        draw_box(painter, self.rect(), ground, None, theme.px("radius.button"))
        at = QRect(theme.space(3), 0, theme.px("icon.normal"), self.height())
        icons.draw(painter, self._icon, at, f"status.{self._role}.ink" if self._role else "inkSecondary")


def dashes(lines: Sequence[str]) -> QWidget:
    """A list with dashes: what will be lost, in numbers."""
    made = QWidget()
    inner = column(gap=2, margins=(0, 1, 0, 1))
    for line in lines:
        dash = Text("–", "body", "inkTertiary")
        dash.setAlignment(Qt.AlignmentFlag.AlignTop)
        said = Text(line, "body", wrap=True)
        pair = row(dash, said, gap=3)
        pair.setStretch(1, 1)
        inner.addLayout(pair)
    made.setLayout(inner)
    return made
