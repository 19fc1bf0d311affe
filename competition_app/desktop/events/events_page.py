"""赛项与规则: the events, the plan of the chosen one as tree and forms, and what it says in plain words."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from competition_app.desktop.events.events_deeds import EventDeeds, EventForm
from competition_app.desktop.events.events_draft import PlanDraft
from competition_app.desktop.events.events_example import ExamplePanel
from competition_app.desktop.events.events_forms import (
    Form,
    TextForm,
    module_form,
    prizes_form,
    stage_form,
    ties_form,
)
from competition_app.desktop.events.events_rows import CriteriaRows
from competition_app.desktop.events.events_tree import Node, PlanTree
from competition_app.desktop.frame.asking import Answer
from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.look import theme
from competition_app.desktop.overview.overview_table import FINAL, LOCKED, PUBLISHED, SETTLED
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.controls import Button, Ground, Rule, Text
from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.parts import Card, clear, column, on_click, row
from competition_app.desktop.parts.pills import Pill, State
from competition_app.desktop.tables.table_view import TableView
from competition_app.desktop.tables.tables import Column
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions, plan_changes
from competition_app.services.competitions.competitions import EventRow

OPEN = State("idle", "circle-dashed", Said("Open@state"))
SHOWN_CHECKS = 4
SHOWN_EVENTS = 6
NO_RULES = '{"stages": []}'
"""What the editor begins with for an event that was declared for registration only."""


def _state(event: EventRow) -> State:
    if event.state == "provisional":
        return pills.MARKING
    return SETTLED.get(event.state, OPEN)


class EventsPage(Page):
    """Events and tree at the left, the form of the chosen line in the middle, plain words at the right."""

    reads = frozenset({"events", "divisions", "plan_versions", "entries", "marks", "scores"})

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("Events & rules"))
        self.deeds, self.draft = EventDeeds(context), PlanDraft()
        self.shown: EventRow | None = None
        self.form: Form | None = None
        self._version, self._frozen = 0, False
        self._node: Node = ("event",)
        self.pill = Pill()
        self.add_button = on_click(Button(tr("Set up an event"), "plus"), self.set_up)
        self.undo_button = on_click(Button(tr("Take the changes back"), "undo-2", "quiet"), self.revert)
        self.take_button = on_click(Button(tr("Use these rules"), "check", "primary"), self.primary)
        self.add_scope(self.pill)
        for button in (self.undo_button, self.add_button, self.take_button):
            self.add_action(button)
        self.table: TableView[EventRow] = TableView(_columns(), lambda row: row.id, tr("Events@list"))
        self.tree = PlanTree()
        self.checks = QVBoxLayout()
        self.example = ExamplePanel(context.asking)
        self.past = column(gap=2)
        self._middle = _area()
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)
        self._stack.addWidget(self._content())
        self.empty = self._nothing()
        self._stack.addWidget(self.empty)
        self.table.chosen.connect(self._choose)
        self.tree.picked.connect(self._open)
        self.draft.changed.connect(self._changed)

    def _content(self) -> QWidget:
        foot = Ground("sunken", "top")
        foot.setLayout(
            column(Text(tr("Checks of the plan"), "strong"), self.checks, gap=1, margins=(4, 3, 4, 3))
        )
        left = Ground("surface", "right")
        inner = column(self.table, Rule(), self.tree, foot, gap=0)
        inner.setContentsMargins(0, 0, 1, 0)
        inner.setStretch(2, 1)
        left.setLayout(inner)
        left.setFixedWidth(theme.px("width.planTree"))
        history = Card()
        history.inner.addWidget(Text(tr("Versions of the rules"), "section"))
        history.inner.addLayout(self.past)
        self.example.cards.addWidget(history)
        whole = QWidget()
        line = row(left, self._middle, self.example, gap=0)
        line.setStretch(1, 1)
        whole.setLayout(line)
        return whole

    def _nothing(self) -> EmptyState:
        way = on_click(Button(tr("Set up an event"), "plus", "primary"), self.set_up)
        return EmptyState(
            tr("No events yet"),
            tr("An event has its own rules, entries and ranking. Begin with a ready set of rules."),
            [way],
            [tr("Set up events"), tr("Take in registrations"), tr("Enter marks"), tr("Make certificates")],
        )

    # --- what is shown ---
    def refresh(self) -> None:
        """Ask for events and the chosen one's plan; a draft that is being edited stays."""
        rows = self.context.workspace.ask(competitions.events, self.context.competition_id)
        self._stack.setCurrentIndex(0 if rows else 1)
        for widget in (self.add_button, self.pill):
            widget.setVisible(bool(rows))
        if not rows:
            self.undo_button.hide()
            self.take_button.hide()
            return
        chosen = next((row for row in rows if row.id == self.context.event_id), rows[0])
        self.table.blockSignals(True)
        self.table.set_rows(rows)
        self.table.choose(chosen.id)
        self.table.blockSignals(False)
        self._fit_table(len(rows))
        self._show(chosen)

    def _fit_table(self, rows: int) -> None:
        """As high as its events, at most six."""
        self.table.fit()
        high = theme.px("height.tableHead") + min(rows, SHOWN_EVENTS) * self.table.row_height()
        self.table.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rows of the list follow the window."""
        super().resizeEvent(event)
        self._fit_table(len(self.table.rows_model.rows))

    def _show(self, event: EventRow) -> None:
        """Show this event; its draft is kept where it is the same event and has changes."""
        same = self.shown is not None and self.shown.id == event.id
        facts_moved = self.shown != event
        self.shown = event
        self.context.choose_event(event.id)
        ask = self.context.workspace.ask
        self._frozen = ask(plan_changes.frozen, event.id)
        found = ask(plan_changes.versions, event.id)
        newest = found[0].version if found else 0
        if not same or not self.draft.dirty:
            self.draft.load(found[0].text if found else NO_RULES)
        if not same or newest != self._version or (facts_moved and isinstance(self.form, EventForm)):
            self._open(self._node if same else ("event",))
        self._version = newest
        clear(self.past)
        for one in found[:4]:
            at = datetime.fromisoformat(one.made_at).astimezone()
            words = tr("Version {n}, {day}", n=one.version, day=f"{at:%m-%d %H:%M}")
            self.past.addWidget(Text(words, "body", "inkSecondary"))
            if one.reason:
                self.past.addWidget(Text(one.reason, "caption", "inkTertiary", wrap=True))
        self._changed()
        entries = tr("{n} entry|{n} entries", n=f"{event.entries:,}")
        frozen = (
            tr("Marks are in: a change takes a reason") if self._frozen else tr("Frozen by the first mark")
        )
        self.facts.emit(tr(", @between").join([entries, frozen]))

    def _choose(self, event: EventRow | None) -> None:
        if event is None or (self.shown is not None and event.id == self.shown.id):
            return
        if not self.leave() and self.shown is not None:
            self.table.choose(self.shown.id)
            return
        self._node = ("event",)
        self._show(event)
        self.tree.choose(("event",))

    def _open(self, node: Node) -> None:
        """Show the form of a line of the tree."""
        self._node = node
        form = self._make(node)
        self.form = form
        self._middle.setWidget(form)
        form.show_errors()
        if len(node) == 4:
            QTimer.singleShot(0, form, lambda: self._reveal(form, int(node[3])))

    def _reveal(self, form: Form, place: int) -> None:
        """Scroll to a criterion's row."""
        lines = [line for rows in form.findChildren(CriteriaRows) for line in rows.lines]
        if place < len(lines):
            self._middle.ensureWidgetVisible(lines[place][0])

    def _make(self, node: Node) -> Form:
        assert self.shown is not None
        kind, at = node[0], [int(step) for step in node[1:]]
        if kind == "stage":
            return stage_form(self.draft, at[0])
        if kind == "module":
            return module_form(self.draft, at[0], at[1])
        if kind == "ties":
            return ties_form(self.draft, at[0])
        if kind == "prizes":
            return prizes_form(self.draft)
        return TextForm(self.draft) if kind == "text" else EventForm(self.context, self.draft, self.shown)

    def _changed(self) -> None:
        """After each keystroke: tree, checks, words, buttons and what is refused."""
        self.tree.show_plan(self.draft)
        dirty, checked = self.draft.dirty, self.draft.checked
        self.undo_button.setVisible(dirty)
        self.take_button.setVisible(dirty)
        self._show_state(dirty=dirty)
        if self.form is not None:
            self.form.show_errors()
        say = in_use().say
        self.example.show_draft(self.draft.text, (), checked.good)
        lines = [
            ("bad", f"{one.path}: {say(one.said)}" if one.path else say(one.said)) for one in checked.errors
        ]
        lines += [("wait", say(one.said)) for one in checked.warnings]
        clear(self.checks)
        for role, text in (lines or [("done", tr("Weights add up to 1, criteria to the full marks"))])[
            :SHOWN_CHECKS
        ]:
            self.checks.addWidget(Text(text, "caption", role, wrap=True))
        if len(lines) > SHOWN_CHECKS:
            self.checks.addWidget(
                Text(tr("and {n} more@checks", n=len(lines) - SHOWN_CHECKS), "caption", "bad")
            )

    def _show_state(self, *, dirty: bool) -> None:
        n = {"n": self._version}
        if dirty:
            self.pill.set_state(State("wait", "pen-line", Said("Changes to version {n}", n)))
        elif self._frozen:
            self.pill.set_state(State("seal", "lock", Said("Frozen, version {n}", n)))
        else:
            self.pill.set_state(State("idle", "circle-dashed", Said("Version {n}@rules", n)))

    # --- what a person does ---
    def set_up(self) -> None:
        """Set up another event."""
        if self.leave() and self.deeds.set_up() is not None:
            self.refresh()

    def primary(self) -> None:
        """Ctrl+Enter: take the changed rules; with no event, set one up."""
        if self.shown is None:
            self.set_up()
        elif self.draft.dirty:
            self.deeds.take(self.shown, self.draft, self._taken)

    def _taken(self) -> None:
        self._load()
        self.refresh()

    def revert(self) -> None:
        """Go back to the stored rules."""
        self._load()
        self._open(self._node)

    def _load(self) -> None:
        if self.shown is not None:
            found = self.context.workspace.ask(plan_changes.versions, self.shown.id)
            self.draft.load(found[0].text if found else NO_RULES)

    def leave(self) -> bool:
        """Changes not taken are not lost silently."""
        unsaved = isinstance(self.form, EventForm) and self.form.dirty
        if not self.draft.dirty and not unsaved:
            return True
        answer = self.context.asking.question(
            tr("The changes are not in use yet"),
            tr("Stay to use or save them, or leave them behind."),
            [Answer("drop", tr("Leave them behind"), variant="danger"),
             Answer("stay", tr("Stay here"), variant="primary")],
        )  # fmt: skip
        if answer != "drop":
            return False
        self.revert()
        return True

    def regions(self) -> list[QWidget]:
        """Events, tree, form, words."""
        return [self.table, self.tree, self._middle, self.example, self.empty.ways[0]]


def _columns() -> list[Column[EventRow]]:
    state = pills.widest(OPEN, LOCKED, PUBLISHED, FINAL, pills.MARKING)
    return [
        Column[EventRow]("name", tr("Event"), lambda row: row.name, theme.px("column.name"), grow=1,
                         sortable=False),
        Column[EventRow]("state", tr("Result@state"), lambda row: _state(row).word, state, pill=_state,
                         sortable=False),
    ]  # fmt: skip


def _area() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
