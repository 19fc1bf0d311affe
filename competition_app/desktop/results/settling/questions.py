"""The questions still open on a result, one banner at a time."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Ground
from competition_app.desktop.parts.parts import Banner, clear, on_click
from competition_app.desktop.results.settling.border_words import next_step, sentence
from competition_app.desktop.results.settling.tie_rulings import TieRulings
from competition_app.domain.errors import Problem
from competition_app.domain.ranking.result import DivisionResult
from competition_app.i18n import tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.results.prize_borders import ChoiceKind


class Questions(Ground):
    """Shows the first open question with its two answers, and how many more there are."""

    def __init__(self, context: Context) -> None:
        super().__init__("surface", "bottom")
        self._event: EventRow | None = None
        self._questions: tuple[Problem, ...] = ()
        self._rulings = TieRulings(context)
        self._at = 0
        self._inner = QVBoxLayout(self)
        side = theme.space(4)
        self._inner.setContentsMargins(side, theme.space(2), side, theme.space(2))
        self.hide()

    def show_questions(self, event: EventRow, division: DivisionResult) -> None:
        """Show what is open in this division; nothing open hides the banner."""
        if event == self._event and division.open_questions == self._questions and self._questions:
            return
        if event != self._event or division.open_questions != self._questions:
            self._at = 0
        self._event, self._questions = event, division.open_questions
        self._show()

    def rest(self) -> None:
        """Nothing is known to be open: ask nothing."""
        self._event, self._questions, self._at = None, (), 0
        self._show()

    @property
    def asks(self) -> bool:
        """Whether a question stands on the page."""
        return bool(self._questions)

    def forget(self) -> None:
        """The page goes: what is still worked out asks nobody."""
        self._rulings.gone = True

    def settle(self, question: Problem | None = None, kind: ChoiceKind | None = None) -> None:
        """Ask for the answer to this question, None: to the one shown."""
        wanted = question or (self._questions[self._at] if self._questions else None)
        if wanted is not None and self._event is not None:
            self._rulings.settle(self._event.id, wanted, kind)

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
        answers += self._answers(question)
        self._inner.addWidget(
            Banner("bad", "octagon-alert", sentence(question), next_step(question), answers)
        )

    def _answers(self, question: Problem) -> list[Button]:
        """The two answers to a tie; what the rules have as their next step is the red one."""
        if question.code == "unresolved_tie_at_prize":
            kind, word = ChoiceKind.GIVE_ALL, tr("The prize for all of them")
        else:
            kind, word = ChoiceKind.SHARE, tr("Let it stand")
        other = on_click(Button(word, small=True), lambda: self.settle(question, kind))
        lot = question.more.get("next") == "lot"
        word = tr("Record the draw") if lot else tr("Decide the order")
        decide = Button(word, variant="primary", small=True)
        return [other, on_click(decide, lambda: self.settle(question))]

    def _next(self) -> None:
        self._at = (self._at + 1) % len(self._questions)
        self._show()

    def buttons(self) -> list[QWidget]:
        """The answers shown now."""
        return list(self.findChildren(Button))
