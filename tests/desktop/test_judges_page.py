"""裁判 as an organiser uses it: lists pasted, modules ticked, seats passed on, own units named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from day import Day, answer, person
from looking import cells_without_tip, cut_texts, nameless
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from competition_app.desktop.judges.judges_page import JudgesPage
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.preferences import Preferences
from competition_app.domain.access import Role
from competition_app.services.access import Actor
from competition_app.services.competitions import panel_desk
from competition_app.services.judging import judging, marking_grid
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton
LIST = "姓名\t单位\t角色\n沈砚秋\t云栈学院\t裁判长\n陆承泽\t单位1公司\t裁判\n苗雨桐\t\t监督员"


@pytest.fixture
def day(workspace: Workspace, organiser: Actor, preferences: Preferences) -> Day:
    made = Day(workspace, organiser, preferences)
    made.bring([person(0), person(1), person(2)])
    return made


@pytest.fixture
def show(day: Day, qtbot: QtBot) -> Callable[[], JudgesPage]:
    def open_page() -> JudgesPage:
        page = day.open(qtbot, "judges")
        assert isinstance(page, JudgesPage)
        return page

    return open_page


def seats(page: JudgesPage) -> list[tuple[str, str]]:
    return [(seat.code, seat.name) for seat in page.table.rows_model.rows]


def mark(day: Day, seat: int) -> None:
    grid = day.ask(marking_grid.grid, day.event, "final", "practical", seat)
    day.do(judging.enter_mark, MarkPlace(grid.rows[0].work_id, 1, seat, "P1"), 30)


def paste(text: str) -> Callable[[Sheet], None]:
    def fill(sheet: Sheet) -> None:
        sheet.findChild(QPlainTextEdit).setPlainText(text)
        sheet.press("添加")

    return fill


def test_a_pasted_list_fills_the_empty_panel_and_is_taken_back(
    show: Callable[[], JudgesPage], qtbot: QtBot
) -> None:
    page = show()
    assert page.empty.isVisible()
    answer(page, paste(LIST))
    qtbot.mouseClick(page.empty.ways[0], LEFT)
    qtbot.waitUntil(lambda: len(seats(page)) == 3)
    assert seats(page) == [("J1", "沈砚秋"), ("J2", "陆承泽"), ("S1", "苗雨桐")]
    assert [seat.role for seat in page.shown.seats] == [Role.CHIEF_JUDGE, Role.JUDGE, Role.SUPERVISOR]
    page.context.undoing.undo()
    qtbot.waitUntil(page.empty.isVisible)


def test_a_role_that_is_none_is_refused_beside_the_list(show: Callable[[], JudgesPage], qtbot: QtBot) -> None:
    page = show()
    told: list[str] = []

    def try_it(sheet: Sheet) -> None:
        sheet.findChild(QPlainTextEdit).setPlainText("沈砚秋\t\t总监")
        sheet.press("添加")
        told.append(sheet.findChild(QPlainTextEdit).accessibleDescription())
        sheet.reject()

    answer(page, try_it)
    qtbot.mouseClick(page.empty.ways[0], LEFT)
    assert "沈砚秋" in told[0]
    assert page.shown.seats == ()


def test_what_was_copied_stands_in_the_field_already(show: Callable[[], JudgesPage], qtbot: QtBot) -> None:
    page = show()
    QGuiApplication.clipboard().setText(LIST)
    answer(page, lambda sheet: sheet.press("添加"))
    qtbot.mouseClick(page.empty.ways[0], LEFT)
    qtbot.waitUntil(lambda: len(seats(page)) == 3)
    QGuiApplication.clipboard().clear()


def test_a_module_is_ticked_in_the_table_and_in_the_panel(
    day: Day, show: Callable[[], JudgesPage], qtbot: QtBot
) -> None:
    day.seat("沈砚秋")
    page = show()
    assert page.shown.seats[0].duties[0].assigned
    qtbot.mouseClick(page.table.viewport(), LEFT, pos=page.table.tick_at(0, 0))
    assert not page.shown.seats[0].duties[0].assigned
    qtbot.mouseClick(page.panel.ticks[0], LEFT)
    assert page.shown.seats[0].duties[0].assigned
    page.context.undoing.undo()
    page.refresh()
    assert not page.shown.seats[0].duties[0].assigned


def test_a_seat_passes_to_another_person_and_keeps_the_one_before(
    day: Day, show: Callable[[], JudgesPage], qtbot: QtBot
) -> None:
    (seat,) = day.seat("沈砚秋")
    mark(day, seat)
    page = show()
    qtbot.mouseClick(page.panel.buttons["pass"], LEFT)
    form = page.panel.form
    assert form is not None
    qtbot.mouseClick(page.panel.buttons["save"], LEFT)
    assert form.name.refused()
    form.name.set_text("陆承泽")
    form.unit.set_text("单位1公司")
    qtbot.mouseClick(page.panel.buttons["save"], LEFT)
    people = page.shown.seats[0].people
    assert [(one.name, one.marks) for one in people] == [("沈砚秋", 1), ("陆承泽", 0)]
    page.context.undoing.undo()
    page.refresh()
    assert page.shown.seats[0].name == "沈砚秋"


def test_a_judge_of_a_contestants_unit_is_shown_with_the_rule(
    day: Day, show: Callable[[], JudgesPage], qtbot: QtBot
) -> None:
    (seat,) = day.seat("沈砚秋")
    day.do(panel_desk.change_seat, seat, "沈砚秋", "单位1公司", Role.JUDGE, "")
    page = show()
    assert page.banner is not None
    assert "J1" in page.banner.sentence.text()
    assert "裁判长写明理由" in page.banner.more.text()
    qtbot.mouseClick(page.banner.answers[0], LEFT)
    page.segments.choose("own")
    assert seats(page) == [("J1", "沈砚秋")]


def test_a_seat_goes_only_while_no_mark_hangs_on_it(
    day: Day, show: Callable[[], JudgesPage], qtbot: QtBot
) -> None:
    first, _second = day.seat("沈砚秋", "陆承泽")
    mark(day, first)
    page = show()
    answer(page, lambda sheet: sheet.reject())
    page.table.choose(first)
    qtbot.mouseClick(page.panel.buttons["remove"], LEFT)
    assert "J1" in page.context.asking.record[-1].words
    assert len(seats(page)) == 2
    page.table.choose(_second)
    qtbot.mouseClick(page.panel.buttons["remove"], LEFT)
    qtbot.waitUntil(lambda: seats(page) == [("J1", "沈砚秋")])
    page.context.undoing.undo()
    qtbot.waitUntil(lambda: seats(page) == [("J1", "沈砚秋"), ("J2", "陆承泽")])


def test_a_judge_is_added_and_corrected_by_hand(
    day: Day, show: Callable[[], JudgesPage], qtbot: QtBot
) -> None:
    day.seat("沈砚秋")
    page = show()
    qtbot.mouseClick(page.add_button, LEFT)
    assert page.panel.form is not None
    page.panel.form.name.set_text("苗雨桐")
    page.panel.form._role.choose(Role.ENCRYPTION_JUDGE)
    qtbot.mouseClick(page.panel.buttons["save"], LEFT)
    assert seats(page) == [("J1", "沈砚秋"), ("E1", "苗雨桐")]
    qtbot.mouseClick(page.panel.buttons["edit"], LEFT)
    assert page.panel.form is not None
    page.panel.form.name.set_text("苗雨彤")
    qtbot.mouseClick(page.panel.buttons["save"], LEFT)
    assert seats(page)[1] == ("E1", "苗雨彤")


def test_a_workbook_of_judges_is_added_after_a_question(
    show: Callable[[], JudgesPage], qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "裁判.csv"
    path.write_text("姓名,单位,角色\n沈砚秋,云栈学院,裁判长\n", encoding="utf-8")
    page = show()
    answer(page, lambda sheet: sheet.press("添加 1 名裁判"))
    page.take_files([path])
    qtbot.waitUntil(lambda: seats(page) == [("J1", "沈砚秋")], timeout=20_000)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_and_all_is_named(
    day: Day, show: Callable[[], JudgesPage], qtbot: QtBot, language: str
) -> None:
    (seat,) = day.seat("阿依努尔·买买提江")
    day.do(panel_desk.change_seat, seat, "阿依努尔·买买提江", "单位1公司", Role.CHIEF_JUDGE, "")
    show()
    assert day.window is not None
    day.window.speak(language)
    page: Any = day.window.frame.page()
    for step in (page.refresh, page.add):
        step()
        qtbot.wait(60)
        assert cut_texts(page) == []
        assert cells_without_tip(page) == []
        assert nameless(page) == []
