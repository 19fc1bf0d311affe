"""赛项与规则: events set up and edited, the plan typed into forms, frozen plans changed with open eyes."""

import json
from collections.abc import Callable

import pytest
from day import Day
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from competition_app.desktop import pictures
from competition_app.desktop.events.events_fields import Bound, PastingLine
from competition_app.desktop.events.events_page import EventsPage
from competition_app.desktop.events.events_rows import CriteriaRows, PrizeRows, TieRows
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.preferences import Preferences
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, plan_changes
from competition_app.services.workspace import Workspace
from tests.desktop import looking

Opened = Callable[..., MainWindow]
PRACTICAL = ("module", 0, 1)


@pytest.fixture
def day(workspace: Workspace, organiser: Actor, preferences: Preferences) -> Day:
    return Day(workspace, organiser, preferences)


@pytest.fixture
def page(day: Day, qtbot) -> EventsPage:
    made = day.open(qtbot, "events")
    assert isinstance(made, EventsPage)
    pictures.settle(day.window)
    made.context.asking.answerer = lambda sheet: sheet.press("放弃改动")  # when the window closes
    return made


def field(page: EventsPage, label: str) -> Bound:
    return next(one for one in page.form.findChildren(Bound) if one.label.text() == label)


def type_into(qtbot, widget: QWidget, text: str) -> None:
    widget.setFocus()
    if isinstance(widget, QLineEdit):
        widget.selectAll()
    qtbot.keyClicks(widget, text)


def newest(day: Day) -> dict:
    return json.loads(day.ask(plan_changes.versions, day.event)[0].text)


def test_the_plan_is_shown_as_tree_and_in_words(page: EventsPage) -> None:
    lines = {page.tree.node(item): (item.text(0), item.text(1)) for item in page.tree.lines()}
    assert lines["module", 0, 0] == ("理论", "30%")
    assert lines["module", 0, 1, 0] == ("装配质量", "40 分")
    assert "决赛由理论（30%）、实操（70%）组成。" in page.example.words.text()


def test_words_are_copied(page: EventsPage, qtbot) -> None:
    qtbot.mouseClick(page.example.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == page.example.words.text()


def test_each_keystroke_is_checked_and_taken_on_wish(page: EventsPage, day: Day, qtbot) -> None:
    page.tree.choose(PRACTICAL)
    weight = field(page, "权重（合计为 1）").control
    type_into(qtbot, weight, "0.6")
    assert [warning.code for warning in page.draft.checked.warnings] == ["weights_sum"]
    assert "实操（60%）" in page.example.words.text()
    assert newest(day)["stages"][0]["modules"][1]["weight"] == 0.7
    type_into(qtbot, weight, "0.7")
    type_into(qtbot, field(page, "去掉最高分").control, "1")
    assert "去掉 1 个最高分" in page.example.words.text()
    qtbot.mouseClick(page.take_button, Qt.MouseButton.LeftButton)
    assert newest(day)["stages"][0]["modules"][1]["panel"]["drop_high"] == 1
    assert not page.draft.dirty


def test_what_the_rules_refuse_stands_beside_the_field(page: EventsPage, day: Day, qtbot) -> None:
    page.tree.choose(PRACTICAL)
    type_into(qtbot, field(page, "满分").control, "viele")
    assert field(page, "满分").refused()
    page.context.asking.answerer = lambda sheet: sheet.reject()
    qtbot.mouseClick(page.take_button, Qt.MouseButton.LeftButton)
    assert page.context.asking.record[-1].kind == "refusal"
    qtbot.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    assert field(page, "满分").text() == "100"
    assert not page.draft.dirty


def test_criteria_are_pasted_from_a_spreadsheet(page: EventsPage, qtbot) -> None:
    page.tree.choose(PRACTICAL)
    rows = page.form.findChildren(CriteriaRows)[0]
    QGuiApplication.clipboard().setText("工艺\t打分\t20\t0.5\n安全\t扣分\t10\n外观\t6\n")
    line = rows.lines[0][0]
    assert isinstance(line, PastingLine)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    added = page.draft.get(("stages", 0, "modules", 1, "criteria"))[-3:]
    assert [(one["name"], one["kind"], one["max"]) for one in added] == [
        ("工艺", "points", "20"), ("安全", "deduction", "10"), ("外观", "points", "6"),
    ]  # fmt: skip
    assert len({one["code"] for one in page.draft.get(("stages", 0, "modules", 1, "criteria"))}) == 6


def test_ties_and_prizes_are_added_and_ordered(page: EventsPage, qtbot) -> None:
    page.tree.choose(("ties", 0))
    ties = page.form.findChildren(TieRows)[0]
    qtbot.mouseClick(ties.add_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(ties.add_button, Qt.MouseButton.LeftButton)
    ties.lines[1][0].setCurrentIndex(0)
    qtbot.mouseClick(ties.lines[1][1], Qt.MouseButton.LeftButton)
    assert [one["by"] for one in page.draft.get(("stages", 0, "ties"))] == ["module", "decision"]
    page.tree.choose(("prizes",))
    prizes = page.form.findChildren(PrizeRows)[0]
    qtbot.mouseClick(prizes.add_button, Qt.MouseButton.LeftButton)
    assert page.draft.get(("awards", "levels")) == [{"name": "奖项 1", "count": 1}]
    assert page.draft.checked.good


def test_the_rest_is_text_with_errors_by_path(page: EventsPage) -> None:
    page.tree.choose(("text",))
    page.form.edit.setPlainText(page.form.edit.toPlainText().replace('"kind": "direct"', '"kind": "dirct"'))
    assert "stages[0].modules[0].kind" in page.form.field.refused()
    page.form.edit.setPlainText("{")
    assert page.form.field.refused()
    assert page.draft.dirty


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
    form.quota.control.setText("3")
    form.double.click()
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    row = day.ask(competitions.event, day.event)
    assert (row.name, row.aliases, row.quota, row.double_entry) == ("无人机装调", ("无人机", "飞手"), 3, True)
    assert [(one.code, one.name) for one in row.divisions] == [("W", "职工组"), ("S", "学生组")]


def test_a_frozen_plan_tells_who_moves_and_asks_why(opened: Opened, workspace: Workspace, qtbot) -> None:
    window = opened(page="events")
    page = window.frame.page()
    page.tree.choose(("prizes",))
    prizes = page.form.findChildren(PrizeRows)[0]
    type_into(qtbot, prizes.lines[0][2], "2")
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


def test_changes_are_not_lost_silently(page: EventsPage, day: Day, qtbot) -> None:
    page.tree.choose(PRACTICAL)
    type_into(qtbot, field(page, "模块名称").control, "P2")
    page.context.asking.answerer = lambda sheet: sheet.press("留下")
    day.window.frame.go("results")
    assert day.window.frame.current == "events"
    assert page.draft.dirty
    page.context.asking.answerer = lambda sheet: sheet.press("放弃改动")
    day.window.frame.go("results")
    assert day.window.frame.current == "results"


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
    for node in (("event",), ("stage", 0), PRACTICAL, ("ties", 0), ("prizes",)):
        page = window.frame.page()
        page.tree.choose(node)
        QApplication.processEvents()
        pictures.settle(window)
        assert looking.cut_texts(page) == [], node
        assert looking.cells_without_tip(page) == []
        assert looking.nameless(page) == []
