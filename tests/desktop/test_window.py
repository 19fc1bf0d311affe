"""The frame: pages in order, keys, regions, language and theme without a restart, notices, the people."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from competition_app.desktop import pictures
from competition_app.desktop.frame import frame, main_window
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.frame.page_list import PAGES, PageDeclared
from competition_app.desktop.look import theme
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.start import new_competition
from competition_app.desktop.start.choice_tiles import ChoiceTiles
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, panels
from competition_app.services.judging import judging, marking_grid
from competition_app.services.workspace import Workspace

Opened = Callable[..., MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_pages_stand_in_the_order_of_the_day(opened: Opened) -> None:
    window = opened()
    assert [item.text() for item in window.frame.navigation.items.values()] == [
        "总览", "赛项与规则", "单位", "报名与资格审查", "裁判", "评分",
        "成绩与公示", "证书与资料", "操作日志", "设置",
    ]  # fmt: skip


def noted(loaded: list[str], page: PageDeclared) -> object:
    loaded.append(page.key)
    return page.load()


def test_every_page_is_loaded_before_somebody_opens_it(
    opened: Opened, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after another, each in a moment of its own, and then no more."""
    loaded: list[str] = []
    monkeypatch.setattr(frame, "LOAD_PAUSE", 0)
    noting = [replace(page, load=partial(noted, loaded, page)) for page in PAGES]
    monkeypatch.setattr(main_window, "PAGES", tuple(noting))
    opened()
    qtbot.waitUntil(lambda: set(loaded) == {page.key for page in PAGES})


def test_keys_go_to_pages_and_back(opened: Opened, qtbot) -> None:
    window = opened()
    for place, page in enumerate(PAGES[:9], 1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + place), CTRL)
        assert window.frame.current == page.key
        assert window.frame.navigation.items[page.key].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_1, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_Tab, CTRL)
    assert window.frame.current == PAGES[8].key


def test_find_and_escape(opened: Opened, qtbot) -> None:
    window = opened()
    page = window.frame.page()
    qtbot.keyClick(window, Qt.Key.Key_F, CTRL)
    assert window.focusWidget() is page.search
    assert page.panel.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()


def test_f6_goes_through_the_regions_and_round(opened: Opened, qtbot) -> None:
    window = opened()
    page = window.frame.page()
    assert window.focusWidget() is page.table
    regions = [region for region in page.regions() if region.isVisible()]
    assert {page.segments, page.search} < set(regions)
    seen: list[QWidget] = []
    for _ in range(len(regions) + 1):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        seen.append(window.focusWidget())
    here, table = window.frame.navigation.items["results"], regions.index(page.table)
    assert seen == [*regions[table + 1 :], here, *regions[: table + 1]]


def test_f1_shows_the_keys_and_no_other_key_works_below(opened: Opened, qtbot) -> None:
    window = opened()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.asking.busy
    assert "Ctrl+F" in window.asking.record[-1].words
    qtbot.keyClick(window, Qt.Key.Key_1, CTRL)
    assert window.frame.current == "results"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not window.asking.busy


def test_the_language_changes_on_the_page_that_is_open(opened: Opened) -> None:
    window = opened(page="certificates")
    window.speak("en")
    assert window.frame.current == "certificates"
    assert window.frame.navigation.items["results"].text() == "Results"
    assert window.windowTitle() == "Labour and skill competitions"
    window.speak("zh")
    assert window.frame.navigation.items["results"].text() == "成绩与公示"


def test_the_theme_changes_while_a_page_is_open(opened: Opened) -> None:
    window = opened()
    before = window.grab().toImage().pixelColor(700, 700)
    window.dress("dark")
    after = window.grab().toImage().pixelColor(700, 700)
    assert before == theme.Theme("light").colors["surface"]
    assert after == theme.Theme("dark").colors["surface"]


def test_a_narrow_window_shows_a_rail(opened: Opened) -> None:
    window = opened()
    assert window.frame.navigation.width() == theme.px("width.nav")
    window.resize(1100, 700)
    assert window.frame.navigation.width() == theme.px("width.navRail")


def test_a_mark_written_elsewhere_shows_on_the_open_page_at_once(
    opened: Opened, workspace: Workspace, organiser: Actor, qtbot
) -> None:
    window = opened()
    table = window.frame.page().table
    assert [row.standing.total for row in table.rows_model.rows][:2] == ["93.50", "92.80"]
    event_id = window.context.event_id
    judge_id = workspace.ask(panels.judges, event_id)[0].id
    grid = workspace.ask(marking_grid.grid, event_id, "final", "practical", judge_id)
    place = judging.MarkPlace(grid.rows[0].work_id, 1, judge_id, "P1")
    workspace.do(organiser, judging.enter_mark, place, "40", reason="改正")
    qtbot.waitUntil(lambda: table.rows_model.rows[0].standing.total == "92.80", timeout=3000)
    assert [row.standing.place for row in table.rows_model.rows][:3] == [1, 1, 3]
    assert window.frame.status.saved.text().startswith("已自动保存 ")


def test_pages_ask_only_when_their_tables_were_written(opened: Opened) -> None:
    window = opened()
    asked: list[int] = []
    window.frame.page().refresh = lambda: asked.append(1)
    window.context.bridge.written.emit(frozenset({"settings"}))
    assert asked == []
    window.context.bridge.written.emit(frozenset({"marks"}))
    assert asked == [1]


def test_the_start_lists_what_was_open_and_opens_it(opened: Opened) -> None:
    window = opened()
    window.show_start()
    assert window.frame is None
    assert [one["code"] for one in window.preferences["recent"]] == ["SZ2025"]
    window.start.recent.emit(window.preferences["recent"][0])
    pictures.settle(window)
    assert window.frame.current == "results"


def test_a_first_person_signs_in_and_acts(opened: Opened, workspace: Workspace) -> None:
    window = opened()
    answers = iter(["添加自己为组委会成员", "添加此人"])

    def answer(sheet) -> None:
        for field in sheet.findChildren(QWidget):
            if type(field).__name__ == "Field" and hasattr(field.control, "setText"):
                field.control.setText("周雅宁" if field.label.text() == "姓名" else "correct horse battery")
        sheet.press(next(answers))

    window.asking.answerer = answer
    window.frame.status.who.click()
    assert window.context.actor.name == "周雅宁"
    assert window.frame.status.who.text() == "组委会 周雅宁"


@pytest.mark.parametrize("wrong", ["", "09/18/2026", "2026-02-30"])
def test_a_new_competition_is_made_in_one_form(opened: Opened, workspace: Workspace, wrong: str) -> None:
    window = opened()
    window.show_start()
    tries: list[str] = []

    def answer(sheet) -> None:
        fields = {w.label.text(): w for w in sheet.findChildren(Field)}
        days = sheet.findChild(new_competition.Days)
        fields["竞赛名称"].set_text("班组竞赛" if wrong else "")
        days.first.setText(wrong)
        fields["赛项，一行一个；多出来的行先用第一个赛项的规则"].set_text("焊工\n钳工")
        sheet.press("建立竞赛")
        tries.extend(field.refused() for field in fields.values() if field.refused())
        fields["竞赛名称"].set_text("班组竞赛")
        days.first.setText("2026-09-18")
        sheet.press("建立竞赛")

    window.asking.answerer = answer
    window.start.way.emit("individual-skills")
    pictures.settle(window)
    assert len(tries) == 1
    events = workspace.ask(competitions.events, window.context.competition_id)
    assert [event.name for event in events] == ["焊工", "钳工"]


def test_a_preset_opens_with_its_sample(opened: Opened, workspace: Workspace, qtbot) -> None:
    window = opened()
    window.show_start()

    def answer(sheet) -> None:
        tiles = sheet.findChild(ChoiceTiles)
        tiles.setFocus()
        qtbot.keyClick(tiles.tiles["rules"], Qt.Key.Key_Right)
        assert tiles.key() == "sample"
        next(w for w in sheet.findChildren(Field) if w.label.text() == "竞赛名称").set_text("宣讲试用")
        sheet.press("建立竞赛")

    window.asking.answerer = answer
    window.start.way.emit("speech")
    pictures.settle(window)
    made = next(row for row in workspace.ask(competitions.competitions) if row.name == "宣讲试用")
    assert (window.context.competition_id, made.entries) == (made.id, 6)


@pytest.mark.parametrize("days", [("", "2026-09-18"), ("2026-09-19", "2026-09-18")])
def test_a_last_day_without_a_first_or_before_it_is_refused(opened: Opened, days: tuple[str, str]) -> None:
    window = opened()
    window.show_start()
    said: list[str] = []

    def answer(sheet) -> None:
        fields = sheet.findChild(new_competition.Days)
        fields.first.setText(days[0])
        fields.last.setText(days[1])
        sheet.press("建立竞赛")
        said.append(fields.refused())
        sheet.reject()

    window.asking.answerer = answer
    window.start.way.emit("blank")
    assert said == ["结束日期早于开始日期，或没有填开始日期：请把两个都填好。"]


def test_an_earlier_competition_is_taken_over(opened: Opened, workspace: Workspace) -> None:
    window = opened()
    before = workspace.ask(competitions.competitions)[0]
    window.show_start()

    def answer(sheet) -> None:
        next(w for w in sheet.findChildren(Field) if w.label.text() == "竞赛名称").set_text("明年的竞赛")
        sheet.press("建立竞赛")

    window.asking.answerer = answer
    window.start.way.emit("previous")
    pictures.settle(window)
    made = next(row for row in workspace.ask(competitions.competitions) if row.name == "明年的竞赛")
    assert (made.events, made.entries) == (before.events, 0)
