"""The one hook: faults are logged whole and told once, a refusal nobody caught is told in its words."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from competition_app.desktop.failures import Failures
from competition_app.desktop.frame.asking import Asking
from competition_app.domain.errors import Refusal


@pytest.fixture
def failures(asking: Asking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Failures:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    made = Failures(lambda: asking, lambda: tmp_path / "log", asking)
    asking.answerer = lambda sheet: sheet.reject()
    return made


@pytest.mark.logs
def test_a_fault_is_logged_and_told_with_the_log(
    failures: Failures, asking: Asking, qtbot, caplog, tmp_path: Path
) -> None:
    try:
        _ = 1 / 0
    except ZeroDivisionError as error:
        failures.report(error)
    qtbot.waitUntil(lambda: bool(asking.record))
    assert asking.record[-1].kind == "failure"
    assert str(tmp_path / "log") in asking.record[-1].words
    assert "ZeroDivisionError" in caplog.text


def test_a_refusal_is_no_fault(failures: Failures, asking: Asking, qtbot, caplog) -> None:
    failures.report(Refusal("This is no day. Write it as 2026-09-18."))
    qtbot.waitUntil(lambda: bool(asking.record))
    assert asking.record[-1].kind == "refusal"
    assert not caplog.records


@pytest.mark.logs
@pytest.mark.qt_no_exception_capture
def test_a_fault_in_a_slot_reaches_the_hook(failures: Failures, asking: Asking, qtbot) -> None:
    failures.install()
    try:
        QTimer.singleShot(0, lambda: {}["nothing"])
        qtbot.waitUntil(lambda: bool(asking.record))
    finally:
        failures.restore()
    assert asking.record[-1].kind == "failure"
