"""What a recorder types is read as meant, or refused in words; a slip of the fingers is offered its mend."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition_app.desktop.marking.marking_typing import block, mend, read
from competition_app.domain.errors import Refusal
from competition_app.domain.scoring.facts import Outcome
from competition_app.domain.scoring.figures import plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("34.5", "34.5"),
        ("３４．５", "34.5"),
        ("34,5", "34.5"),
        ("34，5", "34.5"),
        ("34。5", "34.5"),
        (" .5 ", "0.5"),
        ("−0.02", "-0.02"),
        ("0.12 mm", "0.12"),
        ("38分", "38"),
        ("007", "7"),
    ],
)
def test_a_figure_is_read_however_the_keyboard_stands(text: str, value: str) -> None:
    assert read(text, unit="mm") == Decimal(value)


@pytest.mark.parametrize("text", ["1,000", "1e3", "3.4.5", "三十", "--", "NaN", "inf", "=1+1"])
def test_what_is_no_figure_is_refused_with_what_was_typed(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(text)
    assert text in str(refused.value)


def test_blank_absent_and_dnf_are_three_things() -> None:
    assert read("　 ") is None
    assert read("缺评") is Outcome.ABSENT
    assert read("Q") is Outcome.ABSENT
    assert read("dnf") is Outcome.DNF


@pytest.mark.parametrize(
    ("text", "value"), [("是", True), ("√", True), ("1", True), ("×", False), ("0", False), ("N", False)]
)
def test_a_check_is_yes_or_no(text: str, value: bool) -> None:
    assert read(text, check=True) is value


def test_a_check_takes_no_figure() -> None:
    with pytest.raises(Refusal):
        read("4", check=True)


def _to(most: str, step: str):
    return lambda value: 0 <= value <= Decimal(most) and value % Decimal(step) == 0


@pytest.mark.parametrize(
    ("text", "most", "step", "meant"),
    [
        ("43.5", "40", "0.5", "34.5"),  # two keys swapped
        ("345", "40", "0.5", "34.5"),  # the point left out
        ("33", "6", "1", "3"),  # a key struck twice
        ("3.45", "40", "0.5", "34.5"),  # the point misplaced
        ("99.9", "40", "0.5", None),  # nothing near
        ("62", "30", "0.1", "6.2"),
    ],
)
def test_a_slip_is_offered_its_mend(text: str, most: str, step: str, meant: str | None) -> None:
    assert mend(text, _to(most, step)) == meant


@given(st.text("0123456789.", max_size=7))
def test_a_mend_is_always_allowed(text: str) -> None:
    allowed = _to("40", "0.5")
    meant = mend(text, allowed)
    assert meant is None or allowed(Decimal(meant))


@given(st.decimals(min_value=0, max_value=10**6, places=3))
def test_what_is_shown_reads_back_equal(value: Decimal) -> None:
    assert read(plain(value)) == value


def test_a_column_of_a_spreadsheet() -> None:
    assert block("31.5\r\n38\r\n\r\n36.5\r\n") == [["31.5"], ["38"], [""], ["36.5"]]
    assert block('31.5\t2\n"38"\t 1 ') == [["31.5", "2"], ["38", "1"]]
    assert block("") == []
