"""操作日志: who did what, when, on which device, old and new; found, checked as a chain, taken out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.history.history_panel import HistoryPanel
from competition_app.desktop.history.history_rows import LogPages, history_columns
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Ground, SearchField, Selector, Text
from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.parts import Banner, Segment, Segments, clear, column, on_click, row
from competition_app.desktop.parts.work_stack import WorkStack
from competition_app.desktop.tables.table_view import TableView
from competition_app.i18n import in_use, tr
from competition_app.services import upkeep
from competition_app.services.history import history_export, history_search
from competition_app.services.history.history_search import Found, Overview, Wanted
from competition_app.services.upkeep import Checked

AREAS = ("marking", "rulings", "registration", "certificates", "other")


class HistoryPage(Page):
    """The operations at the left, newest first; the chosen one whole at the right."""

    reads = frozenset({"history"})

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("History@page"))
        self.person = Selector(tr("Person"), width=theme.px("measure.partWidth"))
        self.day = Selector(tr("Day"), width=theme.px("measure.partWidth"))
        for selector in (self.person, self.day):
            self.add_scope(selector)
            selector.currentIndexChanged.connect(lambda _index: self.search_again())
        self.check_button = on_click(Button(tr("Check the chain"), "circle-check"), self.check)
        self.export_button = on_click(Button(tr("Export"), "download"), self.export)
        for button in (self.check_button, self.export_button):
            self.add_action(button)
        self.segments = Segments([Segment("all", tr("All"))], tr("Area"))
        self.search = SearchField(tr("Number, name, deed, reason"))
        self.pages = LogPages(context)
        self.table: TableView[int] = TableView(history_columns(self.pages), lambda seq: seq, tr("Operations"))
        self.table.sort_by("at", descending=True)
        self.panel = HistoryPanel(context)
        self.panel.hide()
        self.nothing_found = Text("", "body", "inkSecondary")
        self.nothing_found.hide()
        self._banners = column(gap=0)
        self._found = Found(())
        self._shown: Sequence[int] = ()
        self._wanted = Wanted()
        self._overview = Overview()
        self._stack = WorkStack(self._list(), self.panel, self._nothing())
        self.body.addLayout(self._stack, 1)
        self._connect()

    def _list(self) -> QVBoxLayout:
        bar = Ground("surface", "bottom")
        bar.setFixedHeight(theme.px("height.filterBar"))
        bar.setLayout(row(self.segments, self.search, gap=2, margins=(4, 0, 4, 0)))
        below = Ground("surface")
        inside = column(self.nothing_found, self.table, gap=0)
        self.nothing_found.setContentsMargins(theme.px("padding.cellFirstLast"), theme.space(4), 0, 0)
        inside.setStretch(1, 1)
        below.setLayout(inside)
        left = column(bar, self._banners, below, gap=0)
        left.setStretch(2, 1)
        return left

    @staticmethod
    def _nothing() -> EmptyState:
        return EmptyState(
            tr("Nothing has been done yet"),
            tr("Every deed is recorded here by itself with name, time and device, and cannot be changed."),
            (),
            [tr("Make the competition"), tr("Enter marks"), tr("Look here"), tr("Check the chain")],
            2,
        )

    def _connect(self) -> None:
        self.segments.chosen.connect(lambda _key: self._show())
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open_panel)
        self.table.clicked.connect(lambda _index: self._open_panel())
        self.panel.closed.connect(self.escape)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(theme.px("duration.searchDelay"))
        self._delay.timeout.connect(self.search_again)
        self.search.textChanged.connect(lambda _text: self._delay.start())

    def refresh(self) -> None:
        """Offer who and when, find again; choice and scroll stay."""
        overview = self._overview = self.context.workspace.ask(history_search.overview)
        self._stack.show_empty(on=not overview.operations)
        people = [(None, tr("Everybody")), *((name, name) for name in overview.actors)]
        self.person.set_choices(people, self.person.currentData())
        days = [(None, tr("All days")), *((day, f"{day:%Y-%m-%d}") for day in overview.days)]
        self.day.set_choices(days, self.day.currentData())
        self.search_again()

    def search_again(self) -> None:
        """Find what person, day and words ask for, and count it by area."""
        chosen: date | None = self.day.currentData()
        wanted = Wanted(self.person.currentData(), chosen, self.search.text())
        ask = self.context.workspace.ask
        if wanted == Wanted():
            self._found = self._overview.everything
        elif wanted == self._wanted and self._found.seqs:
            after = replace(wanted, after=self._found.seqs[0])
            self._found = self._found.with_newer(ask(history_search.find, after, in_use()))
        else:
            self._found = ask(history_search.find, wanted, in_use())
        self._wanted = wanted
        names = {
            "marking": tr("Marking@area"), "rulings": tr("Rulings"), "registration": tr("Registration@area"),
            "certificates": tr("Certificates@area"), "other": tr("Other@area"),
        }  # fmt: skip
        segments = [Segment("all", tr("All"), len(self._found.seqs))]
        segments += [Segment(key, names[key], self._found.areas.get(key, 0)) for key in AREAS]
        self.segments.set_segments(segments)
        self._show()

    def _show(self) -> None:
        key = self.segments.key()
        shown = self._found.seqs if key == "all" else self._of_area(str(key))
        self.pages.use(shown)
        if shown != self._shown:
            self._shown = shown
            self.table.set_rows(shown)
        self.table.viewport().update()
        self.nothing_found.setVisible(not self._shown)
        self.nothing_found.setText(tr("Nothing fits. Choose another person or day, or empty the search."))
        self.export_button.setEnabled(bool(self._shown))
        count, total = f"{len(self._shown):,}", f"{self._overview.operations:,}"
        self.facts.emit(tr("{shown} of {total} operations", shown=count, total=total))
        self._choose(self.table.chosen_row())

    def _of_area(self, area: str) -> Sequence[int]:
        """The numbers of what was found in one area of the day."""
        wanted = replace(self._wanted, area=area)
        return self.context.workspace.ask(history_search.find, wanted, in_use()).seqs

    def _choose(self, seq: int | None) -> None:
        if seq is None:
            self.panel.hide()
        elif self.panel.isVisible():
            self.panel.show_operation(seq)

    def _open_panel(self, _row: object = None) -> None:
        seq = self.table.chosen_row()
        if seq is not None and not self.panel.isVisible():
            self.panel.show()
            self.panel.show_operation(seq)

    def show_seq(self, seq: int) -> None:
        """Go to the operation with this number, whatever is filtered now."""
        self.search.clear()
        self.person.choose(None)
        self.day.choose(None)
        self.segments.choose("all")
        self.search_again()
        self.table.choose(seq)
        self._open_panel()

    def check(self) -> None:
        """Check the whole chain beside the window; say what was found on the page."""
        path = self.context.workspace.path
        words = JobWords(tr("Checking the history"), path.name, tr("A check changes nothing."))
        self.context.jobs.start(words, lambda _progress: upkeep.check(path), self._checked)

    def _checked(self, checked: Checked) -> None:
        clear(self._banners)
        n = f"{checked.operations:,}"
        at = f"{datetime.now().astimezone():%H:%M:%S}"
        close = Button(tr("Got it"), small=True)
        answers = [close]
        if checked.sound:
            sentence = tr("The chain is whole, {n} operations", n=n)
            more = tr("Checked at {time}, with marks, personal values and copies", time=at)
            banner = Banner("done", "circle-check", sentence, more, answers)
        else:
            said = checked.problems[0]
            seq = said.values.get("seq")
            if isinstance(seq, int) and seq in self._found.seqs:
                answers.insert(0, on_click(Button(tr("Show it"), small=True), partial(self.show_seq, seq)))
            more = tr("Checked at {time}", time=at)
            banner = Banner("bad", "octagon-alert", in_use().say(said), more, answers)
        frame = Ground("surface", "bottom")
        frame.setLayout(row(banner, margins=(4, 2, 4, 2)))
        self._banners.addWidget(frame)
        on_click(close, lambda: clear(self._banners))

    def export(self) -> None:
        """What is shown as a workbook."""
        name = tr("History@page") + ".xlsx"
        target = self.context.asking.save_file(tr("Save the history"), name, "Excel (*.xlsx)")
        if target is None:
            return
        n = len(self._shown)
        words = JobWords(
            tr("Exporting the history"),
            tr("{n} operation|{n} operations", n=f"{n:,}"),
            tr("No half file is left when cancelled."),
        )
        done = tr("Saved: {file}", file=target.name)
        spoken, shown, workspace = in_use(), self._shown, self.context.workspace
        self.context.jobs.start(
            words,
            lambda progress: history_export.export_history(workspace, shown, target, spoken, progress),
            lambda _rows: self.context.asking.note(done),
        )

    def find_here(self) -> None:
        """Ctrl+F."""
        self.search.setFocus()
        self.search.selectAll()

    def escape(self) -> bool:
        """Close the panel; Enter or a click on a row opens it again."""
        if not self.panel.isVisible():
            return False
        self.panel.hide()
        self.table.setFocus()
        return True

    def regions(self) -> list[QWidget]:
        """Filters, table, panel."""
        return [self.person, self.segments, self.search, self.table, self.panel.copy_button]
