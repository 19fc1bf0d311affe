"""回避 recorded when works were coded goes with the package: the result is the same elsewhere."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from contest import Contest, plan

from competition_app.documents.packages.package import package_bytes, read_package
from competition_app.documents.results.result_json import result_document
from competition_app.i18n import words
from competition_app.services.access import Actor
from competition_app.services.competitions import panels
from competition_app.services.exchange import exchange
from competition_app.services.judging import judging, marking_grid
from competition_app.services.judging.judging import MarkPlace
from competition_app.services.results import results
from competition_app.services.results.ranking_file import results_of
from competition_app.services.workspace import Workspace

WHEN = "2025-09-02T18:00:00+08:00"
RULES = plan(
    [{"code": "A", "kind": "points", "max": 100}],
    panel={"across": "sheet", "combine": "mean", "min_judges": 1}, conflict="set_aside", weight=1,
)  # fmt: skip
RULES["stages"][0]["modules"] = RULES["stages"][0]["modules"][1:]


@pytest.fixture
def contest(workspace: Workspace, organiser: Actor) -> Contest:
    """J1 is of the unit of entry 001 while the works are coded, later of none; both marked everything."""
    found = Contest(workspace, organiser, judges=2, rules=RULES, coded=True, conflict=True)
    for judge, value in zip(found.judges, (90, 50), strict=True):
        rows = found.ask(marking_grid.grid, found.event, "final", "practical", judge).rows
        places = [MarkPlace(row.work_id, 1, judge, "A") for row in rows]
        found.do(judging.enter_marks, [(place, Decimal(value)) for place in places])
    found.do(panels.edit_judge, found.judges[0], name="裁判1", organisation_id=None, role="judge", group=None)
    return found


def test_recorded_recusals_go_round(
    contest: Contest, organiser: Actor, store_template: Path, tmp_path: Path
) -> None:
    before = result_document("SZ2025", contest.ask(results.competition_results, "SZ2025"), words("en"))
    rows = before["events"][0]["divisions"][0]["standings"]
    assert {row["number"]: row["total"] for row in rows} == {"001": "50.00", "002": "70.00", "003": "70.00"}
    file = tmp_path / "out.competition.json"
    package = exchange.export_package(contest.workspace, "SZ2025", file, WHEN)
    assert [(row.judge, row.entry) for row in package.events[0].recusals] == [("J1", "001")]
    assert result_document("SZ2025", results_of(read_package(file).package), words("en")) == before
    with Workspace(Path(shutil.copyfile(store_template, tmp_path / "other.db"))) as other:
        exchange.import_package(other, organiser, file)
        found = result_document("SZ2025", other.ask(results.competition_results, "SZ2025"), words("en"))
        assert found == before
        assert package_bytes(other.ask(exchange.package_of, "SZ2025", WHEN)) == package_bytes(package)
