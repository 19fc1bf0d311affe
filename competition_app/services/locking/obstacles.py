"""What stands in the way of locking a result, in plain words, each with what mends it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Problem, Said
from competition_app.domain.plans.plan import Plan
from competition_app.domain.ranking.ranking import SETTLED_BY_ACCEPTING, Working
from competition_app.domain.ranking.result import DivisionResult, EventResult, Standing, Status
from competition_app.services.competitions.competitions import event_of
from competition_app.services.locking.owed_sheets import OwedSheets, owed_sheets
from competition_app.services.plans.plans import plan_of
from competition_app.services.results.results import event_result
from competition_app.store.models import Event

UNLOCKED = frozenset({"open", "provisional"})
"""States in which the result may still change."""
_NAMED = 5
"""So many entries are named in a sentence; of more, only how many."""


class ObstacleKind(StrEnum):
    """What kind of obstacle, by the deed that mends it.

    RULES: set a plan (page of events and rules). ENTRIES: nobody is entered (registration). SHEETS: a judge
    owes sheets (marking). SECOND: sheets wait for their second typing, or the two differ (marking).
    MISSING: entries lack something no judge owes: a score, an attempt, enough judges (marking, or record
    the absence). TIME: entries lack the time their score depends on (floor record). PROBLEM: marks too far
    apart, out of range, for one's own: mark again, or
    ``rulings.accept_question`` with ``problem``'s keys and a reason. TIE: ``rulings.decide_tie``,
    ``record_lot`` or ``accept_question``, as ``problem.more["next"]`` says. ADVANCE: who goes on is not
    confirmed (``going_on.confirm_advance``). SOURCE: another event, from whose members teams are made, is
    not locked (``source`` is its key). NO_SOURCE: such an event is not there (create it, or change the plan).
    """

    RULES = "rules"
    ENTRIES = "entries"
    SHEETS = "sheets"
    SECOND = "second"
    MISSING = "missing"
    TIME = "time"
    PROBLEM = "problem"
    TIE = "tie"
    ADVANCE = "advance"
    SOURCE = "source"
    NO_SOURCE = "no_source"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that hinders locking: its kind, a whole sentence, and where it lies.

    ``numbers`` are the entries concerned; ``judge`` and ``judge_id`` the seat that owes; ``problem`` the
    problem or open question to be settled, for PROBLEM and TIE.
    """

    kind: ObstacleKind
    said: Said
    numbers: tuple[str, ...] = ()
    division: str | None = None
    stage: str | None = None
    module: str | None = None
    judge: str | None = None
    judge_id: int | None = None
    problem: Problem | None = None
    source: int | None = None


def obstacles_of(session: Session, event_id: int) -> tuple[Obstacle, ...]:
    """Everything in the way, what comes first in the day first."""
    event = event_of(session, event_id)
    plan = plan_of(session, event_id)
    if not plan.stages:
        said = Said(
            "{event} has no plan yet: set one on the page of events and rules.", {"event": event.name}
        )
        return (Obstacle(ObstacleKind.RULES, said),)
    result = event_result(session, event_id)
    if not any(part.standings for part in result.divisions):
        said = Said("Nobody is entered in {event} yet: take in registrations first.", {"event": event.name})
        return (Obstacle(ObstacleKind.ENTRIES, said),)
    owed = tuple(owed_sheets(session, event_id, result))
    return (
        *_sources(session, event),
        *(obstacle for one in owed for obstacle in _owed_by(one, plan)),
        *_missing(plan, result, _hindered(owed)),
        *_problems(result),
        *_advances(plan, result),
        *_questions(result),
    )


def sources_of(session: Session, event: Event) -> list[Event]:
    """The events of the same competition whose members' results this one is made from."""
    codes = _source_codes(session, event)
    if not codes:
        return []
    query = select(Event).where(Event.competition_id == event.competition_id, Event.code.in_(codes))
    return list(session.scalars(query.order_by(Event.position)))


def _source_codes(session: Session, event: Event) -> set[str]:
    """The codes of the events that the plan makes teams from."""
    modules = [module for stage in plan_of(session, event.id).stages for module in stage.modules]
    return {one.event for one in modules if one.kind == "members" and one.event} - {event.code}


def _sources(session: Session, event: Event) -> Iterator[Obstacle]:
    sources = sources_of(session, event)
    for code in sorted(_source_codes(session, event) - {source.code for source in sources}):
        said = Said(
            "{event} is made from the event {code}, which is not there: create it or change the rules.",
            {"event": event.name, "code": code},
        )
        yield Obstacle(ObstacleKind.NO_SOURCE, said)
    for source in sources:
        if source.state in UNLOCKED:
            said = Said("{event} is made from {source}, which is not locked yet: lock it first.",
                        {"event": event.name, "source": source.name})  # fmt: skip
            yield Obstacle(ObstacleKind.SOURCE, said, source=source.id)


def _owed_by(one: OwedSheets, plan: Plan) -> Iterator[Obstacle]:
    """Sheets a judge owes, and those that are whole and do not count yet."""
    values = {"judge": one.judge, "module": _module_name(plan, one.stage, one.module)}
    if one.owed:
        said = Said("{judge} owes {n} sheet of {module}.|{judge} owes {n} sheets of {module}.",
                    {**values, "n": one.owed})  # fmt: skip
        yield _of_sheets(ObstacleKind.SHEETS, said, one.numbers, one)
    if one.waiting:
        said = Said(
            "{n} sheet of {judge} in {module} waits for its second entry.|"
            "{n} sheets of {judge} in {module} wait for their second entry.",
            {**values, "n": one.waiting},
        )
        yield _of_sheets(ObstacleKind.SECOND, said, one.second, one)


def _of_sheets(kind: ObstacleKind, said: Said, numbers: tuple[str, ...], one: OwedSheets) -> Obstacle:
    return Obstacle(
        kind, said, numbers, stage=one.stage, module=one.module, judge=one.judge, judge_id=one.judge_id
    )


def _module_name(plan: Plan, stage: str, code: str) -> str:
    home = plan.stage(stage)
    module = home.module(code) if home else None
    return (module.name if module else None) or code


_Hindered = set[tuple[str, str, str]]
"""(stage, module, entry number) for which a sheet is owed; an empty number stands for all entries."""


def _hindered(owed: Sequence[OwedSheets]) -> _Hindered:
    return {
        (one.stage, one.module, number) for one in owed for number in (*one.numbers, *one.second) or ("",)
    }


def _missing(plan: Plan, result: EventResult, hindered: _Hindered) -> Iterator[Obstacle]:
    """Entries that lack something; by module, where no sheet is owed that explains it."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for part in result.divisions:
        for standing in part.standings:
            if standing.status is Status.INCOMPLETE:
                for code, module in _lacks(standing, part.stage, hindered):
                    found.setdefault((code, part.stage, module), []).append(standing.number)
    for (code, stage, module), numbers in found.items():
        said = _lacking(code, _module_name(plan, stage, module), numbers)
        kind = ObstacleKind.TIME if code == "missing_time" else ObstacleKind.MISSING
        yield Obstacle(kind, said, tuple(numbers), stage=stage, module=module or None)


def _lacks(standing: Standing, stage: str, hindered: _Hindered) -> Iterator[tuple[str, str]]:
    seen = set()
    for problem in standing.problems:
        module = str(problem.more.get("module") or "")
        if problem.code in SETTLED_BY_ACCEPTING or {
            (stage, module, standing.number), (stage, module, "")
        } & hindered:  # fmt: skip
            continue
        if (problem.code, module) not in seen:
            seen.add((problem.code, module))
            yield problem.code, module


def _lacking(code: str, module: str, numbers: Sequence[str]) -> Said:
    values = {"module": module, "numbers": _listed(numbers)}
    match code:
        case "missing_module":
            return Said("{module} has no score of {numbers}: enter it or record the absence.", values)
        case "missing_marks":
            return Said("{module} lacks marks of {numbers}: enter them or record the absence.", values)
        case "not_enough_judges":
            return Said("{module} has too few judges for {numbers}: more of them must mark.", values)
        case "missing_time":
            return Said("{module} has no time of {numbers}: record it, the score depends on it.", values)
        case "not_agreed":
            return Said("The judges of {module} do not agree on {numbers}: they must mark alike.", values)
        case _:
            return Said("The result of {numbers} is incomplete: enter what is missing.", values)


def _listed(numbers: Sequence[str]) -> Said | str:
    shown = ", ".join(numbers[:_NAMED])
    if len(numbers) <= _NAMED:
        return shown
    return Said("{list} and {n} more entry|{list} and {n} more entries",
                {"list": shown, "n": len(numbers) - _NAMED})  # fmt: skip


def _problems(result: EventResult) -> Iterator[Obstacle]:
    """What was said about marks and neither mended nor accepted."""
    for part in result.divisions:
        for standing in part.standings:
            if standing.status in (Status.WITHDRAWN, Status.DISQUALIFIED):
                continue
            for problem in standing.problems:
                if problem.code in SETTLED_BY_ACCEPTING:
                    yield _settling(ObstacleKind.PROBLEM, problem, part, (standing.number,))


def _questions(result: EventResult) -> Iterator[Obstacle]:
    for part in result.divisions:
        for question in part.open_questions:
            entries = question.more.get("entries")
            numbers = tuple(str(one) for one in entries) if isinstance(entries, list | tuple) else ()
            yield _settling(ObstacleKind.TIE, question, part, numbers)


def _settling(
    kind: ObstacleKind, problem: Problem, part: DivisionResult, numbers: tuple[str, ...]
) -> Obstacle:
    module = problem.more.get("module")
    return Obstacle(
        kind, problem.said, numbers, part.division, part.stage,
        str(module) if module is not None else None, problem=problem,
    )  # fmt: skip


def _advances(plan: Plan, result: EventResult) -> Iterator[Obstacle]:
    """Stages whose entries were to be confirmed and were not."""
    working = result.working
    assert isinstance(working, Working)
    for stage, following in zip(plan.stages, plan.stages[1:], strict=False):
        if stage.advance is not None and following.code not in working.facts.advanced:
            said = Said(
                "Who goes on to {stage} is not confirmed yet.", {"stage": following.name or following.code}
            )
            yield Obstacle(ObstacleKind.ADVANCE, said, stage=following.code)
