"""The rules on paper: every clause, criterion and signature is there, nothing lies outside or is lost."""

import io
from typing import Any

import pytest
from pdf_boxes import chars, text

from competition_app.documents.plans.plan_paper import draw_plan
from competition_app.documents.plans.plan_paper_words import PlanHead, plan_page
from competition_app.documents.results.why_place_blocks import cut_figure
from competition_app.domain.plans.plan import Plan
from competition_app.domain.plans.plan_checks import read_plan
from competition_app.domain.plans.plan_words import plan_sentences
from competition_app.i18n import words
from competition_app.services.plans.plan_paper import check_code, worked_out

ZH = words("zh")
HEAD = PlanHead("2026年沈东市数智技术应用劳动竞赛", "无人机装调检修工", 3, "4F2A 91C7 0B6E")
CRITERIA: list[dict[str, Any]] = [
    {"code": "P1", "heading": "装配", "name": "装配质量", "kind": "points", "max": 40, "step": "0.5",
     "standard": "一处松动扣 1 分；\n线束不整齐扣 2 分"},
    {"code": "P2", "heading": "装配", "name": "尺寸误差", "kind": "measured", "unit": "mm",
     "scale": [["-0.5", 0], [0, 30], ["0.5", 0]]},
    {"code": "P3", "name": "安全文明", "kind": "deduction", "max": 20, "each": 2},
    {"code": "P4", "name": "表达", "kind": "judgement", "max": 6, "levels": ["未做", "达标", "较好", "优秀"]},
    {"code": "P5", "name": "态度", "kind": "points", "min": 3, "max": 4, "factor": "0.5"},
]  # fmt: skip


def drafted(criteria: list[dict[str, Any]], **module: Any) -> Plan:
    practical = {"code": "practical", "name": "实操", "kind": "sheets", "full": 100, "weight": "0.7",
                 "criteria": criteria, "round": {"module": 2}, **module}  # fmt: skip
    theory = {"code": "theory", "name": "理论", "kind": "direct", "full": 100, "weight": "0.3"}
    stage = {"code": "final", "name": "决赛", "modules": [theory, practical],
             "round": {"weighted": 2, "total": 2}, "ties": [{"by": "decision"}]}  # fmt: skip
    return read_plan({"stages": [stage]})


def pages(plan: Plan, head: PlanHead = HEAD, language: str = "zh") -> list[str]:
    """The text of every page without blanks; what is drawn lies within the margins."""
    file, spoken = io.BytesIO(), words(language)
    count = draw_plan(file, plan_page(plan, head, worked_out(plan), spoken), spoken)
    pdf, found = file.getvalue(), []
    for number in range(count):
        drawn = [char for char in chars(pdf, number) if char.text.strip() and char.size < 90]
        assert min(char.left for char in drawn) > 17.5
        assert max(char.right for char in drawn) < 192.5
        assert max(char.bottom for char in drawn) < 289.5
        feet = [char for char in drawn if 258.5 < char.baseline < 287]
        assert number == count - 1 or max((char.baseline for char in feet), default=0) < 282
        found.append("".join(text(pdf, number).split()))
    return found


def bare(said: str) -> str:
    return "".join(said.split())


def test_the_paper_says_rules_criteria_example_and_who_signs() -> None:
    plan = drafted(CRITERIA)
    whole = "".join(pages(plan))
    for said in plan_sentences(plan):
        assert bare(ZH.say(said)) in whole
    for part in (
        "评分规则说明", HEAD.competition, HEAD.event, "规则第3版", "30%", "70%", "实操（70%，满分100）",
        "装配质量", "一处松动扣1分；", "线束不整齐扣2分。", "mm按换算表（直线）：−0.5→0；0→30；0.5→0。",
        "每处扣2分。", "0未做；1达标；2较好；3优秀。", "3–4", "乘系数0.5。", "用假定的分数算一遍",
        "裁判长", "监督员", "组委会", "规则校验码4F2A91C70B6E",
    ):  # fmt: skip
        assert part in whole, part


def test_sixty_criteria_with_long_texts_run_on_with_the_head_repeated() -> None:
    criteria = [
        {"code": f"P{n}", "name": f"第{n}项" + "机载设备检查与调试" * 4, "kind": "points", "max": 2,
         "standard": f"标准{n}：" + "缺一项扣半分，直至扣完为止。" * 6}
        for n in range(60)
    ]  # fmt: skip
    found = pages(drafted(criteria))
    whole = "".join(found)
    assert len(found) > 4
    for n in range(60):
        assert f"标准{n}：缺一项扣半分" in whole
    assert all("序考核点打分方式" in page for page in found[1:-2])
    assert "裁判长" in found[-1]
    assert not any("组委会" in page for page in found[:-1])


def test_a_usual_plan_takes_at_most_two_pages() -> None:
    assert len(pages(drafted(CRITERIA))) <= 2


def test_a_draft_says_so_across_the_page_and_in_its_head() -> None:
    head = PlanHead(HEAD.competition, HEAD.event, 3, HEAD.check_code, draft=True)
    found = pages(drafted(CRITERIA), head)
    assert "草稿（第3版之后）" in found[0]
    assert all("草稿" in page for page in found)
    assert "草稿" not in "".join(pages(drafted(CRITERIA)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_long_names_lose_nothing(language: str) -> None:
    head = PlanHead("2026年" + "沈东市数智技术应用劳动竞赛" * 5, "无人机装调检修工" * 5, 3, HEAD.check_code)
    name = "高空绝缘作业平台装配与整机联合调试"
    plan = drafted([{"code": "P1", "name": "<b>&" + "长" * 90, "kind": "points", "max": "100.25"}], name=name)
    whole = "".join(pages(plan, head, language))
    assert whole.count("长") >= 90
    assert "<b>&" in whole
    assert name in whole
    assert head.event[:30] in whole


def test_a_figure_that_never_ends_stays_in_its_column() -> None:
    assert cut_figure("H4", "13.333333", 30) == "13.333333"
    assert cut_figure("H4", "13.333333", 12) == "13.33…"
    assert cut_figure("H4", "1333333333", 5) == "1333333333"
    levels = [{"code": f"P{n}", "name": "表达", "kind": "judgement", "max": 20} for n in range(6)]
    whole = "".join(pages(drafted(levels, panel={"across": "criterion", "min_judges": 7})))
    assert "13.333333" not in whole
    assert "13.3" in whole


def test_any_other_rule_has_another_check_code_and_the_same_rules_the_same() -> None:
    plan = drafted(CRITERIA)
    assert check_code(plan) == check_code(drafted([dict(one) for one in CRITERIA]))
    assert check_code(plan) != check_code(drafted(CRITERIA, round={"module": 1}))
