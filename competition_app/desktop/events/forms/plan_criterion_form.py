"""The form of a criterion: how it is marked as six tiles, and what that kind of marking needs."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from competition_app.desktop.events.forms.plan_fields import (
    Choice,
    Line,
    Lines,
    More,
    Tiles,
    figure,
    pair,
    words,
)
from competition_app.desktop.events.forms.plan_form import Around, Form
from competition_app.desktop.events.forms.plan_grid import PairGrid
from competition_app.desktop.events.forms.plan_panel_fields import own_panel
from competition_app.desktop.events.plan import plan_parts
from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.events.plan.plan_words import CRITERION_KINDS, crumbs_of, figure_text, top_of
from competition_app.desktop.look import theme
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import row
from competition_app.domain.errors import Said
from competition_app.domain.scoring.figures import decimal_of
from competition_app.i18n import tr

OWN: dict[str, tuple[str, ...]] = {
    "points": ("min", "max", "step"), "check": ("max",), "judgement": ("max", "levels", "max_spread"),
    "measured": ("unit", "scale", "between", "step"), "deduction": ("max", "each", "step", "unit"),
    "bonus": ("max", "step"),
}  # fmt: skip
"""The keys each kind has a use for; the others go when the kind is chosen."""
ALL = ("code", "name", "heading", "standard", "kind", "factor", "panel")


def criterion_form(draft: PlanDraft, path: Path, around: Around) -> Form:
    """Name, full marks and unit; the six tiles; the kind's own fields; what judges are told."""
    kind = str(draft.get((*path, "kind"), "points"))
    name = Line(draft, (*path, "name"), tr("Name@criterion"), reading=words)
    tiles = Tiles(CRITERION_KINDS, kind)
    tiles.chosen.connect(lambda key: _turn(draft, path, key, around))
    grid = _scale(draft, path) if kind == "measured" else None
    top = _Top(draft, path, grid) if grid else Line(draft, (*path, "max"), tr("Full marks"))
    top.setFixedWidth(theme.px("measure.planFigure"))
    head: list[QWidget | None] = [name, top]
    if kind in ("measured", "deduction"):
        unit = Line(draft, (*path, "unit"), tr("Unit"), reading=words)
        unit.setFixedWidth(theme.px("measure.planFigure"))
        head.append(unit)
        if grid is not None:
            unit.edit.textEdited.connect(lambda _text: grid.name_heads(_heads(draft, path)))
    first = QWidget()
    line = row(*head, gap=3)
    line.setStretch(0, 1)
    first.setLayout(line)
    parts: list[QWidget] = [first, Field(tr("How it is marked"), tiles), *_own(draft, path, kind, grid)]
    parts.append(Lines(draft, (*path, "standard"), tr("What judges are told"),
                       hint=tr("How it is looked at, measured or counted")))  # fmt: skip
    parts.append(_rare(draft, path, around))
    return Form(draft, crumbs_of(draft, path), parts, _hint(kind))


def _turn(draft: PlanDraft, path: Path, kind: str, around: Around) -> None:
    """Another kind: full marks stay, what it has no use for goes, what it needs comes."""

    def deed(values: Any) -> None:
        one = values
        for step in path:
            one = one[step]
        top = top_of(one)
        kept = {key: value for key, value in one.items() if key in (*ALL, *OWN[kind])}
        shown = plan_parts.TOP.get(kind, 10) if top is None else int(top) if top == int(top) else top
        made = plan_parts.of_kind(kind, shown)
        one.clear()
        one.update(kept | {"kind": kind} | {k: v for k, v in made.items() if k not in kept or k == "max"})

    what = Said("“{label}”", {"label": tr("How it is marked")})
    draft.change(Said("change of {what}", {"what": what}), path, deed)
    around.remake()


def _own(draft: PlanDraft, path: Path, kind: str, grid: PairGrid | None) -> Sequence[QWidget]:
    step = Line(draft, (*path, "step"), tr("Step of the marks"), default="0.01")
    if grid is not None:
        between = Choice(draft, (*path, "between"), tr("Between two rows"), default="linear", choices=[
            ("linear", tr("along a straight line")), ("step", tr("as the row before"))])  # fmt: skip
        places = Choice(draft, (*path, "step"), tr("Digits that can be typed"), [
            (None, tr("any number@digits")), *((Decimal(1).scaleb(-n), tr("{n} digit|{n} digits", n=n))
                                               for n in range(4))])  # fmt: skip
        between.changed.connect(lambda: grid.name_heads(_heads(draft, path)))
        return [Field(tr("Table of values and points"), grid), pair(between, places)]
    if kind == "points":
        return [pair(Line(draft, (*path, "min"), tr("Least mark"), default="0"), step)]
    if kind == "bonus":
        return [pair(step, QWidget())]
    if kind == "deduction":
        each = Line(draft, (*path, "each"), tr("Off for each one"), unit=tr("points@unit"), default="1")
        return [pair(each, Line(draft, (*path, "step"), tr("Step of the count"), default="0.01"))]
    if kind == "judgement":
        return [*_levels(draft, path)]
    return []


def _levels(draft: PlanDraft, path: Path) -> list[QWidget]:
    spread = Line(draft, (*path, "max_spread"), tr("Judges apart at most"), default="1")
    return [_LevelLines(draft, path), pair(spread, QWidget())]


class _LevelLines(QWidget):
    """A text for each of the levels 0 to 3."""

    def __init__(self, draft: PlanDraft, path: Path) -> None:
        super().__init__()
        self._draft, self._path = draft, (*path, "levels")
        fields = []
        usual = (tr("below the standard, or not tried"), tr("meets the standard"),
                 tr("meets it and is better in part"), tr("excellent@level"))  # fmt: skip
        for place, hint in enumerate(usual):
            field = _LevelLine(draft, self._path, place, hint)
            fields.append(field)
        self.setLayout(_two_columns(fields))


class _LevelLine(Line):
    """The text of one level; the list is filled up so that each text stands at its level."""

    def __init__(self, draft: PlanDraft, path: Path, place: int, hint: str) -> None:
        self._place = place
        super().__init__(draft, path, tr("Level {n}", n=place), reading=words)
        self.edit.setPlaceholderText(hint)

    def refill(self) -> None:
        """Show this level's text."""
        held = self.draft.rows(self.path)
        self.edit.setText(str(held[self._place]) if self._place < len(held) else "")

    def put(self, value: Any) -> None:
        """Put the text at its level; no list where no level has one."""
        held = [str(one) for one in self.draft.rows(self.path)]
        held += [""] * (4 - len(held))
        held[self._place] = value or ""
        said = Said("“{label}”", {"label": self.label.text()})
        self.draft.put(self.path, held if any(held) else None, said)


def _two_columns(fields: Sequence[QWidget]) -> Any:
    from competition_app.desktop.parts.parts import column

    return column(pair(*fields[:2]), pair(*fields[2:]), gap=3)


class _Top(Line):
    """Full marks of a measured criterion: the most points of its table, changed in every row that has it."""

    def __init__(self, draft: PlanDraft, path: Path, grid: PairGrid) -> None:
        self._grid, self._criterion = grid, path
        self._rows: list[int] = []  # those that had the most points when typing began
        super().__init__(draft, (*path, "scale"), tr("Full marks"))
        self.edit.editingFinished.connect(self._rows.clear)

    def refill(self) -> None:
        """Show the most points of the table."""
        self.edit.setText(figure_text(top_of(self.draft.part(self._criterion))))

    def show_error(self) -> None:
        """The table says what is wrong with its rows; here only a figure that is none."""
        wrong = decimal_of(figure(self.edit.text().strip())) is None
        self.refuse(tr("Type a number.") if wrong else "")

    def put(self, value: Any) -> None:
        """Write the figure into every row that had the most points."""
        if decimal_of(value) is None:
            self.show_error()
            return
        held = [one for one in self.draft.rows(self.path) if isinstance(one, list) and len(one) == 2]
        if not self._rows:
            old = top_of(self.draft.part(self._criterion))
            self._rows += [at for at, one in enumerate(held) if decimal_of(one[1]) == old]
        rows = [[one[0], value if at in self._rows else one[1]] for at, one in enumerate(held)]
        self.draft.put(self.path, rows, Said("“{label}”", {"label": self.label.text()}))
        self._grid.fill()


def _scale(draft: PlanDraft, path: Path) -> PairGrid:
    return PairGrid(draft, (*path, "scale"), _heads(draft, path),
                    lambda rows, place: _explain(draft, path, rows, place), _next_row)  # fmt: skip


def _heads(draft: PlanDraft, path: Path) -> tuple[str, str, str]:
    unit = str(draft.get((*path, "unit"), ""))
    if _stepwise(draft, path):
        value = tr("Value from ({unit})", unit=unit) if unit else tr("Value from")
    else:
        value = tr("Value up to ({unit})", unit=unit) if unit else tr("Value up to")
    return value, tr("Points@head"), tr("That is")


def _stepwise(draft: PlanDraft, path: Path) -> bool:
    """Whether the points of a row count from its value on, up to the next row."""
    return bool(draft.get((*path, "between")) == "step")


def _explain(draft: PlanDraft, path: Path, rows: Sequence[Any], place: int) -> str:
    """What a row of the table means: full marks up to here, nothing from here on."""
    pairs = [tuple(decimal_of(one) for one in row) if isinstance(row, list) else () for row in rows]
    if any(len(one) != 2 or None in one for one in pairs):
        return ""
    value, points = (figure_text(one) for one in rows[place])
    top = top_of(draft.part(path))
    if _stepwise(draft, path):
        return tr("from {value} on {points} points", value=value, points=points)
    if place == len(rows) - 1:
        return tr("above {value}: {points} points", value=value, points=points)
    if pairs[place][1] == top and pairs[place + 1][1] != top:
        return tr("full marks up to here")
    return tr("below it the same") if place == 0 else ""


def _next_row(rows: Sequence[Any]) -> list[Any]:
    last = rows[-1] if rows and isinstance(rows[-1], list) and len(rows[-1]) == 2 else [0, 0]
    value = decimal_of(last[0])
    return [value + Decimal("0.1") if value is not None else "", 0]


def _rare(draft: PlanDraft, path: Path, around: Around) -> More:
    heading = Line(draft, (*path, "heading"), tr("Stands under the heading"), reading=words)
    factor = Line(draft, (*path, "factor"), tr("Points times a factor"), default="1")
    opened = any(draft.get((*path, key)) is not None for key in ("factor", "heading", "panel"))
    return More([pair(heading, factor), *own_panel(draft, path, around)], opened=opened)


def _hint(kind: str) -> str:
    if kind == "judgement":
        return tr("The mark divided by 3 times the full marks: 2 of 3 with 6 points makes 4.")
    if kind == "measured":
        return tr("Beyond both ends of the table the points of the end count.")
    if kind == "deduction":
        return tr("Full marks less what is off, never under 0.")
    if kind == "bonus":
        return tr("May lift the module over the sum of the others, never over its full marks.")
    return ""
