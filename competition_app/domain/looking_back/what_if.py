"""What if: the facts under one supposition, ranked beside the result and never stored (scoring.md §9)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeVar, get_args

from competition_app.domain.errors import Refusal
from competition_app.domain.plans.plan import CriterionPanel, Module, Plan, Stage
from competition_app.domain.plans.plan_checks import check_plan
from competition_app.domain.ranking.ranking import Working, rank_event, totals_of
from competition_app.domain.ranking.result import EventResult, Standing, Status
from competition_app.domain.scoring.facts import (
    Accepted,
    Decision,
    EventFacts,
    JudgeFacts,
    MarkKeys,
    Outcome,
    Place,
    Work,
)
from competition_app.domain.scoring.memory import Memory

_Panel = TypeVar("_Panel", bound=CriterionPanel)

Rung = Literal["criterion", "factored", "sheet", "attempt", "module", "weighted", "total"]
"""Where the ladder may round, from the marks upwards (scoring.md §3)."""
RUNGS: tuple[Rung, ...] = get_args(Rung)
OF_STAGE: frozenset[Rung] = frozenset({"weighted", "total"})
"""Rungs whose digits stand at the stage; the others stand at a module."""


@dataclass(frozen=True, slots=True)
class WithoutJudge:
    """The judge of this seat marked nothing and owed nothing: everywhere, or in one module of a stage."""

    judge: str
    stage: str | None = None
    module: str | None = None


@dataclass(frozen=True, slots=True)
class OtherCombination:
    """A module's marks combined another way: ``mean`` with 1 + 1 dropped is the trimmed mean.

    It is supposed of the criteria with a panel of their own too, but not of values the judges agree on.
    """

    stage: str
    module: str
    combine: Literal["mean", "median"] = "mean"
    drop_high: int = 0
    drop_low: int = 0


@dataclass(frozen=True, slots=True)
class OtherRounding:
    """Other digits at one rung (None: not rounded there); ``module`` None for the rungs of the stage."""

    rung: Rung
    digits: int | None
    stage: str
    module: str | None = None


@dataclass(frozen=True, slots=True)
class OtherTieOrder:
    """The stage's tie keys in another order: their places in the plan, from 0; some may be left out."""

    stage: str
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TieSettled:
    """A tie across the border of a prize, settled: all get the better prize (``include``), or none does.

    ``entries`` are all those tied, ``award`` the prize at the border.
    """

    entries: tuple[str, ...]
    stage: str
    award: str
    ties: Literal["include", "exclude"]


@dataclass(frozen=True, slots=True)
class DecidedOrder:
    """An order of tied entries, the better first, as if it were decided or drawn (``by``)."""

    entries: tuple[str, ...]
    stage: str
    by: Literal["decision", "lot"] = "decision"


@dataclass(frozen=True, slots=True)
class Unrounded:
    """No rounding at these rungs, in every stage and module."""

    rungs: frozenset[Rung] = frozenset(RUNGS)


Supposition = (
    WithoutJudge | OtherCombination | OtherRounding | OtherTieOrder | TieSettled | DecidedOrder | Unrounded
)
"""One thing supposed to be otherwise."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An entry that stands otherwise under a supposition: place, total, prize and status before and after.

    Places and prizes are None where there are none, totals exact text; the status None where the entry is
    not in the stage.
    """

    number: str
    division: str | None
    stage: str
    place_before: int | None
    place_after: int | None
    total_before: str | None
    total_after: str | None
    prize_before: str | None
    prize_after: str | None
    status_before: Status | None
    status_after: Status | None

    @property
    def matters(self) -> bool:
        """Whether place or prize would be another, not the total alone."""
        before = self.place_before, self.prize_before
        return before != (self.place_after, self.prize_after)


def ranked_if(result: EventResult, supposition: Supposition) -> EventResult:
    """The event ranked under the supposition by the one ranking; ``result`` itself stays as it is.

    Raises Refusal where the supposition speaks of a judge, stage or module that the event does not have.
    """
    working = result.working
    assert isinstance(working, Working)
    return rank_event(supposed(working.facts, supposition), working.members)


def totals_if(working: Working, supposition: Supposition) -> Working:
    """Every stage's totals under the supposition, nobody placed: quicker where places are not asked for."""
    return totals_of(supposed(working.facts, supposition), working.members, Memory())


def supposed(facts: EventFacts, supposition: Supposition) -> EventFacts:
    """The facts with one thing otherwise. Raises Refusal for what the event does not have."""
    match supposition:
        case WithoutJudge():
            return _without_judge(facts, supposition)
        case TieSettled(entries, stage, award, ties):
            _stage(facts.plan, stage)
            ruled = Accepted("unresolved_tie_at_prize", "", entries, stage, award=award, ties=ties)
            return replace(facts, accepted=(*facts.accepted, ruled))
        case DecidedOrder(entries, stage, by):
            ordered = Decision(entries, "", _stage(facts.plan, stage).code)
            if by == "lot":
                return replace(facts, lots=(*facts.lots, ordered))
            return replace(facts, decisions=(*facts.decisions, ordered))
        case _:
            return replace(facts, plan=plan_if(facts.plan, supposition))


def plan_if(plan: Plan, supposition: Supposition) -> Plan:
    """The plan with one thing otherwise; the same plan for a supposition that is not about it.

    Raises Refusal for what the event does not have, and where no plan may be so.
    """
    then = _plan_if(plan, supposition)
    if isinstance(supposition, OtherCombination | OtherRounding):
        known = {error.path for error in check_plan(plan)}
        for error in check_plan(then):
            if error.path not in known:
                raise Refusal("This cannot be supposed, suppose something else: {error}.", error=error.said)
    return then


def _plan_if(plan: Plan, supposition: Supposition) -> Plan:
    match supposition:
        case OtherCombination(stage, module):
            rule = _module(plan, stage, module)
            if rule.kind != "sheets":
                raise Refusal("{module} is not marked by judges: suppose it of a module with sheets.",
                              module=rule.name or module)  # fmt: skip
            return _with_module(plan, stage, _combined_otherwise(rule, supposition))
        case OtherRounding():
            return _rounded_otherwise(plan, supposition)
        case OtherTieOrder(stage, keys):
            home = _stage(plan, stage)
            if len(set(keys)) < len(keys) or not all(0 <= key < len(home.ties) for key in keys):
                raise Refusal("{stage} has other tie keys: choose from those of the plan.", stage=home.name)
            return _with_stage(plan, home.model_copy(update={"ties": tuple(home.ties[key] for key in keys)}))
        case Unrounded(rungs):
            return _unrounded(plan, rungs)
        case _:
            return plan


def moves(before: EventResult, after: EventResult) -> tuple[Moved, ...]:
    """Everyone whose place, total, prize or status differs between two results, in the order of the first."""
    old, new = _by_entry(before), _by_entry(after)
    found = (_moved(key, old.get(key), new.get(key)) for key in dict.fromkeys((*old, *new)))
    return tuple(each for each in found if each is not None)


def _by_entry(result: EventResult) -> Mapping[tuple[str | None, str, str], Standing]:
    return {
        (part.division, part.stage, one.number): one for part in result.divisions for one in part.standings
    }


def _moved(key: tuple[str | None, str, str], old: Standing | None, new: Standing | None) -> Moved | None:
    division, stage, number = key
    (place, total, prize, status), (place_2, total_2, prize_2, status_2) = _shown(old), _shown(new)
    if (place, total, prize, status) == (place_2, total_2, prize_2, status_2):
        return None
    return Moved(
        number, division, stage, place, place_2, total, total_2, prize, prize_2, status, status_2
    )  # fmt: skip


def _shown(one: Standing | None) -> tuple[int | None, str | None, str | None, Status | None]:
    return (None, None, None, None) if one is None else (one.place, one.total, one.award, one.status)


def _without_judge(facts: EventFacts, gone: WithoutJudge) -> EventFacts:
    if gone.stage is not None and gone.module is not None:
        _module(facts.plan, gone.stage, gone.module)
    marked = any(
        judge == gone.judge and _speaks_of(gone, place[:2])
        for place, work in facts.works.items()
        for _, judge, _ in work.keys
    )
    if not marked and gone.judge not in [judge.code for judge in facts.judges]:
        raise Refusal("This event has no judge {judge}: choose one of its seats.", judge=gone.judge)
    judges = tuple(_unassigned(judge, gone) if judge.code == gone.judge else judge for judge in facts.judges)
    return replace(facts, judges=judges, works=dict(_works_without(facts.works, gone)))


def _speaks_of(gone: WithoutJudge, place: tuple[str, str]) -> bool:
    return gone.stage in (None, place[0]) and gone.module in (None, place[1])


def _unassigned(judge: JudgeFacts, gone: WithoutJudge) -> JudgeFacts:
    return replace(judge, modules=frozenset(each for each in judge.modules if not _speaks_of(gone, each)))


def _works_without(works: Mapping[Place, Work], gone: WithoutJudge) -> Iterator[tuple[Place, Work]]:
    """The works without a judge's marks; works marked alike still share their keys."""
    known: dict[int, tuple[MarkKeys, tuple[int, ...]]] = {}
    for place, work in works.items():
        if not _speaks_of(gone, place[:2]):
            yield place, work
            continue
        if id(work.keys) not in known:
            kept = tuple(index for index, key in enumerate(work.keys) if key[1] != gone.judge)
            known[id(work.keys)] = tuple(work.keys[index] for index in kept), kept
        keys, kept = known[id(work.keys)]
        if len(keys) == len(work.keys):
            yield place, work
        elif keys:
            values = tuple(work.values[index] for index in kept)
            plain = work.plain or not any(isinstance(value, Outcome) for value in values)
            yield place, Work(keys, values, plain)


def _stage(plan: Plan, code: str) -> Stage:
    found = plan.stage(code)
    if found is None:
        raise Refusal("The plan has no stage {stage}.", stage=code)
    return found


def _module(plan: Plan, stage: str, code: str) -> Module:
    found = _stage(plan, stage).module(code)
    if found is None:
        raise Refusal("The plan has no module {module} in stage {stage}.", module=code, stage=stage)
    return found


def _with_stage(plan: Plan, stage: Stage) -> Plan:
    stages = tuple(stage if each.code == stage.code else each for each in plan.stages)
    return plan.model_copy(update={"stages": stages})


def _with_module(plan: Plan, stage: str, module: Module) -> Plan:
    home = _stage(plan, stage)
    modules = tuple(module if each.code == module.code else each for each in home.modules)
    return _with_stage(plan, home.model_copy(update={"modules": modules}))


def _combined_otherwise(rule: Module, other: OtherCombination) -> Module:
    """The module with this combination; criteria with a panel of their own too, but for agreed values."""
    criteria = tuple(
        criterion
        if criterion.panel is None or criterion.panel.combine == "agreed"
        else criterion.model_copy(update={"panel": _panel_if(criterion.panel, other)})
        for criterion in rule.criteria
    )
    return rule.model_copy(update={"panel": _panel_if(rule.panel, other), "criteria": criteria})


def _panel_if(panel: _Panel, other: OtherCombination) -> _Panel:
    """The panel combined otherwise; it drops from as many judges as leave one at least."""
    least = panel.drop_if_at_least
    return panel.model_copy(update={
        "combine": other.combine, "drop_high": other.drop_high, "drop_low": other.drop_low,
        "drop_if_at_least": least and max(least, other.drop_high + other.drop_low + 1),
    })  # fmt: skip


def _rounded_otherwise(plan: Plan, other: OtherRounding) -> Plan:
    digits: dict[str, int | None] = {other.rung: other.digits}
    if other.rung in OF_STAGE:
        home = _stage(plan, other.stage)
        return _with_stage(plan, home.model_copy(update={"round": home.round.model_copy(update=digits)}))
    rule = _module(plan, other.stage, other.module or "")
    changed = rule.model_copy(update={"round": rule.round.model_copy(update=digits)})
    return _with_module(plan, other.stage, changed)


def _unrounded(plan: Plan, rungs: frozenset[Rung]) -> Plan:
    at_stage: dict[str, None] = dict.fromkeys(rungs & OF_STAGE)
    at_module: dict[str, None] = dict.fromkeys(rungs - OF_STAGE)

    def bare(stage: Stage) -> Stage:
        modules = tuple(
            module.model_copy(update={"round": module.round.model_copy(update=at_module)})
            for module in stage.modules
        )
        return stage.model_copy(update={"modules": modules, "round": stage.round.model_copy(update=at_stage)})

    return plan.model_copy(update={"stages": tuple(bare(stage) for stage in plan.stages)})
