"""The recorder's grid on the screen: everything by keyboard, one current cell, the field over it."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QTableView, QWidget

from competition_app.desktop.look import theme
from competition_app.desktop.marking.incoming.pace import FASTEST_MS
from competition_app.desktop.marking.marking_cells import CodeHead, Corner, CriterionHead, MarkPainter
from competition_app.desktop.marking.marking_model import MarkingModel, Place
from competition_app.desktop.marking.marking_values import SHEET_STATES, missing_items
from competition_app.desktop.parts import pills
from competition_app.i18n import tr

_ON = frozenset({int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter)})
_YES = frozenset({int(Qt.Key.Key_1), int(Qt.Key.Key_Y)})
_NO = frozenset({int(Qt.Key.Key_0), int(Qt.Key.Key_N)})
_CHANGING = frozenset({int(Qt.Key.Key_Delete), int(Qt.Key.Key_Backspace), int(Qt.Key.Key_F2)})
"""Keys that change a cell, beside those that write something."""


class MarkingGrid(QTableView):
    """Sheets by criteria. It tells what a person wants; the page does it.

    ``here`` the current cell, ``typing`` what stands in the field now, ``answered`` yes or no by one key,
    ``absent`` Q, ``pasted`` a column's text, ``undone`` Ctrl+Z, ``dropped`` Delete on a wrong figure,
    ``refused`` a key for a cell into which nothing may be entered.
    """

    here = Signal(object)
    typing = Signal(object, str)
    answered = Signal(object, bool)
    absent = Signal(object)
    pasted = Signal(object, str)
    undone = Signal()
    dropped = Signal(object)
    refused = Signal(object)

    def __init__(self, model: MarkingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks = model
        self._kept: tuple[Place | None, int, int] = (None, 0, 0)
        self.named, self._coded = False, False
        self._pending: tuple[Place, bool, str] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._answer)
        self._corner = Corner(self, self.first_word)
        self._dress()
        self.setModel(model)
        self._painter = MarkPainter(self, model)
        self.setItemDelegate(self._painter)
        self.setHorizontalHeader(CriterionHead(self, model))
        self.codes = CodeHead(self, model)
        self.setVerticalHeader(self.codes)
        self._painter.moved.connect(self._left_field)
        self._painter.typing.connect(self.typing)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.selectionModel().selectionChanged.connect(lambda *_: self.viewport().update())
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._come_back)

    def _dress(self) -> None:
        self.setAccessibleName(tr("Marking grid"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    # --- where one is ---
    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        self.viewport().update()
        self.horizontalHeader().viewport().update()
        self.verticalHeader().viewport().update()
        if current != previous:
            self.here.emit(self.marks.place(current))

    def lead(self, way: Callable[[str, bool], Callable[[], None] | None]) -> None:
        """Ask this, at each Enter, where a scanned number leads (``MarkPainter.lead``)."""
        self._painter.lead = way

    def place(self) -> Place | None:
        """The current cell's sheet and criterion."""
        return self.marks.place(self.currentIndex())

    def being_typed(self) -> str | None:
        """What stands in the open field; None while none is open."""
        field = self.viewport().findChild(QLineEdit, "mark")
        return field.text() if field is not None and self.state() == QTableView.State.EditingState else None

    def go(self, place: Place) -> None:
        """Make this cell the current one and show it."""
        index = self.marks.find(place)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self, step: int = 1) -> None:
        """The next cell of the sheet, after its last the first of the next sheet; −1 goes back."""
        width, height = len(self.marks.columns), self.marks.rowCount()
        if not width or not height:
            return
        here = self.currentIndex()
        at = here.row() * width + here.column() + step if here.isValid() else 0
        at = max(0, min(at, width * height - 1))
        self._to(at // width, at % width)

    def _to(self, row: int, column: int) -> None:
        index = self.marks.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def _keep_place(self) -> None:
        self._kept = (self.place(), self.verticalScrollBar().value(), self.horizontalScrollBar().value())

    def _come_back(self) -> None:
        self.fit()
        place, down, across = self._kept
        index = self.marks.find(place) if place else QModelIndex()
        if not index.isValid() and self.marks.rowCount() and self.marks.columns:
            index, down, across = self.marks.index(0, 0), 0, 0
        if index.isValid():
            self.setCurrentIndex(index)
            self.verticalScrollBar().setValue(down)
            self.horizontalScrollBar().setValue(across)
        self.here.emit(self.place())

    # --- hands ---
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Space, 1 and 0 answer a check, Q a judge's absence, F2 edits, Ctrl+Z, Ctrl+V."""
        if self._pending is None or not self._is_scan(event):
            self._pressed(event)

    def _pressed(self, event: QKeyEvent) -> None:
        place, key = self.place(), event.key()
        standard = QKeySequence.StandardKey
        if event.matches(standard.Paste):
            if place:
                self.pasted.emit(place, QGuiApplication.clipboard().text())
        elif event.matches(standard.Copy):
            self.copy()
        elif event.matches(standard.Undo):
            self.undone.emit()
        elif int(key) in _ON:
            self.go_on(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        elif place is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            self._typed(event, place)

    def _typed(self, event: QKeyEvent, place: Place) -> None:
        """A key on a cell: an answer, a Q, a Delete, F2, or the first of a figure."""
        key = int(event.key())
        check = self.marks.columns[self.currentIndex().column()].check
        writes = bool(event.text()) and event.text().isprintable()
        if (writes or key in _CHANGING) and self.marks.is_locked(place):
            self.refused.emit(place)
        elif key == Qt.Key.Key_Q:
            self.absent.emit(place)
        elif key == Qt.Key.Key_Space or (check and key in _YES | _NO):
            if check and key == Qt.Key.Key_Space:
                self.answered.emit(place, not self._is_yes())
            elif check:
                self._pending = (place, key in _YES, event.text())
                self._soon.start(FASTEST_MS)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.dropped.emit(place)
        else:
            self._painter.whole_text = key == Qt.Key.Key_F2
            super().keyPressEvent(event)

    def _is_scan(self, event: QKeyEvent) -> bool:
        """Whether this key follows an answer as fast as a scanner types: then both go into the field."""
        assert self._pending is not None
        first = self._pending[2]
        if not event.text().strip() or not event.text().isprintable():
            self._answer()
            return False
        self._pending = None
        self._soon.stop()
        self.edit(self.currentIndex())
        field = self.viewport().findChild(QLineEdit, "mark")
        if field is not None:
            field.clear()
            for one in (first, event.text()):
                field.insert(one)
                self._painter.pace.key()
        return True

    def _answer(self) -> None:
        """Give the answer that waited whether it was the beginning of a scanned number."""
        self._soon.stop()
        pending, self._pending = self._pending, None
        if pending is not None:
            self.answered.emit(pending[0], pending[1])

    def _is_yes(self) -> bool:
        here = self.currentIndex()
        return self.marks.face(here.row(), here.column()).look.name == "YES"

    def _left_field(self, key: int, modifiers: object) -> None:
        """Go where the key that left the field points."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        shift = bool(
            isinstance(modifiers, Qt.KeyboardModifier) and modifiers & Qt.KeyboardModifier.ShiftModifier
        )
        if key in _ON:
            self.go_on(-1 if shift else 1)
            return
        steps = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        down, right = steps.get(Qt.Key(key), (0, 0))
        page = max(1, self.viewport().height() // max(1, self.rowHeight(0)) - 1)
        down += {Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}.get(Qt.Key(key), 0)
        last_row, last_column = self.marks.rowCount() - 1, len(self.marks.columns) - 1
        self._to(min(max(row + down, 0), last_row), min(max(column + right, 0), last_column))

    def copy(self) -> None:
        """Put the selected cells on the clipboard as text a spreadsheet can take."""
        lines: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column())):
            lines.setdefault(index.row(), []).append(" ".join(str(index.data() or "").split()))
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines.values()))

    # --- room ---
    def show_names(self, *, on: bool, coded: bool = False) -> None:
        """Entries by number and name with one score each (no total), or by number, or works by code."""
        self.named, self._coded = on, coded
        self._corner.update()
        self.codes.set_width("column.markName" if on else "column.markCode")
        self.fit()

    def first_word(self) -> str:
        """What stands over the entries: names, codes that hide them, or their numbers."""
        if self.named:
            return tr("Entry@grid")
        return tr("Work") if self._coded else tr("Entry number")

    def fit(self) -> None:
        """Share the room among the criteria, up to their maximum; the rest goes to the state."""
        wide = self.window().width() >= theme.px("window.wideFrom")
        self.verticalHeader().setDefaultSectionSize(
            theme.px("height.rowRoomy" if wide else "height.rowNormal")
        )
        count = len(self.marks.columns)
        if not count:
            return
        self.setColumnHidden(count, self.named)
        total, state = 0 if self.named else theme.px("column.markTotal"), self._state_width()
        room = self.viewport().width() - total - state
        width = min(max(room // count, theme.px("column.markCriterion")), theme.px("column.markCriterionMax"))
        for section in range(count):
            self.setColumnWidth(section, width)
        if total:
            self.setColumnWidth(count, total)
        self.setColumnWidth(count + 1, max(state, room + state - width * count))

    def _state_width(self) -> int:
        """Room for the widest state a sheet can come to, so that the columns stay while one types."""
        states = [*SHEET_STATES, missing_items(len(self.marks.columns))]
        return max(theme.px("column.markState"), max(map(pills.pill_width, states)) + theme.space(4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew and keep the corner in its place."""
        super().resizeEvent(event)
        self.fit()

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """Lay the corner over the codes."""
        super().updateGeometries()
        size = (self.verticalHeader().width(), self.horizontalHeader().height())
        self._corner.setGeometry(QRect(QPoint(0, 0), QPoint(size[0] - 1, size[1] - 1)))
