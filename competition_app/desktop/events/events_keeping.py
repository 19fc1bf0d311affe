"""A draft of the rules that is not used yet is kept on this machine, over pages, languages and restarts."""

from typing import Any

from PySide6.QtCore import QObject, QTimer

from competition_app.desktop.events.plan.plan_draft import PlanDraft
from competition_app.desktop.frame.page import Context

IDLE_MS = 1500


class Keeping:
    """Keeps the draft of the event shown; ``began`` is the version it was begun with, None without one."""

    def __init__(self, context: Context, draft: PlanDraft, parent: QObject) -> None:
        self._preferences, self._store = context.preferences, str(context.workspace.path)
        self._draft = draft
        self._event: int | None = None
        self.began: int | None = None
        self._timer = QTimer(parent)
        self._timer.setSingleShot(True)
        self._timer.setInterval(IDLE_MS)
        self._timer.timeout.connect(self.keep)

    def load(self, event_id: int, text: str, version: int) -> None:
        """Begin with the stored plan, or with the draft that was made of it here."""
        self._event = event_id
        kept = self._all().get(self._key())
        if kept is None:
            self.began = version
            self._draft.load(text)
        else:
            self.began = int(kept["version"])
            self._draft.load(text, str(kept["text"]))

    def soon(self) -> None:
        """Keep the draft once nothing is typed for a moment."""
        self._timer.start()

    def keep(self) -> bool:
        """Keep the draft now; whether there is one."""
        self._timer.stop()
        if self._event is None:
            return False
        if not self._draft.dirty:
            self.drop()
            return False
        kept = {"version": self.began, "text": self._draft.text}
        self._preferences["drafts"] = {**self._all(), self._key(): kept}
        return True

    def drop(self) -> None:
        """Nothing is kept of this event any more."""
        self._timer.stop()
        if self._key() in self._all():
            self._preferences["drafts"] = {k: v for k, v in self._all().items() if k != self._key()}

    def _key(self) -> str:
        return f"{self._store}|{self._event}"

    def _all(self) -> dict[str, Any]:
        found = self._preferences["drafts"]
        return found if isinstance(found, dict) else {}
