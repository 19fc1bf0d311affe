"""Figures as the page “why this place” writes them: signs, counts, digits, times."""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from competition_app.documents.paper.typesetting import chinese_number
from competition_app.domain.ranking.derivation import Rung
from competition_app.domain.scoring.figures import plain
from competition_app.i18n import Words

DASH = "—"
_FIGURE = re.compile(r"-?\d+(\.\d+)?")


class Figures:
    """How figures and signs are written in one language."""

    def __init__(self, words: Words) -> None:
        self._words = words
        chinese = words.language == "zh"
        self._chinese = chinese
        self.plus, self.equals = ("＋", " ＝ ") if chinese else (" + ", " = ")
        self.divided = "÷ " if chinese else " ÷ "  # after a bracket
        self.between = "" if chinese else " "  # sentences
        self._brackets = "（{}）" if chinese else "({})"

    def bracketed(self, text: str) -> str:
        """The text in brackets."""
        return self._brackets.format(text)

    def count(self, number: int) -> str:
        """A small number as it is spoken before a noun: 两, 五; figures in English."""
        if not self._chinese or not 0 < number < 100:
            return str(number)
        return "两" if number == 2 else chinese_number(number)

    def rounding(self, rung: Rung) -> str:
        """To how many digits the rung rounds, in words; empty where it does not."""
        words = self._words
        if rung.digits is None:
            return ""
        if rung.digits == 0:
            return words("half up, whole number")
        count = self.count(rung.digits)
        return words("half up, {n} digit|half up, {n} digits", n=count)


def shown(figure: str | None) -> str:
    """A figure with a real minus; a dash where there is none."""
    return DASH if figure is None else figure.replace("-", "−")


def made(rung: Rung) -> str:
    """What a rung comes to: rounded, or as it is where nothing is rounded there."""
    return shown(rung.unrounded if rung.digits is None else rung.rounded)


def aligned(figures: Sequence[str | None], least: int = 0) -> list[str]:
    """The figures with the same number of digits after the point, at least ``least``; others stay."""
    ends = [one.partition(".")[2] for one in figures if one and _FIGURE.fullmatch(one)]
    most = max([least, *map(len, ends)])
    found = []
    for one in figures:
        if one and most and _FIGURE.fullmatch(one):
            whole, _, part = one.partition(".")
            found.append(shown(f"{whole}.{part.ljust(most, '0')}"))
        else:
            found.append(shown(one))
    return found


def percent(weight: Decimal) -> str:
    """A weight as per cent, empty where all counts."""
    return "" if weight == 1 else f"{plain(weight * 100)}%"


def clock(seconds: str) -> str:
    """Seconds as hours, minutes and seconds: ``01:27:40``, ``00:59:03.5``; other texts stay."""
    if not _FIGURE.fullmatch(seconds) or seconds.startswith("-"):
        return seconds
    whole, _, part = seconds.partition(".")
    minutes, rest = divmod(int(whole), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest:02}" + (f".{part}" if part else "")


def moment(written: str) -> str:
    """An ISO moment as its time of day."""
    return datetime.fromisoformat(written).strftime("%H:%M:%S")
