"""Exact numbers: read from what a person typed, rounded half up, written as exact text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Annotated

from pydantic import BeforeValidator, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError

NUMBER_PATTERN = r"^[+-]?[0-9]{1,100}(\.[0-9]{1,100})?([eE][+-]?[0-9]{1,3})?$"
_NUMBER = re.compile(NUMBER_PATTERN)
MOST_DIGITS = 60
"""A number has at most this many digits before the point and as many after it."""


def decimal_of(value: object) -> Decimal | None:
    """The exact decimal of a whole number, a Decimal or a decimal text; None for anything else.

    A float is nothing else but a guess at what was typed, so it is refused, as are yes/no, NaN, infinity,
    and numbers of more digits than ``MOST_DIGITS`` (which could hold the program up).
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value) if abs(value) < 10**MOST_DIGITS else None
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            return None
        value = Decimal(value)
    return value if isinstance(value, Decimal) and _is_sane(value) else None


def _is_sane(value: Decimal) -> bool:
    if not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return (
        isinstance(exponent, int)
        and exponent >= -MOST_DIGITS
        and (not value or value.adjusted() < MOST_DIGITS)
    )


def _number(value: object) -> Decimal:
    found = decimal_of(value)
    if found is None:
        raise PydanticCustomError("said", "this is not a number that can be read exactly")
    return found


def _whole(value: object) -> int:
    found = decimal_of(value)
    if found is None or found != found.to_integral_value():
        raise PydanticCustomError("said", "this is not a whole number")
    return int(found)


_NUMBER_TEXT = {"type": "string", "pattern": NUMBER_PATTERN}
Number = Annotated[
    Decimal, BeforeValidator(_number), WithJsonSchema({"anyOf": [{"type": "number"}, _NUMBER_TEXT]})
]
"""A decimal given as a JSON number or as text, kept exactly."""
Whole = Annotated[
    int, BeforeValidator(_whole), WithJsonSchema({"anyOf": [{"type": "integer"}, _NUMBER_TEXT]})
]
"""A whole number given as a JSON number or as text."""


@dataclass(frozen=True, slots=True)
class Also:
    """A further form in which a value may be written, for the JSON Schema of a type that reads it."""

    form: Mapping[str, object]

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, object]:
        return {"anyOf": [handler(core), dict(self.form)]}


NULL, TEXT = Also({"type": "null"}), Also({"type": "string"})


def half_up_units(numerator: int, denominator: int, digits: int) -> int:
    """numerator ÷ denominator in units of 10^-digits, rounded half away from zero (scoring.md, rule 2)."""
    scale: int = 10**digits
    units = (2 * abs(numerator) * scale + denominator) // (2 * denominator)
    return -units if numerator < 0 else units


def rounded(value: Fraction, digits: int | None) -> Fraction:
    """The value rounded half up to so many digits; None leaves it as it is."""
    if digits is None:
        return value
    return Fraction(half_up_units(value.numerator, value.denominator, digits), 10**digits)


def figure(value: Fraction, digits: int | None) -> str:
    """The figure as exact text: the digits of its rung's rounding, else half up with 6 places; never −0."""
    places = 6 if digits is None else digits
    units = half_up_units(value.numerator, value.denominator, places)
    text = str(abs(units)).zfill(places + 1)
    sign = "-" if units < 0 else ""
    return f"{sign}{text[:-places]}.{text[-places:]}" if places else f"{sign}{text}"


def plain(value: Decimal | Fraction) -> str:
    """A typed number in its shortest plain form: ``5400``, ``0.5``; a fraction without one with 6 places."""
    if isinstance(value, Fraction):
        digits = _decimal_digits(value.denominator)
        if digits is None:
            return figure(value, None)
        return figure(value, digits)
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


_SOON = 6


def exact(value: Fraction, digits: int | None) -> str:
    """A figure before its rounding to ``digits``: whole where it ends soon, else cut with … behind the digit
    that decides: ``90.666…``.
    """
    ends = _decimal_digits(value.denominator)
    if ends is not None and ends <= _SOON:
        return figure(value, ends)
    places = max(3, _SOON if digits is None else digits + 1)
    units: int = abs(value.numerator) * 10**places // value.denominator
    text = str(units).zfill(places + 1)
    return f"{'-' if value.numerator < 0 else ''}{text[:-places]}.{text[-places:]}…"


def _decimal_digits(denominator: int) -> int | None:
    """How many digits after the point a fraction of this denominator needs; None if it never ends."""
    twos = (denominator & -denominator).bit_length() - 1
    rest = denominator >> twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


_DIGITS = re.compile(r"([0-9]+)")


@cache
def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """The key of natural order: ``2`` before ``10``, ``A2`` before ``A10``; numbers before letters."""
    parts = [part for part in _DIGITS.split(text) if part]
    key = tuple((0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part) for part in parts)
    return (*key, (-1, len(text), text))
