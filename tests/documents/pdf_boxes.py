"""Reads back a drawn PDF: characters with their boxes in mm from the top left, and its lines."""

from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

MM = 25.4 / 72


@dataclass(frozen=True)
class Char:
    text: str
    left: float
    top: float
    right: float
    bottom: float
    x: float
    baseline: float
    size: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def chars(pdf: bytes, page: int = 0) -> list[Char]:
    document = pypdfium2.PdfDocument(pdf)
    opened = document[page]
    height = opened.get_height()
    text = opened.get_textpage()
    found = []
    for i in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text.raw, i):
            continue
        left, bottom, right, top = text.get_charbox(i)
        x, y = origin(text, i)
        found.append(
            Char(
                chr(pdfium.FPDFText_GetUnicode(text.raw, i)),
                left * MM,
                (height - top) * MM,
                right * MM,
                (height - bottom) * MM,
                x * MM,
                (height - y) * MM,
                pdfium.FPDFText_GetFontSize(text.raw, i),
            )
        )
    return found


def origin(text: Any, index: int) -> tuple[float, float]:
    import ctypes

    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text.raw, index, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value


def lines(pdf: bytes, page: int = 0) -> list[list[Char]]:
    """Characters by baseline from the top, each from left to right."""
    rows: dict[float, list[Char]] = {}
    for char in chars(pdf, page):
        rows.setdefault(round(char.baseline, 1), []).append(char)
    return [sorted(row, key=lambda c: c.x) for _, row in sorted(rows.items())]


def text(pdf: bytes, page: int = 0) -> str:
    return pypdfium2.PdfDocument(pdf)[page].get_textpage().get_text_range().replace("\r\n", "\n")


def picture(pdf: bytes, page: int = 0, dpi: int = 200) -> Any:
    return pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72, grayscale=True).to_pil()
