"""The history: read, resolved, held together, and one person erased from it."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from competition_app.domain import chain
from competition_app.domain.access import Role
from competition_app.domain.chain import Break
from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from competition_app.services import access
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.history import history, history_told
from competition_app.services.workspace import Act, Workspace
from competition_app.store import integrity
from competition_app.store.models import Contestant, Person

ID_NUMBER = "110101199003070011"
PHONE = "13800138000"


def register(act: Act, name: str) -> int:
    person = Person(name=name, id_number=ID_NUMBER, phone=PHONE)
    act.session.add(person)
    act.session.flush()
    act.session.add(Contestant(competition_id=1, person_id=person.id, code="C1", fields={"住址": "某路一号"}))
    return person.id


def register_many(act: Act, names: list[str]) -> None:
    act.insert_many(
        Person, ["id", "name", "id_number"], [(i, name, str(i)) for i, name in enumerate(names, 1)]
    )
    act.insert_many(
        Contestant,
        ["id", "competition_id", "person_id", "code", "fields"],
        [(i, 1, i, f"C{i}", {"住址": f"{name}家"}) for i, name in enumerate(names, 1)],
    )


@pytest.fixture(autouse=True)
def _rights(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = {f"test_history.{name}": frozenset({Role.ORGANISER}) for name in ("register", "register_many")}
    monkeypatch.setattr(access, "RIGHTS", {**access.RIGHTS, **mine})


@pytest.fixture
def raw(workspace: Workspace, organiser: Actor) -> Iterator[sqlite3.Connection]:
    """A bare connection to a store with three operations, its triggers taken off: the hand of a forger."""
    workspace.do(organiser, competitions.create_competition, "C", "竞赛")
    workspace.do(organiser, register, "张三")
    workspace.do(organiser, competitions.create_competition, "D", "竞赛二")
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        assert integrity.first_break(connection) is None
        yield connection


@pytest.mark.parametrize(
    ("forgery", "found"),
    [
        ("UPDATE history SET actor = 'x' WHERE seq = 2", Break(2, "changed")),
        ("UPDATE history SET change = replace(change, '竞赛', '竟赛') WHERE seq = 1", Break(1, "changed")),
        ("DELETE FROM history WHERE seq = 2", Break(2, "missing")),
        ("DELETE FROM history WHERE seq = 1", Break(1, "missing")),
        ("DELETE FROM history WHERE seq = 3", Break(3, "cut")),
        ("DELETE FROM history", Break(1, "cut")),
        ("UPDATE personal_values SET value = '\"李四\"' WHERE item = 1", Break(2, "personal")),
        ("DELETE FROM personal_values WHERE item = 1", Break(2, "personal")),
    ],
)
def test_the_first_row_that_does_not_fit_is_named(
    raw: sqlite3.Connection, forgery: str, found: Break
) -> None:
    raw.execute(forgery)
    assert integrity.first_break(raw) == found


def test_a_row_forged_with_its_own_digest_is_found_by_the_next(raw: sqlite3.Connection) -> None:
    row = raw.execute("SELECT * FROM history WHERE seq = 2").fetchone()
    forged = chain.Link(*row[:3], "x", *row[4:10])
    raw.execute("UPDATE history SET actor = 'x', digest = ? WHERE seq = 2", (forged.expected(),))
    assert integrity.first_break(raw) == Break(3, "unlinked")


def told(workspace: Workspace, seq: int) -> dict[str, str | None]:
    """What an operation left in the store, by the labels of the page."""
    return {line.label: line.new for line in workspace.ask(history_told.told, seq, words("zh")).lines}


def test_details_look_personal_values_up(workspace: Workspace, raw: sqlite3.Connection) -> None:
    assert told(workspace, 2)["姓名"] == "张三"
    with pytest.raises(Refusal, match="no operation 9"):
        told(workspace, 9)


def everything(path: Path) -> bytes:
    """Every byte of the store and of what SQLite keeps beside it."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


def test_an_erased_person_is_gone_from_the_file_and_the_chain_holds(
    workspace: Workspace, organiser: Actor
) -> None:
    workspace.do(organiser, competitions.create_competition, "C", "竞赛")
    person = workspace.do(organiser, register, "张三丰")
    assert ID_NUMBER.encode() in everything(workspace.path)
    workspace.do(organiser, history.erase_person, person, "本人要求")
    left = everything(workspace.path)
    for value in (ID_NUMBER, PHONE, "张三丰", "某路一号"):
        assert value.encode() not in left, value
        assert json.dumps(value)[1:-1].encode() not in left, value
    with closing(sqlite3.connect(workspace.path)) as connection:
        assert integrity.first_break(connection) is None
    assert told(workspace, 2)["姓名"] == "已清除"


def test_one_of_many_is_erased_alone(workspace: Workspace, organiser: Actor) -> None:
    workspace.do(organiser, competitions.create_competition, "C", "竞赛")
    workspace.do(organiser, register_many, ["赵一一", "钱二二", "孙三三"])
    workspace.do(organiser, history.erase_person, 2, "本人要求")
    left = everything(workspace.path).decode("utf-8", "ignore")
    assert "钱二二" not in left
    assert "赵一一家" in left
    with closing(sqlite3.connect(workspace.path)) as connection:
        assert integrity.first_break(connection) is None
        kept = connection.execute("SELECT count(*) FROM personal_values WHERE value IS NOT NULL").fetchone()
    assert kept == (4,)


def test_erasing_needs_a_reason_and_a_person(workspace: Workspace, organiser: Actor) -> None:
    with pytest.raises(Refusal, match="needs a reason"):
        workspace.do(organiser, history.erase_person, 1, " ")
    with pytest.raises(Refusal, match="not in the store"):
        workspace.do(organiser, history.erase_person, 1, "x")
