"""Speed as ratios against floors measured in the same run, so that machines and days can be compared."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: ``ours`` against ``floor``, both in ``unit``, and the bar it is held to.

    ``bar`` is a ratio where there is a floor, else an absolute figure in ``unit``. ``at_most`` says on which
    side of the bar good lies.
    """

    name: str
    ours: float
    unit: str
    bar: float
    floor: float | None = None
    at_most: bool = True

    @property
    def figure(self) -> float:
        """What is held against the bar: the ratio to the floor, or the plain figure."""
        return self.ours / self.floor if self.floor else self.ours

    @property
    def good(self) -> bool:
        """Whether the bar is kept."""
        return self.figure <= self.bar if self.at_most else self.figure >= self.bar


def best(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of some runs, in seconds: what the work costs when nothing disturbs it."""
    shortest = float("inf")
    for _ in range(times):
        gc.collect()
        begun = time.perf_counter()
        work()
        shortest = min(shortest, time.perf_counter() - begun)
    return shortest
