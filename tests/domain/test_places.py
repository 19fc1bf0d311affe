"""Places, ties and statuses (scoring.md §6), and the orders of tie keys seen in rule texts."""

from typing import Any

import pytest

from competition_app.domain.scoring.figures import natural
from tests.domain.making import (
    direct,
    entries,
    marks,
    one_stage,
    ranked,
    rows,
    scores,
    sheets,
    totals,
)


def places(document: dict[str, Any]) -> list[int | None]:
    return [row["place"] for row in document["divisions"][0]["standings"]]


def order(document: dict[str, Any]) -> list[str]:
    return [row["number"] for row in document["divisions"][0]["standings"]]


@pytest.mark.parametrize(
    ("how", "shown"),
    [("1224", [1, 1, 3, 4, 4, 4, 7]), ("1223", [1, 1, 2, 3, 3, 3, 4]), ("1334", [2, 2, 3, 6, 6, 6, 7])],
)
def test_e8_shared_places(how: str, shown: list[int]) -> None:
    document = ranked(totals([90, 90, 88, 85, 85, 85, 80], places=how))
    assert places(document) == shown
    assert [row["shared"] for row in document["divisions"][0]["standings"]] == [
        True,
        True,
        False,
        True,
        True,
        True,
        False,
    ]


def test_e9_the_first_module_decides() -> None:
    plan = one_stage(direct("tes", "pcs"), round={"total": 2}, ties=[{"by": "module", "module": "tes"}])
    given = scores("tes", {"2": "30.27", "1": "26.20"}) + scores("pcs", {"2": "22.88", "1": "27.95"})
    off = [{"entry": "1", "stage": "s", "points": 1, "reason": "r"}]
    document = ranked({"plan": plan, "entries": entries("12"), "scores": given, "penalties": off})
    assert (order(document), places(document)) == (["2", "1"], [1, 2])
    assert rows(document)["2"]["total"] == rows(document)["1"]["total"] == "53.15"
    assert rows(document)["2"]["tie"] == "tes 30.270000 > 26.200000"


def tied(ties: list[dict[str, Any]], **event: Any) -> dict[str, Any]:
    """Entries 1 and 2 with 100 points each: 40 + 60 and 60 + 40."""
    plan = one_stage(direct("a", "b"), ties=ties)
    given = scores("a", {"1": 40, "2": 60}) + scores("b", {"1": 60, "2": 40})
    return ranked({"plan": plan, "entries": entries("12"), "scores": given, **event})


def at(entry: str, moment: str, module: str = "a") -> dict[str, Any]:
    return {"entry": entry, "module": module, "at": f"2025-09-01T{moment}"}


def took(entry: str, seconds: Any, module: str = "a") -> dict[str, Any]:
    return {"entry": entry, "module": module, "seconds": seconds}


@pytest.mark.parametrize(
    ("key", "event", "first"),
    [
        ({"by": "module", "module": "a"}, {}, "2"),
        ({"by": "module", "module": "b"}, {}, "1"),
        ({"by": "time", "module": "a"}, {"times": [took("1", 50), took("2", "49.5")]}, "2"),
        (
            {"by": "time"},
            {"times": [took("1", 50), took("1", 1, "b"), took("2", 9), took("2", 41, "b")]},
            "2",
        ),
        ({"by": "time"}, {"times": [took("1", 50), took("1", 1, "b"), took("2", 9)]}, "1"),
        (
            {"by": "submitted", "module": "a"},
            {"submitted": [at("1", "10:00:00+08:00"), at("2", "01:59:59+00:00")]},
            "2",
        ),
        ({"by": "submitted", "module": "a"}, {"submitted": [at("1", "10:00:00+08:00")]}, "1"),
        ({"by": "submitted", "module": "a"}, {"submitted": [at("1", "10:00:01"), at("2", "02:00:00Z")]}, "2"),
        ({"by": "decision"}, {"decisions": [{"entries": ["2", "1"], "reason": "r"}]}, "2"),
        ({"by": "decision"}, {"decisions": [{"entries": ["2"], "reason": "r"}]}, "2"),
        ({"by": "lot"}, {"lots": [["2", "1"]]}, "2"),
        ({"by": "stage", "stage": "s"}, {}, None),
    ],
)
def test_each_tie_key(key: dict[str, Any], event: dict[str, Any], first: str | None) -> None:
    document = tied([key], **event)
    if first is None:
        assert places(document) == [1, 1]
    else:
        assert (order(document)[0], places(document)) == (first, [1, 2])


def test_penalty_key_sums_all_penalties_of_the_stage() -> None:
    plan = one_stage(direct("a", "b", full=200), ties=[{"by": "penalty"}])
    given = scores("a", {"1": 52, "2": 51}) + scores("b", {"1": 50, "2": 50})
    off = [
        {"entry": "1", "stage": "s", "points": 1, "reason": "r"},
        {"entry": "1", "module": "a", "points": 1, "reason": "r"},
        {"entry": "2", "module": "a", "attempt": 1, "points": 1, "reason": "r"},
    ]
    document = ranked({"plan": plan, "entries": entries("12"), "scores": given, "penalties": off})
    assert (order(document), places(document)) == (["2", "1"], [1, 2])
    assert rows(document)["2"]["tie"] == "penalties 1 < 2"


@pytest.mark.parametrize(
    ("first", "values", "shown"),
    [
        ("low", ["9", "10", "30"], ["1", "2", "3"]),
        ("high", ["9", "10", "30"], ["3", "2", "1"]),
        ("low", ["b", "a", "c"], ["2", "1", "3"]),
        ("high", ["b", None, "c"], ["3", "1", "2"]),
        ("low", [9, "9.50", "10"], ["1", "2", "3"]),
    ],
)
def test_field_key(first: str, values: list[Any], shown: list[str]) -> None:
    event = totals([5, 5, 5], ties=[{"by": "field", "field": "f", "first": first}])
    for entry, value in zip(event["entries"], values, strict=True):
        entry["fields"] = {"f": value}
    assert order(ranked(event)) == shown


def test_equal_fields_written_differently_stay_in_the_order_of_numbers() -> None:
    plan = one_stage(direct("m"), ties=[{"by": "field", "field": "age"}])
    both = [{"number": "11", "fields": {"age": "30"}}, {"number": "10", "fields": {"age": "30.0"}}]
    document = ranked({"plan": plan, "entries": both, "scores": scores("m", {"10": 5, "11": 5})})
    assert (order(document), places(document)) == (["10", "11"], [1, 1])


def test_criterion_key_compares_combined_points_before_the_factor() -> None:
    criteria = [
        {"code": "p", "kind": "points", "max": 10, "factor": 2},
        {"code": "q", "kind": "points", "max": 20},
    ]
    plan = sheets(criteria)
    plan["stages"][0]["ties"] = [{"by": "criterion", "module": "m", "criterion": "p"}]
    given = marks("1", {"p": [4, 4], "q": [12, 12]}) + marks("2", {"p": [5, 5], "q": [10, 10]})
    document = ranked({"plan": plan, "entries": entries("12"), "marks": given})
    assert order(document) == ["2", "1"]
    assert rows(document)["2"]["tie"] == "m p 5.000000 > 4.000000"
    assert rows(document)["2"]["criteria"] == {"m": {"p": "5.000000", "q": "10.000000"}}


def test_criterion_figures_are_those_of_the_attempt_that_counts() -> None:
    plan = sheets(attempts={"count": 2, "take": "best"})
    given = marks("1", [10, 20], attempt=1) + marks("1", [30, 40], attempt=2)
    assert rows(ranked({"plan": plan, "entries": entries("1"), "marks": given}))["1"]["criteria"] == {
        "m": {"p": "35.000000"}
    }
    plan = sheets(attempts={"count": 2, "take": "mean"})
    assert rows(ranked({"plan": plan, "entries": entries("1"), "marks": given}))["1"]["criteria"] == {}


def test_attempt_key_takes_the_nth_best() -> None:
    rule = {"count": 3, "take": "best"}
    plan = one_stage(direct("m", attempts=rule), ties=[{"by": "attempt", "module": "m", "nth": 2}])
    given = (
        scores("m", {"1": 90, "2": 70, "3": 90}, attempt=1)
        + scores("m", {"1": 60, "2": 90}, attempt=2)
        + scores("m", {"3": "DNF"}, attempt=2)
    )
    document = ranked({"plan": plan, "entries": entries("123"), "scores": given})
    assert (order(document), places(document)) == (["2", "1", "3"], [1, 2, 3])


def test_stage_key_compares_another_stage() -> None:
    first = {"code": "prelim", "modules": direct("a")}
    final = {"code": "final", "modules": direct("b"), "ties": [{"by": "stage", "stage": "prelim"}]}
    given = scores("a", {"1": 50, "2": 60}) + scores("b", {"1": 70, "2": 70})
    document = ranked({"plan": {"stages": [first, final]}, "entries": entries("12"), "scores": given})
    assert [row["number"] for row in document["divisions"][1]["standings"]] == ["2", "1"]


def test_module_stage_and_attempt_keys_turn_round_under_order_low() -> None:
    plan = {"order": "low", **one_stage(direct("a", "b", full=None), ties=[{"by": "module", "module": "a"}])}
    given = scores("a", {"1": 40, "2": 60}) + scores("b", {"1": 60, "2": 40})
    assert order(ranked({"plan": plan, "entries": entries("12"), "scores": given})) == ["1", "2"]


@pytest.mark.parametrize("direction", ["high", "low"])
def test_those_without_a_value_come_last(direction: str) -> None:
    event = totals([5, 5, 5], ties=[{"by": "time", "module": "m"}])
    event["plan"]["order"] = direction
    event["times"] = [{"entry": "3", "module": "m", "seconds": 9}]
    document = ranked(event)
    assert (order(document), places(document)) == (["3", "1", "2"], [1, 2, 2])


def test_a_key_nobody_has_is_skipped_and_said_so() -> None:
    document = tied([{"by": "time"}, {"by": "module", "module": "a"}])
    assert rows(document)["2"]["tie"] == "time: nobody has it; a 60.000000 > 40.000000"


def test_out_of_competition_takes_no_place() -> None:
    event = totals([90, 85, 85, 85, 80, 95], places="1334")
    for number in (3, 5, 6):
        event["entries"][number - 1]["status"] = "out_of_competition"
    document = ranked(event)
    assert order(document) == ["1", "2", "4", "6", "3", "5"]
    assert places(document) == [1, 3, 3, 1, 2, 4]
    assert not any(row["shared"] for row in document["divisions"][0]["standings"][3:])


def test_out_of_competition_is_measured_by_the_tie_keys_too() -> None:
    plan = one_stage(direct("a", "b"), ties=[{"by": "module", "module": "a"}])
    people = [{"number": "1"}, {"number": "2", "status": "out_of_competition"}]
    given = scores("a", {"1": 60, "2": 40}) + scores("b", {"1": 40, "2": 60})
    assert places(ranked({"plan": plan, "entries": people, "scores": given})) == [1, 2]


def test_divisions_are_ranked_apart_in_their_order() -> None:
    event = totals([90, 80, 70])
    event["divisions"] = [{"code": "W"}, {"code": "S"}, {"code": "empty"}]
    for entry, division in zip(event["entries"], "SWS", strict=True):
        entry["division"] = division
    document = ranked(event)
    assert [(d["code"], d["stage"]) for d in document["divisions"]] == [
        ("W", "s"),
        ("S", "s"),
        ("empty", "s"),
    ]
    assert [[(r["number"], r["place"]) for r in d["standings"]] for d in document["divisions"]] == [
        [("2", 1)],
        [("1", 1), ("3", 2)],
        [],
    ]


@pytest.mark.parametrize(
    ("how", "values", "top", "asked"),
    [
        ("1224", [9, 9, 8], 1, [["1", "2"]]),
        ("1224", [9, 8, 8], 1, []),
        ("1224", [9, 8, 7, 7], 3, [["3", "4"]]),
        ("1334", [9, 8, 7, 7], 3, [["3", "4"]]),
        ("1224", [9, 9, 8, 8, 7], 3, [["1", "2"], ["3", "4"]]),
    ],
)
def test_no_shared_place_in_the_top(how: str, values: list[int], top: int, asked: list[list[str]]) -> None:
    document = ranked(totals(values, places=how, no_shared_top=top, ties=[{"by": "decision"}]))
    questions = document["divisions"][0]["open_questions"]
    assert [q["entries"] for q in questions] == asked
    assert all((q["code"], q["next"]) == ("unresolved_tie_in_top", "decision") for q in questions)


def test_an_open_question_is_closed_by_deciding_or_accepting() -> None:
    event = totals([9, 9], no_shared_top=3, ties=[{"by": "decision"}])
    decided = {**event, "decisions": [{"entries": ["2", "1"], "reason": "r"}]}
    accepted = {**event, "accepted": [{"code": "unresolved_tie_in_top", "entry": "2", "reason": "r"}]}
    assert ranked(decided)["divisions"][0]["open_questions"] == []
    assert order(ranked(decided)) == ["2", "1"]
    assert ranked(accepted)["divisions"][0]["open_questions"] == []
    assert places(ranked(accepted)) == [1, 1]


def test_later_stages_hold_those_advanced_else_those_with_anything_there() -> None:
    plan = {"stages": [{"code": "a", "modules": direct("x")}, {"code": "b", "modules": direct("y")}]}
    event = {
        "plan": plan,
        "entries": entries("1234"),
        "scores": scores("x", dict.fromkeys("1234", 50)) + scores("y", {"2": 9}),
        "absences": [{"entry": "3", "module": "y"}],
    }
    assert sorted(rows(ranked(event), "b")) == ["2", "3"]
    assert sorted(rows(ranked({**event, "advanced": {"b": ["1", "2"]}}), "b")) == ["1", "2"]


def test_natural_order_of_numbers() -> None:
    assert sorted(["10", "2", "A10", "A2", "1", "02"], key=natural) == ["1", "2", "02", "10", "A2", "A10"]


# --- orders of keys seen in rule texts ---------------------------------------------------------------------

TIMES = {"times": [took("1", 60), took("2", 50)]}


@pytest.mark.parametrize(
    ("rule", "ties", "event", "shown"),
    [
        (
            "time, practical, theory, shared",
            [{"by": "time", "module": "a"}, {"by": "module", "module": "a"}, {"by": "module", "module": "b"}],
            TIMES,
            ["2", "1"],
        ),
        (
            "practical, then its time",
            [{"by": "module", "module": "a"}, {"by": "time", "module": "a"}],
            TIMES,
            ["2", "1"],
        ),
        (
            "modules, then hand-in",
            [{"by": "module", "module": "b"}, {"by": "submitted", "module": "a"}],
            {},
            ["1", "2"],
        ),
        (
            "equal modules, then the chief judge",
            [{"by": "penalty"}, {"by": "decision"}],
            {"decisions": [{"entries": ["2", "1"]}]},
            ["2", "1"],
        ),
        (
            "the heaviest module first",
            [{"by": "module", "module": "b"}, {"by": "module", "module": "a"}],
            {},
            ["1", "2"],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_orders_of_keys_in_rule_texts(
    rule: str, ties: list[dict[str, Any]], event: dict[str, Any], shown: list[str]
) -> None:
    assert order(tied(ties, **event)) == shown
