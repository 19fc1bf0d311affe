"""Why a file cannot be opened, in words instead of the system's."""

import errno
from pathlib import Path

from competition_app.domain.errors import Said

_WHY = {
    errno.ENOENT: Said("there is no such file"),
    errno.ENOTDIR: Said("there is no such file"),
    errno.EISDIR: Said("it is a folder"),
    errno.EACCES: Said("you may not read it"),
    errno.EPERM: Said("you may not read it"),
    errno.ENAMETOOLONG: Said("its name is too long"),
}


def why(number: int | None) -> Said:
    """The words for an ``errno``."""
    return _WHY.get(number or 0, Said("the disk does not give it out"))


def name_of(path: Path) -> str:
    """A file's name for a sentence; a path that ends in none (``.``) is named whole."""
    return path.name or str(path)
