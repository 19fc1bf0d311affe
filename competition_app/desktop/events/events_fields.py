"""Fields bound to places of a plan, and rows of them: what is typed stands in the draft at once."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from competition_app.desktop.events.events_draft import Path, PlanDraft
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Selector, Text, square_button
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import clear, column, on_click, row
from competition_app.i18n import in_use, tr

Choices = Sequence[tuple[object, str]]


def whole(text: str) -> int | str | None:
    """A typed whole number; what is none stays as typed, so that the rules refuse it where it stands."""
    return None if not text else int(text) if text.isdecimal() and len(text) < 10 else text


def figure(text: str) -> str | None:
    """A typed number as text; an empty field is no value."""
    return text or None


class Bound(Field):
    """A field at a path of the draft. ``reading`` makes the value of what is typed; None: the key goes."""

    def __init__(
        self, draft: PlanDraft, path: Path, label: str, *, reading: Callable[[str], Any] = figure,
        choices: Choices | None = None, default: Any = "", unit: str = "",
    ) -> None:  # fmt: skip
        self._selector = Selector(label) if choices is not None else None
        super().__init__(label, self._selector, unit=unit, figures=reading is whole)
        self.path, self._draft = path, draft
        if self._selector is not None:
            self._selector.set_choices(list(choices or ()), draft.get(path, default))
            self._selector.currentIndexChanged.connect(lambda _i: self._chosen())
        elif isinstance(self.control, QLineEdit):
            self.control.setText(str(draft.get(path, default)))
            self.control.textEdited.connect(lambda text: draft.put(path, reading(text.strip())))

    def _chosen(self) -> None:
        if self._selector is not None:
            self._draft.put(self.path, self._selector.currentData())

    def show_error(self) -> None:
        """Say what the rules refuse here."""
        said = self._draft.error_at(self.path)
        words = in_use().say(said) if said else ""
        if words != self.refused():
            self.refuse(words)


def pair(*fields: QWidget) -> QWidget:
    """Fields side by side in equal columns."""
    whole_row = QWidget()
    line = row(*fields, gap=3)
    for place in range(len(fields)):
        line.setStretch(place, 1)
    whole_row.setLayout(line)
    return whole_row


class PastingLine(QLineEdit):
    """A line that hands over what is pasted from a spreadsheet: several cells or lines."""

    pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cells go to the table, a plain word into the line."""
        text = QGuiApplication.clipboard().text() if event.matches(QKeySequence.StandardKey.Paste) else ""
        if "\t" in text or "\n" in text.strip():
            self.pasted.emit(text)
        else:
            super().keyPressEvent(event)


class RowsEditor(QWidget):
    """Rows of a list in the draft: a cell for each column, moved up, taken away, added below.

    A subclass says its heads (``heads``), the cells of a row (``cells``), and what a new row is (``fresh``).
    """

    def __init__(self, draft: PlanDraft, path: Path, add_word: str) -> None:
        super().__init__()
        self.draft, self.path = draft, path
        self.lines: list[list[QWidget]] = []
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.space(2))
        self.grid.setVerticalSpacing(theme.space(1))
        self.add_button = on_click(Button(add_word, "plus", "quiet"), self.add)
        self.wrong = Text("", "caption", "bad", wrap=True)
        self.wrong.hide()
        foot = row(self.add_button, None, *self.foot_words())
        self.setLayout(column(self.grid, self.wrong, foot, gap=1))
        self.fill()

    def heads(self) -> Sequence[tuple[str, int]]:
        """Title and stretch of each column."""
        return ()

    def cells(self, place: int) -> list[QWidget]:
        """The cells of one row."""
        del place
        return []

    def fresh(self) -> dict[str, Any]:
        """A new row."""
        return {}

    def foot_words(self) -> Sequence[QWidget]:
        """What stands at the right of the foot."""
        return ()

    def rows(self) -> list[Any]:
        """The rows as they stand in the draft."""
        return list(self.draft.get(self.path, []))

    def fill(self) -> None:
        """Make the rows anew."""
        clear(self.grid)
        heads = self.heads()
        for at, (title, stretch) in enumerate(heads):
            self.grid.addWidget(Text(title, "caption", "inkSecondary"), 0, at)
            self.grid.setColumnStretch(at, stretch)
        self.lines = []
        for place in range(len(self.rows())):
            cells = [*self.cells(place), self._button("arrow-up", tr("Move up"), place, -1),
                     self._button("trash-2", tr("Take away"), place, 0)]  # fmt: skip
            self.lines.append(cells)
            for at, cell in enumerate(cells):
                self.grid.addWidget(cell, place + 1, at)

    def _button(self, icon: str, word: str, place: int, step: int) -> Button:
        made = on_click(square_button(icon, word), lambda: self._move(place, step))
        made.setEnabled(step == 0 or place > 0)
        return made

    def _move(self, place: int, step: int) -> None:
        rows = self.rows()
        one = rows.pop(place)
        if step:
            rows.insert(place + step, one)
        self.replace(rows)

    def add(self) -> None:
        """Add a row below."""
        self.replace([*self.rows(), self.fresh()])

    def replace(self, rows: list[Any]) -> None:
        """Put other rows into the draft and show them."""
        self.draft.put(self.path, rows)
        self.fill()

    def line(
        self, place: int, key: str, *, reading: Callable[[str], Any] = figure, name: str = ""
    ) -> PastingLine:
        """A cell that is typed into."""
        made = PastingLine()
        made.setText(str(self.draft.get((*self.path, place, key), "")))
        made.setFont(theme.font("body"))
        made.setAccessibleName(f"{name} {place + 1}")
        made.textEdited.connect(lambda text: self.draft.put((*self.path, place, key), reading(text.strip())))
        made.pasted.connect(self.paste)
        return made

    def paste(self, text: str) -> None:
        """Take pasted cells; a list that takes none leaves them."""

    def show_errors(self) -> None:
        """Say what the rules refuse in these rows, one sentence a row."""
        start = self._prefix()
        found = [
            f"{int(path[len(start) :].partition(']')[0]) + 1}. {in_use().say(said)}"
            for path, said in self.draft.errors.items()
            if path.startswith(start)
        ]
        self.wrong.setText("\n".join(found))
        self.wrong.setVisible(bool(found))

    def _prefix(self) -> str:
        from competition_app.domain.scoring.plan_checks import path_of

        return f"{path_of(self.path)}["
