"""What a command answers: a document for programs, lines for people, and perhaps a refusal."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from competition_app.domain.errors import Said


@dataclass(frozen=True, slots=True)
class Answer:
    """``document`` is printed under ``--json``, ``lines`` otherwise; ``refused`` makes the exit status 1."""

    document: object
    lines: Iterable[str] = ()
    refused: Said | None = None


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()
) -> list[str]:
    """Aligned lines, a Chinese character counting as two columns; ``right`` are the columns of figures."""
    widths = [max(map(width, column)) for column in zip(heads, *rows, strict=True)]
    return [
        "  ".join(_padded(cell, widths[n], right=n in right) for n, cell in enumerate(row)).rstrip()
        for row in (heads, *rows)
    ]


def width(text: str) -> int:
    """The columns a text takes on a terminal."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def _padded(text: str, columns: int, *, right: bool) -> str:
    blank = " " * (columns - width(text))
    return blank + text if right else text + blank
