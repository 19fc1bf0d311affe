"""Codes are read back from what is drawn."""

import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from competition_app.documents.paper import qr

Modules = set[tuple[int, int]]


def filled(code: qr.QrCode) -> Modules:
    """The modules (column, row) that the path fills; none is filled twice."""
    found: list[tuple[int, int]] = []
    for rectangle in code.path.removesuffix("f").splitlines():
        x, y, width, height, operator = rectangle.split()
        assert (height, operator) == ("1", "re")
        found += [(int(x) + i, -int(y) - 1) for i in range(int(width))]
    assert len(found) == len(set(found))
    return set(found)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1, max_size=55))
def test_any_text_is_read_back(text: str) -> None:
    code = qr.code(text)
    image = Image.new("L", (code.size + 8, code.size + 8), 255)
    for x, y in filled(code):
        image.putpixel((x + 4, y + 4), 0)
    read = zxingcpp.read_barcodes(image.resize((image.width * 6, image.height * 6), Image.Resampling.NEAREST))
    assert [one.bytes.decode() for one in read] == [text]


def test_the_path_fills_the_dark_modules_and_nothing_else() -> None:
    text = "荣誉证书 陆明远 一等奖 验真 SZ2025-UAV-1-0001"
    made = segno.make_qr(text, error="m", encoding="utf-8", mask=0, boost_error=False)
    dark = {(x, y) for y, row in enumerate(made.matrix) for x, module in enumerate(row) if module}
    assert filled(qr.code(text)) == dark
    assert qr.module("荣誉证书", 22) > qr.LEAST_MODULE
