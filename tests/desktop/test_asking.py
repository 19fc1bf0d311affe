"""Dialogs: what they say, which button has the keyboard, that keys stay inside, that markup stays text."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from competition_app.desktop.frame.asking import Answer, Asking
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.obstacles import Obstacle
from competition_app.domain.errors import Refusal

Presses = Callable[[Asking, str], None]


def focused(sheet: Sheet) -> str:
    widget = sheet.window().focusWidget()
    return getattr(widget, "text", str)()


def test_the_safe_button_of_a_destructive_question_has_the_keyboard(asking: Asking) -> None:
    seen: list[str] = []

    def answer(sheet: Sheet) -> None:
        seen.append(focused(sheet))
        seen.append(sheet.buttons["撤下 14 人的报名"].variant)
        sheet.default.click()

    asking.answerer = answer
    gone = asking.destroy(
        "撤下整份报名？",
        "下列内容会一起撤下：",
        ["14 名选手"],
        "单位保留。",
        "可撤销。",
        "撤下 14 人的报名",
        "保留报名",
    )
    assert not gone
    assert seen == ["保留报名", "danger"]
    assert "14 名选手" in asking.record[-1].words


def test_the_dangerous_deed_is_done_when_it_is_named(asking: Asking, presses: Presses) -> None:
    presses(asking, "撤下")
    assert asking.destroy("撤下？", "", [], "", "", "撤下", "保留")


def test_escape_answers_nothing(asking: Asking, qtbot) -> None:
    asking.answerer = lambda sheet: qtbot.keyClick(sheet.window().focusWidget(), Qt.Key.Key_Escape)
    assert asking.question("题", "文", [Answer(1, "甲"), Answer(2, "乙")]) is None
    assert not asking.busy


def test_enter_presses_the_button_with_the_keyboard(asking: Asking, qtbot) -> None:
    asking.answerer = lambda sheet: qtbot.keyClick(sheet.window().focusWidget(), Qt.Key.Key_Return)
    assert asking.question("题", "文", [Answer(1, "甲"), Answer(2, "乙")]) == 2


def test_tab_stays_inside(asking: Asking, host: QWidget, qtbot) -> None:
    below = QLineEdit(host)
    below.show()
    seen: list[bool] = []

    def answer(sheet: Sheet) -> None:
        for _ in range(5):
            qtbot.keyClick(sheet.window().focusWidget(), Qt.Key.Key_Tab)
            seen.append(sheet.card.isAncestorOf(sheet.window().focusWidget()))
        sheet.reject()

    asking.answerer = answer
    asking.question("题", "文", [Answer(1, "甲"), Answer(2, "乙")])
    assert seen == [True] * 5


def test_a_refusal_is_said_in_its_words(asking: Asking, presses: Presses) -> None:
    presses(asking, "知道了")
    asking.refused(Refusal("This is no day. Write it as 2026-09-18."))
    assert asking.record[-1].kind == "refusal"
    assert "日期写得不对" in asking.record[-1].words


def test_the_first_obstacle_is_mended_by_enter(asking: Asking, qtbot) -> None:
    mended: list[str] = []
    asking.answerer = lambda sheet: qtbot.keyClick(sheet.window().focusWidget(), Qt.Key.Key_Return)
    lines = [
        Obstacle("第 14 名并列", "都是 82.25 分", "去裁定", lambda: mended.append("tie")),
        Obstacle("监督员未签字", "", "打印", lambda: mended.append("sign")),
    ]
    asking.obstacles("现在还不能公示", "还有 2 件事没办完。", lines)
    assert mended == ["tie"]
    assert "监督员未签字" in asking.record[-1].words


def test_a_form_refuses_beside_the_field_and_stays(asking: Asking) -> None:
    field = Field("口令")
    tries: list[str] = []

    def check() -> bool:
        field.refuse("" if field.text() else "口令是空的，请输入。")
        tries.append(field.refused())
        return not field.refused()

    def answer(sheet: Sheet) -> None:
        sheet.press("登录")
        assert sheet.isVisible()
        assert sheet.focusWidget() is field.control  # there one types on
        field.set_text("x")
        sheet.press("登录")

    asking.answerer = answer
    assert asking.form("登录", "", [field], "登录", check)
    assert tries == ["口令是空的，请输入。", ""]


def test_a_failure_can_be_copied(asking: Asking) -> None:
    def answer(sheet: Sheet) -> None:
        sheet.press("复制详情")
        sheet.press("继续使用")

    asking.answerer = answer
    asking.failure("程序出了差错", "版本 1", "Traceback …")
    assert QGuiApplication.clipboard().text() == "Traceback …"


def test_markup_in_what_is_said_stays_text(asking: Asking) -> None:
    shown: list[Qt.TextFormat] = []

    def answer(sheet: Sheet) -> None:
        shown.extend(label.textFormat() for label in sheet.findChildren(QLabel))
        sheet.reject()

    asking.answerer = answer
    asking.question("<img src='file:///etc/passwd'>", "<b>R&D</b>", [Answer(1, "<i>好</i>")])
    assert set(shown) == {Qt.TextFormat.PlainText}


def test_a_note_can_undo(asking: Asking, host: QWidget, qtbot) -> None:
    undone: list[int] = []
    asking.note("已退回贺思远", lambda: undone.append(1))
    button = next(w for w in host.findChildren(QWidget) if getattr(w, "variant", "") == "link")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert asking.record[-1].kind == "note"


@pytest.mark.parametrize("size", [(1024, 600), (1366, 768), (1920, 1080)])
def test_a_sheet_lies_in_the_middle_and_inside(asking: Asking, host: QWidget, size: tuple[int, int]) -> None:
    host.resize(*size)

    def answer(sheet: Sheet) -> None:
        card = sheet.card.geometry()
        assert sheet.rect().contains(card)
        assert abs(card.center().x() - sheet.rect().center().x()) <= 1
        assert card.height() >= sheet.heading.height() * 2
        sheet.reject()

    asking.answerer = answer
    asking.question("题", "很长的话。" * 40, [Answer(1, "甲")])
    assert asking.record
