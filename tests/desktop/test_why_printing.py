"""为什么是这个名次 out of the window: the page for the contestant, saved and shown before printing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from competition_app import i18n
from competition_app.desktop import pictures, printing
from competition_app.desktop.certificates.paper_view import Pdf
from competition_app.desktop.frame.main_window import MainWindow

Opened = Callable[..., MainWindow]


def test_the_page_is_saved(opened: Opened, qtbot, tmp_path: Path) -> None:
    window = opened()
    page = window.frame.page()
    page.table.choose("002")
    window.asking.choose_save = lambda *_: str(tmp_path / "why.pdf")
    qtbot.mouseClick(page.panel.save_button, Qt.MouseButton.LeftButton)
    pictures.settle(window)
    assert (tmp_path / "why.pdf").read_bytes().startswith(b"%PDF")
    assert window.asking.record[-1].words == "已保存：why.pdf"


def test_nothing_is_written_where_no_file_is_chosen(opened: Opened, qtbot, tmp_path: Path) -> None:
    window = opened()
    window.asking.choose_save = lambda *_: ""
    qtbot.mouseClick(window.frame.page().panel.save_button, Qt.MouseButton.LeftButton)
    pictures.settle(window)
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_page_is_shown_before_printing(opened: Opened, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[int, str]] = []

    def preview(_host: QWidget, pdf: Pdf, title: str) -> bool:
        shown.append((pdf.pages, title))
        pdf.close()
        return True

    monkeypatch.setattr(printing, "preview", preview)
    window = opened()
    page = window.frame.page()
    page.table.choose("002")
    qtbot.mouseClick(page.panel.print_button, Qt.MouseButton.LeftButton)
    pictures.settle(window)
    assert [pages for pages, _title in shown] == [1]
    assert "002 号名次说明" in shown[0][1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_buttons_have_room(language: str, opened: Opened) -> None:
    i18n.use(language)
    panel = opened().frame.page().panel
    for button in (panel.copy_button, panel.print_button, panel.save_button):
        assert button.width() >= button.minimumSizeHint().width()
    assert panel.save_button.geometry().right() <= panel.width()
