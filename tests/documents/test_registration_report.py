"""The sender's workbook comes back marked: styles and comments change, every other part stays byte-equal."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from test_registration_book import FORMS, KNOWN

from competition_app.documents.reading.reading import Reader, read_workbook
from competition_app.documents.registration.marked_workbook import mark_workbook
from competition_app.documents.registration.registration_book import read_registration_book
from competition_app.documents.registration.registration_report import Marked, write_marked
from competition_app.documents.registration.xml_splice import Splice, elements, spliced, text, with_attribute
from competition_app.domain.registration.registration_screening import screen
from competition_app.i18n import words


def marked(source: Path, target: Path) -> Marked:
    with Reader() as reader:
        report = screen([read_registration_book(source, reader)], KNOWN).files[0]
        return write_marked(source, report, target, words("zh"), reader)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def mark(data: bytes, **cells: str) -> bytes:
    made = io.BytesIO()
    mark_workbook(io.BytesIO(data), made, {"表": cells}, "审核")
    return made.getvalue()


def test_only_styles_comments_and_the_marked_sheet_change(tmp_path: Path) -> None:
    source, target = FORMS / "numbers.xlsx", tmp_path / "back.xlsx"
    done = marked(source, target)
    assert (done.cells, done.converted) == (2, False)
    before, after = parts(source), parts(target)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"}
    assert after.keys() - before.keys() == {
        "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/worksheets/_rels/sheet1.xml.rels",
    }  # fmt: skip
    assert list(after)[: len(before)] == list(before)


def test_the_marked_cells_say_what_is_wrong(tmp_path: Path) -> None:
    marked(FORMS / "numbers.xlsx", tmp_path / "back.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "back.xlsx").active
    source = openpyxl.load_workbook(FORMS / "numbers.xlsx").active
    assert sheet is not None
    assert source is not None
    commented = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.comment}
    assert set(commented) == {"C4", "C7"}
    assert "末几位已丢失" in commented["C4"].comment.text
    assert commented["C4"].fill.fgColor.rgb == "FFFFC7CE"
    assert commented["C4"].number_format == source["C4"].number_format
    assert sheet["C5"].fill.fill_type is None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [cell.value for cell in row] for row in source.iter_rows()
    ]


def test_calamine_reads_the_marked_workbook_the_same(tmp_path: Path) -> None:
    marked(FORMS / "numbers.xlsx", tmp_path / "back.xlsx")
    assert read_workbook(tmp_path / "back.xlsx").sheets == read_workbook(FORMS / "numbers.xlsx").sheets


def test_a_sound_form_comes_back_byte_for_byte(tmp_path: Path) -> None:
    marked(FORMS / "titled.xlsx", tmp_path / "back.xlsx")
    assert parts(tmp_path / "back.xlsx") == parts(FORMS / "titled.xlsx")


@pytest.mark.parametrize("name", ["fullwidth.xls", "gbk.csv"])
def test_other_formats_come_back_as_xlsx_and_say_so(name: str, tmp_path: Path) -> None:
    done = marked(FORMS / name, tmp_path / "back.xlsx")
    assert done.converted
    book = openpyxl.load_workbook(tmp_path / "back.xlsx")
    sheet = book.worksheets[0]
    assert sheet["A1"].comment
    assert name.rpartition(".")[2] in sheet["A1"].comment.text
    before, after = read_workbook(FORMS / name), read_workbook(tmp_path / "back.xlsx")
    assert after.kind == "xlsx"
    assert after.sheets[0].rows == before.sheets[0].rows
    if name == "fullwidth.xls":
        assert done.cells == 3
        assert "校验位不对" in sheet["D6"].comment.text
        assert sheet["D6"].fill.fgColor.rgb == "FFFFC7CE"


def untidy(tmp_path: Path) -> bytes:
    """A workbook with a comment, a validation, a picture in a cell as WPS keeps it, and an empty row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表"
    for row in (["姓名", "身份证号"], ["张三", "1"], ["李四", "2"]):
        sheet.append(row)
    sheet["B2"].comment = Comment("请核对 <原件> & 盖章", "科长")
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made, "a") as package:
        package.writestr("xl/cellimages.xml", "<etc:cellImages/>")
        package.writestr("xl/media/image1.png", b"\x89PNG\r\n")
    return made.getvalue()


def test_existing_comments_and_pictures_in_cells_stay(tmp_path: Path) -> None:
    source = untidy(tmp_path)
    path = tmp_path / "a.xlsx"
    path.write_bytes(mark(source, B2="一", B3="二", D9="三"))
    sheet = openpyxl.load_workbook(path)["表"]
    assert sheet["B2"].comment.text == "请核对 <原件> & 盖章\n一"
    assert sheet["B2"].comment.author == "科长"
    assert sheet["B3"].comment.text == "二"
    assert sheet["B3"].comment.author == "审核"
    assert sheet["D9"].comment.text == "三"
    assert sheet["D9"].fill.fgColor.rgb == "FFFFC7CE"
    after = parts(path)
    assert after["xl/cellimages.xml"] == b"<etc:cellImages/>"
    assert after["xl/media/image1.png"] == b"\x89PNG\r\n"
    drawing = next(data for name, data in after.items() if name.endswith(".vml"))
    assert drawing.count(b'ObjectType="Note"') == 3
    assert len(set(re.findall(rb'id="(_x0000_s\d+)"', drawing))) == 3


def test_marking_twice_adds_to_the_comments(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(mark(mark(untidy(tmp_path), B3="二"), B3="再", C1="四"))
    sheet = openpyxl.load_workbook(path)["表"]
    assert sheet["B3"].comment.text == "二\n再"
    assert sheet["C1"].comment.text == "四"


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def relations(*found: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{a}" Target="{to}" Type="{OFFICE}/{kind}"/>' for a, to, kind in found)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def foreign() -> bytes:
    """As other programs write it: prefixes, single quotes, self-closing rows, neither r nor count."""
    overrides = (("workbook", "sheet.main"), ("worksheets/s", "worksheet"), ("styles", "styles"))
    declared = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{XLSX}.{kind}+xml"/>' for part, kind in overrides
    )
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    styles = (
        "<x:fonts><x:font/></x:fonts><x:fills><x:fill><x:patternFill/></x:fill></x:fills><x:borders>"
        "<x:border/></x:borders><x:cellStyleXfs><x:xf/></x:cellStyleXfs><x:cellXfs><x:xf/>"
        "<x:xf numFmtId='49'><x:alignment horizontal='center'/></x:xf></x:cellXfs>"
    )
    sheet = (
        "<x:sheetData><x:row/><x:row><x:c s='1' t='inlineStr'><x:is><x:t>a &gt; b</x:t></x:is></x:c>"
        "</x:row></x:sheetData>"
        "<x:pageMargins left='1' right='1' top='1' bottom='1' header='1' footer='1'/><x:extLst/>"
    )
    written = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{rels}{declared}</Types>',
        "_rels/.rels": relations(("a", "xl/workbook.xml", "officeDocument")),
        "xl/workbook.xml": f'<x:workbook xmlns:x="{MAIN}" xmlns:q="{OFFICE}"><x:sheets>'
        '<x:sheet name="表" sheetId="1" q:id="b"/></x:sheets></x:workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("b", "worksheets/s.xml", "worksheet"), ("c", "/xl/styles.xml", "styles")
        ),
        "xl/styles.xml": f'<x:styleSheet xmlns:x="{MAIN}">{styles}</x:styleSheet>',
        "xl/worksheets/s.xml": f"<x:worksheet xmlns:x='{MAIN}'>{sheet}</x:worksheet>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, part in written.items():
            package.writestr(name, part)
    return made.getvalue()


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_parts_of_other_programs(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(mark(foreign(), A2="甲", B1="乙", A5="丙"))
    sheet = openpyxl.load_workbook(path)["表"]
    assert sheet["A2"].value == "a > b"
    assert [sheet[cell].comment.text for cell in ("A2", "B1", "A5")] == ["甲", "乙", "丙"]
    assert sheet["A2"].number_format == "@"
    assert sheet["A2"].alignment.horizontal == "center"
    data = parts(path)["xl/worksheets/s.xml"]
    assert data.index(b"legacyDrawing") < data.index(b"extLst")


NASTY = "<b>R&D</b> =cmd|' /C calc'!A0 \"<img src=x>\" \x01 _x0041_ ]]>"


def test_a_nasty_comment_is_only_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(mark(untidy(tmp_path), A3=NASTY))
    said = openpyxl.load_workbook(path)["表"]["A3"].comment.text
    assert openpyxl.utils.escape.unescape(said) == NASTY


def test_what_the_form_has_no_column_for_stands_on_the_name(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(source)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "联系电话"])
        sheet.write_row(1, 0, ["张三", "13812345678"])
    marked(source, tmp_path / "back.xlsx")
    back = openpyxl.load_workbook(tmp_path / "back.xlsx").active
    assert back is not None
    assert back["A2"].comment
    lines = back["A2"].comment.text.split("\n")
    assert [line.partition(":")[0] for line in lines] == ["身份证号码", "参赛单位", "参赛项目"]


def test_splices_keep_every_other_byte() -> None:
    data = b"<a x='>'><b  y=\"1\" /><b>t</b></a>"
    first, second = elements(data, ("b",))
    assert (first.self_closing, second.self_closing) == (True, False)
    assert data[second.close : second.after] == b"</b>"
    assert spliced(data, [Splice(second.close, 0, b"!")]) == b"<a x='>'><b  y=\"1\" /><b>t!</b></a>"
    assert with_attribute(b'<b  y="1" />', "y", "2") == b'<b  y="2" />'
    assert with_attribute(b"<b/>", "y", 'a"<') == b'<b y="a&quot;&lt;"/>'
    assert text("a\x01_x0041_") == "a_x0001__x005F_x0041_"
    with pytest.raises(ValueError, match="document type"):
        elements(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', ("a",))
