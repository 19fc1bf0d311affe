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
    """A module's rounded score and its weighted part, as exact text (package.md §2); None where there is none."""

    score: str | None
    weighted: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One entry's row in the result (名次). Figures are exact text; ``value`` is the exact total for drawing."""

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
    """The standings of one division in one stage, in printed order. ``division`` is None where there are none."""

    division: str | None
    stage: str
    standings: tuple[Standing, ...]
    open_questions: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class EventResult:
    """One event's whole result: one DivisionResult per division and stage, in the plan's order."""

    event: str
    divisions: tuple[DivisionResult, ...]
