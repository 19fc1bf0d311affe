"""A mark changed behind the program's back is found, whichever way it was entered."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from competition_app.domain.access import Role
from competition_app.domain.chain import Break
from competition_app.services import access, upkeep
from competition_app.services.access import Actor
from competition_app.services.workspace import Act, Workspace
from competition_app.store import marks_check
from competition_app.store.models import Competition, Criterion, Event, Judge, Mark, MarkVersion, Work

KEY = ("work_id", "attempt", "criterion_id", "judge_id")


def make_event(act: Act) -> None:
    act.session.add(Competition(id=1, code="C", name="竞赛"))
    act.session.flush()
    act.session.add(Event(id=1, competition_id=1, code="E", name="赛项"))
    act.session.flush()
    act.session.add_all(
        [Judge(id=1, event_id=1, code="J1"), Criterion(id=1, event_id=1, stage="f", module="m", code="P1")]
    )
    act.insert_many(Work, ["id", "event_id", "stage", "module"], [(i, 1, "f", "m") for i in range(1, 5)])


def give(act: Act) -> None:
    key = dict.fromkeys(KEY, 1)
    act.session.add(Mark(**key, units=5))
    act.session.add(MarkVersion(**key, version=1, units=5, history_seq=act.seq))


def correct(act: Act) -> None:
    mark = act.session.get_one(Mark, (1, 1, 1, 1))
    mark.units, mark.version = 6, 2
    act.session.add(
        MarkVersion(**dict.fromkeys(KEY, 1), version=2, units=6, reason="看错", history_seq=act.seq)
    )


def give_many(act: Act) -> None:
    works = (4, 2, 3)
    act.insert_many(Mark, [*KEY, "units"], [(work, 1, 1, 1, 7) for work in works])
    columns = [*KEY, "version", "units", "history_seq"]
    act.insert_many(MarkVersion, columns, [(work, 1, 1, 1, 1, 7, act.seq) for work in works[:2]])
    act.insert_many(MarkVersion, columns[::-1], [(act.seq, 7, 1, 1, 1, 1, works[2])])
    act.session.add(MarkVersion(**dict.fromkeys(KEY, 2), version=1, units=7, history_seq=act.seq))


@pytest.fixture
def raw(
    workspace: Workspace, organiser: Actor, monkeypatch: pytest.MonkeyPatch
) -> Iterator[sqlite3.Connection]:
    """A store with marks by each way, its triggers taken off: the hand of a forger."""
    steps: tuple[Any, ...] = (make_event, give, correct, give_many)
    mine = {access.name_of(step): frozenset({Role.ORGANISER}) for step in steps}
    monkeypatch.setattr(access, "RIGHTS", {**access.RIGHTS, **mine})
    for step in steps:
        workspace.do(organiser, step)
    assert upkeep.check(workspace.path).sound
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield connection


@pytest.mark.parametrize(
    ("forgery", "seq"),
    [
        ("UPDATE mark_versions SET units = 9 WHERE work_id = 1 AND version = 1", 2),
        ("UPDATE mark_versions SET reason = NULL WHERE work_id = 1 AND version = 2", 3),
        ("UPDATE mark_versions SET units = 9 WHERE work_id = 3", 4),
        ("DELETE FROM mark_versions WHERE work_id = 1 AND version = 1", 2),
        ("DELETE FROM mark_versions WHERE work_id = 2", 4),
        ("INSERT INTO mark_versions VALUES (1, 1, 1, 1, 1, 3, 9, 0, NULL, 3, NULL)", 3),
        ("INSERT INTO mark_versions VALUES (1, 1, 1, 1, 1, 3, 9, 0, NULL, 77, NULL)", 77),
    ],
)
def test_a_version_changed_afterwards_is_named_by_its_operation(
    raw: sqlite3.Connection, workspace: Workspace, forgery: str, seq: int
) -> None:
    raw.execute(forgery)
    assert marks_check.first_break(raw) == Break(seq, "mark")
    assert not upkeep.check(workspace.path).sound


def test_a_mark_that_differs_from_its_newest_version_is_found(
    raw: sqlite3.Connection, workspace: Workspace
) -> None:
    raw.execute("UPDATE marks SET units = 9 WHERE work_id = 3")
    raw.execute("UPDATE marks SET units = 5, version = 1 WHERE work_id = 1")
    assert marks_check.strays(raw) == 2
    (problem,) = upkeep.check(workspace.path).problems
    assert str(problem.values["n"]) == "2"
