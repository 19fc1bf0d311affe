"""A module whose scores come whole (theory and the like) as a grid of one column."""

from collections.abc import Hashable, Sequence
from decimal import Decimal

from competition_app.desktop.marking_books import Change
from competition_app.desktop.marking_model import Place
from competition_app.desktop.marking_typing import Typed, read
from competition_app.desktop.marking_values import Column, Row
from competition_app.desktop.marking_words import direct_column
from competition_app.desktop.page import Context
from competition_app.domain.errors import Said
from competition_app.services.plans import ModuleRow

SCORE = "score"
"""The code of the one column."""


class ScoreBook:
    """The scores of a direct module, an entry a row."""

    def __init__(self, context: Context, module: ModuleRow, attempt: int) -> None:
        self._context = context
        self.module, self.attempt = module, attempt
        self.columns: tuple[Column, ...] = (direct_column(module.rule, SCORE),)
        self.rows: list[Row] = []

    @property
    def key(self) -> Hashable:
        """What tells this book's scores from others'."""
        return self.module.event_id, self.module.stage, self.module.module, self.attempt

    def ask(self) -> None:
        """Read the scores anew."""

    def read(self, code: str, text: str) -> Typed | None:
        """What was typed, as a score."""
        return read(text)

    def takes(self, code: str, value: Decimal) -> bool:
        return True

    def points(self, code: str, typed: Typed | None) -> tuple[str, str]:
        return "", ""

    def rule(self, code: str) -> list[Said]:
        return []

    def needs_reason(self, place: Place) -> bool:
        return False

    def enter(self, marks: Sequence[tuple[Place, Typed]], reason: str | None) -> list[Change]:
        return []

    def absent(self, place: Place, reason: str | None) -> list[Change]:
        return []

    def clear(self, place: Place, reason: str | None) -> list[Change]:
        return []

    def go_to(self, changes: Sequence[Change], *, back: bool) -> None:
        return None
