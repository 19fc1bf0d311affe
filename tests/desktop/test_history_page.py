"""操作日志: what was done is found, read whole, checked and taken out, ten thousand at once."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from competition_app.desktop import pictures
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.history.history_page import HistoryPage
from competition_app.desktop.parts.parts import Banner
from competition_app.services.access import Actor
from competition_app.services.registration import organisations
from competition_app.services.workspace import Workspace
from tests.desktop import looking

Opened = Callable[..., MainWindow]


@pytest.fixture
def page(opened: Opened, workspace: Workspace, organiser: Actor, qtbot) -> HistoryPage:
    """The page on a store in which a unit was added and renamed."""
    window = opened(page="history")
    unit = workspace.do(organiser, organisations.add_organisation, "云岭数据公司")
    workspace.do(organiser, organisations.edit_organisation, unit, name="云岭数据服务公司")
    pictures.settle(window)
    found = window.frame.page()
    assert isinstance(found, HistoryPage)
    qtbot.waitUntil(lambda: len(found.table.rows_model.rows) == 3)
    return found


def cells(page: HistoryPage, seq: int) -> dict[str, str]:
    return {one.key: one.text(seq) for one in page.table.columns()}


def labels(page: HistoryPage) -> list[str]:
    return [label.text() for label in page.panel.findChildren(QLabel) if label.isVisible()]


def banner(page: HistoryPage) -> Banner:
    return next(one for one in page.findChildren(Banner) if one.isVisible())


def test_the_newest_operation_stands_first(page: HistoryPage) -> None:
    newest = page.table.rows_model.rows[0]
    found = cells(page, newest)
    assert (found["done"], found["subject"]) == ("修改了单位", "云岭数据服务公司")
    assert found["change"] == "名称 云岭数据公司 → 云岭数据服务公司"
    assert (found["actor"], found["role"], found["device"]) == ("组委会", "组委会", "test")


def test_a_click_opens_the_operation_whole_and_esc_closes_it(page: HistoryPage, qtbot) -> None:
    place = page.table.visualRect(page.table.rows_model.index(0, 2)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    pictures.settle(page.window())
    assert page.panel.isVisible()
    assert "修改了单位" in labels(page)
    qtbot.mouseClick(page.panel.copy_button, Qt.MouseButton.LeftButton)
    assert "  名称 云岭数据公司 → 云岭数据服务公司" in QGuiApplication.clipboard().text()
    assert page.escape()
    assert not page.panel.isVisible()
    assert not page.escape()


def test_words_person_day_and_area_narrow(page: HistoryPage, qtbot) -> None:
    qtbot.keyClicks(page.search, "#2")
    qtbot.waitUntil(lambda: list(page.table.rows_model.rows) == [2])
    page.search.setText("没有的话")
    qtbot.waitUntil(page.nothing_found.isVisible)
    assert not page.export_button.isEnabled()
    page.search.setText("")
    qtbot.waitUntil(lambda: len(page.table.rows_model.rows) == 3)
    page.segments.choose("other")
    assert len(page.table.rows_model.rows) == 3
    page.segments.choose("marking")
    assert page.table.rows_model.rows == []
    page.segments.choose("all")
    page.day.setCurrentIndex(1)
    page.person.setCurrentIndex(1)
    assert len(page.table.rows_model.rows) == 3


def test_the_time_turns_the_order_round(page: HistoryPage) -> None:
    page.table.sort_by("at")
    assert list(page.table.rows_model.rows) == [1, 2, 3]


def test_a_write_appears_while_the_page_is_open(
    page: HistoryPage, workspace: Workspace, organiser: Actor, qtbot
) -> None:
    page.table.choose(2)
    workspace.do(organiser, organisations.add_organisation, "后来的公司")
    qtbot.waitUntil(lambda: page.table.rows_model.rows[:1] == [4])
    assert page.table.chosen_row() == 2


def test_a_whole_chain_is_said_to_be_whole(page: HistoryPage, qtbot) -> None:
    qtbot.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    pictures.settle(page.window())
    assert banner(page).sentence.text() == "链完整，共 3 条"
    qtbot.mouseClick(banner(page).answers[-1], Qt.MouseButton.LeftButton)
    assert not [one for one in page.findChildren(Banner) if one.isVisible()]


def test_a_changed_row_is_named_and_shown(page: HistoryPage, workspace: Workspace, qtbot) -> None:
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE history SET actor = 'x' WHERE seq = 2")
    qtbot.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    pictures.settle(page.window())
    assert banner(page).sentence.text() == "操作日志第 2 号操作事后被改动。请恢复此前的备份。"
    qtbot.mouseClick(banner(page).answers[0], Qt.MouseButton.LeftButton)
    assert page.table.chosen_row() == 2
    assert "第 2 号操作" in labels(page)


def test_what_is_shown_is_taken_out(page: HistoryPage, tmp_path: Path, qtbot) -> None:
    target = tmp_path / "日志.xlsx"
    page.context.asking.choose_save = lambda *_: str(target)
    page.search.setText("#3")
    qtbot.waitUntil(lambda: list(page.table.rows_model.rows) == [3])
    qtbot.mouseClick(page.export_button, Qt.MouseButton.LeftButton)
    pictures.settle(page.window())
    rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["序号", 3]
    assert page.context.asking.record[-1].words == "已保存：日志.xlsx"


def test_ten_thousand_operations_open_at_once(page: HistoryPage, workspace: Workspace) -> None:
    many = 12_000
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as raw:
        row = raw.execute("SELECT * FROM history WHERE seq = 3").fetchone()
        raw.execute("BEGIN")
        raw.executemany(
            f"INSERT INTO history VALUES ({', '.join('?' * len(row))})",
            [(seq, *row[1:]) for seq in range(4, many + 1)],
        )
        raw.execute("COMMIT")
    started = time.perf_counter()
    page.refresh()
    page.table.viewport().grab()
    took = time.perf_counter() - started
    assert len(page.table.rows_model.rows) == many
    page.table.choose(17)
    assert cells(page, 17)["done"] == "修改了单位"
    assert took < 1, f"{took:.2f} s"


@pytest.mark.parametrize(("language", "size"), looking.LOOKS)
def test_nothing_is_cut(opened: Opened, language: str, size: tuple[int, int]) -> None:
    window = opened(page="history")
    window.resize(*size)
    window.speak(language)
    pictures.settle(window)
    page = window.frame.page()
    page.show_seq(1)
    pictures.settle(window)
    assert page.panel.isVisible()
    assert looking.cut_texts(window) == []
    assert looking.cells_without_tip(window) == []
    assert looking.nameless(window) == []
    assert page.table.viewport().height() // page.table.row_height() >= 14
