"""成绩 of a large event: the page opens at once, and its rows come when they are worked out."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from competition_app.desktop import pictures
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.results import results_seeing
from competition_app.services.access import Actor
from competition_app.services.judging import rulings
from competition_app.services.workspace import Workspace

Opened = Callable[..., MainWindow]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The working out waits for this; every event is large and never at hand."""
    go_on, real = threading.Event(), results_seeing.result_seen

    def slowly(*given: Any) -> object:
        go_on.wait(10)
        return real(*given)

    monkeypatch.setattr(results_seeing, "result_seen", slowly)
    monkeypatch.setattr(results_seeing, "SMALL", 0)
    monkeypatch.setattr(results_seeing.results, "kept", lambda *_given: False)
    return go_on


def test_rows_come_when_they_are_worked_out(
    opened: Opened, workspace: Workspace, organiser: Actor, held: threading.Event, qtbot
) -> None:
    window = opened(page="settings")
    window.frame.go("results")
    page = window.frame.page()
    assert page.waiting.isVisible()
    assert not page.table.rows_model.rows
    assert {one.step.stand for one in page.way.ribbon.steps} == {"later"}
    page.way.lock()  # says that it must wait, and asks nothing
    held.set()
    qtbot.waitUntil(lambda: len(page.table.rows_model.rows) > 3)
    assert not page.waiting.isVisible()
    page.table.choose("003")
    page.segments.choose("won")
    held.clear()
    entry = next(row.entry_id for row in page.seeing._seen.people.values() if row.number == "001")
    workspace.do(organiser, rulings.add_penalty, entry, points=1, reason="超时")
    qtbot.waitUntil(lambda: page.seeing._busy)
    assert page.table.rows_model.rows, "the rows of this event stay while it is ranked again"
    workspace.do(organiser, rulings.add_penalty, entry, points=2, reason="违规")  # while it is worked out
    held.set()
    pictures.settle(window)
    last = next(row for row in page.table.rows_model.rows if row.number == "001")
    assert last.recorded.penalties.startswith("3"), "the write that came meanwhile counts"
    assert page.table.chosen_row().number == "003"
    assert page.segments.key() == "won"


def test_a_page_left_meanwhile_is_not_filled(opened: Opened, held: threading.Event) -> None:
    window = opened(page="settings")
    window.frame.go("results")
    page = window.frame.pages["results"]
    window.frame.go("settings")
    held.set()
    pictures.settle(window)
    assert not page.table.rows_model.rows
    window.frame.go("results")
    pictures.settle(window)
    assert page.table.rows_model.rows
