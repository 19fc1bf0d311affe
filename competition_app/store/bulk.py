"""Puts many rows into a table at once, told in the history as their number and one digest."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Connection

from competition_app.domain import chain
from competition_app.store import event_versions
from competition_app.store.database import run_many
from competition_app.store.models import Table
from competition_app.store.recording import SALT_BYTES, Columns, PersonalItem, Writes, columns_of

Row = tuple[Any, ...]

SORTED = frozenset({"mark_versions"})
"""Tables whose rows of one operation have one digest, whole and by key, so that a check can take it again."""


def insert_many(
    connection: Connection,
    writes: Writes,
    model: type[Table],
    columns: Sequence[str],
    rows: Sequence[Row],
    personal: str | None = None,
) -> None:
    """Inserts rows given as tuples in the order of ``columns``; columns left out get the model's defaults.

    ``personal`` names the column that leads to the person whose values a row holds (``id`` of persons,
    ``person_id`` or ``contestant_id``); left out, it is found by those names.
    """
    if not rows:
        return
    form = _form(model, tuple(columns))
    filled = form.fill(rows)
    run_many(connection, form.sql, filled)
    _record(writes, form, filled, personal)


@dataclass(frozen=True, slots=True)
class Form:
    """How rows go into a table: the statement, all columns, which are JSON or personal, what is added."""

    known: Columns
    sql: str
    names: tuple[str, ...]
    json: frozenset[int]
    personal: tuple[int, ...]
    defaults: tuple[Any, ...]

    def fill(self, rows: Sequence[Row]) -> list[Row]:
        """The rows as they are stored: JSON written, defaults added."""
        if self.json:
            rows = list(zip(*map(self._written, range(len(rows[0])), zip(*rows, strict=True)), strict=True))
        return [(*row, *self.defaults) for row in rows] if self.defaults else list(rows)

    def _written(self, place: int, values: tuple[Any, ...]) -> Iterable[Any]:
        if place not in self.json:
            return values
        # most rows have nothing to say, and that is quickly written
        return ["{}" if v == {} else "[]" if v == [] else chain.canonical(v) for v in values]


@cache
def _form(model: type[Table], columns: tuple[str, ...]) -> Form:
    table = model.__table__
    known = columns_of(model)
    json = frozenset(i for i, name in enumerate(columns) if isinstance(table.columns[name].type, JSON))
    added = [c for c in table.columns if c.name not in columns and c.default is not None]
    names = (*columns, *(c.name for c in added))
    into, places = ", ".join(names), ", ".join("?" * len(names))
    sql = f"INSERT INTO {known.table} ({into}) VALUES ({places})"  # noqa: S608
    personal = tuple(i for i, name in enumerate(names) if name in known.personal)
    return Form(known, sql, names, json, personal, tuple(_default(c) for c in added))


def _default(column: ColumnElement[Any]) -> object:
    assert isinstance(column, Column)
    default = column.default
    assert default is not None
    if default.is_scalar:
        return default.arg  # type: ignore[attr-defined]
    return chain.canonical(default.arg(None))  # type: ignore[attr-defined]  # dict or list


def _record(writes: Writes, form: Form, rows: list[Row], personal: str | None) -> None:
    table = form.known.table
    writes.tables.add(table)
    owner = None if table in event_versions.ITSELF else event_versions.OWNER.get(table)
    if owner is not None:  # new people and units lead to no result before a contestant or an entry names them
        place = form.names.index(owner)
        writes.touched.add_owners(table, {row[place] for row in rows})
    if table in SORTED:
        none = len(form.names)  # the place of a None put behind each row, for columns nobody gave
        places = [form.names.index(name) if name in form.names else none for name in form.known.names]
        whole = itemgetter(*places)
        writes.sorted.setdefault(form.known, []).extend(whole((*row, None)) for row in rows)
        return
    told: dict[str, Any] = {"table": table, "columns": form.names, "count": len(rows)}
    if form.personal:
        items = _items(form, rows, personal)
        first = len(writes.personal) + 1
        writes.personal.extend(item for item in items if item)
        told["personal"] = {
            "items": [first, len(writes.personal)],
            "sha256": chain.sha256("".join(item.digest for item in items if item)),
        }
        clear = [place for place in range(len(form.names)) if place not in form.personal]
        columns = list(zip(*rows, strict=True))
        digests = [item.digest if item else "" for item in items]
        rows = list(zip(*(columns[place] for place in clear), digests, strict=True))
    told["sha256"] = chain.sha256(chain.canonical(rows))
    writes.bulks.append(told)


def _items(form: Form, rows: list[Row], personal: str | None) -> list[PersonalItem | None]:
    """The personal values of each row; None for a row that has none."""
    column = personal or ("id" if form.known.table == "persons" else "person_id")
    if column not in form.names:
        column = "contestant_id"
    owner = form.names.index(column) if column in form.names else None
    by_contestant = column == "contestant_id"
    salts = os.urandom(SALT_BYTES * len(rows)).hex()
    width = SALT_BYTES * 2
    items: list[PersonalItem | None] = []
    for number, row in enumerate(rows):
        values = [row[i] for i in form.personal]
        if _NOTHING.issuperset(values):
            items.append(None)
            continue
        salt = salts[number * width : (number + 1) * width]
        value = chain.canonical(values)
        whose = row[owner] if owner is not None else None
        person, contestant = (None, whose) if by_contestant else (whose, None)
        items.append(PersonalItem(salt, value, chain.salted(salt, value), person, contestant))
    return items


_NOTHING = frozenset((None, "[]", "{}"))
"""Values of personal columns that say nothing of anybody."""
