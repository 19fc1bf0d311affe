"""团体总分: organisations ranked over many events, rolled up along their tree (scoring.md §7)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from competition_app.domain.ranking.result import EventResult, Standing, Status, TableRow
from competition_app.domain.scoring.conflict import lineage
from competition_app.domain.scoring.facts import EventFacts
from competition_app.domain.scoring.figures import figure, natural


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """单位 in the tree. Those of one kind are ranked among themselves, never against the union above."""

    code: str
    kind: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class TableRule:
    """How an organisation table counts: exactly one of points by award, points by place, sum of totals.

    ``best`` totals of an organisation in one event count (None: all). ``events`` None: all of them.
    """

    code: str
    points_by_award: Mapping[str, Decimal] | None = None
    points_by_place: tuple[Decimal, ...] | None = None
    sums_totals: bool = False
    best: int | None = None
    events: tuple[str, ...] | None = None


@dataclass(slots=True)
class _Sum:
    points: Fraction = Fraction(0)
    places: dict[int, int] = field(default_factory=dict)

    def add(self, points: Fraction, place: int | None) -> None:
        """Count one standing."""
        self.points += points
        if place is not None:
            self.places[place] = self.places.get(place, 0) + 1


def organisation_rows(
    rule: TableRule,
    organisations: Sequence[OrganisationFacts],
    events: Sequence[tuple[EventFacts, EventResult]],
) -> tuple[TableRow, ...]:
    """The table's rows: points, then more firsts, more seconds …, then shared."""
    chosen = [pair for pair in events if rule.events is None or pair[0].event in rule.events]
    parents = {each.code: each.parent for each in organisations if each.parent is not None}
    sums: dict[str, _Sum] = {}
    for facts, result in chosen:
        _add_event(rule, facts, result, parents, sums)
    low = rule.sums_totals and bool(chosen) and all(facts.plan.low for facts, _ in chosen)
    kinds = {each.code: each.kind for each in organisations}
    found: list[TableRow] = []
    for kind in dict.fromkeys(kinds.get(code) for code in (*kinds, *sums) if code in sums):
        codes = [code for code in sums if kinds.get(code) == kind]
        found += _placed(rule, {code: sums[code] for code in codes}, low)
    return tuple(found)


def _add_event(
    rule: TableRule, facts: EventFacts, result: EventResult, parents: Mapping[str, str], sums: dict[str, _Sum]
) -> None:
    totals: dict[str, list[Fraction]] = {}
    for row, code, share in _rows(facts, result):
        for above in lineage(code, parents):
            sums.setdefault(above, _Sum()).add(points_of(rule, row) * share, row.place)
        if rule.sums_totals and row.total is not None:
            totals.setdefault(code, []).append(Fraction(row.total) * share)
    for code, values in totals.items():
        values.sort(reverse=not facts.plan.low)
        for above in lineage(code, parents):
            sums[above].points += sum(values[: rule.best], Fraction(0))


def _rows(facts: EventFacts, result: EventResult) -> Iterator[tuple[Standing, str, Fraction]]:
    """The ranked rows of the last stage, once for each organisation they stand for, with its share."""
    entries = {entry.number: entry for entry in facts.entries}
    last = facts.plan.last
    for division in result.divisions:
        for row in division.standings if last is not None and division.stage == last.code else ():
            if row.status is Status.RANKED:
                for code, share in entries[row.number].organisations:
                    yield row, code, Fraction(share)


def points_of(rule: TableRule, row: Standing) -> Fraction:
    """What a standing brings by its award or its place."""
    if rule.points_by_award is not None:
        return Fraction(rule.points_by_award.get(row.award or "", Decimal(0)))
    points = rule.points_by_place
    if points is None or row.place is None or row.place > len(points):
        return Fraction(0)
    return Fraction(points[row.place - 1])


def _placed(rule: TableRule, sums: Mapping[str, _Sum], low: bool) -> Iterator[TableRow]:
    deepest = max((place for each in sums.values() for place in each.places), default=0)

    def key(code: str) -> tuple[Fraction | int, ...]:
        each = sums[code]
        best_first = each.points if low else -each.points
        return (best_first, *(-each.places.get(place, 0) for place in range(1, deepest + 1)))

    codes = sorted(sums, key=lambda code: (key(code), natural(code)))
    keys = [key(code) for code in codes]
    for index, code in enumerate(codes):
        first = keys.index(keys[index]) + 1
        shared = keys.count(keys[index]) > 1
        points, firsts = figure(sums[code].points, None), sums[code].places.get(1, 0)
        yield TableRow(rule.code, code, first, shared, points, firsts)
