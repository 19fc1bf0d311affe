"""Two entries on one page: both figures of each rung, what decided, and nothing outside its room."""

from dataclasses import replace
from typing import Any

import pytest
from explaining import boxes_are_right, count, drawn, parts, pdf, picture_event, said, why

from competition_app.documents.results.compare_words import compare_document, compare_page
from competition_app.documents.results.why_place_content import Grid, Keys, WhyPage
from competition_app.documents.results.why_place_words import names_of
from competition_app.domain.looking_back.compare import Comparison, compared
from competition_app.i18n import words


def both(event: dict[str, Any], one: str = "001", other: str = "004") -> Comparison:
    left, head = why(event, one)
    return compared(left, why(event, other)[0], names_of(head.plan))


def page(event: dict[str, Any], *, sheets: bool = False, language: str = "zh", **head: Any) -> WhyPage:
    known = replace(why(event)[1], **head)
    return compare_page(both(event), known, words(language), sheets=sheets)


def test_the_page_shows_both_beside_each_other() -> None:
    (text,) = drawn(page(picture_event(), sheets=True))
    for sentence in (
        "名次对照", "无人机装调检修工（职工组）决赛", "陆明远", "001 号", "004 号", "第 1 名", "第 2 名",
        "各模块与总分对照", "理论×0.3", "25.17", "63.47", "总分相同，逐条比较", "实操成绩高者在前",
        "001 号在前，到此决定", "01:30:00", "01:27:40", "未用到", "实操：各裁判评分表",
        "001 排在 004 前面：总分相同，比实操，90.67 对 89.00。", "裁判长", "校验码 4F2A 91C7 0B6E",
    ):  # fmt: skip
        assert sentence in text, sentence


def test_the_deciding_row_is_marked_once() -> None:
    figures, ties = parts(page(picture_event()), Keys)
    assert [row.use for row in figures.rows] == ["tried"] * 5
    assert [row.use for row in ties.rows] == ["decided", "unused", "unused", "unused"]


def test_the_rival_goes_by_the_number_alone() -> None:
    found = page(picture_event())
    assert found.rival is not None
    assert (found.rival.name, found.rival.whose) == ("004 号", "")
    assert "校" not in found.scanned
    assert found.scanned == "名次对照 001 号 87.47 004 号 87.47 4F2A 91C7 0B6E"


def test_dropped_sheets_are_struck_out_for_both() -> None:
    (grid,) = parts(page(picture_event(), sheets=True), Grid)
    assert grid.heads == ("编号", "J1", "J2", "J3", "J4", "J5")
    mine, theirs = grid.rows
    assert [cell.struck for cell in mine] == [False, True, True, False, False, False, False]
    assert [cell.text for cell in theirs][-1] == "89.00"
    assert parts(page(picture_event()), Grid) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_long_names_and_many_judges_stay_in_their_room(language: str) -> None:
    long = {
        "name": "阿依努尔·买买提江·阿卜杜热西提·吐尔逊古丽·麦麦提敏·艾合买提",
        "organisation": "沈东市轨道交通建设运营集团有限公司通号分公司信号检修车间设备维护中心",
    }
    found = page(picture_event(11), sheets=True, language=language, **long)
    boxes_are_right(pdf(found, language), count(found, language))


def test_the_lines_and_the_document_say_the_same() -> None:
    found = page(picture_event(), language="en")
    text = said(found)
    assert "No. 004" in text
    document = compare_document(both(picture_event()), found, words("en"))
    assert (document["entry"], document["against"], document["better"]) == ("001", "004", "001")
    (decided,) = [row for row in document["rows"] if row["decided"]]
    assert (decided["by"], decided["entry"], decided["against"]) == ("module", "90.67", "89.00")
    assert document["said"] == ["001 stands before 004: equal totals; 实操 decides, 90.67 against 89.00."]
    assert document["text"] == text.splitlines()
