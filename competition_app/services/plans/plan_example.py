"""A draft plan at work: an invented entry through the one ranking, a tie told apart, how many win a prize."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from competition_app.domain.errors import Refusal
from competition_app.domain.plans.plan import Module, Plan, Stage, TieKey
from competition_app.domain.ranking.awards import quotas
from competition_app.domain.ranking.derivation import Derivation
from competition_app.domain.ranking.explain import derivation
from competition_app.domain.ranking.ranking import rank_event
from competition_app.domain.ranking.result import EventResult
from competition_app.domain.scoring.facts import Decision, EventFacts, PenaltyFact, Place, Work
from competition_app.domain.scoring.figures import figure
from competition_app.services.plans.plan_invented import (
    invented,
    invented_members,
    invented_scores,
    invented_work,
)
from competition_app.services.plans.plans import plan_from

Path = Sequence[int | str]
"""Where in the plan's JSON one looks: ``("stages", 0, "modules", 1, "criteria", 2)``."""
USUAL_ENTRANTS = (10, 30)
"""For so many entrants the prizes are counted, besides the number there is now."""
_FIRST, _SECOND = "001", "002"
_ROUNDS = 4  # how often two totals are brought together before it is given up
_LATER = 95  # seconds the second of two equal entries takes longer
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class PrizeCounts:
    """How many win each prize with so many entrants; None where a total decides. ``chosen`` is the level."""

    entrants: tuple[int, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]
    chosen: int | None


@dataclass(frozen=True, slots=True)
class Example:
    """A plan worked out once: the derivation of one entry, and of its rival where a tie key was chosen.

    ``module`` and ``criterion`` are the codes looked at, ``key`` the place of the tie key looked at.
    """

    plan: Plan
    shown: Derivation
    module: str
    criterion: str | None = None
    rival: Derivation | None = None
    key: int | None = None
    prizes: PrizeCounts | None = None


def example(text: str, path: Path, seed: int = 1, entrants: int = 0) -> Example | None:
    """The draft (JSON text) worked out at a place of it; None while it cannot be read or cannot be ranked.

    ``seed`` names the numbers that are invented, ``entrants`` is how many entries the event has now.
    """
    try:
        plan = plan_from(text)
    except Refusal:
        return None
    return plan_example(plan, path, seed, entrants)


def plan_example(plan: Plan, path: Path, seed: int = 1, entrants: int = 0) -> Example | None:
    """The plan worked out at a place of it."""
    stage = _at(plan.stages, path, 0, "stages") or plan.stages[-1]
    module = _at(stage.modules, path, 2, "modules") or _judged(stage)
    if module is None:
        return None
    chosen = _at(module.criteria, path, 4, "criteria")
    code = chosen.code if chosen else None
    if _at(stage.ties, path, 2, "ties") is not None:
        return _with_tie(plan, stage, int(path[3]), seed, module.code)
    facts = invented(plan, seed)
    shown = derivation(facts, _ranked(facts, seed), _FIRST, stage.code)
    prizes = prize_counts(plan, path, entrants) if list(path[:1]) == ["awards"] else None
    return Example(plan, shown, module.code, code, prizes=prizes)


def _at(parts: Sequence[_T], path: Path, depth: int, name: str) -> _T | None:
    """The part a path leads through at a depth, if there is one."""
    if len(path) < depth + 2 or path[depth] != name:
        return None
    place = path[depth + 1]
    return parts[place] if isinstance(place, int) and 0 <= place < len(parts) else None


def _judged(stage: Stage) -> Module | None:
    """The module one looks at where none is chosen: the weightiest that judges mark, else the first."""
    marked = [module for module in stage.modules if module.kind == "sheets"]
    return max(marked or stage.modules[:1], key=lambda module: module.weight, default=None)


def _ranked(facts: EventFacts, seed: int) -> EventResult:
    return rank_event(facts, invented_members(facts.plan, seed, len(facts.entries)))


def prize_counts(plan: Plan, path: Path, entrants: int) -> PrizeCounts | None:
    """How many win each prize, with as many entrants as are usual and as there are now."""
    awards = plan.awards
    if awards is None or not awards.levels:
        return None
    counts = tuple(sorted({*USUAL_ENTRANTS, *([entrants] if entrants > 0 else [])}))
    columns = [quotas(awards, count) for count in counts]
    rows = tuple(
        (level.name, tuple(column[place] for column in columns)) for place, level in enumerate(awards.levels)
    )
    chosen = path[2] if len(path) > 2 and isinstance(path[2], int) else None
    return PrizeCounts(counts, rows, chosen)


# --- a tie ---
def _with_tie(plan: Plan, stage: Stage, place: int, seed: int, module: str) -> Example:
    """Two entries of one total, alike in all but what the chosen key looks at."""
    facts = _apart(_twins(plan, seed), stage, place, seed)
    facts, result = _brought_together(facts, stage, place, seed)
    shown = derivation(facts, result, _FIRST, stage.code)
    rival = derivation(facts, result, _SECOND, stage.code)
    if (rival.standing.place or 0) < (shown.standing.place or 0):
        shown, rival = rival, shown
    return Example(plan, shown, module, rival=rival, key=place)


def _twins(plan: Plan, seed: int) -> EventFacts:
    """Two entries with the same of everything, members too."""
    facts = invented(plan, seed)
    one, *others = facts.entries
    rest = [other for other in others if other.number != _SECOND]
    return replace(
        facts, entries=(one, replace(one, number=_SECOND), *rest), works=_doubled(facts.works),
        scores=_doubled(facts.scores), times=_doubled(facts.times), submitted=_doubled(facts.submitted),
    )  # fmt: skip


def _doubled(known: Mapping[Place, _T]) -> dict[Place, _T]:
    second = {(s, m, _SECOND): value for (s, m, number), value in known.items() if number == _FIRST}
    return {**known, **second}


def _apart(facts: EventFacts, stage: Stage, place: int, seed: int) -> EventFacts:
    """The second entry made another in what the key compares; earlier keys find both alike if they can."""
    key = stage.ties[place]
    home = facts.plan.stage(key.stage or stage.code) or stage
    simple = _SIMPLE.get(key.by)
    if simple is not None:
        return simple(facts, home, key)
    used = {code for one in stage.ties[:place] for code in (one.module, *one.modules)}
    free = [module for module in home.modules if module.code not in used] or list(home.modules)
    named = _looked_at(home, key) or free[-1]
    return _marked_anew(facts, home, named, key.criterion, seed)


def _looked_at(home: Stage, key: TieKey) -> Module | None:
    """The first module of the stage that a key compares."""
    return next((module for module in home.modules if module.code in (key.module, *key.modules)), None)


def _marked_anew(
    facts: EventFacts, home: Stage, module: Module, criterion: str | None, seed: int
) -> EventFacts:
    """The second entry with other marks in one criterion of a module, in the one named if one is."""
    place = home.code, module.code, _SECOND
    named = criterion or _smallest(module)
    changed = facts
    for turn in range(1, _ROUNDS + 1):
        works, scores = dict(facts.works), dict(facts.scores)
        if place in works:
            alone = [one for one in module.criteria if named in (None, one.code)]
            changed_in = module.model_copy(update={"criteria": tuple(alone)})
            works[place] = _mixed(works[place], invented_work(facts.plan, changed_in, place, seed + turn))
        if place in scores:
            scores[place] = invented_scores(module, place, seed + turn)
        changed = replace(facts, works=works, scores=scores)
        if _differ(_ranked(changed, seed), home, module.code, criterion):
            break
    return changed


def _differ(result: EventResult, home: Stage, module: str, criterion: str | None) -> bool:
    """Whether two entries have another score in a module, or another figure in a criterion of it."""
    found = result.division(None, home.code)
    rows = [row for row in found.standings if row.number in (_FIRST, _SECOND)] if found else []
    if criterion is None:
        return len({figure.score for row in rows if (figure := row.modules.get(module))}) > 1
    return len({row.criteria.get(module, {}).get(criterion) for row in rows}) > 1


def _smallest(module: Module) -> str | None:
    """The criterion in which two entries that are nearly alike differ."""
    counted = [one for one in module.criteria if one.kind in ("points", "judgement") and one.max]
    return min(counted, key=lambda one: one.max or 0).code if counted else None


def _mixed(work: Work, other: Work) -> Work:
    """A work with another one's marks where that has any."""
    new = dict(zip(other.keys, other.values, strict=True))
    pairs = zip(work.keys, work.values, strict=True)
    return Work(work.keys, tuple(new.get(key, value) for key, value in pairs), work.plain)


def _slower(facts: EventFacts, home: Stage, key: TieKey) -> EventFacts:
    place = home.code, (_looked_at(home, key) or home.modules[0]).code, _SECOND
    return replace(facts, times={**facts.times, place: facts.times[place] + _LATER})


def _later(facts: EventFacts, home: Stage, _key: TieKey) -> EventFacts:
    late = {
        place: moment + timedelta(minutes=6)
        for place, moment in facts.submitted.items()
        if place[0] == home.code and place[2] == _SECOND
    }
    return replace(facts, submitted={**facts.submitted, **late})


def _with_field(facts: EventFacts, _home: Stage, key: TieKey) -> EventFacts:
    fields = {_FIRST: {key.field or "": "12"}, _SECOND: {key.field or "": "15"}}
    return replace(
        facts, entries=tuple(replace(one, fields=fields.get(one.number, {})) for one in facts.entries)
    )


def _decided(facts: EventFacts, home: Stage, _key: TieKey) -> EventFacts:
    return replace(facts, decisions=(Decision((_SECOND, _FIRST), "", home.code),))


def _drawn(facts: EventFacts, _home: Stage, _key: TieKey) -> EventFacts:
    return replace(facts, lots=(Decision((_SECOND, _FIRST)),))


_SIMPLE: Mapping[str, Callable[[EventFacts, Stage, TieKey], EventFacts]] = {
    "time": _slower, "submitted": _later, "field": _with_field, "decision": _decided, "lot": _drawn,
}  # fmt: skip
"""Keys that compare what no total is made of."""


def _brought_together(
    facts: EventFacts, stage: Stage, place: int, seed: int
) -> tuple[EventFacts, EventResult]:
    """Both entries on one total: by a score nobody compares before the key, else by points off the better."""
    result = _ranked(facts, seed)
    tried = [_evened_out] + [_penalised] * _ROUNDS
    for bring in tried:
        values = _totals(result, stage)
        if len(values) < 2 or values[_FIRST] == values[_SECOND]:
            break
        changed = bring(facts, stage, place, values)
        if changed is None:
            continue
        after = _ranked(changed, seed)
        if bring is _evened_out and len(set(_totals(after, stage).values())) > 1:
            continue
        facts, result = changed, after
    return facts, result


def _evened_out(
    facts: EventFacts, stage: Stage, place: int, values: Mapping[str, Decimal]
) -> EventFacts | None:
    """The second entry's score of another module moved by as much as the totals lie apart."""
    compared = {code for key in stage.ties[: place + 1] for code in (key.module, *key.modules)}
    for module in stage.modules:
        where = stage.code, module.code, _SECOND
        rows = facts.scores.get(where, ())
        if (
            module.code in compared
            or len(rows) != 1
            or module.weight == 0
            or not isinstance(rows[0][1], Decimal)
        ):
            continue
        apart = (Fraction(values[_FIRST]) - Fraction(values[_SECOND])) / Fraction(module.weight)
        full = None if module.full is None else Fraction(module.full)
        if module.basis == "percent" and full is not None:
            apart = apart * full / 100
        moved = Fraction(rows[0][1]) + apart
        if 0 <= moved <= (moved if full is None else full):
            typed = Decimal(figure(moved, 2))
            return replace(facts, scores={**facts.scores, where: ((rows[0][0], typed),)})
    return None


def _penalised(
    facts: EventFacts, stage: Stage, _place: int, values: Mapping[str, Decimal]
) -> EventFacts | None:
    """Points off the better entry's total, as a penalty on the stage."""
    better = max(values, key=lambda number: -values[number] if facts.plan.low else values[number])
    apart = abs(values[_FIRST] - values[_SECOND])
    return replace(facts, penalties=(*facts.penalties, PenaltyFact(better, stage.code, points=apart)))


def _totals(result: EventResult, stage: Stage) -> dict[str, Decimal]:
    found = result.division(None, stage.code)
    rows = found.standings if found else ()
    return {
        row.number: row.value for row in rows if row.number in (_FIRST, _SECOND) and row.value is not None
    }
