"""The small parts of every page: text, grounds with hairlines, buttons, selectors, fields."""

from collections.abc import Sequence
from html import escape
from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from competition_app.desktop.look import icons, theme

Variant = Literal["plain", "primary", "danger", "quiet", "link"]
Edge = Literal["top", "bottom", "left", "right"]


def plain_tip(text: str) -> str:
    """A tool tip that shows the text as it is, whatever markup a name may hold."""
    return f"<qt>{escape(text)}</qt>" if "<" in text else text


class Text(QLabel):
    """A line or paragraph of plain text in a type style and an ink role (``inkSecondary``, ``bad`` …)."""

    def __init__(
        self, text: str = "", kind: str = "body", role: str = "ink", *, wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(kind))
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_role(self, role: str) -> None:
        """Change the ink."""
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)


class ElidedText(QWidget):
    """One line that is cut with dots when it is too long, its whole text then in the tool tip."""

    def __init__(
        self, text: str = "", kind: str = "body", role: str = "ink", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._kind, self._role = text, kind, role
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font(kind))

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        width = QFontMetrics(theme.font(self._kind)).horizontalAdvance(self._text)
        return QSize(width + 1, theme.line_height(self._kind))

    def minimumSizeHint(self) -> QSize:
        """Room for a few characters."""
        return QSize(theme.space(6), theme.line_height(self._kind))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the text, cut where it must be."""
        painter = QPainter(self)
        painter.setFont(theme.font(self._kind))
        painter.setPen(ink(self._role))
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(plain_tip(self._text) if shown != self._text else "")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def ink(role: str) -> QColor:
    """The colour of an ink role or of a status role's ink."""
    return theme.color(f"status.{role}.ink" if role in theme.STATUS_ROLES else role)


class Ground(QFrame):
    """A plain area in a ground colour, with hairlines on the named edges."""

    def __init__(self, role: str = "surface", *edges: Edge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._edges = edges

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill, then draw the hairlines as whole pixels."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color(self._role))
        line = theme.px("stroke.hairline")
        w, h = self.width(), self.height()
        boxes = {"top": (0, 0, w, line), "bottom": (0, h - line, w, line)}
        boxes |= {"left": (0, 0, line, h), "right": (w - line, 0, line, h)}
        for edge in self._edges:
            painter.fillRect(QRect(*boxes[edge]), theme.color("line"))


class Rule(QWidget):
    """A hairline across a column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.px("stroke.hairline"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the line."""
        QPainter(self).fillRect(self.rect(), theme.color("line"))


def draw_box(painter: QPainter, rect: QRect, fill: QColor | None, edge: QColor | None, radius: int) -> None:
    """Paint a rounded box with a one-pixel edge lying inside the rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill else Qt.BrushStyle.NoBrush)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    painter.setPen(QPen(edge, theme.px("stroke.hairline")))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def draw_ring(painter: QPainter, rect: QRect, radius: int, *, on_fill: bool = False) -> None:
    """Paint the focus ring inside the rectangle; on a filled ground a gap of surface stands before it."""
    width = theme.px("stroke.focus")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if on_fill:
        gap = theme.px("stroke.focusGap")
        inset = width + gap / 2
        painter.setPen(QPen(theme.color("surface"), gap))
        painter.drawRoundedRect(
            QRectF(rect).adjusted(inset, inset, -inset, -inset), radius - width, radius - width
        )
    half = width / 2
    painter.setPen(QPen(theme.color("focus"), width))
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)


def shows_focus(widget: QWidget) -> bool:
    """True where a focus ring is due."""
    return widget.hasFocus() and widget.isEnabled()


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab stops here. A plain scroll area is a stop only where nothing in it would scroll it."""
    if not (widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()):
        return False
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        scrolls = widget.verticalScrollBar().maximum() > 0
        return scrolls and not any(map(takes_tab, inner.findChildren(QWidget) if inner else ()))
    return widget.focusProxy() is None


class Button(QPushButton):
    """A button whose word names the deed; ``primary`` is filled red, ``danger`` outlined, never filled."""

    def __init__(
        self, text: str = "", icon: str = "", variant: Variant = "plain", *, small: bool = False,
        tip: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(text, parent)
        self.icon_name = icon
        self.variant: Variant = variant
        self.small = small
        self.setFont(theme.font("strong" if variant in ("primary", "danger") else "body"))
        self.setFixedHeight(theme.px("height.buttonSmall" if small else "height.button"))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor if variant == "link" else Qt.CursorShape.ArrowCursor)
        self.setAutoDefault(False)
        if tip:
            self.setToolTip(plain_tip(tip))
            self.setAccessibleName(text or tip)

    def set_variant(self, variant: Variant) -> None:
        """Change the button's rank."""
        self.variant = variant
        self.setFont(self._type())
        self.updateGeometry()
        self.update()

    def set_icon_name(self, icon: str) -> None:
        """Change the icon."""
        self.icon_name = icon
        self.updateGeometry()
        self.update()

    def _type(self) -> QFont:
        """The type of its rank; a change of theme brings the font back that it was made with."""
        return theme.font("strong" if self.variant in ("primary", "danger") else "body")

    def _content_width(self) -> int:
        width = QFontMetrics(self._type()).horizontalAdvance(self.text()) if self.text() else 0
        if self.icon_name:
            width += theme.px("icon.normal") + (theme.px("measure.iconGap") if self.text() else 0)
        return width

    def sizeHint(self) -> QSize:
        """Content and padding; a button with an icon only is square."""
        if not self.text():
            return QSize(self.height(), self.height())
        pad = theme.px("measure.buttonSmallX" if self.small or self.variant == "link" else "measure.buttonX")
        return QSize(self._content_width() + 2 * pad + 2, self.height())

    def minimumSizeHint(self) -> QSize:
        """A button is never cut."""
        return self.sizeHint()

    def _looks(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Fill, edge and ink for the state the button is in."""
        down, hover = self.isDown() or self.isChecked(), self.underMouse() and self.isEnabled()
        if not self.isEnabled():
            bare = self.variant in ("quiet", "link")
            return (None, None, theme.color("inkDisabled")) if bare else (
                theme.color("sunken"), theme.color("line"), theme.color("inkDisabled"))  # fmt: skip
        if self.variant == "primary":
            fill = theme.color("accentPressed" if down else "accentHover" if hover else "accent")
            return fill, None, theme.color("onAccent")
        if self.variant == "danger":
            edge = theme.color("status.bad.ink")
            return theme.color("status.bad.tint") if hover or down else theme.color("surface"), edge, edge
        if self.variant in ("quiet", "link"):
            word = theme.color("status.run.ink" if self.variant == "link" else "inkSecondary")
            return (theme.color("hover") if hover or down else None), None, word
        ground = "hover" if hover or down else "raised"
        return theme.color(ground), theme.color("buttonBorder"), theme.color("ink")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, icon and word, then the ring."""
        painter = QPainter(self)
        fill, edge, word = self._looks()
        radius = theme.px("radius.button")
        draw_box(painter, self.rect(), fill, edge, radius)
        self._paint_content(painter, word)
        if shows_focus(self):
            draw_ring(painter, self.rect(), radius, on_fill=self.variant == "primary")

    def _paint_content(self, painter: QPainter, word: QColor) -> None:
        side = theme.px("icon.normal")
        content = self._content_width()
        left = self.rect().x() + max(0, (self.width() - content) // 2)
        if self.variant == "link":
            left = theme.px("measure.buttonSmallX")
        if self.icon_name:
            icons.draw(painter, self.icon_name, QRect(left, 0, side, self.height()), word)
            left += side + theme.px("measure.iconGap")
        painter.setFont(self._type())
        painter.setPen(word)
        box = QRect(left, 0, self.width() - left, self.height())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextHideMnemonic
        painter.drawText(box, flags, self.text())


class Selector(QComboBox):
    """A choice from a list; each choice carries a value of its own."""

    def __init__(self, name: str, *, width: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.px("height.field"))
        self.setMaxVisibleItems(16)
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        if width:
            self.setFixedWidth(width)

    def set_choices(self, choices: Sequence[tuple[object, str]], chosen: object = None) -> None:
        """Offer (value, word) pairs without telling anyone; the chosen one stays where it still exists."""
        keep = chosen if chosen is not None else self.currentData()
        self.blockSignals(True)
        self.clear()
        for value, word in choices:
            self.addItem(word, value)
        self.choose(keep)
        self.blockSignals(False)

    def choose(self, value: object) -> None:
        """Choose the value if it is offered, else the first."""
        values = [self.itemData(i) for i in range(self.count())]
        self.setCurrentIndex(values.index(value) if value in values else min(0, self.count() - 1))

    def sizeHint(self) -> QSize:
        """Room for the longest word and the arrow."""
        metrics = QFontMetrics(theme.font("body"))
        longest = max((metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0)
        return QSize(longest + theme.space(7) + theme.px("measure.fieldX"), theme.px("height.field"))

    def minimumSizeHint(self) -> QSize:
        """Room for a few characters and the arrow."""
        return QSize(theme.space(7) * 2, theme.px("height.field"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the field, the chosen word and the arrow."""
        painter = QPainter(self)
        radius = theme.px("radius.field")
        edge = theme.color("fieldBorder" if self.isEnabled() else "line")
        draw_box(painter, self.rect(), theme.color("field"), edge, radius)
        arrow = theme.space(4)
        right = QRect(self.width() - arrow - theme.space(2), 0, arrow, self.height())
        icons.draw(painter, "chevron-down", right, "inkSecondary", theme.px("icon.small"))
        text = self.rect().adjusted(theme.px("measure.fieldX"), 0, -(arrow + theme.space(3)), 0)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("ink" if self.isEnabled() else "inkDisabled"))
        shown = painter.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, text.width()
        )
        self.setToolTip(plain_tip(self.currentText()) if shown != self.currentText() else "")
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        if shows_focus(self):
            draw_ring(painter, self.rect(), radius)


class SearchField(QLineEdit):
    """The field that finds (Ctrl+F): a glass at its left, a cross to empty it."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("search", "true")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setFont(theme.font("body"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the glass."""
        super().paintEvent(event)
        glass = QRect(theme.px("measure.fieldX"), 0, theme.px("icon.normal"), self.height())
        icons.draw(QPainter(self), "search", glass, "inkSecondary")


class Tick(QAbstractButton):
    """A box to tick with its word at the right."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setFont(theme.font("body"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Box, gap and word."""
        word = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(
            theme.px("measure.check") + theme.space(3) + word + theme.space(1), theme.px("height.button")
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint box, tick and word."""
        painter = QPainter(self)
        side = theme.px("measure.check")
        box = QRect(theme.space(1), (self.height() - side) // 2, side, side)
        draw_tick(painter, box, ticked=self.isChecked())
        painter.setFont(self.font())
        painter.setPen(theme.color("ink" if self.isEnabled() else "inkDisabled"))
        text = self.rect().adjusted(box.right() + theme.space(2), 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        if shows_focus(self):
            draw_ring(painter, self.rect(), theme.px("radius.check"))


def draw_tick(painter: QPainter, box: QRect, *, ticked: bool) -> None:
    """Paint a box to tick."""
    radius = theme.px("radius.check")
    if ticked:
        draw_box(painter, box, theme.color("accent"), None, radius)
        icons.draw(painter, "check", box, "onAccent", theme.px("icon.small"))
    else:
        draw_box(painter, box, theme.color("field"), theme.color("fieldBorder"), radius)


def square_button(icon: str, tip: str, variant: Variant = "quiet") -> Button:
    """A button with an icon only; its word stands in the tool tip and for screen readers."""
    made = Button("", icon, variant, tip=tip)
    made.setFixedWidth(theme.px("height.button"))
    return made
