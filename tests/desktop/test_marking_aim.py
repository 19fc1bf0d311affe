"""去评分: what hinders the lock, the ribbon and the overview lead to the very sheet that is missing."""

from collections.abc import Callable
from decimal import Decimal

from test_marking_page import Desk, make_desk

from competition_app.desktop.overview.overview_page import OverviewPage
from competition_app.desktop.results.settling.locking_deeds import LockingDeeds
from competition_app.services.competitions import competitions, overview, overview_todo
from competition_app.services.judging import judging, marking_grid
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.locking import locking
from competition_app.services.locking.locking import ObstacleKind

__all__ = ["make_desk"]


def test_what_hinders_leads_to_the_owing_judges_row(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(judges=2, people=3)
    day, page, (first, second) = desk.day, desk.page, desk.seats
    for judge, rows in ((first, 3), (second, 2)):  # J2 owes the third sheet alone
        grid = day.ask(marking_grid.grid, day.event, "final", "practical", judge)
        for row in grid.rows[:rows]:
            for code, value in (("P1", "30"), ("P2", "1"), ("P3", "0.1")):
                day.do(judging.enter_mark, MarkPlace(row.work_id, 1, judge, code), Decimal(value))
    page.choose_judge(first)
    event = day.ask(competitions.event, day.event)
    sheets = next(one for one in day.ask(locking.obstacles, day.event) if one.kind is ObstacleKind.SHEETS)
    LockingDeeds(page.context, lambda _one: None).mend(event, sheets)
    assert page.judge_id == second
    assert page.hands.model.place(page.grid.currentIndex()) == (page.hands.model.rows[2].key, "P1")

    page.choose_judge(first)
    window = day.window
    assert window is not None
    window.frame.go("overview")
    found = day.ask(overview.findings, day.competition)
    things = overview_todo.to_do(day.ask(overview.day, day.competition), {day.event: found[0]})
    there = window.frame.page()
    assert isinstance(there, OverviewPage)
    there.to_do.wanted.emit(next(one for one in things if one.kind == "owing"))
    assert window.frame.page() is page
    assert page.judge_id == second
    assert page.grid.currentIndex().row() == 2

    missing = next(one for one in day.ask(locking.obstacles, day.event) if one.module == "theory")
    LockingDeeds(page.context, lambda _one: None).mend(event, missing)
    assert page.module is not None
    assert page.module.module == "theory"
    assert page.grid.currentIndex().row() == 0
