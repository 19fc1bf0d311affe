"""What if, after the lock: whose place would move under one supposition; only the looking is recorded."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal, Said
from competition_app.domain.looking_back.what_if import (
    OF_STAGE,
    RUNGS,
    Moved,
    OtherCombination,
    OtherRounding,
    OtherTieOrder,
    Rung,
    Supposition,
    WithoutJudge,
    moves,
    ranked_if,
)
from competition_app.domain.looking_back.what_if_words import rung_name, supposition_said
from competition_app.domain.plans.plan import CriterionPanel, Module, Plan, Stage, TieKey
from competition_app.domain.ranking.ranking import Working
from competition_app.domain.ranking.result import EventResult
from competition_app.services.competitions.competitions import event_of
from competition_app.services.competitions.panels import judges
from competition_app.services.history.noted import noted
from competition_app.services.judging.entrants import entrants
from competition_app.services.locking.locking import refuse_unless_locked
from competition_app.services.plans.plans import plan_of
from competition_app.services.results.results import data_version, event_result, uncollected
from competition_app.services.workspace import Act

__all__ = [
    "Moved", "Offers", "OtherCombination", "OtherRounding", "OtherTieOrder", "Supposed", "SupposedMove",
    "WithoutJudge", "offers", "open_what_if", "suppose",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SupposedMove:
    """An entry that would stand otherwise, with the name behind its number (``Moved`` says how)."""

    name: str
    moved: Moved


@dataclass(frozen=True, slots=True)
class Supposed:
    """What a supposition would change: in words, those whose place or prize would move, how many others.

    ``moves`` stand in printed order; ``totals_only`` counts entries whose total alone would be another,
    ``entries`` all of the event's rows; ``incomplete`` those that would miss something (too few judges).
    ``version`` is the data version of the event it was worked out of.
    """

    supposition: Supposition
    said: Said
    moves: tuple[SupposedMove, ...]
    totals_only: int
    incomplete: int
    entries: int
    event_id: int
    version: int


@dataclass(frozen=True, slots=True)
class OfferedModule:
    """A module with sheets and the panels at work in it, of the module or its criteria, each once."""

    stage: str
    module: str
    name: str
    panels: tuple[CriterionPanel, ...]


@dataclass(frozen=True, slots=True)
class OfferedRung:
    """A rung of a stage or of a module, with its digits now (None: not rounded there)."""

    rung: Rung
    name: Said
    stage: str
    module: str | None
    module_name: str | None
    digits: int | None


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be supposed of an event: seats with the person's name, modules, rungs, tie keys by stage."""

    judges: tuple[tuple[str, str | None], ...]
    modules: tuple[OfferedModule, ...]
    rungs: tuple[OfferedRung, ...]
    ties: tuple[tuple[str, tuple[TieKey, ...]], ...]


def offers(session: Session, event_id: int) -> Offers:
    """What can be supposed; shows nothing but the plan and the seats."""
    plan = plan_of(session, event_id)
    modules = [(stage, module) for stage in plan.stages for module in stage.modules]
    return Offers(
        tuple((judge.code, judge.name) for judge in judges(session, event_id)),
        tuple(
            OfferedModule(stage.code, module.code, module.name or module.code, _panels(module))
            for stage, module in modules
            if module.kind == "sheets"
        ),
        tuple(rung for stage in plan.stages for rung in _rungs(stage)),
        tuple((stage.code, stage.ties) for stage in plan.stages if stage.ties),
    )  # fmt: skip


def _panels(module: Module) -> tuple[CriterionPanel, ...]:
    """The panels at work that another combination would change: not those of agreed values."""
    if module.panel.across == "sheet":
        return (module.panel,)
    own = [criterion.panel for criterion in module.criteria]
    found = [one or module.panel for one in own if one is None or one.combine != "agreed"]
    return tuple(one for at, one in enumerate(found) if one not in found[:at])


def _rungs(stage: Stage) -> Iterator[OfferedRung]:
    """The rungs the stage's totals pass, from the marks upwards."""
    for module in stage.modules:
        for rung in RUNGS:
            if rung in _passed(module):
                digits = getattr(module.round, rung)
                yield OfferedRung(
                    rung, rung_name(rung), stage.code, module.code, module.name or module.code, digits
                )
    for rung in RUNGS:
        if rung in OF_STAGE:
            yield OfferedRung(rung, rung_name(rung), stage.code, None, None, getattr(stage.round, rung))


def _passed(module: Module) -> frozenset[Rung]:
    """The rungs a module's marks pass on their way to its score."""
    if module.kind == "sheets":
        if module.panel.across == "sheet":
            return frozenset({"sheet", "attempt", "module"})
        return frozenset({"criterion", "factored", "attempt", "module"})
    return frozenset({"attempt", "module"}) if module.kind == "direct" else frozenset({"module"})


def suppose(session: Session, event_id: int, supposition: Supposition) -> Supposed:
    """Who would stand otherwise; to be shown to nobody before ``open_what_if`` has recorded who looks.

    Raises Refusal before the lock, and for a judge, stage or module that the event does not have.
    """
    refuse_unless_locked(event_of(session, event_id))
    now, version = event_result(session, event_id), data_version(session, event_id)
    said = supposition_said(supposition, _plan(now))
    with uncollected():
        found = moves(now, ranked_if(now, supposition))
    people = entrants(session, event_id)
    named = tuple(
        SupposedMove(people[one.number].name if one.number in people else one.number, one)
        for one in found
        if one.matters
    )
    return Supposed(
        supposition, said, named, sum(not one.matters for one in found),
        sum(one.status_after is not None and one.status_after.value == "incomplete" for one in found),
        sum(len(part.standings) for part in now.divisions), event_id, version,
    )  # fmt: skip


def open_what_if(act: Act, found: Supposed) -> Supposed:
    """Lets a supposition be looked at: nothing is stored but the row of history saying who looked at what.

    It was worked out before (``suppose``), so that nobody waits for it. Raises Refusal where the result is
    not locked, or has changed since.
    """
    event = event_of(act.session, found.event_id)
    refuse_unless_locked(event)
    if data_version(act.session, event.id) != found.version:
        raise Refusal("The result of {event} has changed meanwhile: work it out once more.", event=event.name)
    act.note(event=event.id, supposition=noted(found.said))
    return found


def _plan(result: EventResult) -> Plan:
    assert isinstance(result.working, Working)
    return result.working.facts.plan
