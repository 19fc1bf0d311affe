"""ID numbers, other papers, phones and codes: what is accepted, and what is said of the rest."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn.ric import calc_check_digit

from competition_app.domain.registration import identity


def number(region: str, born: date, order: int) -> str:
    body = f"{region}{born:%Y%m%d}{order:03}"
    return body + calc_check_digit(body + "0")


@given(
    st.integers(100000, 999999),
    st.dates(date(1950, 1, 1), date(2010, 12, 31)),
    st.integers(0, 999),
)
def test_every_date_with_any_region_is_accepted(region: int, born: date, order: int) -> None:
    text = number(str(region), born, order)
    paper = identity.check_paper(text)
    assert paper.problem is None
    assert (paper.number, paper.birth_date) == (text, born.isoformat())
    assert paper.sex == ("男" if order % 2 else "女")


@given(
    st.dates(date(1950, 1, 1), date(2010, 12, 31)), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9)
)
def test_any_one_wrong_digit_is_found(born: date, order: int, place: int, by: int) -> None:
    text = number("210102", born, order)
    wrong = text[:place] + str((int(text[place]) + by) % 10) + text[place + 1 :]
    paper = identity.check_paper(wrong)
    assert paper.number is None
    assert paper.problem is not None


def test_a_region_abolished_before_birth_is_a_real_number() -> None:
    paper = identity.check_paper(number("210102", date(1975, 10, 23), 314))
    assert paper.problem is None
    assert paper.note is None


def test_an_unknown_region_is_a_note() -> None:
    paper = identity.check_paper(number("990000", date(1990, 1, 1), 1))
    assert paper.number is not None
    assert paper.note is not None
    assert "990000" in str(paper.note)


@pytest.mark.parametrize(
    "typed",
    [
        "21990019881105417x",
        "２１９９００１９８８１１０５４１７Ｘ",
        " 21990019881105417X\n",
        "219900 19881105 417X",
        "'21990019881105417X",
        "\u200b21990019881105417X\ufeff",
    ],
)
def test_writings_of_one_number(typed: str) -> None:
    assert identity.check_paper(typed).number == "21990019881105417X"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "id_missing"),
        (None, "id_missing"),
        ("219900880705627", "id_length"),
        ("2199001987080460", "id_length"),
        ("21990019850303O66X", "id_length"),
        ("219900197207156251", "id_check_digit"),
        (2.1990019860905e17, "id_digits_lost"),
        ("2.19900197904218E+17", "id_digits_lost"),
        ("219900198609051000", "id_digits_lost"),
        ("219900199013011236", "id_date"),
        ("E12345678", "id_length"),
    ],
)
def test_what_cannot_be_trusted_is_none_and_says_why(cell: object, code: str) -> None:
    cell = number_with_wrong_date() if code == "id_date" else cell
    paper = identity.check_paper(cell)  # type: ignore[arg-type]
    assert paper.number is None
    assert paper.problem is not None
    assert paper.problem.code == code


def number_with_wrong_date() -> str:
    body = "21990019901301123"
    return body + calc_check_digit(body + "0")


def test_the_sentence_names_the_digit_that_fits() -> None:
    problem = identity.check_paper("219900197207156251").problem
    assert problem is not None
    assert calc_check_digit("219900197207156251") in str(problem.said)


@pytest.mark.parametrize(
    ("kind", "typed", "ok"),
    [
        ("hmt", "H12345678", True),
        ("hmt", "m1234567801", True),
        ("hmt", "01234567", True),
        ("hmt", "H1234", False),
        ("passport", "E12345678", True),
        ("passport", "E1", False),
        ("other", "军字第1234", False),
        ("other", "AB-123456", True),
    ],
)
def test_other_papers(kind: str, typed: str, ok: bool) -> None:
    paper = identity.check_paper(typed, kind)
    assert paper.kind == kind
    assert (paper.number is not None) is ok
    assert (paper.problem is None) is ok


def test_a_residence_permit_of_hong_kong_is_checked_like_an_id() -> None:
    text = number("810000", date(1990, 5, 6), 123)
    assert identity.check_paper(text).kind == "hmt"
    assert identity.check_paper(text, "hmt").number == text
    assert identity.check_paper(text[:-1] + ("0" if text[-1] != "0" else "1"), "hmt").number is None


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("居民身份证", "resident"), ("港澳居民来往内地通行证", "hmt"), ("台胞证", "hmt"), ("护 照", "passport"),
     ("港澳台居民居住证", "hmt"), ("军官证", "other"), ("", None)],
)  # fmt: skip
def test_kinds_of_paper(cell: str, kind: str | None) -> None:
    assert identity.paper_kind(cell) == kind


@pytest.mark.parametrize(
    ("cell", "digits"),
    [
        ("175-9180-6448", "17591806448"),
        ("１８２４０８０７２８４", "18240807284"),
        ("+86 138 1234 5678", "13812345678"),
        ("0086-13812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        (18829455496.0, "18829455496"),
        (18829455496, "18829455496"),
        ("1.8829455496E+10", "18829455496"),
        ("+852 9123 4567", "85291234567"),
        ("", None),
    ],
)
def test_phones(cell: str | float, digits: str | None) -> None:
    assert identity.phone(cell) == (digits, None)


@pytest.mark.parametrize(
    "cell", ["1.88295E+10", "024-12345678", "138123456789", "12345678901", "138/139", 1.5]
)
def test_phones_that_are_none(cell: str | float) -> None:
    digits, problem = identity.phone(cell)
    assert digits is None
    assert problem is not None
    assert problem.code == "phone_invalid"


def test_credit_codes() -> None:
    assert identity.credit_code("91110000600037341l") == ("91110000600037341L", None)
    assert identity.credit_code("") == (None, None)
    for wrong in ("91110000600037341M", "9111000060003734", 9.111e17):
        code, said = identity.credit_code(wrong)
        assert code is None
        assert said is not None


def test_masks() -> None:
    assert identity.masked("210102198704123816") == "2101****3816"
    assert identity.masked(None) == ""
    assert identity.masked("E1234567") == "E****7"
    assert identity.masked_phone("13812345207") == "138****5207"


def test_sexes() -> None:
    assert identity.sex(" 男 ") == ("男", True)
    assert identity.sex("Female") == ("女", True)
    assert identity.sex("") == (None, True)
    assert identity.sex("X") == (None, False)


def test_no_paper_raises_on_any_cell() -> None:
    for cell in (True, date(1990, 1, 1), 1.5, "\x00", "=cmd|' /C calc'!A0"):
        assert identity.check_paper(cell).number is None
