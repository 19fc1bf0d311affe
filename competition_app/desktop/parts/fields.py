"""Form fields: label above, field of 32, unit after it, and the refusal beside the field in one sentence."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import Text
from competition_app.desktop.parts.parts import row


class _Sentence(QWidget):
    """What is wrong with a field: icon and one sentence, wrapped."""

    def __init__(self) -> None:
        super().__init__()
        self.text = Text("", "caption", "bad", wrap=True)
        inner = row(self.text, gap=0)
        inner.setContentsMargins(theme.px("icon.small") + theme.space(1) + theme.space(1), 0, 0, 0)
        self.setLayout(inner)

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = theme.px("icon.small")
        at = QRect(0, 0, side, theme.line_height("caption"))
        icons.draw(QPainter(self), "octagon-alert", at, "status.bad.ink", side)


class Field(QWidget):
    """A labelled field. ``refuse`` tints it and says below what is wrong; an empty sentence clears it."""

    def __init__(
        self, label: str, control: QWidget | None = None, *, unit: str = "", figures: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.control = control or QLineEdit()
        self.control.setFont(theme.font("body"))
        self.control.setAccessibleName(label)
        if isinstance(self.control, QPlainTextEdit):
            self.control.setTabChangesFocus(True)  # Tab goes on; nobody is caught in a field of lines
        if figures and isinstance(self.control, QLineEdit):
            self.control.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.label = Text(label, "caption", "inkSecondary")
        self.label.setBuddy(self.control)
        self._sentence = _Sentence()
        self._sentence.hide()
        line = row(self.control, gap=2)
        if unit:
            line.addWidget(Text(unit, "body", "inkTertiary"))
        inner = QVBoxLayout()
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.space(1))
        inner.addWidget(self.label)
        inner.addLayout(line)
        inner.addWidget(self._sentence)
        self.setLayout(inner)

    def text(self) -> str:
        """What stands in the field, without blanks around it."""
        if isinstance(self.control, QLineEdit):
            return self.control.text().strip()
        if isinstance(self.control, QPlainTextEdit):
            return self.control.toPlainText().strip()
        return self.control.currentText() if isinstance(self.control, QComboBox) else ""

    def set_text(self, text: str) -> None:
        """Put a text into the field and clear its refusal."""
        if isinstance(self.control, QLineEdit):
            self.control.setText(text)
        elif isinstance(self.control, QPlainTextEdit):
            self.control.setPlainText(text)
        self.refuse("")

    def refuse(self, sentence: str) -> None:
        """Say what is wrong, which cell of the file, what to do; an empty sentence takes it back."""
        self._sentence.text.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.control.setProperty("wrong", "true" if sentence else "false")
        self.control.setAccessibleDescription(sentence)
        self.control.style().unpolish(self.control)
        self.control.style().polish(self.control)

    def refused(self) -> str:
        """The sentence shown now, empty if none."""
        return self._sentence.text.text()
