"""总览: how far the day is, what a person must do now, what came in; never a score or a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QStackedLayout, QWidget

from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.look import theme
from competition_app.desktop.overview.overview_cards import Operations, Stepper, ToDoCard, headed, linked
from competition_app.desktop.overview.overview_table import EventLine, ProgressTable
from competition_app.desktop.parts.charts.over_time import OverTime, Point
from competition_app.desktop.parts.charts.progress_lines import ProgressLine, ProgressLines
from competition_app.desktop.parts.controls import Button, Text
from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.parts import Card, on_click
from competition_app.i18n import tr
from competition_app.services.competitions import overview
from competition_app.services.competitions.overview import Day, Finding
from competition_app.services.competitions.overview_todo import ToDo, steps, to_do


@dataclass
class _Cards:
    """The cards of the grid."""

    progress: Card
    to_do: ToDoCard
    received: Card
    sheets: Card
    operations: Card
    speed: Card


class OverviewPage(Page):
    """Stepper, events, what must be done, charts. What takes reckoning is filled in by a quiet job."""

    reads = frozenset(
        {"competitions", "events", "divisions", "plan_versions", "entries", "registrations", "participations",
         "judges", "assignments", "judge_persons", "works", "sheets", "marks", "scores", "module_facts",
         "penalties", "rulings", "certificates", "recusals"}
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("Overview"))
        self.day: Day | None = None
        self.findings: dict[int, Finding] = {}
        self.things: tuple[ToDo, ...] = ()
        self._counting, self._again, self._gone, self._wide = False, False, False, False
        self.first = on_click(Button("", "list-checks", "primary"), self.primary)
        self.add_action(self.first)
        self.stepper, self.table = Stepper(), ProgressTable(tr("Progress of the events"))
        self.received = OverTime(tr("Registrations received"), tr("No registrations yet"))
        self.speed = OverTime(tr("Sheets received"), tr("No sheets yet"))
        self.sheets, self.operations = ProgressLines(tr("Sheets by judge")), Operations()
        self._captions = {
            name: Text("", "caption", "inkTertiary") for name in ("received", "sheets", "speed")
        }
        self.cards = self._make_cards()
        self._grid = QGridLayout()
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)
        self._stack.addWidget(self._content())
        self.empty = self._nothing()
        self._stack.addWidget(self.empty)
        self.cards.to_do.wanted.connect(self._go)
        self.table.opened.connect(lambda line: self._open(line.event.id))

    def _make_cards(self) -> _Cards:
        events = linked(tr("All events"), lambda: self.context.go.emit("events"))
        progress = headed(tr("Progress of the events"), events)
        progress.inner.setContentsMargins(1, theme.space(3), 1, theme.space(2))
        head = progress.inner.itemAt(0).layout()
        assert head is not None
        head.setContentsMargins(theme.space(4) - 1, 0, theme.space(3), 0)
        progress.inner.addWidget(self.table, 1)
        log = linked(tr("History"), lambda: self.context.go.emit("history"))
        charts = {
            "received": (tr("Registrations"), self.received), "sheets": (tr("Score sheets"), self.sheets),
            "speed": (tr("Sheets over time"), self.speed),
        }  # fmt: skip
        made = {}
        for name, (title, chart) in charts.items():
            made[name] = headed(title, self._captions[name])
            made[name].inner.addWidget(chart, 1)
        operations = headed(tr("Last operations"), log)
        operations.inner.addWidget(self.operations, 1)
        return _Cards(progress, ToDoCard(), made["received"], made["sheets"], operations, made["speed"])

    def _content(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("clear", "true")
        side, edge = theme.px("padding.pageX"), theme.px("padding.pageY")
        self._grid.setContentsMargins(side, edge, side, edge)
        self._grid.setSpacing(theme.space(4))
        for place in range(12):
            self._grid.setColumnStretch(place, 1)
        inside.setLayout(self._grid)
        for card in (self.cards.received, self.cards.sheets, self.cards.operations, self.cards.speed):
            card.setFixedHeight(theme.px("measure.dayChart"))
        self.cards.progress.setMinimumHeight(theme.px("measure.dayProgress"))
        self._arrange(wide=False)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _arrange(self, *, wide: bool) -> None:
        """Three cards below in a usual window; from 1500 two rows of two."""
        grid, cards = self._grid, self.cards
        while grid.takeAt(0) is not None:
            continue
        self._wide = wide
        cards.speed.setVisible(wide)
        grid.addWidget(self.stepper, 0, 0, 1, 12)
        grid.addWidget(cards.progress, 1, 0, 1, 8)
        grid.addWidget(cards.to_do, 1, 8, 1, 4)
        if wide:
            grid.addWidget(cards.received, 2, 0, 1, 6)
            grid.addWidget(cards.sheets, 2, 6, 1, 6)
            grid.addWidget(cards.speed, 3, 0, 1, 6)
            grid.addWidget(cards.operations, 3, 6, 1, 6)
        else:
            grid.addWidget(cards.received, 2, 0, 1, 4)
            grid.addWidget(cards.sheets, 2, 4, 1, 4)
            grid.addWidget(cards.operations, 2, 8, 1, 4)
        grid.setRowStretch(1, 1)

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

    def _reckon(self) -> None:
        if self._counting:
            self._again = True
            return
        self._counting = True
        workspace, competition = self.context.workspace, self.context.competition_id
        self.context.jobs.start(
            JobWords(tr("Counting what is owed")),
            lambda _progress: workspace.ask(overview.findings, competition),
            self._reckoned,
            quiet=True,
        ).ended.connect(self._ended)

    def _ended(self) -> None:
        self._counting = False

    def _reckoned(self, found: Sequence[Finding]) -> None:
        if self._gone:
            return
        self.findings = {one.event_id: one for one in found}
        self._show()
        if self._again:
            self._again = False
            self.refresh()

    def _show(self) -> None:
        assert self.day is not None
        day = self.day
        self.subtitle.set_text(_subtitle(day))
        self.things = to_do(day, self.findings)
        n = len(self.things)
        self.first.setText(tr("Do {n} thing|Do {n} things", n=n))
        self.first.setVisible(bool(self.things))
        self.stepper.show_steps(steps(day, self.findings))
        self.table.set_rows([EventLine(event, self.findings.get(event.id)) for event in day.events])
        self.cards.to_do.show_things(self.things, counting=self._counting and not self.findings)
        self.operations.show_operations(day.operations)
        self._show_received(day)
        self._show_sheets(day)
        self._show_speed(day)
        self.facts.emit(
            tr("{events} events, {n} entries", events=len(day.events), n=f"{day.sum('entries'):,}")
        )

    def _show_received(self, day: Day) -> None:
        sums = list(accumulate(n for _day, n in day.received))
        points = [
            Point(date.fromisoformat(at).toordinal(), n, f"{at[5:]}")
            for (at, _n), n in zip(day.received, sums, strict=True)
        ]
        self.received.show_points(points)
        unsent = day.units - day.units_sent
        words = tr("{n} in all, {unsent} unit has sent nothing|{n} in all, {unsent} units have sent nothing",
                   n=f"{sums[-1]:,}", unsent=unsent) if sums else ""  # fmt: skip
        self._captions["received"].setText(
            words if unsent else tr("{n} in all", n=f"{sums[-1]:,}") if sums else ""
        )

    def _show_sheets(self, day: Day) -> None:
        names = {event.id: event.name for event in day.events}
        judges = [one for found in self.findings.values() for one in found.judges if one.owed]
        owing = sorted((one for one in judges if one.done < one.owed), key=lambda one: one.done - one.owed)
        bars = [
            ProgressLine(f"{one.code} {one.name or ''}  {names[one.event_id]}", one.done, one.owed)
            for one in owing
            if one.event_id in names
        ]
        nothing = tr("No sheets are owed yet") if not judges else tr("All judges have handed in")
        counting = not self.findings and self._counting
        self.sheets.show_lines(bars, tr("Still counting") if counting else nothing)
        missing = sum(one.owed - one.done for one in owing)
        self._captions["sheets"].setText(tr("{n} owed", n=f"{missing:,}") if missing else "")

    def _show_speed(self, day: Day) -> None:
        local = [(at.astimezone(), n) for at, n in day.speed]
        self.speed.show_points([Point(at.timestamp(), n, f"{at:%H:%M}") for at, n in local])
        today = datetime.now().astimezone().date()
        words = ""
        if local:
            same = local[-1][0].date() == today
            words = (
                tr("in ten minutes, today")
                if same
                else tr("in ten minutes, {day}", day=f"{local[-1][0]:%m-%d}")
            )
        self._captions["speed"].setText(words)

    # --- what a person does ---
    def _go(self, thing: ToDo) -> None:
        self._open(thing.event_id, thing.page)

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
        """The events, what must be done."""
        return [self.table, *self.cards.to_do.buttons[:1], self.empty.ways[0]]

    def forget(self) -> None:
        """A job that ends later finds nobody."""
        self._gone = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """From 1500 a third row of cards."""
        super().resizeEvent(event)
        wide = self.window().width() >= theme.px("window.wideFrom")
        if wide != self._wide:
            self._arrange(wide=wide)


def _subtitle(day: Day) -> str:
    competition = day.competition
    parts = [*competition.organisers[:1]] or [competition.name]
    parts.append(tr("{n} event|{n} events", n=len(day.events)))
    people = day.sum("registered") or day.sum("entries")
    if people:
        parts.append(tr("{n} contestant|{n} contestants", n=f"{people:,}"))
    return tr(", @between").join(parts)
