"""What desktop tests stand on: the theme on the application, and nothing left over after each test."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from competition_app import app, i18n
from competition_app.desktop import pictures
from competition_app.desktop.frame.asking import Asking
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.look import theme
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.preferences import Preferences
from competition_app.desktop.start.opening import Opening
from competition_app.services.access import Actor
from competition_app.services.exchange import exchange
from competition_app.services.workspace import Workspace
from tests.desktop import packages

PATIENCE_MS = 15_000


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """Light and Chinese at the start of each test; deferred deletions done at its end."""
    i18n.use("zh")
    theme.apply(qapp, "light")
    yield
    if "qtbot" not in request.fixturenames:  # no widget was made, nothing is left over
        return
    qapp.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.freeze()  # what is alive now outlives the test: the next collection need not look at it again


@pytest.fixture(autouse=True)
def _answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet that a test forgot to answer is left, and fails the test, instead of standing for ever."""
    run = Sheet.run

    def run_a_while(sheet: Sheet, on_shown: Callable[[Sheet], None] | None = None) -> object:
        late = QTimer(sheet, singleShot=True, interval=PATIENCE_MS)
        late.timeout.connect(sheet.reject)
        late.start()
        found = run(sheet, on_shown)
        assert late.isActive(), f"nobody answers: {sheet.title}"
        return found

    monkeypatch.setattr(Sheet, "run", run_a_while)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(tmp_path / "window.json")


@pytest.fixture
def host(qtbot) -> QWidget:
    """A window for dialogs to lie over."""
    widget = QWidget()
    widget.resize(1366, 768)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture
def asking(host: QWidget) -> Asking:
    return Asking(host)


@pytest.fixture
def presses() -> Callable[[Asking, str], None]:
    """Lets the next sheets be answered by pressing the button with this word."""

    def arrange(asking: Asking, word: str) -> None:
        def answer(sheet: Sheet) -> None:
            sheet.press(word)

        asking.answerer = answer

    return arrange


@pytest.fixture
def opened(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot, tmp_path: Path
) -> Iterator[Callable[..., MainWindow]]:
    """Opens the window on a competition: ``opened(tied=True)``, ``opened(page="results")``."""
    windows: list[MainWindow] = []

    def open_it(page: str = "results", **how: object) -> MainWindow:
        exchange.import_package(workspace, organiser, packages.write(tmp_path, **how))
        preferences["theme"] = "light"
        window = app.build(preferences)
        qtbot.addWidget(window)
        opening = Opening(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        opening.use(workspace)
        opening.open_code("SZ2025", page)
        pictures.settle(window)
        windows.append(window)
        return window

    yield open_it
    for window in windows:
        window.jobs.close()
        pictures.settle(window)
        window.close()
