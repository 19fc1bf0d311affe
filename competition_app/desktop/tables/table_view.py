"""The table on the screen: sized to its room, keeping choice, sort, widths and scroll over a refresh."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from competition_app.desktop.look import theme
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.controls import plain_tip
from competition_app.desktop.tables.table_paint import CellPainter, Head, cell_box
from competition_app.desktop.tables.tables import Column, RowsModel, as_text

Row = TypeVar("Row")


class TableView(QTableView, Generic[Row]):
    """A table of plain rows. ``chosen`` tells the chosen row or None, ``opened`` one opened by Enter.

    ``arranged`` tells that a person changed a width or the sort, ``columns_chosen`` which columns are shown,
    ``menu_wanted`` that the head's menu was asked for by the keyboard.
    """

    chosen = Signal(object)
    opened = Signal(object)
    arranged = Signal()
    columns_chosen = Signal()
    menu_wanted = Signal()

    def __init__(
        self, columns: Sequence[Column[Row]], key: Callable[[Row], Hashable], name: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.rows_model: RowsModel[Row] = RowsModel(columns, key, self)
        self._chosen_key: Hashable | None = None
        self.own_widths: dict[str, int] = {}
        self.away: frozenset[str] = frozenset()
        self._wanted_sort: tuple[str | None, bool] = (None, False)
        self._fitting = False
        self._compact = True
        self.setAccessibleName(name)
        self._painter = CellPainter(self)
        self._dress()
        self.setModel(self.rows_model)
        self.setItemDelegate(self._painter)
        head = Head(self)
        self.setHorizontalHeader(head)
        head.sectionClicked.connect(self._sort_by)
        head.sectionResized.connect(self._resized_by_hand)
        self.rows_model.ticked_changed.connect(head.viewport().update)
        self.selectionModel().currentRowChanged.connect(self._row_changed)

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setMinimumSectionSize(1)
        side.setDefaultSectionSize(self.row_height())

    def columns(self) -> tuple[Column[Row], ...]:
        """The columns, hidden ones too."""
        return self.rows_model.columns

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns over the same rows."""
        self._keeping(lambda: self.rows_model.set_columns(columns))
        self._sort_as_wanted()
        self.fit()

    def arrange(self, widths: Mapping[str, int], away: Iterable[str], sort: tuple[str | None, bool]) -> None:
        """Widths and columns put away by their keys, and the sort, as they were left."""
        self.own_widths, self.away, self._wanted_sort = dict(widths), frozenset(away), sort
        if sort[0] is not None:
            self._sort_as_wanted()
        self.fit()

    def _sort_as_wanted(self) -> None:
        key, descending = self._wanted_sort
        if any(column.key == key for column in self.columns()):
            self.sort_by(str(key), descending=descending)
            self._wanted_sort = (None, False)

    def choosable(self) -> list[Column[Row]]:
        """The columns that can be put away: all but ticks, the first of words, and the state."""
        named = [column for column in self.columns() if column.title and not column.ticks]
        return [column for column in named[1:] if column.pill is None]

    def choose_column(self, key: str, *, on: bool) -> None:
        """Show a column or put it away."""
        self.away = self.away - {key} if on else self.away | {key}
        self.fit()
        self.columns_chosen.emit()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the chosen row, sort, widths and scroll stay."""
        self._keeping(lambda: self.rows_model.set_rows(rows))

    def set_filter(self, keep: Callable[[Row], bool] | None) -> None:
        """Show only the rows that are kept."""
        self._keeping(lambda: self.rows_model.set_filter(keep))

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Sort by the column with this key."""
        section = next(i for i, column in enumerate(self.columns()) if column.key == key)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._keeping(lambda: self.rows_model.sort(section, order))

    def order_by(self, key: str, order: str) -> None:
        """Sort by a column of names in this order, from now on."""
        self.rows_model.orders[key] = order
        self.sort_by(key)
        self.arranged.emit()

    def _keeping(self, change: Callable[[], None]) -> None:
        """Change the model and come back to the same rows at the same height."""
        scroll = self.verticalScrollBar().value()
        kept = self._chosen_key
        beside = [self.rows_model.key(row) for row in self.selected_rows()]
        blocked = self.blockSignals(True)
        change()
        place = self.rows_model.row_of(kept) if kept is not None else None
        if place is not None:
            self._select_only(place)
            self._select_too(beside if len(beside) > 1 else ())
        self.blockSignals(blocked)
        self.verticalScrollBar().setValue(scroll)
        if place is None:
            self._chosen_key = None
            if kept is not None:
                self.chosen.emit(None)
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def _select_only(self, place: int) -> None:
        """Choose this row alone; Qt's own ``selectRow`` would toggle it while Ctrl is held."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.rows_model.index(place, 0), flags)

    def _select_too(self, keys: Iterable[Hashable]) -> None:
        """Select further rows beside the chosen one."""
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for key in keys:
            place = self.rows_model.row_of(key)
            if place is not None:
                self.selectionModel().select(self.rows_model.index(place, 0), flags)

    def chosen_row(self) -> Row | None:
        """The row the side panel is about."""
        place = self.rows_model.row_of(self._chosen_key) if self._chosen_key is not None else None
        return None if place is None else self.rows_model.rows[place]

    def selected_rows(self) -> list[Row]:
        """All selected rows, from the top."""
        places = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.rows_model.rows[place] for place in places]

    def choose(self, key: Hashable | None) -> None:
        """Choose the row with this key and show it; None, or a key not shown, chooses nothing."""
        place = self.rows_model.row_of(key) if key is not None else None
        if place is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        self._select_only(place)
        self.scrollTo(self.rows_model.index(place, 0))

    def _row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.rows_model.rows[current.row()] if current.isValid() else None
        self._chosen_key = None if row is None else self.rows_model.key(row)
        if not self.signalsBlocked():
            self.chosen.emit(row)

    def row_height(self) -> int:
        """28 on work pages, 36 in a wide window."""
        return theme.px("height.rowCompact" if self._compact else "height.rowRoomy")

    def shows_ring(self) -> bool:
        """True while the keyboard is here (the ring is for the keyboard, not the mouse)."""
        return self.hasFocus() and bool(self.property("byKeyboard"))

    def edges(self, section: int) -> tuple[bool, bool]:
        """Whether a column is the first, and the last, of those shown."""
        shown = [i for i in range(len(self.columns())) if not self.isColumnHidden(i)]
        return (section == shown[0], section == shown[-1]) if shown else (False, False)

    def fit(self) -> None:
        """Hide what the window is too narrow for, then share the spare room among growing columns."""
        window = self.window().width()
        self._compact = window < theme.px("window.wideFrom")
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        narrow = window < theme.px("window.hideSecondaryColumnsUnder")
        for i, column in enumerate(self.columns()):
            hidden = (narrow and column.hide_under > 0) or (column.wide and self._compact)
            self.setColumnHidden(i, hidden or column.key in self.away)
        shown = [i for i in range(len(self.columns())) if not self.isColumnHidden(i)]
        edge = theme.px("padding.cellFirstLast") - theme.px("padding.cell")
        widths = {i: self.own_widths.get(self.columns()[i].key, self.columns()[i].width) for i in shown}
        for i in {shown[0], shown[-1]} if shown else set():
            widths[i] += edge
        spare = self.viewport().width() - sum(widths.values())
        if spare < 0:
            self._give_up(widths, -spare)
        else:
            self._share(widths, spare)
        self._fitting = True
        for i, width in widths.items():
            self.setColumnWidth(i, width)
        self._fitting = False

    def _give_up(self, widths: dict[int, int], lacking: int) -> None:
        """Take what is lacking from growing columns of words, down to two thirds of what they want."""
        growing = [i for i in widths if self.columns()[i].grow and not self.columns()[i].figures]
        room = {i: widths[i] - self.columns()[i].width * 2 // 3 for i in growing}
        whole = sum(room.values())
        for i in growing:
            widths[i] -= min(room[i], -(-lacking * room[i] // max(1, whole)))

    def _share(self, widths: dict[int, int], spare: int) -> None:
        """Give spare pixels to growing columns by their shares, what is left to the last column."""
        growing = [
            i for i in widths if self.columns()[i].grow and self.columns()[i].key not in self.own_widths
        ]
        while spare > 0 and growing:
            whole = sum(self.columns()[i].grow for i in growing)
            given = 0
            for i in list(growing):
                column = self.columns()[i]
                more = spare * column.grow // whole
                if column.maximum and widths[i] + more >= column.maximum:
                    more = max(0, column.maximum - widths[i])
                    growing.remove(i)
                widths[i] += more
                given += more
            spare -= given
            if not given:
                break
        if spare > 0 and widths:
            widths[max(widths)] += spare

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self.fit()

    def _resized_by_hand(self, section: int, _old: int, new: int) -> None:
        if not self._fitting and self.horizontalHeader().isVisible() and new:
            edge = theme.px("padding.cellFirstLast") - theme.px("padding.cell")
            self.own_widths[self.columns()[section].key] = new - edge * any(self.edges(section))
            self.arranged.emit()

    def tip_of(self, row: int, section: int) -> str:
        """The tool tip of a cell: the column's own, else the whole text where it is cut."""
        column, value = self.columns()[section], self.rows_model.rows[row]
        if column.tip and column.tip(value):
            return plain_tip(column.tip(value))
        if column.paint or column.ticks:
            return ""
        text = self.rows_model.cell_text(value, column)
        first, last = self.edges(section)
        room = cell_box(
            QRect(QPoint(0, 0), QSize(self.columnWidth(section), 1)), first=first, last=last
        ).width()
        state = column.pill(value) if column.pill else None
        strong = bool(column.strong and column.strong(value))
        needed = pills.pill_width(state) if state else _width(text, strong=strong)
        return plain_tip(text) if needed > room else ""

    def _sort_by(self, section: int) -> None:
        column, now = self.columns()[section], self.rows_model.sorted_by
        if column.ticks:
            keys = [self.rows_model.key(row) for row in self.rows_model.rows]
            self.rows_model.set_ticked(keys, on=not all(key in self.rows_model.ticked for key in keys))
        elif column.sortable:
            self.sort_by(column.key, descending=now is not None and now[0] == section and not now[1])
            self.arranged.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or F2 opens, Space ticks, Ctrl+C copies as text a spreadsheet can take."""
        self.setProperty("byKeyboard", True)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
            and not event.modifiers()
            and self.chosen_row()
        ):
            self.opened.emit(self.chosen_row())
        elif event.key() == Qt.Key.Key_Space and any(column.ticks for column in self.columns()):
            keys = [self.rows_model.key(row) for row in self.selected_rows()]
            self.rows_model.set_ticked(keys, on=not all(key in self.rows_model.ticked for key in keys))
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows on the clipboard."""
        shown = [c for i, c in enumerate(self.columns()) if not self.isColumnHidden(i) and not c.ticks]
        QGuiApplication.clipboard().setText(as_text(self.rows_model, self.selected_rows(), shown))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click in a tick column ticks; elsewhere it chooses."""
        self.setProperty("byKeyboard", False)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.columns()[index.column()].ticks:
            key = self.rows_model.key(self.rows_model.rows[index.row()])
            self.rows_model.set_ticked([key], on=key not in self.rows_model.ticked)
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key opens the head's menu, which the mouse opens on the head."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_wanted.emit()
        else:
            super().contextMenuEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the row under the mouse."""
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Put the light out."""
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._painter.hovered:
            self._painter.hovered = row
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by the keyboard shows the ring and chooses a first row."""
        keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        by_keyboard = event.reason() in keys
        self.setProperty("byKeyboard", by_keyboard)
        super().focusInEvent(event)
        if by_keyboard and self.rows_model.rows and not self.currentIndex().isValid():
            self._select_only(0)
        self.viewport().update()


def _width(text: str, *, strong: bool) -> int:
    return QFontMetrics(theme.font("strong" if strong else "body")).horizontalAdvance(text)
