"""Who holds a store: an operating system's lock that falls with its process, and a note naming the holder."""

import getpass
import json
import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from competition_app import __version__
from competition_app.domain.errors import Refusal
from competition_app.store import failures


def hold(store: Path) -> Callable[[], None]:
    """Takes a store for this process; returns how to let go. Raises Refusal naming who holds it already."""
    lock = FileLock(_beside(store, ".lock"), timeout=0, thread_local=False)
    with failures.told(store):
        try:
            lock.acquire()
        except Timeout:
            raise taken(store) from None
    note = _beside(store, ".holder")
    try:
        with failures.told(store):
            note.write_text(json.dumps(_me(), ensure_ascii=False), encoding="utf-8")
    except Refusal:
        lock.release()
        raise

    def release() -> None:
        note.unlink(missing_ok=True)
        lock.release()

    return release


def taken(store: Path) -> Refusal:
    """The refusal of a store that somebody holds."""
    who = _holder(store)
    return Refusal(
        "The store {path} is open already: by {user} on {host}, program {program} (process {pid}), "
        "since {since}. Go on there, or close it there first.",
        path=str(store), user=who["user"], host=who["host"], program=who["program"], pid=who["pid"],
        since=who["since"],
    )  # fmt: skip


def _beside(store: Path, suffix: str) -> Path:
    return store.with_name(store.name + suffix)


def _me() -> dict[str, str]:
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a process without a name, e.g. in a container
        user = str(os.getpid())
    return {
        "user": user,
        "host": socket.gethostname(),
        "pid": str(os.getpid()),
        "program": __version__,
        "since": datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M"),
    }


def _holder(store: Path) -> dict[str, str]:
    blank = dict.fromkeys(("user", "host", "pid", "program", "since"), "?")
    try:
        found = json.loads(_beside(store, ".holder").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return blank
    return {**blank, **found} if isinstance(found, dict) else blank
