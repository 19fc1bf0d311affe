"""What is right and wrong with a draft, a line each, and the node at which it is mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from competition_app.desktop.events.plan.plan_differences import KEYS
from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft, path_from
from competition_app.desktop.events.plan.plan_lines import adds_up, node_of
from competition_app.desktop.events.plan.plan_words import crumbs_of, error_words, share_text
from competition_app.domain.errors import Problem, Said
from competition_app.domain.plans.plan import Plan
from competition_app.domain.scoring.figures import plain
from competition_app.i18n import in_use, tr


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checks: its role (done, wait, bad), its words, and where it belongs."""

    role: str
    words: str
    node: Path


def checks_of(draft: PlanDraft, more: Sequence[Problem] = ()) -> list[Check]:
    """Errors first, then what is pointed out (``more`` of it from the event), then what adds up."""
    say = in_use().say
    found = [_error(draft, path_from(one.path), error_words(one.said)) for one in draft.checked.errors]
    plan = draft.checked.plan
    told = [*draft.checked.warnings, *more]
    whole = {("stages", at) for at, stage in enumerate(plan.stages)} if plan else set()
    added = {node for node in whole if plan and adds_up(draft.part(node))}
    for one in told:
        path = path_from(str(one.more.get("path", "")))
        if not (one.code == "weights_sum" and path in added):
            told_so = say(_named(plan, one))
            found.append(Check("wait", told_so[:1].upper() + told_so[1:], node_of(draft, path)))
    if plan is not None and draft.checked.good:
        wrong = {path_from(str(one.more.get("path", ""))) for one in told}
        found += _right(draft, plan, wrong)
    return found


def _error(draft: PlanDraft, path: Path, words: str) -> Check:
    node = node_of(draft, path) if path else ("text",)
    crumbs = crumbs_of(draft, node)[-1:]
    tie = path[2:3] == ("ties",)  # its line says already what it compares
    keys = [step for step in path[len(node) :] if isinstance(step, str) and step in KEYS and not tie]
    where = [*crumbs, *(in_use().say(KEYS[key]) for key in keys[-1:])]
    if not where:
        return Check("bad", words, node)
    return Check("bad", tr("{part}: {error}", part=tr(", @between").join(where), error=words), node)


def _named(plan: Plan | None, told: Problem) -> Said:
    """What is pointed out, with the names of stages and modules for their codes, and weights as shares."""
    names: dict[str, str] = {}
    for stage in plan.stages if plan else ():
        names |= {module.code: module.name or module.code for module in stage.modules}
        names[stage.code] = stage.name or stage.code
    values = {
        key: names.get(str(value), value) if key in ("stage", "module") else value
        for key, value in told.said.values.items()
    }
    if told.code == "weights_sum":
        share = {"stage": values["stage"], "sum": share_text(values["sum"])}
        return Said("{stage}: the weights add up to {sum}, not to 100%", share)
    return Said(told.said.text, values)


def _right(draft: PlanDraft, plan: Plan, wrong: set[Path]) -> Iterator[Check]:
    """What adds up, said as in a list that is ticked off."""
    for at, stage in enumerate(plan.stages):
        here: Path = ("stages", at)
        if here not in wrong:
            named = {"stage": stage.name or stage.code}
            several = tr("{stage}: the weights add up to 100%", **named)
            yield Check("done", several if len(plan.stages) > 1 else tr("The weights add up to 100%"), here)
        elif adds_up(draft.part(here)):
            yield Check("done", tr("The modules make 100 points in all"), here)
        for place, module in enumerate(stage.modules):
            path: Path = (*here, "modules", place)
            if module.kind == "sheets" and module.full is not None and path not in wrong:
                values = {"module": module.name or module.code, "full": plain(module.full)}
                yield Check("done", tr("{module}: full marks {full} = its criteria", **values), path)
