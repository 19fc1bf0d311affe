"""The marks that the sample's judges give: better people get better ones, no two judges quite the same."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random
from typing import Any

Criterion = Mapping[str, Any]


def given(criterion: Criterion, skill: float, severity: float, chance: Random) -> Decimal | bool:
    """One judge's mark. ``skill`` lies between 0 and 1, ``severity`` is what the judge gives less."""
    share = min(1.0, max(0.0, skill - severity + chance.gauss(0, 0.02)))
    return KINDS[criterion["kind"]](criterion, share)


def _points(criterion: Criterion, share: float) -> Decimal:
    step = Decimal(str(criterion.get("step", "0.01")))
    steps = int(Decimal(criterion["max"]) / step)
    return step * round(steps * share)


def _judgement(_criterion: Criterion, share: float) -> Decimal:
    return Decimal(min(3, 1 + int(share * 2.6)))


def _check(_criterion: Criterion, share: float) -> bool:
    return share > 0.3


def _deduction(criterion: Criterion, share: float) -> Decimal:
    worst = criterion["max"] // criterion.get("each", 1) // 2
    return Decimal(round(worst * (1 - share)))


def _measured(criterion: Criterion, share: float) -> Decimal:
    """A value on the scale whose points lie near the share of the maximum."""
    ends = [Decimal(str(value)) for value, _ in criterion["scale"]]
    rising = criterion["scale"][0][1] < criterion["scale"][-1][1]
    way = Decimal(str(round(share if rising else 1 - share, 2)))
    value = ends[0] + (ends[-1] - ends[0]) * way
    return value.quantize(Decimal(1) if rising else Decimal("0.01"))


KINDS: dict[str, Callable[[Criterion, float], Decimal | bool]] = {
    "points": _points,
    "judgement": _judgement,
    "check": _check,
    "deduction": _deduction,
    "measured": _measured,
}
