"""两人对照: two entries side by side, line by line, and what decided between them; copied and printed."""

from collections.abc import Mapping

from PySide6.QtGui import QGuiApplication

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Text
from competition_app.desktop.parts.parts import SidePanel, clear, column, on_click
from competition_app.desktop.results.compare_words import BOTH, CompareLine, lines
from competition_app.desktop.results.results_panel import entry_head
from competition_app.desktop.results.results_words import say
from competition_app.desktop.tables.table_printing import print_table
from competition_app.desktop.tables.table_view import TableView
from competition_app.desktop.tables.tables import Column, as_text
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.looking_back import comparing


class ComparePanel(SidePanel):
    """Shows two entries of one stage and division; ``pair`` are the numbers shown."""

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Side by side"))
        self._context = context
        self.set_close_word(tr("Close the panel"))
        self.pair: tuple[str, str] | None = None
        self._title, self._sentences = "", ""
        self.table: TableView[CompareLine] = TableView(
            _columns("", ""), lambda one: one.order, tr("Side by side")
        )
        self.table.setMinimumHeight(theme.px("height.tableHead") + 6 * theme.px("height.rowCompact"))
        self._who = column(gap=2)
        self._said = column(gap=1)
        self.content.addLayout(self._who)
        self.content.addLayout(self._said)
        self.content.addWidget(self.table, 1)
        self.copy_button = on_click(Button(tr("Copy@explanation"), "copy"), self.copy)
        self.print_button = on_click(Button(tr("Print@comparison"), "printer"), self.print_page)
        for button in (self.copy_button, self.print_button):
            self.foot.addWidget(button, 1)

    def show_pair(self, event: EventRow, stage: str, pair: tuple[str, str], names: Mapping[str, str]) -> str:
        """Show these two; the sentence that says why they cannot be compared, empty where they can."""
        try:
            found = self._context.workspace.ask(comparing.compare, event.id, *pair, stage)
        except Refusal as refusal:
            return in_use().say(refusal)
        self.pair = pair
        both = found.comparison
        clear(self._who)
        clear(self._said)
        for side, who in ((both.left, found.left), (both.right, found.right)):
            self._who.addLayout(entry_head(side.standing.place, who.name, who.number, who.organisation))
        said = [say(one, names) for one in both.said]
        for place, sentence in enumerate(said):
            self._said.addWidget(Text(sentence, "body" if place else "strong", wrap=True))
        self.table.set_columns(_columns(both.left.number, both.right.number))
        self.table.set_rows(lines(both, names))
        self._title = tr("{one} and {other} side by side", one=f"{both.left.number} {found.left.name}",
                         other=f"{both.right.number} {found.right.name}")  # fmt: skip
        self._sentences = "\n".join(said)
        return ""

    def copy(self) -> None:
        """Put the comparison on the clipboard, as text a spreadsheet can take."""
        model = self.table.rows_model
        text = as_text(model, model.rows, model.columns)
        QGuiApplication.clipboard().setText("\n".join((self._title, self._sentences, text)))
        self._context.asking.note(tr("The comparison is on the clipboard."))

    def print_page(self) -> None:
        """The comparison through the print preview."""
        print_table(self._context, self.window(), self.table, self._title)


def _columns(left: str, right: str) -> list[Column[CompareLine]]:
    px = theme.px
    return [
        Column[CompareLine]("what", "", lambda one: one.label, px("column.figure"), grow=1, sortable=False,
                            strong=lambda one: one.strong or one.decided,
                            ink=lambda one: "inkTertiary" if one.faint == BOTH else "ink",
                            tip=lambda one: tr("This decided.") if one.decided else ""),
        _figure("left", left),
        _figure("right", right),
    ]  # fmt: skip


def _figure(side: str, number: str) -> Column[CompareLine]:
    def text(one: CompareLine) -> str:
        return one.left if side == "left" else one.right

    return Column[CompareLine](
        side, number, text, theme.px("column.level"), figures=True, sortable=False,
        strong=lambda one: one.strong or (one.decided and one.ahead == side),
        ink=lambda one: "inkTertiary" if side in one.faint else "ink",
        tint=lambda one: "done" if one.decided and one.ahead == side else None,
    )  # fmt: skip
