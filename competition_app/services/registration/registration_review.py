"""资格审查: passing, handing back, refusing, correcting a registration; each is taken back by ``undoing``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from competition_app.domain.errors import Refusal
from competition_app.domain.registration.organisation_names import KnownNames
from competition_app.domain.registration.registration import HEADS, Column, RowRead, ScreenedRow, TableRead
from competition_app.domain.registration.registration_rules import RowRules
from competition_app.domain.registration.writing import Cell, key
from competition_app.services.competitions.competitions import refuse_if_locked
from competition_app.services.registration import organisations, registration_people
from competition_app.services.registration.registration_events import event_rules
from competition_app.services.registration.registration_intake import stored_problem
from competition_app.services.registration.review_withdrawals import came_from_review
from competition_app.services.workspace import Act
from competition_app.store.models import (
    Contestant,
    Division,
    Entry,
    Event,
    Membership,
    Organisation,
    Person,
    Registration,
)

_MUST_FIT = frozenset({"name", "id_number", "phone", "division", "organisation"})
"""Facts that are not corrected to something that is wrong again."""

_FROM_IMPORT = {"organisation_similar": ("organisation",), "namesake": ("name", "organisation")}
"""Problems that no rule finds in the row alone: they stay until one of these fields is corrected."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What stood in the field before, for taking the correction back, and how many problems are left."""

    registration: int
    field: str
    before: str
    problems_left: int


def pass_registrations(act: Act, registration_ids: Sequence[int]) -> None:
    """Passes registrations; refused while one of them has an open problem."""
    found = _found(act, registration_ids)
    for row in found:
        left = len(_open(row))
        if left:
            raise Refusal(
                "{name} has {n} open problem. Correct it or let it stand with a reason, then pass."
                "|{name} has {n} open problems. Correct them or let them stand with a reason, then pass.",
                name=_name(act, row),
                n=left,
            )
    _set(act, found, "passed", None)


def hand_back(act: Act, registration_ids: Sequence[int], reason: str) -> None:
    """Hands registrations back to their unit for mending, with the reason."""
    _set(act, _found(act, registration_ids), "returned", _reason(reason))


def refuse(act: Act, registration_ids: Sequence[int], reason: str) -> None:
    """Refuses registrations with the reason; an entry all of whose people are refused is withdrawn."""
    _set(act, _found(act, registration_ids), "refused", _reason(reason))


def settle(act: Act, registration_id: int, code: str, reason: str) -> None:
    """Lets a problem stand, with the reason (the paper was seen, the unit is another one …)."""
    (row,) = _found(act, [registration_id])
    text = _reason(reason)
    row.problems = [
        {**problem, "settled": text} if problem["code"] == code and "settled" not in problem else problem
        for problem in row.problems
    ]
    if row.state == "problem" and not _open(row):
        row.state = "waiting"


def correct(act: Act, registration_id: int, field: str, text: str) -> Correction:
    """Corrects one fact (name, sex, id_number, birth_date, phone …, or the head of another column).

    The whole row is held against the rules again. Raises Refusal where the new text is wrong too.
    """
    (row,) = _found(act, [registration_id])
    if field in ("event", "team"):
        raise Refusal("Event and team are not changed here. Refuse the registration and register anew.")
    facts = _Facts(act, row)
    before = facts.text(field)
    screened = facts.screened_with(field, text)
    for problem in screened.problems:
        if problem.more.get("role") == field and field in _MUST_FIT:
            raise Refusal(problem.said.text, **problem.said.values)
    if not screened.name:
        raise Refusal("There is no name. Enter it.")
    row.problems = facts.problems_after(field, screened)
    if field in ("id_number", "id_kind") and screened.id_number:
        registration_people.identify(act, row, screened.name, screened.id_kind, screened.id_number)
        facts = _Facts(act, row)
    facts.keep(field, screened)
    left = len(_open(row))
    if row.state in ("problem", "waiting", "returned"):
        row.state = "problem" if left else "waiting"
    return Correction(registration_id, field, before, left)


def _reason(text: str) -> str:
    if not text.strip():
        raise Refusal("A reason is needed. Write it in one sentence.")
    return text.strip()


def _found(act: Act, registration_ids: Sequence[int]) -> list[Registration]:
    rows = [act.session.get(Registration, registration_id) for registration_id in registration_ids]
    if None in rows:
        raise Refusal("This registration is no longer there. Refresh the page.")
    return [row for row in rows if row is not None]


def _open(row: Registration) -> list[dict[str, Any]]:
    return [problem for problem in row.problems if "settled" not in problem]


def _name(act: Act, row: Registration) -> str:
    query = select(Person.name).join(Contestant).where(Contestant.id == row.contestant_id)
    return act.session.scalars(query).one()


def _set(act: Act, rows: Sequence[Registration], state: str, reason: str | None) -> None:
    for row in rows:
        was, row.state = row.state, state
        row.reason, row.reviewed_at = reason, act.now
        entry_follows(act, row, was)


def entry_follows(act: Act, row: Registration, was: str) -> None:
    """An entry stands as withdrawn while all its people are refused, else as it did.

    ``was`` is the state the registration had. An entry withdrawn otherwise (弃权) stays withdrawn. Raises
    Refusal where somebody is refused, or no more, once the result is locked.
    """
    if "refused" not in (was, row.state):
        return
    act.session.flush()
    entry = act.session.get_one(Entry, row.entry_id)
    refuse_if_locked(act.session.get_one(Event, entry.event_id))
    query = select(Registration).where(Registration.entry_id == entry.id)
    if all(person.state == "refused" for person in act.session.scalars(query)):
        if entry.status == "ranked":
            entry.status, entry.status_reason = "withdrawn", row.reason
    elif was == "refused" and entry.status == "withdrawn" and came_from_review(act.session, entry.id):
        entry.status, entry.status_reason = "ranked", None


class _Facts:
    """A stored registration as a row of a form again, so that the same rules look at it."""

    def __init__(self, act: Act, row: Registration) -> None:
        session = act.session
        self._act, self._row = act, row
        self._contestant = session.get_one(Contestant, row.contestant_id)
        self._person = session.get_one(Person, self._contestant.person_id)
        self._entry = session.get_one(Entry, row.entry_id)
        self._member = session.get(Membership, (row.entry_id, row.contestant_id))
        self._event = session.get_one(Event, row.event_id)

    def text(self, field: str) -> str:
        """What stands in a field, as typed where it was wrong."""
        if field in HEADS:
            return str(self._cells().get(field) or "")
        return str(self._contestant.fields.get(field, ""))

    def screened_with(self, field: str, text: str) -> ScreenedRow:
        """The row as the rules see it with one field changed."""
        cells, fields = self._cells(), dict(self._contestant.fields)
        if field in HEADS:
            cells[field] = text
        else:
            fields[field] = text.strip()
        held = {problem["role"]: problem for problem in self._row.problems}
        columns = {role: Column(held.get(role, {}).get("column", head), 0) for role, head in HEADS.items()}
        read = RowRead(
            self._row.row or 0,
            {role: cell for role, cell in cells.items() if cell not in (None, "")},
            {head: value for head, value in fields.items() if value},
        )
        table = TableRead(self._row.sheet or "", columns, {}, (read,))
        rules = RowRules(
            event_rules(self._act.session, self._row.competition_id),
            KnownNames(),
            self._event.code,
        )
        return rules.screen(table, read)

    def problems_after(self, field: str, screened: ScreenedRow) -> list[dict[str, Any]]:
        """The problems after a correction: those found now, with their cells, and those let stand."""
        held = {(problem["code"], problem["role"]): problem for problem in self._row.problems}
        found = []
        for problem in map(stored_problem, screened.problems):
            was = held.get((problem["code"], problem["role"]), {})
            problem.pop("cell", None)
            found.append(problem | {name: was[name] for name in ("cell", "settled") if name in was})
        found += [
            problem for (code, _), problem in held.items() if field not in _FROM_IMPORT.get(code, (field,))
        ]
        return found

    def keep(self, field: str, row: ScreenedRow) -> None:
        """Stores what the rules made of the row."""
        person, contestant, entry = self._person, self._contestant, self._entry
        person.name, person.sex, person.birth_date, person.phone = (
            row.name,
            row.sex,
            row.birth_date,
            row.phone,
        )
        contestant.fields, contestant.employment = dict(row.fields), row.employment
        entry.coaches = list(row.coaches)
        if self._member is not None:
            self._member.role = row.role
        if field == "division":
            entry.division_id = self._division(row.division)
        if field == "organisation" and row.organisation:
            unit = organisations.find_or_create(self._act, [row.organisation])[key(row.organisation)]
            organisations.take_part(self._act, self._row.competition_id, [unit])
            entry.organisation_id = contestant.organisation_id = unit

    def _division(self, code: str | None) -> int | None:
        query = select(Division.id).where(Division.event_id == self._event.id, Division.code == code)
        return self._act.session.scalar(query)

    def _cells(self) -> dict[str, Cell]:
        session, person, entry = self._act.session, self._person, self._entry
        unit = session.get(Organisation, entry.organisation_id) if entry.organisation_id else None
        employer = session.get(Organisation, self._contestant.employer_id or 0)
        division = session.get(Division, entry.division_id) if entry.division_id else None
        cells: dict[str, Cell] = {
            "name": person.name, "sex": person.sex, "id_number": person.id_number,
            "id_kind": person.id_kind.upper() if person.id_kind != "resident" else None,
            "birth_date": person.birth_date, "phone": person.phone,
            "organisation": unit.name if unit else None,
            "employer": employer.name if employer else None, "event": self._event.code,
            "division": division.code if division else None, "team": entry.name,
            "role": self._member.role if self._member else None, "coaches": "、".join(entry.coaches),
            "employment": self._contestant.employment,
        }  # fmt: skip
        for problem in self._row.problems:
            if problem["role"] in HEADS and "value" in problem:
                cells[problem["role"]] = problem["value"]
        return cells
