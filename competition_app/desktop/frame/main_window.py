"""The window: the start, or the frame of an open competition; its pages, keys, drops, language and theme."""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from competition_app.desktop.frame.page_list import PAGES
from competition_app.desktop.look import theme
from competition_app.desktop.preferences import Preferences
from competition_app.desktop.start.start_page import StartPage
from competition_app.i18n import tr, use

if TYPE_CHECKING:
    from competition_app.desktop.failures import Failures
    from competition_app.desktop.frame.asking import Asking
    from competition_app.desktop.frame.frame import Frame
    from competition_app.desktop.frame.page import Context
    from competition_app.desktop.jobs import Jobs
    from competition_app.desktop.start.opening import Opening


class MainWindow(QWidget):
    """The one window. It paints its start before any store is opened; ``opening`` then brings the store."""

    painted = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences
        self.failures: Failures | None = None
        self.opening: Opening | None = None
        self.context: Context | None = None
        self.frame: Frame | None = None
        self.start = StartPage(preferences["recent"])
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.start)
        self._connect_start()
        self.setAcceptDrops(True)
        least = theme.tokens()["window"]["minimum"]
        self.setMinimumSize(theme.px("window.collapseBottomPanelsUnderHeight"), least[1] - theme.space(7))
        self.resize(*theme.tokens()["window"]["designed"])
        if preferences["window"]:
            self.restoreGeometry(QByteArray.fromBase64(preferences["window"].encode()))
        self.setWindowTitle(tr("Labour and skill competitions"))
        self._make_keys()
        self._was_painted = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tell once that the window stands on the screen."""
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    @cached_property
    def asking(self) -> "Asking":
        """The funnel of all words to the person."""
        from competition_app.desktop.frame.asking import Asking

        return Asking(self)

    @cached_property
    def jobs(self) -> "Jobs":
        """The long work of this window."""
        from competition_app.desktop.jobs import Jobs

        return Jobs(self.asking, self._failed, self)

    def _failed(self, error: BaseException) -> None:
        if self.failures is None:
            raise error
        self.failures.report(error)

    def _connect_start(self) -> None:
        self.start.way.connect(self._begin)
        self.start.recent.connect(self._open_recent)
        self.start.language.connect(self.other_language)
        self.start.appearance.connect(self.other_theme)

    def _begin(self, way: str) -> None:
        if self.opening is not None:
            self.opening.begin(way)

    def _open_recent(self, recent: dict[str, Any]) -> None:
        if self.opening is not None:
            self.opening.open_recent(recent)

    def show_competition(self, context: "Context", page: str | None = None) -> None:
        """Show a competition's frame on this page, or on the one it was left on, or on its first."""
        from competition_app.desktop.frame.frame import Frame

        if context is not self.context:
            self._hear(context)
        self._drop_frame()
        self.context = context
        self.frame = Frame(context, PAGES)
        self.frame.navigation.head.clicked.connect(self._switcher)
        self.frame.status.who.clicked.connect(self._switch_person)
        self._stack.addWidget(self.frame)
        self._stack.setCurrentWidget(self.frame)
        self.frame.show_saved(None)
        if self.opening is not None:
            self.opening.name_head(self.frame)
        wanted = page or self.preferences["page"]
        self.frame.go(wanted if wanted in {one.key for one in PAGES} else PAGES[0].key)

    def _hear(self, context: "Context") -> None:
        """Do for a competition's pages what only the window can do."""
        context.speak.connect(self.speak)
        context.dress.connect(self.dress)
        context.sign_in.connect(self._switch_person)
        if self.opening is not None:
            context.sign_out.connect(self.opening.sign_out)
            context.change_store.connect(self.opening.change_store)

    def show_start(self) -> None:
        """Close the competition and go back to the start."""
        if self.frame is not None and not self.frame.close_pages():
            return
        self._drop_frame()
        self._stack.setCurrentWidget(self.start)
        if self.opening is not None:
            self.opening.list_competitions()

    def _drop_frame(self) -> None:
        if self.frame is not None:
            self.preferences["page"] = self.frame.current
            self.frame.forget()
            self._stack.removeWidget(self.frame)
            self.frame.hide()
            self.frame.deleteLater()
        self.frame = None
        self.context = None

    def _switcher(self) -> None:
        if self.frame is not None and self.opening is not None:
            self.opening.show_switcher(self.frame.navigation.head)

    def _switch_person(self) -> None:
        if self.frame is not None and self.opening is not None:
            self.opening.switch_person()

    def other_language(self) -> None:
        """Speak the other language: the pages are made anew on the page that is open."""
        self.speak("en" if self.preferences["language"] == "zh" else "zh")

    def speak(self, language: str) -> None:
        """Speak this language from now on."""
        if self.frame is not None and not self.frame.close_pages():
            return
        self.preferences["language"] = language
        use(language)
        self.setWindowTitle(tr("Labour and skill competitions"))
        old = self.start
        self.start = StartPage(self.preferences["recent"])
        self._stack.insertWidget(0, self.start)
        self._connect_start()
        if self.context is not None and self.frame is not None:
            self.show_competition(self.context, self.frame.current)
        else:
            self._stack.setCurrentWidget(self.start)
        self._stack.removeWidget(old)
        old.deleteLater()
        if self.opening is not None and self.frame is None:
            self.opening.list_competitions()

    def other_theme(self) -> None:
        """Go from light to dark or back."""
        self.dress("light" if theme.in_use().name == "dark" else "dark")

    def dress(self, choice: str) -> None:
        """Wear ``system``, ``light`` or ``dark`` from now on."""
        self.preferences["theme"] = choice
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, choice)

    def _make_keys(self) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "Ctrl+F": partial(self._on_page, "find_here"),
            "Ctrl+P": partial(self._on_page, "print_page"),
            "Ctrl+O": self._open_key,
            "Ctrl+Return": partial(self._on_page, "primary"),
            "Ctrl+Tab": self._last_page,
            "Ctrl+Shift+Z": lambda: self._undoing("redo"),
            "Ctrl+Y": lambda: self._undoing("redo"),
            "F1": self.help,
            "F6": lambda: self._region(1),
            "Shift+F6": lambda: self._region(-1),
        }
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.activated.connect(self._escape)
        for i, page in enumerate(PAGES[:9], 1):
            deeds[f"Ctrl+{i}"] = partial(self._go, page.key)
        for keys, deed in deeds.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(partial(self._unless_asking, deed))

    def _escape(self) -> None:
        """Leave the sheet that lies over the window, else close the page's panel."""
        if self.asking.busy:
            self.asking.escape()
        else:
            self._on_page("escape")

    def _unless_asking(self, deed: Callable[[], object]) -> None:
        if not self.asking.busy:
            deed()

    def _on_page(self, deed: str) -> None:
        page = self.frame.page() if self.frame else None
        if page is not None:
            getattr(page, deed)()

    def _undoing(self, way: str) -> None:
        if self.context is not None:
            getattr(self.context.undoing, way)()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z, where no field took it for its own text: take back what was done last."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self._unless_asking(lambda: self._undoing("undo"))
        else:
            super().keyPressEvent(event)

    def _go(self, key: str) -> None:
        if self.frame is not None:
            self.frame.go(key)

    def _last_page(self) -> None:
        if self.frame is not None and self.frame.last:
            self.frame.go(self.frame.last)

    def _region(self, step: int) -> None:
        if self.frame is not None:
            self.frame.next_region(step)

    def _open_key(self) -> None:
        if self.frame is not None:
            self._on_page("open_file")
        else:
            self._begin("package")

    def help(self) -> None:
        """F1: the keys, and where the guide lies."""
        from competition_app.desktop.frame.help_sheet import show_help

        show_help(self.asking)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the window."""
        if event.mimeData().hasUrls() and not self.asking.busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Give dropped files to the page, or to the start."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        page = self.frame.page() if self.frame else None
        if files and page is not None:
            page.take_files(files)
        elif files and self.opening is not None:
            self.opening.import_package(files[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave the page, stop the jobs, remember the window."""
        if self.frame is not None and not self.frame.close_pages():
            event.ignore()
            return
        self.preferences["window"] = bytes(self.saveGeometry().toBase64().data()).decode()
        self._drop_frame()
        if "jobs" in self.__dict__:
            self.jobs.close()
        if self.opening is not None:
            self.opening.close()
        event.accept()
