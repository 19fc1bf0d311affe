"""The questions still open on a result, one banner at a time."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Ground
from competition_app.desktop.parts.parts import Banner, clear, on_click
from competition_app.desktop.results.results_rulings import TieRulings, tied
from competition_app.desktop.results.results_words import say
from competition_app.domain.errors import Problem
from competition_app.domain.ranking.result import DivisionResult
from competition_app.i18n import tr
from competition_app.services.competitions.competitions import EventRow


class Questions(Ground):
    """Shows the first open question with its answers, and how many more there are."""

    def __init__(self, context: Context) -> None:
        super().__init__("surface", "bottom")
        self._context = context
        self._event: EventRow | None = None
        self._questions: tuple[Problem, ...] = ()
        self._names: Mapping[str, str] = {}
        self._people: Mapping[str, str] = {}
        self._rulings = TieRulings(context)
        self._at = 0
        self._inner = QVBoxLayout(self)
        side = theme.space(4)
        self._inner.setContentsMargins(side, theme.space(2), side, theme.space(2))
        self.hide()

    def show_questions(
        self, event: EventRow, division: DivisionResult, names: Mapping[str, str], people: Mapping[str, str]
    ) -> None:
        """Show what is open in this division; nothing open hides the banner.

        ``names`` are those of modules by code, ``people`` those of entries by number.
        """
        self._event, self._names, self._people = event, names, people
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
        if tied(question):
            answers += self._answers(question)
        self._inner.addWidget(Banner("bad", "octagon-alert", say(question, self._names), "", answers))

    def _answers(self, question: Problem) -> list[Button]:
        """The two answers to a tie; what the rule has as its next step is the red one."""
        event = self._event
        if event is None:
            return []
        lot, accept = question.more.get("next") == "lot", question.more.get("next") == "accept"
        stand = Button(tr("Let it stand"), variant="primary" if accept else "plain", small=True)
        word = tr("Record the draw") if lot else tr("Decide the order")
        decide = Button(word, variant="plain" if accept else "primary", small=True)
        on_click(stand, lambda: self._rulings.accept(event.id, question))
        on_click(decide, lambda: self._rulings.decide(event.id, question, self._people))
        return [stand, decide]

    def _next(self) -> None:
        self._at = (self._at + 1) % len(self._questions)
        self._show()

    def buttons(self) -> list[QWidget]:
        """The answers shown now."""
        return list(self.findChildren(Button))
