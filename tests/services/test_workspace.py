"""do / ask / listen: one transaction, one row of history, the right asked, the tables told."""

import inspect
import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from competition_app.domain import chain
from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.services import access
from competition_app.services.access import Actor
from competition_app.services.workspace import Act, Workspace
from competition_app.store.models import (
    Competition,
    Contestant,
    Criterion,
    Entry,
    Event,
    Judge,
    Mark,
    MarkVersion,
    Membership,
    Organisation,
    Person,
    Work,
)

ID_NUMBER = "110101199003070011"
GAP = (
    "INSERT INTO history SELECT 9, at, staff_id, actor, role, device, program, use_case, change, previous, "
    "digest FROM history WHERE seq = 1"
)


def make_event(act: Act) -> int:
    competition = Competition(code="C", name="竞赛")
    act.session.add(competition)
    act.session.flush()
    event = Event(competition_id=competition.id, code="E", name="赛项")
    act.session.add(event)
    act.session.flush()
    judge = Judge(event_id=event.id, code="J1")
    criterion = Criterion(event_id=event.id, stage="final", module="m", code="P1")
    act.session.add_all([judge, criterion])
    act.insert_many(
        Work, ["id", "event_id", "stage", "module"], [(i, event.id, "final", "m") for i in (1, 2)]
    )
    return event.id


def give_mark(act: Act, work: int, units: int) -> None:
    key: dict[str, Any] = {"work_id": work, "attempt": 1, "criterion_id": 1, "judge_id": 1}
    act.session.add(Mark(**key, units=units))
    act.session.add(MarkVersion(**key, version=1, units=units, history_seq=act.seq))


def add_person(act: Act, name: str) -> int:
    person = Person(name=name, id_number=ID_NUMBER, phone=None)
    act.session.add(person)
    act.session.flush()
    return person.id


def rename(act: Act, person_id: int, *names: str) -> None:
    person = act.session.get_one(Person, person_id)
    for name in names:
        person.name = name
        act.session.flush()


def add_many(act: Act, n: int) -> None:
    first = act.next_id(Person)
    act.insert_many(Person, ["id", "name", "phone"], [(first + i, f"人{i}", "13800138000") for i in range(n)])


def refuse_late(act: Act) -> None:
    add_person(act, "李四")
    raise Refusal("no")


def nothing(act: Act) -> None:
    act.session.scalars(select(Person)).all()


def noted(act: Act) -> None:
    act.note(file="a.xlsx")


def core_update(act: Act) -> None:
    act.session.execute(update(Person).values(sex="男"))


def textual(act: Act) -> None:
    act.session.execute(text("DELETE FROM persons"))


@pytest.fixture(autouse=True)
def _rights(monkeypatch: pytest.MonkeyPatch) -> None:
    here = {
        name: frozenset({Role.ORGANISER}) for name, value in globals().items() if inspect.isfunction(value)
    }
    rights = {f"test_workspace.{name}": roles for name, roles in here.items()}
    monkeypatch.setattr(access, "RIGHTS", {**access.RIGHTS, **rights})


def history(workspace: Workspace) -> list[tuple[Any, ...]]:
    raw = sqlite3.connect(workspace.path)
    try:
        return raw.execute("SELECT * FROM history ORDER BY seq").fetchall()
    finally:
        raw.close()


def change(workspace: Workspace, seq: int = -1) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(history(workspace)[seq][8])
    return found


def count(session: Session) -> int:
    return len(session.scalars(select(Person)).all())


def versions(session: Session) -> tuple[int, int, list[int]]:
    event = session.scalars(select(Event)).one()
    works = session.scalars(select(Work.data_version).order_by(Work.id)).all()
    return event.data_version, event.mark_changes, list(works)


def test_an_operation_is_one_row_and_the_rows_are_chained(workspace: Workspace, organiser: Actor) -> None:
    workspace.do(organiser, make_event)
    workspace.do(organiser, add_person, "张三")
    rows = history(workspace)
    links = [chain.Link(*row) for row in rows]
    assert [link.seq for link in links] == [1, 2]
    assert links[0].previous == chain.START
    assert links[1].previous == links[0].digest
    assert all(link.digest == link.expected() for link in links)
    assert (links[1].actor, links[1].role, links[1].device) == ("组委会", "organiser", "test")
    assert links[1].use_case == "test_workspace.add_person"


def test_objects_are_recorded_old_and_new(workspace: Workspace, organiser: Actor) -> None:
    workspace.do(organiser, make_event)
    rows = change(workspace)["rows"]
    assert [row["table"] for row in rows] == ["competitions", "events", "judges", "criteria"]
    assert rows[0]["key"] == [1]
    assert rows[0]["new"]["name"] == "竞赛"


def test_personal_values_stand_only_as_salted_digests(workspace: Workspace, organiser: Actor) -> None:
    workspace.do(organiser, add_person, "张三")
    text_ = history(workspace)[0][8]
    assert "张三" not in text_
    assert ID_NUMBER not in text_
    told = json.loads(text_)["rows"][0]["new"]["id_number"]
    raw = sqlite3.connect(workspace.path)
    person, salt, value, digest = raw.execute(
        "SELECT person_id, salt, value, digest FROM personal_values WHERE seq = 1 AND item = ?",
        (told["personal"],),
    ).fetchone()
    raw.close()
    assert (person, json.loads(value)) == (1, ID_NUMBER)
    assert digest == told["sha256"] == chain.salted(salt, value)
    assert digest != chain.sha256(value)


def test_a_value_changed_twice_is_told_first_to_last(workspace: Workspace, organiser: Actor) -> None:
    key = workspace.do(organiser, add_person, "张三")
    workspace.do(organiser, rename, key, "张四", "张五")
    (row,) = change(workspace)["rows"]
    assert set(row["old"]) == set(row["new"]) == {"name"}
    workspace.do(organiser, rename, key, "张六", "张五")
    assert len(history(workspace)) == 2, "a value that ends as it began was not changed"


def test_many_rows_are_told_as_number_and_digest(workspace: Workspace, organiser: Actor) -> None:
    workspace.do(organiser, add_many, 3)
    (told,) = change(workspace)["bulk"]
    assert told["count"] == 3
    assert told["personal"]["items"] == [1, 3]
    assert "id_kind" in told["columns"], "defaults of the model are filled in"
    assert workspace.ask(count) == 3
    raw = sqlite3.connect(workspace.path)
    digests = [row[0] for row in raw.execute("SELECT digest FROM personal_values ORDER BY item")]
    owners = [row[0] for row in raw.execute("SELECT person_id FROM personal_values ORDER BY item")]
    raw.close()
    assert chain.sha256("".join(digests)) == told["personal"]["sha256"]
    assert owners == [1, 2, 3]


def test_a_refusal_undoes_all(workspace: Workspace, organiser: Actor) -> None:
    with pytest.raises(Refusal):
        workspace.do(organiser, refuse_late)
    assert workspace.ask(count) == 0
    assert history(workspace) == []
    workspace.do(organiser, add_person, "张三")
    assert [row[0] for row in history(workspace)] == [1]


def test_nothing_done_is_no_row_but_a_note_is(workspace: Workspace, organiser: Actor) -> None:
    heard: list[frozenset[str]] = []
    workspace.listen(heard.append)
    workspace.do(organiser, nothing)
    assert (history(workspace), heard) == ([], [])
    workspace.do(organiser, noted)
    assert change(workspace) == {"notes": {"file": "a.xlsx"}}


@pytest.mark.parametrize("use_case", [core_update, textual])
def test_statements_that_would_pass_the_history_by_are_refused(
    workspace: Workspace, organiser: Actor, use_case: Any
) -> None:
    with pytest.raises(TypeError):
        workspace.do(organiser, use_case)


def test_listeners_hear_the_tables_after_the_commit(workspace: Workspace, organiser: Actor) -> None:
    seen: list[tuple[frozenset[str], int]] = []
    stop = workspace.listen(lambda tables: seen.append((tables, workspace.ask(count))))
    workspace.do(organiser, add_person, "张三")
    assert seen == [(frozenset({"persons", "history"}), 1)]
    stop()
    workspace.do(organiser, rename, 1, "李四")
    assert len(seen) == 1


@pytest.mark.logs
def test_a_failing_listener_does_not_undo_the_write(
    workspace: Workspace, organiser: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: frozenset[str]) -> None:
        raise ValueError("screen")

    workspace.listen(fail)
    assert workspace.do(organiser, add_person, "张三") == 1
    assert workspace.ask(count) == 1
    assert "A listener failed" in caplog.text


def test_marks_alone_count_up_the_event_and_stamp_their_work(workspace: Workspace, organiser: Actor) -> None:
    event = workspace.do(organiser, make_event)
    assert workspace.ask(versions) == (1, 0, [0, 0])
    workspace.do(organiser, give_mark, 2, 5)
    assert workspace.ask(versions) == (2, 1, [0, 2])
    workspace.do(organiser, _change_event, event, code="B")
    assert workspace.ask(versions) == (3, 1, [0, 2])
    workspace.do(organiser, _change_event, event, name="新名", state="locked")
    assert workspace.ask(versions) == (3, 1, [0, 2]), "neither name nor state decides a result"
    workspace.do(organiser, add_person, "张三")
    assert workspace.ask(versions) == (3, 1, [0, 2])


def test_people_and_units_an_event_knows_count_it_up(workspace: Workspace, organiser: Actor) -> None:
    event = workspace.do(organiser, make_event)
    person = workspace.do(organiser, add_person, "张三")
    before = workspace.ask(versions)[0]
    unit, contestant = workspace.do(organiser, _enter, event, person)
    assert workspace.ask(versions)[0] == before, "nobody competes in the event yet"
    workspace.do(organiser, _compete, event, contestant)
    assert workspace.ask(versions)[0] > before
    for change in (_move_unit, _age, _honour):
        known = workspace.ask(versions)[0]
        workspace.do(
            organiser, change, {"_move_unit": unit, "_age": person, "_honour": contestant}[change.__name__]
        )
        assert workspace.ask(versions)[0] == known + 1, change.__name__


def _enter(act: Act, event: int, person: int) -> tuple[int, int]:
    unit = Organisation(name="某地铁集团")
    act.session.add(unit)
    act.session.flush()
    competition = act.session.get_one(Event, event).competition_id
    contestant = Contestant(competition_id=competition, person_id=person, code="C1", organisation_id=unit.id)
    act.session.add(contestant)
    act.session.flush()
    return unit.id, contestant.id


def _compete(act: Act, event: int, contestant: int) -> None:
    entry = Entry(event_id=event, number="001")
    act.session.add(entry)
    act.session.flush()
    act.session.add(Membership(entry_id=entry.id, contestant_id=contestant))


def _move_unit(act: Act, unit: int) -> None:
    above = Organisation(name="城建交通农林工会", kind="union")
    act.session.add(above)
    act.session.flush()
    act.session.get_one(Organisation, unit).parent_id = above.id


def _age(act: Act, person: int) -> None:
    act.session.get_one(Person, person).birth_date = "1990-01-01"


def _honour(act: Act, contestant: int) -> None:
    act.session.get_one(Contestant, contestant).titles = ["全国技术能手"]


def _change_event(act: Act, event: int, /, **values: str) -> None:
    for name, value in values.items():
        setattr(act.session.get_one(Event, event), name, value)


def test_one_operation_inside_another_is_a_fault(workspace: Workspace, organiser: Actor) -> None:
    def stepping(act: Act) -> None:
        workspace.do(organiser, nothing)

    stepping.__module__, stepping.__name__ = nothing.__module__, "nothing"
    with pytest.raises(RuntimeError, match="inside another"):
        workspace.do(organiser, stepping)


def test_writes_from_many_threads_follow_one_another(workspace: Workspace, organiser: Actor) -> None:
    def work(number: int) -> None:
        for i in range(10):
            workspace.do(organiser, noted_as, number * 100 + i)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = [chain.Link(*row) for row in history(workspace)]
    assert chain.first_break(rows)[0] is None
    assert len(rows) == 40


def noted_as(act: Act, number: int) -> None:
    act.note(number=number)


def reads_a_missing_file(act: Act) -> None:
    Path("/nowhere/at all").read_bytes()


def test_trouble_with_another_file_is_not_said_of_the_store(workspace: Workspace, organiser: Actor) -> None:
    with pytest.raises(FileNotFoundError):
        workspace.do(organiser, reads_a_missing_file)


def test_an_ask_cannot_write(workspace: Workspace) -> None:
    def sneaking(session: Session) -> None:
        session.add(Person(name="张三"))
        session.flush()

    with pytest.raises(Refusal):
        workspace.ask(sneaking)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET actor = 'x'",
        "DELETE FROM history",
        "INSERT OR REPLACE INTO history SELECT * FROM history",
        GAP,
        "UPDATE mark_versions SET units = 1",
        "DELETE FROM mark_versions",
        "INSERT OR REPLACE INTO mark_versions SELECT * FROM mark_versions",
        "UPDATE OR REPLACE mark_versions SET version = 2",
        "UPDATE scores SET units = 1",
        "DELETE FROM scores",
        "INSERT OR REPLACE INTO scores SELECT * FROM scores",
    ],
)
def test_history_and_marks_are_kept_by_the_store_itself(
    workspace: Workspace, organiser: Actor, statement: str
) -> None:
    workspace.do(organiser, make_event)
    workspace.do(organiser, give_mark, 1, 5)
    raw = sqlite3.connect(workspace.path)
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("INSERT INTO scores VALUES (1, 'final', 'm', 1, 1, 5, 0, NULL, 1)")
    raw.commit()
    with pytest.raises(sqlite3.IntegrityError, match=r"kept for ever|follow one another"):
        raw.execute(statement)
    raw.close()
