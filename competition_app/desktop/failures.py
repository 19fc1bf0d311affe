"""What nobody foresaw: one hook logs it whole and tells the person with version, log and a button to copy."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from competition_app import __version__
from competition_app.domain.errors import Refusal
from competition_app.i18n import tr

if TYPE_CHECKING:
    from competition_app.desktop.frame.asking import Asking

log = logging.getLogger(__name__)


class Failures(QObject):
    """The one hook of the window. A Refusal that nobody caught is told in its own words; it is no fault."""

    _happened = Signal(object)

    def __init__(
        self, asking: "Callable[[], Asking]", log_file: Callable[[], Path], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ask, self._log_file = asking, log_file
        self._telling = False
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of the main thread and of all others."""
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self.report(args.exc_value) if args.exc_value else None

    def restore(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.report(error)

    def report(self, error: BaseException) -> None:
        """Log a fault and tell of it, from any thread."""
        if not isinstance(error, Refusal):
            log.error("A fault of the program.", exc_info=error)
        self._happened.emit(error)

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, Refusal):
            self._ask().refused(error)
            return
        if self._telling:
            return
        self._telling = True
        try:
            self._ask().failure(
                tr("Something went wrong in the program"), self._sentence(), self._detail(error)
            )
        finally:
            self._telling = False

    def _sentence(self) -> str:
        said = tr("What was entered before is saved. Version {version}.", version=__version__)
        return said + tr(" The details stand in {path}.", path=str(self._log_file()))

    @staticmethod
    def _detail(error: BaseException) -> str:
        lines = traceback.format_exception(error)
        return f"competition-app {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n" + "".join(
            lines
        )
