"""The lines of the plan's tree, made of the draft: name, figure at the right, icon, what is wrong below."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.events.plan.plan_references import Part, parts_of
from competition_app.desktop.events.plan.plan_words import (
    ICONS,
    figure_text,
    level_figure,
    share_text,
    tie_icon,
    tie_line,
    top_of,
)
from competition_app.domain.scoring.figures import decimal_of
from competition_app.i18n import tr

EVENT: Path = ("event",)
AWARDS: Path = ("awards",)
TEXT: Path = ("text",)
FIRST: Path = ("first",)
"""Where a plan without stages begins."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the tree: ``node`` is the path of what it stands for; a ``heading`` stands for nothing.

    ``strong`` lines are stages, modules and sections.
    """

    node: Path
    name: str
    figure: str
    icon: str
    below: "tuple[Line, ...]" = ()
    strong: bool = False
    heading: bool = False


def lines_of(draft: PlanDraft) -> list[Line]:
    """All lines, in the order in which a result comes about."""
    found = [Line(EVENT, tr("Event and divisions"), "", "clipboard-list", strong=True)]
    stages = draft.rows(("stages",))
    for at, stage in enumerate(stages):
        if isinstance(stage, dict):
            found.append(_stage(at, stage))
            found.append(_ties(draft, at, stage, alone=len(stages) == 1))
    if stages:
        found.append(_awards(draft))
    else:
        found.append(Line(FIRST, tr("The first stage"), "", "flag"))
    return [*found, Line(TEXT, tr("Text of the plan"), "", "file-text", strong=True)]


def node_of(draft: PlanDraft, path: Path) -> Path:
    """The line at which a place of the plan is edited: the nearest above it that has one."""
    if path[:1] in (EVENT, TEXT, FIRST):
        return path[:1]
    nodes = {line.node for line in walk(lines_of(draft)) if not line.heading}
    for length in range(len(path), 0, -1):
        if path[:length] in nodes:
            return path[:length]
    if FIRST in nodes:
        return FIRST
    return AWARDS if path[:1] == ("titles",) and AWARDS in nodes else TEXT


def walk(lines: "list[Line] | tuple[Line, ...]") -> Iterator[Line]:
    """Every line with those below it."""
    for line in lines:
        yield line
        yield from walk(line.below)


def _stage(at: int, stage: Part) -> Line:
    here: Path = ("stages", at)
    modules = [
        _module((*here, "modules", place), one)
        for place, one in enumerate(_rows(stage, "modules"))
        if isinstance(one, dict)
    ]
    return Line(here, _name(stage), _weights(stage), "flag", tuple(modules), strong=True)


def _weights(stage: Part) -> str:
    """The weights of a stage added up, as per cent; the points where its parts simply make 100."""
    if adds_up(stage):
        return tr("{n} points@tree", n=100)
    parts = [decimal_of(one.get("weight", 1)) for one in parts_of(stage, "modules")]
    carry = stage.get("carry")
    if isinstance(carry, dict):
        parts.append(decimal_of(carry.get("weight", 1)))
    known = [one for one in parts if one is not None]
    return share_text(sum(known, Decimal())) if known and len(known) == len(parts) else "—"


def adds_up(stage: Part) -> bool:
    """Whether parts that are simply added up make 100 points: 25 + 20 + 25 + 100 × 0.3 (JX-3)."""
    modules = parts_of(stage, "modules")
    fulls = [decimal_of(one.get("full")) for one in modules]
    weights = [decimal_of(one.get("weight", 1)) for one in modules]
    if None in fulls or None in weights or len(modules) < 2 or stage.get("carry"):
        return False
    shares = [one.get("basis") == "percent" for one in modules]
    parts = [(100 if share else full or 0) * (weight or 0)
             for share, full, weight in zip(shares, fulls, weights, strict=True)]  # fmt: skip
    return sum(parts, Decimal()) == 100 and sum((one or 0 for one in weights), Decimal()) != 1


def _module(here: Path, module: Part) -> Line:
    below = list(_criteria(here, module))
    for key, word in (("time_bands", tr("Points off by time")), ("time_factors", tr("Factor by time"))):
        rows = module.get(key)
        if isinstance(rows, list) and rows:
            below.append(Line((*here, key), word, tr("{n} row@bands|{n} rows@bands", n=len(rows)), "timer"))
    icon = ICONS.get(str(module.get("kind")), "file-text")
    return Line(here, _name(module), share_text(module.get("weight", 1)), icon, tuple(below), strong=True)


def _criteria(here: Path, module: Part) -> Iterator[Line]:
    """The criteria; those that follow one another under one heading stand below it."""
    rows = _rows(module, "criteria")
    group: list[Line] = []
    heading = ""
    for place, one in enumerate(rows):
        if not isinstance(one, dict):
            continue
        now = str(one.get("heading") or "")
        if now != heading:
            yield from _grouped(here, heading, group)
            heading, group = now, []
        group.append(_criterion((*here, "criteria", place), one))
    yield from _grouped(here, heading, group)


def _grouped(here: Path, heading: str, group: list[Line]) -> Iterator[Line]:
    if not heading:
        yield from group
    elif group:
        node = (*here, "heading", group[0].node[-1])
        yield Line(node, heading, "", "list-checks", tuple(group), heading=True)


def _criterion(node: Path, one: Part) -> Line:
    top, kind = top_of(one), str(one.get("kind"))
    points = tr("{n} points@tree", n=figure_text(top)) if top is not None else "—"
    if kind == "bonus" and top is not None:
        points = tr("+{n} points@tree", n=figure_text(top))
    return Line(node, _name(one), points, ICONS.get(kind, "star"))


def _ties(draft: PlanDraft, at: int, stage: Part, *, alone: bool) -> Line:
    here: Path = ("stages", at, "ties")
    rows: list[Any] = draft.rows(here)
    below = tuple(
        Line((*here, place), tie_line(draft, at, place), tr("no. {n}@tie", n=place + 1),
             tie_icon(draft, at, key))
        for place, key in enumerate(rows) if isinstance(key, dict)
    )  # fmt: skip
    name = tr("Places and equal totals") if alone else tr("Places in {stage}", stage=_name(stage))
    return Line(here, name, tr("{n} rule|{n} rules", n=len(rows)), "list-ordered", below, strong=True)


def _awards(draft: PlanDraft) -> Line:
    levels = draft.rows(("awards", "levels"))
    below = [
        Line(("awards", "levels", at), _name(one), level_figure(one), "medal")
        for at, one in enumerate(levels) if isinstance(one, dict)
    ]  # fmt: skip
    for at, one in enumerate(draft.rows(("titles",))):
        if isinstance(one, dict):
            below.append(Line(("titles", at), _name(one), level_figure(one), "graduation-cap"))
    figures = " / ".join(line.figure for line in below if line.node[0] == "awards")
    return Line(AWARDS, tr("Prizes and titles"), figures, "medal", tuple(below), strong=True)


def _rows(part: Part, key: str) -> list[Any]:
    held = part.get(key)
    return held if isinstance(held, list) else []


def _name(part: Part) -> str:
    return str(part.get("name") or part.get("code") or "—")
