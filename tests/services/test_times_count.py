"""A time recorded on the day changes the result at once, and is asked for while it is missing."""

from decimal import Decimal

from competition_app.domain.ranking.result import Standing
from competition_app.services.access import Actor
from competition_app.services.competitions import overview
from competition_app.services.competitions.overview_todo import to_do
from competition_app.services.exchange import exchange
from competition_app.services.judging import rulings
from competition_app.services.locking.obstacles import obstacles_of
from competition_app.services.results import results
from competition_app.services.workspace import Workspace
from tests.domain.making import direct, entries, one_stage, read, scores


def test_a_recorded_time_completes_the_result_and_its_change_is_seen(
    workspace: Workspace, organiser: Actor
) -> None:
    plan = one_stage(direct("m", time_bands=[[481, "0.5"]], round={"module": 2}), round={"total": 2})
    given = read({"plan": plan, "entries": entries("1"), "scores": scores("m", {"1": 9})})
    workspace.do(organiser, exchange.take_in, given)

    def shown() -> Standing:
        return workspace.ask(results.event_result, 1).divisions[0].standings[0]

    (hindering,) = workspace.ask(obstacles_of, 1)
    assert str(hindering.said) == "m has no time of 1: record it, the score depends on it."
    assert (hindering.kind, hindering.stage, hindering.module, hindering.numbers) == (
        "time",
        "s",
        "m",
        ("1",),
    )
    day, found = workspace.ask(overview.day, 1), workspace.ask(overview.findings, 1)
    (thing,) = to_do(day, {one.event_id: one for one in found})
    assert (thing.kind, thing.page, thing.entry) == ("untimed", "marking", ("s", "m", "1"))
    assert (shown().status, [problem.code for problem in shown().problems]) == (
        "incomplete",
        ["missing_time"],
    )
    for seconds, total in ((Decimal(480), "9.00"), (Decimal("481.5"), "8.50"), (None, None)):
        workspace.do(organiser, rulings.record_time, 1, "s", "m", seconds)
        assert shown().total == total
