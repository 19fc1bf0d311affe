"""The fields of a panel: how several judges make one figure, for a module and for a single criterion."""

from typing import Any

from PySide6.QtWidgets import QWidget

from competition_app.desktop.events.forms.plan_fields import Choice, Choices, Line, pair, whole
from competition_app.desktop.events.forms.plan_form import Around
from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.events.plan.plan_words import error_words
from competition_app.domain.scoring.figures import decimal_of
from competition_app.i18n import tr


def combining() -> Choices:
    """How the figures of several judges become one."""
    return [
        ("mean", tr("the mean is taken")), ("median", tr("the median is taken")),
        ("sum", tr("they are added up")), ("agreed", tr("the judges agree on one figure")),
    ]  # fmt: skip


def dropping(draft: PlanDraft, here: Path) -> tuple[Line, Line, Line]:
    """How many of the highest and lowest go, and how many judges it takes, of the panel at ``here``."""
    return (
        Line(draft, (*here, "drop_high"), tr("Highest dropped@count"), reading=whole, default="0"),
        Line(draft, (*here, "drop_low"), tr("Lowest dropped@count"), reading=whole, default="0"),
        Line(draft, (*here, "min_judges"), tr("Judges at least"), reading=whole, default=_more(draft, here)),
    )


def dropped_from(draft: PlanDraft, here: Path) -> Line:
    """With how many judges dropping begins, of the panel at ``here``."""
    label = tr("Dropped from so many judges")
    return Line(draft, (*here, "drop_if_at_least"), label, reading=whole, default=_more(draft, here))


def _more(draft: PlanDraft, here: Path) -> str:
    """One judge more than are dropped."""
    found = [decimal_of(draft.get((*here, key), 0)) for key in ("drop_high", "drop_low")]
    return str(int(sum(one for one in found if one is not None)) + 1)


class OwnPanel(Choice):
    """How the judges of one criterion are put together: as in its module, or in a way of its own."""

    def refill(self) -> None:
        """Show the criterion's own way; without one, that of the module."""
        held = self.draft.get(self.path)
        own = held.get("combine", "mean") if isinstance(held, dict) else held
        values = [value for value, _ in self._choices]
        self.selector.set_choices(self._choices)
        self.selector.blockSignals(True)
        self.selector.setCurrentIndex(values.index(own) if own in values else 0)
        self.selector.blockSignals(False)

    def put(self, value: Any) -> None:
        """Write the criterion's own panel with its other settings, or take it away."""
        super().put(None if value is None else {**self.draft.part(self.path), "combine": value})

    def show_error(self) -> None:
        """What is wrong with having a panel of its own; its figures say what is wrong with them."""
        said = self.draft.error_at(self.path)
        self.refuse(error_words(said) if said else "")


def own_panel(draft: PlanDraft, path: Path, around: Around) -> list[QWidget]:
    """The panel of the criterion at ``path``; nothing where its module adds up whole sheets."""
    here, above = (*path, "panel"), (*path[:-2], "panel")
    held = draft.get(here)
    if held is None and draft.get((*above, "across")) != "criterion":
        return []
    usual = {str(how): word for how, word in combining()}.get(
        str(draft.get((*above, "combine"), "mean")), "—"
    )
    choices: Choices = [(None, tr("as in the module: {how}", how=usual)), *combining()]
    which = OwnPanel(draft, here, tr("Judges of this criterion"), choices)
    which.changed.connect(around.remake)
    if held is None:
        return [which]
    return [which, pair(*dropping(draft, here)), pair(dropped_from(draft, here), QWidget())]
