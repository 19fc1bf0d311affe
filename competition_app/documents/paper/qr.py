"""QR codes drawn as one path: level M, one fixed mask, dark modules only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import segno

QUIET = 2  # modules left free inside the box on each side
LEAST_MODULE = 0.38  # mm
_MASK = 0  # trying all eight costs four times as much
_RUN = re.compile(b"\x01+")


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code of ``size`` × ``size`` modules.

    ``path`` fills the dark ones, one unit a module, from the top left downwards to −size.
    """

    size: int
    path: str


@lru_cache(maxsize=64)
def code(text: str) -> QrCode:
    """The QR code of a text: UTF-8, level M, mask 0."""
    made = segno.make_qr(text, error="m", encoding="utf-8", mask=_MASK, boost_error=False)
    return QrCode(len(made.matrix), _path(made.matrix))


def module(text: str, box: float) -> float:
    """The size of one module in mm when the text's code stands in a box of this size with its quiet zone."""
    return box / (code(text).size + 2 * QUIET)


def _path(rows: Sequence[bytearray]) -> str:
    """A rectangle for each run of dark modules."""
    starts, widths = _rectangles(len(rows))
    runs = [run.span() for run in _RUN.finditer(b"\x00".join(rows))]
    return "".join([starts[start] + widths[end - start] for start, end in runs]) + "f"


@cache
def _rectangles(size: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where a run may start (a light module parts the rows), and how wide it may be."""
    starts = tuple(f"{at % (size + 1)} {-(at // (size + 1)) - 1} " for at in range(size * (size + 1)))
    return starts, tuple(f"{width} 1 re\n" for width in range(size + 1))
