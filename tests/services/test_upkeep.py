"""Copies, putting one back, checking, moving: on real files."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from competition_app.services import upkeep
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.workspace import Workspace, open_workspace
from competition_app.store import backup, database, location


def names(path: Path) -> list[str]:
    with closing(Workspace(path, writes=False)) as opened:
        return sorted(row.name for row in opened.ask(competitions.competitions))


@pytest.fixture
def store(store_path: Path, organiser: Actor) -> Path:
    """A closed store with one competition."""
    add(store_path, organiser, "A")
    return store_path


def add(path: Path, organiser: Actor, code: str) -> None:
    with open_workspace(path, copies=False) as opened:
        opened.do(organiser, competitions.create_competition, code, f"竞赛{code}")


def test_a_copy_of_an_open_store_is_whole_and_sound(store: Path, organiser: Actor, tmp_path: Path) -> None:
    with open_workspace(store, copies=False) as opened:
        opened.do(organiser, competitions.create_competition, "B", "竞赛B")
        target = upkeep.backup(store, tmp_path / "出去" / "copy.db")
    assert names(target) == ["竞赛A", "竞赛B"]
    assert upkeep.check(target).sound
    assert not list(tmp_path.glob("**/*.part"))


def test_a_copy_never_replaces_the_store(store: Path) -> None:
    with pytest.raises(Refusal, match="itself"):
        upkeep.backup(store, store)


def test_copies_are_listed_with_their_last_act(store: Path, organiser: Actor) -> None:
    upkeep.backup(store)
    (copy,) = upkeep.copies(store)
    assert (copy.operations, copy.last_actor) == (1, "组委会")
    assert words("zh").say(copy.kind) == "工作中"
    assert copy.last_at


def test_only_the_newest_are_kept(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(backup.KEPT, "work", 2)
    place = backup.folder(store)
    place.mkdir()
    old = [place / f"store-2026010{day}-080000-work.db" for day in (1, 2, 3)]
    for file in (*old, place / "store-20260101-080000-upgrade.db", place / "mine.db"):
        file.write_bytes(store.read_bytes())
    upkeep.backup(store)
    left = sorted(file.name for file in place.iterdir())
    assert old[2].name in left
    assert old[1].name not in left
    assert {"mine.db", "store-20260101-080000-upgrade.db"} <= set(left)
    assert len(left) == 4


def test_a_copy_is_made_at_start_and_only_after_work(store: Path, organiser: Actor) -> None:
    with open_workspace(store):
        pass
    assert len(upkeep.copies(store)) == 1
    with open_workspace(store):
        pass
    assert len(upkeep.copies(store)) == 1


def test_copies_go_on_while_work_goes_on(
    store: Path, organiser: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = threading.Event()
    heard: list[frozenset[str]] = []
    monkeypatch.setattr("competition_app.store.keeper.EVERY_SECONDS", 0.01)
    real = backup.keep_if_due

    def counting(path: Path) -> backup.Copy | None:
        copy = real(path)
        if copy is not None and copy.head is not None and copy.head.seq == 2:
            made.set()
        return copy

    monkeypatch.setattr(backup, "keep_if_due", counting)
    with open_workspace(store) as opened:
        opened.listen(heard.append)
        opened.do(organiser, competitions.create_competition, "B", "竞赛B")
        assert made.wait(20)
    assert frozenset({"copies"}) not in heard


@pytest.mark.logs
def test_a_copy_that_fails_is_told_and_the_work_goes_on(
    store: Path, organiser: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    backup.folder(store).write_text("a file where the folder should be")
    heard = threading.Event()
    opened = Workspace(store)
    opened.listen(lambda tables: heard.set() if "copies" in tables else None)
    opened.keep_copies()
    assert heard.wait(20)
    assert opened.copy_problem is not None
    opened.do(organiser, competitions.create_competition, "B", "竞赛B")
    opened.close()
    assert "No copy was made" in caplog.text


def test_a_copy_is_put_back_and_the_present_store_kept(store: Path, organiser: Actor) -> None:
    copy = upkeep.backup(store)
    add(store, organiser, "B")
    done = upkeep.restore(copy, organiser, store)
    assert names(store) == ["竞赛A"]
    assert done.aside is not None
    assert names(done.aside) == ["竞赛A", "竞赛B"]
    assert upkeep.check(store).sound
    add(store, organiser, "C")
    assert names(store) == ["竞赛A", "竞赛C"]
    assert upkeep.check(store).sound


def test_a_damaged_store_is_put_aside_as_it_is(store: Path, organiser: Actor) -> None:
    copy = upkeep.backup(store)
    store.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    done = upkeep.restore(copy, organiser, store)
    assert names(store) == ["竞赛A"]
    assert done.aside is not None
    assert done.aside.stat().st_size == 5016


def test_a_copy_goes_where_no_store_was(store: Path, organiser: Actor, tmp_path: Path) -> None:
    copy = upkeep.backup(store)
    done = upkeep.restore(copy, organiser, tmp_path / "new" / "other.db")
    assert done.aside is None
    assert names(tmp_path / "new" / "other.db") == ["竞赛A"]


@pytest.mark.parametrize("what", ["missing", "empty", "text", "damaged", "newer"])
def test_what_is_no_sound_copy_is_refused_and_the_store_stays(
    store: Path, organiser: Actor, tmp_path: Path, what: str
) -> None:
    bad = tmp_path / "bad.db"
    if what == "empty":
        bad.touch()
    elif what == "text":
        bad.write_text("不是数据库" * 1000, encoding="utf-8")
    elif what == "damaged":
        upkeep.backup(store, bad)
        _forge(bad, "UPDATE history SET actor = 'x'")
    elif what == "newer":
        upkeep.backup(store, bad)
        _forge(bad, "UPDATE alembic_version SET version_num = '9999'")
    before = store.read_bytes()
    with pytest.raises(Refusal):
        upkeep.restore(bad, organiser, store)
    assert store.read_bytes() == before
    assert not list(store.parent.glob("*.part"))
    assert not list(store.parent.glob("*.restored"))


def _forge(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)


def test_a_store_being_read_is_not_replaced(
    store: Path, organiser: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    copy = upkeep.backup(store)
    add(store, organiser, "B")
    with closing(sqlite3.connect(store, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM history").fetchone()
        with pytest.raises(Refusal, match="in use"):
            upkeep.restore(copy, organiser, store)
    assert names(store) == ["竞赛A", "竞赛B"]
    assert not list(store.parent.glob("*.restored"))


def test_a_store_that_is_open_is_not_replaced(store: Path, organiser: Actor) -> None:
    copy = upkeep.backup(store)
    with open_workspace(store, copies=False), pytest.raises(Refusal, match="open already"):
        upkeep.restore(copy, organiser, store)


def test_check_says_what_is_wrong(store: Path) -> None:
    assert upkeep.check(store).sound
    _forge(store, "UPDATE history SET actor = 'x' WHERE seq = 1")
    (problem,) = upkeep.check(store).problems
    assert words("zh").say(problem) == "操作日志第 1 号操作事后被改动。请恢复此前的备份。"


def test_check_finds_rows_that_point_nowhere(store: Path) -> None:
    with closing(sqlite3.connect(store, isolation_level=None)) as raw:
        raw.execute("INSERT INTO divisions VALUES (1, 77, 'W', '职工组', 0)")
    (problem,) = upkeep.check(store).problems
    assert "divisions → events" in str(problem)


def test_check_finds_an_end_cut_off_with_its_mark_by_the_copies(store: Path, organiser: Actor) -> None:
    add(store, organiser, "B")
    upkeep.backup(store)
    with closing(sqlite3.connect(store)) as raw:
        head = raw.execute("SELECT digest FROM history WHERE seq = 1").fetchone()[0]
    _forge(store, "DELETE FROM history WHERE seq = 2")
    _forge(store, f"""UPDATE settings SET value = '[1,"{head}"]' WHERE name = 'history_head'""")
    (problem,) = upkeep.check(store).problems
    assert "cut off" in str(problem)


def test_an_unsafe_store_moves_home(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(location, "default_store", lambda: tmp_path / "home" / "competitions.db")
    cloud = tmp_path / "坚果云" / "store.db"
    cloud.parent.mkdir()
    store.rename(cloud)
    with pytest.raises(Refusal, match="synchronised folder"):
        open_workspace(cloud)
    assert upkeep.place_problem(cloud) is not None
    kept = upkeep.backup(cloud)
    home = upkeep.move_home(cloud)
    assert [one.path.name for one in upkeep.copies(home)] == [kept.name.replace("store", "competitions")]
    assert not kept.parent.exists(), "the copies move too"
    assert names(home) == ["竞赛A"]
    assert not cloud.exists()
    assert cloud.with_name("store.db.moved").exists()


def test_only_an_organiser_of_the_present_store_puts_a_copy_back(
    workspace: Workspace, acting: Callable[[Role], Actor], organiser: Actor, tmp_path: Path
) -> None:
    """A copy from before there were people is no way round them."""
    copy = upkeep.backup(workspace.path, tmp_path / "copy.db")
    boss, recorder = acting(Role.ORGANISER), acting(Role.RECORDER)
    workspace.close()
    before = workspace.path.read_bytes()
    for actor, why in ((recorder, "not for the role"), (organiser, "Nobody is signed in")):
        with pytest.raises(Refusal, match=why):
            upkeep.restore(copy, actor, workspace.path)
    with pytest.raises(Refusal, match="no longer acts"):
        upkeep.restore(copy, replace(boss, staff_id=77), workspace.path)
    assert workspace.path.read_bytes() == before
    upkeep.restore(copy, boss, workspace.path)
