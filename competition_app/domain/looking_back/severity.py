"""How severe and how steady each judge is beside the panel, and how scores spread; for after the lock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from fractions import Fraction

from competition_app.domain.ranking.ranking import Working
from competition_app.domain.ranking.result import EventResult
from competition_app.domain.scoring.figures import figure, natural
from competition_app.domain.scoring.modules import ModuleRules
from competition_app.domain.scoring.panel import AttemptLayout, Combining, Exact, PanelRule, dropped_of
from competition_app.domain.scoring.scoring import Judging, sheet_values

BAND = Fraction(2, 100)
"""A judge whose mean deviation is more than this part of the module's full mark is far from the panel."""
_DIGITS = 2
_MOST_BINS = 12


@dataclass(frozen=True, slots=True)
class JudgeProfile:
    """One judge in one module. Figures are exact, in points of the sheet; ``…_text`` with two digits.

    ``deviation`` is the mean, over the judge's complete counted sheets that others marked too, of the
    sheet's total less the mean of the other judges' complete sheets of the same entry and attempt: above 0
    is lenient, below severe. ``spread`` is the population standard deviation of these differences (root to
    40 digits): how steady the judge is. ``sheets`` counts the complete sheets, ``compared`` those with
    another to compare with; without any, both figures are None. ``high`` and ``low`` count how often the
    sheet (across criteria: a single mark) was dropped as the highest or lowest, of ``droppable`` ones.
    ``band`` is 2 of 100 points of the module's full mark; ``far`` says that the deviation lies beyond it.
    """

    stage: str
    module: str
    judge: str
    sheets: int
    compared: int
    deviation: Fraction | None
    spread: Fraction | None
    high: int
    low: int
    droppable: int
    band: Fraction | None

    @property
    def far(self) -> bool:
        """Whether the judge is far from the panel."""
        return self.band is not None and self.deviation is not None and abs(self.deviation) > self.band

    @property
    def deviation_text(self) -> str | None:
        """The mean deviation with two digits, its sign always said: ``+1.25``."""
        if self.deviation is None:
            return None
        text = figure(self.deviation, _DIGITS)
        return text if self.deviation < 0 or text.strip("0.") == "" else f"+{text}"

    @property
    def spread_text(self) -> str | None:
        """The spread with two digits."""
        return None if self.spread is None else figure(self.spread, _DIGITS)


@dataclass(frozen=True, slots=True)
class Bin:
    """How many figures lie from ``low`` (included) to ``high`` (excluded, but for the last bin)."""

    low: Fraction
    high: Fraction
    count: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """How figures spread: bins of equal width side by side, the count, the median, least and greatest."""

    bins: tuple[Bin, ...]
    count: int
    median: Fraction
    least: Fraction
    greatest: Fraction


def judge_profiles(result: EventResult) -> tuple[JudgeProfile, ...]:
    """Every judge of every module with sheets, in the plan's order and code order.

    Only complete sheets count; those of a judge set aside, and of an entry recorded absent, are none.
    """
    working = result.working
    assert isinstance(working, Working)
    found: list[JudgeProfile] = []
    for stage in working.facts.plan.stages:
        totals = working.stages[stage.code]
        for code, rules in totals.rules.items():
            if rules.rule is None:
                continue
            tallies: dict[str, _Tally] = {}
            for row in totals.entries.values():
                for attempt in row.parts[code].outcome.attempts:
                    if attempt.judging is not None:
                        _take_in(tallies, rules.rule, attempt.judging)
            found += [_profile(rules, judge, tallies[judge]) for judge in sorted(tallies, key=natural)]
    return tuple(found)


@dataclass(slots=True)
class _Tally:
    sheets: int = 0
    deviations: list[Fraction] = field(default_factory=list)
    high: int = 0
    low: int = 0
    droppable: int = 0


def _take_in(tallies: dict[str, _Tally], rule: PanelRule, judging: Judging) -> None:
    layout = judging.layout
    sheets = [value if judge not in layout.aside else None for judge, value in _sheets(rule, judging)]
    present = [value for value in sheets if value is not None]
    total = sum(present, Fraction(0))
    for judge, value in zip(layout.judges, sheets, strict=True):
        if value is None:
            continue
        tally = tallies.setdefault(judge, _Tally())
        tally.sheets += 1
        if len(present) > 1:
            tally.deviations.append(value - (total - value) / (len(present) - 1))
    for panel, values in _droppable(rule, judging):
        _drop(tallies, panel, layout, values)


def _sheets(rule: PanelRule, judging: Judging) -> Iterator[tuple[str, Fraction | None]]:
    """Each judge's complete sheet: points × factor added up and rounded ``sheet``, not evened out."""
    for judge, row in zip(judging.layout.judges, judging.layout.rows, strict=True):
        yield judge, rule.whole_sheet(row(judging.points))


def _droppable(rule: PanelRule, judging: Judging) -> Iterator[tuple[Combining, Sequence[Exact | None]]]:
    """What a panel drops from: the sheets, or the marks of each criterion, which may have its own."""
    if rule.across_sheet:
        values, _ = sheet_values(rule, judging.layout, judging.points, judging.work.plain, judging.evener)
        yield rule.whole, values
    else:
        for panel, column in zip(rule.each, judging.layout.columns, strict=True):
            yield panel, column(judging.points)


def _drop(
    tallies: dict[str, _Tally], panel: Combining, layout: AttemptLayout, values: Sequence[Exact | None]
) -> None:
    dropped = dropped_of(panel, values)
    for index in (*dropped.kept, *dropped.high, *dropped.low):
        tallies.setdefault(layout.judges[index], _Tally()).droppable += 1
    for index in dropped.high:
        tallies[layout.judges[index]].high += 1
    for index in dropped.low:
        tallies[layout.judges[index]].low += 1


def _profile(rules: ModuleRules, judge: str, tally: _Tally) -> JudgeProfile:
    full = _full(rules)
    mean = _mean(tally.deviations)
    return JudgeProfile(
        rules.stage.code, rules.module.code, judge, tally.sheets, len(tally.deviations), mean,
        None if mean is None else _deviation(tally.deviations, mean),
        tally.high, tally.low, tally.droppable, None if full is None else full * BAND,
    )  # fmt: skip


def _full(rules: ModuleRules) -> Fraction | None:
    """The module's full mark; where it has none, what its criteria add up to; None where they do not."""
    if rules.module.full is not None:
        return Fraction(rules.module.full)
    most = [(one.max, one.factor) for one in rules.module.criteria if one.kind != "bonus"]
    if not most or any(top is None for top, _ in most):
        return None
    return sum((Fraction(top or 0) * Fraction(factor) for top, factor in most), Fraction(0))


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def _deviation(values: Sequence[Fraction], mean: Fraction) -> Fraction:
    """The population standard deviation, its root to 40 digits as in scoring.md §4."""
    variance = sum(((value - mean) ** 2 for value in values), Fraction(0)) / len(values)
    exact = Context(prec=120).divide(Decimal(variance.numerator), Decimal(variance.denominator))
    return Fraction(exact.sqrt(Context(prec=40)))


def distribution(values: Sequence[Fraction]) -> Distribution | None:
    """The figures in at most 12 bins of a round width (1, 2 or 5 times a power of ten); None of none."""
    if not values:
        return None
    ordered = sorted(values)
    least, greatest = ordered[0], ordered[-1]
    width = _width(greatest - least)
    first = least // width
    count = int(greatest // width - first) + 1
    if count > 1 and greatest == (first + count - 1) * width:
        count -= 1  # the greatest stands at the last bin's upper edge
    counts = [0] * count
    for value in ordered:
        counts[min(int(value // width - first), count - 1)] += 1
    bins = tuple(Bin((first + i) * width, (first + i + 1) * width, n) for i, n in enumerate(counts))
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return Distribution(bins, len(ordered), median, least, greatest)


def _width(span: Fraction) -> Fraction:
    width = Fraction(1, 1000)
    while True:
        for factor in (1, 2, 5):
            if span < width * factor * (_MOST_BINS - 1):
                return width * factor
        width *= 10


def figures_of(
    result: EventResult, stage: str, module: str | None = None, division: str | None = None
) -> tuple[Fraction, ...]:
    """A stage's totals, or a module's scores, of all who have a total; of one division if named."""
    working = result.working
    assert isinstance(working, Working)
    rows = [row for row in working.stages[stage].entries.values() if row.total is not None]
    rows = [row for row in rows if division is None or row.entry.division == division]
    figures = [row.total if module is None else row.parts[module].score for row in rows]
    return tuple(value for value in figures if value is not None)
