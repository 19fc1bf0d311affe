"""The window as a careful person looks at it: nothing cut at any scale, the keyboard, a real screen."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import packages
import pytest
from day import Day, person
from pairs import pairs_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from competition_app.desktop import pictures
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.frame.navigation import NavItem
from competition_app.desktop.frame.page_list import PAGES
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.controls import takes_tab
from competition_app.desktop.preferences import Preferences
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.exchange import exchange
from competition_app.services.workspace import Workspace
from tests.desktop.look_at_pages import AXES, CASES

ROOT = Path(__file__).parents[2]
Opened = Callable[..., MainWindow]


def look(folder: Path, scale: str, **surroundings: str) -> subprocess.Popen[str]:
    """Begin to look at the cases of a scale, on stores of the process's own."""
    own = Path(shutil.copytree(folder, folder.parent / f"{scale}-{surroundings['QT_QPA_PLATFORM']}"))
    return subprocess.Popen(
        [sys.executable, "-m", "tests.desktop.look_at_pages", str(own), scale],
        cwd=ROOT, env=os.environ | {"XDG_DATA_HOME": str(own), "QT_SCALE_FACTOR": scale} | surroundings,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def seen(process: subprocess.Popen[str], scale: str, out: str, err: str) -> None:
    assert process.returncode == 0, err
    cases = [case for case in CASES if case["scale"] == scale]
    assert out.splitlines() == [f"looked at {len(cases)}"], out


@pytest.fixture
def stores(tmp_path: Path, store_template: Path, organiser: Actor, preferences: Preferences) -> Path:
    """A folder with a store for each kind of data."""
    folder = tmp_path / "stores"
    folder.mkdir()
    for data in AXES["data"]:
        workspace = Workspace(Path(shutil.copyfile(store_template, folder / f"{data}.db")))
        FILL[data](workspace, organiser, preferences, tmp_path)
        workspace.close()
    return folder


def nothing(workspace: Workspace, actor: Actor, *_: object) -> None:
    workspace.do(actor, competitions.create_competition, "SZ2025", "数智竞赛")


def one(workspace: Workspace, actor: Actor, preferences: Preferences, _folder: Path) -> None:
    day = Day(workspace, actor, preferences)
    day.bring([person(0)])
    day.seat("范启明")


def many(workspace: Workspace, actor: Actor, preferences: Preferences, _folder: Path) -> None:
    day = Day(workspace, actor, preferences)
    day.bring([*(person(n) for n in range(40)), person(50, phone="12", name="阿依努尔·买买提江")])
    day.seat("范启明", "阿依努尔·买买提江", "靳小川")


def longest(workspace: Workspace, actor: Actor, _preferences: Preferences, folder: Path) -> None:
    """Whole results with a tie on top, everything named as long as a name may be."""
    made = packages.package(tied=True)
    for thing in (made["competition"], *made["organisations"], *made["contestants"], *made["events"]):
        thing["name"] = (thing["name"] * 30)[:30]
    for judge in made["events"][0]["judges"]:
        judge["name"] = LONG_NAME
    file = folder / "long.competition.json"
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    exchange.import_package(workspace, actor, file)


LONG_NAME = "阿依努尔·买买提江·吐尔逊阿依·阿卜杜热合曼·艾力"
FILL: dict[str, Callable[[Workspace, Actor, Preferences, Path], None]] = {
    "none": nothing, "one": one, "many": many, "long": longest,
}  # fmt: skip


def test_the_cases_are_pairwise_and_few() -> None:
    pages = len(AXES["page"])
    assert 4 * pages <= len(CASES) <= 60
    met = set().union(*(pairs_of(case) for case in CASES))
    sizes = [len(values) for values in AXES.values()]
    assert len(met) == (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2


@pytest.mark.parametrize("scales", [("1", "1.25"), ("1.5", "2")], ids="-".join)
def test_no_text_is_cut_on_any_page(stores: Path, scales: tuple[str, str]) -> None:
    """Two scales at a time, each in a process of its own, which Qt needs for that."""
    running = [(look(stores, scale, QT_QPA_PLATFORM="offscreen"), scale) for scale in scales]
    told = [process.communicate(timeout=100) for process, _ in running]
    for (process, scale), (out, err) in zip(running, told, strict=True):
        seen(process, scale, out, err)


@pytest.mark.skipif(sys.platform != "linux", reason="a screen of its own is made on Linux only")
def test_the_window_stands_on_a_real_screen(stores: Path) -> None:
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed (Debian: xvfb), so no window can stand on a screen here")
    reads, writes = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=[writes], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writes)
    try:
        with os.fdopen(reads) as told:
            display = told.readline().strip()
        process = look(stores, "1", QT_QPA_PLATFORM="xcb", DISPLAY=f":{display}")
        seen(process, "1", *process.communicate(timeout=100))
    finally:
        screen.terminate()
        screen.wait(10)


def stops(window: MainWindow) -> set[QWidget]:
    """What Tab should reach: visible and enabled; of the navigation the page shown."""
    return {
        widget
        for widget in window.findChildren(QWidget)
        if takes_tab(widget) and not (isinstance(widget, NavItem) and not widget.isChecked())
    }  # fmt: skip


def walk(window: MainWindow, way: Qt.Key = Qt.Key.Key_Tab) -> Iterator[QWidget]:
    first = window.focusWidget()
    for _ in range(200):
        QTest.keyClick(window.focusWidget(), way)
        now = window.focusWidget()
        yield now
        if now is first:
            return
    raise AssertionError("Tab never comes back to where it began")


@pytest.mark.parametrize("key", [page.key for page in PAGES])
def test_tab_reaches_everything_and_each_stop_is_seen(opened: Opened, key: str, qtbot: QtBot) -> None:
    window = opened(page=key)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before = {widget: widget.grab().toImage() for widget in stops(window) if not widget.hasFocus()}
    window.frame.navigation.items[key].setFocus(Qt.FocusReason.TabFocusReason)
    reached = list(walk(window))
    parts = (window.frame.navigation, window.frame.page(), window.frame.status)
    order = [next(n for n, part in enumerate(parts) if part.isAncestorOf(one)) for one in reached]
    assert order == sorted(order, key=lambda place: place or len(parts)), "page, status bar, navigation"
    missed = stops(window) - set(reached)
    assert not missed, [(type(one).__name__, one.accessibleName() or one.toolTip()) for one in missed]
    unseen = []
    for widget in reached:
        if widget in before and widget.isVisible():
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            if widget.grab().toImage() == before[widget]:
                unseen.append((type(widget).__name__, widget.accessibleName()))
    assert not unseen


def test_fourteen_sheets_are_seen_while_marking(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot
) -> None:
    day = Day(workspace, organiser, preferences)
    day.bring([person(n) for n in range(30)])
    day.seat("范启明")
    page = day.open(qtbot, "marking")
    page.scope.setCurrentIndex(1)
    page.scope.activated.emit(1)
    pictures.settle(day.window)
    grid = page.grid
    last = grid.model().index(13, 0)
    assert grid.model().rowCount() == 30
    assert grid.viewport().rect().contains(grid.visualRect(last))


def test_each_status_word_has_one_role() -> None:
    states = [state for state in vars(pills).values() if isinstance(state, pills.State)]
    roles: dict[str, set[str]] = {}
    for state in states:
        roles.setdefault(state.word, set()).add(state.role)
    assert len(states) > 20
    assert {word: found for word, found in roles.items() if len(found) > 1} == {}


def test_undo_works_from_another_page_and_redo_brings_it_back(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot
) -> None:
    from competition_app.services.registration import registration_rows

    day = Day(workspace, organiser, preferences)
    day.bring([person(0)])
    page = day.open(qtbot, "registration")

    def state() -> str:
        return day.ask(registration_rows.registrations, day.competition)[0].state

    page.table.selectRow(0)
    page.panel.pass_button.click()
    day.window.frame.go("certificates")
    QTest.keyClick(day.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert state() == "waiting"
    assert day.window.asking.record[-1].words.startswith("已撤销：已通过：选手")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(day.window, Qt.Key.Key_Z, both)
    assert state() == "passed"
    QTest.keyClick(day.window, Qt.Key.Key_Z, both)
    assert day.window.asking.record[-1].words == "没有可重做的操作。"
