"""Order, places and shared places of one division in one stage (scoring.md §6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from math import lcm

from competition_app.domain.errors import Said
from competition_app.domain.ranking.result import Status
from competition_app.domain.ranking.tie_words import said_of
from competition_app.domain.ranking.ties import TieKeys, TieStep
from competition_app.domain.scoring.figures import natural
from competition_app.domain.scoring.memory import Memory, TieMemory
from competition_app.domain.scoring.totals import StageEntry

UNRANKED = (Status.INCOMPLETE, Status.DISQUALIFIED, Status.WITHDRAWN, Status.ABSENT)


@dataclass(frozen=True, slots=True)
class Group:
    """Ranked entries that nothing tells apart. ``first`` is 1 + the number better."""

    rows: tuple[StageEntry, ...]
    first: int
    place: int


@dataclass(slots=True)
class Order:
    """A division's entries in printed order: ranked groups, those out of competition, the others.

    ``steps`` are the tie keys tried, by entry, ``said`` what decided; ``guests`` pairs an entry out of
    competition with its place.
    """

    groups: list[Group] = field(default_factory=list)
    guests: list[tuple[StageEntry, int]] = field(default_factory=list)
    others: list[StageEntry] = field(default_factory=list)
    steps: dict[str, list[TieStep]] = field(default_factory=dict)
    said: dict[str, Said | None] = field(default_factory=dict)


def ordered(rows: Iterable[StageEntry], keys: TieKeys, places: str, low: bool, memory: Memory) -> Order:
    """Who stands where. ``low``: less is better; ``places`` 1224, 1223 or 1334."""
    order = Order()
    ranked: list[StageEntry] = []
    guests: list[StageEntry] = []
    for row in rows:
        if row.status is Status.RANKED:
            ranked.append(row)
        elif row.status is Status.OUT_OF_COMPETITION:
            guests.append(row)
        else:
            order.others.append(row)
    tied = _by_total(ranked, low)
    _place(order, tied, keys, places, memory)
    _place_guests(order, guests, tied, keys, low)
    order.others.sort(key=lambda row: (UNRANKED.index(row.status), natural(row.number)))
    return order


def _by_total(rows: Sequence[StageEntry], low: bool) -> list[list[StageEntry]]:
    """Rows of equal total together, the better first, each by number."""
    if not rows:
        return []
    totals = [row.total if row.total is not None else Fraction(0) for row in rows]
    common = _common(totals)
    by_total: dict[int | Fraction, list[StageEntry]] = {}
    for row, total in zip(rows, totals, strict=True):
        key = total if common is None else total.numerator * (common // total.denominator)
        by_total.setdefault(key, []).append(row)
    found = []
    for key in sorted(by_total, reverse=not low):
        group = by_total[key]
        if len(group) > 1:
            group.sort(key=lambda row: natural(row.number))
        found.append(group)
    return found


def _common(totals: Sequence[Fraction]) -> int | None:
    """One denominator for all totals, so that whole numbers are sorted; None where it would grow too long."""
    common = 1
    for denominator in {total.denominator for total in totals}:
        common = lcm(common, denominator)
        if common.bit_length() > 2000:
            return None
    return common


def _place(
    order: Order, tied: Sequence[Sequence[StageEntry]], keys: TieKeys, places: str, memory: Memory
) -> None:
    before = 0
    for rows in tied:
        groups = [list(rows)]
        if len(rows) > 1:
            known = memory.tie(keys.looked_at(rows), partial(_parted, keys, rows))
            groups = known.groups
            order.steps.update(known.steps)
            order.said.update(known.said)
        for group in groups:
            order.groups.append(Group(tuple(group), before + 1, _shown(places, before, group, order)))
            before += len(group)


def _parted(keys: TieKeys, rows: Sequence[StageEntry]) -> TieMemory:
    """How the keys part entries of one total, and what is said of it."""
    groups, steps = keys.refine(rows)
    tried = {row.number: list[TieStep]() for row in rows}
    for step in steps:
        for number in (number for group in step.groups for number in group):
            tried[number].append(step)
    return TieMemory(groups, tried, said_of(groups, tried))


def _shown(places: str, before: int, group: Sequence[StageEntry], order: Order) -> int:
    if places == "1223":
        return len(order.groups) + 1
    if places == "1334":
        return before + len(group)
    return before + 1


def _place_guests(
    order: Order,
    guests: Sequence[StageEntry],
    tied: Sequence[Sequence[StageEntry]],
    keys: TieKeys,
    low: bool,
) -> None:
    """Out of competition: 1 + ranked entries strictly better, whatever ``places``; never shared."""
    for guest in guests:
        assert guest.total is not None
        better = 0
        for rows in tied:
            total = rows[0].total
            assert total is not None
            if total == guest.total:
                better += sum(keys.better(row, guest) for row in rows)
                break
            if (total > guest.total) is low:
                break
            better += len(rows)
        order.guests.append((guest, better + 1))
    order.guests.sort(key=lambda pair: (pair[1], natural(pair[0].number)))
