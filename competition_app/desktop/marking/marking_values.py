"""What the marking grid shows: its columns, its rows and how each cell and row looks (look.md §7)."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import overload

from competition_app.desktop.parts import pills
from competition_app.desktop.parts.pills import State
from competition_app.domain.errors import Said
from competition_app.domain.ranking.result import Status

RECUSED = State("idle", "user-round-x", Said("Recused"))
SIGNED = State("done", "circle-check", Said("Signed"))
AGREED = State("run", "circle-dot", Said("To be confirmed@sheet"))
"""Two people typed the sheet alike after a correction; another than who corrected it confirms it."""
NOT_SAVED = State("bad", "octagon-alert", Said("Not saved"))
DROPPED = {
    "high": State("idle", "arrow-up-to-line", Said("Highest dropped")),
    "low": State("idle", "arrow-down-to-line", Said("Lowest dropped")),
}
"""What became of a sheet that the panel left out."""
NOT_TO_MARK = State("idle", "circle-dashed", Said("Not to be marked"))
"""A work of an entry that is gone, where codes are anonymous: nothing may tell of an absence."""
GONE: Mapping[Status, State] = {
    Status.ABSENT: pills.ABSENT,
    Status.WITHDRAWN: pills.WITHDRAWN,
    Status.DISQUALIFIED: pills.DISQUALIFIED,
}
"""Why an entry has nothing to be marked."""
SHEET_STATES = (
    *DROPPED.values(), pills.CONFIRMED, SIGNED, pills.SECOND_ENTRY_DUE, pills.OUT_OF_RANGE,
    pills.ENTRIES_DIFFER, pills.NOT_ENTERED, pills.JUDGE_ABSENT, RECUSED, NOT_TO_MARK, AGREED, *GONE.values(),
)  # fmt: skip
"""The states a sheet can be in, but for ``missing_items``."""


def missing_items(n: int) -> State:
    """The state of a sheet begun in which so many marks are missing."""
    return pills.counted(pills.INCOMPLETE, Said("{n} item missing|{n} items missing", {"n": n}))


def why_gone(status: Status) -> Said:
    """Why nothing is entered for an entry that is gone, and the way out."""
    if status is Status.ABSENT:
        return Said("The entry is recorded as absent: take that back in the floor record, then enter it.")
    return Said("The entry no longer competes: reinstate it in the floor record, then enter it.")


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

    ``begun`` tells a gap from a sheet not begun; ``struck`` a total that was dropped as highest or lowest;
    ``again``: the figure that stands may be typed once more, which is a deed of its own.
    """

    key: int
    code: str
    cells: tuple[Face, ...]
    total: str | None
    state: State
    begun: bool = False
    struck: bool = False
    locked: Said | None = None
    again: bool = False


class Rows(Sequence[Row]):
    """Sheets in their order, each made into a row when it is painted, so that ten thousand open at once.

    ``keys`` tell sheets apart, ``codes`` are the numbers by which they are found; ``sources`` are what they
    are made from: equal sources make equal rows.
    """

    def __init__(
        self, keys: Sequence[int], codes: Sequence[str], sources: Sequence[Hashable],
        make: Callable[[int], Row],
    ) -> None:  # fmt: skip
        self.keys, self.codes, self.sources = tuple(keys), tuple(codes), tuple(sources)
        self._make = make
        self._made: dict[int, Row] = {}

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Rows":
        """Rows that are made already."""
        return cls([row.key for row in rows], [row.code for row in rows], rows, rows.__getitem__)

    def __len__(self) -> int:
        """How many sheets."""
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        """A row by its place."""
        if isinstance(at, slice):
            return tuple(self[place] for place in range(*at.indices(len(self))))
        place = range(len(self))[at]
        if place not in self._made:
            self._made[place] = self._make(place)
        return self._made[place]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A figure kept as it was typed, why it does not stand, and the figure it was probably meant to be.

    ``again``: it is a mark, but could not be stored (the disk is full, the result was locked meanwhile); it
    is stored as soon as that is possible.
    """

    text: str
    said: Said
    mend: str | None = None
    again: bool = False
