"""Lucide icons, coloured by role and rendered sharp at every scale of the screen."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from competition_app import paths
from competition_app.desktop.look import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


@cache
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def _render(name: str, rgb: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    small = theme.number("icon.strokeAt24.to16")
    stroke = small if size <= theme.px("icon.normal") else theme.number("icon.strokeAt24.over16")
    text = (
        _source(name).replace("currentColor", rgb).replace('stroke-width="2"', f'stroke-width="{stroke:g}"')
    )
    side = max(1, round(size * ratio))
    made = QPixmap(QSize(side, side))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(name: str, color: QColor, size: int, ratio: float) -> QPixmap:
    """The icon in this colour, ``size`` logical pixels square, for a screen of this device pixel ratio."""
    return _render(name, color.name(QColor.NameFormat.HexRgb), size, ratio)


def draw(painter: QPainter, name: str, at: QRect, role: str | QColor, size: int | None = None) -> None:
    """Paint the icon in the middle of a rectangle, in a role's colour, at the painter's own ratio."""
    color = theme.color(role) if isinstance(role, str) else role
    side = size or theme.px("icon.normal")
    ratio = painter.device().devicePixelRatioF()
    left = at.x() + (at.width() - side) // 2
    top = at.y() + (at.height() - side) // 2
    painter.drawPixmap(left, top, pixmap(name, color, side, ratio))


def icon(name: str, role: str = "ink", size: int | None = None, ratio: float = 1.0) -> "QIcon":
    """An icon for menus and system widgets; make it anew after a change of theme."""
    from PySide6.QtGui import QIcon

    side = size or theme.px("icon.normal")
    made = QIcon(pixmap(name, theme.color(role), side, ratio))
    made.addPixmap(pixmap(name, theme.color("inkDisabled"), side, ratio), QIcon.Mode.Disabled)
    return made
