"""Characters are found in some font, reported where not, and come back out of the PDF."""

from io import BytesIO

import pytest
from pdf_boxes import text

from competition_app.documents.paper import fonts
from competition_app.documents.paper.paper import Paper, SetText
from competition_app.documents.paper.typesetting import line

RARE = "𬱖𬭚𫟹𬍛䶮骁荪钧𬸚𬳵𬘭𬴃"


def drawn(role: str, characters: str) -> bytes:
    file = BytesIO()
    paper = Paper(file, 210, 297, "字")
    for row in range(0, len(characters), 30):
        paper.text(SetText(line(role, 8, characters[row : row + 30]), 10, 10 + (row // 30 % 90) * 3))
        if row // 30 % 90 == 89:
            paper.showPage()
    paper.save()
    return file.getvalue()


@pytest.mark.parametrize("role", ["K", "S4", "S7", "H4", "H7", "KB"])
def test_rare_characters_of_names_print_and_copy(role: str) -> None:
    assert text(drawn(role, RARE)).strip() == RARE
    assert fonts.missing(role, RARE) == ()


def test_every_ideograph_above_u_ffff_comes_back() -> None:
    have = fonts.font("K").face.charToGlyph
    rare = "".join(chr(point) for point in sorted(have) if 0x20000 <= point < 0x2F800)
    assert len(rare) >= 196  # of the standard's 8,105 alone
    pdf = drawn("K", rare)
    assert "".join(text(pdf).split()) == rare


def test_every_other_ideograph_comes_back() -> None:
    have = fonts.font("K").face.charToGlyph
    common = "".join(chr(point) for point in sorted(have) if 0x3400 <= point < 0xA000)
    assert len(common) > 20_000
    pdf = drawn("K", common)
    read = "".join("".join(text(pdf, page).split()) for page in range(-(-len(common) // 2700)))
    assert read == common


def test_a_character_of_another_font_is_taken_from_there() -> None:
    only_song = next(
        chr(point)
        for point in sorted(fonts.font("S4").face.charToGlyph)
        if 0x3400 <= point < 0xA000 and point not in fonts.font("K").face.charToGlyph
    )
    assert [face for face, _ in fonts.runs("K", f"张{only_song}")] == ["K", "S4"]
    assert fonts.face_of("KB", only_song) == "S7"
    assert text(drawn("K", f"张{only_song}")).strip() == f"张{only_song}"


def test_a_character_no_font_has_is_named() -> None:
    (problem,) = fonts.missing_problems("K", "张\ue123", ["张\ue123", "\ue123"])
    assert problem.code == "missing_glyph"
    assert str(problem.said) == (
        "No font has the character “\ue123” (U+E123) in “张\ue123”. Write another form of it."
    )


def test_control_characters_are_reported_and_show_nothing() -> None:
    assert fonts.missing("K", "张\x07三\u200b") == ("\x07",)
    assert fonts.shown("张\x07三\u200b\ud800\n李\ufe00") == "张三 李"


def test_every_font_in_the_file_is_embedded_and_an_own_one() -> None:
    pdf = drawn("K", "张三𬱖")
    assert b"Helvetica" not in pdf
    assert pdf.count(b"/FontFile2") == pdf.count(b"/Type /FontDescriptor") > 0
