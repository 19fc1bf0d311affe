"""Judges' seats of an event, the persons on them, and the modules they are assigned to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.services.competitions.competitions import event_of, refuse_if_locked
from competition_app.services.plans.plans import module_rule, plan_of
from competition_app.services.workspace import Act
from competition_app.store.models import (
    Assignment,
    Judge,
    JudgePerson,
    Mark,
    MarkVersion,
    Organisation,
    Sheet,
    Work,
)

SEAT_ROLES = (Role.JUDGE, Role.CHIEF_JUDGE, Role.ENCRYPTION_JUDGE, Role.SUPERVISOR)
"""The roles of those who sit on a panel; who marks is said by the modules assigned (scoring.md §2)."""


@dataclass(frozen=True, slots=True)
class JudgeRow:
    """A judge's seat: its code, who sits there now, and the modules (stage, module) it is assigned to."""

    id: int
    code: str
    name: str | None
    organisation_id: int | None
    organisation: str | None
    role: str
    group: str | None
    modules: tuple[tuple[str, str], ...]
    persons: int


def add_judge(
    act: Act,
    event_id: int,
    code: str,
    *,
    name: str | None = None,
    organisation_id: int | None = None,
    role: str = Role.JUDGE,
    group: str | None = None,
    modules: Sequence[tuple[str, str]] = (),
) -> int:
    """A new seat on the event's panel with the person on it; ``modules`` are (stage, module)."""
    event_of(act.session, event_id)
    code = code.strip()
    if not code:
        raise Refusal("The judge's seat has no code: give it one such as J1.")
    if act.session.scalar(select(exists().where(Judge.event_id == event_id, Judge.code == code))):
        raise Refusal("The seat {code} is already on this panel: choose another code.", code=code)
    last = select(func.coalesce(func.max(Judge.position), -1)).where(Judge.event_id == event_id)
    judge = Judge(
        event_id=event_id,
        code=code,
        role=_seat_role(role),
        judging_group=group,
        position=(act.session.scalar(last) or 0) + 1,
    )
    act.session.add(judge)
    act.session.flush()
    if name or organisation_id is not None:
        act.session.add(
            JudgePerson(judge_id=judge.id, name=name, organisation_id=organisation_id, since=None)
        )
    assign(act, judge.id, modules)
    return judge.id


def edit_judge(
    act: Act, judge_id: int, *, name: str | None, organisation_id: int | None, role: str, group: str | None
) -> None:
    """Corrects what is known of the seat and of the person on it now; another person is ``pass_seat``.

    Group and unit decide who owes which sheets: refused once the result is locked, another group also while
    marks of the seat stand.
    """
    judge = judge_of(act.session, judge_id)
    person = sitting(act.session, judge_id)
    before = person.organisation_id if person else None
    if (judge.judging_group, before) != (group, organisation_id):
        refuse_if_locked(event_of(act.session, judge.event_id))
    if judge.judging_group != group and _marked_places(act.session, judge_id):
        raise Refusal(
            "Marks of {code} stand, so its group stays: take them back first, or add another seat.",
            code=judge.code,
        )
    judge.role, judge.judging_group = _seat_role(role), group
    if person is None:
        act.session.add(
            JudgePerson(judge_id=judge_id, name=name, organisation_id=organisation_id, since=None)
        )
    else:
        person.name, person.organisation_id = name, organisation_id


def pass_seat(act: Act, judge_id: int, name: str, *, organisation_id: int | None = None) -> None:
    """Another person takes the seat from now on; marks given before stay those of the one before."""
    judge = judge_of(act.session, judge_id)
    refuse_if_locked(event_of(act.session, judge.event_id))
    if not name.strip():
        raise Refusal("Write the name of the person who takes the seat {code}.", code=judge.code)
    act.session.add(
        JudgePerson(judge_id=judge.id, name=name.strip(), organisation_id=organisation_id, since=act.now)
    )


def give_back_seat(act: Act, judge_id: int) -> None:
    """Undo of ``pass_seat``: who sat there before sits there again, as long as the newest has not marked."""
    judge = judge_of(act.session, judge_id)
    refuse_if_locked(event_of(act.session, judge.event_id))
    people = act.session.scalars(
        select(JudgePerson).where(JudgePerson.judge_id == judge_id).order_by(JudgePerson.id.desc()).limit(2)
    ).all()
    if len(people) < 2:
        raise Refusal("Nobody sat on {code} before.", code=judge.code)
    if act.session.scalar(select(exists().where(MarkVersion.judge_person_id == people[0].id))):
        raise Refusal(
            "{name} has already marked on {code}, so the seat cannot go back. Pass it on instead.",
            name=people[0].name or "—",
            code=judge.code,
        )
    act.session.delete(people[0])


def assign(act: Act, judge_id: int, modules: Sequence[tuple[str, str]]) -> None:
    """Makes these (stage, module) all that the seat is assigned to; one where marks of it stand stays."""
    judge = judge_of(act.session, judge_id)
    plan = plan_of(act.session, judge.event_id)
    known = {(stage.code, module.code) for stage in plan.stages for module in stage.modules}
    for stage, module in modules:
        if (stage, module) not in known:
            raise Refusal("The plan has no module {module} in stage {stage}.", module=module, stage=stage)
    rows = act.session.scalars(select(Assignment).where(Assignment.judge_id == judge_id))
    present = {(row.stage, row.module): row for row in rows}
    gone = present.keys() - set(modules)
    if present.keys() != set(modules):
        refuse_if_locked(event_of(act.session, judge.event_id))
    if stay := sorted(gone & known & _marked_places(act.session, judge_id)):
        stage, module = stay[0]
        raise Refusal(
            "Marks of {code} stand in {module}, so it stays assigned there: take them back first.",
            code=judge.code,
            module=module_rule(act.session, judge.event_id, stage, module).name or module,
        )
    for key in gone:
        act.session.delete(present[key])
    for stage, module in dict.fromkeys(modules):
        if (stage, module) not in present:
            act.session.add(Assignment(judge_id=judge_id, stage=stage, module=module))
    act.session.flush()


def remove_judge(act: Act, judge_id: int) -> None:
    """Takes away a seat that has not marked yet."""
    judge = judge_of(act.session, judge_id)
    refuse_if_locked(event_of(act.session, judge.event_id))
    marked = exists().where(MarkVersion.judge_id == judge_id)
    if act.session.scalar(select(marked)) or act.session.scalar(
        select(exists().where(Sheet.judge_id == judge_id))
    ):
        raise Refusal(
            "{code} has already marked and stays: pass the seat to another person.", code=judge.code
        )
    for row in act.session.scalars(select(Assignment).where(Assignment.judge_id == judge_id)):
        act.session.delete(row)
    for person in act.session.scalars(select(JudgePerson).where(JudgePerson.judge_id == judge_id)):
        act.session.delete(person)
    act.session.flush()
    act.session.delete(judge)


def judges(session: Session, event_id: int) -> tuple[JudgeRow, ...]:
    """The seats of the event's panel in their order, with who sits there now."""
    assigned: dict[int, list[tuple[str, str]]] = {}
    seats = select(Judge.id).where(Judge.event_id == event_id)
    for row in session.scalars(select(Assignment).where(Assignment.judge_id.in_(seats))):
        assigned.setdefault(row.judge_id, []).append((row.stage, row.module))
    people: dict[int, list[tuple[JudgePerson, str | None]]] = {}
    who = select(JudgePerson, Organisation.name).outerjoin(
        Organisation, Organisation.id == JudgePerson.organisation_id
    )
    for sat, unit in session.execute(who.where(JudgePerson.judge_id.in_(seats)).order_by(JudgePerson.id)):
        people.setdefault(sat.judge_id, []).append((sat, unit))
    found = session.scalars(
        select(Judge).where(Judge.event_id == event_id).order_by(Judge.position, Judge.id)
    )
    rows = []
    for judge in found:
        seated = people.get(judge.id, [])
        now: tuple[JudgePerson | None, str | None] = seated[-1] if seated else (None, None)
        person, organisation = now
        rows.append(
            JudgeRow(
                judge.id,
                judge.code,
                person.name if person else None,
                person.organisation_id if person else None,
                organisation,
                judge.role,
                judge.judging_group,
                tuple(assigned.get(judge.id, ())),
                len(seated),
            )
        )
    return tuple(rows)


def judge_of(session: Session, judge_id: int) -> Judge:
    """The seat's row, for use cases; refused when it is not there."""
    judge = session.get(Judge, judge_id)
    if judge is None:
        raise Refusal("This judge is no longer on the panel: choose another in the list.")
    return judge


def sitting(session: Session, judge_id: int) -> JudgePerson | None:
    """Who sits on the seat now."""
    people = select(JudgePerson).where(JudgePerson.judge_id == judge_id)
    return session.scalar(people.order_by(JudgePerson.id.desc()).limit(1))


def _marked_places(session: Session, judge_id: int) -> set[tuple[str, str]]:
    """The (stage, module) in which marks of the seat stand."""
    query = select(Work.stage, Work.module).join(Mark, Mark.work_id == Work.id)
    return {(stage, module) for stage, module in session.execute(query.where(Mark.judge_id == judge_id))}


def _seat_role(role: str) -> str:
    if role not in SEAT_ROLES:
        raise Refusal(
            "{role} is no role on a panel: choose judge, chief judge, encryption judge or supervisor.",
            role=role,
        )
    return str(role)
