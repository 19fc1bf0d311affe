"""The shipped fonts are the published ones, unmodified, with their licences."""

import hashlib
import tomllib

import pytest

from competition_app import paths

FOLDER = paths.resources() / "fonts"
FONTS = tomllib.loads((FOLDER / "fonts.toml").read_text(encoding="utf-8"))["font"]


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font["role"])
def test_a_font_file_is_the_published_one_and_its_licence_lies_beside_it(font: dict[str, str]) -> None:
    assert hashlib.sha256((FOLDER / font["file"]).read_bytes()).hexdigest() == font["sha256"]
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / font["licence"]).read_text(encoding="utf-8")
    assert font["version"] in font["source"] or "@expo-google-fonts" in font["source"]


def test_every_font_file_is_listed() -> None:
    assert {f.name for f in FOLDER.glob("*.ttf")} == {font["file"] for font in FONTS}
    assert [font["role"] for font in FONTS] == ["K", "S4", "S7", "H4", "H7"]
