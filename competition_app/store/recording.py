"""Collects what a session writes: table, key, old and new values; personal values only as salted digests."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.orm.base import NEVER_SET, NO_VALUE

from competition_app.domain import chain
from competition_app.store import event_versions
from competition_app.store.models import Table

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Columns:
    """What recording must know of a table: names of all columns, of the key, and of the personal ones."""

    table: str
    names: tuple[str, ...]
    key: tuple[str, ...]
    personal: frozenset[str]


@cache
def columns_of(model: type[Table]) -> Columns:
    """The columns of a table; every attribute of a model has the name of its column."""
    table = model.__table__
    return Columns(
        table.name,  # type: ignore[attr-defined]
        tuple(c.name for c in table.columns),
        tuple(c.name for c in table.primary_key),
        frozenset(c.name for c in table.columns if c.info.get("personal")),
    )


def _columns(obj: object) -> Columns:
    model = type(obj)
    assert issubclass(model, Table)
    return columns_of(model)


@dataclass(slots=True)
class RowChange:
    """A row before and after an operation, as column → value; None where there was or is none."""

    columns: Columns
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    person_id: int | None = None
    contestant_id: int | None = None


@dataclass(slots=True)
class PersonalItem:
    """A personal value beside the history: salt, canonical JSON, digest, and whose it is, if known."""

    salt: str
    value: str
    digest: str
    person_id: int | None = None
    contestant_id: int | None = None


def personal_item(value: object, person_id: int | None, contestant_id: int | None) -> PersonalItem:
    """A value with a fresh salt and its digest."""
    salt = os.urandom(SALT_BYTES).hex()
    text = chain.canonical(value)
    return PersonalItem(salt, text, chain.salted(salt, text), person_id, contestant_id)


@dataclass(slots=True)
class Writes:
    """Everything one operation wrote, until it becomes one row of the history."""

    rows: dict[tuple[str, tuple[Any, ...]], RowChange] = field(default_factory=dict)
    bulks: list[dict[str, Any]] = field(default_factory=list)
    personal: list[PersonalItem] = field(default_factory=list)
    sorted: dict[Columns, list[tuple[Any, ...]]] = field(default_factory=dict)  # bulk rows with one digest
    touched: event_versions.Touched = field(default_factory=event_versions.Touched)
    tables: set[str] = field(default_factory=set)

    def add(self, obj: Table, old: dict[str, Any] | None, new: dict[str, Any] | None) -> None:
        """Notes a row's change; several changes of one row become one, first old to last new."""
        columns = _columns(obj)
        key = tuple(getattr(obj, name) for name in columns.key)
        self.tables.add(columns.table)
        if event_versions.counts(columns.table, old, new):
            self.touched.add(columns.table, {**obj.__dict__, **(old or {})}, obj.__dict__)
        before = self.rows.get((columns.table, key))
        if before is None:
            person = key[0] if columns.table == "persons" else getattr(obj, "person_id", None)
            contestant = getattr(obj, "contestant_id", None)
            self.rows[columns.table, key] = RowChange(columns, old, new, person, contestant)
            return
        if before.old is not None and old is not None:
            before.old = {**old, **before.old}
        before.new = new if new is None or before.new is None else {**before.new, **new}

    def change(self, notes: Mapping[str, object]) -> dict[str, Any]:
        """The change as it stands in the history, with empty parts left out; makes the personal items."""
        rows = [told for (_, key), row in self.rows.items() if (told := self._row(key, row))]
        bulks = [*self.bulks, *(_sorted_bulk(columns, many) for columns, many in self.sorted.items())]
        parts = {"rows": rows, "bulk": bulks, "notes": dict(notes)}
        return {name: part for name, part in parts.items() if part}

    def _row(self, key: tuple[Any, ...], row: RowChange) -> dict[str, Any] | None:
        old, new = row.old, row.new
        if old is None and new is None:
            return None
        if old is not None and new is not None:
            same = {name for name in new if name in old and old[name] == new[name]}
            old = {k: v for k, v in old.items() if k not in same}
            new = {k: v for k, v in new.items() if k not in same}
            if not new:
                return None
        told: dict[str, Any] = {"table": row.columns.table, "key": list(key)}
        if old is not None:
            told["old"] = self._values(row, old)
        if new is not None:
            told["new"] = self._values(row, new)
        return told

    def _values(self, row: RowChange, values: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for name, value in values.items():
            if value is None or name not in row.columns.personal:
                told[name] = value
                continue
            item = personal_item(value, row.person_id, row.contestant_id)
            self.personal.append(item)
            told[name] = {"personal": len(self.personal), "sha256": item.digest}
        return told


def _sorted_bulk(columns: Columns, rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    key = itemgetter(*(columns.names.index(name) for name in columns.key))
    digest = chain.sha256(chain.canonical(sorted(rows, key=key)))
    return {"table": columns.table, "columns": columns.names, "count": len(rows), "sha256": digest}


class RecordingSession(Session):
    """One operation's session. Writes go through objects or ``insert_many``; other statements are refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.writes = Writes()


def _held(obj: Table, names: Iterable[str]) -> dict[str, Any]:
    held = obj.__dict__
    return {name: held[name] for name in names if held.get(name) is not None}


def _before(obj: Table) -> dict[str, Any]:
    names = _columns(obj).names
    was = inspect(obj).committed_state
    return {
        name: None if old is NO_VALUE or old is NEVER_SET else old
        for name, old in was.items()
        if name in names
    }


@event.listens_for(RecordingSession, "after_flush")
def _collect(session: RecordingSession, _context: UOWTransaction) -> None:
    writes = session.writes
    for obj in session.new:
        writes.add(obj, None, _held(obj, _columns(obj).names))
    for obj in session.dirty:
        old = _before(obj)
        if old:
            writes.add(obj, old, {name: getattr(obj, name) for name in old})
    for obj in session.deleted:
        writes.add(obj, _held(obj, _columns(obj).names), None)


@event.listens_for(RecordingSession, "do_orm_execute")
def _only_reading(state: ORMExecuteState) -> None:
    if not state.is_select:
        raise TypeError(
            "A use case writes through objects or act.insert_many, so that the history knows of it."
        )
