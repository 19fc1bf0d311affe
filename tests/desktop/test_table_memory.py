"""What tables remember from sitting to sitting, their natural order, and the table on paper."""

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from day import Day, person
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from competition_app.desktop import pictures, printing
from competition_app.desktop.preferences import Preferences
from competition_app.desktop.tables.table_memory import TableMemory, head_menu
from competition_app.desktop.tables.table_printing import printed
from competition_app.desktop.tables.table_view import TableView
from competition_app.desktop.tables.tables import Column
from competition_app.i18n import words
from competition_app.services.access import Actor
from competition_app.services.list_papers import PrintedColumn, PrintedTable, table_pdf
from competition_app.services.workspace import Workspace


@dataclass(frozen=True)
class Row:
    name: str
    number: str


COLUMNS = [
    Column[Row]("name", "姓名", lambda row: row.name, 80),
    Column[Row]("number", "编号", lambda row: row.number, 80),
    Column[Row]("other", "备注", lambda _row: "—", 80),
]
ROWS = [Row("甲", "A10"), Row("乙", "A2"), Row("丙", "A1")]


def table(qtbot: QtBot, preferences: Preferences) -> TableView[Row]:
    made: TableView[Row] = TableView(COLUMNS, lambda row: row.name, "名单")
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.set_rows(ROWS)
    made.show()
    qtbot.waitExposed(made)
    TableMemory(made, preferences, "list")
    return made


def test_order_is_natural(qtbot: QtBot, preferences: Preferences) -> None:
    made = table(qtbot, preferences)
    made.sort_by("number")
    assert [row.number for row in made.rows_model.rows] == ["A1", "A2", "A10"]


def test_widths_columns_and_sort_come_back(qtbot: QtBot, preferences: Preferences, tmp_path: Path) -> None:
    first = table(qtbot, preferences)
    head = first.horizontalHeader()
    QTest.mouseClick(
        head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(head.sectionViewportPosition(1) + 20, 10)
    )
    first.setColumnWidth(0, 150)
    first.choose_column("other", on=False)
    qtbot.waitUntil(lambda: preferences["tables"].get("list", {}).get("widths") == {"name": 142})
    again = table(qtbot, Preferences(tmp_path / "window.json"))
    assert again.columnWidth(0) == 150
    assert again.isColumnHidden(2)
    assert again.rows_model.sorted_by == (1, False)
    again.choose_column("other", on=True)
    assert not again.isColumnHidden(2)


def test_the_first_column_cannot_be_put_away(qtbot: QtBot, preferences: Preferences) -> None:
    assert [column.key for column in table(qtbot, preferences).choosable()] == ["number", "other"]


def test_what_is_printed_is_what_is_shown(qtbot: QtBot, preferences: Preferences) -> None:
    made = table(qtbot, preferences)
    made.choose_column("other", on=False)
    made.sort_by("number")
    made.set_filter(lambda row: row.name != "乙")
    paper = printed(made, "名单", "数智竞赛", "2025-09-01 08:00")
    assert [column.title for column in paper.columns] == ["姓名", "编号"]
    assert paper.rows == (("丙", "A1"), ("甲", "A10"))


@pytest.mark.parametrize(("rows", "pages"), [(0, 1), (22, 1), (23, 2), (200, 10)])
def test_pages_carry_title_columns_and_their_number(rows: int, pages: int) -> None:
    long = "沈东市城市轨道交通运营管理集团有限责任公司" * 4
    paper = PrintedTable(
        "报名名单", "数智竞赛",
        (PrintedColumn("姓名", 80), PrintedColumn("单位", 40), PrintedColumn("分", 30, True)),
        tuple((f"选手{n}", long, f"{n}.50") for n in range(rows)), "2025-09-01 08:00",
    )  # fmt: skip
    pdf = pypdfium2.PdfDocument(table_pdf(paper, words("zh")))
    try:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    finally:
        pdf.close()
    assert len(texts) == pages
    for at, text in enumerate(texts, 1):
        whole = "".join(text.split())
        assert "报名名单" in whole
        assert "姓名" in whole
        assert f"第{at}页，共{pages}页" in whole
    if rows:
        assert f"选手{rows - 1}" in texts[-1]
        assert "有限责任公司" in "".join(texts[0].split())


def test_ctrl_p_prints_the_list(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot, monkeypatch
) -> None:
    day = Day(workspace, organiser, preferences)
    day.bring([person(n) for n in range(3)])
    page = day.open(qtbot, "registration")
    seen: list[int] = []
    monkeypatch.setattr(printing, "preview", lambda _host, pdf, _title: seen.append(pdf.pages))
    QTest.keyClick(page.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    pictures.settle(day.window)
    assert seen == [1]


NAMES = [Column[Row]("name", "姓名", lambda row: row.name, 80, names="person"), *COLUMNS[1:]]
PEOPLE = [Row(name, str(n)) for n, name in enumerate(("丁一", "单雄信", "曾国藩", "一行", "安心"))]


def test_names_are_sorted_by_pinyin_or_strokes_as_chosen_in_the_heads_menu(
    qtbot: QtBot, preferences: Preferences
) -> None:
    def shown(made: TableView[Row]) -> str:
        return " ".join(row.name for row in made.rows_model.rows)

    def opened() -> TableView[Row]:
        made: TableView[Row] = TableView(NAMES, lambda row: row.name, "名单")
        qtbot.addWidget(made)
        made.set_rows(PEOPLE)
        TableMemory(made, preferences, "people")
        return made

    made = opened()
    made.sort_by("name")
    assert shown(made) == "安心 丁一 单雄信 一行 曾国藩"
    menu = head_menu(made)
    orders = menu.findChild(QMenu).actions()
    assert menu.actions()[0].text() == "“姓名”的排序"
    assert [one.text() for one in orders] == ["按拼音", "按姓氏笔画", "按字面，数字按大小"]
    assert [one.isChecked() for one in orders] == [True, False, False]
    orders[1].trigger()
    assert shown(made) == "一行 丁一 安心 单雄信 曾国藩"
    qtbot.waitUntil(lambda: bool(preferences["tables"]))
    assert shown(opened()) == "一行 丁一 安心 单雄信 曾国藩"


def test_the_menu_key_asks_for_the_heads_menu(qtbot: QtBot, preferences: Preferences) -> None:
    made = table(qtbot, preferences)
    made.menu_wanted.disconnect()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    with qtbot.waitSignal(made.menu_wanted, timeout=500):
        made.contextMenuEvent(event)
