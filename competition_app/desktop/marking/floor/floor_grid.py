"""The grid of the floor record: entries by what is recorded of them; Enter goes down the list."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from competition_app.desktop.look import theme
from competition_app.desktop.marking.floor.floor_book import ABSENT, PENALTY, STATES
from competition_app.desktop.marking.marking_bars import KeyBar, MessageBar
from competition_app.desktop.marking.marking_grid import MarkingGrid
from competition_app.desktop.marking.marking_model import MarkingModel
from competition_app.desktop.marking.marking_values import NOT_SAVED, Face, Look, Wrong
from competition_app.desktop.parts import pills
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr

WRONG = pills.State("bad", "octagon-alert", Said("Not recorded"))
NOT_TYPED = frozenset({ABSENT, PENALTY})
"""Columns into which nothing is typed: a key or a sheet changes them."""


class FloorModel(MarkingModel):
    """A gap is only where a time is waited for; a wrong time does not touch the cells beside it."""

    def state(self, at: int) -> pills.State:
        """The state of an entry; what does not stand goes first."""
        kept = self._wrong_of(at)
        if kept:
            return NOT_SAVED if all(wrong.again for wrong in kept) else WRONG
        return self.rows[at].state

    def face(self, at: int, column: int) -> Face:
        """How a cell looks."""
        row = self.rows[at]
        wrong = self.wrong((row.key, self.columns[column].code))
        return Face(Look.WRONG, wrong.text, wrong.said) if wrong else row.cells[column]


class FloorGrid(MarkingGrid):
    """``penalised`` tells that a penalty is wanted for an entry, with the figure struck to ask for it."""

    penalised = Signal(object, str)

    def __init__(self, model: FloorModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.setAccessibleName(tr("Floor record@grid"))
        self.show_names(on=True)

    def go_on(self, step: int = 1) -> None:
        """The same column of the entry below; −1 goes up."""
        here = self.currentIndex()
        row = here.row() + step if here.isValid() else 0
        row = max(0, min(row, self.marks.rowCount() - 1))
        index = self.marks.index(row, max(0, here.column()))
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Penalties open their sheet by Enter, F2, or a figure; Space and Q turn an absence over."""
        place, key = self.place(), int(event.key())
        quiet = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if place is None or place[1] not in NOT_TYPED or not quiet or self.marks.is_locked(place):
            super().keyPressEvent(event)
        elif place[1] == ABSENT and key == Qt.Key.Key_Space:
            self.absent.emit(place)
        elif place[1] == PENALTY and (key in _OPENS or event.text().isdigit()):
            typed = event.text() if event.text().isdigit() else ""
            QTimer.singleShot(0, self, lambda: self.penalised.emit(place, typed))
        elif key in _MOVES or key in _DEEDS:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Twice on a penalty opens its sheet, on an absence turns it over."""
        place = self.place()
        if place is not None and self.marks.is_locked(place):
            self.refused.emit(place)
        elif place is not None and place[1] in NOT_TYPED:
            (self.absent.emit(place) if place[1] == ABSENT else self.penalised.emit(place, ""))
        else:
            super().mouseDoubleClickEvent(event)

    def edit(  # type: ignore[override]
        self,
        index: QModelIndex | QPersistentModelIndex,
        trigger: QAbstractItemView.EditTrigger = QAbstractItemView.EditTrigger.AllEditTriggers,
        event: QEvent | None = None,
    ) -> bool:
        """No field opens over a cell into which nothing is typed."""
        place = self.marks.place(index)
        if place is not None and place[1] in NOT_TYPED:
            return False
        return bool(super().edit(index, trigger, event))  # type: ignore[arg-type]

    def _state_width(self) -> int:
        return max(map(pills.pill_width, (*STATES, WRONG, NOT_SAVED))) + theme.space(4)


_OPENS = frozenset({int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter), int(Qt.Key.Key_F2)})
_MOVES = frozenset(
    int(key)
    for key in (
        Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Enter,
        Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape,
    )
)  # fmt: skip
_DEEDS = frozenset({int(Qt.Key.Key_Q), int(Qt.Key.Key_Delete), int(Qt.Key.Key_Backspace)})


class FloorBar(MessageBar):
    """What is wrong with a time or a hand-in; what was typed stays in its cell."""

    def tell(self, where: str, wrong: Wrong | None) -> None:
        """Say what is wrong at a cell; None hides the bar."""
        super().tell(where, wrong)
        if wrong is not None:
            self.sentence.set_text(tr("{where}: {why}", where=where, why=in_use().say(wrong.said)))
            self.more.set_text(tr("What was typed is kept here."))


class FloorKeys(KeyBar):
    """The keys of the floor record, always shown."""

    def keys(self) -> list[tuple[tuple[str, ...], str]]:
        """The key caps and what they do."""
        return [
            (("0–9",), tr("type a time")), (("Enter",), tr("next entry")), (("↑", "↓", "←", "→"), tr("move")),
            (("Q",), tr("absent@key")), (("F2",), tr("edit, add a penalty")), (("Ctrl", "Z"), tr("undo@key")),
            (("Ctrl", "V"), tr("paste a column")), (("Ctrl", "Enter"), tr("next without a time")),
        ]  # fmt: skip
