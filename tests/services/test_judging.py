"""Marks entered, corrected, taken back and typed twice; what is refused and when a sheet counts."""

import json
from decimal import Decimal
from typing import Any

import pytest
from contest import Contest, plan

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring.facts import Outcome
from competition_app.services import staff
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, panels
from competition_app.services.judging import judging, marking_grid, rulings
from competition_app.services.judging.judging import MarkPlace, SheetState
from competition_app.services.judging.sheet_rows import CellState
from competition_app.services.results import results
from competition_app.services.workspace import Workspace

GIVEN = {"P1": Decimal("31.5"), "P2": Decimal(2), "P3": Decimal("0.18"), "P4": True, "P5": Decimal(1)}
TWO = [{"code": "A", "kind": "points", "max": 50}, {"code": "B", "kind": "points", "max": 50}]


def grid(contest: Contest, judge: int = 0, **more: Any) -> marking_grid.Grid:
    asked = (contest.event, "final", "practical", contest.judges[judge])
    found: marking_grid.Grid = contest.ask(marking_grid.grid, *asked, **more)
    return found


def place(contest: Contest, row: int, criterion: str, judge: int = 0) -> MarkPlace:
    return MarkPlace(grid(contest, judge).rows[row].work_id, 1, contest.judges[judge], criterion)


def enter_sheet(contest: Contest, row: int, given: dict[str, Any] = GIVEN, judge: int = 0) -> None:
    for code, value in given.items():
        contest.do(judging.enter_mark, place(contest, row, code, judge), value)


@pytest.fixture
def contest(workspace: Workspace, organiser: Actor) -> Contest:
    return Contest(workspace, organiser)


def test_an_open_module_has_an_empty_sheet_for_each_entry(contest: Contest) -> None:
    shown = grid(contest)
    assert [row.code for row in shown.rows] == ["001", "002", "003"]
    assert {row.state for row in shown.rows} == {SheetState.NONE}
    assert {cell.state for row in shown.rows for cell in row.cells} == {CellState.EMPTY}
    assert [c.code for c in shown.criteria] == ["P1", "P2", "P3", "P4", "P5"]
    assert not shown.coded


def test_opening_again_makes_only_what_is_missing(contest: Contest) -> None:
    assert contest.do(judging.open_module, contest.event, "final", "practical") == 0
    with pytest.raises(Refusal, match="already open"):
        contest.do(judging.open_module, contest.event, "final", "practical", coded=True)
    with pytest.raises(Refusal, match="no score sheets"):
        contest.do(judging.open_module, contest.event, "final", "theory")


def test_work_codes_tell_nothing_of_the_entries(workspace: Workspace, organiser: Actor) -> None:
    shown = grid(Contest(workspace, organiser, entries=20, coded=True))
    codes = [row.code for row in shown.rows]
    assert shown.coded
    assert len(set(codes)) == 20
    assert all(code.startswith("B-") and len(code) == 5 for code in codes)
    assert [row.work_id for row in shown.rows] != sorted(row.work_id for row in shown.rows)


def test_a_full_sheet_counts_and_shows_the_total_of_the_rules(contest: Contest) -> None:
    enter_sheet(contest, 0)
    row = grid(contest).rows[0]
    assert [cell.text for cell in row.cells] == ["31.5", "2", "0.18", "1", "1"]
    assert (row.total, row.state, row.missing) == ("87.50", SheetState.CONFIRMED, 0)


def test_a_begun_sheet_has_no_total_and_says_what_is_missing(contest: Contest) -> None:
    contest.do(judging.enter_mark, place(contest, 0, "P1"), Decimal(30))
    row = grid(contest).rows[0]
    assert (row.total, row.state, row.missing) == (None, SheetState.BEGUN, 4)


@pytest.mark.parametrize(
    ("criterion", "value", "said"),
    [
        ("P1", Decimal("40.5"), "between 0 and 40"),
        ("P1", Decimal("31.3"), "multiple of 0.5"),
        ("P2", Decimal(4), "between 0 and 3"),
        ("P5", Decimal(-1), "at least 0"),
        ("P3", Decimal("0.1234567891"), "9 digits"),
        ("P3", Decimal(10**11), "too large"),
        ("P9", Decimal(1), "no criterion P9"),
    ],
)
def test_a_value_the_criterion_does_not_take_is_refused(
    contest: Contest, criterion: str, value: Decimal, said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        contest.do(judging.enter_mark, place(contest, 0, criterion), value)
    assert grid(contest).rows[0].state is SheetState.NONE


def test_zero_absent_and_not_entered_are_different_things(contest: Contest) -> None:
    contest.do(judging.enter_mark, place(contest, 0, "P1"), Decimal(0))
    contest.do(judging.enter_mark, place(contest, 0, "P2"), Outcome.ABSENT)
    states = [(cell.state, cell.text) for cell in grid(contest).rows[0].cells]
    assert states[:3] == [(CellState.VALUE, "0"), (CellState.ABSENT, None), (CellState.EMPTY, None)]


def test_an_absent_judge_completes_the_sheet_at_once(contest: Contest) -> None:
    work = grid(contest).rows[1].work_id
    entered = contest.do(judging.enter_absent, work, 1, contest.judges[0])
    assert len(entered) == 5
    row = grid(contest).rows[1]
    assert (row.state, row.total) == (SheetState.CONFIRMED, None)


def test_a_correction_is_a_new_version_and_needs_a_reason_once_the_sheet_counts(contest: Contest) -> None:
    here = place(contest, 0, "P1")
    contest.do(judging.enter_mark, here, Decimal(30))
    assert contest.do(judging.enter_mark, here, Decimal(31)).version == 2
    enter_sheet(contest, 0)
    with pytest.raises(Refusal, match="state the reason"):
        contest.do(judging.enter_mark, here, Decimal(20))
    contest.do(judging.enter_mark, here, Decimal(20), reason="纸面为 20")
    row = grid(contest).rows[0]
    assert (row.state, row.total) == (SheetState.CONFIRMED, "76.00")
    versions = contest.ask(marking_grid.mark_versions, here.work_id, 1, here.judge_id, "P1")
    assert [(v.version, v.text) for v in versions] == [(1, "30"), (2, "31"), (3, "31.5"), (4, "20")]
    assert versions[-1].reason == "纸面为 20"
    assert versions[-1].actor == contest.actor.name


def test_the_same_value_again_is_no_new_version(contest: Contest) -> None:
    here = place(contest, 0, "P1")
    contest.do(judging.enter_mark, here, Decimal(30))
    assert contest.do(judging.enter_mark, here, Decimal("30.0")).version == 1


def test_undo_restores_by_a_new_version(contest: Contest) -> None:
    here = place(contest, 0, "P1")
    first = contest.do(judging.enter_mark, here, Decimal(30))
    second = contest.do(judging.enter_mark, here, Decimal(31))
    contest.do(judging.restore_mark, here, second.before)
    assert grid(contest).rows[0].cells[0].text == "30"
    contest.do(judging.restore_mark, here, first.before)
    row = grid(contest).rows[0]
    assert (row.cells[0].state, row.missing) == (CellState.EMPTY, 5)
    versions = contest.ask(marking_grid.mark_versions, here.work_id, 1, here.judge_id, "P1")
    assert [v.text for v in versions] == ["30", "31", "30", None]
    assert contest.do(judging.enter_mark, here, Decimal(33)).version == 5


def test_undoing_the_last_cell_takes_the_sheet_out_of_the_result(contest: Contest) -> None:
    enter_sheet(contest, 0)
    contest.do(judging.restore_mark, place(contest, 0, "P5"), 0)
    assert grid(contest).rows[0].state is SheetState.BEGUN


def test_a_pasted_column_goes_in_whole_or_not_at_all(contest: Contest) -> None:
    column = [(place(contest, i, "P1"), Decimal(v)) for i, v in enumerate([10, 20, 99])]
    with pytest.raises(Refusal, match="003"):
        contest.do(judging.enter_marks, column)
    assert grid(contest).rows[0].missing == 5
    contest.do(judging.enter_marks, column[:2])
    assert [row.cells[0].text for row in grid(contest).rows] == ["10", "20", None]


def test_a_judge_not_assigned_may_not_mark(contest: Contest) -> None:
    other = contest.do(panels.add_judge, contest.event, "J9")
    here = place(contest, 0, "P1")
    with pytest.raises(Refusal, match="not assigned"):
        contest.do(judging.enter_mark, MarkPlace(here.work_id, 1, other, "P1"), Decimal(1))


def test_an_attempt_the_plan_does_not_have_is_refused(contest: Contest) -> None:
    here = place(contest, 0, "P1")
    with pytest.raises(Refusal, match="1 attempt only"):
        contest.do(judging.enter_mark, MarkPlace(here.work_id, 2, here.judge_id, "P1"), Decimal(1))


def test_a_judge_may_not_mark_the_own_unit_until_the_chief_records_why(contest: Contest) -> None:
    contest.do(
        panels.edit_judge, contest.judges[0], name="裁判1", organisation_id=contest.units[0],
        role="judge", group=None,
    )  # fmt: skip
    assert [row.kept_out for row in grid(contest).rows] == [True, False, False]
    here = place(contest, 0, "P1")
    with pytest.raises(Refusal, match="own unit"):
        contest.do(judging.enter_mark, here, Decimal(1))
    contest.do(judging.enter_mark, place(contest, 1, "P1"), Decimal(1))


def test_in_a_blind_module_nobody_sees_a_conflict_and_the_marks_are_set_aside(
    workspace: Workspace, organiser: Actor
) -> None:
    one = [{"code": "A", "kind": "points", "max": 100}]
    rules = plan(one, blind=True, panel={"combine": "mean", "min_judges": 1})
    rules["stages"][0]["modules"] = [rules["stages"][0]["modules"][1] | {"weight": 1}]
    contest = Contest(workspace, organiser, entries=2, judges=2, rules=rules, coded=True, conflict=True)
    for judge, value in ((0, 100), (1, 60)):
        assert not any(row.kept_out for row in grid(contest, judge).rows)
        for row in range(2):
            contest.do(judging.enter_mark, place(contest, row, "A", judge), Decimal(value))
    rows = contest.ask(results.event_result, contest.event).divisions[0].standings
    assert {row.number: row.total for row in rows} == {"001": "60.00", "002": "80.00"}


def test_who_still_owes(workspace: Workspace, organiser: Actor) -> None:
    contest = Contest(workspace, organiser, judges=2)
    enter_sheet(contest, 0)
    contest.do(judging.enter_mark, place(contest, 1, "P1"), Decimal(30))
    first, second = contest.ask(marking_grid.owing, contest.event, "final", "practical")
    assert (first.code, first.owed, first.begun, first.done, first.counted) == ("J1", 3, 2, 1, 1)
    assert (second.code, second.owed, second.begun, second.done) == ("J2", 3, 0, 0)


def test_nobody_owes_a_sheet_for_an_entry_that_is_not_there(workspace: Workspace, organiser: Actor) -> None:
    contest = Contest(workspace, organiser, judges=2)
    enter_sheet(contest, 0)
    absent, withdrawn = contest.entries[1], contest.entries[2]
    contest.do(rulings.record_absence, absent, "final", "practical", reason="未到场")
    contest.do(rulings.withdraw_entry, withdrawn, "本人书面弃权")
    first, second = contest.ask(marking_grid.owing, contest.event, "final", "practical")
    assert (first.owed, first.done) == (1, 1)
    assert (second.owed, second.done) == (1, 0)
    contest.do(rulings.withdraw_entry, contest.entries[0], "中途退赛")
    first, second = contest.ask(marking_grid.owing, contest.event, "final", "practical")
    assert (first.owed, first.done, second.owed) == (1, 1, 0), "what was marked stays counted"
    assert [row.gone for row in grid(contest).rows] == [None, Status.ABSENT, Status.WITHDRAWN]
    contest.do(rulings.reinstate, withdrawn, "本人到场")
    struck = contest.do(rulings.add_penalty, withdrawn, disqualifies=True, reason="携带手机")
    assert [row.gone for row in grid(contest, 1).rows] == [
        Status.WITHDRAWN, Status.ABSENT, Status.DISQUALIFIED,
    ]  # fmt: skip
    assert contest.ask(marking_grid.owing, contest.event, "final", "practical")[1].owed == 0
    contest.do(rulings.withdraw_penalty, struck, "误判")
    assert contest.ask(marking_grid.owing, contest.event, "final", "practical")[1].owed == 1
    begun = contest.do(judging.enter_mark, place(contest, 2, "P1", 1), Decimal(20)).place
    contest.do(judging.clear_mark, begun)
    contest.do(rulings.withdraw_entry, withdrawn, "放弃")
    assert contest.ask(marking_grid.owing, contest.event, "final", "practical")[1].owed == 0, "no mark stands"


@pytest.fixture
def double(workspace: Workspace, organiser: Actor) -> Contest:
    return Contest(workspace, organiser, rules=plan(TWO), double_entry=True)


def second_actor(contest: Contest) -> Actor:
    return Actor("另一录分员", Role.ORGANISER, "other")


def test_with_double_entry_a_sheet_counts_when_another_person_typed_the_same(double: Contest) -> None:
    enter_sheet(double, 0, {"A": Decimal(40), "B": Decimal(41)})
    assert grid(double).rows[0].state is SheetState.ENTERED
    a, b = place(double, 0, "A"), place(double, 0, "B")
    with pytest.raises(Refusal, match="another person"):
        double.do(judging.enter_second, a, Decimal(40))
    other = second_actor(double)
    double.workspace.do(other, judging.enter_second, a, Decimal(40))
    told = double.workspace.do(other, judging.enter_second, b, Decimal(14))
    assert told.sheet is SheetState.ENTERED
    cells = grid(double).rows[0].cells
    assert [(c.second, c.differs) for c in cells] == [("40", False), ("14", True)]
    with pytest.raises(Refusal, match="differ in B"):
        double.workspace.do(other, judging.confirm_sheet, a.work_id, 1, a.judge_id)
    assert double.workspace.do(other, judging.enter_second, b, Decimal(41)).sheet is SheetState.CONFIRMED


def test_a_first_typing_corrected_to_the_second_is_confirmed_by_the_other_person(double: Contest) -> None:
    enter_sheet(double, 0, {"A": Decimal(40), "B": Decimal(14)})
    a, b = place(double, 0, "A"), place(double, 0, "B")
    other = second_actor(double)
    double.workspace.do(other, judging.enter_second, a, Decimal(40))
    double.workspace.do(other, judging.enter_second, b, Decimal(41))
    double.do(judging.enter_mark, b, Decimal(41))
    with pytest.raises(Refusal, match="another person"):
        double.do(judging.confirm_sheet, a.work_id, 1, a.judge_id)
    double.workspace.do(other, judging.confirm_sheet, a.work_id, 1, a.judge_id)
    assert grid(double).rows[0].state is SheetState.CONFIRMED


def test_the_plan_is_frozen_by_the_first_mark(contest: Contest) -> None:
    contest.do(judging.enter_mark, place(contest, 0, "P1"), Decimal(30))
    with pytest.raises(Refusal, match="frozen"):
        contest.do(competitions.set_plan, contest.event, json.dumps(plan(TWO)))
    assert contest.do(competitions.set_plan, contest.event, json.dumps(plan(TWO)), reason="漏项") == 2


def test_the_recorder_enters_marks_and_the_supervisor_does_not(contest: Contest) -> None:
    here = place(contest, 0, "P1")
    key = contest.do(staff.add, "组委会", Role.ORGANISER, "一句很长的口令 1")
    chief = Actor("组委会", Role.ORGANISER, "test", key)
    actors = []
    for name, role in (("康立言", Role.RECORDER), ("督导员", Role.SUPERVISOR)):
        key = contest.workspace.do(chief, staff.add, name, role, f"{name} 的一句很长的口令")
        actors.append(Actor(name, role, "test", key))
    contest.workspace.do(actors[0], judging.enter_mark, here, Decimal(1))
    with pytest.raises(Refusal, match="Supervisor"):
        contest.workspace.do(actors[1], judging.enter_mark, here, Decimal(1))


def test_a_mark_tells_the_listeners_of_marks_and_events(contest: Contest) -> None:
    heard: list[frozenset[str]] = []
    contest.workspace.listen(heard.append)
    contest.do(judging.enter_mark, place(contest, 0, "P1"), Decimal(30))
    assert {"marks", "events"} <= heard[0]
