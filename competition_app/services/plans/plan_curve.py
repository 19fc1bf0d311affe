"""换算图: how a mark, a measurement or a time becomes points, as a curve; every point asked of the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from competition_app.domain.errors import Said
from competition_app.domain.plans.plan import Criterion, Module, Plan
from competition_app.domain.scoring.figures import decimal_of
from competition_app.domain.scoring.points import JUDGEMENT_TOP, points_of, step_of
from competition_app.domain.scoring.timing import timing_of

Point = tuple[Fraction, Fraction]
_BEYOND = Fraction(1, 5)  # so much of the scale's width is shown beyond its end
_TRIAL = Fraction(4, 15)  # where between two corners a first value is tried
_FINE = 100  # a value dragged is rounded to so many parts of the width


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve to draw: its corners from left to right, how far its axes go, and where values are marked.

    ``stepped``: points jump at a corner; ``dots``: only whole marks exist. ``unit`` and ``gives`` are what
    stands behind a value and its points; ``trial`` is a value to begin with, ``step`` what values are
    multiples of.
    """

    of: Criterion | Module
    corners: tuple[Point, ...]
    marked: tuple[Fraction, ...]
    heights: tuple[Fraction, ...]
    unit: str
    gives: Said
    trial: Fraction
    step: Fraction
    stepped: bool = False
    dots: bool = False

    @property
    def left(self) -> Fraction:
        """The least value shown."""
        return self.corners[0][0]

    @property
    def right(self) -> Fraction:
        """The greatest value shown."""
        return self.corners[-1][0]

    def at(self, value: Fraction) -> Fraction:
        """The points of a value, by the rules themselves."""
        return _points(self.of, value)

    def nearest(self, value: Fraction) -> Fraction:
        """The nearest value on the curve that may be marked."""
        within = min(max(value, self.left), self.right)
        return floor(within / self.step + Fraction(1, 2)) * self.step

    def read(self, text: str) -> Fraction | None:
        """A typed value; None for what is none, or lies where no mark can lie."""
        typed = decimal_of(text.strip().replace("−", "-").replace("。", "."))
        if typed is None or (self.dots and not (0 <= typed <= JUDGEMENT_TOP and typed == int(typed))):
            return None
        lowest = self.left if isinstance(self.of, Module) or self.of.kind != "measured" else None
        return Fraction(typed) if lowest is None or typed >= lowest else None


def curve_of(plan: Plan, path: Sequence[int | str]) -> Curve | None:
    """The curve of what a path of the plan names; None where a mark simply is its points."""
    module = _module(plan, path)
    if module is None:
        return None
    if len(path) >= 6 and path[4] == "criteria":
        place = path[5]
        found = isinstance(place, int) and 0 <= place < len(module.criteria)
        return _of_criterion(module.criteria[int(place)]) if found else None
    return _of_time(module) if module.timed else None


def _module(plan: Plan, path: Sequence[int | str]) -> Module | None:
    if len(path) < 4 or path[0] != "stages" or path[2] != "modules":
        return None
    stage, module = path[1], path[3]
    if not (isinstance(stage, int) and isinstance(module, int) and 0 <= stage < len(plan.stages)):
        return None
    modules = plan.stages[stage].modules
    return modules[module] if 0 <= module < len(modules) else None


def _points(of: Criterion | Module, value: Fraction) -> Fraction:
    if isinstance(of, Criterion):
        return points_of(of, value)
    timing = timing_of(of, value)
    return timing.points if of.time_bands else timing.factor


def _of_criterion(criterion: Criterion) -> Curve | None:
    if criterion.kind == "measured" and criterion.scale:
        return _of_scale(criterion)
    if criterion.kind == "judgement":
        marks = tuple(Fraction(mark) for mark in range(JUDGEMENT_TOP + 1))
        return _curve(criterion, marks, marks, Fraction(2), Fraction(1), dots=True)
    if criterion.kind == "deduction" and criterion.each:
        return _of_deduction(criterion)
    return None


def _of_scale(criterion: Criterion) -> Curve:
    marked = tuple(Fraction(value) for value, _ in criterion.scale or ())
    width = (marked[-1] - marked[0]) or abs(marked[0]) or Fraction(1)
    left = min(Fraction(0), marked[0]) if abs(marked[0]) <= width else marked[0] - width * _BEYOND
    edges = tuple(sorted({left, *marked, marked[-1] + width * _BEYOND}))
    step = step_of(criterion) or _round_part(width)
    before, after = marked[-2:] if len(marked) > 1 else (marked[0], marked[0])
    trial = floor((before + (after - before) * _TRIAL) / step + Fraction(1, 2)) * step
    return _curve(criterion, edges, marked, trial, step, stepped=criterion.between == "step")


def _of_deduction(criterion: Criterion) -> Curve:
    step = step_of(criterion) or Fraction(1)
    gone = Fraction(criterion.max or 0) / Fraction(criterion.each)  # from here on nothing is left
    right = (floor(gone / step) + 2) * step
    marks = tuple(sorted({Fraction(0), gone, right}))
    return _curve(criterion, marks, marks[:2], step, step)


def _of_time(module: Module) -> Curve:
    rows = module.time_bands or module.time_factors
    marked = tuple(Fraction(seconds) for seconds, _ in rows)
    width = (marked[-1] - marked[0]) or marked[0] or Fraction(60)
    edges = tuple(
        sorted({max(Fraction(0), marked[0] - width * 2 * _BEYOND), *marked, marked[-1] + width * _BEYOND})
    )
    return _curve(module, edges, marked, marked[0] + floor(width * _TRIAL), Fraction(1), stepped=True)


def _curve(
    of: Criterion | Module,
    edges: Sequence[Fraction],
    marked: Sequence[Fraction],
    trial: Fraction,
    step: Fraction,
    *,
    stepped: bool = False,
    dots: bool = False,
) -> Curve:
    corners = tuple((value, _points(of, value)) for value in edges)
    heights = tuple(sorted({points for _, points in corners} | {Fraction(0)}))
    return Curve(of, corners, tuple(marked), heights, _unit(of), _gives(of), trial, step, stepped, dots)


def _unit(of: Criterion | Module) -> str:
    return "" if isinstance(of, Module) else of.unit or ""


def _gives(of: Criterion | Module) -> Said:
    """What a value is worth, in words around its figure."""
    if isinstance(of, Criterion):
        return Said("{points} points@curve")
    return Said("{points} points off@curve") if of.time_bands else Said("× {points}@curve")


def _round_part(width: Fraction) -> Fraction:
    """A power of ten, about a hundredth of the width: dragged values are short."""
    found = Fraction(1)
    while found * _FINE > width:
        found /= 10
    while found * _FINE * 10 <= width:
        found *= 10
    return found
