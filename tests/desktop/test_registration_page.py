"""Registration as an organiser does it: forms dropped, problems mended, people passed or returned."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from day import EVENT, PLAN, Day, answer, form, id_number, key, person, press, write
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.parts.notes import Note
from competition_app.desktop.preferences import Preferences
from competition_app.desktop.registration.registration_page import RegistrationPage
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.registration import registration, registration_rows
from competition_app.services.registration.registration_rows import RegistrationRow
from competition_app.services.workspace import Workspace

FORMS = Path(__file__).resolve().parent.parent / "files" / "forms"
WRONG = id_number(1)[:-1] + ("1" if id_number(1)[-1] != "1" else "2")


@pytest.fixture
def day(workspace: Workspace, organiser: Actor, preferences: Preferences) -> Day:
    return Day(workspace, organiser, preferences)


@pytest.fixture
def show(day: Day, qtbot: QtBot) -> Callable[[], RegistrationPage]:
    def open_page() -> RegistrationPage:
        page = day.open(qtbot, "registration")
        assert isinstance(page, RegistrationPage)
        return page

    return open_page


def rows_of(day: Day) -> list[RegistrationRow]:
    return list(day.ask(registration_rows.registrations, day.competition))


def click(qtbot: QtBot, page: RegistrationPage, row: int) -> None:
    """Click a row of the list on its name."""
    box = page.table.visualRect(page.table.rows_model.index(row, 1))
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def tick(qtbot: QtBot, page: RegistrationPage, row: int) -> None:
    """Click the box of a row."""
    box = page.table.visualRect(page.table.rows_model.index(row, 0))
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def test_a_real_form_is_dropped_looked_through_and_accepted(
    day: Day, show: Callable[[], RegistrationPage], qtbot: QtBot
) -> None:
    expected = json.loads((FORMS / "titled.expect.json").read_text(encoding="utf-8"))
    for n, name in enumerate(sorted({row["event"] for row in expected["rows"]} - {EVENT})):
        day.do(competitions.create_event, day.competition, code=f"X{n}", name=name, plan=json.dumps(PLAN))
    page = show()
    assert page.empty.isVisible()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(FORMS / "titled.xlsx"))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.drop.dropEvent(drop)
    qtbot.waitUntil(lambda: page.bringing.waiting, timeout=30_000)
    assert rows_of(day) == []
    accept = page.import_banner.answers[-1]
    report = page.bringing.brought.report if page.bringing.brought else None
    assert report is not None
    assert f"{report.accepted} 人" in accept.text()
    problems = [problem for file in report.files for row in file.rows for problem in row.problems]
    assert [one.said for one in page.problems.list.rows_model.rows] == [one.said for one in problems]
    qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.table.rows_model.rows) == report.accepted, timeout=30_000)
    names = {row["name"] for row in expected["rows"]}
    assert {row.name for row in rows_of(day)} <= names
    assert not page.bringing.waiting


def test_nothing_is_taken_when_the_forms_are_put_aside(
    day: Day, show: Callable[[], RegistrationPage], qtbot: QtBot, tmp_path: Path
) -> None:
    page = show()
    page.take_files([FORMS / "gbk.csv"])
    qtbot.waitUntil(lambda: page.bringing.waiting, timeout=30_000)
    qtbot.mouseClick(page.import_banner.answers[0], Qt.MouseButton.LeftButton)
    assert rows_of(day) == []
    assert page.empty.isVisible()


def test_a_file_that_is_no_form_is_refused_in_the_list(
    show: Callable[[], RegistrationPage], qtbot: QtBot, tmp_path: Path
) -> None:
    page = show()
    bad = tmp_path / "照片.xlsx"
    bad.write_bytes(b"\x00\x01no workbook")
    page.take_files([bad])
    qtbot.waitUntil(lambda: page.bringing.waiting, timeout=30_000)
    (found,) = page.problems.list.rows_model.rows
    assert found.blocks
    assert len(page.import_banner.answers) == 1


def test_a_problem_is_mended_at_its_field_and_the_person_passed(
    day: Day, show: Callable[[], RegistrationPage], qtbot: QtBot
) -> None:
    day.bring([person(0), person(1, id_number=WRONG)])
    page = show()
    click(qtbot, page, 1)
    assert not page.panel.pass_button.isEnabled()
    assert "1 处" in page.panel.why_not.text()
    key(Qt.Key.Key_Return)
    press(WRONG[:-1] + "0" if id_number(1)[-1] != "0" else WRONG[:-1] + "3")
    typed = QApplication.focusWidget()
    key(Qt.Key.Key_Return)
    assert "校验位不对" in page.panel.fields[0].refused()
    assert rows_of(day)[1].state == "problem"
    assert page.panel.fields[0].control is typed
    page.panel.focus_trouble()
    press(id_number(1))
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.panel.fields)
    assert rows_of(day)[1].state == "waiting"
    qtbot.mouseClick(page.panel.pass_button, Qt.MouseButton.LeftButton)
    assert rows_of(day)[1].state == "passed"


def test_a_problem_may_stand_with_a_reason(
    day: Day, show: Callable[[], RegistrationPage], qtbot: QtBot
) -> None:
    day.bring([person(1, phone="123")])
    page = show()
    click(qtbot, page, 0)

    def say_why(sheet: Sheet) -> None:
        write("已核对本人座机")
        sheet.press("保留原样")

    answer(page, say_why)
    page.panel.deed.emit("stand", page.panel.troubles[0])
    assert rows_of(day)[0].state == "waiting"


def test_several_are_passed_together_and_it_is_undone(
    day: Day, show: Callable[[], RegistrationPage], qtbot: QtBot
) -> None:
    day.bring([person(n) for n in range(5)])
    page = show()
    for row in (0, 2, 3):
        tick(qtbot, page, row)
    qtbot.mouseClick(page.panel.pass_button, Qt.MouseButton.LeftButton)
    assert [row.state for row in rows_of(day)] == ["passed", "waiting", "passed", "passed", "waiting"]
    assert page.context.asking.record[-1].words == "已通过：3 人"
    QTest.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert {row.state for row in rows_of(day)} == {"waiting"}


def test_returning_asks_for_the_reason_and_shows_it(
    day: Day, show: Callable[[], RegistrationPage], qtbot: QtBot
) -> None:
    day.bring([person(n) for n in range(2)])
    page = show()
    click(qtbot, page, 0)
    seen: list[str] = []

    def say_why(sheet: Sheet) -> None:
        sheet.press("退回")
        seen.append(" ".join(field.text() for field in sheet.findChildren(type(page.panel.why_not))))
        write("一寸照未交")
        sheet.press("退回")

    answer(page, say_why)
    qtbot.mouseClick(page.panel.return_button, Qt.MouseButton.LeftButton)
    assert "请用一句话写明理由" in seen[0]
    assert (rows_of(day)[0].state, rows_of(day)[0].reason) == ("returned", "一寸照未交")


def test_states_search_and_unit_narrow_the_list(
    day: Day, show: Callable[[], RegistrationPage], qtbot: QtBot
) -> None:
    day.bring([person(n) for n in range(6)] + [person(9, id_number=WRONG, name="贺思远")])
    page = show()
    page.states.choose("problem")
    assert [row.name for row in page.table.rows_model.rows] == ["贺思远"]
    page.states.choose("all")
    page.find_here()
    write("贺思")
    qtbot.waitUntil(lambda: len(page.table.rows_model.rows) == 1)
    key(Qt.Key.Key_Escape)
    page.escape()
    qtbot.waitUntil(lambda: len(page.table.rows_model.rows) == 7)
    page.unit.choose("单位1公司")
    page.unit.activated.emit(page.unit.currentIndex())
    assert {row.organisation for row in page.table.rows_model.rows} == {"单位1公司"}


def test_a_refresh_keeps_choice_sort_and_scroll_and_what_is_being_typed(
    day: Day, show: Callable[[], RegistrationPage], qtbot: QtBot
) -> None:
    day.bring([person(n) for n in range(60)] + [person(70, id_number=WRONG)])
    page = show()
    page.table.sort_by("name", descending=True)
    key_of = next(row.id for row in page.rows if row.state == "problem")
    page.table.choose(key_of)
    page.table.verticalScrollBar().setValue(120)
    page.panel.focus_trouble()
    press("2101")
    day.do(registration.accept, day.competition, [form([person(80)], "另一份.xlsx")])
    qtbot.waitUntil(lambda: len(page.rows) == 62)
    assert page.table.chosen_row() is not None
    assert page.panel.key == key_of
    assert page.panel.fields[0].text() == "2101"
    assert page.table.verticalScrollBar().value() == 120
    assert page.table.rows_model.sorted_by == (1, True)


def test_the_deed_beside_a_problem_leads_to_its_field(
    day: Day, show: Callable[[], RegistrationPage], qtbot: QtBot
) -> None:
    expected = json.loads((FORMS / "numbers.expect.json").read_text(encoding="utf-8"))
    for n, name in enumerate(sorted({row["event"] for row in expected["rows"]} - {EVENT})):
        day.do(competitions.create_event, day.competition, code=f"X{n}", name=name, plan=json.dumps(PLAN))
    page = show()
    page.take_files([FORMS / "numbers.xlsx"])
    qtbot.waitUntil(lambda: page.bringing.waiting, timeout=30_000)
    page.primary()
    qtbot.waitUntil(lambda: not page.bringing.waiting and bool(page.rows), timeout=30_000)
    found = next(one for one in page.problems.list.rows_model.rows if one.registration is not None)
    at = page.problems.list.rows_model.row_of(found.key)
    column = [one.key for one in page.problems.list.columns()].index("deed")
    box = page.problems.list.visualRect(page.problems.list.rows_model.index(at or 0, column))
    qtbot.mouseClick(page.problems.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert page.panel.key == found.registration
    assert page.panel.fields[0].control.hasFocus()
    assert page.panel.fields[0].label.text() == found.column


def test_a_form_of_wrong_rows_is_given_back_marked(
    day: Day, show: Callable[[], RegistrationPage], qtbot: QtBot, tmp_path: Path
) -> None:
    page = show()
    page.take_files([FORMS / "titled.xlsx"])
    qtbot.waitUntil(lambda: page.bringing.waiting, timeout=30_000)
    target = tmp_path / "标红.xlsx"
    page.context.asking.choose_save = lambda *_given: str(target)
    qtbot.mouseClick(page.problems.report_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(target.exists, timeout=30_000)
    qtbot.waitUntil(lambda: not page.context.jobs.running, timeout=30_000)


def test_blank_forms_are_handed_out(
    day: Day, show: Callable[[], RegistrationPage], qtbot: QtBot, tmp_path: Path
) -> None:
    page = show()
    target = tmp_path / "报名表"
    page.context.asking.choose_save = lambda *_given: str(target)
    qtbot.mouseClick(page.hand_out_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(target.with_suffix(".xlsx").exists, timeout=30_000)
    qtbot.waitUntil(lambda: not page.context.jobs.running, timeout=30_000)


def test_columns_are_put_away_and_remembered(day: Day, show: Callable[[], RegistrationPage]) -> None:
    day.bring([person(1)])
    page = show()
    page.table.choose_column("sex", on=False)
    sex = [column.key for column in page.table.columns()].index("sex")
    assert page.table.isColumnHidden(sex)
    assert "sex" in [column.key for column in page.table.choosable()]
    assert page.context.preferences["columns"]["registration"] == ["sex"]


def test_fourteen_rows_stand_in_a_window_of_1366_by_768(
    day: Day, show: Callable[[], RegistrationPage]
) -> None:
    day.bring([person(n) for n in range(40)])
    page = show()
    QApplication.processEvents()
    view = page.table.viewport()
    last = page.table.rowAt(view.height() - 1)
    whole = (
        last
        if page.table.visualRect(page.table.rows_model.index(last, 0)).bottom() > view.height()
        else last + 1
    )
    assert whole >= 14
    assert page.table.indexAt(QPoint(60, 5)).row() == 0


def test_of_many_those_without_problems_pass(day: Day, show: Callable[[], RegistrationPage]) -> None:
    day.bring([person(0), person(1, id_number=WRONG), person(2)])
    page = show()
    page.table.rows_model.set_ticked([row.id for row in rows_of(day)], on=True)
    answer(page, lambda sheet: sheet.default.click())
    page.panel.passed.emit()
    assert sorted(row.state for row in rows_of(day)) == ["passed", "passed", "problem"]
    note = page.window().findChildren(Note)[-1]
    foot = page.panel.foot.geometry().translated(page.panel.mapTo(page.window(), QPoint()))
    assert not note.geometry().intersects(foot)
