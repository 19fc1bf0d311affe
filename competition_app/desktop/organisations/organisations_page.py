"""单位: the tree of unions and units with roll-up counts, contacts, forms in and out, near-equal names."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.look import theme
from competition_app.desktop.organisations.organisations_columns import state_of
from competition_app.desktop.organisations.organisations_deeds import OrganisationDeeds
from competition_app.desktop.organisations.organisations_form import UnitGiven
from competition_app.desktop.organisations.organisations_panel import OrganisationPanel
from competition_app.desktop.organisations.organisations_sending import OrganisationSending, expecting
from competition_app.desktop.organisations.organisations_table import OrganisationTable
from competition_app.desktop.parts.controls import Button, Ground, SearchField
from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.parts import Segment, Segments, column, on_click, row
from competition_app.desktop.parts.work_stack import WorkStack
from competition_app.i18n import tr
from competition_app.services.registration import organisation_tree
from competition_app.services.registration.organisation_tree import Counts, OrganisationTree, TreeUnit

EVERY, SENT, MISSING, NEAR = "all", "sent", "missing", "near"


class OrganisationsPage(Page):
    """The tree with its filters at the left, the chosen unit at the right."""

    reads = frozenset({
        "organisations", "participations", "registrations", "entries", "entry_organisations", "contestants",
        "rulings", "settings", "judge_persons",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("Organisations"))
        self.tree = OrganisationTree((), Counts(), ())
        self.deeds = OrganisationDeeds(context)
        self.sending = OrganisationSending(context)
        self._make_head()
        self._make_filter()
        self.table = OrganisationTable()
        self.panel = OrganisationPanel()
        self._lay_out()
        self._connect()

    # --- making ---
    def _make_head(self) -> None:
        self.template_button = on_click(
            Button(tr("Save the table to fill in"), "download"), self.sending.save_template
        )
        self.import_button = on_click(Button(tr("Take in a table"), "file-up"), self.open_file)
        self.add_button = on_click(Button(tr("Add a unit"), "plus"), self.add)
        self.give_button = on_click(Button(tr("Hand out forms"), "send", "primary"), self.primary)
        for button in (self.template_button, self.import_button, self.add_button, self.give_button):
            self.add_action(button)

    def _make_filter(self) -> None:
        self.states = Segments([Segment(EVERY, tr("All@units"), 0)], tr("Which units"))
        self.search = SearchField(tr("Unit, contact, credit code"))
        self.copy_button = on_click(Button(tr("Copy the contacts"), "copy"), self._copy)
        bar = self.filter = Ground("surface", "bottom")
        bar.setFixedHeight(theme.px("height.filterBar"))
        line = row(self.states, self.search, self.copy_button, gap=2, margins=(4, 0, 4, 0))
        line.setStretch(1, 1)
        bar.setLayout(line)
        self._searching = QTimer(self)
        self._searching.setSingleShot(True)
        self._searching.setInterval(theme.px("duration.searchDelay"))

    def _lay_out(self) -> None:
        left = column(self.filter, self.table, gap=0)
        left.setStretch(1, 1)
        ways = [
            on_click(Button(tr("Take in a table"), "file-up", "primary"), self.open_file),
            on_click(Button(tr("Take over an earlier competition's"), "copy"),
                     lambda: self.sending.take_over(self.tree)),
            on_click(Button(tr("Add by hand"), "plus"), self.add),
        ]  # fmt: skip
        why = tr(
            "First put in the units that take part; then forms can be handed out. Any of the three will do."
        )
        road = [tr("Add units"), tr("Hand out forms"), tr("Bring in and review"), tr("Enter marks")]
        self.empty = EmptyState(tr("No units yet"), why, ways, road, 0)
        self._stack = WorkStack(left, self.panel, self.empty)
        self.body.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self.states.chosen.connect(lambda _key: self._filter())
        self.search.textChanged.connect(lambda _text: self._searching.start())
        self._searching.timeout.connect(self._filter)
        self.table.chosen.connect(lambda _unit: self._show_panel())
        self.table.opened.connect(lambda unit: self._deed("edit", unit.id))
        self.table.rows_model.ticked_changed.connect(self._show_panel)
        self.panel.saved.connect(self._save)
        self.panel.deed.connect(self._deed)
        self.panel.closed.connect(self._leave_form)

    # --- asking ---
    def refresh(self) -> None:
        """Ask for the tree again; choice, ticks, folds and scroll stay, as does what is being typed."""
        ask, competition = self.context.workspace.ask, self.context.competition_id
        self.tree = ask(organisation_tree.organisation_tree, competition)
        whole = self.tree.whole
        self.subtitle.set_text(
            tr("{sent} of {n} organisations have sent forms", sent=whole.sent, n=whole.units)
            if whole.units else ""
        )  # fmt: skip
        self._count()
        self.table.show_units(self.tree.units)
        self._filter()
        empty = not self.tree.units and not self.panel.editing
        self._stack.show_empty(on=empty)
        self.template_button.setVisible(empty)
        for button in (self.import_button, self.add_button, self.give_button):
            button.setVisible(not empty)

    def _count(self) -> None:
        units = [unit for unit in self.tree.units if unit.code is not None]
        sent = sum(unit.own.sent for unit in units)
        near = sum(unit.near is not None for unit in self.tree.units)
        segments = [
            Segment(EVERY, tr("All@units"), len(self.tree.units)),
            Segment(SENT, tr("Form in@filter"), sent),
            Segment(MISSING, tr("Not in@filter"), len(units) - sent, "wait" if sent < len(units) else ""),
        ]
        segments = [Segment(one.key, one.word, one.count, one.role or "inkTertiary") for one in segments]
        if near:
            segments.append(Segment(NEAR, tr("Near-equal names"), near, "wait"))
        self.states.set_segments(segments)

    def _filter(self) -> None:
        state, text = self.states.key(), self.search.text().strip().lower()

        def keep(unit: TreeUnit) -> bool:
            held = (unit.name, unit.short_name, unit.contact, unit.contact_phone, unit.credit_code, unit.code)
            return _belongs(state, unit) and (not text or text in " ".join(filter(None, held)).lower())

        self.table.keep(None if state == EVERY and not text else keep)
        self._show_panel()

    # --- the panel ---
    def _known(self) -> dict[int, TreeUnit]:
        return {unit.id: unit for unit in self.tree.units}

    def _ticked(self) -> list[TreeUnit]:
        ticked = self.table.rows_model.ticked
        return [unit for unit in self.tree.units if unit.id in ticked]

    def _show_panel(self) -> None:
        if self.panel.editing:
            return
        ticked, chosen = self._ticked(), self.table.chosen_row()
        n, every = len(ticked), len(self.tree.units)
        self.facts.emit(tr("{n} ticked of {all}", n=n, all=f"{every:,}"))
        if ticked:
            self.panel.show_none(len(ticked), self.primary)
        elif chosen is not None:
            self.panel.show_unit(chosen, self._known())
        else:
            self.panel.show_none(0, self.primary)

    def add(self) -> None:
        """Write down a new unit, below the chosen one."""
        chosen = self.table.chosen_row()
        above = chosen.id if chosen is not None and chosen.kind == "union" else None
        if above is None and chosen is not None:
            above = chosen.parent_id
        self._write(None, above)

    def _write(self, unit: TreeUnit | None, above: int | None = None) -> None:
        self._stack.show_empty(on=False)
        self.panel.edit(self.tree.units, unit, above)

    def _leave_form(self) -> None:
        self.panel.form = None
        self.refresh()
        self.table.setFocus()

    def _save(self, unit: object, given: object) -> None:
        assert isinstance(given, UnitGiven)
        key = self.deeds.save(unit if isinstance(unit, TreeUnit) else None, given)
        if key is not None:
            self.panel.form = None
            self.refresh()
            self.table.reveal(key)
            self._show_panel()
            self.table.setFocus()

    def _deed(self, deed: str, unit_id: int) -> None:
        """A deed of the panel on a unit."""
        known = self._known()
        unit = known.get(unit_id)
        if unit is None:
            return
        near = known.get(unit.near) if unit.near is not None else None
        if deed == "edit":
            self._write(unit)
        elif deed == "below":
            self._write(None, unit.id)
        elif deed == "join" and near is not None:
            self.deeds.join(*_lighter_first(unit, near))
        elif deed == "apart" and near is not None:
            self.deeds.tell_apart(unit, near)
        else:
            self._other_deed(deed, unit)

    def _other_deed(self, deed: str, unit: TreeUnit) -> None:
        if deed == "merge":
            self.deeds.join_with_any(unit, self._known())
        elif deed == "remove":
            self.deeds.remove(unit)
        elif deed == "form":
            self.sending.hand_out(self.tree.units, [unit])

    def _copy(self) -> None:
        chosen: Sequence[TreeUnit] = self._ticked()
        shown = self.table.rows_model.rows
        self.sending.copy_contacts(expecting(self.tree.units, chosen) if chosen else shown)

    # --- the frame's keys ---
    def primary(self) -> None:
        """Ctrl+Enter: save what is typed, else hand out forms."""
        if self.panel.editing:
            self.panel.save()
        else:
            self.sending.hand_out(self.tree.units, self._ticked())

    def open_file(self) -> None:
        """Ctrl+O: take in a table of units."""
        self.sending.choose_table(self.tree)

    def take_files(self, files: list[Path]) -> None:
        """A table of units dropped on the window."""
        self.sending.read(files, self.tree)

    def find_here(self) -> None:
        """Ctrl+F: the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def escape(self) -> bool:
        """Esc: leave the form, empty the search, let go of ticks."""
        if self.panel.editing:
            self._leave_form()
        elif self.search.hasFocus() and self.search.text():
            self.search.clear()
        elif self.table.rows_model.ticked:
            self.table.rows_model.set_ticked(list(self.table.rows_model.ticked), on=False)
        else:
            return False
        return True

    def regions(self) -> list[QWidget]:
        """Filter, search, tree, panel."""
        buttons = self.panel.buttons
        last = buttons.get("edit") or buttons.get("save") or buttons.get("give")
        shown = [self.states, self.search, self.table, *([last] if last else [])]
        return shown if self.tree.units else list(self.empty.ways)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide window has a wider panel."""
        super().resizeEvent(event)
        self.panel.fit(wide=self.window().width() >= theme.px("window.wideFrom"))


def _belongs(key: str, unit: TreeUnit) -> bool:
    if key == NEAR:
        return unit.near is not None
    if key == EVERY:
        return True
    return state_of(unit) is not None and unit.code is not None and bool(unit.own.sent) == (key == SENT)


def _lighter_first(one: TreeUnit, other: TreeUnit) -> tuple[TreeUnit, TreeUnit]:
    """Of two units to be joined, the one with less comes first and goes."""
    weight = {unit.id: (unit.own.entries, unit.own.registered, -unit.id) for unit in (one, other)}
    return (one, other) if weight[one.id] < weight[other.id] else (other, one)
