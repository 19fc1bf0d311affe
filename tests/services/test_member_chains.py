"""Teams made from members of teams: however long the chain, a kept result equals one worked out anew."""

import json
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competition_app.documents.packages.package import package_of
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.exchange import exchange
from competition_app.services.judging import direct_scores
from competition_app.services.results import results
from competition_app.services.workspace import Workspace

CHAIN = ("E0", "E1", "E2", "E3")
PEOPLE = ("C1", "C2")


def event(code: str, module: dict[str, Any]) -> dict[str, Any]:
    stages = [{"code": "final", "modules": [{"code": "m", "full": 100} | module]}]
    return {
        "code": code, "name": code, "plan": {"entry": "individual", "stages": stages},
        "entries": [{"number": f"{i}", "contestants": [person]} for i, person in enumerate(PEOPLE)],
    }  # fmt: skip


@pytest.fixture
def chain(workspace: Workspace, organiser: Actor) -> dict[str, int]:
    """Four events by code: the first with direct scores, each other made from the one before."""
    made = [
        event(code, {"kind": "members", "event": before, "take": "sum"}) for before, code in pairwise(CHAIN)
    ]
    values = {
        "format": "competition-package", "version": 1, "competition": {"code": "SZ", "name": "竞赛"},
        "contestants": [{"code": person, "name": person} for person in PEOPLE],
        "events": [event(CHAIN[0], {"kind": "direct"}), *made],
    }  # fmt: skip
    workspace.do(organiser, exchange.take_in, package_of(json.loads(json.dumps(values))))
    return {row.code: row.id for row in workspace.ask(competitions.events)}


STEPS = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 100), st.sampled_from(CHAIN)), min_size=1, max_size=8
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_change_at_the_bottom_reaches_every_level(
    workspace: Workspace, organiser: Actor, chain: dict[str, int], steps: list[tuple[int, int, str]]
) -> None:
    entries = [row.entry_id for row in workspace.ask(direct_scores.score_sheet, chain["E0"], "final", "m")]
    for entry, value, asked in steps:
        workspace.do(
            organiser, direct_scores.enter_score, chain["E0"], "final", "m", entries[entry], Decimal(value),
            reason="更正",
        )  # fmt: skip
        for code in dict.fromkeys((asked, *CHAIN)):
            kept = workspace.ask(results.event_result, chain[code])
            assert kept == workspace.ask(results.recomputed, chain[code])
    rows = kept.divisions[-1].standings
    totals = {row.number: row.total for row in rows}
    last = str(steps[-1][0])
    assert Decimal(totals[last] or 0) == steps[-1][1]
