"""The parts of the settings: a titled card, a labelled line, a row of choices."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from competition_app.desktop.look import theme
from competition_app.desktop.parts.controls import Button, ElidedText, Text
from competition_app.desktop.parts.parts import Card, Segment, Segments, column, row


def titled(title: str, caption: str = "", *buttons: Button) -> tuple[Card, Text]:
    """A card under its title, what is worth saying beside it, and its buttons at the right; its caption."""
    card = Card()
    said = Text(caption, "caption", "inkTertiary")
    head = row(Text(title, "section"), said, None, *buttons, gap=3)
    card.inner.addLayout(head)
    card.inner.setSpacing(theme.space(3))
    return card, said


def choice(
    label: str, choices: Sequence[tuple[str, str]], now: str, choose: Callable[[str], None], more: str = ""
) -> tuple[QHBoxLayout, Segments]:
    """A labelled row of choices; ``more`` says below the label when it takes effect."""
    segments = Segments([Segment(key, word) for key, word in choices], label)
    segments.choose(now)
    segments.chosen.connect(choose)
    words = [Text(label, "body", "inkSecondary")]
    if more:
        words.append(Text(more, "caption", "inkTertiary"))
    line = row(column(*words, gap=0), None, segments, gap=3)
    return line, segments


def place_line(label: str, buttons: Sequence[Button]) -> tuple[QWidget, ElidedText]:
    """A folder or file: its label above, its path below, its buttons at the right."""
    path = ElidedText("", "body")
    words = column(Text(label, "caption", "inkSecondary"), path, gap=0)
    whole = QWidget()
    line = row(words, *buttons, gap=2)
    line.setStretch(0, 1)
    whole.setLayout(line)
    return whole, path
