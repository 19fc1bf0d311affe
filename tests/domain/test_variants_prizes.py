"""Every way in which rule texts give prizes and propose titles (domain.md §7), through ``rank_event``."""

from collections import Counter
from typing import Any

import pytest

from tests.domain.making import direct, entries, one_stage, ranked, rows, scores, totals

Title = dict[str, Any]
ON = "2026-09-01"


def prizes(count: int, levels: list[dict[str, Any]], **awards: Any) -> list[int]:
    """How many of ``count`` entries, all apart, get each level."""
    awards = {"ties": "include", **awards, "levels": levels}
    document = ranked(totals(list(range(1000 + count, 1000, -1)), awards=awards))
    found = Counter(row["award"] for row in rows(document).values())
    return [found[level["name"]] for level in levels]


def percents(*given: int, **more: Any) -> list[dict[str, Any]]:
    return [{"name": f"{n}等奖", "percent": percent, **more} for n, percent in enumerate(given, 1)]


def counts(*given: int) -> list[dict[str, Any]]:
    return [{"name": f"{n}等奖", "count": count} for n, count in enumerate(given, 1)]


def proposed(titles: list[Title], people: list[dict[str, Any]], **module: Any) -> list[tuple[str, str]]:
    """(title, person) of those nominated; the people stand in the order of their places."""
    event = totals([99 - n for n in range(len(people))])
    contestants = [{"name": f"P{n}", **person, "code": f"P{n}"} for n, person in enumerate(people, 1)]
    for entry, person in zip(event["entries"], contestants, strict=True):
        entry["contestants"] = [person["code"]]
    event["plan"]["titles"] = titles
    event["plan"]["stages"][0]["modules"][0].update(module)
    found = ranked(event, contestants=contestants)["nominations"]
    return [(one["title"], one["contestant"]) for one in found if one["nominated"]]


def team_proposed(titles: list[Title], size: int, teams: int) -> list[tuple[str, str]]:
    """(title, person) of those nominated out of teams of this size, the first team first."""
    event = totals([99 - n for n in range(teams)])
    people = [{"code": f"P{n}", "name": f"P{n}"} for n in range(1, size * teams + 1)]
    for index, entry in enumerate(event["entries"]):
        entry["contestants"] = [person["code"] for person in people[index * size : index * size + size]]
    event["plan"] |= {"titles": titles, "entry": "team"}
    return [(one["title"], one["contestant"]) for one in ranked(event, contestants=people)["nominations"]]


# --- titles -------------------------------------------------------------------------------------------------


def test_liaoning_2021_the_first_if_eligible_the_first_five_and_the_unplaced() -> None:
    """Liaoning 2021: 1st and eligible → 五一劳动奖章, 技术能手; top 5 → certificates; unplaced → 优秀选手."""
    needs = {"age_at_most": 45, "on": ON, "employment": ["在职"]}
    titles = [{"name": "辽宁五一劳动奖章", "ranks": [1, 1], "needs": needs},
              {"name": "辽宁省技术能手", "ranks": [1, 1], "needs": needs}]  # fmt: skip
    able = {"birth_date": "1990-01-01", "employment": "在职"}
    assert proposed(titles, [able, able]) == [("辽宁五一劳动奖章", "P1"), ("辽宁省技术能手", "P1")]
    assert proposed(titles, [{**able, "birth_date": "1980-01-01"}, able]) == []
    levels = [{"name": f"第{n}名", "ranks": [n, n]} for n in range(1, 6)]
    assert prizes(8, [*levels, {"name": "优秀选手", "percent": 100}]) == [1, 1, 1, 1, 1, 3]


def test_shenyang_2018_three_city_titles_and_the_medal_for_the_first() -> None:
    """Shenyang 2018: 技术大王, 技术标兵, 技术能手; an event's 1st, if eligible → 沈阳市五一劳动奖章."""
    bands = (("技术大王", 1, 1), ("技术标兵", 2, 3), ("技术能手", 4, 5), ("五一劳动奖章", 1, 1))
    titles = [{"name": f"沈阳市{name}", "ranks": [first, last]} for name, first, last in bands]
    found = proposed(titles, [{}] * 6)
    assert found == [
        ("沈阳市技术大王", "P1"), ("沈阳市技术标兵", "P2"), ("沈阳市技术标兵", "P3"),
        ("沈阳市技术能手", "P4"), ("沈阳市技术能手", "P5"), ("沈阳市五一劳动奖章", "P1"),
    ]  # fmt: skip


def test_liaoning_2019_one_place_with_several_titles_by_condition() -> None:
    """Liaoning 2019: 技术能手, 青年岗位能手, 三八红旗手 by condition; the program names candidates only."""
    titles = [
        {"name": "技术能手", "ranks": [1, 3]},
        {"name": "青年岗位能手", "ranks": [1, 3], "needs": {"age_at_most": 35, "on": ON}},
        {"name": "三八红旗手", "ranks": [1, 3], "needs": {"sex": "女"}},
    ]
    people = [
        {"sex": "男", "birth_date": "1985-01-01"}, {"sex": "女", "birth_date": "1980-01-01"},
        {"sex": "男", "birth_date": "1991-09-01"},
    ]  # fmt: skip
    assert proposed(titles, people) == [
        ("技术能手", "P1"), ("技术能手", "P2"), ("技术能手", "P3"),
        ("青年岗位能手", "P3"), ("三八红旗手", "P2"),
    ]  # fmt: skip


def test_lianyungang_youth_up_to_35_in_service_and_women() -> None:
    """Lianyungang: 青年岗位能手 ≤ 35 and in service, 巾帼建功标兵 for women."""
    titles = [
        {"name": "青年岗位能手", "ranks": [1, 4],
         "needs": {"age_at_most": 35, "on": ON, "employment": ["在职"]}},
        {"name": "巾帼建功标兵", "ranks": [1, 4], "needs": {"sex": "女"}},
    ]  # fmt: skip
    young, old = {"birth_date": "1990-09-02"}, {"birth_date": "1990-09-01"}  # 35 and 36 on the day
    people = [
        {**old, "employment": "在职", "sex": "女"}, {**young, "employment": "退休", "sex": "男"},
        {**young, "employment": "在职", "sex": "男"}, {**young, "sex": "女"},
    ]  # fmt: skip
    assert proposed(titles, people) == [
        ("青年岗位能手", "P3"),
        ("巾帼建功标兵", "P1"),
        ("巾帼建功标兵", "P4"),
    ]


def test_national_final_the_first_three_if_eligible() -> None:
    """National: top 3 of a final trade, if eligible, may apply for 全国五一劳动奖章: who holds it may not."""
    titles = [{"name": "全国五一劳动奖章", "ranks": [1, 3], "needs": {"not_holding": ["全国五一劳动奖章"]}}]
    people: list[dict[str, Any]] = [{}, {"titles": ["全国五一劳动奖章"]}, {}, {}]
    assert [person for _, person in proposed(titles, people)] == ["P1", "P3"]


@pytest.mark.parametrize(("size", "last", "people"), [(1, 5, 5), (2, 3, 6), (3, 2, 6)])
def test_national_2020_the_first_five_three_pairs_two_teams(size: int, last: int, people: int) -> None:
    """全国技术能手 (2020): single top 5, pair top 3, three-person team top 2: each member is proposed."""
    found = team_proposed([{"name": "全国技术能手", "ranks": [1, last]}], size, 8)
    assert [person for _, person in found] == [f"P{n}" for n in range(1, people + 1)]


def test_national_2020_promotion_one_level_up_from_what_is_held() -> None:
    """2020: 优胜奖 and above → 技师, holders → 高级技师; the level held stands in any field of the form."""
    titles = [
        {"name": "技师", "ranks": [1, 3], "needs": {"not_holding": ["技师", "高级技师"]}},
        {"name": "高级技师", "ranks": [1, 3], "needs": {"holding": ["技师"]}},
    ]
    people: list[dict[str, Any]] = [
        {"fields": {"现技能等级": "技师"}},
        {"fields": {"现技能等级": "高级工"}},
        {},
    ]
    assert proposed(titles, people) == [("技师", "P2"), ("技师", "P3"), ("高级技师", "P1")]


def test_steel_two_titles_over_one_another() -> None:
    """Steel: top 20 行业技术能手, top 3 全国技术能手."""
    titles = [{"name": "行业技术能手", "ranks": [1, 20]}, {"name": "全国技术能手", "ranks": [1, 3]}]
    assert Counter(title for title, _ in proposed(titles, [{}] * 25)) == {
        "行业技术能手": 20,
        "全国技术能手": 3,
    }


def test_shenzhen_a_medal_for_the_first_a_banner_for_the_team_a_pool_of_eight() -> None:
    """Shenzhen: 1st → city medal; team 1st → 市工人先锋号; top 8 → “深圳工匠” pool."""
    titles = [{"name": "市五一劳动奖章", "ranks": [1, 1]}, {"name": "深圳工匠入库", "ranks": [1, 8]}]
    found = proposed(titles, [{}] * 10)
    assert Counter(title for title, _ in found) == {"市五一劳动奖章": 1, "深圳工匠入库": 8}
    team = totals([9, 8])
    team["plan"] |= {"entry": "team", "titles": [{"name": "市工人先锋号", "ranks": [1, 1]}]}
    assert [row["titles"] for row in rows(ranked(team)).values()] == [["市工人先锋号"], []]


@pytest.mark.parametrize(("last", "people"), [(5, 5), (3, 3)], ids=["class 1", "class 2"])
def test_zhejiang_the_class_of_a_contest_sets_how_many(last: int, people: int) -> None:
    """Zhejiang: class 1 top 5, class 2 top 3 → 省技术能手."""
    assert len(proposed([{"name": "省技术能手", "ranks": [1, last]}], [{}] * 7)) == people


def test_bands_promotion_one_to_five_and_six_to_twenty() -> None:
    """BANDS: 1–5 → 技师 (holders → 高级技师), 6–20 → 高级工."""
    titles = [
        {"name": "技师", "ranks": [1, 5], "needs": {"not_holding": ["技师"]}},
        {"name": "高级技师", "ranks": [1, 5], "needs": {"holding": ["技师"]}},
        {"name": "高级工", "ranks": [6, 20]},
    ]
    people: list[dict[str, Any]] = [{}] * 25
    people[1] = {"titles": ["技师"]}
    found = Counter(title for title, _ in proposed(titles, people))
    assert found == {"技师": 4, "高级技师": 1, "高级工": 15}


def test_final_12_one_level_up_in_each_group() -> None:
    """FINAL-12: 1–5 and 6–15 one level, per group: the bands count in every division."""
    event = totals(list(range(40, 0, -1)))
    event["divisions"] = [{"code": "W"}, {"code": "S"}]
    for entry in event["entries"]:
        entry["division"] = "WS"[int(entry["number"]) % 2]
    event["plan"]["titles"] = [{"name": "技师", "ranks": [1, 5]}, {"name": "高级工", "ranks": [6, 15]}]
    found = Counter((one["title"], one["division"]) for one in ranked(event)["nominations"])
    assert found == {("技师", "W"): 5, ("技师", "S"): 5, ("高级工", "W"): 10, ("高级工", "S"): 10}


def test_heilongjiang_promotion_by_class_and_by_passing() -> None:
    """HEILONGJIANG: class 1: 1–3 高级技师, 4–10 技师; “成绩合格” → 高级工."""
    titles = [
        {"name": "高级技师", "ranks": [1, 3]}, {"name": "技师", "ranks": [4, 10]},
        {"name": "高级工", "ranks": [1, 1000], "needs": {"pass": True}},
    ]  # fmt: skip
    found = Counter(title for title, _ in proposed(titles, [{}] * 14, **{"pass": 88}))
    assert found == {"高级技师": 3, "技师": 7, "高级工": 12}


def test_chongqing_theory_and_practical_both_passed() -> None:
    """CHONGQING: theory and practical both passed → certificate: a gate, not a rank."""
    modules = [{**module, "pass": 60} for module in direct("t", "p")]
    title = {"name": "职业资格证书", "ranks": [1, 1000], "needs": {"pass": ["t", "p"]}}
    plan = {**one_stage(modules), "titles": [title]}
    given = [*scores("t", {"1": 59, "2": 60, "3": 60}), *scores("p", {"1": 99, "2": 60, "3": 59})]
    found = ranked({"plan": plan, "entries": entries("123"), "scores": given})
    assert [row["titles"] for row in rows(found).values()] == [[], ["职业资格证书"], []]
    assert [row["place"] for row in rows(found).values()] == [1, 2, 3]


# --- how many -----------------------------------------------------------------------------------------------


def test_housing_18_ten_twenty_thirty_per_cent_of_all_teams() -> None:
    """HOUSING-18: percent 10/20/30 of all teams, those absent among them."""
    levels = percents(10, 20, 30, round="floor")
    event = totals(
        list(range(40, 0, -1)), awards={"percent_of": "registered", "ties": "include", "levels": levels}
    )
    for entry in event["entries"][30:]:
        entry["status"] = "absent"
    found = Counter(row["award"] for row in rows(ranked(event)).values())
    assert [found[level["name"]] for level in levels] == [4, 8, 12]


def test_final_12_a_share_of_the_contestants_of_each_group() -> None:
    """FINAL-12: of the contestants of each group."""
    levels = percents(10, 20, 30, round="floor")
    event = totals(list(range(30, 0, -1)), awards={"ties": "include", "levels": levels})
    event["divisions"] = [{"code": "W"}, {"code": "S"}]
    for entry in event["entries"]:
        entry["division"] = "S" if int(entry["number"]) % 3 == 0 else "W"
    document = ranked(event)
    found = [Counter(row["award"] for row in rows(document, division=code).values()) for code in "WS"]
    assert [[each[level["name"]] for level in levels] for each in found] == [[2, 4, 6], [1, 2, 3]]


def test_mixed_one_first_prize_then_shares() -> None:
    """2020: one first prize, then 20 % / 30 %."""
    assert prizes(20, [{"name": "一等奖", "count": 1}, *percents(20, 30)]) == [1, 4, 6]


@pytest.mark.parametrize(
    ("levels", "found"),
    [
        (counts(1, 2, 3), [1, 2, 3]),
        (counts(1, 2, 5, 6), [1, 2, 5, 6]),
        (counts(1, 3, 5, 10), [1, 3, 5, 10]),
        (counts(1, 3, 7, 10), [1, 3, 7, 7]),
        ([*counts(1, 2, 3), {"name": "优秀奖", "percent": 100}], [1, 2, 3, 12]),
    ],
    ids=["CHONGQING", "GUIZHOU-23", "ZOUCHENG", "speech, fewer than prizes", "hebzgfw and 优秀奖"],
)
def test_fixed_numbers(levels: list[dict[str, Any]], found: list[int]) -> None:
    """CHONGQING 1/2/3; GUIZHOU-23 1/2/5 + 优胜奖; ZOUCHENG 1/3/5 + 10; a speech contest 1, then 3/7/10."""
    assert prizes(max(sum(found), 18), levels) == found


def test_bands_of_places_and_the_rest() -> None:
    """BANDS: 1–5 first, 6–20 second, other finalists third or 优秀奖."""
    levels = [{"name": "一等奖", "ranks": [1, 5]}, {"name": "二等奖", "ranks": [6, 20]},
              {"name": "三等奖", "percent": 100}]  # fmt: skip
    assert prizes(33, levels) == [5, 15, 13]


@pytest.mark.parametrize(("count", "winners"), [(20, 7), (21, 7), (7, 0), (6, 0)])
def test_nat_23_outside_the_first_three_but_in_the_upper_half(count: int, winners: int) -> None:
    """NAT-23: 优胜奖 = outside the top 3 but in the upper half of entrants: shares, cumulative."""
    medals = [{"name": name, "percent": 0, "at_least": 1} for name in ("金牌", "银牌", "铜牌")]
    levels = [*medals, {"name": "优胜奖", "percent": 50, "round": "floor"}]
    assert prizes(count, levels, cumulative=True) == [1, 1, 1, winners]


def test_csdn_the_running_sum_is_rounded_up() -> None:
    """csdn: ceil on the cumulative 10/30/60 %, 277 → 28/56/83."""
    assert prizes(277, percents(10, 20, 30, round="ceil"), cumulative=True) == [28, 56, 83]


@pytest.mark.parametrize(("count", "found"), [(5, [1, 3]), (2, [1, 1]), (100, [10, 60])])
def test_luogu_at_least_one_and_whole_numbers(count: int, found: list[int]) -> None:
    """luogu P7072: max(1, floor), in integers: 5 × 60 % is 3, not 2.999…"""
    assert prizes(count, percents(10, 60, round="floor", at_least=1)) == found


def test_half_up_of_the_shares() -> None:
    """Half-up for skill events: 10 % of 15 is 2, of 14 is 1."""
    assert (prizes(15, percents(10, round="half_up")), prizes(14, percents(10, round="half_up"))) == (
        [2],
        [1],
    )


def test_jx_1_a_pass_is_needed_for_the_prize_not_for_the_place() -> None:
    """Pass 合格 works as a gate, not as a rank (domain.md §2)."""
    event = totals([90, 59, 58], awards={"ties": "include", "levels": [{**counts(3)[0], "pass": True}]})
    event["plan"]["stages"][0]["pass"] = 60
    assert [(r["place"], r["award"]) for r in rows(ranked(event)).values()] == [
        (1, "1等奖"),
        (2, None),
        (3, None),
    ]
