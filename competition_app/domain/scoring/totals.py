"""From module outcomes to a stage's totals and statuses: rungs 5 to 7 of the ladder (scoring.md §3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from competition_app.domain.errors import Problem
from competition_app.domain.plans.plan import Carry, Module, Stage
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring import guards
from competition_app.domain.scoring.facts import EntryFacts, EventFacts, PenaltyFact
from competition_app.domain.scoring.figures import rounded
from competition_app.domain.scoring.guards import Where
from competition_app.domain.scoring.members import MembersOf
from competition_app.domain.scoring.modules import (
    ModuleOutcome,
    ModuleRules,
    State,
    clamped,
    group_factors,
    module_score,
)
from competition_app.domain.scoring.timing import Timing


@dataclass(frozen=True, slots=True)
class ModulePart:
    """A module in an entry's stage: its outcome, rounded score and weighted part, with what led to them."""

    outcome: ModuleOutcome
    score: Fraction | None = None
    weighted: Fraction | None = None
    unrounded: Fraction | None = None
    factor: Fraction = Fraction(1)
    penalty: Fraction = Fraction(0)
    zeroed: bool = False
    timing: Timing | None = None


@dataclass(slots=True, eq=False)
class StageEntry:
    """An entry in a stage: status, modules, total. ``sum_`` is the total before penalties and rounding."""

    entry: EntryFacts
    number: str
    status: Status
    parts: dict[str, ModulePart]
    total: Fraction | None = None
    carried: Fraction | None = None
    sum_: Fraction | None = None
    penalty: Fraction = Fraction(0)
    gaps: tuple[Problem, ...] = ()
    flags: tuple[Problem, ...] = ()
    all_penalties: Fraction = Fraction(0)

    @property
    def competes(self) -> bool:
        """Whether the entry has a place: ranked, or shown out of competition."""
        return self.status in (Status.RANKED, Status.OUT_OF_COMPETITION)


class Keeper(Protocol):
    """Keeps outcomes and finished entries from one ranking to the next (``memory.Memory``)."""

    def outcome(self, rules: ModuleRules, entry: EntryFacts) -> ModuleOutcome:
        """The entry's outcome in a module."""

    def entry(
        self, stage: str, number: str, outcomes: tuple[ModuleOutcome, ...], before: StageEntry | None
    ) -> StageEntry | None:
        """The entry's stage, if it is known already."""

    def keep_entry(
        self, stage: str, outcomes: tuple[ModuleOutcome, ...], before: StageEntry | None, row: StageEntry
    ) -> None:
        """Keep an entry's stage."""


@dataclass(slots=True)
class StageTotals:
    """A stage worked out for every entry in it, by number."""

    stage: Stage
    rules: Mapping[str, ModuleRules]
    entries: dict[str, StageEntry] = field(default_factory=dict)


def stage_totals(
    facts: EventFacts,
    stage: Stage,
    earlier: Mapping[str, StageTotals],
    members: MembersOf,
    memory: Keeper,
) -> StageTotals:
    """Every entry's modules, status and total in a stage; ``earlier`` are the stages before it."""
    rules = {module.code: ModuleRules(facts, stage, module) for module in stage.modules}
    totals = StageTotals(stage, rules)
    penalties = _StagePenalties(facts, stage, list(earlier))
    carried = earlier.get(stage.carry.stage) if stage.carry else None
    evened = any(module.normalise and module.normalise.by == "group" for module in stage.modules)
    fresh: list[tuple[tuple[ModuleOutcome, ...], StageEntry | None, StageEntry]] = []
    for entry in entries_of(facts, stage):
        outcomes = {
            code: members.outcome(entry, rule.module, stage.code)
            if rule.module.kind == "members"
            else memory.outcome(rule, entry)
            for code, rule in rules.items()
        }
        before = carried.entries.get(entry.number) if carried else None
        known = None if evened else memory.entry(stage.code, entry.number, tuple(outcomes.values()), before)
        row = known or _begun(stage, entry, outcomes, before, penalties, rules)
        totals.entries[entry.number] = row
        if known is None:
            fresh.append((tuple(outcomes.values()), before, row))
    factors = {code: _factors(totals, rule.module) for code, rule in rules.items()}
    for parts, before, row in fresh:
        _finish(facts, stage, row, rules, factors, before)
        memory.keep_entry(stage.code, parts, before, row)
    return totals


def _begun(
    stage: Stage,
    entry: EntryFacts,
    outcomes: Mapping[str, ModuleOutcome],
    before: StageEntry | None,
    penalties: "_StagePenalties",
    rules: Mapping[str, ModuleRules],
) -> StageEntry:
    """An entry with its status, before anything is weighted and added."""
    gaps = _gaps(stage, entry, outcomes, before)
    status = _status(stage, entry, outcomes, gaps, penalties)
    return StageEntry(
        entry,
        entry.number,
        status,
        {code: ModulePart(outcome) for code, outcome in outcomes.items()},
        gaps=gaps if status is Status.INCOMPLETE else (),
        flags=tuple(flag for outcome in outcomes.values() for flag in outcome.flags),
        penalty=penalties.stage_points(entry.number),
        all_penalties=penalties.all_points(entry.number) + _time_points(entry, outcomes, rules),
    )


def _time_points(
    entry: EntryFacts, outcomes: Mapping[str, ModuleOutcome], rules: Mapping[str, ModuleRules]
) -> Fraction:
    """Points that times take off: they count for the tie key ``penalty`` as if entered by hand."""
    timed = [rule for code, rule in rules.items() if rule.module.timed and outcomes[code].taken is not None]
    found = [rule.timing(entry.number) for rule in timed]
    return sum((timing.points for timing in found if timing is not None), _NOTHING)


def entries_of(facts: EventFacts, stage: Stage) -> Iterable[EntryFacts]:
    """Who is in a stage: all in the first; later those advanced, else those with anything there."""
    if stage is facts.plan.stages[0]:
        return facts.entries
    advanced = facts.advanced.get(stage.code)
    if advanced is not None:
        chosen = set(advanced)
    elif all(module.kind == "members" for module in stage.modules):
        return facts.entries
    else:
        known = (facts.works, facts.scores, facts.absences)
        chosen = {place[2] for places in known for place in places if place[0] == stage.code}
    return [entry for entry in facts.entries if entry.number in chosen]


_NOTHING = Fraction(0)


class _StagePenalties:
    """Penalties that bear on a stage; one without a stage bears on all, being struck out on later ones."""

    def __init__(self, facts: EventFacts, stage: Stage, earlier: Sequence[str]) -> None:
        self._here: dict[str, list[PenaltyFact]] = {}
        self._out: set[str] = set()
        for penalty in facts.penalties:
            if penalty.disqualifies and penalty.stage in (None, stage.code, *earlier):
                self._out.add(penalty.entry)
            if penalty.stage in (None, stage.code):
                self._here.setdefault(penalty.entry, []).append(penalty)

    def disqualifies(self, entry: str) -> bool:
        """Whether the entry is struck out."""
        return entry in self._out

    def stage_points(self, entry: str) -> Fraction:
        """Points of penalties on the stage as a whole."""
        here = self._here.get(entry)
        if here is None:
            return _NOTHING
        return sum((Fraction(p.points) for p in here if p.module is None), Fraction(0))

    def all_points(self, entry: str) -> Fraction:
        """Points of all penalties in the stage: the tie key ``penalty``."""
        here = self._here.get(entry)
        return _NOTHING if here is None else sum((Fraction(p.points) for p in here), _NOTHING)


def _gaps(
    stage: Stage, entry: EntryFacts, outcomes: Mapping[str, ModuleOutcome], before: StageEntry | None
) -> tuple[Problem, ...]:
    found: list[Problem] = []
    for code, outcome in outcomes.items():
        if outcome.state is State.NOT_BEGUN:
            found.append(guards.missing_module(Where(entry.number, stage.code, code)))
        found += outcome.gaps
    if stage.carry is not None and (before is None or before.total is None):
        found.append(guards.missing_stage(entry.number, stage.code, stage.carry.stage))
    return tuple(found)


def _status(
    stage: Stage,
    entry: EntryFacts,
    outcomes: Mapping[str, ModuleOutcome],
    gaps: tuple[Problem, ...],
    penalties: _StagePenalties,
) -> Status:
    """The status shown: struck out first, then as given, then absent, incomplete (scoring.md §3)."""
    if penalties.disqualifies(entry.number):
        return Status.DISQUALIFIED
    if entry.status not in (Status.RANKED, Status.OUT_OF_COMPETITION):
        return entry.status
    for module in stage.modules:
        gone = outcomes[module.code].state in (State.ABSENT, State.FAILED)
        if gone and module.absent_module == "unranked":
            return Status.ABSENT
    return Status.INCOMPLETE if gaps else entry.status


def _factors(totals: StageTotals, module: Module) -> Mapping[str | None, Fraction]:
    if module.normalise is None:
        return {}
    scores = []
    for row in totals.entries.values():
        taken = row.parts[module.code].outcome.taken
        if row.status is Status.RANKED and taken is not None:
            scores.append((row.entry.group, taken))
    return group_factors(module.normalise, scores)


def _finish(
    facts: EventFacts,
    stage: Stage,
    row: StageEntry,
    rules: Mapping[str, ModuleRules],
    factors: Mapping[str, Mapping[str | None, Fraction]],
    before: StageEntry | None,
) -> None:
    """Rungs 5 to 7 of one entry: scores wherever they exist, weights and total for those with a place."""
    low = facts.plan.low
    total = Fraction(0)
    for code, part in row.parts.items():
        rule = rules[code]
        done = _module_part(rule, row, part, factors[code].get(row.entry.group, Fraction(1)), low)
        row.parts[code] = done
        total += done.weighted or 0
    if not row.competes:
        return
    if stage.carry is not None and before is not None and before.total is not None:
        row.carried = carried_part(stage, stage.carry, before.total)
        total += row.carried
    row.sum_ = total
    row.total = rounded(exact_total(row, low), stage.round.total)


def exact_total(row: StageEntry, low: bool) -> Fraction:
    """Rung 7 before its rounding: stage penalties off, floor 0."""
    total = row.sum_ or _NOTHING
    if row.penalty:
        total = total + row.penalty if low else total - row.penalty
    return total if total.numerator >= 0 else _NOTHING


def _module_part(
    rule: ModuleRules, row: StageEntry, part: ModulePart, factor: Fraction, low: bool
) -> ModulePart:
    module, outcome = rule.module, part.outcome
    zeroed = outcome.state in (State.ABSENT, State.FAILED) and module.absent_module == "zero"
    taken = _NOTHING if zeroed else outcome.taken
    if taken is None:
        return part
    penalty = _NOTHING
    if zeroed:
        factor = Fraction(1)
    elif rule.penalties:
        penalty = rule.module_penalty(row.number)
    timing = None if zeroed else rule.timing(row.number)
    score = module_score(module, taken, *_with_time(factor, penalty, timing), low)
    weighted = weighted_part(rule.stage, module, score) if row.competes else None
    return ModulePart(outcome, score, weighted, taken, factor, penalty, zeroed, timing)


def _with_time(factor: Fraction, penalty: Fraction, timing: Timing | None) -> tuple[Fraction, Fraction]:
    """A module's factor and points off with what the time adds to them."""
    return (factor, penalty) if timing is None else (factor * timing.factor, penalty + timing.points)


def before_rounding(module: Module, part: ModulePart, low: bool) -> Fraction | None:
    """A module's score before the rung ``module`` rounds it."""
    if part.unrounded is None:
        return None
    return clamped(module, part.unrounded, *_with_time(part.factor, part.penalty, part.timing), low)


def weighted_part(stage: Stage, module: Module, score: Fraction) -> Fraction:
    """Rung 6: the module's score or percentage × its weight, rounded ``weighted``."""
    return rounded(share_of(module, score), stage.round.weighted)


def share_of(module: Module, score: Fraction) -> Fraction:
    """Rung 6 before its rounding."""
    if module.basis == "percent":
        assert module.full is not None
        score = score / module.full_exact * 100
    weight = module.weight_exact
    return score if weight == 1 else score * weight


def carried_part(stage: Stage, carry: Carry, total: Fraction) -> Fraction:
    """Rung 7: an earlier stage's rounded total × its weight, rounded ``weighted``."""
    if carry.basis == "percent":
        assert carry.full is not None
        total = total / Fraction(carry.full) * 100
    return rounded(total * Fraction(carry.weight), stage.round.weighted)
