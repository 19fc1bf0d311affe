"""成绩 in a wide window: more columns, a wider panel, higher rows; and what stands beside the totals."""

from collections.abc import Callable
from decimal import Decimal

from competition_app.desktop import pictures
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.look import theme
from competition_app.desktop.results.results_table import clock
from competition_app.services.judging import entrants, rulings
from competition_app.services.results import recorded
from competition_app.services.workspace import Workspace

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
    beside = workspace.ask(recorded.recorded, window.context.event_id, "final")
    assert beside["001"].to_next == "0.00"
    assert beside["002"].to_next == "1.40"
    assert beside["012"].to_next is None
    assert workspace.ask(recorded.recorded, window.context.event_id, "nowhere") == {}
    page = window.frame.page()
    page.table.choose("003")
    assert "低 1.40" in [text.text() for text in page.panel.findChildren(type(page.panel.title))]


def test_a_time_as_a_stop_watch_shows_it() -> None:
    assert [clock(text) for text in ("4879", "59.5", "0", None)] == ["81:19", "0:59.5", "0:00", "—"]
