"""裁判: an event's panel: seats and persons, modules assigned, what is owed, judges of contestants' units."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.judges.judges_columns import judge_columns
from competition_app.desktop.judges.judges_deeds import JudgesDeeds
from competition_app.desktop.judges.judges_panel import JudgesPanel, meaning
from competition_app.desktop.judges.judges_table import JudgesTable
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, Ground, SearchField
from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.event_choice import EventChoice
from competition_app.desktop.parts.parts import Banner, Segment, Segments, clear, column, on_click, row
from competition_app.i18n import tr
from competition_app.services.competitions import panel_desk
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.competitions.panel_desk import PanelShown, Seat, in_order
from competition_app.services.judging import conflicts
from competition_app.services.judging.conflicts import Conflict

EVERY, OWN, OWING = "all", "own", "owing"
NOTHING = PanelShown((), (), ())


class JudgesPage(Page):
    """The seats at the left, the chosen one at the right."""

    reads = frozenset({
        "judges", "judge_persons", "assignments", "sheets", "works", "work_links", "mark_versions", "events",
        "organisations", "entries", "memberships", "contestants", "participations", "rulings",
        "plan_versions", "recusals",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("Judges@page"))
        self.shown: PanelShown = NOTHING
        self.found: tuple[Conflict, ...] = ()
        self.deeds = JudgesDeeds(context)
        self.events = EventChoice(context)
        self.add_scope(self.events)
        self.import_button = on_click(Button(tr("Take in a list"), "file-up"), self.open_file)
        self.paste_button = on_click(Button(tr("Paste a list"), "file-spreadsheet"), self._paste)
        self.add_button = on_click(Button(tr("Add a judge"), "plus", "primary"), self.add)
        for button in (self.import_button, self.paste_button, self.add_button):
            self.add_action(button)
        self.segments = Segments([Segment(EVERY, tr("All@judges"))], tr("Which seats"))
        self.search = SearchField(tr("Seat, name, organisation"))
        self.table = JudgesTable()
        self.panel = JudgesPanel()
        self._shape: object = None
        self._lay_out()
        self._connect()

    # --- making ---
    def _lay_out(self) -> None:
        bar = Ground("surface", "bottom")
        bar.setFixedHeight(theme.px("height.filterBar"))
        line = row(self.segments, self.search, gap=2, margins=(4, 0, 4, 0))
        line.setStretch(1, 1)
        bar.setLayout(line)
        self._banner = QVBoxLayout()
        self._banner.setContentsMargins(0, 0, 0, 0)
        left = column(bar, self._banner, self.table, gap=0)
        left.setStretch(2, 1)
        whole = row(left, self.panel, gap=0)
        whole.setStretch(0, 1)
        self._work = QWidget()
        self._work.setLayout(whole)
        self.empty = self._nothing()
        self.no_event = self._no_events()
        self._stack = QStackedLayout()
        for part in (self._work, self.empty, self.no_event):
            self._stack.addWidget(part)
        self.body.addLayout(self._stack, 1)

    def _nothing(self) -> EmptyState:
        ways = [
            on_click(Button(tr("Paste a list"), "file-spreadsheet", "primary"), self._paste),
            on_click(Button(tr("Take in a list"), "file-up"), self.open_file),
            on_click(Button(tr("Add a judge"), "plus"), self.add),
        ]
        why = tr("Put in the panel of this event: judges, chief judge, encryption judge and supervisor.")
        road = [tr("Add judges"), tr("Assign modules"), tr("Marking"), tr("Settle the result")]
        return EmptyState(tr("No judges in this event yet"), why, ways, road, 0)

    def _no_events(self) -> EmptyState:
        go = partial(self.context.go.emit, "events")
        way = on_click(Button(tr("Set up an event"), "plus", "primary"), go)
        why = tr("Judges belong to an event. Set the events up first.")
        return EmptyState(tr("No events yet"), why, [way])

    def _connect(self) -> None:
        self.events.event_chosen.connect(lambda _event: self._other_event())
        self.segments.chosen.connect(lambda _key: self._filter())
        self.search.textChanged.connect(lambda _text: self._filter())
        self.table.chosen.connect(lambda _seat: self._show_panel())
        self.table.opened.connect(lambda _seat: self._deed("edit"))
        self.table.turned.connect(self._turn)
        self.panel.turned.connect(self._turn)
        self.panel.deed.connect(self._deed)
        self.panel.saved.connect(self._save)
        self.panel.closed.connect(self._leave_form)
        edit = QShortcut(QKeySequence("F2"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        edit.activated.connect(lambda: self._deed("edit"))

    # --- asking ---
    def refresh(self) -> None:
        """Ask for the panel again; choice, sort and scroll stay, as does what is being typed."""
        event, ask = self.events.reload(), self.context.workspace.ask
        self.shown = ask(panel_desk.panel, event.id) if event else NOTHING
        self.found = ask(conflicts.conflicts, event.id) if event else ()
        for button in (self.import_button, self.paste_button, self.add_button):
            button.setVisible(bool(self.shown.seats))
        self._set_columns()
        self.table.set_rows(in_order(self.shown.seats))
        self._count()
        self._show_banner()
        self._filter()
        if self.table.chosen_row() is None and self.table.rows_model.rows and not self.panel.editing:
            self.table.choose(self.table.rows_model.rows[0].id)
        self._show_panel()
        nothing = self.empty if event else self.no_event
        self._stack.setCurrentWidget(self._work if self.shown.seats or self.panel.editing else nothing)

    def _other_event(self) -> None:
        self.panel.form = None
        self.refresh()

    def _set_columns(self) -> None:
        kept_out = frozenset(found.judge_id for found in self.found)
        groups = any(seat.group for seat in self.shown.seats)
        shape = (self.shown.modules, kept_out, groups)
        if shape != self._shape:
            self._shape = shape
            self.table.set_columns(judge_columns(self.shown.modules, kept_out, groups=groups))

    def _count(self) -> None:
        seats = self.shown.seats
        counts = {key: sum(self._belongs(key, seat) for seat in seats) for key in (EVERY, OWN, OWING)}
        segments = [Segment(EVERY, tr("All@judges"), counts[EVERY])]
        if counts[OWING]:
            segments.append(Segment(OWING, tr("Owe sheets"), counts[OWING]))
        if counts[OWN]:
            segments.append(Segment(OWN, tr("Own unit"), counts[OWN], "wait"))
        self.segments.set_segments(segments)
        done, owed = sum(seat.done for seat in seats), sum(seat.owed for seat in seats)
        self.facts.emit(tr("{done} of {owed} sheets handed in", done=f"{done:,}", owed=f"{owed:,}"))

    def _belongs(self, key: str, seat: Seat) -> bool:
        if key == OWN:
            return any(found.judge_id == seat.id for found in self.found)
        return key == EVERY or seat.owed > seat.done

    def _show_banner(self) -> None:
        clear(self._banner)
        seats = list(dict.fromkeys(found.judge for found in self.found))
        self.banner: Banner | None = None
        if not seats:
            return
        look = on_click(Button(tr("Look"), small=True), self._show_own)
        said = tr("{seats}: contestants of the judge's own unit.", seats=tr(", @list").join(seats))
        self.banner = Banner("wait", "triangle-alert", said, meaning(self.found[0]), [look])
        around = Ground("surface", "bottom")
        around.setLayout(row(self.banner, margins=(4, 2, 4, 2)))
        self._banner.addWidget(around)

    def _show_own(self) -> None:
        self.table.choose(self.found[0].judge_id)
        self.table.setFocus()

    def _filter(self) -> None:
        key, text = self.segments.key(), self.search.text().strip().lower()

        def keep(seat: Seat) -> bool:
            words = f"{seat.code} {seat.name} {seat.organisation}".lower()
            return self._belongs(key, seat) and text in words

        self.table.set_filter(None if key == EVERY and not text else keep)
        self._show_panel()

    # --- the panel ---
    def _event(self) -> EventRow:
        event = self.events.chosen_event()
        assert event is not None
        return event

    def _show_panel(self) -> None:
        if self.panel.editing:
            return
        seat = self.table.chosen_row()
        if seat is None:
            self.panel.show_none()
        else:
            self.panel.show_seat(seat, self.shown, self.found)

    def add(self) -> None:
        """Write down another judge."""
        if self.events.chosen_event() is not None:
            self._stack.setCurrentWidget(self._work)
            self.panel.show_form("add", None, self.shown.units)

    def _deed(self, deed: str) -> None:
        seat = self.table.chosen_row()
        if seat is None:
            return
        if deed == "remove":
            self.deeds.remove(seat, self._event())
        else:
            self.panel.show_form(deed, seat, self.shown.units)

    def _turn(self, seat: object, place: int) -> None:
        if isinstance(seat, Seat):
            self.deeds.turn(seat, place, self.shown.modules[place])
            self.refresh()

    def _save(self, mode: str) -> None:
        form, seat = self.panel.form, self.panel.seat
        if form is not None and self.deeds.save(mode, form, seat, self._event(), self.shown):
            before = {one.id for one in self.shown.seats}
            self._leave_form()
            new = [one.id for one in self.shown.seats if one.id not in before]
            self.table.choose(new[0] if new else seat.id if seat else None)

    def _leave_form(self) -> None:
        self.panel.form = None
        self.refresh()
        self.table.setFocus()

    def _paste(self) -> None:
        if self.events.chosen_event() is not None:
            self.deeds.paste(self._event(), self.shown)

    # --- the frame's keys ---
    def primary(self) -> None:
        """Ctrl+Enter: save what is typed, else add a judge."""
        if self.panel.editing:
            self.panel.save()
        else:
            self.add()

    def open_file(self) -> None:
        """Ctrl+O: take in a workbook of judges."""
        if self.events.chosen_event() is not None:
            self.deeds.choose_list(self._event(), self.shown)

    def take_files(self, files: list[Path]) -> None:
        """A list of judges dropped on the window."""
        if self.events.chosen_event() is not None:
            self.deeds.read(files, self._event(), self.shown)

    def find_here(self) -> None:
        """Ctrl+F: the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def escape(self) -> bool:
        """Esc: leave the form, empty the search."""
        if self.panel.editing:
            self._leave_form()
        elif self.search.hasFocus() and self.search.text():
            self.search.clear()
        else:
            return False
        return True

    def regions(self) -> list[QWidget]:
        """Filter, search, table, panel."""
        if not self.shown.seats and not self.panel.editing:
            return [*self.empty.ways, *self.no_event.ways]
        last = self.panel.buttons.get("edit") or self.panel.buttons.get("save")
        return [self.segments, self.search, self.table, *([last] if last else [])]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide window has a wider panel."""
        super().resizeEvent(event)
        self.panel.fit(wide=self.window().width() >= theme.px("window.wideFrom"))
