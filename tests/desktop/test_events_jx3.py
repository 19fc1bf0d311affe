"""赛项与规则: JX-3 (domain.md §1–§5) by the editor's deeds, and what it and titles ask of the forms."""

import json
from decimal import Decimal

import pytest
from day import Day
from editing import choose, field, press, tick, type_into, write

from competition_app.desktop import pictures
from competition_app.desktop.events.events_page import EventsPage
from competition_app.desktop.events.forms.plan_fields import Bound
from competition_app.desktop.events.forms.plan_grid import PairGrid
from competition_app.desktop.events.plan import plan_parts
from competition_app.desktop.events.plan.plan_checks_list import checks_of
from competition_app.desktop.events.plan.plan_draft import PlanDraft
from competition_app.desktop.events.plan.plan_lines import lines_of, walk
from competition_app.desktop.preferences import Preferences
from competition_app.services.access import Actor
from competition_app.services.workspace import Workspace
from tests.domain.making import entries, ranked, rows, scores

STAGE = ("stages", 0)
SIZE = (*STAGE, "modules", 1, "criteria", 1)


THREE = {"across": "criterion", "min_judges": 3}
AGREED = {"combine": "agreed", "min_judges": 3}
ITEMS = {
    "B": (25, [("工艺", 8), ("布局", 7), ("接线", 5)], 5), "C": (20, [("焊接", 4)], 16),
    "D": (25, [("外观", 5)], 20),
}  # fmt: skip
"""Full marks, judgement items and the measured rest: 80 % judgement inside B, a fifth in C and D."""


def jx3() -> PlanDraft:
    """Online paper × 0.30, modules B 25, C 20, D 25; levels and measurements; two decimals twice."""
    draft = PlanDraft()
    draft.load('{"stages": []}')
    stage = plan_parts.add_stage(draft)
    plan_parts.remove(draft, (*stage, "modules", 0))
    paper = plan_parts.add_module(draft, stage, "direct")
    draft.put((*paper, "name"), "理论")
    draft.put((*paper, "weight"), Decimal("0.3"))
    draft.put((*stage, "round", "weighted"), None)
    for name, (full, judged, measured) in ITEMS.items():
        module = plan_parts.add_module(draft, stage, "sheets")
        for key, value in (("name", f"模块 {name}"), ("full", full), ("weight", 1), ("panel", THREE)):
            draft.put((*module, key), value)
        draft.put((*module, "round", "criterion"), 2)
        plan_parts.remove(draft, (*module, "criteria", 0))
        for label, top in judged:
            level = plan_parts.add_criterion(draft, module, "judgement")
            draft.put((*level, "name"), label)
            draft.put((*level, "max"), top)
        tolerance = plan_parts.add_criterion(draft, module, "measured")
        draft.put((*tolerance, "scale"), [["-0.21", 0], ["-0.2", measured], ["0.21", 0]])
        draft.put((*tolerance, "between"), "step")
        draft.put((*tolerance, "step"), Decimal("0.01"))
        draft.put((*tolerance, "panel"), AGREED)
    codes = {module["name"][-1]: module["code"] for module in draft.get((*stage, "modules"))}
    plan_parts.add_tie(draft, stage, {"by": "module", "modules": [codes[letter] for letter in "BCD"]})
    for letter in "DCB":
        plan_parts.add_tie(draft, stage, {"by": "module", "module": codes[letter]})
    return draft


def test_jx3_is_set_up_by_the_operations_of_the_editor_alone() -> None:
    draft = jx3()
    plan = draft.checked.plan
    assert draft.checked.good
    assert plan is not None
    (stage,) = plan.stages
    assert [(one.full, one.weight, one.round.module) for one in stage.modules] == [
        (100, Decimal("0.3"), 2), (25, 1, 2), (20, 1, 2), (25, 1, 2),
    ]  # fmt: skip
    assert [one.kind for one in stage.modules[1].criteria] == ["judgement"] * 3 + ["measured"]
    assert (stage.modules[1].round.criterion, stage.round.weighted, stage.round.total) == (2, None, 2)
    names = [line.name for line in walk(lines_of(draft)) if line.node[2:3] == ("ties",)][1:]
    assert names == [
        "先比模块 B＋模块 C＋模块 D成绩之和", "再比模块 D成绩", "再比模块 C成绩", "再比模块 B成绩",
        "仍相同由裁判长裁定",
    ]  # fmt: skip
    assert lines_of(draft)[1].figure == "100 分"
    told = [check.words for check in checks_of(draft) if check.role == "wait"]
    assert told == []
    assert "各模块折合后满分合计 100 分" in [check.words for check in checks_of(draft)]


def test_jx3_reckons_as_the_rule_text_does() -> None:
    """Mean of three levels ÷ 3 × full marks to two digits each; the agreed value; two digits each time."""
    draft = jx3()
    paper, *modules = draft.get((*STAGE, "modules"))
    levels = {"B": [(1, 2, 2), (2, 2, 3), (3, 3, 2)], "C": [(2, 2, 3)], "D": [(0, 1, 1)]}
    marks = [
        {"entry": "1", "module": module["code"], "judge": judge, "criterion": one["code"], "value": value}
        for module, letter in zip(modules, "BCD", strict=True)
        for one, three in zip(module["criteria"], [*levels[letter], ("0.2",) * 3], strict=True)
        for judge, value in zip("XYZ", three, strict=True)
    ]
    event = {"plan": json.loads(draft.text), "entries": entries("1"), "marks": marks}
    row = rows(ranked({**event, "scores": scores(paper["code"], {"1": "85.55"})}))["1"]
    found = [row["modules"][one["code"]]["score"] for one in (paper, *modules)]
    # B: 4.44 + 5.44 + 4.44 + 5 = 19.32, and not 14.333… + 5; 25.665 + 19.32 + 19.11 + 21.11 = 85.205
    assert (found, row["total"]) == (["85.55", "19.32", "19.11", "21.11"], "85.21")
    marks[-1]["value"] = "0.3"
    row = rows(ranked({**event, "scores": scores(paper["code"], {"1": "85.55"})}))["1"]
    assert row["place"] is None


# --- through the forms ---
def module(code: str, full: int) -> dict[str, object]:
    criteria = [
        {"code": "P1", "name": "工艺", "kind": "judgement", "max": full - 5},
        {"code": "P2", "name": "孔径", "kind": "measured", "unit": "mm", "scale": [["0.2", 5], ["0.5", 0]]},
    ]
    return {"code": code, "name": f"模块 {code}", "kind": "sheets", "full": full, "criteria": criteria}


@pytest.fixture
def page(workspace: Workspace, organiser: Actor, preferences: Preferences, qtbot) -> EventsPage:
    """The online paper and three modules; nothing yet of what JX-3 asks of the forms."""
    day = Day(workspace, organiser, preferences)
    page = day.open(qtbot, "events")
    pictures.settle(day.window)
    paper = {"code": "A", "name": "理论", "kind": "direct", "full": 100, "weight": "0.3", "pass": 60}
    modules = [paper, module("B", 25) | {"pass": 15}, module("C", 20) | {"pass": 12}, module("D", 25)]
    stage = {"code": "S1", "name": "决赛", "modules": modules, "ties": [{"by": "decision"}]}
    title = {"name": "高级技师", "ranks": [1, 1]}
    page.draft.load(json.dumps({"stages": [stage], "titles": [title]}))
    yield page
    day.window.jobs.close()


def judges_of_one_criterion(page: EventsPage, qtbot) -> None:
    """A measurement the judges agree on in a module whose other criteria are averaged; its unit."""
    page.tree.choose(SIZE)
    assert not [one for one in page.form.findChildren(Bound) if one.label.text() == "这一项的裁判"]
    type_into(qtbot, field(page, "单位").control, "µm")
    (grid,) = page.form.findChildren(PairGrid)
    assert grid.lines[0][0].accessibleName() == "量值不超过（µm） 1"
    choose(page, "两点之间", "按前一行")
    assert grid.lines[0][0].accessibleName() == "量值从（µm）起 1"
    page.tree.choose(SIZE[:-2])
    choose(page, "按什么合成", "逐项计算")
    page.tree.choose(SIZE)
    choose(page, "这一项的裁判", "须一致，取这一个分数")
    write(page, qtbot, "最少裁判数", "3")
    assert page.draft.get((*SIZE, "panel")) == {"combine": "agreed", "min_judges": 3}
    choose(page, "这一项的裁判", "取中位数")
    assert page.draft.get((*SIZE, "panel")) == {"combine": "median", "min_judges": 3}
    choose(page, "这一项的裁判", "同模块：取平均")
    assert page.draft.get((*SIZE, "panel")) is None
    page.draft.put((*SIZE[:-2], "panel", "combine"), [5])  # as text may say; the form stands all the same
    page.tree.choose(SIZE[:-2])
    page.tree.choose(SIZE)
    assert field(page, "这一项的裁判").text() == "同模块：—"
    page.draft.put((*SIZE[:-2], "panel", "combine"), None)


def a_sum_of_modules(page: EventsPage, qtbot) -> None:
    """The practical as a whole comes first among equals."""
    page.tree.choose((*STAGE, "ties"))
    press(page, qtbot, "比成绩")
    choose(page, "比较什么", "几个模块成绩之和")
    key = (*STAGE, "ties", 0)
    assert page.draft.get(key) == {"by": "module", "modules": ["B", "C", "D"]}
    for word in ("模块 B", "模块 C", "模块 D"):
        tick(page, qtbot, word)
    assert field(page, "哪些模块相加").refused() == "请至少勾选一个。"
    tick(page, qtbot, "模块 D")
    assert page.tree.line(key).name == "先比模块 D成绩之和"


def needs_of_a_title(page: EventsPage, qtbot) -> None:
    """Any of the modules with a pass mark, employment, a level already held."""
    page.tree.choose(("titles", 0))
    choose(page, "须合格", "下面的模块")
    tick(page, qtbot, "模块 B")
    write(page, qtbot, "用工形式须为其中之一", "在职、合同制")
    write(page, qtbot, "须已有其中一个称号或等级", "技师")
    needs = {"pass": ["A", "C"], "employment": ["在职", "合同制"], "holding": ["技师"]}
    assert page.draft.get(("titles", 0, "needs")) == needs


def test_what_jx3_asks_for_is_set_in_the_forms(page: EventsPage, qtbot) -> None:
    judges_of_one_criterion(page, qtbot)
    a_sum_of_modules(page, qtbot)
    needs_of_a_title(page, qtbot)
    assert page.draft.checked.good
