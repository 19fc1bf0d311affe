"""评分: the recorder's page. Paper sheets are typed cell by cell, at once in the store, by keyboard alone."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.look import theme
from competition_app.desktop.marking.floor.floor_aim import FloorAim
from competition_app.desktop.marking.floor.floor_view import FloorView
from competition_app.desktop.marking.incoming.scanning import Scanning
from competition_app.desktop.marking.incoming.scores_intake import ScoresIntake
from competition_app.desktop.marking.marking_aim import Aim, SheetAim, lead
from competition_app.desktop.marking.marking_bars import KeyBar, MessageBar, WrongFigure
from competition_app.desktop.marking.marking_books import SheetBook
from competition_app.desktop.marking.marking_filter import MarkingFilter
from competition_app.desktop.marking.marking_grid import MarkingGrid
from competition_app.desktop.marking.marking_hands import Book, MarkingHands
from competition_app.desktop.marking.marking_judges import MarkingJudges
from competition_app.desktop.marking.marking_locked import LockedBar
from competition_app.desktop.marking.marking_opening import MarkingOpening
from competition_app.desktop.marking.marking_scope import ModuleChoice, key_of, modules_of
from competition_app.desktop.marking.marking_scores import ScoreBook
from competition_app.desktop.marking.marking_sheets import DIFFER, FIRST, SECOND
from competition_app.desktop.marking.marking_side import MarkingSide
from competition_app.desktop.marking.papers.marking_papers import MarkingPapers
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.controls import Button
from competition_app.desktop.parts.parts import Segment, Segments, column, on_click, row
from competition_app.desktop.parts.sentences import joined
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions
from competition_app.services.judging.score_sheets import Scanned
from competition_app.services.plans.plans import ModuleRow

MARKS, FLOOR = "marks", "floor"
"""What the page shows of a module: its sheets or scores, or the floor record."""


class MarkingPage(Page):
    """One judge's sheets of one module at a time; beside them who still owes, and the points of a mark."""

    reads = frozenset({
        "marks", "mark_versions", "sheets", "scores", "works", "judges", "judge_persons", "assignments",
        "plan_versions", "events", "entries", "recusals", "module_facts", "penalties",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("Marking@page"))
        self.module: ModuleRow | None = None
        self.judges = MarkingJudges(context)
        self.hands = MarkingHands(context.asking, context.undoing, self)
        self.opening = MarkingOpening(context, self)
        self.papers = MarkingPapers(context, self)
        self.intake = ScoresIntake(context, self)
        self._make_head()
        self.floor = FloorView(context)
        self.filter = MarkingFilter()
        self.views = self.filter.views
        self.grid = MarkingGrid(self.hands.model)
        self.message = MessageBar()
        self.side = MarkingSide()
        self._lay_out()
        self._connect()

    # --- making ---
    def _make_head(self) -> None:
        self.scope = ModuleChoice()
        segments = [Segment(MARKS, tr("Marks@view")), Segment(FLOOR, tr("Floor record"))]
        self.views_of = Segments(segments, tr("What is shown"))
        for widget in (self.scope, self.views_of):
            self.add_scope(widget)
        self.anonymous = pills.Pill()
        self.keys = KeyBar()
        self.locked = LockedBar(self.context, self.keys)
        self.next_button = on_click(Button(tr("Next judge"), "users-round", "primary"), self.primary)
        self.sheets_button = on_click(Button(tr("Blank score sheets"), "printer"), self._blank_sheets)
        self.import_button = on_click(Button(tr("Take scores in"), "file-up"), self.open_file)
        self._actions.addWidget(self.locked.pill)
        self._actions.addWidget(self.anonymous)
        for button in (self.sheets_button, self.import_button, self.next_button):
            self.add_action(button)

    def _lay_out(self) -> None:
        self._work = work = QWidget()
        left = column(self.filter, self.grid, self.message, self.keys, self.locked, gap=0)
        left.setStretch(1, 1)
        whole = row(left, self.side, gap=0)
        whole.setStretch(0, 1)
        work.setLayout(whole)
        self._stack = QStackedLayout()
        for shown in (work, self.opening, self.intake, self.floor):
            self._stack.addWidget(shown)
        self.body.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self.scope.activated.connect(lambda _at: self._choose_scope())
        self.views.chosen.connect(lambda _key: self._open_book())
        self.filter.attempts.activated.connect(lambda _at: self._ask_again())
        self.side.judges.chosen.connect(self.choose_judge)
        self.grid.lead(Scanning(self.grid, self._turn_to, self.context.asking.note).lead)
        self.grid.here.connect(self._here)
        self.grid.typing.connect(self._typing)
        self.grid.answered.connect(self.hands.answer)
        self.grid.absent.connect(self.hands.absent)
        self.grid.pasted.connect(self.hands.paste)
        self.grid.undone.connect(self.context.undoing.undo)
        self.grid.dropped.connect(self.hands.clear)
        self.grid.refused.connect(self.hands.refuse)
        self.hands.done.connect(self._entered)
        self._wrong = WrongFigure(self.message, self.grid, self.hands.take_mend)
        self.views_of.chosen.connect(lambda _key: self.refresh())
        self.floor.facts.connect(self.facts)
        self.opening.opened.connect(self.refresh)
        self.intake.changed.connect(self._intake_changed)
        self.context.event_chosen.connect(self._event_chosen)

    @property
    def judge_id(self) -> int | None:
        """The judge whose sheets are shown."""
        return self.judges.chosen

    @property
    def on_floor(self) -> bool:
        """Whether the floor record is shown in place of the marks."""
        return self.views_of.key() == FLOOR

    # --- asking ---
    def refresh(self) -> None:
        """Ask for modules, judges and sheets again; place, scroll and what is being typed stay."""
        aim = self.context.aimed()
        self.intake.look_again()
        self.scope.show_modules(modules_of(self.context), self.module, self.context.event_id)
        if isinstance(aim, Aim):
            self.scope.choose((aim.event_id, aim.stage, aim.module))
            self.judges.chosen = None
        self.module = self.scope.module()
        if isinstance(aim, Aim):
            self.views_of.choose(FLOOR if isinstance(aim, FloorAim) else MARKS)
        self.views_of.setVisible(self.module is not None)
        if self.module is None:
            for button in (self.sheets_button, self.import_button, self.next_button):
                button.hide()
            self.opening.show_nothing()
            self._stack.setCurrentWidget(self.opening)
        else:
            self._show_module()
            if isinstance(aim, SheetAim):
                lead(aim, self)
            self.floor.choose(aim.number if isinstance(aim, FloorAim) else "")

    def _choose_scope(self) -> None:
        self.module = self.scope.module()
        self.judges.chosen = None
        if self.module is not None:
            self.context.choose_event(self.module.event_id)
            self._show_module()

    def _event_chosen(self, event_id: int) -> None:
        if self.module is not None and self.module.event_id != event_id:
            self.module, self.judges.chosen = None, None

    def _show_module(self) -> None:
        module = self.module
        assert module is not None
        if not self.on_floor:
            self.judges.ask(module, self.filter.attempt)
        missing = self.opening.what_is_missing(module, judges=bool(self.judges.all), floor=self.on_floor)
        shown = not (missing or self.on_floor or module.locked)
        self.next_button.setVisible(shown)
        self.sheets_button.setVisible(shown and module.kind == "sheets")
        self.import_button.setVisible(shown and module.kind == "direct")
        self.locked.tell(module)
        self.anonymous.set_state(pills.ANONYMOUS if module.coded else None)
        if missing:
            self._stack.setCurrentWidget(self.opening)
            return
        if self.on_floor:
            self._stack.setCurrentWidget(self.floor)
            self.floor.open(module)
            return
        self._show_intake(module)
        self.filter.show_attempts(module.rule.attempts.count)
        self.side.scroll_shown(module.kind == "sheets")
        self.keys.show_for(scores=module.kind == "direct")
        self.grid.show_names(on=module.kind == "direct", coded=module.coded)
        self._open_book()

    def _show_intake(self, module: ModuleRow) -> None:
        """The workbook brought to this module while it waits, else the grid."""
        waits = self.intake.waits_for(module) and not module.locked
        self._stack.setCurrentWidget(self.intake if waits else self._work)
        self.import_button.setVisible(module.kind == "direct" and not waits and not module.locked)

    def _ask_again(self) -> None:
        """Another attempt was chosen: who owes changes with the sheets."""
        if self.module is not None:
            self.judges.ask(self.module, self.filter.attempt)
            self._open_book()

    def _entered(self) -> None:
        """Something was entered or refused: ask who owes and the open book again."""
        if self.module is not None:
            self.judges.ask(self.module, self.filter.attempt)
            self._show_book()

    def _open_book(self) -> None:
        module = self.module
        if module is None:
            return
        attempt = self.filter.attempt
        book: Book
        if module.kind == "direct":
            book = ScoreBook(self.context, module, attempt)
        elif self.judge_id is not None:
            book = SheetBook(self.context, module, self.judge_id, attempt, self.views.key())
        else:
            return
        self.hands.open(book)
        self._show_book()

    # --- showing ---
    def _show_book(self) -> None:
        """Ask the open book again and show it, unless a figure is being typed right now."""
        book = self.hands.book
        if book is None or self.module is None or self.on_floor:
            return
        try:
            book.ask()
        except Refusal as refusal:
            self.context.asking.refused(refusal)
            return
        self.hands.model.show(book.columns, book.rows)
        self.side.show_judges(self.judges.owing(), self.judge_id)
        self._show_views(book)
        self._here(self.grid.place())

    def _show_views(self, book: Book) -> None:
        double = self.filter.show_views(book) and not book.module.locked
        self.next_button.setText(tr("Hand over for the second typing") if double else tr("Next judge"))
        goes_on = isinstance(book, SheetBook) and (double or len(self.judges.all) > 1)
        self.next_button.setVisible(goes_on and not book.module.locked)
        self.next_button.updateGeometry()
        self.facts.emit(tr("The second typing is done by another person") if double else "")

    def choose_judge(self, judge_id: int) -> None:
        """Go on with another judge's sheets."""
        if judge_id != self.judge_id:
            self.judges.chosen = judge_id
            self._open_book()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _here(self, place: object) -> None:
        """The current cell changed, or what stands in it."""
        found = place if isinstance(place, tuple) else None
        self._show_sheet()
        book = self.hands.book
        if found is None or book is None:
            self.side.show_criterion("", "")
        else:
            at = self.hands.model.find(found)
            column = self.hands.model.columns[at.column()]
            say = in_use().say
            self.side.show_criterion(column.title, joined(say(one) for one in book.rule(found[1])))
            typed = self.grid.being_typed()
            self._typing(found, self.hands.model.face(at.row(), at.column()).text if typed is None else typed)
        self._wrong.show()

    def _typing(self, place: object, text: str) -> None:
        if isinstance(place, tuple):
            self.side.points.show_points(*self.hands.say_points(place, text))

    def _whose(self) -> str:
        """Whose sheets the grid shows, in words."""
        judge = self.judges.shown()
        if judge is None:
            return tr("Scores of {module}", module=self.module.module_name if self.module else "")
        return tr("Paper sheets of {judge}", judge=f"{judge.code} {judge.name or ''}".strip())

    def _show_sheet(self) -> None:
        self.filter.show_sheet(self._whose(), self.grid.currentIndex().row(), self.hands.model.rowCount())

    # --- the frame's keys ---
    def primary(self) -> None:
        """Hand the sheets on: to the second person, or go to the next judge who owes."""
        book = self.hands.book
        if self.on_floor:
            self.floor.next_lacking()
        elif book is None or self.locked.refuses(book.module) or self.hands.refuse_handing_over(self.grid.go):
            return
        elif isinstance(book, SheetBook) and book.grid and book.grid.double_entry:
            self._hand_over(book)
        else:
            self._next_judge()

    def _hand_over(self, book: SheetBook) -> None:
        again, differing = book.counts
        if differing and self.views.key() != DIFFER:
            self.views.choose(DIFFER)
        elif again and self.views.key() != SECOND:
            self.views.choose(SECOND)
            self.context.asking.note(
                tr("Let the second person sign in at the status bar, then type the sheets again.")
            )
        elif not book.confirm_agreed():
            self._next_judge()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_judge(self) -> None:
        owing = self.judges.next_owing()
        if owing is None:
            self.context.asking.note(tr("All judges' sheets of this module are in."))
        else:
            self.views.choose(FIRST)
            self.choose_judge(owing)

    def _turn_to(self, scanned: Scanned) -> bool:
        """Show the sheets a scanned code is about; whether they are there."""
        events = self.context.workspace.ask(competitions.events, self.context.competition_id)
        event = next((one.id for one in events if one.code == scanned.event), 0)
        key = (event, scanned.stage, scanned.module)
        if key not in map(key_of, self.scope.modules):
            return False
        self.scope.choose(key)
        self._choose_scope()
        self.filter.attempts.choose(scanned.attempt)
        self._ask_again()
        judge = self.judges.seat(scanned.judge)
        if judge is not None:
            self.choose_judge(judge)
        return judge is not None

    def _intake_changed(self) -> None:
        """A workbook was read, taken in or put aside."""
        if self.module is not None:
            self._show_intake(self.module)
            self._show_book()
            if not self.intake.waits_for(self.module):
                self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_file(self) -> None:
        """Ctrl+O: take in a workbook of scores where the module's scores come whole."""
        if (module := self._takes_scores()) is not None:
            self.intake.choose(module)

    def take_files(self, files: list[Path]) -> None:
        """A workbook of scores dropped on the window."""
        if (module := self._takes_scores()) is not None:
            self.intake.read(module, files)

    def _takes_scores(self) -> ModuleRow | None:
        """The module that is shown, if its scores come whole; else it is said which do."""
        if self.module is not None and self.module.kind == "direct":
            self.views_of.choose(MARKS)
            return None if self.locked.refuses(self.module) else self.module
        said = tr("Choose a module whose scores come whole, such as theory, then bring its workbook.")
        self.context.asking.note(said)
        return None

    def _blank_sheets(self) -> None:
        if self.module is not None:
            self.papers.blank_sheets(self.module, self.judges.shown())

    def print_page(self) -> None:
        """Ctrl+P: print the grid as it is shown."""
        if self.module is None or self._stack.currentWidget() not in (self._work, self.floor):
            return
        model = self.floor.hands.model if self.on_floor else self.hands.model
        whose = tr("Floor record") if self.on_floor else self._whose()
        named = self.on_floor or self.grid.named
        self.papers.grid(model, f"{self.scope.word(self.module)} {whose}", named=named)

    def escape(self) -> bool:
        """Esc: back into the grid."""
        grid = self.floor.grid if self.on_floor else self.grid
        if grid.hasFocus() or not grid.isVisible():
            return False
        grid.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def regions(self) -> list[QWidget]:
        """Filter, grid, judges."""
        shown = self.floor.regions() if self.on_floor else [self.grid, self.side.judges]
        return [self.scope, *shown, *self.opening.ways]

    def find_here(self) -> None:
        """Ctrl+F: look for an entry on the floor."""
        if self.on_floor:
            self.floor.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide window has a wider side."""
        super().resizeEvent(event)
        wide = self.window().width() >= theme.px("window.wideFrom")
        self.side.fit(wide=wide)
        self.floor.panel.fit(wide=wide)
