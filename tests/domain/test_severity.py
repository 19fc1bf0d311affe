"""How severe and steady each judge is, and how scores spread; exact figures."""

from fractions import Fraction
from typing import Any

import pytest
from making import entries, facts, marks, seats, sheets, totals

from competition_app.domain.looking_back.severity import (
    JudgeProfile,
    distribution,
    figures_of,
    judge_profiles,
)
from competition_app.domain.ranking.ranking import rank_event


def profiles(
    rows: dict[str, Any], plan: dict[str, Any] | None = None, **more: Any
) -> dict[str, JudgeProfile]:
    count = max(len(next(iter(g.values())) if isinstance(g, dict) else g) for g in rows.values())
    event = {
        "plan": plan or sheets(),
        "entries": entries(rows),
        "judges": seats(count),
        "marks": [mark for number, given in rows.items() for mark in marks(number, given)],
        **more,
    }
    return {one.judge: one for one in judge_profiles(rank_event(facts(event)))}


def test_a_judge_is_held_against_the_mean_of_the_others() -> None:
    found = profiles({"a": [80, 82, 90], "b": [90, 92, 100]})
    assert {judge: one.deviation for judge, one in found.items()} == {"J1": -6, "J2": -3, "J3": 9}
    assert {one.spread for one in found.values()} == {0}
    assert {one.sheets for one in found.values()} == {2}
    assert found["J3"].deviation_text == "+9.00"
    assert found["J1"].deviation_text == "-6.00"


def test_the_spread_is_the_population_deviation_of_the_differences() -> None:
    found = profiles({"a": [80, 82], "b": [86, 82]})  # J1: −2 and +4
    assert found["J1"].deviation == 1
    assert found["J1"].spread == 3
    assert found["J2"].deviation_text == "-1.00"


def test_a_spread_that_never_ends_has_forty_digits() -> None:
    found = profiles({"a": [80, 80], "b": [81, 80], "c": [80, 80]})  # 0 1 0: √(2/9)
    spread = found["J1"].spread
    assert spread is not None
    assert abs(spread**2 - Fraction(2, 9)) < Fraction(1, 10**39)
    assert found["J1"].spread_text == "0.47"


@pytest.mark.parametrize(("mark", "far"), [(82, False), ("82.5", True), ("77.5", True), (78, False)])
def test_more_than_two_of_a_hundred_is_far_from_the_panel(mark: Any, far: bool) -> None:
    assert profiles({"a": [mark, 80]})["J1"].far is far


def test_the_band_goes_with_the_full_mark() -> None:
    criteria = [{"code": "p", "kind": "points", "max": 50}]
    found = profiles({"a": ["41.5", 40]}, sheets(criteria, full=50))
    assert (found["J1"].band, found["J1"].far) == (1, True)
    open_ended = profiles({"a": ["41.5", 40]}, sheets(criteria, full=None))
    assert open_ended["J1"].band == 1  # what the criteria add up to


def test_how_often_a_sheet_was_dropped() -> None:
    plan = sheets(panel={"drop_high": 1, "drop_low": 1})
    found = profiles({"a": [70, 80, 90], "b": [75, 80, 70]}, plan)
    assert {judge: (one.high, one.low, one.droppable) for judge, one in found.items()} == {
        "J1": (0, 1, 2), "J2": (1, 0, 2), "J3": (1, 1, 2),
    }  # fmt: skip


def test_across_criteria_single_marks_are_dropped() -> None:
    criteria = [{"code": code, "kind": "points", "max": 50} for code in "pq"]
    plan = sheets(criteria, panel={"across": "criterion", "drop_high": 1, "min_judges": 2})
    found = profiles({"a": {"p": [40, 30], "q": [10, 20]}}, plan)
    assert (found["J1"].high, found["J2"].high) == (1, 1)
    assert found["J1"].droppable == 2
    assert found["J1"].deviation == 0  # 50 against 50


def test_a_factor_counts_in_the_sheet() -> None:
    criteria = [{"code": "p", "kind": "points", "max": 50, "factor": 2}]
    assert profiles({"a": [40, 30]}, sheets(criteria))["J1"].deviation == 20
    across = sheets(criteria, panel={"across": "criterion"})
    assert profiles({"a": [40, 30]}, across)["J1"].deviation == 20


def test_sheets_that_are_not_whole_do_not_count() -> None:
    criteria = [{"code": code, "kind": "points", "max": 50} for code in "pq"]
    found = profiles({"a": {"p": [40, 30, 20], "q": [10, 20, "absent"]}}, sheets(criteria))
    assert set(found) == {"J1", "J2"}
    assert found["J1"].deviation == 0


def test_a_judge_alone_has_nobody_to_be_held_against() -> None:
    (found,) = profiles({"a": [80], "b": [70]}).values()
    assert (found.sheets, found.compared, found.deviation, found.spread) == (2, 0, None, None)
    assert not found.far
    assert found.deviation_text is None


def test_a_judge_set_aside_is_not_looked_at() -> None:
    plan = sheets(conflict="set_aside")
    found = profiles(
        {"a": [80, 90, 90], "b": [80, 80, 80]}, plan, recusals=[{"judge": "J1", "entry": "a", "module": "m"}]
    )
    assert (found["J1"].sheets, found["J1"].deviation) == (1, 0)
    assert found["J2"].deviation == 0


def test_every_attempt_is_a_sheet_of_its_own() -> None:
    plan = sheets(attempts={"count": 2})
    given = [
        mark for n, values in enumerate([[80, 90], [70, 90]], 1) for mark in marks("a", values, attempt=n)
    ]
    event = {"plan": plan, "entries": entries("a"), "judges": seats(2), "marks": given}
    found = {one.judge: one for one in judge_profiles(rank_event(facts(event)))}
    assert (found["J1"].sheets, found["J1"].deviation) == (2, -15)


def test_scores_fall_into_bins_of_a_round_width() -> None:
    found = distribution([Fraction(value) for value in (61, 62, 70, 75, 88, 90)])
    assert found is not None
    assert (found.count, found.median, found.least, found.greatest) == (6, Fraction(145, 2), 61, 90)
    widths = {each.high - each.low for each in found.bins}
    assert widths == {5}
    assert [each.count for each in found.bins] == [2, 0, 1, 1, 0, 2]
    assert found.bins[0].low == 60


def test_every_figure_is_in_exactly_one_bin() -> None:
    values = [Fraction(n * n % 97, 7) for n in range(200)]
    found = distribution(values)
    assert found is not None
    assert sum(each.count for each in found.bins) == 200
    assert 4 <= len(found.bins) <= 12
    for one, other in zip(found.bins, found.bins[1:], strict=False):
        assert one.high == other.low


def test_alike_figures_are_one_bin_and_none_no_distribution() -> None:
    found = distribution([Fraction(90)] * 3)
    assert found is not None
    assert [each.count for each in found.bins] == [3]
    assert found.median == 90
    assert distribution([]) is None


def test_the_figures_are_totals_of_those_who_have_one() -> None:
    event = totals([90, 80, 70], round={"total": 2})
    event["entries"][2]["status"] = "withdrawn"
    result = rank_event(facts(event))
    assert figures_of(result, "s") == (90, 80)
    assert figures_of(result, "s", "m") == (90, 80)


def test_a_criterion_with_a_panel_of_its_own_drops_by_it() -> None:
    criteria = [
        {"code": "p", "kind": "points", "max": 50},
        {"code": "q", "kind": "points", "max": 50, "panel": {"drop_low": 1}},
    ]
    plan = sheets(criteria, panel={"across": "criterion", "drop_high": 1})
    found = profiles({"a": {"p": [40, 30, 20], "q": [40, 30, 20]}}, plan)
    assert {judge: (one.high, one.low) for judge, one in found.items()} == {
        "J1": (1, 0), "J2": (0, 0), "J3": (0, 1),
    }  # fmt: skip
