"""The standings on paper and in the workbook say what the result says, and hold every string as it is."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pdf_boxes import chars, lines, text
from python_calamine import CalamineWorkbook

from competition_app.documents.results.result_book import (
    MarkRow,
    MarksTable,
    draw_result_book,
    write_result_book,
)
from competition_app.documents.results.standings_print import draw_standings, write_standings
from competition_app.documents.results.standings_table import (
    Entrant,
    ModuleHead,
    StandingsHead,
    Table,
    check_code,
    table,
)
from competition_app.domain.errors import Refusal, Said
from competition_app.domain.ranking.result import DivisionResult, ModuleFigure, Standing, Status
from competition_app.i18n import words

ZH = words("zh")
HEAD = StandingsHead(
    contest="2025年沈东市数智技术应用劳动竞赛",
    event="无人机装调检修工",
    division="职工组",
    stage="决赛",
    modules=(ModuleHead("theory", "理论", "30%"), ModuleHead("practical", "实操", "70%")),
    formula="理论占 30%，实操占 70%，每级四舍五入留两位",
    plan_version=2,
    printed_at="2025-09-02 16:32",
    day=date(2025, 9, 2),
)
FIRM = "沈东市轨道交通建设运营集团有限公司通号分公司信号检修车间"
NASTY = "=cmd|'/c calc'!A0"


def standing(
    number: int, place: int | None, status: Status = Status.RANKED, award: str | None = None
) -> Standing:
    modules = {"theory": ModuleFigure("80.00", "24.00"), "practical": ModuleFigure("90.67", "63.47")}
    if place is None:
        modules["practical"] = ModuleFigure(None, None)
    tie = Said("{module} > {b}", {"module": "practical", "b": "89.00"}) if place == 1 else None
    return Standing(
        f"{number:03d}",
        place,
        False,
        status,
        None if place is None else "87.47",
        modules,
        award=award,
        tie=tie,
    )


def result(count: int) -> DivisionResult:
    rows = [
        standing(n, n, award="一等奖" if n == 1 else "三等奖" if n < 9 else None) for n in range(1, count)
    ]
    return DivisionResult("W", "final", (*rows, standing(count, None, Status.ABSENT)))


def made(count: int, draft: str = "") -> Table:
    entrants = {f"{n:03d}": Entrant(f"选手{n}", FIRM) for n in range(1, count + 1)}
    entrants["001"] = Entrant("宋𬱖", "沈东地铁运营集团有限公司")
    return table(replace(HEAD, draft=draft), result(count), entrants, ZH)


def pages(one: Table) -> list[str]:
    file = BytesIO()
    count = draw_standings(file, [one], ZH)
    return [text(file.getvalue(), page) for page in range(count)]


def test_the_page_says_what_the_result_says() -> None:
    (page,) = pages(made(6))
    rows = page.splitlines()
    assert rows[0] == "2025年沈东市数智技术应用劳动竞赛"
    assert rows[1] == "无人机装调检修工（职工组）决赛成绩"
    assert "报名 6 人，参赛 5 人，缺考 1 人" in page
    assert "折 30%" in page
    assert "1 001 宋𬱖 沈东地铁运营集团有限公司 80.00 24.00 90.67 63.47 87.47 一等奖" in page.replace(
        "  ", " "
    )
    assert "缺考 — — 不计名次" in page
    assert "001：实操 > 89.00" in page
    assert "二〇二五年九月二日" in page
    assert "第 1 页，共 1 页" in page
    assert check_code(result(6)) in page


@pytest.mark.parametrize("count", [1, 2, 11, 12, 13, 15, 16, 31, 33, 34, 83, 500])
def test_every_row_is_printed_once_and_the_signatures_stand_with_rows(count: int) -> None:
    printed = pages(made(count))
    whole = "\n".join(printed)
    for number in range(1, count + 1):
        assert whole.count(f" {number:03d} ") >= 1
    assert [page.count("裁判长") for page in printed] == [0] * (len(printed) - 1) + [1]
    last = [row for row in printed[-1].splitlines() if " 80.00 " in row]
    assert len(last) >= min(2, count)
    assert all(f"第 {n} 页，共 {len(printed)} 页" in page for n, page in enumerate(printed, 1))


@pytest.mark.parametrize("count", [5, 12, 33, 40])
def test_nothing_stands_outside_the_margins_or_on_the_foot(count: int) -> None:
    file = BytesIO()
    for page in range(draw_standings(file, [made(count)], ZH)):
        found = [char for char in chars(file.getvalue(), page) if char.text.strip()]
        assert min(char.left for char in found) >= 17.9
        assert max(char.right for char in found) <= 279.1
        body = [char.bottom for char in found if char.baseline < 202]
        assert max(body) <= 197


@pytest.mark.parametrize("count", [0, 5, 12, 13, 40])
def test_every_tie_is_explained(count: int) -> None:
    printed = pages(replace(made(14), ties=tuple(f"第{n}组同分" for n in range(count))))
    assert [sum(f"第{n}组同分" in page for page in printed) for n in range(count)] == [1] * count
    assert [page.count("裁判长") for page in printed] == [0] * (len(printed) - 1) + [1]


def test_figures_stand_right_and_names_left() -> None:
    file = BytesIO()
    draw_standings(file, [made(9)], ZH)
    rows = [
        row for row in lines(file.getvalue()) if "".join(c.text for c in row).startswith(tuple("123456789"))
    ]
    totals = {round(max(c.right for c in row if c.right < 256), 0) for row in rows if "87.47" in shown(row)}
    assert len(totals) == 1


def shown(row: list[object]) -> str:
    return "".join(getattr(c, "text", "") for c in row)


def test_until_locked_the_page_says_so() -> None:
    assert "未" in pages(made(3, "未锁定"))[0]
    assert "锁" not in pages(made(3))[0]


def test_no_standings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no standings"):
        write_standings([], tmp_path / "a.pdf", ZH)
    with pytest.raises(Refusal, match="no standings"):
        write_result_book([], [], tmp_path / "a.xlsx", ZH)
    assert write_standings([made(3)], tmp_path / "a.pdf", ZH) == 1


MARKS = MarksTable(
    "无人机装调检修工 实操",
    ("J1", "J2"),
    (MarkRow("001", NASTY, "<b>P1</b>", ("35.5", "缺评")), MarkRow("002", "张\x07三", "P2", ("-1", "007"))),
)


def book(tables: list[Table]) -> openpyxl.Workbook:
    file = BytesIO()
    draw_result_book(file, tables, [MARKS], ZH)
    return openpyxl.load_workbook(BytesIO(file.getvalue()))


def test_the_workbook_holds_standings_marks_and_protocol() -> None:
    opened = book([made(5)])
    assert opened.sheetnames == [
        "无人机装调检修工（职工组）决赛成绩",
        "无人机装调检修工 实操",
        "无人机装调检修工（职工组）决赛成绩确认表",
    ]
    sheet = opened.worksheets[0]
    assert [cell.value for cell in sheet[4]] == [
        "名次", "编号", "姓名", "单位", "理论", "折 30%", "实操", "折 70%", "总分", "奖项", "称号",
    ]  # fmt: skip
    firm = "沈东地铁运营集团有限公司"
    figures = [1, "001", "宋𬱖", firm, 80, 24, 90.67, 63.47, 87.47, "一等奖"]
    assert [cell.value for cell in sheet[5]][:10] == figures
    assert sheet["G5"].number_format == "0.00"
    assert [sheet["A9"].value, sheet["G9"].value, sheet["J9"].value] == ["—", "缺考", "不计名次"]
    assert (sheet.freeze_panes, sheet.page_setup.orientation, sheet.print_title_rows) == (
        "D5",
        "landscape",
        "$4:$4",
    )
    protocol = opened.worksheets[2]
    values = {cell.value for row in protocol.iter_rows() for cell in row}
    assert {check_code(result(5)), "裁判长", "监督员", "二〇二五年九月二日"} <= values


def test_strings_stay_strings_in_the_workbook() -> None:
    nasty = replace(
        made(2), rows=tuple(replace(r, name=NASTY, organisation="http://a.b/R&D") for r in made(2).rows)
    )
    opened = book([nasty])
    cell = opened.worksheets[0]["C5"]
    assert (cell.value, cell.data_type) == (NASTY, "s")
    assert opened.worksheets[0]["D5"].value == "http://a.b/R&D"
    assert opened.worksheets[0]["D5"].hyperlink is None
    marks = opened.worksheets[1]
    assert [c.value for c in marks[3]] == ["001", NASTY, "<b>P1</b>", 35.5, "缺评"]
    assert marks["E4"].value == 7


def test_control_characters_come_back_as_a_spreadsheet_reads_them() -> None:
    file = BytesIO()
    draw_result_book(file, [made(2)], [MARKS], ZH)
    rows = CalamineWorkbook.from_filelike(BytesIO(file.getvalue())).get_sheet_by_index(1).to_python()
    assert rows[3][1] == "张\x07三"


def test_sheets_with_like_names_are_told_apart() -> None:
    long = replace(made(2), title="超长的赛项名称" * 9 + "[a]/b")
    names = book([long, long]).sheetnames
    assert len(set(names)) == 5
    assert all(len(name) <= 31 for name in names)
