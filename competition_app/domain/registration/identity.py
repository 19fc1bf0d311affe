"""Identity papers, unified social credit codes and phone numbers: checked, in one writing, never guessed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from competition_app.domain.errors import Problem, Said
from competition_app.domain.registration.writing import Cell, compact, number_text, shown

RESIDENT, HMT, PASSPORT, OTHER = "resident", "hmt", "passport", "other"

_PROVINCES = frozenset(
    str(number)
    for numbers in ((*range(11, 16), *range(21, 24), *range(31, 38)), (*range(41, 47), *range(50, 55)),
                    (*range(61, 66), 71, 81, 82, 83, 91))
    for number in numbers
)  # fmt: skip
_HMT_RESIDENCE = frozenset(("81", "82", "83"))
_KINDS = (
    (re.compile("居住证|港澳|台湾|台胞|台灣|回乡|回鄉|通行证|通行證|HMT|MAINLAND"), HMT),
    (re.compile("护照|護照|PASSPORT"), PASSPORT),
    (re.compile("身份证|身份證|居民|RESIDENT|IDCARD|^ID$|IDENTITY"), RESIDENT),
)
_PASS = re.compile(r"[HM](\d{8}|\d{10})|\d{8}|\d{10}(\([A-Z]\)|[A-Z])?")
_PASSPORT = re.compile(r"[A-Z0-9]{5,17}")
_OTHER_PAPER = re.compile(r"[A-Z0-9()\-]{4,30}")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9]\d{9})")
_PLAIN_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_ABROAD = re.compile(r"(?:\+|00)((?:852|853)\d{8}|886\d{9})")
_PUNCTUATION = str.maketrans("", "", "-.()·/_")


@dataclass(frozen=True, slots=True)
class Paper:
    """An identity paper as checked. ``number`` is None where it cannot be trusted; ``problem`` says why.

    ``birth_date`` and ``sex`` (男, 女) are those the number holds; ``note`` is no reason to refuse.
    """

    kind: str
    number: str | None
    birth_date: str | None = None
    sex: str | None = None
    problem: Problem | None = None
    note: Said | None = None


@cache
def _check_digit() -> Callable[[str], str]:
    from stdnum.cn.ric import calc_check_digit  # loaded at the first number, not at the program's start

    found: Callable[[str], str] = calc_check_digit
    return found


def paper_kind(cell: Cell) -> str | None:
    """The kind of paper a column 证件类型 names; None where it names none."""
    text = compact(shown(cell)).upper()
    if not text:
        return None
    return next((kind for pattern, kind in _KINDS if pattern.search(text)), OTHER)


def check_paper(cell: Cell, kind: str | None = None) -> Paper:
    """An identity number of a cell, of the kind declared (None: nothing declared, so a resident's).

    A number stored as a number has lost its last digits from 16 digits on: reported, never guessed.
    """
    text, lost = number_text(cell)
    declared = kind or RESIDENT
    if not text:
        return Paper(declared, None, problem=Problem("id_missing", Said("There is no ID number. Enter it.")))
    if lost:
        return Paper(declared, None, problem=_digits_lost())
    if declared == RESIDENT or (declared != PASSPORT and len(text) == 18):
        return _resident(text, declared)
    pattern = {HMT: _PASS, PASSPORT: _PASSPORT}.get(declared, _OTHER_PAPER)
    if pattern.fullmatch(text):
        return Paper(declared, text)
    return Paper(declared, None, problem=_not_of_its_kind(declared))


def _resident(text: str, declared: str) -> Paper:
    problem = _wrong(text)
    if problem:
        return Paper(declared, None, problem=problem)
    kind = HMT if declared == HMT or text[:2] in _HMT_RESIDENCE else declared
    note = None
    if text[:2] not in _PROVINCES:
        note = Said(
            "The region {region} of the ID number is not in the list of provinces.", {"region": text[:6]}
        )
    born = f"{text[6:10]}-{text[10:12]}-{text[12:14]}"
    return Paper(kind, text, born, "男" if int(text[16]) % 2 else "女", note=note)


def _wrong(text: str) -> Problem | None:
    """What is wrong with a resident's number of plain characters: length, digits, check digit, date."""
    body = text[:17]
    if len(text) == 15 and text.isdigit():
        return Problem("id_length", Said("This is an old ID number of 15 digits. Enter the one of 18."))
    if len(text) != 18:
        said = Said(
            "An ID number has 18 digits, this has {n}. Compare it with the identity card.", {"n": len(text)}
        )
        return Problem("id_length", said)
    if not (body.isascii() and body.isdigit() and (text[17].isdigit() or text[17] == "X")):
        said = Said(
            "An ID number is 17 digits and a digit or X; other characters stand among them here. Mend it."
        )
        return Problem("id_length", said)
    expected = _check_digit()(text)
    if text[17] != expected:
        if text.endswith("000"):
            return _digits_lost()
        said = Said("The last digit does not fit: the first 17 give {digit}. Check the identity card.",
                    {"digit": expected})  # fmt: skip
        return Problem("id_check_digit", said)
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        said = Said("The ID number holds no possible birth date ({date}). Compare it with the identity card.",
                    {"date": text[6:14]})  # fmt: skip
        return Problem("id_date", said)
    return None


def _digits_lost() -> Problem:
    said = Said(
        "Stored as a number, the ID number lost its last digits. Set the cell to text and type it again."
    )
    return Problem("id_digits_lost", said)


def _not_of_its_kind(kind: str) -> Problem:
    if kind == PASSPORT:
        said = Said("A passport number is 5 to 17 letters and figures. Compare it with the passport.")
    elif kind == HMT:
        said = Said("A pass is H or M and 8 or 10 figures, or 8 figures (Taiwan). Compare it with the pass.")
    else:
        said = Said("The number of this paper cannot be read. Compare it with the paper.")
    return Problem("id_length", said)


def masked(number: str | None) -> str:
    """An ID number with its first four and last four characters only: ``2101****3816``."""
    if not number:
        return ""
    return f"{number[:4]}****{number[-4:]}" if len(number) > 8 else f"{number[:1]}****{number[-1:]}"


def masked_phone(number: str | None) -> str:
    """A phone number with its first three and last four figures only: ``138****5207``."""
    if not number:
        return ""
    return f"{number[:3]}****{number[-4:]}" if len(number) > 7 else "****"


def phone(cell: Cell) -> tuple[str | None, Problem | None]:
    """A mobile number's digits, however it is written (-, blanks, +86, full-width, a stored number).

    Numbers of Hong Kong, Macau and Taiwan count with their country code. An empty cell is no problem.
    """
    if (
        isinstance(cell, str)
        and len(cell) == 11
        and cell.isascii()
        and cell.isdigit()
        and _MOBILE.fullmatch(cell)
    ):
        return cell, None
    text, lost = number_text(cell)
    plain = text.translate(_PUNCTUATION)
    if not plain:
        return None, None
    if not lost:
        found = _MOBILE.fullmatch(plain) or _ABROAD.fullmatch(plain)
        if found:
            return found.group(1), None
    said = Said("“{value}” is no mobile number: it has 11 digits and begins with 1. Enter one number.",
                {"value": shown(cell).strip()})  # fmt: skip
    return None, Problem("phone_invalid", said)


def credit_code(cell: Cell) -> tuple[str | None, Said | None]:
    """A unified social credit code (GB 32100: 18 characters, mod 31), or why it is none; empty is neither."""
    text, lost = number_text(cell)
    text = text.replace("-", "")
    if not text:
        return None, None
    if not lost and _CREDIT_CODE.fullmatch(text):
        from stdnum.cn.uscc import calc_check_digit

        if calc_check_digit(text[:17]) == text[17]:
            return text, None
    said = Said("“{value}” is no unified social credit code (18 characters). Check the licence.",
                {"value": shown(cell).strip()})  # fmt: skip
    return None, said


_SEXES = {
    **dict.fromkeys(("男", "男性", "男士", "先生", "M", "MALE"), "男"),
    **dict.fromkeys(("女", "女性", "女士", "F", "FEMALE"), "女"),
}


def sex(cell: Cell) -> tuple[str | None, bool]:
    """男 or 女 as a cell says it, and whether what it says is readable (an empty cell is)."""
    text = compact(shown(cell)).upper()
    found = _SEXES.get(text)
    return found, found is not None or not text
