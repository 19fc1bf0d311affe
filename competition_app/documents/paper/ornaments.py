"""Ornaments of the papers, from geometry: points in millimetres from the top left, no pictures."""

import math
from collections.abc import Iterator

Point = tuple[float, float]
Polyline = tuple[Point, ...]

BRACKET: tuple[Polyline, ...] = (
    ((12, 0), (0, 0), (0, 12)),
    ((12, 0), (12, 2.6), (8.2, 2.6), (8.2, 1.3), (10.4, 1.3)),
    ((0, 12), (2.6, 12), (2.6, 8.2), (1.3, 8.2), (1.3, 10.4)),
    ((7.4, 1.6), (1.6, 1.6), (1.6, 7.4)),
    ((7.4, 1.6), (7.4, 4.2), (4.4, 4.2), (4.4, 2.9), (6, 2.9)),
    ((1.6, 7.4), (4.2, 7.4), (4.2, 4.4), (2.9, 4.4), (2.9, 6)),
)
"""The corner bracket 拐子角花 in units of a twelfth of its arm."""

_FRET: Polyline = ((0, 6), (0, 0), (6, 0), (6, 6), (2, 6), (2, 2), (4, 2), (4, 4))


def rosette(x: float, y: float, radius: float, petals: int, curves: int, depth: float) -> Iterator[Polyline]:
    """团花: closed curves r(t) = R·(1 − d·(1 − cos(n·(t + φ)))/2), φ = 2πj/(k·n), 20·n points each."""
    count = 20 * petals
    for j in range(curves):
        phase = 2 * math.pi * j / (curves * petals)
        turns = (2 * math.pi * i / count for i in range(count))
        polar = ((radius * (1 - depth * (1 - math.cos(petals * (t + phase))) / 2), t) for t in turns)
        yield tuple((x + r * math.cos(t), y + r * math.sin(t)) for r, t in polar)


def lozenge(x: float, y: float, half: float) -> Polyline:
    """A square on its corner, with this half axis."""
    return ((x - half, y), (x, y - half), (x + half, y), (x, y + half))


def brackets(inset: float, arm: float, width: float, height: float) -> Iterator[tuple[Polyline, bool]]:
    """The bracket mirrored into the four corners of a page: polylines, and whether each is filled."""
    unit = arm / 12
    for sx in (False, True):
        for sy in (False, True):
            for shape, filled in [*((p, False) for p in BRACKET), (lozenge(3.05, 3.05, 0.75), True)]:
                inner = ((inset + px * unit, inset + py * unit) for px, py in shape)
                yield tuple((width - px if sx else px, height - py if sy else py) for px, py in inner), filled


def fret(length: float, unit: float) -> Iterator[Polyline]:
    """回纹 along a length, from (0, 0) rightwards: an even number of units, each mirroring the last."""
    count = max(2, 2 * round((length + 2 * unit) / (8 * unit) / 2))
    pitch = (length + 2 * unit) / count
    for i in range(count):
        shape = _FRET if i % 2 == 0 else tuple((6 - px, py) for px, py in _FRET)
        yield tuple((i * pitch + px * unit, py * unit) for px, py in shape)


Curve = tuple[Point, tuple[tuple[Point, Point, Point], ...]]
"""A start and cubic segments."""

_QUARTERS = (  # a sine's quarter periods as cubics, error below 0.1 % of the amplitude
    ((0.5121 / (2 * math.pi), 0.5121), (1.0023 / (2 * math.pi), 1.0), (0.25, 1.0)),
    ((0.5 - 1.0023 / (2 * math.pi), 1.0), (0.5 - 0.5121 / (2 * math.pi), 0.5121), (0.5, 0.0)),
    ((0.5 + 0.5121 / (2 * math.pi), -0.5121), (0.5 + 1.0023 / (2 * math.pi), -1.0), (0.75, -1.0)),
    ((1.0 - 1.0023 / (2 * math.pi), -1.0), (1.0 - 0.5121 / (2 * math.pi), -0.5121), (1.0, 0.0)),
)


def braid(length: float, amplitude: float, curves: int, period: float = 13.0) -> Iterator[Curve]:
    """k sine curves along the x axis from 0, whole periods near the one given; to be clipped."""
    waves = max(1, round(length / period))
    step = length / waves
    for j in range(curves):
        start = -step * j / curves
        quarters = tuple(
            tuple((start + (wave + px) * step, py * amplitude) for px, py in quarter)
            for wave in range(waves + 1)
            for quarter in _QUARTERS
        )
        yield (start, 0.0), quarters  # type: ignore[misc]


def flourish(x: float, y: float, direction: int) -> Iterator[Polyline]:
    """Beside a title, from its inner end outwards: three lozenges and a tapering line, 36 long."""
    for offset, half in ((1.2, 1.1), (4.0, 1.9), (7.0, 1.1)):
        yield lozenge(x + direction * offset, y, half)
    yield ((x + direction * 9, y - 0.35), (x + direction * 36, y), (x + direction * 9, y + 0.35))


def divider(x: float, y: float, width: float) -> Iterator[Polyline]:
    """A rule: a lozenge of 2 in the middle, 1.1 at ± 4.4, tapering lines from ± 8 to the ends."""
    yield lozenge(x, y, 2.0)
    for direction in (-1, 1):
        yield lozenge(x + direction * 4.4, y, 1.1)
        yield ((x + direction * 8, y - 0.35), (x + direction * width / 2, y), (x + direction * 8, y + 0.35))
