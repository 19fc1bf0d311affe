"""Another combination supposed: never more dropped than there are, and of every panel at work."""

from typing import Any

import pytest
from making import entries, facts, marks, seats, sheets

from competition_app.domain.errors import Refusal
from competition_app.domain.looking_back.what_if import (
    OtherCombination,
    OtherRounding,
    Supposition,
    ranked_if,
)
from competition_app.domain.plans.plan import CriterionPanel
from competition_app.domain.ranking.ranking import rank_event
from competition_app.domain.ranking.result import EventResult
from competition_app.domain.scoring.panel import Combining, dropped_of


def marked(given: list[int], **module: Any) -> EventResult:
    return rank_event(
        facts(
            {
                "plan": sheets(**module),
                "entries": entries("a"),
                "judges": seats(len(given)),
                "marks": marks("a", given),
            }
        )
    )


def total(result: EventResult) -> str | None:
    return result.divisions[0].standings[0].total


@pytest.mark.parametrize(
    ("supposition", "figure"),
    [
        (OtherCombination("s", "m", "mean", 2, 2), "65.000000"),  # five would be needed: nothing is dropped
        (OtherCombination("s", "m", "median", 2, 1), "80.000000"),  # four are enough: 80 is left
        (OtherCombination("s", "m", "mean", 5, 0), "65.000000"),
        (OtherCombination("s", "m"), "65.000000"),
    ],
)
def test_no_more_is_dropped_than_leaves_a_mark(supposition: Supposition, figure: str) -> None:
    panel = {"drop_high": 1, "drop_low": 1, "drop_if_at_least": 4, "min_judges": 2}
    result = marked([10, 80, 80, 90], panel=panel)
    assert total(result) == "80.000000"
    assert total(ranked_if(result, supposition)) == figure


@pytest.mark.parametrize(
    "supposition",
    [
        OtherCombination("s", "m", "mean", -1, 0),
        OtherCombination("s", "m", "mean", 0, -1),
        OtherRounding("total", -3, "s"),
        OtherRounding("sheet", 31, "s", "m"),
    ],
)
def test_what_no_plan_may_say_cannot_be_supposed(supposition: Supposition) -> None:
    with pytest.raises(Refusal, match="cannot be supposed"):
        ranked_if(marked([10, 80, 90]), supposition)


def test_a_criterion_with_its_own_panel_is_combined_otherwise_too() -> None:
    own = {"combine": "mean", "drop_high": 1, "drop_low": 1}
    criteria = [{"code": "p", "kind": "points", "max": 100, "panel": own}]
    result = marked([10, 80, 90], criteria=criteria, panel={"across": "criterion"})
    assert total(result) == "80.000000"
    assert total(ranked_if(result, OtherCombination("s", "m"))) == "60.000000"


def test_values_the_judges_agree_on_stay_agreed() -> None:
    criteria = [{"code": "p", "kind": "points", "max": 100, "panel": {"combine": "agreed"}}]
    result = marked([80, 80], criteria=criteria, panel={"across": "criterion"})
    assert total(ranked_if(result, OtherCombination("s", "m", "mean", 1, 1))) == "80.000000"


def test_a_panel_that_drops_more_than_there_are_drops_nothing() -> None:
    panel = CriterionPanel(drop_high=5, drop_low=2, drop_if_at_least=1)
    values = (70, 80, 90, 60)
    assert Combining.of(panel).combined(values) == (300, 4)
    assert dropped_of(panel, values).kept == (0, 1, 2, 3)
    below = CriterionPanel(drop_low=-1)
    assert Combining.of(below).combined(values) == (300, 4)
    assert dropped_of(below, values).kept == (0, 1, 2, 3)
