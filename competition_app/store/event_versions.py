"""Counts up an event's data version when something its result depends on is written."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from competition_app.store.database import run, run_many

MARKS = frozenset({"marks", "mark_versions", "sheets"})
"""Tables of marks: written alone, only the works they hang on must be ranked again."""

OWNER = {
    "events": "id", "divisions": "event_id", "plan_versions": "event_id", "criteria": "event_id",
    "judges": "event_id", "works": "event_id", "rulings": "event_id", "entries": "event_id",
    "marks": "work_id", "mark_versions": "work_id", "sheets": "work_id", "recusals": "work_id",
    "work_links": "work_id", "scores": "entry_id", "module_facts": "entry_id", "penalties": "entry_id",
    "entry_organisations": "entry_id", "memberships": "entry_id", "assignments": "judge_id",
    "registrations": "entry_id", "judge_persons": "judge_id", "contestants": "contestant_id",
    "participations": "organisation_id", "persons": "person_id", "organisations": "organisation_id",
}  # fmt: skip
"""The tables a result depends on, and what leads to the event. People lead to the events they compete in
(age and titles held decide a nomination), a unit to those whose entries or judges are of it or of a unit
below it (the tree, and the nodes of it a plan names, decide who is kept from marking whom)."""

ITSELF = {"persons": "id", "contestants": "id", "organisations": "id"}
"""Tables whose own key leads to the events; a new row leads to none before another names it."""

IDLE = {
    "events": frozenset({"state", "name", "position", "aliases", "quota", "eligibility"}),
    "organisations": frozenset({"name", "short_name", "kind", "credit_code", "contact", "contact_phone"}),
    "persons": frozenset({"id_kind", "id_number", "phone"}),
    "contestants": frozenset({"photo"}),
}
"""Columns of those tables that decide no result: locking, reopening and renaming rank nothing anew, nor
does a unit's telephone."""

_EVENTS_OF = {
    "work_id": "SELECT DISTINCT event_id FROM works WHERE id IN (?)",
    "entry_id": "SELECT DISTINCT event_id FROM entries WHERE id IN (?)",
    "judge_id": "SELECT DISTINCT event_id FROM judges WHERE id IN (?)",
    "contestant_id": """
SELECT DISTINCT e.event_id FROM memberships m JOIN entries e ON e.id = m.entry_id
WHERE m.contestant_id IN (?)""",
    "person_id": """
SELECT DISTINCT e.event_id FROM contestants c JOIN memberships m ON m.contestant_id = c.id
JOIN entries e ON e.id = m.entry_id WHERE c.person_id IN (?)""",
    "organisation_id": """
WITH RECURSIVE below(id) AS (SELECT id FROM organisations WHERE id IN (?)
  UNION SELECT o.id FROM organisations o JOIN below ON o.parent_id = below.id)
SELECT event_id FROM entries WHERE organisation_id IN below
UNION SELECT e.event_id FROM entry_organisations s JOIN entries e ON e.id = s.entry_id
WHERE s.organisation_id IN below
UNION SELECT e.event_id FROM contestants c JOIN memberships m ON m.contestant_id = c.id
JOIN entries e ON e.id = m.entry_id WHERE c.organisation_id IN below OR c.employer_id IN below
UNION SELECT j.event_id FROM judge_persons p JOIN judges j ON j.id = p.judge_id
WHERE p.organisation_id IN below""",
}
"""The events by the keys that stand for (?)."""
_MAY_LEAD_NOWHERE = frozenset({"contestant_id", "person_id", "organisation_id"})
"""People and units stand in the store before there is an event."""
_AT_ONCE = 500
_COUNT = "UPDATE events SET data_version = data_version + 1, mark_changes = mark_changes + ? WHERE id = ?"
_STAMP = (
    "UPDATE works SET data_version = (SELECT data_version FROM events WHERE events.id = works.event_id) "
    "WHERE id = ?"
)


def counts(table: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> bool:
    """Whether a row written so may bear on a result: made, gone, or written in a column that counts.

    ``old`` and ``new`` hold the columns written, before and after.
    """
    if old is None and table in ITSELF:
        return False
    return old is None or new is None or not new.keys() <= IDLE.get(table, frozenset())


class Touched:
    """What one operation wrote that results depend on: works with marks, and owners of all else."""

    def __init__(self) -> None:
        self.works: set[int] = set()
        self.others: dict[str, set[int]] = {}

    def add(self, table: str, *rows: Mapping[str, Any]) -> None:
        """Notes rows of a table, each as column → value."""
        column = ITSELF.get(table) or OWNER.get(table)
        if column is not None:
            self.add_owners(table, {row[column] for row in rows if row.get(column) is not None})

    def add_owners(self, table: str, owners: Iterable[int]) -> None:
        """Notes rows of a table by the owners of ``OWNER``'s column."""
        if table in MARKS:
            self.works.update(owners)
        else:
            column = "event_id" if table == "events" else OWNER[table]
            self.others.setdefault(column, set()).update(owners)

    def events(self, connection: Connection) -> tuple[set[int], set[int]]:
        """The keys of the events concerned: those of which anything was written, those of marks alone."""
        full: set[int] = set()
        for column, ids in self.others.items():
            full |= ids if column == "event_id" else _events(connection, column, ids)
        return full, _events(connection, "work_id", self.works) - full

    def count_up(self, connection: Connection) -> frozenset[int]:
        """+1 for each event concerned; ``mark_changes`` too where only marks were written. The events' keys.

        Raises LookupError where rows a result depends on were written and no event was found for them.
        """
        if not self.works and not self.others:
            return frozenset()
        full, marked = self.events(connection)
        if not full and not marked and (self.works or self.others.keys() - _MAY_LEAD_NOWHERE):
            raise LookupError("Rows that a result depends on were written for no event.")
        for more, events in ((0, full), (1, marked)):
            for event_id in events:
                run(connection, _COUNT, (more, event_id))
        if self.works:
            run_many(connection, _STAMP, [(work,) for work in self.works])
        return frozenset(full | marked)


def _events(connection: Connection, column: str, ids: set[int]) -> set[int]:
    found: set[int] = set()
    keys = sorted(ids)
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        found.update(row[0] for row in run(connection, _EVENTS_OF[column].replace("?", marks), part))
    return found
