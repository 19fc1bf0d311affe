"""What a person does to the parts of a plan: add, remove with a note, double, order, paste, take back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from competition_app.desktop.events.forms.plan_module_form import add_bands
from competition_app.desktop.events.forms.plan_stage_forms import first_key
from competition_app.desktop.events.plan import plan_parts
from competition_app.desktop.events.plan.plan_draft import Path, PlanDraft, Step
from competition_app.desktop.events.plan.plan_lines import AWARDS, node_of
from competition_app.desktop.events.plan.plan_words import CRITERION_KINDS, MODULE_KINDS
from competition_app.desktop.frame.asking import Answer
from competition_app.desktop.frame.page import Context
from competition_app.desktop.look import icons
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr
from competition_app.services.plans.criteria_rows import CriteriaRead, read_criteria

TIES: tuple[tuple[str, str, Said], ...] = (
    ("module", "file-text", Said("a score@tie")), ("time", "timer", Said("a time@tie")),
    ("submitted", "send", Said("handing in@tie")), ("penalty", "circle-minus", Said("penalties@tie")),
    ("decision", "gavel", Said("a decision@tie")), ("lot", "shuffle", Said("a draw@tie")),
)  # fmt: skip


SHOWN = 6
"""So many things wrong with pasted rows are listed."""


class PlanEditing:
    """Deeds on the draft; ``show`` opens a node after its part was made or moved, its form made anew."""

    def __init__(self, context: Context, draft: PlanDraft, show: Callable[[Path, bool], None]) -> None:
        self._context, self.draft, self._show = context, draft, show

    # --- what may be added ---
    def add_menu(self, parent: QWidget, node: Path) -> QMenu:
        """What may stand at this node or beside it; stages and prizes at the end, always."""
        menu = QMenu(parent)
        stage, module = self._around(node)
        if module is not None and self.draft.get((*module, "kind")) == "sheets":
            within = menu.addMenu(tr("Criterion@add"))
            for key, icon, word, _ in CRITERION_KINDS:
                deed = partial(self._made, partial(plan_parts.add_criterion, self.draft, module, key))
                self._action(within, icon, in_use().say(word), deed)
        if module is not None and self.draft.get((*module, "kind")) != "members":
            for key, told in (
                ("time_bands", tr("Points off by time")), ("time_factors", tr("Factor by time")),
            ):  # fmt: skip
                if self.draft.get((*module, key)) is None:
                    deed = partial(self._made, partial(add_bands, self.draft, module, key))
                    self._action(menu, "timer", told, deed)
        if stage is not None:
            self._stage_menus(menu, stage)
        menu.addSeparator()
        self._action(
            menu, "flag", tr("Stage@add"), partial(self._made, partial(plan_parts.add_stage, self.draft))
        )
        if self.draft.rows(("stages",)):
            self._action(menu, "medal", tr("Prize@add"),
                         partial(self._made, partial(plan_parts.add_level, self.draft)))  # fmt: skip
            self._action(menu, "graduation-cap", tr("Title@add"),
                         partial(self._made, partial(plan_parts.add_title, self.draft)))  # fmt: skip
        return menu

    def _stage_menus(self, menu: QMenu, stage: Path) -> None:
        modules = menu.addMenu(tr("Module@add"))
        for key, icon, said, _ in MODULE_KINDS:
            deed = partial(self._made, partial(plan_parts.add_module, self.draft, stage, key))
            self._action(modules, icon, in_use().say(said), deed)
        ties = menu.addMenu(tr("Rule for equal totals@add"))
        for key, icon, said in TIES:
            self._action(ties, icon, in_use().say(said), partial(self._add_tie, stage, key))

    def _add_tie(self, stage: Path, by: str) -> None:
        key = first_key(self.draft, stage, by)
        self._made(partial(plan_parts.add_tie, self.draft, stage, key))

    def _around(self, node: Path) -> tuple[Path | None, Path | None]:
        """The stage and the module a node belongs to; the only stage where it belongs to none."""
        stages = self.draft.rows(("stages",))
        if node[:1] != ("stages",):
            return (("stages", len(stages) - 1) if stages and node != AWARDS else None), None
        module = node[:4] if node[2:3] == ("modules",) and len(node) >= 4 else None
        modules = self.draft.rows((*node[:2], "modules"))
        if module is None and len(modules) == 1:
            module = (*node[:2], "modules", 0)
        return node[:2], module

    def _action(self, menu: QMenu, icon: str, word: str, deed: Callable[[], object]) -> QAction:
        action = menu.addAction(icons.icon(icon, "inkSecondary"), word)
        action.triggered.connect(lambda _checked=False: deed())
        return action

    def _made(self, make: Callable[[], Path]) -> None:
        self._show(make(), True)

    # --- what may be done with a part ---
    def part_menu(self, parent: QWidget, node: Path) -> QMenu:
        """The deeds for one line of the tree, what may be added above them."""
        menu = self.add_menu(parent, node)
        if isinstance(node[-1], int) and plan_parts.holder_of(node):
            menu.addSeparator()
            for icon, word, deed in (
                ("copy", tr("Double it"), "double"), ("arrow-up", tr("Move up"), "up"),
                ("arrow-down", tr("Move down"), "down"), ("trash-2", tr("Take it away"), "remove"),
            ):  # fmt: skip
                self._action(menu, icon, word, partial(self.do, node, deed))
        return menu

    def do(self, node: Path, deed: str) -> None:
        """A deed of the keyboard or the menu: up, down, double, remove."""
        if deed == "edit":
            self._show(node, True)
            return
        if node[-1] in ("time_bands", "time_factors") and deed == "remove":
            self.draft.seal()
            self.draft.put(node, None, Said("points off by time@what"))
            self._show(node[:-1], False)
            return
        if not plan_parts.holder_of(node):
            return
        if deed == "remove":
            self.remove(node)
        elif deed == "double":
            self._show(plan_parts.duplicate(self.draft, node), True)
        else:
            self._show(plan_parts.step(self.draft, node, -1 if deed == "up" else 1), False)

    def remove(self, node: Path) -> None:
        """Take a part away; the note says what went with it and takes it back."""
        said = plan_parts.remove(self.draft, node)
        rows = self.draft.rows(node[:-1])
        after = (*node[:-1], min(int(node[-1]), len(rows) - 1)) if rows else node[:-1]
        self._show(node_of(self.draft, after), False)
        self._context.asking.note(said, self.undo_noted)

    def move(self, node: Path, target: Path, place: int) -> None:
        """A part was dragged; criteria stand only where judges mark."""
        if target[-1] == "criteria" and self.draft.get((*target[:-1], "kind")) != "sheets":
            self._context.asking.note(tr("Criteria stand only in a module that judges mark."))
            return
        self._show(plan_parts.move(self.draft, node, target, place), False)

    def paste(self, node: Path, text: str) -> None:
        """Rows of a spreadsheet pasted onto a module or one of its criteria become criteria."""
        _, module = self._around(node)
        if module is None or self.draft.get((*module, "kind")) != "sheets":
            self._context.asking.note(tr("Rows are pasted onto a module that judges mark."))
            return
        rows = self.draft.rows((*module, "criteria"))
        taken = [str(one.get("code")) for one in rows if isinstance(one, dict)]
        read = read_criteria(text, taken)
        if not read.good:
            self._refuse(read)
            return
        made = plan_parts.add_rows(self.draft, module, read.criteria)
        self._show(made, False)
        told = [tr("{n} criterion taken in|{n} criteria taken in", n=len(read.criteria))]
        told += [in_use().say(note) for note in read.notes]
        self._context.asking.note("\n".join(told), self.undo_noted)

    def _refuse(self, read: CriteriaRead) -> None:
        """Everything wrong with pasted rows, a line each; nothing of them was taken."""
        say = in_use().say
        lines = [say(problem) for problem in read.problems[:SHOWN]] or [tr("There is no criterion in it.")]
        if len(read.problems) > SHOWN:
            lines.append(tr("and {n} more@checks", n=len(read.problems) - SHOWN))
        self._context.asking.question(
            tr("The rows were not taken"), "\n".join(lines), [Answer(None, tr("Got it"))], "octagon-alert"
        )

    # --- taking back ---
    def undo(self) -> bool:
        """Take back the last step in words; False where there is none."""
        step = self.draft.undo()
        return self._turned(step, tr("Undone: {what}", what=in_use().say(step.said)) if step else "")

    def undo_noted(self) -> None:
        """Take back the last step, as the button of a note does."""
        self.undo()

    def redo(self) -> bool:
        """Do the last step taken back again; False where there is none."""
        step = self.draft.redo()
        return self._turned(step, tr("Done again: {what}", what=in_use().say(step.said)) if step else "")

    def _turned(self, step: Step | None, words: str) -> bool:
        if step is None:
            return False
        self._show(node_of(self.draft, step.path) if step.path else ("text",), False)
        self._context.asking.note(words)
        return True

    def more_menu(self, parent: QWidget) -> QMenu:
        """Undo and redo in words; the page adds its own deeds below."""
        menu = QMenu(parent)
        for icon, word, steps, deed in (
            ("undo-2", tr("Undo@menu"), self.draft.done, self.undo),
            ("redo-2", tr("Redo@menu"), self.draft.undone, self.redo),
        ):
            words = tr("{deed}: {what}", deed=word, what=in_use().say(steps[-1].said)) if steps else word
            self._action(menu, icon, words, deed).setEnabled(bool(steps))
        menu.addSeparator()
        return menu

    def popup(self, menu: QMenu, at: QPoint) -> None:
        """Open a menu; it goes when it is left."""
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)


class UndoKeys(QObject):
    """Ctrl+Z and Ctrl+Shift+Z where the editor has the keyboard, for every widget it is put on."""

    def __init__(self, editing: PlanEditing, parent: QObject) -> None:
        super().__init__(parent)
        self._editing = editing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Z in the editor takes back a step of the draft before anything done on other pages."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        undo = event.matches(QKeySequence.StandardKey.Undo) and self._editing.draft.done
        keys = QKeySequence(event.keyCombination())
        redo = keys in (QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")) and self._editing.draft.undone
        if not undo and not redo:
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            deed = self._editing.undo if undo else self._editing.redo
            QTimer.singleShot(0, self, deed)
        return True
