"""The status language: every state's word, role and icon, and the pill that shows it (look.md §8)."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from competition_app.desktop.look import icons, theme
from competition_app.domain.errors import Said
from competition_app.i18n import in_use


@dataclass(frozen=True, slots=True)
class State:
    """A state as it is shown: its role of colour, its icon and its word."""

    role: str
    icon: str
    said: Said

    @property
    def word(self) -> str:
        """The word in the language in use."""
        return in_use().say(self.said)


PASSED = State("done", "circle-check", Said("Passed"))
CONFIRMED = State("done", "circle-check", Said("Confirmed"))
COMPLETE = State("done", "circle-check", Said("Complete"))
PRINTED = State("done", "circle-check", Said("Printed"))
MARKING = State("run", "circle-dot", Said("Marking"))
SECOND_ENTRY_DUE = State("run", "circle-dot", Said("Second entry due"))
UNDER_WAY = State("run", "circle-dot", Said("Under way"))
RETURNED = State("wait", "undo-2", Said("Returned"))
PROBLEM = State("bad", "octagon-alert", Said("Problem"))
REFUSED = State("bad", "circle-x", Said("Refused"))
OUT_OF_RANGE = State("bad", "octagon-alert", Said("Out of range"))
TO_DECIDE = State("bad", "octagon-alert", Said("To be decided"))
VOIDED = State("bad", "circle-x", Said("Voided"))
DISQUALIFIED = State("bad", "circle-x", Said("Disqualified"))
INCOMPLETE = State("wait", "triangle-alert", Said("Incomplete@state"))
ANONYMOUS = State("seal", "eye-off", Said("Blind: work codes only"))
ENTRIES_DIFFER = State("seal", "equal-not", Said("Entries differ"))
WAITING = State("idle", "circle-dashed", Said("To be reviewed"))
NOT_BEGUN = State("idle", "circle-dashed", Said("Not begun"))
NOT_ENTERED = State("idle", "circle-dashed", Said("Not entered"))
NOT_MADE = State("idle", "circle-dashed", Said("Not made"))
TO_PRINT = State("idle", "circle-dashed", Said("To be printed"))
JUDGE_ABSENT = State("idle", "user-round-x", Said("Judge absent"))
WITHDRAWN = State("idle", "circle-dashed", Said("Withdrawn"))
ABSENT = State("idle", "user-round-x", Said("Absent"))
OUT_OF_COMPETITION = State("idle", "circle-dashed", Said("Out of competition@state"))


def counted(state: State, said: Said) -> State:
    """The same state in other words that carry a figure (缺 1 项, 欠 4 份)."""
    return State(state.role, state.icon, said)


def pill_width(state: State) -> int:
    """The width of the state's pill with its word in the language in use."""
    metrics = QFontMetrics(theme.font("caption"))
    inner = theme.px("icon.small") + theme.px("measure.pillGap") + metrics.horizontalAdvance(state.word)
    return inner + 2 * theme.px("measure.pillX")


def widest(*states: State) -> int:
    """The width a column needs so that none of these pills is cut, in the language in use."""
    return (
        max(pill_width(state) for state in states)
        + theme.px("padding.cell")
        + theme.px("padding.cellFirstLast")
    )


def draw_pill(painter: QPainter, box: QRect, state: State) -> None:
    """Paint the pill at the left of a box, in the middle of its height."""
    height = theme.px("height.pill")
    pill = QRect(box.x(), box.y() + (box.height() - height) // 2, min(pill_width(state), box.width()), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(f"status.{state.role}.tint"))
    radius = theme.px("radius.pill")
    painter.drawRoundedRect(pill, radius, radius)
    pad, small, gap = theme.px("measure.pillX"), theme.px("icon.small"), theme.px("measure.pillGap")
    ink = f"status.{state.role}.ink"
    icons.draw(painter, state.icon, QRect(pill.x() + pad, pill.y(), small, height), ink, small)
    text = pill.adjusted(pad + small + gap, 0, -pad + 1, 0)
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color(ink))
    word = painter.fontMetrics().elidedText(state.word, Qt.TextElideMode.ElideRight, text.width())
    painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
    painter.restore()


class Pill(QWidget):
    """A state shown outside a table."""

    def __init__(self, state: State | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(state)

    @property
    def state(self) -> State | None:
        """The state shown now."""
        return self._state

    def set_state(self, state: State | None) -> None:
        """Show another state; None hides the pill."""
        self._state = state
        self.setVisible(state is not None)
        self.setAccessibleName(state.word if state else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The pill's own size."""
        return QSize(pill_width(self._state) if self._state else 0, theme.px("height.pill"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill."""
        if self._state:
            painter = QPainter(self)
            draw_pill(painter, QRect(QPoint(0, 0), self.size()), self._state)
