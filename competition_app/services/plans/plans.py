"""Plans as they are stored, version by version, and what pages choose from them: modules and criteria."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competition_app.documents.reading.json_reading import exact_values
from competition_app.domain.errors import Refusal
from competition_app.domain.plans import plan as rules
from competition_app.domain.plans.plan import NO_PLAN, Plan
from competition_app.domain.plans.plan_checks import read_plan
from competition_app.store.models import Criterion, Entry, Event, Mark, PlanVersion, Score, Work, WorkLink


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """A module as pages choose it; ``rule`` is the module of the plan. ``works`` > 0: judging is open.

    ``coded``: works go by anonymous codes, so a judge's page shows no number and no name.
    ``locked``: the result is locked, so nothing can be entered.
    """

    event_id: int
    event: str
    stage: str
    stage_name: str
    module: str
    module_name: str
    kind: str  # direct, sheets, members
    works: int
    coded: bool
    rule: rules.Module
    locked: bool = False


def store_plan(session: Session, event: Event, text: str, reason: str | None, now: str) -> int:
    """Writes a checked plan as the event's next version and gives each criterion its short number."""
    plan = plan_from(text)
    newest = session.scalar(select(func.max(PlanVersion.version)).where(PlanVersion.event_id == event.id))
    version = (newest or 0) + 1
    session.add(PlanVersion(event_id=event.id, version=version, plan=text, reason=reason, made_at=now))
    rows = session.scalars(select(Criterion).where(Criterion.event_id == event.id))
    known = {(c.stage, c.module, c.code) for c in rows}
    wanted = [(s.code, m.code, c.code) for s in plan.stages for m in s.modules for c in m.criteria]
    for stage, module, code in wanted:
        if (stage, module, code) not in known:
            session.add(Criterion(event_id=event.id, stage=stage, module=module, code=code))
    session.flush()
    return version


def has_marks(session: Session, event_id: int) -> bool:
    """Whether any mark or score of the event was ever entered."""
    works = select(Mark.work_id).join(Work, Work.id == Mark.work_id).where(Work.event_id == event_id)
    scores = select(Score.entry_id).join(Entry, Entry.id == Score.entry_id).where(Entry.event_id == event_id)
    return bool(session.scalar(select(works.exists() | scores.exists())))


def plan_of(session: Session, event_id: int) -> Plan:
    """The plan that counts: the event's newest version; one without stages where none was set yet."""
    text = _newest(session, event_id)
    return NO_PLAN if text is None else plan_from(text)


def plan_text(session: Session, event_id: int) -> str:
    """The newest version of the event's plan as JSON text, as it was given."""
    text = _newest(session, event_id)
    if text is None:
        raise Refusal("This event has no plan yet: set one on the page of events and rules.")
    return text


def _newest(session: Session, event_id: int) -> str | None:
    newest = select(PlanVersion.plan).where(PlanVersion.event_id == event_id)
    return session.scalar(newest.order_by(PlanVersion.version.desc()).limit(1))


def planned(session: Session, event: Event) -> Plan:
    """The plan that counts, for papers of the result; refused where none was set yet."""
    plan = plan_of(session, event.id)
    if not plan.stages:
        raise Refusal(
            "{event} has no plan yet, so it has no result: set one on the page of events and rules.",
            event=event.name or event.code,
        )
    return plan


@lru_cache(maxsize=64)
def plan_from(text: str) -> Plan:
    """A plan's JSON text as a plan; refused with every error and its path."""
    try:
        values = exact_values(text)
    except (ValueError, RecursionError):
        raise Refusal("The plan is not JSON: take it from the editor or from a preset.") from None
    return read_plan(values)


def modules(session: Session, event_id: int) -> tuple[ModuleRow, ...]:
    """The modules of an event in the plan's order."""
    event = session.get(Event, event_id)
    if event is None:
        raise Refusal("This event is no longer there: choose another in the list.")
    counts = select(Work.stage, Work.module, func.count()).where(Work.event_id == event_id)
    works = {(s, m): n for s, m, n in session.execute(counts.group_by(Work.stage, Work.module))}
    plain = select(Work.stage, Work.module).join(WorkLink, WorkLink.work_id == Work.id)
    plain = plain.join(Entry, Entry.id == WorkLink.entry_id).where(Work.event_id == event_id)
    uncoded = {(s, m) for s, m in session.execute(plain.where(Work.code == Entry.number).distinct())}
    return tuple(
        ModuleRow(
            event_id, event.name, stage.code, stage.name or stage.code, module.code,
            module.name or module.code, module.kind, works.get((stage.code, module.code), 0),
            (stage.code, module.code) in works and (stage.code, module.code) not in uncoded, module,
            event.state not in ("open", "provisional"),
        )
        for stage in plan_of(session, event_id).stages
        for module in stage.modules
    )  # fmt: skip


def module_rule(session: Session, event_id: int, stage: str, module: str) -> rules.Module:
    """A module of the plan that counts; refused when the plan has none of these codes."""
    found = plan_of(session, event_id).stage(stage)
    rule = found.module(module) if found else None
    if rule is None:
        raise Refusal("The plan has no module {module} in stage {stage}.", module=module, stage=stage)
    return rule
