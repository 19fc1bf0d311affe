"""Telling equal totals apart: the tie keys, each with every entry's value (scoring.md §6)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cmp_to_key

from competition_app.domain.plans.plan import Stage, TieKey
from competition_app.domain.scoring.criteria import criterion_figures
from competition_app.domain.scoring.facts import Decision, EventFacts
from competition_app.domain.scoring.figures import decimal_of, figure, natural, plain
from competition_app.domain.scoring.members import MemberFigures, MembersOf, combined
from competition_app.domain.scoring.totals import StageEntry, StageTotals


@dataclass(frozen=True, slots=True)
class KeyValue:
    """An entry's value under a key: the lesser ``sorting`` stands first, ``text`` is shown.

    ``number`` tells which value is greater, for the sign between two of them.
    """

    sorting: Fraction | str
    text: str
    number: Fraction | None = None


@dataclass(frozen=True, slots=True)
class TieStep:
    """One key tried on entries still equal: who had what, and the groups it made of them.

    No values: nobody had any and the key was skipped. More than one group: it told some apart.
    """

    key: TieKey
    values: Mapping[str, KeyValue]
    groups: tuple[tuple[str, ...], ...]


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Ask = Callable[[TieKey, StageEntry], KeyValue | None]


class TieKeys:
    """The tie keys of one stage, ready to be asked. ``totals`` holds this and earlier stages."""

    def __init__(
        self, facts: EventFacts, stage: Stage, totals: Mapping[str, StageTotals], members: MembersOf
    ) -> None:
        self._facts, self._stage, self._totals, self._members = facts, stage, totals, members
        self._low = facts.plan.low
        self._asks: Mapping[str, Ask] = {
            "module": self._module,
            "criterion": self._criterion,
            "stage": self._stage_total,
            "attempt": self._attempt,
            "time": self._time,
            "submitted": self._submitted,
            "penalty": self._penalty,
            "field": self._field,
        }

    def looked_at(self, tied: Sequence[StageEntry]) -> tuple[StageEntry | None, ...]:
        """Everything of the entries that the keys look at: this stage, and those that a key names."""
        others = {key.stage for key in self._stage.ties if key.stage not in (None, self._stage.code)}
        homes = [home for code in sorted(filter(None, others)) if (home := self._totals.get(code))]
        return (*tied, *(home.entries.get(row.number) for home in homes for row in tied))

    def refine(self, tied: Sequence[StageEntry]) -> tuple[list[list[StageEntry]], list[TieStep]]:
        """Entries of one total in order: groups that stay equal, and every key tried on the way."""
        groups: list[list[StageEntry]] = [list(tied)]
        steps: list[TieStep] = []
        for key in self._stage.ties:
            refined: list[list[StageEntry]] = []
            for group in groups:
                parts = [group]
                if len(group) > 1:
                    parts, step = self._split(key, group)
                    steps.append(step)
                refined += parts
            groups = refined
        return groups, steps

    def better(self, one: StageEntry, other: StageEntry) -> bool:
        """Whether of two entries of one total the first stands before the second."""
        groups, _ = self.refine([one, other])
        return len(groups) == 2 and groups[0][0] is one

    def _split(self, key: TieKey, group: Sequence[StageEntry]) -> tuple[list[list[StageEntry]], TieStep]:
        values = self.values(key, group)
        found = _ordered([row for row in group if row.number in values], values)
        without = [row for row in group if row.number not in values]
        if without:
            found.append(without)
        return found, TieStep(key, values, tuple(tuple(row.number for row in part) for part in found))

    def values(self, key: TieKey, group: Sequence[StageEntry]) -> dict[str, KeyValue]:
        """The values of a key, of those who have one."""
        if key.by in ("decision", "lot"):
            recorded = self._facts.decisions if key.by == "decision" else self._facts.lots
            return self._recorded(recorded, group)
        ask = self._asks[key.by]
        found = ((row.number, ask(key, row)) for row in group)
        return {number: value for number, value in found if value is not None}

    def _recorded(self, orders: Sequence[Decision], group: Sequence[StageEntry]) -> dict[str, KeyValue]:
        """Each entry's place in the last recorded order that names it."""
        numbers = {row.number for row in group}
        found: dict[str, tuple[int, int]] = {}
        for turn, order in enumerate(orders):
            if order.stage in (None, self._stage.code):
                found |= {n: (turn, place) for place, n in enumerate(order.entries) if n in numbers}
        ranks = sorted(found.values())
        return {
            number: KeyValue(Fraction(ranks.index(place)), str(ranks.index(place) + 1))
            for number, place in found.items()
        }

    def _there(self, key: TieKey, row: StageEntry) -> tuple[StageTotals, StageEntry] | None:
        home = self._totals.get(key.stage or self._stage.code)
        there = home.entries.get(row.number) if home else None
        return (home, there) if home is not None and there is not None else None

    def _score(self, value: Fraction, digits: int | None) -> KeyValue:
        return KeyValue(value if self._low else -value, figure(value, digits), value)

    def _module(self, key: TieKey, row: StageEntry) -> KeyValue | None:
        found = self._there(key, row)
        if found is None:
            return None
        home, there = found
        if key.modules:
            return self._sum(key.modules, home, there)
        code = key.module or ""
        module = home.stage.module(code)
        if module is None:
            value = self._of_members(home.stage, row, lambda member: member.modules.get(code))
            return None if value is None else self._score(value, None)
        score = there.parts[code].score
        return None if score is None else self._score(score, module.round.module)

    def _sum(self, codes: Sequence[str], home: StageTotals, there: StageEntry) -> KeyValue | None:
        """The rounded scores of several modules added up; none if one lacks."""
        scores = [score for code in codes if (score := there.parts[code].score) is not None]
        if len(scores) < len(codes):
            return None
        digits = [home.rules[code].module.round.module for code in codes]
        places = [each for each in digits if each is not None]
        return self._score(sum(scores, Fraction(0)), max(places) if len(places) == len(codes) else None)

    def _of_members(
        self, stage: Stage, row: StageEntry, ask: Callable[[MemberFigures], Fraction | None]
    ) -> Fraction | None:
        """The same combination of the members' figures as their totals make (scoring.md §7)."""
        for module in stage.modules:
            if module.kind != "members":
                continue
            chosen, lacking = self._members.chosen(row.entry, module)
            values = [value for value in map(ask, chosen) if value is not None]
            if chosen and len(values) == len(chosen):
                return combined(module, values, lacking, self._low)
        return None

    def _criterion(self, key: TieKey, row: StageEntry) -> KeyValue | None:
        found = self._there(key, row)
        rule = found[0].rules[key.module or ""].rule if found else None
        if found is None or rule is None:
            return None
        code, outcome = key.criterion or "", found[1].parts[key.module or ""].outcome
        points = criterion_figures(rule, outcome, (code,)).get(code)
        if points is None:
            return None
        digits = None if rule.across_sheet else rule.module.round.criterion
        return KeyValue(-points, figure(points, digits), points)

    def _stage_total(self, key: TieKey, row: StageEntry) -> KeyValue | None:
        found = self._there(key, row)
        if found is None or found[1].total is None:
            return None
        return self._score(found[1].total, found[0].stage.round.total)

    def _attempt(self, key: TieKey, row: StageEntry) -> KeyValue | None:
        found = self._there(key, row)
        if found is None:
            return None
        home, there = found
        outcome = there.parts[key.module or ""].outcome
        values = sorted((a.value for a in outcome.attempts if a.value is not None), reverse=not self._low)
        if len(values) < key.nth:
            return None
        return self._score(values[key.nth - 1], home.rules[key.module or ""].module.round.attempt)

    def _time(self, key: TieKey, row: StageEntry) -> KeyValue | None:
        stage = self._facts.plan.stage(key.stage) if key.stage else self._stage
        if stage is None:
            return None
        named = [key.module] if key.module else list(key.modules)
        wanted = named or [module.code for module in stage.modules]
        times = [self._one_time(stage, code, row) for code in wanted]
        known = [time for time in times if time is not None]
        if len(known) < len(wanted):
            return None
        total = sum(known, Fraction(0))
        return KeyValue(total, plain(total), total)

    def _one_time(self, stage: Stage, code: str, row: StageEntry) -> Fraction | None:
        seconds = self._facts.time_of((stage.code, code, row.number))
        if seconds is not None:
            return seconds
        module = stage.module(code)
        if module is None:
            return self._of_members(stage, row, lambda member: member.times.get(code))
        if module.kind == "members":
            return self._of_members(stage, row, lambda member: member.time)
        return None

    def _submitted(self, key: TieKey, row: StageEntry) -> KeyValue | None:
        stage = key.stage or self._stage.code
        given = [
            (moment.astimezone(UTC), moment)
            for place, moment in self._handed_in(stage, row)
            if key.module in (None, place)
        ]
        if not given:
            return None
        instant, shown = max(given)
        return KeyValue(Fraction((instant - _EPOCH) // timedelta(microseconds=1)), shown.isoformat())

    def _handed_in(self, stage: str, row: StageEntry) -> list[tuple[str, datetime]]:
        home = self._facts.plan.stage(stage)
        codes = [module.code for module in home.modules] if home else []
        found = ((code, self._facts.submitted_at((stage, code, row.number))) for code in codes)
        return [(code, moment) for code, moment in found if moment is not None]

    def _penalty(self, key: TieKey, row: StageEntry) -> KeyValue | None:
        found = self._there(key, row)
        if found is None:
            return None
        points = found[1].all_penalties
        return KeyValue(points, plain(points), points)

    def _field(self, key: TieKey, row: StageEntry) -> KeyValue | None:
        text = row.entry.fields.get(key.field or "")
        if not text:
            return None
        number = decimal_of(text)
        return KeyValue(key.first + text, text, None if number is None else Fraction(number))


def _ordered(rows: list[StageEntry], values: Mapping[str, KeyValue]) -> list[list[StageEntry]]:
    """Rows by their values, the lesser first; rows of equal values together, by number."""

    def against(one: StageEntry, other: StageEntry) -> int:
        return _compared(values[one.number], values[other.number])

    groups: list[list[StageEntry]] = []
    rows = sorted(rows, key=lambda row: values[row.number].text)
    for row in sorted(rows, key=cmp_to_key(against)):
        if groups and against(groups[-1][0], row) == 0:
            groups[-1].append(row)
        else:
            groups.append([row])
    for group in groups:
        group.sort(key=lambda row: natural(row.number))
    return groups


def _compared(one: KeyValue, other: KeyValue) -> int:
    if not isinstance(one.sorting, str) or not isinstance(other.sorting, str):
        return _sign(one.sorting, other.sorting)
    turned = -1 if one.sorting.startswith("high") else 1
    if one.number is not None and other.number is not None:
        return turned * _sign(one.number, other.number)
    return turned * _sign(one.text, other.text)


def _sign(one: Fraction | str, other: Fraction | str) -> int:
    if isinstance(one, str) or isinstance(other, str):
        return (str(one) > str(other)) - (str(one) < str(other))
    return (one > other) - (one < other)
