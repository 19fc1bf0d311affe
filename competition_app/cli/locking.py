"""``lock`` and ``reopen``: a result locked by the chief judge, what hinders it, opened again for a reason."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import Any

from competition_app.cli.acting import acting
from competition_app.cli.answer import Answer
from competition_app.cli.opening import opened
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions
from competition_app.services.locking import locking
from competition_app.services.locking.locking import LockState, Obstacle
from competition_app.services.workspace import Workspace


def lock(given: Namespace) -> Answer:
    """Lock an event's result, or say everything that stands in the way; ``--check`` only looks."""
    with opened(given, writing=not given.check) as workspace:
        event = workspace.ask(competitions.find_event, given.event, given.competition)
        found = workspace.ask(locking.obstacles, event)
        if not (given.check or found):
            workspace.do(acting(workspace, given.acting), locking.lock, event)
        return _answer(workspace, event, found)


def reopen(given: Namespace) -> Answer:
    """Open a locked result again; the reason stands in the history."""
    with opened(given) as workspace:
        event = workspace.ask(competitions.find_event, given.event, given.competition)
        workspace.do(acting(workspace, given.acting), locking.reopen, event, given.reason)
        name = workspace.ask(competitions.event, event).name
        said = [tr("{event} is open again; the reason stands in the history.", event=name)]
        return Answer(_answer(workspace, event, ()).document, said)


def _answer(workspace: Workspace, event_id: int, found: Sequence[Obstacle]) -> Answer:
    event = workspace.ask(competitions.event, event_id)
    state = workspace.ask(locking.lock_state, event_id)
    refused = None
    if found:
        n = len(found)
        refused = Said(
            "{event} is not locked: {n} thing stands in the way.|"
            "{event} is not locked: {n} things stand in the way.",
            {"event": event.name, "n": n},
        )
    document = _document(event.code, state, found)
    return Answer(document, _lines(event.name, state, found), refused)


def _document(code: str, state: LockState, found: Sequence[Obstacle]) -> dict[str, Any]:
    last = state.last
    return {
        "event": code,
        "state": state.state,
        "locked": state.locked,
        "by": last.by if last else None,
        "at": last.at if last else None,
        "reason": last.reason if last else None,
        "obstacles": [
            {
                "kind": one.kind.value, "message": in_use().say(one.said), "entries": list(one.numbers),
                "division": one.division, "stage": one.stage, "module": one.module, "judge": one.judge,
                "code": one.problem.code if one.problem else None,
            }
            for one in found
        ],
    }  # fmt: skip


def _lines(name: str, state: LockState, found: Sequence[Obstacle]) -> Iterator[str]:
    if found:
        yield from (f"✗ {in_use().say(one.said)}" for one in found)
    elif state.locked:
        yield tr("{event} is locked.", event=name)
    else:
        yield tr("{event} is not locked; nothing stands in the way.", event=name)
