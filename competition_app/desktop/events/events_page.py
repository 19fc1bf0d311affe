"""赛项与规则: the plan of the chosen event as tree and forms, with a worked example and its plain words."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QStackedLayout, QWidget

from competition_app.desktop.events.events_criteria_book import CriteriaBooks
from competition_app.desktop.events.events_deeds import EventDeeds
from competition_app.desktop.events.events_editing import PlanEditing, UndoKeys
from competition_app.desktop.events.events_example import ExamplePanel
from competition_app.desktop.events.events_facts import EventForm
from competition_app.desktop.events.events_keeping import Keeping
from competition_app.desktop.events.events_side import PlanSide
from competition_app.desktop.events.forms.plan_form import CRUMB, Around, Form
from competition_app.desktop.events.forms.plan_forms import form_of
from competition_app.desktop.events.plan.plan_checks_list import Check, checks_of
from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft
from competition_app.desktop.events.plan.plan_lines import EVENT, lines_of, node_of
from competition_app.desktop.events.plan.plan_words import crumbs_of
from competition_app.desktop.frame.asking import Answer
from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, square_button
from competition_app.desktop.parts.empty_state import EmptyState
from competition_app.desktop.parts.event_choice import EventChoice
from competition_app.desktop.parts.parts import on_click, row
from competition_app.desktop.parts.pills import Pill, State
from competition_app.domain.errors import Problem, Said
from competition_app.i18n import tr
from competition_app.services.competitions import competitions
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.plans import plan_changes
from competition_app.services.plans.plan_judges import event_plan_warnings
from competition_app.services.registration import organisations

NO_RULES = '{"stages": []}'
"""What the editor begins with for an event that was declared for registration only."""


class EventsPage(Page):
    """The tree at the left, the form of the chosen line in the middle, the example at the right."""

    reads = frozenset({"events", "divisions", "plan_versions", "entries", "marks", "scores", "judges"})

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("Events & rules"))
        self.deeds, self.draft = EventDeeds(context), PlanDraft()
        self.editing = PlanEditing(context, self.draft, self._show_part)
        self.keys = UndoKeys(self.editing, self)
        self.keeping = Keeping(context, self.draft, self)
        self.shown: EventRow | None = None
        self.form: Form | None = None
        self.around = Around(
            self._remake,
            lambda node: QTimer.singleShot(0, self, lambda: self._show_part(node, True)),
            lambda said: context.asking.note(said, self.editing.undo_noted),
        )
        self._version, self._frozen = 0, False
        self._node: Path = EVENT
        self._judged: tuple[Problem, ...] = ()
        self._facts: EventForm | None = None
        self._make_head()
        self.side, self.example = PlanSide(), ExamplePanel(context)
        self.tree = self.side.tree
        self._middle = _area()
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)
        content = QWidget()
        line = row(self.side, self._middle, self.example, gap=0)
        line.setStretch(1, 1)
        content.setLayout(line)
        self._stack.addWidget(content)
        self.empty = self._nothing()
        self._stack.addWidget(self.empty)
        self._connect()

    def _make_head(self) -> None:
        self.choice = EventChoice(self.context)
        self.add_button = on_click(square_button("plus", tr("Set up an event")), self.set_up)
        self.pill = Pill()
        self.compare_button = on_click(Button("", "git-compare"), self.compare)
        self.take_button = on_click(Button(tr("Use these rules"), "check", "primary"), self.primary)
        self.example_button = square_button("play", tr("Show the worked example"))
        self.example_button.setCheckable(True)
        self.example_button.toggled.connect(lambda _on: self._fit())
        for widget in (self.choice, self.add_button, self.example_button):
            self.add_scope(widget)
        self._actions.addWidget(self.pill)
        for button in (self.compare_button, self.take_button):
            self.add_action(button)

    def _connect(self) -> None:
        self.choice.event_chosen.connect(self._choose)
        self.tree.picked.connect(self._open)
        self.tree.moved.connect(self.editing.move)
        self.tree.pasted.connect(self.editing.paste)
        self.tree.asked.connect(self.editing.do)
        self.tree.menu.connect(self._part_menu)
        self.tree.installEventFilter(self.keys)
        self.side.wanted.connect(lambda node: self._show_part(node, False))
        on_click(self.side.add_button, self._add_menu)
        on_click(self.side.more_button, self._more_menu)
        self.draft.watchers.append(self._changed)

    def _nothing(self) -> EmptyState:
        way = on_click(Button(tr("Set up an event"), "plus", "primary"), self.set_up)
        return EmptyState(
            tr("No events yet"),
            tr("An event has its own rules, entries and ranking. Begin with a ready set of rules."),
            [way],
            [tr("Set up events"), tr("Take in registrations"), tr("Enter marks"), tr("Make certificates")],
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The example has its own place where there is room, else the tree's."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < theme.px("measure.planRoom")
        instead = narrow and self.example_button.isChecked()
        self.example_button.setVisible(narrow and self.shown is not None)
        self.side.setVisible(not instead)
        self.example.setVisible(instead or not narrow)

    # --- what is shown ---
    def refresh(self) -> None:
        """Ask for events and the chosen one's plan; a draft that is being edited stays."""
        chosen = self.choice.reload()
        self._stack.setCurrentIndex(0 if chosen else 1)
        for widget in (self.add_button, self.choice, self.pill):
            widget.setVisible(chosen is not None)
        if chosen is None:
            self.compare_button.hide()
            self.take_button.hide()
            return
        self._show(chosen)
        self._fit()

    def _show(self, event: EventRow) -> None:
        """Show this event; its draft is kept where it is the same event and has changes."""
        same = self.shown is not None and self.shown.id == event.id
        facts_moved = self.shown != event
        self.shown = event
        ask = self.context.workspace.ask
        self._frozen = ask(plan_changes.frozen, event.id)
        self._surroundings(event)
        found = ask(plan_changes.versions, event.id)
        newest = found[0].version if found else 0
        moved = newest != self._version
        self._version = newest
        if not same or (moved and not self.draft.dirty):
            self.keeping.load(event.id, found[0].text if found else NO_RULES, newest)
        if not same or moved or (facts_moved and isinstance(self.form, EventForm)):
            self._open(node_of(self.draft, self._node) if same else EVENT)
        self._changed()
        self._choose_line(self._node)
        frozen = (
            tr("marks are in: a change takes a reason") if self._frozen else tr("frozen once a mark is in")
        )
        entries = tr("{n} entry|{n} entries", n=f"{event.entries:,}")
        self.facts.emit(tr(", @between").join([entries, frozen]))

    def _surroundings(self, event: EventRow) -> None:
        """What forms ask of the store: other events, entrants by division, units with others below."""
        ask = self.context.workspace.ask
        rows = ask(competitions.events, self.context.competition_id)
        self.around.events = [(row.code, row.name) for row in rows if row.id != event.id]
        self.around.entrants = ask(plan_changes.entrants_now, event.id)
        self.example.set_entrants(sum(self.around.entrants.values()))
        units = ask(organisations.organisations, self.context.competition_id)
        above = {unit.parent_id for unit in units}
        self.around.organisations = [(u.code, u.name) for u in units if u.code and u.id in above]

    def _choose(self, event_id: int) -> None:
        event = next((row for row in self.choice.rows if row.id == event_id), None)
        if event is None or (self.shown is not None and event.id == self.shown.id):
            return
        if not self.leave():
            assert self.shown is not None
            self.context.choose_event(self.shown.id)
            self.choice.reload()
            return
        self._node = EVENT
        self._show(event)

    def _open(self, node: Path) -> None:
        """Show the form of a line of the tree."""
        line = self.tree.line(node)
        if line is not None and line.heading and line.below:
            self.tree.choose(line.below[0].node)
            return
        self.draft.seal()
        self._node = node
        form = self._make(node)
        self.form = form
        old = self._middle.takeWidget()
        if old is not None:  # one of its own buttons may be why it goes
            focus = self.window().focusWidget()
            if focus is not None and old.isAncestorOf(focus):
                self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
            old.hide()
            self._put_aside(old)
        self._middle.setWidget(form)
        for widget in form.findChildren(QWidget):
            if not isinstance(widget, QPlainTextEdit):
                widget.installEventFilter(self.keys)
        form.show_errors()
        self._tell_example()

    def _put_aside(self, form: QWidget) -> None:
        """A form goes; facts of the event that are not saved yet are there again when it is opened again."""
        if isinstance(form, EventForm) and form.dirty and self.shown and form.row.id == self.shown.id:
            form.setParent(self)
            self._facts = form
        else:
            form.deleteLater()

    def _make(self, node: Path) -> Form:
        assert self.shown is not None
        if node == EVENT:
            kept, self._facts = self._facts, None
            same = kept is not None and kept.row == self.shown
            return kept if kept is not None and same else EventForm(self.context, self.draft, self.shown)
        return form_of(self.draft, node, self.around)

    def _show_part(self, node: Path, begin: bool) -> None:
        """Open a part anew after it was made, moved or asked for; ``begin`` puts the keyboard into it."""
        node = node_of(self.draft, node)
        self._choose_line(node)
        self._open(node)
        if begin and self.form is not None and self.isVisible():
            QTimer.singleShot(0, self.form, self.form.begin)

    def _choose_line(self, node: Path) -> None:
        """Mark a line of the tree as the one that is shown."""
        self.tree.blockSignals(True)
        self.tree.choose(node)
        self.tree.blockSignals(False)

    def _remake(self) -> None:
        """The same form with other fields; the keyboard stays where it was."""
        focus = self.window().focusWidget()
        kept = focus.accessibleName() or getattr(focus, "text", str)() if focus is not None else ""
        QTimer.singleShot(0, self, lambda: self._remade(kept))

    def _remade(self, kept: str) -> None:
        place = self._middle.verticalScrollBar().value()
        self._open(node_of(self.draft, self._node))
        self._middle.verticalScrollBar().setValue(place)
        for widget in self.form.findChildren(QWidget) if self.form and kept else ():
            name = widget.accessibleName() or getattr(widget, "text", str)()
            if name == kept and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _changed(self) -> None:
        """After each keystroke: tree, checks, example, buttons and what is refused."""
        if self.shown is None:
            return
        checked = self.draft.checked
        ask = self.context.workspace.ask
        self._judged = ask(event_plan_warnings, self.shown.id, self.draft.text) if checked.good else ()
        checks = checks_of(self.draft, self._judged)
        stale = self.keeping.began
        if stale is not None and stale != self._version and self.draft.dirty:
            told = tr("The draft began with version {n}; version {m} counts now.", n=stale, m=self._version)
            checks.insert(0, Check("wait", told, EVENT))
        self.side.show_checks(checks)
        self.tree.show_lines(lines_of(self.draft), self.side.marks())
        self._show_state()
        if self.form is not None:
            self.form.show_errors()
            if isinstance(self._node[-1], int) and self._node[2:3] != ("ties",):
                self.form.crumbs.set_text(CRUMB.join(crumbs_of(self.draft, self._node)))
        self._tell_example()
        self.keeping.soon()

    def _tell_example(self) -> None:
        self.example.show_draft(self.draft.text, self._node, self.draft.checked.good)

    def _show_state(self) -> None:
        dirty, n = self.draft.dirty, self._version
        self.take_button.setVisible(dirty)
        against = n if dirty else n - 1
        self.compare_button.setVisible(against > 0)
        self.compare_button.setText(tr("Compare with version {n}", n=against))
        if dirty:
            self.pill.set_state(State("idle", "pen-line", Said("Draft, version {n}", {"n": n + 1})))
        elif self._frozen:
            self.pill.set_state(State("seal", "lock", Said("Frozen, version {n}", {"n": n})))
        elif n:
            self.pill.set_state(State("done", "circle-check", Said("In use, version {n}", {"n": n})))
        else:
            self.pill.set_state(State("wait", "triangle-alert", Said("No rules yet@state")))

    # --- what a person does ---
    def _add_menu(self) -> None:
        menu = self.editing.add_menu(self, self._node)
        self.editing.popup(menu, self.side.add_button.mapToGlobal(QPoint(0, self.side.add_button.height())))

    def _part_menu(self, node: Path, at: QPoint) -> None:
        self.editing.popup(self.editing.part_menu(self, node), at)

    def _more_menu(self) -> None:
        menu = self.editing.more_menu(self)
        CriteriaBooks(self.context, self.draft, self._show_part).add_to(menu, self._node)
        menu.addSeparator()
        menu.addAction(tr("Take all changes back")).triggered.connect(lambda _on=False: self.revert())
        menu.addAction(tr("Begin with ready rules…")).triggered.connect(lambda _on=False: self._ready())
        menu.addAction(tr("Versions of the rules…")).triggered.connect(lambda _on=False: self._versions())
        menu.addAction(tr("Set up an event…")).triggered.connect(lambda _on=False: self.set_up())
        below = QPoint(0, self.side.more_button.height())
        self.editing.popup(menu, self.side.more_button.mapToGlobal(below))

    def _ready(self) -> None:
        self.deeds.ready(self.draft)
        self._show_part(("stages", 0), False)

    def _versions(self) -> None:
        if self.shown is not None:
            self.deeds.versions(self.shown)

    def compare(self) -> None:
        """What differs from the version that counts, or from the one before it."""
        if self.shown is not None:
            self.deeds.compare(self.shown, self.draft, self._version - (not self.draft.dirty))

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
        """Go back to the stored rules, as a step that can be taken back itself."""
        if self.keeping.began == self._version:
            self.draft.replace(Said("all changes taken back"), self.draft.stored)
            self.keeping.keep()
            self.context.asking.note(tr("All changes were taken back."), self.editing.undo_noted)
        else:
            self._load()
        self._show_part(self._node, False)

    def _load(self) -> None:
        if self.shown is not None:
            found = self.context.workspace.ask(plan_changes.versions, self.shown.id)
            self.keeping.drop()
            self._version = found[0].version if found else 0
            self.keeping.load(self.shown.id, found[0].text if found else NO_RULES, self._version)

    def leave(self) -> bool:
        """The draft of the rules is kept, and that is said; unsaved facts of the event are asked about."""
        open_one = self.form if isinstance(self.form, EventForm) else self._facts
        if open_one is not None and open_one.dirty:
            answer = self.context.asking.question(
                tr("The event is not saved yet"),
                tr("Stay to save its names and divisions, or leave the changes behind."),
                [Answer("drop", tr("Leave them behind"), variant="danger"),
                 Answer("stay", tr("Stay here"), variant="primary")],
            )  # fmt: skip
            if answer != "drop":
                self._show_part(EVENT, False)
                return False
            open_one.drop()
        if self.keeping.keep():
            self.context.asking.note(tr("The draft of the rules is kept; it counts once it is used."))
        return True

    def forget(self) -> None:
        """The draft is kept when the page goes."""
        self.keeping.keep()

    def regions(self) -> list[QWidget]:
        """Tree, form, example."""
        return [self.tree, self._middle, self.example, self.empty.ways[0]]


def _area() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
