"""The navigation at the left: mark and name of the competition, the pages in the order of the day."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from competition_app.desktop.frame.page_list import Badge
from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import Ground, draw_box, draw_ring, plain_tip, shows_focus
from competition_app.desktop.parts.parts import column, on_click
from competition_app.desktop.parts.seal import draw_seal


class SealHead(QAbstractButton):
    """The head of the navigation: seal, short name of the competition, place and date; opens the switcher."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._place, self._date = "", "", ""
        self.rail = False
        self.setFixedHeight(theme.px("measure.navHead"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_competition(self, name: str, place: str, date: str, tip: str) -> None:
        """Show a competition's short name and its place and date."""
        self._name, self._place, self._date = name, place, date
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(tip)
        self.update()

    def sizeHint(self) -> QSize:
        """The width of the navigation."""
        return QSize(theme.px("width.navRail" if self.rail else "width.nav"), theme.px("measure.navHead"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint seal, two lines and the sign that there is a choice."""
        painter = QPainter(self)
        side = theme.px("measure.seal")
        left = theme.space(3)
        draw_seal(painter, QRect(left, (self.height() - side) // 2, side, side))
        if not self.rail:
            small = theme.px("icon.small")
            sign = QRect(self.width() - theme.space(3) - small, 0, small, self.height())
            icons.draw(painter, "chevrons-up-down", sign, "inkSecondary", small)
            text = QRect(
                left + side + theme.space(2), 0, sign.left() - left - side - theme.space(3), self.height()
            )
            self._line(painter, text.adjusted(0, theme.space(3) - 1, 0, 0), self._name, "strong", "ink")
            below = text.adjusted(0, self.height() // 2 + 1, 0, 0)
            self._line(painter, below, self._where(text.width()), "caption", "inkTertiary")
        if shows_focus(self):
            draw_ring(painter, self.rect().adjusted(2, 2, -2, -2), theme.px("radius.navItem"))

    def _where(self, room: int) -> str:
        """Place and date; a long place is cut, the date never."""
        metrics = QFontMetrics(theme.font("caption"))
        left = room - metrics.horizontalAdvance(f" {self._date}")
        place = metrics.elidedText(self._place, Qt.TextElideMode.ElideRight, left)
        return f"{place} {self._date}".strip()

    @staticmethod
    def _line(painter: QPainter, box: QRect, text: str, kind: str, role: str) -> None:
        painter.setFont(theme.font(kind))
        painter.setPen(theme.color(role))
        line = QRect(box.x(), box.y(), box.width(), theme.line_height(kind) - 1)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class NavItem(QAbstractButton):
    """One page in the navigation; the current one is a paper tile with a red bar."""

    def __init__(self, key: str, word: str, icon: str) -> None:
        super().__init__()
        self.key, self._icon = key, icon
        self.badge: Badge | None = None
        self.rail = False
        self.setText(word)
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(theme.px("height.navItem"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_badge(self, badge: Badge | None) -> None:
        """Show what a person must do there; None or nothing to do shows no badge."""
        self.badge = badge if badge and badge.count else None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint tile, bar, icon, word and badge."""
        painter = QPainter(self)
        current = self.isChecked()
        tile = self.rect().adjusted(theme.px("measure.navItemX"), 0, -theme.px("measure.navItemX"), 0)
        radius = theme.px("radius.navItem")
        if current:
            draw_box(painter, tile, theme.color("raised"), theme.color("line"), radius)
            bar = theme.px("stroke.selectedEdge")
            inset = theme.space(2) + 1
            edge = QRect(tile.x(), tile.y() + inset, bar, tile.height() - 2 * inset)
            draw_box(painter, edge, theme.color("accentInk"), None, 1)
        elif self.underMouse():
            draw_box(painter, tile, theme.color("hover"), None, radius)
        self._paint_content(painter, current=current)
        if shows_focus(self):
            draw_ring(painter, tile, radius)

    def _paint_content(self, painter: QPainter, *, current: bool) -> None:
        side = theme.px("icon.normal")
        role = "accentInk" if current else "inkSecondary"
        left = (self.width() - side) // 2 if self.rail else theme.px("measure.navIconX")
        icons.draw(painter, self._icon, QRect(left, 0, side, self.height()), role)
        if self.rail:
            if self.badge:
                self._dot(painter, left + side)
            return
        font = theme.font("navigation")
        font.setBold(current)
        painter.setFont(font)
        painter.setPen(theme.color("ink" if current else "inkSecondary"))
        text = self.rect().adjusted(theme.px("measure.navTextX"), 0, -theme.space(4), 0)
        if self.badge:
            text.setRight(text.right() - self._count(painter, self.badge) - theme.space(2))
            painter.setFont(font)
            painter.setPen(theme.color("ink" if current else "inkSecondary"))
        shown = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _count(self, painter: QPainter, badge: Badge) -> int:
        """Paint the count at the right; its width."""
        painter.setFont(theme.font("captionStrong"))
        word = f"{badge.count:,}"
        height = theme.px("height.badge")
        width = max(height + theme.space(1), painter.fontMetrics().horizontalAdvance(word) + theme.space(3))
        right = self.width() - theme.space(4) - theme.space(1)
        box = QRect(right - width, (self.height() - height) // 2, width, height)
        draw_box(painter, box, theme.color(f"status.{badge.role}.tint"), None, theme.px("radius.badge"))
        painter.setPen(theme.color(f"status.{badge.role}.ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
        return width

    def _dot(self, painter: QPainter, right: int) -> None:
        side = theme.px("measure.badgeDot")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"status.{self.badge.role}.solid" if self.badge else "line"))
        painter.drawEllipse(QRect(right - side // 2, self.height() // 2 - theme.space(3), side, side))


class _Parting(QWidget):
    """The hairline between two groups of pages."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.px("measure.navGroupGap"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = theme.space(4)
        line = QRect(side, self.height() // 2 - 1, self.width() - 2 * side, theme.px("stroke.hairline"))
        QPainter(self).fillRect(line, theme.color("lineStrong"))


class Navigation(Ground):
    """All pages under the competition's head; ``chosen`` tells the key of the page wanted."""

    chosen = Signal(str)

    def __init__(self, items: Sequence[tuple[str, str, str, int]]) -> None:
        """Make the items: key, word, icon, group."""
        super().__init__("nav", "right")
        self.head = SealHead()
        self.items: dict[str, NavItem] = {}
        layout = column(self.head, gap=0)
        layout.addSpacing(theme.space(2))
        last = None
        for key, word, icon, group in items:
            if last is not None and group != last:
                layout.addWidget(_Parting())
            last = group
            item = self.items[key] = NavItem(key, word, icon)
            on_click(item, partial(self.chosen.emit, key))
            layout.addWidget(item)
        layout.addStretch(1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_rail(on=False)

    def set_rail(self, *, on: bool) -> None:
        """Show icons only."""
        self.setFixedWidth(theme.px("width.navRail" if on else "width.nav"))
        self.head.rail = on
        for item in self.items.values():
            item.rail = on
            item.setToolTip(plain_tip(item.text()) if on else "")
        self.update()

    def show_current(self, key: str) -> None:
        """Mark the page that is shown."""
        self.items[key].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move the keyboard among the items."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        items = list(self.items.values())
        now = next((i for i, item in enumerate(items) if item.hasFocus()), None)
        if step is None or now is None:
            super().keyPressEvent(event)
        else:
            items[max(0, min(len(items) - 1, now + step))].setFocus(Qt.FocusReason.TabFocusReason)
