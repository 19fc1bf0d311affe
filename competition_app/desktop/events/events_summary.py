"""用白话说: the rules in plain sentences, what counts most in bold, to be copied or printed for signature."""

from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from competition_app.desktop.frame.asking import Asking
from competition_app.desktop.parts.controls import Button, Text
from competition_app.desktop.parts.parts import Card, on_click, row
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr

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
    """The sentences with the buttons that copy and print them."""

    def __init__(self, asking: Asking) -> None:
        super().__init__()
        self._asking = asking
        self.words = Paragraph()
        copy_tip, print_tip = tr("Copy for the technical document"), tr("Print for signature")
        self.copy_button = on_click(Button("", "copy", "quiet", small=True, tip=copy_tip), self.copy)
        self.print_button = Button("", "printer", "quiet", small=True, tip=print_tip)
        self.inner.addLayout(
            row(Text(tr("In plain words"), "section"), None, self.copy_button, self.print_button, gap=1)
        )
        self.inner.addWidget(self.words)

    def show_sentences(self, sentences: Sequence[Said]) -> None:
        """Say these."""
        self.words.show_runs(runs_of(sentences))

    def set_good(self, *, good: bool) -> None:
        """While the draft has faults the sentences stay, quieter, and are not given away."""
        self.words.set_role("inkSecondary" if good else "inkDisabled")
        self.copy_button.setEnabled(good)
        self.print_button.setEnabled(good)

    def copy(self) -> None:
        """Put the sentences on the clipboard."""
        QGuiApplication.clipboard().setText(self.words.text())
        self._asking.note(tr("Copied"))


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
