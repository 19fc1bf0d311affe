"""设置: people and passphrases, language and theme at once, folders, copies made and put back, facts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from competition_app import app
from competition_app.desktop import pictures
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.look import theme
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.preferences import Preferences
from competition_app.desktop.settings.settings_page import SettingsPage
from competition_app.desktop.settings.settings_store import skipped
from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.services import staff, upkeep
from competition_app.services.access import Actor
from competition_app.services.registration import organisations
from competition_app.services.workspace import Workspace
from tests.desktop import looking

Opened = Callable[..., MainWindow]
PHRASE = "工会竞赛今天开始"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff, "hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def settings(window: MainWindow) -> SettingsPage:
    assert window.frame is not None
    found = window.frame.page()
    assert isinstance(found, SettingsPage)
    return found


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def fill(*texts: str, press: str) -> Callable[[Sheet], None]:
    """Fills the fields of a form from the top and presses this button; leaves the sheet if it is refused."""

    def answer(sheet: Sheet) -> None:
        fields = [field for field in sheet.findChildren(Field) if field.isVisible()]
        for field, text in zip(fields, texts, strict=False):
            if text:
                field.set_text(text)
        sheet.press(press)
        if not sheet.isHidden():
            sheet.setProperty("refused", [field.refused() for field in fields])
            said.append([field.refused() for field in fields])
            sheet.reject()

    return answer


said: list[list[str]] = []


@pytest.fixture
def alone(opened: Opened) -> SettingsPage:
    """The settings of a store without people."""
    said.clear()
    return settings(opened(page="settings"))


@pytest.fixture
def staffed(alone: SettingsPage, workspace: Workspace, qtbot) -> SettingsPage:
    """The same after 周雅宁 was added as the organiser and acts."""
    alone.context.asking.answerer = fill("周雅宁", "", PHRASE, PHRASE, press="添加此人")
    click(qtbot, alone.people.add_button)
    pictures.settle(alone.window())
    return alone


def add(page: SettingsPage, workspace: Workspace, name: str, role: Role) -> int:
    key = workspace.do(page.context.actor, staff.add, name, role, PHRASE)
    page.refresh()
    return key


def names(page: SettingsPage) -> list[tuple[str, str]]:
    return [(one.name, page.people._state(one).word) for one in page.people.table.rows_model.rows]


def test_alone_one_is_told_so_and_can_add_oneself(alone: SettingsPage) -> None:
    assert alone.people.alone.isVisible()
    assert alone.people.add_button.text() == "添加自己为组委会成员"
    assert not alone.people.out_button.isVisible()


def test_the_first_person_acts_at_once(staffed: SettingsPage) -> None:
    assert staffed.context.actor.name == "周雅宁"
    assert names(staffed) == [("周雅宁", "正在操作")]
    assert staffed.window().frame.status.who.text() == "组委会 周雅宁"
    assert staffed.window().opening.actor.name == "周雅宁"


def test_a_person_is_renamed_and_gets_another_role(
    staffed: SettingsPage, workspace: Workspace, qtbot
) -> None:
    key = add(staffed, workspace, "姜映雪", Role.RECORDER)
    staffed.people.table.choose(key)

    def answer(sheet: Sheet) -> None:
        name, role = sheet.findChildren(Field)
        name.set_text("姜映霞")
        role.control.choose(Role.CHIEF_JUDGE)
        sheet.press("保存修改")

    staffed.context.asking.answerer = answer
    click(qtbot, staffed.people.edit_button)
    member = workspace.ask(staff.people)[1]
    assert (member.name, member.role) == ("姜映霞", Role.CHIEF_JUDGE)


def test_who_acts_is_renamed_and_goes_on_acting(staffed: SettingsPage, workspace: Workspace, qtbot) -> None:
    staffed.people.table.choose(staffed.context.actor.staff_id)
    staffed.context.asking.answerer = fill("周雅静", press="保存修改")
    click(qtbot, staffed.people.edit_button)
    assert staffed.context.actor.name == "周雅静"
    workspace.do(staffed.context.actor, organisations.add_organisation, "云岭公司")


def test_who_acts_changes_the_own_passphrase(staffed: SettingsPage, workspace: Workspace, qtbot) -> None:
    """Whatever the role; the old one must be typed, and each refusal stands beside its field."""
    key = add(staffed, workspace, "姜映雪", Role.RECORDER)
    staffed.context.act_as(staff.sign_in(workspace, key, PHRASE))
    told = []

    def answer(sheet: Sheet) -> None:
        old, new, again = sheet.findChildren(Field)
        for typed in (
            (PHRASE, "short", "short"), (PHRASE, PHRASE, PHRASE), (PHRASE, "another one", "another two"),
            ("a wrong one", "another one", "another one"), (PHRASE, "another one", "another one"),
        ):  # fmt: skip
            for field, text in zip((old, new, again), typed, strict=True):
                field.set_text(text)
            sheet.press("设置口令")
            told.append([bool(field.refused()) for field in (old, new, again)])

    staffed.context.asking.answerer = answer
    click(qtbot, staffed.people.own_button)
    assert told == [
        [False, True, False], [False, True, False], [False, False, True], [True, False, False],
        [False, False, False],
    ]  # fmt: skip
    assert staff.sign_in(workspace, key, "another one").name == "姜映雪"
    with pytest.raises(Refusal, match="not the passphrase"):
        staff.sign_in(workspace, key, PHRASE)


def test_left_out_certificate_numbers_are_told_after_a_copy_was_put_back(
    alone: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = alone.window()
    alone.context.asking.answerer = lambda sheet: sheet.press("知道了")
    path = alone.context.workspace.path
    words = JobWords("恢复")
    alone.context.change_store.emit(words, lambda _path, _progress: (path, skipped(1000)))
    pictures.settle(window)
    assert window.asking.record[-1].words.endswith("新编号往后跳过 1000 个。")
    assert skipped(0) is None


def test_the_last_organiser_stays_said_beside_the_field(staffed: SettingsPage, qtbot) -> None:
    staffed.people.table.choose(staffed.context.actor.staff_id)

    def answer(sheet: Sheet) -> None:
        role = sheet.findChildren(Field)[1]
        role.control.choose(Role.RECORDER)
        sheet.press("保存修改")
        said.append([role.refused()])
        sheet.reject()

    staffed.context.asking.answerer = answer
    click(qtbot, staffed.people.edit_button)
    assert said == [["周雅宁是最后一位组委会成员。请先把别人设为组委会成员。"]]
    staffed.context.asking.answerer = lambda sheet: sheet.press(
        "停用周雅宁" if "停用周雅宁" in sheet.buttons else "知道了"
    )
    click(qtbot, staffed.people.active_button)
    assert names(staffed) == [("周雅宁", "正在操作")]


def test_two_different_passphrases_are_refused_beside_the_field(staffed: SettingsPage, qtbot) -> None:
    staffed.people.table.choose(staffed.context.actor.staff_id)
    staffed.context.asking.answerer = fill(PHRASE, PHRASE + "x", press="设置口令")
    click(qtbot, staffed.people.phrase_button)
    assert said == [["", "两次输入的口令不一样，请重输。"]]


def test_a_new_passphrase_signs_in_and_the_old_one_does_not(
    staffed: SettingsPage, workspace: Workspace, qtbot
) -> None:
    key = add(staffed, workspace, "姜映雪", Role.RECORDER)
    staffed.people.table.choose(key)
    new = "今天换了新的口令"
    staffed.context.asking.answerer = fill(new, new, press="设置口令")
    click(qtbot, staffed.people.phrase_button)
    assert staff.sign_in(workspace, key, new).name == "姜映雪"
    with pytest.raises(Refusal):
        staff.sign_in(workspace, key, PHRASE)


def test_a_person_is_taken_off_after_one_question_and_let_act_again(
    staffed: SettingsPage, workspace: Workspace, qtbot
) -> None:
    key = add(staffed, workspace, "姜映雪", Role.RECORDER)
    staffed.people.table.choose(key)
    focused: list[str] = []

    def answer(sheet: Sheet) -> None:
        focused.append(sheet.default.text() if sheet.default else "")
        sheet.press("停用姜映雪")

    staffed.context.asking.answerer = answer
    click(qtbot, staffed.people.active_button)
    assert focused == ["保留姜映雪"]
    assert names(staffed)[1] == ("姜映雪", "已停用")
    click(qtbot, staffed.people.active_button)
    assert names(staffed)[1] == ("姜映雪", "可操作")


def test_who_signs_out_and_leaves_the_form_comes_to_the_start(staffed: SettingsPage, qtbot) -> None:
    window = staffed.window()
    staffed.context.asking.answerer = lambda sheet: sheet.reject()
    click(qtbot, staffed.people.out_button)
    assert window.frame is None
    assert window.opening.actor is None


def test_the_next_person_signs_in(staffed: SettingsPage, workspace: Workspace, qtbot) -> None:
    key = add(staffed, workspace, "姜映雪", Role.RECORDER)

    def answer(sheet: Sheet) -> None:
        chosen, phrase = sheet.findChildren(Field)
        chosen.control.choose(key)
        phrase.set_text(PHRASE)
        sheet.press("登录")

    staffed.context.asking.answerer = answer
    click(qtbot, staffed.people.out_button)
    assert staffed.context.actor.name == "姜映雪"
    assert staffed.window().frame is not None


def test_language_and_theme_change_at_once(alone: SettingsPage) -> None:
    window = alone.window()
    alone.looks.themes.choose("dark")
    assert theme.in_use().name == "dark"
    alone.looks.languages.choose("en")
    pictures.settle(window)
    page = settings(window)
    assert page.title.text() == "Settings"
    assert page.looks.themes.key() == "dark"
    page.looks.languages.choose("zh")
    pictures.settle(window)
    assert settings(window).title.text() == "设置"


def test_the_size_is_kept_for_the_next_start(alone: SettingsPage, preferences: Preferences) -> None:
    alone.looks.scales.choose("125")
    assert preferences["scale"] == 125
    assert alone.context.asking.record[-1].words == "下次启动程序时按 125% 显示。"


def test_folders_are_shown_and_opened(alone: SettingsPage, workspace: Workspace, qtbot) -> None:
    shown: list[Path] = []
    alone.folders.show = shown.append
    for button in alone.folders.opens:
        click(qtbot, button)
    assert shown[0] == workspace.path.parent
    assert len(shown) == 3


def test_the_store_is_moved_and_opened_there(alone: SettingsPage, tmp_path: Path, qtbot) -> None:
    window, old = alone.window(), alone.context.workspace.path
    folder = tmp_path / "elsewhere"
    alone.context.asking.choose_folder = lambda *_: str(folder)
    click(qtbot, alone.folders.move_button)
    qtbot.waitUntil(lambda: window.frame is not None, timeout=10_000)
    pictures.settle(window)
    assert window.context.workspace.path == folder / old.name
    assert not old.exists()
    assert settings(window).folders._store.text() == str(folder / old.name)


def test_a_folder_that_holds_such_a_file_is_refused(
    alone: SettingsPage, tmp_path: Path, qtbot, presses: Callable[..., None]
) -> None:
    window, old = alone.window(), alone.context.workspace.path
    alone.context.asking.choose_folder = lambda *_: str(old.parent)
    presses(alone.context.asking, "知道了")
    click(qtbot, alone.folders.move_button)
    qtbot.waitUntil(lambda: any(one.kind == "refusal" for one in window.asking.record), timeout=10_000)
    pictures.settle(window)
    assert window.asking.record[-1].words.endswith(f"{old} 已存在。请另选文件夹。")
    assert window.context.workspace.path == old


def test_a_copy_is_made_and_put_back(
    alone: SettingsPage, organiser: Actor, workspace: Workspace, qtbot
) -> None:
    window = alone.window()
    click(qtbot, alone.copies.make_button)
    pictures.settle(window)
    (copy,) = alone.copies.table.rows_model.rows
    assert copy.operations == 1
    workspace.do(organiser, organisations.add_organisation, "云岭公司")
    alone.copies.table.choose(copy.path)
    losses: list[str] = []

    def answer(sheet: Sheet) -> None:
        losses.extend(sheet.said)
        assert sheet.default is not None
        assert sheet.default.text() == "保留当前数据"
        sheet.press(next(word for word in sheet.buttons if word.startswith("恢复")))

    alone.context.asking.answerer = answer
    click(qtbot, alone.copies.restore_button)
    qtbot.waitUntil(lambda: window.frame is not None, timeout=10_000)
    pictures.settle(window)
    assert "备份之后的 1 条操作" in losses
    again = window.context.workspace
    assert "云岭公司" not in [one.name for one in again.ask(organisations.organisations)]
    assert {str(one.kind) for one in upkeep.copies(again.path)} >= {"before a copy was put back"}


def test_only_the_organiser_puts_a_copy_back(
    staffed: SettingsPage, workspace: Workspace, qtbot, presses: Callable[..., None]
) -> None:
    click(qtbot, staffed.copies.make_button)
    pictures.settle(staffed.window())
    key = add(staffed, workspace, "姜映雪", Role.RECORDER)
    staffed.context.act_as(staff.sign_in(workspace, key, PHRASE))
    staffed.copies.table.choose(staffed.copies.table.rows_model.rows[0].path)
    presses(staffed.context.asking, "知道了")
    click(qtbot, staffed.copies.restore_button)
    assert "录分员不能做这件事" in staffed.context.asking.record[-1].words


def test_facts_are_copied_and_licences_read(alone: SettingsPage, qtbot) -> None:
    click(qtbot, alone.about.copy_button)
    text = QGuiApplication.clipboard().text()
    for word in ("程序版本", "Qt ", "数据库", str(alone.context.workspace.path)):
        assert word in text
    assert len(alone.about.licences) == 6
    click(qtbot, alone.about.licences[3])
    sheet = alone.window().findChildren(Sheet)[-1]
    assert sheet.title == "Lucide 的许可证"
    sheet.press("知道了")


def test_a_moved_store_is_found_at_the_next_start(preferences: Preferences, tmp_path: Path) -> None:
    moved = tmp_path / "moved.db"
    preferences["store"] = str(moved)
    assert app._moved(preferences) is None
    moved.touch()
    assert app._moved(preferences) == moved


@pytest.mark.parametrize(("language", "size"), looking.LOOKS)
def test_nothing_is_cut(
    opened: Opened, workspace: Workspace, organiser: Actor, language: str, size: tuple[int, int]
) -> None:
    window = opened(page="settings")
    workspace.do(organiser, staff.add, "阿依努尔·买买提江", Role.ORGANISER, PHRASE)
    upkeep.backup(workspace.path)
    window.resize(*size)
    window.speak(language)
    pictures.settle(window)
    settings(window).people.table.choose(1)
    pictures.settle(window)
    assert looking.cut_texts(window) == []
    assert looking.cells_without_tip(window) == []
    assert looking.nameless(window) == []
