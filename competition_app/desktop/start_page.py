"""The start: recent competitions and a place to drop files, ways to begin, the sample."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QWidget

from competition_app import __version__
from competition_app.desktop import icons, theme
from competition_app.desktop.controls import Button, Ground, Text, draw_box, draw_ring, plain_tip, shows_focus
from competition_app.desktop.parts import Card, IconTile, clear, column, dashed_box, on_click, row
from competition_app.desktop.seal import draw_seal
from competition_app.i18n import in_use, tr

OTHER_LANGUAGE = {"zh": "English", "en": "简体中文"}
"""What the button says: the other language in its own words."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to begin: key, icon, title, and what it gives."""

    key: str
    icon: str
    title: str
    line: str
    more: str
    dashed: bool = False


class WayCard(QAbstractButton):
    """One way to begin, as a card that can be pressed."""

    def __init__(self, way: Way) -> None:
        super().__init__()
        self._way = way
        self.setAccessibleName(way.title)
        self.setAccessibleDescription(f"{way.line} {way.more}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(theme.px("measure.startCardHeight"))

    def sizeHint(self) -> QSize:
        """As wide as its column."""
        return QSize(theme.px("width.sidePanel"), theme.px("measure.startCardHeight"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint card, icon on its tile, title and two lines."""
        painter = QPainter(self)
        radius = theme.px("radius.card")
        if self._way.dashed:
            dashed_box(painter, self.rect(), "canvas")
        else:
            edge = "buttonBorder" if self.underMouse() else "lineStrong"
            draw_box(painter, self.rect(), theme.color("surface"), theme.color(edge), radius)
        pad, tile = theme.px("padding.card"), theme.px("measure.startCardIcon")
        box = QRect(pad, pad, tile, tile)
        draw_box(painter, box, theme.color("canvas"), None, theme.px("radius.iconTile"))
        icons.draw(painter, self._way.icon, box, "ink", theme.px("icon.large"))
        top = pad + tile + theme.space(3)
        for text, kind, role in (
            (self._way.title, "section", "ink"),
            (self._way.line, "body", "inkSecondary"),
            (self._way.more, "caption", "inkTertiary"),
        ):
            line = QRect(pad, top, self.width() - 2 * pad, theme.line_height(kind))
            painter.setFont(theme.font(kind))
            painter.setPen(theme.color(role))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            top += line.height() + theme.space(1) - 2
        if shows_focus(self):
            draw_ring(painter, self.rect(), radius)


class RecentRow(QAbstractButton):
    """A competition opened lately: name over when and where."""

    def __init__(self, name: str, when: str, tip: str) -> None:
        super().__init__()
        self._name, self._when = name, when
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(tip))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(theme.px("measure.startRecent"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint icon and two lines."""
        painter = QPainter(self)
        radius = theme.px("radius.navItem")
        if self.underMouse():
            draw_box(painter, self.rect(), theme.color("hover"), None, radius)
        side = theme.px("icon.normal")
        icons.draw(painter, "file-text", QRect(0, 0, side, self.height()), "inkTertiary")
        left = side + theme.space(3)
        top = (self.height() - theme.line_height("strong") - theme.line_height("caption")) // 2
        for text, kind, role in ((self._name, "strong", "ink"), (self._when, "caption", "inkTertiary")):
            painter.setFont(theme.font(kind))
            painter.setPen(theme.color(role))
            line = QRect(left, top, self.width() - left, theme.line_height(kind))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            top += line.height()
        if shows_focus(self):
            draw_ring(painter, self.rect(), radius)


class _Seal(QWidget):
    def __init__(self) -> None:
        super().__init__()
        side = theme.px("measure.sealLarge")
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_seal(QPainter(self), self.rect())


class _DropArea(QWidget):
    """Where a competition's file may be dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.px("measure.startDrop"))
        title = Text(tr("Drop a competition file here"), "strong")
        line = Text(tr("a package, {kinds}", kinds=".competition.json / .zip"), "caption", "inkTertiary")
        inner = column(None, title, line, gap=1, margins=(2, 3, 2, 4))
        inner.insertSpacing(1, theme.px("icon.topic") + theme.space(1))
        for text in (title, line):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(inner)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        dashed_box(painter, self.rect(), "sunken")
        at = QRect(0, theme.space(5) - 4, self.width(), theme.px("icon.topic"))
        icons.draw(painter, "package-open", at, "inkSecondary", theme.px("icon.topic"))


def ways() -> tuple[Way, ...]:
    """The ways to begin that the program has."""
    return (
        Way("new", "plus", tr("New competition"), tr("Name, dates, organisers and events"),
            tr("Rules from a usual plan")),
        Way("package", "package-open", tr("Import a package"), tr("A whole competition in one file"),
            tr("Events, entries, marks and rulings")),
    )  # fmt: skip


class StartPage(QWidget):
    """What is seen first. ``way`` tells a chosen way, ``recent`` a recent competition."""

    way = Signal(str)
    recent = Signal(object)
    language = Signal()
    appearance = Signal()

    def __init__(self, recent: Sequence[dict[str, Any]]) -> None:
        super().__init__()
        self.cards: list[WayCard] = []
        self._list = column(gap=0)
        self.setLayout(row(self._left(), self._right(), gap=0))
        self.show_recent(recent)

    def _left(self) -> QWidget:
        left = Ground("nav", "right")
        left.setFixedWidth(theme.px("width.startLeft"))
        inner = column(gap=0, margins=(5, 7, 5, 4))
        inner.addWidget(_Seal())
        inner.addSpacing(theme.space(4))
        inner.addWidget(Text(tr("Labour and skill competitions"), "display", wrap=True))
        inner.addWidget(
            Text(tr("From the first form to the last certificate"), "body", "inkTertiary", wrap=True)
        )
        inner.addSpacing(theme.space(6))
        self._heading = Text(tr("Opened lately"), "strong")
        inner.addWidget(self._heading)
        inner.addSpacing(theme.space(1))
        inner.addLayout(self._list)
        inner.addStretch(1)
        inner.addWidget(_DropArea())
        inner.addSpacing(theme.space(4))
        version = Text(tr("Version {version}, offline", version=__version__), "caption", "inkTertiary")
        look = Button("", "sun-moon", "quiet", tip=tr("Light or dark"))
        words = Button(OTHER_LANGUAGE[in_use().language], "languages", "quiet", small=True)
        on_click(look, self.appearance.emit)
        on_click(words, self.language.emit)
        inner.addLayout(row(version, None, look, words, gap=1))
        left.setLayout(inner)
        return left

    def _right(self) -> QWidget:
        right = Ground("canvas")
        head = row(Text(tr("Begin a competition"), "title"), None)
        grid = QGridLayout()
        grid.setSpacing(theme.space(4))
        for place, way in enumerate(ways()):
            card = WayCard(way)
            on_click(card, partial(self.way.emit, way.key))
            grid.addWidget(card, place // 2, place % 2)
            self.cards.append(card)
        inner = column(head, grid, gap=5)
        self._sample_card = self._sample()
        inner.addWidget(self._sample_card)
        inner.addStretch(1)
        inner.addWidget(
            Text(
                tr("Arrow keys choose, Enter begins; Ctrl+O opens a file; {key} helps", key="F1"),
                "caption",
                "inkTertiary",
            )
        )
        pad = theme.px("padding.startPage")
        inner.setContentsMargins(pad, pad, pad, theme.space(5))
        right.setLayout(inner)
        return right

    def _sample(self) -> QWidget:
        card = Card()
        card.setFixedHeight(theme.px("measure.startSample"))
        title = Text(tr("See a sample first"), "section")
        line = Text(
            tr("An invented city competition, marked and ranked. Change what you like."),
            "body",
            "inkSecondary",
        )
        self.sample = Button(tr("Open the sample"), "play", "primary")
        on_click(self.sample, lambda: self.way.emit("sample"))
        texts = column(title, line, gap=0)
        inner = row(IconTile("graduation-cap", "run"), texts, None, self.sample, gap=4)
        card.inner.addLayout(inner)
        return card

    def offer_sample(self, *, on: bool) -> None:
        """Offer the sample where the program can make it."""
        self._sample_card.setVisible(on)

    def show_recent(self, recent: Sequence[dict[str, Any]]) -> None:
        """List the competitions opened lately and what else is in the store."""
        clear(self._list)
        self._heading.setVisible(bool(recent))
        for one in recent:
            line = RecentRow(one["name"], self._when(one), one["name"])
            on_click(line, partial(self.recent.emit, one))
            self._list.addWidget(line)

    @staticmethod
    def _when(one: dict[str, Any]) -> str:
        place = one.get("place") or ""
        return (
            tr("{place} {date}", place=place, date=one.get("date") or "").strip() or Path(one["store"]).name
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move among the cards; Enter presses."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -2, Qt.Key.Key_Down: 2}.get(
            Qt.Key(event.key())
        )
        stops: list[QAbstractButton] = [*self.cards, self.sample]
        now = next((i for i, stop in enumerate(stops) if stop.hasFocus()), None)
        if step is not None:
            place = 0 if now is None else max(0, min(len(stops) - 1, now + step))
            stops[place].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and now is not None:
            stops[now].click()
        else:
            super().keyPressEvent(event)
