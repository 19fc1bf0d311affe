"""The log: a file in the user's data folder, with ID numbers and phone numbers taken out of every line."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

from competition_app import paths

HIDDEN = "▇▇▇"
_KEPT_FILES = 5
_FILE_BYTES = 1_000_000
_NUMBERS = re.compile(
    r"(?<!\d)\d{14,}[\dXx]"  # ID numbers: 15 or 18 figures, the last of 18 may be X
    r"|(?<!\d)(?:\d{6}[ -])\d{8}[ -]?\d{3}[\dXx]"  # the same in groups
    r"|(?<!\d)(?:(?:00|\+)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"  # mobile phones
    r"|(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)"  # other phones with their area
)


def redact(text: str) -> str:
    """The text with everything that may be an ID number or a phone number taken out."""
    return _NUMBERS.sub(HIDDEN, text)


class Redacting(logging.Formatter):
    """Formats a record whole, message, values, traceback and all, and takes personal numbers out of it."""

    def format(self, record: logging.LogRecord) -> str:
        """The finished text of a record, without personal numbers."""
        return redact(super().format(record))


def log_file() -> Path:
    """Where the log lies; an error window names it."""
    return paths.user_data() / "log" / "competition-app.log"


def set_up(file: Path | None = None, level: int = logging.INFO) -> logging.Handler:
    """Begins to log into the file; with no place to write the program runs on, and says so on stderr.

    Returns the handler in use.
    """
    file = file or log_file()
    handler: logging.Handler
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            file, maxBytes=_FILE_BYTES, backupCount=_KEPT_FILES, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    return handler
