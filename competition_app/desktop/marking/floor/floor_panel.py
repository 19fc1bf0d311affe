"""Beside the floor record: the chosen entry, its penalties with who gave them, and who competes no more."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from competition_app.desktop.look import theme
from competition_app.desktop.marking.floor.floor_book import FloorBook
from competition_app.desktop.marking.floor.floor_deeds import offered, taken_off
from competition_app.desktop.parts.controls import Button, ElidedText, Rule, Text
from competition_app.desktop.parts.parts import SidePanel, clear, column, facts, on_click, row
from competition_app.desktop.parts.pills import Pill
from competition_app.domain.errors import Said
from competition_app.domain.ranking.result import Status
from competition_app.i18n import in_use, tr
from competition_app.services.judging.floor_record import FloorRow, PenaltyTold

WORDS: Mapping[Status, tuple[Said, str]] = {
    Status.DISQUALIFIED: (Said("Disqualify…"), "danger"),
    Status.WITHDRAWN: (Said("Withdraws…"), "plain"),
    Status.OUT_OF_COMPETITION: (Said("Out of competition…"), "plain"),
    Status.RANKED: (Said("Reinstate…"), "plain"),
}


class FloorPanel(SidePanel):
    """``penalised`` asks for a penalty, ``withdrawn`` for one to be withdrawn, ``changed`` for a standing."""

    penalised = Signal()
    withdrawn = Signal(object)
    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Entry@grid"), parent)
        self.close_button.hide()
        self.name = ElidedText("", "body", "inkSecondary")
        self.pill = Pill()
        self.head.insertWidget(1, self.name, 1)
        self.head.addWidget(self.pill)
        self.add = on_click(Button(tr("Add a penalty"), "circle-minus", small=True), self.penalised.emit)
        self.add.setParent(self)
        self.add.hide()
        self.deeds: dict[Status, Button] = {
            status: on_click(Button(in_use().say(said), "", variant), partial(self.changed.emit, status))  # type: ignore[arg-type]
            for status, (said, variant) in WORDS.items()
        }
        for button in self.deeds.values():
            button.setParent(self)
        self._lines = (row(None, gap=2), row(None, gap=2))
        self.foot.addLayout(column(*self._lines, gap=2))
        self.withdraws: list[Button] = []
        self._shown: object = None

    def show_entry(self, book: FloorBook, entry: FloorRow | None, penalties: Sequence[PenaltyTold]) -> None:
        """Show an entry and its penalties; None: there is none."""
        shown = (book.key, entry, tuple(penalties))
        if shown == self._shown:
            return
        self._shown = shown
        self.title.setText(entry.number if entry else tr("No entry chosen"))
        self.name.set_text(entry.name if entry else "")
        self.pill.set_state(book.state(entry) if entry else None)
        self._offer(offered(entry.status) if entry else ())
        self.add.hide()
        self.add.setParent(self)
        clear(self.content)
        self.withdraws = []
        if entry is not None:
            self._fill(book, entry, penalties)
        self.content.addStretch(1)
        self.reveal()

    def _offer(self, statuses: Sequence[Status]) -> None:
        """Show these deeds, in a second line what the first has no room for."""
        room = self.width() - 2 * theme.space(4)
        for button in self.deeds.values():
            button.hide()
            for line in self._lines:
                line.removeWidget(button)
        for status in statuses:
            button = self.deeds[status]
            width = button.sizeHint().width() + theme.space(2)
            line = self._lines[0] if width <= room else self._lines[1]
            line.insertWidget(line.count() - 1, button)
            button.show()
            room -= width

    def _fill(self, book: FloorBook, entry: FloorRow, penalties: Sequence[PenaltyTold]) -> None:
        if entry.reason:
            self.content.addLayout(facts([(tr("Reason"), entry.reason, "ink")]))
        self.content.addLayout(row(Text(tr("Penalties@floor"), "strong"), None, self.add))
        self.add.show()
        if not penalties:
            self.content.addWidget(Text(tr("None is recorded."), "body", "inkTertiary"))
        for penalty in penalties:
            self.content.addWidget(Rule())
            self.content.addLayout(self._penalty(book, penalty))

    def _penalty(self, book: FloorBook, penalty: PenaltyTold) -> QVBoxLayout:
        gone = penalty.withdrawn is not None
        points = tr("{n} points off", n=penalty.points) if penalty.points != "0" else tr("Disqualified")
        amount = Text(points, "strong", "inkTertiary" if gone else "ink")
        if gone:
            font = QFont(amount.font())
            font.setStrikeOut(True)
            amount.setFont(font)
        top = row(amount, Text(taken_off(penalty, book.stage), "body", "inkSecondary"), None, gap=2)
        lines = column(top, Text(penalty.reason, "body", "inkTertiary" if gone else "ink", wrap=True), gap=1)
        if penalty.withdrawn is not None:
            said = tr("Withdrawn: {reason}", reason=penalty.withdrawn)
            lines.addWidget(Text(said, "body", "inkSecondary", wrap=True))
        else:
            withdraw = Button(tr("Withdraw…@penalty"), "undo-2", "quiet", small=True)
            top.addWidget(on_click(withdraw, partial(self.withdrawn.emit, penalty)))
            self.withdraws.append(withdraw)
        if penalty.by and penalty.at:
            lines.addWidget(Text(f"{penalty.by} {_when(penalty.at)}", "caption", "inkTertiary"))
        return lines

    def regions(self) -> list[QWidget]:
        """Where F6 goes."""
        return [self.add]


def _when(at: str) -> str:
    moment = datetime.fromisoformat(at).astimezone()
    today = moment.date() == datetime.now().astimezone().date()
    return f"{moment:%H:%M}" if today else f"{moment:%m-%d %H:%M}"
