"""A chart as a picture: SVG, or PNG at twice its size, dark ink on white paper whatever the theme."""

from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter

from competition_app.desktop.look import theme
from competition_app.desktop.parts.charts.chart import LEFT, RIGHT, Chart

SHARP = 2
"""Pixels of a PNG for each pixel of the screen."""


def picture_size(chart: Chart) -> QSize:
    """The picture's size: the chart as it stands, its name above, a margin around."""
    wide, high = theme.px("measure.chartPictureWide"), theme.px("measure.chartMost")
    margin = 2 * theme.space(5)
    head = theme.line_height("section") + theme.space(3)
    inner = QSize(max(wide, chart.width()), max(chart.minimumSizeHint().height(), min(high, chart.height())))
    return QSize(inner.width() + margin, inner.height() + margin + head)


def svg(chart: Chart, caption: str = "") -> bytes:
    """The chart as SVG; texts stay texts."""
    from PySide6.QtSvg import QSvgGenerator

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    size = picture_size(chart)
    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    made.setSize(size)
    made.setViewBox(QRect(0, 0, size.width(), size.height()))
    made.setTitle(chart.accessibleName())
    made.setDescription(chart.accessibleDescription())
    painter = QPainter(made)
    _paint(painter, chart, caption, size)
    painter.end()
    return bytes(buffer.data().data())


def png(chart: Chart, caption: str = "") -> bytes:
    """The chart as PNG, twice as sharp as the screen."""
    size = picture_size(chart)
    image = QImage(size * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    painter = QPainter(image)
    _paint(painter, chart, caption, size)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def _paint(painter: QPainter, chart: Chart, caption: str, size: QSize) -> None:
    margin = theme.space(5)
    with theme.on_paper():
        whole = QRect(0, 0, size.width(), size.height())
        painter.fillRect(whole, theme.color("surface"))
        head = QRect(margin, margin, size.width() - 2 * margin, theme.line_height("section"))
        painter.setFont(theme.font("section"))
        painter.setPen(theme.color("ink"))
        painter.drawText(head, LEFT, chart.accessibleName())
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("inkTertiary"))
        painter.drawText(head, RIGHT, caption)
        box = whole.adjusted(margin, head.bottom() + theme.space(3), -margin, -margin)
        painter.save()
        painter.translate(box.topLeft())
        chart.draw(painter, QRect(0, 0, box.width(), box.height()))
        painter.restore()
