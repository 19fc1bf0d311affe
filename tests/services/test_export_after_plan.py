"""A package holds what the plan still has: what was recorded under an earlier plan does not spoil it."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from contest import Contest

from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.exchange import exchange
from competition_app.services.judging import direct_scores, rulings
from competition_app.services.results import results
from competition_app.services.workspace import Workspace, open_workspace


@pytest.mark.parametrize(("stage", "module"), [("g", "t"), ("f", "u")])
def test_a_package_made_after_another_plan_is_taken_in_and_ranks_alike(
    workspace: Workspace, organiser: Actor, tmp_path: Path, stage: str, module: str
) -> None:
    def rules(stage: str, module: str) -> dict[str, object]:
        part = {"code": module, "kind": "direct", "full": 100}
        return {"stages": [{"code": stage, "modules": [part], "ties": [{"by": "decision"}]}]}

    contest = Contest(workspace, organiser, entries=3, judges=0, rules=rules("f", "t"), opened=False)
    one, two, three = contest.entries
    contest.do(direct_scores.enter_score, contest.event, "f", "t", one, Decimal(9))
    contest.do(rulings.record_absence, two, "f", "t")
    contest.do(rulings.add_penalty, three, points=Decimal(1), stage="f", module="t", reason="r")
    contest.do(rulings.decide_tie, contest.event, ["001", "002"], "r", stage="f")
    plan = json.dumps(rules(stage, module))
    contest.do(competitions.set_plan, contest.event, plan, reason="r")
    file = tmp_path / "a.competition.json"
    exchange.export_package(workspace, "SZ2025", file, "2025-09-01T18:00:00+08:00")
    with open_workspace(tmp_path / "other.store") as other:
        exchange.import_package(other, organiser, file)
        (then,) = other.ask(results.competition_results, "SZ2025").events
    (now,) = workspace.ask(results.competition_results, "SZ2025").events
    assert [(one.number, one.total, one.status) for one in then.divisions[0].standings] == [
        (one.number, one.total, one.status) for one in now.divisions[0].standings
    ]
