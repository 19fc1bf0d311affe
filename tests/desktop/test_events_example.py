"""The right-hand side of the plan editor: it follows the draft, is tried by hand, and never shows a fault."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from competition_app.desktop import printing
from competition_app.desktop.certificates.paper_view import Pdf
from competition_app.desktop.events.events_example import ExamplePanel
from competition_app.desktop.frame.asking import Asking
from competition_app.desktop.frame.page import Context
from competition_app.services.access import Actor
from competition_app.services.progress import Progress
from competition_app.services.workspace import Workspace
from tests.services.contest import Contest, plan

MODULE = ("stages", 0, "modules", 1)
TIES = [{"by": "module", "module": "practical"}, {"by": "time"}, {"by": "decision"}]


def draft(**module: Any) -> str:
    made = plan(panel={"drop_high": 1, "drop_low": 1}, **module)
    made["stages"][0]["ties"] = TIES
    made["awards"] = {"levels": [{"name": "一等奖", "percent": 10, "round": "ceil"}]}
    return json.dumps(made)


class AtOnce:
    """Jobs that are done as soon as they are begun."""

    @staticmethod
    def start(_words: object, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        done(work(Progress()))


@pytest.fixture
def panel(qtbot: QtBot, asking: Asking) -> ExamplePanel:
    made = ExamplePanel(cast(Context, SimpleNamespace(asking=asking, jobs=AtOnce(), event_id=1)))
    qtbot.addWidget(made)
    made.resize(368, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def words(panel: ExamplePanel) -> list[str]:
    return [rung.words for rung in panel.example.working.rungs if rung.words]


def test_the_module_one_looks_at_is_worked_out_to_the_total(panel: ExamplePanel) -> None:
    panel.show_draft(draft(), (*MODULE, "criteria", 2), True)
    tiles, *_ = panel.example.working.rungs
    assert [tile.dropped for tile in tiles.tiles].count(True) == 2
    assert {tile.head[-2:] for tile in tiles.tiles if tile.dropped} == {"去高", "去低"}
    assert words(panel) == [
        "去高去低后平均",
        "实操，四舍五入到 2 位小数",
        "实操 × 70%",
        words(panel)[3],
        "总成绩",
    ]
    assert words(panel)[3].startswith("理论 ")
    assert words(panel)[3].endswith(" × 30%")
    assert panel.example.working.rungs[1].figure.startswith("(")
    assert not panel.example.table.isVisible()


def test_a_value_is_tried_by_typing_dragging_and_keys(panel: ExamplePanel, qtbot: QtBot) -> None:
    panel.show_draft(draft(), (*MODULE, "criteria", 2), True)
    chart, trial = panel.curve.chart, panel.curve.trial
    assert (trial.text(), chart.label()) == ("0.28", "0.28 → 22 分")
    qtbot.keyClick(trial, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(trial, "0.35")
    assert chart.label() == "0.35 → 15 分"
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert (trial.text(), chart.label()) == ("0.351", "0.351 → 14.9 分")
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(chart.width() - 1, 20))
    assert trial.text() == "0.6"
    assert chart.label() == "0.6 → 0 分"
    trial.setFocus()
    qtbot.keyClicks(trial, "x")
    assert trial.property("wrong") == "true"
    assert chart.label() == "0.6 → 0 分"


def test_each_keystroke_is_followed_and_a_fault_keeps_the_last_good_one(
    panel: ExamplePanel, qtbot: QtBot
) -> None:
    panel.show_draft(draft(), MODULE, True)
    assert not panel.curve.isVisible()
    panel.show_draft(draft(weight=0.6), MODULE, True)
    qtbot.waitUntil(lambda: "实操 × 60%" in words(panel))
    assert "实操（60%）" in panel.words.text()
    before = panel.example.working.rungs
    panel.show_draft("{", MODULE, False)
    assert panel.stale.isVisible()
    assert panel.example.working.rungs == before
    assert panel.example.working.faded
    assert not panel.copy_button.isEnabled()
    panel.show_draft(draft(weight=0.6), MODULE, True)
    assert not panel.stale.isVisible()
    assert not panel.example.working.faded


def test_nothing_of_another_event_stays(qtbot: QtBot, asking: Asking) -> None:
    given = SimpleNamespace(asking=asking, jobs=AtOnce(), event_id=1)
    panel = ExamplePanel(cast(Context, given))
    qtbot.addWidget(panel)
    panel.show()
    panel.show_draft('{"stages": []}', (), False)
    assert not panel.stale.isVisible()
    panel.show_draft(draft(), (*MODULE, "criteria", 2), True)
    assert panel.curve.isVisible()
    given.event_id = 2
    panel.show_draft('{"stages": []}', (), False)
    assert not panel.stale.isVisible()
    assert not panel.curve.isVisible()
    assert panel.example.working.rungs == ()
    assert panel.words.text() == ""
    assert "模块有了评分项" in panel.example.told.text()


def test_other_figures_and_the_same_again(panel: ExamplePanel, qtbot: QtBot) -> None:
    panel.show_draft(draft(), MODULE, True)
    before = panel.example.working.rungs
    qtbot.mouseClick(panel.example.again_button, Qt.MouseButton.LeftButton)
    assert panel.example.working.rungs != before


def test_a_tie_key_shows_two_entries_and_what_decides(panel: ExamplePanel) -> None:
    panel.show_draft(draft(), ("stages", 0, "ties", 1), True)
    lines = panel.example.table.lines
    assert [line.cells[-1] for line in lines] == ["相同", "到此决定", "未用到"]
    assert [line.chosen for line in lines] == [False, True, False]
    assert ":" in lines[1].cells[1]
    assert "号在前" in panel.example.told.text()


def test_a_prize_shows_how_many_win_it(panel: ExamplePanel) -> None:
    panel.set_entrants(57)
    panel.show_draft(draft(), ("awards", "levels", 0), True)
    assert panel.example.table.head == ("名称", "10 人参赛", "30 人参赛", "57 人参赛")
    assert [line.cells for line in panel.example.table.lines] == [("一等奖", "1", "3", "6")]


def test_shares_stand_in_bold_and_are_copied_plain(panel: ExamplePanel, qtbot: QtBot) -> None:
    panel.show_draft(draft(name="实操<b>"), MODULE, True)
    shown = super(type(panel.words), panel.words).text()
    assert "<b>理论（30%）</b>" in shown
    assert "<b>实操&lt;b&gt;（70%）</b>" in shown
    qtbot.mouseClick(panel.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == panel.words.text()
    assert "实操<b>（70%）" in panel.words.text()


@pytest.mark.parametrize(
    ("module", "path", "expected"),
    [
        ({"panel": {"across": "criterion", "drop_high": 1}}, (*MODULE, "criteria", 0), "质量，去高后平均"),
        ({"panel": {"combine": "median"}}, MODULE, "取中位数"),
        ({"panel": {"across": "criterion"}, "criteria": [{"code": "P1", "name": "尺寸", "kind": "points",
                                                          "max": 9, "panel": {"combine": "agreed"}}]},
         (*MODULE, "criteria", 0), "尺寸，一致给出的分数"),
        ({"attempts": {"count": 3, "take": "best"}}, MODULE, "取最好一次"),
        ({"time_bands": [[360, 0.2]]}, MODULE, "扣分"),
        ({"panel": {"min_judges": 200}}, MODULE, "总成绩"),
        ({"weight": 1, "kind": "members", "event": "UAV"}, MODULE, "总成绩"),
        ({"normalise": {"by": "judge", "method": "z-score"}}, MODULE, "总成绩"),
    ],
)  # fmt: skip
def test_every_kind_of_rule_has_its_rung(
    panel: ExamplePanel, module: dict[str, Any], path: tuple[int | str, ...], expected: str
) -> None:
    text = json.dumps({**plan(**module)})
    panel.show_draft(text, path, True)
    assert any(expected in said for said in words(panel)), words(panel)


def test_a_keystroke_is_worked_out_within_thirty_milliseconds(panel: ExamplePanel) -> None:
    panel.show_draft(draft(), ("stages", 0, "ties", 0), True)
    spent = []
    for _ in range(5):
        begun = time.perf_counter()
        panel.again()
        spent.append(time.perf_counter() - begun)
    assert min(spent) < 0.03


def test_the_draft_is_printed_and_saved_for_signature(
    workspace: Workspace,
    organiser: Actor,
    asking: Asking,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    contest = Contest(workspace, organiser, entries=1)
    given = SimpleNamespace(asking=asking, jobs=AtOnce(), workspace=workspace, event_id=contest.event)
    panel = ExamplePanel(cast(Context, given))
    qtbot.addWidget(panel)
    panel.show_draft(draft(name="联调"), MODULE, True)
    shown: list[tuple[str, int]] = []

    def preview(_host: object, pdf: Pdf, title: str) -> bool:
        shown.append((title, pdf.pages))
        pdf.close()
        return True

    monkeypatch.setattr(printing, "preview", preview)
    qtbot.mouseClick(panel.summary.print_button, Qt.MouseButton.LeftButton)
    asking.choose_save = lambda *_: str(tmp_path / "rules.pdf")
    qtbot.mouseClick(panel.summary.save_button, Qt.MouseButton.LeftButton)
    assert shown in ([("评分规则说明", 1)], [("评分规则说明", 2)])
    saved = pypdfium2.PdfDocument(tmp_path / "rules.pdf")
    text = saved[0].get_textpage().get_text_bounded()
    saved.close()
    assert "联调（70%）" in text
    assert "草稿（第 1 版之后）" in text
