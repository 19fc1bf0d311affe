"""The table of a panel's seats: a click on a box assigns a module, or takes it away."""

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QMouseEvent

from competition_app.desktop.judges.judges_columns import takes_ticks, tick_box
from competition_app.desktop.look import theme
from competition_app.desktop.tables.table_paint import cell_box
from competition_app.desktop.tables.table_view import TableView
from competition_app.i18n import tr
from competition_app.services.competitions.panel_desk import Seat


class JudgesTable(TableView[Seat]):
    """``turned`` tells that a module (its place in the seat's duties) was ticked or cleared at a seat."""

    turned = Signal(object, int)

    def __init__(self) -> None:
        super().__init__([], lambda seat: seat.id, tr("Seats of the panel"))

    def tick_at(self, row: int, place: int) -> QPoint:
        """Where the box of a module stands, in the viewport."""
        first = next(i for i, column in enumerate(self.columns()) if "." in column.key)
        return tick_box(self._content(row, first + place)).center()

    def _content(self, row: int, section: int) -> QRect:
        first, last = self.edges(section)
        return cell_box(self.visualRect(self.rows_model.index(row, section)), first=first, last=last)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a box, or close to it, ticks; elsewhere it chooses."""
        super().mousePressEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if not index.isValid() or "." not in self.columns()[index.column()].key:
            return
        modules = [i for i, column in enumerate(self.columns()) if "." in column.key]
        place = modules.index(index.column())
        seat = self.rows_model.rows[index.row()]
        box = tick_box(self._content(index.row(), index.column()))
        slack = theme.space(1)
        near = box.adjusted(-slack, -slack, slack, slack)
        if takes_ticks(seat, seat.duties[place]) and near.contains(at):
            self.turned.emit(seat, place)
