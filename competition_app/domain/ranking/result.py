"""The result of an event: what every screen, page, sheet, certificate and command shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from competition_app.domain.errors import Problem, Said


class Status(StrEnum):
    """How an entry stands (scoring.md §3), in the order in which the unranked are listed."""

    RANKED = "ranked"
    OUT_OF_COMPETITION = "out_of_competition"
    INCOMPLETE = "incomplete"
    DISQUALIFIED = "disqualified"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class ModuleFigure:
    """A module's rounded score and its weighted part, as exact text; None where there is none."""

    score: str | None
    weighted: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One entry's row in the result (名次). Figures are exact text; ``value`` is the total for drawing."""

    number: str
    place: int | None
    shared: bool
    status: Status
    total: str | None
    modules: Mapping[str, ModuleFigure]
    criteria: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    award: str | None = None
    titles: tuple[str, ...] = ()
    advances: bool | None = None
    tie: Said | None = None
    problems: tuple[Problem, ...] = ()
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DivisionResult:
    """A division's standings in one stage, in printed order; ``division`` None where there are none."""

    division: str | None
    stage: str
    standings: tuple[Standing, ...]
    open_questions: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Nomination:
    """A person looked at for a title: nominated, or passed over for the reason given. Never granted."""

    title: str
    entry: str
    contestant: str | None
    division: str | None
    place: int
    nominated: bool
    reason: Said | None = None


@dataclass(frozen=True, slots=True)
class EventResult:
    """One event's whole result: one DivisionResult per division and stage, in the plan's order.

    ``working`` is how it came about, for the derivation (``domain.explain``); it is not part of the value
    and does not travel to another process.
    """

    event: str
    divisions: tuple[DivisionResult, ...]
    nominations: tuple[Nomination, ...] = ()
    working: object = field(default=None, compare=False, repr=False)

    def __reduce__(self) -> tuple[object, ...]:
        return EventResult, (self.event, self.divisions, self.nominations)

    def division(self, division: str | None, stage: str) -> DivisionResult | None:
        """The standings of one division in one stage, if there are any."""
        found = (each for each in self.divisions if (each.division, each.stage) == (division, stage))
        return next(found, None)


@dataclass(frozen=True, slots=True)
class TableRow:
    """An organisation's row in an organisation table (scoring.md §7). ``points`` is exact text."""

    table: str
    code: str
    place: int
    shared: bool
    points: str
    firsts: int


@dataclass(frozen=True, slots=True)
class CompetitionResult:
    """The results of several events of a competition, and its organisation tables."""

    events: tuple[EventResult, ...]
    organisations: tuple[TableRow, ...] = ()
