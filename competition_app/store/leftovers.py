"""Logs left beside a store's name: SQLite would replay them over whatever file takes that name next."""

from datetime import datetime
from pathlib import Path

from competition_app.store import failures

LOGS = ("-wal", "-shm", "-journal")


def rename(store: Path, kept: Path) -> None:
    """Renames the logs beside a store to lie beside ``kept``. Only while the store is held or nobody's."""
    with failures.told(store):
        for tail in LOGS:
            part = store.with_name(store.name + tail)
            if part.exists():
                part.replace(kept.with_name(kept.name + tail))


def put_aside(store: Path) -> None:
    """Puts logs without a store aside under a name with the time, before a file takes the store's name."""
    rename(store, store.with_name(f"{store.name}.left-{datetime.now().astimezone():%Y%m%d-%H%M%S}"))
