"""At the foot of the marking grid: the sentence about a figure that does not stand, and the keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.marking.marking_values import Wrong
from competition_app.desktop.parts.controls import Button, ElidedText, Ground, draw_box, ink
from competition_app.desktop.parts.parts import on_click, row
from competition_app.desktop.parts.sentences import joined
from competition_app.i18n import in_use, tr

if TYPE_CHECKING:
    from competition_app.desktop.marking.marking_grid import MarkingGrid
    from competition_app.desktop.marking.marking_model import Place


class MessageBar(Ground):
    """What is wrong at which cell, the mend offered for it, and the way back to the cell."""

    mended = Signal()
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunken", "top", parent=parent)
        self.setFixedHeight(theme.px("height.messageBar"))
        self.sentence = ElidedText("", "strong", "bad")
        self.more = ElidedText("", "body", "inkSecondary")
        self.mend = on_click(Button("", small=True), self.mended.emit)
        self.return_to = on_click(
            Button(tr("Back to the cell"), "corner-up-left", "quiet", small=True), self.back.emit
        )
        self.sentence.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        inner = row(self.sentence, self.more, self.mend, self.return_to, gap=2)
        inner.setStretch(1, 1)
        inner.setContentsMargins(theme.space(7), 0, theme.space(4), 0)
        self.setLayout(inner)
        self.hide()

    def tell(self, where: str, wrong: Wrong | None) -> None:
        """Say what is wrong at a cell; None hides the bar."""
        self.setVisible(wrong is not None)
        if wrong is None:
            return
        self.sentence.set_text(
            tr("{where} {typed}: {why}", where=where, typed=wrong.text, why=in_use().say(wrong.said))
        )
        probably = tr("Was {mend} meant?", mend=wrong.mend) if wrong.mend else ""
        kept = tr("This sheet does not count until it is mended.")
        self.more.set_text(tr("What was typed is kept here.") if wrong.again else joined((probably, kept)))
        self.mend.setVisible(wrong.again or wrong.mend is not None)
        self.mend.setText(tr("Save again") if wrong.again else tr("Change to {mend}", mend=wrong.mend or ""))
        self.mend.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the sign."""
        super().paintEvent(event)
        side = theme.px("icon.normal")
        icons.draw(QPainter(self), "octagon-alert", QRect(theme.space(4), 0, side, self.height()), ink("bad"))


class WrongFigure(QObject):
    """Keeps the bar about the current cell's wrong figure, else about the first, and leads back to it.

    ``mend`` enters the figure that is offered for a cell.
    """

    def __init__(self, bar: MessageBar, grid: "MarkingGrid", mend: Callable[["Place"], None]) -> None:
        super().__init__(grid)
        self._bar, self._grid, self._mend = bar, grid, mend
        bar.mended.connect(self._take_mend)
        bar.back.connect(self._back)

    def _place(self) -> "Place | None":
        return self._grid.marks.wrong_place(self._grid.place())

    def show(self) -> None:
        """Say what is wrong now; nothing hides the bar."""
        place, model = self._place(), self._grid.marks
        self._bar.tell(model.where(place) if place else "", model.wrong(place))

    def _take_mend(self) -> None:
        place = self._place()
        if place:
            self._mend(place)
            self._grid.go(place)

    def _back(self) -> None:
        place = self._place()
        if place:
            self._grid.go(place)


class KeyBar(Ground):
    """The keys of the grid, always shown; the last ones go when the window is too narrow for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", "top", parent=parent)
        self.setFixedHeight(theme.px("height.keyBar"))
        self._scores = False

    def show_for(self, *, scores: bool) -> None:
        """``scores``: one score an entry, without judges and without criteria of yes or no."""
        self._scores = scores
        self.update()

    def keys(self) -> list[tuple[tuple[str, ...], str]]:
        """The key caps and what they do."""
        own = [((tr("Space@key"),), tr("yes or no")), (("Q",), tr("judge absent"))]
        return [
            (("0–9",), tr("type a mark")), (("Enter",), tr("next cell")), (("↑", "↓", "←", "→"), tr("move")),
            *([(("Q",), tr("entry absent"))] if self._scores else own), (("F2",), tr("edit")),
            (("Ctrl", "Z"), tr("undo@key")), (("Ctrl", "V"), tr("paste a column")),
        ]  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint caps and words."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        metrics = QFontMetrics(theme.font("caption"))
        left, small, pad = theme.space(4), theme.space(1), theme.space(1)
        for caps, word in self.keys():
            widths = [max(metrics.horizontalAdvance(cap), theme.space(2)) + 2 * pad for cap in caps]
            whole = sum(widths) + small * len(caps) + small + metrics.horizontalAdvance(word)
            if left + whole > self.width():
                return
            left = self._paint(painter, left, list(zip(caps, widths, strict=True)), word) + theme.space(4)

    def _paint(self, painter: QPainter, left: int, caps: list[tuple[str, int]], word: str) -> int:
        high = theme.px("height.pill")
        for cap, width in caps:
            box = QRect(left, (self.height() - high) // 2, width, high)
            painter.save()
            draw_box(painter, box, theme.color("surface"), theme.color("lineStrong"), theme.px("radius.pill"))
            painter.restore()
            painter.setPen(theme.color("inkSecondary"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cap)
            left += width + theme.space(1)
        text = QRect(
            left + theme.space(1), 0, painter.fontMetrics().horizontalAdvance(word) + 1, self.height()
        )
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
        return text.right()
