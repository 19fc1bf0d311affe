"""Chinese text set in lines: where a line may end, how it is filled, and at which size it fits.

Sizes, widths and gaps are in points. Rules: stops never begin a line and openers never end one, numbers and
Latin words are one piece, a phrase boundary near the natural end of a line is preferred, the last line has at
least four characters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from competition_app.documents.paper import fonts

MM = 72 / 25.4
"""Points in a millimetre."""

_NEVER_FIRST = frozenset("，。、；：！？”’》）〉」』】〕％…·,.;:!?)]}%")
_NEVER_LAST = frozenset("“‘《（〈「『【〔([{")
_PREFER_AFTER = frozenset("”）")
_PREFER_BEFORE = frozenset("暨（")
_HANGING = frozenset("。，）")
_HANG = 0.6  # part of a trailing stop's width that hangs out of a centred line
_PIECE = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+(?:[.\-/'’&][0-9A-Za-z\u00c0-\u024f]+)*|.", re.DOTALL)
_TIGHTEN, _LOOSEN, _JUSTIFY = 0.045, 0.13, 0.14  # em a character, at most
_AFTER, _BEFORE = 2, 3  # characters a preferred end may lie after or before the natural end
ORPHAN = 4  # characters the last line has at least
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence: a variable, or fixed words. ``whole`` ones are never split between lines."""

    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its pieces (characters, or numbers and Latin words) and the gap set between them."""

    pieces: tuple[str, ...]
    role: str
    size: float
    gap: float = 0.0

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(self.pieces)

    @property
    def natural(self) -> float:
        """The width without gaps."""
        return fonts.width(self.role, self.text) * self.size

    @property
    def width(self) -> float:
        """The width as set: the sum of the characters and the n − 1 gaps between the pieces."""
        return self.natural + max(0, len(self.pieces) - 1) * self.gap

    @property
    def middle(self) -> float:
        """The optical middle, from the line's start: a trailing stop hangs by 0.6 of its width."""
        last = self.text[-1:]
        hang = fonts.width(self.role, last) * self.size * _HANG if last in _HANGING and last else 0.0
        return (self.width - hang) / 2


def pieces(text: str) -> tuple[str, ...]:
    """The text as the pieces between which a gap may stand: characters, numbers and Latin words."""
    return tuple(_PIECE.findall(text))


@lru_cache(maxsize=4096)
def line(role: str, size: float, text: str, tracking: float = 0.0) -> Line:
    """One line with a tracking between the characters only, so that its middle is the true middle."""
    return Line(pieces(fonts.shown(text)), role, size, tracking)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A run of characters no line is broken in; ``preferred``: a phrase ends here."""

    text: str
    preferred: bool


def _units(phrases: Sequence[Phrase]) -> list[_Unit]:
    """The phrases as unbreakable units: stops glued to what they follow, openers to what they precede."""
    loose: list[tuple[str, bool]] = []  # piece, begins a phrase
    for phrase in phrases:
        text = fonts.shown(phrase.text)
        parts = (text,) if phrase.whole and text else pieces(text)
        loose.extend((part, i == 0) for i, part in enumerate(parts))
    glued: list[list[str]] = []
    begins: list[bool] = []
    for part, first in loose:
        if glued and (part[0] in _NEVER_FIRST or glued[-1][-1][-1] in _NEVER_LAST):
            glued[-1].append(part)
        else:
            glued.append([part])
            begins.append(first)
    texts = ["".join(parts) for parts in glued]
    units = []
    for i, text in enumerate(texts):
        after = texts[i + 1] if i + 1 < len(texts) else ""
        ends = not after or begins[i + 1] or text[-1] in _PREFER_AFTER or after[0] in _PREFER_BEFORE
        units.append(_Unit(text, ends))
    return units


def _natural_end(widths: Sequence[float], start: int, room: float) -> int:
    end, used = start, 0.0
    while end < len(widths) and used + widths[end] <= room + 1e-6:
        used += widths[end]
        end += 1
    return end


def _line_end(units: Sequence[_Unit], widths: Sequence[float], start: int, room: float, size: float) -> int:
    """Where the line that starts here ends: a phrase boundary near the natural end, else the natural end."""
    natural = max(_natural_end(widths, start, room), start + 1)
    if natural >= len(units) or units[natural - 1].preferred:
        return natural
    for end in range(natural + 1, len(units) + 1):
        if sum(len(u.text) for u in units[natural:end]) > _AFTER:
            break
        if units[end - 1].preferred and _gap(units, widths, start, end, room) >= -_TIGHTEN * size:
            return end
    for end in range(natural - 1, start, -1):
        if sum(len(u.text) for u in units[end:natural]) > _BEFORE:
            break
        if units[end - 1].preferred and _gap(units, widths, start, end, room) <= _LOOSEN * size:
            return end
    return natural


def _gap(units: Sequence[_Unit], widths: Sequence[float], start: int, end: int, room: float) -> float:
    count = len(pieces("".join(u.text for u in units[start:end])))
    return (room - sum(widths[start:end])) / max(1, count - 1)


def broken(
    phrases: tuple[Phrase, ...], role: str, size: float, room: float, indent: float = 0.0
) -> tuple[Line, ...]:
    """The phrases in justified lines of this width; the first is shorter by the indent, the last is left."""
    units = _fitting(_units(phrases), role, size, room - indent)
    widths = [fonts.width(role, u.text) * size for u in units]
    lines: list[Line] = []
    start = 0
    while start < len(units):
        here = room - (0.0 if lines else indent)
        end = _line_end(units, widths, start, here, size)
        gap = _gap(units, widths, start, end, here)
        if gap > _JUSTIFY * size or (end == len(units) and gap > 0):
            gap = 0.0
        lines.append(Line(pieces("".join(u.text for u in units[start:end])), role, size, gap))
        start = end
    return tuple(lines)


def _fitting(units: list[_Unit], role: str, size: float, room: float) -> list[_Unit]:
    """The units, those wider than a whole line taken apart into characters."""
    fitting: list[_Unit] = []
    for unit in units:
        if fonts.width(role, unit.text) * size <= room:
            fitting.append(unit)
        else:
            fitting.extend(_Unit(c, preferred=False) for c in unit.text[:-1])
            fitting.append(_Unit(unit.text[-1], unit.preferred))
    return fitting


@lru_cache(maxsize=4096)
def paragraph(
    phrases: tuple[Phrase, ...], role: str, sizes: tuple[float, ...], room: float, indent_em: float, most: int
) -> tuple[Line, ...] | None:
    """The phrases at the first size that needs at most ``most`` lines and leaves no orphan, or None."""
    fallback: tuple[Line, ...] | None = None
    for size in sizes:
        lines = broken(phrases, role, size, room, indent_em * size)
        if len(lines) > most:
            continue
        if len(lines) == 1 or len(lines[-1].text) >= ORPHAN:
            return lines
        fallback = fallback or lines
    return fallback


@lru_cache(maxsize=4096)
def balanced(
    phrases: tuple[Phrase, ...], role: str, sizes: tuple[float, ...], room: float, most: int
) -> tuple[Line, ...] | None:
    """The phrases in lines of about one length: the narrowest width with as many lines, unjustified."""
    lines = paragraph(phrases, role, sizes, room, 0.0, most)
    if lines is None or len(lines) == 1:
        return lines
    size, best, low, high = lines[0].size, lines, 0.0, room
    while high - low > size / 8:
        middle = (low + high) / 2
        tried = broken(phrases, role, size, middle)
        if len(tried) == len(lines) and max(one.natural for one in tried) <= room:
            best, high = tried, middle
        else:
            low = middle
    return tuple(replace(one, gap=0.0) for one in best)


def fitting_size(
    role: str, text: str, size: float, least: float, room: float, tracking: float = 0.0
) -> float | None:
    """The largest size, in half points down to ``least``, at which the line fits; None where it does not."""
    steps = round((size - least) * 2) + 1
    for step in range(steps):
        tried = size - step / 2
        if line(role, tried, text, tracking).width <= room + 1e-6:
            return tried
    return None


def chinese_number(number: int) -> str:
    """1 … 99 as spoken: 十, 十一, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def chinese_date(day: date) -> str:
    """A date in words, the year digit by digit with 〇 U+3007: 二〇二五年九月二日."""
    year = "".join(_DIGITS[int(figure)] for figure in f"{day.year:04d}")
    return f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"
