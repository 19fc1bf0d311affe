"""What a recorded time takes off a module, or multiplies it by, after the mean (scoring.md §3, rung 5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from competition_app.domain.plans.plan import Module
from competition_app.domain.scoring.figures import plain

Rows = Sequence[tuple[Decimal, Decimal]]
"""``[seconds, value]`` rising by seconds: a value holds from its seconds up to those of the next row."""


@dataclass(frozen=True, slots=True)
class Timing:
    """An entry's time in a module in seconds: the points it takes off, and the factor it brings."""

    seconds: Fraction
    points: Fraction
    factor: Fraction


def timing_of(module: Module, seconds: Fraction) -> Timing:
    """What a time of so many seconds does to the module's score.

    Before the first row nothing comes off, and the factor is 1 (domain.md §13, §1).
    """
    points, factor = held(module.time_bands, seconds), held(module.time_factors, seconds)
    return Timing(
        seconds, Fraction(0) if points is None else points, Fraction(1) if factor is None else factor
    )


def clock(seconds: Decimal | Fraction) -> str:
    """Seconds as minutes and seconds, with hours where there are any: ``8:15``, ``0:59.5``, ``1:27:40``."""
    whole, _, part = plain(seconds).partition(".")
    minutes, rest = divmod(int(whole), 60)
    hours, minutes = divmod(minutes, 60)
    before = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{before}:{rest:02}" + (f".{part}" if part else "")


def held(rows: Rows, seconds: Fraction) -> Fraction | None:
    """The value of the last row whose seconds the time reaches; None before the first."""
    found = None
    for start, value in rows:
        if Fraction(start) > seconds:
            break
        found = Fraction(value)
    return found
