"""A plan being edited: its JSON values, what is wrong with them by path, and every step to take back."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeVar

from competition_app.domain.errors import Said
from competition_app.domain.plans.plan_checks import path_of
from competition_app.services.plans import plan_changes
from competition_app.services.plans.plan_changes import Checked

Path = tuple[int | str, ...]
"""Where a value stands: ("stages", 0, "modules", 1, "full")."""
Made = TypeVar("Made")

NOTHING = Checked(None, (), (), ())
DEPTH = 200
"""So many steps can be taken back."""
_STEP = re.compile(r"[^.\[\]]+")


def path_from(text: str) -> Path:
    """The path that ``path_of`` wrote: ``stages[0].code`` → ("stages", 0, "code")."""
    return tuple(int(step) if step.isdecimal() else step for step in _STEP.findall(text))


@dataclass(frozen=True, slots=True)
class Step:
    """What was done to the draft, in words, where, and how the draft stood before."""

    said: Said
    path: Path
    values: dict[str, Any] = field(repr=False)
    text: str | None = field(repr=False)


class PlanDraft:
    """The values of a plan. Each of ``watchers`` is called after a change; nothing is stored here.

    Typing into one place is one step to take back, until ``seal`` or a change elsewhere ends it.
    """

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.checked: Checked = NOTHING
        self.errors: dict[str, Said] = {}
        self.watchers: list[Callable[[], None]] = []
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self._stored = self.text_of({})
        self._text: str | None = None
        self._typing: Path | None = None

    def load(self, text: str, draft: str | None = None) -> None:
        """Begin with a stored plan, or with what had been made of it when the editor was left last."""
        self.values = json.loads(text, parse_float=Decimal)
        self._stored, self._text = self.text_of(self.values), None
        self.done, self.undone, self._typing = [], [], None
        if draft is not None:
            self._take_text(draft)
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
    def stored(self) -> str:
        """The stored plan as JSON text."""
        return self._stored

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

    def rows(self, path: Path) -> list[Any]:
        """The list at a path; an empty one where there is none."""
        found = self.get(path)
        return list(found) if isinstance(found, list) else []

    def part(self, path: Path) -> dict[str, Any]:
        """The part (stage, module, key …) at a path; an empty one where there is none."""
        found = self.get(path)
        return found if isinstance(found, dict) else {}

    def put(self, path: Path, value: Any, said: Said | None = None) -> None:
        """Set a value, or take the key away where it is None; ``said`` names the place in words."""
        if self.get(path) == value and self._text is None:
            return
        if self._typing != path:
            self._remember(Said("change of {what}", {"what": said or Said("the rules@what")}), path)
        self._typing = path
        self._set(path, value)
        self._text = None
        self._check()

    def _set(self, path: Path, value: Any) -> None:
        holder: Any = self.values
        for step, following in pairwise(path):
            if isinstance(step, str) and not isinstance(holder.get(step), dict | list):
                holder[step] = [] if isinstance(following, int) else {}
            holder = holder[step]
        if value is None and isinstance(holder, dict):
            holder.pop(path[-1], None)
            self._drop_empty(path[:-1])
        else:
            holder[path[-1]] = value

    def _drop_empty(self, path: Path) -> None:
        """A settings object without keys says nothing; a list's own part stays."""
        if path and isinstance(path[-1], str) and self.get(path) == {}:
            holder = self.get(path[:-1]) if path[:-1] else self.values
            holder.pop(path[-1], None)

    def put_text(self, text: str) -> None:
        """Take the whole plan as typed text; text that is no JSON object is kept and refused."""
        if text == self.text:
            return
        if self._typing != ():
            self._remember(Said("change of {what}", {"what": Said("the text of the plan")}), ())
        self._typing = ()
        self._take_text(text)
        self._check()

    def _take_text(self, text: str) -> None:
        try:
            values = json.loads(text, parse_float=Decimal)
        except (ValueError, ArithmeticError, RecursionError):  # a number too long among them
            values = None
        if isinstance(values, dict):
            self.values, self._text = values, None
        else:
            self._text = text

    def change(self, said: Said, path: Path, deed: Callable[[dict[str, Any]], Made]) -> Made:
        """Carry out a deed on the values as one step to take back; what the deed gives."""
        self._remember(said, path)
        self.seal()
        made = deed(self.values)
        self._text = None
        self._check()
        return made

    def replace(self, said: Said, text: str) -> None:
        """Put another whole plan in place of the draft, as one step."""
        self._remember(said, ("stages", 0))
        self.seal()
        self._take_text(text)
        self._check()

    def seal(self) -> None:
        """What is typed next is a step of its own."""
        self._typing = None

    def undo(self) -> Step | None:
        """Take back the last step; None where there is none."""
        return self._turn(self.done, self.undone)

    def redo(self) -> Step | None:
        """Do again what was taken back last; None where there is nothing."""
        return self._turn(self.undone, self.done)

    def _turn(self, of: list[Step], to: list[Step]) -> Step | None:
        if not of:
            return None
        step = of.pop()
        to.append(Step(step.said, step.path, self.values, self._text))
        self.values, self._text, self._typing = step.values, step.text, None
        self._check()
        return step

    def _remember(self, said: Said, path: Path) -> None:
        step = Step(said, path, deepcopy(self.values), self._text)
        self.done, self.undone = [*self.done, step][-DEPTH:], []

    def error_at(self, path: Path) -> Said | None:
        """What is wrong at a path."""
        return self.errors.get(path_of(path))

    def errors_below(self, path: Path) -> list[tuple[Path, Said]]:
        """What is wrong at a path or anywhere below it."""
        found = ((path_from(where), said) for where, said in self.errors.items())
        return [(where, said) for where, said in found if where[: len(path)] == path]

    def _check(self) -> None:
        self.checked = plan_changes.checked(self.text)
        self.errors = {error.path: error.said for error in reversed(self.checked.errors)}
        for watcher in self.watchers:
            watcher()
