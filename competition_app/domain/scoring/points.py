"""How a mark becomes points, and whether the criterion takes it (scoring.md §2, criterion kinds)."""

from bisect import bisect_right
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, lcm

from competition_app.domain.errors import Said
from competition_app.domain.plans.plan import Criterion
from competition_app.domain.scoring.figures import plain

JUDGEMENT_TOP = 3
"""A judgement is marked 0, 1, 2 or 3."""


def points_of(criterion: Criterion, mark: Fraction) -> Fraction:
    """The points of a mark, exact, before the criterion's factor (scoring.md §2)."""
    if criterion.kind == "measured":
        return _by_scale(criterion, mark)
    if criterion.kind == "deduction":
        return max(_top(criterion) - mark * Fraction(criterion.each), Fraction(0))
    return mark * slope(criterion)


def _top(criterion: Criterion) -> Fraction:
    return Fraction(criterion.max if criterion.max is not None else 0)


def slope(criterion: Criterion) -> Fraction:
    """Points for each 1 of the mark, of the kinds where points grow evenly with the mark."""
    if criterion.kind == "check":
        return _top(criterion)
    if criterion.kind == "judgement":
        return _top(criterion) / JUDGEMENT_TOP
    if criterion.kind == "deduction":
        return -Fraction(criterion.each)
    return Fraction(1)


def _by_scale(criterion: Criterion, mark: Fraction) -> Fraction:
    scale = criterion.scale or ()
    index = bisect_right([Fraction(value) for value, _ in scale], mark)
    if index == 0:
        return Fraction(scale[0][1])
    left, points = (Fraction(number) for number in scale[index - 1])
    if criterion.between == "step" or index == len(scale):
        return points
    right, next_points = (Fraction(number) for number in scale[index])
    return points + (mark - left) * (next_points - points) / (right - left)


def mark_fault(criterion: Criterion, mark: Fraction) -> Said | None:
    """What is wrong with a mark (out of range, off the steps), or None. Steps count from 0."""
    low, high = bounds(criterion)
    if (low is not None and mark < low) or (high is not None and mark > high):
        return _out_of(low, high)
    if criterion.kind in ("check", "judgement") and mark.denominator != 1:
        return _out_of(low, high)
    step = step_of(criterion)
    if step and (mark / step).denominator != 1:  # a step of 0 is refused by the plan itself
        return Said("a mark is a multiple of {step}", {"step": plain(step)})
    return None


def _out_of(low: Fraction | None, high: Fraction | None) -> Said:
    if high is None:
        return Said("a mark is at least {low}", {"low": plain(low or Fraction(0))})
    return Said(
        "a mark lies between {low} and {high}", {"low": plain(low or Fraction(0)), "high": plain(high)}
    )


def bounds(criterion: Criterion) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most a mark may be; None where there is no bound."""
    if criterion.kind == "measured":
        return None, None
    if criterion.kind == "deduction":
        return Fraction(0), None
    if criterion.kind == "check":
        return Fraction(0), Fraction(1)
    if criterion.kind == "judgement":
        return Fraction(0), Fraction(JUDGEMENT_TOP)
    return Fraction(criterion.min if criterion.min is not None else 0), _top(criterion)


def step_of(criterion: Criterion) -> Fraction | None:
    """The step whose multiples a mark may be; None where any number may stand."""
    if criterion.kind in ("check", "judgement"):
        return Fraction(1)
    if criterion.step is not None:
        return Fraction(criterion.step)
    return Fraction(1, 100) if criterion.kind == "points" else None


def spread_limit(criterion: Criterion) -> Fraction | None:
    """How far apart marks of one criterion may lie: 1 for judgement, else only what the plan names."""
    if criterion.max_spread is not None:
        return Fraction(criterion.max_spread)
    return Fraction(1) if criterion.kind == "judgement" else None


def denominator_of(criterion: Criterion, factor: Fraction) -> int:
    """What, times the marks' own scale, makes all points × factor of this criterion whole numbers."""
    if criterion.kind != "measured":
        return lcm((slope(criterion) * factor).denominator, (_top(criterion) * factor).denominator)
    scale = [(Fraction(value), Fraction(points)) for value, points in criterion.scale or ()]
    needed = [(points * factor).denominator for _, points in scale]
    for (left, points), (right, more) in pairwise(scale):
        rise = (more - points) / (right - left) * factor
        needed += [rise.denominator, (rise * left).denominator]
    return lcm(*needed)


class PointsTable(dict[int | None, int | None]):
    """Points × factor of each mark ever seen, both as whole numbers: marks in 1/scale, points in 1/unit.

    Looked up for each of a million marks, so that the exact rule is asked once for each different mark only.
    None, the place of a mark that is not there, stays None. ``outside`` gathers marks not allowed.
    """

    def __init__(self, criterion: Criterion, factor: Fraction, scale: int, unit: int) -> None:
        super().__init__({None: None})
        self._criterion, self._factor, self._scale, self._unit = criterion, factor, scale, unit
        self.outside: set[int] = set()
        even = slope(criterion) * factor * unit / scale
        self._even = even.numerator if even.denominator == 1 and criterion.kind != "measured" else None
        self._base = int(_top(criterion) * factor * unit) if criterion.kind == "deduction" else None
        low, high = bounds(criterion)
        self._low = None if low is None else ceil(low * scale)
        self._high = None if high is None else floor(high * scale)
        step = step_of(criterion)
        self._step = None if step is None else step * scale

    def __missing__(self, units: int) -> int:
        if not self._takes(units):
            self.outside.add(units)
        found = self._points(units)
        self[units] = found
        return found

    def _takes(self, units: int) -> bool:
        if (self._low is not None and units < self._low) or (self._high is not None and units > self._high):
            return False
        step = self._step
        return step is None or units * step.denominator % step.numerator == 0

    def _points(self, units: int) -> int:
        if self._even is None:
            exact = points_of(self._criterion, Fraction(units, self._scale)) * self._factor * self._unit
            if exact.denominator != 1:
                raise ArithmeticError(f"points of {self._criterion.code} are finer than 1/{self._unit}")
            return exact.numerator
        if self._base is None:
            return units * self._even
        return max(self._base + units * self._even, 0)


class _UnknownCriterion(dict[int | None, int | None]):
    """The points of marks for a criterion the plan no longer has: none."""

    def __missing__(self, units: int | None) -> None:
        return None


UNKNOWN = _UnknownCriterion()
"""Stands where a plan changed in a store left marks without their criterion."""
