"""Close calls: places decided by less than one rounding step (scoring.md §9)."""

from typing import Any

from making import direct, entries, facts, one_stage, scores, totals

from competition_app.domain.looking_back.close_calls import CloseCall, Closeness, close_calls
from competition_app.domain.ranking.ranking import rank_event


def calls(event: dict[str, Any]) -> list[CloseCall]:
    return list(close_calls(rank_event(facts(event))))


def two_modules(values: dict[str, tuple[Any, Any]], weighted: int | None, **stage: Any) -> dict[str, Any]:
    """Entries by their scores in two modules that count half each."""
    plan = one_stage(direct("m", "n", weight="0.5"), round={"weighted": weighted}, **stage)
    given = [
        *scores("m", {number: str(m) for number, (m, _) in values.items()}),
        *scores("n", {number: str(n) for number, (_, n) in values.items()}),
    ]
    return {"plan": plan, "entries": entries(values), "scores": given}


def test_a_difference_under_one_step_is_close() -> None:
    (found,) = calls(totals(["90.06", "90.04", "80"], round={"total": 1}))
    assert (found.better, found.worse, found.closeness) == ("1", "2", Closeness.WITHIN_STEP)
    assert (found.shown, found.exact, found.step, found.rung) == ("0.1", "0.02", "0.1", None)
    assert (found.place_better, found.place_worse) == (1, 2)


def test_a_whole_step_is_not_close() -> None:
    assert calls(totals(["90.1", "90.0"], round={"total": 1})) == []


def test_one_step_shown_may_be_more_than_a_step_in_truth() -> None:
    assert calls(totals(["90.14", "90.00"], round={"total": 1})) == []


def test_rounding_may_turn_two_round() -> None:
    event = two_modules({"1": (81, 81), "2": ("82.8", "80.8")}, 0)  # 41 + 41 = 82, 41 + 40 = 81
    (found,) = calls(event)
    assert (found.better, found.worse, found.closeness) == ("1", "2", Closeness.REVERSED)
    assert (found.shown, found.exact, found.step) == ("1", "-0.8", "1")
    assert found.rung == "weighted"


def test_rounding_may_level_what_is_not_equal() -> None:
    event = two_modules({"1": (81, 80), "2": (82, "80.8")}, 0, ties=[{"by": "module", "module": "n"}])
    (found,) = calls(event)
    assert (found.better, found.worse, found.closeness) == ("2", "1", Closeness.LEVELLED)
    assert (found.shown, found.exact, found.rung) == ("0", "0.9", "weighted")


def test_a_shared_place_may_be_the_roundings_doing() -> None:
    (found,) = calls(two_modules({"1": (81, 80), "2": (82, "80.8")}, 0))
    assert (found.place_better, found.place_worse, found.closeness) == (1, 1, Closeness.LEVELLED)


def test_a_real_tie_is_no_close_call() -> None:
    assert calls(totals([90, 90, 80], round={"total": 2}, ties=[{"by": "lot"}])) == []


def test_where_nothing_rounds_nothing_is_close() -> None:
    assert calls(totals(["90.0001", "90"])) == []


def test_the_rung_is_the_one_that_turned_them() -> None:
    plan = one_stage(direct("m", full=None, round={"module": 1}), round={"total": 0})
    # 90.46 → 90.5 → 91 and 90.5 → 90.5 → 91: the module's rounding levelled them, the total's changes nothing
    event = {"plan": plan, "entries": entries("12"), "scores": scores("m", {"1": "90.46", "2": "90.5"})}
    (found,) = calls(event)
    assert (found.closeness, found.rung) == (Closeness.LEVELLED, "module")


def test_less_is_better_where_the_plan_says_so() -> None:
    (found,) = calls({**totals(["60.04", "60.06"], round={"total": 1}), **_low(["60.04", "60.06"])})
    assert (found.better, found.worse) == ("1", "2")
    assert (found.shown, found.exact) == ("0.1", "0.02")


def _low(values: list[str]) -> dict[str, Any]:
    event = totals(values, round={"total": 1})
    return {"plan": {**event["plan"], "order": "low"}}


def test_each_division_has_its_own_neighbours() -> None:
    event = totals(["90.06", "90.04", "90.05"], round={"total": 1})
    event["divisions"] = [{"code": "A", "name": "A"}, {"code": "B", "name": "B"}]
    for entry, division in zip(event["entries"], "ABA", strict=True):
        entry["division"] = division
    (found,) = calls(event)
    assert (found.division, found.better, found.worse) == ("A", "1", "3")
    assert found.closeness is Closeness.LEVELLED  # both 90.1


def test_entries_without_a_place_are_not_looked_at() -> None:
    event = totals(["90.06", "90.04"], round={"total": 1})
    event["entries"][1]["status"] = "out_of_competition"
    assert calls(event) == []
