"""What two versions of a plan say differently, a line each in words: 决赛 › 实操，权重：70% → 60%."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import zip_longest
from typing import Any

from competition_app.desktop.events.plan.plan_draft import PlanDraft
from competition_app.desktop.events.plan.plan_references import modules_of, parts_of
from competition_app.desktop.events.plan.plan_words import (
    CRITERION_KINDS,
    MODULE_KINDS,
    figure_text,
    level_figure,
    share_text,
    tie_line,
)
from competition_app.domain.errors import Said
from competition_app.domain.scoring.figures import decimal_of
from competition_app.i18n import in_use, tr

Part = dict[str, Any]
IDENTITY = {"stages": "code", "modules": "code", "criteria": "code", "levels": "name", "titles": "name"}
"""By what the parts of a list are known again."""

KEYS: Mapping[str, Said] = {
    "entry": Said("What competes"),
    "order": Said("Who comes first"),
    "name": Said("Name@criterion"),
    "heading": Said("Stands under the heading"),
    "standard": Said("What judges are told"),
    "full": Said("Full marks"),
    "max": Said("Full marks"),
    "min": Said("Least mark"),
    "weight": Said("Weight"),
    "basis": Said("Weight is taken of"),
    "kind": Said("How it is marked"),
    "step": Said("Step of the marks"),
    "unit": Said("Unit"),
    "factor": Said("Points times a factor"),
    "scale": Said("Table of values and points"),
    "between": Said("Between two rows"),
    "each": Said("Off for each one"),
    "levels": Said("Texts of the levels"),
    "max_spread": Said("Judges apart at most"),
    "across": Said("Put together"),
    "combine": Said("Of several judges"),
    "drop_high": Said("Highest dropped@count"),
    "drop_low": Said("Lowest dropped@count"),
    "min_judges": Said("Judges at least"),
    "drop_if_at_least": Said("Dropped from so many judges"),
    "count": Said("How many"),
    "take": Said("Which one counts"),
    "pass": Said("Pass mark"),
    "max_gap": Said("Judges' totals apart at most"),
    "absent_module": Said("Whoever is absent"),
    "blind": Said("Marked under codes"),
    "conflict": Said("A judge's mark for their own unit"),
    "criterion": Said("Each criterion rounded to"),
    "factored": Said("After its factor"),
    "sheet": Said("Each judge's total"),
    "attempt": Said("Each attempt"),
    "module": Said("Score rounded to"),
    "weighted": Said("Weighted parts rounded to"),
    "total": Said("Total rounded to"),
    "time_bands": Said("Points off by time"),
    "time_factors": Said("Factor by time"),
    "places": Said("Entries that stay equal"),
    "no_shared_top": Said("First places that are not shared"),
    "percent_of": Said("Per cent are taken"),
    "ties": Said("Equal at the border"),
    "cumulative": Said("Shares are added up before they are rounded"),
    "extra_uses_next": Said("Extra winners are taken out of the next prize"),
    "event": Said("Results of the members in"),
    "best": Said("Only so many of the best"),
    "missing": Said("A member without a result"),
    "stage": Said("Brought along: the total of"),
    "percent": Said("Per cent@key"),
    "min_total": Said("Total at least"),
    "per_organisation": Said("At most for each unit"),
    "by": Said("Marks are evened out"),
    "mean": Said("Mean afterwards"),
    "sd": Said("Standard deviation afterwards"),
    "round": Said("A part of one"),
    "at_least": Said("But at least"),
    "ranks": Said("Places@key"),
    "age_at_most": Said("Age at most"),
    "on": Said("Age on the day (2026-09-01)"),
    "sex": Said("For"),
    "passed": Said("Must have passed"),
    "employment": Said("Employed as one of these"),
    "holding": Said("Holds one of these titles or levels already"),
    "modules": Said("Modules@key"),
    "panel": Said("Judges of this criterion"),
    "not_holding": Said("Not for those who hold one of these titles already"),
}
VALUES: Mapping[tuple[str, str], Said] = {
    ("combine", "mean"): Said("the mean is taken"),
    ("combine", "median"): Said("the median is taken"),
    ("combine", "sum"): Said("they are added up"),
    ("combine", "agreed"): Said("the judges agree on one figure"),
    ("across", "sheet"): Said("each judge's total"),
    ("across", "criterion"): Said("criterion by criterion@choice"),
    ("take", "best"): Said("the best one counts"),
    ("take", "last"): Said("the last one counts"),
    ("take", "mean"): Said("their mean counts"),
    ("take", "sum"): Said("their sum counts"),
    ("take", "trimmed"): Said("the mean counts, without the best and the worst"),
    ("absent_module", "zero"): Said("gets 0 here"),
    ("absent_module", "unranked"): Said("is not ranked"),
    ("basis", "percent"): Said("the share of the full marks"),
    ("basis", "score"): Said("the points as they are"),
    ("order", "low"): Said("the lowest total (times, errors)"),
    ("order", "high"): Said("the highest total"),
    ("entry", "individual"): Said("persons"),
    ("entry", "team"): Said("teams"),
    ("entry", "organisation"): Said("units"),
    ("between", "linear"): Said("along a straight line"),
    ("between", "step"): Said("as the row before"),
    ("missing", "zero"): Said("counts as 0"),
    ("missing", "unranked"): Said("leaves the team unranked"),
    ("round", "floor"): Said("is dropped"),
    ("round", "half_up"): Said("half and more counts"),
    ("round", "ceil"): Said("counts as one"),
    ("percent_of", "took_part"): Said("of all who took part"),
    ("percent_of", "ranked"): Said("of all ranked"),
    ("percent_of", "registered"): Said("of all registered"),
}
KINDS = {key: said for key, _, said, _ in CRITERION_KINDS + MODULE_KINDS}


def differences(old: PlanDraft, new: PlanDraft) -> list[str]:
    """Every difference, in the order of the tree; none where both say the same."""
    return list(_of_part(_telling(old.values), _telling(new.values), ())) + list(_of_ties(old, new))


def _telling(values: Part) -> Part:
    """A plan with names for the codes of a title's modules, and the usual way of a criterion's own panel."""
    told = deepcopy(values)
    names = {str(one.get("code")): _name(one) for one in modules_of(told)}
    for title in parts_of(told, "titles"):
        needs = title.get("needs")
        if isinstance(needs, dict) and needs.get("pass"):
            held = needs.pop("pass")
            some = [names.get(str(code), code) for code in held] if isinstance(held, list) else held
            needs["passed"] = tr("every pass mark of the plan") if held is True else some
    for module in modules_of(told):
        for one in parts_of(module, "criteria"):
            if isinstance(one.get("panel"), dict):
                one["panel"].setdefault("combine", "mean")
    return told


def _of_part(old: Part, new: Part, way: tuple[str, ...]) -> Iterator[str]:
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key), new.get(key)
        if key in ("code", "ties") and (key == "code" or "modules" in new or "modules" in old):
            continue
        if key in IDENTITY and _all_parts(before) and _all_parts(after) and (before or after):
            yield from _of_list(key, before or [], after or [], way)
        elif isinstance(before, dict) or isinstance(after, dict):
            held = (before if isinstance(before, dict) else {}), (after if isinstance(after, dict) else {})
            yield from _of_part(*held, way)
        elif not same(before, after):
            yield _line(way, key, before, after)


def _all_parts(value: object) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(one, dict) for one in value))


def _line(way: tuple[str, ...], key: str, before: object, after: object) -> str:
    label = in_use().say(KEYS[key]) if key in KEYS else key
    where = f"{' › '.join(way)}{tr(', @between')}{label}" if way else label
    return tr("{where}: {before} → {after}", where=where, before=_told(key, before), after=_told(key, after))


def same(before: object, after: object) -> bool:
    """Whether two values say the same: 0.5, "0.50"; nothing and an empty list."""
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(same(*two) for two in zip(before, after, strict=True))
    figures = decimal_of(before), decimal_of(after)
    if figures[0] is not None and figures[0] == figures[1]:
        return True
    return before == after or (
        not before and not after and None in (before, after) and 0 not in (before, after)
    )


def _told(key: str, value: object) -> str:
    if value is None or value == []:
        return tr("not set@value")
    if isinstance(value, bool):
        return tr("yes@value") if value else tr("no@value")
    if key == "weight":
        return share_text(value)
    if isinstance(value, list) and any(isinstance(one, list) for one in value):
        return tr("; @between").join(_told("", one) for one in value)
    if isinstance(value, list):
        return " / ".join(_told("", one) for one in value)
    said = VALUES.get((key, str(value))) or (KINDS.get(str(value)) if key == "kind" else None)
    return in_use().say(said) if said else figure_text(value)


def _of_list(key: str, before: list[Part], after: list[Part], way: tuple[str, ...]) -> Iterator[str]:
    known = IDENTITY[key]
    old = {str(one.get(known)): one for one in before}
    new = {str(one.get(known)): one for one in after}
    where = " › ".join(way) or tr("Plan")
    for code, one in old.items():
        if code not in new:
            yield tr("{where}: “{part}” removed", where=where, part=_name(one))
    for code, one in new.items():
        if code not in old:
            more = f" {level_figure(one)}" if key in ("levels", "titles") else ""
            yield tr("{where}: “{part}” added", where=where, part=f"{_name(one)}{more}")
        else:
            yield from _of_part(old[code], one, (*way, _name(one)))
    kept = [code for code in old if code in new]
    if kept != [code for code in new if code in old]:
        yield tr("{where}: other order: {names}", where=where,
                 names=tr(", @between").join(_name(new[code]) for code in new))  # fmt: skip


def _of_ties(old: PlanDraft, new: PlanDraft) -> Iterator[str]:
    """Keys that tell equals apart, each by its place."""
    for at, (before, after) in enumerate(zip_longest(old.rows(("stages",)), new.rows(("stages",)))):
        if not isinstance(before, dict) or not isinstance(after, dict):
            continue
        rows = _ties(old, at, before), _ties(new, at, after)
        if rows[0] != rows[1]:
            told = [tr("; @between").join(one) or tr("not set@value") for one in rows]
            where = f"{_name(after)}{tr(', @between')}{tr('Places and equal totals')}"
            yield tr("{where}: {before} → {after}", where=where, before=told[0], after=told[1])


def _ties(draft: PlanDraft, at: int, stage: Part) -> list[str]:
    rows = stage.get("ties")
    count = len(rows) if isinstance(rows, list) else 0
    return [tie_line(draft, at, place) for place in range(count)]


def _name(part: Part) -> str:
    return str(part.get("name") or part.get("code") or "—")
