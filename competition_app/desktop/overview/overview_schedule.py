"""今日日程: the day's blocks on a card, what comes next, and the way to the editor."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import theme
from competition_app.desktop.parts.charts.chart_card import ChartCard
from competition_app.desktop.parts.charts.timetable import Block, Timetable, clock
from competition_app.desktop.parts.controls import Button, Text
from competition_app.desktop.parts.parts import column, on_click, row
from competition_app.i18n import tr
from competition_app.services.competitions.schedule import DayPlan, Item

URGENT = "appeals"
SOON = 2
"""So many items are named where nothing else is to be done."""


class ScheduleCard(ChartCard):
    """The day's timetable; ``edit`` asks for the editor."""

    edit = Signal()

    def __init__(self, context: Context) -> None:
        timetable, pen = Timetable(tr("Timetable of the day")), _pen()
        super().__init__(tr("Timetable of today"), timetable, context.asking, pen)
        self.timetable, self.pen = timetable, on_click(pen, self.edit.emit)
        self.plan: DayPlan | None = None
        self.add = on_click(Button(tr("Add@schedule"), "plus", small=True), self.edit.emit)
        self._stack = QStackedLayout()
        self.inner.removeWidget(self.timetable)
        self._stack.addWidget(self.timetable)
        self._stack.addWidget(self._nothing())
        self.inner.addLayout(self._stack, 1)

    def _nothing(self) -> QWidget:
        words = Text(
            tr("No timetable yet. It shows where each event is and what is late."), "body", "inkSecondary"
        )
        made = QWidget()
        made.setProperty("clear", "true")
        made.setLayout(column(None, row(None, words, None), row(None, self.add, None), None, gap=3))
        return made

    def show_plan(self, plan: DayPlan | None) -> None:
        """Show this day, or the way to a timetable where there is none."""
        self.plan = plan
        self._stack.setCurrentIndex(0 if plan is not None else 1)
        self.pen.setVisible(plan is not None)
        blocks = [_block(item) for item in plan.items] if plan is not None else []
        self.timetable.show_blocks(blocks, plan.now if plan is not None else None)
        late = plan is not None and not plan.today
        self.title.setText(tr("Timetable@whole") if late else tr("Timetable of today"))
        self.set_caption(_day_words(plan) if plan is not None else "")


def _pen() -> Button:
    made = Button("", "pen-line", "quiet", small=True, tip=tr("Edit the timetable"))
    made.setFixedSize(theme.px("measure.chartButton"), theme.px("measure.chartButton"))
    made.setAccessibleName(tr("Edit the timetable"))
    return made


def _block(item: Item) -> Block:
    starts, ends = item.minutes
    return Block(item.slot.name, item.slot.place, starts, ends, item.slot.kind == URGENT)


def _day_words(plan: DayPlan) -> str:
    """9月2日 星期二，第 2 天; a day that is not today says so by standing there."""
    day = day_words(plan.day)
    return tr("{date}, day {n}", date=day, n=plan.number) if plan.number else day


def day_words(day: date) -> str:
    """A day with its weekday."""
    names = (tr("Monday"), tr("Tuesday"), tr("Wednesday"), tr("Thursday"), tr("Friday"), tr("Saturday"),
             tr("Sunday"))  # fmt: skip
    return tr("{day}/{month}, {weekday}", month=day.month, day=day.day, weekday=names[day.weekday()])


def soon(plan: DayPlan | None, now: datetime) -> Sequence[tuple[str, str]]:
    """What is on or comes next on the day shown: words with the time, and where."""
    if plan is None or plan.day < now.date():
        return ()
    minute = plan.now if plan.now is not None else -1
    coming = [item for item in plan.items if item.minutes[1] > minute][:SOON]
    when = "" if plan.today else f"{day_words(plan.day)} "
    return [
        (f"{when}{clock(item.minutes[0])}–{clock(item.minutes[1])}  {item.slot.name}", item.slot.place)
        for item in coming
    ]
