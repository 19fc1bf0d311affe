"""Chinese lines end where they may, are filled as they should be, and dates are written with 〇."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition_app.documents.paper import fonts
from competition_app.documents.paper.typesetting import (
    MM,
    Phrase,
    balanced,
    broken,
    chinese_date,
    fitting_size,
    line,
    paragraph,
    pieces,
)

NEVER_FIRST = "，。、；：！？”》）·"
NEVER_LAST = "“《（"
WIDTH = 205 * MM
CONTEST = "2025年沈东市数智技术应用劳动竞赛"


def sentence(*variables: str) -> tuple[Phrase, ...]:
    fixed = tuple(Phrase(text, whole=True) for text in ("赛项决赛中，", "成绩优异，", "荣获"))
    return (*(Phrase(text) for text in variables), *fixed)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2025, 9, 2), "二〇二五年九月二日"),
        (date(2030, 10, 31), "二〇三〇年十月三十一日"),
        (date(2025, 11, 20), "二〇二五年十一月二十日"),
        (date(2026, 12, 10), "二〇二六年十二月十日"),
    ],
)
def test_a_date_in_words(day: date, written: str) -> None:
    assert chinese_date(day) == written
    assert "\u25cb" not in chinese_date(day)


chinese = st.text("竞赛技术劳动，。、（）《》“”·A5年数智应用装调检修工决胜2025B", min_size=1, max_size=60)


@given(st.lists(chinese, min_size=1, max_size=4), st.sampled_from([17.0, 20.0]), st.integers(70, 205))
def test_no_line_begins_or_ends_where_it_must_not(parts: list[str], size: float, width: int) -> None:
    lines = broken(tuple(map(Phrase, parts)), "K", size, width * MM, 2 * size)
    assert "".join(one.text for one in lines) == "".join(parts)
    longest = max(len(unit) for unit in pieces("".join(parts)))
    glued = any(
        a in NEVER_FIRST + NEVER_LAST and b in NEVER_FIRST + NEVER_LAST for a, b in pairs("".join(parts))
    )
    if glued or longest > 6:
        return  # a run of stops longer than a line is taken apart
    assert not any(one.text[0] in NEVER_FIRST for one in lines[1:])
    assert not any(one.text[-1] in NEVER_LAST for one in lines[:-1])


def pairs(text: str) -> list[tuple[str, str]]:
    return list(pairwise(text))


@given(st.lists(chinese, min_size=1, max_size=4))
def test_lines_fill_the_width_and_never_pass_it(parts: list[str]) -> None:
    lines = broken(tuple(map(Phrase, parts)), "K", 20.0, WIDTH, 40.0)
    for number, one in enumerate(lines):
        room = WIDTH - (40.0 if number == 0 else 0.0)
        assert one.width <= room + 0.01
        assert -0.045 * 20 - 1e-6 <= one.gap <= 0.14 * 20 + 1e-6
        if one.gap:
            assert one.width == pytest.approx(room)


def test_a_line_ends_with_a_phrase_close_by() -> None:
    lines = broken(sentence("在“智驱未来、助力决胜”", CONTEST, "无人机装调检修工"), "K", 20.0, WIDTH, 40.0)
    assert [one.text for one in lines] == [
        f"在“智驱未来、助力决胜”{CONTEST}",
        "无人机装调检修工赛项决赛中，成绩优异，荣获",
    ]


def test_a_phrase_just_past_the_end_is_drawn_in() -> None:
    natural = fonts.width("K", "竞" * 30) * 20
    lines = broken((Phrase("竞" * 31), Phrase("技能大赛")), "K", 20.0, natural + 1, 0.0)
    assert lines[0].text == "竞" * 31
    assert lines[0].gap < 0


def test_a_far_phrase_is_not_waited_for() -> None:
    natural = fonts.width("K", "竞" * 30) * 20
    lines = broken((Phrase("竞" * 33), Phrase("技能大赛")), "K", 20.0, natural + 1, 0.0)
    assert lines[0].text == "竞" * 30


def test_before_a_bracket_is_a_good_place() -> None:
    natural = fonts.width("K", "竞" * 30) * 20
    lines = broken((Phrase("竞" * 28 + "（职工组）技术"),), "K", 20.0, natural + 1, 0.0)
    assert lines[0].text == "竞" * 28


def test_fixed_phrases_and_numbers_stay_whole() -> None:
    for length in range(1, 40):
        lines = broken(sentence("在", "竞" * length, "5G网络2025"), "K", 20.0, 100 * MM, 40.0)
        whole = [one.text for one in lines]
        for phrase in ("赛项决赛中，", "成绩优异，", "荣获", "2025", "5G"):
            assert sum(phrase in text for text in whole) == 1


def test_an_orphan_is_set_one_size_smaller() -> None:
    for length in range(20, 60):
        lines = paragraph((Phrase("竞" * length),), "K", (20.0, 19.0, 18.0, 17.0), WIDTH, 2, 3)
        assert lines is not None
        assert len(lines) == 1 or len(lines[-1].text) >= 4
    assert paragraph((Phrase("竞" * 200),), "K", (20.0, 17.0), WIDTH, 2, 3) is None


def test_balanced_lines_are_about_one_length() -> None:
    phrases = (Phrase("在"), Phrase("工业机器人系统操作员"), *sentence()[:1], *sentence()[1:])
    lines = balanced(phrases, "K", (18.0, 17.0), 120 * MM, 3)
    assert lines is not None
    assert [one.text for one in lines] == ["在工业机器人系统操作员", "赛项决赛中，成绩优异，荣获"]


def test_tracking_stands_between_the_characters_only() -> None:
    title = line("S7", 56, "荣誉证书", 26)
    assert title.width == pytest.approx(4 * 56 + 3 * 26)
    assert title.middle == pytest.approx(title.width / 2)


def test_a_trailing_stop_hangs_out_of_a_centred_line() -> None:
    closing = line("K", 18, "特发此证，以资鼓励。")
    assert closing.middle == pytest.approx((closing.width - 0.6 * 18 * fonts.width("K", "。")) / 2)


def test_a_text_shrinks_in_half_points_to_its_limit() -> None:
    assert fitting_size("K", "麦" * 12, 30, 18, 130 * MM) == 30
    assert fitting_size("K", "麦" * 14, 30, 18, 130 * MM) == 26
    assert fitting_size("K", "麦" * 21, 30, 18, 130 * MM) is None
