"""The forms of a stage, of its places and equal totals, and of each key that tells equals apart."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from competition_app.desktop.events.forms.plan_fields import (
    Bound,
    Choice,
    Line,
    More,
    Ticks,
    digits,
    pair,
    percent,
    percent_text,
    whole,
    words,
)
from competition_app.desktop.events.forms.plan_form import Around, Form, OneOf, Pick
from competition_app.desktop.events.forms.plan_part_list import PartList
from competition_app.desktop.events.plan import plan_parts
from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.events.plan.plan_references import Part, parts_of, stages_of
from competition_app.desktop.events.plan.plan_words import crumbs_of, tie_icon, tie_line, tie_subject
from competition_app.desktop.parts.controls import Button, Text
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import column, on_click, row
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr


def first_form(draft: PlanDraft, around: Around) -> Form:
    """What a plan without stages begins with."""
    button = Button(tr("Add a stage"), "plus")
    on_click(button, lambda: around.go(plan_parts.add_stage(draft)))
    said = Text(
        tr("A plan has stages, such as preliminary and final; a stage has modules, a module its criteria."),
        "paragraph", "inkSecondary", wrap=True,
    )  # fmt: skip
    box = QWidget()
    box.setLayout(row(button, None))
    hint = tr("Ready rules can be put in from the menu above the tree.")
    return Form(draft, [tr("The first stage")], [said, box], hint)


def stage_form(draft: PlanDraft, path: Path, around: Around) -> Form:
    """Name, rounding, pass mark; what is brought along and who goes on stand behind more settings."""
    at = int(path[1])
    name = Line(draft, (*path, "name"), tr("Name of the stage"), reading=words)
    rounding = pair(digits(draft, (*path, "round", "weighted"), tr("Weighted parts rounded to")),
                    digits(draft, (*path, "round", "total"), tr("Total rounded to")))  # fmt: skip
    passing = Line(draft, (*path, "pass"), tr("Pass mark of the total"), unit=tr("points@unit"))
    rare: list[QWidget] = [*_carry(draft, path, at, around), *_advance(draft, path, around)]
    opened = any(draft.get((*path, key)) is not None for key in ("carry", "advance"))
    parts = [name, rounding, pair(passing, QWidget()), More(rare, opened=opened)]
    if at == 0:
        parts.insert(1, pair(*_whole_plan(draft)))
    hint = tr("Half up: 2.675 becomes 2.68. Nothing is rounded where no digits are set.")
    return Form(draft, crumbs_of(draft, path), parts, hint)


def _whole_plan(draft: PlanDraft) -> tuple[Bound, Bound]:
    entry = Choice(draft, ("entry",), tr("What competes"), default="individual", choices=[
        ("individual", tr("persons")), ("team", tr("teams")), ("organisation", tr("units"))])  # fmt: skip
    order = Choice(draft, ("order",), tr("Who comes first"), default="high", choices=[
        ("high", tr("the highest total")), ("low", tr("the lowest total (times, errors)"))])  # fmt: skip
    return entry, order


def _carry(draft: PlanDraft, path: Path, at: int, around: Around) -> list[QWidget]:
    earlier = [(one.get("code"), str(one.get("name") or one.get("code"))) for one in
               stages_of(draft.values)[:at]]  # fmt: skip
    if not earlier:
        return []
    here = (*path, "carry")
    choices = [(None, tr("nothing@carry")), *earlier]
    which = Choice(draft, (*here, "stage"), tr("Brought along: the total of"), choices)
    which.changed.connect(around.remake)
    if draft.get(here) is None:
        return [pair(which, QWidget())]
    weight = Line(draft, (*here, "weight"), tr("Weight"), unit="%", reading=percent, shown=percent_text,
                  default="100")  # fmt: skip
    basis = Choice(draft, (*here, "basis"), tr("Weight is taken of"), _bases(), default="score")
    fields: list[QWidget] = [pair(which, weight), basis]
    if draft.get((*here, "basis")) == "percent":
        full = Line(draft, (*here, "full"), tr("Full marks of that total"))
        fields[1] = pair(basis, full)
    basis.changed.connect(around.remake)
    return fields


def _bases() -> list[tuple[object, str]]:
    return [("score", tr("the points as they are")), ("percent", tr("the share of the full marks"))]


def _advance(draft: PlanDraft, path: Path, around: Around) -> list[QWidget]:
    here = (*path, "advance")
    choices = [(None, tr("nobody: this is the last stage")), ("count", tr("so many of the best")),
               ("percent", tr("so many per cent")), ("min_total", tr("all from a total"))]  # fmt: skip
    fresh: dict[object, Any] = {None: None, "count": 20, "percent": 50, "min_total": 60}
    mode = OneOf(draft, here, tr("Who goes on to the next stage"), choices, fresh, around, ("round",))
    found: list[QWidget] = []
    if draft.get((*here, "count")) is not None:
        found = [Line(draft, (*here, "count"), tr("How many"), reading=whole)]
    elif draft.get((*here, "percent")) is not None:
        found = [Line(draft, (*here, "percent"), tr("How many"), unit="%"),
                 Choice(draft, (*here, "round"), tr("A part of one"), parts(), default="floor")]  # fmt: skip
    elif draft.get((*here, "min_total")) is not None:
        found = [Line(draft, (*here, "min_total"), tr("Total at least"), unit=tr("points@unit"))]
    if not found:
        return [mode]
    cap = Line(draft, (*here, "per_organisation"), tr("At most for each unit"), reading=whole,
               default=tr("no limit"))  # fmt: skip
    ties = Choice(draft, (*here, "ties"), tr("Equal at the border"), default="include", choices=[
        ("include", tr("all of them go on")), ("exclude", tr("none of them goes on"))])  # fmt: skip
    return [mode, pair(*found), pair(cap, ties)]


def parts() -> list[tuple[object, str]]:
    """What becomes of a part of one when a share is counted in heads."""
    return [("floor", tr("is dropped")), ("half_up", tr("half and more counts")),
            ("ceil", tr("counts as one"))]  # fmt: skip


# --- places and equal totals ---
def ties_form(draft: PlanDraft, path: Path, around: Around) -> Form:
    """How places are given and what tells equal totals apart."""
    stage = path[:2]
    places = Choice(draft, (*stage, "places"), tr("Entries that stay equal"), default="1224", choices=[
        ("1224", tr("share a place, the next is left out (1, 2, 2, 4)")),
        ("1223", tr("share a place, none is left out (1, 2, 2, 3)")),
        ("1334", tr("share the last of their places (1, 3, 3, 4)")),
    ])  # fmt: skip
    top = Line(draft, (*stage, "no_shared_top"), tr("First places that are not shared"), reading=whole,
               default=tr("none"))  # fmt: skip
    adding = [
        on_click(Button(in_use().say(word), icon, small=True), partial(_add, draft, stage, key, around))
        for key, icon, word in _ADDED
    ]
    buttons = QWidget()
    buttons.setLayout(column(row(*adding[:3], None), row(*adding[3:], None), gap=2))
    rows = [((*path, at), tie_icon(draft, int(path[1]), key), tie_line(draft, int(path[1]), at),
             tr("no. {n}@tie", n=at + 1))
            for at, key in enumerate(draft.rows(path)) if isinstance(key, dict)]  # fmt: skip
    more = Field(tr("Add what is compared next"), buttons)
    hint = tr("Compared from the top; drag the rules in the tree, or move them with Alt and the arrows.")
    crumbs = [*crumbs_of(draft, stage), tr("Places and equal totals")]
    return Form(draft, crumbs, [places, pair(top, QWidget()), PartList(draft, rows, around), more], hint)


_ADDED = (
    ("module", "file-text", Said("a score@tie")), ("time", "timer", Said("a time@tie")),
    ("submitted", "send", Said("handing in@tie")), ("penalty", "circle-minus", Said("penalties@tie")),
    ("decision", "gavel", Said("a decision@tie")),
    ("lot", "shuffle", Said("a draw@tie")),
)  # fmt: skip


def _add(draft: PlanDraft, stage: Path, by: str, around: Around) -> None:
    around.go(plan_parts.add_tie(draft, stage, first_key(draft, stage, by)))


def first_key(draft: PlanDraft, stage: Path, by: str) -> Part:
    """A key of a kind, of the first module that no key of this kind names yet."""
    if by != "module":
        return {"by": by}
    here = draft.part(stage)
    codes = [str(module.get("code")) for module in parts_of(here, "modules")]
    used = {key.get("module") for key in parts_of(here, "ties") if key.get("by") == by}
    free = next((code for code in codes if code not in used), codes[0] if codes else "")
    return {"by": by, "module": free}


def tie_form(draft: PlanDraft, path: Path, around: Around) -> Form:
    """What one key compares: chosen from all that the plan offers, with what it still needs."""
    offered = keys_offered(draft, int(path[1]))
    now = draft.part(path)
    bare = {k: v for k, v in now.items() if k not in ("nth", "field", "first")}
    bare |= {"modules": []} if "modules" in bare else {}
    if all(key != bare for key, _ in offered):
        offered.append((bare, in_use().say(tie_subject(draft, int(path[1]), now))))
    at_now = next(at for at, (key, _) in enumerate(offered) if key == bare)

    def choose(at: int) -> None:
        key = dict(offered[at][0])
        key |= {"nth": 2} if key["by"] == "attempt" else {}
        key |= {"field": ""} if key["by"] == "field" else {}
        key |= {"modules": _practical(draft, path[:2])} if "modules" in key else {}
        draft.seal()
        draft.put(path, key, Said("“{label}”", {"label": tr("What is compared")}))
        draft.seal()
        around.remake()

    chooser = Pick(
        tr("What is compared"), [(at, word) for at, (_, word) in enumerate(offered)], at_now, choose
    )
    fields: list[QWidget] = [chooser, *_summed(draft, path), *_needed(draft, path, str(now.get("by")))]
    crumbs = [*crumbs_of(draft, path[:2]), tr("Places and equal totals"), tr("Rule {n}", n=int(path[-1]) + 1)]
    return Form(draft, crumbs, fields, _tie_hint(str(now.get("by"))))


def _practical(draft: PlanDraft, stage: Path) -> list[str]:
    """The modules a new sum begins with: those that judges mark, all where there are not two of them."""
    modules = parts_of(draft.part(stage), "modules")
    marked = [one for one in modules if one.get("kind") == "sheets"]
    return [str(one.get("code")) for one in (marked if len(marked) > 1 else modules)]


def _summed(draft: PlanDraft, path: Path) -> Sequence[QWidget]:
    """Which modules a key adds up."""
    key = draft.part(path)
    if "modules" not in key:
        return []
    own = draft.part(path[:2])
    home = next((one for one in stages_of(draft.values) if one.get("code") == key.get("stage")), own)
    named = [(str(one.get("code")), str(one.get("name") or one.get("code")))
             for one in parts_of(home, "modules")]  # fmt: skip
    return [Ticks(draft, (*path, "modules"), tr("Modules added up"), named, (*path, "module"))]


def _needed(draft: PlanDraft, path: Path, by: str) -> Sequence[QWidget]:
    if by == "attempt":
        return [pair(Line(draft, (*path, "nth"), tr("Which of the attempts, best first"), reading=whole,
                          default="1"), QWidget())]  # fmt: skip
    if by == "field":
        first = Choice(draft, (*path, "first"), tr("First comes"), default="low", choices=[
            ("low", tr("the lower one")), ("high", tr("the higher one"))])  # fmt: skip
        return [pair(Line(draft, (*path, "field"), tr("Column of the registration"), reading=words), first)]
    return []


def _tie_hint(by: str) -> str:
    if by in ("module", "criterion", "stage", "attempt"):
        return tr("The better figure comes first. Where nobody has one, the rule is skipped.")
    if by in ("time", "submitted", "penalty"):
        return tr("Less or earlier comes first. Where nobody has a figure, the rule is skipped.")
    if by in ("decision", "lot"):
        return tr("It is recorded on the page of results, and only for those who are equal.")
    return ""


def keys_offered(draft: PlanDraft, stage: int) -> list[tuple[Part, str]]:
    """Every key that this stage's plan offers, with its words; codes are never shown."""
    found: list[Part] = []
    own = draft.get(("stages", stage), {})
    for module in parts_of(own, "modules"):
        named: dict[str, Any] = {"module": module.get("code")}
        found += [{"by": "module", **named}, {"by": "time", **named}]
        if _several(module):
            found.append({"by": "attempt", **named})
        found += [{"by": "criterion", **named, "criterion": one.get("code")}
                  for one in parts_of(module, "criteria")]  # fmt: skip
    if len(parts_of(own, "modules")) > 1:
        found += [{"by": by, "modules": []} for by in ("module", "time")]
    for earlier in stages_of(draft.values)[:stage]:
        found.append({"by": "stage", "stage": earlier.get("code")})
        found += [{"by": "module", "stage": earlier.get("code"), "module": module.get("code")}
                  for module in parts_of(earlier, "modules")]  # fmt: skip
    found += [{"by": by} for by in ("time", "submitted", "penalty", "field", "decision", "lot")]
    return [(key, _key_words(draft, stage, key)) for key in found]


def _several(module: Part) -> bool:
    attempts = module.get("attempts")
    return isinstance(attempts, dict) and attempts.get("count") not in (None, 1)


def _key_words(draft: PlanDraft, stage: int, key: Part) -> str:
    if key["by"] == "field":
        return tr("a column of the registration")
    if "modules" in key:
        return tr("several scores together") if key["by"] == "module" else tr("several times together")
    said = in_use().say(tie_subject(draft, stage, key))
    if key["by"] == "module" and "stage" in key:
        earlier = next((one for one in stages_of(draft.values) if one.get("code") == key["stage"]), {})
        return tr("{what} ({stage})", what=said, stage=earlier.get("name") or key["stage"])
    return said
