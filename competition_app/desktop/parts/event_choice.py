"""The selector of an event beside a page's title; the choice is shared by all pages."""

from PySide6.QtCore import Signal

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Selector
from competition_app.i18n import tr
from competition_app.services.competitions import competitions
from competition_app.services.competitions.competitions import EventRow


class EventChoice(Selector):
    """Offers the competition's events. ``event_chosen`` tells the event when a person chose another."""

    event_chosen = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Event"), width=theme.px("measure.selectorWidth"))
        self._context = context
        self.rows: tuple[EventRow, ...] = ()
        self.currentIndexChanged.connect(self._changed)

    def reload(self) -> EventRow | None:
        """Ask for the events again; the chosen one, None where there is no event."""
        self.rows = self._context.workspace.ask(competitions.events, self._context.competition_id)
        self.set_choices([(row.id, row.name) for row in self.rows], self._context.event_id)
        row = self.chosen_event()
        if row is not None:
            self._context.choose_event(row.id)
        return row

    def chosen_event(self) -> EventRow | None:
        """The chosen event."""
        chosen = self.currentData()
        return next((row for row in self.rows if row.id == chosen), None)

    def _changed(self) -> None:
        row = self.chosen_event()
        if row is not None:
            self._context.choose_event(row.id)
            self.event_chosen.emit(row.id)
