"""单位 as an organiser uses it: the tree folded and searched, units edited and joined, forms handed out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from day import Day, answer, key, person
from looking import cells_without_tip, cut_texts, nameless
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from competition_app.desktop.organisations.organisations_page import OrganisationsPage
from competition_app.desktop.preferences import Preferences
from competition_app.services.access import Actor
from competition_app.services.registration import organisation_lists, organisations
from competition_app.services.workspace import Workspace

ADD = organisations.add_organisation
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def day(workspace: Workspace, organiser: Actor, preferences: Preferences) -> Day:
    return Day(workspace, organiser, preferences)


@pytest.fixture
def show(day: Day, qtbot: QtBot) -> Callable[[], OrganisationsPage]:
    def open_page() -> OrganisationsPage:
        page = day.open(qtbot, "organisations")
        assert isinstance(page, OrganisationsPage)
        return page

    return open_page


@pytest.fixture
def tree(day: Day) -> dict[str, int]:
    """A city union, a branch, two enterprises of near-equal names of which the first sent its form."""
    city = day.do(ADD, "市总工会", kind="union")
    branch = day.do(ADD, "城建工会", kind="union", parent_id=city)
    names = ("沈东燃气安装有限公司", "沈东然气安装有限公司")
    found = {name: day.do(ADD, name, parent_id=branch, competition_id=day.competition) for name in names}
    day.bring([person(0, organisation=names[0]), person(1, organisation=names[0])])
    return {"市总工会": city, "城建工会": branch, **found}


def names(page: OrganisationsPage) -> list[str]:
    return [unit.name for unit in page.table.rows_model.rows]


def click(qtbot: QtBot, page: OrganisationsPage, name: str, column: str = "contact") -> None:
    section = next(i for i, one in enumerate(page.table.columns()) if one.key == column)
    box = page.table.visualRect(page.table.rows_model.index(names(page).index(name), section))
    qtbot.mouseClick(page.table.viewport(), LEFT, pos=box.center())


def test_nothing_yet_offers_three_ways(day: Day, show: Callable[[], OrganisationsPage], qtbot: QtBot) -> None:
    page = show()
    assert page.empty.isVisible()
    assert [way.text() for way in page.empty.ways] == ["从表格导入", "从往年竞赛带入", "手工添加"]
    qtbot.mouseClick(page.empty.ways[2], LEFT)
    assert page.panel.form is not None
    page.panel.form.name.set_text("沈东地铁运营有限公司")
    qtbot.mouseClick(page.panel.buttons["save"], LEFT)
    assert names(page) == ["沈东地铁运营有限公司"]
    assert page.tree.whole.units == 1
    page.context.undoing.undo()
    qtbot.waitUntil(page.empty.isVisible)


def test_the_tree_counts_folds_and_searches(
    tree: dict[str, int], show: Callable[[], OrganisationsPage], qtbot: QtBot
) -> None:
    page = show()
    assert page.subtitle.text() == "2 家单位已交 1 家"
    assert names(page)[:2] == ["市总工会", "城建工会"]
    assert page.table.rows_model.rows[0].whole.registered == 2
    qtbot.mouseClick(page.table.viewport(), LEFT, pos=page.table.chevron_at(1))
    assert names(page) == ["市总工会", "城建工会"]
    page.search.setText("然气")
    qtbot.waitUntil(lambda: len(names(page)) == 3)
    assert names(page)[-1] == "沈东然气安装有限公司"
    page.search.clear()
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    page.table.choose(tree["城建工会"])
    page.table.setFocus()
    key(Qt.Key.Key_Right)
    assert len(names(page)) == 4
    page.states.choose("missing")
    assert names(page) == ["市总工会", "城建工会", "沈东然气安装有限公司"]


def test_a_head_sorts_brothers_and_keeps_the_tree(
    tree: dict[str, int], show: Callable[[], OrganisationsPage]
) -> None:
    page = show()
    page.table.sort_by("registered", descending=True)
    assert names(page) == ["市总工会", "城建工会", "沈东燃气安装有限公司", "沈东然气安装有限公司"]
    page.table.sort_by("registered")
    assert names(page)[-1] == "沈东燃气安装有限公司"


def test_brothers_are_sorted_by_pinyin_or_strokes(
    day: Day, tree: dict[str, int], show: Callable[[], OrganisationsPage]
) -> None:
    day.do(ADD, "阿城电机厂", parent_id=tree["城建工会"], competition_id=day.competition)
    page = show()
    page.table.sort_by("name")
    assert names(page)[2:] == ["阿城电机厂", "沈东然气安装有限公司", "沈东燃气安装有限公司"]
    page.table.order_by("name", "strokes")
    assert names(page)[2:] == ["沈东然气安装有限公司", "沈东燃气安装有限公司", "阿城电机厂"]


def test_a_unit_is_renamed_moved_and_put_back(
    tree: dict[str, int], show: Callable[[], OrganisationsPage], qtbot: QtBot
) -> None:
    page = show()
    click(qtbot, page, "沈东然气安装有限公司")
    qtbot.mouseClick(page.panel.buttons["edit"], LEFT)
    form = page.panel.form
    assert form is not None
    form.name.set_text("沈东热力有限公司")
    form._above.choose(tree["市总工会"])
    form.code.set_text("123")
    qtbot.mouseClick(page.panel.buttons["save"], LEFT)
    assert "统一社会信用代码" in form.code.refused()
    form.code.set_text("")
    qtbot.mouseClick(page.panel.buttons["save"], LEFT)
    (moved,) = [unit for unit in page.tree.units if unit.name == "沈东热力有限公司"]
    assert moved.parent_id == tree["市总工会"]
    page.context.undoing.undo()
    qtbot.waitUntil(lambda: "沈东然气安装有限公司" in names(page))
    page.context.undoing.redo()
    qtbot.waitUntil(lambda: "沈东热力有限公司" in names(page))


def test_a_name_already_there_is_refused_beside_its_field(
    tree: dict[str, int], show: Callable[[], OrganisationsPage], qtbot: QtBot
) -> None:
    page = show()
    qtbot.mouseClick(page.add_button, LEFT)
    form = page.panel.form
    assert form is not None
    form.name.set_text("沈东燃气安装有限责任公司")
    assert not form.near.isHidden()
    form.name.set_text("沈东燃气安装有限公司")
    qtbot.mouseClick(page.panel.buttons["save"], LEFT)
    assert form.name.refused()
    assert page.escape()
    assert not page.panel.editing


def test_near_equal_units_are_joined_after_naming_what_moves(
    tree: dict[str, int], show: Callable[[], OrganisationsPage], qtbot: QtBot
) -> None:
    page = show()
    click(qtbot, page, "沈东燃气安装有限公司")
    answer(page, lambda sheet: sheet.press("两家都保留"))
    qtbot.mouseClick(page.panel.buttons["join"], LEFT)
    told = page.context.asking.record[-1]
    assert told.kind == "destructive"
    assert "沈东然气安装有限公司" in told.title
    assert len(names(page)) == 4
    answer(page, lambda sheet: sheet.press(next(w for w in sheet.buttons if "保留" not in w)))
    qtbot.mouseClick(page.panel.buttons["join"], LEFT)
    qtbot.waitUntil(lambda: len(names(page)) == 3)
    page.context.undoing.undo()
    qtbot.waitUntil(lambda: len(names(page)) == 4)


def test_two_units_found_to_be_two_are_not_asked_about_again(
    tree: dict[str, int], show: Callable[[], OrganisationsPage], qtbot: QtBot
) -> None:
    page = show()
    click(qtbot, page, "沈东燃气安装有限公司")
    qtbot.mouseClick(page.panel.buttons["apart"], LEFT)
    qtbot.waitUntil(lambda: "join" not in page.panel.buttons)
    assert all(unit.near is None for unit in page.tree.units)


def test_a_unit_with_people_is_not_taken_away(
    tree: dict[str, int], show: Callable[[], OrganisationsPage], qtbot: QtBot
) -> None:
    page = show()
    answer(page, lambda sheet: sheet.reject())
    page.panel.deed.emit("remove", tree["沈东燃气安装有限公司"])
    assert "不能移除" in page.context.asking.record[-1].words
    page.panel.deed.emit("remove", tree["沈东然气安装有限公司"])
    qtbot.waitUntil(lambda: len(names(page)) == 3)
    page.context.undoing.undo()
    qtbot.waitUntil(lambda: len(names(page)) == 4)


def test_forms_go_to_the_ticked_units(
    tree: dict[str, int], show: Callable[[], OrganisationsPage], qtbot: QtBot, tmp_path: Path
) -> None:
    page = show()
    page.context.asking.choose_folder = lambda _title, _folder: str(tmp_path / "forms")
    click(qtbot, page, "城建工会", "tick")
    qtbot.waitUntil(page.panel.buttons["give"].isVisible)
    qtbot.mouseClick(page.give_button, LEFT)
    wanted = {"沈东燃气安装有限公司.xlsx", "沈东然气安装有限公司.xlsx"}
    qtbot.waitUntil(
        lambda: {file.name for file in (tmp_path / "forms").glob("*.xlsx")} == wanted, timeout=20_000
    )
    qtbot.waitUntil(lambda: not page.context.jobs.running, timeout=20_000)


def test_contacts_are_copied_for_a_spreadsheet(
    day: Day, tree: dict[str, int], show: Callable[[], OrganisationsPage], qtbot: QtBot
) -> None:
    day.do(
        organisations.edit_organisation, tree["沈东燃气安装有限公司"], contact="李四", contact_phone="024-1"
    )
    page = show()
    qtbot.mouseClick(page.copy_button, LEFT)
    assert QGuiApplication.clipboard().text().splitlines()[1:] == ["沈东燃气安装有限公司\t李四\t024-1"]
    assert "1 家" in page.context.asking.record[-1].words


def test_a_table_of_units_is_taken_in_after_a_question(
    day: Day, show: Callable[[], OrganisationsPage], qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "单位.csv"
    path.write_text("单位名称,上级单位\n甲公司,城建工会\n乙公司,城建工会\n", encoding="utf-8")
    assert len(organisation_lists.read_units(path)) == 2
    page = show()
    answer(page, lambda sheet: sheet.press("导入 2 家单位"))
    page.take_files([path])
    qtbot.waitUntil(lambda: len(names(page)) == 3, timeout=20_000)
    assert page.tree.whole.units == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_and_all_is_named(
    day: Day, tree: dict[str, int], show: Callable[[], OrganisationsPage], qtbot: QtBot, language: str
) -> None:
    page = show()
    assert day.window is not None
    day.window.speak(language)
    page = day.window.frame.page()
    for step in (lambda: page.table.choose(tree["沈东燃气安装有限公司"]), page.add):
        step()
        qtbot.wait(60)
        assert cut_texts(page) == []
        assert cells_without_tip(page) == []
        assert nameless(page) == []
