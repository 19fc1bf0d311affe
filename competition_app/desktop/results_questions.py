"""The questions still open on a result, one banner at a time."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from competition_app.desktop import theme
from competition_app.desktop.controls import Button, Ground
from competition_app.desktop.page import Context
from competition_app.desktop.parts import Banner, clear, on_click
from competition_app.desktop.results_words import say
from competition_app.domain.errors import Problem
from competition_app.domain.result import DivisionResult
from competition_app.i18n import tr
from competition_app.services.competitions import EventRow


class Questions(Ground):
    """Shows the first open question with its answers, and how many more there are."""

    def __init__(self, context: Context) -> None:
        super().__init__("surface", "bottom")
        self._context = context
        self._event: EventRow | None = None
        self._questions: tuple[Problem, ...] = ()
        self._names: Mapping[str, str] = {}
        self._at = 0
        self._inner = QVBoxLayout(self)
        side = theme.space(4)
        self._inner.setContentsMargins(side, theme.space(2), side, theme.space(2))
        self.hide()

    def show_questions(self, event: EventRow, division: DivisionResult, names: Mapping[str, str]) -> None:
        """Show what is open in this division; nothing open hides the banner."""
        self._event, self._names = event, names
        if division.open_questions != self._questions:
            self._questions, self._at = division.open_questions, 0
        self._show()

    def _show(self) -> None:
        clear(self._inner)
        self.setVisible(bool(self._questions))
        if not self._questions:
            return
        question = self._questions[self._at]
        answers = []
        if len(self._questions) > 1:
            word = tr("{at} of {n}", at=self._at + 1, n=len(self._questions))
            answers.append(on_click(Button(word, "chevron-right", "link", small=True), self._next))
        self._inner.addWidget(Banner("bad", "octagon-alert", say(question, self._names), "", answers))

    def _next(self) -> None:
        self._at = (self._at + 1) % len(self._questions)
        self._show()

    def buttons(self) -> list[QWidget]:
        """The answers shown now."""
        return list(self.findChildren(Button))
