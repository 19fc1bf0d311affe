"""What disks and files do to a store: one sentence each, and nothing half-done."""

import errno
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.services import access, upkeep
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.workspace import Act, Workspace, open_workspace
from competition_app.store import database, failures
from competition_app.store.models import Person


@contextmanager
def mounted(place: Path, size: str) -> Iterator[None]:
    """A small file system of its own, where this user may mount one."""
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode != 0:
        pytest.skip("mounting a small disk is not permitted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def small(store_template: Path, tmp_path: Path) -> Iterator[Path]:
    """A store on a disk of 2 MB."""
    if shutil.which("mount") is None or os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting a small disk takes root")
    with mounted(tmp_path / "disk", "2m"):
        yield Path(shutil.copyfile(store_template, tmp_path / "disk" / "store.db"))


def add_many(act: Act, n: int) -> None:
    first = act.next_id(Person)
    act.insert_many(Person, ["id", "name"], [(first + i, "张三" * 20) for i in range(n)])


@pytest.fixture(autouse=True)
def _rights(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = {access.name_of(add_many): frozenset({Role.ORGANISER})}
    monkeypatch.setattr(access, "RIGHTS", {**access.RIGHTS, **mine})


def persons(path: Path) -> int:
    with closing(sqlite3.connect(path)) as raw:
        return int(raw.execute("SELECT count(*) FROM persons").fetchone()[0])


def test_a_full_disk_undoes_the_operation_and_says_so(small: Path, organiser: Actor) -> None:
    with Workspace(small) as opened:
        opened.do(organiser, add_many, 10)
        with pytest.raises(Refusal, match="is full"):
            opened.do(organiser, add_many, 20_000)
        assert persons(small) == 10
        opened.do(organiser, add_many, 10)
    assert persons(small) == 20
    assert upkeep.check(small).sound


def test_a_copy_on_a_full_disk_leaves_nothing(small: Path, organiser: Actor) -> None:
    with Workspace(small) as opened:
        opened.do(organiser, add_many, 2_000)
        filler = small.with_name("filler")
        room = shutil.disk_usage(small.parent).free
        filler.write_bytes(b"x" * (room - 100_000))
        with pytest.raises(Refusal, match="is full"):
            upkeep.backup(small)
    assert not list(small.parent.glob("**/*.part"))
    assert upkeep.copies(small) == ()


def test_a_disk_remounted_read_only_is_told(small: Path, organiser: Actor) -> None:
    opened = Workspace(small)
    opened.do(organiser, add_many, 10)
    opened.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small.parent)], check=True)
    try:
        with pytest.raises(Refusal, match="read-only"):
            open_workspace(small)
        with closing(Workspace(small)) as again, pytest.raises(Refusal, match=r"read-only|cannot be opened"):
            again.do(organiser, add_many, 10)
        with pytest.raises(Refusal):
            upkeep.backup(small)
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(small.parent)], check=True)
    assert persons(small) == 10


def test_a_store_locked_by_another_is_told(
    store_path: Path, organiser: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(store_path, isolation_level=None)) as other, Workspace(store_path) as opened:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refusal, match="in use by another program"):
            opened.do(organiser, add_many, 1)
        other.execute("ROLLBACK")
        opened.do(organiser, add_many, 1)


@pytest.mark.parametrize("content", [b"not a store at all" * 500, b"PK\x03\x04" + b"\0" * 9000])
def test_a_file_that_is_no_store_is_told_and_left(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    for call in (open_workspace, upkeep.check):
        with pytest.raises(Refusal, match="not a competition store"):
            call(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE alembic_version (version_num)")
    before = path.read_bytes()
    with pytest.raises(Refusal, match="another program"):
        open_workspace(path)
    assert path.read_bytes() == before


def test_a_damaged_store_is_told(store_path: Path, organiser: Actor) -> None:
    with Workspace(store_path) as opened:
        opened.do(organiser, add_many, 2000)
    content = bytearray(store_path.read_bytes())
    content[8192:-4096] = b"\xa5" * (len(content) - 12288)
    store_path.write_bytes(content)
    with pytest.raises(Refusal), Workspace(store_path) as opened:
        opened.do(organiser, add_many, 1)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(Refusal, match="cannot be reached"):
        open_workspace(tmp_path / "x" / "store.db")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "you may not write"),
        (errno.ENOENT, "cannot be reached"),
    ],
)
def test_errors_of_the_system_are_told(tmp_path: Path, number: int, said: str) -> None:
    with pytest.raises(Refusal, match=said), failures.told(tmp_path):
        raise OSError(number, os.strerror(number))


def test_a_fault_of_the_program_stays_a_fault(store_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), failures.told(store_path):
        sqlite3.connect(":memory:").execute("SELECT * FROM x")
    with pytest.raises(OSError, match="pipe"), failures.told(store_path):
        raise OSError(errno.EPIPE, "pipe")


def test_a_refusal_changes_no_competition(workspace: Workspace, organiser: Actor) -> None:
    assert workspace.ask(competitions.competitions) == ()
