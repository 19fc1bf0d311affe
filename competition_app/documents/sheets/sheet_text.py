"""Text on a score sheet: one line that shrinks to its room, or several that fill it."""

from collections.abc import Sequence

from competition_app.documents.paper import fonts
from competition_app.documents.paper.paper import Paper, SetText
from competition_app.documents.paper.typesetting import MM, Line, Phrase, balanced, broken, fitting_size, line

WIDEST = 174.0
"""The room of a line that is given none, in mm."""


def put(
    paper: Paper, text: str, x: float, y: float, role: str = "H4", size: float = 9.0, *,
    room: float = WIDEST, colour: str = "ink", side: str = "left", tracking: float = 0.0, least: float = 5.0,
) -> float:  # fmt: skip
    """A line with its baseline at y, smaller where it must be; returns where it ends, in mm."""
    if not text:
        return x
    fitting = fitting_size(role, text, size, least, room * MM, tracking)
    one = line(role, fitting or room * MM / fonts.width(role, text), text, tracking)
    width = one.width / MM
    left = x - {"left": 0.0, "centre": width / 2, "right": width}[side]
    paper.text(SetText(one, left, y, colour))
    return left + width


def filled(text: str, role: str, size: float, room: float, most: int) -> Sequence[Line]:
    """The text in up to ``most`` lines of this width in mm, smaller where it must be; none is dropped."""
    if not text:
        return ()
    sizes = tuple(size - step / 2 for step in range(int((size - 6) * 2) + 1))
    return balanced((Phrase(text),), role, sizes, room * MM, most) or broken(
        (Phrase(text),), role, 6, room * MM
    )


def put_lines(paper: Paper, lines: Sequence[Line], x: float, y: float, colour: str = "ink") -> None:
    """Lines under one another, the first with its baseline at y."""
    for at, one in enumerate(lines):
        paper.text(SetText(one, x, y + at * step(lines), colour))


def step(lines: Sequence[Line]) -> float:
    """The leading of lines in mm."""
    return max((one.size for one in lines), default=0.0) * 1.3 / MM
