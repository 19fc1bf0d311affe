"""Paper on the screen: a page of a real PDF, rendered sharp at the screen's own scale."""

from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from competition_app.desktop.look import theme
from competition_app.i18n import tr


class Pdf:
    """A PDF held in memory, its pages rendered when asked."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self.data = data
        self._document = pypdfium2.PdfDocument(data)
        self.pages = len(self._document)

    def close(self) -> None:
        """Let the file go."""
        self._document.close()

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        width, height = self._document[page].get_size()
        return float(width), float(height)

    def image(self, page: int, scale: float) -> QImage:
        """A page as a picture, ``scale`` pixels a point."""
        bitmap = self._document[page].render(scale=scale, rev_byteorder=True)
        held = bytes(bitmap.buffer)
        kinds = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}
        shown = QImage(held, bitmap.width, bitmap.height, bitmap.stride, kinds[bitmap.n_channels])
        return shown.copy()


class PaperView(QWidget):
    """Shows one page of a PDF as large as it fits; ``message`` stands there while there is none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._pdf: Pdf | None = None
        self._page = 0
        self._message = ""
        self._kept: tuple[int, int, QPixmap] | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(theme.px("width.nav"), theme.px("width.nav")))

    def show_pdf(self, pdf: Pdf | None, page: int = 0, message: str = "") -> None:
        """Show this page; without a PDF, a message."""
        if self._pdf is not None and self._pdf is not pdf:
            self._pdf.close()
        self._pdf, self._page, self._message = pdf, page, message
        self._kept = None
        self.update()

    @property
    def pdf(self) -> Pdf | None:
        """What is shown."""
        return self._pdf

    def paper(self) -> QRect:
        """Where the paper lies: in the middle, a margin free around it."""
        margin = theme.space(5)
        room = self.rect().adjusted(margin, margin, -margin, -margin)
        width, height = self._pdf.size(self._page) if self._pdf else (297.0, 210.0)
        scale = min(room.width() / width, room.height() / height)
        size = QSize(max(1, round(width * scale)), max(1, round(height * scale)))
        at = QRect(0, 0, size.width(), size.height())
        at.moveCenter(room.center())
        return at

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, the paper's edge and the page."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("canvas"))
        if self._pdf is None:
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color("inkTertiary"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(
                self.rect().adjusted(*_inset()), flags, self._message or tr("Nothing to show yet")
            )
            return
        at = self.paper()
        line = theme.px("stroke.hairline")
        painter.fillRect(at.adjusted(-line, -line, line, line), theme.color("lineStrong"))
        painter.drawPixmap(at, self._rendered(at))

    def _rendered(self, at: QRect) -> QPixmap:
        ratio = self.devicePixelRatioF()
        width = round(at.width() * ratio)
        if self._kept is None or self._kept[:2] != (self._page, width):
            assert self._pdf is not None
            image = self._pdf.image(self._page, width / self._pdf.size(self._page)[0])
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
            self._kept = (self._page, width, pixmap)
        return self._kept[2]


@lru_cache(maxsize=1)
def _inset() -> tuple[int, int, int, int]:
    far = theme.space(7)
    return far, far, -far, -far
