"""The way of a result on its page: the ribbon, the one step that follows, locking, reopening."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from competition_app.desktop.frame.page import Context
from competition_app.desktop.parts.controls import Button
from competition_app.desktop.parts.obstacles import Obstacle
from competition_app.desktop.parts.parts import on_click
from competition_app.desktop.parts.ribbon import Ribbon, RibbonStep
from competition_app.desktop.results.settling.going_on_deeds import GoingOnDeeds
from competition_app.desktop.results.settling.locking_deeds import MARKED, LockingDeeds
from competition_app.desktop.results.settling.questions import Questions
from competition_app.desktop.results.settling.rulings_list import RulingsList
from competition_app.desktop.results.settling.steps import steps, waiting
from competition_app.i18n import tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.judging import rulings_made
from competition_app.services.locking import locking
from competition_app.services.locking.locking import LockState, ObstacleKind
from competition_app.services.results.result_seen import ResultSeen


class Way(QObject):
    """Holds the ribbon and the page's primary button; ``look``: a look back is asked and allowed."""

    look = Signal()

    def __init__(self, context: Context, questions: Questions) -> None:
        super().__init__(questions)
        self._context, self._questions = context, questions
        self._locking = LockingDeeds(context, self._mend)
        self.going_on = GoingOnDeeds(context)
        self._event: EventRow | None = None
        self._names: Mapping[str, str] = {}
        self.waits = False
        """Whether the places are being worked out, so that the lock must wait."""
        self.state: LockState | None = None
        self.obstacles: tuple[locking.Obstacle, ...] = ()
        self.ribbon = Ribbon(tr("The way of the result"))
        self.ribbon.chosen.connect(self._step)
        self.next_button = on_click(Button(tr("Lock the result"), "lock", "primary"), self.primary)
        self.look_button = on_click(Button(tr("Look back"), "chart-no-axes-column"), self.look_back)
        self.reopen_button = on_click(
            Button(tr("Reopen@result"), "lock-open", "quiet", small=True), self._reopen
        )
        self._rulings = RulingsList(context)
        self.rulings_button = on_click(
            Button(tr("{n} ruling|{n} rulings", n=0), "gavel", "quiet", small=True), self.show_rulings
        )
        for button in (self.rulings_button, self.reopen_button):
            self.ribbon.add_deed(button)

    @property
    def locked(self) -> bool:
        """Whether the result shown is locked."""
        return self.state is not None and self.state.locked

    def show_event(self, event: EventRow, names: Mapping[str, str], seen: ResultSeen) -> None:
        """Show how far this event's result is; ``names`` are those of modules and stages by their codes."""
        self._event, self._names, self.waits = event, names, False
        self.state, self.obstacles = seen.state, seen.obstacles
        self._show(event, steps(self.state, self.obstacles))

    def wait(self, event: EventRow, names: Mapping[str, str]) -> None:
        """Its places are being worked out: only who locked it when is known."""
        self._event, self._names = event, names
        self.state, self.obstacles = self._context.workspace.ask(locking.lock_state, event.id), ()
        self._show(event, waiting(self.state))

    def _show(self, event: EventRow, shown: tuple[RibbonStep, ...]) -> None:
        self.ribbon.show_steps(shown)
        self.reopen_button.setVisible(self.locked)
        made = self._context.workspace.ask(rulings_made.how_many, event.id)
        self.rulings_button.setVisible(made > 0)
        self.rulings_button.setText(tr("{n} ruling|{n} rulings", n=made))
        self.next_button.setText(tr("Make certificates") if self.locked else tr("Lock the result"))
        self.next_button.set_icon_name("scroll-text" if self.locked else "lock")
        self.next_button.set_variant("plain" if self._questions.asks else "primary")

    def primary(self) -> None:
        """The step that follows."""
        if self.locked:
            self._context.go.emit("certificates")
        else:
            self.lock()

    def lock(self) -> None:
        """Lock the result, or say what hinders."""
        if self._event is None:
            return
        if self.waits and not self.locked:
            self._context.asking.note(
                tr("The places are still being worked out: lock the result after that.")
            )
        elif self.locked:
            self._context.asking.note(
                tr("The result is locked already; “Reopen” at the right opens it again.")
            )
        else:
            self._locking.lock(self._event, self._names)

    def look_back(self) -> None:
        """推演复盘: only after the lock; before it, say so and offer the lock."""
        if self._event is None:
            return
        if self.locked:
            self.look.emit()
            return
        why = tr("Before the lock nobody sees means, severity or what would move: it could sway the marking.")
        lock = Obstacle(tr("The result is not locked"), why, tr("Lock the result"), self.lock)
        lead = tr("It concerns {event}.", event=self._event.name)
        self._context.asking.obstacles(tr("This can be seen after the lock"), lead, [lock])

    def _step(self, key: str) -> None:
        """A step of the ribbon was pressed: go where it is done."""
        match key:
            case "marks":
                self._marks()
            case "rule":
                self._rule()
            case "lock":
                self.lock()
            case _:
                self._go("certificates")

    def _go(self, page: str) -> None:
        if self._event is not None:
            self._context.choose_event(self._event.id)
        self._context.go.emit(page)

    def _marks(self) -> None:
        """To the first sheet, score or time that is missing, else to the marking as it was left."""
        first = next((one for one in self.obstacles if one.kind in MARKED), None)
        if first is not None and self._event is not None:
            self._locking.mend(self._event, first)
        else:
            self._go("marking")

    def _rule(self) -> None:
        """What the chief judge has to decide, the first case first."""
        kinds = (ObstacleKind.TIE, ObstacleKind.ADVANCE)
        first = next((one for one in self.obstacles if one.kind in kinds), None)
        if first is not None:
            self._mend(first)
        elif not self.rulings_button.isHidden():
            self.show_rulings()
        else:
            self._context.asking.note(tr("There is nothing to decide."))

    def show_rulings(self) -> None:
        """The rulings made, each of which can be taken back until the lock."""
        if self._event is not None:
            self._rulings.show(self._event, self._names, locked=self.locked)

    def _mend(self, obstacle: locking.Obstacle) -> None:
        """Settle what hinders the lock and can be settled here."""
        if obstacle.kind is ObstacleKind.TIE and obstacle.problem is not None:
            self._questions.settle(obstacle.problem)
        elif obstacle.kind is ObstacleKind.ADVANCE and self._event is not None and obstacle.stage:
            self.going_on.confirm(self._event, obstacle.stage)

    def _reopen(self) -> None:
        if self._event is not None:
            self._locking.reopen(self._event)
