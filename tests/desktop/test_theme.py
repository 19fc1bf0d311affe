"""The theme: contrast, one source of colours, sizes and fonts, icons used and shipped."""

import ast
import json
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from competition_app.desktop.look import icons, theme

ROOT = Path(__file__).resolve().parents[2]
DESKTOP = sorted((ROOT / "competition_app" / "desktop").rglob("*.py"))
THEME_FILES = {"theme.py", "style_sheet.py"}
GROUNDS = ("canvas", "nav", "surface", "sunken", "raised", "well", "field")
SIZED = {
    "setMaximumHeight", "setFixedHeight", "setFixedWidth", "setFixedSize", "setMinimumWidth", "addSpacing",
    "setMaximumWidth", "setContentsMargins", "setColumnWidth", "resize", "setMinimumHeight", "setSpacing",
    "setPixelSize", "setPointSize", "setPointSizeF", "setHorizontalSpacing", "setVerticalSpacing",
    "setIconSize",
}  # fmt: skip


def luminance(color: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(params=["light", "dark"])
def colors(request) -> dict[str, QColor]:
    return theme.Theme(request.param).colors


@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read_on_every_ground(colors: dict[str, QColor], ground: str) -> None:
    for ink in ("ink", "inkSecondary", "inkTertiary"):
        assert contrast(colors[ink], colors[ground]) >= 4.5, (ink, ground)


def test_text_can_be_read_on_a_selected_row(colors: dict[str, QColor]) -> None:
    for ink in ("ink", "inkSecondary", "accentInk"):
        assert contrast(colors[ink], colors["rowSelected"]) >= 4.5, ink


@pytest.mark.parametrize("role", theme.STATUS_ROLES)
def test_a_status_can_be_read_and_seen(colors: dict[str, QColor], role: str) -> None:
    assert contrast(colors[f"status.{role}.ink"], colors[f"status.{role}.tint"]) >= 4.5
    assert contrast(colors[f"status.{role}.ink"], colors["surface"]) >= 4.5
    assert contrast(colors[f"status.{role}.solid"], colors["surface"]) >= 3


def test_filled_red_and_selection_can_be_read(colors: dict[str, QColor]) -> None:
    for fill in ("accent", "accentHover", "accentPressed"):
        assert contrast(colors["onAccent"], colors[fill]) >= 4.5, fill
    assert contrast(colors["onTextSelection"], colors["textSelection"]) >= 4.5
    assert contrast(colors["accentInk"], colors["surface"]) >= 4.5


def test_ring_and_field_border_can_be_seen(colors: dict[str, QColor]) -> None:
    for line in ("focus", "fieldBorder", "rowSelectedEdge"):
        assert contrast(colors[line], colors["surface"]) >= 3, line


def test_both_themes_have_the_same_roles() -> None:
    assert theme.Theme("light").colors.keys() == theme.Theme("dark").colors.keys()


def test_changing_the_theme_changes_colours_at_once(qapp: QApplication) -> None:
    before = theme.color("surface")
    theme.apply(qapp, "dark")
    assert theme.color("surface") != before
    assert qapp.palette().window().color() == theme.color("canvas")
    assert theme.color("ink").name() in qapp.styleSheet()


def test_sizes_come_from_the_tokens() -> None:
    tokens = json.loads((ROOT / "resources" / "themes" / "tokens.json").read_text(encoding="utf-8"))
    assert theme.px("height.button") == tokens["height"]["button"]
    assert [theme.space(step) for step in range(8)] == [0, 4, 8, 12, 16, 24, 32, 40]
    assert theme.font("title").pixelSize() == tokens["type"]["title"]["px"]


def test_measures_name_nothing_that_the_tokens_name() -> None:
    folder = ROOT / "resources" / "themes"
    tokens = json.loads((folder / "tokens.json").read_text(encoding="utf-8"))
    measures = json.loads((folder / "measures.json").read_text(encoding="utf-8"))
    assert not {"measure", "column"} & tokens.keys()
    assert all(isinstance(size, int) for part in ("measure", "column") for size in measures[part].values())


@pytest.mark.parametrize("file", [f for f in DESKTOP if f.name not in THEME_FILES], ids=lambda f: f.name)
def test_no_colour_size_or_font_outside_the_theme(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|\brgba?\(|\d+px", text)
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        sizes = [
            a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, int | float)
        ]
        if name in SIZED:
            assert all(abs(size) <= 2 for size in sizes), f"{file.name}:{node.lineno}: {name}{sizes}"
        if name in {"QColor", "QFont"}:
            assert not any(isinstance(a, ast.Constant) for a in node.args), (
                f"{file.name}:{node.lineno}: {name}"
            )


def used_icons() -> set[str]:
    """Every text constant of the desktop, or of the presets' cards, that is the name of an icon."""
    known = {file.stem for file in (ROOT / "resources" / "icons").glob("*.svg")}
    named = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
    found: set[str] = set()
    for file in (*DESKTOP, ROOT / "competition_app" / "services" / "competitions" / "presets.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and named.fullmatch(node.value):
                found.add(node.value)
    return found & known


def test_every_shipped_icon_is_used() -> None:
    shipped = {file.stem for file in (ROOT / "resources" / "icons").glob("*.svg")}
    assert shipped == used_icons()


def test_the_icons_licence_is_shipped() -> None:
    text = (ROOT / "resources" / "icons" / "LICENSE").read_text(encoding="utf-8")
    assert "ISC License" in text
    assert "Feather" in text


@pytest.mark.parametrize("file", sorted((ROOT / "resources" / "icons").glob("*.svg")), ids=lambda f: f.stem)
def test_every_icon_can_be_drawn_in_a_colour(file: Path, qapp: QApplication) -> None:
    image = icons.pixmap(file.stem, QColor(255, 0, 0), 16, 2.0).toImage()
    assert (image.width(), image.height()) == (32, 32)
    reds = [
        image.pixelColor(x, y) for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() > 200
    ]
    assert reds
    assert all(pixel.red() > 200 and pixel.green() < 60 for pixel in reds)
