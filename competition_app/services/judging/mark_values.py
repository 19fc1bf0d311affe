"""Marks and scores between what a person types and the store's whole numbers of 10^-9."""

from decimal import Decimal
from fractions import Fraction

from competition_app.domain.errors import Refusal
from competition_app.domain.plans.plan import Criterion, Module
from competition_app.domain.scoring.facts import STORE_SCALE, Outcome
from competition_app.domain.scoring.figures import plain
from competition_app.domain.scoring.points import mark_fault

MarkGiven = Decimal | bool | Outcome
"""A mark as given: a figure, yes or no of a check, or what stands in its place."""
Stored = tuple[int | None, int]
"""Units of 10^-9 and outcome (0 value, 1 absent, 2 DNF) as the store keeps them."""

_OUTCOMES = {Outcome.ABSENT: 1, Outcome.DNF: 2}
_LARGEST = 9 * 10**18


def mark_units(rule: Criterion, value: MarkGiven, where: str) -> Stored:
    """A mark as stored; refused with ``where`` when the criterion does not take it (scoring.md §2)."""
    if isinstance(value, Outcome):
        return None, _OUTCOMES[value]
    exact = Fraction(value)
    fault = mark_fault(rule, exact)
    if fault is not None:
        raise Refusal(
            "{where}, {criterion}: {fault}; look at the sheet and type it again.",
            where=where,
            criterion=rule.name or rule.code,
            fault=fault,
        )
    return whole_units(exact, where), 0


def score_units(rule: Module, value: Decimal | Outcome, where: str) -> Stored:
    """A direct score as stored; refused with ``where`` when it is not from 0 to the module's full marks."""
    if isinstance(value, Outcome):
        if value is Outcome.ABSENT:
            raise Refusal("{where}: an absence is recorded as such, with its reason.", where=where)
        return None, _OUTCOMES[value]
    name = rule.name or rule.code
    if rule.full is not None and not 0 <= value <= rule.full:
        raise Refusal(
            "{where}: a score in {module} lies between 0 and {full}.",
            where=where,
            module=name,
            full=plain(rule.full),
        )
    if value < 0:
        raise Refusal("{where}: a score in {module} is 0 or more.", where=where, module=name)
    return whole_units(Fraction(value), where), 0


def whole_units(value: Fraction, where: str) -> int:
    """A value in whole units of 10^-9; refused when it is finer than that or larger than the store holds."""
    units = value * STORE_SCALE
    if units.denominator != 1:
        raise Refusal("{where}: write at most 9 digits after the point.", where=where)
    if abs(units.numerator) > _LARGEST:
        raise Refusal("{where}: this figure is too large.", where=where)
    return units.numerator


def units_text(units: int) -> str:
    """A stored value as a person wrote it: ``35.5``."""
    return plain(Decimal(units).scaleb(-9))
