"""The draft of a plan without a window: steps taken back, codes made, references kept."""

import json
import random
from decimal import Decimal

import pytest

from competition_app.desktop.events.forms.plan_module_form import clock
from competition_app.desktop.events.forms.plan_tree import place_of
from competition_app.desktop.events.plan import plan_parts
from competition_app.desktop.events.plan.plan_checks_list import checks_of
from competition_app.desktop.events.plan.plan_differences import differences
from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft, path_from
from competition_app.desktop.events.plan.plan_lines import lines_of, node_of, walk
from competition_app.domain.plans.plan_checks import path_of

STAGE: Path = ("stages", 0)
MODULE: Path = (*STAGE, "modules", 0)


def draft_of(values: object) -> PlanDraft:
    made = PlanDraft()
    made.load(json.dumps(values))
    return made


@pytest.fixture
def draft() -> PlanDraft:
    """Two modules, a key on each, one on a criterion, and a title that needs the first."""
    points = [{"code": "P1", "name": "甲", "kind": "points", "max": 60},
              {"code": "P2", "name": "乙", "kind": "points", "max": 40}]  # fmt: skip
    return draft_of({
        "stages": [{
            "code": "S1", "name": "决赛",
            "modules": [
                {"code": "M1", "name": "理论", "kind": "direct", "full": 100, "weight": 0.3, "pass": 60},
                {"code": "M2", "name": "实操", "kind": "sheets", "full": 100, "weight": 0.7,
                 "criteria": points},
            ],
            "ties": [{"by": "module", "module": "M2"}, {"by": "criterion", "module": "M2", "criterion": "P1"},
                     {"by": "module", "module": "M1"}, {"by": "decision"}],
        }],
        "awards": {"levels": [{"name": "一等奖", "count": 1}]},
        "titles": [{"name": "技术能手", "ranks": [1, 3], "needs": {"pass": ["M1"]}}],
    })  # fmt: skip


def ties(draft: PlanDraft) -> list[tuple[object, ...]]:
    return [tuple(key.values()) for key in draft.get((*STAGE, "ties"))]


def test_a_path_is_read_as_it_is_written() -> None:
    path = ("stages", 0, "modules", 1, "criteria", 2, "max")
    assert path_from(path_of(path)) == path


def test_typing_into_one_place_is_one_step_back(draft: PlanDraft) -> None:
    for text in ("8", "85", "85.5"):
        draft.put((*MODULE, "full"), text)
    draft.put((*MODULE, "name"), "笔试")
    assert draft.undo() is not None
    assert draft.get((*MODULE, "full")) == "85.5"
    assert draft.undo() is not None
    assert draft.get((*MODULE, "full")) == 100
    assert not draft.dirty
    assert draft.undo() is None
    draft.redo()
    draft.redo()
    assert (draft.get((*MODULE, "full")), draft.get((*MODULE, "name"))) == ("85.5", "笔试")
    draft.undo()
    draft.put((*MODULE, "weight"), "0.4")
    assert draft.redo() is None


def test_a_seal_ends_a_step(draft: PlanDraft) -> None:
    draft.put((*MODULE, "full"), "85")
    draft.seal()
    draft.put((*MODULE, "full"), "90")
    draft.undo()
    assert draft.get((*MODULE, "full")) == "85"


def test_a_value_taken_away_leaves_no_empty_settings(draft: PlanDraft) -> None:
    stored = draft.text
    draft.put((*STAGE, "round", "total"), 2)
    draft.put((*STAGE, "round", "total"), None)
    assert draft.text == stored


def test_a_draft_left_behind_comes_back_and_text_that_is_none_is_kept(draft: PlanDraft) -> None:
    stored = draft.text
    draft.put_text("{")
    assert draft.text == "{"
    assert draft.checked.errors
    again = PlanDraft()
    again.load(stored, draft.text)
    assert again.text == "{"
    assert again.dirty
    draft.undo()
    assert draft.text == stored


def test_what_names_a_removed_module_goes_with_it_and_comes_back(draft: PlanDraft) -> None:
    before = draft.text
    said = plan_parts.remove(draft, (*STAGE, "modules", 1))
    assert "2" in said
    assert ties(draft) == [("module", "M1"), ("decision",)]
    assert draft.checked.good
    said = plan_parts.remove(draft, MODULE)
    assert draft.get(("titles", 0, "needs", "pass"), []) == []
    assert "1" in said
    draft.undo()
    draft.undo()
    assert draft.text == before


def test_a_removed_criterion_takes_only_its_own_key(draft: PlanDraft) -> None:
    plan_parts.remove(draft, (*STAGE, "modules", 1, "criteria", 0))
    assert ties(draft) == [("module", "M2"), ("module", "M1"), ("decision",)]


def test_parts_get_codes_that_are_free(draft: PlanDraft) -> None:
    module = (*STAGE, "modules", 1)
    plan_parts.remove(draft, (*module, "criteria", 0))
    for kind in ("check", "measured"):
        plan_parts.add_criterion(draft, module, kind)
    doubled = plan_parts.duplicate(draft, module)
    codes = [one["code"] for one in draft.get((*module, "criteria"))]
    assert codes == ["P2", "P1", "P3"]
    assert draft.get((*doubled, "code")) == "M3"
    assert draft.checked.good


def test_a_criterion_that_moves_is_followed_by_its_keys(draft: PlanDraft) -> None:
    other = plan_parts.add_module(draft, STAGE, "sheets")
    moved = plan_parts.move(draft, (*STAGE, "modules", 1, "criteria", 0), (*other, "criteria"), 0)
    assert draft.get((*moved, "name")) == "甲"
    assert draft.get((*moved, "code")) == "P2"  # P1 is taken there
    assert ties(draft)[1] == ("criterion", "M3", "P2")
    assert draft.checked.good


def test_a_module_moved_to_another_stage_is_named_with_it(draft: PlanDraft) -> None:
    plan_parts.add_stage(draft)
    plan_parts.move(draft, MODULE, ("stages", 1, "modules"), 0)
    assert draft.get((*STAGE, "ties", 2)) == {"by": "module", "module": "M1", "stage": "S2"}
    assert draft.checked.good


def test_a_stage_that_goes_takes_what_was_brought_along(draft: PlanDraft) -> None:
    plan_parts.add_stage(draft)
    draft.put(("stages", 1, "carry"), {"stage": "S1", "weight": "0.5"})
    plan_parts.remove(draft, STAGE)
    assert draft.get((*STAGE, "carry")) is None
    assert draft.get(("titles", 0, "needs", "pass"), []) == []


def test_steps_up_and_down_stop_at_the_ends(draft: PlanDraft) -> None:
    key = (*STAGE, "ties", 0)
    assert plan_parts.step(draft, key, -1) == key
    assert plan_parts.step(draft, key, 1) == (*STAGE, "ties", 1)
    assert ties(draft)[:2] == [("criterion", "M2", "P1"), ("module", "M2")]


@pytest.mark.parametrize(
    ("node", "over", "below", "expected"),
    [
        ((*MODULE, "criteria", 0), (*MODULE, "criteria", 2), True, ((*MODULE, "criteria"), 3)),
        ((*MODULE, "criteria", 0), (*STAGE, "modules", 1), False, ((*STAGE, "modules", 1, "criteria"), 7)),
        ((*STAGE, "modules", 1), MODULE, False, ((*STAGE, "modules"), 0)),
        ((*STAGE, "modules", 1), ("stages", 1), True, (("stages", 1, "modules"), 7)),
        ((*STAGE, "ties", 0), (*STAGE, "ties", 2), False, ((*STAGE, "ties"), 2)),
        ((*STAGE, "ties", 0), ("stages", 1, "ties", 0), False, None),
        ((*MODULE, "criteria", 0), ("awards",), False, None),
        (STAGE, (*STAGE, "modules", 0), False, None),
    ],
)
def test_parts_drop_only_where_they_may_stand(node: Path, over: Path, below: bool, expected: object) -> None:
    assert place_of(node, over, below, lambda _path: 7) == expected


def test_a_place_of_the_plan_leads_to_its_line(draft: PlanDraft) -> None:
    assert node_of(draft, (*STAGE, "modules", 1, "criteria", 0, "max")) == (
        *STAGE,
        "modules",
        1,
        "criteria",
        0,
    )
    assert node_of(draft, (*MODULE, "panel", "drop_high")) == MODULE
    assert node_of(draft, ("titles",)) == ("awards",)


def test_criteria_under_one_heading_stand_below_it(draft: PlanDraft) -> None:
    for place in (0, 1):
        draft.put((*STAGE, "modules", 1, "criteria", place, "heading"), "装配")
    heading = next(line for line in walk(lines_of(draft)) if line.heading)
    assert (heading.name, [line.name for line in heading.below]) == ("装配", ["甲", "乙"])


def test_ties_read_as_a_person_says_them(draft: PlanDraft) -> None:
    names = [line.name for line in walk(lines_of(draft)) if line.node[2:3] == ("ties",)][1:]
    assert names == ["先比实操成绩", "再比实操的“甲”", "再比理论成绩", "仍相同由裁判长裁定"]


def test_checks_name_their_line_and_worst_come_first(draft: PlanDraft) -> None:
    draft.put((*STAGE, "modules", 1, "criteria", 1, "max"), "viele")
    first = checks_of(draft)[0]
    assert (first.role, first.node) == ("bad", (*STAGE, "modules", 1, "criteria", 1))
    assert first.words == "乙，满分：请填数字，如 85 或 0.5。"
    draft.undo()
    assert {check.role for check in checks_of(draft)} == {"done"}
    draft.put((*MODULE, "weight"), "0.4")
    assert ("wait", STAGE, "决赛：权重合计 110%，不是 100%") in {
        (check.role, check.node, check.words) for check in checks_of(draft)
    }


def test_differences_are_told_in_words(draft: PlanDraft) -> None:
    old = draft_of(json.loads(draft.text))
    assert differences(old, draft) == []
    draft.put((*MODULE, "weight"), Decimal("0.30"))
    assert differences(old, draft) == []
    draft.put((*MODULE, "weight"), Decimal("0.4"))
    plan_parts.remove(draft, (*STAGE, "modules", 1, "criteria", 0))
    plan_parts.add_level(draft)
    before = ["先比实操成绩", "再比实操的“甲”", "再比理论成绩", "仍相同由裁判长裁定"]
    assert differences(old, draft) == [
        "决赛 › 理论，权重：30% → 40%", "决赛 › 实操：删去“甲”", "评分方案：添加“二等奖 1”",
        f"决赛，名次与同分：{'；'.join(before)} → {'；'.join(before[:1] + before[2:])}",
    ]  # fmt: skip


def test_seconds_are_shown_as_on_a_clock() -> None:
    assert [clock(one) for one in (0, 59, 490, "90.5", "x")] == ["0:00", "0:59", "8:10", "1:30.5", "—"]


@pytest.mark.parametrize("seed", range(3))
def test_no_order_of_deeds_leaves_a_name_without_its_part(draft: PlanDraft, seed: int) -> None:
    """Parts added, moved, doubled and removed at random: nothing names what is gone, no code stands twice."""
    chance = random.Random(seed)
    start = draft.text
    for _ in range(60):
        nodes = [line.node for line in walk(lines_of(draft)) if plan_parts.holder_of(line.node)]
        node, over = chance.choice(nodes or [STAGE]), chance.choice(nodes or [STAGE])
        deed = chance.choice(("add", "double", "move", "remove", "step"))
        target = place_of(node, over, chance.random() < 0.5, lambda path: len(draft.rows(path)))
        if deed == "add" or not nodes:
            stage = node[:2] if nodes and node[0] == "stages" else plan_parts.add_stage(draft)
            module = plan_parts.add_module(draft, stage, "sheets")
            code = draft.get((*module, "code"))
            plan_parts.add_tie(draft, stage, {"by": "criterion", "module": code, "criterion": "P1"})
            all_codes = [one["code"] for one in draft.get((*stage, "modules"))]
            plan_parts.add_tie(draft, stage, {"by": "module", "modules": all_codes})
        elif deed == "double":
            plan_parts.duplicate(draft, node)
        elif deed == "move" and target:
            plan_parts.move(draft, node, *target)
        elif deed == "remove":
            plan_parts.remove(draft, node)
        else:
            plan_parts.step(draft, node, chance.choice((-1, 1)))
        told = [said.text for said in draft.errors.values()]
        assert [text for text in told if text.startswith("there is no") or "stands twice" in text] == []
    while draft.undo():
        pass
    assert draft.text == start


@pytest.mark.parametrize("value", [5, "x", [5], [[1]], {"a": 1}, True])
def test_any_text_that_is_json_can_be_looked_at(draft: PlanDraft, value: object) -> None:
    """Whatever is typed into the text of the plan, tree, checks and differences stand."""
    whole = json.loads(draft.text)
    for path in (
        ("stages",), STAGE, (*STAGE, "modules"), (*STAGE, "modules", 1, "criteria", 0), (*STAGE, "ties"),
        (*STAGE, "ties", 0), (*STAGE, "code"), ("awards",), ("awards", "levels", 0), ("titles", 0, "needs"),
        (*STAGE, "ties", 0, "modules"), (*STAGE, "modules", 1, "criteria", 0, "panel"),
        ("titles", 0, "needs", "pass"),
    ):  # fmt: skip
        changed = json.loads(draft.text)
        holder = changed
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value
        odd = draft_of(changed)
        assert lines_of(odd)[0].node == ("event",)
        assert checks_of(odd)
        differences(draft_of(whole), odd)


def test_a_sum_of_modules_follows_them_and_goes_with_the_last(draft: PlanDraft) -> None:
    third = plan_parts.add_module(draft, STAGE, "sheets")
    plan_parts.add_tie(draft, STAGE, {"by": "module", "modules": ["M1", "M2", "M3"]})
    here = (*STAGE, "ties", 3)
    assert next(line for line in walk(lines_of(draft)) if line.node == here).name == (
        "再比理论＋实操＋模块 3成绩之和"
    )
    plan_parts.duplicate(draft, third)
    assert draft.get((*here, "modules")) == ["M1", "M2", "M3"]
    said = plan_parts.remove(draft, (*STAGE, "modules", 1))
    assert said.split("；")[1:] == ["一并删去引用它的 2 条同分规则", "同分规则的合计里不再有它"]
    here = (*STAGE, "ties", 1)
    assert draft.get((*here, "modules")) == ["M1", "M3"]
    plan_parts.add_stage(draft)
    plan_parts.move(draft, MODULE, ("stages", 1, "modules"), 0)
    assert draft.get(here) == {"by": "module", "modules": ["M3"]}
    assert draft.checked.good
    plan_parts.remove(draft, MODULE)
    assert [key[0] for key in ties(draft)] == ["module", "decision"]
    assert draft.get((*STAGE, "ties", 0)) == {"by": "module", "module": "M1", "stage": "S2"}


def test_a_sum_whose_modules_all_went_to_another_stage_names_it(draft: PlanDraft) -> None:
    plan_parts.add_tie(draft, STAGE, {"by": "time", "modules": ["M2"]})
    plan_parts.add_stage(draft)
    plan_parts.move(draft, (*STAGE, "modules", 1), ("stages", 1, "modules"), 0)
    assert draft.get((*STAGE, "ties", 3)) == {"by": "time", "modules": ["M2"], "stage": "S2"}
    assert draft.checked.good


def test_a_title_s_modules_and_a_criterion_s_judges_are_compared_by_name(draft: PlanDraft) -> None:
    old = draft_of(json.loads(draft.text))
    draft.put((*STAGE, "modules", 1, "pass"), 60)
    draft.put(("titles", 0, "needs", "pass"), ["M1", "M2"])
    draft.put(("titles", 0, "needs", "employment"), ["在职"])
    draft.put((*STAGE, "modules", 1, "panel"), {"across": "criterion"})
    draft.put((*STAGE, "modules", 1, "criteria", 0, "panel"), {"combine": "mean", "min_judges": 3})
    assert draft.checked.good
    assert differences(old, draft) == [
        "决赛 › 实操 › 甲，多名裁判：未设 → 取平均", "决赛 › 实操 › 甲，最少裁判数：未设 → 3",
        "决赛 › 实操，及格线：未设 → 60", "决赛 › 实操，按什么合成：未设 → 逐项计算",
        "技术能手，须合格：理论 → 理论 / 实操", "技术能手，用工形式须为其中之一：未设 → 在职",
    ]  # fmt: skip
    draft.put((*STAGE, "modules", 1, "panel"), None)
    first = checks_of(draft)[0]
    assert (first.role, first.node) == ("bad", (*STAGE, "modules", 1, "criteria", 0))
    assert first.words.startswith("甲，这一项的裁判：")
