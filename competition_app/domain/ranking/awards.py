"""Prizes by place, and who goes on to the next stage (scoring.md §8)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from competition_app.domain.plans.plan import Advance, Awards, Level
from competition_app.domain.ranking.placing import Group, Order
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring.facts import Accepted
from competition_app.domain.scoring.figures import half_up_units
from competition_app.domain.scoring.totals import StageEntry, StageTotals


@dataclass(slots=True)
class Prizes:
    """Who gets which prize, by number; ``unresolved``: ties across a border the plan is silent about.

    Each is the level, who is tied, and how many prizes of the level are left for them.
    """

    awards: dict[str, str] = field(default_factory=dict)
    unresolved: list[tuple[Level, tuple[StageEntry, ...], int]] = field(default_factory=list)


def part_of(count: int, percent: Decimal | Fraction, rounding: str) -> int:
    """So many percent of a count, in whole numbers: floor, half_up or ceil."""
    share = count * Fraction(percent)
    if rounding == "half_up":
        return half_up_units(share.numerator, share.denominator * 100, 0)
    down = share.numerator // (share.denominator * 100)
    return down if rounding == "floor" or share == down * 100 else down + 1


def counted_for(percent_of: str, rows: Iterable[StageEntry]) -> int:
    """How many entries a percentage is taken of (scoring.md §8)."""
    without: tuple[Status, ...] = (Status.OUT_OF_COMPETITION,)
    if percent_of == "took_part":
        without = (Status.OUT_OF_COMPETITION, Status.ABSENT, Status.WITHDRAWN)
    if percent_of == "ranked":
        return sum(row.status is Status.RANKED for row in rows)
    return sum(row.status not in without for row in rows)


def passes(stages: Iterable[StageTotals], number: str, low: bool) -> bool:
    """Whether an entry reached every pass mark, on modules and totals, of all stages it was in."""
    for totals in stages:
        row = totals.entries.get(number)
        if row is None:
            continue
        marks = [(totals.stage.pass_, row.total)]
        marks += [(module.pass_, row.parts[module.code].score) for module in totals.stage.modules]
        if not all(mark is None or reached(mark, value, low) for mark, value in marks):
            return False
    return True


def reached(mark: Decimal, value: Fraction | None, low: bool) -> bool:
    """Whether a figure reaches a pass mark: at least it, or at most where less is better."""
    if value is None:
        return False
    return value <= Fraction(mark) if low else value >= Fraction(mark)


def quotas(awards: Awards, base: int) -> list[int | None]:
    """How many prizes each level has; None where a total decides. ``cumulative`` rounds the running sum."""
    found: list[int | None] = []
    percent, given = Fraction(0), 0
    for level in awards.levels:
        if level.count is not None:
            found.append(level.count)
        elif level.ranks is not None:
            found.append(level.ranks[1] - level.ranks[0] + 1)
        elif level.percent is None:
            found.append(None)
        else:
            percent = percent + Fraction(level.percent) if awards.cumulative else Fraction(level.percent)
            number = part_of(base, percent, level.round) - (given if awards.cumulative else 0)
            number = max(number, level.at_least, 0)
            given += number
            found.append(number)
    return found


def prizes(
    awards: Awards,
    stages: Collection[StageTotals],
    order: Order,
    base: int,
    low: bool,
    accepted: Sequence[Accepted] = (),
) -> Prizes:
    """The prizes of a division. ``base`` is what percentages are taken of; ``stages`` hold the pass marks.

    ``accepted`` may settle a tie across a border where the plan is silent.
    """
    return _Giving(awards, stages, order, low, accepted).give(quotas(awards, base))


class _Giving:
    """Levels handed out in order, each to those in order who have none yet."""

    def __init__(
        self,
        awards: Awards,
        stages: Collection[StageTotals],
        order: Order,
        low: bool,
        accepted: Sequence[Accepted],
    ) -> None:
        self._awards, self._stages, self._low = awards, stages, low
        self._ruled = [one for one in reversed(accepted) if one.code == "unresolved_tie_at_prize"]
        self._groups = order.groups
        self._prizes = Prizes()
        self._open: set[str] = set()
        self._owed = 0  # prizes already used up by ties across the border above
        self._fallen: set[int] = set()  # groups that a tie made fall to the next level

    def give(self, numbers: Sequence[int | None]) -> Prizes:
        """All levels."""
        for level, number in zip(self._awards.levels, numbers, strict=True):
            if number is None:
                self._by_total(level)
            else:
                self._by_number(level, number)
        return self._prizes

    def _waiting(self, level: Level) -> Iterator[tuple[Group, list[StageEntry]]]:
        """Groups whose rows may still get this level, in order."""
        for group in self._groups:
            if level.ranks is not None and group.first < level.ranks[0] and group.first not in self._fallen:
                continue
            if level.ranks is not None and group.first > level.ranks[1]:
                return
            rows = [row for row in group.rows if self._may(level, row)]
            if rows:
                yield group, rows

    def _may(self, level: Level, row: StageEntry) -> bool:
        if row.number in self._prizes.awards or row.number in self._open:
            return False
        return not level.pass_ or passes(self._stages, row.number, self._low)

    def _by_total(self, level: Level) -> None:
        assert level.min_total is not None
        for _, rows in self._waiting(level):
            for row in rows:
                if reached(level.min_total, row.total, self._low):
                    self._prizes.awards[row.number] = level.name

    def _by_number(self, level: Level, number: int) -> None:
        left = number
        if level.ranks is None:
            left, self._owed = max(number - self._owed, 0), max(self._owed - number, 0)
        for group, rows in self._waiting(level):
            if left <= 0:
                return
            room = left if level.ranks is None else min(left, level.ranks[1] - group.first + 1)
            if room >= len(rows):
                self._award(level, rows)
                left -= len(rows)
            elif (ties := self._ties(level, rows)) == "include":
                self._award(level, rows)
                if self._awards.extra_uses_next:
                    self._owed += len(rows) - room
                return
            elif ties == "exclude":
                self._fallen.add(group.first)
                return
            else:
                self._open.update(row.number for row in rows)
                self._prizes.unresolved.append((level, tuple(rows), room))
                self._owed += len(rows) - room
                return

    def _ties(self, level: Level, rows: Sequence[StageEntry]) -> str | None:
        """What becomes of a tie across this level's border: as the plan says, else as it was ruled last."""
        numbers = {row.number for row in rows}
        ruled = (
            one.ties for one in self._ruled if one.award in (None, level.name) and one.speaks_of(numbers)
        )
        return self._awards.ties or next(ruled, None)

    def _award(self, level: Level, rows: Iterable[StageEntry]) -> None:
        for row in rows:
            self._prizes.awards[row.number] = level.name


def advancing(
    advance: Advance, order: Order, base: int, low: bool, organisations: Callable[[StageEntry], Iterable[str]]
) -> set[str]:
    """The numbers of those who go on by the rule; ``base`` is what a percentage is taken of."""
    seats = _seats(advance, base)
    cap, taken, chosen = advance.per_organisation, dict[str, int](), set[str]()
    for group in order.groups:
        rows = [row for row in group.rows if _enough(advance, row, low)]
        rows = [row for row in rows if cap is None or _has_room(organisations(row), taken, cap)]
        if not rows:
            continue
        left = seats - len(chosen)
        if left <= 0:
            break
        tied = len(rows) > left or not _all_fit(rows, organisations, taken, cap)
        if tied and advance.ties == "exclude":
            break
        for row in rows:
            chosen.add(row.number)
            for code in organisations(row):
                taken[code] = taken.get(code, 0) + 1
    return chosen


def in_line(
    advance: Advance,
    order: Order,
    going: Collection[str],
    low: bool,
    organisations: Callable[[StageEntry], Iterable[str]],
) -> list[list[StageEntry]]:
    """Who may take a seat that falls free, in their order, ties together: ranked and not ``going``.

    The least total and the cap of an organisation hold for them as for those of the rule.
    """
    cap, taken = advance.per_organisation, dict[str, int]()
    for row in (row for group in order.groups for row in group.rows if row.number in going):
        for code in organisations(row):
            taken[code] = taken.get(code, 0) + 1
    found = []
    for group in order.groups:
        rows = [row for row in group.rows if row.number not in going and _enough(advance, row, low)]
        rows = [row for row in rows if cap is None or _has_room(organisations(row), taken, cap)]
        if rows:
            found.append(rows)
    return found


def _seats(advance: Advance, base: int) -> int:
    if advance.count is not None:
        return advance.count
    return base if advance.percent is None else part_of(base, advance.percent, advance.round)


def _enough(advance: Advance, row: StageEntry, low: bool) -> bool:
    return advance.min_total is None or reached(advance.min_total, row.total, low)


def _has_room(codes: Iterable[str], taken: dict[str, int], cap: int) -> bool:
    return all(taken.get(code, 0) < cap for code in codes)


def _all_fit(
    rows: Iterable[StageEntry],
    organisations: Callable[[StageEntry], Iterable[str]],
    taken: dict[str, int],
    cap: int | None,
) -> bool:
    """Whether all rows of one place fit under the cap of their organisations."""
    if cap is None:
        return True
    wanted = dict(taken)
    for row in rows:
        for code in organisations(row):
            wanted[code] = wanted.get(code, 0) + 1
    return all(count <= cap for code, count in wanted.items() if count > taken.get(code, 0))
