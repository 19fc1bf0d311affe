"""现在需要处理: what a person must do now, each with the button that goes there; else what comes next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import Button, ElidedText, Rule, Text, draw_box
from competition_app.desktop.parts.parts import Card, clear, column, on_click, row
from competition_app.desktop.parts.pills import Pill, State
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr
from competition_app.services.competitions.overview_todo import ToDo

LOOKS: dict[str, tuple[str, str]] = {
    "question": ("bad", "octagon-alert"), "problem": ("bad", "octagon-alert"),
    "review": ("wait", "id-card"), "returned": ("wait", "undo-2"), "judges": ("wait", "gavel"),
    "rules": ("wait", "clipboard-list"),
    "owing": ("wait", "user-round-x"), "second": ("run", "circle-dot"),
    "incomplete": ("wait", "triangle-alert"), "untimed": ("wait", "timer"),
    "print": ("run", "printer"), "make": ("run", "file-badge"),
    "lost": ("bad", "file-badge"),
    "hindered": ("wait", "triangle-alert"), "lock": ("run", "lock"), "coming": ("idle", "arrow-right"),
    "keep": ("done", "circle-check"),
}  # fmt: skip
DEEDS: dict[str, Said] = {
    "question": Said("Decide"), "problem": Said("Mend@deed"), "review": Said("Review@deed"),
    "returned": Said("Look@deed"), "judges": Said("Seat@deed"),
    "rules": Said("Set@deed"), "owing": Said("Enter@deed"),
    "second": Said("Type again"), "incomplete": Said("Look@deed"),
    "untimed": Said("Enter@deed"), "print": Said("Print@deed"),
    "make": Said("Make@deed"), "lost": Said("Look@deed"), "hindered": Said("Look@deed"),
    "lock": Said("Lock@deed"), "coming": Said("Go there@deed"),
    "keep": Said("Go there@deed"),
}  # fmt: skip


MOST = 5
"""So many things are seen without scrolling, at least."""
FEW = 3
"""Under so many things what comes next has room."""


class _Tile(QWidget):
    """An icon of 16 on a tile of 28 in a status role's tint."""

    def __init__(self, icon: str, role: str) -> None:
        super().__init__()
        self._icon, self._role = icon, role
        side = theme.px("measure.dayToDoTile")
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tint = theme.color(f"status.{self._role}.tint")
        draw_box(painter, self.rect(), tint, None, theme.px("radius.button"))
        icons.draw(painter, self._icon, self.rect(), f"status.{self._role}.ink")


class ToDoCard(Card):
    """现在需要处理: each thing with the button that goes where it is done. ``wanted`` tells which."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[Button] = []
        self.count = Pill()
        self.inner.addLayout(row(Text(tr("To be done now"), "section"), None, self.count))
        self._lines = column(gap=2)
        inside = QWidget()
        inside.setProperty("clear", "true")
        inside.setLayout(self._lines)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.inner.addWidget(area, 1)
        self._shown: object = None
        self._count = 0

    def show_things(
        self,
        things: Sequence[ToDo],
        following: ToDo | None,
        soon: Sequence[tuple[str, str]],
        *,
        counting: bool,
    ) -> None:
        """Show what must be done; where that is nothing, the step that follows and what is on soon.

        ``soon`` are (words with their time, place); ``counting``: not all is reckoned yet.
        """
        n = len(things)
        said = Said("{n} thing|{n} things", {"n": n})
        self.count.set_state(State("wait", "triangle-alert", said) if n else None)
        now = (tuple(things), following, tuple(soon), counting)
        if now == self._shown:
            return
        self._shown = now
        clear(self._lines)
        self.buttons = []
        for thing in things:
            self._lines.addLayout(self._line(thing))
            self._lines.addWidget(Rule())
        if not things:
            self._nothing(following, counting=counting)
        if len(things) <= FEW:
            self._soon(soon, below=bool(things))
        self._lines.addStretch(1)
        self._count = len(things) or len(soon) + (following is not None)

    def whole_height(self) -> int:
        """The height at which all of it is seen, up to five things."""
        lines = min(MOST, max(1, self._count))
        return theme.px("measure.dayToDoHead") + lines * theme.px("measure.dayToDoLine")

    def _nothing(self, following: ToDo | None, *, counting: bool) -> None:
        """What stands here when nothing waits for a person: the step that follows."""
        words = tr("Still counting") if counting else tr("Nothing waits for a person now.")
        self._lines.addWidget(Text(words, "body", "inkSecondary", wrap=True))
        if following is not None:
            self._lines.addLayout(self._line(following))

    def _soon(self, soon: Sequence[tuple[str, str]], *, below: bool) -> None:
        """What is on or comes next; ``below``: under things to be done."""
        if soon and below:
            self._lines.addWidget(Text(tr("On now and next"), "caption", "inkTertiary"))
        for said, place in soon:
            text = column(ElidedText(said, "body"), ElidedText(place, "body", "inkTertiary"), gap=0)
            line = row(column(_Tile("timer", "idle"), None, gap=0), text, gap=3)
            line.setStretch(1, 1)
            self._lines.addLayout(line)

    def _line(self, thing: ToDo) -> QHBoxLayout:
        say = in_use().say
        role, icon = LOOKS[thing.kind]
        detail = thing.detail if isinstance(thing.detail, str) else say(thing.detail)
        words = column(
            ElidedText(say(thing.said), "strong"), ElidedText(detail, "body", "inkSecondary"), gap=0
        )
        button = on_click(Button(say(DEEDS[thing.kind]), small=True), lambda: self.wanted.emit(thing))
        button.setAccessibleName(f"{button.text()}: {say(thing.said)}")
        self.buttons.append(button)
        tile = column(_Tile(icon, role), None, gap=0)
        line = row(tile, words, button, gap=3)
        line.setStretch(1, 1)
        return line
