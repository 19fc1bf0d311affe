"""What decided between equal totals, in a sentence (scoring.md §6)."""

from collections.abc import Mapping, Sequence

from competition_app.domain.errors import Said
from competition_app.domain.plans.plan import TieKey
from competition_app.domain.ranking.ties import KeyValue, TieStep
from competition_app.domain.scoring.totals import StageEntry

NOTHING = "–"
"""Shown for a key that an entry does not have."""


def label(key: TieKey) -> Said | str:
    """A tie key's name: codes for modules and stages, words for the rest."""
    match key.by:
        case "module":
            return key.module or _added(key)
        case "criterion":
            return f"{key.module} {key.criterion}"
        case "stage":
            return key.stage or ""
        case "attempt":
            return Said("{module}, best {nth}", {"module": key.module, "nth": key.nth})
        case "field":
            return key.field or ""
        case _:
            return _plain_label(key)


def _added(key: TieKey) -> str:
    return " + ".join(key.modules)


def _plain_label(key: TieKey) -> Said:
    match key.by:
        case "time":
            module = key.module or _added(key)
            return Said("{module} time", {"module": module}) if module else Said("time")
        case "submitted":
            return Said("hand-in")
        case "penalty":
            return Said("penalties")
        case "decision":
            return Said("the chief judge's order")
        case _:
            return Said("the draw")


def said_of(
    groups: Sequence[Sequence[StageEntry]], tried: Mapping[str, Sequence[TieStep]]
) -> dict[str, Said | None]:
    """What decided for each of the entries of one total; ``groups`` stayed equal, in order."""
    order = [row.number for group in groups for row in group]
    place = {number: index for index, number in enumerate(order)}
    found: dict[str, Said | None] = {}
    for group in groups:
        for row in group:
            index = place[row.number]
            neighbour = order[index + 1] if index + 1 < len(order) else order[index - 1]
            found[row.number] = tie_said(row.number, neighbour, len(group) > 1, tried[row.number])
    return found


def tie_said(number: str, neighbour: str, shared: bool, steps: Sequence[TieStep]) -> Said | None:
    """What set the entry apart from its neighbour of the same total."""
    if not steps:
        return None
    skipped = [step.key for step in steps if not step.values]
    said = Said("equal in every key") if shared else _decided(number, neighbour, steps)
    for key in reversed(skipped):
        said = Said("{key}: nobody has it; {rest}", {"key": label(key), "rest": said})
    return said


def deciding_step(number: str, neighbour: str, steps: Sequence[TieStep]) -> TieStep | None:
    """The key that parted two entries."""
    for step in steps:
        mine = next((group for group in step.groups if number in group), ())
        theirs = next((group for group in step.groups if neighbour in group), ())
        if mine and theirs and mine != theirs:
            return step
    return None


def _decided(number: str, neighbour: str, steps: Sequence[TieStep]) -> Said:
    step = deciding_step(number, neighbour, steps)
    assert step is not None
    mine, theirs = step.values.get(number), step.values.get(neighbour)
    first = next(place for place, group in enumerate(step.groups) if number in group)
    other = next(place for place, group in enumerate(step.groups) if neighbour in group)
    sign = _sign(mine, theirs, first < other)
    one, two = (value.text if value else NOTHING for value in (mine, theirs))
    return Said(
        "{key} {one} {sign} {other}", {"key": label(step.key), "one": one, "sign": sign, "other": two}
    )


def _sign(mine: KeyValue | None, theirs: KeyValue | None, better: bool) -> str:
    if mine is None or theirs is None:
        return ">" if theirs is None else "<"
    if mine.number is not None and theirs.number is not None:
        return ">" if mine.number > theirs.number else "<"
    return "<" if better else ">"
