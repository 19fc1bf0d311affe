"""What a desk's keys do in the floor record: one operation each, in words, kept where it cannot stand."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from competition_app.desktop.frame.page import Context
from competition_app.desktop.frame.undoing import TakeBack
from competition_app.desktop.marking.floor.floor_book import ABSENT, SUBMITTED, TIME, FloorBook, Given
from competition_app.desktop.marking.floor.floor_grid import NOT_TYPED, FloorModel
from competition_app.desktop.marking.marking_model import Place
from competition_app.desktop.marking.marking_typing import block
from competition_app.desktop.marking.marking_values import Wrong
from competition_app.domain.errors import Refusal
from competition_app.i18n import tr
from competition_app.services.judging import floor_record, rulings


class FloorHands(QObject):
    """Records what is typed into the open book. ``done`` tells that something was recorded or refused."""

    done = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.model = FloorModel(self.enter, self)
        self.book: FloorBook | None = None

    def open(self, book: FloorBook) -> None:
        """Go on with another module; what does not stand stays with its own."""
        self.book = book
        self.model.change_book(book.key)

    # --- one cell ---
    def enter(self, entry: int, code: str, text: str) -> None:
        """Record what was typed into a cell; blank takes it back."""
        book, place = self.book, (entry, code)
        if book is None or code in NOT_TYPED:
            return
        try:
            given = book.read(entry, code, text)
        except Refusal as refusal:
            self._keep(place, text, refusal)
            return
        what = text or tr("taken back")
        if code == TIME:
            self._do(place, text, what, rulings.record_time, entry, *book.here, given.seconds[entry])
        else:
            self._do(place, text, what, rulings.record_submission, entry, *book.here, given.submitted[entry])

    def absent(self, place: Place) -> None:
        """Q: the entry did not come; once more: it came after all."""
        book = self.book
        row = book.entries.get(place[0]) if book else None
        if book is None or row is None:
            return
        deed = rulings.withdraw_absence if row.absent else floor_record.record_absent
        what = tr("not absent after all") if row.absent else tr("Absent@module")
        try:
            self._carry_out(f"{self.model.code(place[0])} {what}", deed, place[0], *book.here)
        except Refusal as refusal:
            self._context.asking.refused(refusal)
        self.done.emit()

    def clear(self, place: Place) -> None:
        """Delete: what does not stand is forgotten, else what stands is taken back."""
        book = self.book
        if self.model.wrong(place):
            self.model.keep_wrong(place, None)
            self.done.emit()
        elif book is not None and place[0] in book.entries:
            row = book.entries[place[0]]
            stands = {TIME: row.seconds, SUBMITTED: row.submitted, ABSENT: row.absent or None}
            if place[1] == ABSENT and row.absent:
                self.absent(place)
            elif stands.get(place[1]) is not None:
                self.enter(*place, "")

    def take_mend(self, place: Place) -> None:
        """Try again what could not be stored."""
        wrong = self.model.wrong(place)
        if wrong:
            self.enter(*place, wrong.text)

    def _do(self, place: Place, text: str, what: str, use_case: Callable[..., Any], *given: Any) -> None:
        try:
            self._carry_out(f"{self.model.where(place)} {what}", use_case, *given)
        except Refusal as refusal:
            self._keep(place, text, refusal, again=True)
            return
        self.model.keep_wrong(place, None)
        self.done.emit()

    def _keep(self, place: Place, text: str, refusal: Refusal, *, again: bool = False) -> None:
        self.model.keep_wrong(place, Wrong(text, refusal.said, again=again))
        self.done.emit()

    def _carry_out(
        self, words: str, use_case: Callable[..., Any], *given: Any, quiet: bool = True, **named: Any
    ) -> None:
        """Carry out a use case which the history can take back; the grid itself shows that it is done."""
        workspace, actor = self._context.workspace, self._context.actor
        _value, seq = workspace.numbered(actor, use_case, *given, **named)
        back = TakeBack(workspace, lambda: self._context.actor, seq, tr("Undo: {what}", what=words))
        self._context.undoing.did(words, back, quiet=quiet)

    # --- pasting ---
    def paste(self, place: Place, text: str) -> None:
        """Times or hand-ins from a spreadsheet, from this cell down and right, in one operation."""
        book, lines = self.book, block(text)
        if book is None or not lines:
            return
        good: list[tuple[Place, Given]] = []
        for at, value in self._cells_under(place, lines):
            try:
                good.append((at, book.read(*at, value)))
            except Refusal as refusal:
                self.model.keep_wrong(at, Wrong(value, refusal.said))
        if good:
            self._record(book, good)
        self.done.emit()
        over = len(lines) - (self.model.rowCount() - self.model.find(place).row())
        if over > 0:
            self._context.asking.note(
                tr("{n} line was left over: no entry stands below the last.|"
                   "{n} lines were left over: no entry stands below the last.", n=over)
            )  # fmt: skip

    def _record(self, book: FloorBook, good: Sequence[tuple[Place, Given]]) -> None:
        seconds = {key: one for _at, given in good for key, one in given.seconds.items()}
        submitted = {key: one for _at, given in good for key, one in given.submitted.items()}
        words = tr("{n} time pasted|{n} times pasted", n=len(good))
        try:
            self._carry_out(
                words, floor_record.record_many, book.module.event_id, *book.here, seconds=seconds,
                submitted=submitted, quiet=False,
            )  # fmt: skip
        except Refusal as refusal:
            self._context.asking.refused(refusal, tr("Nothing was pasted"))
            return
        for at, _given in good:
            self.model.keep_wrong(at, None)

    def _cells_under(self, place: Place, lines: list[list[str]]) -> list[tuple[Place, str]]:
        """The cells the pasted lines fall on; an empty one changes nothing."""
        start = self.model.find(place)
        found = []
        for down, line in enumerate(lines):
            for right, value in enumerate(line):
                at = self.model.place(self.model.index(start.row() + down, start.column() + right))
                if at is not None and value and at[1] not in NOT_TYPED and not self.model.is_locked(at):
                    found.append((at, value))
        return found
