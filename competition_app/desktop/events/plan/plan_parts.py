"""Adding, doubling, moving and removing the parts of a plan; codes are made here and never typed."""

from collections.abc import Sequence
from copy import deepcopy
from decimal import Decimal
from typing import Any

from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.events.plan.plan_references import (
    Part,
    References,
    fresh_code,
    modules_of,
    parts_of,
    stages_of,
)
from competition_app.domain.errors import Said
from competition_app.domain.scoring.figures import decimal_of
from competition_app.i18n import in_use, tr

LISTS = ("stages", "modules", "criteria", "ties", "levels", "titles")
"""The lists whose parts are lines of the tree."""
CODED = {"stages": "S", "modules": "M", "criteria": "P"}
TOP = {"points": 10, "check": 4, "judgement": 6, "deduction": 10, "bonus": 5}
"""Full marks of a new criterion; a measured one gets them from its scale."""


def holder_of(path: Path) -> str:
    """The list a part stands in: ``stages``, ``criteria`` …; empty for what stands in none."""
    name = str(path[-2]) if len(path) > 1 and isinstance(path[-1], int) else ""
    return name if name in LISTS else ""


def name_of(draft: PlanDraft, path: Path) -> str:
    """A part's name, its code where it has none, its place where it has neither."""
    part = draft.part(path)
    told = part.get("name") or part.get("code")
    return str(told or (int(path[-1]) + 1 if path and isinstance(path[-1], int) else ""))


# --- adding ---
def add_stage(draft: PlanDraft) -> Path:
    """One more stage with a module that judges mark; the chief judge decides what stays equal."""
    stages = stages_of(draft.values)
    stage = {
        "code": fresh_code("S", stages),
        "name": tr("Final") if not stages else tr("Stage {n}", n=len(stages) + 1),
        "modules": [_module([], "sheets", fresh_code("M", modules_of(draft.values)))],
        "round": {"weighted": 2, "total": 2},
        "ties": [{"by": "decision"}],
    }
    return _append(draft, ("stages",), stage, Said("a stage"))


def add_module(draft: PlanDraft, stage: Path, kind: str) -> Path:
    """One more module: ``sheets``, ``direct`` or ``members``; it takes what is left of the weights."""
    here = (*stage, "modules")
    code = fresh_code("M", modules_of(draft.values))
    made = _module(parts_of(draft.part(stage), "modules"), kind, code)
    return _append(draft, here, made, Said("a module"))


def _module(others: list[Part], kind: str, code: str) -> Part:
    made: Part = {"code": code, "name": tr("Module {n}", n=len(others) + 1), "kind": kind, "full": 100}
    left = Decimal(1) - sum((decimal_of(one.get("weight", 1)) or Decimal() for one in others), Decimal())
    if others and left > 0:
        made["weight"] = left
    if kind == "sheets":
        made["criteria"] = [criterion([], "points") | {"max": 100}]
    made["round"] = {"module": 2}
    return made


def criterion(others: list[Part], kind: str) -> Part:
    """A new criterion of a kind."""
    made: Part = {
        "code": fresh_code("P", others), "name": tr("Criterion {n}", n=len(others) + 1), "kind": kind,
    }  # fmt: skip
    return made | of_kind(kind, TOP.get(kind, 10))


def of_kind(kind: str, top: object) -> Part:
    """What a kind needs to begin with: full marks, or a scale."""
    if kind == "measured":
        return {"unit": "mm", "scale": [["0.2", top], ["0.5", 0]], "between": "linear"}
    if kind == "deduction":
        return {"max": top, "each": 1}
    return {"max": top}


def add_criterion(draft: PlanDraft, module: Path, kind: str) -> Path:
    """One more criterion; it stands under the heading of the one before."""
    others = parts_of(draft.part(module), "criteria")
    made = criterion(others, kind)
    if others and others[-1].get("heading"):
        made["heading"] = others[-1]["heading"]
    return _append(draft, (*module, "criteria"), made, Said("a criterion"))


def add_tie(draft: PlanDraft, stage: Path, key: Part) -> Path:
    """One more key by which equal totals are told apart, before those that always decide."""
    here = (*stage, "ties")
    rows = parts_of(draft.part(stage), "ties")
    last = next((at for at, one in enumerate(rows) if one.get("by") in ("decision", "lot")), len(rows))
    return _insert(draft, here, last, dict(key), Said("a rule for equal totals"))


def add_level(draft: PlanDraft) -> Path:
    """One more prize."""
    n = len(draft.rows(("awards", "levels")))
    names = (tr("First prize"), tr("Second prize"), tr("Third prize"))
    name = names[n] if n < len(names) else tr("Prize {n}", n=n + 1)
    return _append(draft, ("awards", "levels"), {"name": name, "count": 1}, Said("a prize"))


def add_title(draft: PlanDraft) -> Path:
    """One more title, for the first place."""
    made = {"name": tr("Skilled expert"), "ranks": [1, 1]}
    return _append(draft, ("titles",), made, Said("a title"))


def add_rows(draft: PlanDraft, module: Path, rows: Sequence[Part]) -> Path:
    """Several criteria at once, as read from a spreadsheet; each gets a code of its own."""
    here = (*module, "criteria")
    others = parts_of(draft.part(module), "criteria")
    made: list[Part] = []
    for row in rows:
        used = [*others, *made]
        free = row.get("code") and all(one.get("code") != row["code"] for one in used)
        made.append({**row, "code": row["code"] if free else fresh_code("P", used)})

    def deed(values: Part) -> Path:
        held = _list_at(values, here)
        held.extend(made)
        return (*here, max(0, len(held) - len(made)))

    said = Said("{n} criterion pasted|{n} criteria pasted", {"n": len(made)})
    return draft.change(said, here, deed)


def _append(draft: PlanDraft, here: Path, part: Part, what: Said) -> Path:
    return _insert(draft, here, len(draft.rows(here)), part, what)


def _insert(draft: PlanDraft, here: Path, place: int, part: Part, what: Said) -> Path:
    def deed(values: Part) -> Path:
        _list_at(values, here).insert(place, part)
        return (*here, place)

    return draft.change(Said("{what} added", {"what": what}), (*here, place), deed)


# --- removing, doubling, moving ---
def remove(draft: PlanDraft, path: Path) -> str:
    """Take a part away with all that names it; what happened, in words."""
    name = name_of(draft, path)

    def deed(values: Part) -> list[Said]:
        kept = References(values)
        del _list_at(values, path[:-1])[int(path[-1])]
        if not _at(values, path[:-1]) and path[-2] in ("titles", "ties"):
            del _at(values, path[:-2])[path[-2]]
        if path[:-1] == ("awards", "levels") and not values["awards"]["levels"]:
            del values["awards"]
        return kept.mend(values)

    lost = draft.change(Said("{part} removed", {"part": name}), path, deed)
    said = [tr("{part} removed", part=name), *(in_use().say(one) for one in lost)]
    return tr("; @between").join(said)


def duplicate(draft: PlanDraft, path: Path) -> Path:
    """The same part once more, below it, with codes of its own."""

    def deed(values: Part) -> Path:
        rows = _list_at(values, path[:-1])
        made = deepcopy(rows[int(path[-1])])
        prefix = CODED.get(holder_of(path))
        if prefix:
            beside = [one for one in rows if isinstance(one, dict)]
            made["code"] = fresh_code(prefix, modules_of(values) if prefix == "M" else beside)
            if made.get("name"):
                made["name"] = tr("{name} (copy)", name=made["name"])
        if holder_of(path) == "stages":
            _rename_within(made, str(rows[int(path[-1])].get("code")))
        rows.insert(int(path[-1]) + 1, made)
        return (*path[:-1], int(path[-1]) + 1)

    return draft.change(Said("{part} doubled", {"part": name_of(draft, path)}), path, deed)


def _rename_within(stage: Part, old: str) -> None:
    """A doubled stage's own keys name it by its own code."""
    for key in parts_of(stage, "ties"):
        if key.get("stage") == old:
            key["stage"] = stage["code"]


def may_stand(path: Path, target: Path) -> bool:
    """Whether a part may be moved into a list: criteria into any module, modules into any stage."""
    kind = holder_of(path)
    if not kind or not target or target[-1] != kind or target[: len(path)] == path:
        return False
    return target == path[:-1] or kind in ("modules", "criteria")


def move(draft: PlanDraft, path: Path, target: Path, place: int) -> Path:
    """Move a part to a place of a list (counted before it is taken out); its new path."""

    def deed(values: Part) -> Path:
        kept = References(values)
        source, at = _at(values, path[:-1]), int(path[-1])
        held = _list_at(values, target)
        to = place - 1 if held is source and place > at else place
        part = source.pop(at)
        prefix = CODED.get(holder_of(path))
        if prefix and any(one.get("code") == part.get("code") for one in held if isinstance(one, dict)):
            part["code"] = fresh_code(prefix, [one for one in held if isinstance(one, dict)])
        held.insert(to, part)
        kept.mend(values)
        return (*target, to)

    return draft.change(Said("{part} moved", {"part": name_of(draft, path)}), path, deed)


def step(draft: PlanDraft, path: Path, by: int) -> Path:
    """Move a part up (-1) or down (1) within its list; the same path where it stands at the end."""
    if not holder_of(path):
        return path
    place = int(path[-1]) + by
    if not 0 <= place < len(draft.rows(path[:-1])):
        return path
    return move(draft, path, path[:-1], place + 1 if by > 0 else place)


def _at(values: Any, path: Path) -> Any:
    for one in path:
        values = values[one]
    return values


def _list_at(values: Part, path: Path) -> list[Any]:
    """The list at a path, made where there is none."""
    holder: Any = values
    for at, one in enumerate(path):
        if isinstance(one, str) and not isinstance(holder.get(one), dict | list):
            holder[one] = [] if at == len(path) - 1 else {}
        holder = holder[one]
    found: list[Any] = holder
    return found
