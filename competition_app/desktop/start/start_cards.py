"""What stands on the start: cards of ways to begin, competitions opened lately, the place to drop a file."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import Text, draw_box, draw_ring, ink, plain_tip, shows_focus
from competition_app.desktop.parts.parts import column, dashed_box
from competition_app.desktop.parts.seal import draw_seal
from competition_app.i18n import in_use, tr
from competition_app.services.competitions.presets import PresetRow

if TYPE_CHECKING:
    from competition_app.desktop.start.recent import Recent

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Way(NamedTuple):
    """A way to begin: key, icon, title, what it gives in two lines, and a word for the corner."""

    key: str
    icon: str
    title: str
    line: str
    more: str
    corner: str = ""
    dashed: bool = False


def way_of(preset: PresetRow) -> Way:
    """A preset as a way to begin, in the language in use."""
    say = in_use().say
    corner = tr("Usual") if preset.usual else ""
    return Way(
        preset.key, preset.icon, say(preset.name), say(preset.description), say(preset.more), corner
    )  # fmt: skip


class WayCard(QAbstractButton):
    """One way to begin, as a card that can be pressed; in a low window icon and words stand side by side."""

    def __init__(self, way: Way) -> None:
        super().__init__()
        self.way = way
        self.setAccessibleName(way.title)
        self.setAccessibleDescription(f"{way.line} {way.more}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(theme.px("measure.startCardLow"))
        self.setMaximumHeight(theme.px("measure.startCardHeight"))

    def sizeHint(self) -> QSize:
        """As wide as its column, as high as drawn."""
        return QSize(theme.px("width.sidePanel"), theme.px("measure.startCardHeight"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint card, icon on its tile, corner word, title and two lines."""
        painter = QPainter(self)
        radius = theme.px("radius.card")
        if self.way.dashed:
            dashed_box(painter, self.rect(), "canvas")
        else:
            edge = "buttonBorder" if self.underMouse() else "lineStrong"
            draw_box(painter, self.rect(), theme.color("surface"), theme.color(edge), radius)
        pad, tile = theme.px("padding.card"), theme.px("measure.startCardIcon")
        low = self.height() < self.maximumHeight() - theme.space(2)
        box = QRect(pad, (self.height() - self._low_height()) // 2 if low else pad, tile, tile)
        if not self.way.dashed:
            draw_box(painter, box, theme.color("canvas"), None, theme.px("radius.iconTile"))
        role = "inkSecondary" if self.way.dashed else "ink"
        icons.draw(painter, self.way.icon, box, role, theme.px("icon.large"))
        if self.way.corner:
            self._paint_corner(painter, box)
        self._paint_words(painter, box, low=low)
        if shows_focus(self):
            draw_ring(painter, self.rect(), radius)

    def _low_height(self) -> int:
        lines = sum(theme.line_height(kind) + _gap() for _, kind, _ in self._lines()[1:])
        return theme.px("measure.startCardIcon") + theme.space(1) + lines

    def _lines(self) -> tuple[tuple[str, str, str], ...]:
        way = self.way
        return (
            (way.title, "section", "ink"), (way.line, "body", "inkSecondary"),
            (way.more, "caption", "inkTertiary"),
        )  # fmt: skip

    def _paint_corner(self, painter: QPainter, tile: QRect) -> None:
        font = theme.font("caption")
        wide = QFontMetrics(font).horizontalAdvance(self.way.corner) + 2 * theme.space(2)
        left = self.width() - tile.x() - wide
        box = QRect(left, tile.y(), wide, theme.line_height("caption") + theme.space(1) // 2)
        draw_box(painter, box, theme.color("status.idle.tint"), None, theme.px("radius.pill"))
        painter.setFont(font)
        painter.setPen(theme.color("status.idle.ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.way.corner)

    def _paint_words(self, painter: QPainter, tile: QRect, *, low: bool) -> None:
        """Title and lines below the tile; in a low card the title stands beside it."""
        pad, top, cut = tile.x(), tile.bottom() + 1 + theme.space(1 if low else 3), False
        for place, (text, kind, role) in enumerate(self._lines()):
            line = QRect(pad, top, self.width() - 2 * pad, theme.line_height(kind))
            if low and not place:
                line = QRect(tile.right() + theme.space(3), tile.y(), 0, tile.height())
                line.setRight(self.width() - pad)
            else:
                top += line.height() + _gap()
            cut = _paint_line(painter, line, text, kind, role) or cut
        self.setToolTip(plain_tip("\n".join(line[0] for line in self._lines())) if cut else "")


def _gap() -> int:
    return theme.space(1) // 2


class RecentRow(QAbstractButton):
    """A competition opened lately: name over when and where, its state at the right."""

    def __init__(self, recent: "Recent") -> None:
        super().__init__()
        self._recent = recent
        self.setAccessibleName(recent.name)
        self.setAccessibleDescription(f"{recent.when} {recent.state}".strip())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(theme.px("measure.startRecent"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint icon, two lines and the state."""
        painter = QPainter(self)
        radius = theme.px("radius.navItem")
        if self.underMouse():
            draw_box(painter, self.rect(), theme.color("hover"), None, radius)
        recent, side = self._recent, theme.px("icon.normal")
        icons.draw(painter, "file-text", QRect(0, 0, side, self.height()), "inkTertiary")
        left = side + theme.space(3)
        top = (self.height() - theme.line_height("strong") - theme.line_height("caption")) // 2
        name = QRect(left, top, self.width() - left, theme.line_height("strong"))
        cut = _paint_line(painter, name, recent.name, "strong", "ink")
        line = QRect(left, name.bottom() + 1, name.width(), theme.line_height("caption"))
        painter.setFont(theme.font("caption"))
        wide = painter.fontMetrics().horizontalAdvance(recent.state)
        painter.setPen(ink(recent.role))
        painter.drawText(line, RIGHT, recent.state)
        room = line.adjusted(0, 0, -(wide + theme.space(2)) if wide else 0, 0)
        cut = _paint_line(painter, room, recent.when, "caption", "inkTertiary") or cut
        self.setToolTip(plain_tip(f"{recent.name}\n{recent.when}") if cut else "")
        if shows_focus(self):
            draw_ring(painter, self.rect(), radius)


class LinkRow(QAbstractButton):
    """The last line of the list: open what is not in it; icon and word stand under those above."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.setText(word)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(theme.px("height.button"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint icon and word."""
        painter = QPainter(self)
        radius, side = theme.px("radius.navItem"), theme.px("icon.normal")
        if self.underMouse():
            draw_box(painter, self.rect(), theme.color("hover"), None, radius)
        icons.draw(painter, "folder-open", QRect(0, 0, side, self.height()), ink("run"))
        left = side + theme.space(3)
        painter.setFont(theme.font("body"))
        painter.setPen(ink("run"))
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), LEFT, self.text())
        if shows_focus(self):
            draw_ring(painter, self.rect(), radius)


def _paint_line(painter: QPainter, box: QRect, text: str, kind: str, role: str) -> bool:
    """Paint a line, cut where it must be; whether it was cut."""
    painter.setFont(theme.font(kind))
    painter.setPen(theme.color(role))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, LEFT, shown)
    return shown != text


class Seal(QWidget):
    """The program's mark, large."""

    def __init__(self) -> None:
        super().__init__()
        side = theme.px("measure.sealLarge")
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        draw_seal(QPainter(self), self.rect())


class DropArea(QWidget):
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
        """Paint the dashed box and its icon."""
        painter = QPainter(self)
        dashed_box(painter, self.rect(), "sunken")
        at = QRect(0, theme.space(5) - 4, self.width(), theme.px("icon.topic"))
        icons.draw(painter, "package-open", at, "inkSecondary", theme.px("icon.topic"))
