"""A draft plan held against the judges an event has."""

import json

from competition_app.services.access import Actor
from competition_app.services.plans.plan_judges import event_plan_warnings
from competition_app.services.workspace import Workspace
from tests.services.contest import Contest, plan


def test_a_module_of_the_draft_without_a_judge_is_said(workspace: Workspace, organiser: Actor) -> None:
    contest = Contest(workspace, organiser, judges=3)
    draft = plan()
    assert workspace.ask(event_plan_warnings, contest.event, json.dumps(draft)) == ()
    more = {**draft["stages"][0]["modules"][1], "code": "talk", "name": "答辩"}
    draft["stages"][0]["modules"].append(more)
    (problem,) = workspace.ask(event_plan_warnings, contest.event, json.dumps(draft))
    assert problem.code == "criterion_unmarked"
    assert problem.more["path"] == "stages[0].modules[2]"


def test_more_judges_dropped_than_there_are_is_said(workspace: Workspace, organiser: Actor) -> None:
    contest = Contest(workspace, organiser, judges=2)
    draft = plan(panel={"drop_high": 1, "drop_low": 1})
    (problem,) = workspace.ask(event_plan_warnings, contest.event, json.dumps(draft))
    assert (problem.code, problem.more["judges"], problem.more["needed"]) == ("panel_too_small", 2, 3)


def test_of_a_draft_that_cannot_be_read_nothing_is_said(workspace: Workspace, organiser: Actor) -> None:
    contest = Contest(workspace, organiser, judges=1)
    for text in ("", "{", "[]", '{"stages": []}', json.dumps({"stages": [{"code": "s"}]})):
        assert workspace.ask(event_plan_warnings, contest.event, text) == ()
