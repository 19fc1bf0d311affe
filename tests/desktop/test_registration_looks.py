"""The two working pages looked at as a careful person does: both languages, wide and narrow, both themes."""

import json

import pytest
from day import PLAN, Day, id_number, person
from looking import LOOKS, cells_without_tip, cut_texts, nameless
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from competition_app import i18n
from competition_app.desktop.look import theme
from competition_app.desktop.preferences import Preferences
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.workspace import Workspace

LONG_EVENT = "工业互联网应用与智能制造系统集成综合技术赛"
LONG_UNIT = "沈东市城市轨道交通运营管理集团有限责任公司"
NASTY = '<img src=x>R&D "=1+1"'


@pytest.fixture
def filled(workspace: Workspace, organiser: Actor, preferences: Preferences) -> Day:
    day = Day(workspace, organiser, preferences)
    day.do(competitions.create_event, day.competition, code="LONG", name=LONG_EVENT,
           plan=json.dumps(PLAN))  # fmt: skip
    people = [person(n) for n in range(20)]
    people.append(
        person(
            30,
            name="阿依努尔·买买提江",
            organisation=LONG_UNIT,
            phone="12",
        )
    )
    people.append(person(31, id_number=id_number(31)[:-1] + "Y", name=NASTY))
    day.bring(people)
    day.seat("范启明", "阿依努尔·买买提江")
    return day


@pytest.mark.parametrize(("language", "size"), LOOKS)
@pytest.mark.parametrize("page_key", ["registration", "marking"])
def test_no_text_is_cut(
    filled: Day, qtbot: QtBot, page_key: str, size: tuple[int, int], language: str
) -> None:
    i18n.use(language)
    page = filled.open(qtbot, page_key)
    assert filled.window is not None
    filled.window.resize(*size)
    QApplication.processEvents()
    if page_key == "registration":
        page.table.selectRow(20)
        QApplication.processEvents()
    else:
        page.scope.setCurrentIndex(1)
        page.scope.activated.emit(1)
    QApplication.processEvents()
    assert cut_texts(page) == []
    assert cells_without_tip(page) == []


@pytest.mark.parametrize("page_key", ["registration", "marking"])
def test_a_page_is_repainted_in_the_other_theme(
    filled: Day, qtbot: QtBot, qapp: QApplication, page_key: str
) -> None:
    page = filled.open(qtbot, page_key)
    light = page.grab().toImage().pixelColor(page.width() - 10, page.height() // 2)
    theme.apply(qapp, "dark")
    QApplication.processEvents()
    dark = page.grab().toImage().pixelColor(page.width() - 10, page.height() // 2)
    assert light.lightness() > 200
    assert dark.lightness() < 60


def test_what_a_name_holds_is_shown_as_it_is(filled: Day, qtbot: QtBot) -> None:
    page = filled.open(qtbot, "registration")
    page.table.selectRow(21)
    page.table.copy()
    assert NASTY in QApplication.clipboard().text()


def test_going_to_another_page_and_back_keeps_what_was_chosen(filled: Day, qtbot: QtBot) -> None:
    page = filled.open(qtbot, "registration")
    assert filled.window is not None
    assert filled.window.frame is not None
    page.table.selectRow(3)
    chosen = page.table.chosen_row()
    filled.window.frame.go("marking")
    filled.window.frame.go("registration")
    assert page.table.chosen_row() == chosen


@pytest.mark.parametrize("page_key", ["registration", "marking"])
def test_every_stop_of_the_keyboard_has_a_name(filled: Day, qtbot: QtBot, page_key: str) -> None:
    assert nameless(filled.open(qtbot, page_key)) == []
