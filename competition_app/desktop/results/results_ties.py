"""What decided between equal totals, told of one entry: with whom, by which rule, both figures."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from competition_app.desktop.results.results_table import clock, minus
from competition_app.domain.errors import Said
from competition_app.domain.ranking.derivation import Derivation, TieLine
from competition_app.i18n import in_use, tr


def tied_with(why: Derivation) -> str:
    """Whose total is the same, as one sentence; empty where nobody's is."""
    others = [number for line in why.ties[:1] for number, _value in line.values if number != why.number]
    if not others:
        return ""
    return tr("The total is the same as that of No. {numbers}.", numbers=listed(others))


def tie_lines(why: Derivation, names: Mapping[str, str]) -> Iterator[str]:
    """Each rule tried, in its turn, with the entry's own figure and the others'."""
    for line in why.ties:
        turn = why.rule.ties.index(line.rule) + 1
        yield _line(line, why.number, turn, key_name(line.key, names))


def key_name(key: Said | str, names: Mapping[str, str]) -> str:
    """A tie key in words, with the names of modules and stages in place of their codes."""
    if isinstance(key, Said):
        values = {name: names.get(str(value), value) for name, value in key.values.items()}
        return in_use().say(Said(key.text, values))
    return names.get(key) or " ".join(names.get(part, part) for part in key.split(" "))


def tie_value(by: str, value: str | None) -> str:
    """A figure a tie key of this kind compared; times as on a stop watch, hand-ins as of day."""
    if by == "time":
        return clock(value)
    if by == "submitted" and value is not None:
        return f"{datetime.fromisoformat(value):%H:%M:%S}"
    return minus(value)


def listed(numbers: Sequence[str]) -> str:
    """Numbers one after another."""
    return tr(", @numbers").join(numbers)


def _line(line: TieLine, number: str, turn: int, key: str) -> str:
    if line.skipped:
        return tr("Rule {n}, {key}: nobody has it, passed over.", n=turn, key=key)
    values = dict(line.values)
    mine = tie_value(line.rule.by, values.get(number))
    home = next((group for group in line.groups if number in group), ())
    above = [one for group in line.groups[: _turn_of(line, number)] for one in group]
    below = [one for group in line.groups[_turn_of(line, number) + 1 :] for one in group]
    parts = []
    if above:
        told = listed([_other(line, values, one) for one in above])
        parts.append(tr("{mine} against {others}, so it stands behind", mine=mine, others=told))
    if below:
        told = listed([_other(line, values, one) for one in below])
        parts.append(tr("{mine} against {others}, so it stands before", mine=mine, others=told))
    if len(home) > 1:
        same = listed([tr("No. {number}", number=one) for one in home if one != number])
        parts.append(tr("{mine}, the same as {others}", mine=mine, others=same))
    return tr("Rule {n}, {key}: {found}.", n=turn, key=key, found=tr("; @between").join(parts))


def _turn_of(line: TieLine, number: str) -> int:
    return next((place for place, group in enumerate(line.groups) if number in group), 0)


def _other(line: TieLine, values: Mapping[str, str | None], number: str) -> str:
    return tr("No. {number} {value}", number=number, value=tie_value(line.rule.by, values.get(number)))
