"""The failures of disks and files that a person can mend, told in one sentence each."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from competition_app.domain.errors import Refusal


@contextmanager
def told(path: Path, *, files: bool = True) -> Iterator[None]:
    """Turns a known failure of the disk or the file at ``path`` into a Refusal; all else passes as it is.

    Without ``files`` only SQLite's errors are turned: work on other files may go on inside.
    """
    try:
        yield
    except DBAPIError as error:
        refusal = of_sqlite(error.orig, path)
        if refusal is None:
            raise
        raise refusal from None
    except sqlite3.Error as error:
        refusal = of_sqlite(error, path)
        if refusal is None:
            raise
        raise refusal from None
    except OSError as error:
        refusal = of_system(error, path) if files else None
        if refusal is None:
            raise
        raise refusal from None


def of_sqlite(error: BaseException | None, path: Path) -> Refusal | None:
    """The refusal for an error of SQLite, None where it is a fault of the program."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):
        return Refusal(
            "The store {path} is in use by another program. Close that program, then try again.",
            path=str(path),
        )
    if name.startswith("SQLITE_FULL"):
        return full(path)
    if name.startswith("SQLITE_READONLY"):
        return read_only(path)
    if name.startswith("SQLITE_NOTADB"):
        return Refusal(
            "{path} is not a competition store. Choose another file, or restore a copy.", path=str(path)
        )
    if name.startswith("SQLITE_CORRUPT"):
        return Refusal("The store {path} is damaged. Restore the newest copy.", path=str(path))
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return cannot_open(path)
    if name.startswith("SQLITE_IOERR"):
        return Refusal(
            "The disk under {path} failed to read or write. Make room or check the disk, then try again.",
            path=str(path),
        )
    return None


def of_system(error: OSError, path: Path) -> Refusal | None:
    """The refusal for an error of the operating system, None where it is a fault of the program."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return full(path)
    if error.errno == errno.EROFS:
        return read_only(path)
    if error.errno in (errno.EACCES, errno.EPERM):
        return cannot_open(path)
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST):
        return Refusal("{path} cannot be reached. Check the folder and the name.", path=str(path))
    return None


def full(path: Path) -> Refusal:
    """The disk is full."""
    return Refusal(
        "The disk holding {path} is full; nothing was changed. Make room, then try again.", path=str(path)
    )


def read_only(path: Path) -> Refusal:
    """The medium or the file cannot be written."""
    return Refusal(
        "{path} cannot be written: the disk or the file is read-only. Move the store to another folder.",
        path=str(path),
    )


def cannot_open(path: Path) -> Refusal:
    """The file or its folder is not ours to open."""
    return Refusal(
        "{path} cannot be opened: no such folder, or you may not write in it. Choose another folder.",
        path=str(path),
    )
