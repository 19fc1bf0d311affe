"""Long work beside the window: a worker leaves its latest step, a timer reads it, a dialog shows it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from shiboken6 import isValid

from competition_app.desktop.frame.asking import Asking
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Text
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.parts.obstacles import Well
from competition_app.desktop.parts.parts import Bar, on_click, row
from competition_app.domain.errors import Refusal
from competition_app.i18n import tr
from competition_app.services.progress import Cancelled, Progress, Step

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class JobWords:
    """What a job says of itself: its title while it runs, what exactly, and what cancelling leaves behind."""

    title: str
    what: str = ""
    leaves: str = ""


class ProgressSheet:
    """The dialog of a running job: what, n of N, time left, current item, warnings; to background, cancel."""

    def __init__(self, asking: Asking, words: JobWords, cancel: Callable[[], None]) -> None:
        self.sheet: Sheet = asking.sheet(words.title)
        if words.what:
            self.sheet.say(words.what)
        self._count = Text("", "strong")
        self._left = Text("", "body", "inkSecondary")
        self._bar = Bar("run", tall=True)
        self._item = Text("", "caption", "inkTertiary")
        self._warning = Well("triangle-alert", "", "wait")
        self._warning.hide()
        self.sheet.content.addSpacing(theme.space(3))
        self.sheet.content.addLayout(row(self._count, None, self._left))
        for widget in (self._bar, self._item, self._warning):
            self.sheet.content.addWidget(widget)
        if words.leaves:
            self.sheet.foot_left.addWidget(Text(words.leaves, "caption", "inkTertiary"))
            self.sheet.said.append(words.leaves)
        self.sheet.answer("background", tr("To the background"), "minimize-2", "quiet")
        stop = self.sheet.answer("cancel", tr("Cancel"), "x", focus=True)
        stop.clicked.disconnect()
        on_click(stop, cancel)
        self._cancel = cancel
        self.sheet.reject = self._escape  # type: ignore[method-assign]
        asking.lay(self.sheet, "progress")

    def _escape(self) -> None:
        self._cancel()

    def show_step(self, step: Step, seconds: float) -> None:
        """Show how far the work has come after so many seconds."""
        if step.total:
            self._count.setText(tr("{n} of {total}", n=f"{step.done:,}", total=f"{step.total:,}"))
            self._bar.show_share(step.done / step.total)
            left = seconds / step.done * (step.total - step.done) if step.done else 0
            self._left.setText(tr("about {n} s left", n=max(1, round(left))) if step.done else "")
        else:
            self._count.setText(tr("Preparing"))
        self._item.setText(tr("Now: {item}", item=step.item) if step.item else "")
        if step.warnings and self._warning.isHidden():
            self._warning.show()
            self.sheet.relayout()
        if step.warnings:
            n = len(step.warnings)
            self._warning.text.setText(tr("{n} remark, listed when done|{n} remarks, listed when done", n=n))


class Job(QObject):
    """One piece of long work. ``ended`` is told once, in the window's thread, whatever the end was."""

    ended = Signal()
    _finished = Signal(object, object)

    def __init__(
        self, asking: Asking, words: JobWords, work: Callable[[Progress], Any], done: Callable[[Any], None],
        failed: Callable[[BaseException], None], parent: QObject, *, quiet: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.words = words
        self.quiet = quiet
        self.progress = Progress()
        self._asking, self._work, self._done, self._failed = asking, work, done, failed
        self._started = time.monotonic()
        self.dialog: ProgressSheet | None = None
        self._background = quiet
        self._finished.connect(self._finish)
        self._timer = QTimer(self)
        self._timer.setInterval(theme.px("duration.progressPoll"))
        self._timer.timeout.connect(self._poll)
        self._timer.start()
        self._thread = threading.Thread(target=self._run, name=words.title, daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self.progress.cancel()

    def bring_back(self) -> None:
        """Show the dialog of a job that was sent to the background."""
        self._background = False
        self._poll()

    def soon(self, seconds: float) -> None:
        """Wait a moment: work that ends within it is told at once, so that nothing flickers."""
        self._thread.join(seconds)
        if not self._thread.is_alive():
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def wait(self, seconds: float) -> None:
        """Wait for the worker's end (the window is closing)."""
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            value, fault = self._work(self.progress), None
        except BaseException as error:  # noqa: BLE001 - told in the window's thread
            value, fault = None, error
        try:
            self._finished.emit(value, fault)
        except RuntimeError:  # the window went while the work was under way: nobody is left to be told
            return

    def _poll(self) -> None:
        seconds = time.monotonic() - self._started
        due = seconds * 1000 >= theme.px("duration.progressAppearsAfter")
        if self.dialog is None and due and not self._background:
            self.dialog = ProgressSheet(self._asking, self.words, self.cancel)
            self.dialog.sheet.answered.connect(self._left)
        if self.dialog is not None:
            self.dialog.show_step(self.progress.latest, seconds)

    def _left(self, answer: object) -> None:
        self.dialog = None
        self._background = answer == "background"

    def _finish(self, value: object, fault: BaseException | None) -> None:
        self._timer.stop()
        if self.dialog is not None:
            self.dialog.sheet.finish("done")
        self.ended.emit()
        owner = getattr(self._done, "__self__", None)
        if isinstance(owner, QObject) and not isValid(owner):
            return  # its page was closed while the work was under way: nobody is left to be told
        if fault is None:
            self._done(value)
        elif isinstance(fault, Cancelled):
            self._asking.note(
                tr("{title}: cancelled. {leaves}", title=self.words.title, leaves=self.words.leaves)
            )
        elif isinstance(fault, Refusal):
            self._asking.refused(fault)
        else:
            self._failed(fault)


class Jobs(QObject):
    """The jobs of a window. ``changed`` tells when one began or ended."""

    changed = Signal()

    def __init__(
        self, asking: Asking, failed: Callable[[BaseException], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._asking, self._failed = asking, failed
        self.running: list[Job] = []

    def start(
        self, words: JobWords, work: Callable[[Progress], T], done: Callable[[T], None], *,
        quiet: bool = False,
    ) -> Job:  # fmt: skip
        """Begin work; ``done`` gets its value in the window's thread. A Refusal is shown.

        ``quiet`` work belongs to a page that fills itself: it shows no dialog and no word in the status bar.
        """
        job = Job(self._asking, words, work, done, self._failed, self, quiet=quiet)
        self.running.append(job)
        job.ended.connect(lambda: self._ended(job))
        self.changed.emit()
        return job

    def _ended(self, job: Job) -> None:
        self.running.remove(job)
        job.deleteLater()
        self.changed.emit()

    def close(self, seconds: float = 10) -> None:
        """Ask all to stop and wait for them."""
        for job in list(self.running):
            job.cancel()
            job.wait(seconds)
