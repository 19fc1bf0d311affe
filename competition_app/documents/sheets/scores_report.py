"""The report on a workbook of scores: what became of every row and why, to send back."""

import io
from collections.abc import Sequence
from pathlib import Path

from competition_app.documents.saving import save

_WIDTHS = (8, 14, 22, 12, 12, 70)


def write_scores_report(
    target: Path, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], bad: Sequence[bool]
) -> None:
    """Saves the rows under their heads as text; rows that are ``bad`` are tinted."""
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet()
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        tinted = book.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#FDEBE2"}
        )
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F1F0ED"})
        sheet.write_string(0, 0, title)
        for place, (word, width) in enumerate(zip(heads, _WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(1, place, word, head)
        for at, (cells, wrong) in enumerate(zip(rows, bad, strict=True), 2):
            for place, cell in enumerate(cells):
                sheet.write_string(at, place, cell, tinted if wrong else text)
        sheet.freeze_panes(2, 0)
        sheet.autofilter(1, 0, len(rows) + 1, len(heads) - 1)
    data = made.getvalue()
    save(target, lambda file: file.write(data))
