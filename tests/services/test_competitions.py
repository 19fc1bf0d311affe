"""Competitions, events, plans, divisions and panels as they are set up."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from competition_app.domain.errors import Refusal
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, panels
from competition_app.services.plans import plans
from competition_app.services.workspace import Workspace

PLAN: Mapping[str, Any] = {
    "entry": "individual",
    "stages": [
        {
            "code": "final",
            "name": "决赛",
            "modules": [
                {"code": "theory", "name": "理论", "kind": "direct", "full": 100, "weight": 0.3},
                {
                    "code": "practical",
                    "name": "实操",
                    "kind": "sheets",
                    "full": 100,
                    "weight": 0.7,
                    "criteria": [{"code": "P1", "kind": "points", "max": 100, "step": 0.5}],
                },
            ],
        }
    ],
}


def plan_with(*codes: str) -> str:
    plan = json.loads(json.dumps(PLAN))
    plan["stages"][0]["modules"][1]["criteria"] = [{"code": c, "kind": "points", "max": 50} for c in codes]
    return json.dumps(plan)


@pytest.fixture
def event_id(workspace: Workspace, organiser: Actor) -> int:
    competition = workspace.do(organiser, competitions.create_competition, "SZ2025", "数智技术应用劳动竞赛")
    return workspace.do(
        organiser,
        competitions.create_event,
        competition,
        code="UAV",
        name="无人机装调检修工",
        plan=json.dumps(PLAN),
        divisions=[("W", "职工组"), ("S", "学生组")],
        aliases=["无人机"],
    )


def test_a_competition_is_shown_with_its_events(
    workspace: Workspace, organiser: Actor, event_id: int
) -> None:
    (row,) = workspace.ask(competitions.competitions)
    assert (row.code, row.events, row.entries, row.state) == ("SZ2025", 1, 0, "open")
    (event,) = workspace.ask(competitions.events, row.id)
    assert (event.id, event.code, event.entry, event.plan_version) == (event_id, "UAV", "individual", 1)
    assert [(d.code, d.name) for d in event.divisions] == [("W", "职工组"), ("S", "学生组")]
    assert event.aliases == ("无人机",)


def test_a_code_is_used_once(workspace: Workspace, organiser: Actor, event_id: int) -> None:
    with pytest.raises(Refusal, match="SZ2025"):
        workspace.do(organiser, competitions.create_competition, "SZ2025", "again")


def test_an_event_code_in_two_competitions_must_be_told_apart(
    workspace: Workspace, organiser: Actor, event_id: int
) -> None:
    other = workspace.do(organiser, competitions.create_competition, "SZ2026", "另一届")
    second = workspace.do(
        organiser, competitions.create_event, other, code="UAV", name="无人机", plan=json.dumps(PLAN)
    )
    with pytest.raises(Refusal, match="SZ2025, SZ2026"):
        workspace.ask(competitions.find_event, "UAV")
    assert workspace.ask(competitions.find_event, "UAV", "SZ2026") == second
    assert workspace.ask(competitions.find_event, "UAV", "SZ2025") == event_id


def test_a_wrong_plan_is_refused_with_its_path(workspace: Workspace, organiser: Actor, event_id: int) -> None:
    plan = json.loads(json.dumps(PLAN))
    plan["stages"][0]["modules"][0]["kind"] = "guess"
    with pytest.raises(Refusal, match=r"stages\[0\]\.modules\[0\]\.kind"):
        workspace.do(organiser, competitions.set_plan, event_id, json.dumps(plan))
    with pytest.raises(Refusal, match="not JSON"):
        workspace.do(organiser, competitions.set_plan, event_id, "{")
    assert workspace.ask(competitions.event, event_id).plan_version == 1


def test_a_new_plan_is_a_new_version_and_keeps_the_numbers_of_old_criteria(
    workspace: Workspace, organiser: Actor, event_id: int
) -> None:
    assert workspace.do(organiser, competitions.set_plan, event_id, plan_with("P1", "P2")) == 2
    plan = workspace.ask(plans.plan_of, event_id)
    assert [c.code for c in plan.stages[0].modules[1].criteria] == ["P1", "P2"]


def test_a_division_with_the_same_code_twice_is_refused(
    workspace: Workspace, organiser: Actor, event_id: int
) -> None:
    with pytest.raises(Refusal, match="same code"):
        workspace.do(organiser, competitions.set_divisions, event_id, [("W", "职工组"), ("W", "学生组")])


def test_a_panel_has_seats_with_persons_and_modules(
    workspace: Workspace, organiser: Actor, event_id: int
) -> None:
    judge = workspace.do(
        organiser, panels.add_judge, event_id, "J1", name="宋知行", modules=[("final", "practical")]
    )
    workspace.do(organiser, panels.pass_seat, judge, "姜映雪")
    (row,) = workspace.ask(panels.judges, event_id)
    assert (row.code, row.name, row.persons) == ("J1", "姜映雪", 2)
    assert row.modules == (("final", "practical"),)
    with pytest.raises(Refusal, match="J1"):
        workspace.do(organiser, panels.add_judge, event_id, "J1")
    with pytest.raises(Refusal, match="nowhere"):
        workspace.do(organiser, panels.assign, judge, [("final", "nowhere")])
    workspace.do(organiser, panels.remove_judge, judge)
    assert workspace.ask(panels.judges, event_id) == ()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"name": "  "}, "name is missing"),
        ({"ends_on": "2025-02-30"}, "no day"),
        ({"starts_on": "20250901"}, "no day"),
        ({"starts_on": "2025-09-02", "ends_on": "2025-09-01"}, "before the first"),
        ({"starts_on": None, "ends_on": "2025-09-01"}, "before the first"),
    ],
)
def test_wrong_facts_of_a_competition_are_refused_whole(
    workspace: Workspace, organiser: Actor, event_id: int, wrong: dict[str, str | None], why: str
) -> None:
    before = workspace.ask(competitions.competitions)[0]
    with pytest.raises(Refusal, match=why):
        workspace.do(organiser, competitions.edit_competition, before.id, theme="新主题", **wrong)
    assert workspace.ask(competitions.competitions)[0] == before
