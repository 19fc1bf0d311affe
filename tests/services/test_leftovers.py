"""A log that another store left at a name is never replayed over the file that takes the name next."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from competition_app.domain.errors import Refusal
from competition_app.services import upkeep
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.workspace import Workspace, open_workspace
from competition_app.store import upgrade


def names(path: Path) -> list[str]:
    with closing(Workspace(path, writes=False)) as opened:
        return sorted(row.name for row in opened.ask(competitions.competitions))


def add(path: Path, organiser: Actor, code: str) -> None:
    with open_workspace(path, copies=False) as opened:
        opened.do(organiser, competitions.create_competition, code, f"竞赛{code}")


@pytest.fixture
def copy(store_path: Path, organiser: Actor, tmp_path: Path) -> Path:
    """A copy of a store with one competition."""
    add(store_path, organiser, "A")
    return upkeep.backup(store_path, tmp_path / "copy.db")


@pytest.fixture
def log(store_path: Path, copy: Path, organiser: Actor, tmp_path: Path) -> Path:
    """The log of the same store with a second competition, as a killed program leaves it."""
    kept = tmp_path / "log"
    with open_workspace(store_path, copies=False) as opened:
        opened.do(organiser, competitions.create_competition, "B", "竞赛B")
        shutil.copyfile(f"{store_path}-wal", kept)
    return kept


def laid(log: Path, place: Path) -> None:
    shutil.copyfile(log, f"{place}-wal")


@pytest.mark.parametrize("empty", [False, True])
def test_a_log_without_a_store_is_not_replayed_over_a_copy_put_back(
    store_path: Path, organiser: Actor, copy: Path, log: Path, *, empty: bool
) -> None:
    store_path.unlink()
    if empty:
        store_path.touch()
    laid(log, store_path)
    upkeep.restore(copy, organiser, store_path)
    assert names(store_path) == ["竞赛A"]
    assert upkeep.check(store_path).sound
    (aside,) = store_path.parent.glob("store.db.left-*-wal")
    assert aside.read_bytes() == log.read_bytes()


def test_a_new_store_leaves_an_old_log_aside(store_path: Path, log: Path) -> None:
    store_path.unlink()
    laid(log, store_path)
    with open_workspace(store_path, copies=False):
        pass
    assert names(store_path) == []
    (aside,) = store_path.parent.glob("store.db.left-*-wal")
    assert aside.read_bytes() == log.read_bytes()


def test_a_store_moved_meets_no_old_log_and_leaves_none(
    store_path: Path, copy: Path, log: Path, tmp_path: Path
) -> None:
    target = tmp_path / "there"
    target.mkdir()
    laid(log, target / "store.db")
    shutil.copyfile(copy, store_path)
    laid(log, store_path)
    moved = upkeep.move(store_path, target)
    assert names(moved) == ["竞赛A", "竞赛B"]  # its own log is part of it
    assert not Path(f"{store_path}-wal").exists()
    assert list(target.glob("store.db.left-*-wal"))


def test_a_store_that_does_not_end_as_the_copy_is_refused(
    store_path: Path, organiser: Actor, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program's writing between the copy and the note is not taken for the copy."""
    real = upgrade.bring_up

    def written_over(path: Path) -> None:
        real(path)
        with closing(Workspace(path)) as other:
            other.do(organiser, competitions.create_competition, "X", "竞赛X")

    monkeypatch.setattr(upgrade, "bring_up", written_over)
    with pytest.raises(Refusal, match="not the copy"):
        upkeep.restore(copy, organiser, store_path)
