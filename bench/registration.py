"""A registration workbook of 10,000 rows, read, held against the rules and stored, against its bare parts."""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from bench import Measured, best
from competition_app.demo.people import id_number
from competition_app.services import staff
from competition_app.services.competitions import competitions
from competition_app.services.registration import registration
from competition_app.services.workspace import open_workspace

ROWS = 10_000
TABLES = ("persons", "contestants", "entries", "memberships", "registrations")
PLAN = """{"entry": "individual", "stages": [{"code": "s", "modules": [
  {"code": "m", "kind": "direct", "full": 100}]}]}"""
EVENT = "无人机装调检修工"
HEADS = ("选手姓名", "性别", "身份证号码", "出生年月", "联系电话", "参赛单位", "参赛工种", "现技能等级")


def measure() -> Iterator[Measured]:
    small, whole = ROWS // 10, ROWS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = {rows: imported(folder, rows) for rows in (small, whole)}
        read = best(
            lambda: CalamineWorkbook.from_path(folder / f"{whole}.xlsx").get_sheet_by_index(0).to_python()
        )
        floor = read + inserted(folder)
    yield Measured(f"registration workbook, {whole} rows", ours[whole], "s", 4, floor)
    yield Measured("registration, ten times the rows", ours[whole] / ours[small], "×", 12)


def read(file: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()


def imported(folder: Path, rows: int) -> float:
    """Seconds from the file to the committed store, the shortest of three."""
    workbook(folder / f"{rows}.xlsx", rows)
    empty = folder / "empty.store"
    if not empty.exists():
        open_workspace(empty, copies=False).close()
    return min(once(folder, empty, rows) for _ in range(3))


def once(folder: Path, empty: Path, rows: int) -> float:
    store = folder / "full.store"
    shutil.copyfile(empty, store)
    with open_workspace(store, copies=False) as workspace:
        actor = workspace.ask(staff.lone_organiser, "bench")
        assert actor
        competition = workspace.do(actor, competitions.create_competition, "B", "Bench")
        workspace.do(
            actor, competitions.create_event, competition, code="UAV", name="无人机装调检修工", plan=PLAN
        )
        begun = time.perf_counter()
        books = registration.read_books([folder / f"{rows}.xlsx"])
        report = workspace.do(actor, registration.accept, competition, books)
        took = time.perf_counter() - begun
    assert report.accepted == rows, report.refused
    return took


def workbook(file: Path, rows: int) -> None:
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADS)
        for number in range(rows):
            birth = f"{1965 + number % 40}{number // 40 % 12 + 1:02d}{number // 480 % 28 + 1:02d}"
            sex = "男" if number % 3 else "女"
            identity = id_number(birth, number // 13440 % 500, sex)
            sheet.write_row(number + 1, 0, (
                f"选手{number:05d}", sex, identity, f"{birth[:4]}.{int(birth[4:6])}", f"138{number:08d}",
                f"第{number % 60 + 1}工程有限公司", EVENT, "高级工",
            ))  # fmt: skip


def inserted(folder: Path) -> float:
    """Seconds for the same rows put into the same tables by bare SQLite, in one synced transaction."""
    with closing(sqlite3.connect(folder / "full.store")) as full:
        rows = {table: full.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    shortest = float("inf")
    for _ in range(3):
        shutil.copyfile(folder / "empty.store", folder / "bare.store")
        with closing(sqlite3.connect(folder / "bare.store", isolation_level=None)) as bare:
            bare.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=OFF")
            begun = time.perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            for table, found in rows.items():
                bare.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(found[0]))})", found)
            bare.execute("COMMIT")
            shortest = min(shortest, time.perf_counter() - begun)
    return shortest
