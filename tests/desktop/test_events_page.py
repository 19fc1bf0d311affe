"""赛项与规则: events set up and edited, the plan typed into forms, frozen plans changed with open eyes."""

import json
from collections.abc import Callable, Iterator

import pytest
from day import Day
from editing import add, drop, field, press, settle, tile, type_into, write
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from competition_app.desktop import pictures
from competition_app.desktop.events.events_page import EventsPage
from competition_app.desktop.events.events_side import CheckLine
from competition_app.desktop.events.forms.plan_grid import PairGrid
from competition_app.desktop.events.forms.plan_part_list import PartList
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.parts.controls import Button
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.preferences import Preferences
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.plans import plan_changes
from competition_app.services.workspace import Workspace
from tests.desktop import looking

Opened = Callable[..., MainWindow]
THEORY = ("stages", 0, "modules", 0)
PRACTICAL = ("stages", 0, "modules", 1)


@pytest.fixture
def day(workspace: Workspace, organiser: Actor, preferences: Preferences) -> Day:
    return Day(workspace, organiser, preferences)


@pytest.fixture
def page(day: Day, qtbot) -> Iterator[EventsPage]:
    made = day.open(qtbot, "events")
    assert isinstance(made, EventsPage)
    pictures.settle(day.window)
    yield made
    day.window.jobs.close()  # what counts the badges has an end before the window goes


def newest(day: Day) -> dict:
    return json.loads(day.ask(plan_changes.versions, day.event)[0].text)


def test_the_plan_is_shown_as_tree_and_in_words(page: EventsPage) -> None:
    theory, criterion = page.tree.line(THEORY), page.tree.line((*PRACTICAL, "criteria", 0))
    assert (theory.name, theory.figure, theory.icon) == ("理论", "30%", "file-text")
    assert (criterion.name, criterion.figure, criterion.icon) == ("装配质量", "40 分", "star")
    assert "决赛由" in page.example.words.text()


def test_each_keystroke_is_checked_and_taken_on_wish(page: EventsPage, day: Day, qtbot) -> None:
    page.tree.choose(PRACTICAL)
    weight = field(page, "权重").control
    type_into(qtbot, weight, "60")
    assert page.tree.line(PRACTICAL).figure == "60%"
    assert page.tree.mark(("stages", 0)) == "wait"
    assert newest(day)["stages"][0]["modules"][1]["weight"] == 0.7
    type_into(qtbot, weight, "70")
    assert page.tree.mark(("stages", 0)) == ""
    assert not page.draft.dirty
    type_into(qtbot, field(page, "去掉最高分").control, "1")
    assert page.pill.state.word == "草稿，第 2 版"
    qtbot.mouseClick(page.take_button, Qt.MouseButton.LeftButton)
    assert newest(day)["stages"][0]["modules"][1]["panel"]["drop_high"] == 1
    assert (page.draft.dirty, page.pill.state.word) == (False, "已启用，第 2 版")
    qtbot.mouseClick(page.compare_button, Qt.MouseButton.LeftButton)
    assert "决赛 › 实操，去掉最高分：未设 → 1" in page.context.asking.record[-1].words
    page.context.asking.escape()


def test_what_the_rules_refuse_stands_beside_the_field_and_leads_there(page: EventsPage, qtbot) -> None:
    page.tree.choose(PRACTICAL)
    type_into(qtbot, field(page, "满分").control, "viele")
    assert field(page, "满分").refused()
    assert field(page, "满分").control.text() == "viele"
    assert page.tree.mark(PRACTICAL) == "bad"
    page.context.asking.answerer = lambda sheet: sheet.reject()
    qtbot.mouseClick(page.take_button, Qt.MouseButton.LeftButton)
    assert page.context.asking.record[-1].kind == "refusal"
    page.tree.choose(THEORY)
    line = page.side.check_lines()[0]
    assert (line.check.role, isinstance(line, CheckLine)) == ("bad", True)
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert page.tree.current() == PRACTICAL
    qtbot.keyClick(page.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert field(page, "满分").text() == "100"
    assert not page.draft.dirty


def test_ctrl_z_in_a_field_takes_back_a_step_of_the_draft(page: EventsPage, qtbot) -> None:
    page.tree.choose((*PRACTICAL, "criteria", 0))
    tile(page, qtbot, "等级")
    assert page.draft.get((*PRACTICAL, "criteria", 0, "kind")) == "judgement"
    assert page.draft.get((*PRACTICAL, "criteria", 0, "step")) is None
    write(page, qtbot, "名称", "工艺")
    qtbot.keyClick(field(page, "名称").control, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert field(page, "名称").text() == "装配质量"
    qtbot.keyClick(page.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.draft.get((*PRACTICAL, "criteria", 0, "kind")) == "points"
    qtbot.keyClick(page.tree, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.draft.get((*PRACTICAL, "criteria", 0, "kind")) == "judgement"


def test_a_table_of_points_is_typed_and_pasted(page: EventsPage, qtbot) -> None:
    page.tree.choose((*PRACTICAL, "criteria", 2))
    (grid,) = page.form.findChildren(PairGrid)
    QGuiApplication.clipboard().setText("0.1\t56\n0.3\t20\n0.5\t0\n")
    cell = grid.lines[0][0]
    cell.setFocus()
    qtbot.keyClick(cell, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.draft.text_of(page.draft.get((*PRACTICAL, "criteria", 2, "scale"))) == page.draft.text_of(
        [["0.1", 56], ["0.3", 20], ["0.5", 0]]
    )
    type_into(qtbot, field(page, "满分").control, "50")
    assert grid.lines[0][1].text() == "50"
    type_into(qtbot, grid.lines[1][0], "0.05")
    assert "第 2 行" in grid.wrong.text()


def test_rows_of_a_spreadsheet_become_criteria_and_go_again(page: EventsPage, qtbot) -> None:
    page.tree.choose(PRACTICAL)
    QGuiApplication.clipboard().setText("考核点\t最大分值\t步长\n工艺\t20\t0.5\n安全\t10\t\n")
    qtbot.keyClick(page.tree, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    rows = page.draft.get((*PRACTICAL, "criteria"))
    assert [(one["name"], one["max"]) for one in rows[3:]] == [("工艺", "20"), ("安全", "10")]
    assert len({one["code"] for one in rows}) == 5
    qtbot.keyClick(page.tree, Qt.Key.Key_Delete)
    assert [one["name"] for one in page.draft.get((*PRACTICAL, "criteria"))[3:]] == ["安全"]
    qtbot.keyClick(page.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [one["name"] for one in page.draft.get((*PRACTICAL, "criteria"))[2:]] == ["安全", "尺寸误差"]
    onto = page.tree.visualItemRect(page.tree.findItems("", Qt.MatchFlag.MatchContains)[0])
    assert drop(page, (*PRACTICAL, "criteria", 2), onto.center()) == (*PRACTICAL, "criteria", 2)
    first = page.tree.visualItemRect(page.tree._items[(*PRACTICAL, "criteria", 0)])
    assert drop(page, (*PRACTICAL, "criteria", 2), first.topLeft()) == (*PRACTICAL, "criteria", 0)
    assert page.tree.line((*PRACTICAL, "criteria", 0)).name == "安全"


def test_equal_totals_and_prizes_are_ordered_in_their_forms(page: EventsPage, qtbot) -> None:
    page.tree.choose(("stages", 0, "ties"))
    press(page, qtbot, "抽签")
    page.tree.choose(("stages", 0, "ties"))
    press(page, qtbot, "比成绩")
    assert page.tree.current() == ("stages", 0, "ties", 0)
    page.tree.choose(("stages", 0, "ties"))
    (rows,) = page.form.findChildren(PartList)
    assert [name.text() for name in rows.names] == ["先比理论成绩", "仍相同抽签决定"]
    add(page, "奖项")
    add(page, "称号")
    page.tree.choose(("awards",))
    (rows,) = page.form.findChildren(PartList)
    assert [name.text() for name in rows.names] == ["一等奖", "技术能手"]
    away = next(one for one in rows.findChildren(Button) if one.toolTip() == "移除 一等奖")
    qtbot.mouseClick(away, Qt.MouseButton.LeftButton)
    settle()
    assert page.draft.get(("awards",)) is None
    qtbot.mouseClick(page.form.findChildren(PartList)[0].names[0], Qt.MouseButton.LeftButton)
    settle()
    write(page, qtbot, "称号名称", "技术标兵")
    assert page.form.crumbs.text() == "奖项与称号 › 技术标兵"


def test_an_event_is_set_up_from_ready_rules(page: EventsPage, day: Day, qtbot) -> None:
    def fill(sheet: Sheet) -> None:
        code, name = sheet.card.findChildren(QLineEdit)[:2]
        code.setText("SPEECH")
        name.setText("宣讲擂台赛")
        sheet.press("设置这个赛项")

    page.context.asking.answerer = fill
    qtbot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
    names = [row.name for row in day.ask(competitions.events, day.competition)]
    assert names == ["无人机装调检修工", "宣讲擂台赛"]
    assert page.shown.name == "宣讲擂台赛"


def test_facts_of_an_event_are_saved(page: EventsPage, day: Day, qtbot) -> None:
    page.tree.choose(("event",))
    form = page.form
    form.name.control.setText("无人机装调")
    form.aliases.control.setText("无人机，飞手")
    form.divisions.control.setPlainText("W 职工组\nS 学生组")
    form.quota.control.setText("x")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert form.quota.refused()
    page.context.asking.answerer = lambda sheet: sheet.press("留下")
    page.tree.choose(THEORY)
    assert not page.leave()
    assert page.form is form
    form.quota.control.setText("3")
    form.double.click()
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    row = day.ask(competitions.event, day.event)
    assert (row.name, row.aliases, row.quota, row.double_entry) == ("无人机装调", ("无人机", "飞手"), 3, True)
    assert [(one.code, one.name) for one in row.divisions] == [("W", "职工组"), ("S", "学生组")]


def test_a_frozen_plan_tells_who_moves_and_asks_why(opened: Opened, workspace: Workspace, qtbot) -> None:
    window = opened(page="events")
    page = window.frame.page()
    page.tree.choose(("awards", "levels", 0))
    type_into(qtbot, field(page, "多少").control, "2")
    told: list[str] = []

    def answer(sheet: Sheet) -> None:
        told.extend(sheet.said)
        sheet.press("仍要修改规则")
        told.append("asked again" if sheet.isVisible() else "gone")
        sheet.card.findChildren(QLineEdit)[0].setText("通知更正")
        sheet.press("仍要修改规则")

    page.context.asking.answerer = answer
    qtbot.mouseClick(page.take_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.draft.dirty)
    words = "\n".join(told)
    assert "002 号 欧阳靖宇：第 2 名 → 第 2 名，二等奖 → 一等奖" in words
    assert "asked again" in words
    event = window.context.event_id
    assert workspace.ask(plan_changes.versions, event)[0].reason == "通知更正"


def test_a_draft_is_kept_over_pages_and_languages(page: EventsPage, day: Day, qtbot) -> None:
    page.tree.choose(PRACTICAL)
    type_into(qtbot, field(page, "模块名称").control, "P2")
    day.window.frame.go("results")
    assert page.context.asking.record[-1].words == "方案草稿已留存，启用之后才起作用。"
    day.window.speak("en")
    day.window.frame.go("events")
    again = day.window.frame.page()
    assert again is not page
    assert again.draft.get((*PRACTICAL, "name")) == "P2"
    assert again.draft.dirty
    again.revert()
    assert not again.draft.dirty
    assert day.preferences["drafts"] == {}
    again.editing.undo()
    assert again.draft.dirty


def test_a_competition_without_events_shows_the_way(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot
) -> None:
    day = Day.__new__(Day)
    day.workspace, day.actor, day.preferences, day.window = workspace, organiser, preferences, None
    day.competition = day.do(competitions.create_competition, "SZ2025", "数智竞赛")
    page = day.open(qtbot, "events")
    assert page.empty.isVisible()
    assert page.empty.ways[0].text() == "设置赛项"


@pytest.mark.parametrize(("language", "size"), looking.LOOKS)
def test_nothing_is_cut(opened: Opened, language: str, size: tuple[int, int]) -> None:
    window = opened(page="events")
    window.resize(*size)
    window.speak(language)
    page = window.frame.page()
    for node in page.tree.nodes():
        page.tree.choose(node)
        settle()
        assert looking.cut_texts(page) == [], node
        assert looking.nameless(page) == []
        assert page.form.minimumSizeHint().width() <= page._middle.viewport().width(), node
