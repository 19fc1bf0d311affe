"""The plan as a tree on the screen: lines with their weight or points, dragged, pasted onto, marked."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from competition_app.desktop.events.plan.plan_draft import Path
from competition_app.desktop.events.plan.plan_lines import Line, walk
from competition_app.desktop.events.plan.plan_parts import may_stand
from competition_app.desktop.look import icons, theme
from competition_app.i18n import tr

LINE = Qt.ItemDataRole.UserRole
MARK = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
Marks = Mapping[Path, str]
"""The role (bad, wait) of what is wrong at a line."""


class _Painter(QStyledItemDelegate):
    """Icon, name cut with dots, a sign where something is wrong, the figure at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every line is as high."""
        return QSize(super().sizeHint(option, index).width(), theme.px("height.rowNormal"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the line; the tree has painted its ground."""
        line: Line = index.data(LINE)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        box = rect.adjusted(theme.space(2), 0, -theme.space(4), 0)
        side, gap = theme.px("icon.normal"), theme.px("measure.iconGap")
        tone = "inkSecondary"
        icons.draw(painter, line.icon, QRect(box.x(), box.y(), side, box.height()), tone)
        right = self._figure(painter, box, line.figure)
        mark = index.data(MARK)
        if mark:
            small = theme.px("icon.small")
            at = QRect(right - small - gap, box.y(), small, box.height())
            name = "octagon-alert" if mark == "bad" else "triangle-alert"
            icons.draw(painter, name, at, f"status.{mark}.ink", small)
            right = at.x()
        text = QRect(box.x() + side + gap, box.y(), right - box.x() - side - 2 * gap, box.height())
        painter.setFont(theme.font("strong" if line.strong else "body"))
        painter.setPen(theme.color(tone if line.heading else "ink"))
        shown = painter.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    @staticmethod
    def _figure(painter: QPainter, box: QRect, figure: str) -> int:
        """Paint the figure; where it begins."""
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("inkSecondary"))
        most = box.width() // 2
        shown = painter.fontMetrics().elidedText(figure, Qt.TextElideMode.ElideRight, most)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
        return box.right() + 1 - painter.fontMetrics().horizontalAdvance(shown)


class PlanTree(QTreeWidget):
    """``picked`` tells the node a person chose; ``moved`` (node, list, place) what was dragged where;
    ``pasted`` (node, text) rows of a spreadsheet; ``asked`` (node, deed) a deed of the keyboard:
    up, down, remove, double, edit; ``menu`` (node, point) where a menu is wanted.
    """  # fmt: skip

    picked = Signal(object)
    moved = Signal(object, object, int)
    pasted = Signal(object, str)
    asked = Signal(object, str)
    menu = Signal(object, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(1)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(theme.px("measure.planStep"))
        self.setAccessibleName(tr("Plan"))
        self.setUniformRowHeights(True)
        self.setItemDelegate(_Painter(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._want_menu)
        self._items: dict[Path, QTreeWidgetItem] = {}
        self._closed: set[Path] = set()
        self.itemCollapsed.connect(lambda item: self._closed.add(self.node(item)))
        self.itemExpanded.connect(lambda item: self._closed.discard(self.node(item)))
        self.currentItemChanged.connect(lambda item, _old: self._tell(item))

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(self.node(item))

    @staticmethod
    def node(item: QTreeWidgetItem) -> Path:
        """What a line stands for."""
        line: Line = item.data(0, LINE)
        return line.node

    def line(self, node: Path) -> Line | None:
        """The line of a node."""
        item = self._items.get(node)
        return None if item is None else item.data(0, LINE)

    def nodes(self) -> list[Path]:
        """Every node from the top down."""
        return list(self._items)

    def mark(self, node: Path) -> str:
        """The role of what is wrong at a node; empty where nothing is."""
        item = self._items.get(node)
        return "" if item is None else str(item.data(0, MARK) or "")

    def current(self) -> Path | None:
        """The chosen node."""
        item = self.currentItem()
        return None if item is None else self.node(item)

    def show_lines(self, lines: Sequence[Line], marks: Marks) -> None:
        """Show these lines; the chosen one and those folded away stay so."""
        flat = list(walk(list(lines)))
        if [line.node for line in flat] != list(self._items):
            self._rebuild(lines)
        for line in flat:
            self._dress(self._items[line.node], line, marks.get(line.node, ""))
        self.viewport().update()

    def _rebuild(self, lines: Sequence[Line]) -> None:
        kept, closed = self.current(), set(self._closed)
        self.blockSignals(True)
        self.clear()
        self._items = {}
        for line in lines:
            self.addTopLevelItem(self._item(line))
        for node, item in self._items.items():
            item.setExpanded(node not in closed)
        self._closed = closed
        if kept in self._items:
            self.setCurrentItem(self._items[kept])
        self.blockSignals(False)

    def _item(self, line: Line) -> QTreeWidgetItem:
        made = QTreeWidgetItem()
        made.setData(0, LINE, line)
        self._items[line.node] = made
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
        if isinstance(line.node[-1], int) and not line.heading:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        made.setFlags(flags)
        for inner in line.below:
            made.addChild(self._item(inner))
        return made

    @staticmethod
    def _dress(item: QTreeWidgetItem, line: Line, mark: str) -> None:
        item.setData(0, LINE, line)
        item.setData(0, MARK, mark)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{line.name} {line.figure}".strip())
        item.setToolTip(0, line.name)

    def choose(self, node: Path) -> None:
        """Choose the line of a node, the first where there is none."""
        item = self._items.get(node) or self.topLevelItem(0)
        if item is not None:
            self.setCurrentItem(item)
            self.scrollToItem(item)

    # --- painting ---
    def drawRow(  # noqa: N802 - Qt's name
        self, painter: QPainter, options: QStyleOptionViewItem, index: Index
    ) -> None:
        """The ground of a line across the whole width, then the line, then the edge of the chosen one."""
        rect: QRect = options.rect  # type: ignore[attr-defined]
        whole = QRect(0, rect.y(), self.viewport().width(), rect.height())
        chosen = self.selectionModel().isSelected(index)
        hovered = index == self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos()))
        if chosen or (hovered and self.underMouse()):
            painter.fillRect(whole, theme.color("rowSelected" if chosen else "hover"))
        super().drawRow(painter, options, index)
        if chosen:
            edge = QRect(0, whole.y(), theme.px("stroke.selectedEdge"), whole.height())
            painter.fillRect(edge, theme.color("rowSelectedEdge"))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:  # noqa: N802 - Qt's name
        """A small arrow where there is something below."""
        if not self.model().hasChildren(index):
            return
        small, step = theme.px("icon.small"), self.indentation()
        at = QRect(rect.right() + 1 - step + theme.space(2), rect.y(), step, rect.height())
        name = "chevron-down" if self.isExpanded(index) else "chevron-right"
        icons.draw(painter, name, at, "inkSecondary", small)

    def changeEvent(self, event: QEvent) -> None:
        """Inks follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    # --- keyboard, mouse ---
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves, Delete removes, Ctrl+D doubles, Ctrl+V pastes rows."""
        node = self.current()
        deed = self._deed(event)
        if node is None:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(node, QGuiApplication.clipboard().text())
        elif deed:
            self.asked.emit(node, deed)
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit(node, "edit")
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _deed(event: QKeyEvent) -> str:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}.get(Qt.Key(event.key()), "")
        if event.key() == Qt.Key.Key_Delete:
            return "remove"
        double = event.key() == Qt.Key.Key_D and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return "double" if double else ""

    def _want_menu(self, at: QPoint) -> None:
        item = self.itemAt(at)
        if item is not None:
            self.setCurrentItem(item)
            self.menu.emit(self.node(item), self.viewport().mapToGlobal(at))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Only where the part may stand."""
        super().dragMoveEvent(event)
        if self._target(event.position().toPoint()) is None:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where the part was dropped; the draft moves it and the tree follows."""
        found = self._target(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        node = self.current()
        if found is not None and node is not None:
            self.moved.emit(node, *found)

    def _target(self, at: QPoint) -> tuple[Path, int] | None:
        item, node = self.itemAt(at), self.current()
        if item is None or node is None:
            return None
        over = self.node(item)
        below = at.y() > self.visualItemRect(item).center().y()
        return place_of(node, over, below, lambda path: sum(one[:-1] == path for one in self._items))


def place_of(node: Path, over: Path, below: bool, count: Callable[[Path], int]) -> tuple[Path, int] | None:
    """The list and place meant by dropping a part above or below a line; None where it may not stand.

    On a line of its own kind: beside it. On a line that holds such parts: at their end.
    """
    if isinstance(over[-1], int) and may_stand(node, over[:-1]):
        return over[:-1], over[-1] + below
    for holder, key in (("stages", "modules"), ("modules", "criteria")):
        if over[-2:-1] == (holder,) and may_stand(node, (*over, key)):
            return (*over, key), count((*over, key))
    return None
