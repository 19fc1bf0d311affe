"""Sheets into which nothing is to be entered: they say so, and a key struck by mistake changes nothing."""

from decimal import Decimal

from day import Day, key, person, press
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from competition_app.desktop.marking.marking_model import STATE
from competition_app.desktop.marking.marking_page import MarkingPage
from competition_app.desktop.marking.marking_sheets import FIRST, rows_of
from competition_app.desktop.parts.controls import Button
from competition_app.desktop.parts.notes import Note
from competition_app.desktop.preferences import Preferences
from competition_app.i18n import in_use
from competition_app.services.access import Actor
from competition_app.services.competitions import panels
from competition_app.services.judging import direct_scores, judging, marking_grid, rulings
from competition_app.services.judging.direct_scores import ScoreGiven
from competition_app.services.judging.entrants import entrants
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.locking import locking
from competition_app.services.workspace import Workspace

CONTROL = Qt.KeyboardModifier.ControlModifier


def _open(day: Day, qtbot: QtBot, module: int) -> MarkingPage:
    page = day.open(qtbot, "marking")
    assert isinstance(page, MarkingPage)
    page.scope.setCurrentIndex(module)
    page.scope.activated.emit(module)
    page.grid.setFocus()
    return page


def _states(page: MarkingPage) -> list[str]:
    model = page.hands.model
    last = model.columnCount() - 1
    return [str(model.index(row, last).data(STATE).word) for row in range(model.rowCount())]


def _told(page: MarkingPage) -> str:
    return page.context.asking.record[-1].words


def test_who_is_gone_is_shown_as_gone_and_nothing_is_typed_there(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot
) -> None:
    day = Day(workspace, organiser, preferences)
    day.bring([person(n) for n in range(4)])
    judge = day.seat("裁判")[0]
    works = day.ask(marking_grid.grid, day.event, "final", "practical", judge).rows.works
    page = _open(day, qtbot, 1)
    model = page.hands.model
    entries = [row.entry_id for row in day.ask(entrants, day.event).values()]
    day.do(rulings.record_absence, entries[1], "final", "practical")
    day.do(rulings.withdraw_entry, entries[2], "本人弃权")
    day.do(rulings.disqualify, entries[3], "携带手机")
    page.refresh()
    assert _states(page) == ["未录", "缺考", "弃权", "取消成绩"]
    assert [str(model.index(row, 0).data()) for row in range(1, 4)] == ["缺考", "弃权", "取消成绩"]
    assert [(one.done, one.all) for one in page.judges.owing()] == [(0, 1)]
    for row, struck in ((1, "3"), (2, "q"), (3, " ")):
        page.grid.go((works[row].id, "P2"))
        press(struck)
        assert "现场记录" in _told(page)
        assert page.grid.being_typed() is None
    page.grid.go((works[0].id, "P1"))
    QGuiApplication.clipboard().setText("30\n31\n")
    key(Qt.Key.Key_V, CONTROL)
    assert "有 1 行没有录入" in _told(page)
    assert page.window().findChildren(Note)[-1].findChild(Button).text() == "撤销"
    rows = day.ask(marking_grid.grid, day.event, "final", "practical", judge).rows
    assert [row.cells[0].text for row in rows] == ["30", None, None, None]
    page.scope.setCurrentIndex(0)
    page.scope.activated.emit(0)
    assert _states(page) == ["未录", "未录", "弃权", "取消成绩"]


def test_a_locked_result_is_only_shown(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot
) -> None:
    day = Day(workspace, organiser, preferences)
    day.bring([person(n) for n in range(2)])
    judge = day.seat("裁判")[0]
    for work in day.ask(marking_grid.grid, day.event, "final", "practical", judge).rows.works:
        for code, mark in (("P1", 30), ("P2", True), ("P3", Decimal("0.2"))):
            day.do(judging.enter_mark, MarkPlace(work.id, 1, judge, code), mark)
    scores = [ScoreGiven(one.entry_id, Decimal(80)) for one in day.ask(entrants, day.event).values()]
    day.do(direct_scores.enter_scores, day.event, "final", "theory", scores)
    page = _open(day, qtbot, 1)
    assert page.keys.isVisible()
    day.do(locking.lock, day.event)
    qtbot.waitUntil(page.locked.isVisible)
    assert page.locked.pill.isVisible()
    for module, code in ((1, "P1"), (0, "score")):
        page.scope.setCurrentIndex(module)
        page.scope.activated.emit(module)
        before = str(page.hands.model.index(0, 0).data())
        deeds = (page.keys, page.next_button, page.import_button, page.sheets_button)
        assert not any(one.isVisible() for one in deeds)
        page.grid.go((page.hands.model.rows[0].key, code))
        press("1")
        assert page.grid.being_typed() is None
        assert "裁判长" in _told(page)
        page.primary()
        assert "成绩已锁定" in _told(page)
        assert str(page.hands.model.index(0, 0).data()) == before
    went: list[str] = []
    page.context.go.connect(went.append)
    qtbot.mouseClick(page.locked.way, Qt.MouseButton.LeftButton)
    assert went == ["results"]
    day.do(locking.reopen, day.event, "更正")
    page.refresh()
    assert not page.keys.isHidden()
    assert page.locked.isHidden()


def test_an_anonymous_work_does_not_say_why_it_is_not_marked(
    workspace: Workspace, organiser: Actor, preferences: Preferences
) -> None:
    day = Day(workspace, organiser, preferences)
    day.bring([person(n) for n in range(2)])
    here = "final", "practical"
    judge = day.do(panels.add_judge, day.event, "J1", name="裁判", modules=[here])
    day.do(judging.open_module, day.event, *here, coded=True)
    away = next(iter(day.ask(entrants, day.event).values())).entry_id
    day.do(rulings.record_absence, away, *here)
    rows = rows_of(day.ask(marking_grid.grid, day.event, *here, judge), FIRST, {})
    (told,) = [row for row in rows if row.locked]
    words = {told.state.word, in_use().say(told.locked), *(face.text for face in told.cells)}
    assert words == {"不用评", "这件作品不用评：原因见“现场记录”。", "—"}
