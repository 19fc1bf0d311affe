"""The empty state: nothing here yet, why it matters, up to three ways, and the road ahead, on a card."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import Button, Text, draw_box
from competition_app.desktop.parts.parts import Card, column, row


class EmptyState(QWidget):
    """Nothing here yet: a drawing, 还没有…, why it matters, up to three ways, and the road ahead in steps."""

    def __init__(
        self, title: str, why: str, ways: Sequence[Button] = (), steps: Sequence[str] = (), at_step: int = 0,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.ways = tuple(ways)
        heading = Text(title, "title")
        self.why = reason = Text(why, "body", "inkSecondary", wrap=True)
        reason.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        reason.setFixedWidth(theme.px("measure.emptyTextWidth"))
        inner = column(None, _Drawing(), gap=0)
        inner.addSpacing(theme.space(5))
        inner.addLayout(row(None, heading, None))
        inner.addSpacing(theme.space(2))
        inner.addLayout(row(None, reason, None))
        if ways:
            inner.addSpacing(theme.space(5))
            inner.addLayout(row(None, *ways, None, gap=3))
        if steps:
            inner.addSpacing(theme.space(6))
            inner.addLayout(row(None, _Road(steps, at_step), None))
        inner.addStretch(1)
        card = Card()
        card.inner.addLayout(inner)
        self.setLayout(column(card, gap=0, margins=(5, 4, 5, 4)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the canvas its card lies on."""
        QPainter(self).fillRect(self.rect(), theme.color("canvas"))


class _Drawing(QWidget):
    """Three sheets in line, the front one with lines of text, and a plus."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.px("measure.photoHeight") + theme.space(5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        wide, high, step = self.height() * 1.17, self.height() * 0.8, theme.space(4)
        left = (self.width() - wide - 2 * step) / 2
        for i in (2, 1, 0):
            box = QRect(round(left + i * (step + 2)), (2 - i) * theme.space(2) + i, round(wide), round(high))
            draw_box(painter, box, theme.color("surface"), theme.color("lineStrong"), theme.px("radius.card"))
        painter.setPen(Qt.PenStyle.NoPen)
        x, y, bar = left + step, 2 * theme.space(2) + step, theme.px("stroke.progress")
        painter.setBrush(theme.color("chart.track"))
        painter.drawRoundedRect(QRectF(x, y, wide * 0.35, bar + 2), bar / 2, bar / 2)
        for line in (1, 2, 3):
            top = y + line * (bar + theme.space(3)) + theme.space(1)
            painter.drawRoundedRect(QRectF(x, top, wide * 0.6, bar), bar / 2, bar / 2)
            painter.drawRoundedRect(QRectF(x + wide * 0.67, top, wide * 0.12, bar), bar / 2, bar / 2)
        radius = theme.space(4)
        centre = QPointF(left + wide, 2 * theme.space(2) + high - theme.space(3))
        painter.setBrush(theme.color("status.idle.tint"))
        painter.drawEllipse(centre, radius, radius)
        at = QRect(round(centre.x()) - radius, round(centre.y()) - radius, 2 * radius, 2 * radius)
        icons.draw(painter, "plus", at, "inkSecondary", theme.px("icon.large"))


class _Road(QWidget):
    """The steps ahead: numbered discs, the present one in red."""

    def __init__(self, steps: Sequence[str], at: int) -> None:
        super().__init__()
        self._steps, self._at = tuple(steps), at
        self.setFixedHeight(theme.space(5))
        strong = QFontMetrics(theme.font("strong"))
        self._widths = [strong.horizontalAdvance(step) for step in self._steps]
        disc, gap = theme.px("measure.stepDot"), theme.space(2)
        each = disc + gap + theme.space(5) + theme.space(4)
        self.setFixedWidth(sum(self._widths) + each * len(self._steps) - theme.space(5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc, gap, left = theme.px("measure.stepDot"), theme.space(2), 0
        for i, step in enumerate(self._steps):
            now = i == self._at
            circle = QRect(left, (self.height() - disc) // 2, disc, disc)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accentTint" if now else "status.idle.tint"))
            painter.drawEllipse(circle)
            painter.setFont(theme.font("captionStrong" if now else "caption"))
            painter.setPen(theme.color("accentInk" if now else "inkSecondary"))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(i + 1))
            painter.setFont(theme.font("strong" if now else "body"))
            painter.setPen(theme.color("ink" if now else "inkSecondary"))
            text = QRect(left + disc + gap, 0, self._widths[i] + 2, self.height())
            painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, step)
            left = text.right() + gap
            if i + 1 < len(self._steps):
                small = theme.px("icon.small")
                icons.draw(
                    painter, "chevron-right", QRect(left, 0, small, self.height()), "inkSecondary", small
                )
                left += small + gap + theme.space(1)
