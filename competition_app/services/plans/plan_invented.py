"""An invented entry for a draft plan: marks, times and scores in its ranges, the same for the same seed."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from random import Random

from competition_app.domain.plans.plan import Criterion, CriterionPanel, Module, Plan
from competition_app.domain.scoring.facts import (
    STORE_SCALE,
    VENUE,
    EntryFacts,
    EventFacts,
    MarkValue,
    Outcome,
    Place,
    Work,
    work_of,
)
from competition_app.domain.scoring.figures import figure
from competition_app.domain.scoring.members import MemberFigures, MembersOf
from competition_app.domain.scoring.points import bounds, step_of

MOST_JUDGES, MOST_ATTEMPTS = 20, 6
"""No more are invented; a plan that needs more shows an entry that is not complete."""
Scores = tuple[tuple[int, Decimal | Outcome], ...]
"""Scores of an entry in a module, each with its attempt."""
_STARTED = datetime(2025, 9, 2, 9, tzinfo=VENUE)
_MEMBERS = 3
_NUMBER = "{:03d}"


def judges_for(panel: CriterionPanel) -> tuple[str, ...]:
    """As many judges as the panel needs, and three to be kept where some are dropped."""
    dropped = panel.drop_high + panel.drop_low
    usual = dropped + 3 if dropped else 3 if panel.min_judges is None else 1
    count = min(max(panel.fewest, panel.drops_from, usual), MOST_JUDGES)
    return tuple(f"J{number}" for number in range(1, count + 1))


def invented(plan: Plan, seed: int, entries: int = 1) -> EventFacts:
    """The facts of so many invented entries, 001 the first; enough more where entries are evened out."""
    groups = ("1", "2")
    if any(module.normalise for stage in plan.stages for module in stage.modules):
        entries = max(entries, 4)
    found = [
        EntryFacts(_NUMBER.format(n), group=groups[n % 2], contestants=members_of(n))
        for n in range(1, entries + 1)
    ]
    works: dict[Place, Work] = {}
    scores: dict[Place, Scores] = {}
    times: dict[Place, Decimal] = {}
    submitted: dict[Place, datetime] = {}
    for entry in found:
        for stage in plan.stages:
            for module in stage.modules:
                place = stage.code, module.code, entry.number
                if module.kind == "sheets":
                    works[place] = invented_work(plan, module, place, seed)
                elif module.kind == "direct":
                    scores[place] = invented_scores(module, place, seed)
                times[place] = Decimal(_seconds(module, _dice(seed, "time", *place)))
                submitted[place] = _STARTED + timedelta(seconds=float(times[place]))
    return EventFacts("", plan, tuple(found), works=works, scale=_scale(plan), scores=scores, times=times,
                      submitted=submitted)  # fmt: skip


def invented_work(plan: Plan, module: Module, place: Place, seed: int) -> Work:
    """All judges' marks of an entry in a module."""
    return work_of(dict(_marks(module, _dice(seed, *place), _scale(plan))))


def invented_scores(module: Module, place: Place, seed: int) -> Scores:
    """An entry's scores in a module no judge marks."""
    return tuple(_scores(module, _dice(seed, *place)))


def _dice(seed: int, *place: str) -> Random:
    """The same numbers for the same seed and place, whatever else the plan holds."""
    return Random(" ".join((str(seed), *place)))  # noqa: S311 - an example, no secret


def members_of(number: int) -> tuple[str, ...]:
    """The codes of an invented team's members."""
    return tuple(f"{_NUMBER.format(number)}-{each}" for each in range(1, _MEMBERS + 1))


def invented_members(plan: Plan, seed: int, entries: int) -> MembersOf:
    """Invented results of members in the events from which modules of the plan are made."""
    events: dict[str, Mapping[str, MemberFigures]] = {}
    for event in {module.event for stage in plan.stages for module in stage.modules if module.event}:
        figures = {}
        for code in (code for number in range(1, entries + 1) for code in members_of(number)):
            dice = _dice(seed, event, code)
            total, time = Fraction(dice.randint(140, 190), 2), Fraction(dice.randint(3600, 5400))
            named = {key.module for stage in plan.stages for key in stage.ties if key.module}
            figures[code] = MemberFigures(
                total, dict.fromkeys(named, total), dict.fromkeys(named, time), time
            )
        events[event] = figures
    return MembersOf(events, plan.low)


def _scale(plan: Plan) -> int:
    """Marks are whole units of 1/scale: finer than the store's only where a step is."""
    digits = 9
    for stage in plan.stages:
        for module in stage.modules:
            for criterion in module.criteria:
                exponent = criterion.step.as_tuple().exponent if criterion.step is not None else 0
                digits = max(digits, -exponent if isinstance(exponent, int) else 0)
    return max(STORE_SCALE, int(Decimal(1).scaleb(digits)))


def _marks(module: Module, dice: Random, scale: int) -> Iterator[tuple[tuple[int, str, str], MarkValue]]:
    """Every judge's mark of every criterion of every attempt; judges lie close together, as they do."""
    panels: list[CriterionPanel] = [
        module.panel,
        *(one.panel for one in module.criteria if one.panel is not None),
    ]
    judges = max((judges_for(panel) for panel in panels), key=len)
    givers = [(criterion.code, _Giver(criterion, module, scale)) for criterion in module.criteria]
    for attempt in range(1, min(module.attempts.count, MOST_ATTEMPTS) + 1):
        for code, giver in givers:
            level = dice.randint(720, 960)
            one = giver.mark(level, dice)
            for judge in judges:
                mark = one if giver.agreed else giver.mark(level + dice.randint(-60, 40), dice)
                yield (attempt, judge, code), mark


class _Giver:
    """Gives marks a criterion takes, in whole units of 1/scale; a level of 1000 is the best, 0 the worst."""

    def __init__(self, criterion: Criterion, module: Module, scale: int) -> None:
        self.agreed = (criterion.panel or module.panel).combine == "agreed"
        self._kind, self._scale = criterion.kind, scale
        low, high = bounds(criterion)
        worst, best = low or Fraction(0), high or Fraction(0)
        own = step_of(criterion)
        step = _usual_step(own, best)
        within: tuple[Fraction, Fraction] | None = (worst, best)
        if criterion.kind == "measured" and criterion.scale:
            ends = sorted((criterion.scale[0], criterion.scale[-1]), key=lambda row: row[1])
            worst, best, within = Fraction(ends[0][0]), Fraction(ends[1][0]), None
            step = own or _round_step(abs(best - worst) / 50)
        elif criterion.kind == "deduction":
            step, within = own or Fraction(1), None
        self._step = max(1, int(step * scale))
        self._worst, self._span = int(worst * scale), int((best - worst) * scale)
        self._within: tuple[int, int] | None = None
        if within is not None:
            self._within = ceil(within[0] / step) * self._step, floor(within[1] / step) * self._step

    def mark(self, level: int, dice: Random) -> int:
        """A mark at about this level."""
        if self._kind == "check":
            return self._scale if level > 680 else 0
        if self._kind == "judgement":
            return (3 if level > 840 else 2) * self._scale
        value = self._worst + self._span * level // 1000
        if self._kind == "deduction":
            value = dice.choice((0, 0, 1, 1, 2)) * self._scale
        found = value // self._step * self._step
        return found if self._within is None else min(max(found, self._within[0]), self._within[1])


def _round_step(step: Fraction) -> Fraction:
    """A power of ten not above a step, so that invented values are short."""
    found = Fraction(1)
    while found > step > 0:
        found /= 10
    return found


def _usual_step(step: Fraction | None, most: Fraction) -> Fraction:
    """The coarsest of the usual steps that the criterion's own step allows."""
    own = step or Fraction(1, 100)
    for usual in (Fraction(1), Fraction(1, 2), Fraction(1, 10)):
        if usual * 10 <= most and (usual / own).denominator == 1:
            return usual
    return own


def _scores(module: Module, dice: Random) -> Iterator[tuple[int, Decimal | Outcome]]:
    full = Fraction(module.full if module.full is not None else 100)
    places = Fraction(1) if full >= 1000 else Fraction(1, 2) if full >= 50 else Fraction(1, 100)
    for attempt in range(1, min(module.attempts.count, MOST_ATTEMPTS) + 1):
        value = floor(full * dice.randint(140, 188) / 200 / places) * places
        yield attempt, Decimal(figure(value, 2 if places.denominator > 1 else 0))


def _seconds(module: Module, dice: Random) -> int:
    """A time taken; near a row of what a time costs, so that it is seen at work."""
    starts = [int(start) for start, _ in (*module.time_bands, *module.time_factors) if start > 0]
    if not starts:
        return dice.randint(3300, 5300)
    return max(0, dice.choice(starts) + dice.randint(-15, 9))
