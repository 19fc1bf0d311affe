"""Deeds that are taken back by use cases of their own, as steps of undo and redo."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Takes a deed back; ``made`` is what the deed gave, handed to ``back``."""

    deed: Callable[[], Any]
    back: Callable[[Any], object]
    made: Any

    def carry_out(self) -> "DoneAgain":
        """Take it back."""
        self.back(self.made)
        return DoneAgain(self.deed, self.back)


@dataclass(frozen=True, slots=True)
class DoneAgain:
    """Does a deed again that was taken back."""

    deed: Callable[[], Any]
    back: Callable[[Any], object]

    def carry_out(self) -> TakenBack:
        """Do it again."""
        return TakenBack(self.deed, self.back, self.deed())
