"""The lists of people and units under strain: nothing, ten thousand, the longest names, changes meanwhile."""

import threading
import time

import pytest
from day import Day, form, person
from looking import cells_without_tip, cut_texts
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from competition_app.desktop import pictures
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.preferences import Preferences
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.registration import organisations, registration, registration_rows
from competition_app.services.registration import registration_review as review
from competition_app.services.workspace import Workspace

LONG = "阿依努尔·买买提江·吐尔逊阿依·阿卜杜热合曼·艾力江·热孜克"
PAGES = ["registration", "organisations"]


@pytest.fixture
def day(workspace: Workspace, organiser: Actor, preferences: Preferences) -> Day:
    return Day(workspace, organiser, preferences)


def told(page) -> list[str]:
    return [one.text() for one in page.panel.findChildren(QLabel) if one.isVisible() and one.text()]


@pytest.mark.parametrize("key", PAGES)
def test_nothing_yet_is_said_on_a_card(day: Day, qtbot: QtBot, key: str) -> None:
    page = day.open(qtbot, key)
    pictures.settle(day.window)
    day.window.frame.go(key)
    assert page._stack.is_empty()
    assert not page.table.isVisible()
    card = page.empty.parentWidget()
    assert card.x() > 0, "the card lies on the canvas, not edge to edge"
    assert page.empty.ways[0].hasFocus()


@pytest.mark.parametrize("key", PAGES)
def test_names_of_thirty_characters(day: Day, qtbot: QtBot, key: str) -> None:
    assert len(LONG) == 30
    day.bring([person(0, name=LONG, organisation="沈东市城市轨道交通运营管理集团有限责任公司维修分公司一段")])
    page = day.open(qtbot, key)
    for size in ((1093, 614), (1920, 1080)):
        day.window.resize(*size)
        page.table.selectRow(0)
        pictures.settle(day.window)
        assert cut_texts(page) == []
        assert cells_without_tip(page) == []


def test_the_panel_stands_at_once_after_deed_undo_and_theme(day: Day, qtbot: QtBot) -> None:
    """Nothing waits for Qt's next round, in which a picture would show an empty panel."""
    day.bring([person(0), person(1)])
    page = day.open(qtbot, "registration")
    page.table.selectRow(1)
    whole = told(page)
    assert "单位1公司" in whole
    for deed in (page.panel.pass_button.click, page.context.undoing.undo, lambda: day.window.dress("dark")):
        deed()
        page.refresh()
        assert told(page) == whole


@pytest.mark.parametrize("key", PAGES)
def test_the_chosen_one_goes_while_the_page_is_open(day: Day, qtbot: QtBot, key: str) -> None:
    """Someone else, in another window, joins the chosen unit with another or writes the person anew."""
    day.bring([person(0), person(1)])
    page = day.open(qtbot, key)
    page.table.selectRow(0)
    if key == "organisations":
        gone, kept = (one.id for one in day.ask(organisations.organisations, day.competition))
        page.table.choose(gone)
        day.do(organisations.merge_organisations, gone, kept)
    else:
        row = day.ask(registration_rows.registrations, day.competition)[0]
        page.table.choose(row.id)
        day.do(review.hand_back, [row.id], "补章")
    pictures.settle(day.window)
    QApplication.processEvents()
    if key == "organisations":
        assert page.table.chosen_row() is None
        assert "选" in "".join(told(page))
    else:
        assert page.table.chosen_row().state == "returned"
        assert any("补章" in words for words in told(page))


@pytest.mark.parametrize("key", PAGES)
def test_the_competition_is_left_while_its_page_works(day: Day, qtbot: QtBot, key: str) -> None:
    """What a job brings afterwards finds no page and is no fault."""
    day.bring([person(0)])
    page = day.open(qtbot, key)
    let_go = threading.Event()
    page.context.jobs.start(JobWords("读取"), lambda _progress: let_go.wait(5), lambda _done: page.refresh())
    window = day.window
    window.frame.go("settings")
    window.show_start()
    let_go.set()
    pictures.settle(window)
    day.do(registration.accept, day.competition, [form([person(3)])])
    pictures.settle(window)
    assert window.frame is None
    assert not window.asking.busy


def test_a_question_stands_while_a_job_ends_and_rows_arrive(day: Day, qtbot: QtBot) -> None:
    day.bring([person(0), person(1)])
    page = day.open(qtbot, "registration")
    page.table.selectRow(0)
    seen: list[tuple[bool, int]] = []

    def meanwhile(sheet) -> None:
        page.context.jobs.start(JobWords("读取"), lambda _progress: time.sleep(0.01), lambda _done: None)
        day.bring([person(5)])
        pictures.settle(day.window)
        seen.append((sheet.isVisible(), len(page.rows)))
        sheet.reject()

    page.context.asking.answerer = meanwhile
    page.panel.return_button.click()
    assert seen == [(True, 3)]
    assert {row.state for row in page.rows} == {"waiting"}


def test_two_windows_clicks_in_one_second(day: Day, qtbot: QtBot) -> None:
    """Ten quick clicks on the same deed do it once: the rest find it done."""
    day.bring([person(0)])
    page = day.open(qtbot, "registration")
    page.table.selectRow(0)
    for _ in range(5):
        page.panel.pass_button.click()
        page.refresh()
    assert [row.state for row in page.rows] == ["passed"]
    sheets = [one for one in page.context.asking.record if one.kind == "refusal"]
    assert sheets == []


def test_ten_thousand_people_are_sorted_and_found_without_a_wait(day: Day, qtbot: QtBot) -> None:
    day.bring([person(0)])
    page = day.open(qtbot, "registration")
    one = page.rows[0]
    names = ("单雄信", "曾国藩", "仇英", "解缙", "区大相")
    rows = tuple(
        one._replace(id=n, number=f"{n:05}", name=f"{names[n % 5]}{n}", search=f"{names[n % 5]}{n}")
        for n in range(10_000)
    )
    page.table.sort_by("name")
    begun = time.process_time()
    page._show_rows(rows)
    page.table.order_by("name", "strokes")
    page.search.setText("仇英")
    page._filter()
    QApplication.processEvents()
    took = time.process_time() - begun
    assert len(page.table.rows_model.rows) == 2_000
    assert took < 1.5, f"{took:.2f} s"


def test_a_competition_without_events_takes_no_form(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot
) -> None:
    empty = Day(workspace, organiser, preferences)
    empty.competition = empty.do(competitions.create_competition, "EMPTY", "空竞赛")
    page = empty.open(qtbot, "registration")
    assert page._stack.is_empty()
    page.panel.pass_button.click()
    pictures.settle(empty.window)
    assert page.rows == ()
