"""A plan being edited: its JSON values, what is wrong with them by path, and its words, at each keystroke."""

import json
from decimal import Decimal
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QObject, Signal

from competition_app.domain.errors import Said
from competition_app.domain.scoring.plan_checks import path_of
from competition_app.services.competitions import plan_changes
from competition_app.services.competitions.plan_changes import Checked

Path = tuple[int | str, ...]
NOTHING = Checked(None, (), (), ())


class PlanDraft(QObject):
    """The values of a plan. ``changed`` tells after each change; nothing is stored here."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self.checked: Checked = NOTHING
        self.errors: dict[str, Said] = {}
        self._stored = self.text_of({})
        self._text: str | None = None

    def load(self, text: str) -> None:
        """Begin with a stored plan."""
        self.values = json.loads(text, parse_float=Decimal)
        self._stored, self._text = self.text_of(self.values), None
        self._check()

    @staticmethod
    def text_of(values: Any) -> str:
        """Values as JSON text; exact numbers stand as text."""
        return json.dumps(values, ensure_ascii=False, indent=1, default=str)

    @property
    def text(self) -> str:
        """The draft as JSON text, as typed while it cannot be read."""
        return self.text_of(self.values) if self._text is None else self._text

    @property
    def dirty(self) -> bool:
        """Whether anything differs from the stored plan."""
        return self.text != self._stored

    def get(self, path: Path, default: Any = None) -> Any:
        """The value at a path; the default where there is none."""
        value: Any = self.values
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return default
        return default if value is None else value

    def put(self, path: Path, value: Any) -> None:
        """Set a value, or take the key away where it is None; tells."""
        holder: Any = self.values
        for step, following in pairwise(path):
            if isinstance(step, str) and not isinstance(holder.get(step), dict | list):
                holder[step] = [] if isinstance(following, int) else {}
            holder = holder[step]
        if value is None and isinstance(holder, dict):
            holder.pop(path[-1], None)
        else:
            holder[path[-1]] = value
        self._text = None
        self._check()

    def put_text(self, text: str) -> None:
        """Take the whole plan as typed text; text that is no JSON object is kept and refused."""
        try:
            values = json.loads(text, parse_float=Decimal)
        except (ValueError, RecursionError):
            values = None
        if isinstance(values, dict):
            self.values, self._text = values, None
        else:
            self._text = text
        self._check()

    def error_at(self, path: Path) -> Said | None:
        """What is wrong at a path."""
        return self.errors.get(path_of(path))

    def _check(self) -> None:
        self.checked = plan_changes.checked(self.text)
        self.errors = {error.path: error.said for error in reversed(self.checked.errors)}
        self.changed.emit()
