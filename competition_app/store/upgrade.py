"""Brings a store to the program's revision: refuse a newer one, copy, migrate, check, or undo it all."""

import sqlite3
from datetime import datetime
from pathlib import Path

from competition_app import __version__, paths
from competition_app.domain.errors import Refusal
from competition_app.store import backup, database, failures, leftovers

HEAD = "0003"
"""The revision this program writes; a test holds it against the folder of migrations."""


def revision(path: Path) -> str | None:
    """The revision of a store, None for a new or empty file. Refuses what is not a store of this program."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    with failures.told(path):
        raw = database.connect(path, reading=True)
        try:
            tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables:
                return None
            if not {"alembic_version", "history"} <= tables:
                raise Refusal(
                    "{path} is a database of another program. Choose a competition store.", path=str(path)
                )
            row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
            return row[0] if row else None
        finally:
            raw.close()


def written_by(path: Path) -> str:
    """The program version that last wrote in a store."""
    raw = database.connect(path, reading=True)
    try:
        row = raw.execute("SELECT program FROM history ORDER BY seq DESC LIMIT 1").fetchone()
        return str(row[0]) if row else "?"
    except sqlite3.Error:
        return "?"
    finally:
        raw.close()


def refuse_newer(path: Path, found: str | None) -> None:
    """Refuses a store that a newer program has changed, with both versions in the sentence."""
    if found is not None and found > HEAD:
        raise Refusal(
            "The store {path} was written by version {theirs} (revision {found}); this is version {ours} "
            "(revision {head}). Install the newer program.",
            path=str(path), theirs=written_by(path), found=found, ours=__version__, head=HEAD,
        )  # fmt: skip


def bring_up(path: Path) -> None:
    """Brings a store to this program's revision, with a checked copy before; a new file is made.

    Called while the store is held: logs that another store left at a new file's name are put aside.
    """
    found = revision(path)
    refuse_newer(path, found)
    if found == HEAD:
        return
    if found is not None:
        backup.keep(path, "upgrade", datetime.now().astimezone())
    elif not path.exists() or path.stat().st_size == 0:
        leftovers.put_aside(path)
    migrate(path)


def migrate(path: Path) -> None:
    """Brings a store, or a new file, to ``HEAD`` in one transaction, foreign keys checked at its end."""
    from alembic import command
    from alembic.config import Config

    engine = database.migrating(path)
    with failures.told(path), engine.connect() as connection, connection.begin():
        config = Config()
        config.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise Refusal(
                "The store {path} was not changed: after the upgrade {n} row would point nowhere. "
                "Restore a copy, or send the store to the makers.|"
                "The store {path} was not changed: after the upgrade {n} rows would point nowhere. "
                "Restore a copy, or send the store to the makers.",
                path=str(path), n=len(broken),
            )  # fmt: skip
    engine.dispose()
