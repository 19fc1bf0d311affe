"""操作日志 as a workbook: one operation a row, made for filtering and for printing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from competition_app.documents.saving import save
from competition_app.documents.sheet_names import LONGEST
from competition_app.i18n import Words

_FONT = "宋体"
_WIDTHS = (8, 20, 14, 10, 16, 22, 34, 48, 10, 66)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One operation as written: number, local time, who, role, device, deed, about, change, digest."""

    seq: int
    at: str
    actor: str
    role: str
    device: str
    done: str
    subject: str
    change: str
    program: str
    digest: str


def write_history_book(
    title: str,
    lines: Iterable[HistoryLine],
    target: Path,
    words: Words,
    on_row: Callable[[int], None] = lambda _row: None,
) -> int:
    """Write the workbook and return how many operations stand in it; ``on_row`` hears each row's number.

    Strings stay strings: nothing becomes a formula. Raises Refusal where the file cannot be saved.
    """
    written = 0

    def draw(file: BinaryIO) -> None:
        nonlocal written
        written = _draw(file, title, lines, words, on_row)

    save(target, draw)
    return written


def _draw(
    file: BinaryIO, title: str, lines: Iterable[HistoryLine], words: Words, on_row: Callable[[int], None]
) -> int:
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": title, "author": "competition-app"})
    sheet = book.add_worksheet(words("History@page"))
    _dress(book, sheet, _heads(words), title, words)
    plain = book.add_format({"font_name": _FONT, "valign": "top", "text_wrap": True})
    row = 0
    for row, line in enumerate(lines, 1):
        on_row(row)
        sheet.write_number(row, 0, line.seq, plain)
        rest = (line.at, line.actor, line.role, line.device, line.done, line.subject, line.change,
                line.program, line.digest)  # fmt: skip
        for column, text in enumerate(rest, 1):
            sheet.write_string(row, column, text[:LONGEST], plain)
    sheet.autofilter(0, 0, max(row, 1), len(_WIDTHS) - 1)
    book.close()
    return row


def _heads(words: Words) -> tuple[str, ...]:
    return (
        words("No.@of an operation"), words("Time"), words("Name"), words("Role"), words("Device"),
        words("Deed"), words("About"), words("Old and new"), words("Program"), words("Fingerprint"),
    )  # fmt: skip


def _dress(book: Any, sheet: Any, heads: Sequence[str], title: str, words: Words) -> None:
    look = book.add_format({"font_name": _FONT, "bold": True, "bg_color": "#F4F3EF", "bottom": 1})
    for column, (head, width) in enumerate(zip(heads, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, look)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    page = words("Page {page} of {n}", page="&P", n="&N")
    sheet.set_footer(f"&L&9{title.replace('&', '&&')[:180]}&R&9{page}")
