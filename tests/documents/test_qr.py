"""The codes are the library's codes, and are read back from their drawing."""

import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from competition_app.documents import qr


def library(text: str) -> str:
    made = segno.make_qr(text, error="m", encoding="utf-8", mask=0, boost_error=False, mode="byte")
    return "".join("".join(map(str, row)) + " " for row in made.matrix)


@pytest.mark.parametrize("length", [14, 26, 42, 62, 84, 106, 122, 152, 180, 181, 400])
def test_a_full_code_of_every_size_equals_the_library(length: int) -> None:
    # full ones only: where room is left the library fills it with one word more than the standard
    text = "证" * ((length - 3) // 3)
    text += "x" * (length - len(text.encode()))
    assert qr.code(text).modules == library(text)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1, max_size=55))
def test_any_text_is_read_back(text: str) -> None:
    rows = qr.code(text).modules.split()
    image = Image.new("L", (len(rows) + 8, len(rows) + 8), 255)
    for y, row in enumerate(rows):
        for x, module in enumerate(row):
            image.putpixel((x + 4, y + 4), 0 if module == "1" else 255)
    read = zxingcpp.read_barcodes(image.resize((image.width * 6, image.height * 6), Image.Resampling.NEAREST))
    assert [one.bytes.decode() for one in read] == [text]


def test_the_path_fills_the_dark_modules_and_nothing_else() -> None:
    code = qr.code("荣誉证书 陆明远 一等奖 验真 SZ2025-UAV-1-0001")
    filled = set()
    for rectangle in code.path.removesuffix("f").splitlines():
        x, y, width, height, operator = rectangle.split()
        assert (height, operator) == ("1", "re")
        filled |= {(int(x) + i, -int(y) - 1) for i in range(int(width))}
    rows = code.modules.split()
    assert filled == {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module == "1"}
    assert qr.module("荣誉证书", 22) > qr.LEAST_MODULE
