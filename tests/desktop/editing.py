"""What a person does in the editor of rules: type, choose, press, add from the menu, drop a line."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from competition_app.desktop.events.events_page import EventsPage
from competition_app.desktop.events.forms.plan_fields import Bound, Tile
from competition_app.desktop.parts.controls import Button, Selector, Tick


def field(page: EventsPage, label: str) -> Bound:
    return next(one for one in page.form.findChildren(Bound) if one.label.text() == label)


def type_into(qtbot, widget: QWidget, text: str) -> None:
    widget.setFocus()
    if isinstance(widget, QLineEdit):
        widget.selectAll()
    qtbot.keyClicks(widget, text)


def write(page: EventsPage, qtbot, label: str, text: str) -> None:
    """Type into a field of the form that is shown, as a whole."""
    control = field(page, label).control
    control.selectAll()
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(control, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def choose(page: EventsPage, label: str, word: str) -> None:
    """Choose a word in a selector of the form that is shown."""
    selector = next(one for one in page.form.findChildren(Selector) if one.accessibleName() == label)
    assert selector.findText(word) >= 0, f"{label}: {word}"
    selector.setCurrentIndex(selector.findText(word))
    settle()


def tile(page: EventsPage, qtbot, word: str) -> None:
    """Press a tile of the form that is shown."""
    one = next(one for one in page.form.findChildren(Tile) if one.text() == word)
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    settle()


def tick(page: EventsPage, qtbot, word: str) -> None:
    """Press a box to tick of the form that is shown."""
    one = next(one for one in page.form.findChildren(Tick) if one.text() == word)
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    settle()


def press(page: EventsPage, qtbot, word: str) -> None:
    """Press a button of the form that is shown."""
    one = next(one for one in page.form.findChildren(Button) if one.text() == word)
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    settle()


def add(page: EventsPage, *words: str) -> None:
    """Choose from the menu of what may be added here, through its submenus."""
    top = menu = page.editing.add_menu(page, page.tree.current() or ("event",))
    for word in words[:-1]:
        menu = next(one for one in top.findChildren(QMenu) if one.title() == word)
    next(one for one in menu.actions() if one.text() == words[-1]).trigger()
    settle()


def drop(page: EventsPage, node: tuple[int | str, ...], at: QPoint) -> tuple[int | str, ...] | None:
    """Drop a line at a point of the tree; the line chosen afterwards."""
    page.tree.choose(node)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.tree.dropEvent(QDropEvent(QPointF(at), Qt.DropAction.MoveAction, QMimeData(), left, none))
    settle()
    return page.tree.current()


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()
