"""From a work's marks to its attempts' values: rungs 1 to 3 of the ladder (scoring.md §3)."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import getitem
from typing import cast

from competition_app.domain.errors import Problem
from competition_app.domain.plans.plan import Module
from competition_app.domain.scoring import guards
from competition_app.domain.scoring.facts import Outcome, Work
from competition_app.domain.scoring.figures import rounded
from competition_app.domain.scoring.guards import Where
from competition_app.domain.scoring.panel import AttemptLayout, Exact, Layouts, PanelRule

Evener = Callable[[str, Fraction], Fraction]
"""(judge, sheet) → the sheet evened out (scoring.md §4); None leaves sheets as they are."""
Points = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class AttemptOutcome:
    """One attempt: ``raw`` after the panel, ``value`` after penalties, floor and rounding (rung 3).

    ``failed`` is a DNF. Without a value and not failed it is incomplete, and ``gaps`` say why;
    ``flags`` are problems that leave the value as it is. ``judging`` lets it be explained.
    """

    attempt: int
    raw: Fraction | None
    value: Fraction | None
    failed: bool
    gaps: tuple[Problem, ...] = ()
    flags: tuple[Problem, ...] = ()
    judging: "Judging | None" = None


@dataclass(frozen=True, slots=True)
class Judging:
    """The marks an attempt's value comes from, with all it takes to go through them once more."""

    layout: AttemptLayout
    work: Work
    points: Points
    evener: Evener | None


def attempt_value(module: Module, raw: Fraction, penalty: Fraction, low: bool) -> Fraction:
    """Rung 3: attempt penalties off (on, where less is better), floor 0, round ``attempt``."""
    return rounded(after_penalty(module, raw, penalty, low), module.round.attempt)


def after_penalty(module: Module, raw: Fraction, penalty: Fraction, low: bool) -> Fraction:
    """Rung 3 before its rounding."""
    value = raw
    if penalty:
        value = raw + penalty if low else raw - penalty
    if value.numerator < 0 and module.full is not None:
        value = Fraction(0)
    return value


def work_outcomes(
    rule: PanelRule,
    work: Work,
    layouts: Layouts,
    where: Where,
    penalties: Mapping[int, Fraction],
    low: bool,
    evener: Evener | None = None,
) -> tuple[AttemptOutcome, ...]:
    """Every attempt made in a work. ``penalties`` are points by attempt; ``low``: less is better."""
    points = points_in(work, layouts)
    flags = guards.out_of_range(rule, work, where) if rule.outside() else ()
    found = []
    for layout in layouts.attempts:
        judging = Judging(layout, work, points, evener)
        failed = not work.plain and any(work.values[index] is Outcome.DNF for index in layout.here)
        if failed:
            found.append(AttemptOutcome(layout.attempt, None, None, True, (), flags, judging))
            continue
        raw, gaps = _panel(rule, layout, points, work.plain, where, evener)
        value = None
        if raw is not None and not gaps:
            value = attempt_value(rule.module, raw, penalties.get(layout.attempt, Fraction(0)), low)
        told = guards.told(rule, layout, work, points, where)
        found.append(AttemptOutcome(layout.attempt, raw, value, False, gaps, (*flags, *told), judging))
    return tuple(found)


def points_in(work: Work, layouts: Layouts) -> Points:
    """Points × factor of each mark in whole units, None for what is no number; one more None stands last."""
    if work.plain:
        found: list[int | None] = list(map(getitem, layouts.tables, cast("tuple[int, ...]", work.values)))
    else:
        found = [
            None if isinstance(value, Outcome) else table[value]
            for table, value in zip(layouts.tables, work.values, strict=True)
        ]
    found.append(None)
    return found


def marks_of(work: Work) -> list[int | None]:
    """A work's marks in units, None where the judge gave none or the attempt failed."""
    return [None if isinstance(value, Outcome) else value for value in work.values]


def sheets_of(layout: AttemptLayout, points: Points, plain: bool) -> list[int | None]:
    """Each judge's sum of points, None for a sheet that is not complete; in code order."""
    if plain and not layout.holes:
        return [sum(cast("tuple[int, ...]", row(points))) for row in layout.rows]
    rows = [row(points) for row in layout.rows]
    return [None if None in row else sum(value for value in row if value is not None) for row in rows]


def sheet_values(
    rule: PanelRule, layout: AttemptLayout, points: Points, plain: bool, evener: Evener | None
) -> tuple[list[Exact | None], int]:
    """Each judge's sheet after rounding and evening out, None where left out, over one denominator."""
    sums = sheets_of(layout, points, plain)
    if rule.module.round.sheet is None and evener is None:
        return list(sums), rule.unit
    found: list[Exact | None] = []
    for judge, points_sum in zip(layout.judges, sums, strict=True):
        if points_sum is None:
            found.append(None)
            continue
        value = Fraction(*rule.sheet_value(points_sum))
        found.append(evener(judge, value) if evener else value)
    return found, 1


def _panel(
    rule: PanelRule,
    layout: AttemptLayout,
    points: Points,
    plain: bool,
    where: Where,
    evener: Evener | None,
) -> tuple[Fraction | None, tuple[Problem, ...]]:
    """Rung 2: the judges' marks as one value, and what is missing for it."""
    gaps = guards.missing_marks(layout, where) if layout.missing else ()
    if rule.across_sheet:
        value, more = _across_sheets(rule, layout, points, plain, where, evener)
    else:
        value, more = _across_criteria(rule, layout, points, where)
    return value, (*gaps, *more)


def _across_sheets(
    rule: PanelRule,
    layout: AttemptLayout,
    points: Points,
    plain: bool,
    where: Where,
    evener: Evener | None,
) -> tuple[Fraction | None, tuple[Problem, ...]]:
    values, unit = sheet_values(rule, layout, points, plain, evener)
    gaps: list[Problem] = []
    if not plain:
        gaps += guards.partly_absent(rule, layout, points, where)
    present = [value for value in values if value is not None]
    if len(present) < rule.whole.fewest:
        begun = [any(value is not None for value in row(points)) for row in layout.rows]
        if sum(begun) < rule.whole.fewest:
            gone = [judge for judge, has in zip(layout.judges, begun, strict=True) if not has]
            gaps.append(guards.not_enough_judges(rule.whole.fewest, layout, sum(begun), gone, where))
        return None, tuple(gaps)
    combined = rule.whole.combined(present)
    if combined is None:
        gaps.append(guards.not_agreed(layout, where))
        return None, tuple(gaps)
    numerator, divisor = combined
    return Fraction(numerator) / (divisor * unit), tuple(gaps)


def _across_criteria(
    rule: PanelRule, layout: AttemptLayout, points: Points, where: Where
) -> tuple[Fraction | None, tuple[Problem, ...]]:
    sums: dict[int, int] = defaultdict(int)
    gaps: list[Problem] = []
    for index, (pick, panel) in enumerate(zip(layout.columns, rule.each, strict=True)):
        column = pick(points)
        present: list[int] = [v for v in column if v is not None]
        if len(present) < panel.fewest:
            gone = [judge for judge, value in zip(layout.judges, column, strict=True) if value is None]
            needed, code = panel.fewest, rule.codes[index]
            gaps.append(guards.not_enough_judges(needed, layout, len(present), gone, where, code))
            continue
        combined = panel.combined(present)
        if combined is None:
            gaps.append(guards.not_agreed(layout, where, rule.codes[index]))
            continue
        numerator, denominator = rule.factored(index, *combined)
        sums[denominator] += numerator
    if gaps:
        return None, tuple(gaps)
    return sum((Fraction(value, unit) for unit, value in sums.items()), Fraction(0)), ()
