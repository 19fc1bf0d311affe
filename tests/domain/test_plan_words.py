"""A plan in plain words: each sentence says what the rules do, in both languages."""

from typing import Any

import pytest

from competition_app.domain.plans.plan_checks import read_plan
from competition_app.domain.plans.plan_words import plan_sentences, share
from competition_app.i18n import words


def plan(stage: dict[str, Any] | None = None, practical: dict[str, Any] | None = None, **more: Any) -> Any:
    module = {
        "code": "p", "name": "实操", "kind": "sheets", "full": 100, "weight": "0.7",
        "criteria": [{"code": "P1", "name": "装配", "kind": "points", "max": 100}], "round": {"module": 2},
    } | (practical or {})  # fmt: skip
    theory = {"code": "t", "name": "理论", "kind": "direct", "full": 100, "weight": "0.3"}
    whole = {"code": "f", "name": "决赛", "modules": [theory, module]} | (stage or {})
    return read_plan({"stages": [whole], **more})


def zh(given: Any) -> str:
    return "".join(words("zh").say(said) for said in plan_sentences(given))


def en(given: Any) -> str:
    return " ".join(words("en").say(said) for said in plan_sentences(given))


def test_weights_are_told_as_shares() -> None:
    assert "决赛由理论（30%）、实操（70%）组成。" in zh(plan())
    assert "决赛 is made of 理论 (30%), 实操 (70%)." in en(plan())
    assert share("0.125") == "12.5%"


def test_the_panel_tells_drops_combining_and_rounding() -> None:
    given = plan(practical={"panel": {"drop_high": 1, "drop_low": 1, "min_judges": 5}})
    assert "实操：各裁判的总分去掉 1 个最高分和 1 个最低分，取平均，四舍五入保留 2 位小数。" in zh(given)
    assert "实操至少要有 5 名裁判的评分。" in zh(given)
    assert (
        "the 1 highest and the 1 lowest are dropped, the mean is taken, rounded half up to 2 digits."
        in en(given)
    )


def test_criterion_by_criterion_rounds_at_its_own_rung() -> None:
    panel = {"across": "criterion", "combine": "median"}
    given = plan(practical={"panel": panel, "round": {"criterion": 1, "module": 0}})
    assert "实操逐项计算：各裁判的分数取中位数，四舍五入保留 1 位小数，各项再相加。" in zh(given)
    assert "实操成绩，四舍五入到整数。" in zh(given)


def test_nothing_rounded_is_said() -> None:
    assert "实操：各裁判的总分取平均，不取舍。" in zh(plan(practical={"round": {}}))


@pytest.mark.parametrize(("take", "said"), [("best", "取最好一次"), ("last", "取最后一次"), ("sum", "相加")])
def test_attempts_tell_which_counts(take: str, said: str) -> None:
    given = plan(practical={"attempts": {"count": 3, "take": take}})
    assert f"实操共 3 次，{said}。" in zh(given)


def test_absence_is_told_once_for_what_is_alike() -> None:
    assert "理论、实操缺考的不排名次。" in zh(plan())
    mixed = zh(plan(practical={"absent_module": "zero"}))
    assert "实操缺考的按 0 分计。" in mixed
    assert "理论缺考的不排名次。" in mixed


def test_equal_totals_are_told_in_their_order() -> None:
    keys = [{"by": "module", "module": "p"}, {"by": "time", "module": "p"},
            {"by": "criterion", "module": "p", "criterion": "P1"}, {"by": "decision"}]  # fmt: skip
    given = zh(plan(stage={"ties": keys, "places": "1223", "no_shared_top": 3}))
    assert "总成绩相同的，依次比较实操成绩、实操用时少的、实操的装配、裁判长裁定。" in given
    assert "仍相同的并列，后面的名次不空（1、2、2、3）。" in given
    assert "前 3 名不并列。" in given


def test_prizes_tell_how_many_and_the_border() -> None:
    levels = [{"name": "一等奖", "percent": 10, "round": "ceil"}, {"name": "二等奖", "count": 3},
              {"name": "三等奖", "ranks": [5, 8]}]  # fmt: skip
    given = zh(plan(awards={"levels": levels, "ties": "exclude"}))
    assert "奖项：一等奖 10%（占参赛数，尾数进一）、二等奖 3 名、三等奖第 5 至 8 名。" in given
    assert "都不得高一等的奖。" in given


def test_what_is_carried_and_who_goes_on() -> None:
    prelim = {"code": "a", "name": "初赛", "advance": {"percent": 50}, "modules": [
        {"code": "t", "name": "理论", "kind": "direct", "full": 100}]}  # fmt: skip
    final = {"code": "f", "name": "决赛", "carry": {"stage": "a", "weight": "0.3"}, "modules": [
        {"code": "p", "name": "实操", "kind": "direct", "full": 100, "weight": "0.7"}]}  # fmt: skip
    given = zh(read_plan({"stages": [prelim, final], "order": "low"}))
    assert "初赛前 50% 晋级（尾数舍去）。分界处同分的都晋级。" in given
    assert "决赛由实操（70%）、初赛总成绩（30%）组成。" in given
    assert given.startswith("数值小的在前")


SPEECH = [[0, "0.1"], [360, 0], [481, "0.02"], [491, "0.05"]]


def test_points_off_by_time_are_told_in_minutes() -> None:
    given = plan(practical={"time_bands": SPEECH})
    assert "实操按用时扣分：不足 6 分钟扣 0.1 分、满 6 分钟不扣分、满 8 分 1 秒扣 0.02 分、" in zh(given)
    assert "points are taken off by the time used: below 6 min 0.1 off, from 6 min nothing off, " in en(given)
    low = plan(practical={"time_bands": [[30, "1.5"]]}, order="low")
    assert "实操按用时加罚：满 30 秒加罚 1.5。" in zh(low)


def test_factors_of_time_are_told() -> None:
    given = plan(practical={"time_factors": [[0, 1], [901, "0.95"]]})
    assert "实操按用时乘系数：不足 15 分 1 秒乘以 1、满 15 分 1 秒乘以 0.95。" in zh(given)


def test_a_key_that_adds_modules_up_is_told() -> None:
    keys = [{"by": "module", "modules": ["p", "t"]}, {"by": "time", "modules": ["p", "t"]}]
    assert "依次比较实操＋理论成绩之和、实操＋理论用时之和少的。" in zh(plan(stage={"ties": keys}))


def test_all_about_prizes_is_told() -> None:
    levels = [{"name": "一等奖", "percent": 10, "at_least": 1, "pass": True}, {"name": "二等奖", "count": 3}]
    given = zh(plan(awards={"levels": levels, "ties": "include", "extra_uses_next": True}))
    assert "一等奖 10%（占参赛数，尾数舍去，至少 1 名）、" in given
    assert "一等奖须各项成绩合格。" in given
    assert "超出名额的，从下一等奖的名额中扣减。" in given


def test_a_cap_of_those_who_go_on_is_told() -> None:
    given = zh(plan(stage={"advance": {"count": 20, "per_organisation": 2, "ties": "exclude"}}))
    assert "决赛前 20 名晋级。每个单位最多 2 个晋级。分界处同分的都不晋级。" in given


def test_a_title_tells_its_conditions() -> None:
    needs = {"pass": ["p"], "age_at_most": 35, "on": "2026-09-01", "sex": "女", "employment": ["在职"],
             "holding": ["技师", "高级工"], "not_holding": ["技术能手"]}  # fmt: skip
    given = plan(titles=[{"name": "巾帼建功标兵", "ranks": [1, 3], "needs": needs}], practical={"pass": 60})
    assert (
        "第 1 至 3 名提名“巾帼建功标兵”，条件：实操成绩合格、截至 2026-09-01 不超过 35 周岁、限女性、"
        "用工形式为 在职、已有 技师 / 高级工 资格、未获得过“技术能手”。"
    ) in zh(given)


def test_criteria_with_a_panel_of_their_own_are_named() -> None:
    agreed = {"kind": "points", "max": 30, "panel": {"combine": "agreed", "min_judges": 1}}
    criteria = [{"code": "J", "name": "工艺", "kind": "judgement", "max": 40},
                {"code": "L", "name": "长度", **agreed}, {"code": "W", "name": "宽度", **agreed}]  # fmt: skip
    given = zh(plan(practical={"criteria": criteria, "panel": {"across": "criterion"}}))
    assert "其中实操的长度、宽度：各裁判的分数须一致，取这一个分数。" in given
