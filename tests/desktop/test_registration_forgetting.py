"""报名: a person is erased on request, knowing in numbers what goes, for a reason that names nobody."""

from day import Day, answer, person
from PySide6.QtWidgets import QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.preferences import Preferences
from competition_app.services.access import Actor
from competition_app.services.workspace import Workspace


def test_a_person_is_erased_with_a_reason(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot
) -> None:
    day = Day(workspace, organiser, preferences)
    day.bring([person(0), person(1)])
    page = day.open(qtbot, "registration")
    gone = page.rows[0]
    page.table.choose(gone.id)
    refused: list[str] = []

    def erase(sheet: Sheet) -> None:
        assert sheet.title == f"彻底清除{gone.name}的个人信息？"
        assert "登记的 4 项内容" in sheet.said[2]
        assert sheet.window().focusWidget() is sheet.default is sheet.buttons["保留此人"]
        for reason in ("", f"{gone.name}申请", "本人书面申请"):
            sheet.findChildren(QPlainTextEdit)[0].setPlainText(reason)
            sheet.press("清除此人")
            refused.extend(field.refused() for field in sheet.findChildren(Field) if field.refused())

    answer(page, erase)
    page.panel.more_button.click()
    (menu,) = page.panel.more_button.findChildren(QMenu)
    menu.actions()[0].trigger()
    menu.close()
    assert len(refused) == 2
    assert refused[1] == "理由会永久保留，请不要写此人的姓名、证件号或电话。"
    qtbot.waitUntil(lambda: page.rows[0].name == "—")
    assert (page.rows[0].id_number, page.rows[0].phone) == ("", "")
    assert page.rows[1].name != "—"
