"""One entry in one module: who owes marks, which attempts count, what it is worth (scoring.md §3, §4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from enum import Enum
from fractions import Fraction

from competition_app.domain.errors import Problem
from competition_app.domain.plans.plan import Module, Normalise, Stage
from competition_app.domain.scoring import guards
from competition_app.domain.scoring.facts import EntryFacts, EventFacts, Outcome, PenaltyFact, Work
from competition_app.domain.scoring.figures import natural, rounded
from competition_app.domain.scoring.guards import Where
from competition_app.domain.scoring.panel import PanelRule
from competition_app.domain.scoring.scoring import (
    AttemptOutcome,
    Evener,
    attempt_value,
    points_in,
    sheet_values,
    work_outcomes,
)
from competition_app.domain.scoring.timing import Timing, timing_of


class State(Enum):
    """How far an entry came in a module."""

    SCORED = "scored"
    INCOMPLETE = "incomplete"
    FAILED = "failed"  # DNF: no score, absent_module decides
    ABSENT = "absent"  # recorded
    NOT_BEGUN = "not begun"


@dataclass(frozen=True, slots=True)
class ModuleOutcome:
    """An entry in a module up to rung 4: ``taken`` is its value, ``counted`` the attempt it comes from.

    ``gaps`` make the entry incomplete; ``flags`` are told and leave the place as it is.
    """

    state: State
    taken: Fraction | None = None
    attempts: tuple[AttemptOutcome, ...] = ()
    counted: AttemptOutcome | None = None
    gaps: tuple[Problem, ...] = ()
    flags: tuple[Problem, ...] = ()


Owed = tuple[tuple[str, ...], frozenset[str]]
"""The judges who owe an entry's sheet, and those whose marks count as absent (set aside)."""


class ModuleRules:
    """A module made ready for ranking: its panel, who owes what, penalties by entry."""

    def __init__(self, facts: EventFacts, stage: Stage, module: Module) -> None:
        self.facts, self.stage, self.module = facts, stage, module
        self.low = facts.plan.low
        self.rule = PanelRule(module, facts.scale) if module.kind == "sheets" else None
        place = stage.code, module.code
        self._seats = {judge.code: judge for judge in facts.judges}
        assigned = [judge.code for judge in facts.judges if place in judge.modules]
        self.named = bool(assigned)
        self._judges = tuple(sorted(assigned or self._who_marked(), key=natural))
        self._by_group: dict[str | None, tuple[str, ...]] = {}
        self._recused: dict[str, set[str]] = {}
        for stage_code, module_code, entry, judge in facts.recusals:
            if (stage_code, module_code) == place:
                self._recused.setdefault(entry, set()).add(judge)
        self.penalties: dict[str, list[PenaltyFact]] = {}
        for penalty in facts.penalties:
            if penalty.module == module.code and penalty.stage in (stage.code, None):
                self.penalties.setdefault(penalty.entry, []).append(penalty)
        self._eveners = self._judge_eveners(module.normalise)

    def _who_marked(self) -> set[str]:
        place = self.stage.code, self.module.code
        shapes = {id(work.keys): work.keys for key, work in self.facts.works.items() if key[:2] == place}
        return {judge for keys in shapes.values() for _, judge, _ in keys}

    def owed(self, entry: EntryFacts) -> Owed:
        """Who owes this entry's sheet: assigned, of a matching group, not recused (scoring.md §2, §5)."""
        found = self._by_group.get(entry.group)
        if found is None:
            found = tuple(judge for judge in self._judges if self._fits(judge, entry.group))
            self._by_group[entry.group] = found
        recused = self._recused.get(entry.number)
        if not recused:
            return found, frozenset()
        if self.module.sets_aside:
            return tuple(judge for judge in found if judge not in recused), frozenset(recused)
        return tuple(judge for judge in found if judge not in recused), frozenset()

    def _fits(self, judge: str, group: str | None) -> bool:
        seat = self._seats.get(judge)
        return seat is None or seat.group is None or group is None or seat.group == group

    def outcome(self, entry: EntryFacts) -> ModuleOutcome:
        """Rungs 1 to 4 for one entry of a module with sheets or direct scores."""
        place = self.stage.code, self.module.code, entry.number
        where = Where(entry.number, self.stage.code, self.module.code)
        work = self.facts.works.get(place) if self.rule else None
        attempts: tuple[AttemptOutcome, ...] = ()
        flags: tuple[Problem, ...] = ()
        if work is not None and self.rule is not None and work.keys:
            attempts = self._marked(entry, work, where)
            flags = self._conflicts(entry, work, where)
        elif self.module.kind == "direct":
            attempts = self._direct(entry, where)
        flags = (*flags, *(flag for attempt in attempts for flag in attempt.flags))
        if place in self.facts.absences:
            return ModuleOutcome(State.ABSENT, flags=flags)  # whatever was marked there does not exist
        if not attempts:
            return ModuleOutcome(State.NOT_BEGUN, flags=flags)
        outcome = taken_of(self.module, attempts, flags, where, self.low)
        return self._without_time(outcome, where) if self.module.timed else outcome

    def timing(self, entry: str) -> Timing | None:
        """What the entry's time does to its score; None where no time counts or none is recorded."""
        if not self.module.timed:
            return None
        seconds = self.facts.time_of((self.stage.code, self.module.code, entry))
        return None if seconds is None else timing_of(self.module, seconds)

    def _without_time(self, outcome: ModuleOutcome, where: Where) -> ModuleOutcome:
        """The outcome, incomplete where the score needs a time and none is recorded."""
        if outcome.state is State.FAILED or self.timing(where.entry) is not None:
            return outcome
        gaps = (*outcome.gaps, guards.missing_time(where))
        return replace(outcome, state=State.INCOMPLETE, taken=None, counted=None, gaps=gaps)

    def attempt_penalties(self, entry: EntryFacts) -> dict[int, Fraction]:
        """The points of penalties on each attempt."""
        found: dict[int, Fraction] = {}
        for penalty in self.penalties.get(entry.number, ()):
            if penalty.attempt is not None:
                found[penalty.attempt] = found.get(penalty.attempt, Fraction(0)) + Fraction(penalty.points)
        return found

    def _marked(self, entry: EntryFacts, work: Work, where: Where) -> tuple[AttemptOutcome, ...]:
        assert self.rule is not None
        layouts = self.rule.layouts(work.keys, *self.owed(entry))
        penalties = self.attempt_penalties(entry) if self.penalties else {}
        return work_outcomes(self.rule, work, layouts, where, penalties, self.low, self._evener())

    def _direct(self, entry: EntryFacts, where: Where) -> tuple[AttemptOutcome, ...]:
        place = where.stage, where.module, where.entry
        penalties = self.attempt_penalties(entry)
        found = []
        for attempt, score in sorted(self.facts.scores.get(place, ()), key=lambda row: row[0]):
            if isinstance(score, Outcome):
                found.append(AttemptOutcome(attempt, None, None, True))
                continue
            raw, full = Fraction(score), self.module.full
            flags: tuple[Problem, ...] = ()
            if full is not None and not 0 <= raw <= Fraction(full):
                flags = (guards.score_out_of_range(where, attempt, raw),)
            value = attempt_value(self.module, raw, penalties.get(attempt, Fraction(0)), self.low)
            found.append(AttemptOutcome(attempt, raw, value, False, (), flags))
        return tuple(found)

    def _conflicts(self, entry: EntryFacts, work: Work, where: Where) -> tuple[Problem, ...]:
        recused = self._recused.get(entry.number)
        if not recused or self.module.sets_aside:
            return ()
        gave = {
            judge
            for (_, judge, _), value in zip(work.keys, work.values, strict=True)
            if judge in recused and value is not Outcome.ABSENT
        }
        return tuple(guards.conflict_of_interest(where, judge) for judge in sorted(gave, key=natural))

    def module_penalty(self, entry: str) -> Fraction:
        """The points of penalties on the module as a whole."""
        found = self.penalties.get(entry, ())
        return sum((Fraction(p.points) for p in found if p.attempt is None), Fraction(0))

    @property
    def depends_on_others(self) -> bool:
        """Whether an entry's attempts depend on other entries' marks."""
        return self._eveners is not None

    def _evener(self) -> Evener | None:
        if self._eveners is None:
            return None
        eveners = self._eveners
        return lambda judge, sheet: eveners[judge].evened(sheet) if judge in eveners else sheet

    def _judge_eveners(self, rule: Normalise | None) -> "dict[str, JudgeScale] | None":
        """Each judge's mean and spread over all complete sheets in the module (scoring.md §4)."""
        if rule is None or rule.by != "judge" or self.rule is None:
            return None
        sheets: dict[str, list[Fraction]] = {}
        entries = {entry.number: entry for entry in self.facts.entries}
        place = self.stage.code, self.module.code
        for key, work in self.facts.works.items():
            entry = entries.get(key[2])
            if key[:2] != place or entry is None:
                continue
            layouts = self.rule.layouts(work.keys, *self.owed(entry))
            points = points_in(work, layouts)
            for layout in layouts.attempts:
                values, unit = sheet_values(self.rule, layout, points, work.plain, None)
                for judge, value in zip(layout.judges, values, strict=True):
                    if value is not None:
                        sheets.setdefault(judge, []).append(Fraction(value) / unit)
        return {judge: JudgeScale.of(values, rule) for judge, values in sheets.items()}


@dataclass(frozen=True, slots=True)
class JudgeScale:
    """A judge's own mean and population deviation, and the ones every sheet is brought to."""

    mean: Fraction
    deviation: Fraction
    to_mean: Fraction
    to_deviation: Fraction

    @classmethod
    def of(cls, sheets: list[Fraction], rule: Normalise) -> "JudgeScale":
        """The scale of a judge's sheets; the root has 40 digits (scoring.md §4)."""
        mean = sum(sheets, Fraction(0)) / len(sheets)
        variance = sum(((sheet - mean) ** 2 for sheet in sheets), Fraction(0)) / len(sheets)
        exact = Context(prec=120).divide(Decimal(variance.numerator), Decimal(variance.denominator))
        return cls(mean, Fraction(exact.sqrt(Context(prec=40))), Fraction(rule.mean), Fraction(rule.sd))

    def evened(self, sheet: Fraction) -> Fraction:
        """The sheet on the common scale; where the judge gave all the same, everyone gets the mean."""
        if self.deviation == 0:
            return self.to_mean
        return self.to_mean + self.to_deviation * (sheet - self.mean) / self.deviation


def taken_of(
    module: Module,
    attempts: tuple[AttemptOutcome, ...],
    flags: tuple[Problem, ...],
    where: Where,
    low: bool,
) -> ModuleOutcome:
    """Rung 4: which attempts count (scoring.md §3). ``low``: less is better."""
    take = module.attempts.take
    gaps = tuple(gap for attempt in attempts for gap in attempt.gaps)
    failed = sum(attempt.failed for attempt in attempts)
    if take == "trimmed" and failed >= 2:
        return ModuleOutcome(State.FAILED, attempts=attempts, flags=flags)
    if take == "trimmed" and len(attempts) < module.attempts.count:
        made = {attempt.attempt for attempt in attempts}
        lacking = [number for number in range(1, module.attempts.count + 1) if number not in made]
        gaps = (*gaps, guards.missing_attempts(where, lacking))
    if gaps:
        return ModuleOutcome(State.INCOMPLETE, attempts=attempts, gaps=gaps, flags=flags)
    if failed == len(attempts) or (take == "last" and attempts[-1].failed):
        return ModuleOutcome(State.FAILED, attempts=attempts, flags=flags)
    taken, counted = _take(module, attempts, low)
    return ModuleOutcome(State.SCORED, taken, attempts, counted, (), flags)


def _take(
    module: Module, attempts: tuple[AttemptOutcome, ...], low: bool
) -> tuple[Fraction, AttemptOutcome | None]:
    values = [(attempt.value, attempt) for attempt in attempts if attempt.value is not None]
    numbers = [value for value, _ in values]
    only = values[0][1] if module.attempts.count == 1 else None
    match module.attempts.take:
        case "last":
            return values[-1]
        case "best":
            best = min(numbers) if low else max(numbers)
            return next(pair for pair in values if pair[0] == best)
        case "sum":
            return sum(numbers, Fraction(0)), only
        case "mean":
            return sum(numbers, Fraction(0)) / len(numbers), only
        case "trimmed":
            numbers.sort(reverse=not low)
            kept = numbers[1:] if len(numbers) < module.attempts.count else numbers[1:-1]
            return sum(kept, Fraction(0)) / len(kept), None


def module_score(module: Module, taken: Fraction, factor: Fraction, penalty: Fraction, low: bool) -> Fraction:
    """Rung 5: evened out between groups, penalties off, kept within 0 … full, rounded ``module``."""
    return rounded(clamped(module, taken, factor, penalty, low), module.round.module)


def clamped(module: Module, taken: Fraction, factor: Fraction, penalty: Fraction, low: bool) -> Fraction:
    """Rung 5 before its rounding."""
    value = taken if factor == 1 else taken * factor
    if penalty:
        value = value + penalty if low else value - penalty
    if module.full is not None:
        if value.numerator < 0:
            value = Fraction(0)
        top = module.full_exact
        if value.numerator * top.denominator > top.numerator * value.denominator:
            value = top
    return value


def group_factors(
    rule: Normalise | None, scores: Iterable[tuple[str | None, Fraction]]
) -> Mapping[str | None, Fraction]:
    """修正系数: mean of all ÷ mean of the judging group, over ranked entries with a score (scoring.md §4).

    ``scores`` are (group, score). Entries of no group, and groups without a mean above 0, keep their score.
    """
    if rule is None or rule.by != "group":
        return {}
    groups: dict[str | None, list[Fraction]] = {}
    for group, score in scores:
        groups.setdefault(group, []).append(score)
    everyone = [score for values in groups.values() for score in values]
    if not everyone:
        return {}
    mean = sum(everyone, Fraction(0)) / len(everyone)
    found: dict[str | None, Fraction] = {}
    for group, values in groups.items():
        values.sort()
        kept = values[rule.trim : len(values) - rule.trim] if len(values) > 2 * rule.trim else values
        own = sum(kept, Fraction(0)) / len(kept)
        if group is not None and own != 0:
            found[group] = mean / own
    return found
