"""A tie across a prize border settled by the chief judge: given, not given, and only there."""

from typing import Any

import pytest
from making import ranked, totals

AWARDS = {
    "levels": [{"name": "一等奖", "count": 1}, {"name": "二等奖", "count": 2}, {"name": "三等奖", "count": 1}]
}
TIED = [95, 95, 90, 85, 80]


def settled(
    ties: str | None, award: str | None = "一等奖", entry: str | None = "2", **more: Any
) -> dict[str, Any]:
    event = totals(TIED, awards=AWARDS)
    ruling = {
        "code": "unresolved_tie_at_prize",
        "entry": entry,
        "award": award,
        "ties": ties,
        "reason": "复核",
    }
    event["accepted"] = [{name: value for name, value in {**ruling, **more}.items() if value is not None}]
    return ranked(event)


def prizes(document: dict[str, Any]) -> list[str | None]:
    rows = {row["number"]: row["award"] for row in document["divisions"][0]["standings"]}
    return [rows[number] for number in sorted(rows)]


def questions(document: dict[str, Any]) -> list[str]:
    return [one["award"] for one in document["divisions"][0]["open_questions"]]


def test_all_tied_get_the_better_prize() -> None:
    found = settled("include")
    assert prizes(found) == ["一等奖", "一等奖", "二等奖", "二等奖", "三等奖"]
    assert questions(found) == []


def test_none_of_the_tied_gets_it_and_they_fall_to_the_next() -> None:
    found = settled("exclude")
    assert prizes(found) == ["二等奖", "二等奖", "三等奖", None, None]
    assert questions(found) == []


def test_a_tie_let_stand_without_more_gets_no_prize_there() -> None:
    found = settled(None)
    assert prizes(found) == [None, None, "二等奖", "三等奖", None]
    assert questions(found) == []


@pytest.mark.parametrize(
    ("entries", "first"),
    [(["1", "2"], "一等奖"), (["2", "1"], "一等奖"), (["1", "2", "3"], None), (["1", "3"], None)],
)
def test_a_ruling_on_several_holds_for_exactly_those(entries: list[str], first: str | None) -> None:
    assert prizes(settled("include", entry=None, entries=entries))[:2] == [first, first]


@pytest.mark.parametrize(
    "more", [{"award": "二等奖"}, {"entry": "3"}, {"code": "unresolved_tie_in_top"}, {"code": "judge_gap"}]
)
def test_a_ruling_on_another_border_settles_nothing(more: dict[str, Any]) -> None:
    found = settled("include", **more)
    assert questions(found) == ["一等奖"]
    assert prizes(found)[:2] == [None, None]


def test_what_the_plan_says_is_not_overruled() -> None:
    event = totals(TIED, awards={**AWARDS, "ties": "exclude"})
    event["accepted"] = [{"code": "unresolved_tie_at_prize", "ties": "include", "reason": "r"}]
    assert prizes(ranked(event))[:2] == ["二等奖", "二等奖"]
