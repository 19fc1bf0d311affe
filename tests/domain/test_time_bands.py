"""Points a recorded time takes off after the mean, factors it brings (scoring.md §3, domain.md §13, §1)."""

from typing import Any

import pytest

from competition_app.domain.plans.plan_checks import plan_and_errors
from competition_app.domain.ranking.explain import derivation
from competition_app.domain.ranking.ranking import rank_event
from tests.domain.making import codes, direct, entries, facts, marks, one_stage, ranked, rows, scores, sheets

# 6 to 8 minutes; 1-10 s over -0.02, 11-20 s -0.05, 21-30 s -0.1, more -0.2; under 6 minutes -0.1
SPEECH = [[0, "0.1"], [360, 0], [481, "0.02"], [491, "0.05"], [501, "0.1"], [511, "0.2"]]
# to 900 s whole, to 915 s 0.95 …
METRO = [[0, 1], [901, "0.95"], [916, "0.90"], [1201, 0]]


def talk(seconds: Any, value: Any = "9.5", low: bool = False, **module: Any) -> dict[str, Any]:
    """The row of one entry with this score and time in a module of 10 points."""
    module = {"time_bands": SPEECH, "full": 10, "round": {"module": 2}, **module}
    plan = {**one_stage(direct("m", **module), round={"total": 2}), "order": "low" if low else "high"}
    event = {"plan": plan, "entries": entries("1"), "scores": scores("m", {"1": value})}
    if seconds is not None:
        event["times"] = [{"entry": "1", "module": "m", "seconds": seconds}]
    row: dict[str, Any] = rows(ranked(event))["1"]
    return row


@pytest.mark.parametrize(
    ("seconds", "total"),
    [
        (0, "9.40"), (359, "9.40"), ("359.99", "9.40"), (360, "9.50"), (480, "9.50"), ("480.5", "9.50"),
        (481, "9.48"), (490, "9.48"), (491, "9.45"), (500, "9.45"), (501, "9.40"), (511, "9.30"),
        (10**6, "9.30"),
    ],
)  # fmt: skip
def test_the_last_row_whose_seconds_the_time_reaches_holds(seconds: Any, total: str) -> None:
    assert talk(seconds)["total"] == total


def test_before_the_first_row_nothing_is_taken_off() -> None:
    assert talk(490, time_bands=[[491, "0.2"], [511, "0.5"]])["total"] == "9.50"


def test_time_is_taken_off_after_the_mean_and_before_the_rounding() -> None:
    """Mean 92.6666… − 0.004 = 92.6626… → 92.66; rounded first it would be 92.67 − 0.004 → 92.67."""
    plan = sheets(time_bands=[[0, "0.004"]], round={"module": 2})
    event = {"plan": plan, "entries": entries("1"), "marks": marks("1", [92, 93, 93])}
    timed = {**event, "times": [{"entry": "1", "module": "m", "seconds": 400}]}
    assert rows(ranked(timed))["1"]["modules"]["m"]["score"] == "92.66"


def test_the_score_is_kept_within_zero_and_full() -> None:
    assert talk(511, "0.1")["total"] == "0.00"
    assert talk(0, "9.5", time_bands=[], time_factors=[[0, 2]])["total"] == "10.00"


def test_under_order_low_the_points_are_added() -> None:
    assert talk(511, low=True)["total"] == "9.70"


@pytest.mark.parametrize(("seconds", "total"), [(900, "9.00"), (901, "8.55"), (930, "8.10"), (1201, "0.00")])
def test_factors_of_time_multiply_the_score(seconds: int, total: str) -> None:
    assert talk(seconds, 9, time_bands=[], time_factors=METRO)["total"] == total


def test_a_metro_practical_with_its_time_score() -> None:
    """METRO: item = (S × k + 10) × 0.1 beside S is S × (1 + 0.1 k) + 1; the 1 is a module of its own."""
    practical = {
        "code": "p", "kind": "sheets", "full": 99, "criteria": [{"code": "S", "kind": "points", "max": 90}],
        "time_factors": [[0, "1.1"], [901, "1.095"], [1201, 1]], "round": {"module": 2},
        "panel": {"min_judges": 2},
    }  # fmt: skip
    given = {"code": "one", "kind": "direct", "full": 1}
    event = {
        "plan": one_stage([practical, given], round={"total": 2}), "entries": entries("1"),
        "marks": [
            {"entry": "1", "module": "p", "judge": judge, "criterion": "S", "value": value}
            for judge, value in (("A", "80"), ("B", "81.5"))
        ],
        "scores": scores("one", {"1": 1}), "times": [{"entry": "1", "module": "p", "seconds": 910}],
    }  # fmt: skip
    by_hand = (80 + (80 * 0.95 + 10) * 0.1 + 81.5 + (81.5 * 0.95 + 10) * 0.1) / 2
    assert rows(ranked(event))["1"]["total"] == f"{by_hand:.2f}" == "89.42"


def test_without_a_time_the_entry_is_incomplete_and_told() -> None:
    row = talk(None)
    assert (row["status"], row["total"], codes(row)) == ("incomplete", None, ["missing_time"])
    assert row["modules"]["m"] == {"score": None, "weighted": None}
    assert (row["problems"][0]["entry"], row["problems"][0]["module"]) == ("1", "m")


def test_a_missing_mark_and_a_missing_time_are_both_told() -> None:
    plan = sheets(time_bands=SPEECH, panel={"min_judges": 3})
    event = {"plan": plan, "entries": entries("1"), "marks": marks("1", [92, 93])}
    assert codes(rows(ranked(event))["1"]) == ["not_enough_judges", "missing_time"]


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ({"absences": [{"entry": "1", "module": "m"}]}, "absent"),
        ({"scores": scores("m", {"1": "DNF"})}, "absent"),
        ({}, "incomplete"),
    ],
)
def test_who_has_no_score_needs_no_time(event: dict[str, Any], status: str) -> None:
    plan = one_stage(direct("m", time_bands=SPEECH))
    row = rows(ranked({"plan": plan, "entries": entries("1"), **event}))["1"]
    assert row["status"] == status
    assert "missing_time" not in codes(row)


def test_an_absence_that_counts_as_zero_is_zero_whatever_the_time() -> None:
    plan = one_stage(direct("m", time_bands=[[0, 1]], absent_module="zero", full=None))
    place = {"entry": "1", "module": "m"}
    event = {"plan": plan, "entries": entries("1"), "absences": [place], "times": [{**place, "seconds": 9}]}
    assert rows(ranked(event))["1"]["total"] == "0.000000"


def test_one_time_holds_for_all_attempts_of_a_module() -> None:
    plan = one_stage(direct("m", time_bands=SPEECH, attempts={"count": 2}), round={"total": 2})
    both = [{"entry": "1", "module": "m", "attempt": n, "value": 7 + n} for n in (1, 2)]
    event = {
        "plan": plan, "entries": entries("1"), "scores": both,
        "times": [{"entry": "1", "module": "m", "seconds": 500}],
    }  # fmt: skip
    assert rows(ranked(event))["1"]["total"] == "8.95"


def test_points_off_by_time_count_for_the_penalty_key() -> None:
    """Moving a rule from penalties by hand to bands changes no place: who ran over comes second."""
    plan = one_stage(direct("m", time_bands=SPEECH), ties=[{"by": "penalty"}])
    event = {
        "plan": plan, "entries": entries("12"), "scores": scores("m", {"1": "9.55", "2": "9.5"}),
        "times": [{"entry": n, "module": "m", "seconds": s} for n, s in (("1", 495), ("2", 480))],
    }  # fmt: skip
    document = ranked(event)
    assert [row["number"] for row in document["divisions"][0]["standings"]] == ["2", "1"]
    assert rows(document)["2"]["tie"] == "penalties 0 < 0.05"


def test_the_derivation_tells_time_points_and_factor() -> None:
    plan = one_stage(direct("m", time_bands=SPEECH, time_factors=METRO, round={"module": 2}))
    event = {
        "plan": plan, "entries": entries("1"), "scores": scores("m", {"1": "9.5"}),
        "times": [{"entry": "1", "module": "m", "seconds": "905.5"}],
    }  # fmt: skip
    known = facts(event)
    why = derivation(known, rank_event(known), "1").modules[0]
    assert why.time is not None
    assert why.score is not None
    assert (why.time.seconds, why.time.points, why.time.factor) == ("905.5", "0.2", "0.95")
    assert (why.score.unrounded, why.score.rounded) == ("8.825", "8.83")


@pytest.mark.parametrize(
    ("module", "path"),
    [
        ({"time_bands": [[10, 1], [10, 2]]}, "time_bands[1]"),
        ({"time_bands": [[20, 1], [10, 2]]}, "time_bands[1]"),
        ({"time_bands": [[0, -1]]}, "time_bands[0]"),
        ({"time_factors": [[-1, 1]]}, "time_factors[0]"),
        ({"time_bands": [[0, "soon"]]}, "time_bands[0][1]"),
        ({"time_bands": [[0]]}, "time_bands[0][1]"),
        ({"kind": "members", "event": "E", "time_bands": [[0, 1]]}, "time_bands"),
    ],
)
def test_what_is_no_row_of_times(module: dict[str, Any], path: str) -> None:
    _, errors = plan_and_errors(one_stage(direct("m", **module)))
    assert [error.path for error in errors] == [f"stages[0].modules[0].{path}"]
