"""Sheets that lie over the window: one card on a scrim, with keyboard kept inside until it is answered."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGraphicsDropShadowEffect, QPlainTextEdit, QPushButton, QWidget

from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Text, draw_box
from competition_app.desktop.parts.parts import IconTile, column, on_click, row


class Card(QWidget):
    """The card of a sheet."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(theme.px("measure.shadowBlur"))
        shadow.setOffset(0, theme.px("measure.shadowDrop"))
        shadow.setColor(theme.color("shadow"))
        self.setGraphicsEffect(shadow)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card."""
        painter = QPainter(self)
        draw_box(painter, self.rect(), theme.color("raised"), theme.color("line"), theme.px("radius.dialog"))


class Sheet(QWidget):
    """A question over the window. ``run`` waits for the answer; Esc gives ``None``.

    Content goes into ``content``; buttons are put at the foot with ``answer`` (value, word …), the one with
    ``focus`` has the keyboard. ``said`` is everything it says, for the record of what the person was told.
    """

    answered = Signal(object)

    def __init__(
        self, host: QWidget, title: str, *, icon: str = "", role: str = "idle", narrow: bool = False
    ) -> None:
        super().__init__(host)
        self.title = title
        self.said: list[str] = [title]
        self.buttons: dict[str, Button] = {}
        self.default: Button | None = None
        self._loop: QEventLoop | None = None
        self._result: Any = None
        self._last_focus = host.window().focusWidget()
        self.card = Card(self)
        self.card.setFixedWidth(theme.px("width.dialogJob" if narrow else "width.dialog"))
        self.heading = Text(title, "title", wrap=True)
        self._top = column(self.heading, gap=1)
        self.content = column(self._top, gap=3)
        body = row(self.content, gap=4)
        if icon:
            tile = IconTile(icon, role)
            body.insertWidget(0, tile, 0, Qt.AlignmentFlag.AlignTop)
        body.setStretch(body.count() - 1, 1)
        self.foot_left = row(gap=2)
        self.foot = row(gap=2)
        feet = row(self.foot_left, None, self.foot)
        self._layout = column(body, gap=5)
        pad = theme.px("padding.dialog")
        self._layout.setContentsMargins(pad, pad, pad, pad)
        self._layout.addLayout(feet)
        self.card.setLayout(self._layout)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        host.installEventFilter(self)

    def say(self, text: str, kind: str = "body", role: str = "inkSecondary") -> Text:
        """Add a paragraph."""
        label = Text(text, kind, role, wrap=True)
        first = self._top.count() == 1 and self.content.count() == 1
        (self._top if first else self.content).addWidget(label)
        self.said.append(text)
        return label

    def answer(
        self, value: object, word: str, icon: str = "", variant: Any = "plain", *, focus: bool = False,
        left: bool = False,
    ) -> Button:  # fmt: skip
        """Add a button that gives this value; its word names the deed."""
        button = on_click(Button(word, icon, variant), lambda: self.finish(value))
        self.buttons[word] = button
        (self.foot_left if left else self.foot).addWidget(button)
        if focus:
            self.default = button
        return button

    def press(self, word: str) -> None:
        """Press the button with this word (what a person does; used by walks through the program)."""
        self.buttons[word].click()

    def present(self) -> None:
        """Lie over the window and take the keyboard."""
        self._place()
        self.show()
        self.raise_()
        (self.default or self).setFocus(Qt.FocusReason.PopupFocusReason)

    def run(self, on_shown: Callable[["Sheet"], None] | None = None) -> Any:
        """Show the sheet and wait; ``on_shown`` is called once it stands."""
        self.present()
        self._loop = QEventLoop(self)
        if on_shown:
            QTimer.singleShot(0, self, lambda: on_shown(self))
        self._loop.exec()
        return self._result

    def finish(self, value: object) -> None:
        """Take the sheet away with this answer."""
        self._result = value
        host = self.parentWidget()
        if host is not None:
            host.removeEventFilter(self)
        self.hide()
        if self._last_focus is not None:
            _give_back(self._last_focus)
        if self._loop is not None:
            self._loop.quit()
        self.answered.emit(value)
        self.deleteLater()

    def reject(self) -> None:
        """Esc: no answer."""
        self.finish(None)

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None:
            return
        self.setGeometry(host.rect())
        width = self.card.maximumWidth()
        height = self._layout.totalHeightForWidth(width)
        height = height if height > 0 else self._layout.totalSizeHint().height()
        height = min(height, self.height() - 2 * theme.space(5))
        left, top = (self.width() - width) // 2, max(0, (self.height() - height) * 9 // 20)
        self.card.setGeometry(QRect(left, top, width, height))

    def relayout(self) -> None:
        """Make room after the content has changed."""
        self._layout.invalidate()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._place()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the card in the middle."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the scrim."""
        QPainter(self).fillRect(self.rect(), theme.color("scrim"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing below the scrim can be clicked."""
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name and signature
        """Keep Tab inside the card."""
        stops = [
            widget
            for widget in self.card.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        ]
        if not stops:
            return True
        now = self.window().focusWidget()
        place = stops.index(now) if now in stops else -1
        step = 1 if forward else -1
        stops[(place + step) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button with the keyboard, or the default one; Esc gives no answer."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.window().focusWidget()
            target = focused if isinstance(focused, QAbstractButton) else self.default
            if isinstance(target, QPushButton) and not isinstance(focused, QPlainTextEdit):
                target.click()
        event.accept()


def _give_back(widget: QWidget) -> None:
    try:
        widget.setFocus(Qt.FocusReason.PopupFocusReason)
    except RuntimeError:  # the page was taken away while the sheet lay over it
        return
