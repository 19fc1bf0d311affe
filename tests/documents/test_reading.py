"""Outside files are opened in a worker with limits: each wrong one is refused in one sentence."""

import io
import os
import signal
import struct
import sys
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from competition_app.documents.reading import reading_process
from competition_app.documents.reading.reading import Reader, read_workbook
from competition_app.documents.reading.reading_process import Spawned, Started
from competition_app.domain.errors import Refusal

FORMS = Path(__file__).parents[1] / "files" / "forms"


def refused(path: Path) -> str:
    with pytest.raises(Refusal) as caught:
        read_workbook(path)
    assert path.name in str(caught.value)
    return str(caught.value)


def package(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return path


@pytest.mark.parametrize("name", ["titled.xlsx", "fullwidth.xls", "gbk.csv"])
def test_the_format_is_found_by_content_not_by_name(name: str, tmp_path: Path) -> None:
    renamed = tmp_path / "form.dat"
    renamed.write_bytes((FORMS / name).read_bytes())
    assert read_workbook(renamed).kind == name.rpartition(".")[2]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\r\n \n", "is empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "(PDF)"),
        (b"\x89PNG\r\n\x1a\n", "(PNG)"),
        (b"<html><body><table><tr><td>1</td></tr></table>", "web page"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "web page"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', "XML table"),
        (b'<?xml version="1.0"?><svg/>', "(XML)"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "(OLE)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (bytes(range(256)) * 40, "(?)"),
    ],
)  # fmt: skip
def test_wrong_files(data: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "报名表.xlsx"
    path.write_bytes(data)
    assert says in refused(path)


def test_a_word_document_named_as_a_workbook(tmp_path: Path) -> None:
    assert "(Word)" in refused(package(tmp_path / "a.xlsx", {"word/document.xml": b"<a/>"}))


def test_halves_of_workbooks(tmp_path: Path) -> None:
    for name in ("titled.xlsx", "fullwidth.xls"):
        data = (FORMS / name).read_bytes()
        path = tmp_path / name
        path.write_bytes(data[: len(data) // 2])
        assert "damaged" in refused(path)


def test_a_broken_sheet_inside_a_sound_package(tmp_path: Path) -> None:
    parts = {}
    with zipfile.ZipFile(FORMS / "titled.xlsx") as source:
        for name in source.namelist():
            parts[name] = source.read(name)
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:700]
    assert "damaged" in refused(package(tmp_path / "a.xlsx", parts))


def test_a_workbook_with_a_password_record(tmp_path: Path) -> None:
    data = bytearray((FORMS / "fullwidth.xls").read_bytes())
    place = data.find(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 4 + 16
    struct.pack_into("<H", data, place, 0x2F)
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    assert "password" in refused(path)


def test_a_file_that_unpacks_to_200_mb(tmp_path: Path) -> None:
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row>' % os.urandom(40).hex().encode()
    bomb = package(
        tmp_path / "a.xlsx", {"xl/workbook.xml": b"<a/>", "xl/worksheets/s.xml": row * (2_000_000)}
    )
    assert zipfile.ZipFile(bomb).infolist()[1].file_size > 200 * 2**20
    began = time.perf_counter()
    assert "unpacks to" in refused(bomb)
    assert time.perf_counter() - began < 5


def test_a_small_file_that_expands_a_thousand_times(tmp_path: Path) -> None:
    bomb = package(
        tmp_path / "a.xlsx", {"xl/workbook.xml": b"<a/>", "xl/worksheets/s.xml": bytes(60 * 2**20)}
    )
    assert "unpacks to" in refused(bomb)


def test_a_file_larger_than_50_mb(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as made:
        made.truncate(51 * 2**20)
    assert "larger than 50 MB" in refused(path)


def test_a_cell_far_away_does_not_take_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "姓名")
        sheet.write(1_048_575, 16_383, "x")
    assert "memory" in refused(path) or "cells" in refused(path)


@pytest.mark.skipif(sys.platform == "win32", reason="resource limits are POSIX")
def test_the_worker_has_a_limit_of_memory() -> None:
    with Reader() as reader:
        reader.read(FORMS / "gbk.csv")
        limits = Path(f"/proc/{pid(reader)}/limits")
        if limits.exists():
            line = next(
                line for line in limits.read_text().splitlines() if line.startswith("Max address space")
            )
            assert str(512 * 2**20) in line


def pid(reader: Reader) -> int:
    assert isinstance(reader._worker, Started)
    return reader._worker.pid


def test_a_file_that_takes_too_long_is_stopped_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    commands = iter([asleep, reading_process.command()])
    monkeypatch.setattr(reading_process, "command", lambda: next(commands))
    with Reader(seconds=0.5) as reader:
        began = time.perf_counter()
        with pytest.raises(Refusal, match="30 seconds"):
            reader.read(FORMS / "titled.xlsx")
        assert time.perf_counter() - began < 5
        reader._seconds = 30
        assert reader.read(FORMS / "titled.xlsx").kind == "xlsx"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_file_that_kills_the_worker_is_refused_and_the_next_is_read() -> None:
    with Reader() as reader:
        os.kill(pid(reader), signal.SIGKILL)
        with pytest.raises(Refusal, match="memory"):
            reader.read(FORMS / "titled.xlsx")
        assert reader.read(FORMS / "titled.xlsx").sheets[0].name == "报名汇总表"


def test_a_frozen_program_spawns_its_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = read_workbook(FORMS / "titled.xlsx")
    monkeypatch.setattr(reading_process, "start", Spawned)
    with Reader(seconds=60) as reader:
        assert reader.read(FORMS / "titled.xlsx") == plain
        assert reader._worker
        reader._worker.kill()
        with pytest.raises(Refusal, match="memory"):
            reader.read(FORMS / "titled.xlsx")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be opened" in refused(tmp_path / "没有.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_tables_as_text(encoding: str, separator: str, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    lines = [
        ["姓名", "身份证号", "备注"],
        ["刘𫟹", '="219900197906176888"', '"a, b; c"'],
        [],
        ["张三", "1", "x"],
    ]
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    sheet = read_workbook(path).sheets[0]
    assert sheet.rows == [lines[0], ["刘𫟹", "219900197906176888", "a, b; c"], [], lines[3]]
    assert sheet.name == "表"


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="表"><table:table-row>CELLS</table:table-row>
<table:table-row><table:table-cell table:number-rows-spanned="2" office:value-type="string">
<text:p>甲厂</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>张三</text:p></table:table-cell>
</table:table-row><table:table-row><table:covered-table-cell/>
<table:table-cell office:value-type="string">
<text:p>李四</text:p></table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"""


MANIFEST = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    b'<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.'
    b'opendocument.spreadsheet"/>%s'
    b"</manifest:manifest>"
)


def open_document(path: Path, manifest: bytes = MANIFEST % b"") -> Path:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    content = ODS.replace("CELLS", cell.format("单位") + cell.format("姓名"))
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": manifest}
    return package(path, {**parts, "content.xml": content.replace("\n", "").encode()})


def test_merged_cells_of_an_open_document(tmp_path: Path) -> None:
    book = read_workbook(open_document(tmp_path / "a.ods"))
    assert book.kind == "ods"
    assert [row[0] for row in book.sheets[0].rows] == ["单位", "甲厂", ""]
    assert book.sheets[0].merged == ((1, 0, 2, 0),)


def test_an_open_document_with_a_password(tmp_path: Path) -> None:
    assert "password" in refused(open_document(tmp_path / "a.ods", MANIFEST % b"<manifest:encryption-data/>"))


NASTY = "<b>&amp;</b>R&D =cmd|' /C calc'!A0 <img src=\"file:///etc/passwd\"> \x01\x1f\u202e\ue863𫟹"


def test_a_nasty_text_comes_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet().write_string(0, 0, NASTY)
    path.write_bytes(made.getvalue())
    assert read_workbook(path).sheets[0].rows == [[NASTY]]


def test_dates_and_numbers_keep_their_kind(tmp_path: Path) -> None:
    from datetime import date, datetime

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_datetime(0, 0, datetime(1990, 1, 2), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001
        sheet.write_number(0, 1, 18829455496)
        sheet.write_boolean(0, 2, True)
    found = read_workbook(path).sheets[0].rows[0]
    assert found[1:] == [18829455496.0, True]
    assert isinstance(found[0], date)
    assert str(found[0])[:10] == "1990-01-02"
