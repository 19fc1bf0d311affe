"""Close calls: neighbours whose order, or whose tie, is the rounding's doing (scoring.md §9)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from competition_app.domain.looking_back.what_if import RUNGS, Rung, Unrounded, totals_if
from competition_app.domain.plans.plan import Plan, Stage
from competition_app.domain.ranking.placing import Group
from competition_app.domain.ranking.ranking import Working
from competition_app.domain.ranking.result import EventResult
from competition_app.domain.scoring.figures import exact, plain
from competition_app.domain.scoring.totals import StageEntry


class Closeness(StrEnum):
    """How near two neighbours are.

    ``REVERSED``: without any rounding the other would stand before. ``LEVELLED``: their totals are equal
    only by rounding, so that a tie key or nobody decided. ``WITHIN_STEP``: the same order, by less than one
    rounding step.
    """

    REVERSED = "reversed"
    LEVELLED = "levelled"
    WITHIN_STEP = "within_step"


@dataclass(frozen=True, slots=True)
class CloseCall:
    """Two neighbours of one division and stage, ``better`` shown before ``worse`` (or beside it).

    ``shown`` is the difference of their totals as shown, ``exact`` that of their totals with no rung rounded
    (both as text, above 0 where it speaks for ``better``), ``step`` one step of the last rounding. ``rung``
    is the rung from whose rounding on they stand as they are shown; None where the marks alone decide.
    """

    division: str | None
    stage: str
    better: str
    worse: str
    place_better: int
    place_worse: int
    shown: str
    exact: str
    step: str
    closeness: Closeness
    rung: Rung | None


def close_calls(result: EventResult) -> tuple[CloseCall, ...]:
    """Every pair of neighbours decided by less than one rounding step, in printed order.

    Two neighbours are a close call when their totals with no rung rounded (the same facts ranked without
    any rounding) differ by less than one step of the last rounding, or stand the other way round; a real
    tie, equal before rounding too, is none. The last rounding is that of the total, else of the weighted
    parts, else of the modules (the coarsest of them); where nothing rounds, nothing is close. Only ranked
    entries are looked at.
    """
    working = result.working
    assert isinstance(working, Working)
    plan = working.facts.plan
    steps = {stage.code: step for stage in plan.stages if (step := rounding_step(stage)) is not None}
    if not steps:
        return ()
    bare = totals_if(working, Unrounded())
    found: list[CloseCall] = []
    for (division, code), order in working.orders.items():
        stage = plan.stage(code)
        if stage is None or code not in steps:
            continue
        for pair in _neighbours(order.groups):
            call = _call(working, bare, division, stage, pair, steps[code])
            found += [] if call is None else [call]
    return _with_rungs(working, bare, found)


def rounding_step(stage: Stage) -> Fraction | None:
    """One step of the last rounding on the way to a stage's total; None where nothing rounds."""
    digits = stage.round.total
    if digits is None:
        digits = stage.round.weighted
    if digits is None:
        modules = [module.round.module for module in stage.modules if module.round.module is not None]
        digits = min(modules, default=None)
    return None if digits is None else Fraction(1, 10**digits)


_Pair = tuple[tuple[StageEntry, int], tuple[StageEntry, int]]
"""Two entries side by side in printed order, each with its place."""


def _neighbours(groups: Sequence[Group]) -> Iterator[_Pair]:
    rows = [(row, group.place) for group in groups for row in group.rows]
    yield from pairwise(rows)


def _call(
    working: Working, bare: Working, division: str | None, stage: Stage, pair: _Pair, step: Fraction
) -> CloseCall | None:
    (one, place), (other, next_place) = pair
    shown = _lead(working, stage.code, one.number, other.number)
    true = _lead(bare, stage.code, one.number, other.number)
    if true == 0 or true >= step:
        return None
    closeness = Closeness.WITHIN_STEP
    if shown == 0 or true < 0:
        closeness = Closeness.LEVELLED if shown == 0 else Closeness.REVERSED
    digits = stage.round.total
    return CloseCall(
        division, stage.code, one.number, other.number, place, next_place,
        plain(shown), exact(true, digits), plain(step), closeness, None,
    )  # fmt: skip


def _lead(working: Working, stage: str, one: str, other: str) -> Fraction:
    """By how much the first stands before the second there; below 0: behind it."""
    entries = working.stages[stage].entries
    first, second = entries[one].total or Fraction(0), entries[other].total or Fraction(0)
    return second - first if working.facts.plan.low else first - second


def _with_rungs(working: Working, bare: Working, calls: Sequence[CloseCall]) -> tuple[CloseCall, ...]:
    """The calls with the rung that decided, for those that rounding turned or levelled.

    The totals are worked out with rounding only up to each rung that rounds; the rung is the first from
    which on the two stand as they are shown.
    """
    if all(call.closeness is Closeness.WITHIN_STEP for call in calls):
        return tuple(calls)
    rungs = _rounding_rungs(working.facts.plan)
    partly = (Unrounded(frozenset(rungs[count:])) for count in range(1, len(rungs)))
    steps = [bare, *(totals_if(working, each) for each in partly), working]
    return tuple(replace(call, rung=_rung(call, rungs, steps)) for call in calls)


def _rung(call: CloseCall, rungs: Sequence[Rung], steps: Sequence[Working]) -> Rung | None:
    if call.closeness is Closeness.WITHIN_STEP:
        return None
    signs = [_sign(_lead(each, call.stage, call.better, call.worse)) for each in steps]
    last = max(count for count, sign in enumerate(signs) if sign != signs[-1])
    return rungs[last]


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def _rounding_rungs(plan: Plan) -> list[Rung]:
    """The rungs that round anywhere in a plan, from the marks upwards."""
    rounds = [stage.round for stage in plan.stages]
    parts = [module.round for stage in plan.stages for module in stage.modules]
    return [rung for rung in RUNGS if any(getattr(one, rung, None) is not None for one in (*rounds, *parts))]
