"""What a person types as a time or as the moment of a hand-in, read as a value."""

import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from competition_app.desktop.marking.marking_typing import narrow
from competition_app.domain.errors import Refusal

LONGEST = 100 * 60 * 60
"""A time stays under so many seconds (100 hours): more is a slip of the fingers."""

_SIGNS = str.maketrans({"：": ":", "′": "'", "’": "'", "‘": "'", "″": '"', "”": '"', "“": '"'})
_SECONDS = re.compile(r"\d+(\.\d+)?")
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d{1,2}(?:\.\d+)?)")
_WORDS = re.compile(
    r"(?:(\d+)\s*(?:小时|时|h|hours?|hrs?))?\s*(?:(\d+)\s*(?:分钟|分|m|min|minutes?|'))?"
    r"\s*(?:(\d+(?:\.\d+)?)\s*(?:秒钟|秒|s|sec|seconds?|\"|''))?",
    re.IGNORECASE,
)
_BARE_TAIL = re.compile(r"(?<=[分m'])\s*(\d+(?:\.\d+)?)$", re.IGNORECASE)
_HAND_IN = re.compile(r"(?:(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T\s]+)?(\d{1,2}):(\d{2})(?::(\d{2}))?")
_WRITTEN = re.compile(r"(\d{1,2})\s*[时点]\s*(?:(\d{1,2})\s*分?)?\s*(?:(\d{1,2})\s*秒)?")


def read_time(text: str) -> Decimal | None:
    """A time used, in seconds: 8:15, 1:02:03, 495, 8分15秒; blank gives None.

    Raises a Refusal where it is no time, where minutes or seconds run over 59, or from 100 hours on.
    """
    said = narrow(text.translate(_SIGNS)).strip()
    if not said:
        return None
    seconds = _read(said)
    if seconds is None:
        raise Refusal(
            "“{text}” is not a time: type minutes and seconds such as 8:15, or seconds such as 495.",
            text=text.strip(),
        )
    if seconds >= LONGEST:
        raise Refusal("“{text}” is 100 hours or more: look at the record sheet again.", text=text.strip())
    return seconds


def _read(said: str) -> Decimal | None:
    if _SECONDS.fullmatch(said):
        return Decimal(said)
    if found := _CLOCK.fullmatch(said):
        return _together(found[1], found[2], found[3])
    words = _BARE_TAIL.sub(r"\1s", said)
    found = _WORDS.fullmatch(words)
    return _together(found[1], found[2], found[3]) if found and any(found.groups()) else None


def _together(hours: str | None, minutes: str | None, seconds: str | None) -> Decimal | None:
    """The parts in seconds; a part under a greater one stays under 60, else None."""
    h, m, s = (Decimal(part or 0) for part in (hours, minutes, seconds))
    if (hours and m >= 60) or ((hours or minutes) and s >= 60):
        return None
    return h * 3600 + m * 60 + s


def read_moment(text: str, day: date, zone: timezone) -> str | None:
    """The moment of a hand-in as ISO with its offset: 14:32 or 14:32:05 on ``day``, or with its own date.

    Blank gives None. Raises a Refusal where it is no moment of a day.
    """
    said = narrow(text.translate(_SIGNS)).strip()
    if not said:
        return None
    written = _whole(said) or _clocked(said, day, zone)
    if written is None:
        raise Refusal(
            "“{text}” is not a time of day: type hours and minutes such as 14:32, or 14:32:05.",
            text=text.strip(),
        )
    return written.isoformat()


def _whole(said: str) -> datetime | None:
    """A moment with its offset, as packages hold it."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _clocked(said: str, day: date, zone: timezone) -> datetime | None:
    if found := _HAND_IN.fullmatch(said):
        year, month, of_month, *parts = found.groups()
    elif found := _WRITTEN.fullmatch(said):
        year, month, of_month, parts = None, None, None, list(found.groups())
    else:
        return None
    try:
        that = date(int(year), int(month), int(of_month)) if year and month and of_month else day
        hour, minute, second = (int(part or 0) for part in parts)
        return datetime.combine(that, time(hour, minute, second), zone)
    except ValueError:
        return None


def zone_of(moment: datetime) -> timezone:
    """The offset a moment stands in."""
    return timezone(moment.utcoffset() or timedelta())


def shown_moment(at: str, day: date) -> str:
    """A hand-in as the wall clock showed it; with its date where that is another day than ``day``."""
    moment = datetime.fromisoformat(at)
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    return clock if moment.date() == day else f"{moment:%Y-%m-%d} {clock}"
