"""成绩与公示: an event's standings, what is still open, why each place is this place, export, print."""

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.look import icons, theme
from competition_app.desktop.parts.controls import Button, Ground, SearchField, Selector, Text
from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.event_choice import EventChoice
from competition_app.desktop.parts.parts import Segment, Segments, column, on_click, row
from competition_app.desktop.results.results_close import CloseCalls, close_words
from competition_app.desktop.results.results_export import ResultsExport
from competition_app.desktop.results.results_filters import belongs, segments
from competition_app.desktop.results.results_seeing import Seeing
from competition_app.desktop.results.results_sides import PAIR, Sides
from competition_app.desktop.results.results_table import Field, ModuleHead, ResultRow, columns, result_rows
from competition_app.desktop.results.results_words import percent
from competition_app.desktop.results.settling.questions import Questions
from competition_app.desktop.results.settling.seats import Seats
from competition_app.desktop.results.settling.steps import status_line
from competition_app.desktop.results.settling.way import Way
from competition_app.desktop.tables.table_memory import choose_columns
from competition_app.desktop.tables.table_view import TableView
from competition_app.domain.plans.plan import NO_PLAN, Module, Plan
from competition_app.domain.ranking.result import DivisionResult, Status
from competition_app.domain.scoring.figures import plain
from competition_app.i18n import tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.plans import plans
from competition_app.services.results import recorded
from competition_app.services.results.result_seen import ResultSeen


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
        self.questions = Questions(context)
        self.way = Way(context, self.questions)
        self.seats = Seats(self.way.going_on)
        self.seeing = Seeing(context, self)
        self._deeds = (self.way.look_button, self.export_button, self.print_button, self.way.next_button)
        for button in self._deeds:
            self.add_action(button)
        self.segments = Segments([Segment("all", tr("All"))], tr("Which rows"))
        self.search = SearchField(tr("Name, number, organisation"))
        self.table: TableView[ResultRow] = TableView([], lambda one: one.number, tr("Standings"))
        self.sides = Sides(context)
        self.panel = self.sides.why
        self._rows: tuple[ResultRow, ...] = ()
        self._shape: object = None
        self._stage = ""
        self._names: dict[str, str] = {}
        self._closed = False
        self._of: int | None = None
        self._version: object = None
        self.close_calls = CloseCalls(context, self._come_close)
        self._heads: list[ModuleHead] = []
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)
        self._stack.addWidget(self._content())
        self.empty, self.no_rules = self._nothing(), self._without_rules()
        for empty in (self.empty, self.no_rules):
            self._stack.addWidget(empty)
        self._connect()

    def _content(self) -> QWidget:
        bar = Ground("surface", "bottom")
        bar.setFixedHeight(theme.px("height.filterBar"))
        self.columns_button = on_click(Button("", "columns-3", tip=tr("Columns")), self._choose_columns)
        bar.setLayout(row(self.segments, self.search, self.columns_button, gap=2, margins=(4, 0, 4, 0)))
        self.waiting = Ground("surface", "bottom")
        self.waiting.setFixedHeight(theme.px("height.filterBar"))
        said = Text(tr("The places are being worked out"), "body", "inkSecondary")
        self.waiting.setLayout(row(said, None, margins=(4, 0, 4, 0)))
        self.waiting.hide()
        left = column(self.way.ribbon, bar, self.waiting, self.questions, self.seats, self.table, gap=0)
        left.setStretch(5, 1)
        whole = QWidget()
        line = row(left, self.sides, gap=0)
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

    def _without_rules(self) -> EmptyState:
        to_rules = on_click(
            Button(tr("Set the rules"), "clipboard-list", "primary"), lambda: self.context.go.emit("events")
        )
        return EmptyState(
            tr("No rules yet"),
            tr("Without rules nobody knows what is marked and how it is added up, so nobody can be ranked."),
            [to_rules],
            [tr("Set the rules"), tr("Enter marks"), tr("Settle the result"), tr("Make certificates")],
        )

    def _connect(self) -> None:
        self._pick = QTimer(self)
        self._pick.setSingleShot(True)
        self._pick.setInterval(0)
        self._pick.timeout.connect(self._picked)
        self.events.event_chosen.connect(lambda _event: self.refresh())
        self.part.currentIndexChanged.connect(lambda _index: self.refresh())
        self.way.look.connect(self._look_back)
        self.seeing.ready.connect(self._come)
        self.segments.chosen.connect(lambda _key: self._filter())
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _row: self._open_panel())
        self.table.selectionModel().selectionChanged.connect(lambda _new, _old: self._pick.start())
        self.sides.closed.connect(self.escape)
        delay = QTimer(self)
        delay.setSingleShot(True)
        delay.setInterval(theme.px("duration.searchDelay"))
        delay.timeout.connect(self._filter)
        self.search.textChanged.connect(lambda _text: delay.start())

    def refresh(self) -> None:
        """Rank again and show; choice, sort and scroll stay. What has not changed is not asked again."""
        event = self.events.reload()
        ask = self.context.workspace.ask
        change = ask(recorded.last_change)
        if event is not None and (event.id, change, self.part.currentData()) == self._version:
            self._tell()
            return
        self._version = None
        plan = ask(plans.plan_of, event.id) if event is not None and event.entries else NO_PLAN
        for deed in self._deeds:
            deed.setVisible(bool(plan.stages))
        if event is None or not plan.stages:
            lacking = self.empty if event is None or not event.entries else self.no_rules
            self._stack.setCurrentWidget(lacking)
            self.facts.emit("")
            return
        self._stack.setCurrentIndex(0)
        seen = self.seeing.of(event, change)
        if seen is None:
            self._wait(event, plan)
            return
        self._show_event(event, seen)
        self._version = (event.id, change, self.part.currentData())

    def _wait(self, event: EventRow, plan: Plan) -> None:
        """The places are being worked out: rows of this event stay meanwhile, those of another go."""
        if event.id != self._of:
            self._of, self._rows = event.id, ()
            self.table.set_rows(())
            self.questions.rest()
            self.seats.show_event(event, None)
            self.way.wait(event, _names(plan))
            self.sides.show_side("")
            self.part.hide()
            self.waiting.show()
        self.way.waits = True
        self.facts.emit(tr("Working out the places"))

    def _come(self) -> None:
        """What was being worked out is there: show it, unless another page is shown by now."""
        if self.isVisible():
            self.refresh()

    def _show_event(self, event: EventRow, seen: ResultSeen) -> None:
        plan, people = seen.plan, seen.people
        division = self._choose_part(event, plan, seen.result.divisions)
        self._of, self._stage, self._names = event.id, division.stage, _names(plan)
        self.waiting.hide()
        self.questions.show_questions(event, division)
        self.way.show_event(event, self._names, seen)
        close = close_words(self.close_calls.of(event, self.way.state), division.division, division.stage)
        self._rows = result_rows(division, people, seen.recorded[division.stage], close)
        self._set_columns(plan, division)
        self.table.set_rows(self._rows)
        self.seats.show_event(event, seen.going.get(division.stage))
        self._count()
        self._filter()
        if self.table.chosen_row() is None and self._rows and not self._closed:
            self.table.choose(self._rows[0].number)
        self.sides.about(event, self._stage, self._rows, self._names)
        self._refresh_side(event)
        self._lead_tab()

    def _lead_tab(self) -> None:
        """Tab goes as the eye does: head, ribbon, filter, questions, table, panel."""
        way = [self.way.next_button, *self.way.ribbon.steps]
        way += [self.way.rulings_button, self.way.reopen_button]
        asked = [*self.questions.buttons(), *self.seats.findChildren(Button)]
        chain = [*way, self.segments, self.search, self.columns_button, *asked, self.table]
        chain += [self.panel.compare_button, self.panel.more_button, self.panel.close_button]
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)

    def _come_close(self) -> None:
        """Close calls were found meanwhile: show them too."""
        self._version = None
        self.refresh()

    def _refresh_side(self, event: EventRow) -> None:
        """What stands at the right speaks of the new figures."""
        if self.sides.shown == "look" and self.way.locked:
            self._show_look(event)
        elif self.sides.shown == "compare" and self.sides.compare.pair is not None:
            self.sides.show_pair(self.sides.compare.pair)
        else:
            self.sides.shown = "why"
            self._choose(self.table.chosen_row())

    def primary(self) -> None:
        """Ctrl+Enter: the step that follows."""
        self.way.primary()

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
        self._heads = heads = [
            ModuleHead(one.code, _head(one), _clock(one) if one.code in timed else "", bool(one.time_bands))
            for one in modules
        ]
        field = Field.of(self._rows)
        near = any(one.close for one in self._rows)
        shape = (tuple(heads), field, plan.low, near)
        if shape == self._shape:
            return
        self._shape = shape
        self.table.set_columns(columns(heads, field, low=plan.low, near=near))
        if self.table.rows_model.sorted_by is None:
            self.table.sort_by("total", descending=True)

    def _count(self) -> None:
        self.segments.set_segments(segments(self._rows))
        self._tell()

    def _tell(self) -> None:
        ranked = sum(one.standing.status is Status.RANKED for one in self._rows)
        facts = [tr("{ranked} of {total} ranked", ranked=ranked, total=len(self._rows))]
        facts += [status_line(self.way.state)] if self.way.state is not None else []
        self.facts.emit(tr(", @facts").join(facts))

    def _filter(self) -> None:
        key, wanted = self.segments.key(), self.search.text().strip()

        def keep(one: ResultRow) -> bool:
            return belongs(key, one) and wanted in f"{one.number} {one.name} {one.organisation}"

        self.table.set_filter(keep if wanted or key != "all" else None)

    def _choose(self, chosen: ResultRow | None) -> None:
        """Another row was chosen: tell of it, unless the panel was closed or looks back."""
        if self._closed or self.sides.shown == "look":
            return
        self.sides.show_chosen(chosen)

    def _picked(self) -> None:
        """Two rows chosen together stand side by side."""
        rows = self.table.selected_rows()
        if len(rows) == PAIR:
            self._closed = False
            self.sides.show_pair((rows[0].number, rows[1].number))
        elif self.sides.shown == "compare" and not self.sides.speaks_of(rows):
            self._choose(self.table.chosen_row())

    def _open_panel(self) -> None:
        self._closed = False
        self.sides.show_chosen(self.table.chosen_row())

    def _look_back(self) -> None:
        """推演复盘, where the lock allows it."""
        event = self.events.chosen_event()
        if event is not None:
            self._closed = False
            self._show_look(event)
            self.sides.show_side("look")

    def _show_look(self, event: EventRow) -> None:
        division, stage = self.part.currentData()
        heads = [one.code for one in self._heads]
        self.sides.look.show_event(event, stage, division, heads, self._names)

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
        self.sides.fit(self.window().width())

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
        """Close the panel: a comparison or look back gives way to the place; Enter opens that again."""
        if not self.sides.isVisible():
            return False
        if self.sides.shown == "why":
            self._closed = True
            self.sides.show_side("")
        else:
            self.sides.show_chosen(self.table.chosen_row())
        self.table.setFocus()
        return True

    def take_files(self, files: list[Path]) -> None:
        """Theory scores dropped here belong to the marking page."""
        del files
        self.context.go.emit("marking")

    def forget(self) -> None:
        """A job that ends later finds nobody."""
        self.questions.forget()
        self.seeing.forget()
        self.close_calls.forget()
        self.sides.look.what_if.forget()

    def regions(self) -> list[QWidget]:
        """Filter, search, table, panel."""
        side = self.sides.panel()
        return [
            *self.way.ribbon.steps[:1], self.segments, self.search, self.table,
            *([side.close_button] if side is not None else []), *self.empty.ways, *self.no_rules.ways,
        ]  # fmt: skip


def _head(module: Module) -> str:
    return f"{module.name or module.code} {percent(plain(module.weight))}".strip()


def _clock(module: Module) -> str:
    return tr("{module} time@column", module=module.name or module.code)


def _names(plan: Plan) -> dict[str, str]:
    """Names of stages and modules by their codes, for sentences that name codes."""
    named = {stage.code: stage.name or stage.code for stage in plan.stages}
    named |= {one.code: one.name or one.code for stage in plan.stages for one in stage.modules}
    return named
