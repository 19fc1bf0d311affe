"""回避: which units count as a judge's own (scoring.md §5)."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

Unit = TypeVar("Unit", bound=Hashable)


def own_units(
    unit: Unit, units: Iterable[Unit], parents: Mapping[Unit, Unit], nodes: Collection[Unit] = ()
) -> frozenset[Unit]:
    """Those of ``units`` that are a judge's own: the judge's unit itself, and all in the same group with it.

    ``nodes`` head the groups: all at or below one of them belong together. ``parents`` is the tree.
    """
    above: frozenset[Unit] = frozenset(lineage(unit, parents))
    heads = above.intersection(nodes)
    return frozenset(
        other for other in units if other == unit or any(each in heads for each in lineage(other, parents))
    )


def lineage(unit: Unit, parents: Mapping[Unit, Unit]) -> Iterator[Unit]:
    """The unit and all above it, the nearest first; a tree that runs in a circle ends where it began."""
    seen: set[Unit] = set()
    above: Unit | None = unit
    while above is not None and above not in seen:
        seen.add(above)
        yield above
        above = parents.get(above)
