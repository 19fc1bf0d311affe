"""How people type names, numbers and dates in forms, brought to one writing by stated tables (never NFKC)."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple, TypeAlias

Cell: TypeAlias = str | float | int | bool | date | datetime | time | timedelta | None
"""What a cell of an outside file holds."""

EXACT = 10**15
"""Excel keeps 15 digits of a number: from here on the last digits are zeros, whatever was typed."""

_INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
)
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DOTS = (
    "\u2022\u2027\u30fb\uff65\u2219\u22c5\u16eb\u2024\ufe52\uff0e\u318d\u0387"  # • ‧ ・ ･ ∙ ⋅ ᛫ ․ ﹒ ． ㆍ ·
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # ！ … ～ to ! … ~

_TO_NUMBER = (
    _WIDE
    | dict.fromkeys(map(ord, _INVISIBLE + _BLANKS + " \t\r\n\v\f'`\u2018\u2019"))
    | dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\u30fc"), "-")
)
_TO_NAME = (
    {code: plain for code, plain in _WIDE.items() if chr(plain).isalnum()}  # ＡＢＣ１２３, never ＜ ＆ （
    | dict.fromkeys(map(ord, _INVISIBLE))
    | dict.fromkeys(range(0x20), " ")
    | dict.fromkeys(range(0x7F, 0xA0), " ")
    | dict.fromkeys(map(ord, _BLANKS), " ")
    | dict.fromkeys(map(ord, _DOTS), "·")
)
_TO_KEY = (
    _WIDE
    | dict.fromkeys(map(ord, _INVISIBLE + _BLANKS + " \t\r\n\v\f"))
    | dict.fromkeys(map(ord, _DOTS), "·")
    | {ord("〔"): "(", ord("〕"): ")", ord("【"): "(", ord("】"): ")", ord("["): "(", ord("]"): ")"}
)
_DOT_BLANKS = re.compile(r" *· *")
_PLAIN_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_HAN_DOT = re.compile(r"(?<=[^\x00-\x7f]) *\. *(?=[^\x00-\x7f])")
_SEVERAL = re.compile(r" {2,}")
_LONGEST_PLAIN_NAME = 4
"""Blanks inside a Han name of up to four characters only pad it; in a longer one they may part its words."""


def shown(cell: Cell) -> str:
    """A cell as its text, blanks kept: whole numbers without ``.0``, dates in ISO, nothing as ``""``."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < EXACT else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def trimmed(cell: Cell) -> str:
    """A cell's text without the blanks (of any kind) around it; inside nothing changes."""
    text = (cell if isinstance(cell, str) else shown(cell)).strip()
    if text and (text[0] in _INVISIBLE or text[-1] in _INVISIBLE):
        return text.strip(_INVISIBLE + _BLANKS + " \t\r\n")
    return text


def compact(text: str) -> str:
    """A number's text: full-width figures and letters made plain, blanks and invisible characters out."""
    return text if text.isascii() and text.isalnum() else text.translate(_TO_NUMBER)


def key(text: str) -> str:
    """The form under which two writings of a unit, an event or a head of a column are the same."""
    return text.translate(_TO_KEY).casefold()


def person_name(cell: Cell) -> str:
    """A name in one writing.

    The table: full-width letters and figures to plain ones; invisible characters out; control characters and
    every kind of blank to one blank, none beside a dot or in a Han name of up to four characters (沈  磊 is
    沈磊); the dots ``•‧・．`` and their kin, and a full stop between Han characters, to ``·``. All else
    stays, rare and private-use characters and those beyond U+FFFF among it.
    """
    text = shown(cell)
    if _PLAIN_HAN.fullmatch(text):
        return text  # most names: nothing to do
    text = _SEVERAL.sub(" ", text.translate(_TO_NAME)).strip()
    text = _HAN_DOT.sub("·", _DOT_BLANKS.sub("·", text))
    if " " in text and not text.isascii() and not _LATIN.search(text):
        joined = text.replace(" ", "")
        if len(joined) <= _LONGEST_PLAIN_NAME:
            return joined
    return text


class Written(NamedTuple):
    """A number as written: its plain text, and whether digits were lost when it was stored as a number."""

    text: str
    lost: bool


_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?E\+?\d+", re.IGNORECASE)


def number_text(cell: Cell) -> Written:
    """The text of a number in a cell: text or a stored number, full-width, with blanks, in scientific form.

    ``lost`` is set where a spreadsheet kept fewer digits than the number has; it is never guessed.
    """
    if isinstance(cell, str) and cell.isdecimal() and cell.isascii():
        return Written(cell, False)
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        whole = float(cell).is_integer()
        return Written(shown(cell), not whole or abs(cell) >= EXACT)
    text = compact(shown(cell)).upper()
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    if "E" in text and _SCIENTIFIC.fullmatch(text):
        return _from_scientific(text)
    return Written(text, False)


def _from_scientific(text: str) -> Written:
    try:
        value = Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern admits only decimals
        return Written(text, True)
    exponent = value.as_tuple().exponent
    exact = exponent == 0 or (
        isinstance(exponent, int) and exponent < 0 and value == value.to_integral_value()
    )
    return Written(str(int(value)) if exact else text, not exact)


class BirthDate(NamedTuple):
    """A birth date as a column gives it: a year, perhaps a month, perhaps a day."""

    year: int
    month: int | None
    day: int | None
    october: bool = False
    """A stored number 1985.1 may be January or an October that lost its zero."""

    @property
    def iso(self) -> str | None:
        """The full date, or None where month or day are not given."""
        if self.month is None or self.day is None:
            return None
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    def agrees(self, iso: str) -> bool:
        """Whether a full date (from the ID number) is what the column says, as far as it says it."""
        year, month, day = (int(part) for part in iso.split("-"))
        if self.year != year or (self.day is not None and self.day != day):
            return False
        return self.month in (None, month) or (self.october and month == 10)


_DATE = re.compile(r"(\d{4})(?:[-./年\\、](\d{1,2})(?:[-./月\\、](\d{1,2})日?|月)?|年)?生?")
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})?")


@lru_cache(maxsize=4096)
def birth_date(cell: Cell) -> BirthDate | None:
    """A birth date or month as people write it (1985.3, 1990年12月, 19850303, a date cell), or None.

    A date cell on the first of a month may be a month shown as such: its day is left open.
    """
    if isinstance(cell, datetime | date):
        return BirthDate(cell.year, cell.month, cell.day if cell.day != 1 else None)
    text = compact(shown(cell)).split("T")[0]
    found = _DATE.fullmatch(text) or _RUN.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if not 1900 <= year <= 2100 or not _possible(year, month, day):
        return None
    return BirthDate(year, month, day, isinstance(cell, float) and text.endswith(".1"))


def _possible(year: int, month: int | None, day: int | None) -> bool:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return False
    return True
