"""Checked copies of a store: SQLite's backup call, then the whole check, then the name."""

import os
import re
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from competition_app.domain.errors import Refusal
from competition_app.store import database, failures, integrity
from competition_app.store.integrity import Head

KEPT = {"work": 24, "upgrade": 6, "restore": 6}
"""How many copies of each kind are kept: of the work, before upgrades, before a copy was put back."""

_NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}-\d{6})-(?P<kind>work|upgrade|restore)\.db")


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a store: file, time, why it was made, size, and the end of its history (None: unreadable)."""

    path: Path
    made_at: datetime
    kind: str
    size: int
    head: Head | None


def folder(store: Path) -> Path:
    """Where the copies of a store lie: a folder beside it."""
    return store.with_name(f"{store.stem}-copies")


def copy(store: Path, target: Path) -> Head:
    """Makes a checked copy of a store that may be in use; the target appears whole or not at all.

    Raises Refusal where the disk does not take it, or where what was copied does not pass the check.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with failures.told(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
        with failures.told(store), closing(database.connect(store, reading=True)) as source:
            _fill(source, part)
        with failures.told(target):
            verdict = _checked(part)
            part.replace(target)
            _settle(target.parent)
        return verdict
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _fill(source: sqlite3.Connection, part: Path) -> None:
    with failures.told(part), closing(sqlite3.connect(part, isolation_level=None)) as target:
        target.execute("PRAGMA synchronous=FULL")
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")


def _checked(part: Path) -> Head:
    with closing(database.connect(part, reading=True)) as raw:
        verdict = integrity.verify(raw)
    if not verdict.sound:
        raise Refusal(
            "The copy {path} was not kept: it does not pass the check. Run “check” on the store.",
            path=part.stem,
        )
    return verdict.head


def _settle(place: Path) -> None:
    """Makes the new name itself survive a power cut; Windows needs no such call."""
    if os.name == "posix":
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def keep(store: Path, kind: str, now: datetime) -> Copy:
    """Makes a copy in the store's folder of copies and lets go of the oldest of its kind."""
    place = folder(store)
    target = place / f"{store.stem}-{now:%Y%m%d-%H%M%S}-{kind}.db"
    head = copy(store, target)
    for old in [c for c in copies(store, heads=False) if c.kind == kind][KEPT[kind] :]:
        old.path.unlink(missing_ok=True)
    return Copy(target, now, kind, target.stat().st_size, head)


def copies(store: Path, *, heads: bool = True) -> tuple[Copy, ...]:
    """The copies of a store, newest first. Without ``heads`` the files are not opened."""
    found = []
    place = folder(store)
    for file in place.iterdir() if place.is_dir() else ():
        match = _NAME.fullmatch(file.name)
        if match and match["stem"] == store.stem:
            made = datetime.strptime(match["at"], "%Y%m%d-%H%M%S").astimezone()
            head = _head(file) if heads else None
            found.append(Copy(file, made, match["kind"], file.stat().st_size, head))
    return tuple(sorted(found, key=lambda c: (c.made_at, c.path.name), reverse=True))


def carry(store: Path, target: Path) -> tuple[Path, ...]:
    """Puts the copies of a store beside the place it moves to, under its name there; the files they were.

    Raises Refusal where the disk there does not take them; what lies at the old place stays untouched.
    """
    carried = []
    for held in copies(store, heads=False):
        new = folder(target) / f"{target.stem}{held.path.name.removeprefix(store.stem)}"
        part = new.with_name(f"{new.name}.part")
        with failures.told(target):
            new.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(held.path, part)
            part.replace(new)
        carried.append(held.path)
    return tuple(carried)


def _head(file: Path) -> Head | None:
    try:
        with closing(database.connect(file, reading=True)) as raw:
            return integrity.head(raw)
    except sqlite3.Error:
        return None


def keep_if_due(store: Path) -> Copy | None:
    """Makes a copy of the work if anything was done since the newest; None where nothing was."""
    with failures.told(store), closing(database.connect(store, reading=True)) as raw:
        now = integrity.head(raw)
    newest = next((c.head for c in copies(store) if c.kind == "work"), None)
    if now.seq == 0 or (newest is not None and (newest.seq, newest.digest) == (now.seq, now.digest)):
        return None
    return keep(store, "work", datetime.now().astimezone())
