"""成绩: who goes on is confirmed on the page, and a withdrawal offers the next in line."""

import json
from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit

from competition_app.desktop import pictures
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.parts.controls import Selector
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import Banner
from competition_app.desktop.results.settling.going_on_deeds import declined
from competition_app.desktop.tables.table_view import TableView
from competition_app.domain.ranking.result import Status
from competition_app.services.competitions import competitions
from competition_app.services.judging import entrants, rulings
from competition_app.services.plans import plans
from competition_app.services.results import going_on
from competition_app.services.results.going_on import Waiting
from competition_app.services.workspace import Workspace
from tests.desktop.day import answer

Opened = Callable[..., MainWindow]


def two_stages(window: MainWindow, workspace: Workspace) -> None:
    """The event's plan with a final after the stage that is marked; three go on to it."""
    event = window.context.event_id
    plan = json.loads(workspace.ask(plans.plan_text, event))
    first = plan["stages"][0] | {"code": "final", "name": "初赛", "advance": {"count": 3}}
    last = {
        "code": "last", "name": "决赛",
        "modules": [{"code": "answer", "name": "答辩", "kind": "direct", "full": 100, "weight": 1}],
    }  # fmt: skip
    plan["stages"] = [first, last]
    workspace.do(window.context.actor, competitions.set_plan, event, json.dumps(plan), reason="加决赛")
    pictures.settle(window)


def shown(window: MainWindow, workspace: Workspace):
    """The page of results on the first of two stages."""
    two_stages(window, workspace)
    page = window.frame.page()
    page.refresh()
    page.part.choose(page.part.itemData(0))
    page.refresh()
    return page


def going(workspace: Workspace, event: int) -> list[str]:
    found = workspace.ask(going_on.going_on, event, "last")
    return [row.number for row in found.rows if row.confirmed and row.status is Status.RANKED]


def banners(page) -> list[str]:
    return [banner.sentence.text() for banner in page.seats.findChildren(Banner)]


def test_others_than_those_of_the_rule_need_a_reason(opened: Opened, workspace: Workspace, qtbot) -> None:
    window = opened()
    page = shown(window, workspace)
    assert banners(page) == ["按规则 3 人晋级决赛。"]
    refused: list[str] = []

    def confirm(sheet: Sheet) -> None:
        table = sheet.findChild(TableView)
        assert table.rows_model.ticked == {"001", "002", "003"}
        table.rows_model.set_ticked(["004"], on=True)
        sheet.press("确认晋级")
        refused.extend(field.refused() for field in sheet.findChildren(Field) if field.refused())
        table.rows_model.set_ticked(["004"], on=False)
        sheet.press("确认晋级")

    answer(page, confirm)
    page.seats.findChild(Banner).answers[0].click()
    qtbot.waitUntil(lambda: not page.seats.isVisible())
    assert len(refused) == 1
    assert going(workspace, window.context.event_id) == ["001", "002", "003"]


def test_a_withdrawal_offers_the_next_in_line(opened: Opened, workspace: Workspace, qtbot) -> None:
    window = opened()
    page, event, act = shown(window, workspace), window.context.event_id, window.context.actor
    workspace.do(act, going_on.confirm_advance, event, "last")
    people = workspace.ask(entrants.entrants, event)
    workspace.do(act, rulings.withdraw_entry, people["002"].entry_id, "伤病")
    qtbot.waitUntil(lambda: banners(page) == ["002 欧阳靖宇 退出，决赛空出 1 个名额。"])

    def take(sheet: Sheet) -> None:
        assert sheet.findChild(Selector).itemText(0).startswith("004 裴若溪")
        sheet.findChild(QPlainTextEdit).setPlainText("002 号伤病退出")
        sheet.press("递补")

    answer(page, take)
    page.seats.findChild(Banner).answers[0].click()
    qtbot.waitUntil(lambda: not page.seats.isVisible())
    assert going(workspace, event) == ["001", "003", "004"]


def test_those_before_in_the_line_declined() -> None:
    line = [
        Waiting("4", "甲", "W", 4, "80", next=True), Waiting("5", "乙", "W", 5, "79", next=False),
        Waiting("9", "丙", "S", 4, "70", next=True), Waiting("6", "丁", "W", 6, "78", next=False),
        Waiting("7", "戊", "W", 6, "78", next=False),
    ]  # fmt: skip
    assert declined(line, "4") == ()
    assert declined(line, "6") == ("4", "5")
    assert declined(line, "7") == ("4", "5")
    assert declined(line, "9") == ()
