"""成绩: the way from marks to the lock, ties decided with their consequences shown, locked and reopened."""

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from competition_app.desktop import pictures
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.parts import Banner
from competition_app.desktop.preferences import Preferences
from competition_app.desktop.results.settling.choice_list import ChoiceList
from competition_app.desktop.results.settling.locking_deeds import LockingDeeds
from competition_app.i18n import in_use
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.locking import locking
from competition_app.services.plans import plans
from competition_app.services.registration import registration_review, registration_rows
from competition_app.services.results import results
from competition_app.services.workspace import Workspace
from tests.desktop.day import Day, answer, key, person

Opened = Callable[..., MainWindow]


def stands(page) -> list[tuple[str, str]]:
    return [(one.step.title, one.step.stand) for one in page.way.ribbon.steps]


def write_reason(sheet: Sheet, text: str = "按操作规范裁定") -> None:
    sheet.findChildren(QPlainTextEdit)[0].setPlainText(text)


def test_the_lock_names_what_hinders_and_leads_to_it(opened: Opened, workspace: Workspace, qtbot) -> None:
    window = opened(tied=True)
    page = window.frame.page()
    assert stands(page) == [("收齐评分", "done"), ("裁定", "now"), ("锁定", "later"), ("制作证书", "later")]
    assert page.way.next_button.variant == "plain"  # the banner holds the one red button
    seen: list[str] = []

    def first(sheet: Sheet) -> None:
        seen.append(sheet.title)
        if len(seen) > 1:
            sheet.reject()
        else:
            assert sheet.default.text() == "去裁定"
            sheet.default.click()

    answer(page, first)
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(seen) > 1)
    assert seen == ["现在还不能锁定", "裁定 001、002 号"]
    assert not workspace.ask(locking.lock_state, window.context.event_id).locked


def test_a_tie_is_decided_knowing_what_follows(opened: Opened, workspace: Workspace, qtbot) -> None:
    window = opened(tied=True)
    page, event = window.frame.page(), window.context.event_id
    refused: list[str] = []

    def decide(sheet: Sheet) -> None:
        tiles = sheet.findChild(ChoiceList).tiles
        assert [tile.offer.word for tile in tiles][:2] == [
            "001 沈砚秋在前，002 在后",
            "002 欧阳靖宇在前，001 在后",
        ]
        assert tiles[1].offer.follows[0] == "001 沈砚秋 第 2 名 二等奖；002 欧阳靖宇 一等奖"
        for choose in (lambda: None, tiles[1].click):
            choose()
            sheet.press("记录裁定")
            refused.extend(field.refused() for field in sheet.findChildren(Field) if field.refused())
        write_reason(sheet)
        sheet.press("记录裁定")

    answer(page, decide)
    page.questions.settle()
    qtbot.waitUntil(lambda: not page.questions.isVisible())
    assert refused == [
        "还没有选择：请先在上面选一种裁定。",
        in_use()("State the reason: it stands in the record and may be asked for."),
    ]
    first = workspace.ask(results.event_result, event).divisions[0].standings[0]
    assert (first.number, first.place, first.award) == ("002", 1, "一等奖")
    assert not page.questions.isVisible()
    assert stands(page)[2] == ("锁定", "now")
    assert page.way.next_button.variant == "primary"


def test_a_tie_at_a_prize_is_given_to_all_by_a_ruling(opened: Opened, workspace: Workspace, qtbot) -> None:
    window = opened()
    page, event = window.frame.page(), window.context.event_id
    plan = json.loads(workspace.ask(plans.plan_text, event))
    plan["stages"][0] |= {"ties": [], "no_shared_top": None, "round": {"weighted": 2, "total": 0}}
    plan["awards"]["levels"] = [{"name": "一等奖", "count": 1}, {"name": "二等奖", "count": 1}]
    plan["stages"][0]["modules"][0]["weight"], plan["stages"][0]["modules"][1]["weight"] = "0.9", "0.1"
    workspace.do(window.context.actor, competitions.set_plan, event, json.dumps(plan), reason="试题难度")
    pictures.settle(window)
    banner = page.questions.findChildren(Banner)[-1]
    assert "二等奖只剩 1 名" in banner.sentence.text()

    def give(sheet: Sheet) -> None:
        listing = sheet.findChild(ChoiceList)
        assert listing.tiles[listing.at()].offer.word.startswith("同分的都得")
        write_reason(sheet)
        sheet.press("记录裁定")

    answer(page, give)
    banner.answers[-2].click()
    qtbot.waitUntil(lambda: not page.questions.isVisible())
    assert "ties" not in json.loads(workspace.ask(plans.plan_text, event))["awards"]
    rows = workspace.ask(results.event_result, event).divisions[0].standings
    assert [row.award for row in rows] == ["一等奖", *["二等奖"] * 10, None]
    assert not page.questions.isVisible()


def test_locked_by_the_page_and_reopened_with_a_reason(opened: Opened, workspace: Workspace, qtbot) -> None:
    window = opened()
    page, event = window.frame.page(), window.context.event_id
    answer(page, lambda sheet: sheet.press("锁定成绩"))
    page.primary()
    qtbot.waitUntil(lambda: page.way.locked)
    assert workspace.ask(locking.lock_state, event).locked
    assert [stand for _title, stand in stands(page)] == ["done", "done", "done", "now"]
    assert page.way.next_button.text() == "生成证书"
    assert "成绩锁定于" in window.frame.status.facts.text()
    told: list[str] = []

    def reopen(sheet: Sheet) -> None:
        sheet.press("重新打开")
        told.append(sheet.title)
        write_reason(sheet, "复核发现漏扣")
        sheet.press("重新打开")

    answer(page, reopen)
    page.way.reopen_button.click()
    qtbot.waitUntil(lambda: not page.way.locked)
    assert told
    assert not workspace.ask(locking.lock_state, event).locked
    assert "复核发现漏扣" in page.way.ribbon.steps[2].step.detail
    assert not page.way.reopen_button.isVisible()


def test_locked_in_another_window_the_open_page_follows(opened: Opened, workspace: Workspace, qtbot) -> None:
    window = opened()
    page = window.frame.page()
    workspace.do(window.context.actor, locking.lock, window.context.event_id)
    qtbot.waitUntil(lambda: page.way.locked)
    assert stands(page)[2] == ("锁定", "done")
    assert page.way.reopen_button.isVisible()


def test_a_button_of_another_rank_keeps_its_type_in_another_theme(qtbot, qapp) -> None:
    button, plain = Button("锁定成绩", "lock", "primary"), Button("锁定成绩", "lock")
    for one in (button, plain):
        qtbot.addWidget(one)
        one.show()
    button.set_variant("plain")
    theme.apply(qapp, "dark")
    assert button.grab().toImage() == plain.grab().toImage()


def test_before_locking_it_is_said_whose_registration_is_not_reviewed(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = Day(workspace, organiser, preferences)
    day.bring([person(n) for n in range(2)])
    page = day.open(qtbot, "results")
    first, second = day.ask(registration_rows.registrations, day.competition)
    day.do(registration_review.pass_registrations, [first.id])
    monkeypatch.setattr("competition_app.services.locking.locking.obstacles", lambda *_: ())
    told: list[str] = []

    def read(sheet: Sheet) -> None:
        told.extend(sheet.said)
        sheet.press("暂不锁定")

    answer(page, read)
    event = next(one for one in day.ask(competitions.events, day.competition))
    LockingDeeds(page.context, lambda _obstacle: None).lock(event, {})
    assert any(f"还有 1 人的报名没有通过审查（{second.name}）。" in text for text in told)
