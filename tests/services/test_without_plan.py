"""An event declared for registration only, without a plan: everything else works, there is just no result."""

from typing import Any

import pytest

from competition_app.documents.packages.package import package_bytes, package_of
from competition_app.documents.packages.package_types import Package
from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from competition_app.services.access import Actor
from competition_app.services.certificates import certificates
from competition_app.services.competitions import competitions
from competition_app.services.exchange import exchange
from competition_app.services.plans import plans
from competition_app.services.registration import registration
from competition_app.services.results import result_papers, results
from competition_app.services.results.ranking_file import results_of
from competition_app.services.workspace import Workspace

WHEN = "2025-09-02T18:00:00+08:00"
PACKAGE: dict[str, Any] = {
    "format": "competition-package",
    "version": 1,
    "competition": {"code": "SZ", "name": "竞赛", "organisers": ["市总工会"], "ends_on": "2025-09-02"},
    "organisations": [{"code": "E1", "name": "地铁", "kind": "enterprise"}],
    "contestants": [{"code": "C1", "name": "张三", "id_kind": "resident", "organisation": "E1"}],
    "events": [
        {
            "code": "UAV",
            "name": "无人机",
            "divisions": [{"code": "W", "name": "职工组"}],
            "judges": [{"code": "J1", "name": "甲"}],
            "entries": [
                {"number": "001", "division": "W", "organisation": "E1", "contestants": ["C1"],
                 "status": "ranked"},
            ],
        }
    ],
    "tables": [{"code": "T1", "points_by_place": [3, 2, 1]}, {"code": "T2", "sum_of_totals": {"best": 1}}],
    "exported_at": WHEN,
}  # fmt: skip


def package(**of_the_event: Any) -> Package:
    event = {**PACKAGE["events"][0], **of_the_event}
    return package_of({**PACKAGE, "events": [event]})


@pytest.fixture
def event(workspace: Workspace, organiser: Actor) -> int:
    workspace.do(organiser, exchange.take_in, package())
    return workspace.ask(competitions.find_event, "UAV")


@pytest.mark.usefixtures("event")
def test_it_comes_out_of_the_store_as_it_went_in(workspace: Workspace) -> None:
    assert package_bytes(workspace.ask(exchange.package_of, "SZ", WHEN)) == package_bytes(package())


def test_it_is_ranked_with_no_divisions(workspace: Workspace, event: int) -> None:
    document = workspace.ask(results.standings_document, event, words("zh"))
    assert document["events"] == [{"code": "UAV", "divisions": []}]
    assert [each.divisions for each in results_of(package()).events] == [()]


def test_another_event_may_be_made_from_its_members() -> None:
    team = {
        "code": "TEAM", "name": "团体", "entries": [{"number": "T1", "contestants": ["C1"]}],
        "plan": {"entry": "team", "stages": [{"code": "final", "modules": [
            {"code": "m", "kind": "members", "event": "UAV"}]}]},
    }  # fmt: skip
    found = results_of(package_of({**PACKAGE, "events": [*PACKAGE["events"], team]}))
    assert found.events[1].divisions[0].standings[0].place is None


def test_its_papers_are_refused_by_name(workspace: Workspace, organiser: Actor, event: int) -> None:
    with pytest.raises(Refusal, match="no plan yet"):
        workspace.ask(result_papers.result_papers, event, words("en"), "now")
    with pytest.raises(Refusal, match="no winners"):
        workspace.do(organiser, certificates.issue, event)


def test_pages_list_it_and_its_registrations(workspace: Workspace, event: int) -> None:
    row = workspace.ask(competitions.event, event)
    assert (row.entry, row.plan_version, row.entries) == ("individual", 0, 1)
    assert workspace.ask(plans.modules, event) == ()
    assert workspace.ask(registration.preview, row.competition_id, ()).files == ()


@pytest.mark.parametrize(
    ("rows", "path"),
    [
        ({"marks": [{"entry": "001", "module": "M", "judge": "J1", "criterion": "P", "value": 1}]}, "module"),
        ({"penalties": [{"entry": "001", "stage": "final", "points": 1}]}, "stage"),
        ({"judges": [{"code": "J1", "modules": ["M"]}]}, "modules"),
        ({"advanced": {"final": ["001"]}}, "advanced"),
        ({"plan": {"stages": []}}, "plan.stages"),
    ],
)
def test_what_needs_a_plan_is_refused_with_its_path(rows: dict[str, Any], path: str) -> None:
    with pytest.raises(Refusal, match=rf"events\[0\]\.[^:]*{path}"):
        package(**rows)


def test_a_plan_set_later_counts(workspace: Workspace, organiser: Actor, event: int) -> None:
    plan = '{"stages": [{"code": "final", "modules": [{"code": "t", "kind": "direct", "full": 100}]}]}'
    assert workspace.do(organiser, competitions.set_plan, event, plan) == 1
    document = workspace.ask(results.standings_document, event, words("zh"))
    assert document["events"][0]["divisions"][0]["standings"][0]["status"] == "incomplete"
