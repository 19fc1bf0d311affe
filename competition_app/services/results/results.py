"""Results out of the store: the one ranking over its facts, kept until the event's data change."""

import gc
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from competition_app.documents.packages.package_types import Table
from competition_app.documents.results.result_json import result_document
from competition_app.domain.errors import Problem, Refusal
from competition_app.domain.plans.plan import Plan
from competition_app.domain.ranking.organisation_table import OrganisationFacts, organisation_rows
from competition_app.domain.ranking.ranking import Working, member_figures, members_from, rank_event
from competition_app.domain.ranking.result import CompetitionResult, EventResult, Standing, TableRow
from competition_app.domain.scoring.facts import EventFacts
from competition_app.domain.scoring.members import MembersOf
from competition_app.domain.scoring.memory import Memory
from competition_app.i18n import Words
from competition_app.services.competitions.competitions import event_of
from competition_app.services.judging.conflicts import recused
from competition_app.services.judging.entrants import EntrantRow, entrants
from competition_app.services.judging.work_reading import WorkReader
from competition_app.services.plans.plans import plan_of
from competition_app.services.results.event_facts import facts_for, reader_of
from competition_app.services.results.ranking_file import table_rule
from competition_app.store.models import Competition, Event, Organisation, Participation
from competition_app.store.recording import RecordingSession

__all__ = [
    "StandingRow", "competition_results", "data_version", "drawn_already", "drawn_from", "event_result",
    "facts_for", "kept", "open_questions", "ranked_under", "recomputed", "standing_rows",
    "standings_document", "uncollected",
]  # fmt: skip

Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A standing with the names behind its number."""

    standing: Standing
    entry_id: int
    name: str
    organisation: str
    division: str | None
    stage: str


_MANY = 2_000
"""Works of an event whose result the search for circular garbage passes over from then on."""

Version = tuple[int, int]
"""An event's data version, and how many of the changes up to it were of marks alone."""


Behind = tuple[tuple[int, Version, "Behind"], ...]
"""The events a result is made from: key, data version, and the same of the events behind it."""


@dataclass(slots=True)
class _Known:
    """What is kept of an event between two questions; never asked without comparing versions."""

    version: Version
    members: Behind
    reader: WorkReader
    facts: EventFacts
    result: EventResult
    memory: Memory
    drawn: dict[Callable[[EventResult], object], object] = field(default_factory=dict)
    drawing: threading.RLock = field(default_factory=threading.RLock)


@dataclass(slots=True)
class _Kept:
    lock: threading.RLock = field(default_factory=threading.RLock)
    events: dict[int, _Known] = field(default_factory=dict)


_KEPT: "WeakKeyDictionary[Engine, _Kept]" = WeakKeyDictionary()
"""Results by the store's engine: gone when the store is closed."""


def event_result(session: Session, event_id: int) -> EventResult:
    """The event's result by the one ranking; ranked again only when its data version moved.

    An operation that wrote nothing a result depends on takes what is kept; one that did ranks anew.
    """
    if isinstance(session, RecordingSession):  # an operation sees its own writes, which may yet be undone
        session.flush()
        return _before_writing(session, event_id) or recomputed(session, event_id)
    return _up_to_date(session, event_id).result


def kept(session: Session, event_id: int) -> bool:
    """Whether the event's result is at hand, so that asking for it ranks nothing."""
    return _at_hand(session, event_id, _store_of(session).events) is not None


def drawn_from(session: Session, event_id: int, draw: Callable[[EventResult], Drawn]) -> Drawn:
    """What ``draw`` makes of the event's result (severity, close calls), kept as long as the result is."""
    if isinstance(session, RecordingSession):
        return draw(event_result(session, event_id))
    known = _up_to_date(session, event_id)
    if draw not in known.drawn:
        with known.drawing, uncollected():
            if draw not in known.drawn:
                known.drawn[draw] = draw(known.result)
    return cast(Drawn, known.drawn[draw])


def drawn_already(session: Session, event_id: int, draw: Callable[[EventResult], Drawn]) -> Drawn | None:
    """The same where it was drawn before and is still true; None: it would have to be worked out."""
    known = _at_hand(session, event_id, _store_of(session).events)
    return cast(Drawn, known.drawn[draw]) if known is not None and draw in known.drawn else None


def data_version(session: Session, event_id: int) -> int:
    """How often something was written that the event's result depends on."""
    return _version(session, event_id)[0]


def recomputed(session: Session, event_id: int) -> EventResult:
    """The same, from the store's rows alone, nothing kept."""
    with uncollected():
        return _known(session, event_id, {}, ()).result


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for circular garbage meanwhile: a ranking leaves none, and a million marks take long."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def ranked_under(session: Session, event_id: int, plan: Plan) -> EventResult:
    """What the event's result would be under another plan; nothing is stored and nothing is kept."""
    with uncollected():
        below = _members_of(session, event_id, {}, (event_id,))
        figures = {known.facts.event: member_figures(known.result) for known in below.values()}
        facts = facts_for(session, event_id, reader_of(session, event_id, plan))
        facts = replace(facts, plan=plan, recusals=recused(session, event_id, plan))
        return rank_event(facts, MembersOf(figures), Memory())


def competition_results(session: Session, code: str, event_code: str | None = None) -> CompetitionResult:
    """The results of a competition's events and its organisation tables; of one event without tables."""
    competition = session.scalar(select(Competition).where(Competition.code == code))
    if competition is None:
        raise Refusal("There is no competition with the code {code} in this store.", code=code)
    query = select(Event).where(Event.competition_id == competition.id).order_by(Event.position, Event.id)
    events = list(session.scalars(query))
    if event_code is not None:
        found = [event for event in events if event.code == event_code]
        if not found:
            raise Refusal("There is no event with the code {code} in this store.", code=event_code)
        return CompetitionResult(tuple(event_result(session, event.id) for event in found))
    results = tuple(event_result(session, event.id) for event in events)
    return CompetitionResult(results, _tables(session, competition, results))


def standings_document(session: Session, event_id: int, words: Words) -> dict[str, Any]:
    """What ``standings --json`` prints (package.md §2), messages in the language of ``words``."""
    event = event_of(session, event_id)
    competition = session.get(Competition, event.competition_id)
    assert competition is not None
    return result_document(
        competition.code, competition_results(session, competition.code, event.code), words
    )


def standing_rows(session: Session, event_id: int) -> tuple[StandingRow, ...]:
    """Every standing of the event with its names, in printed order, by division and stage."""
    people: Mapping[str, EntrantRow] = entrants(session, event_id)
    return tuple(
        StandingRow(
            standing, people[standing.number].entry_id, people[standing.number].name,
            people[standing.number].organisation, part.division, part.stage,
        )
        for part in event_result(session, event_id).divisions
        for standing in part.standings
    )  # fmt: skip


def open_questions(session: Session, event_id: int) -> tuple[Problem, ...]:
    """What must be decided or accepted before the event's result can be locked."""
    return tuple(
        question for part in event_result(session, event_id).divisions for question in part.open_questions
    )


def _version(session: Session, event_id: int) -> Version:
    row = (
        session.connection()
        .exec_driver_sql("SELECT data_version, mark_changes FROM events WHERE id = ?", (event_id,))
        .fetchone()
    )
    if row is None:
        raise Refusal("This event is no longer there: choose another in the list.")
    return row[0], row[1]


def _before_writing(session: RecordingSession, event_id: int) -> EventResult | None:
    """What is kept, where the operation under way wrote nothing that counts; None: it must be ranked."""
    touched, reader = session.writes.touched, session.info.get("reader")
    store = _KEPT.get(reader) if reader is not None else None
    if touched.works or touched.others or store is None:
        return None
    found = _at_hand(session, event_id, store.events)
    return found.result if found is not None else None


def _store_of(session: Session) -> _Kept:
    return _KEPT.setdefault(session.get_bind().engine, _Kept())


def _up_to_date(session: Session, event_id: int) -> _Known:
    """The event as kept; what is at hand waits for no other event that is being ranked meanwhile."""
    store = _store_of(session)
    found = _at_hand(session, event_id, store.events)
    if found is not None:
        return found
    with store.lock, uncollected():
        return _known(session, event_id, store.events, ())


def _at_hand(
    session: Session, event_id: int, events: Mapping[int, _Known], above: tuple[int, ...] = ()
) -> _Known | None:
    """The event as kept where nothing it rests on has changed; None: it must be ranked."""
    found = events.get(event_id)
    if found is None or found.version != _version(session, event_id):
        return None
    behind: list[tuple[int, Version, Behind]] = []
    for key in _members_from(session, event_id, (*above, event_id)):
        member = _at_hand(session, key, events, (*above, event_id))
        if member is None:
            return None
        behind.append((key, member.version, member.members))
    return found if found.members == tuple(behind) else None


def _known(session: Session, event_id: int, events: dict[int, _Known], above: tuple[int, ...]) -> _Known:
    """The event as kept, brought up to date; ``above`` are events that are made from this one's members."""
    version, before = _version(session, event_id), events.get(event_id)
    below = _members_of(session, event_id, events, (*above, event_id))
    behind = tuple((key, known.version, known.members) for key, known in below.items())
    if before is not None and (before.version, before.members) == (version, behind):
        return before
    if before is not None and _only_marks(before.version, version):
        reader, memory = before.reader, before.memory
        facts = _with_changes(before.facts, reader, session, event_id, before.version[0])
    else:
        reader, memory = reader_of(session, event_id, plan_of(session, event_id)), Memory()
        facts = facts_for(session, event_id, reader)
    figures = {known.facts.event: member_figures(known.result) for known in below.values()}
    result = rank_event(facts, MembersOf(figures), memory)
    if len(facts.works) >= _MANY and (before is None or before.reader is not reader):
        gc.freeze()  # looking through all of it for circular garbage would stop the window again and again
    events[event_id] = known = _Known(version, behind, reader, facts, result, memory)
    return known


def _only_marks(before: Version, now: Version) -> bool:
    return 0 < now[0] - before[0] == now[1] - before[1]


def _with_changes(
    facts: EventFacts, reader: WorkReader, session: Session, event_id: int, since: int
) -> EventFacts:
    """The facts with the works read anew whose marks changed since; all others stay the very same."""
    works = dict(facts.works)
    for place, work in reader.read(session, event_id, since).items():
        if work is None:
            works.pop(place, None)
        else:
            works[place] = work
    return replace(facts, works=works)


def _members_of(
    session: Session, event_id: int, events: dict[int, _Known], above: tuple[int, ...]
) -> dict[int, _Known]:
    """The events of the same competition whose results this event's teams are made from."""
    return {key: _known(session, key, events, above) for key in _members_from(session, event_id, above)}


def _members_from(session: Session, event_id: int, above: tuple[int, ...]) -> list[int]:
    """The keys of those events; none of those ``above``, which are made from this one."""
    plan = plan_of(session, event_id)
    if not any(module.kind == "members" for stage in plan.stages for module in stage.modules):
        return []
    needed = members_from(EventFacts("", plan, ()))
    home = select(Event.competition_id).where(Event.id == event_id).scalar_subquery()
    query = select(Event.id).where(Event.competition_id == home, Event.code.in_(needed))
    return [key for key in session.scalars(query.order_by(Event.id)) if key not in above]


def _tables(
    session: Session, competition: Competition, results: tuple[EventResult, ...]
) -> tuple[TableRow, ...]:
    given = competition.extra.get("tables", ())
    tables = [table_rule(Table.model_validate(values)) for values in given]
    if not tables:
        return ()
    query = select(Participation.organisation_id, Participation.code).where(
        Participation.competition_id == competition.id
    )
    codes: dict[int, str] = dict(session.execute(query).all())
    units = session.scalars(select(Organisation).where(Organisation.id.in_(codes)).order_by(Organisation.id))
    organisations = [
        OrganisationFacts(codes[unit.id], unit.kind, codes.get(unit.parent_id or 0)) for unit in units
    ]
    pairs = [(_working(result).facts, result) for result in results]
    return tuple(row for rule in tables for row in organisation_rows(rule, organisations, pairs))


def _working(result: EventResult) -> Working:
    assert isinstance(result.working, Working)
    return result.working
