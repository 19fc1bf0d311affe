"""A criterion in words: the range under its head, and its rule beside the grid (scoring.md §2)."""

from decimal import Decimal

from competition_app.desktop.marking.marking_values import Column
from competition_app.domain.errors import Said
from competition_app.domain.plans.plan import Criterion, Module
from competition_app.domain.scoring.figures import plain


def column_of(criterion: Criterion) -> Column:
    """The grid's column of a criterion."""
    check = criterion.kind == "check"
    return Column(criterion.code, criterion.name or "", range_of(criterion), check, criterion.unit)


def direct_column(module: Module, code: str) -> Column:
    """The one column of a module whose scores come whole (theory and the like)."""
    if module.full is None:
        return Column(code, module.name or module.code, Said("one score each"), only=True)
    return Column(
        code, module.name or module.code, Said("0–{max} points", {"max": plain(module.full)}), only=True
    )


def range_of(criterion: Criterion) -> Said:
    """What may be typed, short enough for a head."""
    most = plain(criterion.max) if criterion.max is not None else ""
    match criterion.kind:
        case "check":
            return Said("yes / no, {max} points", {"max": most})
        case "judgement":
            return Said("level 0–{top}", {"top": _top(criterion)})
        case "measured":
            if criterion.unit:
                return Said("{unit} → {max} points", {"unit": criterion.unit, "max": _most_points(criterion)})
            return Said("reading → {max} points", {"max": _most_points(criterion)})
        case "deduction":
            return Said("{each} off each, of {max}", {"each": plain(criterion.each), "max": most})
        case "bonus":
            return Said("bonus 0–{max}", {"max": most})
        case _:
            return _points_range(criterion, most)


def _points_range(criterion: Criterion, most: str) -> Said:
    least = plain(criterion.min) if criterion.min is not None else "0"
    if criterion.step is None:
        return Said("{min}–{max}", {"min": least, "max": most})
    return Said("{min}–{max}, step {step}", {"min": least, "max": most, "step": plain(criterion.step)})


def _top(criterion: Criterion) -> int:
    return len(criterion.levels) - 1 if criterion.levels else 3


def _most_points(criterion: Criterion) -> str:
    if criterion.max is not None:
        return plain(criterion.max)
    return plain(max((points for _value, points in criterion.scale or ()), default=Decimal(0)))


def rule_of(criterion: Criterion) -> list[Said]:
    """How a mark of this criterion is given and what it becomes, in one to a few sentences."""
    most = plain(criterion.max) if criterion.max is not None else "0"
    match criterion.kind:
        case "check":
            return [
                Said("Space changes between yes and no. Yes gives {max} points, no gives 0.", {"max": most})
            ]
        case "judgement":
            return _levels(criterion, most)
        case "measured":
            return _scale(criterion)
        case "deduction":
            values = {"each": plain(criterion.each), "max": most}
            return [Said("Type how many were wrong: each takes {each} off {max}, never under 0.", values)]
        case "bonus":
            return [Said("A bonus from 0 to {max} on top of the other points.", {"max": most})]
        case _:
            return _points(criterion, most)


def _points(criterion: Criterion, most: str) -> list[Said]:
    least = plain(criterion.min) if criterion.min is not None else "0"
    said = [Said("From {min} to {max}; the mark is the points.", {"min": least, "max": most})]
    if criterion.step is not None:
        said.append(Said("In steps of {step}.", {"step": plain(criterion.step)}))
    return said


def _levels(criterion: Criterion, most: str) -> list[Said]:
    top = _top(criterion)
    said = [Said("A level from 0 to {top}; level {top} gives {max} points.", {"top": top, "max": most})]
    said += [
        Said("{level}: {text}", {"level": i, "text": text}) for i, text in enumerate(criterion.levels or ())
    ]
    return said


def _scale(criterion: Criterion) -> list[Said]:
    said = [
        Said("Type the reading in {unit}.", {"unit": criterion.unit})
        if criterion.unit
        else Said("Type the reading.")
    ]
    steps = [(plain(value), plain(points)) for value, points in criterion.scale or ()]
    said += [
        Said("{value} gives {points} points.", {"value": value, "points": points}) for value, points in steps
    ]
    if len(steps) > 1:
        linear = criterion.between == "linear"
        said.append(
            Said("In between, straight lines.")
            if linear
            else Said("In between, the points of the value below.")
        )
    return said
