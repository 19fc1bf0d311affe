"""The only source of colours, sizes and fonts: the tokens of resources/themes, light and dark."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from competition_app import paths
from competition_app.desktop.look.style_sheet import style_sheet

CHOICES = ("system", "light", "dark")
STATUS_ROLES = ("done", "run", "wait", "bad", "seal", "idle")


@cache
def tokens() -> dict[str, Any]:
    """The design tokens, with the further measures of the pictures beside them."""
    folder = paths.resources() / "themes"
    found: dict[str, Any] = json.loads((folder / "tokens.json").read_text(encoding="utf-8"))
    measures = json.loads((folder / "measures.json").read_text(encoding="utf-8"))
    return {**found, "measure": measures["measure"], "column": measures["column"]}


@cache
def px(path: str) -> int:
    """A size in logical pixels by its path, e.g. ``px("height.button")``, ``px("column.name")``."""
    value: Any = tokens()
    for key in path.split("."):
        value = value[key]
    return int(value)


@cache
def number(path: str) -> float:
    """A size that need not be whole, e.g. ``number("stroke.chart")``."""
    value: Any = tokens()
    for key in path.split("."):
        value = value[key]
    return float(value)


def space(step: int) -> int:
    """The distance of this step of the grid: 1 → 4, 2 → 8, 3 → 12, 4 → 16, 5 → 24, 6 → 32, 7 → 40; 0 → 0."""
    return px(f"space.{step}") if step else 0


class Theme:
    """The colours of ``light`` or ``dark`` by role: ``accent``, ``status.done.ink``, ``scrim`` …"""

    def __init__(self, name: str) -> None:
        self.name = name
        self.colors: dict[str, QColor] = {}
        self._flatten("", tokens()["color"][name])

    def _flatten(self, prefix: str, values: dict[str, Any]) -> None:
        for key, value in values.items():
            if isinstance(value, str):
                self.colors[prefix + key] = QColor(value)
            elif "alpha" in value:
                veil = QColor(value["color"])
                veil.setAlphaF(value["alpha"])
                self.colors[prefix + key] = veil
            else:
                self._flatten(f"{prefix}{key}.", value)


class _InUse:
    """The theme on the screen: one a process, as the application's palette is."""

    theme: Theme | None = None
    choice: str = "system"
    followed: bool = False


def in_use() -> Theme:
    """The theme on the screen (light until ``apply`` was called)."""
    if _InUse.theme is None:
        _InUse.theme = _theme("light")
    return _InUse.theme


def color(role: str) -> QColor:
    """The colour of a role in the theme on the screen; read it while painting, never keep it."""
    return in_use().colors[role]


@contextmanager
def on_paper() -> Iterator[None]:
    """While a picture for paper is drawn, colours are those of the light theme."""
    before = _InUse.theme
    _InUse.theme = _theme("light")
    try:
        yield
    finally:
        _InUse.theme = before


@cache
def _theme(name: str) -> Theme:
    return Theme(name)


@cache
def families() -> tuple[str, ...]:
    """The font families of the interface: the system's own on Windows and macOS, else the shipped one."""
    wanted = list(tokens()["font"]["ui"])
    if sys.platform in ("win32", "darwin"):
        there = [name for name in wanted if QFontDatabase.hasFamily(name)]
        if there:
            return tuple(there)
    for file in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"):
        path = paths.resources() / "fonts" / file
        if path.is_file():
            QFontDatabase.addApplicationFont(str(path))
    return (wanted[-1],)


@cache
def font(kind: str = "body") -> QFont:
    """The font of a type style of the tokens: caption, body, strong, section, title, figure …"""
    style = tokens()["type"][kind]
    made = QFont()
    made.setFamilies(list(families()))
    made.setPixelSize(style["px"])
    made.setWeight(QFont.Weight(style["weight"]))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def line_height(kind: str = "body") -> int:
    """The height of one line of a type style."""
    return px(f"type.{kind}.line")


def apply(app: QApplication, choice: str = "system") -> None:
    """Put the theme on the application: ``system`` follows the desktop; open windows change at once."""
    _InUse.choice = choice
    if not _InUse.followed:
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: _dress(app))
        _InUse.followed = True
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(choice, Qt.ColorScheme.Unknown)
    app.styleHints().setColorScheme(scheme)
    _dress(app)


def _dress(app: QApplication) -> None:
    """Set palette, font and sheet of the theme that is due now."""
    name = _InUse.choice
    if name == "system":
        name = "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"
    if _InUse.theme is _theme(name) and app.styleSheet():
        return
    _InUse.theme = _theme(name)
    app.setFont(font("body"))
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet(in_use().colors, tokens()))


def _palette() -> QPalette:
    """Every role of the palette, so that nothing keeps the style's own colours."""
    role = QPalette.ColorRole
    made = QPalette()
    pairs = {
        role.Window: "canvas", role.WindowText: "ink", role.Base: "field", role.AlternateBase: "sunken",
        role.Text: "ink", role.Button: "surface", role.ButtonText: "ink", role.BrightText: "onAccent",
        role.ToolTipBase: "raised", role.ToolTipText: "ink", role.PlaceholderText: "inkTertiary",
        role.Highlight: "textSelection", role.HighlightedText: "onTextSelection", role.Link: "status.run.ink",
        role.LinkVisited: "status.run.ink", role.Light: "raised", role.Midlight: "hover",
        role.Mid: "lineStrong", role.Dark: "lineStrong", role.Shadow: "line", role.Accent: "accent",
    }  # fmt: skip
    for target, source in pairs.items():
        made.setColor(target, color(source))
    for target in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, target, color("inkDisabled"))
    return made
