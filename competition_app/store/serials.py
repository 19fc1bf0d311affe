"""Running numbers of certificates given in a store: what no store put in its place may give again."""

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from competition_app.store import database

GIVEN = "serials_given"
"""The setting that holds the highest running numbers given before a copy was put back."""
JUMP = 1000
"""How far to jump ahead of the numbers known where others may have been given that nobody can read."""

_SERIAL = re.compile(r"(?P<codes>.*)-\d+-(?P<running>\d{4,})(?:-\d+)?", re.DOTALL)

Given = dict[str, int]
"""The highest running number by “competition-event”; under "" the one for all that are not named."""


def floor(given: Mapping[str, int], codes: str) -> int:
    """The running number up to which nothing is given any more under these codes."""
    return given.get(codes, given.get("", 0))


def given_in(files: Iterable[Path], jump: int = 0) -> Given:
    """The highest running numbers in any of these stores and copies, those that can be read, plus a jump.

    An empty file is not opened: SQLite would delete a log that lies beside it.
    """
    found = [_given(file) for file in files if file.is_file() and file.stat().st_size > 0]
    names = {name for one in found for name in one} | ({""} if jump else set())
    return {name: max((floor(one, name) for one in found), default=0) + jump for name in names}


def _given(file: Path) -> Given:
    try:
        with closing(database.connect(file, reading=True)) as raw:
            return _read(raw)
    except sqlite3.Error:  # unreadable, or of a time before there were certificates
        return {}


def _read(raw: sqlite3.Connection) -> Given:
    row = raw.execute("SELECT value FROM settings WHERE name = ?", (GIVEN,)).fetchone()
    found: Given = json.loads(row[0]) if row else {}
    for (serial,) in raw.execute("SELECT serial FROM certificates"):
        match = _SERIAL.fullmatch(serial)
        if match:
            codes = match["codes"]
            found[codes] = max(floor(found, codes), int(match["running"]))
    return found
