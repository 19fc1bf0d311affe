"""What this person's window remembers on this machine: language, theme, size, columns, what was open last."""

import json
from pathlib import Path
from typing import Any

DEFAULTS: dict[str, Any] = {
    "language": "zh",
    "theme": "system",
    "scale": 100,
    "store": None,
    "window": None,
    "competition": None,
    "page": None,
    "folder": None,
    "recent": [],
    "columns": {},
    "tables": {},
    "printing": {},
    "drafts": {},
}
RECENT = 6


class Preferences:
    """Read at the start, written at once with every change; a broken file counts as none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values = dict(DEFAULTS)
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            read = {}
        if isinstance(read, dict):
            self._values |= {key: value for key, value in read.items() if key in DEFAULTS}

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __setitem__(self, name: str, value: object) -> None:
        if self._values[name] != value:
            self._values[name] = value
            self._write()

    def remember_recent(self, competition: dict[str, Any]) -> None:
        """Put a competition (``store``, ``code``, ``name`` …) at the head of the recent ones."""
        key = (competition["store"], competition["code"])
        others = [one for one in self._values["recent"] if (one["store"], one["code"]) != key]
        self["recent"] = [competition, *others][:RECENT]

    def _write(self) -> None:
        """Write beside and put in place; a disk that does not take it costs only the memory of it."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside = self._path.with_suffix(".new")
            beside.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            beside.replace(self._path)
        except OSError:
            return
