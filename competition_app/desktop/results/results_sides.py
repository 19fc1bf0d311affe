"""What stands at the right of the standings: why this place, two entries side by side, or the look back."""

from collections.abc import Mapping, Sequence
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import SidePanel, row
from competition_app.desktop.results.afterwards.afterwards_panel import AfterwardsPanel
from competition_app.desktop.results.compare_panel import ComparePanel
from competition_app.desktop.results.results_panel import WhyPanel
from competition_app.desktop.results.results_table import ResultRow
from competition_app.i18n import tr
from competition_app.services.competitions.competitions import EventRow

Shown = Literal["why", "compare", "look", ""]
PAIR = 2


class Sides(QWidget):
    """One of three panels at a time; none where it was closed. ``closed`` tells of the cross."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.why, self.compare, self.look = WhyPanel(context), ComparePanel(context), AfterwardsPanel(context)
        self._panels: dict[str, SidePanel] = {"why": self.why, "compare": self.compare, "look": self.look}
        self.shown: Shown = "why"
        self._event: EventRow | None = None
        self._stage = ""
        self._rows: Sequence[ResultRow] = ()
        self._names: Mapping[str, str] = {}
        self.setLayout(row(*self._panels.values(), gap=0))
        for panel in self._panels.values():
            panel.closed.connect(self.closed)
            panel.hide()
        self.why.compare_asked.connect(self.ask_for_pair)

    def about(self, event: EventRow, stage: str, rows: Sequence[ResultRow], names: Mapping[str, str]) -> None:
        """What the panels speak of from now on."""
        self._event, self._stage, self._rows, self._names = event, stage, rows, names

    def panel(self) -> SidePanel | None:
        """The panel that is shown."""
        return self._panels.get(self.shown)

    def show_side(self, shown: Shown) -> None:
        """Show this panel in place of the others."""
        self.shown = shown
        for key, panel in self._panels.items():
            panel.setVisible(key == shown)
        self.setVisible(bool(shown))

    def show_chosen(self, chosen: ResultRow | None) -> None:
        """Why the chosen row stands where it stands; nothing where none is chosen."""
        if chosen is None or self._event is None:
            self.show_side("")
            return
        self.why.show_row(self._event, self._stage, chosen, self._rows, self._names)
        self.show_side("why")

    def show_pair(self, pair: tuple[str, str]) -> None:
        """Two entries side by side; where they cannot be compared, say why."""
        if self._event is None:
            return
        refused = self.compare.show_pair(self._event, self._stage, pair, self._names)
        if refused:
            self._context.asking.note(refused)
        else:
            self.show_side("compare")

    def speaks_of(self, rows: Sequence[ResultRow]) -> bool:
        """Whether these rows are among the two that stand side by side."""
        return bool(rows) and {one.number for one in rows} <= set(self.compare.pair or ())

    def ask_for_pair(self) -> None:
        """Ask with whom the entry shown is compared; the one printed next is proposed."""
        number = self.why.number
        here = next((at for at, one in enumerate(self._rows) if one.number == number), None)
        if number is None or here is None or len(self._rows) < PAIR:
            self._context.asking.note(tr("There is nobody to compare with."))
            return
        field = Field(tr("Number of the other entry"))
        field.set_text(self._rows[here + 1 if here + 1 < len(self._rows) else here - 1].number)
        known = {one.number for one in self._rows}

        def check() -> bool:
            wrong = field.text() not in known or field.text() == number
            field.refuse(tr("No other entry of this table has this number.") if wrong else "")
            return not wrong

        title = tr("Compare No. {number} with whom?", number=number)
        lead = tr("You can also choose two rows in the table with Ctrl.")
        if self._context.asking.form(title, lead, [field], tr("Compare"), check):
            self.show_pair((number, field.text()))

    def fit(self, window: int) -> None:
        """More room widens the panels; ``window`` is its width."""
        for panel in self._panels.values():
            panel.fit(wide=window >= theme.px("window.wideFrom"))
