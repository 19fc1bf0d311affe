"""The program's mark: 竞 in white on a red tile."""

from PySide6.QtCore import QByteArray, QRect, QRectF
from PySide6.QtGui import QPainter

from competition_app import paths
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import draw_box


def draw_seal(painter: QPainter, box: QRect) -> None:
    """Paint the program's mark: 竞 in white on a red tile."""
    from PySide6.QtSvg import QSvgRenderer

    draw_box(painter, box, theme.color("accent"), None, theme.px("radius.iconTile"))
    source = (paths.resources() / "themes" / "mark.svg").read_text(encoding="utf-8")
    text = source.replace("currentColor", theme.color("onAccent").name())
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(box))
