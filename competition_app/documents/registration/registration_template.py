"""The registration form we send to each unit: lists to choose from, ID numbers as text, checks on typing."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from competition_app.documents.registration.registration_book import MARK
from competition_app.documents.saving import save
from competition_app.domain.registration.registration import HEADS, EventRules
from competition_app.i18n import Words

VERSION = 1
ROWS = 300
"""Lines for contestants in a form."""

LEVELS = ("初级工", "中级工", "高级工", "技师", "高级技师", "特级技师", "首席技师", "无")
KINDS = ("居民身份证", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "港澳台居民居住证", "护照", "其他")
_SHEET, _HELP, _LISTS = "报名表", "填表说明", "选项"
_HEAD_ROW = 3
_FIRST = _HEAD_ROW + 2
_LAST = _FIRST + ROWS - 1
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11643: weights of the first 17 digits."""

_WIDTHS = {
    "serial": 6, "name": 14, "sex": 6, "id_kind": 14, "id_number": 22, "phone": 15, "event": 24,
    "division": 12, "team": 18, "role": 8, "level": 12, "coaches": 14, "note": 20,
}  # fmt: skip
_OTHER_HEADS = {"serial": "序号", "level": "现技能等级", "note": "备注"}
_EXAMPLE_BODY = "21990019900101001"


@dataclass(frozen=True, slots=True)
class RegistrationForm:
    """What a form is made for: the competition, its events, and the unit it goes to (None: to any)."""

    competition_code: str
    competition: str
    events: tuple[EventRules, ...]
    organisation: str | None = None


def write_template(target: Path, form: RegistrationForm, words: Words) -> None:
    """Saves the form; it reads back through ``registration_book``. Raises Refusal if it cannot be."""
    data = template(form, words)
    save(target, lambda file: file.write(data))


def template(form: RegistrationForm, words: Words) -> bytes:
    """The form as the bytes of an .xlsx workbook."""
    import xlsxwriter

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"title": form.competition, "comments": f"{MARK} {VERSION}"})
        _Form(book, form, words).write()
    return made.getvalue()


class _Form:
    """The sheets of a form under way."""

    def __init__(self, book: Any, form: RegistrationForm, words: Words) -> None:
        self._book, self._form, self._words = book, form, words
        self._columns = _columns(form.events)
        divisions = dict.fromkeys(name for event in form.events for _, name in event.divisions)
        self._lists: dict[str, Sequence[str]] = {
            "event": [event.name for event in form.events],
            "sex": ("男", "女"),
            "id_kind": KINDS,
            "level": LEVELS,
            "division": list(divisions),
            "role": ("队长", "队员"),
        }
        border = {
            "border": 1,
            "border_color": "#BFBFBF",
            "valign": "vcenter",
            "font_name": "宋体",
            "font_size": 11,
        }
        self._title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self._line = book.add_format({"font_size": 11, "valign": "vcenter"})
        self._head = book.add_format({**border, "bold": True, "bg_color": "#EDEDED", "align": "center"})
        self._text = book.add_format({**border, "num_format": "@"})
        self._centre = book.add_format({**border, "align": "center"})
        self._example = book.add_format(
            {**border, "num_format": "@", "italic": True, "font_color": "#8C8C8C"}
        )
        self._wrap = book.add_format({"text_wrap": True, "valign": "top", "font_size": 12})
        self._bad = book.add_format({"bg_color": "#FFC7CE"})

    def write(self) -> None:
        """All sheets: the form, the instructions, the lists and the mark, both hidden."""
        sheet = self._book.add_worksheet(_SHEET)
        self._write_heads(sheet)
        self._write_lines(sheet)
        self._write_help()
        self._write_lists()
        for role in self._columns:
            self._check(sheet, role)
        sheet.activate()

    def _write_heads(self, sheet: Any) -> None:
        last = len(self._columns) - 1
        sheet.merge_range(0, 0, 0, last, "", self._title)
        sheet.write_string(0, 0, f"{self._form.competition}报名表", self._title)
        unit = f"参赛单位(盖章):{self._form.organisation or ''}"
        sheet.merge_range(1, 0, 1, last // 2, "", self._line)
        sheet.write_string(1, 0, unit, self._line)
        sheet.merge_range(1, last // 2 + 1, 1, last, "", self._line)
        sheet.write_string(1, last // 2 + 1, "填报日期:", self._line)
        for place, role in enumerate(self._columns):
            sheet.set_column(place, place, _WIDTHS[role])
            sheet.write_string(_HEAD_ROW, place, _head(role), self._head)
        sheet.set_row(0, 32)
        sheet.set_row(1, 24)
        sheet.set_row(_HEAD_ROW, 24)
        sheet.freeze_panes(_HEAD_ROW + 1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD_ROW)

    def _write_lines(self, sheet: Any) -> None:
        from stdnum.cn.ric import calc_check_digit

        example = {
            "serial": "例", "name": "张三", "sex": "男", "id_kind": KINDS[0],
            "id_number": _EXAMPLE_BODY + calc_check_digit(_EXAMPLE_BODY + "0"), "phone": "13800000000",
            "event": self._lists["event"][0] if self._lists["event"] else "", "level": "高级工",
            "division": next(iter(self._lists["division"]), ""), "role": "队长",
        }  # fmt: skip
        for place, role in enumerate(self._columns):
            sheet.write_string(_FIRST - 1, place, example.get(role, ""), self._example)
        for row in range(_FIRST, _LAST + 1):
            sheet.write_number(row, 0, row - _FIRST + 1, self._centre)
            for place in range(1, len(self._columns)):
                sheet.write_blank(row, place, None, self._text)

    def _check(self, sheet: Any, role: str) -> None:
        place = self._columns.index(role)
        area = (_FIRST, place, _LAST, place)
        words = self._words
        if self._lists.get(role):
            column = _letter(list(self._lists).index(role))
            source = f"={_LISTS}!${column}$1:${column}${len(self._lists[role])}"
            said = words("Choose one of the list.")
            sheet.data_validation(*area, {"validate": "list", "source": source, "error_message": said})
        elif role == "id_number":
            said = words("The number does not fit, or stands here twice. Compare it with the identity card.")
            sheet.data_validation(*area, self._custom(self._good_number(), said))
            cell = f"${_letter(place)}{_FIRST + 1}"
            bad = f'=AND({cell}<>"",NOT({self._good_number()}))'
            sheet.conditional_format(*area, {"type": "formula", "criteria": bad, "format": self._bad})
        elif role == "phone":
            cell = f"{_letter(place)}{_FIRST + 1}"
            said = words("A mobile number has 11 digits and begins with 1.")
            sheet.data_validation(*area, self._custom(f'AND(LEN({cell})=11,LEFT({cell},1)="1")', said))

    @staticmethod
    def _custom(formula: str, said: str) -> dict[str, object]:
        return {"validate": "custom", "value": f"={formula}", "error_type": "warning", "error_message": said}

    def _good_number(self) -> str:
        """A resident's number by length, check digit and standing once; other papers are not looked at."""
        column, kind = _letter(self._columns.index("id_number")), _letter(self._columns.index("id_kind"))
        cell, first = f"${column}{_FIRST + 1}", _FIRST + 1
        weights = f"{_LISTS}!${_letter(len(self._lists))}$1:${_letter(len(self._lists))}$17"
        digit = f'MID("10X98765432",MOD(SUMPRODUCT(MID({cell},ROW($1:$17),1)*{weights}),11)+1,1)'
        once = f"SUMPRODUCT(--(${column}${first}:${column}${_LAST + 1}={cell}))=1"
        other = f'AND(${kind}{first}<>"",${kind}{first}<>"{KINDS[0]}")'
        return f"OR({other},AND(LEN({cell})=18,UPPER(RIGHT({cell},1))={digit},{once}))"

    def _write_help(self) -> None:
        sheet = self._book.add_worksheet(_HELP)
        sheet.set_column(0, 0, 92)
        for row, said in enumerate(_instructions(self._form.events, self._words)):
            sheet.write_string(row, 0, said, self._wrap)

    def _write_lists(self) -> None:
        sheet = self._book.add_worksheet(_LISTS)
        for place, values in enumerate(self._lists.values()):
            for row, value in enumerate(values):
                sheet.write_string(row, place, value)
        for row, weight in enumerate(_WEIGHTS):
            sheet.write_number(row, len(self._lists), weight)
        sheet.hide()
        mark = self._book.add_worksheet("_")
        for place, value in enumerate((MARK, str(VERSION), self._form.competition_code)):
            mark.write_string(0, place, value)
        mark.very_hidden()


def _columns(events: Sequence[EventRules]) -> list[str]:
    """The columns a competition needs: divisions and teams only where an event has them."""
    columns = ["serial", "name", "sex", "id_kind", "id_number", "phone", "event"]
    if any(event.divisions for event in events):
        columns.append("division")
    if any(event.in_teams for event in events):
        columns += ["team", "role"]
    return [*columns, "level", "coaches", "note"]


def _head(role: str) -> str:
    return _OTHER_HEADS.get(role) or HEADS[role]


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _instructions(events: Sequence[EventRules], words: Words) -> list[str]:
    said = [
        words("One line for each person; a person entered in two events takes two lines."),
        words("Heads and sheets stay as they are. The line marked “例” is an example and is not read."),
        words("ID numbers are text: type them, or paste values only. Red ones do not fit or stand twice."),
        words("Write the unit's full name after “参赛单位(盖章):”, as on its seal."),
        words("Choose event, sex, paper and level from the lists."),
    ]
    if any(event.in_teams for event in events):
        said.append(words("People of one team have the same team name; one of them is “队长”."))
    said += [
        words("{event}: at most {quota} of a unit.", event=event.name, quota=event.quota)
        for event in events
        if event.quota is not None
    ]
    return [f"{number}. {line}" for number, line in enumerate(said, 1)]
