"""A title may ask for an employment and a title held: out of the store as out of the package."""

from typing import Any

from competition_app.services.access import Actor
from competition_app.services.exchange import exchange
from competition_app.services.results import results
from competition_app.services.results.ranking_file import results_of
from competition_app.services.workspace import Workspace
from tests.domain.making import read, totals


def test_employment_and_titles_held_count_in_the_store(workspace: Workspace, organiser: Actor) -> None:
    people = [
        {"code": "C1", "name": "甲", "employment": "在职", "fields": {"现技能等级": "技师"}},
        {"code": "C2", "name": "乙", "employment": "劳务派遣", "titles": ["技师"]},
        {"code": "C3", "name": "丙", "employment": "在职"},
    ]
    event: dict[str, Any] = totals([9, 8, 7])
    for entry, person in zip(event["entries"], people, strict=True):
        entry["contestants"] = [person["code"]]
    needs = {"employment": ["在职"], "holding": ["技师"]}
    event["plan"]["titles"] = [{"name": "高级技师", "ranks": [1, 3], "needs": needs}]
    given = read(event, contestants=people)
    workspace.do(organiser, exchange.take_in, given)
    found = workspace.ask(results.event_result, 1).nominations
    assert [(row.contestant, row.nominated) for row in found] == [("C1", True), ("C2", False), ("C3", False)]
    assert found == results_of(given).events[0].nominations
