"""The way of a result as the ribbon tells it: marks in, ties decided, locked, certificates."""

from collections.abc import Sequence
from datetime import datetime

from competition_app.desktop.parts.ribbon import RibbonStep, Stand
from competition_app.i18n import in_use, tr
from competition_app.services.locking.locking import LockState, Obstacle, ObstacleKind

DECIDED = frozenset({ObstacleKind.TIE, ObstacleKind.ADVANCE})
"""Obstacles the chief judge decides on the page of results; the others wait for marks."""


def steps(state: LockState, obstacles: Sequence[Obstacle]) -> tuple[RibbonStep, ...]:
    """The four steps with what is missing, who locked when, and which one is due."""
    asked = sum(one.kind in DECIDED for one in obstacles)
    owed = len(obstacles) - asked
    stands = _stands(bool(owed), bool(asked), locked=state.locked)
    marks = tr("{n} thing missing|{n} things missing", n=owed) if owed else tr("All is in")
    rule = tr("Decide {n} case first|Decide {n} cases first", n=asked) if asked else tr("Nothing is open")
    return (
        RibbonStep("marks", "list-checks", tr("Marks in"), marks, stands[0]),
        RibbonStep("rule", "gavel", tr("Rulings"), rule, stands[1]),
        RibbonStep("lock", "lock", tr("Lock@step"), _signed(state), stands[2]),
        RibbonStep("certificates", "scroll-text", tr("Certificates@way"), _papers(state), stands[3]),
    )


def waiting(state: LockState) -> tuple[RibbonStep, ...]:
    """The four steps while the places are being worked out: nothing is due that is not known to be."""
    if state.locked:
        return steps(state, ())
    said = tr("Being worked out")
    return (
        RibbonStep("marks", "list-checks", tr("Marks in"), said, "later"),
        RibbonStep("rule", "gavel", tr("Rulings"), said, "later"),
        RibbonStep("lock", "lock", tr("Lock@step"), _signed(state), "later"),
        RibbonStep("certificates", "scroll-text", tr("Certificates@way"), _papers(state), "later"),
    )


def _stands(owed: bool, asked: bool, *, locked: bool) -> tuple[Stand, Stand, Stand, Stand]:
    """A tie may be decided before all marks are in: what a person can decide now is due now."""
    if locked:
        return "done", "done", "done", "now"
    if asked:
        return ("later" if owed else "done"), "now", "later", "later"
    if owed:
        return "now", "later", "later", "later"
    return "done", "done", "now", "later"


def _signed(state: LockState) -> str:
    last = state.last
    if last is None:
        return tr("After it nothing changes any more")
    at = datetime.fromisoformat(last.at).astimezone()
    when = f"{at:%H:%M}" if at.date() == datetime.now().astimezone().date() else f"{at:%m-%d %H:%M}"
    if state.locked:
        role = in_use().say(last.role)
        return f"{when} {role}" if role == last.by else f"{when} {role} {last.by}"
    return tr("Reopened {time}: {reason}", time=when, reason=last.reason or "")


def _papers(state: LockState) -> str:
    return tr("Can be made now") if state.locked else tr("After the lock")


def status_line(state: LockState) -> str:
    """How the result stands, for the status bar."""
    last = state.last
    if not state.locked:
        return tr("result not locked")
    if last is None:
        return tr("result locked")
    at = datetime.fromisoformat(last.at).astimezone()
    return tr("result locked at {time}", time=f"{at:%H:%M}")
