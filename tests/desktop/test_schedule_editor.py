"""日程 on the overview: the empty card, items added, changed, pasted, taken away and undone, wrong times."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from day import Day, answer
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from competition_app.desktop import pictures
from competition_app.desktop.overview.overview_page import OverviewPage
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.preferences import Preferences
from competition_app.services.access import Actor
from competition_app.services.competitions import schedule
from competition_app.services.competitions.schedule import Slot
from competition_app.services.workspace import Workspace
from tests.desktop import looking

DAY = date(2025, 9, 2)
NOON = datetime(2025, 9, 2, 14, 32, tzinfo=UTC)


@pytest.fixture
def day(workspace: Workspace, organiser: Actor, preferences: Preferences) -> Day:
    return Day(workspace, organiser, preferences)


def shown(day: Day, qtbot, monkeypatch: pytest.MonkeyPatch) -> OverviewPage:
    monkeypatch.setattr(OverviewPage, "now", lambda _page: NOON)
    page = day.open(qtbot, "overview")
    assert isinstance(page, OverviewPage)
    pictures.settle(day.window)
    return page


def filling(*texts: str, deed: str = "添加") -> Callable[[Sheet], None]:
    """Types into the fields of a form in their order and presses its button."""

    def fill(sheet: Sheet) -> None:
        fields = [w for w in sheet.card.findChildren(QLineEdit) if w.isVisible()]
        for field, text in zip(fields, texts, strict=False):
            field.setText(text)
        sheet.press(deed)

    return fill


def names(day: Day) -> list[str]:
    return [item.slot.name for item in day.ask(schedule.items, day.competition)]


def test_an_empty_timetable_is_filled_from_its_card(day: Day, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown(day, qtbot, monkeypatch)
    assert page.schedule.plan is None
    assert page.schedule.add.isVisible()
    qtbot.mouseClick(page.schedule.add, Qt.MouseButton.LeftButton)
    assert looking.cut_texts(page.editor.sheet) == []
    assert looking.nameless(page.editor.sheet) == []
    answer(page, filling("无人机第 1 场", "9月2日", "13:05–16:00", "A201"))
    page.editor.sheet.press("添加")
    assert page.editor.table.rows_model.rows[0].slot == Slot(
        "无人机第 1 场", DAY, time(13, 5), time(16), "A201"
    )
    page.editor.sheet.press("关闭")
    pictures.settle(day.window)
    assert page.schedule.plan.today
    assert page.schedule.timetable.now == 872
    assert page.schedule.caption.text() == "9月2日 星期二，第 2 天"
    assert page.schedule.timetable.accessibleDescription().endswith("正在进行")
    day.window.frame.page().context.undoing.undo()
    assert names(day) == []


def test_wrong_fields_are_refused_beside_themselves(day: Day, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown(day, qtbot, monkeypatch)
    page.edit_schedule()
    said = []

    def wrong(sheet: Sheet) -> None:
        for texts in (("", "后天", "8:30"), ("甲", "9月2日", "9:30-8:30")):
            filling(*texts)(sheet)
            labels = sheet.card.findChildren(QLineEdit)
            said.extend(field.accessibleDescription() for field in labels if field.accessibleDescription())
        sheet.reject()

    answer(page, wrong)
    page.editor.sheet.press("添加")
    assert said == [
        "请写明做什么。",
        "日期写得不对，请写成 2026-09-18 这样。",
        "请写成 8:30–11:30。",
        "结束时间须晚于开始时间。",
    ]
    assert names(day) == []
    page.editor.sheet.press("关闭")


def test_rows_are_pasted_changed_and_taken_away(day: Day, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown(day, qtbot, monkeypatch)
    page.edit_schedule()
    QApplication.clipboard().setText("9月2日\t8:30\t11:30\tA201\t无人机第 1 场\n\t25:00\t16:00\t\t颁奖")
    refused = []

    def paste(sheet: Sheet) -> None:
        (box,) = sheet.card.findChildren(QPlainTextEdit)
        sheet.press("添加")
        refused.append(box.accessibleDescription())
        box.setPlainText(box.toPlainText().replace("25:00", "15:00"))
        sheet.press("添加")

    answer(page, paste)
    page.editor.sheet.press("粘贴表格行")
    assert refused == ["第 2 行：“25:00”不是时间，请写成 8:30。"]
    assert names(day) == ["无人机第 1 场", "颁奖"]
    page.editor.table.selectRow(0)
    answer(page, filling("无人机复赛", deed="保存"))
    page.editor.sheet.press("修改")
    assert names(day) == ["无人机复赛", "颁奖"]
    page.editor.table.selectAll()
    page.editor.sheet.press("删除")
    assert names(day) == []
    page.editor.sheet.press("关闭")
    page.context.undoing.undo()
    assert names(day) == ["无人机复赛", "颁奖"]
