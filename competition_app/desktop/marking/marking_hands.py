"""What a recorder's keys do: cells entered at once, refusals kept at their cell, pasting, taking back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from competition_app.desktop.frame.asking import Asking
from competition_app.desktop.frame.undoing import Undoing
from competition_app.desktop.marking.marking_books import Change, SheetBook
from competition_app.desktop.marking.marking_model import MarkingModel, Place
from competition_app.desktop.marking.marking_scores import ScoreBook
from competition_app.desktop.marking.marking_typing import Typed, block, mend
from competition_app.desktop.marking.marking_values import Look, Wrong
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.obstacles import Obstacle
from competition_app.domain.errors import Refusal
from competition_app.domain.scoring.facts import Outcome
from competition_app.i18n import in_use, tr

Book = SheetBook | ScoreBook


@dataclass(frozen=True, slots=True)
class CellsBack:
    """Takes back the cells entered into a book in one go; ``told`` hears of it."""

    book: Book
    changes: tuple[Change, ...]
    told: Callable[[Book, tuple[Change, ...]], None]

    def carry_out(self) -> "CellsBack":
        """Each cell as it stood before, in a new version."""
        back = tuple(self.book.take_back(self.changes))
        self.told(self.book, back)
        return CellsBack(self.book, back, self.told)


class MarkingHands(QObject):
    """Enters what is typed into the open book. ``done`` tells that something was entered or refused.

    A figure that does not stand is kept at its cell in the model; nothing typed is ever lost.
    """

    done = Signal()

    def __init__(self, asking: Asking, undoing: Undoing, parent: QObject) -> None:
        super().__init__(parent)
        self._asking, self._undoing = asking, undoing
        self.model = MarkingModel(self.enter, self)
        self.book: Book | None = None

    def open(self, book: Book | None) -> None:
        """Go on in another book; figures that do not stand stay with theirs."""
        self.book = book
        self.model.change_book(book.key if book else None)

    def enter(self, sheet: int, code: str, text: str) -> None:
        """Enter what was typed into a cell; blank takes the mark back."""
        place, book = (sheet, code), self.book
        if book is None:
            return
        try:
            typed = book.read(code, text)
        except Refusal as refusal:
            self._keep(place, text, refusal)
            return
        if typed is None:
            self.clear(place)
        else:
            self._enter_one(place, typed, text)

    def answer(self, place: Place, yes: bool) -> None:
        """Yes or no for a check."""
        self._enter_one(place, yes, "1" if yes else "0")

    def _enter_one(self, place: Place, typed: Typed, text: str) -> None:
        book = self.book
        if book is None:
            return
        go, reason = self._reason([place])
        if not go:
            return
        try:
            changes = book.enter([(place, typed)], reason)
        except Refusal as refusal:
            self.model.keep_wrong(place, Wrong(text, refusal.said, again=True))
            self.done.emit()
            return
        self.model.keep_wrong(place, None)
        self._remember(f"{self.model.where(place)} {text}", changes)
        self._store_the_rest()

    def _store_the_rest(self) -> None:
        """Something could be stored: so are the marks now that could not be before; one that cannot stays."""
        waiting = [(place, wrong) for place, wrong in self.model.all_wrong() if wrong.again]
        for place, wrong in waiting:
            if self.book is None or self.book.needs_reason(place):
                continue
            try:
                typed = self.book.read(place[1], wrong.text)
                changes = self.book.enter([(place, typed)], None) if typed is not None else []
            except Refusal as refusal:
                self.model.keep_wrong(place, Wrong(wrong.text, refusal.said, again=True))
                return
            self.model.keep_wrong(place, None)
            self._remember(f"{self.model.where(place)} {wrong.text}", changes)

    def _keep(self, place: Place, text: str, refusal: Refusal) -> None:
        book = self.book
        assert book is not None
        meant = mend(text, lambda value: book.takes(place[1], value))
        self.model.keep_wrong(place, Wrong(text, refusal.said, meant))
        self.done.emit()

    def take_mend(self, place: Place) -> None:
        """Enter the figure that was offered, or the one that could not be stored."""
        wrong = self.model.wrong(place)
        if wrong and (wrong.mend or wrong.again):
            self.enter(*place, wrong.mend or wrong.text)

    def refuse(self, place: Place) -> None:
        """A key for a cell into which nothing may be entered: say why."""
        said = self.model.why_locked(place)
        if said is not None:
            self._asking.note(in_use().say(said))

    def absent(self, place: Place) -> None:
        """Q: the judge gave no mark."""
        if self.book is not None and not self.model.is_locked(place):
            book = self.book
            self._try(place, lambda reason: book.absent(place, reason), tr("No mark"))

    def clear(self, place: Place) -> None:
        """Delete: a figure that does not stand is forgotten, else the mark is taken back."""
        if self.model.wrong(place):
            self.model.keep_wrong(place, None)
            self.done.emit()
        elif self.book is not None and self.model.has_mark(place) and not self.model.is_locked(place):
            book = self.book
            self._try(place, lambda reason: book.clear(place, reason), tr("taken back"))

    def _try(self, place: Place, deed: Callable[[str | None], Sequence[Change]], what: str) -> None:
        go, reason = self._reason([place])
        if not go:
            return
        try:
            changes = deed(reason)
        except Refusal as refusal:
            self._asking.refused(refusal)
            return
        self.model.keep_wrong(place, None)
        self._remember(f"{self.model.where(place)} {what}", changes)

    def _reason(self, places: Sequence[Place]) -> tuple[bool, str | None]:
        """Where a sheet counts already, the reason of its correction; False where it was left with Esc."""
        if self.book is None or not any(self.book.needs_reason(place) for place in places):
            return True, None
        field = Field(tr("Reason of the correction"))

        def check() -> bool:
            field.refuse(
                "" if field.text() else tr("Write why the mark is corrected; it stands in the history.")
            )
            return bool(field.text())

        lead = tr("{where}: this sheet counts already. The mark that stood stays in the record.",
                  where=self.model.where(places[0]))  # fmt: skip
        if not self._asking.form(
            tr("Correct a mark that counts?"), lead, [field], tr("Correct the mark"), check
        ):
            return False, None
        return True, field.text()

    # --- pasting ---
    def paste(self, place: Place, text: str) -> None:
        """A column (or block) from a spreadsheet, from this cell down and right, in one operation."""
        book = self.book
        lines = block(text)
        if book is None or not lines:
            return
        marks: list[tuple[Place, Typed]] = []
        for at, value in self._cells_under(place, lines):
            try:
                typed = book.read(at[1], value)
            except Refusal as refusal:
                self._keep(at, value, refusal)
                continue
            if typed is not None:
                marks.append((at, typed))
        pasted = bool(marks) and self._enter_many(marks)
        self._tell_left_over(place, lines, self._undoing.undo if pasted else None)

    def _enter_many(self, marks: list[tuple[Place, Typed]]) -> bool:
        """Enter marks in one operation; whether they were."""
        assert self.book is not None
        go, reason = self._reason([place for place, _typed in marks])
        if not go:
            return False
        try:
            changes = self.book.enter(marks, reason)
        except Refusal as refusal:
            self._asking.refused(refusal, tr("Nothing was pasted"))
            return False
        for place, _typed in marks:
            self.model.keep_wrong(place, None)
        words = tr("{n} mark pasted|{n} marks pasted", n=len(marks))
        self._remember(words, changes, quiet=False)
        return True

    def _cells_under(self, place: Place, lines: list[list[str]]) -> list[tuple[Place, str]]:
        start = self.model.find(place)
        found = []
        for down, line in enumerate(lines):
            for right, value in enumerate(line):
                index = self.model.index(start.row() + down, start.column() + right)
                at = self.model.place(index)
                if at is not None and value and not self.model.is_locked(at):
                    found.append((at, value))
        return found

    def _tell_left_over(self, place: Place, lines: list[list[str]], undo: Callable[[], None] | None) -> None:
        """Say what was not pasted; ``undo`` takes back what was, whose own note this one follows."""
        here = self.model.find(place).row()
        over = len(lines) - (self.model.rowCount() - here)
        under = range(here, self.model.rowCount())
        closed = sum(
            any(line) and self.model.rows[at].locked is not None
            for at, line in zip(under, lines, strict=False)
        )
        if closed:
            self._asking.note(
                tr("{n} line was left out: nothing is to be entered there.|"
                   "{n} lines were left out: nothing is to be entered there.", n=closed), undo,
            )  # fmt: skip
        elif over > 0:
            self._asking.note(
                tr("{n} line was left over: no sheet stands below the last.|"
                   "{n} lines were left over: no sheet stands below the last.", n=over), undo,
            )  # fmt: skip

    # --- handing over ---
    def refuse_handing_over(self, go: Callable[[Place], None]) -> bool:
        """Say which figures do not stand, each with the way to it; False where all stand."""
        wrong, say = list(self.model.all_wrong()), in_use().say
        if not wrong:
            return False
        word = tr("Go to the cell")
        obstacles = [
            Obstacle(f"{self.model.where(place)} {one.text}", say(one.said), word, partial(go, place))
            for place, one in wrong[:6]
        ]
        lead = tr("{n} figure does not stand.|{n} figures do not stand.", n=len(wrong))
        self._asking.obstacles(tr("These sheets cannot be handed over yet"), lead, obstacles)
        return True

    # --- undo ---
    def _remember(self, words: str, changes: Sequence[Change], *, quiet: bool = True) -> None:
        if changes and self.book is not None:
            step = CellsBack(self.book, tuple(changes), self._taken_back)
            self._undoing.did(words, step, quiet=quiet)
        self.done.emit()

    def _taken_back(self, book: Book, changes: Sequence[Change]) -> None:
        if self.book is not None and self.book.key == book.key:
            for change in changes:
                self.model.keep_wrong(change.place, None)
        self.done.emit()

    def say_points(self, place: Place, text: str) -> tuple[str, str, str]:
        """The mark as typed, its points (or why there are none), and the ink role of the answer."""
        if self.book is None:
            return "", "—", "inkTertiary"
        try:
            typed = self.book.read(place[1], text)
        except Refusal as refusal:
            at = self.model.find(place)
            stands = self.model.face(at.row(), at.column())
            if stands.look is Look.ABSENT and stands.text == text:  # a word that stands there, no mark
                return text, "—", "inkTertiary"
            return text, in_use().say(refusal), "bad"
        if isinstance(typed, Outcome):
            return tr("No mark") if typed is Outcome.ABSENT else "DNF", "—", "inkTertiary"
        mark, points = self.book.points(place[1], typed)
        return (
            (mark, points, "inkTertiary")
            if points == "—"
            else (mark, tr("{n} points@score", n=points), "ink")
        )
