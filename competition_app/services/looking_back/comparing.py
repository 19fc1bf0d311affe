"""Two entries of an event side by side, with their names (scoring.md §9)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from competition_app.documents.results.why_place_words import names_of
from competition_app.domain.errors import Refusal
from competition_app.domain.looking_back.compare import Comparison, compared
from competition_app.domain.ranking.derivation import Derivation
from competition_app.services.competitions.competitions import event_of
from competition_app.services.judging.entrants import EntrantRow, entrants
from competition_app.services.plans.plans import plan_of
from competition_app.services.results.derivations import why
from competition_app.services.results.results import event_result


@dataclass(frozen=True, slots=True)
class Compared:
    """Two entries compared, with who stands behind the numbers."""

    comparison: Comparison
    left: EntrantRow
    right: EntrantRow


def compare(session: Session, event_id: int, number: str, against: str, stage: str | None = None) -> Compared:
    """Two entries side by side in a stage, None: the last in which both are.

    Raises Refusal for a number that is not in the event, the same number twice, and two ranked apart.
    """
    event, people = event_of(session, event_id), entrants(session, event_id)
    for each in (number, against):
        if each not in people:
            raise Refusal(
                "{event} has no entry with the number {number}. Look the number up in the standings.",
                event=event.name,
                number=each,
            )
    left, right = _both(session, event_id, number, against, stage)
    names = names_of(plan_of(session, event_id))
    return Compared(compared(left, right, names), people[number], people[against])


def _both(
    session: Session, event_id: int, one: str, other: str, stage: str | None
) -> tuple[Derivation, Derivation]:
    if stage is None:
        result = event_result(session, event_id)
        shared = [
            part.stage
            for part in result.divisions
            if {one, other} <= {standing.number for standing in part.standings}
        ]
        stage = shared[-1] if shared else None
    return why(session, event_id, one, stage), why(session, event_id, other, stage)
