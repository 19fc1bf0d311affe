"""Marking as a recorder does it: typing changes the standings at once, and nothing typed is ever lost."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from day import Day, answer, key, person, press, write
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from competition_app.desktop.marking.marking_model import STATE
from competition_app.desktop.marking.marking_page import MarkingPage
from competition_app.desktop.marking.marking_sheets import DIFFER, SECOND
from competition_app.desktop.marking.marking_values import Look
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.preferences import Preferences
from competition_app.domain.access import Role
from competition_app.services import staff
from competition_app.services.access import Actor
from competition_app.services.judging import judging, marking_grid
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.results import results
from competition_app.services.workspace import Workspace

CONTROL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """The marking page open on judge J1's sheets of the practical module."""

    def __init__(self, day: Day, qtbot: QtBot, seats: list[int]) -> None:
        self.day, self.qtbot, self.seats = day, qtbot, seats
        page = day.open(qtbot, "marking")
        assert isinstance(page, MarkingPage)
        self.page = page
        page.scope.setCurrentIndex(1)
        page.scope.activated.emit(1)
        page.grid.setFocus()

    def at(self, row: int, code: str) -> None:
        """Go to a cell."""
        self.page.grid.go((self.page.hands.model.rows[row].key, code))

    def cell(self, row: int, column: int) -> Look:
        return self.page.hands.model.face(row, column).look

    def text(self, row: int, column: int) -> str:
        return str(self.page.hands.model.index(row, column).data())

    def state(self, row: int) -> str:
        last = self.page.hands.model.columnCount() - 1
        return str(self.page.hands.model.index(row, last).data(STATE).word)

    def stored(self, row: int) -> list[str | None]:
        """What stands in the store for a sheet of the judge shown."""
        judge = self.page.judge_id
        grid = self.day.ask(marking_grid.grid, self.day.event, "final", "practical", judge)
        return [cell.text if cell.text is not None else cell.state.value for cell in grid.rows[row].cells]

    def score(self, number: str) -> str | None:
        """The module's score in the standings."""
        result = self.day.ask(results.event_result, self.day.event)
        found = next(s for d in result.divisions for s in d.standings if s.number == number)
        figure = found.modules.get("practical")
        return figure.score if figure else None


@pytest.fixture
def make_desk(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot
) -> Callable[..., Desk]:
    def make(*, double: bool = False, judges: int = 1, people: int = 4) -> Desk:
        day = Day(workspace, organiser, preferences, double=double)
        day.bring([person(n) for n in range(people)])
        return Desk(day, qtbot, day.seat(*[f"裁判{n}" for n in range(judges)]))

    return make


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()


def test_a_sheet_typed_by_keyboard_changes_the_standings_at_once(desk: Desk) -> None:
    desk.at(0, "P1")
    press("34.5")
    key(Qt.Key.Key_Return)
    assert desk.score("001") is None
    key(Qt.Key.Key_Space)
    key(Qt.Key.Key_Return)
    press("0.1")
    key(Qt.Key.Key_Return)
    assert desk.stored(0) == ["34.5", "1", "0.1"]
    assert desk.score("001") == "94.50"
    assert desk.text(0, 3) == "94.50"
    assert desk.state(0) == "已确认"
    assert desk.page.grid.currentIndex().row() == 1


def test_the_points_are_shown_while_typing(desk: Desk) -> None:
    desk.at(0, "P3")
    press("0.35")
    assert desk.page.side.points.mark == "0.35 mm"
    assert desk.page.side.points.points == "28.00 分"
    press("x")
    assert desk.page.side.points.role == "bad"


def test_a_figure_out_of_range_is_kept_as_typed_and_its_mend_offered(desk: Desk, qtbot: QtBot) -> None:
    desk.at(0, "P1")
    press("43.5")
    key(Qt.Key.Key_Return)
    press("1")
    key(Qt.Key.Key_Return)
    assert desk.cell(0, 0) is Look.WRONG
    assert desk.text(0, 0) == "43.5"
    assert desk.state(0) == "超出范围"
    assert desk.stored(0) == ["empty", "1", "empty"]
    assert desk.page.message.isVisible()
    assert "43.5" in desk.page.message.sentence.text()
    assert desk.page.message.mend.text() == "改为 34.5"
    qtbot.mouseClick(desk.page.message.mend, Qt.MouseButton.LeftButton)
    assert desk.stored(0) == ["34.5", "1", "empty"]
    assert desk.cell(0, 0) is Look.FIGURE
    assert not desk.page.message.isVisible()


def test_a_wrong_figure_stops_handing_over_and_leads_back_to_its_cell(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(judges=2)
    desk.at(1, "P1")
    press("abc")
    key(Qt.Key.Key_Down)
    answer(desk.page, lambda sheet: sheet.default.click() if sheet.default else None)
    desk.page.primary()
    told = desk.page.context.asking.record[-1]
    assert "abc" in told.words
    assert desk.page.judge_id == desk.seats[0]
    assert desk.page.grid.currentIndex().row() == 1


def test_wrong_figures_wait_while_another_judges_sheets_are_typed(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(judges=2)
    desk.at(0, "P1")
    press("99")
    key(Qt.Key.Key_Return)
    desk.page.choose_judge(desk.seats[1])
    assert desk.cell(0, 0) is Look.NOT_BEGUN
    desk.page.choose_judge(desk.seats[0])
    assert desk.text(0, 0) == "99"


def test_undo_and_redo_are_new_versions(desk: Desk) -> None:
    desk.at(0, "P1")
    press("30")
    key(Qt.Key.Key_Return)
    desk.at(0, "P1")
    press("31")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Z, CONTROL)
    assert desk.stored(0)[0] == "30"
    key(Qt.Key.Key_Z, CONTROL)
    assert desk.stored(0)[0] == "empty"
    key(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert desk.stored(0)[0] == "30"
    work = desk.page.hands.model.rows[0].key
    versions = desk.day.ask(marking_grid.mark_versions, work, 1, desk.seats[0], "P1")
    assert [one.text for one in versions] == ["30", "31", "30", None, "30"]


def test_q_gives_no_mark_for_what_is_left_of_the_sheet(desk: Desk) -> None:
    desk.at(2, "P2")
    press("q")
    assert desk.stored(2) == ["absent", "absent", "absent"]
    assert desk.state(2) == "裁判缺席"


def test_delete_takes_a_mark_back(desk: Desk) -> None:
    desk.at(0, "P1")
    press("30")
    key(Qt.Key.Key_Return)
    desk.at(0, "P1")
    key(Qt.Key.Key_Delete)
    assert desk.stored(0)[0] == "empty"


def test_a_column_of_a_spreadsheet_is_pasted_in_one_operation(desk: Desk) -> None:
    desk.at(0, "P1")
    QGuiApplication.clipboard().setText("31.5\r\n３８\r\n99\r\n36.5\r\n12\r\n")
    key(Qt.Key.Key_V, CONTROL)
    assert [desk.stored(row)[0] for row in range(4)] == ["31.5", "38", "empty", "36.5"]
    assert desk.cell(2, 0) is Look.WRONG
    assert "多出 1 行" in desk.page.context.asking.record[-1].words
    desk.page.context.undoing.undo()
    assert [desk.stored(row)[0] for row in range(4)] == ["empty"] * 4


def test_correcting_a_sheet_that_counts_asks_why(desk: Desk) -> None:
    desk.at(0, "P1")
    for keys in ("30", "1", "0.2"):
        press(keys)
        key(Qt.Key.Key_Return)

    def say_why(sheet: Sheet) -> None:
        write("裁判笔误")
        sheet.press("更正评分")

    answer(desk.page, say_why)
    desk.at(0, "P1")
    press("31")
    key(Qt.Key.Key_Return)
    assert desk.stored(0)[0] == "31"
    versions = desk.day.ask(
        marking_grid.mark_versions, desk.page.hands.model.rows[0].key, 1, desk.seats[0], "P1"
    )
    assert versions[-1].reason == "裁判笔误"
    answer(desk.page, lambda sheet: sheet.reject())
    desk.at(0, "P1")
    press("32")
    key(Qt.Key.Key_Return)
    assert desk.stored(0)[0] == "31"


def test_who_owes_is_counted_and_the_next_judge_comes(make_desk: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = make_desk(judges=3, people=1)
    assert desk.page.side.count.text() == "3 人中 3 人"
    desk.at(0, "P1")
    for keys in ("30", "1", "0.2"):
        press(keys)
        key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.page.side.count.text() == "3 人中 2 人")
    qtbot.mouseClick(desk.page.next_button, Qt.MouseButton.LeftButton)
    assert desk.page.judge_id == desk.seats[1]


def test_a_second_person_types_again_and_a_difference_is_shown(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(double=True, people=1)
    desk.at(0, "P1")
    for keys in ("30", "1", "0.2"):
        press(keys)
        key(Qt.Key.Key_Return)
    assert desk.state(0) == "待复录"
    assert desk.score("001") is None
    first = desk.page.context.actor
    desk.day.do(staff.add, "康立言", Role.ORGANISER, "a long passphrase")
    people = desk.day.ask(staff.people)
    desk.page.context.act_as(Actor("康立言", Role.ORGANISER, first.device, people[0].id))
    desk.page.views.choose(SECOND)
    desk.at(0, "P1")
    for keys in ("31", "1", "0.2"):
        press(keys)
        key(Qt.Key.Key_Return)
    assert desk.state(0) == "两录不一致"
    assert desk.page.views.key() == SECOND
    desk.page.views.choose(DIFFER)
    assert desk.page.hands.model.rowCount() == 1
    desk.at(0, "P1")
    press("30")
    key(Qt.Key.Key_Return)
    assert desk.score("001") == "90.00"


def test_a_first_typing_corrected_to_the_second_is_confirmed_on_the_page(
    make_desk: Callable[..., Desk],
) -> None:
    desk = make_desk(double=True, people=1)
    page, day = desk.page, desk.day
    other = Actor("康立言", Role.ORGANISER, "test")
    work = page.hands.model.rows[0].key
    at = {code: MarkPlace(work, 1, desk.seats[0], code) for code in ("P1", "P2", "P3")}
    typed = {"P1": (Decimal(30), Decimal(31)), "P2": (True, True), "P3": (Decimal("0.2"), Decimal("0.2"))}
    for code, (once, _twice) in typed.items():
        day.do(judging.enter_mark, at[code], once)
    for code, (_once, twice) in typed.items():
        day.workspace.do(other, judging.enter_second, at[code], twice)
    day.do(judging.enter_mark, at["P1"], Decimal(31))
    page.refresh()
    page.views.choose(SECOND)
    assert desk.state(0) == "待确认"
    assert desk.score("001") is None
    answer(page, lambda sheet: sheet.default.click() if sheet.default else sheet.reject())
    page.primary()
    assert page.context.asking.record[-1].kind == "refusal"
    assert "另一" in page.context.asking.record[-1].words
    page.context.act_as(other)
    page.primary()
    assert desk.score("001") == "91.00"


def test_another_writer_refreshes_the_grid_and_leaves_the_place(desk: Desk, qtbot: QtBot) -> None:
    desk.at(2, "P3")
    press("0.")
    work = desk.page.hands.model.rows[0].key
    desk.day.do(judging.enter_mark, MarkPlace(work, 1, desk.seats[0], "P1"), Decimal(12))
    qtbot.waitUntil(lambda: desk.text(0, 0) == "12.0")
    press("3")
    key(Qt.Key.Key_Return)
    assert desk.stored(2)[2] == "0.3"


def test_before_a_module_can_be_marked_the_page_says_what_is_missing(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot
) -> None:
    day = Day(workspace, organiser, preferences)
    day.bring([person(1)])
    page = day.open(qtbot, "marking")
    assert isinstance(page, MarkingPage)
    page.scope.setCurrentIndex(1)
    page.scope.activated.emit(1)

    def name(sheet: Sheet) -> None:
        write("范启明")
        sheet.press("指定裁判")

    answer(page, name)
    assert [way.text() for way in page.opening.ways] == ["指定裁判"]
    qtbot.mouseClick(page.opening.ways[0], Qt.MouseButton.LeftButton)
    assert [way.text() for way in page.opening.ways] == ["开放评分"]
    answer(page, lambda sheet: sheet.press("用匿名作品号"))
    qtbot.mouseClick(page.opening.ways[0], Qt.MouseButton.LeftButton)
    assert page.grid.isVisible()
    assert page.anonymous.isVisible()
    assert page.hands.model.rows[0].code.startswith("B-")
    assert page.grid.first_word() == "作品号"


def test_a_scanned_number_leads_to_its_sheet_and_is_never_a_mark(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(judges=2)
    desk.at(0, "P1")
    press("003")
    key(Qt.Key.Key_Return)
    assert desk.page.grid.place() == (desk.page.hands.model.rows[2].key, "P1")
    assert desk.page.grid.first_word() == "参赛编号"
    press("SHEET:UAV:final:practical:J2:002:1:1")
    key(Qt.Key.Key_Return)
    assert desk.page.judge_id == desk.seats[1]
    assert desk.page.grid.currentIndex().row() == 1
    press("SHEET:UAV:final:practical:J9:002:1:1")
    key(Qt.Key.Key_Return)
    assert "J9" in desk.page.context.asking.record[-1].words
    assert desk.stored(0) == desk.stored(1) == ["empty"] * 3
    assert not list(desk.page.hands.model.all_wrong())


def test_figures_typed_by_a_person_are_a_mark(make_desk: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = make_desk(people=31)
    assert desk.page.hands.model.rows[29].code == "030"
    desk.at(0, "P1")
    for one in "030":
        press(one)
        qtbot.wait(60)
    key(Qt.Key.Key_Return)
    assert desk.stored(0)[0] == "30"


def room(desk: Desk, pages: int | None) -> None:
    """Leave the store so many pages to grow by; None: room again."""
    with desk.day.workspace._writing() as connection:
        raw = connection.connection.driver_connection
        (used,) = raw.execute("PRAGMA page_count").fetchone()
        raw.execute(f"PRAGMA max_page_count = {1_000_000 if pages is None else used + pages}").fetchone()


def test_a_full_disk_loses_nothing_that_is_typed(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(people=30)
    room(desk, 0)
    desk.at(0, "P1")
    typed = [f"{at}.5" for at in range(28)]
    for mark in typed:
        press(mark)
        key(Qt.Key.Key_Down)
    full = next(row for row in range(28) if desk.cell(row, 0) is Look.WRONG)
    assert [desk.text(row, 0) for row in range(28)] == typed, "what was typed stands where it was typed"
    assert desk.stored(full)[0] == "empty"
    assert desk.state(full) == "未存入"
    assert "磁盘" in desk.page.message.sentence.text()
    room(desk, None)
    desk.page.message.mend.click()
    assert [desk.stored(row)[0] for row in range(28)] == typed
    assert not desk.page.message.isVisible()
