"""The panel of what may be looked at once a result is locked: suppositions, judges, the spread of scores."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from competition_app.desktop.frame.page import Context
from competition_app.desktop.parts.parts import Segment, Segments, SidePanel
from competition_app.desktop.results.afterwards.judges_view import JudgesView
from competition_app.desktop.results.afterwards.spread_view import SpreadView
from competition_app.desktop.results.afterwards.what_if_view import WhatIfView
from competition_app.i18n import tr
from competition_app.services.competitions.competitions import EventRow


class AfterwardsPanel(SidePanel):
    """Three views under one another's segments; hidden while the result is not locked."""

    def __init__(self, context: Context) -> None:
        super().__init__(tr("A look back"))
        self.set_close_word(tr("Close the panel"))
        self._event: EventRow | None = None
        self._stage = ""
        self._division: str | None = None
        self._modules: Sequence[str] = ()
        self._names: Mapping[str, str] = {}
        self.segments = Segments(
            [Segment("what_if", tr("What if")), Segment("judges", tr("Judges@look back")),
             Segment("spread", tr("Scores@look back"))],
            tr("What is looked at"),
        )  # fmt: skip
        self.what_if, self.judges, self.spread = WhatIfView(context), JudgesView(context), SpreadView(context)
        self.content.addWidget(self.segments)
        self._views: dict[str, QWidget] = {
            "what_if": self.what_if, "judges": self.judges, "spread": self.spread
        }  # fmt: skip
        for view in self._views.values():
            self.content.addWidget(view, 1)
        self.segments.chosen.connect(self._show)
        self._show(self.segments.key())

    def _show(self, key: str) -> None:
        for name, view in self._views.items():
            view.setVisible(name == key)
        event = self._event
        if event is None:
            return
        if key == "what_if":
            self.what_if.show_event(event, self._stage, self._names)
        elif key == "judges":
            self.judges.show_event(event, self._stage)
        else:
            self.spread.show_event(event, self._stage, self._division, self._modules, self._names)

    def show_event(
        self,
        event: EventRow,
        stage: str,
        division: str | None,
        modules: Sequence[str],
        names: Mapping[str, str],
    ) -> None:
        """Look at this event's stage and division; only the view that is shown asks."""
        self._event, self._stage, self._division = event, stage, division
        self._modules, self._names = modules, names
        self._show(self.segments.key())
