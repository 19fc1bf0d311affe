"""Standing bars: neutral, one emphasised, values above; a distribution has its bounds between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter

from competition_app.desktop.look import theme
from competition_app.desktop.parts.charts.axis import draw_labels, hairline
from competition_app.desktop.parts.charts.chart import CENTRE, Chart
from competition_app.i18n import tr


@dataclass(frozen=True, slots=True)
class Pillar:
    """A bar: the word under it, its value, whether it is emphasised, and its figure if not the value."""

    label: str
    value: float
    strong: bool = False
    figure: str = ""

    @property
    def said(self) -> str:
        """The figure above the bar."""
        return self.figure or f"{self.value:,g}"


class Bars(Chart):
    """Bars beside one another, each with its figure above and its word below."""

    def __init__(self, name: str, nothing: str = "") -> None:
        super().__init__(name, nothing)
        self.pillars: tuple[Pillar, ...] = ()
        self._boxes: list[QRect] = []

    @property
    def empty(self) -> bool:
        """Whether there is no bar."""
        return not self.pillars

    def show_pillars(self, pillars: Sequence[Pillar]) -> None:
        """Show these bars, from left to right."""
        self.pillars = tuple(pillars)
        self.changed()

    def describe(self) -> str:
        """Each word with its figure."""
        return "\n".join(self.said(place) for place in range(len(self.pillars)))

    def said(self, place: int) -> str:
        """One bar in words."""
        return f"{self.pillars[place].label}  {self.pillars[place].said}"

    def tip_at(self, at: QPoint) -> str:
        """The bar under the mouse."""
        under = (n for n, box in enumerate(self._boxes) if box.left() <= at.x() <= box.right())
        return next((self.said(n) for n in under), "")

    def draw(self, painter: QPainter, box: QRect) -> None:
        """Bars on their line, figures above where they have room, words below."""
        painter.setFont(theme.font("caption"))
        line = theme.line_height("caption")
        ground = box.bottom() - line - theme.space(1)
        most = max((pillar.value for pillar in self.pillars), default=0) or 1
        room = ground - box.top() - line
        pitch = min(box.width() / len(self.pillars), theme.px("measure.chartBar") * 2)
        left = box.left() + (box.width() - pitch * len(self.pillars)) / 2
        gap = min(theme.space(1) - 1, int(pitch // 3)) if pitch > theme.space(1) else 0
        self._boxes = []
        for place, pillar in enumerate(self.pillars):
            high = round(room * pillar.value / most)
            start, end = round(left + place * pitch), round(left + (place + 1) * pitch)
            tile = QRect(start, ground - high, max(1, end - start - gap), high)
            self._boxes.append(tile)
            self._pillar(painter, tile, pillar, line)
        hairline(painter, box.left(), ground, box.width(), theme.px("stroke.hairline"), "lineStrong")
        self.draw_words(painter, box, ground + theme.space(1))

    @staticmethod
    def _pillar(painter: QPainter, tile: QRect, pillar: Pillar, line: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("chart.barStrong" if pillar.strong else "chart.bar"))
        if tile.height():
            painter.drawRoundedRect(tile, 2, 2)
            painter.drawRect(QRect(tile.left(), tile.bottom() - min(2, tile.height()) + 1, tile.width(),
                                   min(2, tile.height())))  # fmt: skip
        painter.setPen(theme.color("ink" if pillar.strong else "inkSecondary"))
        wide = painter.fontMetrics().horizontalAdvance(pillar.said)
        if pillar.value and wide <= tile.width() + theme.space(1):
            above = QRect(tile.center().x() - wide, tile.top() - line, 2 * wide, line)
            painter.drawText(above, CENTRE, pillar.said)

    def draw_words(self, painter: QPainter, box: QRect, y: int) -> None:
        """The words under the bars, as many as have room."""
        labels = [
            (tile.center().x() + 0.5, p.label) for tile, p in zip(self._boxes, self.pillars, strict=True)
        ]
        draw_labels(painter, y, box.left(), box.right() + 1, labels, ends=False)


class Distribution(Bars):
    """How many lie in each bin; a bin's ``label`` is its lower bound and stands between the bars."""

    def __init__(self, name: str, nothing: str = "") -> None:
        super().__init__(name, nothing)
        self._top = ""

    def show_bins(self, bins: Sequence[Pillar], top: str) -> None:
        """Show these bins, from the lowest; ``top`` is the upper bound of the last."""
        self._top = top
        self.show_pillars(bins)

    def said(self, place: int) -> str:
        """A bin in words: from, to, how many."""
        uppers = [*(pillar.label for pillar in self.pillars[1:]), self._top]
        pillar = self.pillars[place]
        return tr("{low} to {high}: {n}", low=pillar.label, high=uppers[place], n=pillar.said)

    def draw_words(self, painter: QPainter, box: QRect, y: int) -> None:
        """The bounds between the bars."""
        labels = [
            (tile.left() - 1.0, p.label) for tile, p in zip(self._boxes[1:], self.pillars[1:], strict=True)
        ]
        if len(labels) == 0:
            labels = [(float(self._boxes[0].left()), self.pillars[0].label),
                      (float(self._boxes[0].right()), self._top)]  # fmt: skip
        draw_labels(painter, y, box.left(), box.right() + 1, labels, ends=False)
