"""What every chart is: plain values, both themes, a description in words, and a picture of itself to save."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import draw_ring, plain_tip, shows_focus
from competition_app.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

MIDDLE = Qt.AlignmentFlag.AlignVCenter
LEFT, CENTRE, RIGHT = (
    side | MIDDLE
    for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
)


class Chart(QWidget):
    """A chart: ``name`` for screen readers and saved pictures, ``nothing`` said where there are no values.

    A kind of chart overrides ``draw``, ``describe``, ``empty`` and, where it can, ``tip_at``, and calls
    ``changed`` when it shows other values. It paints into the box it is given and keeps nothing of it but
    what ``tip_at`` needs. It can be reached by keyboard as soon as it shows something. ``wanted`` asks for a
    picture of it, from its menu.
    """

    wanted = Signal()

    def __init__(self, name: str, nothing: str = "") -> None:
        super().__init__()
        self.nothing = nothing
        self.can_be_saved = False
        self.setAccessibleName(name)
        self.setAccessibleDescription(nothing)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(theme.px("measure.chartMost"))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return True

    def draw(self, _painter: QPainter, _box: QRect) -> None:
        """Paint the values into the box with the theme's colours; asked only where there are some."""

    def describe(self) -> str:
        """The values in words, a line each, for those who do not see them."""
        return ""

    def tip_at(self, _at: QPoint) -> str:
        """What a person may read on resting the mouse there."""
        return ""

    def changed(self) -> None:
        """Other values are shown: describe them, let the keyboard in or out, paint."""
        self.setAccessibleDescription(self.nothing if self.empty else self.describe())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if self.empty else Qt.FocusPolicy.StrongFocus)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for an axis and a few marks."""
        return QSize(theme.space(7) * 3, theme.space(7) * 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chart, or what is said in its place; the ring where the keyboard is."""
        painter = QPainter(self)
        if self.empty:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("inkTertiary"))
            wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), wrapped, self.nothing)
            return
        painter.save()
        self.draw(painter, self.rect())
        painter.restore()
        if shows_focus(self):
            draw_ring(painter, self.rect(), theme.px("radius.button"))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu, from the mouse or the keyboard."""
        menu = self.menu()
        if menu is not None:
            menu.exec(event.globalPos())
            menu.deleteLater()

    def menu(self) -> "QMenu | None":
        """The menu of a chart: its picture; None where there is nothing to save."""
        if self.empty or not self.can_be_saved:
            return None
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        menu.addAction(tr("Save as a picture…"), self.wanted.emit)
        return menu

    def event(self, event: QEvent) -> bool:
        """Show the tip of what lies under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = "" if self.empty else self.tip_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(tip), self)
            return True
        return super().event(event)


def signed(value: float, digits: int = 1) -> str:
    """A difference with its sign, the minus a real one: +0.4, −2.6, 0.0."""
    text = f"{value:+.{digits}f}"
    if not float(text):
        return text.lstrip("+-")
    return text.replace("-", "−")
