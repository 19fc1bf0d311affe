"""Criteria taken from a workbook into the draft, or saved as one: shown first, whole or not at all."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import openpyxl
import pytest

from competition_app.desktop.events.events_criteria_book import CriteriaBooks
from competition_app.desktop.events.plan.plan_draft import PlanDraft
from competition_app.desktop.frame.asking import Asking
from competition_app.desktop.frame.page import Context
from competition_app.services.progress import Progress
from tests.services.contest import plan

MODULE = ("stages", 0, "modules", 1)
TIE = {"by": "criterion", "module": "practical", "criterion": "P3"}


class AtOnce:
    """Jobs that are done as soon as they are begun."""

    @staticmethod
    def start(_words: object, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        done(work(Progress()))


@pytest.fixture
def draft() -> PlanDraft:
    made = PlanDraft()
    values = plan()
    values["stages"][0]["ties"] = [TIE, {"by": "decision"}]
    made.load(json.dumps(values))
    return made


@pytest.fixture
def books(draft: PlanDraft, asking: Asking) -> CriteriaBooks:
    context = cast(Context, SimpleNamespace(asking=asking, jobs=AtOnce()))
    return CriteriaBooks(context, draft, lambda _path, _focus: None)


def names(draft: PlanDraft) -> list[str]:
    return [str(one.get("name")) for one in draft.rows((*MODULE, "criteria"))]


def table(path: Path, *rows: tuple[object, ...], name: str = "Sheet") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_what_was_saved_is_taken_back_as_it_was(
    books: CriteriaBooks,
    draft: PlanDraft,
    asking: Asking,
    presses: Callable[[Asking, str], None],
    tmp_path: Path,
) -> None:
    before = draft.checked.plan
    asking.choose_save = lambda *_: str(tmp_path / "criteria.xlsx")
    books.save()
    assert "已保存 5 个评分项" in asking.record[-1].words
    asking.choose_open = lambda *_: [str(tmp_path / "criteria.xlsx")]
    presses(asking, "代替现有的")
    books.take_in(("stages", 0))
    assert draft.checked.plan == before
    presses(asking, "加在现有的后面")
    books.take_in(MODULE)
    assert names(draft) == names(draft)[:5] * 2
    assert draft.checked.good
    draft.undo()
    assert draft.checked.plan == before


def test_a_rule_for_equal_totals_that_names_nothing_more_goes_and_is_said(
    books: CriteriaBooks,
    draft: PlanDraft,
    asking: Asking,
    presses: Callable[[Asking, str], None],
    tmp_path: Path,
) -> None:
    path = table(tmp_path / "new.xlsx", ("考核点", "最大分值"), ("拧紧", 60), ("接线", 40), ("合计", 100))
    asking.choose_open = lambda *_: [str(path)]
    presses(asking, "代替现有的")
    books.take_in((*MODULE, "criteria", 2))
    assert names(draft) == ["拧紧", "接线"]
    assert draft.rows(("stages", 0, "ties")) == [{"by": "decision"}]
    assert "跳过了 1 行合计" in asking.record[-1].words


def test_bad_rows_are_listed_by_cell_and_nothing_is_taken(
    books: CriteriaBooks,
    draft: PlanDraft,
    asking: Asking,
    presses: Callable[[Asking, str], None],
    tmp_path: Path,
) -> None:
    before = draft.text
    rows = [(f"考点{n}", "十") for n in range(14)]
    path = table(tmp_path / "bad.xlsx", ("考核点", "最大分值"), *rows)
    asking.choose_open = lambda *_: [str(path)]
    presses(asking, "知道了")
    books.take_in(MODULE)
    words = asking.record[-1].words
    assert "B2：“十”不是数；请填 10、0.5 这样的数。" in words
    assert "另有 4 处" in words
    assert draft.text == before
    assert not draft.done


def test_left_is_left_and_a_sheet_of_no_module_is_named(
    books: CriteriaBooks,
    draft: PlanDraft,
    asking: Asking,
    presses: Callable[[Asking, str], None],
    tmp_path: Path,
) -> None:
    before = draft.text
    asking.choose_open = lambda *_: []
    books.take_in(MODULE)
    draft.put((*MODULE, "kind"), "direct")
    path = table(tmp_path / "new.xlsx", ("考核点", "最大分值"), ("拧紧", 60))
    asking.choose_open = lambda *_: [str(path)]
    presses(asking, "知道了")
    books.take_in(MODULE)
    assert "请先在左边选中" in asking.record[-1].words
    draft.put((*MODULE, "kind"), "sheets")
    presses(asking, "取消")
    books.take_in(MODULE)
    assert draft.text == before
