"""Makes copies of a store while it is open: one at start, one every ten minutes of work."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from competition_app.domain.errors import Refusal
from competition_app.store import backup

EVERY_SECONDS = 600.0
"""How often a copy is made while work goes on."""

log = logging.getLogger(__name__)


class Keeper:
    """A thread of its own that copies a store when something was done since the newest copy.

    ``told`` hears of each failure, and None when a copy succeeded after one.
    """

    def __init__(self, store: Path, told: Callable[[Refusal | None], None]) -> None:
        self._store = store
        self._told = told
        self._failing = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="copies", daemon=True)

    def start(self) -> None:
        """Makes the first copy and goes on."""
        self._thread.start()

    def stop(self) -> None:
        """Lets a copy under way finish, then ends. Called before the store is closed."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            self._copy()
            if self._stop.wait(EVERY_SECONDS):
                return

    def _copy(self) -> None:
        try:
            backup.keep_if_due(self._store)
        except Refusal as refusal:
            log.warning("No copy was made: %s", refusal)
            self._failing = True
            self._told(refusal)
            return
        if self._failing:
            self._failing = False
            self._told(None)
