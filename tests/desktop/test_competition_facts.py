"""竞赛信息: changed in one form, refused beside the field, undone; issued certificates keep their words."""

from collections.abc import Callable

from competition_app.desktop import pictures
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.start import competition_facts
from competition_app.desktop.start.competition_fields import Days
from competition_app.services.certificates import certificates
from competition_app.services.competitions import competitions
from competition_app.services.workspace import Workspace
from tests.desktop.day import answer

Opened = Callable[..., MainWindow]


def fields(sheet: Sheet) -> dict[str, Field]:
    return {field.label.text()[:2]: field for field in sheet.findChildren(Field)}


def change(sheet: Sheet, issued: int, refused: list[str]) -> None:
    """Try wrong facts, then right ones; what was refused."""
    assert f"已有 {issued} 张证书编号登记（其中 0 张已打印）" in sheet.said[1]
    found = fields(sheet)

    def save() -> None:
        sheet.press("保存竞赛信息")
        refused.extend(field.refused() for field in sheet.findChildren(Field) if field.refused())

    found["竞赛"].set_text("  ")
    found["主办"].set_text("省总工会、市总工会，省总工会")
    found["开始"].last.setText("2025-02-30")
    save()
    assert found["开始"].last.text() == "2025-02-30"  # what was typed stays
    found["竞赛"].set_text("数智竞赛（新）")
    found["主办"].set_text("省总工会、市总工会")
    found["开始"].set_days("2025-09-02", "2025-09-01")
    save()
    found["开始"].set_days("2025-09-02", "2025-09-03")
    save()


def test_the_facts_of_a_competition_are_changed_and_undone(
    opened: Opened, workspace: Workspace, qtbot
) -> None:
    window = opened(page="overview")
    page = window.frame.page()
    event = window.frame.context.workspace.ask(competitions.events)[0].id
    issued = workspace.do(window.context.actor, certificates.issue, event).serials
    before = workspace.ask(competitions.competition, "SZ2025")
    refused: list[str] = []
    answer(page, lambda sheet: change(sheet, len(issued), refused))
    window.opening.change_facts()
    assert refused == [
        "还没有名称，请按证书上要印的样子填写。",
        "“省总工会”出现了两次，每个主办单位只写一次。",
        "日期写得不对，请写成 2026-09-18 这样。",
        "结束日期早于开始日期，或没有填开始日期：请把两个都填好。",
    ]
    now = workspace.ask(competitions.competition, "SZ2025")
    assert (now.name, now.organisers, now.starts_on, now.ends_on, now.place) == (
        "数智竞赛（新）", ("省总工会", "市总工会"), "2025-09-02", "2025-09-03", before.place,
    )  # fmt: skip
    kept = workspace.ask(certificates.papers, event).contents[0]
    assert kept.issuers == before.organisers
    pictures.settle(window)
    qtbot.waitUntil(lambda: "（新）" in window.frame.navigation.head.accessibleName())
    window.context.undoing.undo()
    assert workspace.ask(competitions.competition, "SZ2025") == before
    qtbot.waitUntil(lambda: window.frame.navigation.head.accessibleName() == before.name)


def test_a_form_left_as_it_was_changes_nothing(opened: Opened, workspace: Workspace) -> None:
    window = opened(page="settings")
    page = window.frame.page()
    answer(page, lambda sheet: sheet.press("保存竞赛信息"))
    assert competition_facts.change_facts(window.context)
    assert not window.context.undoing.done


def test_days_are_read_as_a_calendar_writes_them(qtbot) -> None:
    days = Days()
    qtbot.addWidget(days)
    for first, last in (("2026年9月1日", "2026/9/3"), ("2026-9-1", "2026.9.3")):
        days.set_days(first, last)
        assert days.check()
        assert days.days() == ("2026-09-01", "2026-09-03")
    days.set_days("9月1日", None)
    assert not days.check(), "a day without its year is none"
