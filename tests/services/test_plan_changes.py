"""Changing a plan with open eyes: errors by path, ready plans that stand, and whose place would move."""

import json
import re
from decimal import Decimal

import pytest
from contest import Contest, plan

from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.judging import direct_scores, judging, marking_grid
from competition_app.services.plans import plan_changes
from competition_app.services.plans.plan_changes import checked
from competition_app.services.results import results
from competition_app.services.workspace import Workspace

ONE = [{"code": "P1", "name": "总评", "kind": "points", "max": 100, "step": 1}]


def test_a_draft_tells_its_errors_by_path() -> None:
    rules = plan([{**ONE[0], "max": "viel"}])
    found = checked(json.dumps(rules))
    assert [error.path for error in found.errors] == ["stages[0].modules[1].criteria[0].max"]
    assert not found.good


def test_text_that_is_no_json_tells_line_and_column() -> None:
    (error,) = checked('{"stages": [}').errors
    assert (error.said.values["line"], error.said.values["column"]) == (1, 13)


def test_weights_that_do_not_add_up_are_a_warning() -> None:
    rules = plan(ONE)
    rules["stages"][0]["modules"][0]["weight"] = "0.2"
    found = checked(json.dumps(rules))
    assert found.good
    assert [warning.code for warning in found.warnings] == ["weights_sum"]


@pytest.mark.parametrize("ready", plan_changes.ready_plans(), ids=lambda ready: ready.key)
def test_every_ready_plan_stands_without_a_warning(ready: plan_changes.ReadyPlan) -> None:
    found = checked(ready.text)
    assert found.good
    assert found.warnings == ()
    assert found.sentences


@pytest.fixture
def marked(workspace: Workspace, organiser: Actor) -> Contest:
    """Two entries: the first is better in theory, the second in practice."""
    contest = Contest(workspace, organiser, entries=2, judges=1, rules=plan(ONE))
    seat = contest.judges[0]
    grid = contest.ask(marking_grid.grid, contest.event, "final", "practical", seat)
    for row, practical, theory, entry in zip(grid.rows, (80, 90), (90, 80), contest.entries, strict=True):
        contest.do(judging.enter_mark, judging.MarkPlace(row.work_id, 1, seat, "P1"), Decimal(practical))
        contest.do(direct_scores.enter_score, contest.event, "final", "theory", entry, Decimal(theory))
    return contest


def swapped() -> str:
    rules = plan(ONE)
    for module, weight in zip(rules["stages"][0]["modules"], ("0.7", "0.3"), strict=True):
        module["weight"] = weight
    return json.dumps(rules)


def test_whose_place_would_move_is_told_and_nothing_is_stored(marked: Contest) -> None:
    before = marked.ask(results.event_result, marked.event)
    found = marked.ask(plan_changes.moves, marked.event, swapped())
    assert {(one.number, one.name, one.before, one.after) for one in found} == {
        ("001", "选手1", 2, 1), ("002", "选手2", 1, 2),
    }  # fmt: skip
    assert marked.ask(results.event_result, marked.event) == before
    assert len(marked.ask(plan_changes.versions, marked.event)) == 1


def test_the_same_plan_moves_nobody(marked: Contest) -> None:
    assert marked.ask(plan_changes.moves, marked.event, json.dumps(plan(ONE))) == ()


def test_what_was_foretold_comes_true(marked: Contest) -> None:
    foretold = {one.number: one.after for one in marked.ask(plan_changes.moves, marked.event, swapped())}
    marked.do(competitions.set_plan, marked.event, swapped(), reason="通知更正")
    (division,) = marked.ask(results.event_result, marked.event).divisions
    assert {one.number: one.place for one in division.standings} == foretold
    newest = marked.ask(plan_changes.versions, marked.event)[0]
    assert (newest.version, newest.reason) == (2, "通知更正")


def test_the_first_mark_freezes(workspace: Workspace, organiser: Actor, marked: Contest) -> None:
    assert marked.ask(plan_changes.frozen, marked.event)
    free = marked.do(
        competitions.create_event, marked.competition, code="B", name="B", plan=json.dumps(plan())
    )
    assert not marked.ask(plan_changes.frozen, free)


def test_ready_plans_are_named_in_the_language_asked_for() -> None:
    english, chinese = plan_changes.ready_plans("en"), plan_changes.ready_plans("zh")
    assert [one.key for one in english] == [one.key for one in chinese]
    assert [one.key for one in english if re.search("[一-鿿]", one.text)] == []
    assert all(re.search("[一-鿿]", one.text) for one in chinese)


def test_entrants_that_may_win_are_counted_by_division(marked: Contest) -> None:
    assert marked.ask(plan_changes.entrants_now, marked.event) == {"": 2}
    marked.do(competitions.set_divisions, marked.event, [("W", "职工组"), ("S", "学生组")])
    assert marked.ask(plan_changes.entrants_now, marked.event) == {"职工组": 0, "学生组": 0, "": 2}
