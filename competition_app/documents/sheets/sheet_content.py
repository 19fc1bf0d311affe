"""What stands on a judge's score sheet: its lines, each with the way a mark is written, and whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto

from competition_app.domain.plans.plan import Criterion
from competition_app.domain.scoring.figures import plain
from competition_app.i18n import Words


class Way(Enum):
    """How a mark is written: a digit a box, a level ringed, a box ticked, faults counted."""

    FIGURE = auto()
    LEVELS = auto()
    CHECK = auto()
    TALLY = auto()


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One line of the sheet. ``whole`` and ``part`` are the boxes before and after the printed point.

    ``levels`` are what may be ringed, from 0 on; ``note`` says in small print what may be written.
    """

    code: str
    name: str
    heading: str
    standard: str
    full: str
    way: Way
    whole: int = 0
    part: int = 0
    signed: bool = False
    unit: str = ""
    levels: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class SheetForm:
    """What all sheets of a module share. ``coded``: works go by codes, and a name would void the sheet."""

    contest: str
    event: str
    stage: str
    module: str
    plan_version: int
    printed_at: str
    items: tuple[SheetItem, ...]
    coded: bool


@dataclass(frozen=True, slots=True)
class SheetHead:
    """Whose sheet it is; a spare one has neither work nor judge, but its own number.

    ``number`` is printed under the QR code, ``code`` is what the QR code says, without its page.
    """

    work: str
    judge: str
    number: str
    code: str
    attempt: int | None = None


def sheet_items(criteria: Sequence[Criterion], words: Words) -> tuple[SheetItem, ...]:
    """The lines of a sheet for a module's criteria, in the plan's order."""
    return tuple(_item(criterion, words) for criterion in criteria)


def _item(criterion: Criterion, words: Words) -> SheetItem:
    bare = SheetItem(
        criterion.code, criterion.name or criterion.code, criterion.heading or "", criterion.standard or "",
        _full(criterion), Way.CHECK,
    )  # fmt: skip
    match criterion.kind:
        case "check":
            return bare
        case "judgement":
            levels = criterion.levels or ("",) * 4
            return replace(bare, way=Way.LEVELS, levels=levels, note=words("ring one level"))
        case "deduction":
            return _tally(criterion, bare, words)
        case "measured":
            return _measured(criterion, bare, words)
        case _:
            return _points(criterion, bare, words)


def _full(criterion: Criterion) -> str:
    if criterion.max is not None:
        return plain(criterion.max)
    points = [points for _value, points in criterion.scale or ()]
    return plain(max(points)) if points else "—"


def _tally(criterion: Criterion, bare: SheetItem, words: Words) -> SheetItem:
    most, each, step = criterion.max or Decimal(0), criterion.each or Decimal(1), criterion.step
    whole = max(2, len(str(int(-(-most // each)))))
    part = len(plain(step).partition(".")[2]) if step is not None else 0
    note = words(
        "{each} off each; write {zeros} where nothing was wrong", each=plain(each), zeros="0" * whole
    )
    unit = criterion.unit or words("times@faults")
    return replace(bare, way=Way.TALLY, whole=whole, part=part, unit=unit, note=note)


def _measured(criterion: Criterion, bare: SheetItem, words: Words) -> SheetItem:
    values = [value for value, _points in criterion.scale or ()] or [Decimal(0)]
    part = max(len(plain(value).partition(".")[2]) for value in values)
    part = len(plain(criterion.step).partition(".")[2]) if criterion.step is not None else max(part, 2)
    whole = max(len(str(int(abs(value)))) for value in values)
    steps = [
        words("{value} gives {points}", value=plain(value), points=plain(points))
        for value, points in criterion.scale or ()
    ]
    between = words("straight lines between") if criterion.between == "linear" else words("steps between")
    note = words(", @sheet").join([*steps, between] if len(steps) > 1 else steps)
    return replace(
        bare, way=Way.FIGURE, whole=whole, part=part, signed=min(values) < 0, unit=criterion.unit or "",
        note=note,
    )  # fmt: skip


def _points(criterion: Criterion, bare: SheetItem, words: Words) -> SheetItem:
    least, most = criterion.min or Decimal(0), criterion.max or Decimal(0)
    step = criterion.step if criterion.step is not None else Decimal("0.01")
    note = words("{min}–{max}, step {step}", min=plain(least), max=plain(most), step=plain(step))
    if criterion.kind == "bonus":
        note = words("bonus 0–{max}", max=plain(most))
    return replace(
        bare, way=Way.FIGURE, whole=len(str(int(most))), part=len(plain(step).partition(".")[2]),
        signed=least < 0, unit=words("points@unit"), note=note,
    )  # fmt: skip
