"""The composition root of the window: joins theme, words, window, log and store, and runs them."""

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from competition_app import paths
from competition_app.desktop.failures import Failures
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.look import theme
from competition_app.desktop.preferences import Preferences
from competition_app.desktop.start.opening import Opening
from competition_app.i18n import use
from competition_app.services.progress import Progress

WHOLE = 100


def application() -> QApplication:
    """The one Qt application of this process."""
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else QApplication([sys.argv[0]])


def build(preferences: Preferences, language: str | None = None) -> MainWindow:
    """The window, dressed and speaking, with its start and nothing behind it yet."""
    spoken = language or preferences["language"]
    use(spoken)
    _scale(preferences["scale"])
    app = application()
    app.setApplicationName(paths.APP_NAME)
    app.setQuitOnLastWindowClosed(True)
    theme.apply(app, preferences["theme"])
    window = MainWindow(preferences)
    window.failures = Failures(lambda: window.asking, _log_file, window)
    return window


def _scale(percent: object) -> None:
    """Draw everything larger or smaller than the system's own scale; Qt hears it only before it begins."""
    if isinstance(percent, int) and percent != WHOLE and QApplication.instance() is None:
        os.environ.setdefault("QT_SCALE_FACTOR", str(percent / WHOLE))


def _moved(preferences: Preferences) -> Path | None:
    """The store the user has moved elsewhere, if it is still there; None: the default place."""
    remembered = preferences["store"]
    path = Path(remembered) if isinstance(remembered, str) else None
    return path if path is not None and path.is_file() else None


def open_window(store: Path | None, language: str, *, shown: Callable[[], None] | None = None) -> int:
    """Open the program on this store (None: the user's own); the exit status.

    The start is painted before any library of the store is loaded. ``en`` beats the language chosen last.
    ``shown`` is called once the window has been painted.
    """
    preferences = Preferences(paths.user_data() / "window.json")
    store = store or _moved(preferences)
    window = build(preferences, language if language != "zh" else None)
    assert window.failures is not None
    window.failures.install()
    opening = Opening(window, _make_sample)
    app = application()
    speak_qt(app, preferences["language"])
    window.painted.connect(_begin_to_log, Qt.ConnectionType.QueuedConnection)
    window.painted.connect(partial(opening.open_store, store), Qt.ConnectionType.QueuedConnection)
    if shown is not None:
        window.painted.connect(shown, Qt.ConnectionType.QueuedConnection)
    window.show()
    return app.exec()


def _make_sample(store: Path, progress: Progress) -> None:
    from competition_app.demo import day

    day.make_sample(store, progress)


def _begin_to_log() -> None:
    from competition_app import logs

    logs.set_up()


def _log_file() -> Path:
    from competition_app import logs

    return logs.log_file()


def speak_qt(app: QApplication, language: str) -> None:
    """Let Qt's own dialogs (print preview, colours) speak the language, where its wheel has the words."""
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language == "zh" and translator.load(QLocale("zh_CN"), "qtbase", "_", folder):
        app.installTranslator(translator)


def take_pictures(
    store: Path, folder: Path, *, language: str = "zh", sizes: Sequence[tuple[int, int]] = ((1366, 768),)
) -> tuple[Path, ...]:
    """PNG pictures of the start and of every page on this store's first competition, light and dark."""
    import tempfile

    from competition_app.desktop import pictures
    from competition_app.services.workspace import open_workspace

    with tempfile.TemporaryDirectory() as own:
        preferences = Preferences(Path(own) / "window.json")
        preferences["theme"] = "light"
        preferences["language"] = language
        window = build(preferences)
        opening = Opening(window)
        window.show()
        opening.use(open_workspace(store, create=False))
        made = [pictures.grab(window, folder / "0-start.png")]
        opening.open_first()
        made += pictures.grab_pages(window, folder, sizes=sizes)
        window.close()
    return tuple(made)
