"""The time used among the rungs of a place, without a window: points off, points on, a factor."""

import pytest

from competition_app.desktop.results.results_table import Field, ModuleHead, ResultRow, columns
from competition_app.desktop.results.results_words import explained
from competition_app.domain.ranking.explain import derivation
from competition_app.domain.ranking.ranking import rank_event
from tests.domain.making import direct, entries, facts, one_stage, scores


@pytest.mark.parametrize(
    ("rules", "order", "rungs"),
    [
        ({"time_bands": [[491, "0.05"]]}, "high", [("用时 8:15", "−0.05"), ("m", "90.15")]),
        ({"time_bands": [[491, "0.05"]]}, "low", [("用时 8:15", "0.05"), ("m", "90.25")]),
        ({"time_factors": [[491, "0.5"]]}, "high", [("用时 8:15", "× 0.5"), ("m", "45.10")]),
    ],
)
def test_the_time_used_stands_above_the_score(
    rules: dict[str, object], order: str, rungs: list[tuple[str, str]]
) -> None:
    plan = {**one_stage(direct("m", round={"module": 2}, **rules), round={"total": 2}), "order": order}
    known = facts(
        {
            "plan": plan,
            "entries": entries("1"),
            "scores": scores("m", {"1": "90.2"}),
            "times": [{"entry": "1", "module": "m", "seconds": 495}],
        }
    )
    result = rank_event(known)
    row = ResultRow(0, result.divisions[0].standings[0], "甲", "")
    found = explained(derivation(known, result, "1"), row, [row], {})
    assert [(rung.words, rung.figure) for rung in found.rungs][:2] == rungs


@pytest.mark.parametrize(("timed", "head"), [(False, "违规扣分"), (True, "扣分")])
def test_points_off_by_time_are_not_called_penalties(timed: bool, head: str) -> None:
    heads = [ModuleHead("m", "演讲", "演讲用时", timed)]
    named = {column.key: column.title for column in columns(heads, Field(), low=False)}
    assert named["penalties"] == head
