"""A scoring plan in plain sentences: what counts, how it is rounded, who comes first (scoring.md §2)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from competition_app.domain.errors import Said
from competition_app.domain.plans.plan import (
    CriterionPanel,
    Module,
    Plan,
    Stage,
    TieKey,
)
from competition_app.domain.plans.plan_phrases import Words, added, listed, named
from competition_app.domain.plans.plan_prize_words import advance_sentences, award_sentences, title_sentence
from competition_app.domain.scoring.figures import plain


def plan_sentences(plan: Plan) -> tuple[Said, ...]:
    """The plan as sentences, in the order in which a result comes about."""
    said: list[Said] = []
    if plan.low:
        said.append(Said("Less is better: the lowest total comes first."))
    for stage in plan.stages:
        said += _stage(plan, stage)
    if plan.awards and plan.awards.levels:
        said += award_sentences(plan.awards)
    said += [title_sentence(plan, title) for title in plan.titles]
    return tuple(said)


def share(figure: object) -> str:
    """A weight as per cent, exact: 0.3 → 30%."""
    moved = plain(_scaled(figure))
    return f"{moved}%"


def _scaled(figure: object) -> Fraction:
    return Fraction(str(figure)) * 100


def _stage(plan: Plan, stage: Stage) -> Iterator[Said]:
    parts = [_part(module) for module in stage.modules]
    if stage.carry:
        earlier = plan.stage(stage.carry.stage)
        name = named(earlier) if earlier else stage.carry.stage
        parts.append(
            Said("the total of {stage} ({share})", {"stage": name, "share": share(stage.carry.weight)})
        )
    if parts:
        yield Said("{stage} is made of {parts}.", {"stage": named(stage), "parts": listed(parts)})
    for module in stage.modules:
        yield from module_sentences(module, low=plan.low)
    yield from _absences(stage)
    yield from _stage_rounding(stage)
    if stage.pass_ is not None:
        yield Said("To pass, a total of {pass_mark} is needed.", {"pass_mark": plain(stage.pass_)})
    yield from _order(plan, stage)
    if stage.advance:
        yield from advance_sentences(stage, stage.advance)


def _part(module: Module) -> Words:
    if module.weight == 1 and module.basis == "score":
        return named(module)
    values = {"module": named(module), "share": share(module.weight)}
    if module.basis == "percent":
        return Said("{module} (as per cent of its full marks, {share})", values)
    return Said("{module} ({share})", values)


def module_sentences(module: Module, *, low: bool = False) -> Iterator[Said]:
    """What one module says: where its score comes from, the panel, attempts, time, rounding, guards."""
    yield _source(module)
    if module.kind == "sheets":
        yield _panel(module)
        yield from _own_panels(module)
        yield from _fewest(module)
    if module.attempts.count > 1:
        took = {"n": module.attempts.count, "take": _TAKE[module.attempts.take]}
        yield Said("{module}: {n} attempts; {take}.", {"module": named(module), **took})
    yield from _times(module, low=low)
    yield from _rungs(module)
    if module.normalise:
        by = Said("judges") if module.normalise.by == "judge" else Said("judging groups")
        yield Said("{module}: marks are evened out between {by}.", {"module": named(module), "by": by})
    if module.pass_ is not None:
        yield Said("{module}: the pass mark is {pass_mark}.",
                   {"module": named(module), "pass_mark": plain(module.pass_)})  # fmt: skip
    if module.max_gap is not None:
        yield Said("{module}: totals of judges more than {gap} apart are pointed out.",
                   {"module": named(module), "gap": plain(module.max_gap)})  # fmt: skip


def _source(module: Module) -> Said:
    values: dict[str, object] = {"module": named(module)}
    if module.kind == "members":
        return Said("{module} comes from the results of the members.", values)
    if module.full is not None:
        values["full"] = plain(module.full)
    if module.kind == "direct":
        if module.full is None:
            return Said("{module}: one score is entered for each entry.", values)
        return Said("{module}: one score is entered for each entry, at most {full}.", values)
    values["n"] = len(module.criteria)
    if module.full is None:
        return Said("{module}: judges mark {n} criterion.|{module}: judges mark {n} criteria.", values)
    return Said(
        "{module}: judges mark {n} criterion, {full} points in all.|"
        "{module}: judges mark {n} criteria, {full} points in all.",
        values,
    )


_TAKE = {
    "best": Said("the best one counts"),
    "last": Said("the last one counts"),
    "mean": Said("their mean counts"),
    "sum": Said("their sum counts"),
    "trimmed": Said("the mean counts, without the best and the worst"),
}
_COMBINE = {
    "mean": Said("the mean is taken"),
    "median": Said("the median is taken"),
    "sum": Said("they are added up"),
    "agreed": Said("the judges agree on one figure"),
}


def _panel(module: Module) -> Said:
    panel = module.panel
    per = panel.across == "criterion"
    digits = getattr(module.round, _panel_rung(module) or "", None)
    values = {
        "module": named(module), "drop": _dropped(panel), "combine": _COMBINE[panel.combine],
        "rounded": _rounded(digits) if digits is not None or not _rounds(module) else "",
    }  # fmt: skip
    if per:
        return Said(
            "{module}, criterion by criterion: {drop}{combine}{rounded}; then all are added up.", values
        )
    return Said("{module}: {drop}{combine}{rounded}.", values)


def _own_panels(module: Module) -> Iterator[Said]:
    """Criteria whose judges are combined in another way than the rest."""
    alike: dict[CriterionPanel, list[Words]] = {}
    for criterion in module.criteria:
        if criterion.panel is not None:
            alike.setdefault(criterion.panel, []).append(criterion.name or criterion.code)
    for panel, names in alike.items():
        values = {"drop": _dropped(panel), "combine": _COMBINE[panel.combine]}
        yield Said("But for {criteria} of {module}: {drop}{combine}.",
                   {"module": named(module), "criteria": listed(names), **values})  # fmt: skip


def _panel_rung(module: Module) -> str | None:
    """The rung that rounds what the panel makes, told in the panel's own sentence."""
    if module.panel.across == "criterion":
        return "criterion"
    if module.round.attempt is not None:
        return "attempt"
    return "module" if module.attempts.count == 1 else None


def _rounds(module: Module) -> bool:
    return any(digits is not None for digits in module.round.model_dump().values())


def _dropped(panel: CriterionPanel) -> Words:
    high, low = panel.drop_high, panel.drop_low
    if high and low:
        return Said("the {high} highest and the {low} lowest are dropped, ", {"high": high, "low": low})
    if high:
        return Said("the {high} highest are dropped, ", {"high": high})
    return Said("the {low} lowest are dropped, ", {"low": low}) if low else ""


def _rounded(digits: int | None) -> Words:
    if digits is None:
        return Said(", not rounded")
    if digits == 0:
        return Said(", rounded half up to a whole number")
    return Said(", rounded half up to {n} digit|, rounded half up to {n} digits", {"n": digits})


def _fewest(module: Module) -> Iterator[Said]:
    if module.panel.fewest > 1:
        yield Said("{module} needs the marks of at least {n} judges.",
                   {"module": named(module), "n": module.panel.fewest})  # fmt: skip


def _times(module: Module, *, low: bool) -> Iterator[Said]:
    """What the time used takes off after that (puts on, where less is better), or multiplies by."""
    if module.time_bands:
        said = _PUT_ON if low else _TAKEN_OFF
        rows = listed(list(_bands(module.time_bands, said)))
        values = {"module": named(module), "rows": rows}
        if low:
            yield Said("{module}: points are put on by the time used: {rows}.", values)
        else:
            yield Said("{module}: points are taken off by the time used: {rows}.", values)
    if module.time_factors:
        rows = listed(list(_bands(module.time_factors, _MULTIPLIED)))
        yield Said("{module}: the time used multiplies the score: {rows}.",
                   {"module": named(module), "rows": rows})  # fmt: skip


_Both = tuple[Said, Said, Said | None, Said | None]
"""What a row says: below a time, from a time on, and both where nothing changes."""
_TAKEN_OFF: _Both = (
    Said("below {time} {value} off"), Said("from {time} {value} off"),
    Said("below {time} nothing off"), Said("from {time} nothing off"),
)  # fmt: skip
_PUT_ON: _Both = (
    Said("below {time} {value} on"), Said("from {time} {value} on"),
    Said("below {time} nothing on"), Said("from {time} nothing on"),
)  # fmt: skip
_MULTIPLIED: _Both = (Said("below {time} times {value}"), Said("from {time} times {value}"), None, None)


def _bands(rows: Sequence[tuple[Decimal, Decimal]], said: _Both) -> Iterator[Said]:
    for index, (start, value) in enumerate(rows):
        below = start == 0 and index + 1 < len(rows)
        plainly, nothing = (said[0], said[2]) if below else (said[1], said[3])
        chosen = nothing if nothing is not None and value == 0 else plainly
        time = _duration(rows[index + 1][0] if below else start)
        yield Said(chosen.text, {"time": time, "value": plain(value)})


def _duration(seconds: Decimal) -> Said:
    """6 minutes; 8 minutes 11 seconds."""
    minutes, rest = divmod(Fraction(seconds), 60)
    values: dict[str, object] = {"minutes": str(minutes), "seconds": plain(rest)}
    if rest and minutes:
        return Said("{minutes} min {seconds} s", values)
    return Said("{seconds} s", values) if rest or not minutes else Said("{minutes} min", values)


def _rungs(module: Module) -> Iterator[Said]:
    """The rungs that round besides the one the panel's sentence names."""
    told = _panel_rung(module) if module.kind == "sheets" else None
    for rung, said in _RUNGS.items():
        digits = getattr(module.round, rung)
        if digits is not None and rung != told:
            yield Said(said.text, {"module": named(module), "rounded": _rounded(digits)})


_RUNGS = {
    "factored": Said("{module}: each criterion times its factor{rounded}."),
    "sheet": Said("{module}: each judge's total{rounded}."),
    "attempt": Said("{module}: each attempt{rounded}."),
    "module": Said("{module}: the score{rounded}."),
}


def _absences(stage: Stage) -> Iterator[Said]:
    """What becomes of those who are absent: once where it is the same in every module."""
    zero = [module for module in stage.modules if module.absent_module == "zero"]
    rest = [module for module in stage.modules if module.absent_module != "zero"]
    if zero:
        yield Said(
            "Whoever is absent from {module} gets 0 there.", {"module": listed([named(m) for m in zero])}
        )
    if rest:
        yield Said(
            "Whoever is absent from {module} is not ranked.", {"module": listed([named(m) for m in rest])}
        )


def _stage_rounding(stage: Stage) -> Iterator[Said]:
    if stage.round.weighted is not None:
        yield Said("Each weighted part{rounded}.", {"rounded": _rounded(stage.round.weighted)})
    if stage.round.total is not None:
        yield Said("The total{rounded}.", {"rounded": _rounded(stage.round.total)})


_PLACES = {
    "1224": Said("Entries still equal share a place, the places after it are left out (1, 2, 2, 4)."),
    "1223": Said("Entries still equal share a place, no place is left out (1, 2, 2, 3)."),
    "1334": Said("Entries still equal share the last of their places (1, 3, 3, 4)."),
}


def _order(plan: Plan, stage: Stage) -> Iterator[Said]:
    if stage.ties:
        keys = listed([tie_words(plan, stage, key) for key in stage.ties])
        yield Said("Equal totals are told apart, one after another, by {keys}.", {"keys": keys})
    yield _PLACES[stage.places]
    if stage.no_shared_top:
        yield Said(
            "The first place is not shared.|The first {n} places are not shared.", {"n": stage.no_shared_top}
        )


def tie_words(plan: Plan, stage: Stage, key: TieKey) -> Said:
    """One key by which equal totals are told apart."""
    where = plan.stage(key.stage) if key.stage else stage
    found = (where or stage).module(key.module or "")
    module = named(found) if found else key.module or ""
    if key.modules:
        return _summed(where or stage, key)
    match key.by:
        case "module":
            return Said("the score of {module}", {"module": module})
        case "criterion":
            names = {one.code: one.name or one.code for one in (found.criteria if found else ())}
            code = key.criterion or ""
            return Said("{criterion} of {module}", {"criterion": names.get(code, code), "module": module})
        case "stage":
            return Said("the total of {stage}", {"stage": named(where) if where else key.stage or ""})
        case "attempt":
            return Said("the {nth}. best attempt of {module}", {"nth": key.nth, "module": module})
        case "time":
            return Said("less time in {module}", {"module": module}) if module else Said("less time in all")
        case "field":
            values = {"field": key.field or ""}
            return Said("{field}, highest first", values) if key.first == "high" else (
                Said("{field}, lowest first", values))  # fmt: skip
        case _:
            return _PLAIN_KEYS[key.by]


def _summed(stage: Stage, key: TieKey) -> Said:
    """A key that adds several modules up."""
    modules = [stage.module(code) for code in key.modules]
    names = added([named(module) for module in modules if module])
    if key.by == "time":
        return Said("less time in {modules} together", {"modules": names})
    return Said("the sum of the scores of {modules}", {"modules": names})


_PLAIN_KEYS = {
    "submitted": Said("the earlier hand-in"),
    "penalty": Said("fewer penalty points"),
    "decision": Said("the chief judge's order"),
    "lot": Said("the draw"),
}
