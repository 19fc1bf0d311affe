"""The application's one style sheet, built from the tokens: fields, lists, menus, tips and scroll bars."""

from collections.abc import Mapping
from string import Template
from typing import Any

from PySide6.QtGui import QColor

INK_ROLES = ("ink", "inkSecondary", "inkTertiary", "inkDisabled", "accentInk", "onAccent")
STATUS_ROLES = ("done", "run", "wait", "bad", "seal", "idle")

# Order matters: of equal selectors the later wins, so every :focus stands after the variants it must beat.
SHEET = Template("""
QLabel { background: transparent; }
QToolTip { color: $ink; background-color: $raised; border: 1px solid $lineStrong; padding: 4px 8px; }
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox {
  color: $ink; background-color: $field; border: 1px solid $fieldBorder; border-radius: ${radius}px;
  padding: 0 8px; selection-background-color: $textSelection; selection-color: $onTextSelection; }
QLineEdit, QAbstractSpinBox { min-height: ${fieldInner}px; max-height: ${fieldInner}px; }
QPlainTextEdit, QTextEdit { padding: 4px 4px; }
QLineEdit[search="true"] { padding-left: ${searchX}px; }
QLineEdit[cell="true"] { background: transparent; border: 1px solid transparent; border-radius: 0; }
QLineEdit:disabled, QPlainTextEdit:disabled,
QAbstractSpinBox:disabled { color: $inkDisabled; border-color: $line; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QAbstractSpinBox[wrong="true"] {
  background-color: $badTint; border: 1px solid $badInk; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus {
  border: 2px solid $focus; padding: 0 7px; }
QLineEdit:focus, QAbstractSpinBox:focus { min-height: ${fieldFocus}px; max-height: ${fieldFocus}px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px 3px; }
QLineEdit[search="true"]:focus { padding-left: ${searchFocusX}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QAbstractItemView { color: $ink; background-color: $surface; border: none; outline: 0;
  selection-background-color: $rowSelected; selection-color: $ink; }
QComboBox QAbstractItemView { background-color: $raised; border: 1px solid $lineStrong; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; border-radius: 4px; color: $ink; }
QComboBox QAbstractItemView::item:hover { background-color: $hover; }
QComboBox QAbstractItemView::item:selected { background-color: $rowSelected; }
QMenu { color: $ink; background-color: $raised; border: 1px solid $lineStrong; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; background: transparent; }
QMenu::item:selected { background-color: $rowSelected; color: $ink; }
QMenu::item:disabled { color: $inkTertiary; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QScrollArea, QScrollArea > QWidget > QWidget[clear="true"] { background: transparent; border: none; }
QTreeView:focus, QScrollArea:focus { border: 2px solid $focus; }
QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 2px 1px; border: none; }
QScrollBar:horizontal { background: transparent; height: ${bar}px; margin: 1px 2px; border: none; }
QScrollBar::handle { background: $track; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $handle; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QSplitter::handle { background: $line; }
""")


def style_sheet(colors: Mapping[str, QColor], tokens: Mapping[str, Any]) -> str:
    """The sheet for one theme's colours; the tokens give radii and heights."""
    names = {role: _css(value) for role, value in colors.items() if "." not in role}
    field = tokens["height"]["field"]
    search = tokens["measure"]["searchTextX"]
    sheet = SHEET.substitute(
        names,
        radius=tokens["radius"]["field"],
        fieldInner=field - 2,
        fieldFocus=field - 4,
        searchX=search,
        searchFocusX=search - 1,
        bar=tokens["measure"]["scrollBar"],
        badTint=_css(colors["status.bad.tint"]),
        badInk=_css(colors["status.bad.ink"]),
        track=_css(colors["chart.track"]),
        handle=_css(colors["chart.bar"]),
    )
    inks = {role: colors[role] for role in INK_ROLES}
    inks |= {role: colors[f"status.{role}.ink"] for role in STATUS_ROLES}
    return sheet + "".join(f'QLabel[role="{role}"] {{ color: {_css(ink)}; }}\n' for role, ink in inks.items())


def _css(color: QColor) -> str:
    return color.name(QColor.NameFormat.HexRgb)
