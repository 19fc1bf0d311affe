"""Registration workbooks as enterprises send them: the table is found and each row read as it stands."""

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from competition_app.documents.reading.reading import Reader, Sheet
from competition_app.documents.registration.registration_book import read_registration_book, read_table
from competition_app.documents.registration.registration_heads import role_of
from competition_app.domain.registration.registration import BookRead, EventRules, Known, TableRead
from competition_app.domain.registration.registration_screening import screen
from competition_app.domain.registration.writing import Cell

FORMS = Path(__file__).parents[1] / "files" / "forms"
EVENTS = ("无人机装调检修工", "工业机器人系统操作员", "人工智能训练师", "数据安全管理员", "智能楼宇管理员")
KNOWN = Known(
    (
        *(EventRules(f"E{number}", name) for number, name in enumerate(EVENTS)),
        EventRules("T", "工业互联网应用(双人赛)", team_min=2, team_max=2),
    )
)
NAMES = {event.code: event.name for event in KNOWN.events}


def read(path: Path) -> BookRead:
    with Reader() as reader:
        return read_registration_book(path, reader)


def table(rows: list[list[Cell]], merged: tuple[tuple[int, int, int, int], ...] = ()) -> TableRead:
    found = read_table(Sheet("表", True, rows, merged))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "form", sorted(FORMS.glob("*.expect.json")), ids=lambda path: path.name.split(".")[0]
)
def test_each_form_is_read_as_expected(form: Path) -> None:
    expected: dict[str, Any] = json.loads(form.read_text(encoding="utf-8"))
    stem = form.name.split(".")[0]
    source = next(path for path in FORMS.glob(f"{stem}.*") if path.suffix != ".json")
    rows = screen([read(source)], KNOWN).files[0].rows
    taken = [
        {
            "name": row.name, "sex": row.sex, "id_number": row.id_number, "phone": row.phone,
            "organisation": row.organisation, "event": NAMES[row.event or ""],
        }
        for row in rows if row.accepted
    ]  # fmt: skip
    assert taken == [{key: row[key] for key in taken[0]} for row in expected["rows"]]
    for row, wanted in zip((row for row in rows if row.accepted), expected["rows"], strict=True):
        assert row.team == wanted.get("team")
        assert list(row.coaches) == ([wanted["coach"]] if "coach" in wanted else [])
        assert row.birth_date == (wanted["birth_date"] if row.id_number else None)
        level = next((text for head, text in row.fields.items() if "等级" in head), wanted["skill_level"])
        assert level == wanted["skill_level"]
    errors = [(row.row, str(problem.more["column"])) for row in rows for problem in row.problems]
    assert errors == [(error["row"], error["column"]) for error in expected["errors"]]


def test_the_sheet_of_instructions_is_left_out_and_named() -> None:
    book = read(FORMS / "merged.xlsx")
    assert [(sheet.sheet, "heads" in str(sheet.why)) for sheet in book.ignored] == [("填表说明", True)]
    assert [found.sheet for found in book.tables] == list(EVENTS[:3])


def test_two_lines_of_heads_are_joined() -> None:
    found = read(FORMS / "merged.xlsx").tables[0]
    assert found.columns["phone"].head == "联系方式/手机号码"
    assert list(found.others) == ["联系方式/电子邮箱"]


def test_a_head_over_several_columns() -> None:
    rows: list[list[Cell]] = [
        ["序号", "选手信息", "", "", "指导教师", ""],
        ["", "姓名", "身份证号", "电话", "姓名", "电话"],
        [1.0, "张三", "1", "13812345678", "李四", "139"],
    ]
    found = table(rows, ((0, 0, 1, 0), (0, 1, 0, 3), (0, 4, 0, 5)))
    assert {role: column.head for role, column in found.columns.items()} == {
        "name": "选手信息/姓名",
        "id_number": "选手信息/身份证号",
        "phone": "选手信息/电话",
        "coaches": "指导教师/姓名",
    }
    assert found.rows[0].cells["coaches"] == "李四"
    assert found.rows[0].fields == {"指导教师/电话": "139"}


def test_two_lines_of_heads_without_merged_cells() -> None:
    rows: list[list[Cell]] = [
        ["姓名", "身份证号", "联系方式", ""],
        ["", "", "手机号码", "电子邮箱"],
        ["张三", "1", "2", "a@b"],
    ]
    found = table(rows)
    assert found.columns["phone"].head == "联系方式/手机号码"
    assert [row.row for row in found.rows] == [3]


@pytest.mark.parametrize(
    "line",
    [
        ["参赛单位（盖章）：沈东地铁    联系人：张三  电话：024"],
        ["参赛单位:沈东地铁", "", "填报日期:2025年"],
        ["单位名称", "沈东地铁", "日期", "2025"],
        ["选送单位(盖章)：", "", "沈东地铁"],
    ],
)
def test_the_unit_above_the_table(line: list[Cell]) -> None:
    assert table([["报名表"], line, ["姓名", "身份证号"], ["张三", "1"]]).organisation == "沈东地铁"


def test_the_event_above_the_table() -> None:
    found = table([["赛项：无人机装调检修工   组别：职工组"], ["姓名", "身份证号"], ["张三", "1"]])
    assert found.event == "无人机装调检修工"


def test_a_date_in_the_title_is_no_unit() -> None:
    assert table([["填报单位：", "", "日期：2025"], ["姓名", "身份证号"], ["张三", "1"]]).organisation is None


def test_lines_that_are_no_person() -> None:
    rows: list[list[Cell]] = [
        ["序号", "姓名", "性别", "身份证号", "联系电话"],
        ["例", "张三", "男", "110101199003070000", "13800000000"],
        [1.0, "李四", "男", "219900197510233145", ""],
        ["", "", "", "", ""],
        [2.0, "", "", "", ""],
        ["序号", "姓名", "性别", "身份证号", "联系电话"],
        [3.0, "王五", "", "", ""],
        ["合计", "3人", "", "", ""],
        ["", "合计", "", "", ""],
        ["注：身份证号请设为文本", "", "", "", ""],
        ["", "联系人：赵六", "", "", ""],
        ["联系人：赵六", "", "", "", "13812345678"],
        [4.0, "", "女", "219900197510233146", ""],
    ]
    assert [row.row for row in table(rows).rows] == [3, 7, 13]


def test_merged_cells_count_for_each_line_below() -> None:
    rows: list[list[Cell]] = [
        ["单位", "姓名", "身份证号", "备注"],
        ["甲厂", "张三", "1", "同上"],
        ["", "李四", "2", ""],
    ]
    found = table(rows, ((1, 0, 2, 0), (1, 3, 2, 3)))
    assert [row.cells["organisation"] for row in found.rows] == ["甲厂", "甲厂"]
    assert found.rows[1].fields == {}


def test_the_employer_stands_beside_the_unit_represented() -> None:
    both = table([["姓名", "身份证号", "工作单位", "选送单位"], ["张三", "1", "甲厂", "乙工会"]])
    assert both.rows[0].cells["organisation"] == "乙工会"
    assert both.rows[0].cells["employer"] == "甲厂"
    one = table([["姓名", "身份证号", "工作单位"], ["张三", "1", "甲厂"]])
    assert one.rows[0].cells["organisation"] == "甲厂"


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("姓 名", "name"), ("选手姓名", "name"), ("*姓名(必填)", "name"), ("Name", "name"),
        ("身份证号码（18位）", "id_number"), ("身份证号/护照号", "id_number"), ("证件号码", "id_number"),
        ("联系电话", "phone"), ("领队电话", None), ("紧急联系人电话", None),
        ("单位电话", None), ("领队姓名", None),
        ("参赛单位（盖章）", "organisation"), ("所在单位", "employer"), ("参赛工种", "event"),
        ("竞赛项目名称", "event"),
        ("现技能等级", None), ("职业(工种)", None), ("出生年月", "birth_date"), ("组别", "division"),
        ("教练", "coaches"), ("指导教师2", "coaches"), ("备注", None), ("证件类型", "id_kind"), ("", None),
    ],
)  # fmt: skip
def test_heads(head: str, role: str | None) -> None:
    assert role_of(head) == role


def test_several_columns_of_coaches() -> None:
    found = table([["姓名", "身份证号", "指导教师1", "指导教师2"], ["张三", "1", "甲", "乙"]])
    assert found.rows[0].cells["coaches"] == "甲、乙"


def test_a_workbook_without_a_table_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("说明").write(0, 0, "请填表")
        book.add_worksheet("空")
        book.add_worksheet("藏").hide()
    found = read(path)
    assert found.refusal is not None
    assert "a.xlsx" in str(found.refusal)
    assert [str(sheet.why) for sheet in found.ignored] == [
        "The sheet has no line with the heads of a registration table.",
        "The sheet is empty.",
        "The sheet is hidden.",
    ]


def test_a_broken_file_is_a_refusal_in_the_value(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"%PDF-1.4")
    assert "(PDF)" in str(read(path).refusal)
