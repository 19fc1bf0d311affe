"""What a recorder types into a mark's cell, read as a value, and the mend offered when it cannot stand."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from competition_app.domain.errors import Refusal
from competition_app.domain.scoring.facts import Outcome
from competition_app.domain.scoring.figures import plain

Typed = Decimal | bool | Outcome
"""A figure, a check's yes or no, or what stands in place of a figure."""

_NARROW = str.maketrans(
    {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)} | {"　": " ", "。": ".", "−": "-", "–": "-"}
)
_YES = frozenset({"yes", "y", "true", "t", "1", "是", "有", "对", "合格", "√", "✓", "✔"})
_NO = frozenset({"no", "n", "false", "f", "0", "否", "无", "错", "不合格", "×", "✗", "✘", "x"})
_ABSENT = frozenset({"absent", "缺", "缺评", "q"})
_DNF = frozenset({"dnf", "未完成"})
_FIGURE = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


def narrow(text: str) -> str:
    """The text with full-width characters as their plain ones."""
    return text.translate(_NARROW)


def read(text: str, *, check: bool = False, unit: str | None = None) -> Typed | None:
    """What was typed: full-width digits, a decimal comma and a written unit are understood; blank gives None.

    Raises a Refusal when it is no figure, or could be two different ones (1,000).
    """
    said = narrow(text).strip()
    low = said.lower()
    if not low:
        return None
    if low in _ABSENT:
        return Outcome.ABSENT
    if low in _DNF:
        return Outcome.DNF
    if check:
        return _yes_or_no(text, low)
    return _figure(text, said, unit)


def _yes_or_no(text: str, low: str) -> bool:
    if low in _YES:
        return True
    if low in _NO:
        return False
    raise Refusal(
        "“{text}” is neither yes nor no: press Space, or type 1 for yes and 0 for no.", text=text.strip()
    )


def _figure(text: str, said: str, unit: str | None) -> Decimal:
    for word in (unit, "分"):
        if word and said.lower().endswith(word.lower()):
            said = said[: -len(word)].rstrip()
    if said.count(",") == 1 and "." not in said:
        if re.fullmatch(r"[1-9]\d{0,2},\d{3}", said):
            raise Refusal("“{text}” can be read in two ways: type it without the comma.", text=text.strip())
        said = said.replace(",", ".")
    if not _FIGURE.fullmatch(said):
        raise Refusal("“{text}” is not a figure: type digits and a point, such as 34.5.", text=text.strip())
    return Decimal(said)


def mend(text: str, allowed: Callable[[Decimal], bool]) -> str | None:
    """The one allowed figure of which a slip of the fingers made ``text``; None where none or several fit.

    The slips tried, likeliest first: point left out, two keys swapped, a key struck twice, point misplaced.
    """
    digits = narrow(text).strip()
    for slip in (_point_left_out, _swapped, _struck_twice, _point_misplaced):
        meant = {
            plain(Decimal(made))
            for made in slip(digits)
            if _FIGURE.fullmatch(made) and allowed(Decimal(made))
        }
        if len(meant) == 1:
            return meant.pop()
        if meant:
            return None
    return None


def _point_left_out(text: str) -> Iterator[str]:
    if "." not in text and len(text) > 1:
        yield f"{text[:-1]}.{text[-1]}"
        if len(text) > 2:
            yield f"{text[:-2]}.{text[-2:]}"


def _swapped(text: str) -> Iterator[str]:
    for i in range(len(text) - 1):
        if text[i] != text[i + 1] and "." not in text[i : i + 2]:
            yield text[:i] + text[i + 1] + text[i] + text[i + 2 :]


def _struck_twice(text: str) -> Iterator[str]:
    for i in range(len(text) - 1):
        if text[i] == text[i + 1]:
            yield text[:i] + text[i + 1 :]


def _point_misplaced(text: str) -> Iterator[str]:
    digits = text.replace(".", "")
    if "." in text:
        yield from (f"{digits[:i]}.{digits[i:]}" for i in range(1, len(digits)))


def block(text: str) -> list[list[str]]:
    """The cells of a column, or of several, copied from a spreadsheet: lines, and tabs within a line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return [[cell.strip().strip('"') for cell in line.split("\t")] for line in lines]
