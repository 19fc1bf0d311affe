"""What the marking grid shows: its columns, its rows and how each cell and row looks (look.md §7)."""

from dataclasses import dataclass
from enum import Enum, auto

from competition_app.desktop.parts.pills import State
from competition_app.domain.errors import Said


class Look(Enum):
    """How a cell looks. Not begun, a gap, a zero, absent and wrong are told apart without colour."""

    NOT_BEGUN = auto()
    GAP = auto()
    FIGURE = auto()
    YES = auto()
    NO = auto()
    ABSENT = auto()
    FAILED = auto()
    RECUSED = auto()
    WRONG = auto()
    DIFFERS = auto()


@dataclass(frozen=True, slots=True)
class Face:
    """A cell as it is painted: its look, its figure and the sentence of its tool tip."""

    look: Look
    text: str = ""
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A criterion's column: its code, its name, the range in words, and what its field takes."""

    code: str
    name: str
    range: Said
    check: bool = False
    unit: str | None = None
    only: bool = False

    @property
    def title(self) -> str:
        """Code and name; where there is one column only, its name."""
        return self.name if self.only else f"{self.code} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Row:
    """One sheet: a work's code (or an entry's number), its cells, its total as said by the rules, its state.

    ``begun`` tells a gap from a sheet not begun; ``struck`` a total that was dropped as highest or lowest.
    """

    key: int
    code: str
    cells: tuple[Face, ...]
    total: str | None
    state: State
    begun: bool = False
    struck: bool = False
    locked: Said | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """A figure kept as it was typed, why it does not stand, and the figure it was probably meant to be."""

    text: str
    said: Said
    mend: str | None = None
