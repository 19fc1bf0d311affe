"""The start: recent competitions and a place to drop files, presets and other ways to begin, the sample."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QVBoxLayout, QWidget

from competition_app import __version__
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Ground, Text
from competition_app.desktop.parts.parts import Card, IconTile, clear, column, on_click, row
from competition_app.desktop.start.start_cards import DropArea, LinkRow, RecentRow, Seal, Way, WayCard, way_of
from competition_app.i18n import in_use, tr
from competition_app.services.competitions.presets import presets

ACROSS = 3
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -ACROSS, Qt.Key.Key_Down: ACROSS}
OTHER_LANGUAGE = {"zh": "English", "en": "简体中文"}
"""What the button says: the other language in its own words."""
MOST_RECENT = {False: 3, True: 5}
"""How many recent competitions are listed, in a low window and in a high one."""


def ways() -> tuple[Way, ...]:
    """The ways to begin that stand as cards: a preset each, and last year's competition."""
    again = Way(
        "previous", "copy", tr("Like an earlier one"), tr("Brings its rules, units and judges"),
        tr("No contestants, no results"), dashed=True,
    )  # fmt: skip
    return (*(way_of(preset) for preset in presets()), again)


class StartPage(QWidget):
    """What is seen first. ``way`` tells a chosen way (a preset's key, ``previous``, ``blank``, ``package``,
    ``sample``), ``recent`` a recent competition.
    """

    way = Signal(str)
    recent = Signal(object)
    language = Signal()
    appearance = Signal()

    def __init__(self, recent: Sequence[dict[str, Any]]) -> None:
        super().__init__()
        self.cards: list[WayCard] = []
        self._list = column(gap=0)
        self.setLayout(row(self._left(), self._right(), gap=0))
        for stop in (*self.cards, self.sample):
            stop.installEventFilter(self)
        self.show_recent(recent)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins at the sample, the one thing that changes nothing."""
        super().showEvent(event)
        self.sample.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List as many recent competitions as there is room for."""
        super().resizeEvent(event)
        if self._high() != self._was_high:
            self.show_recent(self._recent)

    def _high(self) -> bool:
        return self.height() >= int(theme.tokens()["window"]["designed"][1])

    def _left(self) -> QWidget:
        left = Ground("nav", "right")
        left.setFixedWidth(theme.px("width.startLeft"))
        inner = column(gap=0, margins=(5, 7, 5, 4))
        inner.addWidget(Seal())
        inner.addSpacing(theme.space(4))
        inner.addWidget(Text(tr("Labour and skill competitions"), "display", wrap=True))
        inner.addSpacing(theme.space(1))
        inner.addWidget(
            Text(tr("From the first form to the last certificate"), "body", "inkTertiary", wrap=True)
        )
        inner.addSpacing(theme.space(6))
        self._heading = Text(tr("Opened lately"), "strong")
        inner.addWidget(self._heading)
        inner.addSpacing(theme.space(1))
        inner.addLayout(self._list)
        self.other = on_click(LinkRow(tr("Open another competition")), partial(self.way.emit, "package"))
        inner.addWidget(self.other)
        inner.addStretch(1)
        inner.addWidget(DropArea())
        inner.addSpacing(theme.space(4))
        inner.addLayout(self._foot())
        left.setLayout(inner)
        return left

    def _foot(self) -> Any:
        version = Text(tr("Version {version}, offline", version=__version__), "caption", "inkTertiary")
        look = Button("", "sun-moon", "quiet", tip=tr("Light or dark"))
        words = Button(OTHER_LANGUAGE[in_use().language], "languages", "quiet", small=True)
        on_click(look, self.appearance.emit)
        on_click(words, self.language.emit)
        return row(version, None, look, words, gap=1)

    def _right(self) -> QWidget:
        right = Ground("canvas")
        inner = column(self._head(), gap=0)
        inner.addSpacing(theme.space(4) + theme.space(1))
        inner.addLayout(self._grid())
        inner.addSpacing(theme.space(6))
        self._sample_card = self._sample()
        inner.addWidget(self._sample_card)
        inner.addSpacing(theme.space(3))
        inner.addStretch(1)
        keys = tr("Arrow keys choose, Enter begins; Ctrl+O opens a file; {key} helps", key="F1")
        inner.addWidget(Text(keys, "caption", "inkTertiary"))
        pad = theme.px("padding.startPage")
        inner.setContentsMargins(pad, pad, pad, theme.space(5))
        inside = QWidget()
        inside.setMaximumWidth(theme.px("measure.startContentWidth"))
        inside.setLayout(inner)
        right.setLayout(row(inside, gap=0))
        return right

    def _head(self) -> Any:
        self.blank = Button(tr("Blank competition"), "plus")
        on_click(self.blank, partial(self.way.emit, "blank"))
        lead = Text(
            tr("Choose the one most like yours; the rules can be changed later"), "body", "inkTertiary"
        )
        return row(Text(tr("New competition"), "title"), lead, None, self.blank, gap=4)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.space(4))
        for place, way in enumerate(ways()):
            card = WayCard(way)
            on_click(card, partial(self.way.emit, way.key))
            grid.addWidget(card, place // ACROSS, place % ACROSS)
            self.cards.append(card)
        for across in range(ACROSS):
            grid.setColumnStretch(across, 1)
        return grid

    def _sample(self) -> QWidget:
        card = Card()
        card.setFixedHeight(theme.px("measure.startSample"))
        said = tr("An invented city competition, marked and ranked. Change what you like.")
        texts: QVBoxLayout = column(
            Text(tr("See a sample first"), "section"), Text(said, "body", "inkSecondary"), gap=0
        )
        self.sample = Button(tr("Open the sample"), "play", "primary")
        on_click(self.sample, partial(self.way.emit, "sample"))
        card.inner.addLayout(row(IconTile("graduation-cap", "run"), texts, None, self.sample, gap=4))
        return card

    def offer_sample(self, *, on: bool) -> None:
        """Offer the sample where the program can make it."""
        self._sample_card.setVisible(on)

    def show_recent(self, recent: Sequence[dict[str, Any]]) -> None:
        """List the competitions opened lately and what else is in the store."""
        clear(self._list)
        self._heading.setVisible(bool(recent))
        self._recent, self._was_high = tuple(recent), self._high()
        if not recent:
            return
        from competition_app.desktop.start.recent import recent_of

        for one in recent[: MOST_RECENT[self._was_high]]:
            line = RecentRow(recent_of(one))
            on_click(line, partial(self.recent.emit, one))
            self._list.addWidget(line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrow keys before a button moves the keyboard to its neighbour in the order of Tab."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in STEPS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move among the cards and the sample, round at the ends; Enter presses."""
        stops: list[QAbstractButton] = [*self.cards, *([self.sample] if self.sample.isVisible() else [])]
        now = next((i for i, stop in enumerate(stops) if stop.hasFocus()), None)
        if event.key() in STEPS:
            place = _next(now, STEPS[Qt.Key(event.key())], len(stops))
            stops[place].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.window().focusWidget()
            if isinstance(focused, QAbstractButton):
                focused.click()
        else:
            super().keyPressEvent(event)


def _next(now: int | None, step: int, count: int) -> int:
    """The stop an arrow key leads to: round at the ends; below the last row of cards stands the sample."""
    if now is None:
        return 0
    if abs(step) == 1:
        return (now + step) % count
    if step > 0:
        return 0 if now == count - 1 else min(now + step, count - 1)
    return max(now + step, 0)
