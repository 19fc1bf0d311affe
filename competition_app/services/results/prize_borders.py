"""Ties at a prize border or in the top k: the rule's next step, how prizes shift under each choice."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations
from typing import Literal

from sqlalchemy.orm import Session

from competition_app.domain.errors import Problem, Said
from competition_app.domain.looking_back.what_if import (
    DecidedOrder,
    Moved,
    Supposition,
    TieSettled,
    moves,
    ranked_if,
)
from competition_app.domain.looking_back.what_if_words import supposition_said
from competition_app.domain.plans.plan import Plan
from competition_app.domain.ranking.ranking import Working
from competition_app.domain.ranking.result import EventResult
from competition_app.services.judging.entrants import EntrantRow, entrants
from competition_app.services.results.results import event_result

_ALL_ORDERS = 3
"""Ties of up to so many entries are shown in every order; of more, the order is given by hand."""


class ChoiceKind(StrEnum):
    """What can be chosen.

    ORDER: the chief judge's order, or the one drawn (``rulings.decide_tie``, ``record_lot``), where the plan
    has such a tie key. GIVE_ALL, GIVE_NONE: the tied get the better prize, or none of them does
    (``rulings.accept_question`` with ``tied`` all of them, ``stage``, ``award`` and ``ties``, which is
    ``include`` or ``exclude``). SHARE, of a tie in the top k: it stands as it is (``accept_question``).
    """

    ORDER = "order"
    GIVE_ALL = "give_all"
    GIVE_NONE = "give_none"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class PrizeShift:
    """An entry whose prize would be another than it is while the question is open; None: no prize."""

    number: str
    name: str
    place_before: int | None
    place_after: int | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: in words, the order it puts the entries in (empty but for ORDER), and what it changes.

    ``shifts`` are the division's entries with another prize or place; ``counts`` how many of each level
    there would be in the division, best first.
    """

    kind: ChoiceKind
    said: Said
    order: tuple[str, ...]
    shifts: tuple[PrizeShift, ...]
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Border:
    """An unresolved tie: the question itself, who is tied, the prize at stake, the rule's next step.

    ``next`` is ``decision``, ``lot`` or ``accept``; ``award`` None for a tie in the top k without a prize
    border; ``counts`` the prizes as they stand while it is open. ``by_hand``: an order can be decided or
    drawn, and the tied are too many for ``choices`` to show every one.
    """

    problem: Problem
    division: str | None
    stage: str
    entries: tuple[tuple[str, str], ...]
    award: str | None
    next: str
    counts: tuple[tuple[str, int], ...]
    choices: tuple[Choice, ...]
    by_hand: bool = False


def borders(session: Session, event_id: int, only: Problem | None = None) -> tuple[Border, ...]:
    """Every unresolved tie (or ``only`` this one) with its choices: the event ranked with each supposed."""
    result = event_result(session, event_id)
    if not any(part.open_questions for part in result.divisions):
        return ()
    people = entrants(session, event_id)
    return tuple(
        _Border(result, question, part.division, part.stage, people).told()
        for part in result.divisions
        for question in part.open_questions
        if only is None or question == only
    )


class _Border:
    """One question with its choices worked out."""

    def __init__(
        self,
        result: EventResult,
        question: Problem,
        division: str | None,
        stage: str,
        people: Mapping[str, EntrantRow],
    ) -> None:
        self.result, self.question, self.people = result, question, people
        self.division, self.stage = division, stage
        entries = question.more.get("entries")
        self.tied = tuple(str(one) for one in entries) if isinstance(entries, list | tuple) else ()

    def told(self) -> Border:
        """The question with every choice."""
        award = self.question.more.get("award")
        return Border(
            self.question, self.division, self.stage,
            tuple((number, self._name(number)) for number in self.tied),
            str(award) if award is not None else None, str(self.question.more.get("next")),
            self._counts(self.result), tuple(self._choices()),
            len(self.tied) > _ALL_ORDERS and self._decided_by() is not None,
        )  # fmt: skip

    def _choices(self) -> Iterator[Choice]:
        by = self._decided_by()
        if by is not None and len(self.tied) <= _ALL_ORDERS:
            for order in permutations(self.tied):
                yield self._supposed(ChoiceKind.ORDER, DecidedOrder(order, self.stage, by), order)
        if self.question.code == "unresolved_tie_at_prize":
            place = self.tied, self.stage, str(self.question.more["award"])
            yield self._supposed(ChoiceKind.GIVE_ALL, TieSettled(*place, "include"))
            yield self._supposed(ChoiceKind.GIVE_NONE, TieSettled(*place, "exclude"))
        else:
            yield self._choice(ChoiceKind.SHARE, Said("The shared place stands"), self.result)

    def _supposed(self, kind: ChoiceKind, supposition: Supposition, order: tuple[str, ...] = ()) -> Choice:
        said = supposition_said(supposition, self._plan())
        return self._choice(kind, said, ranked_if(self.result, supposition), order)

    def _plan(self) -> Plan:
        working = self.result.working
        assert isinstance(working, Working)
        return working.facts.plan

    def _decided_by(self) -> Literal["decision", "lot"] | None:
        """How the rules let an order be found: what comes next, else what they have at all."""
        stage = self._plan().stage(self.stage)
        keys = [key.by for key in stage.ties] if stage else []
        if "lot" in keys and (self.question.more.get("next") == "lot" or "decision" not in keys):
            return "lot"
        return "decision" if "decision" in keys else None

    def _choice(
        self, kind: ChoiceKind, said: Said, after: EventResult, order: tuple[str, ...] = ()
    ) -> Choice:
        found = [one for one in moves(self.result, after) if one.division == self.division]
        shifts = tuple(self._shift(one) for one in found if one.matters and one.stage == self.stage)
        return Choice(kind, said, order, shifts, self._counts(after))

    def _shift(self, one: Moved) -> PrizeShift:
        return PrizeShift(
            one.number, self._name(one.number), one.place_before, one.place_after,
            one.prize_before, one.prize_after,
        )  # fmt: skip

    def _counts(self, result: EventResult) -> tuple[tuple[str, int], ...]:
        part = result.division(self.division, self.stage)
        awards = self._plan().awards
        if part is None or awards is None:
            return ()
        given = Counter(one.award for one in part.standings)
        return tuple((level.name, given[level.name]) for level in awards.levels)

    def _name(self, number: str) -> str:
        return self.people[number].name if number in self.people else number
