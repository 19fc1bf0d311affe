"""People, roles and passphrases: who may act, and how guesses are slowed down."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.services import staff
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.workspace import Workspace
from competition_app.store.models import History

PHRASE = "工会竞赛今天开始"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed(store_path: Path, clock: Clock) -> Iterator[Workspace]:
    opened = Workspace(store_path, clock=clock)
    yield opened
    opened.close()


def test_the_lone_organiser_acts_until_there_are_people(workspace: Workspace, organiser: Actor) -> None:
    assert workspace.ask(staff.lone_organiser, "组委会") is not None
    workspace.do(organiser, staff.add, "王主任", Role.ORGANISER, PHRASE)
    assert workspace.ask(staff.lone_organiser, "组委会") is None
    with pytest.raises(Refusal, match="Nobody is signed in"):
        workspace.do(organiser, staff.add, "李四", Role.RECORDER, PHRASE)


def test_nobody_else_acts_without_being_known(workspace: Workspace) -> None:
    with pytest.raises(Refusal, match="no member of staff"):
        workspace.do(Actor("李四", Role.JUDGE, "test"), staff.add, "x", Role.ORGANISER, PHRASE)


def test_a_person_signs_in_and_acts_in_their_role_only(workspace: Workspace, organiser: Actor) -> None:
    workspace.do(organiser, staff.add, "王主任", Role.ORGANISER, PHRASE)
    boss = staff.sign_in(workspace, 1, PHRASE, "台式机")
    assert boss == Actor("王主任", Role.ORGANISER, "台式机", 1)
    key = workspace.do(boss, staff.add, "李四", Role.RECORDER, PHRASE)
    recorder = staff.sign_in(workspace, key, PHRASE)
    with pytest.raises(Refusal, match="not for the role"):
        workspace.do(recorder, staff.add, "赵六", Role.RECORDER, PHRASE)
    forged = Actor("李四", Role.ORGANISER, "x", key)
    with pytest.raises(Refusal, match="no longer acts"):
        workspace.do(forged, staff.add, "赵六", Role.RECORDER, PHRASE)


def test_who_was_put_out_acts_no_more(workspace: Workspace, acting: Callable[[Role], Actor]) -> None:
    boss, recorder = acting(Role.ORGANISER), acting(Role.RECORDER)
    assert recorder.staff_id is not None
    workspace.do(boss, staff.change, recorder.staff_id, active=False)
    with pytest.raises(Refusal, match="no longer acts"):
        workspace.do(recorder, staff.signed_in)
    with pytest.raises(Refusal, match="acts no more"):
        staff.sign_in(workspace, recorder.staff_id, PHRASE)


def test_the_first_is_an_organiser_and_one_remains(workspace: Workspace, organiser: Actor) -> None:
    with pytest.raises(Refusal, match="must be an organiser"):
        workspace.do(organiser, staff.add, "李四", Role.RECORDER, PHRASE)
    key = workspace.do(organiser, staff.add, "王主任", Role.ORGANISER, PHRASE)
    boss = staff.sign_in(workspace, key, PHRASE)
    for attempt in ({"role": Role.JUDGE}, {"active": False}):
        with pytest.raises(Refusal, match="last organiser"):
            workspace.do(boss, staff.change, key, **attempt)  # type: ignore[arg-type]


def test_wrong_passphrases_are_slowed_down_and_the_right_one_frees(
    timed: Workspace, clock: Clock, organiser: Actor
) -> None:
    timed.do(organiser, staff.add, "王主任", Role.ORGANISER, PHRASE)
    for _ in range(2):
        with pytest.raises(Refusal, match="not the passphrase"):
            staff.sign_in(timed, 1, "不对的口令不对的口令")
    with pytest.raises(Refusal, match="Wait 5 second"):
        staff.sign_in(timed, 1, "不对的口令不对的口令")
    with pytest.raises(Refusal, match="Wait 5 second"):
        staff.sign_in(timed, 1, PHRASE)
    clock.now += timedelta(seconds=6)
    assert staff.sign_in(timed, 1, PHRASE).name == "王主任"
    with pytest.raises(Refusal, match="not the passphrase"):
        staff.sign_in(timed, 1, "不对的口令不对的口令")
    done = timed.ask(lambda session: session.scalars(select(History.use_case)).all())
    assert done.count("staff.guessed_wrong") == 4
    assert done.count("staff.signed_in") == 1


def test_a_passphrase_is_never_in_history_or_file(workspace: Workspace, organiser: Actor) -> None:
    workspace.do(organiser, staff.add, "王主任", Role.ORGANISER, PHRASE)
    with pytest.raises(Refusal):
        staff.sign_in(workspace, 1, "另一个口令另一个口令")
    workspace.fold()
    stored = workspace.path.read_bytes()
    assert PHRASE.encode() not in stored
    assert "另一个口令".encode() not in stored
    assert b"$argon2id$" in stored


@pytest.mark.parametrize("phrase", ["", "1234567", "        "])
def test_a_short_passphrase_is_refused(workspace: Workspace, organiser: Actor, phrase: str) -> None:
    with pytest.raises(Refusal, match="too short"):
        workspace.do(organiser, staff.add, "王主任", Role.ORGANISER, phrase)


def test_two_people_have_two_names(workspace: Workspace, organiser: Actor) -> None:
    workspace.do(organiser, staff.add, "王 主任", Role.ORGANISER, PHRASE)
    boss = staff.sign_in(workspace, 1, PHRASE)
    with pytest.raises(Refusal, match="there already"):
        workspace.do(boss, staff.add, " 王  主任 ", Role.JUDGE, PHRASE)


def test_each_role_named_in_the_rights_can_act(workspace: Workspace, acting: Callable[[Role], Actor]) -> None:
    boss = acting(Role.ORGANISER)
    assert workspace.do(boss, competitions.create_competition, "C1", "竞赛") == 1
