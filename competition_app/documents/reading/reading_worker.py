"""The process in which outside workbooks are opened: it reads orders and answers with plain values.

It is started as a file of its own (``reading_process.py``) and imports only what reading needs, so that a
start costs little and nothing an outside file does can reach the program or its store.
"""

import contextlib
import csv
import io
import json
import struct
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MAX_FILE = 50 * 2**20
MAX_EXPANDED = 150 * 2**20
MAX_RATIO = 100
MAX_CELLS = 3_000_000
MAX_MEMORY = 512 * 2**20
HEAD = struct.Struct("<Q")
"""The length of an answer, before its JSON."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINS = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x05\x05\x00")
"""The records with which an .xls workbook's stream begins (Excel 97 and 95)."""

_OTHER_TYPES = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gzip"), (b"BM", "BMP"), (b"MZ", "EXE"),
    (b"PK\x05\x06", "ZIP"),
)  # fmt: skip
_WEB = (b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<body", b"<div", b"<style")


class Unreadable(Exception):  # noqa: N818 - an answer, not an error of the program
    """Why a file is not read: a short code and what it needs to be said."""

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(why)
        self.answer = {"refused": why, "values": values}


def read(path: str) -> dict[str, Any]:
    """All sheets of a workbook as plain values; the format is found by the content, never by the name."""
    data = _content(path)
    kind = _kind(data)
    if kind == "csv":
        return {"kind": kind, "sheets": [_csv_sheet(data)]}
    sheets = _sheets(data)
    if kind == "ods":
        _tell_merged(data, sheets)
    return {"kind": kind, "sheets": sheets}


def _tell_merged(data: bytes, sheets: list[dict[str, Any]]) -> None:
    from competition_app.documents.reading.open_document import (
        merged_cells,  # the program's folder is on the path
    )

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        merged = merged_cells(package.read("content.xml"))
    for sheet in sheets:
        sheet["merged"] = merged.get(sheet["name"], [])


def mark(order: dict[str, Any]) -> dict[str, Any]:
    """Writes a workbook again with cells marked (``documents/registration/marked_workbook.py``)."""
    from competition_app.documents.registration.marked_workbook import (
        mark_workbook,  # the program's folder is on the path
    )

    data = _content(order["mark"])
    if _kind(data) != "xlsx":
        raise Unreadable("damaged")
    with open(order["to"], "wb") as target:  # noqa: PTH123 - as above
        return {"marked": mark_workbook(io.BytesIO(data), target, order["marks"], order["author"])}


def _content(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib is not worth its start here
        data = file.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise Unreadable("too_large", limit=MAX_FILE // 2**20)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("empty")
    return data


def _kind(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    for begin, name in _OTHER_TYPES:
        if data.startswith(begin):
            raise Unreadable("wrong_type", found=name)
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_WEB):
        raise Unreadable("web_page")
    if start.startswith((b"<?xml", b"<workbook")):
        raise Unreadable("xml_table" if b"workbook" in data[:8192].lower() else "wrong_type", found="XML")
    return "csv"


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise Unreadable("damaged") from error
    expanded = sum(part.file_size for part in parts)
    if expanded > MAX_EXPANDED or expanded > MAX_RATIO * max(len(data), 2**16):
        raise Unreadable("expands", size=expanded // 2**20)
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("protected")
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
        return "xlsb" if "xl/workbook.bin" in names else "xlsx"
    if "content.xml" in names:
        return _open_document(data)
    found = next((kind for part, kind in (("word/", "Word"), ("ppt/", "PowerPoint"))
                  if any(name.startswith(part) for name in names)), "ZIP")  # fmt: skip
    raise Unreadable("wrong_type", found=found)


def _open_document(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        kind = package.read("mimetype") if "mimetype" in package.namelist() else b""
        manifest = (
            package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in package.namelist() else b""
        )
    if b"encryption-data" in manifest:
        raise Unreadable("protected")
    if b"spreadsheet" not in kind:
        raise Unreadable("wrong_type", found="OpenDocument")
    return "ods"


def _ole_kind(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("protected")
    if "Workbook".encode("utf-16-le") not in data and "Book".encode("utf-16-le") not in data:
        if any(begin in data for begin in _BEGINS):
            raise Unreadable("damaged")
        raise Unreadable("wrong_type", found="Word" if "WordDocument".encode("utf-16-le") in data else "OLE")
    if _has_password_record(data):
        raise Unreadable("protected")
    return "xls"


def _has_password_record(data: bytes) -> bool:
    """Whether the records that begin the workbook's stream hold FILEPASS ([MS-XLS] 2.4.117)."""
    for begin in _BEGINS:
        place = data.find(begin)
        for _ in range(12):
            if place < 0 or place + 4 > len(data):
                break
            record, size = struct.unpack_from("<HH", data, place)
            if record == 0x2F:
                return True
            place += 4 + size
    return False


def _sheets(data: bytes) -> list[dict[str, Any]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        kept, cells = [], 0
        for about in book.sheets_metadata:
            if "WorkSheet" not in str(about.typ):
                continue
            sheet = book.get_sheet_by_name(about.name)
            cells += sheet.total_height * sheet.total_width
            if cells > MAX_CELLS:
                raise Unreadable("too_many_cells", limit=MAX_CELLS)
            kept.append({
                "name": about.name,
                "visible": str(about.visible).endswith("Visible"),
                "rows": sheet.to_python(skip_empty_area=False),
                "merged": [[*a, *b] for a, b in sheet.merged_cell_ranges or ()],
            })  # fmt: skip
    except PasswordError as error:
        raise Unreadable("protected") from error
    except CalamineError as error:
        raise Unreadable("damaged") from error
    return kept


def _csv_sheet(data: bytes) -> dict[str, Any]:
    text = _decoded(data)
    csv.field_size_limit(2**20)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as error:
        raise Unreadable("damaged") from error
    if sum(map(len, rows)) > MAX_CELLS:
        raise Unreadable("too_many_cells", limit=MAX_CELLS)
    return {
        "name": "",
        "visible": True,
        "rows": [[_unwrapped(cell) for cell in row] for row in rows],
        "merged": [],
    }


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data[:4096]:
        low, high = data[:4096:2].count(0), data[1:4096:2].count(0)
        encodings = ("utf-16-le",) if high >= low else ("utf-16-be",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if sum(map(text.count, "\0\1\2\3\4\5\6")) * 20 > len(text):
                break
            return text
    raise Unreadable("wrong_type", found="?")


def _separator(text: str) -> str:
    """The separator that stands most often, outside quotes, in the first lines."""
    lines = text.splitlines()[:20]
    bare = ["".join(line.split('"')[::2]) for line in lines]
    return max(",\t;|", key=lambda mark: (sum(line.count(mark) > 0 for line in bare), sum(map(len, (
        line.split(mark) for line in bare)))))  # fmt: skip


def _unwrapped(cell: str) -> str:
    """``="0123"``, with which spreadsheets are told to keep a number as text, without its wrapping."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1].replace('""', '"')
    return cell


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, time):
        return {"$time": value.isoformat()}
    if isinstance(value, timedelta):
        return {"$seconds": value.total_seconds()}
    return str(value)


def _limited() -> None:
    """No more memory and processor time than a workbook needs (Linux, macOS)."""
    try:
        import resource
    except ImportError:  # Windows: the limits of size, cells and time hold there
        return
    for limit, amount in ((resource.RLIMIT_AS, MAX_MEMORY), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (amount, amount))


def _answer(order: dict[str, Any]) -> dict[str, Any]:
    try:
        return mark(order) if "mark" in order else read(order["read"])
    except Unreadable as error:
        return error.answer
    except MemoryError:
        return {"refused": "memory", "values": {}}
    except OSError as error:
        return {"refused": "not_open", "values": {"errno": error.errno}}
    except BaseException:  # noqa: BLE001 - a panic of a parser on a damaged file is an answer too
        return {"refused": "damaged", "values": {}}


def answer(order: bytes) -> bytes:
    """The answer to an order, both JSON."""
    told = json.dumps(_answer(json.loads(order)), ensure_ascii=False, default=_plain)
    return told.encode("utf-8", "surrogatepass")


def main(orders: BinaryIO, answers: BinaryIO) -> int:
    """Answer orders, one line each, until the input ends."""
    _limited()
    for line in iter(orders.readline, b""):
        body = answer(line)
        answers.write(HEAD.pack(len(body)) + body)
        answers.flush()
    return 0


def serve(pipe: "Connection") -> None:
    """Answer orders that come through a pipe until it is closed (a frozen program)."""
    _limited()
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(answer(pipe.recv_bytes()))


if __name__ == "__main__":
    sys.path.append(sys.argv[1])
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer))
