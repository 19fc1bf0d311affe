"""Two entries side by side: both derivations rung by rung, and what decided between them (scoring.md §9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from competition_app.domain.errors import Refusal, Said
from competition_app.domain.ranking.derivation import Derivation, ModuleDerivation, TieLine
from competition_app.domain.ranking.tie_words import NOTHING
from competition_app.domain.scoring.facts import PenaltyFact
from competition_app.domain.scoring.figures import plain

Side = Literal["left", "right"]
RowKind = Literal["module", "penalty", "weighted", "carried", "stage_penalty", "total", "tie", "unused"]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One rung of both: ``label`` names it, figures are exact text (None: has none).

    ``module`` is the module it belongs to, if any. ``ahead`` is the side it speaks for, None where both are
    alike or one lacks it; ``decided`` marks the one row that parted the two; ``unused`` rows stand below it
    and were not needed.
    """

    kind: RowKind
    label: Said | str
    left: str | None
    right: str | None
    module: str | None
    ahead: Side | None
    decided: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two entries of one division and stage. ``better`` is None where nothing tells them apart.

    ``left`` and ``right`` are the derivations themselves. ``said`` sums it up in one or two sentences.
    """

    left: Derivation
    right: Derivation
    rows: tuple[ComparedRow, ...]
    better: Side | None
    said: tuple[Said, ...]


def compared(left: Derivation, right: Derivation) -> Comparison:
    """Both derivations aligned. Raises Refusal for the same entry twice, or two that are ranked apart."""
    if left.number == right.number:
        raise Refusal("Entry {entry} is compared with itself: name another one.", entry=left.number)
    if (left.stage, left.division) != (right.stage, right.division):
        raise Refusal(
            "Entries {one} and {other} are ranked apart: compare two of the same division and stage.",
            one=left.number,
            other=right.number,
        )
    return _Comparing(left, right).comparison()


class _Comparing:
    def __init__(self, left: Derivation, right: Derivation) -> None:
        self.left, self.right, self.low = left, right, left.low

    def comparison(self) -> Comparison:
        rows = (*self._modules(), *self._stage(), *self._ties())
        better = next((row.ahead for row in rows if row.decided), None)
        return Comparison(self.left, self.right, rows, better, tuple(self._said(rows, better)))

    def _modules(self) -> Iterator[ComparedRow]:
        for one, other in zip(self.left.modules, self.right.modules, strict=True):
            name = one.name or one.module
            yield self._row("module", name, _score(one), _score(other), one.module)
            off = _points(one.penalties), _points(other.penalties)
            if any(off):
                label = Said("{module}: penalties", {"module": name})
                yield self._penalty("penalty", label, *off, one.module)
            label = Said("{module} × {weight}", {"module": name, "weight": one.weight})
            yield self._row("weighted", label, _weighted(one), _weighted(other), one.module)

    def _stage(self) -> Iterator[ComparedRow]:
        left, right = self.left, self.right
        if left.carried is not None or right.carried is not None:
            yield self._row("carried", Said("Carried over"), left.carried, right.carried)
        off = _points(left.penalties), _points(right.penalties)
        if any(off):
            yield self._penalty("stage_penalty", Said("Penalties@stage"), *off, None)
        yield self._row("total", Said("Total"), _total(left), _total(right), decides=True)

    def _row(
        self,
        kind: RowKind,
        label: Said | str,
        one: str | None,
        other: str | None,
        module: str | None = None,
        *,
        decides: bool = False,
    ) -> ComparedRow:
        ahead = self._ahead(one, other)
        return ComparedRow(kind, label, one, other, module, ahead, decides and ahead is not None)

    def _ahead(self, one: str | None, other: str | None) -> Side | None:
        if one is None or other is None or Fraction(one) == Fraction(other):
            return None
        return "left" if (Fraction(one) > Fraction(other)) is not self.low else "right"

    @staticmethod
    def _penalty(
        kind: RowKind, label: Said, one: Fraction, other: Fraction, module: str | None
    ) -> ComparedRow:
        ahead: Side | None = None if one == other else "left" if one < other else "right"
        return ComparedRow(kind, label, plain(one), plain(other), module, ahead, False)

    def _ties(self) -> Iterator[ComparedRow]:
        """The keys tried on both; none where their totals differ."""
        if self._ahead(_total(self.left), _total(self.right)) is not None:
            return
        parted = False
        for line in (*self.left.ties, *self.left.unused):
            values = dict(line.values)
            if self.right.number not in values:
                continue
            one, other = values.get(self.left.number), values[self.right.number]
            ahead = None if parted else self._parted_by(line)
            kind: RowKind = "unused" if parted or not line.groups else "tie"
            yield ComparedRow(kind, line.key, one, other, line.rule.module, ahead, ahead is not None)
            parted = parted or ahead is not None

    def _parted_by(self, line: TieLine) -> Side | None:
        mine = next((n for n, group in enumerate(line.groups) if self.left.number in group), None)
        theirs = next((n for n, group in enumerate(line.groups) if self.right.number in group), None)
        if mine is None or theirs is None or mine == theirs:
            return None
        return "left" if mine < theirs else "right"

    def _said(self, rows: tuple[ComparedRow, ...], better: Side | None) -> Iterator[Said]:
        first, second = (self.left, self.right) if better != "right" else (self.right, self.left)
        values: dict[str, object] = {"one": first.number, "other": second.number}
        if better is None:
            yield self._apart_by_nothing(values)
            return
        row = next(row for row in rows if row.decided)
        figures = (row.left, row.right) if better == "left" else (row.right, row.left)
        values |= {"mine": figures[0] or NOTHING, "theirs": figures[1] or NOTHING, "key": row.label}
        if row.kind == "total":
            yield Said("{one} stands before {other}: total {mine} against {theirs}.", values)
            yield from self._most(first, second)
        else:
            yield Said(
                "{one} stands before {other}: equal totals; {key} decides, {mine} against {theirs}.",
                values,
            )

    def _apart_by_nothing(self, values: dict[str, object]) -> Said:
        places = self.left.standing.place, self.right.standing.place
        if None in places:
            return Said("{one} and {other} cannot be compared whole: one of them has no place.", values)
        return Said("{one} and {other} share their place: nothing in the rules tells them apart.", values)

    def _most(self, first: Derivation, second: Derivation) -> Iterator[Said]:
        """The part of the total in which the better one gained most."""
        leads = [
            (abs(lead), lead, one.name or one.module)
            for one, other in zip(first.modules, second.modules, strict=True)
            if (lead := self._lead(_weighted(one), _weighted(other))) is not None and lead > 0
        ]
        if len(first.modules) > 1 and leads:
            _, lead, name = max(leads, key=lambda each: each[0])
            yield Said(
                "Most of it comes from {module}: {points} ahead.", {"module": name, "points": plain(lead)}
            )

    def _lead(self, one: str | None, other: str | None) -> Fraction | None:
        if one is None or other is None:
            return None
        return Fraction(other) - Fraction(one) if self.low else Fraction(one) - Fraction(other)


def _score(one: ModuleDerivation) -> str | None:
    return None if one.score is None else one.score.rounded


def _weighted(one: ModuleDerivation) -> str | None:
    return None if one.weighted is None else one.weighted.rounded


def _total(one: Derivation) -> str | None:
    return None if one.total is None else one.total.rounded


def _points(penalties: tuple[PenaltyFact, ...]) -> Fraction:
    return sum((Fraction(penalty.points) for penalty in penalties), Fraction(0))
