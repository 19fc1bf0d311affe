"""Why an entry stands where it stands, out of the very computation that gave the result (scoring.md §9)."""

from dataclasses import replace

from sqlalchemy.orm import Session

from competition_app.domain.ranking.derivation import Derivation
from competition_app.domain.ranking.explain import derivation
from competition_app.domain.ranking.ranking import Working
from competition_app.domain.scoring.figures import natural
from competition_app.services.competitions.competitions import event_of
from competition_app.services.locking.obstacles import UNLOCKED
from competition_app.services.looking_back.after_lock import close_calls
from competition_app.services.results.results import event_result


def why(
    session: Session, event_id: int, number: str, stage: str | None = None, *, known: bool = False
) -> Derivation:
    """The derivation of one entry's place. Raises Refusal for an entry that has no standing.

    Once the result is locked the neighbours that are close are those of ``close_calls``, no rung rounded;
    ``known``: only as far as those were found before.
    """
    result = event_result(session, event_id)
    assert isinstance(result.working, Working)
    found = derivation(result.working.facts, result, number, stage)
    if event_of(session, event_id).state in UNLOCKED:
        return found
    near = {
        side
        for call in close_calls(session, event_id, known=known)
        if call.stage == found.stage and number in (call.better, call.worse)
        for side in (call.better, call.worse)
    }
    return replace(found, close=tuple(sorted(near - {number}, key=natural)))
