"""Answering an open tie: the order decided or drawn, other rules, or the tie let stand; with a reason."""

from collections.abc import Callable, Mapping, Sequence

from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.parts.controls import Selector
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.sentences import joined
from competition_app.desktop.results.results_ties import listed
from competition_app.desktop.results.settling.border_words import next_step, offers, sentence
from competition_app.desktop.results.settling.choice_list import ChoiceList, Offer
from competition_app.desktop.results.settling.reasons import checked, reason_field
from competition_app.domain.errors import Problem, Refusal
from competition_app.i18n import tr
from competition_app.services.judging import rulings
from competition_app.services.progress import Progress
from competition_app.services.results import prize_borders
from competition_app.services.results.prize_borders import Border, Choice, ChoiceKind


class TieRulings:
    """Shows what each answer to a tie would change, and puts the chosen one into the store."""

    def __init__(self, context: Context) -> None:
        self._context, self.gone = context, False

    def settle(self, event_id: int, question: Problem, kind: ChoiceKind | None = None) -> None:
        """Work out what each answer would change, then ask; ``kind`` is the one chosen to begin with."""
        ask = self._context.workspace.ask

        def work(progress: Progress) -> tuple[Border, ...]:
            progress.at(0, 0, sentence(question))
            return ask(prize_borders.borders, event_id, question)

        def done(found: tuple[Border, ...]) -> None:
            border = next((one for one in found if one.problem == question), None)
            if border is None:
                self._context.asking.note(tr("This question is settled already."))
            elif not self.gone:
                self._ask(event_id, border, kind)

        self._context.jobs.start(JobWords(tr("Working out each answer"), sentence(question)), work, done)

    def _ask(self, event_id: int, border: Border, kind: ChoiceKind | None) -> None:
        question = border.problem
        choices = border.choices
        made = list(offers(border, choices))
        if border.by_hand:
            made.append(Offer(tr("Decide the whole order"), (tr("Each place is chosen in the next step."),)))
        listing = ChoiceList(made, next((at for at, one in enumerate(choices) if one.kind is kind), None))
        reason = reason_field(_reason_word(border))
        by_hand: list[bool] = []

        def carry_out() -> None:
            at = listing.at()
            if at is None:
                raise Refusal("No answer is chosen yet: choose one of those above.")
            if at == len(choices):
                by_hand.append(True)
            else:
                self._take(event_id, border, choices[at], reason.text())

        fields = [Field(tr("What follows from each answer"), listing.in_view()), reason]
        lead = joined([sentence(question), next_step(question)])
        if self._asked(border, lead, fields, carry_out) and by_hand:
            self._by_hand(event_id, border)

    def _asked(
        self, border: Border, lead: str, fields: Sequence[Field], carry_out: Callable[[], None]
    ) -> bool:
        """Ask, the reason being the last field; True where an answer was taken."""
        title = tr("Decide about No. {numbers}", numbers=listed([number for number, _ in border.entries]))
        check = checked(carry_out, fields[-1])
        return self._context.asking.form(title, lead, fields, tr("Record the ruling"), check)

    def _take(self, event_id: int, border: Border, choice: Choice, reason: str) -> None:
        match choice.kind:
            case ChoiceKind.ORDER:
                self._record(event_id, border, choice.order, reason)
            case ChoiceKind.SHARE:
                done = tr("Shared place let stand: {numbers}", numbers=listed([n for n, _ in border.entries]))
                self._do(
                    done, rulings.accept_question, event_id, border.problem.code, reason,
                    tied=[number for number, _ in border.entries], stage=border.stage,
                )  # fmt: skip
            case _:
                self._settle_prize(event_id, border, choice, reason)

    def _record(self, event_id: int, border: Border, order: Sequence[str], reason: str) -> None:
        if border.next == "lot":
            done = tr("Draw recorded: {numbers}", numbers=listed(order))
            self._do(done, rulings.record_lot, event_id, order, reason=reason or None)
        else:
            done = tr("Order decided: {numbers}", numbers=listed(order))
            self._do(done, rulings.decide_tie, event_id, order, reason, stage=border.stage)

    def _settle_prize(self, event_id: int, border: Border, choice: Choice, reason: str) -> None:
        """The prize at this border for all of them, or for none."""
        given = choice.kind is ChoiceKind.GIVE_ALL
        listing = listed([number for number, _ in border.entries])
        done = (
            tr("Prize given to all tied: {numbers}", numbers=listing)
            if given
            else tr("Prize given to none of the tied: {numbers}", numbers=listing)
        )
        self._do(
            done, rulings.accept_question, event_id, border.problem.code, reason,
            tied=[number for number, _ in border.entries], stage=border.stage, award=border.award,
            ties="include" if given else "exclude",
        )  # fmt: skip

    def _by_hand(self, event_id: int, border: Border) -> None:
        """Ask for the whole order of more entries than the choices can show."""
        numbers = [number for number, _name in border.entries]
        names = dict(border.entries)
        places = [_place(n, numbers, names) for n in range(1, len(numbers) + 1)]
        reason = reason_field(_reason_word(border))

        def carry_out() -> None:
            chosen = [one.control.currentData() for one in places if isinstance(one.control, Selector)]
            self._record(event_id, border, [str(one) for one in chosen], reason.text())

        lead = tr("The better comes first. The decision stands in the record with your name.")
        self._asked(border, lead, [*places, reason], carry_out)

    def _do(self, words: str, use_case: Callable[..., object], *given: object, **named: object) -> None:
        self._context.undoing.carry_out(words, use_case, *given, **named)


def _reason_word(border: Border) -> str:
    if border.next == "lot":
        return tr("How it was drawn, and before whom")
    return tr("Reason of the decision")


def _place(n: int, numbers: Sequence[str], names: Mapping[str, str]) -> Field:
    chosen = Selector(tr("Place {n} of them", n=n))
    chosen.set_choices([(number, f"{number} {names.get(number, '')}".strip()) for number in numbers])
    chosen.setCurrentIndex(n - 1)
    return Field(tr("Place {n} of them", n=n), chosen)
