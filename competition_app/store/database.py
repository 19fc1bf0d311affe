"""The engines of a store: one connection that writes, others that only read, each with its pragmas."""

import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

BUSY_SECONDS = 5
"""How long a statement waits for another connection before the store counts as locked."""

_WRITING = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an acknowledged mark survives a power cut
    "PRAGMA secure_delete=ON",  # erased values leave the file, not only the table
    "PRAGMA recursive_triggers=ON",  # INSERT OR REPLACE meets the triggers against deleting too
    "PRAGMA journal_size_limit=16777216",
    "PRAGMA mmap_size=0",
)
_READING = (
    "PRAGMA query_only=ON",
    "PRAGMA wal_autocheckpoint=0",  # only the writer checkpoints (WAL-reset race before SQLite 3.51)
    "PRAGMA mmap_size=0",
)
_MIGRATING = (
    "PRAGMA foreign_keys=OFF",  # with ON a rebuild of a parent table deletes its children
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA mmap_size=0",
)
_APPLE = ("PRAGMA fullfsync=ON", "PRAGMA checkpoint_fullfsync=ON")


def connect(path: Path, *, reading: bool = False) -> sqlite3.Connection:
    """A bare connection to an existing file, in SQLite's own autocommit, for copies and checks."""
    return _open(path, _READING if reading else ())


def _open(path: Path, pragmas: tuple[str, ...], *, create: bool = False) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
    raw = sqlite3.connect(
        uri,
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    try:
        for pragma in pragmas if sys.platform != "darwin" else pragmas + _APPLE:
            raw.execute(pragma).close()
    except BaseException:
        raw.close()
        raise
    return raw


def _engine(path: Path, pragmas: tuple[str, ...], begin: str, **pool: Any) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: _open(path, pragmas, create=pragmas is _MIGRATING),
        hide_parameters=True,
        **pool,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        run(connection, begin)

    return engine


def writing(path: Path) -> Engine:
    """The engine of the one writing connection; its transactions take the write lock at once.

    Read-then-write in deferred transactions ends in "database is locked" in spite of the busy timeout.
    """
    return _engine(
        path,
        _WRITING,
        "BEGIN IMMEDIATE",
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_reset_on_return=None,
    )


def reading(path: Path) -> Engine:
    """The engine of connections that only read; each transaction sees one moment of the store."""
    return _engine(path, _READING, "BEGIN", poolclass=QueuePool, pool_size=4, max_overflow=28)


def migrating(path: Path) -> Engine:
    """The engine for changing tables: foreign keys are off, to be checked before the commit."""
    return _engine(path, _MIGRATING, "BEGIN IMMEDIATE", poolclass=NullPool)


def run(connection: Connection, sql: str, values: Sequence[Any] = ()) -> list[Any]:
    """Runs one statement of our own, written with ``?``, straight on the driver, and fetches its rows.

    The driver takes 3 µs where a statement through SQLAlchemy takes 35 µs; a mark's commit needs seven.
    """
    cursor = connection.connection.cursor()
    try:
        cursor.execute(_native(connection, sql), values)
        return list(cursor.fetchall()) if cursor.description else []
    finally:
        cursor.close()


def run_many(connection: Connection, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Runs one statement of our own for many rows."""
    cursor = connection.connection.cursor()
    try:
        cursor.executemany(_native(connection, sql), rows)
    finally:
        cursor.close()


def _native(connection: Connection, sql: str) -> str:
    return sql if connection.dialect.paramstyle == "qmark" else sql.replace("?", "%s")
