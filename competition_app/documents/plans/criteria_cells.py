"""What single cells of a table of criteria say: figures, scales, texts of levels, and the same written."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from competition_app.documents.plans.criteria_heads import between_of, kind_of
from competition_app.domain.errors import Said
from competition_app.domain.registration.writing import Cell, compact, shown
from competition_app.domain.scoring.figures import decimal_of, plain

_UNITS = re.compile(r"(?:分|个|处|次|项|倍|points?|pts?)$")
_SIGNIFICANT = 12  # digits of a spreadsheet's own number that were typed, not reckoned


def figure(cell: Cell) -> str | None:
    """The exact figure of a cell as text, a 分 behind it left away; None where it is none."""
    if isinstance(cell, float):
        value = decimal_of(Decimal(f"{cell:.{_SIGNIFICANT}g}"))
    elif isinstance(cell, int) and not isinstance(cell, bool):
        value = decimal_of(cell)
    else:
        text = _UNITS.sub("", compact(shown(cell))) if isinstance(cell, str) else ""
        value = decimal_of(text)
    return None if value is None else plain(value)


_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_PAIR = re.compile(rf"({_NUMBER})\s*(?:→|->|=>|=|:|：)\s*({_NUMBER})")
_BETWEEN_PAIRS = re.compile(r"[\s;；,，、]*")


def _scale(text: str) -> list[list[str]] | None:
    """``0→30；0.2→30；0.5→0``, one pair a line or parted by stops."""
    plainly = text.translate({ord("−"): "-", ord("．"): "."})
    rest = _BETWEEN_PAIRS.fullmatch(_PAIR.sub("", plainly))
    pairs = [list(pair) for pair in _PAIR.findall(plainly)]
    return pairs if rest and pairs else None


_LEVEL = re.compile(r"(\d+)\s*[：:=＝、.．]\s*(.*)", re.DOTALL)


def _levels(text: str) -> list[str] | None:
    """A text for each level, one a line with its number in front; lines without one go on with the last."""
    found: list[str] = []
    for line in text.split("\n"):
        begun = _LEVEL.fullmatch(line)
        if begun and int(begun[1]) == len(found):
            found.append(begun[2])
        elif found:
            found[-1] += "\n" + line.removeprefix("\\")
        else:
            return None
    return found


def _more(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text, parse_float=str)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and "code" not in value else None


READERS: Mapping[str, Callable[[str], Any]] = {
    "kind": kind_of,
    "scale": _scale,
    "between": between_of,
    "levels": _levels,
    "more": _more,
}
"""How a cell of a column that holds no plain text or figure is read; None where it says nothing."""

WRONG: Mapping[str, Said] = {
    "kind": Said("this is no way of marking; choose points, yes or no, 0 to 3, measured, deduction or bonus"),
    "scale": Said("this is no scale; type a value and its points a line, as 0.2→30"),
    "between": Said("this cannot be read; choose straight line or in steps"),
    "levels": Said("these are no levels; type one a line with its number, as 0：not done"),
    "more": Said("this cannot be read; leave the cell empty"),
}

REMEDY: Mapping[str, Said] = {
    "max": Said("type the most points"),
    "min": Said("type less than the most points"),
    "step": Said("mend it, or leave the cell empty"),
    "scale": Said("type values that rise, one a line, as 0.2→30"),
    "code": Said("give each criterion its own"),
}
"""What to do about a cell that the rules refuse."""


def scale_text(scale: Sequence[Sequence[object]]) -> str:
    """A scale as it stands in a cell."""
    return "\n".join("→".join(_plainly(number) for number in pair) for pair in scale)


def levels_text(levels: Sequence[str]) -> str:
    """The texts of levels as they stand in a cell; further lines that would begin a level are marked."""
    lines = []
    for number, level in enumerate(levels):
        first, *rest = level.split("\n")
        lines.append(f"{number}：{first}")
        lines += [f"\\{one}" if _LEVEL.fullmatch(one) or one.startswith("\\") else one for one in rest]
    return "\n".join(lines)


def _plainly(number: object) -> str:
    value = decimal_of(number)
    return str(number) if value is None else plain(value)
