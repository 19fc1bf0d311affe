"""Which form belongs to which line of the tree."""

from collections.abc import Callable, Mapping

from competition_app.desktop.events.forms.plan_criterion_form import criterion_form
from competition_app.desktop.events.forms.plan_form import Around, Form, TextForm
from competition_app.desktop.events.forms.plan_module_form import bands_form, module_form
from competition_app.desktop.events.forms.plan_prize_forms import awards_form, level_form, title_form
from competition_app.desktop.events.forms.plan_stage_forms import first_form, stage_form, tie_form, ties_form
from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.events.plan.plan_lines import FIRST

Make = Callable[[PlanDraft, Path, Around], Form]
OF_PARTS: Mapping[str, Make] = {
    "criteria": criterion_form, "modules": module_form, "stages": stage_form, "levels": level_form,
    "titles": title_form, "ties": tie_form,
}  # fmt: skip
OF_SECTIONS: Mapping[str, Make] = {
    "ties": ties_form, "awards": awards_form, "time_bands": bands_form, "time_factors": bands_form,
}  # fmt: skip


def form_of(draft: PlanDraft, node: Path, around: Around) -> Form:
    """The form of a stage, module, criterion, key, prize or title; else the text of the whole plan."""
    if node == FIRST:
        return first_form(draft, around)
    if node[-1] in OF_SECTIONS:
        return OF_SECTIONS[str(node[-1])](draft, node, around)
    kind = str(node[-2]) if len(node) > 1 else ""
    if kind in OF_PARTS and isinstance(draft.get(node), dict):
        return OF_PARTS[kind](draft, node, around)
    return TextForm(draft)
