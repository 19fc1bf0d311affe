"""Files are saved whole or not at all: written beside their place, synced, then put in it."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from competition_app.domain.errors import Refusal

_DATABASE = b"SQLite format 3\0"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def save(target: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file through ``write`` and put it in its place; a failure leaves the old file as it was.

    Raises Refusal when the disk is full, the folder is missing or read-only, the file is open elsewhere, or a
    store would be replaced.
    """
    refuse_a_store(target)
    with _refusing(target):
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            part.chmod(0o644)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def refuse_a_store(target: Path) -> None:
    """Refuses a place where a database lies: no paper may take the place of a store."""
    try:
        with target.open("rb") as file:
            head = file.read(len(_DATABASE))
    except OSError:  # nothing there, or nothing that can be replaced: saving says why
        return
    if head == _DATABASE:
        raise Refusal(
            "{file} is a store of competitions and is not replaced. Choose another name.", file=str(target)
        )


def check_place(target: Path) -> None:
    """Refuses a place where ``save`` could write no file, before anything is done that needs it there."""
    refuse_a_store(target)
    with _refusing(target):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        if not target.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "")
        if not os.access(target.parent, os.W_OK):
            raise PermissionError(errno.EACCES, "")


def make_folder(folder: Path) -> None:
    """Makes a folder for files, or takes the one that is there. Raises Refusal where it cannot be had."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        usable = os.access(folder, os.W_OK)
    except OSError:
        usable = False
    if not usable:
        raise Refusal("The folder {folder} cannot be made. Choose another place.", folder=str(folder))


@contextmanager
def _refusing(target: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise Refusal(
            "The folder {folder} does not exist. Choose another one.", folder=str(target.parent)
        ) from error
    except IsADirectoryError as error:
        raise Refusal("{file} is a folder. Name a file in it.", file=str(target)) from error
    except OSError as error:
        if error.errno in _FULL:
            raise Refusal(
                "The disk is full, so {file} was not saved. Free some space or choose another place.",
                file=target.name,
            ) from error
        raise Refusal(
            "{file} cannot be saved in {folder}: the place is read-only or another program holds the file. "
            "Close it or choose another place.",
            file=target.name,
            folder=str(target.parent),
        ) from error
