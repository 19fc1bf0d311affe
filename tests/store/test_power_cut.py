"""A power cut after each acknowledged operation: nothing acknowledged is missing, nothing broken."""

import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from watched_disk import watched

from competition_app.domain.access import Role
from competition_app.services import access, upkeep
from competition_app.services.access import Actor
from competition_app.services.workspace import Act, Workspace
from competition_app.store import database
from competition_app.store.models import Person

OPERATIONS = 12


def add(act: Act, n: int) -> None:
    act.session.add(Person(id=n, name=f"人{n}"))


@pytest.fixture(autouse=True)
def _rights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "RIGHTS", {**access.RIGHTS, access.name_of(add): frozenset({Role.ORGANISER})})


def replayed(store: Path, organiser: Actor, cuts: Path) -> int:
    """Works on a watched disk, cuts the power after each operation; how many cuts lost or broke something."""
    cuts.mkdir()
    with watched() as disk:
        if disk is None:
            pytest.skip("Python's SQLite is not a library of this system")
        with Workspace(store) as opened:
            for n in range(1, OPERATIONS + 1):
                opened.do(organiser, add, n)
                if n == OPERATIONS // 2:
                    opened.fold()  # so that cuts fall before and after the log was folded in
                disk.cut(cuts / f"{n}-least", None)
                disk.cut(cuts / f"{n}-any", random.Random(n))
        if str(store) not in disk.files:
            pytest.skip("Python's SQLite does not use the library of this system")
    return sum(
        not whole(cuts / f"{n}-{kind}" / store.name, n)
        for n in range(1, OPERATIONS + 1)
        for kind in ("least", "any")
    )


def whole(store: Path, acknowledged: int) -> bool:
    try:
        with closing(sqlite3.connect(store)) as raw:
            found = raw.execute("SELECT count(*) FROM persons").fetchone()[0]
    except sqlite3.Error:
        return False
    return found == acknowledged and upkeep.check(store).sound


@pytest.mark.skipif(sys.platform != "linux", reason="SQLite's file system is watched on Linux only")
def test_a_power_cut_loses_nothing_acknowledged(store_path: Path, organiser: Actor, tmp_path: Path) -> None:
    assert replayed(store_path, organiser, tmp_path / "cuts") == 0


@pytest.mark.skipif(sys.platform != "linux", reason="SQLite's file system is watched on Linux only")
def test_the_replay_would_notice_a_careless_store(
    store_path: Path, organiser: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = tuple(p.replace("synchronous=FULL", "synchronous=NORMAL") for p in database._WRITING)
    monkeypatch.setattr(database, "_WRITING", careless)
    assert replayed(store_path, organiser, tmp_path / "cuts") > OPERATIONS // 2
