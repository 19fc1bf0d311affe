"""Two entries side by side: both derivations rung by rung, and what decided between them (scoring.md §9)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from competition_app.domain.errors import Refusal, Said
from competition_app.domain.ranking.derivation import Derivation, Rung, TieLine
from competition_app.domain.ranking.tie_words import NOTHING
from competition_app.domain.scoring.facts import PenaltyFact
from competition_app.domain.scoring.figures import plain

_UNROUNDED = 6
"""Digits of a figure whose rung does not round (package.md §2)."""
Side = Literal["left", "right"]
RowKind = Literal["module", "penalty", "weighted", "carried", "stage_penalty", "total", "tie", "unused"]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One rung of both: ``label`` names it, figures are exact text (None: has none).

    ``module`` is the code of the module it belongs to, if any, ``by`` the kind of a tie key (times are
    seconds, hand-ins ISO moments). ``ahead`` is the side it speaks for, None where both are alike or one
    lacks it; ``decided`` marks the one row that parted the two; rows of kind ``unused`` were not needed.
    """

    kind: RowKind
    label: Said | str
    left: str | None
    right: str | None
    module: str | None = None
    ahead: Side | None = None
    decided: bool = False
    by: str | None = None


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


def compared(left: Derivation, right: Derivation, names: Mapping[str, str] | None = None) -> Comparison:
    """Both derivations aligned; ``names`` are those of codes (a criterion's by ``module criterion``).

    Raises Refusal for the same entry twice, or two that are ranked apart.
    """
    if left.number == right.number:
        raise Refusal("Entry {entry} is compared with itself: name another one.", entry=left.number)
    if (left.stage, left.division) != (right.stage, right.division):
        raise Refusal(
            "Entries {one} and {other} are ranked apart: compare two of the same division and stage.",
            one=left.number,
            other=right.number,
        )
    return _Comparing(left, right, names or {}).comparison()


class _Comparing:
    def __init__(self, left: Derivation, right: Derivation, names: Mapping[str, str]) -> None:
        self.left, self.right, self.low, self.names = left, right, left.low, names
        self.tied = bool(left.ties) and right.number in dict(left.ties[0].values)

    def comparison(self) -> Comparison:
        rows = (*self._modules(), *self._stage(), *self._ties())
        better = next((row.ahead for row in rows if row.decided), None)
        return Comparison(self.left, self.right, rows, better, tuple(self._said(rows, better)))

    def _modules(self) -> Iterator[ComparedRow]:
        for one, other in zip(self.left.modules, self.right.modules, strict=True):
            name = one.name or one.module
            yield self._row("module", name, one.score, other.score, one.module)
            off = _points(one.penalties), _points(other.penalties)
            if any(off):
                label = Said("{module}: penalties", {"module": name})
                yield self._penalty("penalty", label, *off, one.module)
            if one.rule.weight != 1 or one.rule.basis != "score":
                label = Said("{module} × {weight}", {"module": name, "weight": one.weight})
                yield self._row("weighted", label, one.weighted, other.weighted, one.module)

    def _stage(self) -> Iterator[ComparedRow]:
        left, right = self.left, self.right
        if left.carried is not None or right.carried is not None:
            ahead = self._ahead(left.carried, right.carried)
            yield ComparedRow("carried", Said("Carried over"), left.carried, right.carried, None, ahead)
        off = _points(left.penalties), _points(right.penalties)
        if any(off):
            yield self._penalty("stage_penalty", Said("Penalties@stage"), *off, None)
        total = self._row("total", Said("Total"), left.total, right.total)
        ahead = self._ahead_in_total()
        yield replace(total, ahead=ahead, decided=ahead is not None)

    def _row(
        self,
        kind: RowKind,
        label: Said | str,
        one: Rung | None,
        other: Rung | None,
        module: str | None = None,
    ) -> ComparedRow:
        return ComparedRow(
            kind, label, _shown(one), _shown(other), module, self._ahead(_figure(one), _figure(other))
        )

    def _ahead_in_total(self) -> Side | None:
        """Who has the better total; where none is rounded the places tell what the digits shown may not."""
        if self.tied or self.left.total is None or self.right.total is None:
            return None
        shown = self._ahead(_figure(self.left.total), _figure(self.right.total))
        one, other = self.left.standing.place, self.right.standing.place
        if shown is not None or one is None or other is None or one == other:
            return shown
        return "left" if one < other else "right"

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
        if not self.tied:
            return
        parted = False
        for line in (*self.left.ties, *self.left.unused):
            values = dict(line.values)
            if self.right.number not in values:
                continue
            one, other = values.get(self.left.number), values[self.right.number]
            ahead = None if parted else self._parted_by(line)
            kind: RowKind = "unused" if parted or not line.groups else "tie"
            decided = ahead is not None
            yield ComparedRow(
                kind,
                self._named(line.key),
                _short(one),
                _short(other),
                line.rule.module,
                ahead,
                decided,
                line.rule.by,
            )
            parted = parted or decided

    def _named(self, key: Said | str) -> Said | str:
        """A tie key's label with names in place of codes."""
        if isinstance(key, str):
            return self.names.get(key, key)
        values = {name: self.names.get(str(v), v) for name, v in key.values.items()}
        return Said(key.text, values)

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
        elif row.by in ("decision", "lot"):
            yield Said("{one} stands before {other}: equal totals; {key} decides.", values)
        else:
            yield Said(
                "{one} stands before {other}: equal totals; {key} decides, {mine} against {theirs}.", values
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
            if (lead := self._lead(_figure(one.weighted), _figure(other.weighted))) is not None and lead > 0
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


def _figure(rung: Rung | None) -> str | None:
    return None if rung is None else rung.rounded


def _shown(rung: Rung | None) -> str | None:
    """What a rung comes to: rounded, or as it is where nothing is rounded there."""
    if rung is None:
        return None
    return rung.unrounded if rung.digits is None else rung.rounded


def _short(text: str | None) -> str | None:
    """A tie key's figure without the noughts of a rung that does not round."""
    whole, _, part = (text or "").partition(".")
    if text is None or len(part) != _UNROUNDED or not part.isdigit():
        return text
    return f"{whole}.{part}".rstrip("0").rstrip(".")


def _points(penalties: tuple[PenaltyFact, ...]) -> Fraction:
    return sum((Fraction(penalty.points) for penalty in penalties), Fraction(0))
