"""裁判组: lists of judges taken in, seats handed on and back, what each owes, judges of own units."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from contest import Contest, plan
from sqlalchemy import select

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, panel_desk, panels
from competition_app.services.competitions.panel_desk import PanelShown, Seat
from competition_app.services.judging import judging
from competition_app.services.judging.conflicts import conflicts
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.registration import organisations
from competition_app.services.workspace import Workspace
from competition_app.store.models import Event, Work

HERE = [("final", "practical")]
LIST = "姓名\t单位\t角色\n沈砚秋\t云栈学院\t裁判长\n陆承泽\t单位1\t\n姜映雪\t\t加密裁判\n尉迟明远\t\t监督员"


@pytest.fixture
def contest(workspace: Workspace, organiser: Actor) -> Contest:
    return Contest(workspace, organiser, entries=3, judges=1)


def panel(contest: Contest) -> PanelShown:
    return contest.ask(panel_desk.panel, contest.event)


def seats(contest: Contest) -> dict[str, Seat]:
    return {seat.code: seat for seat in panel(contest).seats}


def mark_all(contest: Contest, judge: int, work: int, count: int | None = None) -> None:
    values = {"P1": 30, "P2": 2, "P3": "0.1", "P4": True, "P5": 0}
    for code, value in list(values.items())[:count]:
        contest.do(judging.enter_mark, MarkPlace(work, 1, judge, code), value)


def lock(contest: Contest) -> None:
    def locked(act: Any) -> None:
        act.session.get(Event, contest.event).state = "locked"

    locked.__module__, locked.__name__ = competitions.__name__, "edit_event"
    contest.do(locked)


def test_where_marks_stand_the_seat_keeps_module_and_group(contest: Contest) -> None:
    judge = contest.judges[0]
    work = contest.ask(lambda s: s.scalars(select(Work.id).order_by(Work.id)).first())
    seat = {"name": "裁判1", "organisation_id": None, "role": Role.JUDGE}
    contest.do(panels.edit_judge, judge, **seat, group="甲")
    contest.do(panels.edit_judge, judge, **seat, group=None)
    mark_all(contest, judge, work)
    contest.do(panels.assign, judge, HERE)
    contest.do(panels.edit_judge, judge, **{**seat, "name": "裁判一"}, group=None)
    with pytest.raises(Refusal, match="stand in 实操"):
        contest.do(panels.assign, judge, [])
    with pytest.raises(Refusal, match="its group stays"):
        contest.do(panels.edit_judge, judge, **seat, group="甲")
    for code in ("P1", "P2", "P3", "P4", "P5"):
        contest.do(judging.clear_mark, MarkPlace(work, 1, judge, code), reason="误录")
    contest.do(panels.edit_judge, judge, **seat, group="甲")
    contest.do(panels.assign, judge, [])


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.do(panels.assign, c.judges[0], []),
        lambda c: c.do(panels.remove_judge, c.judges[0]),
        lambda c: c.do(panels.pass_seat, c.judges[0], "新裁判"),
        lambda c: c.do(panels.add_judge, c.event, "J9", modules=HERE),
        lambda c: c.do(
            panels.edit_judge, c.judges[0], name="裁判1", organisation_id=None, role="judge", group="甲"
        ),
        lambda c: c.do(
            panels.edit_judge, c.judges[0], name="裁判1", organisation_id=c.units[0], role="judge", group=None
        ),
        lambda c: c.do(competitions.set_plan, c.event, json.dumps(plan()), reason="更正"),
        lambda c: c.do(competitions.edit_event, c.event, double_entry=True),
    ],
)
def test_a_locked_result_keeps_its_panel_and_plan(contest: Contest, change: Callable[[Contest], Any]) -> None:
    lock(contest)
    with pytest.raises(Refusal, match="is locked"):
        change(contest)


def test_a_locked_result_lets_names_and_order_be_corrected(contest: Contest) -> None:
    lock(contest)
    contest.do(panels.assign, contest.judges[0], HERE)
    contest.do(
        panels.edit_judge, contest.judges[0], name="裁判一", organisation_id=None, role="judge", group=None
    )
    contest.do(competitions.edit_event, contest.event, position=3)
    assert seats(contest)["J1"].name == "裁判一"


def test_a_pasted_list_becomes_seats_with_codes_roles_and_units(contest: Contest) -> None:
    lines = panel_desk.read_pasted(LIST)
    read = contest.ask(panel_desk.look_through, lines)
    assert read.new_units == ("云栈学院",)
    made = contest.do(panel_desk.add_judges, contest.event, lines, HERE)
    found = seats(contest)
    assert [(s.code, s.name, s.role) for s in found.values()][1:] == [
        ("J2", "沈砚秋", Role.CHIEF_JUDGE), ("J3", "陆承泽", Role.JUDGE),
        ("E1", "姜映雪", Role.ENCRYPTION_JUDGE), ("S1", "尉迟明远", Role.SUPERVISOR),
    ]  # fmt: skip
    assert [seat.duties[0].assigned for seat in found.values()] == [True, True, True, False, False]
    assert found["J3"].organisation == "单位1"
    kinds = {row.name: row.kind for row in contest.ask(organisations.organisations)}
    assert kinds["云栈学院"] == "other"
    contest.do(panel_desk.remove_judges, made)
    assert set(seats(contest)) == {"J1"}


def test_a_list_without_heads_is_read_in_the_usual_order() -> None:
    (line,) = panel_desk.read_pasted("沈砚秋，云栈学院，裁判长")
    assert (line.name, line.unit, line.role) == ("沈砚秋", "云栈学院", Role.CHIEF_JUDGE)


def test_a_role_that_is_none_is_refused_with_its_line(contest: Contest) -> None:
    lines = panel_desk.read_pasted("沈砚秋\t单位1\t总监")
    with pytest.raises(Refusal, match="沈砚秋"):
        contest.do(panel_desk.add_judges, contest.event, lines)
    assert set(seats(contest)) == {"J1"}


def test_a_unit_written_nearly_as_a_known_one_is_told(contest: Contest) -> None:
    contest.do(organisations.add_organisation, "沈东燃气安装有限公司")
    lines = panel_desk.read_pasted("沈砚秋\t沈东然气安装有限公司")
    assert contest.ask(panel_desk.look_through, lines).near == (
        ("沈东然气安装有限公司", "沈东燃气安装有限公司"),
    )


def test_a_list_of_judges_to_fill_in_names_nobody(tmp_path: Path) -> None:
    panel_desk.write_judges_form(tmp_path / "裁判.xlsx")
    with pytest.raises(Refusal, match="names no judge"):
        panel_desk.read_judges(tmp_path / "裁判.xlsx")


def test_what_a_seat_owes_and_has_done_is_counted(contest: Contest) -> None:
    works = contest.ask(lambda s: [row[0] for row in s.connection().exec_driver_sql("SELECT id FROM works")])
    mark_all(contest, contest.judges[0], works[0])
    (duty,) = seats(contest)["J1"].duties
    assert (duty.owed, duty.done) == (3, 1)
    (module,) = panel(contest).modules
    assert (module.name, module.opened, module.judges) == ("实操", True, 1)


def test_each_mark_keeps_who_sat_on_the_seat(contest: Contest) -> None:
    works = contest.ask(lambda s: [row[0] for row in s.connection().exec_driver_sql("SELECT id FROM works")])
    seat = contest.judges[0]
    mark_all(contest, seat, works[0])
    contest.do(panel_desk.hand_seat, seat, "陆承泽", "单位1")
    assert [(one.name, one.marks) for one in seats(contest)["J1"].people] == [("裁判1", 5), ("陆承泽", 0)]
    contest.do(panels.give_back_seat, seat)
    assert seats(contest)["J1"].name == "裁判1"
    contest.do(panel_desk.hand_seat, seat, "陆承泽", "单位1")
    mark_all(contest, seat, works[0 if len(works) < 3 else 2], 1)
    with pytest.raises(Refusal, match="already marked"):
        contest.do(panels.give_back_seat, seat)


def test_a_seat_nobody_sat_on_before_is_not_given_back(contest: Contest) -> None:
    with pytest.raises(Refusal, match="before"):
        contest.do(panels.give_back_seat, contest.judges[0])


def test_a_seat_with_marks_stays(contest: Contest) -> None:
    works = contest.ask(lambda s: [row[0] for row in s.connection().exec_driver_sql("SELECT id FROM works")])
    mark_all(contest, contest.judges[0], works[0], 1)
    assert seats(contest)["J1"].marked
    with pytest.raises(Refusal, match="already marked"):
        contest.do(panels.remove_judge, contest.judges[0])


def test_a_seat_is_corrected_with_a_unit_by_its_name(contest: Contest) -> None:
    contest.do(panel_desk.change_seat, contest.judges[0], " 沈砚秋 ", "单位0", Role.CHIEF_JUDGE, "甲组")
    seat = seats(contest)["J1"]
    assert (seat.name, seat.organisation, seat.role, seat.group) == (
        "沈砚秋", "单位0", Role.CHIEF_JUDGE, "甲组",
    )  # fmt: skip
    with pytest.raises(Refusal, match="name of the person"):
        contest.do(panel_desk.change_seat, contest.judges[0], "  ", "", Role.JUDGE, "")


def test_a_judge_of_a_contestants_unit_is_named(contest: Contest) -> None:
    assert contest.ask(conflicts, contest.event) == ()
    contest.do(panel_desk.change_seat, contest.judges[0], "裁判1", "单位1", Role.JUDGE, "")
    (found,) = contest.ask(conflicts, contest.event)
    assert (found.judge, found.unit, found.number, found.entry) == ("J1", "单位1", "002", "选手2")
    assert (found.kind, found.set_aside, found.allowed) == ("unit", False, False)
    assert found.modules == (("final", "practical", "实操"),)


def test_an_employer_and_a_group_are_told_apart_from_the_unit(workspace: Workspace, organiser: Actor) -> None:
    rules: dict[str, Any] = plan(conflict={"up_to": ["E9"]})
    contest = Contest(workspace, organiser, entries=3, judges=1, rules=rules)
    top = contest.do(organisations.add_organisation, "集团", kind="union")
    contest.do(organisations.edit_organisation, contest.units[0], parent_id=top)
    contest.do(organisations.edit_organisation, contest.units[1], parent_id=top)
    from competition_app.store.models import Contestant, Participation

    contest._insert([Participation(competition_id=contest.competition, organisation_id=top, code="E9")])
    contest._insert([Contestant(competition_id=contest.competition, person_id=1, code="X",
                                organisation_id=contest.units[0])])  # fmt: skip
    contest.do(panel_desk.change_seat, contest.judges[0], "裁判1", "单位1", Role.JUDGE, "")
    kinds = {one.number: one.kind for one in contest.ask(conflicts, contest.event)}
    assert kinds == {"001": "group", "002": "unit"}


def test_nothing_of_a_blind_module_is_told_before_unsealing(workspace: Workspace, organiser: Actor) -> None:
    contest = Contest(workspace, organiser, entries=2, judges=1, rules=plan(blind=True), coded=True)
    contest.do(panel_desk.change_seat, contest.judges[0], "裁判1", "单位1", Role.JUDGE, "")
    assert contest.ask(conflicts, contest.event) == ()
