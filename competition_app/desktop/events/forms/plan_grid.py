"""A small table inside a form: rows of figures in the draft, added below, taken away, pasted as columns."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from competition_app.desktop.events.forms.plan_fields import figure
from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.events.plan.plan_words import error_words, figure_text
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Rule, Text, draw_box, square_button
from competition_app.desktop.parts.parts import clear, column, on_click, row
from competition_app.domain.errors import Said
from competition_app.i18n import tr


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


class PairGrid(QWidget):
    """Rows of two figures (``[value, points]``) at a path of the draft, with words about each row.

    ``explain`` says a row in words from all rows and its place. ``fresh`` is a new row below these.
    """

    def __init__(
        self, draft: PlanDraft, path: Path, heads: tuple[str, str, str],
        explain: Callable[[Sequence[Any], int], str], fresh: Callable[[Sequence[Any]], list[Any]],
    ) -> None:  # fmt: skip
        super().__init__()
        self.draft, self.path, self._heads = draft, path, heads
        self._explain, self._fresh = explain, fresh
        self.lines: list[tuple[PastingLine, PastingLine]] = []
        self._words: list[Text] = []
        self._titles: list[Text] = []
        self.grid = QGridLayout()
        self.grid.setContentsMargins(theme.space(1), 0, theme.space(1), 0)
        self.grid.setHorizontalSpacing(theme.space(3))
        self.grid.setVerticalSpacing(theme.px("stroke.hairline"))
        self.grid.setColumnStretch(2, 1)
        self.add_button = on_click(Button(tr("Add a row"), "plus", "quiet", small=True), self.add)
        self.wrong = Text("", "caption", "bad", wrap=True)
        hint = Text(tr("Columns of a spreadsheet can be pasted"), "caption", "inkTertiary")
        foot = row(self.add_button, None, hint, margins=(1, 1, 3, 1))
        self.setLayout(column(self.grid, self.wrong, Rule(), foot, gap=0, margins=(0, 0, 0, 0)))
        self.fill()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A frame like that of a table, its head on another ground."""
        painter = QPainter(self)
        radius = theme.px("radius.card")
        draw_box(painter, self.rect(), theme.color("surface"), theme.color("line"), radius)
        line, inner = theme.px("stroke.hairline"), self.width() - 2
        head = QRect(1, 1, inner, theme.px("height.tableHead"))
        painter.fillRect(head, theme.color("sunken"))
        for cells in self.lines:
            painter.fillRect(QRect(1, cells[0].y() - line, inner, line), theme.color("line"))

    def rows(self) -> list[Any]:
        """The rows as they stand in the draft."""
        return self.draft.rows(self.path)

    def fill(self) -> None:
        """Make the rows anew."""
        clear(self.grid)
        self.lines, self._words, self._titles = [], [], []
        for at, head in enumerate(self._heads):
            title = Text(head, "caption", "inkSecondary")
            title.setFixedHeight(theme.px("height.tableHead"))
            if at < 2:
                title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                title.setContentsMargins(0, 0, theme.px("measure.fieldX"), 0)
            self._titles.append(title)
            self.grid.addWidget(title, 0, at)
        for place in range(len(self.rows())):
            cells = (self._cell(place, 0), self._cell(place, 1))
            said = Text("", "caption", "inkSecondary")
            away = on_click(square_button("trash-2", tr("Take away")), partial(self.take, place))
            self.lines.append(cells)
            self._words.append(said)
            for at, widget in enumerate((*cells, said, away)):
                self.grid.addWidget(widget, place + 1, at)
        self.show_errors()

    def name_heads(self, heads: tuple[str, str, str]) -> None:
        """Other words over the columns, as when another unit is typed; the rows stay."""
        self._heads = heads
        for title, head in zip(self._titles, heads, strict=True):
            title.setText(head)
        for place, cells in enumerate(self.lines):
            for side, cell in enumerate(cells):
                cell.setAccessibleName(f"{heads[side]} {place + 1}")

    def _cell(self, place: int, side: int) -> PastingLine:
        made = PastingLine()
        made.setProperty("cell", "true")
        made.setFont(theme.font("body"))
        made.setMinimumWidth(theme.px("column.award"))
        made.setMaximumWidth(theme.px("column.field"))
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        one = self.rows()[place]
        made.setText(figure_text(one[side]) if isinstance(one, list) and len(one) == 2 else "")
        made.setAccessibleName(f"{self._heads[side]} {place + 1}")
        made.textEdited.connect(lambda text: self._typed(place, side, text))
        made.editingFinished.connect(self.draft.seal)
        made.pasted.connect(lambda text: self.paste(text, place, side))
        return made

    def _typed(self, place: int, side: int, text: str) -> None:
        said = Said("“{label}”", {"label": self._heads[side]})
        one = self.rows()[place]
        whole = list(one) if isinstance(one, list) and len(one) == 2 else ["", ""]
        whole[side] = figure(text.strip()) if text.strip() else ""
        self.draft.put((*self.path, place), whole, said)

    def add(self) -> None:
        """Add a row below and put the keyboard into it."""
        self.replace([*self.rows(), self._fresh(self.rows())])
        self.lines[-1][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, place: int) -> None:
        """Take a row away."""
        rows = self.rows()
        del rows[place]
        self.replace(rows)

    def paste(self, text: str, place: int, side: int) -> None:
        """Put cells of a spreadsheet over the rows from here on; rows are added as needed."""
        rows = [list(one) if isinstance(one, list) else ["", ""] for one in self.rows()]
        pasted = [[cell.strip() for cell in line.split("\t")] for line in text.strip("\r\n").splitlines()]
        for at, cells in enumerate(pasted, place):
            while len(rows) <= at:
                rows.append(["", ""])
            for to, cell in enumerate(cells[: 2 - side], side):
                rows[at][to] = figure(cell) if cell else ""
        self.replace(rows)

    def replace(self, rows: list[Any]) -> None:
        """Put other rows into the draft as one step and show them."""
        self.draft.seal()
        self.draft.put(self.path, rows or None, Said("“{label}”", {"label": self._heads[0]}))
        self.draft.seal()
        self.fill()

    def show_errors(self) -> None:
        """Say each row in words, and below the table what the rules refuse in it."""
        rows = self.rows()
        for place, said in enumerate(self._words[: len(rows)]):
            said.setText(self._explain(rows, place))
        found: list[str] = []
        for where, error in self.draft.errors_below(self.path):
            told = error_words(error)
            at = where[len(self.path)] if len(where) > len(self.path) else None
            found.append(tr("Row {n}: {error}", n=at + 1, error=told) if isinstance(at, int) else told)
        self.wrong.setText("\n".join(dict.fromkeys(found)))
        self.wrong.setVisible(bool(found))
