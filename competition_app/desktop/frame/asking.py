"""The one funnel to the person: notes, refusals, questions, forms, file dialogs; all of it on record."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from competition_app.desktop.parts.controls import Button
from competition_app.desktop.parts.dialogs import Sheet
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.notes import Note
from competition_app.desktop.parts.obstacles import Obstacle, Obstacles, Well, dashes
from competition_app.desktop.parts.parts import on_click
from competition_app.domain.errors import Problem, Refusal, Said
from competition_app.i18n import in_use, tr


@dataclass(frozen=True, slots=True)
class Told:
    """What the person was told: kind (note, refusal, question, destructive, form …) and all its words."""

    kind: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a question: its value, the word that names the deed, its rank."""

    value: object
    word: str
    icon: str = ""
    variant: str = "plain"


class Asking(QObject):
    """Says and asks everything in the program; ``host`` is the window the sheets lie over.

    ``record`` holds what was told last. ``answerer`` is called with each sheet once it stands and may press
    its buttons; ``choose_open``, ``choose_save`` and ``choose_folder`` are the system's file dialogs.
    """

    told = Signal(object)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._open: list[Sheet] = []
        self._note: Note | None = None
        self.record: deque[Told] = deque(maxlen=100)
        self.answerer: Callable[[Sheet], None] | None = None
        self.choose_open: Callable[[str, str, str], list[str]] = self._system_open
        self.choose_save: Callable[[str, str, str], str] = self._system_save
        self.choose_folder: Callable[[str, str], str] = self._system_folder

    @property
    def busy(self) -> bool:
        """True while a sheet lies over the window."""
        return bool(self._open)

    def escape(self) -> None:
        """Esc: leave the uppermost sheet without an answer."""
        if self._open:
            self._open[-1].reject()

    def note(self, text: str, undo: Callable[[], None] | None = None, undo_word: str = "") -> None:
        """Something that needs no answer: bottom right for 6 s, with an undo where it applies."""
        self._keep("note", text, text)
        if self._note is not None:
            self._note.vanish()
        note = self._note = Note(self._host, text, undo, undo_word or tr("Undo"))
        note.destroyed.connect(lambda: self._forget(note))
        note.appear()

    def _forget(self, note: Note) -> None:
        if self._note is note:
            self._note = None

    def refused(self, refusal: Refusal | Said | Problem, title: str = "") -> None:
        """A refusal in its one sentence, under what could not be done."""
        sentence = in_use().say(refusal)
        sheet = Sheet(self._host, title or tr("This cannot be done now"), icon="octagon-alert", role="bad")
        sheet.say(sentence, "paragraph")
        sheet.answer(None, tr("Got it"), focus=True)
        self._run("refusal", sheet)

    def obstacles(self, title: str, lead: str, obstacles: Sequence[Obstacle]) -> None:
        """A refusal, each obstacle on its own line with the button that mends it; the first is focused."""
        sheet = Sheet(self._host, title, icon="octagon-alert", role="bad")
        sheet.say(lead)
        box = Obstacles(obstacles, sheet.finish)
        sheet.content.addWidget(box)
        sheet.said += [line for one in obstacles for line in (one.title, one.detail)]
        sheet.default = box.first
        words = "\n".join(sheet.said)
        copy = sheet.answer(None, tr("Copy the explanation"), "copy", "quiet", left=True)
        copy.clicked.disconnect()
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(words))
        sheet.answer(None, tr("Got it"), focus=box.first is None)
        mend = self._run("refusal", sheet)
        if callable(mend):
            mend()

    def destroy(
        self, question: str, lead: str, losses: Sequence[str], kept: str, undoing: str, deed: str, keep: str,
        reason: Field | None = None, check: Callable[[], bool] | None = None,
    ) -> bool:  # fmt: skip
        """Ask before something is lost: what, what stays, how long to undo. The safe button is focused.

        Where the deed needs a ``reason``, its field stands below, and ``check`` refuses beside it.
        """
        sheet = Sheet(self._host, question, icon="trash-2", role="bad")
        sheet.say(lead)
        sheet.content.addWidget(dashes(losses))
        sheet.said += losses
        if kept:
            sheet.say(kept)
        if undoing:
            sheet.content.addWidget(Well("undo-2", undoing))
            sheet.said.append(undoing)
        if reason is not None:
            sheet.content.addWidget(reason)
        sheet.answer(False, keep, focus=True)
        button = sheet.answer(True, deed, "trash-2", "danger")
        if reason is not None and check is not None:
            self._first_check(sheet, button, [reason], check)
        return self._run("destructive", sheet) is True

    @staticmethod
    def _first_check(
        sheet: Sheet, button: Button, fields: Sequence[Field], check: Callable[[], bool]
    ) -> None:
        """Let a button answer only when nothing is wrong; else one types on where something is."""
        button.clicked.disconnect()

        def try_it() -> None:
            if check():
                sheet.finish(True)
                return
            sheet.relayout()
            wrong = next((field for field in fields if field.refused()), None)
            if wrong is not None:
                wrong.control.setFocus(Qt.FocusReason.OtherFocusReason)

        on_click(button, try_it)

    def question(
        self, title: str, text: str, answers: Sequence[Answer], icon: str = "circle-question-mark"
    ) -> object:
        """A question with its answers, the last one at the right; None where it was left with Esc."""
        sheet = Sheet(self._host, title, icon=icon, role="run")
        sheet.say(text, "paragraph")
        for answer in answers:
            sheet.answer(answer.value, answer.word, answer.icon, answer.variant, focus=answer is answers[-1])
        return self._run("question", sheet)

    def inform(self, title: str, text: str) -> None:
        """Something a person must have read before going on, though nothing is asked."""
        sheet = Sheet(self._host, title, icon="triangle-alert", role="wait")
        sheet.say(text, "paragraph")
        sheet.answer(None, tr("Got it"), focus=True)
        self._run("information", sheet)

    def form(
        self, title: str, lead: str, fields: Sequence[Field], deed: str, check: Callable[[], bool],
        begin: Field | None = None, *, danger: bool = False,
    ) -> bool:  # fmt: skip
        """A short form; ``check`` is asked when the deed is pressed and refuses beside the fields.

        ``begin`` has the keyboard first, else the first field. ``danger``: the deed takes something away,
        and looks so.
        """
        sheet = Sheet(self._host, title, icon="octagon-alert" if danger else "", role="bad")
        if lead:
            sheet.say(lead, "paragraph")
        for field in fields:
            sheet.content.addWidget(field)
            sheet.said.append(field.label.text())
        sheet.answer(None, tr("Leave it as it is") if danger else tr("Cancel"), focus=danger)
        button = sheet.answer(True, deed, variant="danger" if danger else "primary", focus=not danger)
        self._first_check(sheet, button, fields, check)
        start = begin or (fields[0] if fields else None)
        first = start.control if start is not None else button
        sheet.setFocusProxy(first)
        return self._run("form", sheet, focus=first) is True

    def failure(self, title: str, sentence: str, detail: str) -> None:
        """A fault of the program: what, version and log, with the details to copy."""
        sheet = Sheet(self._host, title, icon="octagon-alert", role="bad")
        sheet.say(sentence, "paragraph")
        copy = sheet.answer(None, tr("Copy the details"), "copy", "quiet", left=True)
        copy.clicked.disconnect()
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(detail))
        sheet.answer(None, tr("Go on working"), focus=True)
        self._run("failure", sheet)

    def sheet(self, title: str) -> Sheet:
        """A sheet for a page's own content, run with ``show``; also the frame of a job's progress."""
        return Sheet(self._host, title, narrow=True)

    def lay(self, sheet: Sheet, kind: str) -> None:
        """Lay a sheet over the window without waiting for it (progress)."""
        self._open.append(sheet)
        sheet.answered.connect(lambda _answer: self._open.remove(sheet))
        self._keep(kind, sheet.title, "\n".join(sheet.said))
        sheet.present()

    def open_files(self, title: str, kinds: str) -> list[Path]:
        """Files to read; none where it was left. ``kinds`` as Qt's file dialog wants them."""
        return [Path(name) for name in self.choose_open(title, "", kinds)]

    def save_file(self, title: str, suggested: str, kinds: str) -> Path | None:
        """Where to save; None where it was left."""
        name = self.choose_save(title, suggested, kinds)
        return Path(name) if name else None

    def folder(self, title: str) -> Path | None:
        """A folder to write into; None where it was left."""
        name = self.choose_folder(title, "")
        return Path(name) if name else None

    def _run(self, kind: str, sheet: Sheet, focus: QWidget | None = None) -> object:
        self._open.append(sheet)
        self._keep(kind, sheet.title, "\n".join(sheet.said))
        try:

            def shown(shown_sheet: Sheet) -> None:
                if focus is not None:
                    focus.setFocus(Qt.FocusReason.PopupFocusReason)
                if self.answerer is not None:
                    self.answerer(shown_sheet)

            return sheet.run(shown)
        finally:
            self._open.remove(sheet)

    def _keep(self, kind: str, title: str, words: str) -> None:
        told = Told(kind, title, words)
        self.record.append(told)
        self.told.emit(told)

    def _system_open(self, title: str, folder: str, kinds: str) -> list[str]:
        from PySide6.QtWidgets import QFileDialog

        return QFileDialog.getOpenFileNames(self._host, title, folder, kinds)[0]

    def _system_save(self, title: str, suggested: str, kinds: str) -> str:
        from PySide6.QtWidgets import QFileDialog

        return QFileDialog.getSaveFileName(self._host, title, suggested, kinds)[0]

    def _system_folder(self, title: str, folder: str) -> str:
        from PySide6.QtWidgets import QFileDialog

        return QFileDialog.getExistingDirectory(self._host, title, folder)
