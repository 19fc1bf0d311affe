"""Two entries side by side: every rung with both figures, and what decided (scoring.md §9)."""

from typing import Any

import pytest
from making import direct, entries, facts, one_stage, scores, totals

from competition_app.domain.errors import Refusal
from competition_app.domain.looking_back.compare import ComparedRow, Comparison, compared
from competition_app.domain.ranking.explain import derivation
from competition_app.domain.ranking.ranking import rank_event
from competition_app.i18n import words

TIES = [{"by": "penalty"}, {"by": "module", "module": "n"}, {"by": "lot"}]


def of(event: dict[str, Any], one: str = "1", other: str = "2") -> Comparison:
    known = facts(event)
    result = rank_event(known)
    return compared(derivation(known, result, one), derivation(known, result, other))


def event(values: dict[str, tuple[Any, Any]], **more: Any) -> dict[str, Any]:
    plan = one_stage(
        direct("m", "n", weight="0.5"), round={"weighted": 2, "total": 2}, ties=more.pop("ties", TIES)
    )
    given = [
        *scores("m", {number: str(m) for number, (m, _) in values.items()}),
        *scores("n", {number: str(n) for number, (_, n) in values.items()}),
    ]
    return {"plan": plan, "entries": entries(values), "scores": given, **more}


def row(found: Comparison, kind: str, module: str | None = None) -> ComparedRow:
    return next(one for one in found.rows if one.kind == kind and module in (None, one.module))


def said(found: Comparison, language: str = "en") -> list[str]:
    return [words(language).say(one) for one in found.said]


def test_the_totals_decide_where_they_differ() -> None:
    found = of(event({"1": (90, 80), "2": (80, 88)}))
    assert found.better == "left"
    assert [(one.kind, one.left, one.right, one.ahead) for one in found.rows] == [
        ("module", "90", "80", "left"),
        ("weighted", "45.00", "40.00", "left"),
        ("module", "80", "88", "right"),
        ("weighted", "40.00", "44.00", "right"),
        ("total", "85.00", "84.00", "left"),
    ]
    assert [one.kind for one in found.rows if one.decided] == ["total"]
    assert said(found) == [
        "1 stands before 2: total 85.00 against 84.00.",
        "Most of it comes from m: 5 ahead.",
    ]
    assert said(found, "zh") == ["1 排在 2 前面：总分 85.00，对方 84.00。", "差距主要来自m：领先 5 分。"]


def test_the_second_named_may_be_the_better() -> None:
    found = of(event({"1": (80, 88), "2": (90, 80)}))
    assert found.better == "right"
    assert said(found)[0] == "2 stands before 1: total 85.00 against 84.00."


def test_a_tie_key_decides_between_equal_totals_and_later_ones_are_not_needed() -> None:
    found = of(event({"1": (90, 80), "2": (80, 90)}))
    assert found.better == "right"
    tried = [
        (one.kind, one.left, one.right, one.decided) for one in found.rows if one.kind in ("tie", "unused")
    ]
    assert tried == [
        ("tie", "0", "0", False),
        ("tie", "80", "90", True),
        ("unused", None, None, False),
    ]
    assert said(found) == ["2 stands before 1: equal totals; n decides, 90 against 80."]


def test_nothing_tells_two_apart() -> None:
    found = of(event({"1": (90, 80), "2": (90, 80)}))
    assert found.better is None
    assert not any(one.decided for one in found.rows)
    assert said(found, "zh") == ["1 与 2 名次并列：规则中没有能区分二者的项。"]


def test_penalties_stand_where_they_were_taken_off() -> None:
    found = of(
        event(
            {"1": (90, 80), "2": (90, 80)},
            penalties=[
                {"entry": "1", "stage": "s", "module": "m", "points": 2, "reason": "r"},
                {"entry": "2", "stage": "s", "points": "0.5", "reason": "r"},
            ],
        )
    )
    off, stage = row(found, "penalty"), row(found, "stage_penalty")
    assert (off.left, off.right, off.ahead, off.module) == ("2", "0", "right", "m")
    assert (stage.left, stage.right, stage.ahead) == ("0", "0.5", "left")
    assert found.better == "right"


def test_a_key_before_the_pair_parted_from_others_only() -> None:
    """Three of one total: the key that parts the third from the two does not decide between them."""
    values = {"1": (90, 80), "2": (90, 80), "3": (80, 90)}
    found = of(event(values, ties=[{"by": "module", "module": "m"}, {"by": "lot"}], lots=[["2", "1"]]))
    tried = [(one.left, one.right, one.decided) for one in found.rows if one.kind == "tie"]
    assert tried == [("90", "90", False), ("2", "1", True)]
    assert found.better == "right"


def test_less_is_better_where_the_plan_says_so() -> None:
    timed = totals([60, 70])
    timed["plan"]["order"] = "low"
    found = of(timed)
    assert (found.better, row(found, "module").ahead) == ("left", "left")


def test_one_without_a_total_cannot_be_compared_whole() -> None:
    missing = event({"1": (90, 80), "2": (90, 80)})
    missing["scores"].pop()
    found = of(missing)
    assert found.better is None
    assert row(found, "total").right is None
    assert said(found, "zh") == ["1 与 2 不能完整比较：其中一个没有名次。"]


def test_the_same_entry_and_one_of_another_division_are_refused() -> None:
    both = event({"1": (90, 80), "2": (80, 88)})
    with pytest.raises(Refusal, match="with itself"):
        of(both, "1", "1")
    both["divisions"] = [{"code": "A", "name": "A"}, {"code": "B", "name": "B"}]
    for entry, division in zip(both["entries"], "AB", strict=True):
        entry["division"] = division
    with pytest.raises(Refusal, match="ranked apart"):
        of(both)


def test_what_was_carried_over_stands_beside_the_modules() -> None:
    plan = {
        "stages": [
            {"code": "p", "modules": direct("m")},
            {
                "code": "f",
                "modules": direct("n"),
                "carry": {"stage": "p", "weight": "0.5"},
                "round": {"weighted": 2},
            },
        ]
    }
    given = [
        {"entry": number, "stage": stage, "module": module, "value": str(value)}
        for number, pre, last in (("1", 80, 70), ("2", 90, 66))
        for stage, module, value in (("p", "m", pre), ("f", "n", last))
    ]
    found = of({"plan": plan, "entries": entries("12"), "scores": given})
    carried = row(found, "carried")
    assert (carried.left, carried.right, carried.ahead) == ("40.00", "45.00", "right")
    assert found.better == "right"
