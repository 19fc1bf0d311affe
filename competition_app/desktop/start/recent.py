"""Competitions opened lately in words: when this window had them open, where they are, how far they are."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr

STATES = {
    "empty": (Said("Not begun"), "inkTertiary"),
    "open": (Said("Being prepared"), "inkTertiary"),
    "marking": (Said("Marking"), "run"),
    "provisional": (Said("To be settled"), "run"),
    "locked": (Said("Locked"), "seal"),
    "unsealed": (Said("Decoded"), "seal"),
    "published": (Said("Published"), "done"),
    "final": (Said("Final@state"), "done"),
}
"""State of a competition → its word and the role of its colour."""


@dataclass(frozen=True, slots=True)
class Recent:
    """A competition opened lately as its row shows it: name over when, its state (with role) at the right."""

    name: str
    when: str
    state: str = ""
    role: str = "inkTertiary"


def recent_of(one: dict[str, Any], now: datetime | None = None) -> Recent:
    """A remembered competition (``name``, ``place``, ``date``, ``opened``, ``state``, ``store``) as a row."""
    when = day_of(one.get("opened") or "", now or datetime.now().astimezone()) or one.get("date") or ""
    parts = [part for part in (when, one.get("place") or "") if part]
    said, role = STATES.get(one.get("state") or "", (None, "inkTertiary"))
    line = tr("{when}, {place}", when=parts[0], place=parts[1]) if len(parts) == 2 else "".join(parts)
    return Recent(one["name"], line or Path(one["store"]).name, in_use().say(said) if said else "", role)


def day_of(opened: str, now: datetime) -> str:
    """When something was opened, seen from now: today with the time, this year without the year."""
    try:
        moment = datetime.fromisoformat(opened).astimezone(now.tzinfo)
    except ValueError:
        return ""
    day: date = moment.date()
    if day == now.date():
        return tr("Today {time}", time=f"{moment:%H:%M}")
    if day.year == now.year:
        return tr("{month:02}-{day:02}@day", day=day.day, month=day.month)
    return tr("{year}-{month:02}-{day:02}@day", day=day.day, month=day.month, year=day.year)
