"""A competition with nothing in it: each page says on one card what comes first, with one red button."""

import pytest
from pytestqt.qtbot import QtBot

from competition_app.desktop.bridge import Bridge
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.frame.page import Context
from competition_app.desktop.parts.controls import Button
from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.parts import Card
from competition_app.desktop.preferences import Preferences
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.workspace import Workspace

PAGES = (
    "overview",
    "events",
    "organisations",
    "registration",
    "judges",
    "marking",
    "results",
    "certificates",
)


@pytest.fixture
def window(workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot) -> MainWindow:
    code = workspace.do(organiser, competitions.create_competition, "N", "新竞赛")
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    bridge = Bridge(workspace, window)
    context = Context(workspace, bridge, window.asking, window.jobs, preferences, code, organiser)
    context.setParent(window)
    window.show_competition(context, "overview")
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def test_each_page_says_what_comes_first(window: MainWindow) -> None:
    for key in PAGES:
        window.frame.go(key)
        page = window.frame.page()
        (empty,) = [one for one in page.findChildren(EmptyState) if one.isVisible()]
        assert empty.ways[0].hasFocus(), f"{key}: the way on has not the keyboard"
        assert len([one for one in empty.findChildren(Card) if one.isVisible()]) == 1
        red = [one for one in page.findChildren(Button) if one.isVisible() and one.variant == "primary"]
        assert red == [empty.ways[0]], f"{key}: {[one.text() for one in red]}"


def test_a_button_that_goes_leaves_the_keyboard_to_its_page(window: MainWindow, qtbot: QtBot) -> None:
    window.frame.go("organisations")
    page = window.frame.page()
    way = page.empty.ways[1]
    way.setFocus()
    way.hide()
    qtbot.waitUntil(page.empty.ways[0].hasFocus, timeout=500)
