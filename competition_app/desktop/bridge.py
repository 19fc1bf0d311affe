"""From the store to the open pages: every write becomes one queued notice, gathered for 50 ms."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from competition_app.services.workspace import Workspace

GATHER_MS = 50


class Bridge(QObject):
    """Emits ``written`` with the names of the tables written, in the window's thread, whoever wrote them."""

    written = Signal(frozenset)
    _arrived = Signal(frozenset)

    def __init__(self, workspace: "Workspace", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tables: frozenset[str] = frozenset()
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GATHER_MS)
        self._timer.timeout.connect(self._tell)
        self._arrived.connect(self._gather, Qt.ConnectionType.QueuedConnection)
        self._stop = workspace.listen(self._arrived.emit)

    def close(self) -> None:
        """Stop listening; what was gathered is dropped."""
        self._stop()
        self._timer.stop()
        self._closed = True

    def _gather(self, tables: frozenset[str]) -> None:
        self._tables |= tables
        if not self._timer.isActive() and not self._closed:
            self._timer.start()

    def _tell(self) -> None:
        tables, self._tables = self._tables, frozenset()
        self.written.emit(tables)
