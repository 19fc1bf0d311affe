"""A draft plan against the judges the event already has: what nobody would mark."""

from sqlalchemy.orm import Session

from competition_app.domain.errors import Problem, Refusal
from competition_app.domain.plans.plan_cover import cover_warnings
from competition_app.domain.scoring.facts import JudgeFacts
from competition_app.services.competitions import panels
from competition_app.services.plans.plans import plan_from


def event_plan_warnings(session: Session, event_id: int, text: str) -> tuple[Problem, ...]:
    """What a draft (JSON text) would leave unmarked, or give too few judges, with the event's own judges.

    Each has a ``path`` into the plan. Nothing is said of a draft that cannot be read: its errors come first.
    """
    try:
        plan = plan_from(text)
    except Refusal:
        return ()
    seats = [
        JudgeFacts(row.code, frozenset(row.modules), row.group, row.role)
        for row in panels.judges(session, event_id)
    ]
    return cover_warnings(plan, seats)
