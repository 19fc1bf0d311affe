"""The page “why this place”, read back: what it says, where it stands, and that nothing is lost."""

from datetime import date, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
import zxingcpp
from pdf_boxes import chars, lines, picture, text

from competition_app.documents.package import package_of
from competition_app.documents.package_facts import facts_of
from competition_app.documents.why_place import draw_why
from competition_app.documents.why_place_content import Grid, Keys, Sum, Tiles, WhyPage, text_lines
from competition_app.documents.why_place_json import why_document
from competition_app.documents.why_place_words import WhyHead, why_page
from competition_app.domain.explain import Derivation, derivation
from competition_app.domain.ranking import rank_event
from competition_app.i18n import words

ZH = words("zh")
GIVEN = [89, 92, 91, 91, 90, 90, 90, 91, 90, 92, 88, 91]
FIRM = "沈东市轨道交通建设运营集团有限公司通号分公司信号检修车间设备维护中心"
TIES = [
    {"by": "module", "module": "practical"},
    {"by": "time", "module": "practical"},
    {"by": "module", "module": "theory"},
    {"by": "decision"},
]
MORE_TIES = [
    *TIES,
    {"by": "criterion", "module": "practical", "criterion": "P"},
    {"by": "submitted"},
    {"by": "penalty"},
    {"by": "lot"},
]


def module(code: str, name: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": name, "kind": "direct", "full": 100, "round": {"module": 2}, **more}


def points(code: str, name: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": name, "kind": "points", "max": 100, **more}


def event(modules: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    stage = {
        "code": "final", "name": "决赛", "modules": modules, "round": {"weighted": 2, "total": 2},
        **more.pop("stage", {}),
    }  # fmt: skip
    plan = {"stages": [*more.pop("before", []), stage], **more.pop("plan", {})}
    entries = [{"number": number} for number in ("001", "003", "004")]
    return {"code": "UAV", "name": "无人机装调检修工", "plan": plan, "entries": entries, **more}


def marks(entry: str, given: list[Any], criterion: str = "P", **more: Any) -> list[dict[str, Any]]:
    return [
        {"entry": entry, "module": "practical", "judge": f"J{n}", "criterion": criterion, "value": v, **more}
        for n, v in enumerate(given, 1)
    ]


def scores(values: dict[str, Any], code: str = "theory", **more: Any) -> list[dict[str, Any]]:
    return [{"entry": number, "module": code, "value": value, **more} for number, value in values.items()]


def practical(judges: int, **more: Any) -> dict[str, Any]:
    drop = 1 if judges > 2 else 0
    panel = {"drop_high": drop, "drop_low": drop, "min_judges": 1}
    usual = {"weight": "0.7", "criteria": [points("P", "装配")], "panel": panel}
    return module("practical", "实操", kind="sheets", **{**usual, **more})


def picture_event(judges: int = 5, ties: list[dict[str, Any]] = TIES) -> dict[str, Any]:
    """The event of the picture: 001 and 004 both have 87.47; with other judges they differ in time."""
    theory, theirs = ("83.90", [89] * 5) if judges == 5 else ("80.00", GIVEN[:judges])
    awards = {"ties": "include", "levels": [{"name": "一等奖", "count": 1}, {"name": "二等奖", "count": 1}]}
    return event(
        [module("theory", "理论", weight="0.3"), practical(judges)],
        stage={"ties": ties},
        plan={"awards": awards},
        marks=[*marks("001", GIVEN[:judges]), *marks("003", [70] * judges), *marks("004", theirs)],
        scores=scores({"001": "80.00", "003": 70, "004": theory}),
        times=[
            {"entry": "001", "module": "practical", "seconds": 5400},
            {"entry": "004", "module": "practical", "seconds": 5260},
        ],
    )


def why(event: dict[str, Any], number: str = "001", stage: str | None = None) -> tuple[Derivation, WhyHead]:
    package = {"format": "competition-package", "version": 1, "competition": {"code": "C", "name": "C"}}
    facts = facts_of(package_of({**package, "events": [event]}), event["code"])
    found = derivation(facts, rank_event(facts), number, stage)
    head = WhyHead(
        plan=facts.plan,
        event=event["name"],
        division="职工组",
        stage=found.rule.name or "",
        name="陆明远",
        organisation="沈东地铁运营集团有限公司",
        plan_version=2,
        check_code="4F2A 91C7 0B6E",
        day=date(2025, 9, 2),
        object_until=datetime.fromisoformat("2025-09-02T17:40"),
    )
    return found, head


def made(
    event: dict[str, Any], number: str = "001", *, sheets: bool = False, language: str = "zh"
) -> WhyPage:
    found, head = why(event, number)
    return why_page(found, head, words(language), sheets=sheets)


def drawn(page: WhyPage, language: str = "zh") -> list[str]:
    return [text(pdf(page, language), number) for number in range(count(page, language))]


def pdf(page: WhyPage, language: str = "zh") -> bytes:
    file = BytesIO()
    draw_why(file, [page], words(language))
    return file.getvalue()


def count(page: WhyPage, language: str = "zh") -> int:
    return draw_why(BytesIO(), [page], words(language))


def said(page: WhyPage) -> str:
    return "\n".join(text_lines(page))


def parts(page: WhyPage, kind: type) -> list[Any]:
    return [part for step in page.steps for part in step.parts if isinstance(part, kind)]


# --- the picture ---


def test_the_page_says_all_of_the_picture() -> None:
    (page,) = drawn(made(picture_event()))
    for sentence in (
        "名次说明", "无人机装调检修工（职工组）决赛", "陆明远", "001 号", "沈东地铁运营集团有限公司",
        "87.47", "第 1 名", "一等奖",
        "实操：五位裁判打分，去掉最高、最低，取平均", "去掉（最低）", "去掉（最高）",
        "（91.00＋91.00＋90.00）÷ 3 ＝ 90.666…", "四舍五入到两位", "90.67", "80.00 × 0.3 ＝ 24",
        "90.67 × 0.7 ＝ 63.469", "24.00＋63.47",
        "同分：与 004 号同为 87.47，逐条比较", "001 号在前，到此决定",
        "01:30:00", "01:27:40", "未用到", "第 1 名得一等奖，名次不并列。",
        "有异议？", "2025 年 9 月 2 日 17:40",
        "规则第 2 版", "裁判长", "监督员", "二〇二五年九月二日", "校验码 4F2A 91C7 0B6E", "第 1 页，共 1 页",
    ):  # fmt: skip
        assert sentence in page, sentence


def test_the_code_on_the_page_says_what_the_page_says() -> None:
    (code,) = zxingcpp.read_barcodes(picture(pdf(made(picture_event()))))
    assert code.text == "名次说明 陆明远 001 87.47 第 1 名 4F2A 91C7 0B6E"


def test_the_deciding_row_is_tinted_and_the_rest_is_not_needed() -> None:
    (keys,) = parts(made(picture_event()), Keys)
    assert [row.use for row in keys.rows] == ["decided", "unused", "unused", "unused"]
    assert keys.rows[0].values == ("90.67", "89.00")
    assert keys.rows[3].values == ("—", "—")
    lower = made(picture_event(), "004")
    assert parts(lower, Keys)[0].rows[0].verdict == "001 号在前，到此决定"
    assert parts(lower, Keys)[0].rows[0].values == ("89.00", "90.67")
    tint = picture_colour(pdf(made(picture_event())), 60.0, keys_top(pdf(made(picture_event()))))
    assert tint == (0xFB, 0xEC, 0xEC)


def keys_top(file: bytes) -> float:
    row = next(row for row in lines(file) if "实操成绩高者在前" in "".join(char.text for char in row))
    return row[0].baseline + 1.4


def picture_colour(file: bytes, x: float, y: float) -> tuple[int, ...]:
    import pypdfium2

    image = pypdfium2.PdfDocument(file)[0].render(scale=2).to_pil()
    return tuple(image.getpixel((round(x * 144 / 25.4), round(y * 144 / 25.4)))[:3])


# --- boxes ---

NAMES = [
    ("李", "厂"), ("宋𬱖", FIRM), ("欧阳䶮", "A&B <i>公司</i> =cmd|'/c calc'!A0"),
    ("阿依努尔·买买提江·古丽巴哈尔热合曼与夏洛特·威廉姆斯", FIRM * 2),
    ("Charlotte\u202eWilliams", "R&D\u0007"),
]  # fmt: skip


def boxes_are_right(file: bytes, pages: int) -> None:
    for number in range(pages):
        found = [char for char in chars(file, number) if char.text.strip()]
        assert min(char.left for char in found) >= 17.5
        assert max(char.right for char in found) <= 192.5
        assert min(char.size for char in found) >= 9
        assert all(char.bottom <= 291.2 for char in found)
        for row in lines(file, number):
            shown = [char for char in row if char.text.strip()]
            for one, other in pairwise(shown):
                if one.x == other.x:  # two halves of a character above U+FFFF
                    continue
                assert one.right <= other.left + 0.6, (one.text, other.text, one.baseline)


@pytest.mark.parametrize("judges", range(1, 13))
@pytest.mark.parametrize("ties", [TIES, MORE_TIES], ids=["4 keys", "8 keys"])
def test_one_to_twelve_judges_stand_in_their_boxes(judges: int, ties: list[dict[str, Any]]) -> None:
    page = made(picture_event(judges, ties))
    file, pages = pdf(page), count(page)
    assert pages == 1 or judges > 9
    (keys,) = parts(page, Keys)
    assert [row.use for row in keys.rows].count("decided") == 1
    assert len(keys.rows) == len(ties)
    boxes_are_right(file, pages)
    whole = "".join(drawn(page))
    assert all(f"J{n}" in whole for n in range(1, judges + 1))


@pytest.mark.parametrize(("name", "firm"), NAMES)
def test_any_name_stands_whole_in_its_box(name: str, firm: str) -> None:
    from dataclasses import replace

    found, head = why(picture_event())
    page = why_page(found, replace(head, name=name, organisation=firm), ZH)
    file = pdf(page)
    boxes_are_right(file, 1)
    first = next(row for row in lines(file) if "五位裁判" in "".join(char.text for char in row))
    box = [char for char in chars(file) if 42 < char.baseline < first[0].baseline - 1 and 23 < char.x < 94]
    whole = "".join(char.text for char in box if char.text.strip())
    whole = whole.encode("utf-16", "surrogatepass").decode("utf-16")
    shown = "".join(one for one in name + "001号" + firm if one.isprintable() and one.strip())
    assert whole == shown
    assert max(char.right for char in box) <= 94
    assert all(char.top >= 42 and char.bottom <= first[0].top - 8 for char in box)


def test_a_long_table_runs_on_and_repeats_its_head() -> None:
    criteria = [points(f"P{n}", f"第{n}项评分内容") for n in range(1, 31)]
    panel = {"across": "criterion", "drop_high": 1, "drop_low": 1}
    long = event(
        [practical(12, criteria=criteria, panel=panel, full=None)],
        marks=[mark for c in criteria for mark in marks("001", [3] * 12, c["code"])],
    )
    page = made(long)
    pages = drawn(page)
    assert len(pages) == 3
    boxes_are_right(pdf(page), len(pages))
    assert ["评分项" in one for one in pages] == [True, True, False]
    assert [one.count("裁判长") for one in pages] == [0, 0, 1]
    assert "001 号" in pages[1].splitlines()[0]
    assert all(f"第{n}项评分内容" in "".join(pages) for n in range(1, 31))


def test_until_locked_the_page_says_so() -> None:
    from dataclasses import replace

    assert "锁" in drawn(replace(made(picture_event()), draft="未锁定"))[0]
    assert "锁" not in drawn(made(picture_event()))[0]


# --- what can happen ---


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
