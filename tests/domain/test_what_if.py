"""What-if: one thing supposed otherwise, ranked again beside the result (scoring.md §9)."""

from typing import Any

import pytest
from making import direct, entries, facts, marks, one_stage, scores, seats, sheets, totals

from competition_app.domain.errors import Refusal
from competition_app.domain.looking_back.what_if import (
    DecidedOrder,
    Moved,
    OtherCombination,
    OtherRounding,
    OtherTieOrder,
    Supposition,
    TieSettled,
    Unrounded,
    WithoutJudge,
    moves,
    ranked_if,
    supposed,
)
from competition_app.domain.looking_back.what_if_words import supposition_said
from competition_app.domain.ranking.ranking import rank_event
from competition_app.domain.ranking.result import EventResult, Status
from competition_app.i18n import words

PANEL = {"panel": {"drop_high": 1, "drop_low": 1, "min_judges": 3}, "round": {"module": 2}}


def marked(rows: dict[str, list[Any]], **module: Any) -> EventResult:
    """Entries with a mark of each of J1, J2 … on one criterion."""
    count = max(len(given) for given in rows.values())
    return rank_event(
        facts(
            {
                "plan": sheets(**{**PANEL, **module}),
                "entries": entries(rows),
                "judges": seats(count),
                "marks": [mark for number, given in rows.items() for mark in marks(number, given)],
            }
        )
    )


def shown(result: EventResult) -> dict[str, tuple[int | None, str | None]]:
    return {one.number: (one.place, one.total) for part in result.divisions for one in part.standings}


def moved(result: EventResult, supposition: Supposition) -> dict[str, Moved]:
    return {one.number: one for one in moves(result, ranked_if(result, supposition))}


FIVE = {"a": [89, 92, 91, 91, 90], "b": [95, 95, 95, 80, 80]}


def test_without_a_judge_the_others_decide() -> None:
    result = marked(FIVE)
    assert shown(result) == {"a": (1, "90.670000"), "b": (2, "90.000000")}
    after = shown(ranked_if(result, WithoutJudge("J4")))
    assert after["b"] == (1, "95.000000")  # 95 95 95 80 without the highest and lowest
    assert after["a"] == (2, "90.500000")  # 89 92 91 90


def test_the_result_itself_stays_as_it_is() -> None:
    result = marked(FIVE)
    before = shown(result)
    ranked_if(result, WithoutJudge("J1"))
    ranked_if(result, OtherCombination("s", "m", "median"))
    assert shown(result) == before
    assert moves(result, result) == ()


def test_without_a_judge_no_sheet_of_theirs_is_owed() -> None:
    result = marked({"a": [89, 92, 91, 91], "b": [90, 90, 90]})
    (row,) = [one for one in result.divisions[0].standings if one.number == "b"]
    assert row.status is Status.INCOMPLETE  # J4 owes b
    found = moved(result, WithoutJudge("J4"))["b"]
    assert (found.status_before, found.status_after) == (Status.INCOMPLETE, Status.RANKED)
    assert (found.place_before, found.total_after) == (None, "90.000000")


def test_too_few_judges_left_make_the_entry_incomplete() -> None:
    result = marked({"a": [89, 92, 91], "b": [90, 90, 95]})
    found = moved(result, WithoutJudge("J2"))
    assert {one.status_after for one in found.values()} == {Status.INCOMPLETE}


def test_without_a_judge_in_one_module_the_other_keeps_the_marks() -> None:
    criteria = [{"code": "p", "kind": "points", "max": 100}]
    modules = [
        {"code": code, "kind": "sheets", "full": 100, "criteria": criteria, "weight": "0.5"} for code in "mn"
    ]
    given = [
        {**mark, "module": module}
        for module in "mn"
        for mark in [*marks("a", [80, 90]), *marks("b", [70, 60])]
    ]
    judges = [{"code": code, "modules": ["m", "n"]} for code in ("J1", "J2")]
    result = rank_event(
        facts({"plan": one_stage(modules), "entries": entries("ab"), "judges": judges, "marks": given})
    )
    assert shown(result)["a"][1] == "85.000000"
    everywhere = ranked_if(result, WithoutJudge("J2"))
    assert (shown(everywhere)["a"][1], shown(everywhere)["b"][1]) == ("80.000000", "70.000000")
    in_one = ranked_if(result, WithoutJudge("J2", "s", "n"))
    assert shown(in_one)["a"][1] == "82.500000"


def test_another_combination_takes_the_place_of_the_plans() -> None:
    result = marked({"a": [60, 90, 91, 92, 93], "b": [88, 89, 90, 91, 99]})
    assert shown(result)["a"][0] == 1
    assert shown(ranked_if(result, OtherCombination("s", "m")))["a"] == (2, "85.200000")
    assert shown(ranked_if(result, OtherCombination("s", "m", "median")))["a"] == (1, "91.000000")
    assert shown(ranked_if(result, OtherCombination("s", "m", "mean", 0, 1)))["a"] == (2, "91.500000")


def test_another_rounding_of_a_module_or_of_the_total() -> None:
    result = rank_event(
        facts(
            {
                "plan": one_stage(direct("m", weight="0.333"), round={"total": 2}),
                "entries": entries("ab"),
                "scores": scores("m", {"a": "90.05", "b": "90.04"}),
            }
        )
    )
    assert shown(result) == {"a": (1, "29.99"), "b": (2, "29.98")}
    assert shown(ranked_if(result, OtherRounding("total", 1, "s"))) == {"a": (1, "30.0"), "b": (1, "30.0")}
    coarse = ranked_if(result, OtherRounding("module", 0, "s", "m"))
    assert shown(coarse) == {"a": (1, "29.97"), "b": (1, "29.97")}
    fine = moved(result, OtherRounding("total", None, "s"))
    assert fine["a"].total_after == "29.986650"
    assert not fine["a"].matters


def test_without_any_rounding() -> None:
    result = marked({"a": [89, 92, 91, 91, 90]})
    assert shown(result)["a"][1] == "90.670000"
    assert shown(ranked_if(result, Unrounded()))["a"][1] == "90.666667"
    assert shown(ranked_if(result, Unrounded(frozenset({"total"}))))["a"][1] == "90.670000"


def test_the_tie_keys_in_another_order() -> None:
    plan = one_stage(
        direct("m", "n"), ties=[{"by": "module", "module": "m"}, {"by": "module", "module": "n"}]
    )
    given = [*scores("m", {"a": "50", "b": "40"}), *scores("n", {"a": "40", "b": "50"})]
    result = rank_event(facts({"plan": plan, "entries": entries("ab"), "scores": given}))
    assert [one.number for one in result.divisions[0].standings] == ["a", "b"]
    turned = ranked_if(result, OtherTieOrder("s", (1, 0)))
    assert [one.number for one in turned.divisions[0].standings] == ["b", "a"]
    shared = ranked_if(result, OtherTieOrder("s", ()))
    assert {place for place, _ in shown(shared).values()} == {1}


AWARDS = {"levels": [{"name": "一等奖", "count": 1}, {"name": "二等奖", "count": 1}]}


def test_prizes_under_each_choice_at_a_border() -> None:
    result = rank_event(facts(totals([90, 90, 80], awards=AWARDS, ties=[{"by": "decision"}])))
    assert [one.award for one in result.divisions[0].standings] == [None, None, None]

    def prizes(supposition: Supposition) -> list[str | None]:
        after = ranked_if(result, supposition).divisions[0].standings
        return [one.award for one in sorted(after, key=lambda one: one.number)]

    assert prizes(TieSettled(("1", "2"), "s", "一等奖", "include")) == ["一等奖", "一等奖", "二等奖"]
    assert prizes(TieSettled(("1", "2"), "s", "一等奖", "exclude")) == [
        None,
        None,
        None,
    ]  # and tied at the second prize
    assert prizes(DecidedOrder(("2", "1"), "s")) == ["二等奖", "一等奖", None]


@pytest.mark.parametrize(
    ("supposition", "said"),
    [
        (WithoutJudge("J9"), "no judge J9"),
        (WithoutJudge("J1", "s", "x"), "no module x"),
        (OtherCombination("s", "x"), "no module x"),
        (OtherCombination("x", "m"), "no stage x"),
        (TieSettled(("1", "2"), "x", "一等奖", "include"), "no stage x"),
        (DecidedOrder(("1", "2"), "x"), "no stage x"),
        (OtherRounding("total", 1, "x"), "no stage x"),
        (OtherRounding("module", 1, "s"), "no module"),
        (OtherTieOrder("s", (0,)), "other tie keys"),
    ],
)
def test_what_the_event_does_not_have_cannot_be_supposed(supposition: Supposition, said: str) -> None:
    result = marked(FIVE)
    with pytest.raises(Refusal, match=said):
        ranked_if(result, supposition)


def test_a_module_without_judges_has_no_other_combination() -> None:
    result = rank_event(facts(totals([90, 80])))
    with pytest.raises(Refusal, match="not marked by judges"):
        ranked_if(result, OtherCombination("s", "m"))


def test_works_marked_alike_go_on_sharing_their_keys() -> None:
    working: Any = marked({"a": [89, 92, 91, 91, 90], "b": [95, 95, 95, 80, 80]}).working
    works = supposed(working.facts, WithoutJudge("J4")).works
    assert len({id(work.keys) for work in works.values()}) <= len(
        {id(work.keys) for work in working.facts.works.values()}
    )
    assert all(judge != "J4" for work in works.values() for _, judge, _ in work.keys)


@pytest.mark.parametrize(
    ("supposition", "said"),
    [
        (WithoutJudge("J3"), "去掉裁判 J3"),
        (WithoutJudge("J3", "s", "m"), "m去掉裁判 J3"),
        (OtherCombination("s", "m", "median"), "m：各裁判评分取中位数"),
        (OtherCombination("s", "m", "mean", 1, 1), "m：去掉 1 个最高分和 1 个最低分取平均"),
        (OtherCombination("s", "m"), "m：全部裁判评分取平均"),
        (OtherRounding("total", 1, "s"), "总分保留 1 位小数"),
        (OtherRounding("module", None, "s", "m"), "m的模块得分不修约"),
        (OtherTieOrder("s", (1, 0)), "换一种同分处理顺序"),
        (Unrounded(), "各步都不修约"),
    ],
)
def test_a_supposition_in_words(supposition: Supposition, said: str) -> None:
    working: Any = marked(FIVE).working
    assert words("zh").say(supposition_said(supposition, working.facts.plan)) == said
