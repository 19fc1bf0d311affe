"""总览: figures counted and reckoned, the step the day is at, what must be done; never a score."""

from dataclasses import replace
from decimal import Decimal

import pytest
from contest import Contest, plan
from test_certificate_register import Finals

from competition_app.domain.errors import Said
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, overview
from competition_app.services.competitions.overview import Day, Finding
from competition_app.services.competitions.overview_todo import coming, steps, to_do
from competition_app.services.judging import direct_scores, judging, marking_grid
from competition_app.services.locking import locking
from competition_app.services.workspace import Workspace

ONE = [{"code": "P1", "name": "总评", "kind": "points", "max": 100, "step": 1}]


@pytest.fixture
def contest(workspace: Workspace, organiser: Actor) -> Contest:
    return Contest(workspace, organiser, judges=2, rules=plan(ONE))


def looked(contest: Contest) -> tuple[Day, dict[int, Finding]]:
    found = contest.ask(overview.findings, contest.competition)
    return contest.ask(overview.day, contest.competition), {one.event_id: one for one in found}


def mark(contest: Contest, judge: int, rows: range, value: int = 80) -> None:
    seat = contest.judges[judge]
    grid = contest.ask(marking_grid.grid, contest.event, "final", "practical", seat)
    for row in rows:
        place = judging.MarkPlace(grid.rows[row].work_id, 1, seat, "P1")
        contest.do(judging.enter_mark, place, Decimal(value - row))


def score_all(contest: Contest) -> None:
    for entry in contest.entries:
        contest.do(direct_scores.enter_score, contest.event, "final", "theory", entry, Decimal(80))


def states(contest: Contest) -> dict[str, str]:
    return {step.key: step.state for step in steps(*looked(contest))}


def kinds(contest: Contest) -> list[str]:
    return [thing.kind for thing in to_do(*looked(contest))]


def test_entries_are_there_and_marking_is_next(contest: Contest) -> None:
    assert states(contest) == {
        "set_up": "done", "register": "done", "mark": "current", "result": "later", "certificates": "later",
    }  # fmt: skip
    assert kinds(contest) == []


def test_sheets_and_scores_owed_are_counted(contest: Contest) -> None:
    mark(contest, 0, range(2))
    day, findings = looked(contest)
    found = findings[contest.event]
    assert (day.events[0].sheets, day.events[0].scores) == (2, 0)
    assert (found.owed, found.done) == (2 * 3 + 3, 2)
    assert [(one.code, one.owed, one.done) for one in found.judges] == [("J1", 3, 2), ("J2", 3, 0)]
    assert not found.complete


def test_judges_who_owe_stand_under_what_must_be_done(contest: Contest) -> None:
    mark(contest, 0, range(2))
    (thing,) = to_do(*looked(contest))
    assert (thing.kind, thing.page, thing.event_id) == ("owing", "marking", contest.event)
    assert str(thing.said) == "2 judge owes sheets: 无人机装调检修工"
    assert str(thing.detail) == "J1 owes 1, J2 owes 3"


def test_missing_scores_are_told_when_no_judge_owes(contest: Contest) -> None:
    mark(contest, 0, range(3))
    mark(contest, 1, range(3))
    assert kinds(contest) == ["incomplete"]
    score_all(contest)
    assert kinds(contest) == ["lock"]
    assert states(contest)["mark"] == "done"
    assert states(contest)["result"] == "current"


def test_an_open_question_comes_first_and_tells_no_place(workspace: Workspace, organiser: Actor) -> None:
    rules = plan(ONE)
    rules["stages"][0] |= {"no_shared_top": 3, "ties": []}
    contest = Contest(workspace, organiser, judges=1, rules=rules)
    seat = contest.judges[0]
    grid = contest.ask(marking_grid.grid, contest.event, "final", "practical", seat)
    for row in grid.rows:
        contest.do(judging.enter_mark, judging.MarkPlace(row.work_id, 1, seat, "P1"), Decimal(90))
    score_all(contest)
    things = to_do(*looked(contest))
    assert [thing.kind for thing in things] == ["question"]
    assert not any(figure in f"{things[0].said}{things[0].detail}" for figure in ("001", "90", "place 1"))
    assert states(contest)["result"] == "current"


def test_work_left_behind_shows_while_the_day_goes_on(contest: Contest) -> None:
    mark(contest, 0, range(1))
    day, findings = looked(contest)
    late = replace(day, events=(replace(day.events[0], registered=3, passed=1, waiting=1, problems=1),))
    assert [step.state for step in steps(late, findings)] == ["done", "open", "current", "later", "later"]
    assert [thing.kind for thing in to_do(late, findings)] == ["problem", "review", "owing"]


def test_certificates_to_print_and_to_make_are_told(contest: Contest) -> None:
    mark(contest, 0, range(3))
    mark(contest, 1, range(3))
    score_all(contest)
    day, findings = looked(contest)
    won = {contest.event: replace(findings[contest.event], winners=3)}
    assert [(thing.kind, thing.page) for thing in to_do(day, won)] == [("lock", "results")]
    locked = replace(day.events[0], state="locked")
    day = replace(day, events=(locked,))
    assert [thing.kind for thing in to_do(day, won)] == ["make"]
    made = replace(day, events=(replace(locked, made=2, printed=1),))
    assert [(thing.kind, thing.page) for thing in to_do(made, won)] == [("print", "certificates")]
    printed = replace(day, events=(replace(locked, printed=3),))
    assert {step.state for step in steps(printed, won)} == {"done"}
    kept = coming(printed, won)
    assert kept is not None
    assert (kept.kind, kept.page) == ("keep", "settings")
    unlocked = replace(day, events=(replace(locked, state="open", printed=3),))
    assert [step.state for step in steps(unlocked, won)] == ["done", "done", "done", "open", "done"]


def test_what_hinders_the_lock_is_told_and_nothing_else_is_ready(contest: Contest) -> None:
    mark(contest, 0, range(3))
    mark(contest, 1, range(3))
    score_all(contest)
    day, findings = looked(contest)
    assert findings[contest.event].ready
    said = Said("Who goes on is not confirmed yet.")
    held = {contest.event: replace(findings[contest.event], hindrances=(said, said))}
    (thing,) = to_do(day, held)
    assert (thing.kind, thing.page, thing.detail) == ("hindered", "results", said)
    contest.do(locking.lock, contest.event)
    assert kinds(contest) == []
    assert states(contest)["result"] == "done"


def test_a_module_without_enough_judges_is_named(workspace: Workspace, organiser: Actor) -> None:
    rules = plan(ONE, panel={"drop_high": 1, "drop_low": 1})
    contest = Contest(workspace, organiser, judges=2, rules=rules)
    day, findings = looked(contest)
    assert day.events[0].unmanned == ("实操",)
    (thing,) = to_do(day, findings)
    assert (thing.kind, thing.page, str(thing.said)) == (
        "judges",
        "judges",
        "无人机装调检修工: 实操 lacks judges",
    )
    mark(contest, 0, range(1))
    assert "judges" not in kinds(contest)


def test_certificates_that_lost_their_prize_are_told(contest: Contest) -> None:
    day, findings = looked(contest)
    lost = {contest.event: replace(findings[contest.event], lost=("SZ-001",))}
    (thing,) = to_do(day, lost)
    assert (thing.kind, thing.page, thing.detail) == ("lost", "certificates", "SZ-001")


def test_a_certificate_loses_its_prize_by_a_later_score(workspace: Workspace, organiser: Actor) -> None:
    finals = Finals(workspace, organiser, ["90", "80", "70"], levels=[{"name": "一等奖", "count": 1}])
    (serial,) = finals.issue().serials
    assert [one.lost for one in finals.ask(overview.findings, finals.competition)] == [()]
    finals.score(["60", None, None], version=2)
    assert [one.lost for one in finals.ask(overview.findings, finals.competition)] == [(serial,)]


def test_figures_of_judges_and_totals_stand_only_after_the_lock(contest: Contest) -> None:
    mark(contest, 0, range(3))
    mark(contest, 1, range(3), 76)
    score_all(contest)
    assert contest.ask(overview.locked_figures, [contest.event]) is None
    contest.do(locking.lock, contest.event)
    found = contest.ask(overview.locked_figures, [999, contest.event])
    assert found is not None
    assert found.spread is not None
    assert (found.event, found.spread.count) == ("无人机装调检修工", 3)
    assert [(one.profile.judge, one.profile.deviation) for one in found.judges] == [("J1", 4), ("J2", -4)]


def test_nothing_to_do_leads_to_the_next_step(contest: Contest) -> None:
    thing = coming(*looked(contest))
    assert thing is not None
    assert (thing.page, thing.event_id, thing.said.text) == ("marking", contest.event, "Next: {step}")


def test_sheets_received_are_counted_in_tens_of_minutes(contest: Contest) -> None:
    mark(contest, 0, range(3))
    day, _ = looked(contest)
    assert sum(n for _, n in day.speed) == 3
    assert all(at.minute % overview.SLOT_MINUTES == 0 for at, _ in day.speed)


def test_the_last_operations_come_newest_first(contest: Contest) -> None:
    mark(contest, 0, range(1))
    day, _ = looked(contest)
    assert str(day.operations[0].done) == "A mark was entered"
    assert [one.seq for one in day.operations] == sorted((o.seq for o in day.operations), reverse=True)


def test_an_empty_competition_waits_for_its_events(workspace: Workspace, organiser: Actor) -> None:
    key = workspace.do(organiser, competitions.create_competition, "C", "空")
    day = workspace.ask(overview.day, key)
    assert day.events == ()
    made = steps(day, {})
    assert [step.state for step in made] == ["current", "later", "later", "later", "later"]
    assert [step.detail.text for step in made[2:4]] == ["not begun@step"] * 2
