"""Undo out of the history: put back, done again, refused where something was changed meanwhile."""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from contest import Contest
from registration_desk import Desk, desk, set_up

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.history import history
from competition_app.services.judging import judging, rulings, undoing
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.registration import registration_review as review
from competition_app.services.workspace import Workspace
from competition_app.store.models import Contestant, Entry, Event, Membership, Person, Registration

__all__ = ["desk", "set_up"]

ONE = ["张三", "女", "219900197510233145", "13812345678", "甲厂", "人工智能训练师"]


@pytest.fixture
def contest(workspace: Workspace, organiser: Actor) -> Contest:
    return Contest(workspace, organiser)


def back(desk: Desk | Contest, seq: int) -> int:
    return desk.workspace.numbered(desk.actor, undoing.take_back, seq, "撤销")[1]


def everything(desk: Desk) -> list[object]:
    """All that stands of people, as plain values."""

    def read(session) -> list[object]:
        return [
            sorted(
                json.dumps({c.name: getattr(row, c.name) for c in model.__table__.columns}, sort_keys=True)
                for row in session.query(model)
            )
            for model in (Person, Contestant, Entry, Membership, Registration)
        ]

    return desk.workspace.ask(read)


@pytest.mark.parametrize("deed", [
    lambda key: (review.pass_registrations, [key]),
    lambda key: (review.hand_back, [key], "电话打不通"),
    lambda key: (review.refuse, [key], "非本单位职工"),
    lambda key: (review.correct, key, "id_number", "219900197108113698"),
    lambda key: (review.correct, key, "phone", "13912345678"),
    lambda key: (review.correct, key, "name", "张珊"),
], ids=["pass", "hand back", "refuse", "number", "phone", "name"])  # fmt: skip
def test_undo_and_redo_of_a_review(desk: Desk, deed: Callable[[int], tuple[object, ...]]) -> None:
    desk.take(desk.file(ONE))
    use_case, *given = deed(desk.rows()[0].id)
    before = everything(desk)
    _, seq = desk.workspace.numbered(desk.actor, use_case, *given)
    after = everything(desk)
    assert after != before
    undone = back(desk, seq)
    assert everything(desk) == before
    again = back(desk, undone)
    assert everything(desk) == after
    back(desk, again)
    assert everything(desk) == before


def test_two_people_joined_by_a_correction_are_parted_and_joined_again(desk: Desk) -> None:
    desk.take(desk.file(ONE))
    desk.take(desk.file([*ONE[:2], "219900197510233146", *ONE[3:5], "数据安全管理员"], name="b.xlsx"))
    before = everything(desk)
    second = desk.rows()[1]
    _, seq = desk.workspace.numbered(desk.actor, review.correct, second.id, "id_number", ONE[2])
    joined = everything(desk)
    undone = back(desk, seq)
    assert everything(desk) == before
    back(desk, undone)
    assert everything(desk) == joined


def test_what_was_changed_meanwhile_is_not_undone(desk: Desk) -> None:
    desk.take(desk.file(ONE))
    key = desk.rows()[0].id
    _, seq = desk.workspace.numbered(desk.actor, review.pass_registrations, [key])
    desk.workspace.do(desk.actor, review.hand_back, [key], "电话打不通")
    with pytest.raises(Refusal, match="meanwhile"):
        back(desk, seq)
    assert desk.rows()[0].state == "returned"


def test_erased_values_are_not_put_back(desk: Desk) -> None:
    desk.take(desk.file(ONE))
    key = desk.rows()[0].id
    _, seq = desk.workspace.numbered(desk.actor, review.correct, key, "phone", "13912345678")
    person = desk.workspace.ask(lambda session: session.query(Person.id).scalar())
    desk.workspace.do(desk.actor, history.erase_person, person, "本人申请")
    with pytest.raises(Refusal, match="erased"):
        back(desk, seq)


def test_other_operations_are_not_undone_here(desk: Desk) -> None:
    desk.take(desk.file(ONE))
    with pytest.raises(Refusal, match="cannot be undone"):
        back(desk, 1)
    with pytest.raises(Refusal, match="no operation"):
        back(desk, 999)


def test_a_penalty_is_withdrawn_and_given_again_and_stays_in_the_record(contest: Contest) -> None:
    _, seq = contest.workspace.numbered(
        contest.actor, rulings.add_penalty, contest.entries[0], points=Decimal(2), reason="抢跑"
    )
    undone = back(contest, seq)
    (row,) = contest.ask(rulings.penalties, contest.event)
    assert (row.reason, row.withdrawn) == ("抢跑", "撤销")
    back(contest, undone)
    (row,) = contest.ask(rulings.penalties, contest.event)
    assert row.withdrawn is None


def test_a_decided_tie_and_a_disqualification_are_undone(contest: Contest) -> None:
    do = contest.workspace.numbered
    _, tie = do(contest.actor, rulings.decide_tie, contest.event, ["002", "001"], "用时短")
    _, struck = do(contest.actor, rulings.disqualify, contest.entries[2], "作弊")
    back(contest, struck)
    back(contest, tie)
    assert contest.ask(lambda s: {e.status for e in s.query(Entry)}) == {"ranked"}
    assert [row.withdrawn for row in contest.ask(rulings.rulings, contest.event)] == ["撤销"]


def test_a_recorded_absence_goes_again(contest: Contest) -> None:
    given = (contest.entries[0], "final", "theory")
    _, seq = contest.workspace.numbered(contest.actor, rulings.record_absence, *given)
    undone = back(contest, seq)
    back(contest, undone)
    assert contest.workspace.ask(lambda s: s.query(rulings.ModuleFact).one().absent) is True


def test_nothing_is_undone_once_the_result_is_locked(contest: Contest) -> None:
    _, seq = contest.workspace.numbered(
        contest.actor, rulings.decide_tie, contest.event, ["002", "001"], "用时短"
    )

    def lock(act) -> None:
        act.session.get(Event, contest.event).state = "locked"

    lock.__module__, lock.__name__ = competitions.__name__, "edit_event"
    contest.do(lock)
    with pytest.raises(Refusal, match="locked"):
        back(contest, seq)


def test_who_may_not_do_it_may_not_undo_it(contest: Contest, acting: Callable[[Role], Actor]) -> None:
    _, seq = contest.workspace.numbered(
        contest.actor, rulings.decide_tie, contest.event, ["002", "001"], "用时短"
    )
    with pytest.raises(Refusal, match="not for the role"):
        contest.workspace.do(acting(Role.RECORDER), undoing.take_back, seq, "撤销")
    contest.workspace.do(acting(Role.CHIEF_JUDGE), undoing.take_back, seq, "撤销")


def test_marks_go_back_together_unless_one_was_changed_meanwhile(contest: Contest) -> None:
    work = contest.ask(lambda s: s.query(judging.Work.id).order_by(judging.Work.id).all())
    places = [MarkPlace(key, 1, contest.judges[0], "P2") for (key,) in work[:2]]
    first = contest.do(judging.enter_marks, [(place, Decimal(3)) for place in places])
    assert [one.version for one in first] == [1, 1]
    gone = contest.do(judging.restore_marks, [(place, 0, 1) for place in places])
    assert [(one.before, one.version) for one in gone] == [(1, 2), (1, 2)]
    contest.do(judging.enter_mark, places[1], Decimal(2))
    with pytest.raises(Refusal, match="meanwhile"):
        contest.do(judging.restore_marks, [(place, 1, 2) for place in places])
    back_again = contest.do(judging.restore_marks, [(places[0], 1, 2)])
    assert back_again[0].version == 3
    assert contest.do(judging.restore_marks, []) == ()
