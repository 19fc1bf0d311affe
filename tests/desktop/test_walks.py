"""Two walks through all pages as a person goes: one by the keyboard alone, one by the mouse alone."""

import pytest
from day import Day, focus, key, person, press
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.frame.page_list import PAGES
from competition_app.desktop.parts.controls import Button
from competition_app.desktop.parts.notes import Note
from competition_app.desktop.preferences import Preferences
from competition_app.desktop.tables.table_view import TableView
from competition_app.services.access import Actor
from competition_app.services.registration import registration_rows
from competition_app.services.workspace import Workspace

CONTROL = Qt.KeyboardModifier.ControlModifier
ORDER = [page.key for page in PAGES]


@pytest.fixture
def day(workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot) -> Day:
    day = Day(workspace, organiser, preferences)
    day.bring([person(n) for n in range(3)])
    day.seat("范启明")
    day.open(qtbot, "overview")
    qtbot.waitUntil(lambda: not day.window.jobs.running)
    return day


def page_of(window: MainWindow, wanted: str):
    assert window.frame is not None
    assert window.frame.current == wanted
    return window.frame.page()


def states(day: Day) -> list[str]:
    return [row.state for row in day.ask(registration_rows.registrations, day.competition)]


def names(day: Day) -> set[str]:
    return {row.organisation for row in day.ask(registration_rows.registrations, day.competition)}


def tab_to(widget: QWidget) -> None:
    for _ in range(60):
        if focus() is widget:
            return
        key(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {widget.accessibleName()}")


def test_by_the_keyboard_alone(day: Day) -> None:
    window = day.window
    for place, wanted in enumerate(ORDER[:9]):
        key(Qt.Key(Qt.Key.Key_1 + place), CONTROL)
        page = page_of(window, wanted)
        assert page.isAncestorOf(focus()), f"{wanted} has not the keyboard"
        round_by_f6(window)
        find_and_leave(page)
    key(Qt.Key.Key_Tab, CONTROL)
    page_of(window, ORDER[7])
    down_the_navigation(window)
    key(Qt.Key.Key_F1)
    assert window.asking.busy
    key(Qt.Key.Key_Escape)
    assert not window.asking.busy
    review(day)
    rename(day)


def round_by_f6(window: MainWindow) -> None:
    """Every region comes once, then the first again, and each is within the window."""
    seen: list[QWidget] = []
    while focus() not in seen:
        seen.append(focus())
        key(Qt.Key.Key_F6)
    assert focus() in seen[:2], "F6 stays within some of the regions"
    assert len(seen) > 1
    assert any(window.frame.navigation.isAncestorOf(one) for one in seen)


def find_and_leave(page: QWidget) -> None:
    key(Qt.Key.Key_F, CONTROL)
    if hasattr(page, "search"):
        assert focus() is page.search
        press("x")
        assert page.search.text() == "x"
        key(Qt.Key.Key_Backspace)
    key(Qt.Key.Key_Escape)


def down_the_navigation(window: MainWindow) -> None:
    """To the last page: it has no figure of its own."""
    while not window.frame.navigation.isAncestorOf(focus()):
        key(Qt.Key.Key_F6)
    for _ in ORDER:
        key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    page_of(window, ORDER[-1])


def review(day: Day) -> None:
    """Choose a person, pass, take it back, do it again."""
    key(Qt.Key(Qt.Key.Key_1 + ORDER.index("registration")), CONTROL)
    page = page_of(day.window, "registration")
    assert focus() is page.table
    key(Qt.Key.Key_Home, CONTROL)
    key(Qt.Key.Key_Down)
    tab_to(page.panel.pass_button)
    key(Qt.Key.Key_Return)
    assert sorted(states(day)) == ["passed", "waiting", "waiting"]
    key(Qt.Key.Key_Z, CONTROL)
    assert set(states(day)) == {"waiting"}
    key(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert sorted(states(day)) == ["passed", "waiting", "waiting"]


def rename(day: Day) -> None:
    """F2 on a unit, another name, Ctrl+Enter."""
    key(Qt.Key(Qt.Key.Key_1 + ORDER.index("organisations")), CONTROL)
    page = page_of(day.window, "organisations")
    key(Qt.Key.Key_Home, CONTROL)
    old = page.table.chosen_row().name
    key(Qt.Key.Key_F2)
    key(Qt.Key.Key_A, CONTROL)
    press("Depot 7")
    key(Qt.Key.Key_Return, CONTROL)
    assert "Depot 7" in names(day)
    assert old not in names(day)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    assert widget.isVisible()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at if at is not None else widget.rect().center())
    QApplication.processEvents()


def test_by_the_mouse_alone(day: Day, qtbot: QtBot) -> None:
    window = day.window
    for wanted in ORDER:
        click(window.frame.navigation.items[wanted])
        page = page_of(window, wanted)
        for table in page.findChildren(TableView):
            if table.isVisible() and table.rows_model.rows:
                choose_and_sort(table)
        window.asking.escape()
    click(window.frame.navigation.items["registration"])
    page = page_of(window, "registration")
    click(page.states, QPoint(page.states.width() - 12, page.states.height() // 2))
    assert (page.states.key(), page.table.rows_model.rows) == ("passed", [])
    click(page.states, QPoint(12, page.states.height() // 2))
    click(page.table.viewport(), page.table.visualRect(page.table.model().index(1, 1)).center())
    click(page.panel.pass_button)
    assert sorted(states(day)) == ["passed", "waiting", "waiting"]
    click(window.findChildren(Note)[-1].findChild(Button))
    assert set(states(day)) == {"waiting"}


def choose_and_sort(table: TableView) -> None:
    """A click chooses the row under the mouse; one on a head sorts, another turns the order round."""
    shown = [i for i, column in enumerate(table.columns())
             if not column.ticks and not table.isColumnHidden(i)]  # fmt: skip
    section = next((i for i in shown if table.columns()[i].sortable), shown[0])
    click(table.viewport(), table.visualRect(table.model().index(0, section)).center())
    assert table.chosen_row() is not None
    if not table.columns()[section].sortable:
        return
    head = table.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(section) + head.sectionSize(section) // 2, head.height() // 2)
    click(head.viewport(), at)
    first = table.rows_model.sorted_by
    click(head.viewport(), at)
    assert table.rows_model.sorted_by in ((section, not first[1]), first)
