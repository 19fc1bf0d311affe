"""Setting a competition up in one step: its name and days, and its events under one plan."""

from collections.abc import Sequence

from competition_app.services import competitions
from competition_app.services.workspace import Act


def set_up(
    act: Act,
    code: str,
    name: str,
    *,
    place: str | None,
    starts_on: str | None,
    ends_on: str | None,
    organisers: Sequence[str],
    events: Sequence[str],
    plan: str,
) -> int:
    """A new competition with its events, numbered E1, E2 …, each under this plan (JSON); returns its id."""
    competition = competitions.create_competition(
        act, code, name, place=place, organisers=organisers, starts_on=starts_on, ends_on=ends_on
    )
    for number, event in enumerate(events, 1):
        competitions.create_event(act, competition, code=f"E{number}", name=event, plan=plan)
    return competition
