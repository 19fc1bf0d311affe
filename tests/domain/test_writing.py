"""Names and dates as people write them come to one writing; nothing is lost by it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition_app.domain.registration import writing


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("沈  磊", "沈磊"),
        ("沈　磊", "沈磊"),
        ("　欧阳 靖宇 ", "欧阳靖宇"),
        ("马\u00a0芳", "马芳"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提‧吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提．吐尔逊", "买买提·吐尔逊"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("阿依古丽 买买提江", "阿依古丽 买买提江"),
        ("Ｊｏｈｎ　 Smith", "John Smith"),
        ("J. Smith", "J. Smith"),
        ("张三（小）", "张三（小）"),
        ("\u200b张三\ufeff", "张三"),
        ("张\n三", "张三"),
        ("", ""),
        (None, ""),
    ],
)
def test_names(typed: str | None, name: str) -> None:
    assert writing.person_name(typed) == name


@pytest.mark.parametrize("name", ["刘𫟹", "许𬱖", "曾㛃", "\ue863某", "﨑某", "⼀某", "某\U000f0001"])
def test_rare_and_private_characters_stay(name: str) -> None:
    assert writing.person_name(name) == name


@given(st.text())
def test_a_name_written_once_stays(text: str) -> None:
    once = writing.person_name(text)
    assert writing.person_name(once) == once


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=4), st.data())
def test_blanks_in_a_short_han_name_never_matter(name: str, data: st.DataObject) -> None:
    padded = data.draw(st.text(" \u3000\u00a0\t")).join(name)
    assert writing.person_name(padded) == name


@pytest.mark.parametrize("text", ["<b>R&D</b>", "=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>"])
def test_markup_and_formulas_are_only_text(text: str) -> None:
    assert writing.person_name(text) == text


@pytest.mark.parametrize(
    ("cell", "born"),
    [
        ("1985.3", (1985, 3, None)),
        ("1979-06", (1979, 6, None)),
        ("1990年12月", (1990, 12, None)),
        ("1990年1月2日", (1990, 1, 2)),
        ("1990/1/2", (1990, 1, 2)),
        ("19850303", (1985, 3, 3)),
        ("198503", (1985, 3, None)),
        ("１９８５．３", (1985, 3, None)),
        (1985.3, (1985, 3, None)),
        (19850303.0, (1985, 3, 3)),
        (date(1985, 3, 3), (1985, 3, 3)),
        (date(1985, 3, 1), (1985, 3, None)),
    ],
)
def test_birth_dates(cell: writing.Cell, born: tuple[int, int, int | None]) -> None:
    found = writing.birth_date(cell)
    assert found is not None
    assert found[:3] == born


@pytest.mark.parametrize("cell", ["", "不详", "1985.13", "1985-02-30", "85.3", 31109.0, None])
def test_no_birth_date(cell: writing.Cell) -> None:
    assert writing.birth_date(cell) is None


def test_a_stored_number_may_be_an_october_that_lost_its_zero() -> None:
    stored, typed = writing.birth_date(1985.1), writing.birth_date("1985.1")
    assert stored is not None
    assert typed is not None
    assert stored.agrees("1985-10-03")
    assert stored.agrees("1985-01-03")
    assert not typed.agrees("1985-10-03")
    assert not stored.agrees("1985-02-03")


def test_keys_hold_two_writings_together() -> None:
    assert writing.key("工业互联网应用（双人赛） ") == writing.key("工业互联网应用 (双人赛)")
    assert writing.key("身份证　号码") == "身份证号码"
