"""What the review of registrations does to entries: its own withdrawals only, and none once locked."""

import pytest
from registration_desk import Desk, desk, set_up

from competition_app.domain.errors import Refusal
from competition_app.services.competitions import competitions
from competition_app.services.judging import rulings, undoing
from competition_app.services.registration import registration_review as review
from competition_app.store.models import Entry, Event

__all__ = ["desk", "set_up"]

ONE = ["张三", "女", "219900197510233145", "13812345678", "甲厂", "人工智能训练师"]
PAIR = [
    [name, "", number, "", "甲厂", "工业互联网应用(双人赛)", "一队"]
    for name, number in (("卢艳", "219900197510233145"), ("郭勇", "219900197108113698"))
]


def entry(desk: Desk) -> tuple[int, str, str | None]:
    return desk.workspace.ask(
        lambda session: tuple(session.query(Entry.id, Entry.status, Entry.status_reason).one())
    )


def lock(desk: Desk) -> None:
    def lock(act) -> None:
        act.session.query(Event).filter(Event.code == "E2").one().state = "locked"

    lock.__module__, lock.__name__ = competitions.__name__, "edit_event"
    desk.workspace.do(desk.actor, lock)


def test_passing_leaves_a_declared_withdrawal(desk: Desk) -> None:
    desk.take(desk.file(ONE))
    key = desk.rows()[0].id
    desk.workspace.do(desk.actor, rulings.withdraw_entry, entry(desk)[0], "弃权")
    desk.workspace.do(desk.actor, review.pass_registrations, [key])
    assert entry(desk)[1:] == ("withdrawn", "弃权")
    desk.workspace.do(desk.actor, review.refuse, [key], "非本单位职工")
    desk.workspace.do(desk.actor, review.pass_registrations, [key])
    assert entry(desk)[1:] == ("withdrawn", "弃权")


def test_a_withdrawal_declared_after_the_refusal_stays(desk: Desk) -> None:
    desk.take(desk.file(ONE))
    key = desk.rows()[0].id
    desk.workspace.do(desk.actor, review.refuse, [key], "非本单位职工")
    desk.workspace.do(desk.actor, rulings.withdraw_entry, entry(desk)[0], "弃权")
    desk.workspace.do(desk.actor, review.hand_back, [key], "请补材料")
    assert entry(desk)[1:] == ("withdrawn", "弃权")


def test_the_review_takes_back_its_own_withdrawal(desk: Desk) -> None:
    desk.take(desk.file(*PAIR))
    first, second = (row.id for row in desk.rows())
    _, seq = desk.workspace.numbered(desk.actor, review.refuse, [first], "非本单位职工")
    assert entry(desk)[1] == "ranked"
    desk.workspace.do(desk.actor, review.refuse, [second], "非本单位职工")
    assert entry(desk)[1] == "withdrawn"
    _, undone = desk.workspace.numbered(desk.actor, undoing.take_back, seq, "撤销")
    assert entry(desk)[1] == "ranked"
    desk.workspace.do(desk.actor, undoing.take_back, undone, "重做")
    assert entry(desk)[1] == "withdrawn"
    desk.workspace.do(desk.actor, review.pass_registrations, [second])
    assert entry(desk)[1:] == ("ranked", None)


def test_nobody_is_refused_or_taken_again_once_the_result_is_locked(desk: Desk) -> None:
    desk.take(desk.file(ONE))
    key = desk.rows()[0].id
    _, seq = desk.workspace.numbered(desk.actor, review.refuse, [key], "非本单位职工")
    lock(desk)
    for deed, given in ((review.pass_registrations, ()), (review.hand_back, ("请补材料",))):
        with pytest.raises(Refusal, match="locked"):
            desk.workspace.do(desk.actor, deed, [key], *given)
    with pytest.raises(Refusal, match="locked"):
        desk.workspace.do(desk.actor, undoing.take_back, seq, "撤销")


def test_nobody_registers_late_for_a_locked_result_and_a_name_can_still_be_mended(desk: Desk) -> None:
    desk.take(desk.file(ONE))
    lock(desk)
    late = ["李四", "男", "219900197108113698", "13812345679", "甲厂", "人工智能训练师"]
    desk.take(desk.file(late, name="late.xlsx"))
    assert len(desk.rows()) == 1
    elsewhere = [*late[:5], "数据安全管理员"]
    desk.take(desk.file(elsewhere, name="elsewhere.xlsx"))
    assert len(desk.rows()) == 2
    key = next(row.id for row in desk.rows() if row.event == "人工智能训练师")
    desk.workspace.do(desk.actor, review.correct, key, "name", "张珊")
    assert "张珊" in [row.name for row in desk.rows()]
