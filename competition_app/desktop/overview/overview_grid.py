"""The cards of the overview on their grid: rows as high as their content, a third row where there is room."""

from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from competition_app.desktop.look import theme
from competition_app.desktop.overview.overview_cards import Stepper
from competition_app.desktop.overview.overview_charts import DayCharts
from competition_app.desktop.overview.overview_schedule import ScheduleCard
from competition_app.desktop.overview.overview_to_do import ToDoCard
from competition_app.desktop.parts.parts import Card

HALF, QUARTER, WHOLE, SIDE = 6, 3, 12, 4


@dataclass(frozen=True)
class DayCards:
    """What lies on the grid."""

    stepper: Stepper
    progress: Card
    to_do: ToDoCard
    schedule: ScheduleCard
    charts: DayCharts
    last: Card


class DayGrid(QWidget):
    """Stepper, then events beside things to do, then charts; below them the rate of sheets and operations.

    The third row is there from a window of 1500 on, and in a smaller one whose height would stay empty.
    """

    def __init__(self, cards: DayCards) -> None:
        super().__init__()
        self.setProperty("clear", "true")
        self._cards = cards
        self.third = False
        self._layout = QGridLayout(self)
        side, edge = theme.px("padding.pageX"), theme.px("padding.pageY")
        self._layout.setContentsMargins(side, edge, side, edge)
        self._layout.setSpacing(theme.space(4))
        for place in range(WHOLE):
            self._layout.setColumnStretch(place, 1)
            self._layout.setColumnMinimumWidth(place, 1)
        self.arrange()

    def arrange(self) -> None:
        """Lay the cards; only the charts that may be seen now are there."""
        grid, cards, charts = self._layout, self._cards, self._cards.charts
        while grid.takeAt(0) is not None:
            continue
        for card in charts.cards:
            below = self.third and card is charts.speed_card
            card.setVisible(below or card in (charts.left, charts.right))
        cards.last.setVisible(self.third)
        grid.addWidget(cards.stepper, 0, 0, 1, WHOLE)
        grid.addWidget(cards.progress, 1, 0, 1, WHOLE - SIDE)
        grid.addWidget(cards.to_do, 1, WHOLE - SIDE, 1, SIDE)
        grid.addWidget(cards.schedule, 2, 0, 1, HALF)
        grid.addWidget(charts.left, 2, HALF, 1, QUARTER)
        grid.addWidget(charts.right, 2, HALF + QUARTER, 1, QUARTER)
        if self.third:
            grid.addWidget(charts.speed_card, 3, 0, 1, HALF)
            grid.addWidget(cards.last, 3, HALF, 1, HALF)
        for place, stretch in enumerate((0, 0, 100, 100 if self.third else 0, 1)):
            grid.setRowStretch(place, stretch)

    def fit(self, first: int, room: int, *, wide: bool) -> None:
        """Give the first row this height, the charts theirs, and see whether a third row has room."""
        cards = self._cards
        for card in (cards.progress, cards.to_do):
            card.setFixedHeight(first)
        row = (cards.schedule, cards.charts.left, cards.charts.right)
        low = all(card.chart.empty for card in row)
        least = theme.px("measure.dayChartEmpty" if low else "measure.dayChart")
        for card in row:
            card.setMinimumHeight(least)
            card.setMaximumHeight(least if low else theme.px("measure.dayChartMost"))
        under = theme.px("measure.dayChart" if wide else "measure.dayChartEmpty")
        for below in (cards.last, cards.charts.speed_card):
            below.setMinimumHeight(under)
            below.setMaximumHeight(under if cards.charts.speed.empty else theme.px("measure.dayChartMost"))
        gaps = 2 * theme.px("padding.pageY") + 3 * theme.space(4)
        third = wide or cards.stepper.height() + first + least + under + gaps <= room
        if third != self.third:
            self.third = third
            self.arrange()
