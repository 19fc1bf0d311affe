"""Every way in which rule texts part equal totals (domain.md §5), each through ``rank_event``."""

from typing import Any

import pytest

from tests.domain.making import direct, entries, one_stage, package, ranked, ranked_all, rows, scores, totals

Given = dict[str, tuple[Any, ...]]


def shown(document: dict[str, Any], event: int | None = None) -> list[tuple[str, int]]:
    """Number and place, in printed order."""
    division = document["divisions"][-1]
    return [(row["number"], row["place"]) for row in division["standings"]]


def ranked_by(modules: str, given: Given, ties: list[dict[str, Any]], **more: Any) -> list[tuple[str, int]]:
    """Entries with scores in one-letter modules, simply added, ranked under these keys."""
    stage = {name: more.pop(name) for name in ("places", "no_shared_top", "round") if name in more}
    plan = one_stage(direct(*modules, full=None), ties=ties, **stage)
    each = [scores(code, {number: row[i] for number, row in given.items()}) for i, code in enumerate(modules)]
    event = {"plan": plan, "entries": entries(given), "scores": [row for rows_ in each for row in rows_]}
    return shown(ranked({**event, **more}))


def times(module: str, seconds: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"entry": number, "module": module, "seconds": value} for number, value in seconds.items()]


def by(kind: str, module: str | None = None) -> dict[str, Any]:
    return {"by": kind, "module": module} if module else {"by": kind}


def test_guzhen_time_then_practical_then_theory_then_the_same_place() -> None:
    """GUZHEN: shorter time → practical → theory → same place."""
    ties = [by("time", "p"), by("module", "p"), by("module", "t")]
    given = {"1": (70, 20), "2": (65, 25), "3": (60, 30), "4": (60, 30), "5": (90, 0)}
    same = dict.fromkeys("2345", 3000)
    assert ranked_by("pt", given, ties, times=times("p", {"1": 2999, **same})) == [
        ("1", 1), ("5", 2), ("2", 3), ("3", 4), ("4", 4),
    ]  # fmt: skip


def test_lar_practical_then_its_time() -> None:
    """LAR: practical → practical time."""
    given = {"1": (60, 30), "2": (65, 25), "3": (60, 30)}
    seconds = times("p", {"1": 3100, "2": 4000, "3": 3000})
    found = ranked_by("pt", given, [by("module", "p"), by("time", "p")], times=seconds)
    assert found == [("2", 1), ("3", 2), ("1", 3)]


def teams(ties: list[dict[str, Any]], practical: dict[str, int], seconds: dict[str, int]) -> dict[str, Any]:
    """Teams A and B of two, every member with 100 points in all."""
    numbers = sorted(practical)
    single = {
        "code": "S", "name": "S", "plan": one_stage(direct("p", "t")),
        "entries": [{"number": n, "contestants": [f"C{n}"]} for n in numbers],
        "scores": [*scores("p", practical), *scores("t", {n: 100 - v for n, v in practical.items()})],
        "times": times("p", seconds),
    }  # fmt: skip
    pairs = ["C1", "C2"], ["C3", "C4"]
    plan = one_stage([{"code": "m", "kind": "members", "full": None, "event": "S"}], ties=ties)
    team = {
        "code": "T", "name": "T", "plan": plan,
        "entries": [{"number": team, "contestants": two} for team, two in zip("AB", pairs, strict=True)],
    }  # fmt: skip
    people = [{"code": f"C{n}", "name": f"C{n}"} for n in numbers]
    document: dict[str, Any] = ranked_all({**package({}), "events": [team, single], "contestants": people})[0]
    return document


@pytest.mark.parametrize(
    ("practical", "seconds", "order"),
    [
        ({"1": 50, "2": 60, "3": 70, "4": 41}, {"1": 9, "2": 9, "3": 1, "4": 1}, [("B", 1), ("A", 2)]),
        ({"1": 50, "2": 60, "3": 70, "4": 40}, {"1": 9, "2": 9, "3": 20, "4": 1}, [("A", 1), ("B", 2)]),
        ({"1": 50, "2": 60, "3": 70, "4": 40}, {"1": 9, "2": 9, "3": 17, "4": 1}, [("A", 1), ("B", 1)]),
    ],
    ids=["the team's practical", "the team's total time", "neither"],
)
def test_lar_teams_by_their_practical_then_by_their_total_time(
    practical: dict[str, int], seconds: dict[str, int], order: list[tuple[str, int]]
) -> None:
    """LAR: teams: team practical → team total time."""
    assert shown(teams([by("module", "p"), by("time", "p")], practical, seconds)) == order


def test_jx_1_practical_then_two_named_modules_then_the_earlier_hand_in() -> None:
    """JX-1: practical → one named module → another → earlier hand-in 提交时间."""
    ties = [by("module", "p"), by("module", "a"), by("module", "b"), by("submitted", "p")]
    given = {"1": (50, 20, 30), "2": (50, 20, 30), "3": (50, 25, 25), "4": (55, 20, 25)}
    handed = [
        {"entry": number, "module": "p", "at": f"2026-05-01T{at}+08:00"}
        for number, at in (("1", "11:00:01"), ("2", "11:00:00"), ("3", "11:30:00"), ("4", "11:30:00"))
    ]
    assert ranked_by("pab", given, ties, submitted=handed) == [("4", 1), ("3", 2), ("2", 3), ("1", 4)]


JX_3 = [{"by": "module", "modules": ["B", "C", "D"]}, by("module", "D"), by("module", "C"), by("module", "B")]


def test_jx_3_the_practical_modules_together_then_each_from_the_last() -> None:
    """JX-3: practical (sum of modules) → D → C → B, A being the online paper."""
    given = {
        "1": (30, 20, 10, 20),  # practical 50
        "2": (29, 17, 17, 17),  # practical 51
        "3": (30, 20, 9, 21),  # practical 50, D 21
        "4": (30, 19, 11, 20),  # practical 50, D 20, C 11
    }
    assert ranked_by("ABCD", given, JX_3) == [("2", 1), ("3", 2), ("4", 3), ("1", 4)]


@pytest.mark.parametrize(
    ("recorded", "order"), [([], [("1", 1), ("2", 1)]), ([["2", "1"]], [("2", 1), ("1", 2)])]
)
def test_jx_3_still_equal_the_chief_judge_decides_or_the_place_is_shared(
    recorded: list[list[str]], order: list[tuple[str, int]]
) -> None:
    """JX-3: … → chief judge decides or shared."""
    given = {"1": (30, 20, 10, 20), "2": (30, 20, 10, 20)}
    decisions = [{"entries": one, "reason": "r"} for one in recorded]
    assert ranked_by("ABCD", given, [*JX_3, by("decision")], decisions=decisions) == order


def test_jx_2_the_heaviest_module_first() -> None:
    """JX-2: module C (largest weight) → A → B/D."""
    ties = [by("module", code) for code in "CABD"]
    given = {"1": (20, 30, 30, 20), "2": (30, 20, 30, 20), "3": (10, 10, 60, 20), "4": (20, 25, 30, 25)}
    assert ranked_by("ABCD", given, ties) == [("3", 1), ("2", 2), ("1", 3), ("4", 4)]


def test_itmc_the_modules_in_their_order() -> None:
    """ITMC: module 1 → 2 → 3 → 4."""
    ties = [by("module", code) for code in "1234"]
    given = {"a": (5, 1, 2, 2), "b": (5, 1, 3, 1), "c": (5, 2, 1, 2), "d": (4, 2, 2, 2)}
    assert ranked_by("1234", given, ties) == [("c", 1), ("b", 2), ("a", 3), ("d", 4)]


def test_nat_23_the_first_three_may_not_be_shared() -> None:
    """NAT-23: top 3 may not be shared 不并列; below that places may be."""
    event = totals([9, 8, 7, 7, 6, 6], no_shared_top=3)
    (question,) = ranked(event)["divisions"][0]["open_questions"]
    assert (question["code"], question["entries"], question["place"]) == (
        "unresolved_tie_in_top",
        ["3", "4"],
        3,
    )


def test_a_swimming_regulation_shares_the_place_and_removes_the_next() -> None:
    """A swimming regulation: shared place, next place removed (1, 1, 3)."""
    assert shown(ranked(totals([9, 9, 8]))) == [("1", 1), ("2", 1), ("3", 3)]


def test_dense_places_only_where_the_plan_says_so() -> None:
    """Dense ranking (1, 1, 2) was seen in no competition rule: a choice, never the default."""
    assert shown(ranked(totals([9, 9, 8], places="1223"))) == [("1", 1), ("2", 1), ("3", 2)]


def test_isu_short_programme_by_the_technical_score() -> None:
    """Skating, short programme: the higher technical score first (Cup of China 2017, places 6 and 7)."""
    given = {"2": ("26.20", "27.95"), "1": ("30.27", "22.88")}
    off = [{"entry": "2", "points": 1, "reason": "fall"}]
    assert ranked_by("tc", given, [by("module", "t")], penalties=off) == [("1", 1), ("2", 2)]


def test_isu_free_skating_by_the_component_score() -> None:
    """Skating, free: the higher component score first (Europeans 2017, places 22 to 24)."""
    given = {"6": ("37.48", "45.14"), "1": ("39.94", "42.68"), "11": ("36.63", "43.98")}
    off = [{"entry": number, "points": 2, "reason": "falls"} for number in "61"]
    found = ranked_by("tc", given, [by("module", "c")], penalties=off)
    assert found == [("6", 1), ("1", 2), ("11", 3)]


def test_metro_numbers_everyone_from_one_by_a_recorded_draw() -> None:
    """METRO sorts by total and numbers 1..n; nothing here is left to chance, so a draw is recorded."""
    event = totals([90, 90, 90, 80], ties=[by("lot")])
    assert shown(ranked(event)) == [("1", 1), ("2", 1), ("3", 1), ("4", 4)]
    assert shown(ranked({**event, "lots": [["3", "1", "2"]]})) == [("3", 1), ("1", 2), ("2", 3), ("4", 4)]


def test_an_informatics_contest_lets_all_tied_at_the_line_win() -> None:
    """luogu P7072: all tied at the award line win; the skill rules are silent, so silence is a question."""
    levels = [{"name": "奖", "count": 2}]
    included = ranked(totals([9, 8, 8, 7], awards={"levels": levels, "ties": "include"}))
    assert [row["award"] for row in rows(included).values()] == ["奖", "奖", "奖", None]
    silent = ranked(totals([9, 8, 8, 7], awards={"levels": levels}))
    assert [row["award"] for row in rows(silent).values()] == ["奖", None, None, None]
    assert [q["code"] for q in silent["divisions"][0]["open_questions"]] == ["unresolved_tie_at_prize"]


@pytest.mark.parametrize(
    ("given", "medals"),
    [
        ([9, 9, 8, 7], ["金", "金", "铜", None]),
        ([9, 9, 8, 8], ["金", "金", "铜", "铜"]),
        ([9, 9, 9, 7], ["金", "金", "金", None]),
        ([9, 8, 8, 7], ["金", "银", "银", None]),
    ],
)
def test_worldskills_two_golds_mean_no_silver(given: list[int], medals: list[str | None]) -> None:
    """WorldSkills 2015: two golds → no silver, one or more bronzes; three golds use all medals up."""
    levels = [{"name": name, "count": 1} for name in ("金", "银", "铜")]
    awards = {"levels": levels, "ties": "include", "extra_uses_next": True}
    assert [row["award"] for row in rows(ranked(totals(given, awards=awards))).values()] == medals
