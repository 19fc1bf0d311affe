"""Competitions, their events, divisions and plans: setting them up, and the rows that pages choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.services.plans.plans import has_marks, plan_of, store_plan
from competition_app.services.workspace import Act
from competition_app.store.models import (
    Competition,
    Division,
    Entry,
    Event,
    PlanVersion,
    Work,
)


@dataclass(frozen=True, slots=True)
class CompetitionRow:
    """A competition as the start page and the switcher show it."""

    id: int
    code: str
    name: str
    short_name: str | None
    theme: str | None
    place: str | None
    organisers: tuple[str, ...]
    starts_on: str | None  # ISO date
    ends_on: str | None
    events: int
    entries: int
    state: str  # empty, open, marking, or the least advanced state of its events


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """组别 of an event."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as pages choose it; ``entry`` is what competes: individual, team, organisation."""

    id: int
    competition_id: int
    competition: str
    code: str
    name: str
    entry: str
    state: str
    divisions: tuple[DivisionRow, ...]
    entries: int
    plan_version: int
    double_entry: bool
    team_min: int
    team_max: int
    quota: int | None
    aliases: tuple[str, ...]


def create_competition(
    act: Act,
    code: str,
    name: str,
    *,
    short_name: str | None = None,
    theme: str | None = None,
    place: str | None = None,
    organisers: Sequence[str] = (),
    starts_on: str | None = None,
    ends_on: str | None = None,
) -> int:
    """A new competition; returns its id. Its code must be new in the store."""
    code, name = _needed(code, name)
    if act.session.scalar(select(exists().where(Competition.code == code))):
        raise Refusal("A competition with the code {code} is already there: choose another code.", code=code)
    competition = Competition(
        code=code,
        name=name,
        short_name=short_name,
        theme=theme,
        place=place,
        organisers=list(organisers),
        starts_on=starts_on,
        ends_on=ends_on,
        extra={},
    )
    act.session.add(competition)
    act.session.flush()
    return competition.id


def edit_competition(act: Act, competition_id: int, /, **changes: object) -> None:
    """Changes name, short_name, theme, place, organisers, starts_on or ends_on; the code stays.

    Certificates in the register keep the words they were made with. Raises Refusal for an empty name, a day
    that is none, or a last day before the first.
    """
    allowed = {"name", "short_name", "theme", "place", "organisers", "starts_on", "ends_on"}
    competition = _competition(act.session, competition_id)
    if "name" in changes:
        _, changes["name"] = _needed(competition.code, str(changes["name"]))
    _apply(competition, changes, allowed)
    _refuse_wrong_days(competition.starts_on, competition.ends_on)


def _refuse_wrong_days(first: str | None, last: str | None) -> None:
    """Refuses days that are none (ISO dates are), and a last day before the first or without it."""
    if any(day is not None and not _is_day(day) for day in (first, last)):
        raise Refusal("This is no day. Write it as 2026-09-18.")
    if last is not None and (first is None or last < first):
        raise Refusal("The last day lies before the first, or the first is missing. Write both.")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def create_event(
    act: Act,
    competition_id: int,
    *,
    code: str,
    name: str,
    plan: str,
    divisions: Sequence[tuple[str, str]] = (),
    aliases: Sequence[str] = (),
    team_min: int = 1,
    team_max: int = 1,
    quota: int | None = None,
    double_entry: bool = False,
    eligibility: Mapping[str, object] | None = None,
) -> int:
    """A new event with its plan (JSON text, scoring.md §2) and its divisions as (code, name)."""
    code, name = _needed(code, name)
    _competition(act.session, competition_id)
    same = (Event.competition_id == competition_id) & (Event.code == code)
    if act.session.scalar(select(exists().where(same))):
        raise Refusal(
            "An event with the code {code} is already in this competition: choose another.", code=code
        )
    _team_sizes(team_min, team_max)
    position = act.session.scalar(
        select(func.coalesce(func.max(Event.position), -1) + 1).where(Event.competition_id == competition_id)
    )
    event = Event(
        competition_id=competition_id,
        code=code,
        name=name,
        position=position or 0,
        aliases=list(aliases),
        team_min=team_min,
        team_max=team_max,
        quota=quota,
        double_entry=double_entry,
        eligibility=dict(eligibility or {}),
    )
    act.session.add(event)
    act.session.flush()
    store_plan(act.session, event, plan, None, act.now)
    set_divisions(act, event.id, divisions)
    return event.id


def edit_event(act: Act, event_id: int, /, **changes: object) -> None:
    """Changes name, aliases, team sizes, quota, double_entry, eligibility or position; the code stays.

    Refused once the result is locked, but for the position among the events.
    """
    event = event_of(act.session, event_id)
    if changes.keys() - {"position"}:
        refuse_if_locked(event)
    if "name" in changes:
        _needed(event.code, str(changes["name"]))
    allowed = {"name", "aliases", "team_min", "team_max", "quota", "double_entry", "eligibility", "position"}
    _apply(event, changes, allowed)
    _team_sizes(event.team_min, event.team_max)


def set_plan(act: Act, event_id: int, plan: str, *, reason: str | None = None) -> int:
    """A new version of the event's plan; returns its number. After the first mark it takes a reason."""
    event = event_of(act.session, event_id)
    refuse_if_locked(event)
    if has_marks(act.session, event_id) and not (reason or "").strip():
        raise Refusal(
            "Marks of {event} are in, so its plan is frozen: to change it all the same, state the reason.",
            event=event.name,
        )
    return store_plan(act.session, event, plan, reason, act.now)


def set_divisions(act: Act, event_id: int, divisions: Sequence[tuple[str, str]]) -> None:
    """Makes these (code, name) the event's divisions in this order; one with entries cannot be taken away.

    None comes or goes once the result is locked.
    """
    wanted = {code.strip(): (i, name.strip()) for i, (code, name) in enumerate(divisions)}
    if len(wanted) != len(divisions):
        raise Refusal("Two divisions have the same code: give each its own.")
    present = {d.code: d for d in act.session.scalars(select(Division).where(Division.event_id == event_id))}
    if present.keys() != wanted.keys():
        refuse_if_locked(event_of(act.session, event_id))
    for code in present.keys() - wanted.keys():
        division = present[code]
        if act.session.scalar(select(exists().where(Entry.division_id == division.id))):
            raise Refusal(
                "Division {division} still has entries: move them to another division first.",
                division=division.name,
            )
        act.session.delete(division)
    for code, (position, name) in wanted.items():
        if code in present:
            present[code].name, present[code].position = name, position
        else:
            act.session.add(Division(event_id=event_id, code=code, name=name, position=position))


def event_of(session: Session, event_id: int) -> Event:
    """The event's row, for use cases; refused when it is not there."""
    event = session.get(Event, event_id)
    if event is None:
        raise Refusal("This event is no longer there: choose another in the list.")
    return event


def refuse_if_locked(event: Event) -> None:
    """Refuses a change of what the result rests on once it is locked."""
    if event.state not in ("open", "provisional"):
        raise Refusal(
            "The result of {event} is locked: the chief judge must reopen it before anything is changed.",
            event=event.name,
        )


def competitions(session: Session) -> tuple[CompetitionRow, ...]:
    """All competitions, the newest first."""
    events = _counts(session, select(Event.competition_id, func.count()).group_by(Event.competition_id))
    entries = _counts(
        session,
        select(Event.competition_id, func.count())
        .join(Entry, Entry.event_id == Event.id)
        .group_by(Event.competition_id),
    )
    states: dict[int, list[str]] = {}
    for competition_id, state in session.execute(select(Event.competition_id, Event.state)):
        states.setdefault(competition_id, []).append(state)
    marked = set(
        session.scalars(select(Event.competition_id).join(Work, Work.event_id == Event.id).distinct())
    )
    order = (Competition.starts_on.desc().nulls_last(), Competition.id.desc())
    return tuple(
        CompetitionRow(
            c.id, c.code, c.name, c.short_name, c.theme, c.place, tuple(c.organisers), c.starts_on, c.ends_on,
            events.get(c.id, 0), entries.get(c.id, 0), _state(states.get(c.id, []), c.id in marked),
        )
        for c in session.scalars(select(Competition).order_by(*order))
    )  # fmt: skip


def competition(session: Session, code: str) -> CompetitionRow:
    """The competition with this code."""
    for row in competitions(session):
        if row.code == code:
            return row
    raise Refusal("There is no competition with the code {code} in this store.", code=code)


def events(session: Session, competition_id: int | None = None) -> tuple[EventRow, ...]:
    """The events of a competition, or of all, in their order."""
    query = select(Event, Competition.code).join(Competition, Competition.id == Event.competition_id)
    if competition_id is not None:
        query = query.where(Event.competition_id == competition_id)
    entries = _counts(session, select(Entry.event_id, func.count()).group_by(Entry.event_id))
    divisions: dict[int, list[DivisionRow]] = {}
    for d in session.scalars(select(Division).order_by(Division.event_id, Division.position, Division.id)):
        divisions.setdefault(d.event_id, []).append(DivisionRow(d.id, d.code, d.name))
    versions = _counts(
        session, select(PlanVersion.event_id, func.max(PlanVersion.version)).group_by(PlanVersion.event_id)
    )
    ordered = query.order_by(Competition.id, Event.position, Event.id)
    return tuple(
        EventRow(
            e.id, e.competition_id, code, e.code, e.name, plan_of(session, e.id).entry, e.state,
            tuple(divisions.get(e.id, ())), entries.get(e.id, 0), versions.get(e.id, 0), e.double_entry,
            e.team_min, e.team_max, e.quota, tuple(e.aliases),
        )
        for e, code in session.execute(ordered)
    )  # fmt: skip


def event(session: Session, event_id: int) -> EventRow:
    """One event as a row."""
    found = event_of(session, event_id)
    return next(row for row in events(session, found.competition_id) if row.id == event_id)


def find_event(session: Session, code: str, competition_code: str | None = None) -> int:
    """The id of the event with this code; refused where several competitions have it and none is named."""
    query = select(Event.id, Competition.code).join(Competition, Competition.id == Event.competition_id)
    query = query.where(Event.code == code)
    if competition_code is not None:
        query = query.where(Competition.code == competition_code)
    found = session.execute(query.order_by(Competition.id)).all()
    if not found:
        raise Refusal("There is no event with the code {code} in this store.", code=code)
    if len(found) > 1:
        raise Refusal(
            "The event code {code} occurs in the competitions {competitions}: name one of them.",
            code=code,
            competitions=", ".join(c for _, c in found),
        )
    return int(found[0][0])


def _competition(session: Session, competition_id: int) -> Competition:
    found = session.get(Competition, competition_id)
    if found is None:
        raise Refusal("This competition is no longer there: choose another in the list.")
    return found


def _needed(code: str, name: str) -> tuple[str, str]:
    code, name = code.strip(), name.strip()
    if not code:
        raise Refusal("The code is missing: give it a short code such as UAV.")
    if not name:
        raise Refusal("The name is missing: write it as it shall stand on the certificates.")
    return code, name


def _team_sizes(least: int, most: int) -> None:
    if not 1 <= least <= most:
        raise Refusal(
            "A team has at least 1 member and at most as many as the largest team: check the sizes."
        )


def _apply(row: Competition | Event, changes: Mapping[str, object], allowed: set[str]) -> None:
    for name, value in changes.items():
        if name not in allowed:
            raise TypeError(f"{type(row).__name__} has no {name} to change here")
        setattr(row, name, list(value) if isinstance(value, tuple) else value)


def _counts(session: Session, query: Any) -> dict[int, int]:
    return {key: int(n) for key, n in session.execute(query)}


_STATES = ("open", "provisional", "locked", "unsealed", "published", "final")


def _state(states: Sequence[str], marking: bool) -> str:
    if not states:
        return "empty"
    least = min(states, key=_STATES.index)
    return "marking" if least == "open" and marking else least
