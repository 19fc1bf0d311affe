"""报名与资格审查: forms brought in, their problems cell by cell, every registration reviewed by a person."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Ground, SearchField, Selector
from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.parts import Segment, Segments, clear, column, on_click, row
from competition_app.desktop.parts.work_stack import WorkStack
from competition_app.desktop.registration.registration_banner import ImportBanner
from competition_app.desktop.registration.registration_columns import PILLS, registration_columns
from competition_app.desktop.registration.registration_drop import DropArea
from competition_app.desktop.registration.registration_forgetting import RegistrationForgetting
from competition_app.desktop.registration.registration_import import KINDS, RegistrationImport
from competition_app.desktop.registration.registration_panel import RegistrationPanel, Trouble
from competition_app.desktop.registration.registration_problems import Found, ProblemsPanel
from competition_app.desktop.registration.registration_sending import RegistrationSending
from competition_app.desktop.registration.registration_shown import shown
from competition_app.desktop.registration.registration_verdicts import RegistrationVerdicts
from competition_app.desktop.tables.table_memory import choose_columns
from competition_app.desktop.tables.table_view import TableView
from competition_app.desktop.tables.tables import Column
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.progress import Progress
from competition_app.services.registration import registration_rows
from competition_app.services.registration.registration_rows import (
    RegistrationCounts,
    RegistrationDetail,
    RegistrationRow,
)

EVERY = "all"
AT_ONCE = 2000
"""More registrations than these are read beside the window, so that the page opens without a wait."""


class RegistrationPage(Page):
    """The list of registrations with its filters; below it the import's problems, beside it one person."""

    reads = frozenset({
        "registrations", "contestants", "persons", "entries", "organisations", "participations", "events",
        "divisions",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("Registration and review"))
        self.rows: tuple[RegistrationRow, ...] = ()
        self._detail: RegistrationDetail | None = None
        self._asked = 0
        self.bringing = RegistrationImport(context, self)
        self.verdicts = RegistrationVerdicts(context, self)
        self.sending = RegistrationSending(context)
        self.forgetting = RegistrationForgetting(context, self)
        self._make_head()
        self._make_filter()
        self.table: TableView[RegistrationRow] = TableView(
            self._columns(), lambda found: found.id, tr("Registrations")
        )
        self.problems = ProblemsPanel()
        self.drop = DropArea()
        self.panel = RegistrationPanel()
        self._lay_out()
        self._connect()

    # --- making ---
    def _make_head(self) -> None:
        self.hand_out_button = on_click(Button(tr("Hand out forms"), "send"), self.sending.hand_out)
        self.add_action(self.hand_out_button)
        self.import_button = on_click(Button(tr("Import forms"), "file-up", "primary"), self.open_file)
        self.add_action(self.import_button)

    def _make_filter(self) -> None:
        self.states = Segments([Segment(EVERY, tr("All@registrations"), 0)], tr("State"))
        self.search = SearchField(tr("Name, ID number, organisation"))
        self.unit = Selector(tr("Organisation"), width=theme.px("measure.organisationSelector"))
        self.unit.set_choices([(None, tr("All organisations"))])
        self.columns_button = on_click(Button("", "columns-3", tip=tr("Columns")), self._choose_columns)
        self.filter = Ground("surface", "bottom")
        self.filter.setFixedHeight(theme.px("height.filterBar"))
        line = row(self.states, self.search, self.unit, self.columns_button, gap=2, margins=(4, 0, 4, 0))
        line.setStretch(1, 1)
        self.filter.setLayout(line)
        self._searching = QTimer(self)
        self._searching.setSingleShot(True)
        self._searching.setInterval(theme.px("duration.searchDelay"))

    def _lay_out(self) -> None:
        self._banner = QVBoxLayout()
        self.bottom = Ground("surface", "top")
        drop_side = Ground("surface", "left")
        drop_side.setLayout(column(self.drop, margins=(4, 3, 4, 3)))
        drop_side.setFixedWidth(theme.px("measure.dropWidth"))
        self._drop_side = drop_side
        bottom = row(self.problems, drop_side, gap=0)
        bottom.setStretch(0, 1)
        self.bottom.setLayout(bottom)
        left = column(self.filter, self._banner, self.table, self.bottom, gap=0)
        left.setStretch(2, 1)
        self.empty = self._empty_state()
        self._stack = WorkStack(left, self.panel, self.empty)
        self.body.addLayout(self._stack, 1)
        self._fold(on=False)

    def _empty_state(self) -> EmptyState:
        ways = [
            on_click(Button(tr("Import forms"), "file-up", "primary"), self.open_file),
            on_click(Button(tr("Hand out forms"), "send"), self.sending.hand_out),
        ]
        why = tr("The units send their registration forms back. Drop them here; several at once will do.")
        road = [tr("Hand out forms"), tr("Bring them in"), tr("Review"), tr("Enter marks")]
        return EmptyState(tr("No registrations yet"), why, ways, road, 1)

    def _connect(self) -> None:
        self.states.chosen.connect(lambda _key: self._filter())
        self.search.textChanged.connect(lambda _text: self._searching.start())
        self._searching.timeout.connect(self._filter)
        self.unit.activated.connect(lambda _at: self._filter())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_panel())
        self.table.rows_model.ticked_changed.connect(self._show_panel)
        self.table.opened.connect(lambda _row: self.panel.focus_trouble())
        self.panel.passed.connect(lambda: self.verdicts.pass_many(self._chosen(), self._who()))
        self.panel.returned.connect(lambda: self.verdicts.hand_back(self._keys(), self._who()))
        self.panel.refused.connect(lambda: self.verdicts.refuse(self._keys(), self._who()))
        self.panel.mended.connect(self.verdicts.correct)
        self.panel.deed.connect(self._other_way)
        self.panel.forgotten.connect(self.forgetting.forget)
        self.verdicts.refused_field.connect(self._refuse_field)
        self.drop.dropped.connect(self.take_files)
        self.drop.clicked.connect(lambda _checked: self.open_file())
        self.bringing.changed.connect(self._show_import)
        self.problems.list.deed.connect(self._mend_found)
        self.problems.list.chosen.connect(self._show_found)
        self.problems.report.connect(self._give_back)
        self.problems.folded.connect(lambda on: self._fold(on=on))

    # --- asking ---
    def refresh(self) -> None:
        """Ask for rows and counts again; choice, ticks, sort and scroll stay, as does what is being typed."""
        ask, competition = self.context.workspace.ask, self.context.competition_id
        counts = ask(registration_rows.registration_counts, competition)
        self._show_counts(counts)
        if counts.all <= AT_ONCE:
            self._show_rows(ask(registration_rows.registrations, competition))
            return
        self._stack.show_empty(on=False)
        self._asked += 1
        number = self._asked

        def work(_progress: Progress) -> tuple[RegistrationRow, ...]:
            return ask(registration_rows.registrations, competition)

        def arrived(rows: tuple[RegistrationRow, ...]) -> None:
            if number == self._asked:
                self._show_rows(rows)

        self.context.jobs.start(JobWords(tr("Reading the registrations")), work, arrived)

    def _show_rows(self, rows: tuple[RegistrationRow, ...]) -> None:
        self.rows = rows
        names = sorted({found.organisation for found in self.rows if found.organisation})
        self.unit.set_choices([(None, tr("All organisations")), *((name, name) for name in names)])
        self._keep_filter()
        columns = self._columns()
        if [one.key for one in columns] != [one.key for one in self.table.columns()]:
            self.table.set_columns(columns)
        self.table.set_rows(self.rows)
        self._show_stack()
        if self.bringing.brought is not None and self.bringing.brought.taken:
            self.bringing.find_again()
        self._show_panel()

    def _show_counts(self, counts: RegistrationCounts) -> None:
        words = {
            "waiting": (tr("To review"), "inkTertiary"), "problem": (tr("Problem@state"), "bad"),
            "returned": (tr("Returned@state"), "wait"), "passed": (tr("Passed@state"), "inkTertiary"),
            "refused": (tr("Refused@state"), "inkTertiary"),
        }  # fmt: skip
        segments = [Segment(EVERY, tr("All@registrations"), counts.all)]
        segments += [
            Segment(state, word, counts.states[state], role)
            for state, (word, role) in words.items()
            if state != "refused" or counts.states[state]
        ]
        self.states.set_segments(segments)
        self.subtitle.set_text(
            tr("{sent} of {n} organisations have sent forms", sent=counts.units_sent, n=counts.units)
            if counts.units else ""
        )  # fmt: skip

    # --- filter and columns ---
    def _filter(self) -> None:
        self._keep_filter()
        self._show_panel()

    def _keep_filter(self) -> None:
        state, text = self.states.key(), self.search.text().strip().lower()
        unit = self.unit.currentData()

        def keep(found: RegistrationRow) -> bool:
            return (
                state in (EVERY, found.state)
                and (unit is None or found.organisation == unit)
                and (not text or text in found.search)
            )

        self.table.set_filter(None if state == EVERY and unit is None and not text else keep)

    def _columns(self) -> list[Column[RegistrationRow]]:
        away = {key for key in ("team", "division") if not any(getattr(one, key) for one in self.rows)}
        return [found for found in registration_columns() if found.key not in away]

    def _choose_columns(self) -> None:
        choose_columns(self.table, self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft()))

    # --- the panel ---
    def _chosen(self) -> list[RegistrationRow]:
        """What a verdict is about: the ticked rows, else the selected ones."""
        ticked = self.table.rows_model.ticked
        if ticked:
            return [found for found in self.rows if found.id in ticked]
        return self.table.selected_rows()

    def _keys(self) -> list[int]:
        return [found.id for found in self._chosen()]

    def _who(self) -> str:
        chosen = self._chosen()
        if len(chosen) == 1:
            return chosen[0].name
        return tr("{n} person|{n} persons", n=len(chosen))

    def _show_panel(self) -> None:
        chosen = self._chosen()
        self.facts.emit(tr("{n} chosen of {all}", n=f"{len(chosen):,}", all=f"{len(self.rows):,}"))
        if len(chosen) > 1:
            self._detail = None
            self._show_many(chosen)
        elif chosen:
            self._show_one(chosen[0].id)
        else:
            self._detail = None
            self.panel.show_none()

    def _show_one(self, key: int) -> None:
        try:
            detail = self.context.workspace.ask(registration_rows.registration_detail, key)
        except Refusal:
            self.panel.show_none()
            return
        if detail != self._detail or self.panel.key != key:
            self._detail = detail
            self.panel.show_one(shown(detail))

    def _show_many(self, chosen: list[RegistrationRow]) -> None:
        states = Counter(found.state for found in chosen)
        lines = [f"{PILLS[state].word} {n:,}" for state, n in states.most_common()]
        blocked = states["problem"]
        why = tr("{n} of them has problems and cannot pass yet."
                 "|{n} of them have problems and cannot pass yet.",
                 n=blocked) if blocked else ""  # fmt: skip
        self.panel.show_many(len(chosen), lines, why)

    def _refuse_field(self, key: int, role: str, refusal: object) -> None:
        if self.panel.key == key and isinstance(refusal, Refusal):
            self.panel.refuse_field(role, in_use().say(refusal))

    def _other_way(self, name: str, trouble: object) -> None:
        if isinstance(trouble, Trouble) and self.panel.key is not None:
            self.verdicts.other_way(self.panel.key, name, trouble)

    # --- importing ---
    def open_file(self) -> None:
        """Ctrl+O: choose forms to import."""
        self.take_files(self.context.asking.open_files(tr("Import registration forms"), KINDS))

    def take_files(self, files: list[Path]) -> None:
        """Forms dropped anywhere on the window."""
        self.bringing.read(files)

    def _show_import(self) -> None:
        clear(self._banner)
        self.problems.show_found(self.bringing.found, self.bringing.last_file)
        if self.bringing.waiting:
            self.import_banner = ImportBanner(self.bringing)
            self._banner.addWidget(self.import_banner)
        self._show_stack()

    def _show_stack(self) -> None:
        """The list, or the empty state; one red button only."""
        empty = not self.rows and self.bringing.brought is None
        self._stack.show_empty(on=empty)
        self.import_button.set_variant("plain" if empty or self.bringing.waiting else "primary")

    def _mend_found(self, found: object) -> None:
        """The deed beside a problem: correct it here, accept first, or hand the form back."""
        if not isinstance(found, Found):
            return
        if found.registration is not None:
            self._go_to(found)
        elif self.bringing.waiting and not found.blocks:
            self.bringing.accept()
        else:
            self.context.asking.note(
                tr("{place}: this row was not taken. Let the unit mend its form and send it again.",
                   place=found.place)
            )  # fmt: skip

    def _give_back(self) -> None:
        if self.bringing.brought is not None:
            self.sending.give_back(self.bringing.brought)

    def _show_found(self, found: object) -> None:
        if not isinstance(found, Found):
            return
        self.problems.file.set_text(" ".join(part for part in (found.place, found.person) if part))
        if found.registration is not None:
            self._choose(found.registration)

    def _go_to(self, found: Found) -> None:
        assert found.registration is not None
        self._choose(found.registration)
        self.panel.focus_trouble(found.column)

    def _choose(self, key: int) -> None:
        """Choose a registration wherever it is: filters that hide it are taken off."""
        if self.table.rows_model.row_of(key) is None:
            self.states.choose(EVERY)
            self.search.clear()
            self.unit.choose(None)
            self._filter()
        self.table.rows_model.set_ticked(list(self.table.rows_model.ticked), on=False)
        self.table.choose(key)

    # --- the frame's keys ---
    def find_here(self) -> None:
        """Ctrl+F: the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def primary(self) -> None:
        """Ctrl+Enter: accept what was read, else import."""
        if self.bringing.waiting and self.bringing.brought and self.bringing.brought.report.accepted:
            self.bringing.accept()
        else:
            self.open_file()

    def escape(self) -> bool:
        """Esc: empty the search, then let go of what is chosen."""
        if self.search.hasFocus() and self.search.text():
            self.search.clear()
        elif self.table.rows_model.ticked:
            self.table.rows_model.set_ticked(list(self.table.rows_model.ticked), on=False)
        elif self._chosen():
            self.table.choose(None)
        else:
            return False
        return True

    def regions(self) -> list[QWidget]:
        """Filter, table, panel, problems."""
        return [self.states, self.table, self.panel.pass_button, self.problems.list, self.empty.ways[0]]

    # --- room ---
    def _fold(self, *, on: bool) -> None:
        wide = self.window().width() >= theme.px("window.wideFrom")
        high = theme.px("measure.problemsHeightWide" if wide else "measure.problemsHeight")
        self.bottom.setFixedHeight(theme.px("height.banner") if on else high)
        self._drop_side.setVisible(not on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide window has a wider panel; a low one folds the problems to their head."""
        super().resizeEvent(event)
        window = self.window()
        self.panel.fit(wide=window.width() >= theme.px("window.wideFrom"))
        low = window.height() < theme.px("window.collapseBottomPanelsUnderHeight")
        if low != self.problems.is_folded:
            self.problems.fold(on=low)
        self._fold(on=self.problems.is_folded)
