"""How a table is painted: cells, heads, the dots of a place in the field."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.controls import draw_ring, draw_tick, ink
from competition_app.desktop.tables.tables import AnyIndex, Column

if TYPE_CHECKING:
    from competition_app.desktop.tables.table_view import TableView


def cell_box(rect: QRect, *, first: bool, last: bool) -> QRect:
    """The box of a cell's content: padding 8, at the table's edges 16, without the hairline."""
    cell, edge = theme.px("padding.cell"), theme.px("padding.cellFirstLast")
    hairline = theme.px("stroke.hairline")
    return rect.adjusted(edge if first else cell, 0, -(edge if last else cell), -hairline)


class CellPainter(QStyledItemDelegate):
    """Paints a cell: background, hairline, content, ring, in that order; nothing is made per cell."""

    def __init__(self, view: "TableView[Any]") -> None:
        super().__init__(view)
        self._view = view
        self.hovered = -1

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """The row's height and the column's own width."""
        return QSize(self._view.columns()[index.column()].width, self._view.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint one cell."""
        column = self._view.columns()[index.column()]
        row = self._view.rows_model.rows[index.row()]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        first, last = self._view.edges(index.column())
        painter.save()
        self._ground(painter, rect, column, row, chosen=chosen, hover=index.row() == self.hovered)
        if first and chosen:
            edge = QRect(rect.x(), rect.y(), theme.px("stroke.selectedEdge"), rect.height())
            painter.fillRect(edge, theme.color("rowSelectedEdge"))
        self._content(painter, cell_box(rect, first=first, last=last), column, row, chosen=chosen)
        if first and chosen and self._view.shows_ring():
            self._ring(painter, rect)
        painter.restore()

    def _ground(
        self, painter: QPainter, rect: QRect, column: Column[Any], row: Any, *, chosen: bool, hover: bool
    ) -> None:
        ground = "rowSelected" if chosen else "hover" if hover else "surface"
        painter.fillRect(rect, theme.color(ground))
        tint = column.tint(row) if column.tint else None
        if tint:
            painter.fillRect(rect, theme.color(f"status.{tint}.tint"))
        line = theme.px("stroke.hairline")
        painter.fillRect(QRect(rect.x(), rect.bottom() - line + 1, rect.width(), line), theme.color("line"))

    def _content(self, painter: QPainter, box: QRect, column: Column[Any], row: Any, *, chosen: bool) -> None:
        if column.ticks:
            side = theme.px("measure.check")
            tick = QRect(box.x(), box.y() + (box.height() - side) // 2, side, side)
            draw_tick(painter, tick, ticked=self._view.rows_model.key(row) in self._view.rows_model.ticked)
            return
        if column.paint:
            column.paint(painter, box, row, chosen)
            return
        state = column.pill(row) if column.pill else None
        if state:
            pills.draw_pill(painter, box, state)
        else:
            self._text(painter, box, column, row)

    def _text(self, painter: QPainter, box: QRect, column: Column[Any], row: Any) -> None:
        text = column.text(row)
        tint = column.tint(row) if column.tint else None
        painter.setFont(theme.font("strong" if column.strong and column.strong(row) else "body"))
        painter.setPen(ink(tint or (column.ink(row) if column.ink else "ink")))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    def _ring(self, painter: QPainter, rect: QRect) -> None:
        """The chosen row's ring while the table has the keyboard, drawn over the row's whole width."""
        row = QRect(
            rect.x(), rect.y(), self._view.viewport().width(), rect.height() - theme.px("stroke.hairline")
        )
        painter.setClipping(False)
        draw_ring(painter, row, 0)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """The whole text of a cell that is cut, or the column's own tip."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), self._view.tip_of(index.row(), index.column()), view)
        return True


class Head(QHeaderView):
    """The head of a table: caption type; the sorted column bold with an arrow after its text."""

    def __init__(self, view: "TableView[Any]") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setFixedHeight(theme.px("height.tableHead"))
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(theme.space(6))
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one column's head."""
        column = self._view.columns()[section]
        sorted_by = self._view.rows_model.sorted_by
        sorts = sorted_by is not None and sorted_by[0] == section
        first, last = self._view.edges(section)
        painter.save()
        painter.fillRect(rect, theme.color("sunken"))
        line = theme.px("stroke.hairline")
        painter.fillRect(QRect(rect.x(), rect.bottom() - line + 1, rect.width(), line), theme.color("line"))
        if column.ticks:
            self._tick(painter, cell_box(rect, first=first, last=last))
        else:
            arrow = ("arrow-down" if sorted_by and sorted_by[1] else "arrow-up") if sorts else ""
            self._title(painter, cell_box(rect, first=first, last=last), column, arrow)
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground beyond the last column too."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.color("sunken"))
        line = theme.px("stroke.hairline")
        painter.fillRect(0, self.height() - line, self.width(), line, theme.color("line"))
        painter.end()
        super().paintEvent(event)

    def _tick(self, painter: QPainter, box: QRect) -> None:
        model = self._view.rows_model
        side = theme.px("measure.check")
        every = bool(model.rows) and all(model.key(row) in model.ticked for row in model.rows)
        draw_tick(painter, QRect(box.x(), box.y() + (box.height() - side) // 2, side, side), ticked=every)

    def _title(self, painter: QPainter, box: QRect, column: Column[Any], arrow: str) -> None:
        small = theme.px("icon.small")
        gap = theme.px("measure.pillGap")
        painter.setFont(theme.font("captionStrong" if arrow else "caption"))
        painter.setPen(theme.color("ink" if arrow else "inkSecondary"))
        room = box.width() - (small + gap if arrow else 0)
        shown = painter.fontMetrics().elidedText(column.title, Qt.TextElideMode.ElideRight, room)
        width = painter.fontMetrics().horizontalAdvance(shown)
        left = box.right() + 1 - width - (small + gap if arrow else 0) if column.figures else box.x()
        text = QRect(left, box.y(), width + 1, box.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        if arrow:
            icons.draw(painter, arrow, QRect(left + width + gap, box.y(), small, box.height()), "ink", small)


def dotted_underline(painter: QPainter, box: QRect, color: QColor) -> None:
    """The dotted line under a bad figure or word."""
    pen = QPen(color, theme.px("stroke.hairline"), Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.drawLine(box.bottomLeft(), box.bottomRight())
