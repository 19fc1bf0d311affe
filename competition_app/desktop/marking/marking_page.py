"""评分: the recorder's page. Paper sheets are typed cell by cell, at once in the store, by keyboard alone."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from competition_app.desktop.frame.page import Context, Page
from competition_app.desktop.look import theme
from competition_app.desktop.marking.marking_bars import KeyBar, MessageBar
from competition_app.desktop.marking.marking_books import SheetBook
from competition_app.desktop.marking.marking_grid import MarkingGrid
from competition_app.desktop.marking.marking_hands import Book, MarkingHands
from competition_app.desktop.marking.marking_model import Place
from competition_app.desktop.marking.marking_opening import MarkingOpening
from competition_app.desktop.marking.marking_scores import ScoreBook
from competition_app.desktop.marking.marking_sheets import DIFFER, FIRST, SECOND, judge_state
from competition_app.desktop.marking.marking_side import MarkingSide, Owing
from competition_app.desktop.parts import pills
from competition_app.desktop.parts.controls import Button, ElidedText, Ground, Selector, Text
from competition_app.desktop.parts.obstacles import Obstacle
from competition_app.desktop.parts.parts import Segment, Segments, column, on_click, row
from competition_app.desktop.parts.sentences import joined
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions, plans
from competition_app.services.competitions.plans import ModuleRow
from competition_app.services.judging import marking_grid
from competition_app.services.judging.marking_grid import JudgeProgress


class MarkingPage(Page):
    """One judge's sheets of one module at a time; beside them who still owes, and the points of a mark."""

    reads = frozenset({
        "marks", "mark_versions", "sheets", "scores", "works", "judges", "judge_persons", "assignments",
        "plan_versions", "events", "entries", "recusals", "module_facts",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context, tr("Marking@page"))
        self.modules: tuple[ModuleRow, ...] = ()
        self.module: ModuleRow | None = None
        self.judge_id: int | None = None
        self._progress: tuple[JudgeProgress, ...] = ()
        self._place: Place | None = None
        self.hands = MarkingHands(context.asking, context.undoing, self.where, self)
        self.opening = MarkingOpening(context, self)
        self._make_head()
        self._make_filter()
        self.grid = MarkingGrid(self.hands.model)
        self.message = MessageBar()
        self.keys = KeyBar()
        self.side = MarkingSide()
        self._lay_out()
        self._connect()

    # --- making ---
    def _make_head(self) -> None:
        self.scope = Selector(tr("Event and module"), width=theme.px("measure.selectorWideWidth"))
        self.add_scope(self.scope)
        self.anonymous = pills.Pill()
        self.next_button = on_click(Button(tr("Next judge"), "users-round", "primary"), self.primary)
        self._actions.addWidget(self.anonymous)
        self.add_action(self.next_button)

    def _make_filter(self) -> None:
        self.views = Segments([Segment(FIRST, tr("First typing"))], tr("Typing"))
        self.attempts = Selector(tr("Attempt"))
        self.sheet = ElidedText("", "strong")
        self.sheet.setSizePolicy(self.sheet.sizePolicy().Policy.Maximum, self.sheet.sizePolicy().Policy.Fixed)
        self.place_text = Text("", "body", "inkSecondary")
        self.filter = Ground("surface", "bottom")
        self.filter.setFixedHeight(theme.px("height.filterBar"))
        self._before, self._after = QWidget(), QWidget()
        line = row(self.views, self.attempts, self._before, self.sheet, self.place_text, self._after,
                   gap=2, margins=(4, 0, 4, 0))  # fmt: skip
        line.setStretch(2, 1)
        line.setStretch(5, 1)
        self.filter.setLayout(line)

    def _lay_out(self) -> None:
        work = QWidget()
        left = column(self.filter, self.grid, self.message, self.keys, gap=0)
        left.setStretch(1, 1)
        whole = row(left, self.side, gap=0)
        whole.setStretch(0, 1)
        work.setLayout(whole)
        self._work = work
        self._stack = QStackedLayout()
        self._stack.addWidget(work)
        self._stack.addWidget(self.opening)
        self.body.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self.scope.activated.connect(lambda _at: self._choose_scope())
        self.views.chosen.connect(lambda _key: self._open_book())
        self.attempts.activated.connect(lambda _at: self._ask_again())
        self.side.judges.chosen.connect(self.choose_judge)
        self.grid.here.connect(self._here)
        self.grid.typing.connect(self._typing)
        self.grid.answered.connect(self.hands.answer)
        self.grid.absent.connect(self.hands.absent)
        self.grid.pasted.connect(self.hands.paste)
        self.grid.undone.connect(self.context.undoing.undo)
        self.grid.dropped.connect(self.hands.clear)
        self.hands.done.connect(self._entered)
        self.message.mended.connect(self._take_mend)
        self.message.back.connect(self._back_to_cell)
        self.opening.opened.connect(self.refresh)
        self.context.event_chosen.connect(self._event_chosen)

    # --- asking ---
    def refresh(self) -> None:
        """Ask for modules, judges and sheets again; place, scroll and what is being typed stay."""
        ask = self.context.workspace.ask
        rows = ask(competitions.events, self.context.competition_id)
        self.modules = tuple(
            module for event in rows for module in ask(plans.modules, event.id) if module.kind != "members"
        )
        self._show_scope()
        if self.module is None:
            self.opening.show_nothing()
            self._stack.setCurrentWidget(self.opening)
        else:
            self._show_module()

    def _show_scope(self) -> None:
        choices = [(self._scope_key(module), self._scope_word(module)) for module in self.modules]
        wanted = self._scope_key(self.module) if self.module else None
        if wanted is None and self.context.event_id is not None:
            wanted = next((key for key, _word in choices if key[0] == self.context.event_id), None)
        self.scope.set_choices(choices, wanted)
        self.scope.setVisible(bool(choices))
        self.module = next((m for m in self.modules if self._scope_key(m) == self.scope.currentData()), None)

    @staticmethod
    def _scope_key(module: ModuleRow) -> tuple[int, str, str]:
        return module.event_id, module.stage, module.module

    def _scope_word(self, module: ModuleRow) -> str:
        stages = {one.stage for one in self.modules if one.event_id == module.event_id}
        parts = [module.event, module.stage_name if len(stages) > 1 else "", module.module_name]
        return " ".join(part for part in parts if part)

    def _choose_scope(self) -> None:
        key = self.scope.currentData()
        self.module = next((m for m in self.modules if self._scope_key(m) == key), None)
        self.judge_id = None
        if self.module is not None:
            self.context.choose_event(self.module.event_id)
            self._show_module()

    def _event_chosen(self, event_id: int) -> None:
        if self.module is not None and self.module.event_id != event_id:
            self.module, self.judge_id = None, None

    def _show_module(self) -> None:
        module = self.module
        assert module is not None
        self._ask_progress(module)
        missing = self.opening.what_is_missing(module, judges=bool(self._progress))
        self.next_button.setVisible(not missing)
        self.anonymous.set_state(pills.ANONYMOUS if module.coded else None)
        if missing:
            self._stack.setCurrentWidget(self.opening)
            return
        self._stack.setCurrentWidget(self._work)
        tries = module.rule.attempts.count
        choices = [(n, tr("Attempt {n}", n=n)) for n in range(1, tries + 1)]
        self.attempts.set_choices(choices)
        self.attempts.setVisible(tries > 1)
        self.side.scroll_shown(module.kind == "sheets")
        self.grid.show_names(on=module.kind == "direct")
        self._open_book()

    def _ask_progress(self, module: ModuleRow) -> None:
        """Ask who owes what; where the chosen judge is gone, the first who owes is chosen."""
        if module.kind == "direct":
            self._progress = ()
            return
        found = self._progress = self.context.workspace.ask(
            marking_grid.owing, module.event_id, module.stage, module.module,
            attempt=int(self.attempts.currentData() or 1),
        )  # fmt: skip
        if self.judge_id not in {one.judge_id for one in found}:
            owing = next((one.judge_id for one in found if one.done < one.owed), None)
            self.judge_id = owing or (found[0].judge_id if found else None)

    def _owing(self) -> tuple[Owing, ...]:
        return tuple(
            Owing(one.judge_id, one.code, one.name or "", one.done, one.owed,
                  judge_state(one, here=one.judge_id == self.judge_id))
            for one in self._progress
        )  # fmt: skip

    def _ask_again(self) -> None:
        """Another attempt was chosen: who owes changes with the sheets."""
        if self.module is not None:
            self._ask_progress(self.module)
            self._open_book()

    def _entered(self) -> None:
        """Something was entered or refused: ask who owes and the open book again."""
        if self.module is not None:
            self._ask_progress(self.module)
            self._show_book()

    def _open_book(self) -> None:
        module = self.module
        if module is None:
            return
        attempt = int(self.attempts.currentData() or 1)
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
        if book is None or self.module is None:
            return
        try:
            book.ask()
        except Refusal as refusal:
            self.context.asking.refused(refusal)
            return
        self.hands.model.show(book.columns, book.rows)
        self.side.show_judges(self._owing(), self.judge_id)
        self._show_views(book)
        self._here(self.grid.place())

    def _show_views(self, book: Book) -> None:
        double = isinstance(book, SheetBook) and book.grid is not None and book.grid.double_entry
        self.views.setVisible(double)
        self._before.setVisible(double)
        self._after.setVisible(not double)
        if isinstance(book, SheetBook) and double:
            again, differing = book.counts
            self.views.set_segments([
                Segment(FIRST, tr("First typing")),
                Segment(SECOND, tr("Second typing"), again or None),
                Segment(DIFFER, tr("Differing"), differing or None, "seal"),
            ])  # fmt: skip
        elif self.views.key() != FIRST:
            self.views.choose(FIRST)
        self.next_button.setText(tr("Hand over for the second typing") if double else tr("Next judge"))
        self.next_button.setVisible(isinstance(book, SheetBook) and (double or len(self._progress) > 1))
        self.next_button.updateGeometry()
        self.facts.emit(tr("The second typing is done by another person") if double else "")

    def choose_judge(self, judge_id: int) -> None:
        """Go on with another judge's sheets."""
        if judge_id != self.judge_id:
            self.judge_id = judge_id
            self._open_book()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def where(self, place: Place) -> str:
        """A cell in words: the work's code and the criterion's name."""
        code = self.hands.model.code(place[0])
        name = next((c.name or c.code for c in self.hands.model.columns if c.code == place[1]), "")
        return f"{code} {name}"

    def _here(self, place: object) -> None:
        """The current cell changed, or what stands in it."""
        found = place if isinstance(place, tuple) else None
        self._place = found
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
        self._show_message()

    def _typing(self, place: object, text: str) -> None:
        if isinstance(place, tuple):
            self.side.points.show_points(*self.hands.say_points(place, text))

    def _show_sheet(self) -> None:
        model = self.hands.model
        judge = next((one for one in self._progress if one.judge_id == self.judge_id), None)
        if judge is not None:
            name = f"{judge.code} {judge.name or ''}".strip()
            self.sheet.set_text(tr("Paper sheets of {judge}", judge=name))
        else:
            self.sheet.set_text(
                tr("Scores of {module}", module=self.module.module_name if self.module else "")
            )
        at = self.grid.currentIndex().row()
        self.place_text.setText(
            tr("sheet {n} of {all}", n=at + 1, all=model.rowCount()) if at >= 0 else tr("no sheets")
        )

    def _shown_wrong(self) -> Place | None:
        """The wrong figure the bar is about: that of the current cell, else the first."""
        model = self.hands.model
        if model.wrong(self._place):
            return self._place
        return next((place for place, _wrong in model.all_wrong()), None)

    def _show_message(self) -> None:
        place = self._shown_wrong()
        self.message.tell(self.where(place) if place else "", self.hands.model.wrong(place))

    def _take_mend(self) -> None:
        place = self._shown_wrong()
        if place:
            self.hands.take_mend(place)
            self.grid.go(place)

    def _back_to_cell(self) -> None:
        place = self._shown_wrong()
        if place:
            self.grid.go(place)

    # --- the frame's keys ---
    def primary(self) -> None:
        """Hand the sheets on: to the second person, or go to the next judge who owes."""
        wrong = list(self.hands.model.all_wrong())
        if wrong:
            self._refuse_handing_over([place for place, _wrong in wrong])
        elif (
            isinstance(self.hands.book, SheetBook)
            and self.hands.book.grid
            and self.hands.book.grid.double_entry
        ):
            self._hand_over(self.hands.book)
        else:
            self._next_judge()

    def _refuse_handing_over(self, places: list[Place]) -> None:
        say, model, obstacles = in_use().say, self.hands.model, []
        for place in places[:6]:
            wrong = model.wrong(place)
            assert wrong is not None
            obstacles.append(
                Obstacle(f"{self.where(place)} {wrong.text}", say(wrong.said), tr("Go to the cell"),
                         lambda place=place: self.grid.go(place))  # type: ignore[misc]
            )  # fmt: skip
        lead = tr("{n} figure does not stand.|{n} figures do not stand.", n=len(places))
        self.context.asking.obstacles(tr("These sheets cannot be handed over yet"), lead, obstacles)

    def _hand_over(self, book: SheetBook) -> None:
        again, differing = book.counts
        if differing and self.views.key() != DIFFER:
            self.views.choose(DIFFER)
        elif again and self.views.key() != SECOND:
            self.views.choose(SECOND)
            self.context.asking.note(
                tr("Let the second person sign in at the status bar, then type the sheets again.")
            )
        else:
            self._next_judge()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_judge(self) -> None:
        keys = [one.judge_id for one in self._progress]
        at = keys.index(self.judge_id) if self.judge_id in keys else -1
        later = [*self._progress[at + 1 :], *self._progress[: max(at, 0)]]
        owing = next((one.judge_id for one in later if one.done < one.owed), None)
        if owing is None:
            self.context.asking.note(tr("All judges' sheets of this module are in."))
        else:
            self.views.choose(FIRST)
            self.choose_judge(owing)

    def escape(self) -> bool:
        """Esc: back into the grid."""
        if self.grid.hasFocus() or not self.grid.isVisible():
            return False
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def regions(self) -> list[QWidget]:
        """Filter, grid, judges."""
        return [self.scope, self.grid, self.side.judges, *self.opening.ways]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide window has a wider side."""
        super().resizeEvent(event)
        self.side.fit(wide=self.window().width() >= theme.px("window.wideFrom"))
