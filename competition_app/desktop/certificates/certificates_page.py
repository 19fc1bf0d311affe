"""证书与资料: choose winners, see the real paper, make certificates, save, print, keep the register."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from competition_app.desktop.certificates.certificates_panel import CertificatePanel
from competition_app.desktop.certificates.certificates_preview import Preview
from competition_app.desktop.certificates.certificates_table import register_columns, winner_columns
from competition_app.desktop.certificates.certificates_work import CertificateWork
from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Ground, SearchField, Selector, Text
from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.event_choice import EventChoice
from competition_app.desktop.parts.parts import column, on_click, row
from competition_app.desktop.parts.work_stack import WorkStack
from competition_app.desktop.start import competition_facts
from competition_app.desktop.tables.table_view import TableView
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.certificates import certificate_files, certificates
from competition_app.services.certificates.certificates import RegisterRow, WinnerRow
from competition_app.services.results.winners import Wording


class CertificatesPage(Page):
    """Winners at the left, the paper in the middle, what it is about at the right; or the register."""

    reads = frozenset(
        {"certificates", "entries", "marks", "scores", "rulings", "penalties", "plan_versions", "sheets",
         "module_facts", "memberships", "persons", "competitions", "events", "registrations"}
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("Certificates"))
        self.work = CertificateWork(context, self)
        self.events = EventChoice(context)
        self.layout_choice = Selector(tr("Layout"), width=theme.px("measure.selectorWidth"))
        self.layout_choice.set_choices(
            [
                (name, tr("Layout: {name}", name=label))
                for name, label in certificate_files.layouts(in_use().language)
            ]
        )
        for selector in (self.events, self.layout_choice):
            self.add_scope(selector)
        self.register_button = on_click(Button(tr("Register"), "book-open"), self._turn_register)
        self.make_button = on_click(Button(tr("Make certificates"), "file-badge", "primary"), self.primary)
        for button in (self.register_button, self.make_button):
            self.add_action(button)
        self.winners: tuple[WinnerRow, ...] = ()
        self.table: TableView[WinnerRow] = TableView(winner_columns(), _paper_key, tr("Winners"))
        self.search = SearchField(tr("Name, number, organisation"))
        self.count = Text("", "body", "inkSecondary")
        self.see_problems = on_click(
            Button(tr("See what hinders"), variant="link", small=True), self._see_problems
        )
        self.preview = Preview(context)
        self.panel = CertificatePanel()
        self.register: TableView[RegisterRow] = TableView(
            register_columns(), lambda one: one.serial, tr("Register")
        )
        self._only_hindered = False
        self.empty, self.lacking = self._nothing(), self._without_facts()
        self._stack = WorkStack(self._papers(), self.panel, self.empty)
        for other in (self.register, self.lacking):
            self._stack.addWidget(other)
        self.body.addLayout(self._stack, 1)
        self._connect()

    def _papers(self) -> QHBoxLayout:
        """List and preview."""
        left = Ground("surface", "right")
        left.setFixedWidth(theme.px("width.certificateList"))
        bar = Ground("surface", "bottom")
        bar.setFixedHeight(theme.px("height.filterBar"))
        bar.setLayout(row(self.search, gap=2, margins=(3, 0, 3, 0)))
        foot = Ground("surface", "top")
        foot.setFixedHeight(theme.px("height.filterBar"))
        foot.setLayout(row(self.count, None, self.see_problems, margins=(4, 0, 2, 0)))
        inner = column(bar, self.table, foot, gap=0)
        inner.setContentsMargins(0, 0, theme.px("stroke.hairline"), 0)
        left.setLayout(inner)
        line = row(left, self.preview, gap=0)
        line.setStretch(1, 1)
        return line

    def _nothing(self) -> EmptyState:
        results = on_click(
            Button(tr("See the results"), "list-ordered", "primary"), partial(self.context.go.emit, "results")
        )
        return EmptyState(
            tr("No winners yet"),
            tr("Certificates are made from the result: once marks are in and prizes settled."),
            [results],
            [tr("Enter marks"), tr("Settle the result"), tr("Make certificates"), tr("Print and hand out")],
        )  # fmt: skip

    def _without_facts(self) -> EmptyState:
        """What every certificate needs of the competition is not there yet."""
        self.mend_button = on_click(
            Button(tr("Complete the competition details"), "pen-line", "primary"), self._complete_facts
        )
        return EmptyState(
            tr("The competition details are incomplete"), "", [self.mend_button],
            [tr("Competition details"), tr("Make certificates"), tr("Print and hand out")],
        )  # fmt: skip

    def _complete_facts(self) -> None:
        """Ask for what the competition lacks, the keyboard in its field."""
        row = competition_facts.row_of(self.context)
        if row is not None:
            competition_facts.change_facts(self.context, competition_facts.lacking(row))

    def _connect(self) -> None:
        self.events.event_chosen.connect(lambda _event: self.refresh())
        self.layout_choice.currentIndexChanged.connect(lambda _index: self.refresh())
        self.table.chosen.connect(self._show)
        self.panel.closed.connect(self.escape)
        delay = QTimer(self)
        delay.setSingleShot(True)
        delay.setInterval(theme.px("duration.searchDelay"))
        delay.timeout.connect(self._filter)
        self.search.textChanged.connect(lambda _text: delay.start())
        on_click(self.panel.print_one, lambda: self._with_chosen(self.work.print_papers))
        on_click(self.panel.save_one, lambda: self._with_chosen(self.work.save_papers))
        on_click(self.panel.void_one, lambda: self._with_chosen(self._void))

    def wording(self) -> Wording:
        """The chosen layout with the usual words."""
        return Wording(layout=str(self.layout_choice.currentData()))

    def refresh(self) -> None:
        """Ask for winners and register again."""
        event = self.events.reload()
        if event is None:
            self.winners = ()
            self.lacking.why.setText("")
        else:
            self.winners = self._ask_winners(event.id)
            self.register.set_rows(self.context.workspace.ask(certificates.register, event.id))
        self.table.set_rows(self.winners)
        on_register = self._stack.currentWidget() is self.register
        if not on_register:
            self._stack.setCurrentWidget(self._what_to_show())
        self._words()
        if self.winners and self.table.chosen_row() is None:
            self.table.choose(_paper_key(self.winners[0]))
        self._show(self.table.chosen_row())

    def _what_to_show(self) -> QWidget:
        """The papers; where there are none, what is missing first."""
        if self.winners:
            return self._stack.work
        return self.lacking if self.lacking.why.text() else self.empty

    def _ask_winners(self, event_id: int) -> tuple[WinnerRow, ...]:
        """The winners; what keeps papers from being made at all is said with the button that mends it."""
        try:
            found = self.context.workspace.ask(certificates.winner_rows, event_id, self.wording())
        except Refusal as refusal:
            self.lacking.why.setText(in_use().say(refusal))
            return ()
        self.lacking.why.setText("")
        return found

    def _words(self) -> None:
        """Say how many, what hinders, what the primary action would do."""
        hindered = sum(one.state == "hindered" for one in self.winners)
        ready = len(self.winners) - hindered
        total = len(self.winners)
        said = tr("{n} certificate|{n} certificates", n=total)
        self.count.setText(
            tr("{total} in all, {n} to be mended", total=total, n=hindered) if hindered else said
        )
        self.see_problems.setVisible(hindered > 0)
        many = tr("Make {n} certificate|Make {n} certificates", n=ready)
        if ready and all(one.serial for one in self.winners if one.state != "hindered"):
            many = tr("Save {n} certificate again|Save {n} certificates again", n=ready)
        self.make_button.setText(many if ready else tr("Make certificates"))
        self.make_button.setVisible(bool(self.winners))
        self.make_button.updateGeometry()
        printed = sum(one.state == "printed" for one in self.winners)
        self.facts.emit(tr("{printed} of {total} printed", printed=printed, total=len(self.winners)))

    def _filter(self) -> None:
        wanted = self.search.text().strip()
        only = self._only_hindered

        def keep(one: WinnerRow) -> bool:
            found = wanted in f"{one.name} {one.number} {one.organisation} {one.serial or ''}"
            return found and (not only or one.state == "hindered")

        self.table.set_filter(keep if wanted or only else None)

    def _see_problems(self) -> None:
        self._only_hindered = not self._only_hindered
        self.see_problems.setText(tr("See all") if self._only_hindered else tr("See what hinders"))
        self._filter()

    def _show(self, winner: WinnerRow | None) -> None:
        event = self.events.chosen_event()
        self.panel.setVisible(winner is not None)
        if winner is not None and event is not None:
            self.panel.show_winner(winner, event.name)
            self.preview.show_winner(event.id, self.wording(), self.winners.index(winner), winner)
        else:
            self.preview.show_nothing()

    def _with_chosen(self, deed: Callable[[Sequence[WinnerRow]], None]) -> None:
        winner = self.table.chosen_row()
        if winner is not None:
            deed([winner])

    def _void(self, winners: Sequence[WinnerRow]) -> None:
        self.work.void(winners[0])

    def _turn_register(self) -> None:
        on = self._stack.currentWidget() is self.register
        self._stack.setCurrentWidget(self._what_to_show() if on else self.register)
        self.register_button.setText(tr("Register") if on else tr("Back to the papers"))
        self.register_button.updateGeometry()

    def primary(self) -> None:
        """Make the certificates: number them, then save them as one file or apart."""
        event = self.events.chosen_event()
        if event is not None and self.winners:
            self.work.make(event, self.wording(), self.winners)

    def print_page(self) -> None:
        """Print all made papers, or the selected ones."""
        chosen = self.table.selected_rows()
        self.work.print_papers(chosen if len(chosen) > 1 else self.winners)

    def find_here(self) -> None:
        """Ctrl+F."""
        self.search.setFocus()
        self.search.selectAll()

    def escape(self) -> bool:
        """Close the panel, or leave the register."""
        if self._stack.currentWidget() is self.register:
            self._turn_register()
            return True
        if self.panel.isVisible():
            self.panel.hide()
            return True
        return False

    def forget(self) -> None:
        """Let the previewed paper go."""
        self.preview.show_nothing()

    def take_files(self, files: list[Path]) -> None:
        """A certificate dropped on the page is held against the register."""
        self.work.verify(files[0])

    def regions(self) -> list[QWidget]:
        """Search, list, panel; or the way on, or what mends the lack."""
        return [self.search, self.table, self.panel.print_one, *self.empty.ways, self.mend_button]


def _paper_key(row: WinnerRow) -> tuple[int, int]:
    return row.entry_id, row.copy
