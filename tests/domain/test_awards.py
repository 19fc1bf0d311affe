"""Prizes, advancement and titles (scoring.md §8)."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from competition_app.domain.plans.plan import Awards
from competition_app.domain.ranking.awards import part_of, quotas
from competition_app.domain.ranking.ranking import rank_event
from tests.domain.making import (
    direct,
    entries,
    facts,
    one_stage,
    ranked,
    rows,
    scores,
    totals,
)

THREE = [("一等奖", 10), ("二等奖", 20), ("三等奖", 30)]


def levels(*given: tuple[str, Any], **more: Any) -> list[dict[str, Any]]:
    return [{"name": name, "percent": percent, **more} for name, percent in given]


def awards_of(document: dict[str, Any]) -> dict[str, str | None]:
    return {row["number"]: row["award"] for row in document["divisions"][-1]["standings"]}


def given(document: dict[str, Any]) -> list[str | None]:
    return [row["award"] for row in document["divisions"][-1]["standings"]]


@pytest.mark.parametrize(("cumulative", "winners"), [(True, [28, 56, 83]), (False, [28, 56, 84])])
def test_e10_cumulative_or_not(cumulative: bool, winners: list[int]) -> None:
    plan = {"levels": levels(*THREE, round="ceil"), "cumulative": cumulative, "ties": "include"}
    assert quotas(Awards.model_validate(plan), 277) == winners
    counted = Counter(given(ranked(totals(list(range(1000, 1277)), awards=plan))))
    assert [counted[name] for name, _ in THREE] == winners


def test_e11_extra_winners_come_out_of_the_next_level() -> None:
    plan = {"levels": levels(*THREE, round="floor", at_least=1), "ties": "include", "extra_uses_next": True}
    document = ranked(totals([99, 99, 8, 7, 6, 5, 4, 3, 2, 1], awards=plan))
    assert given(document) == ["一等奖"] * 2 + ["二等奖"] + ["三等奖"] * 3 + [None] * 4


def test_without_it_the_next_level_keeps_its_number() -> None:
    plan = {"levels": levels(*THREE, round="floor", at_least=1), "ties": "include"}
    document = ranked(totals([99, 99, 8, 7, 6, 5, 4, 3, 2, 1], awards=plan))
    assert given(document) == ["一等奖"] * 2 + ["二等奖"] * 2 + ["三等奖"] * 3 + [None] * 3


def test_exclude_lets_the_tied_fall_and_the_prize_lapse() -> None:
    plan = {"levels": levels(*THREE, round="floor", at_least=1), "ties": "exclude"}
    document = ranked(totals([99, 99, 8, 7, 6, 5, 4, 3, 2, 1], awards=plan))
    assert given(document) == ["二等奖"] * 2 + ["三等奖"] * 3 + [None] * 5


def test_a_tie_across_a_border_is_an_open_question() -> None:
    plan = {"levels": levels(*THREE, round="floor", at_least=1)}
    event = totals([99, 99, 8, 7, 6, 5, 4, 3, 2, 1], awards=plan)
    document = ranked(event)
    assert given(document) == [None] * 2 + ["二等奖"] + ["三等奖"] * 3 + [None] * 4
    (question,) = document["divisions"][0]["open_questions"]
    assert (question["code"], question["entries"], question["award"]) == (
        "unresolved_tie_at_prize",
        ["1", "2"],
        "一等奖",
    )
    accepted = [{"code": "unresolved_tie_at_prize", "entry": "1", "reason": "r"}]
    assert ranked({**event, "accepted": accepted})["divisions"][0]["open_questions"] == []


def test_a_tie_inside_a_level_is_no_question() -> None:
    plan = {"levels": [{"name": "一", "count": 2}, {"name": "二", "count": 1}]}
    document = ranked(totals([9, 9, 8], awards=plan))
    assert given(document) == ["一", "一", "二"]
    assert document["divisions"][0]["open_questions"] == []


@pytest.mark.parametrize(
    ("rounding", "percent", "count", "found"),
    [
        ("floor", 60, 5, 3),
        ("ceil", 60, 5, 3),
        ("half_up", 60, 5, 3),
        ("floor", "12.5", 20, 2),
        ("half_up", "12.5", 20, 3),
        ("ceil", "12.5", 20, 3),
        ("ceil", 10, 277, 28),
        ("half_up", 10, 4, 0),
    ],
)
def test_percentages_are_whole_numbers(rounding: str, percent: Any, count: int, found: int) -> None:
    assert part_of(count, Decimal(percent), rounding) == found


@pytest.mark.parametrize(("base", "winners"), [("registered", 5), ("took_part", 3), ("ranked", 2)])
def test_what_a_percentage_is_taken_of(base: str, winners: int) -> None:
    event = totals(
        [9, 8, 7, 6, 5, 4, 3],
        awards={"percent_of": base, "levels": levels(("奖", 50), round="ceil"), "ties": "include"},
    )
    statuses = ["ranked", "ranked", "ranked", "disqualified", "disqualified", "withdrawn", "absent"]
    for entry, status in zip(event["entries"], statuses, strict=True):
        entry["status"] = status
    event["entries"] += entries(["8", "9", "10"], status="out_of_competition")
    event["entries"] += entries(["11", "12"], status="withdrawn")
    event["scores"] += scores("m", {"8": 1, "9": 1, "10": 1})
    plan = Awards.model_validate(event["plan"]["awards"])
    from competition_app.domain.ranking.awards import counted_for
    from competition_app.domain.ranking.ranking import Working

    working = rank_event(facts(event)).working
    assert isinstance(working, Working)
    base_count = counted_for(base, working.stages["s"].entries.values())
    assert quotas(plan, base_count) == [winners]


def test_fixed_numbers_and_a_percentage_mixed() -> None:
    plan = {
        "levels": [{"name": "一", "count": 1}, *levels(("二", 20), ("三", 30), round="half_up")],
        "ties": "include",
    }
    assert (
        given(ranked(totals(list(range(10, 0, -1)), awards=plan)))
        == ["一"] + ["二"] * 2 + ["三"] * 3 + [None] * 4
    )


def test_bands_of_places() -> None:
    plan = {"levels": [{"name": "一", "ranks": [1, 2]}, {"name": "二", "ranks": [4, 5]}], "ties": "include"}
    assert given(ranked(totals([9, 8, 7, 6, 5, 4], awards=plan))) == ["一", "一", None, "二", "二", None]


def test_a_tie_at_the_end_of_a_band() -> None:
    plan = {"levels": [{"name": "一", "ranks": [1, 2]}, {"name": "二", "ranks": [3, 5]}]}
    event = totals([9, 8, 8, 6, 5, 4], awards={**plan, "ties": "include"})
    assert given(ranked(event)) == ["一", "一", "一", "二", "二", None]
    event = totals([9, 8, 8, 6, 5, 4], awards={**plan, "ties": "exclude"})
    assert given(ranked(event)) == ["一", "二", "二", "二", None, None]


def test_a_least_total() -> None:
    plan = {"levels": [{"name": "优秀", "min_total": 80}, {"name": "合格", "min_total": 60}]}
    assert given(ranked(totals([95, 80, 79, 60, 59], awards=plan))) == ["优秀", "优秀", "合格", "合格", None]


def test_a_level_may_need_a_pass() -> None:
    modules = [*direct("a", **{"pass": 60}), *direct("b")]
    plan = {
        **one_stage(modules),
        "awards": {
            "levels": [{"name": "一", "count": 1, "pass": True}, {"name": "二", "count": 1}],
            "ties": "include",
        },
    }
    found = scores("a", {"1": 50, "2": 70, "3": 60}) + scores("b", {"1": 90, "2": 60, "3": 60})
    assert awards_of(ranked({"plan": plan, "entries": entries("123"), "scores": found})) == {
        "1": "二",
        "2": "一",
        "3": None,
    }


def test_a_pass_mark_of_an_earlier_stage_gates_the_prize() -> None:
    stages = [{"code": "a", "modules": direct("x", **{"pass": 60})}, {"code": "b", "modules": direct("y")}]
    plan = {
        "stages": stages,
        "awards": {"levels": [{"name": "奖", "count": 1, "pass": True}], "ties": "include"},
    }
    found = scores("x", {"1": 59, "2": 60}) + scores("y", {"1": 90, "2": 80})
    assert awards_of(ranked({"plan": plan, "entries": entries("12"), "scores": found})) == {
        "1": None,
        "2": "奖",
    }


def test_the_running_sum_never_takes_a_prize_back() -> None:
    rounds = [("ceil", 10), ("floor", 30), ("half_up", 10)]
    plan = {"cumulative": True, "levels": [{"name": n, "percent": p, "round": n} for n, p in rounds]}
    assert quotas(Awards.model_validate(plan), 2) == [1, 0, 0]


def test_prizes_are_counted_in_each_division() -> None:
    event = totals([9, 8, 7, 6], awards={"levels": levels(("奖", 50), round="ceil"), "ties": "include"})
    event["divisions"] = [{"code": "W"}, {"code": "S"}]
    for entry, division in zip(event["entries"], "WWWS", strict=True):
        entry["division"] = division
    document = ranked(event)
    assert [[row["award"] for row in d["standings"]] for d in document["divisions"]] == [
        ["奖", "奖", None],
        ["奖"],
    ]


def test_no_prize_out_of_competition() -> None:
    event = totals([9, 8], awards={"levels": [{"name": "奖", "count": 2}], "ties": "include"})
    event["entries"][0]["status"] = "out_of_competition"
    assert awards_of(ranked(event)) == {"2": "奖", "1": None}


def test_prizes_stand_in_the_last_stage_only() -> None:
    plan = {
        "stages": [{"code": "a", "modules": direct("x")}, {"code": "b", "modules": direct("y")}],
        "awards": {"levels": [{"name": "奖", "count": 1}]},
    }
    document = ranked(
        {"plan": plan, "entries": entries("1"), "scores": scores("x", {"1": 9}) + scores("y", {"1": 9})}
    )
    assert [d["standings"][0]["award"] for d in document["divisions"]] == [None, "奖"]


@pytest.mark.parametrize(
    ("rule", "going"),
    [
        ({"count": 2}, "12"),
        ({"count": 3}, "1234"),
        ({"count": 3, "ties": "exclude"}, "12"),
        ({"percent": 50, "round": "ceil"}, "1234"),
        ({"percent": 50, "round": "floor"}, "12"),
        ({"min_total": 7}, "1234"),
        ({"count": 4, "per_organisation": 1}, "125"),
    ],
)
def test_who_goes_on(rule: dict[str, Any], going: str) -> None:
    event = totals([9, 8, 7, 7, 6], advance=rule)
    for entry, unit in zip(event["entries"], ["X", "Y", "X", "Y", "Z"], strict=True):
        entry["organisation"] = unit
    units = [{"code": code, "name": code} for code in "XYZ"]
    found = rows(ranked(event, organisations=units))
    assert "".join(number for number, row in found.items() if row["advances"]) == going


def test_who_was_confirmed_goes_on_whatever_happens_later() -> None:
    plan = {
        "stages": [
            {"code": "a", "modules": direct("x"), "advance": {"count": 1}},
            {"code": "b", "modules": direct("y")},
        ]
    }
    event = {
        "plan": plan,
        "entries": entries("12"),
        "scores": scores("x", {"1": 9, "2": 8}),
        "advanced": {"b": ["2"]},
    }
    found = rows(ranked(event), "a")
    assert {n: row["advances"] for n, row in found.items()} == {"1": False, "2": True}
    assert rows(ranked(event), "b")["2"]["advances"] is None


# --- titles -------------------------------------------------------------------------------------------------

PEOPLE: list[dict[str, Any]] = [
    {
        "code": "C1",
        "name": "甲",
        "sex": "男",
        "birth_date": "1990-09-01",
        "employment": "在职",
        "fields": {"现技能等级": "技师"},
    },
    {"code": "C2", "name": "乙", "sex": "女", "birth_date": "1990-09-02", "employment": "劳务派遣"},
    {"code": "C3", "name": "丙", "fields": {"已获称号": "市技术能手、全国技术能手"}},
    {"code": "C4", "name": "丁", "sex": "男", "birth_date": "1999-01-01"},
]


def nominated(needs: dict[str, Any], **more: Any) -> tuple[list[str], dict[str, str]]:
    event = totals([9, 8, 7, 6])
    for entry, person in zip(event["entries"], PEOPLE, strict=True):
        entry["contestants"] = [person["code"]]
    event["plan"]["titles"] = [{"name": "技术能手", "ranks": [1, 3], "needs": needs}]
    event["plan"]["stages"][0]["modules"][0].update(more)
    document = ranked(event, contestants=PEOPLE)
    held = [number for number, row in rows(document).items() if row["titles"] == ["技术能手"]]
    return held, {n["contestant"]: n["reason"] for n in document["nominations"] if not n["nominated"]}


@pytest.mark.parametrize(
    ("needs", "held", "reasons"),
    [
        ({}, ["1", "2", "3"], {}),
        (
            {"age_at_most": 34, "on": "2025-09-01"},
            ["2"],
            {"C1": "is 35, above 34", "C3": "the birth date is not known"},
        ),
        ({"sex": "女"}, ["2"], {"C1": "is for 女 only", "C3": "is for 女 only"}),
        ({"not_holding": ["全国技术能手"]}, ["1", "2"], {"C3": "already holds 全国技术能手"}),
        ({"employment": ["在职"]}, ["1"], dict.fromkeys(("C2", "C3"), "is not employed as 在职")),
        ({"employment": ["在职", "劳务派遣"]}, ["1", "2"], {"C3": "is not employed as 在职 / 劳务派遣"}),
        ({"holding": ["技师", "市技术能手"]}, ["1", "3"], {"C2": "does not hold 技师 / 市技术能手"}),
        ({"pass": ["m"]}, ["1", "2"], {"C3": "did not pass module m"}),
        ({"pass": True}, ["1", "2"], {"C3": "did not reach every pass mark"}),
    ],
)
def test_titles_nominate_and_say_who_was_passed_over(
    needs: dict[str, Any], held: list[str], reasons: dict[str, str]
) -> None:
    assert nominated(needs, **{"pass": 8}) == (held, reasons)
