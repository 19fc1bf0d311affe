"""Cards of the overview: the stepper of the day, what must be done now, the last operations."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import Button, Text, draw_box
from competition_app.desktop.parts.parts import Card, on_click, row
from competition_app.i18n import in_use, tr
from competition_app.services.competitions.overview import Operation
from competition_app.services.competitions.overview_todo import DayStep


class Stepper(QWidget):
    """The steps of the day on one line: done with a tick, the current one filled red, later ones outlined."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: tuple[DayStep, ...] = ()
        self.setFixedHeight(theme.px("height.stepper"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[DayStep]) -> None:
        """Show how far the day is."""
        self.steps = tuple(steps)
        say = in_use().say
        self.setAccessibleName(tr("Steps of the day"))
        words = {
            "done": tr("done@step"),
            "current": tr("now@step"),
            "open": tr("left over@step"),
            "later": "",
        }
        self.setAccessibleDescription(
            "\n".join(f"{say(s.name)} {words[s.state]} {say(s.detail)}" for s in steps)
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint card, discs, words and the lines between them."""
        painter = QPainter(self)
        draw_box(painter, self.rect(), theme.color("surface"), theme.color("line"), theme.px("radius.card"))
        if not self.steps:
            return
        pad = theme.space(5)
        wide = (self.width() - 2 * pad) // len(self.steps)
        for place, step in enumerate(self.steps):
            last = place + 1 == len(self.steps)
            self._step(painter, QRect(pad + place * wide, 0, wide, self.height()), place, step, last=last)

    def _step(self, painter: QPainter, box: QRect, place: int, step: DayStep, *, last: bool) -> None:
        disc = theme.px("measure.dayStepDot")
        top = theme.space(3)
        circle = QRect(box.x(), top + theme.space(1), disc, disc)
        self._disc(painter, circle, place, step.state)
        left = circle.right() + theme.space(2) + 1
        painter.setFont(theme.font("step" if step.state == "current" else "navigation"))
        painter.setPen(theme.color("ink"))
        name = in_use().say(step.name)
        line = QRect(left, circle.y(), box.right() - left, disc)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        end = left + painter.fontMetrics().horizontalAdvance(name) + theme.space(3)
        if not last:
            y = circle.center().y()
            role = "status.done.solid" if step.state == "done" else "lineStrong"
            painter.fillRect(QRect(end, y, max(0, box.right() - theme.space(3) - end), 2), theme.color(role))
        painter.setFont(theme.font("caption"))
        now = {"current": "accentInk", "open": "status.wait.ink"}.get(step.state, "inkTertiary")
        painter.setPen(theme.color(now))
        below = QRect(
            left, circle.bottom() + theme.space(1), box.right() - left, theme.line_height("caption")
        )
        words = painter.fontMetrics().elidedText(
            in_use().say(step.detail), Qt.TextElideMode.ElideRight, below.width()
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, words)

    @staticmethod
    def _disc(painter: QPainter, circle: QRect, place: int, state: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = {"done": "status.done.tint", "current": "accent", "open": "status.wait.tint"}.get(state)
        painter.setBrush(theme.color(fill) if fill else Qt.BrushStyle.NoBrush)
        later = QPen(theme.color("fieldBorder"), theme.number("stroke.chart"))
        painter.setPen(Qt.PenStyle.NoPen if fill else later)
        painter.drawEllipse(circle if fill else circle.adjusted(1, 1, -1, -1))
        if state in ("done", "open"):
            icon, ink = ("check", "done") if state == "done" else ("triangle-alert", "wait")
            icons.draw(painter, icon, circle, f"status.{ink}.ink", theme.px("icon.small"))
            return
        painter.setFont(theme.font("strong" if state == "current" else "body"))
        painter.setPen(theme.color("onAccent" if state == "current" else "inkSecondary"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(place + 1))


def headed(title: str, *right: QWidget) -> Card:
    """A card with its title and what stands at the right of it; content goes into ``inner``."""
    card = Card()
    card.inner.setSpacing(theme.space(2))
    card.inner.addLayout(row(Text(title, "section"), None, *right, gap=2))
    return card


class Operations(QWidget):
    """The last operations: time, who, what; as many as have room."""

    def __init__(self) -> None:
        super().__init__()
        self.operations: tuple[Operation, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Last operations"))

    def show_operations(self, operations: Sequence[Operation]) -> None:
        """Show these, the newest first."""
        self.operations = tuple(operations)
        self.setAccessibleDescription("\n".join(" ".join(_cells(one)) for one in operations))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for a few lines."""
        return QSize(theme.space(7) * 4, theme.space(7) * 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a line an operation with a hairline under it."""
        painter = QPainter(self)
        high = theme.px("height.rowCompact")
        for place, one in enumerate(self.operations[: max(1, self.height() // high)]):
            line = QRect(0, place * high, self.width(), high)
            self._line(painter, line, one)
            painter.fillRect(QRect(0, line.bottom(), self.width(), 1), theme.color("line"))

    @staticmethod
    def _line(painter: QPainter, line: QRect, one: Operation) -> None:
        time, who, what = _cells(one)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        metrics = QFontMetrics(theme.font("body"))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("inkTertiary"))
        painter.drawText(line, middle, time)
        name = line.adjusted(
            max(theme.px("measure.dayTime"), metrics.horizontalAdvance(time) + theme.space(3)), 0, 0, 0
        )
        name.setWidth(min(theme.px("measure.dayActor"), name.width() // 2))
        painter.setPen(theme.color("ink"))
        painter.drawText(name, middle, metrics.elidedText(who, Qt.TextElideMode.ElideRight, name.width()))
        rest = line.adjusted(name.right() + theme.space(3), 0, 0, 0)
        painter.drawText(rest, middle, metrics.elidedText(what, Qt.TextElideMode.ElideRight, rest.width()))


def _cells(one: Operation) -> tuple[str, str, str]:
    at = datetime.fromisoformat(one.at).astimezone()
    today = datetime.now().astimezone().date()
    role = in_use().say(one.role)
    who = role if one.actor == role else f"{role} {one.actor}"
    return (f"{at:%H:%M}" if at.date() == today else f"{at:%m-%d}"), who, in_use().say(one.done)


def linked(word: str, deed: Callable[[], object]) -> Button:
    """The quiet button at a card's head that goes to the whole page."""
    return on_click(Button(word, "arrow-right", "quiet", small=True), deed)
