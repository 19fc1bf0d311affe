"""The badges of the navigation: what must be done where, counted anew after each write that concerns it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from competition_app.desktop.frame.page import Context
from competition_app.desktop.frame.page_list import Badge
from competition_app.desktop.jobs import JobWords
from competition_app.i18n import tr
from competition_app.services import badges
from competition_app.services.badges import Due
from competition_app.services.competitions import overview
from competition_app.services.progress import Progress

RECKONED = frozenset({
    "events", "divisions", "plan_versions", "entries", "judges", "assignments", "works", "sheets", "marks",
    "mark_versions", "scores", "module_facts", "penalties", "rulings", "recusals",
})  # fmt: skip
"""Tables whose writes change what takes reckoning."""


class Badges(QObject):
    """Asks the store what must be done and shows it; ``show`` gets a page's key and its badge."""

    def __init__(self, context: Context, show: Callable[[str, Badge], None], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._show = context, show
        self._busy, self._again, self._gone = False, False, False

    def count(self) -> None:
        """Count what is quickly counted, and show it."""
        context = self._context
        self._tell(context.workspace.ask(badges.counted, context.competition_id))

    def reckon(self) -> None:
        """Let a quiet job find what takes longer; a wish that comes meanwhile is done after it."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        ask, competition = self._context.workspace.ask, self._context.competition_id

        def work(_progress: Progress) -> Mapping[str, Due]:
            return ask(badges.reckoned, competition, ask(overview.findings, competition))

        job = self._context.jobs.start(
            JobWords(tr("Counting what must be done")), work, self._tell, quiet=True
        )
        job.ended.connect(self._ended)

    def written(self, tables: frozenset[str]) -> None:
        """Something was written: count again what it concerns."""
        if tables & {"registrations", "certificates"}:
            self.count()
        if tables & RECKONED:
            self.reckon()

    def forget(self) -> None:
        """The frame goes: show nothing any more."""
        self._gone = True

    def _ended(self) -> None:
        self._busy = False
        if self._again and not self._gone:
            self._again = False
            self.reckon()

    def _tell(self, found: Mapping[str, Due]) -> None:
        for key, due in found.items() if not self._gone else ():
            self._show(key, Badge(due.count, "bad" if due.blocks else "wait"))
