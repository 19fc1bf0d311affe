"""What desktop tests stand on: the theme on the application, and nothing left over after each test."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from competition_app import i18n
from competition_app.desktop import theme
from competition_app.desktop.asking import Asking
from competition_app.desktop.dialogs import Sheet
from competition_app.desktop.preferences import Preferences


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    """Light and Chinese at the start of each test; deferred deletions done at its end."""
    i18n.use("zh")
    theme.apply(qapp, "light")
    yield
    qapp.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


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
