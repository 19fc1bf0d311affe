"""The page “why this place”, read back: what it says, where it stands, and that nothing is lost."""

from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from explaining import (
    MORE_TIES,
    TIES,
    ZH,
    boxes_are_right,
    count,
    drawn,
    event,
    made,
    marks,
    parts,
    pdf,
    picture_event,
    points,
    practical,
    why,
)
from pdf_boxes import chars, lines, picture

from competition_app.documents.results.why_place_content import Keys
from competition_app.documents.results.why_place_words import why_page

FIRM = "沈东市轨道交通建设运营集团有限公司通号分公司信号检修车间设备维护中心"


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
    image = pypdfium2.PdfDocument(file)[0].render(scale=2).to_pil()
    return tuple(image.getpixel((round(x * 144 / 25.4), round(y * 144 / 25.4)))[:3])


# --- boxes ---

NAMES = [
    ("李", "厂"), ("宋𬱖", FIRM), ("欧阳䶮", "A&B <i>公司</i> =cmd|'/c calc'!A0"),
    ("阿依努尔·买买提江·古丽巴哈尔热合曼与夏洛特·威廉姆斯", FIRM * 2),
    ("Charlotte\u202eWilliams", "R&D\u0007"),
]  # fmt: skip


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
    assert "锁" in drawn(replace(made(picture_event()), draft="未锁定"))[0]
    assert "锁" not in drawn(made(picture_event()))[0]
