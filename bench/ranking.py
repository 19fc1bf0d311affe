"""Ranking 10,000 × 5 judges × 30 criteria from the store against fetching the rows; one mark; growth."""

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from bench import Measured, best
from competition_app.documents.packages.package import package_of
from competition_app.services import staff
from competition_app.services.access import Actor
from competition_app.services.exchange import exchange
from competition_app.services.judging import judging, marking_grid
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.results import results
from competition_app.services.workspace import Workspace, open_workspace

JUDGES, CRITERIA = 5, 30
SMALL, LARGE = 1_000, 10_000
CHANGES = 25
GROWTH, FEW = (100, 1_000, 10_000, 100_000), 3
"""Entries of the growth from 100 to 100,000; so few criteria that the largest is made in a minute."""


def measure() -> Iterator[Measured]:
    with tempfile.TemporaryDirectory() as name:
        small, large = contest(Path(name), SMALL), contest(Path(name), LARGE)
        floor = best(lambda: fetched(large))
        ours = {store: best(lambda store=store: ranked(store)) for store in (small, large)}
        changed = one_mark(small)
    yield Measured(f"ranking {LARGE} × {JUDGES} × {CRITERIA} from the store", ours[large], "s", 3, floor)
    yield Measured("ranking, ten times the entries", ours[large] / ours[small], "×", 12)
    yield Measured(f"one changed mark of {SMALL} entries ranked again", changed * 1000, "ms", 16)
    yield from growth()


def growth() -> Iterator[Measured]:
    """What ten times the entries cost at each step, every size with the same panel and criteria."""
    with tempfile.TemporaryDirectory() as name:
        stores = [contest(Path(name), entries, FEW) for entries in GROWTH]
        took = [best(lambda store=store: ranked(store)) for store in stores]
    for (few, before), (many, after) in pairwise(zip(GROWTH, took, strict=True)):
        told = f"{few:,} → {many:,} × {JUDGES} × {FEW} criteria ({after:.2g} s)"
        yield Measured(f"ranking {told}", after / before, "×", 12)


def package(entries: int, criteria: int) -> dict[str, object]:
    """An event with its panel and entries, without marks."""
    lines = [{"code": f"P{i:02d}", "kind": "points", "max": 10, "step": "0.5"} for i in range(criteria)]
    module = {
        "code": "m", "kind": "sheets", "full": 10 * criteria, "criteria": lines, "round": {"module": 2},
        "panel": {"across": "sheet", "combine": "mean", "drop_high": 1, "drop_low": 1},
    }  # fmt: skip
    stage = {"code": "s", "modules": [module], "round": {"total": 2}, "ties": [{"by": "lot"}]}
    return {
        "format": "competition-package", "version": 1, "competition": {"code": "B", "name": "Bench"},
        "events": [
            {
                "code": "E", "name": "Event", "plan": {"stages": [stage]},
                "judges": [{"code": f"J{i}", "modules": ["m"]} for i in range(1, JUDGES + 1)],
                "entries": [{"number": f"{i:05d}"} for i in range(1, entries + 1)],
            }
        ],
    }  # fmt: skip


def contest(folder: Path, entries: int, criteria: int = CRITERIA) -> Path:
    """A store with this many entries, all marked."""
    path = folder / f"{entries}.store"
    with open_workspace(path, copies=False) as workspace:
        actor = workspace.ask(staff.lone_organiser, "bench")
        assert actor
        workspace.do(actor, exchange.take_in, package_of(package(entries, criteria)))
        workspace.do(actor, judging.open_module, 1, "s", "m")
    with closing(sqlite3.connect(path)) as connection, connection:
        fill(connection)
    return path


def fill(connection: sqlite3.Connection) -> None:
    """Marks, as good as their entry and a little different from judge to judge; sheets that count."""
    chance = random.Random(7)
    works = [row[0] for row in connection.execute("SELECT id FROM works")]
    criteria = [row[0] for row in connection.execute("SELECT id FROM criteria")]
    judges = [row[0] for row in connection.execute("SELECT id FROM judges")]

    def marks() -> Iterator[tuple[int, ...]]:
        for work in works:
            able = chance.gauss(14, 2)
            for criterion in criteria:
                for judge in judges:
                    halves = min(20, max(0, round(chance.gauss(able, 2))))
                    yield work, 1, criterion, judge, halves * 5 * 10**8, 0, 1

    connection.executemany("INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?, ?)", marks())
    connection.execute(
        "INSERT INTO sheets (work_id, attempt, judge_id, medium, state) "
        "SELECT w.id, 1, j.id, 'paper', 'confirmed' FROM works w CROSS JOIN judges j"
    )
    connection.execute("UPDATE events SET data_version = data_version + 1")


def fetched(path: Path) -> None:
    """The floor: all rows of the marks as tuples."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "SELECT work_id, attempt, criterion_id, judge_id, units, outcome FROM marks"
        ).fetchall()


def ranked(path: Path) -> None:
    """Ours: the whole result, nothing kept from before."""
    with Workspace(path) as workspace:
        assert workspace.ask(results.event_result, 1).divisions


def one_mark(path: Path) -> float:
    """Seconds from a committed mark to the new standings, the median of several."""
    with Workspace(path) as workspace:
        actor = workspace.ask(staff.lone_organiser, "bench")
        assert isinstance(actor, Actor)
        workspace.ask(results.event_result, 1)
        rows = workspace.ask(marking_grid.grid, 1, "s", "m", 1).rows
        took = []
        for number in range(CHANGES):
            place = MarkPlace(rows[number * 31].work_id, 1, 1, "P07")
            workspace.do(actor, judging.enter_mark, place, Decimal(number % 10), reason="bench")
            begun = time.perf_counter()
            workspace.ask(results.event_result, 1)
            took.append(time.perf_counter() - begun)
    return statistics.median(took)
