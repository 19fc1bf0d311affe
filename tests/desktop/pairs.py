"""A pairwise set: few cases in which any two values of any two axes meet at least once."""

from collections.abc import Mapping, Sequence
from itertools import combinations, product

Case = dict[str, str]


def pairs_of(case: Mapping[str, str]) -> set[tuple[tuple[str, str], tuple[str, str]]]:
    """The pairs of values that meet in a case, each as (axis, value) twice, in the axes' order."""
    (*places,) = case.items()
    return set(combinations(places, 2))


def pairwise(axes: Mapping[str, Sequence[str]]) -> list[Case]:
    """The cases, found greedily and always the same: each new one meets the most pairs not met yet."""
    wanted = {
        pair
        for (one, ones), (other, others) in combinations(axes.items(), 2)
        for pair in product([(one, value) for value in ones], [(other, value) for value in others])
    }
    cases: list[Case] = []
    while wanted:
        case = best(axes, wanted)
        cases.append(case)
        wanted -= pairs_of(case)
    return cases


def best(axes: Mapping[str, Sequence[str]], wanted: set[tuple[tuple[str, str], tuple[str, str]]]) -> Case:
    """A case begun with a pair not met yet and filled axis by axis with what meets most."""
    begun = dict(min(wanted))
    for axis, values in axes.items():
        if axis in begun:
            continue
        met = {
            value: sum(
                {one, other} <= {*begun.items(), (axis, value)} and (axis, value) in (one, other)
                for one, other in wanted
            )
            for value in values
        }
        begun[axis] = max(values, key=lambda value: met[value])
    return {axis: begun[axis] for axis in axes}
