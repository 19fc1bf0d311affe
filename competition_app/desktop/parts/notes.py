"""Notes that need no answer: bottom right over the window for six seconds, with an undo where it applies.

A note never lies over the buttons at the foot of a side panel, also of one that is filled only after the note
came: who judges one after another would wait.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import Button, Text, draw_box
from competition_app.desktop.parts.parts import SidePanel, on_click, row


class Note(QWidget):
    """One note; a new one takes the place of the last."""

    def __init__(self, host: QWidget, text: str, undo: Callable[[], None] | None, undo_word: str) -> None:
        super().__init__(host)
        self.text = Text(text, "body", wrap=True)
        inner = row(self.text, gap=3)
        inner.setStretch(0, 1)
        left = theme.space(3) + theme.px("icon.normal") + theme.space(2)
        inner.setContentsMargins(left, theme.space(3), theme.space(3), theme.space(3))
        if undo is not None:
            inner.addWidget(
                on_click(Button(undo_word, "undo-2", "link", small=True), lambda: self._undo(undo))
            )
        self._layout = inner
        self.setLayout(inner)
        self.setFixedWidth(theme.px("measure.noteWidth"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.vanish)
        host.installEventFilter(self)

    def appear(self) -> None:
        """Show the note and begin to count."""
        self._place()
        self.show()
        self.raise_()
        self._timer.start(theme.px("duration.toast"))

    def vanish(self) -> None:
        """Take the note away."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def _undo(self, undo: Callable[[], None]) -> None:
        self.vanish()
        undo()

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None:
            return
        height = max(self._layout.totalHeightForWidth(self.width()), theme.px("height.messageBar"))
        right, buttons = theme.space(4), theme.px("height.button") + theme.space(3)
        floor = min(
            (host.height() - theme.px("height.statusBar") - buttons, *self._feet(host))
        ) - theme.space(1)
        self.setGeometry(QRect(host.width() - self.width() - right, floor - height, self.width(), height))

    @staticmethod
    def _feet(host: QWidget) -> list[int]:
        """Where the feet with buttons begin, of the side panels that are shown."""
        shown = [panel for panel in host.findChildren(SidePanel) if panel.isVisible()]
        return [
            panel.mapTo(host, panel.foot.geometry().topLeft()).y() for panel in shown if panel.foot.count()
        ]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the note."""
        painter = QPainter(self)
        draw_box(
            painter, self.rect(), theme.color("raised"), theme.color("lineStrong"), theme.px("radius.card")
        )
        at = QRect(theme.space(3), 0, theme.px("icon.normal"), self.height())
        icons.draw(painter, "circle-check", at, "status.done.ink")
