"""A trial competition deleted from the settings: asked once, copied first, refused where marks stand."""

from collections.abc import Callable

from day import Day, person
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from competition_app.desktop import pictures
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.parts.controls import Button
from competition_app.desktop.preferences import Preferences
from competition_app.services import upkeep
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.workspace import Workspace


def click(qtbot: QtBot, button: Button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_trial_is_deleted_after_a_question_and_a_copy_kept(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot
) -> None:
    day = Day(workspace, organiser, preferences)
    other = day.do(competitions.create_competition, "OTHER", "另一场")
    day.bring([person(0), person(1)])
    day.seat("范启明")
    page = day.open(qtbot, "settings")
    window, asking = day.window, page.context.asking
    asking.answerer = lambda sheet: sheet.press("保留")
    click(qtbot, page.trial.delete_button)
    assert all(words in asking.record[-1].words for words in ("1 个赛项", "2 份报名", "1 个裁判席位"))
    assert asking.record[-1].kind == "destructive"
    asking.answerer = lambda sheet: sheet.press("删除竞赛")
    click(qtbot, page.trial.delete_button)
    pictures.settle(window)
    assert [row.id for row in workspace.ask(competitions.competitions)] == [other]
    assert window.frame is None
    assert "仍有" in asking.record[-1].words
    assert len(upkeep.copies(workspace.path)) == 1
    assert upkeep.check(workspace.path).problems == ()


def test_a_competition_with_marks_is_not_deleted(
    opened: Callable[..., MainWindow], workspace: Workspace, qtbot: QtBot
) -> None:
    page = opened(page="settings").frame.page()
    page.context.asking.answerer = lambda sheet: sheet.press("知道了")
    click(qtbot, page.trial.delete_button)
    assert "评分永久保存" in page.context.asking.record[-1].words
    assert len(workspace.ask(competitions.competitions)) == 1
