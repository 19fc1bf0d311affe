"""Why an entry stands where it stands, out of the very computation that gave the result (scoring.md §9)."""

from sqlalchemy.orm import Session

from competition_app.domain.ranking.derivation import Derivation
from competition_app.domain.ranking.explain import derivation
from competition_app.domain.ranking.ranking import Working
from competition_app.services.results.results import event_result


def why(session: Session, event_id: int, number: str, stage: str | None = None) -> Derivation:
    """The derivation of one entry's place. Raises Refusal for an entry that has no standing."""
    result = event_result(session, event_id)
    assert isinstance(result.working, Working)
    return derivation(result.working.facts, result, number, stage)
