"""A supposition as a person reads it, and what the rungs are called."""

from collections.abc import Mapping

from competition_app.domain.errors import Said
from competition_app.domain.looking_back.what_if import (
    OF_STAGE,
    DecidedOrder,
    OtherCombination,
    OtherRounding,
    OtherTieOrder,
    Rung,
    Supposition,
    TieSettled,
    Unrounded,
    WithoutJudge,
)
from competition_app.domain.plans.plan import Plan

_RUNG_NAMES: Mapping[Rung, Said] = {
    "criterion": Said("combined criterion"),
    "factored": Said("criterion × factor"),
    "sheet": Said("judge's sheet"),
    "attempt": Said("attempt"),
    "module": Said("module score"),
    "weighted": Said("weighted part"),
    "total": Said("total@rung"),
}


def rung_name(rung: Rung) -> Said:
    """What a rung is called."""
    return _RUNG_NAMES[rung]


def supposition_said(supposition: Supposition, plan: Plan) -> Said:
    """The supposition in words: ``Without judge J3``."""
    match supposition:
        case WithoutJudge():
            return _without_said(supposition, plan)
        case OtherCombination():
            return _combination_said(supposition, plan)
        case OtherRounding():
            return _rounding_said(supposition, plan)
        case TieSettled():
            return prize_tie_said(supposition.ties)
        case DecidedOrder(entries):
            return Said("In the order {entries}", {"entries": ", ".join(entries)})
        case OtherTieOrder():
            return Said("Tie keys in another order")
        case Unrounded():
            return Said("Without rounding")


def _without_said(gone: WithoutJudge, plan: Plan) -> Said:
    if gone.module is None:
        return Said("Without judge {judge}", {"judge": gone.judge})
    name = _name(plan, gone.stage, gone.module)
    return Said("Without judge {judge} in {module}", {"judge": gone.judge, "module": name})


def prize_tie_said(ties: str) -> Said:
    """What ``include`` or ``exclude`` does with a tie across a prize border."""
    if ties == "include":
        return Said("All tied at the border get the better prize")
    return Said("None of those tied at the border gets the better prize")


def _name(plan: Plan, stage: str | None, module: str) -> str:
    homes = [home for home in plan.stages if stage in (None, home.code)]
    found = next((rule for home in homes if (rule := home.module(module))), None)
    return module if found is None else found.name or module


def _combination_said(other: OtherCombination, plan: Plan) -> Said:
    values = {
        "module": _name(plan, other.stage, other.module),
        "high": other.drop_high,
        "low": other.drop_low,
    }
    if other.combine == "median":
        return Said("{module}: the median of the judges", values)
    if other.drop_high or other.drop_low:
        return Said("{module}: the mean without the {high} highest and {low} lowest", values)
    return Said("{module}: the mean of all judges", values)


def _rounding_said(other: OtherRounding, plan: Plan) -> Said:
    at: object = rung_name(other.rung)
    if other.module is not None and other.rung not in OF_STAGE:
        at = Said("{module}, {rung}", {"module": _name(plan, other.stage, other.module), "rung": at})
    if other.digits is None:
        return Said("{rung} not rounded", {"rung": at})
    return Said("{rung} rounded to {n} digit|{rung} rounded to {n} digits", {"rung": at, "n": other.digits})
