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
from competition_app.documents.pdf_text import page_texts
from competition_app.domain.result import Status
from competition_app.services import (
    certificate_files,
    certificates,
    competitions,
    registration,
    results,
    upkeep,
)
from competition_app.services.ranking_file import rank_package
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
