"""The usual plan as forms: stage, module, equal totals, prizes; the whole plan as text."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from competition_app.desktop.events.events_draft import Path, PlanDraft
from competition_app.desktop.events.events_fields import Bound, RowsEditor, figure, pair, whole
from competition_app.desktop.events.events_rows import CriteriaRows, PrizeRows, TieRows
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Ground, Text
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import column
from competition_app.i18n import in_use, tr


class Form(Ground):
    """Fields of one node of the plan under their crumbs; ``show_errors`` tells what is refused."""

    def __init__(
        self, draft: PlanDraft, crumbs: Sequence[str], parts: Sequence[QWidget], hint: str = ""
    ) -> None:
        super().__init__("surface")
        self.draft = draft
        items: list[QWidget | None] = [Text(" › ".join(crumbs), "body", "inkSecondary"), *parts]
        if hint:
            items.append(Text(hint, "caption", "inkTertiary", wrap=True))
        self.setLayout(column(*items, None, gap=4, margins=(5, 4, 5, 4)))

    def show_errors(self) -> None:
        """Beside each field, and under each list."""
        for bound in self.findChildren(Bound):
            bound.show_error()
        for rows in self.findChildren(RowsEditor):
            rows.show_errors()


def digits(draft: PlanDraft, path: Path, label: str) -> Bound:
    """How many places a rung is rounded to."""
    choices: list[tuple[object, str]] = [(None, tr("not rounded@choice"))]
    choices += [(n, tr("{n} digit|{n} digits", n=n)) for n in range(5)]
    return Bound(draft, path, label, choices=choices, default=None)


def stage_form(draft: PlanDraft, at: int) -> Form:
    """Name, rounding and places of a stage."""
    here: Path = ("stages", at)
    places = [
        ("1224", tr("shared, next place left out (1, 2, 2, 4)")),
        ("1223", tr("shared, none left out (1, 2, 2, 3)")),
        ("1334", tr("shared, the last place counts (1, 3, 3, 4)")),
    ]
    name = Bound(draft, (*here, "name"), tr("Name of the stage"))
    shared = Bound(draft, (*here, "places"), tr("Equal entries"), choices=places, default="1224")
    top = Bound(draft, (*here, "no_shared_top"), tr("First places that are not shared"), reading=whole)
    passing = Bound(draft, (*here, "pass"), tr("Pass mark of the total"), reading=figure)
    return Form(
        draft, [name.text()],
        [name, pair(digits(draft, (*here, "round", "weighted"), tr("Weighted parts rounded to")),
                    digits(draft, (*here, "round", "total"), tr("Total rounded to"))),
         shared, pair(top, passing)],
        tr("What goes on to a later stage, and more, is set in the text of the plan."),
    )  # fmt: skip


def module_form(draft: PlanDraft, stage: int, at: int) -> Form:
    """Name, full marks, weight, panel, rounding, attempts and criteria of a module."""
    here: Path = ("stages", stage, "modules", at)
    kind = draft.get((*here, "kind"), "")
    name = Bound(draft, (*here, "name"), tr("Name of the module"))
    full = Bound(draft, (*here, "full"), tr("Full marks"))
    weight = Bound(draft, (*here, "weight"), tr("Weight (1 is the whole)"), default="1")
    absent = Bound(draft, (*here, "absent_module"), tr("Whoever is absent"), default="unranked", choices=[
        ("unranked", tr("is not ranked")), ("zero", tr("gets 0 here"))])  # fmt: skip
    passing = Bound(draft, (*here, "pass"), tr("Pass mark"))
    parts: list[QWidget] = [pair(name, full, weight)]
    if kind == "sheets":
        parts += _panel(draft, here)
    parts.append(pair(digits(draft, (*here, "round", "module"), tr("Score rounded to")), absent, passing))
    if kind != "members":
        parts.append(pair(*_attempts(draft, here)))
    if kind == "sheets":
        parts += [Text(tr("Criteria"), "strong"), CriteriaRows(draft, (*here, "criteria"))]
    return Form(draft, [draft.get(("stages", stage, "name"), ""), name.text()], parts, _kind_words(kind))


def _kind_words(kind: str) -> str:
    if kind == "direct":
        return tr("The score of this module is entered or imported; no judge marks it.")
    if kind == "members":
        return tr(
            "This module is made from the results of the members in another event; it is set in the text."
        )
    return tr(
        "Scales of measured criteria, texts of levels, factors and more are set in the text of the plan."
    )


def _panel(draft: PlanDraft, here: Path) -> list[QWidget]:
    combine = [
        ("mean", tr("the mean is taken")), ("median", tr("the median is taken")),
        ("sum", tr("they are added up")), ("agreed", tr("the judges agree on one figure")),
    ]  # fmt: skip
    across = [("sheet", tr("each judge's total")), ("criterion", tr("criterion by criterion@choice"))]
    panel: Path = (*here, "panel")
    return [
        pair(Bound(draft, (*panel, "across"), tr("The judges' marks, taken as"), choices=across,
                   default="sheet"),
             Bound(draft, (*panel, "combine"), tr("Combined so that"), choices=combine, default="mean")),
        pair(Bound(draft, (*panel, "drop_high"), tr("Highest dropped"), reading=whole, default="0"),
             Bound(draft, (*panel, "drop_low"), tr("Lowest dropped"), reading=whole, default="0"),
             Bound(draft, (*panel, "min_judges"), tr("Fewest judges"), reading=whole)),
    ]  # fmt: skip


def _attempts(draft: PlanDraft, here: Path) -> tuple[Bound, Bound]:
    take = [
        ("best", tr("the best one counts")), ("last", tr("the last one counts")),
        ("mean", tr("their mean counts")), ("sum", tr("their sum counts")),
        ("trimmed", tr("the mean counts, without the best and the worst")),
    ]  # fmt: skip
    return (
        Bound(draft, (*here, "attempts", "count"), tr("Attempts"), reading=whole, default="1"),
        Bound(draft, (*here, "attempts", "take"), tr("Of several attempts"), choices=take, default="best"),
    )


def ties_form(draft: PlanDraft, stage: int) -> Form:
    """The keys that tell equal totals apart, in order."""
    crumbs = [draft.get(("stages", stage, "name"), ""), tr("Equal totals")]
    return Form(draft, crumbs, [TieRows(draft, ("stages", stage, "ties"))])


def prizes_form(draft: PlanDraft) -> Form:
    """The prizes and what happens at their borders."""
    ties = [(None, tr("the chief judge decides")), ("include", tr("all get the better prize")),
            ("exclude", tr("none gets the better prize"))]  # fmt: skip
    of = [("took_part", tr("of all who took part")), ("registered", tr("of all registered")),
          ("ranked", tr("of all ranked"))]  # fmt: skip
    return Form(draft, [tr("Prizes")], [
        PrizeRows(draft),
        pair(Bound(draft, ("awards", "percent_of"), tr("Per cent"), choices=of, default="took_part"),
             Bound(draft, ("awards", "ties"), tr("Equal at the border of a prize"), choices=ties)),
    ], tr("Titles are set in the text of the plan."))  # fmt: skip


class TextForm(Form):
    """The whole plan as text, what is wrong with it by path."""

    def __init__(self, draft: PlanDraft) -> None:
        self.edit = QPlainTextEdit(draft.text)
        self.edit.setTabChangesFocus(True)
        self.edit.setMinimumHeight(theme.px("measure.dayProgress"))
        self.field = Field(tr("The plan as text"), self.edit)
        super().__init__(draft, [tr("Text of the plan")], [self.field])
        layout = self.layout()
        assert layout is not None
        self.edit.textChanged.connect(lambda: draft.put_text(self.edit.toPlainText()))

    def show_errors(self) -> None:
        """Every error with its path, below the text."""
        say = in_use().say
        lines = [f"{error.path}: {say(error.said)}" if error.path else say(error.said)
                 for error in self.draft.checked.errors]  # fmt: skip
        self.field.refuse("\n".join(lines[:8]))
