"""The panel under the registrations: what an import found, cell by cell, with what to do about each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import (
    Button,
    ElidedText,
    Ground,
    Text,
    draw_box,
    ink,
    square_button,
)
from competition_app.desktop.parts.parts import column, on_click, row
from competition_app.desktop.tables.table_view import TableView
from competition_app.desktop.tables.tables import Column
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr


@dataclass(frozen=True, slots=True)
class Found:
    """One problem of an import: where it stands, what it is, and the deed that ends it.

    ``blocks``: the row was not taken. ``registration`` is the one taken from that row, if it was.
    """

    key: int
    blocks: bool
    cell: str
    column: str
    said: Said
    deed: Said
    person: str = ""
    place: str = ""
    registration: int | None = None


class CountPill(QWidget):
    """How many problems there are, in the bad tint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = ""
        self._role = "bad"
        self.setFixedHeight(theme.px("height.pill"))

    def show_word(self, word: str, role: str) -> None:
        """Show a word in a status role; an empty word hides the pill."""
        self._word, self._role = word, role
        self.setVisible(bool(word))
        width = QFontMetrics(theme.font("caption")).horizontalAdvance(word)
        self.setFixedWidth(width + 2 * theme.px("measure.pillX"))
        self.setAccessibleName(word)
        self.update()

    def paintEvent(self, _event: object) -> None:
        """Paint the pill."""
        painter = QPainter(self)
        draw_box(
            painter, self.rect(), theme.color(f"status.{self._role}.tint"), None, theme.px("radius.pill")
        )
        painter.setFont(theme.font("caption"))
        painter.setPen(ink(self._role))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._word)


class ProblemList(TableView[Found]):
    """The problems, a line each; a click on the deed, or Enter, does it."""

    deed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_columns(), lambda found: found.key, tr("Problems of the import"), parent)
        self.horizontalHeader().hide()
        self.opened.connect(self.deed)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the deed does it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.columns()[index.column()].key == "deed":
            self.deed.emit(self.rows_model.rows[index.row()])


def _columns() -> list[Column[Found]]:
    say = in_use().say
    return [
        Column("sign", "", lambda _found: "", theme.px("column.problemSign"), paint=_sign),
        Column("cell", tr("Cell"), lambda found: found.cell, theme.px("column.problemCell"), paint=_cell),
        Column("column", tr("Column@table"), lambda found: found.column, theme.px("column.problemColumn"),
               ink=lambda _found: "inkSecondary"),
        Column("said", tr("Problem@table"), lambda found: say(found.said), theme.px("column.words"), grow=1),
        Column("person", tr("Name"), lambda found: found.person, theme.px("column.sex") * 2,
               ink=lambda _found: "inkTertiary", wide=True),
        Column("deed", tr("What to do"), lambda found: say(found.deed), theme.px("column.problemDeed"),
               figures=True, ink=lambda _found: "run"),
    ]  # fmt: skip


def _sign(painter: QPainter, box: QRect, found: Found, _chosen: bool) -> None:
    small = theme.px("icon.small")
    at = QRect(box.x(), box.y(), small, box.height())
    icons.draw(painter, "octagon-alert" if found.blocks else "triangle-alert", at,
               ink("bad" if found.blocks else "wait"), small)  # fmt: skip


def _cell(painter: QPainter, box: QRect, found: Found, _chosen: bool) -> None:
    """The cell's address in a frame, as it stands in the spreadsheet."""
    if not found.cell:
        return
    painter.save()
    high = theme.px("height.pill")
    frame = QRect(box.x(), box.y() + (box.height() - high) // 2, box.width(), high)
    draw_box(painter, frame, theme.color("surface"), theme.color("lineStrong"), theme.px("radius.pill"))
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color("ink"))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, found.cell)
    painter.restore()


class ProblemsPanel(Ground):
    """导入问题: head with count and file, the list below; ``report`` asks for the marked forms."""

    report = Signal()
    folded = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", "top", parent=parent)
        self.title = Text(tr("Import problems"), "strong")
        self.count = CountPill()
        self.file = ElidedText("", "body", "inkSecondary")
        self.report_button = on_click(
            Button(tr("Save marked forms"), "file-spreadsheet", "quiet", small=True), self.report.emit
        )
        self.fold_button = square_button("chevron-down", tr("Fold or unfold the problems"))
        self.fold_button.setFixedSize(theme.px("height.buttonSmall"), theme.px("height.buttonSmall"))
        on_click(self.fold_button, lambda: self.fold(on=not self.is_folded))
        self.list = ProblemList()
        head = row(
            self.title,
            self.count,
            self.file,
            self.report_button,
            self.fold_button,
            gap=2,
            margins=(4, 1, 2, 1),
        )
        head.setStretch(2, 1)
        hint = tr("After an import each problem stands here, with its cell and what to do.")
        self.hint = Text(hint, "body", "inkTertiary", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(head, column(self.hint, margins=(4, 1, 4, 1)), self.list, gap=0))
        self.is_folded = False
        self.report_button.setEnabled(False)
        self._show_list()

    def fold(self, *, on: bool) -> None:
        """Fold the panel to its head, or unfold it."""
        self.is_folded = on
        self._show_list()
        self.fold_button.set_icon_name("chevron-up" if on else "chevron-down")
        self.folded.emit(on)

    def _show_list(self) -> None:
        found = bool(self.list.rows_model.rows)
        self.list.setVisible(found and not self.is_folded)
        self.hint.setVisible(not found and not self.is_folded)

    def show_found(self, found: Sequence[Found], file: str) -> None:
        """Show what an import found and which file the last one was."""
        self.list.set_rows(found)
        n = len(found)
        blocked = any(one.blocks for one in found)
        word = tr("{n} problem|{n} problems", n=n) if n else tr("None@problems")
        self.count.show_word(word, ("bad" if blocked else "wait") if n else "done")
        self.file.set_text(file)
        if file and not n:
            self.hint.setText(tr("Nothing in it has to be mended."))
        self.report_button.setEnabled(n > 0)
        self._show_list()
