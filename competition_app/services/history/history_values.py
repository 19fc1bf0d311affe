"""Values of the store as a person reads them in the history: figures, states, times, masked numbers."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from competition_app.domain.access import Role
from competition_app.domain.registration.identity import masked, masked_phone
from competition_app.i18n import Words
from competition_app.services.access import ROLE_NAMES
from competition_app.services.history.history_catalogue import CHOICES, Shown
from competition_app.services.history.history_names import NOBODY, Names
from competition_app.services.judging.mark_values import units_text

SHORTEST_MASKED = 2
ERASED = object()
"""Stands for a personal value that is there no more."""


class Values:
    """Says values in one language."""

    def __init__(self, names: Names, words: Words) -> None:
        self._names, self._words = names, words
        self._kinds: Mapping[str, Callable[[Any], str]] = {
            "text": str,
            "changed": lambda _: words("changed"),
            "secret": lambda _: words("kept secret"),
            "bool": lambda value: words("yes") if value else words("no"),
            "list": self._list,
            "count": lambda value: f"{len(value):,}" if isinstance(value, list) else str(value),
            "time": _local,
            "minute": lambda value: str(value).replace("T", " "),
            "seconds": self._seconds,
            "organisation": names.organisation,
            "role": self._role,
            "phone": lambda value: masked_phone(str(value)),
            "id_number": lambda value: masked(str(value)),
            "birth": lambda value: f"{str(value)[:4]}-**-**",
            "veiled": self._veiled,
        }

    @staticmethod
    def resolved(value: Any, personal: Mapping[int, Any]) -> Any:
        """A value as the history holds it with a personal one put in its place; ``ERASED`` if it is gone."""
        if isinstance(value, dict) and set(value) == {"personal", "sha256"}:
            return personal.get(value["personal"], ERASED)
        return value

    def say(self, field: Shown, column: str, part: Mapping[str, Any], side: Mapping[str, Any]) -> str | None:
        """A value of one side in words; None where that side has no such value."""
        if column not in side:
            return None
        value = side[column]
        if value is ERASED:
            return self._words("erased")
        if field.kind == "units":
            return self._units(value, side.get("outcome", 0))
        if field.kind == "module":
            return self._names.module_of_judge(part["key"][0], str(part["key"][1]), str(value))
        if value is None or value in ("", [], {}):
            return NOBODY
        if field.kind in CHOICES:
            said = CHOICES[field.kind].get(value)
            return self._words.say(said) if said else str(value)
        return self._kinds[field.kind](value)

    def _units(self, units: int | None, outcome: int) -> str:
        if outcome:
            return self._words("Not given") if outcome == 1 else "DNF"
        return NOBODY if units is None else units_text(units)

    def _list(self, value: Any) -> str:
        return self._words(", @between facts").join(str(one) for one in value)

    def _role(self, value: str) -> str:
        roles = {role.value: said for role, said in ROLE_NAMES.items()}
        return self._words.say(roles[value]) if value in list(Role) else str(value)

    def _seconds(self, value: str) -> str:
        whole, point, rest = str(value).partition(".")
        minutes, seconds = divmod(int(whole or 0), 60)
        return f"{minutes}:{seconds:02d}{point}{rest}"

    def _veiled(self, value: Any) -> str:
        """Free columns of a person: what they are, of each value only its first character."""
        if isinstance(value, dict):
            return self._list(f"{name} {_veil(one)}" for name, one in value.items())
        return self._list(_veil(one) for one in value) if isinstance(value, list) else _veil(value)


def _veil(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(_veil(one) for one in value.values())
    text = str(value)
    return f"{text[:1]}**" if len(text) >= SHORTEST_MASKED else "**"


def _local(value: Any) -> str:
    """A time in UTC as the clock on the wall shows it."""
    try:
        return f"{datetime.fromisoformat(str(value)).astimezone():%Y-%m-%d %H:%M:%S}"
    except ValueError:
        return str(value)
