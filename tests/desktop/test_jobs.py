"""Jobs: progress read from the worker, the dialog after 600 ms, cancelling, refusals, faults."""

import threading

import pytest
import shiboken6
from PySide6.QtWidgets import QLabel, QWidget

from competition_app.desktop.frame.asking import Asking
from competition_app.desktop.jobs import Jobs, JobWords
from competition_app.domain.errors import Refusal, Said
from competition_app.services.progress import Progress

WORDS = JobWords("正在生成证书", "存为一个文件", "取消后不留半个文件。")


@pytest.fixture
def faults() -> list[BaseException]:
    return []


@pytest.fixture
def jobs(asking: Asking, host: QWidget, faults: list[BaseException]) -> Jobs:
    return Jobs(asking, faults.append, host)


def test_short_work_shows_no_dialog(jobs: Jobs, asking: Asking, qtbot) -> None:
    values: list[int] = []
    job = jobs.start(WORDS, lambda _progress: 42, values.append)
    qtbot.waitUntil(lambda: values == [42])
    assert job.dialog is None
    assert not jobs.running
    assert not asking.record


def test_long_work_shows_its_latest_step(jobs: Jobs, asking: Asking, qtbot) -> None:
    go = threading.Event()
    done: list[object] = []

    def work(progress: Progress) -> int:
        progress.warn(Said("Passed"))
        progress.at(417, 612, "阿依努尔·买买提江")
        go.wait(10)
        return 612

    job = jobs.start(WORDS, work, done.append)
    qtbot.waitUntil(lambda: job.dialog is not None, timeout=3000)
    sheet = job.dialog.sheet
    qtbot.waitUntil(lambda: "第 417 项，共 612 项" in shown(sheet))
    assert "阿依努尔·买买提江" in shown(sheet)
    assert "有 1 处要留意" in shown(sheet)
    assert "取消后不留半个文件。" in shown(sheet)
    go.set()
    qtbot.waitUntil(lambda: done == [612])
    assert not asking.busy


def shown(sheet: QWidget) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel) if not label.isHidden())


def test_cancelling_is_met_at_the_next_step_and_said(jobs: Jobs, asking: Asking, qtbot) -> None:
    began, done = threading.Event(), []

    def work(progress: Progress) -> None:
        for step in range(1_000_000):
            progress.at(step, 1_000_000)
            began.set()

    job = jobs.start(WORDS, work, done.append)
    began.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: not jobs.running)
    assert done == []
    assert asking.record[-1].words == "正在生成证书：已取消。取消后不留半个文件。"


def test_cancel_of_the_dialog_cancels(jobs: Jobs, asking: Asking, qtbot) -> None:
    def work(progress: Progress) -> None:
        while True:
            progress.at(0, 0)

    job = jobs.start(WORDS, work, lambda _value: None)
    qtbot.waitUntil(lambda: job.dialog is not None, timeout=3000)
    job.dialog.sheet.press("取消")
    qtbot.waitUntil(lambda: not jobs.running)
    assert not asking.busy


def test_work_sent_to_the_background_goes_on(jobs: Jobs, asking: Asking, qtbot) -> None:
    go, done = threading.Event(), []
    job = jobs.start(WORDS, lambda _progress: go.wait(10), done.append)
    qtbot.waitUntil(lambda: job.dialog is not None, timeout=3000)
    job.dialog.sheet.press("转到后台")
    assert not asking.busy
    assert jobs.running == [job]
    go.set()
    qtbot.waitUntil(lambda: done == [True])


def test_a_refusal_is_told_and_a_fault_reported(
    jobs: Jobs, asking: Asking, faults: list[BaseException], qtbot
) -> None:
    def refuse(progress: Progress) -> None:
        raise Refusal("This is no day. Write it as 2026-09-18.")

    def fail(progress: Progress) -> None:
        raise ZeroDivisionError

    asking.answerer = lambda sheet: sheet.press("知道了")
    jobs.start(WORDS, refuse, lambda _value: None)
    qtbot.waitUntil(lambda: bool(asking.record))
    assert "日期写得不对" in asking.record[-1].words
    jobs.start(WORDS, fail, lambda _value: None)
    qtbot.waitUntil(lambda: bool(faults))
    assert isinstance(faults[0], ZeroDivisionError)


def test_closing_stops_and_waits(jobs: Jobs, qtbot) -> None:
    def work(progress: Progress) -> None:
        while True:
            progress.at(0, 0)

    job = jobs.start(WORDS, work, lambda _value: None)
    jobs.close()
    assert not job._thread.is_alive()
    qtbot.waitUntil(lambda: not jobs.running)


def test_a_page_that_is_gone_is_told_nothing(
    jobs: Jobs, asking: Asking, host: QWidget, faults: list[BaseException], qtbot
) -> None:
    """The competition was closed while the page's work was under way."""
    go = threading.Event()
    page = QLabel("", host)

    def work(_progress: Progress) -> str:
        go.wait(10)
        return "fertig"

    jobs.start(WORDS, work, page.setText)
    shiboken6.delete(page)
    go.set()
    qtbot.waitUntil(lambda: not jobs.running)
    assert not faults
    assert not asking.record
