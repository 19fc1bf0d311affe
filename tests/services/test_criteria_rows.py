"""Criteria pasted from a spreadsheet: heads in any order or none, bad cells named, nothing half done."""

import time

import pytest

from competition_app.i18n import words
from competition_app.services.plans.criteria_rows import CriteriaRead, pasted_rows, read_criteria

HEADS = "考核内容\t考核点\t最小分值\t最大分值\t评分标准\t步长\n"


def said(read: CriteriaRead) -> list[str]:
    return [words("zh").say(problem) for problem in read.problems]


def test_the_usual_columns_are_read() -> None:
    read = read_criteria(HEADS + "装配\t装配质量\t0\t40\t一处松动扣 1 分\t0.5\n安全\t工具归位\t\t4分\t\t\n")
    assert read.good
    assert read.criteria == (
        {"code": "P1", "name": "装配质量", "heading": "装配", "standard": "一处松动扣 1 分", "min": "0",
         "max": "40", "step": "0.5", "kind": "points"},
        {"code": "P2", "name": "工具归位", "heading": "安全", "max": "4", "kind": "points"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("装配质量\t40\t0.5\n接线\t10\t1", {"name": "装配质量", "max": "40", "step": "0.5"}),
        ("装配质量\t95\t100\n接线\t0\t10", {"name": "装配质量", "min": "95", "max": "100"}),
        ("装配\t装配质量\t0\t40\t牢固\t0.5", {"heading": "装配", "name": "装配质量", "min": "0", "max": "40",
                                        "standard": "牢固", "step": "0.5"}),
        ("1\t装配质量\t打分\t40\n2\t接地\t是否\t4", {"name": "装配质量", "max": "40"}),
        ("P7\t装配质量\t40\nP8\t接地\t4", {"code": "P7", "name": "装配质量", "max": "40"}),
        ("序号\t考核项目\t考核内容\t配分\t评分标准\t得分\n1\t装配\t拧紧\t10\t每处扣 1 分\t",
         {"heading": "装配", "name": "拧紧", "max": "10", "standard": "每处扣 1 分"}),
        ("Max\tCriterion\tStep\n40\tAssembly\t0.5", {"name": "Assembly", "max": "40", "step": "0.5"}),
        ("考核点\t最大分值（分）\n拧紧\t１０", {"name": "拧紧", "max": "10"}),
    ],
)  # fmt: skip
def test_columns_are_found_by_heads_or_by_what_stands_in_them(text: str, expected: dict[str, str]) -> None:
    read = read_criteria(text)
    assert said(read) == []
    assert read.criteria[0] == {"code": "P1", "kind": "points"} | expected


def test_a_heading_speaks_for_the_rows_below_until_the_next() -> None:
    read = read_criteria(
        "考核内容\t考核点\t最大分值\n装配\t拧紧\t5\n\t接线\t5\n一、安全\t\t\n\t工具\t5\n—\t其他\t5\n"
    )
    assert [one.get("heading") for one in read.criteria] == ["装配", "装配", "一、安全", None]


def test_sums_and_empty_rows_are_passed_over_and_said() -> None:
    read = read_criteria("考核点\t最大分值\t领队\n拧紧\t10\t甲\n\t\t\n合计\t10\t\n")
    assert read.rows == 1
    assert [words("zh").say(note) for note in read.notes] == [
        "跳过了 1 行合计。", "下列各列与评分项无关，未取用：领队。",
    ]  # fmt: skip


def test_every_bad_cell_is_named_with_its_remedy_and_nothing_is_taken() -> None:
    read = read_criteria(
        "编码\t考核点\t最大分值\t步长\t打分方式\nA\t拧紧\t十分\t\t\nA\t接线\t10\t0\t抽签\n\t\t10\t\t\n\t完\t=B2\t\t\n"
    )
    assert read.criteria == ()
    assert said(read) == [
        "第 2 行“最大分值”：“十分”不是数；请填 10、0.5 这样的数。",
        "第 3 行“打分方式”：没有这种打分方式，请填打分、是否、等级、测量、扣分或加分。",
        "第 3 行“编码”：编码 A 重复，每个评分项的编码应各不相同。",
        "第 3 行“步长”：此处必须大于 0；请改正，或者留空。",
        "第 4 行“考核点”：缺考核点，请补上或删去这一行。",
        "第 5 行“最大分值”：这里是公式；请把它换成算出的数值。",
    ]


def test_codes_in_use_are_not_given_again() -> None:
    read = read_criteria("拧紧\t10\n接线\t5", taken=("P1", "P3"))
    assert [one["code"] for one in read.criteria] == ["P2", "P4"]
    assert "编码" in said(read_criteria("编码\t考核点\t最大分值\nP3\t拧紧\t5", taken=("P3",)))[0]


def test_a_scale_and_levels_are_read_from_one_cell() -> None:
    read = read_criteria('考核点\t单位\t换算表\t等级说明\n尺寸\tmm\t"0→30；0.2→30\n0.5→0"\t\n')
    assert read.criteria[0]["kind"] == "measured"
    assert read.criteria[0]["scale"] == [["0", "30"], ["0.2", "30"], ["0.5", "0"]]
    read = read_criteria(
        '考核点\t打分方式\t最大分值\t等级说明\n表达\t等级\t6\t"0：未做\n1：达标\n且清楚\n2：好"\n'
    )
    assert read.criteria[0]["levels"] == ["未做", "达标\n且清楚", "好"]


@pytest.mark.parametrize("text", ["", "\n\n\t\t\n", "   "])
def test_nothing_says_so(text: str) -> None:
    assert said(read_criteria(text)) == ["这里没有内容：请复制写有考核点和最大分值的各行。"]


def test_ten_thousand_rows_are_refused_at_once_and_a_thousand_are_read() -> None:
    row = "考点{}\t10\t0.5"
    (problem,) = said(read_criteria("\n".join(row.format(n) for n in range(10_000))))
    assert problem == "这里有 10,000 行，一次最多取 1,000 行：请只粘贴一个模块的评分项。"
    assert len(read_criteria("\n".join(row.format(n) for n in range(1_000))).criteria) == 1_000
    begun = time.perf_counter()
    for text in ('""\t' * 50_000, '"' * 300_001, '"abc\t1\n' * 20_000, "x" * 10**6):
        pasted_rows(text)
    assert time.perf_counter() - begun < 2


def test_cells_are_parted_as_spreadsheets_copy_them() -> None:
    assert pasted_rows('a\t"b\nc ""d"""\t"e"f\r\ng') == [["a", 'b\nc "d"', '"e"f'], ["g"]]
