"""Telling a scanner's input from a person's: figures that come faster than anybody types, ended by Enter."""

from PySide6.QtCore import QElapsedTimer

FASTEST_MS = 35
"""No person goes on typing with less time between two keys."""
LEAST = 3
"""A scanned number has at least so many characters."""


class Pace:
    """Notes when keys come, and says whether all since the beginning came as from a scanner."""

    def __init__(self) -> None:
        self._timer = QElapsedTimer()
        self._slowest = 0
        self._keys = 0

    def begin(self) -> None:
        """Something begins to be typed."""
        self._timer.start()
        self._slowest, self._keys = 0, 0

    def key(self) -> None:
        """A key came."""
        self._slowest = max(self._slowest, int(self._timer.restart()) if self._timer.isValid() else 0)
        self._keys += 1

    @property
    def scanned(self) -> bool:
        """Whether a scanner typed it."""
        return self._keys >= LEAST and self._slowest <= FASTEST_MS
