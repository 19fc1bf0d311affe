"""What the program is and stands on: version, system, libraries, licences of what is shipped."""

import platform
import sqlite3
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from competition_app import __version__, paths
from competition_app.domain.errors import Said


@dataclass(frozen=True, slots=True)
class Licensed:
    """Something shipped with the program: its names, the licence's name, and the file with its text."""

    names: str
    licence: str
    file: Path


def facts(store: Path) -> Mapping[str, tuple[Said, str]]:
    """Key → label and value: program, system, Python, SQLite, store and its size in bytes."""
    size = store.stat().st_size if store.is_file() else 0
    return {
        "program": (Said("Program"), __version__),
        "system": (Said("System"), f"{platform.system()} {platform.release()} {platform.machine()}".strip()),
        "python": (Said("Python@library"), sys.version.split()[0]),
        "sqlite": (Said("Database library"), sqlite3.sqlite_version),
        "store": (Said("Store"), str(store)),
        "size": (Said("Size"), f"{size / 1_000_000:.1f} MB"),
    }


def licensed() -> tuple[Licensed, ...]:
    """The fonts, icons and tables shipped, one a licence file."""
    folder = paths.resources() / "fonts"
    listed = tomllib.loads((folder / "fonts.toml").read_text(encoding="utf-8"))["font"]
    families: dict[str, str] = {}
    for font in listed:
        families.setdefault(font["licence"], font["family"])
    fonts = [Licensed(name, "OFL 1.1", folder / file) for file, name in families.items()]
    names = paths.resources() / "names"
    return (
        *fonts,
        Licensed("Lucide", "ISC", paths.resources() / "icons" / "LICENSE"),
        Licensed("Unihan", "Unicode", names / "LICENSE-unicode.txt"),
        Licensed("cnchar", "MIT", names / "LICENSE-cnchar.txt"),
    )
