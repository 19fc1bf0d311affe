"""The derivation of a place as the panel shows it: words about figures that come as they are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from competition_app.desktop.results.ladder import Rung, Tile
from competition_app.desktop.results.results_table import ResultRow, minus
from competition_app.desktop.results.results_ties import tie_lines, tied_with
from competition_app.domain.errors import Problem, Said
from competition_app.domain.ranking.derivation import (
    AttemptDerivation,
    Derivation,
    ModuleDerivation,
    SheetLine,
)
from competition_app.domain.ranking.derivation import Rung as Rounding
from competition_app.domain.scoring.facts import PenaltyFact
from competition_app.domain.scoring.timing import clock
from competition_app.i18n import in_use, tr
from competition_app.services.results.recorded import apart

LONG = 14
"""An exact figure longer than this is cut with dots."""
SIX = 6
"""Places of a figure that never ends (package.md §2)."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What the panel shows of one entry, and the same as text to copy."""

    rungs: tuple[Rung, ...]
    tied: str
    neighbours: tuple[tuple[str, str, str], ...]
    sentences: tuple[str, ...]
    text: str


def explained(
    why: Derivation, chosen: ResultRow, rows: Sequence[ResultRow], names: Mapping[str, str]
) -> Explained:
    """The derivation in words; ``names`` are those of modules and stages by their codes."""
    rungs = [rung for module in why.modules for rung in _module(module, names, low=why.low)]
    if why.carried is not None:
        rungs.append(Rung(tr("Carried from the stage before"), minus(why.carried)))
    total = why.total
    rungs += _penalties(why.penalties) or _no_penalties(why)
    rungs.append(Rung(tr("Total"), minus(chosen.standing.total), _rounded(total), last=True))
    tied, sentences = tied_with(why), list(tie_lines(why, names))
    totals = {row.number: row.standing.total for row in rows}
    close = [number for number in why.close if totals.get(number) != chosen.standing.total]
    if close:
        numbers = tr(", @between").join(close)
        sentences.append(tr("Decided by less than one rounding step: {numbers}.", numbers=numbers))
    return Explained(
        tuple(rungs),
        tied,
        tuple(_neighbours(chosen, rows)),
        tuple(sentences),
        _text(chosen, rungs, [tied, *sentences] if tied else sentences),
    )


def say(said: Said | Problem, names: Mapping[str, str]) -> str:
    """A sentence with the names of modules and stages in place of their codes."""
    inner = said if isinstance(said, Said) else said.said
    return in_use().say(_named(inner, names))


def _named(said: Said, names: Mapping[str, str]) -> Said:
    values = {key: _value(value, names) for key, value in said.values.items()}
    return Said(said.text, values)


def _value(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, Said):
        return _named(value, names)
    return names.get(value, value) if isinstance(value, str) else value


def _module(module: ModuleDerivation, names: Mapping[str, str], *, low: bool) -> Iterator[Rung]:
    """The rungs of one module: judges' totals, what was combined, penalties, the weighted part."""
    name = names.get(module.module, module.module)
    for attempt in module.attempts:
        if attempt.counts or len(module.attempts) > 1:
            yield from _attempt(attempt, module, name)
    yield from _penalties(module.penalties)
    if module.factor is not None:
        yield Rung(tr("{module}, evened out between groups", module=name), f"× {_cut(module.factor)}")
    yield from _time(module, low=low)
    if module.score is None:
        yield Rung(tr("{module}: no score yet", module=name), "—")
        return
    share = percent(module.weight)
    if module.weighted is not None and share:
        words = tr("{module} {score} × {share}", module=name, score=minus(module.score.rounded), share=share)
        yield Rung(words, minus(module.weighted.rounded), _rounded(module.weighted))
    elif not module.attempts or not module.attempts[0].sheets or _off(module):
        yield Rung(name, minus(module.score.rounded), _rounded(module.score))


def _time(module: ModuleDerivation, *, low: bool) -> Iterator[Rung]:
    """The time used: what it multiplies the score by, what it takes off (puts on, where less is better)."""
    time = module.time
    if time is None:
        return
    words = tr("Time used {time}", time=clock(Decimal(time.seconds)))
    if time.factor is not None:
        yield Rung(words, f"× {time.factor}")
    if time.points is not None:
        yield Rung(words, time.points if low or time.points == "0" else minus(f"-{time.points}"))


def _attempt(attempt: AttemptDerivation, module: ModuleDerivation, name: str) -> Iterator[Rung]:
    if attempt.failed:
        yield Rung(tr("{module}, attempt {n}: failed", module=name, n=attempt.attempt), "DNF")
        return
    if attempt.sheets:
        yield from _sheets(attempt, module, name)
    elif attempt.criteria:
        words = tr(
            "{module}: {n} criteria, each combined over the judges", module=name, n=len(attempt.criteria)
        )
        yield Rung(words, _cut(attempt.combined or "—"))
    elif len(module.attempts) > 1 and attempt.value is not None:
        yield Rung(tr("{module}, attempt {n}", module=name, n=attempt.attempt), minus(attempt.value.rounded))
    yield from _penalties(attempt.penalties)


def _sheets(attempt: AttemptDerivation, module: ModuleDerivation, name: str) -> Iterator[Rung]:
    """The judges' totals as tiles, then what was made of those that were kept."""
    figures = aligned([sheet.value or "—" for sheet in attempt.sheets])
    tiles = tuple(
        Tile(_tile_head(sheet), figure, sheet.dropped is not None)
        for sheet, figure in zip(attempt.sheets, figures, strict=True)
    )
    yield Rung(
        tr("{n} judge's total for {module}|{n} judges' totals for {module}", n=len(tiles), module=name),
        tiles=tiles,
    )
    kept = [tile.figure for tile in tiles if not tile.dropped and tile.figure != "—"]
    combined = attempt.combined or "—"
    detail = (
        f"({' + '.join(kept)}) ÷ {len(kept)} {_equals(combined)}"
        if module.combine == "mean" and len(kept) > 1
        else ""
    )
    rounded = (
        module.score.rounded
        if module.score and len(module.attempts) == 1 and not _off(module)
        else _cut(combined)
    )
    yield Rung(_combined(module.combine, len(kept), dropped=len(kept) < len(tiles)), minus(rounded), detail)


def _tile_head(sheet: SheetLine) -> str:
    if sheet.dropped == "high":
        return tr("highest@dropped")
    return tr("lowest@dropped") if sheet.dropped == "low" else sheet.judge


def _off(module: ModuleDerivation) -> bool:
    penalties = module.penalties or any(attempt.penalties for attempt in module.attempts)
    return bool(penalties or module.time)


def _combined(combine: str | None, kept: int, *, dropped: bool) -> str:
    if combine == "mean":
        return tr("Mean of the other {n}", n=kept) if dropped else tr("Mean of {n}", n=kept)
    if combine == "median":
        return tr("Median of {n}", n=kept)
    return tr("Sum of {n}", n=kept) if combine == "sum" else tr("Agreed by {n}", n=kept)


def _penalties(penalties: Sequence[PenaltyFact]) -> list[Rung]:
    return [
        Rung(tr("Disqualified: {reason}", reason=one.reason) if one.disqualifies else tr("Penalty"),
             "" if one.disqualifies else minus(f"-{one.points}"), "" if one.disqualifies else one.reason)
        for one in penalties
    ]  # fmt: skip


def _no_penalties(why: Derivation) -> list[Rung]:
    """Nothing taken off is said too, with the total's digits, where a total is there."""
    marked = any(one.penalties or any(a.penalties for a in one.attempts) for one in why.modules)
    if marked or why.total is None:
        return []
    return [Rung(tr("Penalty"), aligned([why.total.rounded, "0"])[1])]


def _rounded(rung: Rounding | None) -> str:
    """What was rounded, where rounding changed anything."""
    if rung is None or rung.digits is None or aligned([rung.unrounded, rung.rounded])[0] == rung.rounded:
        return ""
    return tr("{figure} rounded half up to {n} digit|{figure} rounded half up to {n} digits",
              figure=_cut(rung.unrounded), n=rung.digits)  # fmt: skip


def _neighbours(chosen: ResultRow, rows: Sequence[ResultRow]) -> Iterator[tuple[str, str, str]]:
    for place in (chosen.order - 1, chosen.order + 1):
        other = rows[place] if 0 <= place < len(rows) else None
        if other is not None and other.standing.place is not None:
            who = f"{other.name} {minus(other.standing.total)}"
            yield tr("Place {n}", n=other.standing.place), who, _apart(chosen, other)


def _apart(chosen: ResultRow, other: ResultRow) -> str:
    """How far the total is above or below a neighbour's."""
    points = apart(chosen.standing, other.standing)
    if points is None:
        return ""
    if not points.strip("-0."):
        return tr("same total")
    figure = points.lstrip("-")
    return (
        tr("{points} less", points=figure) if points.startswith("-") else tr("{points} more", points=figure)
    )


def _text(chosen: ResultRow, rungs: Sequence[Rung], sentences: Sequence[str]) -> str:
    lines = [f"{chosen.number} {chosen.name} {chosen.organisation}".strip()]
    if chosen.standing.place is not None:
        lines.append(tr("Place {n}", n=chosen.standing.place))
    for rung in rungs:
        tiles = " ".join(f"{tile.head} {tile.figure}" for tile in rung.tiles)
        lines.append(" ".join(part for part in (rung.words, rung.figure, tiles, rung.detail) if part))
    return "\n".join((*lines, *sentences))


def aligned(figures: Sequence[str]) -> list[str]:
    """The same figures with the same number of digits after the point; other texts stay as they are."""
    plain = re.compile(r"-?\d+(\.\d+)?")
    most = max((len(one.partition(".")[2]) for one in figures if plain.fullmatch(one)), default=0)
    made = []
    for one in figures:
        whole, _, part = one.partition(".")
        exact = plain.fullmatch(one) and most
        made.append(minus(f"{whole}.{part.ljust(most, '0')}" if exact else one))
    return made


def percent(weight: str) -> str:
    """A weight as per cent, by moving the point; empty where a module counts whole."""
    if weight == "1":
        return ""
    whole, _, part = weight.partition(".")
    digits = part.ljust(2, "0")
    front = (whole + digits[:2]).lstrip("0") or "0"
    return f"{front}{'.' + digits[2:] if digits[2:] else ''}%"


def _equals(figure: str) -> str:
    """The unrounded figure; one that was written with all its six places may go on for ever."""
    return f"{'≈' if len(figure.partition('.')[2]) == SIX else '='} {_cut(figure)}"


def _cut(figure: str) -> str:
    """An exact figure, cut with dots where it does not end soon."""
    text = minus(figure)
    return text if len(text) <= LONG else text[:8] + "…"
