"""The figure of each criterion: what the criterion tie key compares (scoring.md §6)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from competition_app.domain.scoring.figures import figure
from competition_app.domain.scoring.modules import ModuleOutcome
from competition_app.domain.scoring.panel import PanelRule, dropped_of
from competition_app.domain.scoring.scoring import Judging, marks_of, sheet_values


def criterion_figures(
    rule: PanelRule, outcome: ModuleOutcome, wanted: Collection[str] | None = None
) -> dict[str, Fraction]:
    """Each criterion's combined points, before its factor, of the attempt that counts; none where none does.

    Across sheets: the plain mean over the judges whose sheets were kept, before evening out. ``wanted`` names
    the criteria asked for; None asks for all.
    """
    judging = outcome.counted.judging if outcome.counted else None
    if judging is None:
        return {}
    indices = [index for index, code in enumerate(rule.codes) if wanted is None or code in wanted]
    if rule.across_sheet:
        return _across_sheets(rule, judging, indices)
    found = {}
    for index in indices:
        column = judging.layout.columns[index](judging.points)
        combined = rule.each[index].combined([value for value in column if value is not None])
        if combined is not None:
            found[rule.codes[index]] = rule.criterion_value(*combined)
    return found


def _across_sheets(rule: PanelRule, judging: Judging, indices: Iterable[int]) -> dict[str, Fraction]:
    layout, work = judging.layout, judging.work
    sheets, _ = sheet_values(rule, layout, judging.points, work.plain, judging.evener)
    kept = dropped_of(rule.panel, sheets).kept
    found = {}
    for index in indices:
        factor, points = rule.factors[index], layout.columns[index](judging.points)
        if factor == 0:
            marks = layout.columns[index]([*marks_of(work), None])
            points, factor = rule.plain_points(index, marks), Fraction(1)
        total = sum(points[place] or 0 for place in kept)
        found[rule.codes[index]] = Fraction(
            total * factor.denominator, len(kept) * rule.unit * factor.numerator
        )
    return found


class CriterionTexts(Mapping[str, Mapping[str, str]]):
    """The figures as exact text, by module and criterion, worked out when asked: most are never looked at."""

    __slots__ = ("_found", "_parts")

    def __init__(self, parts: Sequence[tuple[str, PanelRule, ModuleOutcome]]) -> None:
        self._parts = parts
        self._found: dict[str, dict[str, str]] | None = None

    def _texts(self) -> dict[str, dict[str, str]]:
        if self._found is None:
            found = {}
            for code, rule, outcome in self._parts:
                digits = None if rule.across_sheet else rule.module.round.criterion
                figures = criterion_figures(rule, outcome)
                if figures:
                    found[code] = {criterion: figure(value, digits) for criterion, value in figures.items()}
            self._found, self._parts = found, ()
        return self._found

    def __getitem__(self, module: str) -> Mapping[str, str]:
        return self._texts()[module]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts())

    def __len__(self) -> int:
        return len(self._texts())

    def __repr__(self) -> str:
        return repr(self._texts())

    def __reduce__(self) -> tuple[type, tuple[dict[str, dict[str, str]]]]:
        return dict, (self._texts(),)
