"""The derivation of a place as plain values: marks, rungs, tie keys and the prize (scoring.md §9)."""

from dataclasses import dataclass

from competition_app.domain.errors import Problem, Said
from competition_app.domain.plans.plan import Module, Stage, TieKey
from competition_app.domain.ranking.result import Standing
from competition_app.domain.scoring.facts import Accepted, PenaltyFact
from competition_app.domain.scoring.modules import State


@dataclass(frozen=True, slots=True)
class Rung:
    """A value at one rung: before and after rounding to ``digits`` (None: not rounded there)."""

    name: str
    unrounded: str
    rounded: str
    digits: int | None


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One mark: ``mark`` as given (``absent``, ``DNF``), its ``points``, and whether it was set aside."""

    judge: str
    criterion: str
    mark: str
    points: str | None
    set_aside: bool


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion across the judges: who was dropped, the combined figure, its factor, what both make."""

    criterion: str
    combined: str
    factor: str
    value: str | None
    dropped_high: tuple[str, ...]
    dropped_low: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A judge's whole sheet: raw sum, the value combined (evened out), dropped ``high`` or ``low``.

    One without a value was set aside (``aside``), given as absent (``absent``), or is not whole (None).
    """

    judge: str
    raw: str | None
    value: str | None
    dropped: str | None
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class AttemptDerivation:
    """One attempt: marks, sheets or criteria, the panel's value, penalties and the attempt's value."""

    attempt: int
    counts: bool
    failed: bool
    marks: tuple[MarkLine, ...]
    criteria: tuple[CriterionLine, ...]
    sheets: tuple[SheetLine, ...]
    combined: str | None
    penalties: tuple[PenaltyFact, ...]
    value: Rung | None


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The time taken in seconds, the points it takes off, the factor it brings; None where there is none."""

    seconds: str
    points: str | None
    factor: str | None


@dataclass(frozen=True, slots=True)
class ModuleDerivation:
    """One module: its attempts, what was taken of them, and the rungs to score and weighted part.

    ``time`` is there where a recorded time bears on the score (``time_bands``, ``time_factors``).
    """

    rule: Module
    module: str
    name: str | None
    state: State
    across: str | None
    combine: str | None
    take: str
    attempts: tuple[AttemptDerivation, ...]
    taken: str | None
    factor: str | None
    penalties: tuple[PenaltyFact, ...]
    score: Rung | None
    weight: str
    weighted: Rung | None
    zeroed: bool
    time: TimeLine | None = None


@dataclass(frozen=True, slots=True)
class TieLine:
    """A tie key tried: every tied entry's value (None: has none), and whether it parted any.

    ``groups`` are those it left equal, the better first; none for a key that was not needed any more.
    """

    rule: TieKey
    key: Said | str
    values: tuple[tuple[str, str | None], ...]
    skipped: bool
    parted: bool
    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PrizeLine:
    """How many entries the prizes are reckoned on (``percent_of``), and how many got this entry's prize."""

    percent_of: str
    counted: int
    winners: int


@dataclass(frozen=True, slots=True)
class Derivation:
    """Why an entry stands where it stands in a stage.

    ``close`` are neighbours whose total before rounding differs by less than one rounding step. ``unused``
    are the tie keys that were not needed any more, with the values they would have compared. ``low``: less
    is better.
    """

    rule: Stage
    low: bool
    number: str
    stage: str
    division: str | None
    standing: Standing
    modules: tuple[ModuleDerivation, ...]
    carried: str | None
    penalties: tuple[PenaltyFact, ...]
    total: Rung | None
    ties: tuple[TieLine, ...]
    unused: tuple[TieLine, ...]
    prize: PrizeLine | None
    accepted: tuple[Accepted, ...]
    problems: tuple[Problem, ...]
    close: tuple[str, ...]
