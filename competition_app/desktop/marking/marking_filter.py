"""The bar over the marking grid: first or second typing, which attempt, whose sheets, which one."""

from PySide6.QtWidgets import QWidget

from competition_app.desktop.look import theme
from competition_app.desktop.marking.marking_books import SheetBook
from competition_app.desktop.marking.marking_hands import Book
from competition_app.desktop.marking.marking_sheets import DIFFER, FIRST, SECOND
from competition_app.desktop.parts.controls import ElidedText, Ground, Selector, Text
from competition_app.desktop.parts.parts import Segment, Segments, row
from competition_app.i18n import tr


class MarkingFilter(Ground):
    """What the grid shows. Its views count what waits for the second typing and what differs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", "bottom", parent=parent)
        self.views = Segments([Segment(FIRST, tr("First typing"))], tr("Typing"))
        self.attempts = Selector(tr("Attempt"))
        self.sheet = ElidedText("", "strong")
        self.sheet.setSizePolicy(self.sheet.sizePolicy().Policy.Maximum, self.sheet.sizePolicy().Policy.Fixed)
        self.place_text = Text("", "body", "inkSecondary")
        self.setFixedHeight(theme.px("height.filterBar"))
        self._before, self._after = QWidget(), QWidget()
        line = row(self.views, self.attempts, self._before, self.sheet, self.place_text, self._after,
                   gap=2, margins=(4, 0, 4, 0))  # fmt: skip
        line.setStretch(2, 1)
        line.setStretch(5, 1)
        self.setLayout(line)

    @property
    def attempt(self) -> int:
        """The attempt that is shown."""
        return int(self.attempts.currentData() or 1)

    def show_attempts(self, tries: int) -> None:
        """Offer so many attempts; one alone is not offered."""
        self.attempts.set_choices([(n, tr("Attempt {n}", n=n)) for n in range(1, tries + 1)])
        self.attempts.setVisible(tries > 1)

    def show_views(self, book: Book) -> bool:
        """Offer the second typing where there is one; whether there is."""
        double = isinstance(book, SheetBook) and book.grid is not None and book.grid.double_entry
        self.views.setVisible(double)
        self._before.setVisible(double)
        self._after.setVisible(not double)
        if isinstance(book, SheetBook) and double:
            again, differing = book.counts
            self.views.set_segments([
                Segment(FIRST, tr("First typing")),
                Segment(SECOND, tr("Second typing"), again or None),
                Segment(DIFFER, tr("Differing"), differing or None, "seal"),
            ])  # fmt: skip
        elif self.views.key() != FIRST:
            self.views.choose(FIRST)
        return double

    def show_sheet(self, whose: str, at: int, among: int) -> None:
        """Say whose sheets these are and where one stands among them; ``at`` −1: on none."""
        self.sheet.set_text(whose)
        self.place_text.setText(tr("sheet {n} of {all}", n=at + 1, all=among) if at >= 0 else tr("no sheets"))
