"""Files are saved whole or not at all: written beside their place, synced, then put in it."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from competition_app.domain.errors import Refusal

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def save(target: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file through ``write`` and put it in its place; a failure leaves the old file as it was.

    Raises Refusal when the disk is full, the folder is missing or read-only, or the file is open elsewhere.
    """
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


@contextmanager
def _refusing(target: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise Refusal(
            "The folder {folder} does not exist. Choose another one.", folder=str(target.parent)
        ) from error
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
