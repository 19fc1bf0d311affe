"""The page of marking beside typing: a workbook of scores brought in, blank sheets and the grid on paper."""

from pathlib import Path

import openpyxl
import pytest
from day import Day, answer, key, person, press, write
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from competition_app.desktop import printing
from competition_app.desktop.certificates.paper_view import Pdf
from competition_app.desktop.marking.marking_page import MarkingPage
from competition_app.desktop.marking.marking_values import Look
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.preferences import Preferences
from competition_app.services.access import Actor
from competition_app.services.judging import direct_scores
from competition_app.services.results import results
from competition_app.services.workspace import Workspace

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def day(workspace: Workspace, organiser: Actor, preferences: Preferences) -> Day:
    made = Day(workspace, organiser, preferences)
    made.bring([person(n) for n in range(4)])
    return made


def opened(day: Day, qtbot: QtBot) -> MarkingPage:
    page = day.open(qtbot, "marking")
    assert isinstance(page, MarkingPage)
    return page


def stored(day: Day) -> list[str | None]:
    rows = day.ask(direct_scores.score_sheet, day.event, "final", "theory")
    return [row.scores[0].text for row in rows]


def scores(folder: Path, *values: object) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["参赛编号", "成绩"])
    for n, value in enumerate(values, 1):
        book.active.append([f"{n:03}", value])
    book.save(folder / "理论.xlsx")
    return folder / "理论.xlsx"


def test_scores_are_looked_through_before_they_are_taken(day: Day, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(day, qtbot)
    page.grid.go((page.hands.model.rows[0].key, "score"))
    press("60")
    key(Qt.Key.Key_Return)
    intake = page.intake
    page.take_files([scores(tmp_path, 70, 105, "缺考", 88.5)])
    qtbot.waitUntil(intake.isVisible)
    assert stored(day) == ["60", None, None, None], "nothing is stored before one says so"
    assert [row.row for row in intake.table.rows_model.rows] == [2, 3]
    assert intake.take_button.text() == "取入 2 行成绩"
    report = tmp_path / "report.xlsx"
    page.context.asking.choose_save = lambda *_: str(report)
    intake.save_report()
    qtbot.waitUntil(report.exists)
    told = [row[4:] for row in openpyxl.load_workbook(report).active.iter_rows(min_row=3, values_only=True)]
    assert told[2:] == [("可取入", "")] * 2
    assert "105" not in str(told[0])
    assert "100" in str(told[1][1])

    def why(sheet: Sheet) -> None:
        write("录错")
        sheet.press("重新核对")

    answer(page, why)
    qtbot.mouseClick(intake.correct_button, Qt.MouseButton.LeftButton)
    assert intake.take_button.text() == "取入 3 行成绩"
    qtbot.mouseClick(intake.take_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.grid.isVisible)
    assert stored(day) == ["70", None, None, "88.5"]
    assert [page.hands.model.face(row, 0).text for row in range(4)] == ["70.0", "", "缺考", "88.5"]
    taken_in_is_undone(page, day)


def taken_in_is_undone(page: MarkingPage, day: Day) -> None:
    """One operation, taken back and done again; not where a score was changed since."""
    undoing = page.context.undoing
    assert undoing.done[-1].words == "导入 3 个理论成绩"
    undoing.undo()
    assert stored(day) == ["60", None, None, None]
    page.refresh()
    assert page.hands.model.face(2, 0).text == "", "the absence is taken back too"
    undoing.redo()
    assert stored(day) == ["70", None, None, "88.5"]
    day.do(
        direct_scores.enter_score, day.event, "final", "theory", page.hands.model.rows[0].key, 71, reason="改"
    )
    answer(page, lambda sheet: sheet.reject())
    undoing.undo()
    assert "又改过" in page.context.asking.record[-1].words
    assert stored(day) == ["71", None, None, "88.5"]


def test_a_workbook_is_put_aside_and_one_without_scores_is_refused(
    day: Day, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(day, qtbot)
    page.context.asking.choose_open = lambda *_: [str(scores(tmp_path, 70))]
    page.grid.setFocus()
    key(Qt.Key.Key_O, CONTROL)
    qtbot.waitUntil(page.intake.isVisible)
    day.do(direct_scores.enter_score, day.event, "final", "theory", page.hands.model.rows[0].key, 50)
    qtbot.waitUntil(lambda: not page.intake.take_button.isVisible())
    qtbot.mouseClick(page.intake.aside_button, Qt.MouseButton.LeftButton)
    assert page.grid.isVisible()
    assert stored(day)[0] == "50"
    wrong = tmp_path / "wrong.xlsx"
    openpyxl.Workbook().save(wrong)
    answer(page, lambda sheet: sheet.reject())
    page.take_files([wrong])
    qtbot.waitUntil(lambda: [told.kind for told in page.context.asking.record] == ["refusal"])
    page.scope.setCurrentIndex(1)
    page.scope.activated.emit(1)
    page.take_files([wrong])
    assert "理论" in page.context.asking.record[-1].words


def test_blank_sheets_and_the_grid_go_to_paper(
    day: Day, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[str, int]] = []
    monkeypatch.setattr(printing, "preview", lambda _host, pdf, title: shown.append((title, pdf.pages)))
    day.seat("甲", "乙")
    page = opened(day, qtbot)
    page.scope.setCurrentIndex(1)
    page.scope.activated.emit(1)
    answer(page, lambda sheet: sheet.press("打印 J1 的"))
    qtbot.mouseClick(page.sheets_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown == [("J1 的评分表", 4)])
    target = tmp_path / "all.pdf"
    page.context.asking.choose_save = lambda *_: str(target)
    answer(page, lambda sheet: sheet.press("全部存为 PDF"))
    qtbot.mouseClick(page.sheets_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(target.exists)
    assert Pdf(target.read_bytes()).pages == 8
    page.grid.setFocus()
    key(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert shown[1][1] == 1
    assert "J1 甲" in shown[1][0]


def test_an_absent_entry_is_no_wrong_score(day: Day, qtbot: QtBot) -> None:
    page = opened(day, qtbot)
    page.grid.go((page.hands.model.rows[0].key, "score"))
    key(Qt.Key.Key_Q)
    assert (page.side.points.mark, page.side.points.role) == ("缺考", "inkTertiary")
    told = page.keys.keys()
    assert "选手缺考" in [word for _caps, word in told]


def _theory(day: Day, qtbot: QtBot) -> MarkingPage:
    page = day.open(qtbot, "marking")
    assert isinstance(page, MarkingPage)
    assert page.scope.currentText() == "无人机装调检修工 理论"
    page.grid.setFocus()
    return page


def test_theory_is_a_grid_of_one_column(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot
) -> None:
    day = Day(workspace, organiser, preferences)
    day.bring([person(n) for n in range(3)])
    page = _theory(day, qtbot)
    model = page.hands.model
    page.grid.go((model.rows[0].key, "score"))
    press("80.5")
    key(Qt.Key.Key_Return)
    press("101")
    key(Qt.Key.Key_Return)
    press("q")
    result = day.ask(results.event_result, day.event)
    standings = {one.number: one for one in result.divisions[0].standings}
    assert standings["001"].modules["theory"].score == "80.500000"
    assert standings["003"].status == "absent"
    assert model.face(1, 0).look is Look.WRONG
    assert model.face(2, 0).text == "缺考"
    key(Qt.Key.Key_Z, CONTROL)
    assert model.face(2, 0).look is Look.NOT_BEGUN
    key(Qt.Key.Key_Z, CONTROL)
    assert model.face(0, 0).look is Look.NOT_BEGUN
    key(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert model.face(0, 0).text == "80.5"


def test_a_column_of_scores_is_pasted(
    workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot: QtBot
) -> None:
    day = Day(workspace, organiser, preferences)
    day.bring([person(n) for n in range(3)])
    page = _theory(day, qtbot)
    page.grid.go((page.hands.model.rows[0].key, "score"))
    QGuiApplication.clipboard().setText("80\n75.5\n91\n")
    key(Qt.Key.Key_V, CONTROL)
    assert [page.hands.model.face(row, 0).text for row in range(3)] == ["80.0", "75.5", "91.0"]
