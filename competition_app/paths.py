"""Where the shipped files lie, in a checkout or in a frozen program, and where the user's own files go."""

import sys
from functools import cache
from pathlib import Path

APP_NAME = "competition-app"


@cache
def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def resources() -> Path:
    """The folder of fonts, icons, themes, locale, layouts, presets, sample and schema."""
    return _root() / "resources"


def migrations() -> Path:
    """The folder of the store's migrations."""
    return _root() / "migrations"


def user_data() -> Path:
    """The user's own data folder: the default store, its copies and the log lie there."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))
