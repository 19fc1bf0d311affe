"""成绩 in a wide window: more columns, a wider panel, higher rows; and what stands beside the totals."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt

from competition_app.desktop import pictures
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.look import theme
from competition_app.desktop.results.results_table import clock
from competition_app.services.judging import entrants, rulings
from competition_app.services.locking import locking
from competition_app.services.results import recorded, results
from competition_app.services.workspace import Workspace
from tests.desktop import looking
from tests.desktop.day import focus, key

Opened = Callable[..., MainWindow]


def test_more_room_shows_times_and_penalties(opened: Opened, workspace: Workspace) -> None:
    window = opened()
    page, event = window.frame.page(), window.context.event_id
    people = workspace.ask(entrants.entrants, event)
    act = window.context.actor
    workspace.do(act, rulings.record_time, people["003"].entry_id, "final", "practical", Decimal(4879))
    workspace.do(act, rulings.add_penalty, people["004"].entry_id, points=Decimal("0.5"), reason="迟到")
    pictures.settle(window)
    heads = [column.title for column in page.table.columns()]
    assert heads[6:8] == ["实操用时", "违规扣分"]
    assert page.table.isColumnHidden(6)
    assert page.table.isColumnHidden(7)
    assert page.panel.width() == theme.px("width.sidePanel")
    window.resize(1920, 1080)
    pictures.settle(window)
    assert not page.table.isColumnHidden(6)
    assert not page.table.isColumnHidden(7)
    assert page.panel.width() == theme.px("width.sidePanelWide")
    assert page.table.row_height() == theme.px("height.rowRoomy")
    said = {row.number: page.table.columns()[6].text(row) for row in page.table.rows_model.rows}
    assert (said["003"], said["004"]) == ("81:19", "—")
    off = {row.number: page.table.columns()[7].text(row) for row in page.table.rows_model.rows}
    assert (off["003"], off["004"]) == ("0.00", "0.50")


def test_how_far_the_next_one_is(opened: Opened, workspace: Workspace) -> None:
    window = opened(tied=True)
    first, second, third, *_ = (
        workspace.ask(results.event_result, window.context.event_id).divisions[0].standings
    )
    assert recorded.apart(first, second) == "0.00"
    assert recorded.apart(third, second) == "-1.40"
    assert recorded.apart(first, replace(second, total=None)) is None
    assert workspace.ask(recorded.recorded, window.context.event_id, "nowhere") == {}
    page = window.frame.page()
    page.table.choose("003")
    assert "低 1.40" in [text.text() for text in page.panel.findChildren(type(page.panel.title))]


def test_a_time_as_a_stop_watch_shows_it() -> None:
    assert [clock(text) for text in ("4879", "59.5", "0", None)] == ["81:19", "0:59.5", "0:00", "—"]


def test_an_event_without_rules_says_so(opened: Opened, workspace: Workspace) -> None:
    window = opened()
    with workspace._writing() as connection, connection.begin():
        connection.exec_driver_sql("DELETE FROM plan_versions")
    window.speak("zh")  # the pages are made anew
    page = window.frame.page()
    assert page.no_rules.isVisible()
    assert page.no_rules.ways[0].text() == "去设规则"
    page.primary()


def test_nothing_changed_is_not_asked_again(opened: Opened, workspace: Workspace, monkeypatch) -> None:
    window = opened()
    page = window.frame.page()
    asked: list[int] = []
    monkeypatch.setattr(results, "event_result", lambda *_: asked.append(1))
    window.frame.go("history")
    window.frame.go("results")
    assert asked == []
    assert len(page.table.rows_model.rows) == 12
    assert "12" in window.frame.status.facts.text()


def test_a_competition_closed_while_a_job_looks(opened: Opened, workspace: Workspace, qtbot) -> None:
    window = opened()
    page = window.frame.page()
    workspace.do(window.context.actor, locking.lock, window.context.event_id)
    page.refresh()
    page.way.look_button.click()
    page.sides.look.what_if.run()
    window.show_start()
    qtbot.waitUntil(lambda: not window.jobs.running)
    pictures.settle(window)
    assert window.frame is None


def test_a_name_of_thirty_characters_is_told_whole(opened: Opened) -> None:
    window = opened()
    page = window.frame.page()
    long = "阿依努尔" * 7 + "·买"
    rows = [replace(row, name=long) if row.number == "001" else row for row in page.table.rows_model.all_rows]
    page.table.set_rows(rows)
    name = next(at for at, column in enumerate(page.table.columns()) if column.key == "name")
    assert page.table.tip_of(0, name) == long
    page.sides.about(page.events.chosen_event(), "final", rows, {})
    page.table.choose("001")
    pictures.settle(window)
    assert looking.cut_texts(window) == []


def test_tab_goes_as_the_eye_does(opened: Opened) -> None:
    window = opened(tied=True)
    page = window.frame.page()
    page.way.ribbon.steps[-1].setFocus(Qt.FocusReason.TabFocusReason)
    wanted = [page.segments, page.search, page.columns_button, *page.questions.buttons(), page.table]
    reached = []
    for _stop in wanted:
        key(Qt.Key.Key_Tab)
        reached.append(focus())
    assert reached == wanted
