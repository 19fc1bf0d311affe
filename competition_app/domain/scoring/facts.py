"""What is known of one event, as plain frozen values: all that a ranking may look at."""

from collections.abc import Callable, Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from operator import itemgetter
from typing import Literal

from competition_app.domain.plans.plan import Plan
from competition_app.domain.ranking.result import Status

VENUE = timezone(timedelta(hours=8))
"""A moment written without its offset is China's time."""
STORE_SCALE = 10**9
"""Marks of the store are whole numbers of 10^-9."""


class Outcome(Enum):
    """What stands in the place of a value: the judge gave none, or the attempt failed (package.md §1)."""

    ABSENT = "absent"
    DNF = "DNF"


MarkValue = int | Outcome
"""A mark in whole units of 1/scale, or what stands in its place."""
MarkKeys = tuple[tuple[int, str, str], ...]
"""(attempt, judge, criterion) of each mark of a work. Works marked alike share one object (quick)."""
Place = tuple[str, str, str]
"""(stage, module, entry number): the key of everything known of an entry in a module."""


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """作品: all counting marks of one entry in one module; ``values`` stand in the order of ``keys``.

    ``plain`` says that every value is a number. Compared by identity: a work that changed is a new one.
    """

    keys: MarkKeys
    values: tuple[MarkValue, ...]
    plain: bool


@dataclass(frozen=True, slots=True)
class JudgeFacts:
    """裁判: a seat on the panel. ``modules``: (stage, module) assigned to it; no ``group`` = all groups."""

    code: str
    modules: frozenset[tuple[str, str]] = frozenset()
    group: str | None = None
    role: str = "judge"


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """参赛队/选手: what is ranked. ``status`` is the one given; the ranking finds the one shown.

    ``organisations`` are the codes with the share of points each gets (scoring.md §7); ``contestants`` codes.
    """

    number: str
    division: str | None = None
    status: Status = Status.RANKED
    group: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    contestants: tuple[str, ...] = ()
    organisations: tuple[tuple[str, Decimal], ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class ContestantFacts:
    """选手: what title rules ask about a person. ``holds`` are titles and skill levels already held."""

    code: str
    name: str = ""
    sex: str | None = None
    birth_date: date | None = None
    holds: frozenset[str] = frozenset()
    employment: str | None = None


@dataclass(frozen=True, slots=True)
class PenaltyFact:
    """违规扣分: points off an attempt, a module (attempt None) or a stage (module None), or the end."""

    entry: str
    stage: str | None
    module: str | None = None
    attempt: int | None = None
    points: Decimal = Decimal(0)
    disqualifies: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The chief judge's order of tied entries, or a recorded draw; ``stage`` None speaks for every stage."""

    entries: tuple[str, ...]
    reason: str = ""
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A problem or open question the chief judge accepted with a reason; None narrows nothing.

    ``entries``: none narrow nothing, one is anybody concerned, several are exactly those tied. ``ties``
    settles a tie across a prize border: ``include`` gives all tied the better prize, ``exclude`` none of
    them, as the plan could have said (scoring.md §8); ``award`` is the prize at that border.
    """

    code: str
    reason: str
    entries: tuple[str, ...] = ()
    stage: str | None = None
    module: str | None = None
    criterion: str | None = None
    award: str | None = None
    ties: Literal["include", "exclude"] | None = None

    def speaks_of(self, numbers: Collection[str]) -> bool:
        """Whether it is about these entries: several named settle no other tie than their own."""
        if len(self.entries) > 1:
            return set(self.entries) == set(numbers)
        return not self.entries or self.entries[0] in numbers


@dataclass(frozen=True, slots=True)
class EventFacts:
    """All that decides an event's result. Marks are whole units of 1/``scale`` (10^9 in the store).

    ``recusals`` are (stage, module, entry, judge). ``scores`` are (attempt, value) of direct modules.
    ``advanced`` lists who was confirmed to go on to a stage. ``times`` are seconds.
    """

    event: str
    plan: Plan
    entries: tuple[EntryFacts, ...]
    divisions: tuple[str, ...] = ()
    judges: tuple[JudgeFacts, ...] = ()
    works: Mapping[Place, Work] = field(default_factory=dict)
    scale: int = STORE_SCALE
    scores: Mapping[Place, tuple[tuple[int, Decimal | Outcome], ...]] = field(default_factory=dict)
    times: Mapping[Place, Decimal] = field(default_factory=dict)
    submitted: Mapping[Place, datetime] = field(default_factory=dict)
    absences: frozenset[Place] = frozenset()
    penalties: tuple[PenaltyFact, ...] = ()
    recusals: frozenset[tuple[str, str, str, str]] = frozenset()
    lots: tuple[Decision, ...] = ()
    decisions: tuple[Decision, ...] = ()
    advanced: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accepted: tuple[Accepted, ...] = ()
    contestants: Mapping[str, ContestantFacts] = field(default_factory=dict)

    def time_of(self, place: Place) -> Fraction | None:
        """The seconds taken; None where none are recorded, or an absence is: then nothing counts there."""
        seconds = None if place in self.absences else self.times.get(place)
        return None if seconds is None else Fraction(seconds)

    def submitted_at(self, place: Place) -> datetime | None:
        """When a work was handed in; None where that is not recorded, or an absence is."""
        moment = None if place in self.absences else self.submitted.get(place)
        return moment.replace(tzinfo=VENUE) if moment is not None and moment.tzinfo is None else moment

    def with_work(self, place: Place, work: Work) -> "EventFacts":
        """The same facts with one work's marks changed; all other works stay the very same objects."""
        return replace(self, works={**self.works, place: work})


def work_of(marks: Mapping[tuple[int, str, str], MarkValue]) -> Work:
    """The work of marks by (attempt, judge, criterion), in any order."""
    values = tuple(marks.values())
    return Work(tuple(marks), values, not any(isinstance(value, Outcome) for value in values))


MarkRow = tuple[int, int, int, int, int | None, int]
"""A stored mark: (work, attempt, criterion, judge, units, outcome: 0 value, 1 absent, 2 DNF)."""


def works_of_rows(
    rows: Sequence[MarkRow],
    place_of: Callable[[int], Place],
    criterion_of: Mapping[int, str],
    judge_of: Mapping[int, str],
    uncounted: Container[tuple[int, int, int]] = (),
) -> dict[Place, Work]:
    """The works of stored marks, rows sorted by work and, within it, always in the same order.

    ``place_of`` tells a work's stage, module and entry; ``uncounted`` names (work, attempt, judge) of sheets
    neither signed nor confirmed, whose marks are left out. Works marked alike share their keys.
    """
    if not rows:
        return {}
    if uncounted:
        rows = [row for row in rows if (row[0], row[1], row[3]) not in uncounted]
        if not rows:
            return {}
    works, attempts, criteria, judges, units, outcomes = (
        list(map(itemgetter(column), rows)) for column in range(6)
    )
    all_plain = not any(outcomes)
    found: dict[Place, Work] = {}
    shape: tuple[list[int], ...] = ([], [], [])
    keys: MarkKeys = ()
    shared: dict[MarkKeys, MarkKeys] = {}
    start = 0
    while start < len(works):
        end = _end_of(works, start, len(keys))
        here = attempts[start:end], criteria[start:end], judges[start:end]
        if here != shape:
            shape = here
            keys = tuple((a, judge_of[j], criterion_of[c]) for a, c, j in zip(*here, strict=True))
            keys = shared.setdefault(keys, keys)
        plain = all_plain or not any(outcomes[start:end])
        values = tuple(units[start:end]) if plain else _values(units[start:end], outcomes[start:end])
        found[place_of(works[start])] = Work(keys, values, plain)
        start = end
    return found


def _end_of(works: Sequence[int], start: int, guess: int) -> int:
    """Where the run of one work ends; most works hold as many marks as the one before."""
    end, work, count = start + guess, works[start], len(works)
    if guess and end <= count and works[end - 1] == work and (end == count or works[end] != work):
        return end
    end = start + 1
    while end < count and works[end] == work:
        end += 1
    return end


_OUTCOMES = {1: Outcome.ABSENT, 2: Outcome.DNF}


def _values(units: Sequence[int | None], outcomes: Sequence[int]) -> tuple[MarkValue, ...]:
    values: list[MarkValue] = []
    for unit, outcome in zip(units, outcomes, strict=True):
        values.append(_OUTCOMES[outcome] if outcome else unit or 0)
    return tuple(values)
