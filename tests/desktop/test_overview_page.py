"""总览: what it shows is counted, its buttons go where things are done, and it tells no score or place."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from day import Day, person
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from competition_app.desktop import pictures
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.overview.overview_page import OverviewPage
from competition_app.desktop.preferences import Preferences
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.judging import judging, marking_grid
from competition_app.services.workspace import Workspace
from tests.desktop import looking

Opened = Callable[..., MainWindow]


@pytest.fixture
def day(workspace: Workspace, organiser: Actor, preferences: Preferences) -> Day:
    return Day(workspace, organiser, preferences)


def shown(day: Day, qtbot) -> OverviewPage:
    page = day.open(qtbot, "overview")
    assert isinstance(page, OverviewPage)
    assert day.window is not None
    pictures.settle(day.window)
    return page


def test_figures_steps_and_deeds_of_a_day(day: Day, qtbot) -> None:
    day.bring([person(1), person(2), person(3, id_number="123")])
    day.seat("王一", "李二")
    page = shown(day, qtbot)
    (line,) = page.table.rows_model.rows
    assert (line.event.registered, line.event.problems, line.event.waiting) == (3, 1, 2)
    assert [step.state for step in page.stepper.steps] == ["done", "current", "later", "later", "later"]
    assert [thing.kind for thing in page.things] == ["problem", "review"]
    assert (page.context.event_id, page.table.chosen_row()) == (None, None)
    page.table.selectRow(0)
    assert page.context.event_id == day.event
    assert page.first.text() == "处理 2 项待办"
    assert page.charts.received.points[-1].value == 3


def test_a_button_goes_where_the_thing_is_done(day: Day, qtbot) -> None:
    day.bring([person(1)])
    page = shown(day, qtbot)
    qtbot.mouseClick(page.to_do.buttons[0], Qt.MouseButton.LeftButton)
    assert day.window.frame.current == "registration"
    day.window.frame.go("overview")
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert day.window.frame.current == "registration"


def test_a_mark_entered_elsewhere_is_seen_at_once(day: Day, qtbot) -> None:
    day.bring([person(1), person(2)])
    seat, _ = day.seat("王一", "李二")
    page = shown(day, qtbot)
    assert not page.charts.sheets.lines or page.charts.sheets.lines[0].done == 0
    grid = day.ask(marking_grid.grid, day.event, "final", "practical", seat)
    for code, value in (("P1", Decimal(30)), ("P2", True), ("P3", Decimal("0.2"))):
        day.do(judging.enter_mark, judging.MarkPlace(grid.rows[0].work_id, 1, seat, code), value)
    qtbot.waitUntil(lambda: any(bar.done == 1 for bar in page.charts.sheets.lines))
    pictures.settle(day.window)
    (line,) = page.table.rows_model.rows
    assert line.state.word == "评分中"
    assert page.findings[day.event].done == 1
    assert "owing" in [thing.kind for thing in page.things]
    assert page.operations.operations[0].done.text == "A mark was entered"


def test_no_score_and_no_place_is_shown(opened: Opened) -> None:
    """Twelve entries are ranked: none of their totals and places may stand here before the result is out."""
    window = opened(page="overview", tied=True)
    page = window.frame.page()
    said = [page.stepper.accessibleDescription(), page.charts.sheets.accessibleDescription()]
    said += [f"{thing.said} {thing.detail}" for thing in page.things]
    said += [str(line.next) for line in page.table.rows_model.rows]
    words = "\n".join(said)
    assert not any(figure in words for figure in ("94.", "93.", "place 1", "001"))
    assert page.things[0].kind == "question"


def test_a_competition_without_events_shows_the_way(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot
) -> None:
    day = Day.__new__(Day)
    day.workspace, day.actor, day.preferences, day.window = workspace, organiser, preferences, None
    day.competition = day.do(competitions.create_competition, "SZ2025", "数智竞赛")
    page = shown(day, qtbot)
    assert page.empty.isVisible()
    assert page.empty.ways[0].text() == "设置赛项"


def test_a_wide_or_high_window_has_a_third_row(opened: Opened) -> None:
    window = opened(page="overview")
    page = window.frame.page()
    for size, third in (((1366, 580), False), ((1366, 900), True), ((1920, 580), True)):
        window.resize(*size)
        QApplication.processEvents()
        assert page.charts.speed_card.isVisible() is third
        assert page.last.isVisible() is third
        assert page.progress.height() == page.to_do.height() < 300
    assert page.last.geometry().top() > page.schedule.geometry().bottom()


@pytest.mark.parametrize(("language", "size"), looking.LOOKS)
def test_nothing_is_cut(opened: Opened, language: str, size: tuple[int, int]) -> None:
    window = opened(page="overview", tied=True)
    window.resize(*size)
    window.speak(language)
    pictures.settle(window)
    page = window.frame.page()
    assert looking.cut_texts(page) == []
    assert looking.cells_without_tip(page) == []
    assert looking.nameless(page) == []


def test_a_page_left_while_counting_ends_quietly(day: Day, qtbot) -> None:
    day.bring([person(1)])
    page = day.open(qtbot, "overview")
    page.refresh()  # counts anew; the job's end is heard only by the next round of events
    assert day.window.jobs.running
    assert all(job.quiet for job in day.window.jobs.running)
    day.window.speak("en")
    pictures.settle(day.window)
    assert day.window.frame.page() is not page
