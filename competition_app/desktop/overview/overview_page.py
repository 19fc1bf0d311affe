"""总览: how far the day is, what a person must do now, today's timetable; no score before the lock."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QWidget

from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.look import theme
from competition_app.desktop.marking.floor.floor_aim import FloorAim
from competition_app.desktop.marking.marking_aim import SheetAim
from competition_app.desktop.overview.overview_cards import Operations, Stepper, headed, linked
from competition_app.desktop.overview.overview_charts import DayCharts
from competition_app.desktop.overview.overview_editor import ScheduleEditor
from competition_app.desktop.overview.overview_grid import DayCards, DayGrid
from competition_app.desktop.overview.overview_schedule import ScheduleCard, soon
from competition_app.desktop.overview.overview_table import EventLine, ProgressTable
from competition_app.desktop.overview.overview_to_do import ToDoCard
from competition_app.desktop.parts.controls import Button
from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.parts import Card, on_click
from competition_app.i18n import tr
from competition_app.services.competitions import overview, schedule
from competition_app.services.competitions.overview import Day, Finding, LockedFigures
from competition_app.services.competitions.overview_todo import ToDo, coming, steps, to_do

A_MINUTE = 60_000
"""How often the line of now moves on, in milliseconds."""


class OverviewPage(Page):
    """Stepper, events, what must be done, charts. What takes reckoning is filled in by a quiet job."""

    reads = frozenset(
        {"competitions", "events", "divisions", "plan_versions", "entries", "registrations", "participations",
         "judges", "assignments", "judge_persons", "works", "sheets", "marks", "scores", "module_facts",
         "penalties", "rulings", "certificates", "recusals", "schedule_items"}
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("Overview"))
        self.day: Day | None = None
        self.findings: dict[int, Finding] = {}
        self.things: tuple[ToDo, ...] = ()
        self._counting, self._again, self._gone = False, False, False
        self.first = on_click(Button("", "list-checks", "primary"), self.primary)
        self.add_action(self.first)
        self.stepper, self.table = Stepper(), ProgressTable(tr("Progress of the events"))
        self.charts, self.schedule = DayCharts(context.asking), ScheduleCard(context)
        self.operations, self.to_do = Operations(), ToDoCard()
        self.progress, self.last = self._progress_card(), self._operations_card()
        self.editor: ScheduleEditor | None = None
        self.grid = DayGrid(
            DayCards(self.stepper, self.progress, self.to_do, self.schedule, self.charts, self.last)
        )
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)
        self._stack.addWidget(self._content())
        self.empty = self._nothing()
        self._stack.addWidget(self.empty)
        self.to_do.wanted.connect(self._go)
        self.table.opened.connect(lambda line: self._open(line.event.id))
        self.table.chosen.connect(self._chosen)
        self.schedule.edit.connect(self.edit_schedule)
        self._clock = QTimer(self)
        self._clock.setInterval(A_MINUTE)
        self._clock.timeout.connect(self._show_schedule)
        self._clock.start()

    def _progress_card(self) -> Card:
        events = linked(tr("All events"), lambda: self.context.go.emit("events"))
        progress = headed(tr("Progress of the events"), events)
        progress.inner.setContentsMargins(1, theme.space(3), 1, theme.space(2))
        head = progress.inner.itemAt(0).layout()
        assert head is not None
        head.setContentsMargins(theme.space(4) - 1, 0, theme.space(3), 0)
        progress.inner.addWidget(self.table, 1)
        return progress

    def _operations_card(self) -> Card:
        log = linked(tr("History"), lambda: self.context.go.emit("history"))
        operations = headed(tr("Last operations"), log)
        operations.inner.addWidget(self.operations, 1)
        return operations

    def _content(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.grid)
        return area

    def _fit(self) -> None:
        """Rows as high as their content, in the room there is."""
        head = theme.px("measure.dayProgressHead")
        first = max(self.table.whole_height() + head, self.to_do.whole_height())
        wide = self.window().width() >= theme.px("window.wideFrom")
        self.grid.fit(first, self.height() - self.head.height(), wide=wide)

    def _nothing(self) -> EmptyState:
        events = on_click(
            Button(tr("Set up an event"), "plus", "primary"), lambda: self.context.go.emit("events")
        )
        forms = on_click(
            Button(tr("Import registrations"), "file-up"), lambda: self.context.go.emit("registration")
        )
        return EmptyState(
            tr("No events yet"),
            tr("Set up the events and their rules first; from then on this page shows how far the day is."),
            [events, forms],
            [tr("Set up events"), tr("Take in registrations"), tr("Enter marks"), tr("Make certificates")],
        )

    # --- what is shown ---
    def refresh(self) -> None:
        """Count at once, then let a quiet job reckon the rest."""
        self.day = self.context.workspace.ask(overview.day, self.context.competition_id)
        self._stack.setCurrentWidget(self.empty if not self.day.events else self._stack.widget(0))
        self._show()
        if self.day.events:
            self._reckon()

    def now(self) -> datetime:
        """The time of the hall, by the clock of this machine."""
        return datetime.now().astimezone()

    def _reckon(self) -> None:
        if self._counting:
            self._again = True
            return
        self._counting = True
        workspace, competition = self.context.workspace, self.context.competition_id
        order = self._locked_first()
        self.context.jobs.start(
            JobWords(tr("Counting what is owed")),
            lambda _progress: (
                workspace.ask(overview.findings, competition), workspace.ask(overview.locked_figures, order)
            ),
            self._reckoned,
            quiet=True,
        ).ended.connect(self._ended)  # fmt: skip

    def _locked_first(self) -> list[int]:
        """The locked events, that chosen on other pages first."""
        assert self.day is not None
        locked = [event.id for event in self.day.events if event.settled]
        return sorted(locked, key=lambda one: one != self.context.event_id)

    def _ended(self) -> None:
        self._counting = False

    def _reckoned(self, found: tuple[Sequence[Finding], LockedFigures | None]) -> None:
        if self._gone:
            return
        findings, figures = found
        self.findings = {one.event_id: one for one in findings}
        was = self.charts.locked
        self.charts.show_locked(figures)
        if was != self.charts.locked:
            self.grid.arrange()
        self._show()
        if self._again:
            self._again = False
            self.refresh()

    def _show(self) -> None:
        assert self.day is not None
        day, counting = self.day, self._counting and not self.findings
        self.subtitle.set_text(_subtitle(day))
        self.things = to_do(day, self.findings)
        n = len(self.things)
        self.first.setText(tr("Do {n} thing|Do {n} things", n=n))
        self.first.setVisible(bool(self.things))
        self.stepper.show_steps(steps(day, self.findings))
        self.table.set_rows([EventLine(event, self.findings.get(event.id)) for event in day.events])
        self.operations.show_operations(day.operations)
        self.charts.show_day(day, self.findings, counting=counting)
        self._show_schedule()
        self.facts.emit(
            tr("{events} events, {n} entries", events=len(day.events), n=f"{day.sum('entries'):,}")
        )

    def _show_schedule(self) -> None:
        """The timetable and, where nothing else is to be done, what comes next on it."""
        if self.day is None or self._gone:
            return
        now = self.now()
        plan = self.context.workspace.ask(schedule.day_plan, self.context.competition_id, now)
        self.schedule.show_plan(plan)
        counting = self._counting and not self.findings
        following = None if counting else coming(self.day, self.findings)
        self.to_do.show_things(self.things, following, soon(plan, now), counting=counting)
        self._fit()

    def edit_schedule(self) -> None:
        """Open the timetable's editor."""
        self.editor = ScheduleEditor(self.context, self.now)
        self.editor.run()

    # --- what a person does ---
    def _go(self, thing: ToDo) -> None:
        if thing.entry is not None and thing.event_id is not None:
            self.context.choose_event(thing.event_id)
            self.context.aim(thing.page, FloorAim(thing.event_id, *thing.entry))
        elif thing.seat is not None and thing.event_id is not None:
            self.context.choose_event(thing.event_id)
            self.context.aim(thing.page, SheetAim(thing.event_id, *thing.seat))
        else:
            self._open(thing.event_id, thing.page)

    def _chosen(self, line: EventLine | None) -> None:
        """The event chosen in the table is that of the other pages; a locked one is that of the charts."""
        if line is None or line.event.id == self.context.event_id:
            return
        self.context.choose_event(line.event.id)
        if line.event.settled:
            self._reckon()

    def _open(self, event_id: int | None, page: str = "events") -> None:
        if event_id is not None:
            self.context.choose_event(event_id)
        self.context.go.emit(page)

    def primary(self) -> None:
        """Ctrl+Enter: go where the first thing is done."""
        if self.things:
            self._go(self.things[0])
        elif self.day is not None and not self.day.events:
            self.context.go.emit("events")

    def regions(self) -> list[QWidget]:
        """The events, what must be done, the timetable."""
        timetable = self.schedule.timetable if self.schedule.plan is not None else self.schedule.add
        return [self.table, *self.to_do.buttons[:1], timetable, self.empty.ways[0]]

    def forget(self) -> None:
        """A job that ends later finds nobody."""
        self._gone = True
        self._clock.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A third row of cards where there is room."""
        super().resizeEvent(event)
        self._fit()


def _subtitle(day: Day) -> str:
    competition = day.competition
    parts = [*competition.organisers[:1]] or [competition.name]
    parts.append(tr("{n} event|{n} events", n=len(day.events)))
    people = day.sum("registered") or day.sum("entries")
    if people:
        parts.append(tr("{n} contestant|{n} contestants", n=f"{people:,}"))
    return tr(", @between").join(parts)
