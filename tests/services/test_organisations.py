"""单位: the tree with its counts, lists of units, joining two and parting them, what may not go."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from contest import Contest
from registration_desk import TRADES, Desk, desk, set_up
from stdnum.cn.uscc import calc_check_digit

from competition_app.domain.errors import Refusal
from competition_app.domain.scoring.typed_lists import unit_lines
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.judging import rulings
from competition_app.services.registration import (
    organisation_lists,
    organisation_tree,
    organisations,
    registration_review,
)
from competition_app.services.registration.organisation_tree import OrganisationTree, TreeUnit
from competition_app.services.workspace import Workspace
from competition_app.store.models import Contestant, EntryOrganisation, Event, JudgePerson, Table

__all__ = ["desk", "set_up"]

ADD = organisations.add_organisation


def credit_code(n: int) -> str:
    body = f"9121000067890{n:04d}"
    return body + str(calc_check_digit(body))


def do(desk: Desk, use_case: Any, *given: Any, **more: Any) -> Any:
    return desk.workspace.do(desk.actor, use_case, *given, **more)


def tree(desk: Desk) -> OrganisationTree:
    return desk.workspace.ask(organisation_tree.organisation_tree, desk.competition)


def units(desk: Desk) -> dict[str, TreeUnit]:
    return {unit.name: unit for unit in tree(desk).units}


def person(n: int, unit: str, event: str = TRADES[0]) -> list[Any]:
    numbers = ["219900197510233145", "219900197108113698", "219900199001010011"]
    return [f"张{chr(0x4E09 + n)}", "女" if n == 0 else "男", numbers[n], f"1381234567{n}", unit, event]


def test_counts_roll_up_along_the_tree(desk: Desk) -> None:
    city = do(desk, ADD, "市总工会", kind="union")
    branch = do(desk, ADD, "城建工会", kind="union", parent_id=city)
    for name in ("沈东地铁运营有限公司", "沈东燃气集团有限公司"):
        do(desk, ADD, name, parent_id=branch, competition_id=desk.competition)
    desk.take(desk.file(person(0, "沈东地铁运营有限公司"), person(1, "沈东地铁运营有限公司")))
    do(desk, registration_review.pass_registrations, [desk.rows()[0].id])
    found = units(desk)
    assert [unit.depth for unit in tree(desk).units] == [0, 1, 2, 2]
    metro = found["沈东地铁运营有限公司"]
    assert (metro.own.registered, metro.own.passed, metro.own.entries) == (2, 1, 2)
    for name in ("市总工会", "城建工会"):
        whole = found[name].whole
        assert (whole.units, whole.sent, whole.registered, whole.passed, whole.entries) == (2, 1, 2, 1, 2)
        assert found[name].own.registered == 0
    assert tree(desk).whole == found["市总工会"].whole


def test_those_confirmed_for_the_last_stage_are_finalists(desk: Desk) -> None:
    stages = [
        {"code": code, "name": code, "modules": [{"code": "t", "kind": "direct", "full": 100, "weight": 1}]}
        for code in ("prelim", "final")
    ]
    stages[0]["advance"] = {"count": 1}
    event = do(desk, competitions.create_event, desk.competition, code="TWO", name="两阶段赛",
               plan=json.dumps({"stages": stages}))  # fmt: skip
    desk.take(desk.file(person(0, "甲公司", "两阶段赛"), person(1, "甲公司", "两阶段赛")))
    assert units(desk)["甲公司"].own.finalists == 0
    first = desk.rows()[0].number
    do(desk, rulings.confirm_advanced, event, "final", [first])
    assert (units(desk)["甲公司"].own.entries, units(desk)["甲公司"].own.finalists) == (2, 1)


def test_near_equal_names_are_flagged_until_a_person_tells_them_apart(desk: Desk) -> None:
    one, other = do(desk, ADD, "沈东燃气安装有限公司"), do(desk, ADD, "沈东然气安装有限公司")
    do(desk, ADD, "沈东燃气安装有限公司工会", kind="union")
    found = units(desk)
    assert found["沈东燃气安装有限公司"].near == other
    assert found["沈东然气安装有限公司"].near == one
    assert found["沈东燃气安装有限公司工会"].near is None
    do(desk, organisations.tell_apart, other, one)
    assert all(unit.near is None for unit in tree(desk).units)
    do(desk, organisations.tell_apart, one, other, apart=False)
    assert units(desk)["沈东燃气安装有限公司"].near == other


def test_a_join_is_taken_back_whole(desk: Desk) -> None:
    top = do(desk, ADD, "城建工会", kind="union")
    desk.take(desk.file(person(0, "沈东燃气安装有限公司")),
              desk.file(person(1, "沈东然气安装有限公司"), name="b.xlsx"))  # fmt: skip
    gone, kept = units(desk)["沈东然气安装有限公司"].id, units(desk)["沈东燃气安装有限公司"].id
    do(desk, organisations.edit_organisation, gone, parent_id=top, contact="李四", credit_code=credit_code(1))
    shop = do(desk, ADD, "一车间", kind="workshop", parent_id=gone)
    before, rows = tree(desk), desk.rows()
    size = desk.workspace.ask(organisations.hanging, gone)
    assert (size.entries, size.contestants, size.judges, size.below) == (1, 1, 0, 1)
    merged = do(desk, organisations.merge_organisations, gone, kept)
    joined = units(desk)["沈东燃气安装有限公司"]
    assert (joined.contact, joined.credit_code, joined.whole.entries) == ("李四", credit_code(1), 2)
    assert [row.state for row in desk.rows()] == ["waiting", "waiting"]
    assert {unit.id for unit in tree(desk).units if unit.parent_id == kept} == {shop}
    do(desk, organisations.part_organisations, merged)
    assert tree(desk) == before
    assert desk.rows() == rows


def test_a_parent_joined_into_its_grandchild_leaves_no_circle(desk: Desk) -> None:
    top = do(desk, ADD, "甲集团公司")
    middle = do(desk, ADD, "乙公司", parent_id=top)
    low = do(desk, ADD, "丙公司", parent_id=middle)
    before = tree(desk)
    merged = do(desk, organisations.merge_organisations, top, low)
    assert {unit.name: unit.depth for unit in tree(desk).units} == {"丙公司": 0, "乙公司": 1}
    do(desk, organisations.part_organisations, merged)
    assert tree(desk) == before


def test_a_join_is_not_taken_back_over_a_new_unit_of_the_name(desk: Desk) -> None:
    one, other = do(desk, ADD, "甲公司"), do(desk, ADD, "乙公司")
    merged = do(desk, organisations.merge_organisations, one, other)
    do(desk, ADD, "甲公司")
    with pytest.raises(Refusal, match="taken back"):
        do(desk, organisations.part_organisations, merged)


def test_a_unit_goes_only_while_nothing_hangs_on_it(desk: Desk) -> None:
    desk.take(desk.file(person(0, "甲公司")))
    with pytest.raises(Refusal, match="hang on"):
        do(desk, organisations.remove_organisation, units(desk)["甲公司"].id)
    empty = do(desk, ADD, "乙公司", competition_id=desk.competition)
    do(desk, organisations.remove_organisation, empty)
    assert set(units(desk)) == {"甲公司"}


def test_taking_part_is_chosen_and_kept_while_people_are_there(desk: Desk) -> None:
    unit = do(desk, ADD, "乙公司")
    assert units(desk)["乙公司"].code is None
    do(desk, organisations.invite, desk.competition, [unit])
    assert tree(desk).whole.units == 1
    do(desk, organisations.uninvite, desk.competition, unit)
    assert tree(desk).whole.units == 0
    desk.take(desk.file(person(0, "乙公司")))
    with pytest.raises(Refusal, match="has people"):
        do(desk, organisations.uninvite, desk.competition, unit)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda c, unit: EntryOrganisation(entry_id=c.entries[0], organisation_id=unit), "has people"),
        (lambda c, unit: Contestant(competition_id=c.competition, person_id=1, code="C99", employer_id=unit),
         "has people"),
        (lambda c, unit: JudgePerson(judge_id=c.judges[0], name="裁判", organisation_id=unit), "Judges of"),
    ],
)  # fmt: skip
def test_a_unit_named_by_joint_entries_employers_or_judges_takes_part(
    workspace: Workspace, organiser: Actor, make: Callable[[Contest, int], Table], said: str
) -> None:
    contest = Contest(workspace, organiser)
    unit = contest.do(ADD, "联合单位", competition_id=contest.competition)
    contest._insert([make(contest, unit)])
    with pytest.raises(Refusal, match=said):
        contest.do(organisations.uninvite, contest.competition, unit)


def test_a_unit_that_comes_or_goes_moves_the_results_below_it_only(
    workspace: Workspace, organiser: Actor
) -> None:
    """Its code may be the node a plan names; where nobody is of it or below it, nothing can change."""
    contest = Contest(workspace, organiser)

    def version() -> int:
        return contest.ask(lambda s: s.get(Event, contest.event).data_version)

    before, unit = version(), contest.do(ADD, "新单位")
    contest.do(organisations.invite, contest.competition, [unit])
    assert version() == before
    contest.do(organisations.edit_organisation, contest.units[0], parent_id=unit)
    moved = version()
    contest.do(organisations.uninvite, contest.competition, unit)
    first = version()
    contest.do(organisations.invite, contest.competition, [unit])
    assert before < moved < first < version()


def test_a_table_of_units_is_written_and_read_back(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "单位表.xlsx"
    organisation_lists.write_units_form(path)
    with pytest.raises(Refusal, match="names no unit"):
        organisation_lists.read_units(path)


def test_a_list_of_units_fills_gaps_and_tells_what_it_left_out(desk: Desk) -> None:
    do(desk, ADD, "城建工会", kind="union")
    do(desk, ADD, "甲公司", credit_code=credit_code(1))
    lines = unit_lines(
        [
            ["单位名称", "上级单位", "统一社会信用代码", "联系人", "类型"],
            ["甲公司", "城建工会", "", "王五", ""],
            ["乙公司", "机械工会", credit_code(1), "", ""],
            ["丙公司", "", "123", "", "企业"],
            ["一车间", "甲公司", "", "", "车间"],
        ]
    )
    taken = do(desk, organisation_lists.take_units, desk.competition, lines)
    assert (taken.added, taken.known) == (4, 2)
    assert [(problem.code, problem.more["row"]) for problem in taken.problems] == [
        ("credit_code", 3), ("credit_code", 4),
    ]  # fmt: skip
    found = units(desk)
    assert found["甲公司"].contact == "王五"
    assert found["机械工会"].kind == "union"
    assert found["一车间"].above == (found["城建工会"].id, found["甲公司"].id)
    assert {name for name, unit in found.items() if unit.code} == {"甲公司", "乙公司", "丙公司"}


def test_units_of_an_earlier_competition_take_part_again(desk: Desk) -> None:
    do(desk, ADD, "甲公司", competition_id=desk.competition)
    later = do(desk, competitions.create_competition, "SZ2026", "下一年")
    assert do(desk, organisation_lists.take_over, later, desk.competition) == 1
    assert do(desk, organisation_lists.take_over, later, desk.competition) == 0
    again = desk.workspace.ask(organisation_tree.organisation_tree, later)
    assert again.whole.units == 1
    assert again.earlier == ((desk.competition, "数智竞赛", 1),)
