"""The whole day of the sample competition, through every floor but the window's."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from competition_app import i18n
from competition_app.demo.day import Day, run_day
from competition_app.documents.paper.pdf_text import page_texts
from competition_app.domain.ranking.result import Status
from competition_app.services import upkeep
from competition_app.services.certificates import certificate_files, certificates
from competition_app.services.competitions import competitions
from competition_app.services.locking import locking
from competition_app.services.looking_back import after_lock
from competition_app.services.registration import registration
from competition_app.services.results import results
from competition_app.services.results.ranking_file import rank_package
from competition_app.services.workspace import Workspace, open_workspace

EVENTS = ("UAV", "ROB", "TALK")


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """The day, run once; its steps are counted on the way."""
    out = tmp_path_factory.mktemp("day")
    i18n.use("zh")
    heard: list[tuple[int, int]] = []
    made = run_day(out / "demo.store", out, lambda done, total, _item: heard.append((done, total)))
    assert heard == [(step, 7) for step in range(8)]
    return made


@pytest.fixture
def store(day: Day) -> Iterator[Workspace]:
    with open_workspace(day.store, writing=False) as opened:
        yield opened


def test_it_is_as_large_as_it_says(day: Day) -> None:
    assert day.registered.workbooks == 24
    assert day.registered.accepted + day.registered.refused == 182  # 180 people, two of them sent in twice
    assert day.registered.refused == 4
    assert day.entries == 148
    assert day.honoured.certificates >= 60


def test_every_workbook_came_back_marked(day: Day) -> None:
    sent, returned = day.out / "registrations", day.out / "returned"
    assert {file.stem for file in sent.iterdir()} == {file.stem for file in returned.iterdir()}
    said = []
    for file in returned.iterdir():
        for sheet in openpyxl.load_workbook(file):
            said += [cell.comment.text for row in sheet for cell in row if cell.comment]
    assert any("校验" in text or "末位" in text or "最后一位" in text for text in said), said


def test_the_day_holds_everything_that_happens_on_such_days(store: Workspace) -> None:
    for code in EVENTS:
        rows = store.ask(results.standing_rows, event(store, code))
        found = {row.standing.status for row in rows}
        assert {Status.RANKED, Status.DISQUALIFIED, Status.WITHDRAWN, Status.ABSENT} <= found
        assert not found & {Status.INCOMPLETE}, [row for row in rows if row.standing.problems]


def test_the_tie_was_settled_by_a_decision(store: Workspace) -> None:
    for code in EVENTS:
        assert not store.ask(results.open_questions, event(store, code))
    (first, second) = [
        row.standing
        for row in store.ask(results.standing_rows, event(store, "UAV"))
        if row.standing.number in {"005", "020"}
    ]
    assert first.total == second.total
    assert first.modules == second.modules
    assert second.place == (first.place or 0) + 1
    assert not first.shared


def test_the_results_were_locked_and_show_what_nobody_saw_before(store: Workspace) -> None:
    for code in EVENTS:
        key = event(store, code)
        state = store.ask(locking.lock_state, key)
        assert state.locked
        assert [step.step for step in state.steps] == [locking.Step.LOCKED]
        judged = store.ask(after_lock.judge_severity, key)
        assert all(one.profile.compared == one.profile.sheets > 0 for one in judged)
        spread = store.ask(after_lock.score_distribution, key)
        assert spread is not None
        assert spread.count == sum(
            row.standing.total is not None for row in store.ask(results.standing_rows, key)
        )


def test_the_certificates_say_what_the_standings_say(day: Day, store: Workspace) -> None:
    """Read back from the PDF: each prize winner, with event and prize, and nobody else."""
    texts = ["".join(text.split()) for text in page_texts(day.out / "certificates.pdf")]
    assert len(texts) == day.honoured.certificates
    wanted = [paper for code in EVENTS for paper in papers(store, code)]
    assert len(wanted) == len(texts)
    for serial, name, person, award in wanted:
        (text,) = [text for text in texts if re.search(rf"编号{serial}(?!-?\d)", text)]
        assert name in text
        assert award in text
        assert "".join(person.split()) in text


def papers(store: Workspace, code: str) -> list[tuple[str, str, str, str]]:
    """Serial, event, person and prize of each paper, held against the standings."""
    key = event(store, code)
    name = store.ask(competitions.event, key).name
    awards = {row.standing.number: row.standing.award for row in store.ask(results.standing_rows, key)}
    found = store.ask(certificates.winner_rows, key)
    assert {paper.number for paper in found} == {number for number, award in awards.items() if award}
    for paper in found:
        assert paper.award == awards[paper.number]
    return [(paper.serial or "", name, paper.name, paper.award) for paper in found]


def test_the_certificates_verify(day: Day, store: Workspace) -> None:
    assert store.ask(certificate_files.verify, str(day.out / "certificates.pdf")).true
    apart = sorted((day.out / "certificates").glob("*.pdf"))
    assert len(apart) == day.honoured.certificates
    assert store.ask(certificate_files.verify, str(apart[0])).true
    assert not store.ask(certificate_files.verify, "YL2026-UAV-1-9999").true


def test_the_package_ranks_as_the_store_does(day: Day, store: Workspace) -> None:
    ranked = rank_package(day.out / "YL2026.competition.json").document(i18n.words("zh"))
    by_code = {found["code"]: found for found in ranked["events"]}
    for code in EVENTS:
        (ours,) = store.ask(results.standings_document, event(store, code), i18n.words("zh"))["events"]
        assert by_code[code] == ours


def test_the_result_book_shows_the_standings(day: Day, store: Workspace) -> None:
    (book,) = day.out.glob("UAV*.xlsx")
    cells = [cell for sheet in openpyxl.load_workbook(book) for row in sheet.values for cell in row if cell]
    first = store.ask(results.standing_rows, event(store, "UAV"))[0]
    assert first.name in cells
    shown = {f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in cells}
    assert first.standing.total in shown


def test_the_history_holds_and_no_id_number_stands_in_it(day: Day) -> None:
    assert upkeep.check(day.store).sound
    with closing(sqlite3.connect(day.store)) as raw:
        written = json.dumps(raw.execute("SELECT * FROM history").fetchall(), ensure_ascii=False, default=str)
    assert not re.search(r"439900\d{8}", written)


def test_the_same_day_comes_out_again(day: Day, tmp_path: Path) -> None:
    people = [registration.read_books([file]) for file in sorted((day.out / "registrations").iterdir())[:3]]
    again = run_day(tmp_path / "again.store", tmp_path, lambda *_: None)
    others = [registration.read_books([file]) for file in sorted((again.out / "registrations").iterdir())[:3]]
    assert people == others
    assert (again.entries, again.marks, again.registered) == (day.entries, day.marks, day.registered)
    first, second = (rank_package(found.out / "YL2026.competition.json").result for found in (day, again))
    assert first == second


def event(store: Workspace, code: str) -> int:
    return store.ask(competitions.find_event, code)
