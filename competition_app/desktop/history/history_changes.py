"""What an operation changed, painted: by subject, each value with its label, old and new side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import draw_box
from competition_app.services.history.history_told import Line

_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
_TALL = 10_000


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line of the history with the boxes it is painted into."""

    line: Line
    head: QRect | None
    label: QRect
    old: QRect | None
    new: QRect | None


class Changes(QWidget):
    """Old and new values; made for hundreds of lines, so it paints them and holds no widget for each."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self._placed: list[_Placed] = []
        self._label = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these values."""
        self._lines = tuple(lines)
        self.setAccessibleName("\n".join(as_text(lines)))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew in the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._place()

    def _place(self) -> None:
        self._placed = []
        metrics = QFontMetrics(theme.font("body"))
        widest = max(
            (metrics.horizontalAdvance(one.label) for one in self._lines if one.old is None), default=0
        )
        self._label = min(max(theme.px("width.fieldLabel"), widest + 1), self.width() * 9 // 20)
        top, about = 0, ""
        for line in self._lines:
            head = None
            if line.about != about:
                about = line.about
                top += theme.space(2) if self._placed else 0
                head = QRect(0, top, self.width(), self._height("strong", about, self.width()))
                top += head.height() + theme.space(1)
            placed = self._two(line, head, top) if line.old is not None else self._one(line, head, top)
            self._placed.append(placed)
            boxes = [box for box in (placed.label, placed.old, placed.new) if box is not None]
            top = max(box.bottom() for box in boxes) + 1 + theme.space(2)
        self.setFixedHeight(max(top, 1))
        self.update()

    def _one(self, line: Line, head: QRect | None, top: int) -> _Placed:
        """A value that was not there before: label at the left, value at the right."""
        left = self._label + theme.space(2)
        width = self.width() - left
        new = QRect(left, top, width, self._height("body", line.new or "", width))
        label = QRect(0, top, self._label, self._height("body", line.label, self._label))
        return _Placed(line, head, label, None, new)

    def _two(self, line: Line, head: QRect | None, top: int) -> _Placed:
        """A value that was another before: its label, then old and new in two boxes, an arrow between."""
        label = QRect(0, top, self.width(), theme.line_height("caption"))
        top += label.height() + theme.space(1)
        gap, pad = theme.space(5), theme.space(2)
        width = (self.width() - gap) // 2
        height = max(self._height("body", text or "", width - 2 * pad) for text in (line.old, line.new))
        height += theme.space(1) * 2
        old = QRect(0, top, width, height)
        new = QRect(self.width() - width, top, width, height)
        return _Placed(line, head, label, old, new)

    @staticmethod
    def _height(kind: str, text: str, width: int) -> int:
        metrics = QFontMetrics(theme.font(kind))
        box = metrics.boundingRect(QRect(0, 0, max(width, 1), _TALL), _WRAPPED, text or " ")
        lines = max(1, round(box.height() / metrics.lineSpacing()))
        return lines * max(metrics.lineSpacing(), theme.line_height(kind))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what can be seen."""
        painter = QPainter(self)
        seen = event.rect()
        for placed in self._placed:
            bottom = (placed.new or placed.old or placed.label).bottom()
            first = (placed.head or placed.label).top()
            if bottom >= seen.top() and first <= seen.bottom():
                self._paint(painter, placed)

    def _paint(self, painter: QPainter, placed: _Placed) -> None:
        line = placed.line
        if placed.head is not None:
            _write(painter, placed.head, line.about, "strong", "ink")
        if placed.old is None or placed.new is None:
            _write(painter, placed.label, line.label, "body", "inkTertiary")
            _write(painter, placed.new or placed.label, line.new or "", "body", "ink")
            return
        _write(painter, placed.label, line.label, "caption", "inkTertiary")
        radius, pad = theme.px("radius.pill"), theme.space(2)
        draw_box(painter, placed.old, theme.color("sunken"), None, radius)
        draw_box(painter, placed.new, None, theme.color("lineStrong"), radius)
        side = theme.px("icon.small")
        between = QRect(placed.old.right() + 1, placed.old.y(), theme.space(5), placed.old.height())
        icons.draw(painter, "arrow-right", between, "inkTertiary", side)
        inner = (pad, theme.space(1), -pad, -theme.space(1))
        _write(painter, placed.old.adjusted(*inner), line.old or "", "body", "inkSecondary", struck=True)
        _write(painter, placed.new.adjusted(*inner), line.new or "—", "body", "ink")


def _write(painter: QPainter, box: QRect, text: str, kind: str, role: str, *, struck: bool = False) -> None:
    font = QFont(theme.font(kind))
    font.setStrikeOut(struck)
    painter.setFont(font)
    painter.setPen(theme.color(role))
    painter.drawText(box, _WRAPPED | int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), text)


def as_text(lines: Sequence[Line]) -> list[str]:
    """The same values as lines of text."""
    found, about = [], ""
    for line in lines:
        if line.about != about:
            about = line.about
            found.append(about)
        arrow = f"{line.old} → {line.new or '—'}" if line.old is not None else line.new or "—"
        found.append(f"  {line.label} {arrow}")
    return found
