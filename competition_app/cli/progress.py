"""A bar on standard error while something takes its time, and only where a person looks at a terminal."""

import sys

from competition_app.cli.answer import width

_COLUMNS = 24


class Bar:
    """Told ``done`` of ``total`` and what is at hand; draws over its own line and takes it away at last."""

    def __init__(self) -> None:
        self._seen = sys.stderr.isatty()
        self._drawn = 0

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        self._draw("")

    def __call__(self, done: int, total: int, item: str = "") -> bool:
        """Draw how far it is; always True: on a terminal work is stopped with Ctrl-C."""
        full = _COLUMNS * done // total if total else 0
        self._draw(f"[{'█' * full}{'·' * (_COLUMNS - full)}] {done}/{total} {item[:40]}")
        return True

    def _draw(self, line: str) -> None:
        if self._seen and (line or self._drawn):
            blank = " " * max(0, self._drawn - width(line))
            print(f"\r{line}{blank}", end="" if line else "\r", file=sys.stderr, flush=True)
            self._drawn = width(line)
