"""Holds scores, penalties, rulings, sheets, entries, certificates against the history that told of them."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import JSON

from competition_app.domain import chain
from competition_app.domain.chain import Break
from competition_app.store.models import (
    Certificate,
    Entry,
    ModuleFact,
    Penalty,
    Ruling,
    Score,
    Sheet,
    Table,
)
from competition_app.store.recording import Columns, columns_of

HELD: tuple[type[Table], ...] = (Certificate, Entry, ModuleFact, Penalty, Ruling, Score, Sheet)
"""The tables held. Rows put in many at once are held by number, scores also by their digest; a change told
of such a row later is held like any other."""

Key = tuple[Any, ...]


@dataclass(slots=True)
class _Told:
    """What the history says of a table: how many rows stand, and of rows it named the value of each column.

    ``values`` has, by key, column → (value, operation). ``begun`` and ``ended`` name the operation that put
    a row in by itself (a column never told of is then empty) or took it out.
    """

    standing: int = 0
    values: dict[Key, dict[str, tuple[Any, int]]] = field(default_factory=dict)
    begun: dict[Key, int] = field(default_factory=dict)
    ended: dict[Key, int] = field(default_factory=dict)


def first_break(raw: sqlite3.Connection) -> Break | None:
    """The first operation whose rows do not stand as told; "untold" where rows were added or are gone."""
    told = {columns_of(model).table: _Told() for model in HELD}
    broken: list[Break] = []
    for seq, change in _changes(raw):
        if not _scores_fit(raw, seq, change):
            broken.append(Break(seq, "record"))
        _follow(told, seq, change)
    for model in HELD:
        broken += _held(raw, model, told[columns_of(model).table])
    return min(broken, key=lambda one: one.seq, default=None) or _untold(raw, told)


def _changes(raw: sqlite3.Connection) -> Iterator[tuple[int, dict[str, Any]]]:
    named = " OR ".join(f"instr(change, '\"{columns_of(model).table}\"')" for model in HELD)
    query = f"SELECT seq, change FROM history WHERE {named} ORDER BY seq"  # noqa: S608 - names of our models
    for seq, text in raw.execute(query):
        yield seq, json.loads(text)


def _follow(told: dict[str, _Told], seq: int, change: dict[str, Any]) -> None:
    for row in change.get("rows", ()):
        if row["table"] in told:
            _follow_row(told[row["table"]], seq, row)
    for bulk in change.get("bulk", ()):
        if bulk["table"] in told:
            table = told[bulk["table"]]
            table.standing += bulk["count"]
            table.ended.clear()  # one of the many may have taken a free key


def _follow_row(table: _Told, seq: int, row: dict[str, Any]) -> None:
    key, old, new = tuple(row["key"]), row.get("old"), row.get("new")
    if new is None:
        table.standing -= 1
        table.values.pop(key, None)
        table.begun.pop(key, None)
        table.ended[key] = seq
        return
    if old is None:
        table.standing += 1
        table.values[key] = {}
        table.begun[key] = seq
        table.ended.pop(key, None)
    known = table.values.setdefault(key, {})
    known.update({name: (new.get(name), seq) for name in {**(old or {}), **new}})


def _held(raw: sqlite3.Connection, model: type[Table], told: _Told) -> Iterator[Break]:
    columns = columns_of(model)
    json_columns = frozenset(c.name for c in model.__table__.columns if isinstance(c.type, JSON))
    where = " AND ".join(f"{name} = ?" for name in columns.key)
    query = f"SELECT {', '.join(columns.names)} FROM {columns.table} WHERE {where}"  # noqa: S608
    for key, known in told.values.items():
        found = raw.execute(query, key).fetchone()
        if found is None:
            yield Break(max(seq for _, seq in known.values()), "record")
            continue
        stands = dict(zip(columns.names, found, strict=True))
        for name in json_columns:
            stands[name] = None if stands[name] is None else json.loads(stands[name])
        yield from _row_breaks(raw, columns, stands, known, told.begun.get(key))
    for key, seq in told.ended.items():
        if raw.execute(query, key).fetchone() is not None:
            yield Break(seq, "record")


def _row_breaks(
    raw: sqlite3.Connection,
    columns: Columns,
    stands: dict[str, Any],
    known: dict[str, tuple[Any, int]],
    begun: int | None,
) -> Iterator[Break]:
    for name, value in stands.items():
        if name in known:
            said, seq = known[name]
            if not _same(raw, value, said, seq, personal=name in columns.personal):
                yield Break(seq, "record")
        elif begun is not None and value is not None:
            yield Break(begun, "record")


def _same(raw: sqlite3.Connection, value: Any, said: Any, seq: int, *, personal: bool) -> bool:
    """Whether a value is what was said of it; a personal one by what is kept beside, if not erased."""
    if not personal or said is None:
        return bool(value == said)
    query = "SELECT value FROM personal_values WHERE seq = ? AND item = ?"
    kept = raw.execute(query, (seq, said["personal"])).fetchone()
    return kept is None or kept[0] is None or bool(kept[0] == chain.canonical(value))


def _scores_fit(raw: sqlite3.Connection, seq: int, change: dict[str, Any]) -> bool:
    """Whether the scores an operation put in many at once stand, in the order they were put in."""
    bulks = [bulk for bulk in change.get("bulk", ()) if bulk["table"] == "scores"]
    if not bulks:
        return True
    known = columns_of(Score)
    query = f"SELECT {', '.join(known.names)} FROM scores WHERE history_seq = ? ORDER BY rowid"  # noqa: S608
    apart = {tuple(row["key"]) for row in change.get("rows", ()) if row["table"] == "scores"}
    rows = [dict(zip(known.names, row, strict=True)) for row in raw.execute(query, (seq,))]
    many = [row for row in rows if tuple(row[name] for name in known.key) not in apart]
    start = 0
    for bulk in bulks:
        part = [[row[name] for name in bulk["columns"]] for row in many[start : start + bulk["count"]]]
        others = set(known.names) - set(bulk["columns"])
        if chain.sha256(chain.canonical(part)) != bulk["sha256"]:
            return False
        if any(row[name] is not None for row in many[start : start + bulk["count"]] for name in others):
            return False
        start += bulk["count"]
    return start == len(many)


def _untold(raw: sqlite3.Connection, told: dict[str, _Told]) -> Break | None:
    for table, known in told.items():
        standing = raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
        if standing != known.standing:
            return Break(0, "untold")
    return None
