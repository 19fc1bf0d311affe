"""用白话说: the rules in plain sentences, what counts most in bold, to be copied or printed for signature."""

import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from competition_app.desktop import printing
from competition_app.desktop.certificates.paper_view import Pdf
from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.parts.controls import Button, Text
from competition_app.desktop.parts.parts import Card, on_click, row
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr
from competition_app.services.plans import plan_paper
from competition_app.services.plans.plan_paper import PlanPaper
from competition_app.services.progress import Progress

SHARES = frozenset(
    ("{module} ({share})", "{module} (as per cent of its full marks, {share})",
     "the total of {stage} ({share})")
)  # fmt: skip
"""Parts of a sentence that say what weighs how much; they stand in bold."""
LEADING = "112%"


class Paragraph(Text):
    """A paragraph with bold parts; ``text`` gives it back plain."""

    def __init__(self) -> None:
        super().__init__("", "paragraph", "inkSecondary", wrap=True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._plain = ""

    def show_runs(self, runs: Sequence[tuple[str, bool]]) -> None:
        """Show these parts, each with whether it is bold."""
        self._plain = "".join(text for text, _ in runs)
        inner = "".join(f"<b>{escape(text)}</b>" if bold else escape(text) for text, bold in runs)
        self.setText(f'<p style="line-height:{LEADING};margin:0">{inner}</p>' if inner else "")
        self.setAccessibleName(self._plain)

    def text(self) -> str:
        """The paragraph as plain text."""
        return self._plain


class SummaryCard(Card):
    """The sentences with the buttons that copy, print and save them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._text = context, ""
        self.words = Paragraph()
        self.copy_button = on_click(_button("copy", tr("Copy for the technical document")), self.copy)
        self.print_button = on_click(_button("printer", tr("Print for signature")), self.print_paper)
        self.save_button = on_click(_button("download", tr("Save as PDF for signature")), self.save_paper)
        self.buttons = (self.copy_button, self.print_button, self.save_button)
        self.inner.addLayout(row(Text(tr("In plain words"), "section"), None, *self.buttons, gap=1))
        self.inner.addWidget(self.words)

    def show_sentences(self, sentences: Sequence[Said], text: str) -> None:
        """Say these; ``text`` is the draft (JSON) they say."""
        self._text = text
        self.words.show_runs(runs_of(sentences))

    def set_good(self, *, good: bool) -> None:
        """While the draft has faults the sentences stay, quieter, and are not given away."""
        self.words.set_role("inkSecondary" if good else "inkDisabled")
        for button in self.buttons:
            button.setEnabled(good)

    def copy(self) -> None:
        """Put the sentences on the clipboard."""
        QGuiApplication.clipboard().setText(self.words.text())
        self._context.asking.note(tr("Copied"))

    def print_paper(self) -> None:
        """The rules for signature, through the print preview."""

        def draw(progress: Progress) -> tuple[bytes, str]:
            made = self._paper(progress)
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "rules.pdf"
                plan_paper.save_plan(made, file)
                return file.read_bytes(), made.page.title

        def show(found: tuple[bytes, str]) -> None:
            printing.preview(self.window(), Pdf(found[0]), found[1])

        words = JobWords(tr("Preparing the print"), tr("The rules of marking@paper"))
        self._context.jobs.start(words, draw, show)

    def save_paper(self) -> None:
        """The rules for signature as a PDF."""
        title = tr("The rules of marking@paper")
        target = self._context.asking.save_file(
            tr("Save the rules for signature"), f"{title}.pdf", "PDF (*.pdf)"
        )
        if target is None:
            return
        done = tr("Saved: {file}", file=target.name)
        self._context.jobs.start(
            JobWords(tr("Saving the rules"), title, tr("No half file is left when cancelled.")),
            lambda progress: plan_paper.save_plan(self._paper(progress), target),
            lambda _pages: self._context.asking.note(done),
        )

    def _paper(self, progress: Progress) -> PlanPaper:
        progress.at(0, 0, tr("The rules of marking@paper"))
        event = self._context.event_id
        assert event is not None
        return self._context.workspace.ask(plan_paper.plan_paper, event, in_use(), self._text)


def _button(icon: str, tip: str) -> Button:
    return Button("", icon, "quiet", small=True, tip=tip)


def runs_of(sentences: Sequence[Said]) -> list[tuple[str, bool]]:
    """The sentences one after another as parts, those that say a share in bold."""
    gap = " " if in_use().language == "en" else ""
    runs: list[tuple[str, bool]] = []
    for place, said in enumerate(sentences):
        text = in_use().say(said)
        for strong in (in_use().say(part) for part in _shares(said)):
            before, found, after = text.partition(strong)
            if found:
                runs += [(before, False), (found, True)]
                text = after
        runs.append((text + (gap if place + 1 < len(sentences) else ""), False))
    return [run for run in runs if run[0]]


def _shares(said: Said) -> Iterator[Said]:
    """The parts of a sentence that say what weighs how much, in their order."""
    if said.text in SHARES:
        yield said
        return
    for value in said.values.values():
        if isinstance(value, Said):
            yield from _shares(value)
