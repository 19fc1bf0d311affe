"""Undo and redo in words across pages: what was done last is taken back by a new operation, or done again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from competition_app.desktop.frame.asking import Asking
from competition_app.domain.errors import Refusal
from competition_app.i18n import tr
from competition_app.services.judging import undoing

if TYPE_CHECKING:
    from competition_app.services.workspace import Actor, Workspace

DEPTH = 200


class Step(Protocol):
    """Something that can be carried out; it refuses where somebody changed the same meanwhile."""

    def carry_out(self) -> "Step":
        """Do it, as a new operation; the step that takes exactly that back."""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Takes back one operation by its number in the history."""

    workspace: "Workspace"
    actor: Callable[[], "Actor"]
    seq: int
    reason: str

    def carry_out(self) -> "TakeBack":
        """Take it back; taking that back does the deed again."""
        _, seq = self.workspace.numbered(self.actor(), undoing.take_back, self.seq, self.reason)
        return TakeBack(self.workspace, self.actor, seq, self.reason)


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed in words (退回：贺思远) and the next step about it: back while done, again while undone."""

    words: str
    step: Step


class Undoing(QObject):
    """The deeds of this sitting, all pages together; the last comes back first. ``changed`` tells of each."""

    changed = Signal()

    def __init__(
        self, workspace: "Workspace", asking: Asking, actor: Callable[[], "Actor"], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace, self._asking, self._actor = workspace, asking, actor
        self.done: list[Deed] = []
        self.undone: list[Deed] = []

    def carry_out(self, words: str, use_case: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Carry out a use case that the history can take back, note it with 撤销, and give its value.

        Raises Refusal; then nothing was done.
        """
        value, seq = self._workspace.numbered(self._actor(), use_case, *given, **named)
        self.did(words, TakeBack(self._workspace, self._actor, seq, tr("Undo: {what}", what=words)))
        return value

    def did(self, words: str, back: Step, *, quiet: bool = False) -> None:
        """Remember a deed and how it is taken back; ``quiet`` where the page shows it well enough."""
        self.done = [*self.done, Deed(words, back)][-DEPTH:]
        self.undone = []
        if not quiet:
            self._asking.note(words, self.undo)
        self.changed.emit()

    def undo(self) -> None:
        """Ctrl+Z: take back what was done last."""
        if not self.done:
            self._asking.note(tr("There is nothing to undo."))
            return
        deed = self.done.pop()
        if self._turn(deed, self.undone):
            self._asking.note(tr("Undone: {what}", what=deed.words), self.redo, tr("Redo"))

    def redo(self) -> None:
        """Ctrl+Shift+Z: do again what was undone last."""
        if not self.undone:
            self._asking.note(tr("There is nothing to redo."))
            return
        deed = self.undone.pop()
        if self._turn(deed, self.done):
            self._asking.note(tr("Done again: {what}", what=deed.words), self.undo)

    def _turn(self, deed: Deed, target: list[Deed]) -> bool:
        """Carry out a deed's next step; one that is refused is not tried again."""
        try:
            target.append(Deed(deed.words, deed.step.carry_out()))
        except Refusal as refusal:
            self._asking.refused(refusal, tr("Not undone: {what}", what=deed.words))
            return False
        finally:
            self.changed.emit()
        return True
