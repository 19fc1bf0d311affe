"""成绩 after the lock: suppositions, judges, the spread of scores; two entries side by side; close calls."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QGuiApplication

from competition_app.desktop import pictures, printing
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.parts.obstacles import Well
from competition_app.desktop.results.results_close import close_words
from competition_app.domain.looking_back.close_calls import CloseCall, Closeness
from competition_app.services.competitions import competitions
from competition_app.services.locking import locking
from competition_app.services.looking_back import after_lock
from competition_app.services.plans import plans
from competition_app.services.workspace import Workspace
from tests.desktop.day import answer

Opened = Callable[..., MainWindow]


@pytest.fixture
def locked(opened: Opened, workspace: Workspace, qtbot) -> MainWindow:
    window = opened()
    lock(window, workspace, qtbot)
    return window


def lock(window: MainWindow, workspace: Workspace, qtbot) -> None:
    """Lock the event from elsewhere, and wait until its page knows; no dialog stays unanswered."""
    page = window.frame.page()
    answer(page, lambda sheet: sheet.reject())
    workspace.do(window.context.actor, locking.lock, window.context.event_id)
    qtbot.waitUntil(lambda: page.way.locked and not window.jobs.running)


def test_before_the_lock_it_says_why_not(opened: Opened) -> None:
    window = opened()
    page = window.frame.page()
    told: list[str] = []
    answer(page, lambda sheet: (told.extend(sheet.said), sheet.reject()))
    page.way.look_button.click()
    assert told[0] == "锁定后才能推演复盘"
    assert page.sides.shown == "why"


def test_a_supposition_shows_who_would_move_and_moves_nobody(locked: MainWindow, qtbot) -> None:
    page = locked.frame.page()
    before = [(row.number, row.standing.place) for row in page.table.rows_model.rows]
    page.way.look_button.click()
    view = page.sides.look.what_if
    assert [view.kind.itemText(at) for at in range(view.kind.count())] == [
        "去掉一名裁判", "换合成方法", "换小数位数", "换同分条件的先后"
    ]  # fmt: skip
    assert not view.moves.isVisible()
    pictures.settle(locked)
    assert view.kind.height() == view.kind.sizeHint().height()
    assert view.run_button.y() < view.height() // 2, "what is free lies below, not between the fields"
    view.kind.choose("judge")
    view.choice.setCurrentIndex(1)
    view.run()
    qtbot.waitUntil(lambda: view.said.text() == "去掉裁判 J2")
    assert "人" in view.summary.text()
    assert page.sides.shown == "look"
    assert [(row.number, row.standing.place) for row in page.table.rows_model.rows] == before
    view.kind.choose("rounding")
    assert view.said.text() == ""


def test_judges_and_scores_are_drawn_and_saved(locked: MainWindow, tmp_path: Path) -> None:
    page, event = locked.frame.page(), locked.context.event_id
    page.way.look_button.click()
    look = page.sides.look
    look.segments.choose("judges")
    profiles = locked.context.workspace.ask(after_lock.judge_severity, event)
    chart = look.judges.charts[0]
    assert [one.judge for one in chart.judges] == [f"{p.profile.judge} {p.name}" for p in profiles]
    far = [well.text.text() for well in look.judges.findChildren(Well)]
    assert len(far) == sum(p.profile.far for p in profiles)
    look.segments.choose("spread")
    assert sum(one.value for one in look.spread.chart.pillars) == 12
    for name, begins in (("a.svg", b"<?xml"), ("a.png", b"\x89PNG")):
        locked.asking.choose_save = lambda *_, name=name: str(tmp_path / name)
        look.spread.save.click()
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_reopening_ends_the_look_back(locked: MainWindow, workspace: Workspace, qtbot) -> None:
    page = locked.frame.page()
    page.way.look_button.click()
    workspace.do(locked.context.actor, locking.reopen, locked.context.event_id, "复核")
    qtbot.waitUntil(lambda: page.sides.shown == "why")
    assert page.escape()
    assert page.sides.shown == ""


def test_two_chosen_rows_stand_side_by_side(opened: Opened, qtbot, monkeypatch) -> None:
    window = opened(tied=True)
    page = window.frame.page()
    page.table.choose("001")
    select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    page.table.selectionModel().select(page.table.rows_model.index(2, 0), select)
    panel = page.sides.compare
    page._version = None
    page.refresh()  # the choice of both survives other figures
    qtbot.waitUntil(lambda: page.sides.shown == "compare")
    assert [row.number for row in page.table.selected_rows()] == ["001", "003"]
    lines = {one.label: one for one in panel.table.rows_model.rows}
    assert (lines["总分"].left, lines["总分"].right, lines["总分"].decided) == ("93.50", "92.10", True)
    assert (lines["J2"].left, lines["J2"].right) == ("去高 97", "去高 95")
    panel.copy()
    assert "001 沈砚秋 与 003 苗雨桐 对照" in QGuiApplication.clipboard().text()
    printed: list[int] = []
    monkeypatch.setattr(printing, "preview", lambda _host, pdf, *_: printed.append(pdf.pages))
    panel.print_button.click()
    qtbot.waitUntil(lambda: printed == [1])
    page.table.choose("005")
    qtbot.waitUntil(lambda: page.sides.shown == "why")
    assert page.panel.number == "005"


def test_the_other_entry_is_asked_for_by_number(opened: Opened) -> None:
    window = opened()
    page = window.frame.page()
    page.table.choose("003")
    refused: list[str] = []

    def name(sheet) -> None:
        field = next(iter(sheet.findChildren(type(sheet.content.itemAt(1).widget()))))
        assert field.text() == "004"
        for number in ("003", "001"):
            field.set_text(number)
            sheet.press("对照")
            refused.append(field.refused())

    answer(page, name)
    page.panel.compare_button.click()
    pictures.settle(window)
    assert refused[0].startswith("本表没有")
    assert page.sides.compare.pair == ("003", "001")


def test_a_close_call_is_marked_told_and_filtered(opened: Opened, workspace: Workspace, qtbot) -> None:
    window = opened()
    page, event, act = window.frame.page(), window.context.event_id, window.context.actor
    plan = json.loads(workspace.ask(plans.plan_text, event))
    plan["stages"][0]["round"] = {"total": 0}
    workspace.do(act, competitions.set_plan, event, json.dumps(plan), reason="按细则取整")
    assert "相差极小" not in segments_of(page)
    lock(window, workspace, qtbot)
    qtbot.waitUntil(lambda: "相差极小" in segments_of(page))
    page.segments.choose("close")
    near = {number for call in workspace.ask(after_lock.close_calls, event) for number in
            (call.better, call.worse)}  # fmt: skip
    assert {row.number for row in page.table.rows_model.rows} == near != set()
    total = next(at for at, column in enumerate(page.table.columns()) if column.key == "total")
    assert "修约前" in page.table.tip_of(0, total)


def segments_of(page) -> list[str]:
    return [segment.word for segment, _box in page.segments._boxes()]


def test_a_close_call_says_which_rounding_made_it() -> None:
    call = CloseCall(
        None, "final", "001", "002", 1, 2, "0.01", "0.004", "0.01", Closeness.WITHIN_STEP, "total"
    )
    found = close_words([call], None, "final")
    assert found["001"] == ("修约前与 002 号只差 0.004，不到末位一个单位。由“总分”的修约造成。",)
    assert set(found) == {"001", "002"}
    assert close_words([call], "other", "final") == {}
