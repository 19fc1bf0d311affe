"""What an editor points out in a plan and nobody refuses, each with its path (scoring.md §2)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from competition_app.domain.errors import Problem, Said
from competition_app.domain.plans.plan import (
    Awards,
    Criterion,
    CriterionPanel,
    Level,
    Module,
    Plan,
    Stage,
    TieKey,
)
from competition_app.domain.plans.plan_checks import path_of
from competition_app.domain.scoring.figures import plain

Path = tuple[int | str, ...]
Warned = Iterator[tuple[Path, str, Said]]


def plan_warnings(plan: Plan) -> list[Problem]:
    """What is pointed out, each with its stable code and the ``path`` of the part it speaks of.

    ``weights_sum``, ``maxima_sum``, ``full_cuts``, ``drops_too_many``, ``time_uneven``, ``pass_unreachable``,
    ``advance_unreachable``, ``tie_key_idle``, ``band_overlap``, ``band_gap``, ``percents_sum``,
    ``level_unreachable``, ``pass_without_mark``.
    """
    return [Problem(code, said, {"path": path_of(path)}) for path, code, said in _of_plan(plan)]


def _below(path: Path, found: Warned) -> Warned:
    for place, code, said in found:
        yield (*path, *place), code, said


def _of_plan(plan: Plan) -> Warned:
    for index, stage in enumerate(plan.stages):
        yield from _below(("stages", index), _of_stage(plan, stage))
    if plan.awards:
        yield from _below(("awards",), _of_awards(plan, plan.awards))
    for index, title in enumerate(plan.titles):
        if title.needs.pass_ is True and not _has_pass_mark(plan):
            yield ("titles", index, "needs", "pass"), "pass_without_mark", _NO_MARK


def _of_stage(plan: Plan, stage: Stage) -> Warned:
    yield from _weights(stage)
    for number, module in enumerate(stage.modules):
        yield from _below(("modules", number), _of_module(plan, module))
    yield from _reach(plan, stage)
    yield from _ties(stage)


def _weights(stage: Stage) -> Warned:
    weights = sum((each.weight for each in stage.modules), stage.carry.weight if stage.carry else Decimal())
    if weights == 1 or _only_added(stage):
        return
    values = {"stage": stage.code, "sum": plain(weights)}
    yield (), "weights_sum", Said("the weights of stage {stage} add up to {sum}, not to 1", values)


def _only_added(stage: Stage) -> bool:
    """Whether modules are simply added up to 100: 25 + 30 + 25 + 20 (domain.md §1)."""
    weighted = stage.carry or any(each.weight != 1 or each.basis != "score" for each in stage.modules)
    return not weighted and sum(each.full or 0 for each in stage.modules) == 100


def _of_module(plan: Plan, module: Module) -> Warned:
    if module.kind == "sheets":
        yield from _maxima(module)
        yield from _below(("panel",), _drops(module.panel))
        for index, criterion in enumerate(module.criteria):
            if criterion.panel is not None:
                yield from _below(("criteria", index, "panel"), _drops(criterion.panel))
    yield from _times(module)
    most = most_of(module)
    if module.pass_ is not None and most is not None and module.pass_ > most and not plan.low:
        values = {"pass_mark": plain(module.pass_), "most": plain(most)}
        yield ("pass",), "pass_unreachable", Said(_PASS, values)


_PASS = Said("the pass mark {pass_mark} cannot be reached: {most} is the most there is").text
_NO_MARK = Said("a pass is needed here, but no module and no stage has a pass mark")


def _maxima(module: Module) -> Warned:
    if module.full is None:
        return
    most = sum((_most(each) * each.factor for each in module.criteria if each.kind != "bonus"), Decimal())
    if module.panel.combine == "sum":
        kept = max(module.panel.fewest - module.panel.drop_high - module.panel.drop_low, 2)
        if most * kept > module.full:
            values = {"module": module.code, "sum": plain(most * kept), "full": plain(module.full)}
            yield (
                ("full",),
                "full_cuts",
                Said("the judges' sheets of module {module} add up to {sum} and are cut at {full}", values),
            )
        return
    if most != module.full and not _adds_judges(module):
        values = {"module": module.code, "sum": plain(most), "full": plain(module.full)}
        yield (), "maxima_sum", Said("the maxima of module {module} add up to {sum}, not to {full}", values)


def _adds_judges(module: Module) -> bool:
    """Whether the judges' points are added up somewhere, so that the most hangs on how many there are."""
    own = [criterion.panel for criterion in module.criteria if criterion.panel]
    return any(panel.combine == "sum" for panel in (module.panel, *own))


def _most(criterion: Criterion) -> Decimal:
    if criterion.kind == "measured" and criterion.scale:
        return max(points for _, points in criterion.scale)
    return criterion.max or Decimal()


def _drops(panel: CriterionPanel) -> Warned:
    """With so few judges as are enough nothing could be dropped, and the plan does not say so itself."""
    drops = panel.drop_high + panel.drop_low
    if drops and panel.drop_if_at_least is None and panel.fewest <= drops:
        yield (
            ("min_judges",),
            "drops_too_many",
            Said(
                "{n} judge is enough, but {drops} would be dropped; then none is dropped|"
                "{n} judges are enough, but {drops} would be dropped; then none is dropped",
                {"n": panel.fewest, "drops": drops},
            ),
        )


def _times(module: Module) -> Warned:
    """Points off fall and then rise with time, factors rise and then fall; a second turn is an error."""
    for name, sign, before_all in (("time_bands", 1, Decimal(0)), ("time_factors", -1, Decimal(1))):
        rows: Sequence[tuple[Decimal, Decimal]] = getattr(module, name)
        begun = [(Decimal(0), before_all)] if rows and rows[0][0] > 0 else []
        turned = False
        for index, (before, after) in enumerate(pairwise([*begun, *rows]), 1 - len(begun)):
            step = (after[1] - before[1]) * sign
            if step == 0 or (turned and step < 0):
                values = {"seconds": plain(after[0]), "value": plain(after[1]), "before": plain(before[1])}
                yield (
                    (name, index),
                    "time_uneven",
                    Said(
                        "from {seconds} seconds on the value {value} does not go on from {before} before it; "
                        "check the row",
                        values,
                    ),
                )
            turned = turned or step > 0


def most_of(module: Module) -> Fraction | None:
    """The most a module's score can be; None where nothing bounds it."""
    full = None if module.full is None else Fraction(module.full)
    free = module.normalise or module.time_factors or module.attempts.take == "sum"
    if module.kind != "sheets" or free or _adds_judges(module):
        return full
    most = sum((Fraction(_most(each)) * Fraction(each.factor) for each in module.criteria), Fraction(0))
    return most if full is None else min(most, full)


def most_in(plan: Plan, stage: Stage) -> Fraction | None:
    """The most a stage's total can be; None where nothing bounds it."""
    total = Fraction(0)
    for module in stage.modules:
        most = most_of(module)
        if most is None:
            return None
        if module.basis == "percent":
            most = most / module.full_exact * 100
        total += most * module.weight_exact
    carry = stage.carry
    earlier = plan.stage(carry.stage) if carry else None
    if carry is None or earlier is None:
        return total
    most = most_in(plan, earlier)
    if most is None:
        return None
    share = most / Fraction(carry.full) * 100 if carry.basis == "percent" and carry.full else most
    return total + share * Fraction(carry.weight)


def _reach(plan: Plan, stage: Stage) -> Warned:
    most = None if plan.low else most_in(plan, stage)
    if most is None:
        return
    if stage.pass_ is not None and stage.pass_ > most:
        values = {"pass_mark": plain(stage.pass_), "most": plain(most)}
        yield ("pass",), "pass_unreachable", Said(_PASS, values)
    least = stage.advance.min_total if stage.advance else None
    if least is not None and least > most:
        yield (
            ("advance", "min_total"),
            "advance_unreachable",
            Said(
                "nobody can go on: a total of {total} is asked for and {most} is the most there is",
                {"total": plain(least), "most": plain(most)},
            ),
        )


def _ties(stage: Stage) -> Warned:
    for index, key in enumerate(stage.ties):
        if key in stage.ties[:index]:
            yield ("ties", index), "tie_key_idle", Said("this key stands twice and decides nothing more")
        elif _nobody_has(stage, key):
            yield (
                ("ties", index),
                "tie_key_idle",
                Said("nobody can have this key, so it is always passed over"),
            )


def _nobody_has(stage: Stage, key: TieKey) -> bool:
    """Whether the plan itself shows that no entry ever has a value for the key."""
    module = stage.module(key.module) if key.module and key.stage in (None, stage.code) else None
    if module is None:
        return False
    if key.by == "attempt":
        return module.kind == "members" or key.nth > module.attempts.count
    mixed = module.attempts.count > 1 and module.attempts.take in ("mean", "sum", "trimmed")
    return key.by == "criterion" and mixed


def _has_pass_mark(plan: Plan) -> bool:
    marks = [stage.pass_ for stage in plan.stages]
    marks += [module.pass_ for stage in plan.stages for module in stage.modules]
    return any(mark is not None for mark in marks)


def _of_awards(plan: Plan, awards: Awards) -> Warned:
    yield from _bands(awards)
    percents = sum((level.percent or Decimal() for level in awards.levels), Decimal())
    if percents > 100:
        yield (
            ("levels",),
            "percents_sum",
            Said("the prizes' shares add up to {sum}%, more than all", {"sum": plain(percents)}),
        )
    for index, level in enumerate(awards.levels):
        path = ("levels", index)
        if level.pass_ and not _has_pass_mark(plan):
            yield (*path, "pass"), "pass_without_mark", _NO_MARK
        why = _out_of_reach(plan, awards.levels[:index], level)
        if why is not None:
            yield (
                path,
                "level_unreachable",
                Said("nobody can get {award}: {why}", {"award": level.name, "why": why}),
            )


def _bands(awards: Awards) -> Warned:
    banded = [(index, level.ranks) for index, level in enumerate(awards.levels) if level.ranks]
    for (_, before), (index, after) in pairwise(banded):
        first, last = max(before[0], after[0]), min(before[1], after[1])
        values: dict[str, object] = {"award": awards.levels[index].name, "first": first, "last": last}
        if first <= last:
            yield (
                ("levels", index, "ranks"),
                "band_overlap",
                Said("places {first} to {last} belong to the prize before {award} already", values),
            )
        elif after[0] > before[1] + 1:
            gap = {**values, "first": before[1] + 1, "last": after[0] - 1}
            yield (
                ("levels", index, "ranks"),
                "band_gap",
                Said("places {first} to {last} before {award} have no prize", gap),
            )


def _out_of_reach(plan: Plan, earlier: Sequence[Level], level: Level) -> Said | None:
    """Why a prize can be nobody's, or None."""
    if level.count == 0 or (level.percent == 0 and level.at_least == 0):
        return Said("there are none of it")
    if any(each.percent is not None and each.percent >= 100 and not each.pass_ for each in earlier):
        return Said("everybody has a prize already")
    if level.ranks is not None:
        taken = [each.ranks for each in earlier if each.ranks and not each.pass_]
        return Said("its places have other prizes") if _covered(level.ranks, taken) else None
    if level.min_total is None or plan.low:
        return None
    most = most_in(plan, plan.stages[-1]) if plan.stages else None
    if most is not None and level.min_total > most:
        return Said("{most} is the most there is", {"most": plain(most)})
    lower = [e.min_total for e in earlier if e.min_total is not None and (level.pass_ or not e.pass_)]
    return Said("who has so much has a prize already") if lower and min(lower) <= level.min_total else None


def _covered(ranks: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    """Whether every place from the first to the last is within one of those taken."""
    first = ranks[0]
    for start, end in sorted(taken):
        if start <= first <= end:
            first = end + 1
    return first > ranks[1]
