"""The words of the editor for what a plan holds: kinds, tie keys, figures."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.events.plan.plan_references import Part, parts_of, stages_of
from competition_app.domain.errors import Said
from competition_app.domain.plans.plan_phrases import added
from competition_app.domain.plans.plan_words import share
from competition_app.domain.scoring.figures import decimal_of, plain
from competition_app.i18n import in_use, tr

CRITERION_KINDS: tuple[tuple[str, str, Said, Said], ...] = (
    ("points", "star", Said("Points@kind"), Said("0 to full marks")),
    ("check", "square-check", Said("Yes or no@kind"), Said("done: full marks")),
    ("judgement", "gauge", Said("Level@kind"), Said("0, 1, 2, 3@levels")),
    ("measured", "ruler", Said("Measured@kind"), Said("by a table")),
    ("deduction", "circle-minus", Said("Deduction@kind"), Said("off for each one")),
    ("bonus", "circle-plus", Said("Bonus@kind"), Said("up to a limit")),
)  # fmt: skip
"""Kind, icon, word, and an example for the tile."""
MODULE_KINDS: tuple[tuple[str, str, Said, Said], ...] = (
    ("sheets", "wrench", Said("By judges"), Said("criteria, panel")),
    ("direct", "file-text", Said("Score typed"), Said("theory, import")),
    ("members", "users", Said("Members@kind"), Said("another event")),
)  # fmt: skip
ICONS: Mapping[str, str] = {kind: icon for kind, icon, _, _ in CRITERION_KINDS + MODULE_KINDS}

TIE_ICONS: Mapping[str, str] = {
    "time": "timer", "submitted": "timer", "penalty": "circle-minus", "decision": "gavel", "lot": "shuffle",
    "stage": "flag", "field": "id-card", "attempt": "rotate-ccw",
}  # fmt: skip


def figure_text(value: object) -> str:
    """A number of a plan as it is shown: 0.50 → 0.5; what is no number as it stands."""
    number = decimal_of(value)
    return plain(number) if number is not None else "" if value is None else str(value)


def share_text(value: object) -> str:
    """A weight as per cent; a dash for what is no number."""
    return share(value) if decimal_of(value) is not None else "—"


def top_of(criterion: Part) -> Decimal | None:
    """The most points a criterion can give: of a measured one the most of its scale."""
    if criterion.get("kind") == "measured":
        rows = criterion.get("scale")
        pairs = [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
        found = [decimal_of(row[1]) for row in pairs if len(row) == 2]
        return max((one for one in found if one is not None), default=None)
    return decimal_of(criterion.get("max"))


def tie_line(draft: PlanDraft, stage: int, place: int) -> str:
    """A tie key as a line of the tree: 先比实操成绩, 再比实操用时, 仍相同由裁判长裁定."""
    key = draft.part(("stages", stage, "ties", place))
    by = key.get("by")
    if by == "decision":
        return tr("Else the chief judge decides")
    if by == "lot":
        return tr("Else the draw decides")
    what = in_use().say(tie_subject(draft, stage, key))
    return tr("First {what}@tie", what=what) if place == 0 else tr("Then {what}@tie", what=what)


def tie_subject(draft: PlanDraft, stage: int, key: Part) -> Said:
    """What a tie key compares: 实操成绩."""
    values = _named(draft, stage, key)
    if "modules" in values:
        return _sum(key, values)
    match key.get("by"):
        case "module":
            return Said("the score of {module}@tie", values)
        case "criterion":
            return Said("{criterion} of {module}@tie", values)
        case "stage":
            return Said("the total of {stage}@tie", values)
        case "attempt":
            return Said("the {n}. best attempt of {module}@tie", values)
        case "time":
            return Said("the time of {module}@tie", values) if key.get("module") else Said("time in all@tie")
        case "field":
            return Said("{field}@tie", values)
        case by:
            return _PLAIN.get(str(by), Said("a rule that is not known@tie"))


def _sum(key: Part, values: dict[str, object]) -> Said:
    if key.get("by") == "time":
        return Said("the time of {modules} together@tie", values)
    return Said("{modules} together@tie", values)


_PLAIN = {
    "submitted": Said("the time of handing in@tie"), "penalty": Said("penalty points@tie"),
    "decision": Said("the chief judge's decision@tie"), "lot": Said("the draw@tie"),
}  # fmt: skip


def _named(draft: PlanDraft, stage: int, key: Part) -> dict[str, object]:
    own = draft.part(("stages", stage))
    home = _coded(stages_of(draft.values), key.get("stage")) or own
    module = _coded(parts_of(home, "modules"), key.get("module"))
    criterion = _coded(parts_of(module or {}, "criteria"), key.get("criterion"))
    summed = modules_summed(home, key)
    return {
        **({"modules": added([_name(one) for one in summed])} if summed else {}),
        "stage": _name(home), "module": _name(module or {"code": key.get("module")}),
        "criterion": _name(criterion or {"code": key.get("criterion")}),
        "n": key.get("nth", 2), "field": key.get("field") or "—",
    }  # fmt: skip


def modules_summed(home: Part, key: Part) -> list[Part]:
    """The modules of a stage that a key adds up; of a code that names none, the code."""
    codes = key.get("modules")
    there = parts_of(home, "modules")
    return [_coded(there, code) or {"code": code} for code in (codes if isinstance(codes, list) else ())]


def _coded(parts: list[Part], code: object) -> Part | None:
    return next((part for part in parts if code is not None and part.get("code") == code), None)


def _name(part: Part) -> str:
    return str(part.get("name") or part.get("code") or "—")


def tie_icon(draft: PlanDraft, stage: int, key: Part) -> str:
    """The icon of a tie key: that of its module or criterion where it has one."""
    by = str(key.get("by"))
    if by not in ("module", "criterion"):
        return TIE_ICONS.get(by, "list-ordered")
    home = _coded(stages_of(draft.values), key.get("stage")) or draft.part(("stages", stage))
    named = _coded(parts_of(home, "modules"), key.get("module"))
    module = next(iter([named] if named else modules_summed(home, key)), {})
    criterion = _coded(parts_of(module, "criteria"), key.get("criterion")) or {}
    return ICONS.get(str((criterion if by == "criterion" else module).get("kind")), "file-text")


def level_figure(level: Part) -> str:
    """How many a prize has: 6, 10%, 第 4–10 名, ≥ 60."""
    if level.get("percent") is not None:
        return tr("{n}%", n=figure_text(level["percent"]))
    ranks = level.get("ranks")
    if isinstance(ranks, list) and len(ranks) == 2 and ranks[0] == ranks[1]:
        return tr("place {first}@tree", first=figure_text(ranks[0]))
    if isinstance(ranks, list) and len(ranks) == 2:
        return tr("places {first}–{last}@tree", first=figure_text(ranks[0]), last=figure_text(ranks[1]))
    if level.get("min_total") is not None:
        return tr("≥ {total}@tree", total=figure_text(level["min_total"]))
    return figure_text(level.get("count")) or "—"


_NUMBER = "this is not a number that can be read exactly"
_WHOLE = "this is not a whole number"


def error_words(said: Said) -> str:
    """What is wrong with a place, with what to do where a figure was expected."""
    if said.text == _NUMBER:
        return tr("Type a number, such as 85 or 0.5.")
    return tr("Type a whole number.") if said.text == _WHOLE else in_use().say(said)


def crumbs_of(draft: PlanDraft, path: Path) -> list[str]:
    """The way to a part: 决赛 › 实操 › 尺寸误差."""
    found = [tr("Prizes and titles")] if path[:1] in (("awards",), ("titles",)) else []
    for at in range(2, len(path) + 1):
        part: Any = draft.get(path[:at])
        if isinstance(path[at - 1], int) and isinstance(part, dict):
            found.append(str(part.get("name") or part.get("code") or "—"))
    return found
