"""Brings what the page of results shows: at once where it is at hand or small, else by a quiet job."""

from PySide6.QtCore import QObject, Signal

from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.i18n import tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.progress import Progress
from competition_app.services.results import results
from competition_app.services.results.result_seen import ResultSeen, result_seen

SMALL = 200
"""An event of so few entries is ranked before anybody could see a page without its rows."""
MOMENT_S = 0.05
"""So long a page waits for its rows before it shows itself without them."""

Key = tuple[int, int]
"""The event, and the number of the store's last operation."""


class Seeing(QObject):
    """Keeps what was seen last. ``ready``: what was not at hand is; ask again."""

    ready = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._key: Key | None = None
        self._seen: ResultSeen | None = None
        self._busy = self._asked = self._gone = False

    def of(self, event: EventRow, change: int) -> ResultSeen | None:
        """The event as it stands after this operation; None: it is worked out, and ``ready`` follows."""
        key, ask = (event.id, change), self._context.workspace.ask
        if key != self._key and not self._busy:
            if event.entries <= SMALL or ask(results.kept, event.id):
                self._keep(key, ask(result_seen, event.id))
            else:
                self._work_out(key, event.name)
        return self._seen if key == self._key else None

    def forget(self) -> None:
        """The page goes: tell nobody any more."""
        self._gone = True

    def _keep(self, key: Key, seen: ResultSeen) -> None:
        self._key, self._seen = key, seen

    def _work_out(self, key: Key, name: str) -> None:
        ask = self._context.workspace.ask

        def work(_progress: Progress) -> ResultSeen:
            return ask(result_seen, key[0])

        def done(seen: ResultSeen) -> None:
            self._keep(key, seen)
            if not self._asked and not self._gone:
                self.ready.emit()

        self._busy = self._asked = True
        job = self._context.jobs.start(JobWords(tr("Working out the places"), name), work, done, quiet=True)
        job.ended.connect(self._ended)
        job.soon(MOMENT_S)
        self._asked = False

    def _ended(self) -> None:
        self._busy = False
