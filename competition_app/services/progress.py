"""How far long work has come, and the wish to stop it: left by the worker, read by whoever waits."""

from dataclasses import dataclass

from competition_app.domain.errors import Said


class Cancelled(Exception):  # noqa: N818 - it is no error: somebody asked for it
    """The work was stopped at somebody's wish; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where work stands: ``done`` of ``total`` (0: not known yet), its item, and what is worth saying."""

    done: int = 0
    total: int = 0
    item: str = ""
    warnings: tuple[Said, ...] = ()


class Progress:
    """Given to long work. ``at`` leaves the latest step and is where a wish to stop is met."""

    def __init__(self) -> None:
        self.latest = Step()
        self._stop = False

    def at(self, done: int, total: int, item: str = "") -> None:
        """Leave where the work stands. Raises Cancelled where somebody asked to stop."""
        if self._stop:
            raise Cancelled
        self.latest = Step(done, total, item, self.latest.warnings)

    def warn(self, said: Said) -> None:
        """Leave something worth saying when the work is done."""
        latest = self.latest
        self.latest = Step(latest.done, latest.total, latest.item, (*latest.warnings, said))

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop = True
