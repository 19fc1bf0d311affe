"""Ties at a prize border or in the top k: the rule's next step, how prizes shift under each choice."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations

from sqlalchemy.orm import Session

from competition_app.domain.errors import Problem, Said
from competition_app.domain.ranking.ranking import Working
from competition_app.domain.ranking.result import EventResult
from competition_app.domain.ranking.what_if import DecidedOrder, Moved, TiesAtPrizes, moves, ranked_if
from competition_app.services.judging.entrants import EntrantRow, entrants
from competition_app.services.results.results import event_result

_ALL_ORDERS = 3
"""Ties of up to so many entries are shown in every order; of more, each of them first in turn."""


class ChoiceKind(StrEnum):
    """What can be chosen.

    ORDER: the chief judge's order, or the one drawn (``rulings.decide_tie``, ``record_lot``), where the plan
    has such a tie key. GIVE_ALL, GIVE_NONE: what the plan would say with ``awards.ties`` include or exclude
    (a new plan version with a reason, ``competitions.set_plan``). SHARE: the tie stands as it is, accepted
    with a reason (``rulings.accept_question``).
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
    border; ``counts`` the prizes as they stand while it is open.
    """

    problem: Problem
    division: str | None
    stage: str
    entries: tuple[tuple[str, str], ...]
    award: str | None
    next: str
    counts: tuple[tuple[str, int], ...]
    choices: tuple[Choice, ...]


def borders(session: Session, event_id: int) -> tuple[Border, ...]:
    """Every unresolved tie with its choices; each is the event ranked with that ruling supposed."""
    result = event_result(session, event_id)
    if not any(part.open_questions for part in result.divisions):
        return ()
    people = entrants(session, event_id)
    return tuple(
        _Border(result, question, part.division, part.stage, people).told()
        for part in result.divisions
        for question in part.open_questions
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
        )  # fmt: skip

    def _choices(self) -> Iterator[Choice]:
        if self._may_be_decided():
            for order in _orders(self.tied):
                said = Said("In the order {entries}", {"entries": ", ".join(order)})
                yield self._choice(
                    ChoiceKind.ORDER, said, ranked_if(self.result, DecidedOrder(order, self.stage)), order
                )
        if self.question.code == "unresolved_tie_at_prize":
            yield self._choice(
                ChoiceKind.GIVE_ALL,
                Said("All tied at the border get the better prize"),
                ranked_if(self.result, TiesAtPrizes("include")),
            )
            yield self._choice(
                ChoiceKind.GIVE_NONE,
                Said("None of those tied at the border gets the better prize"),
                ranked_if(self.result, TiesAtPrizes("exclude")),
            )
        yield self._choice(ChoiceKind.SHARE, Said("The shared place stands"), self.result)

    def _may_be_decided(self) -> bool:
        working = self.result.working
        assert isinstance(working, Working)
        stage = working.facts.plan.stage(self.stage)
        return stage is not None and any(key.by in ("decision", "lot") for key in stage.ties)

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
        working = result.working
        assert isinstance(working, Working)
        part = result.division(self.division, self.stage)
        awards = working.facts.plan.awards
        if part is None or awards is None:
            return ()
        given = Counter(one.award for one in part.standings)
        return tuple((level.name, given[level.name]) for level in awards.levels)

    def _name(self, number: str) -> str:
        return self.people[number].name if number in self.people else number


def _orders(tied: Sequence[str]) -> Iterator[tuple[str, ...]]:
    if len(tied) <= _ALL_ORDERS:
        yield from permutations(tied)
        return
    for first in tied:
        yield (first, *(number for number in tied if number != first))
