"""为什么是这个名次: whose place, the derivation as a ladder, neighbours, what decided."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QWidget

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.marking.floor.floor_aim import FloorAim
from competition_app.desktop.parts.controls import Button, Rule, Text, draw_box, square_button
from competition_app.desktop.parts.obstacles import Well
from competition_app.desktop.parts.parts import SidePanel, clear, column, on_click, row
from competition_app.desktop.parts.pills import Pill
from competition_app.desktop.results.ladder import Ladder
from competition_app.desktop.results.results_table import STATES, ResultRow
from competition_app.desktop.results.results_words import Explained, explained, say
from competition_app.desktop.results.why_printing import Asked, WhyPrinting
from competition_app.i18n import tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.plans import plans
from competition_app.services.results import derivations


def entry_head(place: int | None, name: str, number: str, organisation: str) -> QLayout:
    """Who is explained: the place on its tile, the name, number and unit beside it."""
    said = tr("No. {number}, {organisation}", number=number, organisation=organisation)
    who = column(Text(name, "section", wrap=True), Text(said, "caption", "inkTertiary", wrap=True), gap=0)
    made = row(PlaceTile("—" if place is None else str(place)), who, gap=3)
    made.setStretch(1, 1)
    return made


class PlaceTile(QWidget):
    """The place in large figures on a quiet tile."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place
        side = theme.px("measure.placeTile")
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint tile, figure and word."""
        painter = QPainter(self)
        draw_box(painter, self.rect(), theme.color("sunken"), None, theme.px("radius.iconTile"))
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        half = self.height() * 3 // 5
        painter.setFont(theme.font("figure" if len(self._place) < 3 else "title"))
        painter.setPen(theme.color("ink"))
        painter.drawText(QRect(0, theme.space(1), self.width(), half), middle, self._place)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("inkSecondary"))
        painter.drawText(
            QRect(0, half, self.width(), self.height() - half - theme.space(1)), middle, tr("Place")
        )


class WhyPanel(SidePanel):
    """Shows the derivation of one entry, and copies it as text. ``compare_asked``: beside another one."""

    compare_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Why this place"))
        self._context = context
        self.set_close_word(tr("Close the panel"))
        self.copy_button = on_click(Button(tr("Copy@explanation"), "copy"), self.copy)
        self.print_button = on_click(Button(tr("Print@explanation"), "printer"), self.print_page)
        self.save_button = on_click(Button("", "download", tip=tr("Save as PDF")), self.save_page)
        for button, stretch in ((self.copy_button, 1), (self.print_button, 1), (self.save_button, 0)):
            self.foot.addWidget(button, stretch)
        self.compare_button = on_click(
            square_button("git-compare", tr("Compare with another entry")), self.compare_asked.emit
        )
        tip = tr("Withdraw, disqualify or penalise: on the floor record")
        self.more_button = on_click(square_button("ellipsis", tip), self._to_floor)
        for button in (self.compare_button, self.more_button):
            self.head.insertWidget(self.head.count() - 1, button)
        self._papers = WhyPrinting(context, self)
        self._shown: Asked | None = None
        self._text = ""

    @property
    def number(self) -> str | None:
        """The number of the entry shown."""
        return self._shown.number if self._shown else None

    def show_row(
        self,
        event: EventRow,
        stage: str,
        chosen: ResultRow,
        rows: Sequence[ResultRow],
        names: Mapping[str, str],
    ) -> None:
        """Show why this entry stands where it stands."""
        clear(self.content)
        why = self._context.workspace.ask(derivations.why, event.id, chosen.number, stage, known=True)
        found = explained(why, chosen, rows, names)
        self.content.addLayout(
            entry_head(chosen.standing.place, chosen.name, chosen.number, chosen.organisation)
        )
        state = STATES.get(chosen.standing.status)
        if state is not None:
            self.content.addLayout(row(Pill(state), None))
        ladder = Ladder()
        ladder.show_rungs(found.rungs)
        self.content.addSpacing(theme.space(1))
        self.content.addWidget(ladder)
        self._below(found, chosen, names)
        self.content.addStretch(1)
        self._text = found.text
        self._shown = Asked(event.id, event.name, chosen.number, stage)

    def _below(self, found: Explained, chosen: ResultRow, names: Mapping[str, str]) -> None:
        self.content.addWidget(Rule())
        for place, who, apart in found.neighbours:
            first = Text(place, "caption", "inkTertiary")
            first.setFixedWidth(theme.px("column.number"))
            line = row(
                first, Text(who, "body", wrap=True), None, Text(apart, "caption", "inkSecondary"), gap=0
            )
            self.content.addLayout(line)
        if found.tied:
            self.content.addWidget(Text(found.tied, "strong", wrap=True))
        for sentence in found.sentences:
            self.content.addWidget(Text(sentence, "paragraph", "inkSecondary", wrap=True))
        for problem in chosen.standing.problems:
            self.content.addWidget(Well("triangle-alert", say(problem, names), "wait"))

    def _to_floor(self) -> None:
        """The entry's row on the floor record of its stage, where its standing is changed."""
        if self._shown is None:
            return
        found = self._context.workspace.ask(plans.modules, self._shown.event_id)
        here = [one for one in found if one.stage == self._shown.stage and one.kind != "members"]
        if here:
            place = (self._shown.event_id, self._shown.stage, here[0].module, self._shown.number)
            self._context.aim("marking", FloorAim(*place))
        else:
            self._context.asking.note(tr("This result is made from other events: look for the entry there."))

    def copy(self) -> None:
        """Put the explanation on the clipboard as text."""
        QGuiApplication.clipboard().setText(self._text)
        self._context.asking.note(tr("The explanation is on the clipboard."))

    def print_page(self) -> None:
        """The page for the contestant, through the print preview."""
        if self._shown is not None:
            self._papers.print_page(self._shown)

    def save_page(self) -> None:
        """The page for the contestant as a PDF."""
        if self._shown is not None:
            self._papers.save_page(self._shown)
