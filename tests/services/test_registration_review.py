"""Registrations reviewed by a person: corrected, passed, handed back, refused, and taken back."""

import pytest
from registration_desk import Desk, desk, form, set_up

from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from competition_app.services.judging import undoing
from competition_app.services.registration import organisations
from competition_app.services.registration import registration_review as review
from competition_app.services.registration import registration_rows as lists
from competition_app.store.models import Contestant, Entry, Membership, Organisation, Person

__all__ = ["desk", "set_up"]


def bad_number(desk: Desk) -> lists.RegistrationRow:
    desk.take(form("fullwidth"))
    return next(row for row in desk.rows() if row.name == "黄志强")


def test_a_row_to_be_looked_at(desk: Desk) -> None:
    row = bad_number(desk)
    assert (row.state, row.bad, row.id_number, row.phone) == (
        "problem",
        ("id_number",),
        "2199****6251",
        "130****4914",
    )
    assert "219900197207156251" in row.search
    detail = desk.detail(row.id)
    assert detail.id_number == "219900197207156251"
    assert [problem.code for problem in detail.problems] == ["id_check_digit"]
    assert "校验位不对" in words("zh").say(detail.problems[0])
    assert not detail.may_pass


def test_correcting_the_number_clears_the_row(desk: Desk) -> None:
    row = bad_number(desk)
    with pytest.raises(Refusal, match="last digit"):
        desk.workspace.do(desk.actor, review.correct, row.id, "id_number", "219900197207156252")
    mended = desk.workspace.do(desk.actor, review.correct, row.id, "id_number", "219900197207156255")
    assert (mended.before, mended.problems_left) == ("219900197207156251", 0)
    detail = desk.detail(row.id)
    assert (detail.row.state, detail.id_number, detail.birth_date) == (
        "waiting",
        "219900197207156255",
        "1972-07-15",
    )
    assert detail.age == 53


def test_another_column_is_corrected_by_its_head(desk: Desk) -> None:
    one = ["张三", "女", "219900197510233145", "13812345678", "甲厂", "人工智能训练师", "", "三级"]
    desk.take(desk.file(one))
    (row,) = desk.rows()
    assert (row.state, row.bad) == ("problem", ("现技能等级",))
    near = str(desk.detail(row.id).problems[0].more["near"])
    mended = desk.workspace.do(desk.actor, review.correct, row.id, "现技能等级", near)
    assert mended.before == "三级"
    assert (desk.rows()[0].state, desk.rows()[0].level) == ("waiting", "高级工")


def test_a_unit_is_corrected_to_another(desk: Desk) -> None:
    desk.take(form("gbk"))
    key = desk.rows()[0].id
    desk.workspace.do(desk.actor, review.correct, key, "organisation", "乙厂")
    assert desk.rows()[0].organisation == "乙厂"
    assert desk.rows()[1].organisation == "浑北建筑工程有限公司"
    desk.workspace.do(desk.actor, review.correct, key, "name", "陈 桂")
    assert desk.rows()[0].name == "陈桂"
    with pytest.raises(Refusal, match="not changed here"):
        desk.workspace.do(desk.actor, review.correct, key, "event", "E1")


def test_a_number_of_somebody_registered_is_refused_on_correcting(desk: Desk) -> None:
    row = bad_number(desk)
    other = next(found for found in desk.rows() if found.name == "卢艳")
    with pytest.raises(Refusal, match="another name"):
        desk.workspace.do(desk.actor, review.correct, row.id, "id_number", desk.detail(other.id).id_number)
    assert desk.detail(row.id).row.state == "problem"


def test_correcting_to_a_known_person_joins_the_two(desk: Desk) -> None:
    good = ["张三", "女", "219900197510233145", "13812345678", "甲厂"]
    desk.take(desk.file([*good, "人工智能训练师"]))
    desk.take(desk.file([*good[:2], "219900197510233146", *good[3:], "数据安全管理员"], name="b.xlsx"))
    assert desk.count(Person) == 2
    second = desk.rows()[1]
    desk.workspace.do(desk.actor, review.correct, second.id, "id_number", "219900197510233145")
    assert desk.count(Person) == desk.count(Contestant) == 1
    assert [row.state for row in desk.rows()] == ["waiting", "waiting"]
    assert desk.count(Membership) == 2


def test_a_returned_row_comes_back_mended(desk: Desk) -> None:
    one = ["张三", "女", "219900197510233145", "13812345678", "甲厂", "人工智能训练师"]
    desk.take(desk.file(one))
    key = desk.rows()[0].id
    desk.workspace.do(desk.actor, review.hand_back, [key], "电话打不通")
    assert (desk.rows()[0].state, desk.rows()[0].reason) == ("returned", "电话打不通")
    desk.take(desk.file([*one[:3], "13912345678", *one[4:]], name="b.xlsx"))
    (row,) = desk.rows()
    assert (row.id, row.state, row.file) == (key, "waiting", "b.xlsx")
    assert desk.detail(key).phone == "13912345678"


def test_a_row_without_a_trusted_number_is_taken_up_again(desk: Desk) -> None:
    one = ["张三", "女", "219900197510233146", "13812345678", "甲厂", "人工智能训练师"]
    desk.take(desk.file(one))
    key = desk.rows()[0].id
    report = desk.take(desk.file([*one[:2], "219900197510233145", *one[3:]], name="b.xlsx"))
    assert report.accepted == 1
    (row,) = desk.rows()
    assert (row.id, row.state, row.id_number) == (key, "waiting", "2199****3145")


def test_passing_waits_for_open_problems(desk: Desk) -> None:
    row = bad_number(desk)
    good = next(found for found in desk.rows() if found.name == "卢艳")
    with pytest.raises(Refusal, match="黄志强"):
        desk.workspace.do(desk.actor, review.pass_registrations, [good.id, row.id])
    assert next(found for found in desk.rows() if found.id == good.id).state == "waiting"
    desk.workspace.do(desk.actor, review.settle, row.id, "id_check_digit", "已核对证件原件")
    detail = desk.detail(row.id)
    assert detail.may_pass
    assert detail.settled[0].more["settled"] == "已核对证件原件"
    _, seq = desk.workspace.numbered(desk.actor, review.pass_registrations, [good.id, row.id])
    assert [found.state for found in desk.rows() if found.state == "passed"] == ["passed"] * 2
    desk.workspace.do(desk.actor, undoing.take_back, seq, "撤销")
    assert {found.state for found in desk.rows() if found.id in (good.id, row.id)} == {"waiting"}


def test_a_refused_entry_is_withdrawn_until_taken_back(desk: Desk) -> None:
    desk.take(form("gbk"))
    key = desk.rows()[0].id
    _, seq = desk.workspace.numbered(desk.actor, review.refuse, [key], "非本单位职工")
    statuses = desk.workspace.ask(
        lambda session: [entry.status for entry in session.query(Entry).order_by(Entry.id)]
    )
    assert statuses == ["withdrawn", *["ranked"] * 5]
    desk.workspace.do(desk.actor, undoing.take_back, seq, "撤销")
    assert desk.workspace.ask(lambda session: {entry.status for entry in session.query(Entry)}) == {"ranked"}


def test_a_reason_is_needed(desk: Desk) -> None:
    desk.take(form("gbk"))
    for deed in (review.hand_back, review.refuse):
        with pytest.raises(Refusal, match="reason"):
            desk.workspace.do(desk.actor, deed, [desk.rows()[0].id], " ")


def test_near_equal_units_are_joined_by_a_person_only(desk: Desk) -> None:
    one = ["张三", "女", "219900197510233145", "13812345678", "沈东燃气安装有限公司", "人工智能训练师"]
    other = ["李四", "男", "219900197108113698", "13812345679", "沈东然气安装有限公司", "人工智能训练师"]
    desk.take(desk.file(one), desk.file(other, name="b.xlsx"))
    assert desk.count(Organisation) == 2
    assert [row.state for row in desk.rows()] == ["waiting", "problem"]
    units = {row.name: row for row in desk.workspace.ask(organisations.organisations, desk.competition)}
    moved = desk.workspace.do(desk.actor, organisations.merge_organisations,
                              units["沈东然气安装有限公司"].id, units["沈东燃气安装有限公司"].id)  # fmt: skip
    assert moved.entries == 1
    assert [(row.state, row.organisation) for row in desk.rows()] == [("waiting", "沈东燃气安装有限公司")] * 2
    (left,) = desk.workspace.ask(organisations.organisations, desk.competition)
    assert (left.code, left.entries, left.contestants) == ("E001", 2, 2)


def test_units_form_a_tree(desk: Desk) -> None:
    add = organisations.add_organisation
    city = desk.workspace.do(desk.actor, add, "市总工会", kind="union")
    branch = desk.workspace.do(desk.actor, add, "城建工会", kind="union", parent_id=city)
    desk.workspace.do(desk.actor, add, "某地铁集团", parent_id=branch, competition_id=desk.competition)
    rows = desk.workspace.ask(organisations.organisations, desk.competition)
    assert [(row.name, row.depth, row.code) for row in rows] == [
        ("市总工会", 0, None), ("城建工会", 1, None), ("某地铁集团", 2, "E001"),
    ]  # fmt: skip
    with pytest.raises(Refusal, match="below itself"):
        desk.workspace.do(desk.actor, organisations.edit_organisation, city, parent_id=branch)
    with pytest.raises(Refusal, match="already there"):
        desk.workspace.do(desk.actor, add, " 市总 工会")
    with pytest.raises(Refusal, match="credit code"):
        desk.workspace.do(desk.actor, organisations.edit_organisation, branch, credit_code="123")


def test_no_personal_value_stands_in_the_history(desk: Desk) -> None:
    row = bad_number(desk)
    desk.workspace.do(desk.actor, review.correct, row.id, "id_number", "219900197207156255")
    desk.workspace.do(desk.actor, review.correct, row.id, "phone", "13912345678")
    told = desk.workspace.ask(
        lambda session: " ".join(session.connection().exec_driver_sql("SELECT change FROM history").scalars())
    )
    for value in ("黄志强", "219900197207156251", "219900197207156255", "13912345678", "13038944914"):
        assert value not in told
