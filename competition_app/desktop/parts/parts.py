"""Parts a page is made of: segments with counts, banner, card, side panel, facts, bars."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import (
    Button,
    ElidedText,
    Ground,
    Text,
    draw_box,
    draw_ring,
    ink,
    shows_focus,
    square_button,
)

Pressed = TypeVar("Pressed", bound=QAbstractButton)


def column(
    *items: QWidget | QLayout | None, gap: int = 2, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Parts under one another; gap and margins (l, t, r, b) are steps of the grid; None stretches."""
    made = QVBoxLayout()
    _fill(made, items, gap, margins)
    return made


def row(
    *items: QWidget | QLayout | None, gap: int = 2, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Parts beside one another; as ``column``."""
    made = QHBoxLayout()
    _fill(made, items, gap, margins)
    return made


def _fill(
    made: QVBoxLayout | QHBoxLayout, items: Sequence[QWidget | QLayout | None], gap: int,
    margins: tuple[int, int, int, int],
) -> None:  # fmt: skip
    made.setSpacing(theme.space(gap))
    left, top, right, bottom = (theme.space(step) for step in margins)
    made.setContentsMargins(left, top, right, bottom)
    for item in items:
        if item is None:
            made.addStretch(1)
        elif isinstance(item, QLayout):
            made.addLayout(item)
        else:
            made.addWidget(item)


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice of a row of segments: its key, word, how many, and the status role of the count."""

    key: str
    word: str
    count: int | None = None
    role: str = "inkTertiary"


class Segments(QWidget):
    """A row of choices, one of them chosen, each with its count: 全部 1,286 | 待审 214."""

    chosen = Signal(str)

    def __init__(self, segments: Sequence[Segment], name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments = tuple(segments)
        self._key = self._segments[0].key if self._segments else ""
        self._hover = ""
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(theme.px("height.segments"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def key(self) -> str:
        """The chosen segment's key."""
        return self._key

    def set_segments(self, segments: Sequence[Segment]) -> None:
        """Show other counts or choices; the chosen one stays where it still exists."""
        self._segments = tuple(segments)
        if self._key not in {segment.key for segment in segments}:
            self._key = segments[0].key if segments else ""
        self.updateGeometry()
        self.update()

    def choose(self, key: str) -> None:
        """Choose a segment and tell."""
        if key != self._key:
            self._key = key
            self.update()
            self.chosen.emit(key)

    @staticmethod
    def _count(segment: Segment) -> str:
        return "" if segment.count is None else f"{segment.count:,}"

    def _boxes(self) -> list[tuple[Segment, QRect]]:
        inset, pad, gap = theme.px("measure.segmentInset"), theme.px("measure.segmentX"), theme.space(2)
        strong, caption = QFontMetrics(theme.font("strong")), QFontMetrics(theme.font("caption"))
        left, found = inset, []
        for segment in self._segments:
            count = self._count(segment)
            width = 2 * pad + strong.horizontalAdvance(segment.word)
            width += gap + caption.horizontalAdvance(count) if count else 0
            found.append((segment, QRect(left, inset, width, self.height() - 2 * inset)))
            left += width
        return found

    def sizeHint(self) -> QSize:
        """Room for all words in bold, so that choosing moves nothing."""
        boxes = self._boxes()
        right = boxes[-1][1].right() + 1 if boxes else 0
        return QSize(right + theme.px("measure.segmentInset"), theme.px("height.segments"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the trough, the chosen tile, words and counts."""
        painter = QPainter(self)
        radius = theme.px("radius.button")
        draw_box(painter, self.rect(), theme.color("hover"), theme.color("line"), radius)
        for segment, box in self._boxes():
            chosen = segment.key == self._key
            if chosen:
                draw_box(painter, box, theme.color("raised"), theme.color("lineStrong"), radius)
            self._paint_words(painter, segment, box, chosen=chosen)
        if shows_focus(self):
            draw_ring(painter, self.rect(), radius)

    def _paint_words(self, painter: QPainter, segment: Segment, box: QRect, *, chosen: bool) -> None:
        pad, gap = theme.px("measure.segmentX"), theme.space(2)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        bright = chosen or segment.key == self._hover
        painter.setFont(theme.font("strong" if chosen else "body"))
        painter.setPen(theme.color("ink" if bright else "inkSecondary"))
        painter.drawText(box.adjusted(pad, 0, 0, 0), middle, segment.word)
        word = painter.fontMetrics().horizontalAdvance(segment.word)
        painter.setFont(theme.font("caption"))
        painter.setPen(ink(segment.role))
        painter.drawText(box.adjusted(pad + word + gap, 0, 0, 0), middle, self._count(segment))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is clicked."""
        for segment, box in self._boxes():
            if box.contains(event.position().toPoint()):
                self.choose(segment.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what the mouse rests on."""
        at = event.position().toPoint()
        self._hover = next((segment.key for segment, box in self._boxes() if box.contains(at)), "")
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        """Put the light out."""
        self._hover = ""
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move the choice."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        keys = [segment.key for segment in self._segments]
        if step is None or not keys:
            super().keyPressEvent(event)
        else:
            self.choose(keys[max(0, min(len(keys) - 1, keys.index(self._key) + step))])


class Banner(QWidget):
    """A question open on a page: tint, icon, a strong sentence, a second one, its answers at the right."""

    def __init__(
        self, role: str, icon: str, sentence: str, more: str = "", answers: Sequence[Button] = (),
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._role, self._icon = role, icon
        self.setFixedHeight(theme.px("height.banner"))
        self.setAccessibleName(sentence)
        self.sentence = ElidedText(sentence, "strong", role)
        self.more = ElidedText(more, "body", "inkSecondary")
        inner = row(self.sentence, self.more, gap=3)
        inner.setStretch(0, 0)
        inner.setStretch(1, 1)
        self.answers = tuple(answers)
        outer = row(inner, *self.answers, gap=2, margins=(0, 0, 2, 0))
        left = theme.px("measure.bannerIconX") + theme.px("icon.normal") + theme.space(2)
        outer.setContentsMargins(left, 0, theme.space(2), 0)
        outer.setStretch(0, 1)
        self.setLayout(outer)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint tint and icon."""
        painter = QPainter(self)
        draw_box(
            painter, self.rect(), theme.color(f"status.{self._role}.tint"), None, theme.px("radius.button")
        )
        side = theme.px("icon.normal")
        at = QRect(theme.px("measure.bannerIconX"), 0, side, self.height())
        icons.draw(painter, self._icon, at, ink(self._role))


class Card(QWidget):
    """A card on the canvas: surface, hairline, radius 8, no shadow; what it holds goes into ``inner``."""

    def __init__(self, *, dashed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dashed = dashed
        self.inner = column(gap=2, margins=(4, 4, 4, 4))
        self.setLayout(self.inner)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card."""
        painter = QPainter(self)
        if self._dashed:
            dashed_box(painter, self.rect(), "sunken")
        else:
            draw_box(
                painter, self.rect(), theme.color("surface"), theme.color("line"), theme.px("radius.card")
            )


def dashed_box(painter: QPainter, rect: QRect, ground: str, edge: str = "buttonBorder") -> None:
    """A place where something may be dropped."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.color(edge), theme.number("stroke.chart"), Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([4.0, 3.0])
    painter.setPen(pen)
    painter.setBrush(theme.color(ground))
    radius = theme.px("radius.card")
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius)


class IconTile(QWidget):
    """An icon of 20 on a tile of 40 in a status role's tint."""

    def __init__(self, icon: str, role: str) -> None:
        super().__init__()
        self._icon, self._role = icon, role
        side = theme.px("measure.iconTile")
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint tile and icon."""
        painter = QPainter(self)
        tint = theme.color(f"status.{self._role}.tint")
        draw_box(painter, self.rect(), tint, None, theme.px("radius.iconTile"))
        icons.draw(painter, self._icon, self.rect(), f"status.{self._role}.ink", theme.px("icon.topic"))


class Bar(QWidget):
    """A progress bar of 6: a share of a track in a status role's solid colour."""

    def __init__(
        self, role: str = "run", share: float = 0.0, *, tall: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role, self._share = role, share
        self.setFixedHeight(theme.px("stroke.progressDialog" if tall else "stroke.progress"))

    def show_share(self, share: float, role: str | None = None) -> None:
        """Show 0 … 1."""
        self._share = min(1.0, max(0.0, share))
        self._role = role or self._role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint track and share."""
        draw_bar(QPainter(self), self.rect(), self._share, self._role)


def draw_bar(painter: QPainter, box: QRect, share: float, role: str) -> None:
    """Paint a progress bar into a box of its own height."""
    radius = box.height() / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("chart.track"))
    painter.drawRoundedRect(QRectF(box), radius, radius)
    if share > 0:
        full = QRectF(box)
        full.setWidth(max(float(box.height()), box.width() * min(1.0, share)))
        painter.setBrush(theme.color(f"status.{role}.solid"))
        painter.drawRoundedRect(full, radius, radius)


class SidePanel(Ground):
    """A panel of 304 (400 in a wide window) at the right: title and cross, content, actions at the foot."""

    closed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("surface", "left", parent=parent)
        self.title = Text(title, "section")
        self.close_button = square_button("x", "")
        self.close_button.clicked.connect(self.closed)
        self.head = row(self.title, None, self.close_button, gap=1, margins=(4, 3, 4, 0))
        self.content = column(gap=2, margins=(4, 2, 4, 4))
        self.foot = row(gap=2, margins=(4, 2, 4, 3))
        inside = QWidget()
        inside.setProperty("clear", "true")
        inside.setLayout(self.content)
        from PySide6.QtWidgets import QScrollArea  # costs the start 5 ms, and the start has no panel

        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        outer = column(self.head, self.area, self.foot, gap=0)
        outer.setContentsMargins(theme.px("stroke.hairline"), 0, 0, 0)
        self.setLayout(outer)
        self.fit(wide=False)

    def reveal(self) -> None:
        """Show at once what was put in anew, which Qt would do in its next round: no picture without it."""
        explicit = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        for part in (self.area.widget(), self):
            for widget in part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
                if widget.isHidden() and not widget.testAttribute(explicit):
                    widget.show()
        self.content.activate()

    def set_close_word(self, word: str) -> None:
        """Name the cross for the tool tip and for screen readers."""
        self.close_button.setToolTip(word)
        self.close_button.setAccessibleName(word)

    def fit(self, *, wide: bool) -> None:
        """Take the width that goes with the window."""
        self.setFixedWidth(theme.px("width.sidePanelWide" if wide else "width.sidePanel"))


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def fact(label: str, value: str, role: str = "ink") -> QHBoxLayout:
    """A line of facts: the label in 72, then the value, which may wrap."""
    name = Text(label, "body", "inkTertiary")
    name.setFixedWidth(max(theme.px("width.fieldLabel"), name.sizeHint().width()))
    name.setAlignment(Qt.AlignmentFlag.AlignTop)
    said = Text(value, "body", role, wrap=True)
    made = row(name, said, gap=2)
    made.setStretch(1, 1)
    return made


def facts(lines: Sequence[tuple[str, str, str]]) -> QGridLayout:
    """Lines of facts (label, value, ink role) with their labels in one column as wide as the longest."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.space(2))
    grid.setVerticalSpacing(theme.space(2))
    grid.setColumnMinimumWidth(0, theme.px("width.fieldLabel"))
    grid.setColumnStretch(1, 1)
    for place, (label, value, role) in enumerate(lines):
        name = Text(label, "body", "inkTertiary")
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid.addWidget(name, place, 0)
        grid.addWidget(Text(value, "body", role, wrap=True), place, 1)
    return grid


def on_click(button: Pressed, deed: Callable[[], object]) -> Pressed:
    """The button, doing this when pressed (the pressed state Qt hands over is of no interest)."""
    button.clicked.connect(lambda _checked=False: deed())
    return button
