"""F1: the keys of the program on one sheet."""

from PySide6.QtWidgets import QGridLayout

from competition_app.desktop.frame.asking import Asking
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Text
from competition_app.i18n import tr


def keys() -> list[tuple[str, str]]:
    """Keys and what they do, as look.md §12 has them."""
    return [
        ("Ctrl+1 … Ctrl+9", tr("pages in their order")),
        ("Ctrl+Tab", tr("the page before")),
        ("Ctrl+F", tr("find")),
        ("Ctrl+O", tr("import or open")),
        ("Ctrl+P", tr("print")),
        ("Ctrl+Enter", tr("the page's main deed")),
        ("Ctrl+Z", tr("undo what was done last, on any page")),
        ("Ctrl+Shift+Z", tr("do it again")),
        ("Ctrl+C", tr("copy rows for a spreadsheet")),
        ("F2, Enter", tr("change or open the chosen row")),
        (tr("Space@key"), tr("tick the chosen rows")),
        (tr("Menu key"), tr("order and columns of a table")),
        ("F6", tr("next region: navigation, filter, table, panel")),
        ("Esc", tr("close a panel or a dialog")),
    ]


def show_help(asking: Asking) -> None:
    """Show the keys."""
    sheet = asking.sheet(tr("Keys"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.space(5))
    grid.setVerticalSpacing(theme.space(2))
    for line, (key, deed) in enumerate(keys()):
        grid.addWidget(Text(key, "strong"), line, 0)
        grid.addWidget(Text(deed, "body", "inkSecondary"), line, 1)
        sheet.said.append(f"{key} {deed}")
    grid.setColumnStretch(1, 1)
    sheet.content.addLayout(grid)
    sheet.answer(None, tr("Got it"), focus=True)
    asking.lay(sheet, "help")
