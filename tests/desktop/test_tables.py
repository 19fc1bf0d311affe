"""The table: its model, sort, filter, what survives a refresh, copying, tips, room, ten thousand rows."""

import time
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from competition_app.desktop.parts import pills
from competition_app.desktop.tables.table_view import TableView
from competition_app.desktop.tables.tables import Column, RowsModel


@dataclass(frozen=True)
class Person:
    key: int
    name: str
    total: str
    passed: bool = True


COLUMNS = [
    Column[Person]("tick", "", lambda _row: "", 48, ticks=True, sortable=False),
    Column[Person]("name", "姓名", lambda row: row.name, 60),
    Column[Person]("total", "总成绩", lambda row: row.total, 72, figures=True, sort=lambda r: float(r.total)),
    Column[Person]("state", "审查", lambda _row: "", 104,
        pill=lambda row: pills.PASSED if row.passed else pills.PROBLEM),
]  # fmt: skip
PEOPLE = [
    Person(1, "沈砚秋", "93.17"),
    Person(2, "欧阳靖宇", "102.72", passed=False),
    Person(3, "苗雨桐", "89.87"),
]


@pytest.fixture
def table(qtbot) -> TableView[Person]:
    made = TableView(COLUMNS, lambda row: row.key, "名单")
    made.resize(500, 300)
    qtbot.addWidget(made)
    made.set_rows(PEOPLE)
    made.show()
    qtbot.waitExposed(made)
    return made


def names(table: TableView[Person]) -> list[str]:
    return [row.name for row in table.rows_model.rows]


def test_the_model_keeps_qts_rules(qtmodeltester) -> None:
    model = RowsModel(COLUMNS, lambda row: row.key)
    model.set_rows(PEOPLE)
    qtmodeltester.check(model)
    model.sort(2)
    model.set_filter(lambda row: row.passed)
    qtmodeltester.check(model)


def test_figures_sort_as_figures(table: TableView[Person]) -> None:
    table.sort_by("total", descending=True)
    assert names(table) == ["欧阳靖宇", "沈砚秋", "苗雨桐"]


def test_the_chosen_row_survives_refresh_sort_and_filter(table: TableView[Person], qtbot) -> None:
    told: list[object] = []
    table.choose(1)
    table.chosen.connect(told.append)
    table.set_rows([Person(3, "苗雨桐", "89.87"), Person(1, "沈砚秋", "95.00")])
    table.sort_by("total")
    table.set_filter(lambda row: row.key == 1)
    assert table.chosen_row() == Person(1, "沈砚秋", "95.00")
    assert told == []
    table.set_filter(lambda row: row.key == 3)
    assert table.chosen_row() is None
    assert told == [None]


def test_the_sort_survives_a_refresh(table: TableView[Person]) -> None:
    table.sort_by("total")
    table.set_rows([*PEOPLE, Person(4, "裴若溪", "90.00")])
    assert names(table) == ["苗雨桐", "裴若溪", "沈砚秋", "欧阳靖宇"]


def test_ticks_of_rows_that_are_gone_are_dropped(table: TableView[Person]) -> None:
    table.rows_model.set_ticked([1, 2], on=True)
    table.set_rows(PEOPLE[:1])
    assert table.rows_model.ticked == {1}


def test_copying_gives_lines_a_spreadsheet_takes(table: TableView[Person], qtbot) -> None:
    nasty = Person(9, "=cmd|' /C'!A0\t<img src=x>\n二行", "1.00")
    table.set_rows([*PEOPLE, nasty])
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "姓名\t总成绩\t审查"
    assert lines[2] == "欧阳靖宇\t102.72\t有问题"
    assert lines[4] == "=cmd|' /C'!A0 <img src=x> 二行\t1.00\t已通过"


def test_a_cut_cell_tells_its_whole_text(table: TableView[Person]) -> None:
    table.set_rows([Person(1, "阿依努尔·买买提江", "1.00"), Person(2, "<b>李</b><img src=x>" * 3, "2.00")])
    assert table.tip_of(0, 1) == "阿依努尔·买买提江"
    assert table.tip_of(0, 2) == ""
    assert "<img" not in table.tip_of(1, 1)
    assert "&lt;img" in table.tip_of(1, 1)


def test_enter_opens_and_space_ticks(table: TableView[Person], qtbot) -> None:
    table.choose(2)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [PEOPLE[1]]
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert table.rows_model.ticked == {2}


def test_a_click_on_a_head_sorts_and_turns_round(table: TableView[Person], qtbot) -> None:
    head = table.horizontalHeader()
    for wanted in (["苗雨桐", "沈砚秋", "欧阳靖宇"], ["欧阳靖宇", "沈砚秋", "苗雨桐"]):
        at = head.sectionViewportPosition(2) + 20
        qtbot.mouseClick(
            head.viewport(), Qt.MouseButton.LeftButton, pos=head.viewport().rect().center().__class__(at, 10)
        )
        assert names(table) == wanted


def test_columns_fill_the_room_without_a_bar(table: TableView[Person]) -> None:
    assert sum(table.columnWidth(i) for i in range(len(COLUMNS))) == table.viewport().width()
    assert not table.horizontalScrollBar().isVisible()


def test_a_narrow_table_takes_from_the_columns_that_grow(table: TableView[Person]) -> None:
    wide = [Column[Person](key, key, lambda _row: "", 200, grow=grow) for key, grow in (("a", 1), ("b", 0))]
    table.set_columns(wide)
    table.resize(360, 300)
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()
    assert table.columnWidth(1) == 208


def test_ten_thousand_rows_are_shown_at_once(table: TableView[Person], qtbot) -> None:
    rows = [Person(i, f"选手{i:05}", f"{i / 100:.2f}") for i in range(10_000)]
    began = time.perf_counter()
    table.set_rows(rows)
    table.grab()
    assert time.perf_counter() - began < 0.5  # 0.1 s on an idle machine
    assert table.rows_model.rowCount() == 10_000


def test_an_empty_table_is_no_fault(table: TableView[Person], qtbot) -> None:
    table.set_rows([])
    table.grab()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "姓名\t总成绩\t审查"


def test_a_row_stays_chosen_while_ctrl_is_held(table: TableView[Person]) -> None:
    table.choose(2)
    QTest.keyPress(table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    try:
        assert QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        table.choose(2)
        assert [row.key for row in table.selected_rows()] == [2]
    finally:
        QTest.keyRelease(table, Qt.Key.Key_Control)
