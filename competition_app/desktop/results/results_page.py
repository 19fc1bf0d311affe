"""成绩与公示: an event's standings, what is still open, why each place is this place, export, print."""

from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import Button, Ground, SearchField, Selector
from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.event_choice import EventChoice
from competition_app.desktop.parts.parts import Segment, Segments, column, on_click, row
from competition_app.desktop.parts.ribbon import Ribbon
from competition_app.desktop.results.results_export import ResultsExport
from competition_app.desktop.results.results_panel import WhyPanel
from competition_app.desktop.results.results_table import Field, ModuleHead, ResultRow, columns, result_rows
from competition_app.desktop.results.results_words import percent
from competition_app.desktop.results.settling.locking_deeds import LockingDeeds
from competition_app.desktop.results.settling.questions import Questions
from competition_app.desktop.results.settling.steps import status_line, steps
from competition_app.desktop.tables.table_memory import choose_columns
from competition_app.desktop.tables.table_view import TableView
from competition_app.domain.ranking.result import DivisionResult, Status
from competition_app.domain.scoring.figures import plain
from competition_app.domain.scoring.plan import Module, Plan
from competition_app.i18n import tr
from competition_app.services.competitions import plans
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.judging import entrants
from competition_app.services.results import locking, recorded, results
from competition_app.services.results.locking import LockState


class ResultsPage(Page):
    """Standings at the left, the derivation of the chosen row at the right."""

    reads = frozenset(
        {"entries", "marks", "scores", "rulings", "penalties", "plan_versions", "sheets", "module_facts",
         "memberships", "persons", "events", "divisions", "works", "work_links", "recusals", "judges",
         "assignments", "registrations"}
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("Results"))
        self.export = ResultsExport(context, self)
        self.events = EventChoice(context)
        self.part = Selector(tr("Division"), width=theme.px("measure.partWidth"))
        for selector in (self.events, self.part):
            self.add_scope(selector)
        self.export_button = on_click(Button(tr("Export"), "download"), self._export_menu)
        self.print_button = on_click(Button(tr("Print the standings"), "printer"), self.print_page)
        self.next_button = on_click(Button(tr("Lock the result"), "lock", "primary"), self.primary)
        for button in (self.export_button, self.print_button, self.next_button):
            self.add_action(button)
        self.ribbon = Ribbon(tr("The way of the result"))
        self.reopen_button = on_click(
            Button(tr("Reopen@result"), "lock-open", "quiet", small=True), self._reopen
        )
        self.segments = Segments([Segment("all", tr("All"))], tr("Which rows"))
        self.search = SearchField(tr("Name, number, organisation"))
        self.questions = Questions(context)
        self.locking = LockingDeeds(context, self._mend)
        self.table: TableView[ResultRow] = TableView([], lambda one: one.number, tr("Standings"))
        self.panel = WhyPanel(context)
        self._rows: tuple[ResultRow, ...] = ()
        self._shape: object = None
        self._stage = ""
        self._names: dict[str, str] = {}
        self._closed = False
        self._state: LockState | None = None
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)
        self._stack.addWidget(self._content())
        self.empty = self._nothing()
        self._stack.addWidget(self.empty)
        self._connect()

    def _content(self) -> QWidget:
        bar = Ground("surface", "bottom")
        bar.setFixedHeight(theme.px("height.filterBar"))
        self.columns_button = on_click(Button("", "columns-3", tip=tr("Columns")), self._choose_columns)
        bar.setLayout(row(self.segments, self.search, self.columns_button, gap=2, margins=(4, 0, 4, 0)))
        self.ribbon.add_deed(self.reopen_button)
        left = column(self.ribbon, bar, self.questions, self.table, gap=0)
        left.setStretch(3, 1)
        whole = QWidget()
        line = row(left, self.panel, gap=0)
        line.setStretch(0, 1)
        whole.setLayout(line)
        return whole

    def _nothing(self) -> EmptyState:
        marking = on_click(
            Button(tr("Enter marks"), "pen-line", "primary"), lambda: self.context.go.emit("marking")
        )
        return EmptyState(
            tr("No results yet"),
            tr("Results are worked out by themselves as soon as entries are there and marks come in."),
            [marking],
            [tr("Review registrations"), tr("Enter marks"), tr("Settle the result"), tr("Make certificates")],
        )  # fmt: skip

    def _connect(self) -> None:
        self.events.event_chosen.connect(lambda _event: self.refresh())
        self.part.currentIndexChanged.connect(lambda _index: self.refresh())
        self.ribbon.chosen.connect(self._step)
        self.segments.chosen.connect(lambda _key: self._filter())
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _row: self._open_panel())
        self.panel.closed.connect(self.escape)
        delay = QTimer(self)
        delay.setSingleShot(True)
        delay.setInterval(theme.px("duration.searchDelay"))
        delay.timeout.connect(self._filter)
        self.search.textChanged.connect(lambda _text: delay.start())

    def refresh(self) -> None:
        """Rank again and show; choice, sort and scroll stay."""
        event = self.events.reload()
        if event is None or not event.entries:
            self._stack.setCurrentWidget(self.empty)
            self.facts.emit("")
            return
        self._stack.setCurrentIndex(0)
        ask = self.context.workspace.ask
        plan, result = ask(plans.plan_of, event.id), ask(results.event_result, event.id)
        people = ask(entrants.entrants, event.id)
        division = self._choose_part(event, plan, result.divisions)
        beside = ask(recorded.recorded, event.id, division.stage)
        self._rows = result_rows(division, people, beside)
        self._stage = division.stage
        self._names = _names(plan)
        self._set_columns(plan, division)
        self.table.set_rows(self._rows)
        self.questions.show_questions(event, division)
        self._show_way(event)
        self._count()
        self._filter()
        if self.table.chosen_row() is None and self._rows and not self._closed:
            self.table.choose(self._rows[0].number)
        self._choose(self.table.chosen_row())

    def _show_way(self, event: EventRow) -> None:
        """The ribbon, and the one step that follows as the page's action."""
        ask = self.context.workspace.ask
        self._state = ask(locking.lock_state, event.id)
        obstacles = () if self._state.locked else ask(locking.obstacles, event.id)
        self.ribbon.show_steps(steps(self._state, obstacles))
        locked = self._state.locked
        self.reopen_button.setVisible(locked)
        self.next_button.setText(tr("Make certificates") if locked else tr("Lock the result"))
        self.next_button.set_icon_name("scroll-text" if locked else "lock")
        self.next_button.set_variant("plain" if self.questions.isVisibleTo(self) else "primary")

    def _step(self, key: str) -> None:
        """A step of the ribbon was pressed: go where it is done."""
        if key == "marks":
            self.context.go.emit("marking")
        elif key == "rule":
            self._rule()
        elif key == "lock":
            self._lock()
        else:
            self.context.go.emit("certificates")

    def primary(self) -> None:
        """Ctrl+Enter: the step that follows."""
        if self._state is not None and self._state.locked:
            self.context.go.emit("certificates")
        else:
            self._lock()

    def _rule(self) -> None:
        if self.questions.isVisibleTo(self):
            self.questions.settle()
        else:
            self.context.asking.note(tr("There is nothing to decide."))

    def _lock(self) -> None:
        event = self.events.chosen_event()
        if event is None or self._state is None:
            return
        if self._state.locked:
            self.context.asking.note(
                tr("The result is locked already; “Reopen” at the right opens it again.")
            )
        else:
            self.locking.lock(event, self._names)

    def _reopen(self) -> None:
        event = self.events.chosen_event()
        if event is not None:
            self.locking.reopen(event)

    def _mend(self, obstacle: locking.Obstacle) -> None:
        """Settle what hinders the lock and can be settled here."""
        if obstacle.kind is locking.ObstacleKind.TIE and obstacle.problem is not None:
            self.questions.settle(obstacle.problem)

    def _choose_part(self, event: EventRow, plan: Plan, found: tuple[DivisionResult, ...]) -> DivisionResult:
        """Offer divisions and stages where there are several; the chosen one."""
        names = {one.code: one.name for one in event.divisions}
        stages = {stage.code: stage.name or stage.code for stage in plan.stages}
        choices = []
        for one in found:
            words = [names.get(one.division or "", one.division or "")] if one.division else []
            words += [stages[one.stage]] if len(stages) > 1 else []
            choices.append(((one.division, one.stage), " ".join(words) or tr("All")))
        last = next(key for key, _word in reversed(choices) if key[0] == choices[0][0][0])
        now = self.part.currentData()
        self.part.set_choices(choices, now if now in [key for key, _word in choices] else last)
        self.part.setVisible(len(choices) > 1)
        return next(one for one in found if (one.division, one.stage) == self.part.currentData())

    def _set_columns(self, plan: Plan, division: DivisionResult) -> None:
        stage = plan.stage(division.stage)
        modules = stage.modules if stage else ()
        timed = {code for one in self._rows for code in one.recorded.seconds}
        heads = [
            ModuleHead(one.code, _head(one), _clock(one) if one.code in timed else "") for one in modules
        ]
        field = Field.of(self._rows)
        shape = (tuple(heads), field, plan.low)
        if shape == self._shape:
            return
        self._shape = shape
        self.table.set_columns(columns(heads, field, low=plan.low))
        if self.table.rows_model.sorted_by is None:
            self.table.sort_by("total", descending=True)

    def _count(self) -> None:
        counts = {
            key: sum(self._belongs(key, one) for one in self._rows) for key in ("all", "won", "asked", "open")
        }
        segments = [
            Segment("all", tr("All"), counts["all"]),
            Segment("won", tr("Prize winners"), counts["won"]),
        ]
        if counts["asked"]:
            segments.append(Segment("asked", tr("To be decided"), counts["asked"], "bad"))
        if counts["open"]:
            segments.append(Segment("open", tr("Not ranked@filter"), counts["open"], "wait"))
        self.segments.set_segments(segments)
        ranked = sum(one.standing.status is Status.RANKED for one in self._rows)
        facts = [tr("{ranked} of {total} ranked", ranked=ranked, total=len(self._rows))]
        facts += [status_line(self._state)] if self._state is not None else []
        self.facts.emit(tr(", @facts").join(facts))

    @staticmethod
    def _belongs(key: str, one: ResultRow) -> bool:
        if key == "won":
            return one.standing.award is not None
        if key == "asked":
            return one.asked
        return key == "all" or one.standing.status not in (Status.RANKED, Status.OUT_OF_COMPETITION)

    def _filter(self) -> None:
        key, wanted = self.segments.key(), self.search.text().strip()

        def keep(one: ResultRow) -> bool:
            return self._belongs(key, one) and wanted in f"{one.number} {one.name} {one.organisation}"

        self.table.set_filter(keep if wanted or key != "all" else None)

    def _choose(self, chosen: ResultRow | None) -> None:
        event = self.events.chosen_event()
        self.panel.setVisible(chosen is not None and not self._closed)
        if chosen is not None and event is not None and not self._closed:
            self.panel.show_row(event, self._stage, chosen, self._rows, self._names)

    def _open_panel(self) -> None:
        self._closed = False
        self._choose(self.table.chosen_row())

    def _choose_columns(self) -> None:
        choose_columns(self.table, self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft()))

    def _export_menu(self) -> None:
        event = self.events.chosen_event()
        if event is None:
            return
        menu = QMenu(self)
        ratio = self.devicePixelRatioF()
        book = menu.addAction(icons.icon("file-spreadsheet", ratio=ratio), tr("Result book for Excel or WPS"))
        book.triggered.connect(lambda: self.export.book(event))
        sheet = menu.addAction(icons.icon("file-text", ratio=ratio), tr("Standings as PDF"))
        sheet.triggered.connect(lambda: self.export.pdf(event))
        menu.popup(self.export_button.mapToGlobal(QPoint(0, self.export_button.height())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room widens the panel."""
        super().resizeEvent(event)
        self.panel.fit(wide=self.window().width() >= theme.px("window.wideFrom"))

    def print_page(self) -> None:
        """Ctrl+P: the signed page of standings, through the preview."""
        event = self.events.chosen_event()
        if event is not None:
            self.export.print_standings(event)

    def find_here(self) -> None:
        """Ctrl+F."""
        self.search.setFocus()
        self.search.selectAll()

    def escape(self) -> bool:
        """Close the panel; Enter on a row opens it again."""
        if not self.panel.isVisible():
            return False
        self._closed = True
        self.panel.hide()
        self.table.setFocus()
        return True

    def take_files(self, files: list[Path]) -> None:
        """Theory scores dropped here belong to the marking page."""
        del files
        self.context.go.emit("marking")

    def regions(self) -> list[QWidget]:
        """Filter, search, table, panel."""
        return [*self.ribbon.steps[:1], self.segments, self.search, self.table, self.panel.copy_button]


def _head(module: Module) -> str:
    return f"{module.name or module.code} {percent(plain(module.weight))}".strip()


def _clock(module: Module) -> str:
    return tr("{module} time@column", module=module.name or module.code)


def _names(plan: Plan) -> dict[str, str]:
    """Names of stages and modules by their codes, for sentences that name codes."""
    named = {stage.code: stage.name or stage.code for stage in plan.stages}
    named |= {one.code: one.name or one.code for stage in plan.stages for one in stage.modules}
    return named
