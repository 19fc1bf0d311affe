"""The right-hand side of the page of rules: what the draft says in plain words."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from competition_app.desktop.frame.asking import Asking
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Ground, Text
from competition_app.desktop.parts.parts import Card, column, on_click, row
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import plan_changes


class ExamplePanel(Ground):
    """What the draft says in plain words, to copy; ``cards`` takes further cards below."""

    def __init__(self, asking: Asking) -> None:
        super().__init__("sunken", "left")
        self._asking = asking
        self.setFixedWidth(theme.px("width.planExample"))
        self.words = Text("", "paragraph", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.copy_button = on_click(Button(tr("Copy@deed"), "copy", "quiet", small=True), self._copy)
        said = Card()
        said.inner.addLayout(row(Text(tr("In plain words"), "section"), None, self.copy_button))
        said.inner.addWidget(self.words)
        self.setFocusProxy(self.copy_button)
        self.cards: QVBoxLayout = column(said, gap=3)
        inside = QWidget()
        inside.setProperty("clear", "true")
        inside.setLayout(column(self.cards, None, gap=3, margins=(4, 4, 4, 4)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.setLayout(row(area, gap=0))

    def show_draft(self, text: str, path: tuple[int | str, ...], good: bool) -> None:
        """Show the draft (JSON text) at a path of it; while it is not ``good`` the last words stay."""
        del path  # the words are of the whole plan
        self.copy_button.setEnabled(good)
        if good:
            gap = " " if in_use().language == "en" else ""
            self.words.setText(gap.join(in_use().say(said) for said in plan_changes.checked(text).sentences))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words.text())
        self._asking.note(tr("Copied"))
