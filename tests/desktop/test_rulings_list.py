"""成绩: a wrong ruling is taken back from the ribbon with a reason, undone, and refused once locked."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from competition_app.desktop import pictures
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.results.settling.choice_list import ChoiceList
from competition_app.desktop.results.settling.rulings_list import LET_STAND
from competition_app.domain.ranking.ranking import SETTLED_BY_ACCEPTING
from competition_app.services.judging import rulings, rulings_made
from competition_app.services.locking import locking
from competition_app.services.workspace import Workspace
from tests.desktop.day import answer, key

Opened = Callable[..., MainWindow]


def test_a_ruling_is_taken_back_until_the_lock(opened: Opened, workspace: Workspace) -> None:
    window = opened(tied=True)
    page, event, actor = window.frame.page(), window.context.event_id, window.context.actor
    assert page.way.rulings_button.isHidden()
    window.context.undoing.carry_out("裁定", rulings.decide_tie, event, ["002", "001"], "复核照片")
    pictures.settle(window)
    assert not page.questions.isVisible()
    refused: list[str] = []

    def take_back(sheet: Sheet) -> None:
        (tile,) = sheet.findChild(ChoiceList).tiles
        assert tile.offer.word == "裁定名次先后：002 欧阳靖宇、001 沈砚秋"
        assert tile.offer.follows[1] == "理由：复核照片"
        assert tile.offer.follows[0].endswith("组委会")
        for choose in (lambda: None, tile.click):
            choose()
            sheet.press("撤回所选裁定")
            refused.extend(field.refused() for field in sheet.findChildren(Field) if field.refused())
        sheet.findChildren(QPlainTextEdit)[0].setPlainText("照片看错")
        sheet.press("撤回所选裁定")

    answer(page, take_back)
    page.way.ribbon.steps[1].setFocus()
    key(Qt.Key.Key_Space)
    assert refused == [
        "还没有选择：请先在上面选一条裁定。",
        "请写明理由：理由会记录在案，以备查问。",
    ]
    pictures.settle(window)
    assert page.questions.isVisible()
    (one,) = workspace.ask(rulings_made.rulings_made, event)
    assert (one.withdrawn, one.taken_back.by) == ("照片看错", actor.name)
    window.context.undoing.undo()
    workspace.do(actor, locking.lock, event)
    pictures.settle(window)
    page.way.rulings_button.click()
    (sheet,) = window.asking._open
    assert "成绩已锁定，重新打开后才能撤回裁定。" in sheet.said
    assert set(sheet.buttons) == {"知道了"}
    assert not sheet.findChild(ChoiceList).tiles[0].isEnabled()
    window.asking.escape()


def test_every_question_that_may_stand_has_its_words() -> None:
    assert set(LET_STAND) | {"unresolved_tie_at_prize"} == SETTLED_BY_ACCEPTING
