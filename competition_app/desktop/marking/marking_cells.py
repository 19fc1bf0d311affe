"""How the marking grid is painted: cells by their look, heads, work codes, the field typed in."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from competition_app.desktop.look import icons, theme
from competition_app.desktop.marking.incoming.pace import Pace
from competition_app.desktop.marking.marking_model import (
    DASH,
    FACE,
    STATE,
    STRUCK,
    Index,
    MarkingModel,
    spoken,
)
from competition_app.desktop.marking.marking_values import Face, Look
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.controls import draw_ring
from competition_app.i18n import tr

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

LONGEST = 400
"""Characters a field takes: the code of a printed sheet is the longest of what is scanned into it."""

TINTS = {Look.GAP: "wait", Look.WRONG: "bad", Look.DIFFERS: "seal"}
"""The looks that are tinted, and the status role of the tint."""


def mixed(share: float) -> QColor:
    """The ground of the current row or column: this share of the selected row's colour over the surface."""
    below, above = theme.color("surface"), theme.color("rowSelected")
    parts = [round(b + (a - b) * share) for b, a in zip(below.getRgb()[:3], above.getRgb()[:3], strict=True)]  # type: ignore[index]
    return QColor(*parts)


def hairlines(painter: QPainter, rect: QRect, *, upright: bool) -> None:
    """The line under a cell and, between criteria, the fainter one at its right."""
    line = theme.px("stroke.hairline")
    if upright:
        painter.fillRect(
            QRect(rect.right() - line + 1, rect.y(), line, rect.height()), theme.color("chart.grid")
        )
    painter.fillRect(QRect(rect.x(), rect.bottom() - line + 1, rect.width(), line), theme.color("line"))


def draw_face(painter: QPainter, box: QRect, face: Face) -> None:
    """Paint what a cell says into its content's box: figures at the right, signs of trouble at the left."""
    small = theme.px("icon.small")
    role = f"status.{TINTS[face.look]}.ink" if face.look in TINTS else "ink"
    if face.look in (Look.NOT_BEGUN, Look.GAP):
        dot(painter, box, "status.wait.solid" if face.look is Look.GAP else "lineStrong")
        return
    if face.look in (Look.YES, Look.NO):
        side = QRect(
            box.right() - theme.px("icon.normal") + 1, box.y(), theme.px("icon.normal"), box.height()
        )
        icons.draw(painter, "check" if face.look is Look.YES else "x", side, "inkSecondary")
        return
    if face.look in (Look.WRONG, Look.DIFFERS):
        sign = "octagon-alert" if face.look is Look.WRONG else "equal-not"
        icons.draw(painter, sign, QRect(box.x(), box.y(), small, box.height()), role, small)
        box = box.adjusted(small + theme.space(1), 0, 0, 0)
    quiet = face.look in (Look.ABSENT, Look.RECUSED, Look.FAILED)
    painter.setFont(theme.font("caption" if quiet else "body"))
    painter.setPen(theme.color("inkTertiary" if quiet else role))
    text = painter.fontMetrics().elidedText(spoken(face), Qt.TextElideMode.ElideLeft, box.width())
    painter.drawText(box, _RIGHT, text)


def dot(painter: QPainter, box: QRect, role: str) -> None:
    """The dot of a mark that is not there, at the right where its figure would end."""
    side = theme.px("measure.markDot")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(role))
    painter.drawEllipse(QRect(box.right() - side - theme.space(1), box.center().y() - side // 2, side, side))


class MarkPainter(QStyledItemDelegate):
    """Paints the grid's cells and gives the field a mark is typed in.

    ``moved`` tells how a person left the field: the key that ended it. ``typing`` tells each keystroke.
    ``lead`` is asked at Enter whether a scanned number leads elsewhere and gives the way there; then nothing
    is entered here.
    """

    moved = Signal(int, object)
    typing = Signal(object, str)

    def __init__(self, view: QTableView, model: MarkingModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self.whole_text = False
        self.pace = Pace()
        self.lead: Callable[[str, bool], Callable[[], None] | None] = lambda _text, _fast: None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows of 32; columns are fitted by the view."""
        return QSize(theme.px("column.markCriterion"), theme.px("height.rowNormal"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Background, hairlines, content, ring."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        here = self._view.currentIndex()
        painter.save()
        face = index.data(FACE)
        if here.row() == index.row() and here.column() == index.column():
            painter.fillRect(rect, theme.color("field"))
        elif isinstance(face, Face) and face.look in TINTS:
            painter.fillRect(rect, theme.color(f"status.{TINTS[face.look]}.tint"))
        else:
            painter.fillRect(rect, self._ground(here, index))
        hairlines(painter, rect, upright=isinstance(face, Face))
        cell = theme.space(3)
        box = rect.adjusted(cell, 0, -cell, -theme.px("stroke.hairline"))
        if isinstance(face, Face):
            draw_face(painter, box, face)
        elif index.column() == len(self._model.columns):
            self._total(painter, box, index)
        else:
            pills.draw_pill(painter, rect.adjusted(theme.space(2), 0, -theme.space(1), 0), index.data(STATE))
        if here.row() == index.row() and here.column() == index.column():
            draw_ring(painter, rect.adjusted(0, 0, -theme.px("stroke.hairline"), 0), theme.px("radius.pill"))
        painter.restore()

    def _ground(self, here: Index, index: Index) -> QColor:
        if self._view.selectionModel().isSelected(index) and len(self._view.selectedIndexes()) > 1:
            return theme.color("rowSelected")
        if here.row() == index.row():
            return mixed(0.55)
        return mixed(1 / 3) if here.column() == index.column() else theme.color("surface")

    def _total(self, painter: QPainter, box: QRect, index: Index) -> None:
        text, struck = str(index.data()), bool(index.data(STRUCK))
        font = theme.font("body")
        if struck:
            font = type(font)(font)
            font.setStrikeOut(True)
        painter.setFont(font)
        painter.setPen(theme.color("inkTertiary" if struck or text == DASH else "ink"))
        painter.drawText(box, _RIGHT, text)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The field over the current cell: the same figures at the same place."""
        field = QLineEdit(parent)
        field.setObjectName("mark")
        field.setFont(theme.font("body"))
        field.setAlignment(_RIGHT)
        field.setMaxLength(LONGEST)
        field.setStyleSheet(f"QLineEdit {{ max-height: {theme.px('height.rowRoomy')}px; }}")
        field.setAccessibleName(tr("Mark"))
        field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        place = self._model.place(index)
        self.pace.begin()
        field.textEdited.connect(lambda _text: self.pace.key())
        field.textChanged.connect(lambda text: self.typing.emit(place, text))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What stands in the cell, chosen whole so that typing replaces it."""
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(int(Qt.ItemDataRole.EditRole)) or ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Hand over what was typed."""
        assert isinstance(editor, QLineEdit)
        assert isinstance(model, MarkingModel)
        model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """The field lies exactly over the cell."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        editor.setGeometry(rect.adjusted(0, 0, -theme.px("stroke.hairline"), 0))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and arrows take what was typed and go on; after F2, ← and → stay in the text."""
        if (
            not isinstance(event, QKeyEvent)
            or event.type() != QEvent.Type.KeyPress
            or not isinstance(editor, QLineEdit)
        ):
            return super().eventFilter(editor, event)
        key = event.key()
        sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if key in _ENTER and self._led(editor):
            return True
        if key in _LEAVING and not (sideways and self.whole_text):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self.moved.emit(int(key), event.modifiers())
            return True
        return super().eventFilter(editor, event)

    def _led(self, editor: QLineEdit) -> bool:
        """Leave the field without entering what a scanner typed into it, if it leads to another sheet."""
        go = self.lead(editor.text(), self.pace.scanned)
        if go is None:
            return False
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)
        go()
        return True


_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_LEAVING = frozenset(
    {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right,
     Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
)  # fmt: skip


class CriterionHead(QHeaderView):
    """The head of the criteria: name over range; the current column bold over a blue foot line."""

    def __init__(self, view: QTableView, model: MarkingModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view, self._model = view, model
        self.setFixedHeight(theme.px("height.gridHead"))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(theme.space(7))
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one head."""
        here = self._view.currentIndex().column() == section
        painter.save()
        painter.fillRect(rect, theme.color("sunken"))
        hairlines(painter, rect, upright=False)
        if here:
            thick = theme.px("stroke.selectedEdge")
            foot = QRect(rect.x(), rect.bottom() - thick + 1, rect.width() - 1, thick)
            painter.fillRect(foot, theme.color("focus"))
        title, range_ = self._model.head(section)
        cell = theme.space(3)
        box = rect.adjusted(cell, 0, -cell, 0)
        if section == len(self._model.columns) + 1:
            box = rect.adjusted(theme.space(2), 0, 0, 0)
        line = theme.line_height("caption")
        top = box.y() + (box.height() - (2 * line if range_ else line)) // 2
        side = _LEFT if section == len(self._model.columns) + 1 else _RIGHT
        self._line(painter, QRect(box.x(), top, box.width(), line), title, side, here=here)
        if range_:
            self._line(painter, QRect(box.x(), top + line, box.width(), line), range_, side, here=False)
        painter.restore()

    def _line(self, painter: QPainter, box: QRect, text: str, side: Qt.AlignmentFlag, *, here: bool) -> None:
        painter.setFont(theme.font("captionStrong" if here else "caption"))
        painter.setPen(theme.color("ink" if here else "inkSecondary"))
        painter.drawText(
            box, side, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        )


class CodeHead(QHeaderView):
    """The column of work codes at the left, which stays while the criteria scroll."""

    def __init__(self, view: QTableView, model: MarkingModel) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view, self._model = view, model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.set_width("column.markCode")
        self.setHighlightSections(False)

    def set_width(self, size: str) -> None:
        """Take the width of this name: codes are short, numbers with names longer."""
        self.setFixedWidth(theme.px(size))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one code; the current row's is bold."""
        here = self._view.currentIndex().row() == section
        painter.save()
        painter.fillRect(rect, mixed(0.55) if here else theme.color("surface"))
        hairlines(painter, rect, upright=True)
        painter.setFont(theme.font("strong" if here else "body"))
        painter.setPen(theme.color("ink"))
        box = rect.adjusted(theme.px("padding.cellFirstLast"), 0, -theme.space(1), 0)
        text = self._model.rows[section].code
        painter.drawText(
            box, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        )
        painter.restore()


class Corner(QWidget):
    """The head over the work codes."""

    def __init__(self, parent: QWidget, title: Callable[[], str]) -> None:
        super().__init__(parent)
        self._title = title

    def paintEvent(self, _event: object) -> None:
        """Paint the word."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("sunken"))
        hairlines(painter, self.rect(), upright=False)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("inkSecondary"))
        painter.drawText(
            self.rect().adjusted(theme.px("padding.cellFirstLast"), 0, 0, 0), _LEFT, self._title()
        )
