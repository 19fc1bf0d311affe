"""Answering an open question: the order decided or drawn, or the tie let stand; always with a reason."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QPlainTextEdit

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Selector
from competition_app.desktop.parts.fields import Field
from competition_app.domain.errors import Problem, Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.judging import rulings


class TieRulings:
    """Puts the chief judge's answers into the store."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def decide(self, event_id: int, question: Problem, names: Mapping[str, str]) -> None:
        """Ask for the order of the tied entries: as decided, or as drawn by lot where the plan says so."""
        numbers = tied(question)
        drawn = question.more.get("next") == "lot"
        places = [_place(n, numbers, names) for n in range(1, len(numbers) + 1)]
        reason = _reason_field(
            tr("How it was drawn, and before whom") if drawn else tr("Reason of the decision")
        )

        def carry_out() -> None:
            order = [
                str(field.control.currentData()) for field in places if isinstance(field.control, Selector)
            ]
            listed = tr(", @between").join(order)
            if drawn:
                done = tr("Draw recorded: {numbers}", numbers=listed)
                self._do(done, rulings.record_lot, event_id, order, reason=reason.text() or None)
            else:
                stage, done = _text(question, "stage"), tr("Order decided: {numbers}", numbers=listed)
                self._do(done, rulings.decide_tie, event_id, order, reason.text(), stage=stage)

        title = tr("Record the draw") if drawn else tr("Decide the order")
        lead = tr("The better comes first. The decision stands in the record with your name.")
        deed = tr("Record this order")
        if self._context.asking.form(title, lead, [*places, reason], deed, _checked(carry_out, reason)):
            self._told(tr("The order is recorded; the places are worked out anew."))

    def accept(self, event_id: int, question: Problem) -> None:
        """Let the tie stand: all of them share the place."""
        numbers, stage = tied(question), _text(question, "stage")
        reason = _reason_field(tr("Reason for letting it stand"))

        def carry_out() -> None:
            done = tr("Shared place let stand: {numbers}", numbers=tr(", @between").join(numbers))
            self._do(
                done, rulings.accept_question, event_id, question.code, reason.text(),
                number=numbers[0], stage=stage,
            )  # fmt: skip

        title = tr("Let the shared place stand?")
        lead = tr("Entries {numbers} then share the place.", numbers=tr(", @between").join(numbers))
        if self._context.asking.form(title, lead, [reason], tr("Let it stand"), _checked(carry_out, reason)):
            self._told(tr("The shared place stands, with its reason."))

    def _do(self, words: str, use_case: Callable[..., object], *given: object, **named: object) -> None:
        self._context.undoing.carry_out(words, use_case, *given, **named)

    def _told(self, words: str) -> None:
        """Say what came of it, with its undo."""
        self._context.asking.note(words, self._context.undoing.undo)


def tied(question: Problem) -> list[str]:
    """The numbers of the tied entries; empty where the question is about something else."""
    found = question.more.get("entries")
    return [str(number) for number in found] if isinstance(found, list | tuple) else []


def _text(question: Problem, key: str) -> str | None:
    value = question.more.get(key)
    return str(value) if value is not None else None


def _place(n: int, numbers: Sequence[str], names: Mapping[str, str]) -> Field:
    chosen = Selector(tr("Place {n} of them", n=n))
    chosen.set_choices([(number, f"{number} {names.get(number, '')}".strip()) for number in numbers])
    chosen.setCurrentIndex(n - 1)
    return Field(tr("Place {n} of them", n=n), chosen)


def _reason_field(label: str) -> Field:
    lines = QPlainTextEdit()
    lines.setTabChangesFocus(True)
    lines.setFixedHeight(theme.px("height.stepper"))
    return Field(label, lines)


def _checked(carry_out: Callable[[], None], reason: Field) -> Callable[[], bool]:
    """Carry it out; a refusal stands beside the reason and the form stays."""

    def check() -> bool:
        reason.refuse("")
        try:
            carry_out()
        except Refusal as refusal:
            reason.refuse(in_use().say(refusal))
            return False
        return True

    return check
