"""The tree of units on the screen: folded and unfolded, sorted, filtered together with what is above."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from competition_app.desktop.organisations.organisations_columns import (
    ORDERS,
    NamePainter,
    chevron_box,
    organisation_columns,
)
from competition_app.desktop.tables.table_orders import text_key
from competition_app.desktop.tables.table_paint import cell_box
from competition_app.desktop.tables.table_view import TableView
from competition_app.i18n import tr
from competition_app.services.registration.organisation_tree import TreeUnit


class OrganisationTable(TableView[TreeUnit]):
    """Shows units as a tree. With a filter the units it keeps are shown with those above them, unfolded."""

    def __init__(self) -> None:
        self._names = NamePainter()
        self._units: tuple[TreeUnit, ...] = ()
        self._kept: Callable[[TreeUnit], bool] | None = None
        self._order: tuple[str, bool] | None = None
        self._finalists = False
        super().__init__(
            organisation_columns(self._names, finalists=False), lambda unit: unit.id, tr("Units")
        )

    @property
    def closed(self) -> frozenset[int]:
        """Units folded up."""
        return frozenset(self._names.closed)

    def show_units(self, units: Sequence[TreeUnit]) -> None:
        """Show these units; what is folded, chosen, ticked and sorted stays."""
        self._units = tuple(units)
        self._names.closed &= {unit.id for unit in units if unit.below}
        finalists = any(unit.own.finalists for unit in units)
        if finalists != self._finalists:
            self._finalists = finalists
            self.set_columns(organisation_columns(self._names, finalists=finalists))
        self._arrange()

    def keep(self, kept: Callable[[TreeUnit], bool] | None) -> None:
        """Show only the units kept, and those above them in faint letters."""
        self._kept = kept
        self._arrange()

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Sort units below the same one by a column."""
        self._order = (key, descending)
        super().sort_by(key, descending=descending)
        self._arrange()

    def _arrange(self) -> None:
        kept = self._kept
        self._names.folds = kept is None
        if kept is None:
            closed = self._names.closed
            self._names.faint = frozenset()
            shown = {unit.id for unit in self._units if closed.isdisjoint(unit.above)}
        else:
            found = {unit.id for unit in self._units if kept(unit)}
            shown = found | {above for unit in self._units if unit.id in found for above in unit.above}
            self._names.faint = frozenset(shown - found)
        self.set_filter(None)
        self.set_rows(in_tree_order(self._units, *self._compared()))
        self.set_filter(lambda unit: unit.id in shown)

    def _compared(self) -> tuple[Callable[[TreeUnit], Any] | None, bool]:
        """What brothers are compared by, and whether the last comes first; None: they stay as they are."""
        if self._order is None:
            return None, False
        key, descending = self._order
        column = next(column for column in self.columns() if column.key == key)
        if column.names is None:
            return ORDERS[key], descending
        by_text, value = text_key(column, self.rows_model.order_of(column)), ORDERS[key]
        return (lambda unit: by_text(value(unit))), descending

    def reveal(self, unit_id: int) -> None:
        """Unfold what a unit stands below, and choose it."""
        above = next((set(unit.above) for unit in self._units if unit.id == unit_id), set())
        if above & self._names.closed:
            self._names.closed -= above
            self._arrange()
        self.choose(unit_id)

    def fold(self, unit: TreeUnit, *, on: bool) -> None:
        """Fold a unit up, or open it."""
        if unit.below and self._kept is None and on != (unit.id in self._names.closed):
            self._names.closed ^= {unit.id}
            self._arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the sign before a name folds; elsewhere it chooses."""
        unit = self._folding_at(event.position().toPoint())
        if unit is not None:
            self.fold(unit, on=unit.id not in self._names.closed)
            return
        super().mousePressEvent(event)

    def chevron_at(self, row: int) -> QPoint:
        """Where the sign of a row stands, in the viewport."""
        unit = self.rows_model.rows[row]
        section = next(i for i, column in enumerate(self.columns()) if column.key == "name")
        first, last = self.edges(section)
        cell = self.visualRect(self.rows_model.index(row, section))
        return chevron_box(cell_box(cell, first=first, last=last), unit.depth).center()

    def _folding_at(self, at: QPoint) -> TreeUnit | None:
        index = self.indexAt(at)
        if not index.isValid() or self.columns()[index.column()].key != "name":
            return None
        unit = self.rows_model.rows[index.row()]
        first, last = self.edges(index.column())
        box = chevron_box(cell_box(self.visualRect(index), first=first, last=last), unit.depth)
        return unit if unit.below and box.contains(at) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left folds or goes up, right opens or goes down one; the rest as in every table."""
        unit = self.chosen_row()
        if unit is None or event.modifiers() or event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Right:
            self.fold(unit, on=False)
        elif unit.below and unit.id not in self._names.closed and self._kept is None:
            self.fold(unit, on=True)
        elif unit.above:
            self.choose(unit.above[-1])


def in_tree_order(
    units: Iterable[TreeUnit], key: Callable[[TreeUnit], Any] | None, descending: bool
) -> list[TreeUnit]:
    """Units, each before those below it; brothers sorted by ``key`` or left as they are."""
    below: dict[int | None, list[TreeUnit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id, []).append(unit)
    if key is not None:
        for brothers in below.values():
            brothers.sort(key=key, reverse=descending)
    found: list[TreeUnit] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        unit = waiting.pop()
        found.append(unit)
        waiting += below.get(unit.id, [])[::-1]
    return found
