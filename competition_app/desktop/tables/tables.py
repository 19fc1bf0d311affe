"""Tables of plain rows: what a column is, and the one model that sorts, filters and keeps rows."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter

from competition_app.desktop.parts.controls import plain_tip
from competition_app.desktop.parts.pills import State
from competition_app.desktop.tables.table_orders import PINYIN, row_key

Row = TypeVar("Row")
AnyIndex = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its title (already said), where its text comes from, and how it is laid and painted.

    ``width`` is what it needs at least; ``grow`` its share of spare room, up to ``maximum``. ``hide_under``
    hides it in a narrow window, ``wide`` shows it from 1500 only. ``paint`` draws the content itself into a
    box. ``tint`` names a status role for a bad cell. ``sort`` is the sorting key where the text is not it.
    ``names`` tells that the text is a person's or an organisation's name: it is sorted by pinyin or strokes.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    width: int
    figures: bool = False
    grow: int = 0
    maximum: int = 0
    sort: Callable[[Row], Any] | None = None
    ink: Callable[[Row], str] | None = None
    strong: Callable[[Row], bool] | None = None
    tint: Callable[[Row], str | None] | None = None
    pill: Callable[[Row], State | None] | None = None
    paint: Callable[[QPainter, QRect, Row, bool], None] | None = None
    tip: Callable[[Row], str] | None = None
    ticks: bool = False
    sortable: bool = True
    hide_under: int = 0
    wide: bool = False
    names: Literal["person", "organisation"] | None = None


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Plain rows under columns: sorted, filtered, kept apart by ``key``; given anew, never changed."""

    ticked_changed = Signal()

    def __init__(
        self, columns: Sequence[Column[Row]], key: Callable[[Row], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns: tuple[Column[Row], ...] = tuple(columns)
        self.key = key
        self.all_rows: tuple[Row, ...] = ()
        self.rows: list[Row] = []
        self.ticked: set[Hashable] = set()
        self.sorted_by: tuple[int, bool] | None = None
        self.orders: dict[str, str] = {}
        self._keep: Callable[[Row], bool] | None = None
        self._place: dict[Hashable, int] | None = None

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns over the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        if self.sorted_by and self.sorted_by[0] >= len(self.columns):
            self.sorted_by = None
        self._arrange()
        self.endResetModel()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; sort, filter and ticks stay (ticks of rows that are gone are dropped)."""
        self.beginResetModel()
        self.all_rows = tuple(rows)
        there = {self.key(row) for row in self.all_rows} if self.ticked else set()
        dropped = self.ticked - there
        self.ticked &= there
        self._arrange()
        self.endResetModel()
        if dropped:
            self.ticked_changed.emit()

    def set_filter(self, keep: Callable[[Row], bool] | None) -> None:
        """Show only the rows that are kept; None shows all."""
        self.beginResetModel()
        self._keep = keep
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; equal rows stay as they came. −1: all rows as they came."""
        self.beginResetModel()
        self.sorted_by = None if column < 0 else (column, order == Qt.SortOrder.DescendingOrder)
        self._arrange()
        self.endResetModel()

    def order_of(self, column: Column[Row]) -> str:
        """The order a column of names is sorted in."""
        return self.orders.get(column.key, PINYIN)

    def _arrange(self) -> None:
        rows = [row for row in self.all_rows if self._keep is None or self._keep(row)]
        if self.sorted_by:
            column, descending = self.columns[self.sorted_by[0]], self.sorted_by[1]
            rows.sort(key=row_key(column, self.order_of(column)), reverse=descending)
        self.rows = rows
        self._place = None

    def row_of(self, key: Hashable) -> int | None:
        """Where the row with this key stands now, if it is shown."""
        if self._place is None:
            self._place = {self.key(row): i for i, row in enumerate(self.rows)}
        return self._place.get(key)

    def set_ticked(self, keys: Sequence[Hashable], *, on: bool) -> None:
        """Tick or clear rows by key."""
        self.ticked = self.ticked | set(keys) if on else self.ticked - set(keys)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))
        self.ticked_changed.emit()

    def rowCount(self, parent: AnyIndex = ROOT) -> int:
        """Rows shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = ROOT) -> int:
        """Columns, hidden ones too."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tool tip, alignment and tick of a cell."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.cell_text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole and column.tip:
            return plain_tip(column.tip(row)) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.CheckStateRole and column.ticks:
            return Qt.CheckState.Checked if self.key(row) in self.ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a row."""
        if role != Qt.ItemDataRole.CheckStateRole or not self.columns[index.column()].ticks:
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.set_ticked([self.key(self.rows[index.row()])], on=on)
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Cells are chosen, never edited in place; a tick column can be ticked."""
        base = super().flags(index)
        ticks = index.isValid() and self.columns[index.column()].ticks
        return base | Qt.ItemFlag.ItemIsUserCheckable if ticks else base

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Title and alignment of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return None

    @staticmethod
    def cell_text(row: Row, column: Column[Row]) -> str:
        """What a cell says: its text, or its pill's word."""
        state = column.pill(row) if column.pill else None
        return state.word if state else column.text(row)


def _alignment(column: Column[Any]) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def as_text(model: RowsModel[Row], rows: Sequence[Row], columns: Sequence[Column[Row]]) -> str:
    """Rows as text a spreadsheet can take: tabs and lines; no line break or tab within a cell."""
    lines = ["\t".join(column.title for column in columns)]
    lines += ["\t".join(_one_line(model.cell_text(row, column)) for column in columns) for row in rows]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.splitlines()).replace("\t", " ")
