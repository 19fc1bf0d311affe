"""The form we send out: what it lets one choose and checks, and that it reads back as it was filled in."""

import io
from pathlib import Path

import openpyxl
from test_registration_book import read

from competition_app.documents.registration.registration_book import MARK
from competition_app.documents.registration.registration_template import (
    RegistrationForm,
    template,
    write_template,
)
from competition_app.domain.registration.registration import EventRules, Known
from competition_app.domain.registration.registration_screening import screen
from competition_app.i18n import words

EVENTS = (
    EventRules("UAV", "无人机装调检修工", quota=3, divisions=(("W", "职工组"), ("S", "学生组"))),
    EventRules("DUO", "工业互联网应用(双人赛)", team_min=2, team_max=2),
)
FORM = RegistrationForm("SZ2025", "数智技术应用劳动竞赛", EVENTS, "沈东地铁运营有限公司")


def filled(path: Path, *rows: dict[str, str]) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(template(FORM, words("zh"))))
    sheet = book["报名表"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    for number, row in enumerate(rows, 6):
        for head, value in row.items():
            sheet.cell(number, heads[head], value)
    book.save(path)
    return path


def test_a_filled_form_reads_back(tmp_path: Path) -> None:
    path = filled(
        tmp_path / "a.xlsx",
        {"姓名": "卢艳", "性别": "女", "证件类型": "居民身份证", "身份证号码": "219900197510233145",
         "联系电话": "17591806448", "参赛项目": "无人机装调检修工", "组别": "职工组", "现技能等级": "技师"},
        {"姓名": "郭勇", "身份证号码": "219900197108113698", "参赛项目": EVENTS[1].name, "队名": "一队",
         "角色": "队长", "指导教师": "林晓东"},
        {"姓名": "谢勇", "身份证号码": "219900199912040978", "参赛项目": EVENTS[1].name, "队名": "一队",
         "角色": "队员"},
    )  # fmt: skip
    book = read(path)
    assert book.competition == "SZ2025"
    rows = screen([book], Known(EVENTS)).files[0].rows
    assert [(row.row, row.name, row.event, row.division, row.team, row.role) for row in rows] == [
        (6, "卢艳", "UAV", "W", None, None),
        (7, "郭勇", "DUO", None, "一队", "队长"),
        (8, "谢勇", "DUO", None, "一队", "队员"),
    ]
    assert {row.organisation for row in rows} == {"沈东地铁运营有限公司"}
    assert all(row.accepted and not row.problems for row in rows)
    assert rows[0].fields == {"现技能等级": "技师"}


def test_an_empty_form_has_no_rows_and_no_fault(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", FORM, words("zh"))
    book = read(tmp_path / "a.xlsx")
    assert book.refusal is None
    assert [table.rows for table in book.tables] == [()]
    assert [sheet.sheet for sheet in book.ignored] == ["填表说明", "选项", "_"]


def test_lists_checks_and_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(FORM, words("zh"))))
    sheet = book["报名表"]
    heads = {cell.value: cell.column_letter for cell in sheet[4]}
    assert sheet[f"{heads['身份证号码']}6"].number_format == "@"
    by_column = {str(check.sqref)[0]: check for check in sheet.data_validations.dataValidation}
    for head in ("性别", "参赛项目", "组别", "现技能等级", "角色", "证件类型"):
        assert by_column[heads[head]].type == "list", head
    assert by_column[heads["身份证号码"]].type == "custom"
    assert len(by_column[heads["身份证号码"]].formula1) <= 255
    assert by_column[heads["联系电话"]].type == "custom"
    lists = book["选项"]
    assert [cell.value for cell in lists["A"]][:2] == [event.name for event in EVENTS]
    assert lists.sheet_state == "hidden"
    assert book["_"].sheet_state == "veryHidden"
    assert book["_"]["A1"].value == MARK


def test_columns_follow_the_events() -> None:
    plain = RegistrationForm("A", "竞赛", (EventRules("X", "某赛项"),))
    sheet = openpyxl.load_workbook(io.BytesIO(template(plain, words("zh"))))["报名表"]
    heads = [cell.value for cell in sheet[4]]
    assert "队名" not in heads
    assert "组别" not in heads


def test_the_instructions_name_the_quota() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(template(FORM, words("zh"))))["填表说明"]
    said = "\n".join(str(row[0]) for row in sheet.iter_rows(values_only=True))
    assert "无人机装调检修工" in said
    assert "3" in said


def test_a_nasty_name_of_event_and_unit_is_only_text(tmp_path: Path) -> None:
    nasty = "=cmd|' /C calc'!A0 <b>R&D</b>"
    form = RegistrationForm("SZ", nasty, (EventRules("X", nasty),), nasty)
    write_template(tmp_path / "a.xlsx", form, words("zh"))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["报名表"]
    assert sheet["A1"].value == f"{nasty}报名表"
    assert sheet["A1"].data_type == "s"
    assert read(tmp_path / "a.xlsx").tables[0].organisation == nasty
