"""Reading a plan from JSON values: every error with its path (scoring.md §2)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from competition_app.domain.errors import Refusal, Said
from competition_app.domain.plans.plan import (
    Advance,
    Awards,
    Criterion,
    CriterionPanel,
    Module,
    Plan,
    Stage,
    TieKey,
    Title,
)


@dataclass(frozen=True, slots=True)
class PathError:
    """An error in a file with its path: ``stages[0].modules[1].criteria[2].max``."""

    path: str
    said: Said


def path_of(location: Iterable[int | str]) -> str:
    """``("stages", 0, "code")`` as ``stages[0].code``."""
    text = ""
    for step in location:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def refusal_of(errors: list[PathError], shown: int = 20) -> Refusal:
    """One refusal of a file with its first errors, each with its path, and the count of the rest."""
    first, *others = errors[:shown]
    said = _placed(first)
    for error in others:
        said = Said("{errors}; {error}", {"errors": said, "error": _placed(error)})
    if len(errors) > shown:
        said = Said("{errors}; and {n} more error|{errors}; and {n} more errors",
                    {"errors": said, "n": len(errors) - shown})  # fmt: skip
    return Refusal("The file is not taken; mend it and read it again. {errors}", errors=said)


def _placed(error: PathError) -> Said:
    return Said("{path}: {error}", {"path": error.path or "$", "error": error.said})


def errors_of(error: ValidationError, path: tuple[int | str, ...] = ()) -> list[PathError]:
    """What the types refuse, each with its path below ``path``."""
    return [PathError(path_of((*path, *detail["loc"])), _said(detail)) for detail in error.errors()]


_SAID: Mapping[str, Said] = {
    "missing": Said("this is needed and not there"),
    "extra_forbidden": Said("there is no such key"),
    "string_type": Said("this is not a text"),
    "string_too_short": Said("this must not be empty"),
    "string_too_long": Said("this is too long"),
    "bool_type": Said("this is neither true nor false"),
    "tuple_type": Said("this is not a list"),
    "list_type": Said("this is not a list"),
    "dict_type": Said("this is not an object with keys"),
    "model_type": Said("this is not an object with keys"),
}


def _said(detail: ErrorDetails) -> Said:
    kind, context = detail["type"], detail.get("ctx") or {}
    if kind in _SAID:
        return _SAID[kind]
    if kind == "literal_error":
        return Said(
            "this is none of {expected}", {"expected": str(context["expected"]).replace(" or ", ", ")}
        )
    if kind == "said":
        return Said(_MESSAGES[detail["msg"]].text)
    return Said("this cannot be read")


_MESSAGES: Mapping[str, Said] = {
    said.text: said
    for said in (
        Said("this is not a number that can be read exactly"),
        Said("this is not a whole number"),
    )
}


def read_plan(values: object) -> Plan:
    """The plan of JSON values (numbers whole, Decimal or text). Refuses with every error and its path."""
    plan, errors = plan_and_errors(values)
    if plan is None or errors:
        raise refusal_of(errors)
    return plan


def plan_and_errors(values: object, path: tuple[int | str, ...] = ()) -> tuple[Plan | None, list[PathError]]:
    """The plan, if its types could be read, and every error found."""
    try:
        plan = Plan.model_validate(values)
    except ValidationError as error:
        return None, errors_of(error, path)
    return plan, check_plan(plan, path)


def check_plan(plan: Plan, path: tuple[int | str, ...] = ()) -> list[PathError]:
    """What the types cannot see: doubled codes, keys that name nothing, settings that contradict."""
    return [PathError(path_of((*path, *place)), said) for place, said in _plan_errors(plan)]


Found = Iterator[tuple[tuple[int | str, ...], Said]]


def _below(path: tuple[int | str, ...], found: Found) -> Found:
    for place, said in found:
        yield (*path, *place), said


def _plan_errors(plan: Plan) -> Found:
    if not plan.stages:
        yield ("stages",), Said("a plan needs at least one stage")
    yield from _doubled(("stages",), plan.stages)
    for index, stage in enumerate(plan.stages):
        yield from _below(("stages", index), _stage_errors(plan, stage, index))
    if plan.awards:
        yield from _below(("awards",), _award_errors(plan.awards))
    for index, title in enumerate(plan.titles):
        yield from _below(("titles", index), _title_errors(plan, title))


def _doubled(path: tuple[int | str, ...], parts: Iterable[BaseModel]) -> Found:
    seen: set[str] = set()
    for index, part in enumerate(parts):
        code: str = getattr(part, "code")  # noqa: B009 - stages, modules and criteria alike have one
        if code in seen:
            yield (*path, index, "code"), Said("the code {code} stands twice", {"code": code})
        seen.add(code)


def _stage_errors(plan: Plan, stage: Stage, index: int) -> Found:
    if not stage.modules:
        yield ("modules",), Said("a stage needs at least one module")
    yield from _doubled(("modules",), stage.modules)
    yield from _digits(("round",), stage.round)
    if stage.no_shared_top is not None and stage.no_shared_top < 0:
        yield ("no_shared_top",), Said("this must not be below 0")
    for number, module in enumerate(stage.modules):
        yield from _below(("modules", number), _module_errors(plan, module))
    for number, key in enumerate(stage.ties):
        yield from _below(("ties", number), _tie_errors(plan, stage, key))
    yield from _carry_errors(plan, stage, index)
    if stage.advance:
        yield from _below(("advance",), _advance_errors(stage.advance))


def _digits(path: tuple[int | str, ...], rounds: BaseModel) -> Found:
    for name in type(rounds).model_fields:
        digits: int | None = getattr(rounds, name)
        if digits is not None and not 0 <= digits <= 30:
            yield (*path, name), Said("rounding takes 0 to 30 digits")


def _carry_errors(plan: Plan, stage: Stage, index: int) -> Found:
    carry = stage.carry
    if carry is None:
        return
    if carry.stage not in [earlier.code for earlier in plan.stages[:index]]:
        yield ("carry", "stage"), Said("there is no earlier stage {code}", {"code": carry.stage})
    if carry.basis == "percent" and carry.full is None:
        yield ("carry", "full"), Said("a percentage needs full marks")
    if carry.full is not None and carry.full <= 0:
        yield ("carry", "full"), Said("this must be above 0")
    if carry.weight < 0:
        yield ("carry", "weight"), Said("this must not be below 0")


def _module_errors(plan: Plan, module: Module) -> Found:
    if module.full is not None and module.full <= 0:
        yield ("full",), Said("this must be above 0")
    if module.weight < 0:
        yield ("weight",), Said("this must not be below 0")
    if module.max_gap is not None and module.max_gap < 0:
        yield ("max_gap",), Said("this must not be below 0")
    if module.basis == "percent" and module.full is None:
        yield ("basis",), Said("a percentage needs full marks")
    if plan.low and module.absent_module == "zero":
        yield ("absent_module",), Said("where less is better, an absence cannot count as zero")
    yield from _digits(("round",), module.round)
    yield from _attempt_errors(module)
    yield from _normalise_errors(module)
    yield from _time_errors(module)
    if module.kind == "sheets":
        yield from _sheet_errors(module)
    if module.kind == "members":
        yield from _member_errors(plan, module)


def _attempt_errors(module: Module) -> Found:
    if not 1 <= module.attempts.count <= 1000:
        yield ("attempts", "count"), Said("there are 1 to 1000 attempts")
    elif module.attempts.take == "trimmed" and module.attempts.count < 3:
        yield ("attempts", "count"), Said("to drop the best and the worst there must be at least 3 attempts")


def _normalise_errors(module: Module) -> Found:
    rule = module.normalise
    if rule is None:
        return
    if (rule.by, rule.method) not in (("judge", "z-score"), ("group", "mean-ratio")):
        yield ("normalise", "method"), Said("judges are evened out by z-score, groups by mean-ratio")
    if rule.by == "judge" and (module.kind != "sheets" or module.panel.across != "sheet"):
        yield ("normalise", "by"), Said("judges can be evened out only across whole sheets")
    if rule.sd < 0:
        yield ("normalise", "sd"), Said("this must not be below 0")
    if rule.trim < 0:
        yield ("normalise", "trim"), Said("this must not be below 0")


LONGEST_TIME = 10_000_000
"""A time a plan speaks of has at most so many seconds: some four months."""


def _time_errors(module: Module) -> Found:
    if module.timed and module.kind == "members":
        name = "time_bands" if module.time_bands else "time_factors"
        yield (name,), Said("members' results have no time of their own")
    for name in ("time_bands", "time_factors"):
        rows: tuple[tuple[Decimal, Decimal], ...] = getattr(module, name)
        for index, (seconds, value) in enumerate(rows):
            if seconds < 0 or value < 0:
                yield (name, index), Said("this must not be below 0")
            if seconds > LONGEST_TIME:
                yield (name, index), Said("a time has at most {most} seconds", {"most": f"{LONGEST_TIME:,}"})
            if index and seconds <= rows[index - 1][0]:
                yield (name, index), Said("the seconds must rise from row to row")


def _member_errors(plan: Plan, module: Module) -> Found:
    if module.event is None:
        yield ("event",), Said("name the event whose results the members bring")
    if module.best is not None and module.best < 1:
        yield ("best",), Said("this must be above 0")
    if plan.low and module.missing == "zero":
        yield ("missing",), Said("where less is better, an absence cannot count as zero")


def _sheet_errors(module: Module) -> Found:
    yield from _below(("panel",), _panel_errors(module.panel))
    if not module.criteria:
        yield ("criteria",), Said("a module with sheets needs at least one criterion")
    yield from _doubled(("criteria",), module.criteria)
    for index, criterion in enumerate(module.criteria):
        yield from _below(("criteria", index), _criterion_errors(criterion))
        if criterion.panel is not None and module.panel.across == "sheet":
            yield (
                ("criteria", index, "panel"),
                Said("a criterion has a panel of its own only where criteria are combined one by one"),
            )


def _panel_errors(panel: CriterionPanel) -> Found:
    for name in ("drop_high", "drop_low"):
        if getattr(panel, name) < 0:
            yield (name,), Said("this must not be below 0")
    if panel.min_judges is not None and panel.min_judges < 1:
        yield ("min_judges",), Said("this must be above 0")
    if panel.drop_if_at_least is not None and panel.drop_if_at_least <= panel.drop_high + panel.drop_low:
        yield ("drop_if_at_least",), Said("more judges are needed than are dropped")


def _criterion_errors(criterion: Criterion) -> Found:
    if criterion.kind == "measured":
        yield from _scale_errors(criterion)
    elif criterion.max is None:
        yield ("max",), Said("this is needed and not there")
    for name in ("max", "factor", "each", "max_spread"):
        value: Decimal | None = getattr(criterion, name)
        if value is not None and value < 0:
            yield (name,), Said("this must not be below 0")
    if criterion.panel is not None:
        yield from _below(("panel",), _panel_errors(criterion.panel))
    if criterion.step is not None and criterion.step <= 0:
        yield ("step",), Said("this must be above 0")
    if criterion.min is not None and criterion.max is not None and criterion.min > criterion.max:
        yield ("min",), Said("the least mark is above the most")


def _scale_errors(criterion: Criterion) -> Found:
    if not criterion.scale:
        yield ("scale",), Said("a measured criterion needs its scale")
        return
    for index, (before, after) in enumerate(zip(criterion.scale, criterion.scale[1:], strict=False)):
        if after[0] <= before[0]:
            yield ("scale", index + 1), Said("the values of a scale must rise")


def _tie_errors(plan: Plan, stage: Stage, key: TieKey) -> Found:
    home = stage if key.stage is None else plan.stage(key.stage)
    if home is None:
        yield ("stage",), Said("there is no stage {code}", {"code": key.stage})
        return
    if key.by == "stage" and key.stage is None:
        yield ("stage",), Said("this is needed and not there")
    if key.by == "field" and not key.field:
        yield ("field",), Said("this is needed and not there")
    if key.nth < 1:
        yield ("nth",), Said("this must be above 0")
    yield from _tie_modules_errors(home, key) if key.modules else _tie_module_errors(home, key)


def _tie_module_errors(stage: Stage, key: TieKey) -> Found:
    if key.module is None:
        if key.by in ("module", "criterion", "attempt"):
            yield ("module",), Said("this is needed and not there")
        return
    module = stage.module(key.module)
    if module is None:
        if not (key.by in ("module", "time") and any(other.kind == "members" for other in stage.modules)):
            yield ("module",), Said("there is no module {code} in this stage", {"code": key.module})
        return
    if key.by != "criterion":
        return
    if key.criterion is None:
        yield ("criterion",), Said("this is needed and not there")
    elif key.criterion not in [criterion.code for criterion in module.criteria]:
        yield ("criterion",), Said("there is no criterion {code} in this module", {"code": key.criterion})


def _tie_modules_errors(stage: Stage, key: TieKey) -> Found:
    if key.module is not None or key.by not in ("module", "time"):
        yield ("modules",), Said("a sum over modules is taken of scores or times, in place of one module")
    for index, code in enumerate(key.modules):
        if stage.module(code) is None:
            yield ("modules", index), Said("there is no module {code} in this stage", {"code": code})
        if code in key.modules[:index]:
            yield ("modules", index), Said("the code {code} stands twice", {"code": code})


def _one_of(rule: BaseModel, names: tuple[str, ...]) -> Found:
    if sum(getattr(rule, name) is not None for name in names) != 1:
        yield (), Said("exactly one of {names} is needed", {"names": ", ".join(names)})


def _amounts(rule: BaseModel, names: tuple[str, ...]) -> Found:
    for name in names:
        value: Decimal | int | None = getattr(rule, name)
        if value is not None and value < 0:
            yield (name,), Said("this must not be below 0")


def _advance_errors(advance: Advance) -> Found:
    yield from _one_of(advance, ("count", "percent", "min_total"))
    yield from _amounts(advance, ("count", "percent", "per_organisation"))


def _award_errors(awards: Awards) -> Found:
    for index, level in enumerate(awards.levels):
        path = ("levels", index)
        yield from _below(path, _one_of(level, ("count", "percent", "ranks", "min_total")))
        yield from _below(path, _amounts(level, ("count", "percent", "at_least")))
        yield from _below(path, _rank_errors(level.ranks))


def _rank_errors(ranks: tuple[int, int] | None) -> Found:
    if ranks is not None and not 1 <= ranks[0] <= ranks[1]:
        yield ("ranks",), Said("ranks go from the first to the last, 1 or above")


def _title_errors(plan: Plan, title: Title) -> Found:
    yield from _rank_errors(title.ranks)
    needs = title.needs
    if needs.age_at_most is not None and needs.on is None:
        yield ("needs", "on"), Said("an age needs the day on which it is counted")
    if needs.on is not None and not _is_day(needs.on):
        yield ("needs", "on"), Said("this is not a day of the calendar")
    if isinstance(needs.pass_, bool):
        return
    for index, code in enumerate(needs.pass_):
        modules = [module for stage in plan.stages for module in stage.modules if module.code == code]
        if not modules:
            yield ("needs", "pass", index), Said("there is no module {code}", {"code": code})
        elif all(module.pass_ is None for module in modules):
            yield ("needs", "pass", index), Said("module {code} has no pass mark", {"code": code})


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
