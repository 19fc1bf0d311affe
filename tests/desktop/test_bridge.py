"""From a write to the open page: gathered, queued, in the window's thread."""

import threading

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from competition_app.desktop.bridge import Bridge
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.workspace import Workspace


def test_writes_of_any_thread_become_one_notice(workspace: Workspace, organiser: Actor, qtbot) -> None:
    bridge = Bridge(workspace)
    told: list[tuple[frozenset[str], bool]] = []
    here = QApplication.instance().thread()
    bridge.written.connect(lambda tables: told.append((tables, QThread.currentThread() is here)))

    def write(code: str) -> None:
        workspace.do(organiser, competitions.create_competition, code, "竞赛")

    threads = [threading.Thread(target=write, args=(f"C{i}",)) for i in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(120)
    assert len(told) == 1
    tables, in_the_windows_thread = told[0]
    assert {"competitions", "history"} <= tables
    assert in_the_windows_thread
    bridge.close()


def test_a_closed_bridge_is_silent(workspace: Workspace, organiser: Actor, qtbot) -> None:
    bridge = Bridge(workspace)
    told: list[object] = []
    bridge.written.connect(told.append)
    workspace.do(organiser, competitions.create_competition, "C1", "竞赛")
    bridge.close()
    qtbot.wait(120)
    assert told == []
