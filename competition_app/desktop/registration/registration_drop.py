"""The place where registration forms are dropped: a dashed box that lights up and is also a button."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import draw_ring, shows_focus
from competition_app.desktop.parts.parts import dashed_box
from competition_app.i18n import tr

KINDS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv", ".txt")
"""Endings of files that may be forms; what a file truly is decides its content."""


def files_of(data: QMimeData) -> list[Path]:
    """The files carried by a drag, folders opened one level deep, in the order of their names."""
    found: list[Path] = []
    for url in data.urls():
        path = Path(url.toLocalFile())
        if path.is_dir():
            found += sorted(one for one in path.iterdir() if one.suffix.lower() in KINDS)
        elif url.isLocalFile():
            found.append(path)
    return found


class DropArea(QAbstractButton):
    """把报名表拖到这里: a drop brings files (``dropped``), a click or Space asks for some (``clicked``)."""

    dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Drop registration forms here"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._light(on=True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Put the light out."""
        self._light(on=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell the files."""
        self._light(on=False)
        files = files_of(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)

    def _light(self, *, on: bool) -> None:
        self._over = on
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box, the icon and two lines."""
        painter = QPainter(self)
        lit = self._over or self.underMouse()
        dashed_box(painter, self.rect(), "rowSelected" if self._over else "hover" if lit else "surface")
        big, line = theme.px("icon.topic"), theme.px("type.body.line")
        whole = big + theme.space(3) + 2 * line
        top = max(theme.space(2), (self.height() - whole) // 2)
        icons.draw(painter, "file-up", QRect(0, top, self.width(), big), "inkSecondary", big)
        box = QRect(theme.space(2), top + big + theme.space(3), self.width() - theme.space(4), line)
        self._line(painter, box, tr("Drop registration forms here"), "strong", "ink")
        self._line(
            painter,
            box.translated(0, line),
            tr("or choose with Ctrl+O, several at once"),
            "caption",
            "inkSecondary",
        )
        if shows_focus(self):
            draw_ring(painter, self.rect(), theme.px("radius.card"))

    def _line(self, painter: QPainter, box: QRect, text: str, kind: str, role: str) -> None:
        painter.setFont(theme.font(kind))
        painter.setPen(theme.color(role))
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cut)
