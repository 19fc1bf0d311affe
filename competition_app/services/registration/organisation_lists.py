"""单位表: many units at once, from a table or from an earlier competition; and the table to fill in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from competition_app.documents.results import list_tables
from competition_app.domain.errors import Problem, Refusal, Said
from competition_app.domain.registration.identity import credit_code
from competition_app.domain.registration.writing import key
from competition_app.domain.scoring.typed_lists import UnitLine, unit_lines
from competition_app.services.registration.organisation_tree import participants
from competition_app.services.registration.organisations import by_name, take_part
from competition_app.services.workspace import Act
from competition_app.store.models import Organisation

__all__ = ["UnitLine", "UnitsTaken", "read_units", "take_over", "take_units", "write_units_form"]


@dataclass(frozen=True, slots=True)
class UnitsTaken:
    """What became of a list of units: how many are new, how many were there, what was left out and why."""

    added: int
    known: int
    problems: tuple[Problem, ...]


def read_units(path: Path) -> tuple[UnitLine, ...]:
    """The units of a workbook. Raises Refusal where it cannot be read or names none."""
    lines = unit_lines(list_tables.first_table(path))
    if not lines:
        raise Refusal(
            "{file} names no unit. Put the names under the head “单位名称”, one a line.", file=path.name
        )
    return lines


def write_units_form(target: Path) -> None:
    """Saves an empty table of units to fill in."""
    list_tables.write_list(target, "单位表", list_tables.UNITS, "类型", list_tables.UNIT_KINDS)


def take_units(act: Act, competition_id: int, lines: Sequence[UnitLine]) -> UnitsTaken:
    """Puts units in, each under the one named above it; of units already there only gaps are filled.

    All but unions take part in the competition. A wrong credit code, or one that another unit has, is left
    out and told, as is a place in the tree that would run in a circle.
    """
    known = by_name(act.session)
    before = len(known)
    units = {key(line.name): _unit(act, known, line.name, line.kind) for line in lines}
    for line in lines:
        if line.parent and key(line.parent) not in units:
            units[key(line.parent)] = _unit(act, known, line.parent, "union")
    problems = [problem for line in lines for problem in _fill(act, units, line)]
    act.session.flush()
    take_part(act, competition_id, [u.id for u in units.values() if u.kind in ("enterprise", "other")])
    added = len(by_name(act.session)) - before
    act.note(lines=len(lines), added=added)
    return UnitsTaken(added, len(units) - added, tuple(problems))


def _unit(act: Act, known: dict[str, int], name: str, kind: str) -> Organisation:
    plain = key(name)
    if plain in known:
        return act.session.get_one(Organisation, known[plain])
    unit = Organisation(name=name, kind=kind)
    act.session.add(unit)
    act.session.flush()
    known[plain] = unit.id
    return unit


def _fill(act: Act, units: Mapping[str, Organisation], line: UnitLine) -> list[Problem]:
    """Writes what a line tells into the gaps of its unit; what it could not."""
    unit, problems = units[key(line.name)], []
    unit.short_name = unit.short_name or line.short or None
    unit.contact = unit.contact or line.contact or None
    unit.contact_phone = unit.contact_phone or line.phone or None
    code, said = credit_code(line.credit_code)
    taken = code and act.session.scalar(select(Organisation.id).where(Organisation.credit_code == code))
    if said is not None:
        problems.append(Problem("credit_code", said, {"row": line.row}))
    elif taken and taken != unit.id:
        same = Said("{name}: another unit has the credit code {code}. Compare both licences.",
                    {"name": unit.name, "code": code})  # fmt: skip
        problems.append(Problem("credit_code", same, {"row": line.row}))
    else:
        unit.credit_code = unit.credit_code or code
    parent = units.get(key(line.parent)) if line.parent else None
    if parent is not None and unit.parent_id is None:
        if _stands_below(act, parent, unit):
            circle = Said("{name} would stand below itself. Choose another parent.", {"name": unit.name})
            problems.append(Problem("circle", circle, {"row": line.row}))
        else:
            unit.parent_id = parent.id
    act.session.flush()
    return problems


def _stands_below(act: Act, unit: Organisation, other: Organisation) -> bool:
    """Whether a unit is another or stands anywhere below it."""
    above: int | None = unit.id
    while above is not None:
        if above == other.id:
            return True
        above = act.session.get_one(Organisation, above).parent_id
    return False


def take_over(act: Act, competition_id: int, earlier_id: int) -> int:
    """The units of an earlier competition take part in this one too; returns how many are new here."""
    before = set(participants(act.session, competition_id))
    wanted = [unit for unit in participants(act.session, earlier_id) if unit not in before]
    take_part(act, competition_id, wanted)
    act.note(earlier=earlier_id, units=len(wanted))
    return len(wanted)
