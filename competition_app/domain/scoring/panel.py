"""From the judges' marks to one figure: rungs 1 and 2 of the ladder (scoring.md §3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import itemgetter

from competition_app.domain.plans.plan import Criterion, CriterionPanel, Module
from competition_app.domain.scoring.facts import MarkKeys
from competition_app.domain.scoring.figures import half_up_units, natural, rounded
from competition_app.domain.scoring.points import UNKNOWN, PointsTable, denominator_of, spread_limit

Pick = Callable[[Sequence[int | None]], tuple[int | None, ...]]
Exact = int | Fraction


@dataclass(frozen=True, slots=True)
class AttemptLayout:
    """Where the marks of one attempt stand among a work's values; alike for all works marked alike.

    ``judges`` in code order, ``rows`` pick a judge's sheet, ``columns`` a criterion's marks.
    ``missing`` are (judge, criterion) owed and not there; ``holes`` says that a row or column is not full.
    """

    attempt: int
    judges: tuple[str, ...]
    aside: frozenset[str]
    rows: tuple[Pick, ...]
    columns: tuple[Pick, ...]
    here: tuple[int, ...]
    missing: tuple[tuple[str, str], ...]
    holes: bool


def _pick(indices: list[int]) -> Pick:
    if len(indices) == 1:
        only = indices[0]
        return lambda values: (values[only],)
    return itemgetter(*indices)


def layouts_of(
    keys: MarkKeys, criteria: Sequence[str], owed: tuple[str, ...], aside: frozenset[str]
) -> tuple[AttemptLayout, ...]:
    """The attempts made (with any mark at all), in order. Marks of judges set aside count as absent."""
    position = {key: index for index, key in enumerate(keys)}
    made = sorted({attempt for attempt, _, _ in keys})
    return tuple(_layout(attempt, position, criteria, owed, aside) for attempt in made)


def _layout(
    attempt: int,
    position: dict[tuple[int, str, str], int],
    criteria: Sequence[str],
    owed: tuple[str, ...],
    aside: frozenset[str],
) -> AttemptLayout:
    gave = {judge for made, judge, _ in position if made == attempt}
    judges = tuple(sorted(gave.union(owed), key=natural))
    nothing = len(position)
    grid = [
        [nothing if judge in aside else position.get((attempt, judge, code), nothing) for code in criteria]
        for judge in judges
    ]
    missing = tuple(
        (judge, code)
        for judge in judges
        if judge not in aside
        for code in criteria
        if (attempt, judge, code) not in position
    )
    return AttemptLayout(
        attempt=attempt,
        judges=judges,
        aside=aside.intersection(judges),
        rows=tuple(_pick(row) for row in grid),
        columns=tuple(_pick(list(column)) for column in zip(*grid, strict=True)),
        here=tuple(index for row in grid for index in row if index != nothing),
        missing=missing,
        holes=any(index == nothing for row in grid for index in row),
    )


@dataclass(frozen=True, slots=True)
class Combining:
    """A panel made ready: how the values of the judges present become one."""

    combine: str
    drop_high: int
    drop_low: int
    fewest: int
    drops_from: int

    @classmethod
    def of(cls, panel: CriterionPanel) -> "Combining":
        """The panel's settings, its defaults worked out."""
        high, low = max(panel.drop_high, 0), max(panel.drop_low, 0)
        return cls(panel.combine, high, low, panel.fewest, max(panel.drops_from, high + low + 1))

    def kept(self, values: Sequence[Exact]) -> Sequence[Exact]:
        """The values left after dropping the highest and lowest of those present (scoring.md §3)."""
        if len(values) < self.drops_from or not (self.drop_high or self.drop_low):
            return values
        return sorted(values)[self.drop_low : len(values) - self.drop_high]

    def combined(self, values: Sequence[Exact]) -> tuple[Exact, int] | None:
        """The judges' values as one (numerator, divisor); None where they must agree and do not."""
        kept = self.kept(values)
        if self.combine == "mean":
            return sum(kept), len(kept)
        if self.combine == "sum":
            return sum(kept), 1
        if self.combine == "agreed":
            return (kept[0], 1) if min(kept) == max(kept) else None
        middle = sorted(kept)
        half = len(middle) // 2
        return (middle[half], 1) if len(middle) % 2 else (middle[half - 1] + middle[half], 2)


_NOT_COUNTING = {
    "code": "", "name": None, "heading": None, "standard": None, "levels": None, "unit": None, "panel": None,
}  # fmt: skip


class PanelRule:
    """A module's criteria and panel, made ready: points tables in whole numbers of 1/``unit``."""

    def __init__(self, module: Module, scale: int) -> None:
        self.module, self.panel, self.scale = module, module.panel, scale
        self.criteria = module.criteria
        self.codes = tuple(criterion.code for criterion in self.criteria)
        self.across_sheet = module.panel.across == "sheet"
        self.factors = tuple(Fraction(criterion.factor) for criterion in self.criteria)
        inside = self.factors if self.across_sheet else (Fraction(1),) * len(self.factors)
        needed = [denominator_of(c, f or Fraction(1)) for c, f in zip(self.criteria, inside, strict=True)]
        self.unit = scale * lcm(*needed)
        self.tables = self._tables(inside)
        self.table_of = dict(zip(self.codes, self.tables, strict=True))
        self.whole = Combining.of(self.panel)
        self.each = tuple(Combining.of(criterion.panel or self.panel) for criterion in self.criteria)
        limits = ((index, spread_limit(criterion)) for index, criterion in enumerate(self.criteria))
        self.spreads = tuple((index, limit * scale) for index, limit in limits if limit is not None)
        self._layouts: dict[tuple[int, tuple[str, ...], frozenset[str]], tuple[MarkKeys, Layouts]] = {}

    def _tables(self, factors: tuple[Fraction, ...]) -> tuple[PointsTable, ...]:
        shared: dict[Criterion, PointsTable] = {}
        tables = []
        for criterion, factor in zip(self.criteria, factors, strict=True):
            alike = criterion.model_copy(update=_NOT_COUNTING)
            if alike not in shared:
                shared[alike] = PointsTable(criterion, factor, self.scale, self.unit)
            tables.append(shared[alike])
        return tuple(tables)

    def layouts(self, keys: MarkKeys, owed: tuple[str, ...], aside: frozenset[str]) -> "Layouts":
        """The layouts of a work's keys, made once for all works that share them."""
        asked = (id(keys), owed, aside)
        found = self._layouts.get(asked)
        if found is None or found[0] is not keys:
            tables = tuple(self.table_of.get(code, UNKNOWN) for _, _, code in keys)
            found = keys, Layouts(tables, layouts_of(keys, self.codes, owed, aside))
            self._layouts[asked] = found
        return found[1]

    def outside(self) -> bool:
        """Whether any mark so far was one its criterion does not take."""
        return any(table.outside for table in self.tables)

    def sheet_value(self, points: int) -> tuple[int, int]:
        """A sheet's sum after the rung ``sheet``, as (numerator, denominator)."""
        digits = self.module.round.sheet
        if digits is None:
            return points, self.unit
        return half_up_units(points, self.unit, digits), 10**digits

    def whole_sheet(self, row: Sequence[int | None]) -> Fraction | None:
        """One judge's points × factor added up and rounded ``sheet``; None unless every mark is there."""
        points = [value for value in row if value is not None]
        if len(points) < len(row):
            return None
        if self.across_sheet:
            return Fraction(*self.sheet_value(sum(points)))
        total = sum((f * p for f, p in zip(self.factors, points, strict=True)), Fraction(0)) / self.unit
        return rounded(total, self.module.round.sheet)

    def plain_points(self, index: int, marks: Sequence[int | None]) -> tuple[int | None, ...]:
        """Points of a criterion's marks without its factor, in whole units where the factor is 0."""
        table = PointsTable(self.criteria[index], Fraction(1), self.scale, self.unit)
        return tuple(table[mark] for mark in marks)

    def criterion_value(self, numerator: Exact, divisor: int) -> Fraction:
        """A criterion's combined points after the rung ``criterion``, before its factor."""
        return rounded(Fraction(numerator) / (divisor * self.unit), self.module.round.criterion)

    def factored(self, index: int, numerator: Exact, divisor: int) -> tuple[int, int]:
        """A criterion's part after ``criterion`` and ``factored``, as (numerator, denominator)."""
        rounds, factor = self.module.round, self.factors[index]
        top, bottom = int(numerator), divisor * self.unit
        if rounds.criterion is not None:
            top, bottom = half_up_units(top, bottom, rounds.criterion), 10**rounds.criterion
        top, bottom = top * factor.numerator, bottom * factor.denominator
        if rounds.factored is not None:
            top, bottom = half_up_units(top, bottom, rounds.factored), 10**rounds.factored
        return top, bottom


@dataclass(frozen=True, slots=True)
class Layouts:
    """The layouts of works marked alike, with the points table of each value."""

    tables: tuple[dict[int | None, int | None], ...]
    attempts: tuple[AttemptLayout, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """Which judges' values were kept and which dropped, by their place among the judges."""

    kept: tuple[int, ...]
    high: tuple[int, ...]
    low: tuple[int, ...]


def dropped_of(panel: CriterionPanel | Combining, values: Sequence[Exact | None]) -> Dropped:
    """Who is dropped: of equal values that of the last judge in code order first (scoring.md §3)."""
    present = [(value, index) for index, value in enumerate(values) if value is not None]
    drop_high, drop_low = max(panel.drop_high, 0), max(panel.drop_low, 0)
    if len(present) < max(panel.drops_from, drop_high + drop_low + 1):
        return Dropped(tuple(index for _, index in present), (), ())
    falling = sorted(present, reverse=True)
    high, rest = falling[:drop_high], falling[drop_high:]
    rising = sorted(rest, key=lambda pair: (pair[0], -pair[1]))
    low, kept = rising[:drop_low], rising[drop_low:]
    return Dropped(_places(kept), _places(high), _places(low))


def _places(pairs: Sequence[tuple[Exact, int]]) -> tuple[int, ...]:
    return tuple(sorted(index for _, index in pairs))
