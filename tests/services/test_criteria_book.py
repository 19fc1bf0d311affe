"""Criteria as a workbook: what is written is read back equal, foreign ones are read or refused by cell."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competition_app import paths
from competition_app.documents.plans.criteria_book import _row
from competition_app.documents.plans.criteria_heads import (
    BETWEEN,
    COLUMNS,
    KINDS,
    between_of,
    columns_of,
    kind_of,
)
from competition_app.documents.plans.criteria_table import read_table
from competition_app.domain.errors import Refusal
from competition_app.domain.plans.plan import Criterion, Plan
from competition_app.domain.plans.plan_checks import read_plan
from competition_app.i18n import words
from competition_app.services.plans.criteria_rows import read_criteria_book, write_criteria_book

ZH = words("zh")


def presets() -> list[tuple[str, Plan]]:
    found = []
    for file in sorted((paths.resources() / "presets").glob("*.json")):
        held = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        found += [(f"{file.stem} {event['code']}", read_plan(event["plan"])) for event in held["events"]]
    return found


def back(path: Path) -> dict[tuple[str | None, str | None], tuple[Criterion, ...]]:
    """What a workbook holds, by stage and module."""
    found = {}
    for sheet in read_criteria_book(path):
        assert not sheet.read.problems, [ZH.say(problem) for problem in sheet.read.problems]
        criteria = tuple(Criterion.model_validate(one) for one in sheet.read.criteria)
        found[sheet.stage, sheet.module] = criteria
    return found


def held(plan: Plan) -> dict[tuple[str | None, str | None], tuple[Criterion, ...]]:
    return {(s.code, m.code): m.criteria for s in plan.stages for m in s.modules if m.kind == "sheets"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_plan_comes_back_equal(language: str, tmp_path: Path) -> None:
    """All presets as one plan, in one workbook: a worker process is not started for each."""
    stages = [(name, stage) for name, plan in presets() for stage in plan.stages]
    told = tuple(stage.model_copy(update={"code": f"{name} {stage.code}"}) for name, stage in stages)
    plan = Plan(stages=told)
    target = tmp_path / "criteria.xlsx"
    count = write_criteria_book(target, plan, words(language))
    assert back(target) == held(plan)
    assert count == sum(len(criteria) for criteria in held(plan).values())
    assert count > 20


FIGURES = st.decimals(0, 10**7, places=3) | st.decimals("0", "1", places=15)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)
LINES = st.lists(TEXTS | st.sampled_from(["", " ", "1：x", "\\2：y", "合计", "—", "=A1", "0"]), max_size=3)


@st.composite
def criteria(draw: st.DrawFn) -> Criterion:
    kind = draw(st.sampled_from(list(KINDS)))
    values: dict[str, Any] = {
        "code": "P" + str(draw(st.integers(1, 99))), "kind": kind, "max": draw(FIGURES),
        "name": draw(st.none() | TEXTS | st.sampled_from(["合计", "—", " 空格 ", "a\nb"])),
        "heading": draw(st.none() | TEXTS), "standard": draw(st.none() | LINES.map("\n".join)),
        "unit": draw(st.none() | TEXTS), "step": draw(st.none() | st.just(Decimal("0.5"))),
        "factor": draw(st.just(Decimal(1)) | FIGURES), "each": draw(st.just(Decimal(1)) | FIGURES),
        "max_spread": draw(st.none() | FIGURES), "between": draw(st.sampled_from(["linear", "step"])),
        "levels": draw(st.none() | LINES), "panel": draw(st.none() | st.just({"combine": "agreed"})),
    }  # fmt: skip
    values["min"] = draw(st.none() | st.just(Decimal(0)))
    if kind == "measured" or draw(st.booleans()):
        rising = sorted(draw(st.sets(st.decimals(-99, 99, places=2), min_size=1, max_size=4)))
        values["scale"] = [(value, draw(FIGURES)) for value in rising]
    return Criterion.model_validate(values)


@settings(max_examples=60, deadline=None)
@given(criteria(), st.none() | TEXTS)
def test_any_criterion_comes_back_from_its_row(one: Criterion, before: str | None) -> None:
    heads = [ZH.say(column.head) for column in COLUMNS]
    cells = _row(one, before, ZH)
    row = [cells.get(column.key, "") for column in COLUMNS]
    above = [[before, "上一项", "", "1", *[""] * (len(COLUMNS) - 4)]] if before and before.strip() else []
    read = read_table([heads, *above, row])
    assert not read.problems, [ZH.say(problem) for problem in read.problems]
    assert Criterion.model_validate(read.criteria[-1]) == one


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_head_and_word_written_is_understood(language: str) -> None:
    spoken = words(language)
    found, unknown = columns_of([spoken.say(column.head) for column in COLUMNS])
    assert {key: COLUMNS[place].key for key, place in found.items()} == {c.key: c.key for c in COLUMNS}
    assert unknown == []
    assert {kind: kind_of(spoken.say(said)) for kind, said in KINDS.items()} == {kind: kind for kind in KINDS}
    assert {key: between_of(spoken.say(said)) for key, said in BETWEEN.items()} == {
        key: key for key in BETWEEN
    }


def test_a_foreign_workbook_with_merged_cells_formulas_and_wrong_types(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某某赛项评分表"])
    sheet.append(["序号", "考核项目", "考核内容", "配分", "评分标准", "得分"])
    sheet.append([1, "装配", "拧紧", 10, "每处扣 1 分", None])
    sheet.append([2, None, "接线", 12.5, None, None])
    sheet.append([3, "安全", "工具", "=D3+D4", None, None])
    sheet.append([4, None, "穿戴", True, None, None])
    sheet.merge_cells("B3:B4")
    sheet.merge_cells("A1:F1")
    target = tmp_path / "foreign.xlsx"
    book.save(target)
    (read,) = read_criteria_book(target)
    assert read.read.criteria == ()
    assert [ZH.say(problem) for problem in read.read.problems] == [
        "D5：此项必填，却没有填；请填最大分值。", "D6：“TRUE”不是数；请填 10、0.5 这样的数。",
    ]  # fmt: skip
    sheet["D5"], sheet["D6"] = 5, 2
    book.save(target)
    (read,) = read_criteria_book(target)
    assert [(one["heading"], one["name"], one["max"]) for one in read.read.criteria] == [
        ("装配", "拧紧", "10"), ("装配", "接线", "12.5"), ("安全", "工具", "5"), ("安全", "穿戴", "2"),
    ]  # fmt: skip


def test_a_file_without_criteria_is_refused_with_what_to_do(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("two")
    for sheet in book.worksheets:
        sheet.append(["姓名", "单位"])
    target = tmp_path / "names.xlsx"
    book.save(target)
    with pytest.raises(Refusal) as refused:
        read_criteria_book(target)
    assert "考核点" in ZH.say(refused.value)
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    with pytest.raises(Refusal):
        read_criteria_book(tmp_path / "empty.csv")


def test_a_plan_that_no_judge_marks_has_nothing_to_write(tmp_path: Path) -> None:
    plan = read_plan({"stages": [{"code": "s", "modules": [{"code": "m", "kind": "direct"}]}]})
    with pytest.raises(Refusal):
        write_criteria_book(tmp_path / "no.xlsx", plan, ZH)
    assert not (tmp_path / "no.xlsx").exists()
