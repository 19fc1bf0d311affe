"""The forms of prizes and titles, with how many that is among the present entrants."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from competition_app.desktop.events.forms.plan_fields import (
    Bound,
    Choice,
    Line,
    Lines,
    More,
    Switch,
    Ticks,
    pair,
    whole,
    words,
)
from competition_app.desktop.events.forms.plan_form import Around, Form, LiveText, OneOf, Pick
from competition_app.desktop.events.forms.plan_part_list import PartList
from competition_app.desktop.events.forms.plan_stage_forms import parts as roundings
from competition_app.desktop.events.plan import plan_parts
from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.events.plan.plan_references import modules_of
from competition_app.desktop.events.plan.plan_words import crumbs_of, figure_text, level_figure
from competition_app.desktop.parts.controls import Button
from competition_app.desktop.parts.parts import on_click, row
from competition_app.domain.errors import Said
from competition_app.domain.ranking.awards import quotas
from competition_app.i18n import tr


def awards_form(draft: PlanDraft, path: Path, around: Around) -> Form:
    """What percentages are taken of, what happens at the borders, and how many prizes that makes."""
    of = Choice(draft, (*path, "percent_of"), tr("Per cent are taken"), default="took_part", choices=[
        ("took_part", tr("of all who took part")), ("registered", tr("of all registered")),
        ("ranked", tr("of all ranked"))])  # fmt: skip
    ties = Choice(draft, (*path, "ties"), tr("Equal at the border of a prize"), [
        (None, tr("the chief judge decides")), ("include", tr("all get the better prize")),
        ("exclude", tr("none gets the better prize"))])  # fmt: skip
    add = on_click(Button(tr("Add a prize"), "plus", small=True),
                   lambda: around.go(plan_parts.add_level(draft)))  # fmt: skip
    title = on_click(Button(tr("Add a title"), "plus", small=True),
                     lambda: around.go(plan_parts.add_title(draft)))  # fmt: skip
    buttons = QWidget()
    buttons.setLayout(row(add, title, None))
    rare = [
        Switch(draft, (*path, "cumulative"), tr("Shares are added up before they are rounded")),
        Switch(draft, (*path, "extra_uses_next"), tr("Extra winners are taken out of the next prize")),
    ]
    opened = any(draft.get((*path, key)) is True for key in ("cumulative", "extra_uses_next"))
    preview = LiveText(lambda: prize_preview(draft, around), "paragraph", "ink")
    rows = _rows(draft, ("awards", "levels"), "medal") + _rows(draft, ("titles",), "graduation-cap")
    listed = PartList(draft, rows, around)
    body: list[QWidget] = [pair(of, ties), listed, buttons, preview, More(rare, opened=opened)]
    if not draft.rows(("awards", "levels")):
        body = [listed, buttons]
    hint = tr("Prizes are given from the top down; drag them in the tree.")
    return Form(draft, crumbs_of(draft, path), body, hint)


def _rows(draft: PlanDraft, path: Path, icon: str) -> list[tuple[Path, str, str, str]]:
    return [
        ((*path, at), icon, str(one.get("name") or "—"), level_figure(one))
        for at, one in enumerate(draft.rows(path)) if isinstance(one, dict)
    ]  # fmt: skip


def prize_preview(draft: PlanDraft, around: Around) -> str:
    """How many prizes the present entrants would get, division by division."""
    plan = draft.checked.plan
    if plan is None or plan.awards is None or not draft.checked.good:
        return ""
    found = []
    for division, count in ((one, n) for one, n in around.entrants.items() if n):
        numbers = quotas(plan.awards, count)
        said = [
            tr("{prize} {n}@preview", prize=level.name, n="—" if n is None else n)
            for level, n in zip(plan.awards.levels, numbers, strict=True)
        ]
        values = {"n": count, "prizes": tr(", @between").join(said)}
        if division:
            found.append(tr("{division}, {n} entrants now: {prizes}", division=division, **values))
        else:
            found.append(tr("With the {n} entrants there are now: {prizes}", **values))
    return "\n".join(found)


LEVEL_KEYS = ("count", "percent", "ranks", "min_total")


def level_form(draft: PlanDraft, path: Path, around: Around) -> Form:
    """A prize: its name, and how many by number, share, places or total."""
    name = Line(draft, (*path, "name"), tr("Name of the prize"), reading=words)
    choices = [("count", tr("so many@prizes")), ("percent", tr("so many per cent")),
               ("ranks", tr("certain places")), ("min_total", tr("all from a total"))]  # fmt: skip
    fresh: dict[object, Any] = {"count": 1, "percent": 10, "ranks": [1, 3], "min_total": 60}
    mode = OneOf(draft, path, tr("Who gets it"), choices, fresh, around, ("round", "at_least"))
    preview = LiveText(lambda: prize_preview(draft, around), "paragraph", "ink")
    passing = Switch(draft, (*path, "pass"), tr("Only for those who reached every pass mark"))
    parts = [pair(name, mode), *_amount(draft, path), passing, preview]
    return Form(draft, crumbs_of(draft, path), parts)


def _amount(draft: PlanDraft, path: Path) -> Sequence[QWidget]:
    if draft.get((*path, "percent")) is not None:
        share = Line(draft, (*path, "percent"), tr("How many"), unit="%")
        part = Choice(draft, (*path, "round"), tr("A part of one"), roundings(), default="floor")
        least = Line(draft, (*path, "at_least"), tr("But at least"), reading=whole, default="0")
        return [pair(share, part, least)]
    if draft.get((*path, "ranks")) is not None:
        return [ranks(draft, (*path, "ranks"))]
    if draft.get((*path, "min_total")) is not None:
        total = Line(draft, (*path, "min_total"), tr("Total at least"), unit=tr("points@unit"))
        return [pair(total, QWidget())]
    return [pair(Line(draft, (*path, "count"), tr("How many"), reading=whole), QWidget())]


class _Rank(Line):
    """The first or the last place of a span."""

    def __init__(self, draft: PlanDraft, path: Path, side: int, label: str) -> None:
        self._side = side
        super().__init__(draft, path, label, reading=whole)

    def refill(self) -> None:
        """Show this end of the span."""
        held = self.draft.rows(self.path)
        self.edit.setText(figure_text(held[self._side]) if self._side < len(held) else "")

    def put(self, value: object) -> None:
        """Put this end; the other stays."""
        held = [*self.draft.rows(self.path), "", ""][:2]
        held[self._side] = "" if value is None else value
        self.draft.put(self.path, held, Said("“{label}”", {"label": self.label.text()}))

    def show_error(self) -> None:
        """The first field says what is wrong with the span, the second only with itself."""
        if self._side == 0:
            super().show_error()


def ranks(draft: PlanDraft, path: Path) -> QWidget:
    """From which place to which."""
    return pair(_Rank(draft, path, 0, tr("From place")), _Rank(draft, path, 1, tr("To place")))


def title_form(draft: PlanDraft, path: Path, around: Around) -> Form:
    """称号: for which places it is proposed and what a person must fulfil."""
    needs = (*path, "needs")
    name = Line(draft, (*path, "name"), tr("Name of the title"), reading=words)
    age: tuple[Bound, Bound] = (
        Line(draft, (*needs, "age_at_most"), tr("Age at most"), reading=whole, default=tr("no limit")),
        Line(draft, (*needs, "on"), tr("Age on the day (2026-09-01)"), reading=words),
    )
    sex = Choice(draft, (*needs, "sex"), tr("For"), [
        (None, tr("everybody@title")), ("女", tr("women@title")), ("男", tr("men@title"))])  # fmt: skip
    rare = [_lines(draft, (*needs, key), label) for key, label in (
        ("employment", tr("Employed as one of these")),
        ("holding", tr("Holds one of these titles or levels already")),
        ("not_holding", tr("Not for those who hold one of these titles already")),
    )]  # fmt: skip
    opened = any(draft.rows(one.path) for one in rare)
    return Form(
        draft, crumbs_of(draft, path),
        [name, ranks(draft, (*path, "ranks")), *_passes(draft, needs, around), pair(*age),
         pair(sex, QWidget()), More(rare, opened=opened)],
        tr("The program proposes and never grants: the list names those passed over with the reason."),
    )  # fmt: skip


def _lines(draft: PlanDraft, path: Path, label: str) -> Lines:
    return Lines(draft, path, label, hint=tr("One a line"), listed=True)


def _passes(draft: PlanDraft, needs: Path, around: Around) -> list[QWidget]:
    """What a person must have passed: nothing, everything, or any of the modules with a pass mark."""
    here = (*needs, "pass")
    held = draft.get(here)
    modules = {str(module.get("code")): str(module.get("name") or module.get("code"))
               for module in modules_of(draft.values) if module.get("pass") is not None}  # fmt: skip
    some = isinstance(held, list) and bool(held)
    choices: list[tuple[object, str]] = [
        (None, tr("nothing@pass")),
        (True, tr("every pass mark of the plan")),
    ]
    if modules or some:
        choices.append(("some", tr("these modules")))

    def choose(how: object) -> None:
        value = list(modules) if how == "some" else how
        draft.put(here, value, Said("“{label}”", {"label": tr("Must have passed")}))
        draft.seal()
        around.remake()

    which = Pick(tr("Must have passed"), choices, "some" if some else held, choose)
    if not some:
        return [pair(which, QWidget())]
    return [pair(which, QWidget()), Ticks(draft, here, tr("Passed in all of these"), list(modules.items()))]
