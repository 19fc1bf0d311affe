"""The ladder of scoring.md §3: every example, every criterion kind, drops, attempts, penalties, bases."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from competition_app.domain.scoring.figures import figure, rounded
from tests.domain.making import codes, direct, entries, marks, one_stage, ranked, rows, scores, seats, sheets


def score_of(plan: dict[str, Any], given: list[Any], **event: Any) -> str | None:
    document = ranked({"plan": plan, "entries": entries("1"), "marks": given, **event})
    found: str | None = rows(document)["1"]["modules"]["m"]["score"]
    return found


def points_of(criterion: dict[str, Any], mark: Any) -> str | None:
    plan = sheets([{"code": "p", **criterion}], full=None, round={"module": 4})
    return score_of(plan, marks("1", [mark]))


TRIMMED = {"drop_high": 1, "drop_low": 1}


def test_e1_five_judges_drop_one_high_and_one_low() -> None:
    plan = sheets(panel=TRIMMED, round={"module": 2})
    assert score_of(plan, marks("1", [89, 92, 91, 91, 90])) == "90.67"


@pytest.mark.parametrize(
    ("given", "shown"), [("86.125", "86.13"), ("89.995", "90.00"), ("2.675", "2.68"), ("-0.005", "-0.01")]
)
def test_e2_half_up_away_from_zero(given: str, shown: str) -> None:
    assert figure(rounded(Fraction(given), 2), 2) == shown


def test_no_minus_zero() -> None:
    assert figure(Fraction("-0.001"), 2) == "0.00"


def test_e3_judgement_across_criterion() -> None:
    criterion = {"code": "p", "kind": "judgement", "max": 6}
    plan = sheets([criterion], panel={"across": "criterion"}, round={"criterion": 2, "module": 2})
    assert score_of(plan, marks("1", [2, 2, 3])) == "4.67"


def test_e4_an_absent_judge_is_no_zero() -> None:
    plan = sheets(panel=TRIMMED, round={"module": 2})
    given = ["absent", "7.0", "7.25", "7.25", "7.5", "7.5", "7.5", "8.0", "8.25"]
    assert score_of(plan, marks("1", given)) == "7.50"


@pytest.mark.parametrize(
    ("rounds", "shown"), [({"criterion": 2, "factored": 2}, "36.92"), ({"criterion": 2}, "36.91")]
)
def test_e5_factors_round_each_part(rounds: dict[str, int], shown: str) -> None:
    means = ["9.07", "9.14", "9.21", "9.36", "9.36"]
    criteria = [{"code": f"c{n}", "kind": "points", "max": 10, "factor": "0.8"} for n in range(5)]
    plan = sheets(criteria, panel={"across": "criterion"}, round={**rounds, "module": 2})
    assert score_of(plan, marks("1", {f"c{n}": [mean] for n, mean in enumerate(means)})) == shown


def test_e6_weighted_parts() -> None:
    theory, practical = (
        direct("theory", weight="0.3", round={"module": 2}),
        direct("practical", weight="0.7", round={"module": 2}),
    )
    plan = one_stage(theory + practical, round={"weighted": 2, "total": 2})
    given = scores("theory", {"1": 80}) + scores("practical", {"1": "90.67"})
    row = rows(ranked({"plan": plan, "entries": entries("1"), "scores": given}))["1"]
    assert row["modules"]["theory"] == {"score": "80.00", "weighted": "24.00"}
    assert row["modules"]["practical"] == {"score": "90.67", "weighted": "63.47"}
    assert row["total"] == "87.47"


def test_e7_best_of_the_runs_made() -> None:
    plan = one_stage(direct("m", attempts={"count": 3, "take": "best"}, round={"module": 2}))
    given = scores("m", {"1": 91}, attempt=1) + scores("m", {"1": 95}, attempt=2)
    assert rows(ranked({"plan": plan, "entries": entries("1"), "scores": given}))["1"]["total"] == "95.000000"


@pytest.mark.parametrize(
    ("criterion", "mark", "points"),
    [
        ({"kind": "points", "max": 40, "step": "0.5"}, "35.5", "35.5000"),
        ({"kind": "check", "max": 4}, True, "4.0000"),
        ({"kind": "check", "max": 4}, "no", "0.0000"),
        ({"kind": "check", "max": 4}, 1, "4.0000"),
        ({"kind": "judgement", "max": 6}, 2, "4.0000"),
        ({"kind": "judgement", "max": 1}, 1, "0.3333"),
        ({"kind": "deduction", "max": 20, "each": 2}, 3, "14.0000"),
        ({"kind": "deduction", "max": 20, "each": 2}, 11, "0.0000"),
        ({"kind": "deduction", "max": 20}, "0.5", "19.5000"),
        ({"kind": "bonus", "max": 5}, 3, "3.0000"),
    ],
)
def test_how_a_mark_becomes_points(criterion: dict[str, Any], mark: Any, points: str) -> None:
    assert points_of(criterion, mark) == points


@pytest.mark.parametrize(
    ("between", "mark", "points"),
    [
        ("linear", "-5", "30.0000"),
        ("linear", "0.2", "30.0000"),
        ("linear", "0.3", "20.0000"),
        ("linear", "0.5", "0.0000"),
        ("linear", "9", "0.0000"),
        ("step", "0.3", "30.0000"),
        ("step", "0.5", "0.0000"),
        ("step", "-1", "30.0000"),
    ],
)
def test_measured_by_its_scale(between: str, mark: str, points: str) -> None:
    scale = [[0, 30], ["0.2", 30], ["0.5", 0]]
    assert points_of({"kind": "measured", "max": 30, "scale": scale, "between": between}, mark) == points


def test_a_bonus_lifts_the_module_but_never_over_full() -> None:
    criteria = [{"code": "a", "kind": "points", "max": 10}, {"code": "b", "kind": "bonus", "max": 5}]
    plan = sheets(criteria, full=12, round={"module": 1})
    assert score_of(plan, marks("1", {"a": [8], "b": [2]})) == "10.0"
    assert score_of(plan, marks("1", {"a": [10], "b": [5]})) == "12.0"


@pytest.mark.parametrize(("combine", "shown"), [("mean", "4.00"), ("median", "3.50"), ("sum", "16.00")])
def test_ways_to_combine(combine: str, shown: str) -> None:
    assert (
        score_of(sheets(panel={"combine": combine}, round={"module": 2}), marks("1", [1, 3, 4, 8])) == shown
    )


def test_agreed_needs_equal_values() -> None:
    plan = sheets(panel={"combine": "agreed"}, round={"module": 1})
    assert score_of(plan, marks("1", [7, "absent", 7])) == "7.0"
    row = rows(ranked({"plan": plan, "entries": entries("1"), "marks": marks("1", [7, 8])}))["1"]
    assert (row["status"], codes(row)) == ("incomplete", ["not_agreed"])


def test_nothing_is_dropped_below_drop_if_at_least() -> None:
    plan = sheets(panel={**TRIMMED, "min_judges": 2, "drop_if_at_least": 5}, round={"module": 2})
    assert score_of(plan, marks("1", [1, 5, 9, 3])) == "4.50"
    assert score_of(plan, marks("1", [1, 5, 9, 3, 4])) == "4.00"


def test_of_equal_marks_the_last_judge_is_dropped_first() -> None:
    criteria = [{"code": "a", "kind": "points", "max": 10}, {"code": "b", "kind": "points", "max": 10}]
    plan = sheets(criteria, panel={"drop_high": 1})
    document = ranked(
        {"plan": plan, "entries": entries("1"), "marks": marks("1", {"a": [6, 5, 1], "b": [4, 5, 1]})}
    )
    assert rows(document)["1"]["criteria"]["m"] == {"a": "3.500000", "b": "2.500000"}


def test_judges_stand_in_natural_code_order() -> None:
    criteria = [{"code": "a", "kind": "points", "max": 10}, {"code": "b", "kind": "points", "max": 10}]
    given = [
        {"entry": "1", "module": "m", "judge": judge, "criterion": code, "value": value}
        for judge, pair in {"J10": (6, 4), "J9": (5, 5), "J1": (1, 1)}.items()
        for code, value in zip("ab", pair, strict=True)
    ]
    document = ranked(
        {"plan": sheets(criteria, panel={"drop_high": 1}), "entries": entries("1"), "marks": given}
    )
    assert rows(document)["1"]["criteria"]["m"] == {"a": "3.000000", "b": "3.000000"}


RUNS = {1: 80, 2: 90, 3: 70, 4: 60}


@pytest.mark.parametrize(
    ("take", "order", "shown"),
    [
        ("best", "high", "90.00"),
        ("best", "low", "60.00"),
        ("last", "high", "60.00"),
        ("mean", "high", "75.00"),
        ("sum", "high", "300.00"),
        ("trimmed", "high", "75.00"),
    ],
)
def test_which_attempts_count(take: str, order: str, shown: str) -> None:
    plan = one_stage(direct("m", full=None, attempts={"count": 4, "take": take}, round={"module": 2}))
    given = [row for n, value in RUNS.items() for row in scores("m", {"1": value}, attempt=n)]
    document = ranked({"plan": {**plan, "order": order}, "entries": entries("1"), "scores": given})
    assert rows(document)["1"]["modules"]["m"]["score"] == shown


@pytest.mark.parametrize(
    ("take", "given", "status", "shown"),
    [
        ("best", ["DNF", 50, None], "ranked", "50.00"),
        ("best", ["DNF", "DNF", None], "absent", None),
        ("mean", [40, "DNF", 60], "ranked", "50.00"),
        ("last", [40, 50, "DNF"], "absent", None),
        ("last", [40, "DNF", 60], "ranked", "60.00"),
        ("trimmed", [40, "DNF", 60], "ranked", "40.00"),
        ("trimmed", ["DNF", "DNF", 60], "absent", None),
        ("trimmed", [40, 60, None], "incomplete", None),
    ],
)
def test_failed_attempts(take: str, given: list[Any], status: str, shown: str | None) -> None:
    plan = one_stage(direct("m", attempts={"count": 3, "take": take}, round={"module": 2}))
    rows_ = [row for n, value in enumerate(given, 1) if value for row in scores("m", {"1": value}, attempt=n)]
    row = rows(ranked({"plan": plan, "entries": entries("1"), "scores": rows_}))["1"]
    assert (row["status"], row["modules"]["m"]["score"]) == (status, shown)


def test_one_dnf_mark_fails_its_attempt() -> None:
    plan = sheets(attempts={"count": 2, "take": "best"}, round={"module": 2})
    given = marks("1", [90, "DNF"], attempt=1) + marks("1", [50, 60], attempt=2)
    assert score_of(plan, given) == "55.00"


def test_a_failed_module_may_count_as_zero() -> None:
    plan = one_stage(direct("m", absent_module="zero", round={"module": 2}))
    row = rows(ranked({"plan": plan, "entries": entries("1"), "scores": scores("m", {"1": "DNF"})}))["1"]
    assert (row["status"], row["modules"]["m"]["score"], row["place"]) == ("ranked", "0.00", 1)


@pytest.mark.parametrize(
    ("place", "shown"),
    [({"module": "m", "attempt": 1}, "7.50"), ({"module": "m"}, "8.00"), ({"stage": "s"}, "8.00")],
)
def test_penalties_come_off_at_their_rung(place: dict[str, Any], shown: str) -> None:
    plan = one_stage(direct("m", full=10, attempts={"count": 2, "take": "mean"}), round={"total": 2})
    given = scores("m", {"1": 9}, attempt=1) + scores("m", {"1": 9}, attempt=2)
    off = [{"entry": "1", "points": 3 if "attempt" in place else 1, "reason": "r", **place}]
    assert (
        rows(ranked({"plan": plan, "entries": entries("1"), "scores": given, "penalties": off}))["1"]["total"]
        == shown
    )


@pytest.mark.parametrize(
    ("full", "score", "total"), [(100, "0.000000", "0.000000"), (None, "-2.000000", "0.000000")]
)
def test_floors_hold_but_for_modules_without_full(full: int | None, score: str, total: str) -> None:
    plan = one_stage(direct("m", full=full))
    off = [{"entry": "1", "module": "m", "points": 5, "reason": "r"}]
    row = rows(
        ranked({"plan": plan, "entries": entries("1"), "scores": scores("m", {"1": 3}), "penalties": off})
    )["1"]
    assert (row["modules"]["m"]["score"], row["total"]) == (score, total)


def test_under_order_low_penalties_are_added() -> None:
    plan = {**one_stage(direct("m", full=None), round={"total": 1}), "order": "low"}
    off = [
        {"entry": "1", "module": "m", "attempt": 1, "points": 1, "reason": "r"},
        {"entry": "1", "module": "m", "points": 2, "reason": "r"},
        {"entry": "1", "stage": "s", "points": 4, "reason": "r"},
    ]
    document = ranked(
        {"plan": plan, "entries": entries("12"), "scores": scores("m", {"1": 10, "2": 16}), "penalties": off}
    )
    assert [(r["number"], r["total"]) for r in document["divisions"][0]["standings"]] == [
        ("2", "16.0"),
        ("1", "17.0"),
    ]


def test_basis_percent() -> None:
    plan = one_stage(direct("m", full=3500, weight="0.3", basis="percent"), round={"weighted": 2, "total": 2})
    row = rows(ranked({"plan": plan, "entries": entries("1"), "scores": scores("m", {"1": 2800})}))["1"]
    assert row["modules"]["m"]["weighted"] == "24.00"


def carried(**carry: Any) -> dict[str, Any]:
    first = {"code": "prelim", "modules": direct("a", full=3500), "round": {"total": 0}}
    final = {"code": "final", "modules": direct("b", weight="0.7"), "round": {"weighted": 2, "total": 2}}
    return {"stages": [first, {**final, "carry": {"stage": "prelim", "weight": "0.3", **carry}}]}


def test_a_stage_is_carried_over() -> None:
    given = scores("a", {"1": "2800.4", "2": 3500}) + scores("b", {"1": 90})
    plan = carried(basis="percent", full=3500)
    document = ranked({"plan": plan, "entries": entries("12"), "scores": given})
    assert rows(document, "final")["1"]["total"] == "87.00"
    assert list(rows(document, "final")) == ["1"]


def test_without_a_carried_total_the_entry_is_incomplete() -> None:
    document = ranked({"plan": carried(), "entries": entries("1"), "scores": scores("b", {"1": 90})})
    row = rows(document, "final")["1"]
    assert (row["status"], codes(row), row["total"]) == ("incomplete", ["missing_module"], None)
    assert row["modules"]["b"] == {"score": "90.000000", "weighted": None}


@pytest.mark.parametrize(("rung", "shown"), [("sheet", "3.4"), ("attempt", "3.3"), ("module", "3.3")])
def test_each_rung_rounds_to_its_own_key(rung: str, shown: str) -> None:
    criteria = [{"code": "p", "kind": "points", "max": 10, "step": "0.01"}]
    plan = sheets(criteria, round={rung: 1})
    found = score_of(plan, marks("1", ["3.25", "3.35", "3.35"]))
    assert found is not None
    assert Decimal(found).quantize(Decimal("0.1")) == Decimal(shown)


def test_marks_finer_than_the_store_stay_exact() -> None:
    criteria = [{"code": "p", "kind": "points", "max": 1, "step": "0.000000000001"}]
    plan = sheets(criteria, round={"module": 12})
    assert score_of(plan, marks("1", ["0.123456789012", "0.123456789014"])) == "0.123456789013"


def test_z_score_normalises_each_judge() -> None:
    rule = {"by": "judge", "method": "z-score", "mean": 100, "sd": 20}
    plan = sheets(full=None, normalise=rule, round={"module": 4})
    given = marks("1", [10, 50]) + marks("2", [20, 50]) + marks("3", [30, 50])
    found = rows(ranked({"plan": plan, "entries": entries("123"), "marks": given}))
    # J1: mean 20, deviation sqrt(200/3); J2 gave all the same, so everyone gets 100
    assert [found[n]["modules"]["m"]["score"] for n in "123"] == ["87.7526", "100.0000", "112.2474"]


def test_groups_are_evened_out_by_their_means() -> None:
    plan = one_stage(direct("m", normalise={"by": "group", "method": "mean-ratio"}, round={"module": 2}))
    people = [
        {"number": n, "group": g, "status": s}
        for n, g, s in [
            ("1", "A", "ranked"),
            ("2", "A", "ranked"),
            ("3", "B", "ranked"),
            ("4", "B", "out_of_competition"),
        ]
    ]
    given = scores("m", {"1": 60, "2": 80, "3": 50, "4": 40})
    found = rows(ranked({"plan": plan, "entries": people, "scores": given}))
    # mean of all ranked 63.333…, group A 70, group B 50
    assert [found[n]["modules"]["m"]["score"] for n in "1234"] == ["54.29", "72.38", "63.33", "50.67"]


def test_group_means_drop_the_ends() -> None:
    rule = {"by": "group", "method": "mean-ratio", "trim": 1}
    plan = one_stage(direct("m", normalise=rule, round={"module": 2}))
    people = [{"number": str(n), "group": "A" if n < 4 else "B"} for n in range(1, 7)]
    given = scores("m", {"1": 10, "2": 50, "3": 60, "4": 60, "5": 60, "6": 60})
    found = rows(ranked({"plan": plan, "entries": people, "scores": given}))
    assert found["2"]["modules"]["m"]["score"] == "50.00"


def test_seats_named_but_groups_apart() -> None:
    judges = [
        *seats(1, group="A"),
        {"code": "J2", "modules": ["m"], "group": "B"},
        {"code": "J3", "modules": ["m"]},
    ]
    people = [{"number": "1", "group": "A"}, {"number": "2", "group": "B"}, {"number": "3"}]
    given = marks("1", [10, None, 20]) + marks("2", [None, 30, 40]) + marks("3", [1, 2, 3])
    plan = sheets(round={"module": 1})
    found = rows(ranked({"plan": plan, "entries": people, "marks": given, "judges": judges}))
    assert [found[n]["modules"]["m"]["score"] for n in "123"] == ["15.0", "35.0", "2.0"]
