"""The line at the foot: when it was saved, what runs beside, facts of the page, and who is acting."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import ElidedText, Ground, draw_ring, shows_focus
from competition_app.desktop.parts.parts import row


class StatusItem(QAbstractButton):
    """An icon and a few words in the status bar; some can be pressed."""

    def __init__(self, icon: str, role: str, *, pressable: bool = False) -> None:
        super().__init__()
        self._icon, self._role, self._pressable = icon, role, pressable
        self.setFixedHeight(theme.px("height.statusBar"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if pressable else Qt.FocusPolicy.NoFocus)

    def show_words(self, words: str) -> None:
        """Show these words; none hides the item."""
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon, gap, words."""
        words = QFontMetrics(theme.font("caption")).horizontalAdvance(self.text())
        width = theme.px("icon.small") + theme.space(2) + words + theme.space(2)
        return QSize(width, theme.px("height.statusBar"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint icon and words."""
        painter = QPainter(self)
        if self._pressable and self.underMouse():
            painter.fillRect(self.rect(), theme.color("hover"))
        small = theme.px("icon.small")
        icons.draw(painter, self._icon, QRect(theme.space(1), 0, small, self.height()), self._role, small)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("inkSecondary"))
        text = self.rect().adjusted(theme.space(1) + small + theme.space(2), 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        if shows_focus(self):
            draw_ring(painter, self.rect(), theme.px("radius.check"))


class StatusBar(Ground):
    """Saved at, jobs in the background, page facts, who is acting."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("nav", "top", parent=parent)
        self.setFixedHeight(theme.px("height.statusBar"))
        self.saved = StatusItem("circle-check", "status.done.ink")
        self.jobs = StatusItem("circle-dot", "status.run.ink", pressable=True)
        self.facts = ElidedText("", "caption", "inkSecondary")
        self.who = StatusItem("user-round", "inkSecondary", pressable=True)
        line = row(self.saved, self.jobs, None, self.facts, self.who, gap=4, margins=(3, 0, 2, 0))
        self.setLayout(line)
        self.jobs.hide()
