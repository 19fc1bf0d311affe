"""裁判: an event's panel as its page shows it: seats, who sits and sat there, what each owes and has done."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from competition_app.documents.results import list_tables
from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.domain.registration.organisation_names import KnownNames
from competition_app.domain.registration.writing import key, trimmed
from competition_app.domain.scoring.figures import natural
from competition_app.domain.scoring.typed_lists import JudgeLine, judge_lines, pasted
from competition_app.services.competitions import panels
from competition_app.services.judging.marking_grid import owing
from competition_app.services.plans.plans import plan_of
from competition_app.services.registration.organisations import by_name
from competition_app.services.workspace import Act
from competition_app.store.models import Judge, JudgePerson, MarkVersion, Organisation, Sheet, Work

MARKING = (Role.JUDGE, Role.CHIEF_JUDGE)
"""The roles that mark; the others watch and keep codes."""
__all__ = [
    "MARKING", "Duty", "JudgeLine", "JudgesRead", "PanelModule", "PanelShown", "Sat", "Seat", "add_judges",
    "change_seat", "free_code", "hand_seat", "in_order", "look_through", "panel", "read_judges",
    "read_pasted", "remove_judges", "write_judges_form",
]  # fmt: skip
_LETTERS = {Role.ENCRYPTION_JUDGE: "E", Role.SUPERVISOR: "S"}


@dataclass(frozen=True, slots=True)
class PanelModule:
    """A module that judges mark; ``opened``: its works are made; ``blind``: under anonymous codes."""

    stage: str
    module: str
    name: str
    stage_name: str
    opened: bool
    blind: bool
    judges: int


@dataclass(frozen=True, slots=True)
class Duty:
    """What a seat owes in a module, in sheets: all, complete, counting; ``assigned`` by a tick."""

    stage: str
    module: str
    assigned: bool
    owed: int
    done: int
    counted: int


@dataclass(frozen=True, slots=True)
class Sat:
    """Who sits or sat on a seat, since when (UTC; None: from the start), and how many marks are theirs."""

    id: int
    name: str
    organisation: str
    since: str | None
    marks: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat with its duties in the order of the modules; ``people`` from the first to who sits there now."""

    id: int
    code: str
    role: Role
    group: str | None
    people: tuple[Sat, ...]
    duties: tuple[Duty, ...]
    marked: bool

    @property
    def now(self) -> Sat | None:
        """Who sits there now."""
        return self.people[-1] if self.people else None

    @property
    def name(self) -> str:
        """The name of who sits there now."""
        return self.people[-1].name if self.people else ""

    @property
    def organisation(self) -> str:
        """The unit of who sits there now."""
        return self.people[-1].organisation if self.people else ""

    @property
    def owed(self) -> int:
        """Sheets owed over all modules."""
        return sum(duty.owed for duty in self.duties)

    @property
    def done(self) -> int:
        """Sheets complete over all modules."""
        return sum(duty.done for duty in self.duties)


@dataclass(frozen=True, slots=True)
class PanelShown:
    """An event's panel, and the names of all units, for a field that completes them."""

    modules: tuple[PanelModule, ...]
    seats: tuple[Seat, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgesRead:
    """A list of judges looked through: lines, units not known, near-equal units as (typed, known)."""

    lines: tuple[JudgeLine, ...]
    new_units: tuple[str, ...]
    near: tuple[tuple[str, str], ...]


def panel(session: Session, event_id: int) -> PanelShown:
    """The event's panel with every seat's duties, in one look at the store."""
    plan = plan_of(session, event_id)
    rules = [(s, m) for s in plan.stages for m in s.modules if m.kind == "sheets"]
    opened = set(
        session.execute(select(Work.stage, Work.module).where(Work.event_id == event_id).distinct()).all()
    )
    rows = panels.judges(session, event_id)
    duties: dict[int, list[Duty]] = {row.id: [] for row in rows}
    modules = []
    for stage, rule in rules:
        here = (stage.code, rule.code)
        progress = {one.judge_id: one for one in owing(session, event_id, *here)}
        for row in rows:
            own = progress.get(row.id)
            owed, done, counted = (own.owed, own.done, own.counted) if own else (0, 0, 0)
            duties[row.id].append(Duty(*here, here in row.modules, owed, done, counted))
        named = sum(here in row.modules for row in rows)
        modules.append(
            PanelModule(
                *here, rule.name or rule.code, stage.name or stage.code, here in opened, rule.blind, named
            )
        )
    people = _people(session, event_id)
    begun = exists().where(Sheet.judge_id == Judge.id)
    marked = set(session.scalars(select(Judge.id).where(Judge.event_id == event_id, begun)))
    marked |= {seat for seat, sat in people.items() if any(one.marks for one in sat)}
    seats = tuple(
        Seat(
            row.id, row.code, Role(row.role), row.group, tuple(people.get(row.id, ())),
            tuple(duties[row.id]), row.id in marked,
        )
        for row in rows
    )  # fmt: skip
    return PanelShown(
        tuple(modules), seats, tuple(session.scalars(select(Organisation.name).order_by(Organisation.name)))
    )


def _people(session: Session, event_id: int) -> dict[int, list[Sat]]:
    who = (
        select(JudgePerson, Organisation.name)
        .join(Judge, Judge.id == JudgePerson.judge_id)
        .outerjoin(Organisation, Organisation.id == JudgePerson.organisation_id)
        .where(Judge.event_id == event_id)
        .order_by(JudgePerson.id)
    )
    found = session.execute(who).all()
    counted = select(MarkVersion.judge_person_id, func.count()).where(
        MarkVersion.judge_person_id.in_([sat.id for sat, _unit in found]), MarkVersion.version == 1
    )
    marks = dict(session.execute(counted.group_by(MarkVersion.judge_person_id)).all())
    people: dict[int, list[Sat]] = {}
    for sat, unit in found:
        one = Sat(sat.id, sat.name or "", unit or "", sat.since, marks.get(sat.id, 0))
        people.setdefault(sat.judge_id, []).append(one)
    return people


def look_through(session: Session, lines: Sequence[JudgeLine]) -> JudgesRead:
    """Which units of a list of judges are not known, and which are nearly those of a known unit.

    A judge of a unit written otherwise than its contestants write it would not be kept from them.
    """
    known = by_name(session)
    names = KnownNames(session.scalars(select(Organisation.name)))
    new = dict.fromkeys(line.unit for line in lines if line.unit and key(line.unit) not in known)
    near = [(unit, found) for unit in new if (found := names.near(unit)) is not None]
    return JudgesRead(tuple(lines), tuple(new), tuple(near))


def read_pasted(text: str) -> tuple[JudgeLine, ...]:
    """The judges of a text copied from a spreadsheet."""
    return judge_lines(pasted(text))


def read_judges(path: Path) -> tuple[JudgeLine, ...]:
    """The judges of a workbook. Raises Refusal where it cannot be read or names none."""
    lines = judge_lines(list_tables.first_table(path))
    if not lines:
        raise Refusal(
            "{file} names no judge. Put the names under the head “姓名”, one a line.", file=path.name
        )
    return lines


def write_judges_form(target: Path) -> None:
    """Saves an empty list of judges to fill in."""
    list_tables.write_list(target, "裁判名单", list_tables.JUDGES, "角色", list_tables.JUDGE_ROLES)


def add_judges(
    act: Act, event_id: int, lines: Sequence[JudgeLine], modules: Sequence[tuple[str, str]] = ()
) -> tuple[int, ...]:
    """A seat for each line, coded on from those there (J4, J5 …; E1 and S1 for those who do not mark).

    Those who mark are assigned to ``modules``. Units not known are made. Raises Refusal, naming the line,
    where a role is none.
    """
    taken = {row.code for row in panels.judges(act.session, event_id)}
    made = []
    for line in lines:
        if line.role is None:
            raise Refusal(
                "Line {row}, {name}: “{role}” is no role. Write “裁判”, “裁判长”, “加密裁判” or “监督员”.",
                row=line.row, name=line.name, role=line.written,
            )  # fmt: skip
        code = free_code(line.role, taken)
        taken.add(code)
        made.append(
            panels.add_judge(
                act, event_id, code, name=line.name, organisation_id=_unit(act, line.unit), role=line.role,
                group=line.group or None, modules=modules if line.role in MARKING else (),
            )
        )  # fmt: skip
    act.note(event=event_id, seats=len(made))
    return tuple(made)


def free_code(role: Role, taken: set[str]) -> str:
    """The next code of a seat for this role that is not taken."""
    letter, number = _LETTERS.get(role, "J"), 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"


def remove_judges(act: Act, judge_ids: Sequence[int]) -> None:
    """Undo of ``add_judges``: takes these seats away; refused once one has marked."""
    for judge_id in judge_ids:
        panels.remove_judge(act, judge_id)


def change_seat(act: Act, judge_id: int, name: str, unit: str, role: Role, group: str) -> None:
    """Corrects what is known of the seat and of who sits there; a unit not known is made."""
    name = trimmed(name)
    if not name:
        raise Refusal("Write the name of the person on this seat.")
    panels.edit_judge(
        act, judge_id, name=name, organisation_id=_unit(act, unit), role=role, group=trimmed(group) or None
    )


def hand_seat(act: Act, judge_id: int, name: str, unit: str) -> None:
    """Another person of this unit takes the seat from now on; a unit not known is made."""
    panels.pass_seat(act, judge_id, name, organisation_id=_unit(act, unit))


def _unit(act: Act, name: str) -> int | None:
    """The unit of this name, made as one that takes no part where it is not known."""
    name = trimmed(name)
    if not name:
        return None
    known = by_name(act.session).get(key(name))
    if known is not None:
        return known
    unit = Organisation(name=name, kind="other")
    act.session.add(unit)
    act.session.flush()
    return unit.id


def in_order(seats: Sequence[Seat]) -> tuple[Seat, ...]:
    """The seats by their codes: the judges first, then those who do not mark."""
    return tuple(sorted(seats, key=lambda seat: (seat.role not in MARKING, natural(seat.code))))
