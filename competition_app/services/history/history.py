"""The history (操作日志): what was done, by whom, when, where; read, resolved and, for one person, erased."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal, Said
from competition_app.services.access import ROLE_NAMES
from competition_app.services.history.history_words import DONE
from competition_app.services.workspace import Act
from competition_app.store.models import Contestant, History, Person, PersonalValue, Registration, Table
from competition_app.store.recording import columns_of

NAMELESS = "—"
"""What stands for the name of a person whose values were erased."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One operation as the page shows it. ``at`` is UTC in ISO; ``tables`` counts the rows it wrote."""

    seq: int
    at: str
    actor: str
    role: Said
    device: str
    program: str
    use_case: str
    done: Said
    tables: Mapping[str, int]
    notes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """One value before and after, as an operation changed it. Erased values are ``…``."""

    table: str
    key: tuple[Any, ...]
    column: str
    old: Any
    new: Any


def rows(
    session: Session, *, before: int | None = None, limit: int = 200, use_cases: Sequence[str] = ()
) -> tuple[HistoryRow, ...]:
    """The operations, newest first: ``limit`` of those before number ``before``, of these use cases."""
    query = select(History).order_by(History.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(History.seq < before)
    if use_cases:
        query = query.where(History.use_case.in_(use_cases))
    return tuple(_shown(row) for row in session.scalars(query))


def _shown(row: History) -> HistoryRow:
    change = json.loads(row.change)
    tables: dict[str, int] = {}
    for part in change.get("rows", ()):
        tables[part["table"]] = tables.get(part["table"], 0) + 1
    for part in change.get("bulk", ()):
        tables[part["table"]] = tables.get(part["table"], 0) + part["count"]
    role = ROLE_NAMES[Role(row.role)]
    done = DONE.get(row.use_case) or Said("Another operation ({use_case})", {"use_case": row.use_case})
    return HistoryRow(
        row.seq, row.at, row.actor, role, row.device, row.program, row.use_case, done, tables,
        change.get("notes", {}),
    )  # fmt: skip


def details(session: Session, seq: int) -> tuple[Changed, ...]:
    """Every value one operation changed, personal ones looked up beside the history while they are there."""
    row = session.get(History, seq)
    if row is None:
        raise Refusal("There is no operation {seq} in the history. Refresh the page.", seq=seq)
    query = select(PersonalValue.item, PersonalValue.value).where(PersonalValue.seq == seq)
    personal = {row.item: row.value for row in session.execute(query)}
    found = []
    for part in json.loads(row.change).get("rows", ()):
        old, new = part.get("old", {}), part.get("new", {})
        for column in dict.fromkeys((*old, *new)):
            before, after = (_resolved(side.get(column), personal) for side in (old, new))
            found.append(Changed(part["table"], tuple(part["key"]), column, before, after))
    return tuple(found)


def _resolved(value: Any, personal: Mapping[int, str | None]) -> Any:
    if not isinstance(value, dict) or set(value) != {"personal", "sha256"}:
        return value
    held = personal.get(value["personal"])
    return "…" if held is None else json.loads(held)


def _clear(row: Table) -> None:
    """Empties every personal column of a row: an empty list or mapping where it holds one, else nothing."""
    for column in columns_of(type(row)).personal:
        held = getattr(row, column)
        setattr(row, column, type(held)() if isinstance(held, list | dict) else None)


def erase_person(act: Act, person_id: int, reason: str) -> None:
    """Erases a person's values from register and history; places, marks and the chain stay.

    The register of certificates keeps what was printed, a public record. Raises Refusal without reason.
    """
    if not reason.strip():
        raise Refusal("Erasing a person needs a reason. Type why.")
    person = act.session.get(Person, person_id)
    if person is None:
        raise Refusal("This person is not in the store any more. Refresh the page.")
    contestants = act.session.scalars(select(Contestant).where(Contestant.person_id == person_id)).all()
    keys = [contestant.id for contestant in contestants]
    query = select(Registration).where(Registration.contestant_id.in_(keys))
    for row in (person, *contestants, *act.session.scalars(query)):
        _clear(row)
    person.name = NAMELESS
    act.forget(person_id)
    act.note(person=person_id, reason=reason)
