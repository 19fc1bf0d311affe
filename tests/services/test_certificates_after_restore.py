"""Numbers of certificates after a copy of the store was put back: none is ever given a second time."""

from pathlib import Path

import pytest
from test_certificate_register import Finals

from competition_app.services import upkeep
from competition_app.services.access import Actor
from competition_app.services.workspace import open_workspace

FIRST, SECOND = {"005"}, {"002"}


@pytest.fixture
def finals(store_path: Path, organiser: Actor) -> Finals:
    with open_workspace(store_path, copies=False) as opened:
        return Finals(opened, organiser, ["70", "90", "80", "60", "95"])


def issue(finals: Finals, entries: set[str]) -> list[str]:
    with open_workspace(finals.workspace.path, copies=False) as opened:
        finals.workspace = opened
        return list(finals.issue(entries=entries).serials)


def test_numbers_of_the_replaced_store_are_not_given_again(finals: Finals, organiser: Actor) -> None:
    store = finals.workspace.path
    copy = upkeep.backup(store)
    assert issue(finals, FIRST) == ["SZ2025-UAV-1-0001"]
    upkeep.restore(copy, organiser, store)
    assert issue(finals, FIRST) == ["SZ2025-UAV-1-0002"]
    done = upkeep.restore(copy, organiser, store)  # the second time the copy aside knows both
    assert (issue(finals, FIRST), done.skipped) == (["SZ2025-UAV-1-0003"], 0)


def test_a_store_put_back_remembers_without_the_other_copies(
    finals: Finals, organiser: Actor, tmp_path: Path
) -> None:
    store = finals.workspace.path
    copy = upkeep.backup(store, tmp_path / "elsewhere" / "copy.db")
    issue(finals, FIRST)
    for _ in range(2):
        aside = upkeep.restore(copy, organiser, store).aside
        assert aside is not None
        aside.unlink()
    assert issue(finals, SECOND) == ["SZ2025-UAV-2-0002"]


def test_behind_an_unreadable_store_numbers_jump_ahead(finals: Finals, organiser: Actor) -> None:
    store = finals.workspace.path
    assert issue(finals, FIRST) == ["SZ2025-UAV-1-0001"]
    copy = upkeep.backup(store)
    store.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    assert upkeep.restore(copy, organiser, store).skipped == 1000
    assert issue(finals, SECOND) == ["SZ2025-UAV-2-1002"]


def test_where_no_number_is_known_they_jump_too(finals: Finals, organiser: Actor) -> None:
    store = finals.workspace.path
    copy = upkeep.backup(store)
    store.write_bytes(b"no store")
    upkeep.restore(copy, organiser, store)
    assert issue(finals, FIRST) == ["SZ2025-UAV-1-1001"]


def test_the_first_number_stays_the_first_after_a_plain_restore(finals: Finals, organiser: Actor) -> None:
    upkeep.restore(upkeep.backup(finals.workspace.path), organiser, finals.workspace.path)
    assert issue(finals, FIRST) == ["SZ2025-UAV-1-0001"]
