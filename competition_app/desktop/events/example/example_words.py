"""A worked example in words: rungs of the module one looks at, tie keys with both values, prizes counted."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from competition_app.desktop.events.example.example_chart import minus
from competition_app.desktop.events.example.example_table import Line
from competition_app.desktop.results.ladder import Rung, Tile
from competition_app.domain.errors import Said
from competition_app.domain.plans.plan import Module
from competition_app.domain.plans.plan_words import share, tie_words
from competition_app.domain.ranking.derivation import (
    AttemptDerivation,
    CriterionLine,
    Derivation,
    MarkLine,
    ModuleDerivation,
    SheetLine,
    TieLine,
)
from competition_app.domain.scoring.figures import plain
from competition_app.domain.scoring.timing import clock
from competition_app.i18n import in_use, tr
from competition_app.services.plans.plan_example import Example, PrizeCounts

_COMBINE = {
    "mean": Said("mean@panel"), "median": Said("median@panel"), "sum": Said("added up@panel"),
    "agreed": Said("the agreed figure@panel"),
}  # fmt: skip
_TAKE = {
    "best": Said("the best one counts"), "last": Said("the last one counts"),
    "mean": Said("their mean counts"), "sum": Said("their sum counts"),
    "trimmed": Said("the mean counts, without the best and the worst"),
}  # fmt: skip
_MOST_CRITERIA = 6
"""Criteria of a panel across criteria that are listed; of more the rest is counted."""


def rungs_of(example: Example) -> list[Rung]:
    """The derivation of the example: the module one looks at in full, the others in a line, the total."""
    why = example.shown
    focus = next((one for one in why.modules if one.module == example.module), None)
    rungs: list[Rung] = []
    if focus is not None:
        rungs += _module(focus, example.criterion)
    for module in why.modules:
        if module.module != example.module:
            rungs += _in_a_line(module)
    if why.carried is not None:
        rungs.append(Rung(tr("Carried from the stage before"), minus(why.carried)))
    rungs += [Rung(tr("Penalty@rung"), minus(f"-{one.points}")) for one in why.penalties if one.points]
    total = why.total.rounded if why.total else None
    if total is None:
        reason = in_use().say(why.problems[0]) if why.problems else tr("not ranked@example")
        return [*rungs, Rung(reason), Rung(tr("Total@example"), "—", last=True)]
    return [*rungs, Rung(tr("Total@example"), minus(total), last=True)]


def _module(module: ModuleDerivation, criterion: str | None) -> Iterator[Rung]:
    """Judges' tiles, what was combined, attempts, what the time costs, the score, its weighted part."""
    counted = next((one for one in module.attempts if one.counts), None) or next(iter(module.attempts), None)
    if counted is not None and module.rule.kind == "sheets":
        yield from _judged(counted, module, criterion)
    if len(module.attempts) > 1:
        yield from _attempts(module)
    if module.factor is not None:
        yield Rung(tr("Evened out between groups@rung"), f"× {minus(module.factor)}")
    if module.time is not None:
        yield from _time(module)
    if module.score is None:
        yield Rung(tr("{module}: no score yet", module=_name(module)), "—")
        return
    yield Rung(_score_words(module), minus(module.score.rounded))
    yield from _weighted(module)


def _judged(attempt: AttemptDerivation, module: ModuleDerivation, criterion: str | None) -> Iterator[Rung]:
    if attempt.sheets:
        yield Rung("", tiles=tuple(_tile(sheet) for sheet in attempt.sheets))
        kept = [sheet.value or "—" for sheet in attempt.sheets if sheet.dropped is None and sheet.value]
        highs = any(sheet.dropped == "high" for sheet in attempt.sheets)
        lows = any(sheet.dropped == "low" for sheet in attempt.sheets)
        yield Rung(_combined(module, high=highs, low=lows), _formula(module, kept, attempt.combined))
        return
    lines = attempt.criteria
    chosen = next((line for line in lines if line.criterion == criterion), None)
    if chosen is not None:
        yield from _one_criterion(module.rule, chosen, attempt.marks)
    shown = [line for line in lines if line is not chosen][:_MOST_CRITERIA]
    for line in shown:
        yield Rung(_criterion_name(module.rule, line.criterion), minus(line.value or "—"))
    rest = len(lines) - len(shown) - (chosen is not None)
    if rest:
        yield Rung(tr("and {n} more criterion|and {n} more criteria", n=rest))
    if attempt.combined is not None:
        yield Rung(tr("{n} criterion added up|{n} criteria added up", n=len(lines)), minus(attempt.combined))


def _one_criterion(rule: Module, line: CriterionLine, marks: Sequence[MarkLine]) -> Iterator[Rung]:
    """One criterion across the judges: everyone's points, who was dropped, what was combined."""
    mine = [mark for mark in marks if mark.criterion == line.criterion]
    tiles, kept = [], []
    for mark in mine:
        high, low = mark.judge in line.dropped_high, mark.judge in line.dropped_low
        tiles.append(Tile(_head(mark.judge, high=high, low=low), minus(mark.points or "—"), high or low))
        if mark.points is not None and not (high or low):
            kept.append(mark.points)
    yield Rung("", tiles=tuple(tiles))
    words = f"{_criterion_name(rule, line.criterion)}{tr(', @between')}"
    own = next((one.panel for one in rule.criteria if one.code == line.criterion), None) or rule.panel
    how = _panel_words(own.combine, high=bool(line.dropped_high), low=bool(line.dropped_low))
    yield Rung(words + how, minus(line.combined))
    if line.factor != "1":
        yield Rung(tr("times the factor {factor}", factor=minus(line.factor)), minus(line.value or "—"))


def _criterion_name(rule: Module, code: str) -> str:
    return next((one.name or one.code for one in rule.criteria if one.code == code), code)


def _tile(sheet: SheetLine) -> Tile:
    head = _head(sheet.judge, high=sheet.dropped == "high", low=sheet.dropped == "low")
    return Tile(head, minus(sheet.value or "—"), sheet.dropped is not None)


def _head(judge: str, *, high: bool, low: bool) -> str:
    if high:
        return tr("{judge} high@dropped", judge=judge)
    return tr("{judge} low@dropped", judge=judge) if low else judge


def _combined(module: ModuleDerivation, *, high: bool, low: bool) -> str:
    return _panel_words(module.combine or "mean", high=high, low=low)


def _panel_words(combine: str, *, high: bool, low: bool) -> str:
    how = _COMBINE[combine]
    if high and low:
        return tr("{how} without highest and lowest", how=how)
    if high:
        return tr("{how} without the highest", how=how)
    return tr("{how} without the lowest", how=how) if low else in_use().say(how)


def _formula(module: ModuleDerivation, kept: Sequence[str], combined: str | None) -> str:
    """``(89 + 91 + 91) ÷ 3 = 90.333…``: figures as they come, nothing is reckoned here."""
    result = minus(combined or "—")
    if module.combine == "mean" and len(kept) > 1:
        return f"({' + '.join(map(minus, kept))}) ÷ {len(kept)} = {result}"
    if module.combine == "sum" and len(kept) > 1:
        return f"{' + '.join(map(minus, kept))} = {result}"
    return result


def _attempts(module: ModuleDerivation) -> Iterator[Rung]:
    for one in module.attempts:
        value = one.value
        figure = "—" if value is None else value.unrounded if value.digits is None else value.rounded
        yield Rung(tr("Attempt {n}@rung", n=one.attempt), minus(figure))
    yield Rung(in_use().say(_TAKE[module.take]), minus(module.taken or "—"))


def _time(module: ModuleDerivation) -> Iterator[Rung]:
    assert module.time is not None
    seconds = clock(Decimal(module.time.seconds))
    if module.time.points is not None:
        points = module.time.points
        yield Rung(tr("Time {time}, points off", time=seconds), minus(f"-{points}" if points != "0" else "0"))
    if module.time.factor is not None:
        yield Rung(tr("Time {time}, factor", time=seconds), f"× {minus(module.time.factor)}")


def _score_words(module: ModuleDerivation) -> str:
    assert module.score is not None
    digits = module.score.digits
    if digits is None:
        return _name(module)
    if digits == 0:
        return tr("{module}, rounded half up to a whole number", module=_name(module))
    return tr("{module}, rounded half up to {n} digit|{module}, rounded half up to {n} digits",
              module=_name(module), n=digits)  # fmt: skip


def _name(module: ModuleDerivation) -> str:
    return module.name or module.module


def _share(module: ModuleDerivation) -> str:
    """What a score is multiplied by; nothing where it counts whole."""
    rule = module.rule
    if rule.basis == "percent" and rule.full is not None:
        return f"÷ {plain(rule.full)} × 100 × {share(rule.weight)}"
    return "" if rule.weight == 1 else f"× {share(rule.weight)}"


def _weighted(module: ModuleDerivation) -> Iterator[Rung]:
    times = _share(module)
    if module.weighted is not None and times:
        yield Rung(f"{_name(module)} {times}", minus(module.weighted.rounded))


def _in_a_line(module: ModuleDerivation) -> Iterator[Rung]:
    if module.score is None:
        yield Rung(tr("{module}: no score yet", module=_name(module)), "—")
        return
    times, score = _share(module), minus(module.score.rounded)
    if module.weighted is not None and times:
        yield Rung(f"{_name(module)} {score} {times}", minus(module.weighted.rounded))
    else:
        yield Rung(_name(module), score)


# --- a tie ---
def tie_head(example: Example) -> tuple[str, ...]:
    """The head of the table of tie keys."""
    assert example.rival is not None
    first, second = (tr("No. {number}", number=one.number) for one in (example.shown, example.rival))
    return tr("Compared one after another"), first, second, tr("Result@tie")


def tie_lines(example: Example) -> list[Line]:
    """A line a key: both values, and whether it decided, found both equal, or was not needed any more."""
    why, rival = example.shown, example.rival
    assert rival is not None
    tried = {id(line.rule): line for line in (*why.ties, *why.unused)}
    lines = []
    for place, key in enumerate(why.rule.ties):
        line = tried.get(id(key)) or _same(why, place)
        words = in_use().say(tie_words(example.plan, why.rule, key))
        values = dict(line.values) if line else {}
        cells = [_value(line, values.get(one.number)) for one in (why, rival)]
        used = line is not None and line in why.ties
        parted = line is not None and line.parted
        look = "strong" if parted else "plain" if used else "quiet"
        lines.append(Line((words, *cells, _verdict(line, used=used)), look, place == example.key))
    return lines


def _same(why: Derivation, place: int) -> TieLine | None:
    """The line of the key at a place, tried ones first; none where two entries were never tied."""
    lines = (*why.ties, *why.unused)
    return lines[place] if place < len(lines) else None


def _value(line: TieLine | None, value: str | None) -> str:
    if line is None or value is None:
        return "—"
    return clock(Decimal(value)) if line.rule.by == "time" else minus(value)


def _verdict(line: TieLine | None, *, used: bool) -> str:
    if line is None or not used:
        return tr("not needed@tie")
    if line.parted:
        return tr("decides@tie")
    return tr("nobody has it@tie") if line.skipped else tr("equal@tie")


def tie_words_of(example: Example) -> str:
    """What the table shows: two entries of one total, and which of them is first."""
    assert example.rival is not None
    total = minus(example.shown.standing.total or "—")
    if example.shown.standing.total != example.rival.standing.total:
        return tr("No two entries of one total could be made up for this rule.")
    first, second = example.shown, example.rival
    if first.standing.place == second.standing.place:
        return tr("Both have {total} and stay equal: they share the place.", total=total)
    return tr("Both have {total}; No. {number} comes first.", total=total, number=first.number)


# --- prizes ---
def prize_head(counts: PrizeCounts) -> tuple[str, ...]:
    """The head of the table of prizes: for so many entrants."""
    return tr("Prize@name"), *(tr("{n} entrant|{n} entrants", n=n) for n in counts.entrants)


def prize_lines(counts: PrizeCounts) -> list[Line]:
    """A line a prize."""
    lines = []
    for place, (name, numbers) in enumerate(counts.rows):
        cells = [tr("by total@prize") if number is None else str(number) for number in numbers]
        lines.append(Line((name, *cells), "plain", place == counts.chosen))
    return lines


def as_text(rungs: Sequence[Rung], table: Sequence[Line]) -> str:
    """The example as lines of text, for those who hear the page."""
    lines = [f"{rung.words} {rung.figure}".strip() for rung in rungs if rung.words]
    return "\n".join([*lines, *(" ".join(line.cells) for line in table)])
