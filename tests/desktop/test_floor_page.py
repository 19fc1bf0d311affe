"""The floor record as a desk uses it: times typed down the list, absences, penalties, who is struck out."""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from day import Day, answer, key, person, press
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from competition_app.desktop.marking.floor.floor_book import ABSENT, PENALTY, TIME
from competition_app.desktop.marking.marking_model import STATE
from competition_app.desktop.marking.marking_page import FLOOR, MarkingPage
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.preferences import Preferences
from competition_app.desktop.results.settling.locking_deeds import DEEDS, TITLES, LockingDeeds
from competition_app.domain.ranking.result import Status
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.judging import direct_scores, floor_record, rulings
from competition_app.services.judging.direct_scores import ScoreGiven
from competition_app.services.judging.floor_record import FloorRow
from competition_app.services.locking import locking
from competition_app.services.workspace import Workspace

CONTROL = Qt.KeyboardModifier.ControlModifier
SPEECH = {
    "stages": [
        {
            "code": "final",
            "name": "决赛",
            "modules": [
                {
                    "code": "speech", "name": "演讲", "kind": "direct", "full": 10,
                    "time_bands": [[481, "0.5"]],
                },
            ],
            "round": {"total": 2},
        }
    ]
}  # fmt: skip


class Floor:
    """The floor record open on a speech contest's module."""

    def __init__(self, day: Day, qtbot: QtBot) -> None:
        self.day = day
        page = day.open(qtbot, "marking")
        assert isinstance(page, MarkingPage)
        self.page, self.view = page, page.floor
        page.views_of.choose(FLOOR)

    def rows(self) -> tuple[FloorRow, ...]:
        return self.day.ask(floor_record.floor_rows, self.day.event, "final", "speech")

    def at(self, row: int, code: str) -> None:
        self.view.grid.go((self.view.hands.model.rows[row].key, code))

    def state(self, row: int) -> str:
        model = self.view.hands.model
        return str(model.index(row, model.columnCount() - 1).data(STATE).word)

    def told(self) -> str:
        return self.page.context.asking.record[-1].words


@pytest.fixture
def make_floor(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot
) -> Callable[..., Floor]:
    def make(people: int = 3) -> Floor:
        day = Day(workspace, organiser, preferences)
        day.do(competitions.set_plan, day.event, json.dumps(SPEECH))
        day.bring([person(n) for n in range(people)])
        return Floor(day, qtbot)

    return make


@pytest.fixture
def floor(make_floor: Callable[..., Floor]) -> Floor:
    return make_floor()


def test_the_model_keeps_qts_rules(floor: Floor, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(floor.view.hands.model)


def reasoned(text: str) -> Callable[[Sheet], None]:
    """Write the reason and do the deed."""

    def deed(sheet: Sheet) -> None:
        sheet.findChildren(QPlainTextEdit)[0].setPlainText(text)
        list(sheet.buttons.values())[-1].click()

    return deed


def test_a_speech_contest_is_completed_by_typing_its_times(floor: Floor) -> None:
    rows, day = floor.rows(), floor.day
    scores = [ScoreGiven(row.entry_id, Decimal(9)) for row in rows]
    day.do(direct_scores.enter_scores, day.event, "final", "speech", scores)

    def lacking() -> list[tuple[str, ...]]:
        return [one.numbers for one in day.ask(locking.obstacles, day.event)]

    assert lacking() == [("001", "002", "003")]
    assert floor.view.count.text() == "3 名缺用时"
    floor.at(0, TIME)
    for text in ("8:01", "8:75", "8m"):
        press(text)
        key(Qt.Key.Key_Return)
    assert [row.seconds for row in floor.rows()] == ["481", None, "480"]
    assert [floor.state(n) for n in range(3)] == ["正常", "未记入", "正常"]
    assert "8:75" in floor.view.message.sentence.text()
    key(Qt.Key.Key_Return, CONTROL)  # the next without a time is the one typed wrongly
    assert floor.view.hands.model.code(floor.view.grid.place()[0]).startswith("002")
    press("500")
    key(Qt.Key.Key_Return)
    assert lacking() == []
    day.do(locking.lock, day.event)
    assert not floor.view.message.isVisible()
    assert floor.view.hands.model.index(1, 0).data() == "8:20"


def test_a_column_is_pasted_and_taken_back_as_one(floor: Floor) -> None:
    floor.at(0, TIME)
    QGuiApplication.clipboard().setText("8:15\nx\n0:09:00\n7:00\n")
    key(Qt.Key.Key_V, CONTROL)
    assert [row.seconds for row in floor.rows()] == ["495", None, "540"]
    assert [told.words for told in floor.page.context.asking.record][-2:] == [
        "粘贴了 2 个时间", "多出 1 行：最后一名之下没有选手了。",
    ]  # fmt: skip
    key(Qt.Key.Key_Z, CONTROL)
    assert [row.seconds for row in floor.rows()] == [None, None, None]
    assert floor.told() == "已撤销：粘贴了 2 个时间"


def test_q_turns_an_absence_over_and_delete_takes_a_time_back(floor: Floor) -> None:
    floor.at(1, TIME)
    press("q")
    assert floor.state(1) == "缺考"
    floor.at(1, ABSENT)
    key(Qt.Key.Key_Space)
    assert floor.state(1) == "缺用时"
    key(Qt.Key.Key_Z, CONTROL)
    assert [row.absent for row in floor.rows()] == [False, True, False]
    floor.at(0, TIME)
    press("90")
    key(Qt.Key.Key_Down)
    floor.at(0, TIME)
    key(Qt.Key.Key_Delete)
    assert [row.seconds for row in floor.rows()] == [None, None, None]


def test_a_penalty_is_asked_with_its_reason_told_and_withdrawn(floor: Floor, qtbot: QtBot) -> None:
    def give(sheet: Sheet) -> None:
        points, reason = sheet.findChildren(QLineEdit)[0], sheet.findChildren(QPlainTextEdit)[0]
        assert points.text() == "2"
        points.setText("0")
        deed = list(sheet.buttons.values())[-1]
        deed.click()
        assert points.property("wrong") == "true"
        points.setText("2.5")
        deed.click()
        assert reason.property("wrong") == "true"
        reason.setPlainText("超时")
        deed.click()

    answer(floor.page, give)
    floor.at(2, PENALTY)
    press("2")
    qtbot.waitUntil(lambda: any(row.penalties for row in floor.rows()))
    (row,) = (row for row in floor.rows() if row.penalties)
    assert (row.number, row.points) == ("003", "2.5")
    qtbot.waitUntil(lambda: floor.view.hands.model.index(2, 2).data() == "−2.5")
    answer(floor.page, reasoned("记错人"))
    floor.view.panel.withdraws[0].click()
    assert [row.penalties for row in floor.rows()] == [0, 0, 0]
    (told,) = floor.day.ask(floor_record.penalties_of, row.entry_id)
    assert (told.module, told.withdrawn) == ("speech", "记错人")
    assert floor.view.panel.withdraws == []


def test_who_competes_no_more_is_asked_undone_and_refused_under_the_lock(floor: Floor) -> None:
    floor.at(0, TIME)
    answer(floor.page, reasoned("替赛"))
    deeds = floor.view.panel.deeds
    assert [one for one, button in deeds.items() if button.isVisible()] == [
        Status.DISQUALIFIED, Status.WITHDRAWN, Status.OUT_OF_COMPETITION,
    ]  # fmt: skip
    deeds[Status.DISQUALIFIED].click()
    assert floor.state(0) == "取消成绩"
    assert deeds[Status.RANKED].isVisible()
    floor.page.context.undoing.undo()
    floor.page.refresh()
    assert floor.state(0) == "缺用时"
    for row in floor.rows():
        floor.day.do(floor_record.record_absent, row.entry_id, "final", "speech")
    floor.day.do(locking.lock, floor.day.event)
    floor.page.refresh()
    for which in (TIME, ABSENT, PENALTY):
        floor.at(0, which)
        press("9")
        key(Qt.Key.Key_Return)
        assert "已锁定" in floor.told()
    deeds[Status.WITHDRAWN].click()
    QGuiApplication.clipboard().setText("9:00")
    floor.at(0, TIME)
    key(Qt.Key.Key_V, CONTROL)
    assert floor.rows()[0].seconds is None
    assert floor.rows()[0].status is Status.RANKED
    assert floor.view.locked.isVisible()


def test_what_the_store_does_not_take_stays_in_its_cell(floor: Floor) -> None:
    view = floor.view
    for row in floor.rows():
        floor.day.do(floor_record.record_absent, row.entry_id, "final", "speech")
    floor.day.do(locking.lock, floor.day.event)  # the page has not heard of it yet
    view.hands.enter(floor.rows()[0].entry_id, TIME, "9:00")
    assert floor.rows()[0].seconds is None
    assert "锁定" in view.message.sentence.text()
    assert view.hands.model.face(0, 0).text == "9:00"
    floor.day.do(locking.reopen, floor.day.event, "补记用时")
    view.message.mend.click()
    assert floor.rows()[0].seconds == "540"
    assert not view.message.isVisible()


def test_the_lock_leads_to_the_first_entry_without_a_time(floor: Floor) -> None:
    day, context = floor.day, floor.page.context
    scores = [ScoreGiven(row.entry_id, Decimal(9)) for row in floor.rows()]
    day.do(direct_scores.enter_scores, day.event, "final", "speech", scores)
    for row in floor.rows()[:2]:
        day.do(rulings.record_time, row.entry_id, "final", "speech", Decimal(60))
    floor.page.views_of.choose("marks")
    (obstacle,) = day.ask(locking.obstacles, day.event)
    context.go.emit("results")
    LockingDeeds(context, lambda _one: None).mend(day.ask(competitions.event, day.event), obstacle)
    assert day.window is not None
    assert day.window.frame.page() is floor.page
    assert floor.page.on_floor
    assert floor.view.entry().number == "003"
    assert floor.view.grid.hasFocus()
    context.go.emit("results")
    context.go.emit("marking")
    floor.view.grid.go_on(-1)
    floor.page.refresh()
    assert floor.view.entry().number == "002"  # a way is gone once


def test_every_obstacle_of_a_lock_has_its_title_and_its_deed() -> None:
    assert set(TITLES) == set(DEEDS) == set(locking.ObstacleKind)
