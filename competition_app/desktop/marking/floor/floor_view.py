"""现场记录 on the page of marking: the grid of a module's entries, the bar over it, the panel beside it."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.marking.floor.floor_book import SUBMITTED, TIME, FloorBook
from competition_app.desktop.marking.floor.floor_deeds import FloorDeeds
from competition_app.desktop.marking.floor.floor_grid import FloorBar, FloorGrid, FloorKeys
from competition_app.desktop.marking.floor.floor_hands import FloorHands
from competition_app.desktop.marking.floor.floor_panel import FloorPanel
from competition_app.desktop.marking.marking_bars import WrongFigure
from competition_app.desktop.marking.marking_locked import LockedBar
from competition_app.desktop.parts.controls import Button, Ground, SearchField, Text
from competition_app.desktop.parts.parts import column, on_click, row
from competition_app.domain.errors import Refusal
from competition_app.domain.ranking.result import Status
from competition_app.i18n import tr
from competition_app.services.judging import floor_record
from competition_app.services.judging.floor_record import FloorRow, PenaltyTold
from competition_app.services.plans.plans import ModuleRow

_REMEMBERED = "floor"
"""Under this name the preferences keep the columns shown, or not, against habit."""


class FloorView(QWidget):
    """``facts`` tells what the status bar shows of it."""

    facts = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.hands = FloorHands(context, self)
        self.deeds = FloorDeeds(context)
        self.grid = FloorGrid(self.hands.model)
        self.message, self.keys, self.panel = FloorBar(), FloorKeys(), FloorPanel()
        self.locked = LockedBar(context, self.keys)
        self.search = SearchField(tr("Number or name"))
        self.count = Text("", "body", "wait")
        self.next_button = on_click(Button(tr("Next without a time"), "timer", small=True), self.next_lacking)
        self.columns_button = on_click(Button("", "columns-3", tip=tr("Columns")), self._choose_columns)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        bar = Ground("surface", "bottom")
        bar.setFixedHeight(theme.px("height.filterBar"))
        line = row(
            self.search, self.count, self.next_button, self.columns_button, gap=2, margins=(4, 0, 4, 0)
        )
        line.setStretch(0, 1)
        bar.setLayout(line)
        left = column(bar, self.grid, self.message, self.keys, self.locked, gap=0)
        left.setStretch(1, 1)
        whole = row(left, self.panel, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.grid.here.connect(lambda _place: self._here())
        self.grid.absent.connect(self.hands.absent)
        self.grid.pasted.connect(self.hands.paste)
        self.grid.dropped.connect(self.hands.clear)
        self.grid.undone.connect(self._context.undoing.undo)
        self.grid.refused.connect(lambda _place: self._refuses())
        self.grid.penalised.connect(lambda _place, typed: self._penalise(typed))
        self.hands.done.connect(self.look_again)
        self._wrong = WrongFigure(self.message, self.grid, self.hands.take_mend)
        self.panel.penalised.connect(self._penalise)
        self.panel.withdrawn.connect(self._withdraw)
        self.panel.changed.connect(self._change)
        self.search.textEdited.connect(self._find)
        self.search.returnPressed.connect(lambda: self.grid.setFocus(Qt.FocusReason.OtherFocusReason))

    # --- asking and showing ---
    def open(self, module: ModuleRow) -> None:
        """Show the record of this module; place and what is being typed stay where it is the same."""
        book = FloorBook(self._context, module, self._flipped())
        self.hands.open(book)
        self.locked.tell(module)
        self.look_again()

    def look_again(self) -> None:
        """Ask what is recorded again and show it."""
        book = self.hands.book
        if book is None:
            return
        try:
            book.ask()
        except Refusal as refusal:
            self._context.asking.refused(refusal)
            return
        self.hands.model.show(book.columns, book.rows)
        self.grid.fit()
        n = len(book.lacking())
        self.count.setText(tr("{n} entry without a time|{n} entries without a time", n=n) if n else "")
        self.next_button.setVisible(bool(n))
        self._here()

    def entry(self) -> FloorRow | None:
        """The entry of the current cell."""
        place, book = self.grid.place(), self.hands.book
        return book.entries.get(place[0]) if book and place else None

    def _here(self) -> None:
        """The current cell changed, or what stands in it."""
        book, row = self.hands.book, self.entry()
        if book is None:
            return
        told: tuple[PenaltyTold, ...] = ()
        if row is not None:
            told = self._context.workspace.ask(floor_record.penalties_of, row.entry_id)
        self.panel.show_entry(book, row, told)
        self._wrong.show()
        said = tr("entry {n} of {all}", n=self.grid.currentIndex().row() + 1, all=len(book.rows))
        self.facts.emit(said if row is not None else "")

    def choose(self, number: str) -> None:
        """Go to an entry by its number: to its time where that is shown; an empty number changes nothing."""
        at = self.hands.model.at_code(number)
        book = self.hands.book
        if at is not None and book is not None:
            self._go(book.rows.keys[at])

    def next_lacking(self) -> None:
        """Ctrl+Enter: the next entry whose time is waited for, after the last the first."""
        book = self.hands.book
        lacking = book.lacking() if book else []
        if book is None or not lacking:
            self._context.asking.note(tr("No entry waits for a time here."))
            return
        order = {key: at for at, key in enumerate(book.rows.keys)}
        here = self.grid.currentIndex().row()
        self._go(next((key for key in lacking if order[key] > here), lacking[0]))

    def _go(self, entry: int) -> None:
        book = self.hands.book
        if book is not None and book.columns:
            codes = [one.code for one in book.columns]
            self.grid.go((entry, TIME if TIME in codes else codes[0]))

    def _find(self, text: str) -> None:
        """The first entry with this in its number or name becomes the current one."""
        book, wanted = self.hands.book, text.strip().casefold()
        if book is None or not wanted:
            return
        rows = list(book.entries.values())
        found = next((one for one in rows if one.number.casefold() == wanted), None) or next(
            (one for one in rows if wanted in f"{one.number} {one.name}".casefold()), None
        )
        if found is not None:
            index = self.hands.model.find((found.entry_id, book.columns[0].code))
            self.grid.setCurrentIndex(index)
            self.grid.scrollTo(index)

    # --- what a person does ---
    def _refuses(self) -> bool:
        """Whether the result is locked, so that nothing is recorded; then it is said."""
        book = self.hands.book
        return book is None or self.locked.refuses(book.module)

    def _penalise(self, points: str = "") -> None:
        book, row = self.hands.book, self.entry()
        if book is not None and row is not None and not self._refuses():
            self.deeds.penalise(book, row, points)
            self.look_again()

    def _withdraw(self, penalty: PenaltyTold) -> None:
        row = self.entry()
        if row is not None and not self._refuses():
            self.deeds.withdraw(row, penalty)
            self.look_again()

    def _change(self, status: Status) -> None:
        row = self.entry()
        if row is not None and not self._refuses():
            self.deeds.change(row, status)
            self.look_again()

    # --- columns ---
    def _flipped(self) -> frozenset[str]:
        return frozenset(self._context.preferences["columns"].get(_REMEMBERED, ()))

    def _choose_columns(self) -> None:
        """The columns that can be put away, those shown ticked."""
        book = self.hands.book
        if book is None:
            return
        menu = QMenu(self)
        for code, title in ((TIME, tr("Time used")), (SUBMITTED, tr("Handed in"))):
            action = QAction(title, menu, checkable=True, checked=book.shown(code))
            action.toggled.connect(lambda _on, code=code: self.flip(code))
            menu.addAction(action)
        menu.exec(self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height())))
        menu.deleteLater()

    def flip(self, code: str) -> None:
        """Show a column that was away, or put it away; remembered."""
        held = dict(self._context.preferences["columns"])
        held[_REMEMBERED] = sorted(self._flipped() ^ {code})
        self._context.preferences["columns"] = held
        if self.hands.book is not None:
            self.open(self.hands.book.module)

    def regions(self) -> list[QWidget]:
        """The search, the grid, the panel."""
        return [self.search, self.grid, *self.panel.regions()]
