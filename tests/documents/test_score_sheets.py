"""Blank score sheets: every criterion with a place to write that takes it, signatures on the last page."""

import io
from typing import Any

import pypdfium2
import pytest

from competition_app.documents.sheets.score_sheet import LOWEST, TOP, paged, write_score_sheets
from competition_app.documents.sheets.sheet_content import SheetForm, SheetHead, SheetItem, Way, sheet_items
from competition_app.documents.sheets.sheet_rows import HEAD, sheet_rows
from competition_app.domain.plans.plan import Criterion
from competition_app.i18n import words

ZH = words("zh")


def item(**keys: Any) -> SheetItem:
    (made,) = sheet_items([Criterion.model_validate({"code": "P1", "name": "装配质量", **keys})], ZH)
    return made


@pytest.mark.parametrize(
    ("keys", "boxes"),
    [
        ({"kind": "points", "max": 40, "step": "0.5"}, (2, 1)),
        ({"kind": "points", "max": 5, "step": 1}, (1, 0)),
        ({"kind": "points", "max": 100}, (3, 2)),
        ({"kind": "measured", "scale": [["0.2", 30], ["0.5", 0]]}, (1, 2)),
        ({"kind": "measured", "scale": [["8.125", 5], ["12", 0]]}, (2, 3)),
        ({"kind": "deduction", "max": 20, "each": 2}, (2, 0)),
        ({"kind": "deduction", "max": 100, "each": "0.5"}, (3, 0)),
    ],
)
def test_there_is_a_box_for_every_digit_a_mark_may_have(keys: dict[str, Any], boxes: tuple[int, int]) -> None:
    made = item(**keys)
    assert (made.whole, made.part) == boxes


def test_a_reading_below_zero_has_a_place_for_its_sign() -> None:
    assert item(kind="measured", scale=[[-5, 0], [0, 10], [5, 0]]).signed
    assert not item(kind="points", max=5).signed


def test_levels_are_ringed_and_a_check_is_ticked() -> None:
    levels = item(kind="judgement", max=6)
    assert (levels.way, len(levels.levels)) == (Way.LEVELS, 4)
    assert item(kind="judgement", max=6, levels=["差", "中", "好"]).levels == ("差", "中", "好")
    assert item(kind="check", max=4).way is Way.CHECK


def pages(count: int, heads: int = 1) -> list[str]:
    """The text of every page of sheets with so many criteria."""
    items = tuple(item(kind="points", max=5, step=1, standard="焊点饱满无虚焊") for _ in range(count))
    form = SheetForm("竞赛", "钳工", "决赛", "实操", 2, "2025-09-01 18:20", items, coded=True)
    made = io.BytesIO()
    given = [SheetHead(f"K{n:02}", "J3", f"N-{n}", f"SHEET:{n}") for n in range(heads)]
    assert write_score_sheets(made, form, given, ZH) == heads * len(paged(sheet_rows(items, ZH)))
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.getvalue())]


def test_a_sheet_names_work_judge_and_version_and_is_signed() -> None:
    (text,) = pages(3)
    for said in (
        "评分表",
        "钳工",
        "实操",
        "K00",
        "J3",
        "N-0",
        "裁判签名",
        "裁判长签名",
        "一录",
        "二录",
        "第 1 页，共 1 页",
    ):
        assert said in text
    assert "本表只写作品号" in text


@pytest.mark.parametrize("count", [1, 7, 8, 9, 10, 11, 20, 60])
def test_many_criteria_run_on_and_only_the_last_page_is_signed(count: int) -> None:
    texts = pages(count)
    assert ["裁判签名" in text for text in texts] == [False] * (len(texts) - 1) + [True]
    assert all("评分项与要求" in text and "K00" in text for text in texts)
    rows = paged(sheet_rows([item(kind="points", max=5)] * count, ZH))
    assert sum(map(len, rows)) == count
    assert all(TOP + HEAD + sum(row.height for row in page) <= LOWEST for page in rows)
    assert len(rows[-1]) >= min(2, count)


def test_each_sheet_is_its_own_pages() -> None:
    texts = pages(10, heads=3)
    assert [text.count("第 1 页") for text in texts] == [1, 0] * 3


def test_a_heading_never_stands_alone_at_the_foot() -> None:
    items = [item(kind="points", max=5, heading=f"内容{n // 2}") for n in range(40)]
    assert all(not page[-1].heading for page in paged(sheet_rows(items, ZH)))
