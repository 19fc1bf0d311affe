"""Two entries rung by rung as lines of a table: judges' totals, modules, total, tie rules; who is ahead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from competition_app.desktop.results.results_table import minus
from competition_app.desktop.results.results_ties import tie_value
from competition_app.desktop.results.results_words import aligned, percent, say
from competition_app.domain.looking_back.compare import ComparedRow, Comparison, Side
from competition_app.domain.ranking.derivation import Derivation, ModuleDerivation, SheetLine
from competition_app.i18n import tr

NOTHING = "—"
BOTH: frozenset[Side] = frozenset({"left", "right"})


@dataclass(frozen=True, slots=True)
class CompareLine:
    """One line: what, both figures, which side it speaks for, whether it decided, whether it was needed.

    ``order`` is its line; ``faint`` are the sides whose figure was dropped or is not there.
    """

    order: int
    label: str
    left: str
    right: str
    ahead: Side | None = None
    decided: bool = False
    strong: bool = False
    faint: frozenset[Side] = frozenset()


def lines(comparison: Comparison, names: Mapping[str, str]) -> tuple[CompareLine, ...]:
    """The lines in the order of the ladder."""
    return tuple(_numbered(_lines(comparison, names)))


def _numbered(found: Iterator[CompareLine]) -> Iterator[CompareLine]:
    for order, one in enumerate(found):
        yield CompareLine(
            order, one.label, one.left, one.right, one.ahead, one.decided, one.strong, one.faint
        )


def _lines(comparison: Comparison, names: Mapping[str, str]) -> Iterator[CompareLine]:
    for row in comparison.rows:
        if row.kind == "module":
            yield from _judges(comparison, str(row.module))
        yield _line(row, comparison, names)


def _line(row: ComparedRow, comparison: Comparison, names: Mapping[str, str]) -> CompareLine:
    left, right = _figures(row)
    faint = BOTH if row.kind == "unused" else frozenset[Side]()
    return CompareLine(
        0, _label(row, comparison, names), left, right, row.ahead, row.decided, row.kind == "total", faint
    )


def _figures(row: ComparedRow) -> tuple[str, str]:
    if row.by is not None:
        return tie_value(row.by, row.left), tie_value(row.by, row.right)
    return minus(row.left), minus(row.right)


def _label(row: ComparedRow, comparison: Comparison, names: Mapping[str, str]) -> str:
    if row.kind == "weighted":
        module = _module(comparison.left, str(row.module))
        share = percent(module.weight)
        name = names.get(module.module, module.module)
        return tr("{module} × {share}", module=name, share=share) if share else name
    word = _said(row, names)
    if row.kind == "tie":
        return tr("Equal totals: {key}", key=word)
    return tr("{key}, not needed", key=word) if row.kind == "unused" else word


def _said(row: ComparedRow, names: Mapping[str, str]) -> str:
    return names.get(row.label, row.label) if isinstance(row.label, str) else say(row.label, names)


def _module(side: Derivation, code: str) -> ModuleDerivation:
    return next(one for one in side.modules if one.module == code)


def _judges(comparison: Comparison, code: str) -> Iterator[CompareLine]:
    """The judges' totals of the attempts that count, seat by seat; dropped ones say so."""
    left, right = (_sheets(_module(side, code)) for side in (comparison.left, comparison.right))
    figures = aligned([one.value or NOTHING for one in (*left, *right)])
    shown = dict(zip((id(one) for one in (*left, *right)), figures, strict=True))
    for one, other in _pairs(left, right):
        there: tuple[tuple[Side, SheetLine | None], ...] = (("left", one), ("right", other))
        faint: frozenset[Side] = frozenset(
            side for side, sheet in there if sheet is None or sheet.dropped or sheet.value is None
        )
        judge = (one or other).judge if one or other else ""  # type: ignore[union-attr]
        yield CompareLine(0, judge, _sheet(one, shown), _sheet(other, shown), faint=faint)


def _pairs(
    left: Sequence[SheetLine], right: Sequence[SheetLine]
) -> Iterator[tuple[SheetLine | None, SheetLine | None]]:
    """Sheets of one seat side by side; where seats differ, those of the left come first."""
    if [one.judge for one in left] == [one.judge for one in right]:
        yield from zip_longest(left, right)
        return
    theirs = {one.judge: one for one in right}
    for one in left:
        yield one, theirs.pop(one.judge, None)
    for other in theirs.values():
        yield None, other


def _sheets(module: ModuleDerivation) -> Sequence[SheetLine]:
    counting = [attempt.sheets for attempt in module.attempts if attempt.counts and attempt.sheets]
    return counting[0] if counting else ()


def _sheet(sheet: SheetLine | None, shown: Mapping[int, str]) -> str:
    if sheet is None:
        return NOTHING
    figure = shown[id(sheet)]
    if sheet.dropped == "high":
        return tr("high {figure}", figure=figure)
    return tr("low {figure}", figure=figure) if sheet.dropped == "low" else figure
