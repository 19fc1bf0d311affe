"""A score, ruling, penalty, status or certificate changed behind the program's back is found."""

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
from competition_app.store import facts_check
from competition_app.store.models import (
    Certificate,
    Competition,
    Entry,
    Event,
    Judge,
    Penalty,
    Ruling,
    Score,
    Sheet,
    Work,
)

PLACE = {"stage": "f", "module": "t"}


def make_event(act: Act) -> None:
    act.session.add(Competition(id=1, code="C", name="竞赛"))
    act.session.flush()
    act.session.add(Event(id=1, competition_id=1, code="E", name="赛项"))
    act.session.flush()
    act.session.add_all([Judge(id=1, event_id=1, code="J1"), Work(id=1, event_id=1, stage="f", module="m")])
    act.insert_many(Entry, ["id", "event_id", "number"], [(i, 1, str(i)) for i in range(1, 6)])


def give_scores(act: Act) -> None:
    act.session.add(Score(entry_id=3, **PLACE, units=80, history_seq=act.seq))
    columns = ["entry_id", "stage", "module", "units", "history_seq"]
    act.insert_many(Score, columns, [(5, "f", "t", 70, act.seq), (1, "f", "t", 90, act.seq)])
    act.insert_many(Score, columns, [(2, "f", "t", 60, act.seq)])


def decide(act: Act) -> None:
    act.session.add(Penalty(id=1, entry_id=1, units=5, reason="超时"))
    act.session.add(Penalty(id=2, entry_id=2, units=5, reason="误记"))
    act.session.add(Ruling(id=1, event_id=1, kind="lot", entries=["1", "2"], more={"a": 1}))
    act.session.add(Sheet(id=1, work_id=1, judge_id=1, state="entered", entered_by="甲"))
    act.session.get_one(Entry, 4).status = "withdrawn"
    act.session.add(
        Certificate(
            id=1, serial="C-1", competition_id=1, layout="honour", content={"award": "一等奖"},
            result_digest="d", issued_on="2025-01-01",
        )
    )  # fmt: skip


def change(act: Act) -> None:
    act.session.get_one(Penalty, 1).withdrawn = "申诉成立"
    act.session.delete(act.session.get_one(Penalty, 2))
    act.session.get_one(Certificate, 1).state = "printed"
    act.session.add(Score(entry_id=3, **PLACE, version=2, units=85, reason="看错", history_seq=act.seq))


@pytest.fixture
def raw(
    workspace: Workspace, organiser: Actor, monkeypatch: pytest.MonkeyPatch
) -> Iterator[sqlite3.Connection]:
    """A store with facts by each way, its triggers taken off: the hand of a forger."""
    steps: tuple[Any, ...] = (make_event, give_scores, decide, change)
    mine = {access.name_of(step): frozenset({Role.ORGANISER}) for step in steps}
    monkeypatch.setattr(access, "RIGHTS", {**access.RIGHTS, **mine})
    for step in steps:
        workspace.do(organiser, step)
    assert upkeep.check(workspace.path).problems == ()
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield connection


@pytest.mark.parametrize(
    ("forgery", "found"),
    [
        ("UPDATE scores SET units = 99 WHERE entry_id = 1", Break(2, "record")),
        ("UPDATE scores SET reason = 'x' WHERE entry_id = 1", Break(2, "record")),
        ("UPDATE scores SET units = 99 WHERE entry_id = 3 AND version = 1", Break(2, "record")),
        ("UPDATE scores SET units = 99 WHERE entry_id = 3 AND version = 2", Break(4, "record")),
        ("DELETE FROM scores WHERE entry_id = 3 AND version = 2", Break(4, "record")),
        ("DELETE FROM scores WHERE entry_id = 2", Break(2, "record")),
        ("INSERT INTO scores VALUES (2, 'f', 't', 1, 2, 99, 0, NULL, 2)", Break(2, "record")),
        ("INSERT INTO scores VALUES (2, 'f', 't', 1, 2, 99, 0, NULL, 4)", Break(0, "untold")),
        ("INSERT INTO scores VALUES (4, 'f', 't', 1, 1, 99, 0, NULL, NULL)", Break(0, "untold")),
        ("UPDATE penalties SET units = 1", Break(3, "record")),
        ("UPDATE penalties SET withdrawn = NULL", Break(4, "record")),
        ("UPDATE penalties SET module = 't'", Break(3, "record")),
        ("UPDATE penalties SET id = 2", Break(4, "record")),
        ("""UPDATE rulings SET entries = '["2", "1"]'""", Break(3, "record")),
        ("UPDATE rulings SET withdrawn = 'x'", Break(3, "record")),
        ("UPDATE sheets SET state = 'signed'", Break(3, "record")),
        ("UPDATE entries SET status = 'ranked' WHERE id = 4", Break(3, "record")),
        ("UPDATE certificates SET state = 'voided'", Break(4, "record")),
        ("""UPDATE certificates SET content = '{"award": "特等奖"}'""", Break(3, "record")),
        ("DELETE FROM certificates", Break(4, "record")),
        ("DELETE FROM entries WHERE id = 5", Break(0, "untold")),
    ],
)
def test_what_was_changed_afterwards_is_named_by_its_operation(
    raw: sqlite3.Connection, workspace: Workspace, forgery: str, found: Break
) -> None:
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute(forgery)
    assert facts_check.first_break(raw) == found
    assert not upkeep.check(workspace.path).sound


def test_an_erased_value_is_no_break(raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE personal_values SET value = NULL, salt = NULL")
    raw.execute("UPDATE certificates SET content = '{}'")
    assert facts_check.first_break(raw) is None
