"""The untidy workbooks in which the sample's enterprises register, each in its own fashion."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from competition_app.demo.people import Worker

TITLE = "“智驱未来、助力决胜”云澜市数智技术应用劳动竞赛报名汇总表"
Cell = str | float


def write_all(people: Sequence[Worker], folder: Path, chance: Random) -> list[Path]:
    """One workbook an enterprise, with the slips people make; the files in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    groups = [list(group) for _, group in groupby(slips(people), key=lambda worker: worker.enterprise)]
    for number, group in enumerate(groups):
        fashion = FASHIONS[number % len(FASHIONS)]
        suffix = ".csv" if fashion in (_gbk, _utf8) else ".xlsx"
        file = folder / f"{number + 1:02d} {group[0].enterprise}{suffix}"
        fashion(group, file, chance)
        written.append(file)
    return written


def slips(people: Sequence[Worker]) -> list[Worker]:
    """The same people as a tired clerk types them: wrong digits, double rows, blanks, missing cells."""
    typed = list(people)
    for place in (4, 37, 71, 118, 150):
        typed[place] = _wrong_check_digit(typed[place])
    typed[12] = replace(typed[12], phone=typed[12].phone[:-1])
    typed[61] = replace(typed[61], id_number="")
    typed[95] = replace(typed[95], sex="女" if typed[95].sex == "男" else "男")
    typed[133] = replace(typed[133], event="无人机驾驶员")
    typed[24] = replace(typed[24], name=" ".join(typed[24].name))
    single = [place for place, worker in enumerate(typed) if worker.team is None]
    typed.insert(single[20] + 1, typed[single[20]])  # the same row twice in one file
    moved = replace(typed[single[3]], enterprise=typed[-1].enterprise)
    typed.append(moved)  # one person sent in by two enterprises
    return typed


def _wrong_check_digit(worker: Worker) -> Worker:
    last = worker.id_number[-1]
    return replace(worker, id_number=worker.id_number[:-1] + ("0" if last != "0" else "1"))


def _row(worker: Worker) -> dict[str, Cell]:
    year, month, _ = worker.birth if worker.id_number else (1985, 3, 1)
    return {
        "name": worker.name, "sex": worker.sex, "id": worker.id_number, "birth": f"{year}.{month}",
        "phone": worker.phone, "unit": worker.enterprise, "event": worker.event, "level": worker.level,
        "team": worker.team or "", "role": worker.role or "", "coach": worker.coach or "",
    }  # fmt: skip


def _titled(people: Sequence[Worker], file: Path, _chance: Random) -> None:
    """A title over merged cells, the unit named under it, signatures below the table."""
    heads = [
        "序号",
        "选手姓名",
        "性别",
        "身份证号码",
        "出生年月",
        "联系电话",
        "参赛工种",
        "现技能等级",
        "队名",
        "备注",
    ]
    keys = ["name", "sex", "id", "birth", "phone", "event", "level", "team"]
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("报名汇总表")
        bold = book.add_format({"bold": True, "align": "center", "font_size": 16})
        sheet.merge_range(0, 0, 0, len(heads) - 1, TITLE, bold)
        sheet.write_string(1, 0, f"参赛单位(盖章)：{people[0].enterprise}")
        sheet.write_string(1, 6, "填报日期：2026年8月20日")
        _write(sheet, 3, heads)
        for row, values in enumerate(_numbered(people, keys), 4):
            _write(sheet, row, values)
        sheet.write_string(len(people) + 5, 0, "单位工会负责人：          填表人：          联系电话：")


def _numbered(people: Sequence[Worker], keys: Sequence[str]) -> list[list[Cell]]:
    return [[number, *(_row(worker)[key] for key in keys)] for number, worker in enumerate(people, 1)]


def _by_event(people: Sequence[Worker], file: Path, _chance: Random) -> None:
    """A sheet of instructions, one sheet an event, two-line heads, the unit in one merged cell."""
    first = ["所在单位", "姓 名", "性 别", "身份证号", "联系方式", "", "参赛队", "角色"]
    second = ["", "", "", "", "手机号码", "电子邮箱", "", ""]
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("填表说明").write_string(0, 0, "请勿修改表头。身份证号请设为文本格式。")
        for event, group in groupby(sorted(people, key=lambda worker: worker.event), key=lambda w: w.event):
            rows = list(group)
            sheet = book.add_worksheet(event)
            _write(sheet, 0, first)
            _write(sheet, 1, second)
            sheet.merge_range(0, 4, 0, 5, "联系方式")
            for number, worker in enumerate(rows):
                row = _row(worker)
                cells = ["", row["name"], row["sex"], row["id"], row["phone"], "", row["team"], row["role"]]
                _write(sheet, number + 2, cells)
            if len(rows) > 1:
                sheet.merge_range(2, 0, len(rows) + 1, 0, people[0].enterprise)
            else:
                sheet.write_string(2, 0, people[0].enterprise)


def _numbers(people: Sequence[Worker], file: Path, _chance: Random) -> None:
    """Telephone numbers typed as numbers, and one ID number too: its last digits are lost for ever."""
    heads = ["姓名", "性别", "证件号码", "手机", "工作单位", "竞赛项目", "职业技能等级", "队名", "角色"]
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        _write(sheet, 0, heads)
        for number, worker in enumerate(people):
            row = _row(worker)
            row["phone"] = float(worker.phone)
            if number == 1 and worker.id_number.isdigit():
                row["id"] = float(worker.id_number)
            keys = ["name", "sex", "id", "phone", "unit", "event", "level", "team", "role"]
            _write(sheet, number + 1, [row[key] for key in keys])


def _spaced(people: Sequence[Worker], file: Path, chance: Random) -> None:
    """Full-width digits, blanks inside names and numbers, blank lines, a footnote."""
    heads = ["参赛单位", "姓　名", "性别", "身份证号", "联系电话", "参赛项目", "技能等级", "参赛队名称"]
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("报名表")
        _write(sheet, 1, heads)
        for number, worker in enumerate(people):
            row = _row(worker)
            name = worker.name if len(worker.name) != 2 else "　".join(worker.name)
            phone = (
                worker.phone.translate(wide)
                if chance.random() < 0.3
                else f"{worker.phone[:3]} {worker.phone[3:]}"
            )
            cells = [row["unit"], name, row["sex"], row["id"], phone, row["event"], row["level"], row["team"]]
            _write(sheet, 2 * number + 2 if number < 2 else number + 4, cells)
        sheet.write_string(len(people) + 6, 0, "注：本表一式两份，加盖单位工会公章后报送。")


def _gbk(people: Sequence[Worker], file: Path, _chance: Random) -> None:
    _csv(people, file, "gb18030")


def _utf8(people: Sequence[Worker], file: Path, _chance: Random) -> None:
    _csv(people, file, "utf-8-sig")


def _csv(people: Sequence[Worker], file: Path, encoding: str) -> None:
    heads = [
        "单位名称",
        "姓名",
        "性别",
        "身份证号码",
        "手机号码",
        "赛项",
        "技能等级",
        "队伍名称",
        "角色",
        "指导教师",
    ]
    keys = ["unit", "name", "sex", "id", "phone", "event", "level", "team", "role", "coach"]
    with file.open("w", encoding=encoding, newline="") as text:
        writer = csv.writer(text)
        writer.writerow(heads)
        writer.writerows([_row(worker)[key] for key in keys] for worker in people)


def _write(sheet: Any, row: int, cells: Sequence[Cell]) -> None:
    """Texts as texts (never a formula), numbers as numbers, nothing for an empty cell."""
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            if cell:
                sheet.write_string(row, column, cell)
        else:
            sheet.write_number(row, column, cell)


FASHIONS: tuple[Callable[[Sequence[Worker], Path, Random], None], ...] = (
    _titled, _by_event, _numbers, _spaced, _gbk, _utf8,
)  # fmt: skip


def write_theory_scores(scores: Sequence[tuple[str, str, str]], file: Path) -> None:
    """The examiner's workbook of theory scores: name, ID number, score (text as it was typed)."""
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("理论成绩")
        sheet.merge_range(0, 0, 0, 3, "无人机装调检修工 理论考试成绩单")
        _write(sheet, 1, ["序号", "姓名", "身份证号", "成绩"])
        for number, (name, identity, score) in enumerate(scores, 1):
            grade: Cell = float(score) if score[0].isdigit() else score
            _write(sheet, number + 1, [float(number), name, identity, grade])
