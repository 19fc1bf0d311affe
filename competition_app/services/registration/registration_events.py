"""What registration asks of each event of a competition: names, team sizes, quota, divisions, conditions."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.registration.eligibility import Eligibility
from competition_app.domain.registration.registration import EventRules
from competition_app.store.models import Competition, Division, Event, PlanVersion

_MANY = 99
"""The largest team where an event's plan ranks teams and nobody has set a size."""


def event_rules(session: Session, competition_id: int) -> tuple[EventRules, ...]:
    """The events in their order. An event whose plan ranks teams takes teams, also where no size is set."""
    starts_on = session.scalar(select(Competition.starts_on).where(Competition.id == competition_id))
    divisions: dict[int, list[tuple[str, str]]] = {}
    query = select(Division).join(Event, Event.id == Division.event_id)
    ordered = query.where(Event.competition_id == competition_id).order_by(Division.position, Division.id)
    for division in session.scalars(ordered):
        divisions.setdefault(division.event_id, []).append((division.code, division.name))
    teams = _team_events(session, competition_id)
    events = select(Event).where(Event.competition_id == competition_id).order_by(Event.position, Event.id)
    return tuple(
        EventRules(
            found.code, found.name, tuple(found.aliases), found.team_min,
            _MANY if found.id in teams and found.team_max == 1 else found.team_max, found.quota,
            tuple(divisions.get(found.id, ())), Eligibility.of(found.eligibility, starts_on),
            found.state not in ("open", "provisional"),
        )
        for found in session.scalars(events)
    )  # fmt: skip


def _team_events(session: Session, competition_id: int) -> set[int]:
    """The events whose plan in force ranks teams."""
    query = select(PlanVersion.event_id, PlanVersion.plan).join(Event, Event.id == PlanVersion.event_id)
    rows = session.execute(query.where(Event.competition_id == competition_id).order_by(PlanVersion.version))
    plans = {event: plan for event, plan in rows}  # noqa: C416 - a result has keys(), so dict() takes it for a map
    return {event for event, plan in plans.items() if json.loads(plan).get("entry") == "team"}
