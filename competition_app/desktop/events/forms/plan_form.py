"""A form for one line of the tree: its crumbs, its fields, what is refused beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from competition_app.desktop.events.forms.plan_fields import Bound, Choices
from competition_app.desktop.events.forms.plan_grid import PairGrid
from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import ElidedText, Ground, Selector, Text
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import column, row
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr


@dataclass
class Around:
    """What forms know besides the draft: other events, how many entrants there are, and the page's ears.

    ``remake`` makes the form anew after a choice that changes its fields; ``go`` opens another line;
    ``note`` tells what was done, with its undo.
    """

    remake: Callable[[], None]
    go: Callable[[Path], None]
    note: Callable[[str], None]
    events: Sequence[tuple[str, str]] = ()
    organisations: Sequence[tuple[str, str]] = ()
    entrants: Mapping[str, int] = field(default_factory=dict)


CRUMB = " › "


class Form(Ground):
    """Fields of one node of the plan under their crumbs; ``show_errors`` tells what is refused."""

    def __init__(
        self, draft: PlanDraft, crumbs: Sequence[str], parts: Sequence[QWidget], hint: str = ""
    ) -> None:
        super().__init__("surface")
        self.draft = draft
        self.crumbs = ElidedText(CRUMB.join(crumbs), "body", "inkSecondary")
        items: list[QWidget | None] = [self.crumbs, *parts]
        if hint:
            items.append(Text(hint, "caption", "inkTertiary", wrap=True))
        inside = QWidget()
        inside.setMaximumWidth(theme.px("measure.planWide"))
        inside.setLayout(column(*items, None, gap=3))
        line = row(inside, None, margins=(5, 4, 5, 4))
        line.setStretch(0, 100)  # all the room there is, up to its most
        self.setLayout(line)

    def show_errors(self) -> None:
        """Beside each field, and under each table."""
        for bound in self.findChildren(Bound):
            bound.show_error()
        for grid in self.findChildren(PairGrid):
            grid.show_errors()
        for live in self.findChildren(LiveText):
            live.renew()

    def field_at(self, path: Path) -> Bound | None:
        """The field of a place of the plan."""
        return next((one for one in self.findChildren(Bound) if one.path == path), None)

    def begin(self) -> None:
        """Put the keyboard into the first field, its words selected."""
        for edit in self.findChildren(QLineEdit):
            if edit.isVisibleTo(self) and not edit.isReadOnly():
                edit.setFocus(Qt.FocusReason.OtherFocusReason)
                edit.selectAll()
                return


class LiveText(Text):
    """A line of words that follows the draft."""

    def __init__(self, said: Callable[[], str], kind: str = "caption", role: str = "inkSecondary") -> None:
        super().__init__(said(), kind, role, wrap=True)
        self._said = said
        if not self.text():
            self.hide()

    def renew(self) -> None:
        """Say it again as the draft now stands."""
        now = self._said()
        if now != self.text():
            self.setText(now)
            self.setVisible(bool(now))


class Pick(Field):
    """A choice whose meaning is a deed: ``chosen`` is called with the value."""

    def __init__(self, label: str, choices: Choices, now: object, chosen: Callable[[Any], object]) -> None:
        self.selector = Selector(label)
        super().__init__(label, self.selector)
        self.selector.set_choices(choices)
        self.selector.blockSignals(True)
        values = [value for value, _ in choices]
        self.selector.setCurrentIndex(values.index(now) if now in values else 0)
        self.selector.blockSignals(False)
        self.selector.currentIndexChanged.connect(lambda _at: chosen(self.selector.currentData()))


class OneOf(Pick):
    """A choice of which of several keys a part has: by number, by per cent, by places …

    ``fresh`` gives each key what it begins with; None stands for none of them. Choosing takes the others away
    (with ``along``, what belongs to them) and makes the form anew.
    """

    def __init__(
        self, draft: PlanDraft, path: Path, label: str, choices: Choices, fresh: Mapping[object, Any],
        around: Around, along: Sequence[str] = (),
    ) -> None:  # fmt: skip
        part = draft.part(path)
        now = next((key for key in fresh if part.get(str(key)) is not None), None)
        super().__init__(label, choices, now, self._chosen)
        self._draft, self._path, self._fresh, self._along = draft, path, fresh, along
        self._around = around

    def _chosen(self, key: Any) -> None:
        def deed(values: dict[str, Any]) -> None:
            holder: Any = values
            for at, one in enumerate(self._path):
                if isinstance(one, str) and not isinstance(holder.get(one), dict | list):
                    holder[one] = (
                        [] if at + 1 < len(self._path) and isinstance(self._path[at + 1], int) else {}
                    )
                holder = holder[one]
            for other in (*self._fresh, *self._along):
                holder.pop(other, None)
            if key is not None:
                holder[key] = self._fresh[key]
            elif isinstance(self._path[-1], str):
                _part_of(values, self._path[:-1]).pop(self._path[-1], None)

        said = Said("change of {what}", {"what": Said("“{label}”", {"label": self.label.text()})})
        self._draft.change(said, self._path, deed)
        self._around.remake()


def _part_of(values: Any, path: Path) -> Any:
    for one in path:
        values = values[one]
    return values


class TextForm(Form):
    """The whole plan as text, what is wrong with it by path; for those who know it."""

    def __init__(self, draft: PlanDraft) -> None:
        self.edit = QPlainTextEdit(draft.text)
        self.edit.setTabChangesFocus(True)
        self.edit.setMinimumHeight(theme.px("measure.planText"))
        self.field = Field(tr("The plan as text"), self.edit)
        hint = tr("Everything here can be set in the forms too; this text is for experts and for copying.")
        super().__init__(draft, [tr("Text of the plan")], [self.field], hint)
        self.edit.textChanged.connect(lambda: draft.put_text(self.edit.toPlainText()))

    def show_errors(self) -> None:
        """Every error with its path, below the text."""
        say = in_use().say
        found = [f"{error.path}: {say(error.said)}" if error.path else say(error.said)
                 for error in self.draft.checked.errors]  # fmt: skip
        self.field.refuse("\n".join(found[:8]))
