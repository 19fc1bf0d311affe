"""What a table remembers from one sitting to the next: widths, columns put away, order; its head's menu."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from competition_app.desktop.look import theme
from competition_app.desktop.preferences import Preferences
from competition_app.desktop.tables.table_orders import ORDERS
from competition_app.desktop.tables.table_view import TableView
from competition_app.i18n import in_use, tr


class TableMemory(QObject):
    """Gives a table back what was remembered under its name, and writes down what a person changes."""

    def __init__(self, table: TableView[Any], preferences: Preferences, name: str) -> None:
        super().__init__(table)
        self._table, self._preferences, self._name = table, preferences, name
        held = preferences["tables"].get(name, {})
        sort = held.get("sort") or [None, False]
        table.rows_model.orders |= held.get("orders", {})
        table.arrange(held.get("widths", {}), preferences["columns"].get(name, ()), (sort[0], bool(sort[1])))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(theme.px("duration.searchDelay"))
        self._timer.timeout.connect(self._write)
        table.arranged.connect(self._timer.start)
        table.columns_chosen.connect(self._write)
        head = table.horizontalHeader()
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda at: choose_columns(table, head.mapToGlobal(at)))
        table.menu_wanted.connect(lambda: choose_columns(table, head.mapToGlobal(head.rect().bottomLeft())))

    def _write(self) -> None:
        table, model = self._table, self._table.rows_model
        sort = [model.columns[model.sorted_by[0]].key, model.sorted_by[1]] if model.sorted_by else None
        tables, columns = dict(self._preferences["tables"]), dict(self._preferences["columns"])
        tables[self._name] = {"widths": dict(table.own_widths), "sort": sort, "orders": dict(model.orders)}
        columns[self._name] = sorted(table.away)
        self._preferences["tables"], self._preferences["columns"] = tables, columns


def head_menu(table: TableView[Any]) -> QMenu:
    """The menu of a table's head: the order of each column of names, and the columns, ticked ones shown."""
    menu = QMenu(table)
    for column in table.columns():
        if column.names is None or table.isColumnHidden(table.columns().index(column)):
            continue
        orders = QMenu(tr("Order of “{column}”", column=column.title), menu)
        menu.addMenu(orders)
        now = table.rows_model.order_of(column)
        for order, said in ORDERS.items():
            action = QAction(in_use().say(said), orders, checkable=True, checked=order == now)
            action.triggered.connect(partial(_order, table, column.key, order))
            orders.addAction(action)
    if not menu.isEmpty() and table.choosable():
        menu.addSeparator()
    for found in table.choosable():
        action = QAction(found.title, menu, checkable=True, checked=found.key not in table.away)
        action.toggled.connect(lambda on, key=found.key: table.choose_column(key, on=on))
        menu.addAction(action)
    return menu


def _order(table: TableView[Any], key: str, order: str, _checked: bool = False) -> None:
    table.order_by(key, order)


def choose_columns(table: TableView[Any], at: QPoint) -> None:
    """Show the menu of a table's head, unless there is nothing to choose."""
    menu = head_menu(table)
    if not menu.isEmpty():
        menu.exec(at)
    menu.deleteLater()
