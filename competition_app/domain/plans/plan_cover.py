"""Who marks what: modules without a judge, panels too small for what the plan drops (scoring.md §2, §3)."""

from collections.abc import Iterator, Sequence

from competition_app.domain.errors import Problem, Said
from competition_app.domain.plans.plan import Module, Plan, Stage
from competition_app.domain.plans.plan_checks import path_of
from competition_app.domain.scoring.facts import JudgeFacts


def cover_warnings(plan: Plan, judges: Sequence[JudgeFacts]) -> tuple[Problem, ...]:
    """What is pointed out about the judges assigned: ``criterion_unmarked``, ``panel_too_small``,
    ``nothing_dropped``, ``one_mark_left``.

    Each has a ``path`` into the plan, its ``stage`` and ``module``. While no judge is assigned anywhere
    nothing is said: the judges are not named yet, or the event names none (scoring.md §2).
    """
    return tuple(_warnings(plan, judges))


def unmarked_modules(plan: Plan, judges: Sequence[JudgeFacts]) -> tuple[tuple[str, str], ...]:
    """(stage, module) of the modules with sheets to which nobody is assigned, while others have judges."""
    if not any(judge.modules for judge in judges):
        return ()
    return tuple(
        (stage.code, module.code)
        for _, _, stage, module in _with_sheets(plan)
        if not _assigned(stage, module, judges)
    )


def _warnings(plan: Plan, judges: Sequence[JudgeFacts]) -> Iterator[Problem]:
    unmarked = unmarked_modules(plan, judges)
    for index, number, stage, module in _with_sheets(plan):
        place = {"path": path_of(("stages", index, "modules", number)),
                 "stage": stage.code, "module": module.code}  # fmt: skip
        if (stage.code, module.code) in unmarked:
            said = Said(
                "Nobody marks module {module} ({n} criterion); assign judges to it.|"
                "Nobody marks module {module} ({n} criteria); assign judges to it.",
                {"module": module.name or module.code, "n": len(module.criteria)},
            )
            yield Problem("criterion_unmarked", said, place)
            continue
        for group, panel in _panels(_assigned(stage, module, judges)):
            if len(panel) < _needed(module):
                yield _too_small(module, group, len(panel), place)
            else:
                yield from _drops(module, len(panel), place)


def _with_sheets(plan: Plan) -> Iterator[tuple[int, int, Stage, Module]]:
    for index, stage in enumerate(plan.stages):
        for number, module in enumerate(stage.modules):
            if module.kind == "sheets":
                yield index, number, stage, module


def _assigned(stage: Stage, module: Module, judges: Sequence[JudgeFacts]) -> list[JudgeFacts]:
    return [judge for judge in judges if (stage.code, module.code) in judge.modules]


def _panels(assigned: Sequence[JudgeFacts]) -> Iterator[tuple[str | None, Sequence[JudgeFacts]]]:
    """The judges of each judging group, those without a group in all; (None, all) where there is none."""
    groups = sorted({judge.group for judge in assigned if judge.group is not None})
    if not groups and assigned:
        yield None, assigned
    for group in groups:
        yield group, [judge for judge in assigned if judge.group in (None, group)]


def _drops(module: Module, count: int, place: dict[str, str]) -> Iterator[Problem]:
    """What so many judges leave of a panel that drops the highest and lowest."""
    panel = module.panel
    drops = panel.drop_high + panel.drop_low
    values: dict[str, object] = {"module": module.name or module.code, "n": count}
    if drops and count < panel.drops_from:
        values["needed"] = panel.drops_from
        yield Problem("nothing_dropped", Said(
            "With {n} judge in module {module} nothing is dropped; {needed} are needed for that.|"
            "With {n} judges in module {module} nothing is dropped; {needed} are needed for that.", values,
        ), place)  # fmt: skip
    elif drops and count - drops == 1:
        yield Problem("one_mark_left", Said(
            "Of {n} judges in module {module} one mark is left after the drops; assign more.", values
        ), place)  # fmt: skip


def _needed(module: Module) -> int:
    """So many judges as the dearest of the module's panels needs."""
    return max(panel.fewest for panel in (module.panel, *(c.panel for c in module.criteria if c.panel)))


def _too_small(module: Module, group: str | None, count: int, place: dict[str, str]) -> Problem:
    values: dict[str, object] = {
        "module": module.name or module.code, "n": count, "needed": _needed(module), "group": group,
    }  # fmt: skip
    said = Said(
        "{n} judge is assigned to module {module} and {needed} are needed; assign more.|"
        "{n} judges are assigned to module {module} and {needed} are needed; assign more.",
        values,
    )
    if group is not None:
        said = Said(
            "{n} judge is assigned to module {module} in group {group} and {needed} are needed; assign more.|"
            "{n} judges are assigned to module {module} in group {group} and {needed} are needed; "
            "assign more.",
            values,
        )
    more = {**place, "judges": count, "needed": _needed(module)}
    return Problem("panel_too_small", said, more if group is None else {**more, "group": group})
