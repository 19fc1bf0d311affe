"""Penalties, and who competes no more: each asked on a sheet with its reason, and said what follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from competition_app.desktop.frame.page import Context
from competition_app.desktop.marking.floor.floor_book import FloorBook
from competition_app.desktop.marking.marking_typing import read
from competition_app.desktop.parts.controls import Selector
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.results.settling.reasons import checked, reason_field
from competition_app.domain.errors import Refusal, Said
from competition_app.domain.plans.plan import Stage
from competition_app.domain.ranking.result import Status
from competition_app.i18n import in_use, tr
from competition_app.services.judging import rulings
from competition_app.services.judging.floor_record import FloorRow, PenaltyTold
from competition_app.services.workspace import Act

Where = tuple[str | None, int | None]
"""What a penalty is taken off: a module and its attempt, or the whole stage (None)."""


@dataclass(frozen=True, slots=True)
class Change:
    """Another standing of an entry: what is asked, what follows, the deed, how its undo is called."""

    title: Said
    lead: Said
    deed: Said
    words: Said
    use_case: Callable[[Act, int, str], None]
    danger: bool = False


CHANGES: Mapping[Status, Change] = {
    Status.DISQUALIFIED: Change(
        Said("Disqualify {who}?"),
        Said(
            "The entry gets no total and no place, is listed after the ranked ones as disqualified, wins no "
            "prize and gets no certificate. Marks and times stay in the record."
        ),
        Said("Disqualify"), Said("Disqualified: {who}"), rulings.disqualify, danger=True,
    ),
    Status.WITHDRAWN: Change(
        Said("{who} competes no more?"),
        Said(
            "The entry gets no total and no place and is listed after the ranked ones as withdrawn. Judges "
            "owe no more sheets for it, and it no longer counts among those who took part."
        ),
        Said("Record the withdrawal"), Said("Withdrawn: {who}"), rulings.withdraw_entry, danger=True,
    ),
    Status.OUT_OF_COMPETITION: Change(
        Said("{who} out of competition?"),
        Said(
            "The entry is marked, and shown after the ranked ones with the place it would have. It takes "
            "that place from nobody, wins no prize and gets no certificate."
        ),
        Said("Put out of competition"), Said("Out of competition: {who}"), rulings.out_of_competition,
    ),
    Status.RANKED: Change(
        Said("{who} competes again?"),
        Said("The entry is ranked again with what is recorded of it; others may move down a place."),
        Said("Reinstate"), Said("Reinstated: {who}"), rulings.reinstate,
    ),
}  # fmt: skip
"""What an entry can be changed to."""


class FloorDeeds:
    """Carries out, by ``context.undoing``, what stands on the floor's panel; each can be undone."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # --- penalties ---
    def penalise(self, book: FloorBook, row: FloorRow, points: str = "") -> bool:
        """Ask for points, what they are taken off, and the reason; whether a penalty was given."""
        amount = Field(tr("Points off"), unit=tr("points@unit"), figures=True)
        amount.set_text(points)
        choice = Selector(tr("Taken off"))
        choice.set_choices(places(book.stage), (book.module.module, None))
        off, reason = Field(tr("Taken off"), choice), reason_field(tr("What happened"))

        def check() -> bool:
            for field in (amount, off, reason):
                field.refuse("")
            try:
                figure = points_of(amount.text())
            except Refusal as refusal:
                amount.refuse(in_use().say(refusal))
                return False
            return checked(
                lambda: self._give(book, row, figure, choice.currentData(), reason.text()), reason
            )()

        lead = tr(
            "It stands in the history with your name. Points off a module go before its weight, "
            "points off the stage come off the total."
        )
        title = tr("Penalty for {who}", who=named(row))
        return self._context.asking.form(title, lead, [amount, off, reason], tr("Give the penalty"), check)

    def _give(self, book: FloorBook, row: FloorRow, points: Decimal, where: Where, reason: str) -> None:
        self._context.undoing.carry_out(
            tr("Penalty: {who}", who=named(row)), rulings.add_penalty, row.entry_id, points=points,
            stage=book.module.stage, module=where[0], attempt=where[1], reason=reason,
        )  # fmt: skip

    def withdraw(self, row: FloorRow, penalty: PenaltyTold) -> bool:
        """Ask why a penalty no longer counts; whether it was withdrawn."""
        reason = reason_field(tr("Why it no longer counts"))
        words = tr("Penalty withdrawn: {who}", who=named(row))
        lead = tr("“{reason}” stays in the record as withdrawn.", reason=penalty.reason)
        title = tr("Withdraw the penalty of {who}?", who=named(row))
        return self._ask(title, lead, tr("Withdraw the penalty"), reason, False,
                         words, rulings.withdraw_penalty, penalty.id)  # fmt: skip

    # --- who competes ---
    def change(self, row: FloorRow, status: Status) -> bool:
        """Ask for the reason of another standing, saying what follows; whether it was changed."""
        asked, say = CHANGES[status], in_use().say
        title, words = (say(Said(said.text, {"who": named(row)})) for said in (asked.title, asked.words))
        return self._ask(title, say(asked.lead), say(asked.deed), reason_field(tr("Reason")), asked.danger,
                         words, asked.use_case, row.entry_id)  # fmt: skip

    def _ask(
        self, title: str, lead: str, deed: str, reason: Field, danger: bool, words: str,
        use_case: Callable[..., Any], key: int,
    ) -> bool:  # fmt: skip
        def carry_out() -> None:
            self._context.undoing.carry_out(words, use_case, key, reason.text())

        return self._context.asking.form(
            title, lead, [reason], deed, checked(carry_out, reason), danger=danger
        )


def named(row: FloorRow) -> str:
    """An entry as a sheet names it: its number, and its name where that may be seen."""
    return f"{row.number} {row.name}".strip()


def points_of(text: str) -> Decimal:
    """Points off, above 0; refused else."""
    typed = read(text)
    if not isinstance(typed, Decimal) or typed <= 0:
        raise Refusal("A penalty takes off points above 0: type them, such as 2.")
    return typed


def places(stage: Stage | None) -> list[tuple[Where, str]]:
    """What a penalty can be taken off in a stage, in the plan's order and in words."""
    found: list[tuple[Where, str]] = []
    for module in stage.modules if stage else ():
        name = module.name or module.code
        found.append(((module.code, None), name))
        tries = module.attempts.count
        if tries > 1:
            words = [tr("{module}, attempt {n}", module=name, n=n) for n in range(1, tries + 1)]
            found += [((module.code, n), word) for n, word in enumerate(words, 1)]
    return [*found, ((None, None), tr("The whole stage"))]


def taken_off(penalty: PenaltyTold, stage: Stage | None) -> str:
    """What a penalty is taken off, in words."""
    named_places = dict(places(stage))
    return named_places.get((penalty.module, penalty.attempt), named_places[None, None])


def offered(status: Status) -> tuple[Status, ...]:
    """What an entry that stands so can be changed to, the gravest first; competing again last."""
    wanted = (Status.DISQUALIFIED, Status.WITHDRAWN, Status.OUT_OF_COMPETITION, Status.RANKED)
    return tuple(one for one in wanted if one is not status)
