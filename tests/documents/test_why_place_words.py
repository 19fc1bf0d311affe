"""What can happen to an entry, and how the page “why this place” says it."""

import pytest
from explaining import (
    MORE_TIES,
    ZH,
    boxes_are_right,
    count,
    drawn,
    event,
    made,
    marks,
    module,
    parts,
    pdf,
    picture_event,
    points,
    practical,
    said,
    scores,
    why,
)

from competition_app.documents.results.why_place_content import Grid, Keys, Sum, Tiles
from competition_app.documents.results.why_place_json import why_document
from competition_app.documents.results.why_place_words import why_page


def test_a_judge_without_a_mark_is_shown_so() -> None:
    given = picture_event()
    given["marks"] = [
        {**m, "value": "absent"} if (m["entry"], m["judge"]) == ("001", "J3") else m for m in given["marks"]
    ]
    (tiles,) = parts(made(given), Tiles)
    assert [(t.judge, t.figure, t.fate) for t in tiles.tiles][2] == ("J3", "—", "缺评")


def test_criteria_across_the_panel_stand_in_a_table() -> None:
    criteria = [points("A", "装配", factor="0.8"), points("B", "接线")]
    panel = {"across": "criterion", "drop_high": 1, "drop_low": 1}
    one = event(
        [practical(4, criteria=criteria, panel=panel, weight=1)],
        marks=[*marks("001", [10, 20, 30, 40], "A"), *marks("001", [5, 5, 6, "absent"], "B")],
    )
    (grid,) = parts(made(one), Grid)
    assert grid.heads == ("评分项", "J1", "J2", "J3", "J4")
    assert [(cell.text, cell.struck) for cell in grid.rows[0]] == [
        ("装配", False), ("10", True), ("20", False), ("30", False),
        ("40", True), ("25", False), ("20", False),
    ]  # fmt: skip
    assert grid.rows[1][4].text == "缺评"
    assert "逐项合成，去掉最高、最低，取平均" in said(made(one))


def test_marks_of_each_judge_are_added_on_request() -> None:
    criteria = [points("A", "装配"), points("B", "接线")]
    one = event(
        [practical(2, criteria=criteria, weight=1)],
        marks=[*marks("001", [10, 20], "A"), *marks("001", [5, 6], "B")],
    )
    assert parts(made(one), Grid) == []
    (grid,) = parts(made(one, sheets=True), Grid)
    assert [[cell.text for cell in row] for row in grid.rows] == [["装配", "10", "20"], ["接线", "5", "6"]]


@pytest.mark.parametrize(
    ("take", "figure"),
    [("best", "95"), ("last", "80"), ("mean", "88.666…"), ("sum", "266"), ("trimmed", "91")],
)
def test_attempts_stand_one_by_one_with_what_was_taken(take: str, figure: str) -> None:
    run = module("run", "竞速", full=None, attempts={"count": 3, "take": take})
    given = [
        {"entry": "001", "module": "run", "attempt": n, "value": v} for n, v in ((1, 91), (2, 95), (3, 80))
    ]
    rows = {row.label: row for row in parts(made(event([run], scores=given)), Sum)}
    assert [rows[f"第 {n} 轮"].result for n in (1, 2, 3)] == ["91", "95", "80"]
    assert rows["取用"].result == figure


def test_a_failed_attempt_and_penalties_are_told() -> None:
    run = module(
        "run", "竞速", full=None, attempts={"count": 2, "take": "best"}, round={"attempt": 1, "module": 2}
    )
    one = event(
        [run],
        scores=[{"entry": "001", "module": "run", "attempt": 1, "value": "DNF"},
                {"entry": "001", "module": "run", "attempt": 2, "value": "90.25"}],
        penalties=[
            {"entry": "001", "module": "run", "attempt": 2, "points": 2, "reason": "碰杆"},
            {"entry": "001", "module": "run", "points": "1.5", "reason": "<b>超时</b>"},
            {"entry": "001", "points": 3, "reason": "着装"},
        ],
    )  # fmt: skip
    page = made(one)
    rows = [(row.label, row.formula, row.result) for row in parts(page, Sum)]
    assert rows == [
        ("第 1 轮", "未完成", "DNF"),
        ("第 2 轮", "90.25", "90.25"),
        ("违规扣分", "碰杆", "−2"),
        ("扣分后", "88.25", "88.3"),
        ("取用", "取最好的一次", "88.3"),
        ("违规扣分", "<b>超时</b>", "−1.5"),
        ("竞速成绩", "86.8", "86.80"),
        ("竞速", "86.80", "86.80"),
        ("违规扣分", "着装", "−3"),
        ("总分", "86.80 − 3", "83.80"),
    ]
    assert "<b>超时</b>" in drawn(page)[0]


@pytest.mark.parametrize(
    ("rules", "low", "told", "score"),
    [
        ({"time_bands": [[0, "0.1"], [480, "0.05"]]}, False, ("用时 8:15", "按用时扣分", "−0.05"), "90.15"),
        ({"time_bands": [[0, "0.1"], [480, "0"]]}, False, ("用时 8:15", "按用时扣分", "0"), "90.20"),
        ({"time_bands": [[0, "0.1"], [480, "0.05"]]}, True, ("用时 8:15", "按用时加罚", "+0.05"), "90.25"),
        ({"time_factors": [[0, "1"], [481, "0.5"]]}, False, ("用时 8:15", "× 0.5", ""), "45.10"),
    ],
)
def test_the_time_used_is_told_with_what_it_does(
    rules: dict[str, object], low: bool, told: tuple[str, str, str], score: str
) -> None:
    one = event(
        [module("talk", "宣讲", **rules)], plan={"order": "low" if low else "high"},
        scores=scores({"001": "90.2"}, "talk"), times=[{"entry": "001", "module": "talk", "seconds": 495}],
    )  # fmt: skip
    rows = [(row.label, row.formula, row.result) for row in parts(made(one), Sum)]
    assert told in rows
    assert [row[2] for row in rows if row[0] == "宣讲成绩"] == [score]


def test_where_less_is_better_penalties_are_put_on_and_lower_stands_first() -> None:
    run = module("run", "竞速", full=None)
    one = event(
        [run], stage={"ties": [{"by": "module", "module": "run"}]}, plan={"order": "low"},
        scores=scores({"001": 50, "004": 52}, "run"),
        penalties=[{"entry": "001", "points": 2, "reason": "碰杆"}],
    )  # fmt: skip
    page = made(one)
    assert ("违规加罚", "+2") in [(row.label, row.result) for row in parts(page, Sum)]
    assert parts(page, Keys)[0].rows[0].rule == "竞速成绩低者在前"
    assert page.summary.unit == ""


def test_a_carried_total_stands_beside_the_weights() -> None:
    pre = {"code": "pre", "name": "初赛", "modules": [module("t", "笔试", full=None)], "round": {"total": 2}}
    carry = {"stage": "pre", "weight": "0.3", "basis": "percent", "full": 200}
    one = event(
        [module("run", "竞速", weight="0.7")], before=[pre], stage={"carry": carry},
        scores=[*scores({"001": 150}, "t", stage="pre"), *scores({"001": 80}, "run", stage="final")],
    )  # fmt: skip
    rows = [(row.label, row.formula, row.result) for row in parts(made(one), Sum)]
    assert ("初赛 30%", "初赛总分 ÷ 200 × 100 × 0.3", "22.50") in rows
    assert ("总分", "56.00＋22.50", "78.50") in rows


@pytest.mark.parametrize(
    ("rule", "place", "sentence"),
    [("zero", "第 2 名", "未参加，按 0 分计"), ("unranked", "缺考", "未参加本模块")],
)
def test_an_absence_is_told(rule: str, place: str, sentence: str) -> None:
    run, other = module("run", "竞速", absent_module=rule), module("other", "答辩")
    one = event(
        [run, other], scores=[*scores({"004": 50}, "run"), *scores({"001": 40, "004": 60}, "other")],
        absences=[{"entry": "001", "module": "run"}],
    )  # fmt: skip
    page = made(one)
    assert page.summary.place == place
    assert sentence in said(page)


def test_sheets_brought_to_one_scale_show_the_raw_sum() -> None:
    normalise = {"by": "judge", "method": "z-score", "mean": 75, "sd": 5}
    one = picture_event()
    one["plan"]["stages"][0]["modules"][1]["normalise"] = normalise
    (tiles,) = parts(made(one), Tiles)
    assert all("（" in tile.fate for tile in tiles.tiles)
    assert "已换算到同一尺度" in said(made(one))


def test_a_group_factor_is_told() -> None:
    run = module("run", "竞速", normalise={"by": "group", "method": "mean-ratio"})
    one = event([run], scores=scores({"001": 80, "003": 60, "004": 90}, "run"))
    one["entries"] = [
        {"number": "001", "group": "A"},
        {"number": "003", "group": "A"},
        {"number": "004", "group": "B"},
    ]
    rows = {row.label: row for row in parts(made(one), Sum)}
    assert rows["分组修正系数"].formula == "× 1.095238…"
    assert rows["竞速成绩"].result == "87.62"


def test_shared_places_and_many_rivals() -> None:
    one = event(
        [module("run", "竞速")], stage={"ties": [{"by": "decision"}]},
        scores=scores({f"{n:03d}": 50 for n in range(1, 8)}, "run"),
    )  # fmt: skip
    one["entries"] = [{"number": f"{n:03d}"} for n in range(1, 8)]
    page = made(one)
    (keys,) = parts(page, Keys)
    assert len(keys.heads) == 3 + 4
    assert keys.rows[0].verdict == "都没有，跳过"
    assert "另有 3 名同分" in said(page)
    assert "名次并列" in said(page)
    boxes_are_right(pdf(page), 1)


def test_nobody_else_is_named() -> None:
    whole = "".join(drawn(made(picture_event())))
    assert "004 号" in whole
    assert whole.count("陆明远") == 1


def test_english_stands_in_its_boxes_too() -> None:
    page = made(picture_event(9, MORE_TIES), language="en")
    boxes_are_right(pdf(page, "en"), count(page, "en"))
    assert "highest and lowest dropped" in drawn(page, "en")[0]


def test_the_document_holds_the_data_and_the_words() -> None:
    found, head = why(picture_event())
    document = why_document(found, why_page(found, head, ZH), ZH)
    assert document["standing"]["total"] == "87.47"
    assert document["modules"][1]["attempts"][0]["sheets"][0] == {
        "judge": "J1", "raw": "89", "value": "89", "dropped": "low", "left_out": None,
    }  # fmt: skip
    assert document["modules"][1]["score"] == {
        "name": "module",
        "unrounded": "90.666…",
        "rounded": "90.67",
        "digits": 2,
    }
    assert document["ties"][0]["groups"] == [["001"], ["004"]]
    assert "名次说明" in document["text"][0]


def test_what_is_not_rounded_is_shown_as_it_is() -> None:
    one = event([module("run", "竞速", round={})], stage={"round": {}}, scores=scores({"001": "61.5"}, "run"))
    rows = [(row.label, row.formula, row.remark, row.result) for row in parts(made(one), Sum)]
    assert rows == [("竞速", "61.5", "", "61.5"), ("总分", "", "", "61.500000")]
