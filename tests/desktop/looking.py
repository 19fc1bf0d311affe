"""Looking at a page as a careful person does: text that is cut, cells without a tip, nameless stops."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from competition_app.desktop.parts.controls import Button, Selector
from competition_app.desktop.tables.table_view import TableView

LOOKS = [("zh", (1280, 640)), ("en", (1366, 768)), ("zh", (1920, 1080))]
"""Languages and sizes a page's own test looks at; test_looks pairs the rest with scales, themes and data."""


def cut_texts(page: QWidget) -> list[str]:
    """Visible labels and buttons whose text is wider or higher than their box."""
    shown = [widget for widget in page.findChildren(QWidget) if widget.isVisible()]
    return [widget.property("text") for widget in shown if button_is_cut(widget) or label_is_cut(widget)]


def button_is_cut(widget: QWidget) -> bool:
    return isinstance(widget, Button) and widget.width() < widget.minimumSizeHint().width()


def label_is_cut(label: QWidget) -> bool:
    if not isinstance(label, QLabel) or not label.text():
        return False
    if label.textFormat() == Qt.TextFormat.RichText:
        return label.heightForWidth(label.width()) > label.height()
    metrics = QFontMetrics(label.font())
    if not label.wordWrap():
        return metrics.horizontalAdvance(label.text()) > label.contentsRect().width() + 1
    box = metrics.boundingRect(label.contentsRect(), int(Qt.TextFlag.TextWordWrap), label.text())
    return box.height() > label.height() + metrics.descent()


def cells_without_tip(page: QWidget) -> list[str]:
    """Cells of tables that are cut and yet tell nothing more."""
    found = []
    for table in page.findChildren(TableView):
        for row in range(min(50, len(table.rows_model.rows))):
            for section, column in enumerate(table.columns()):
                if table.isColumnHidden(section) or column.paint or column.ticks:
                    continue
                text = table.rows_model.cell_text(table.rows_model.rows[row], column)
                room = table.columnWidth(section) - 16
                if QFontMetrics(table.font()).horizontalAdvance(text) > room + 24 and not table.tip_of(
                    row, section
                ):
                    found.append(text)
    return found


def nameless(page: QWidget) -> list[QWidget]:
    """Stops of the keyboard that a screen reader could not name."""
    kinds = (QAbstractButton, Selector, TableView)
    stops = [w for w in page.findChildren(QWidget) if w.isVisible() and isinstance(w, kinds)]
    return [w for w in stops if w.focusPolicy() & Qt.FocusPolicy.TabFocus and not named(w)]


def named(widget: QWidget) -> bool:
    said = widget.accessibleName() or widget.toolTip()
    return bool(said or (isinstance(widget, QAbstractButton) and widget.text()))
