"""Puts many rows into a table at once, told in the history as their number and one digest."""

import os
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import JSON, Column, Connection
from sqlalchemy import Table as SqlTable

from competition_app.domain import chain
from competition_app.store import event_versions
from competition_app.store.database import native
from competition_app.store.models import Table
from competition_app.store.recording import SALT_BYTES, Columns, PersonalItem, Writes, columns_of

Row = tuple[Any, ...]


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
    known = columns_of(model)
    names, filled = _filled(model, columns, rows)
    places = ", ".join("?" * len(names))
    sql = f"INSERT INTO {known.table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 - names of our models
    connection.exec_driver_sql(native(connection, sql), filled)
    _record(writes, known, names, filled, personal)


def _filled(model: type[Table], columns: Sequence[str], rows: Sequence[Row]) -> tuple[list[str], list[Row]]:
    table: SqlTable = model.__table__  # type: ignore[assignment]
    names = list(columns)
    written: dict[int, Callable[[Any], str]] = {
        place: chain.canonical
        for place, name in enumerate(names)
        if isinstance(table.columns[name].type, JSON)
    }
    more: list[Any] = []
    for column in table.columns:
        if column.name not in columns and column.default is not None:
            names.append(column.name)
            more.append(_default(column))
    if not written and not more:
        return names, list(rows)
    tail = tuple(more)
    if not written:
        return names, [(*row, *tail) for row in rows]
    return names, [
        (*(written[i](value) if i in written else value for i, value in enumerate(row)), *tail)
        for row in rows
    ]


def _default(column: Column[Any]) -> object:
    default = column.default
    assert default is not None
    if default.is_scalar:
        return default.arg  # type: ignore[attr-defined]
    return chain.canonical(default.arg(None))  # type: ignore[attr-defined]  # dict or list


def _record(writes: Writes, known: Columns, names: list[str], rows: list[Row], personal: str | None) -> None:
    writes.tables.add(known.table)
    owner = event_versions.OWNER.get(known.table)
    if owner is not None:
        place = names.index(owner)
        writes.touched.add_owners(known.table, {row[place] for row in rows})
    told: dict[str, Any] = {"table": known.table, "columns": names, "count": len(rows)}
    hidden = [place for place, name in enumerate(names) if name in known.personal]
    if hidden:
        items = _items(known, names, rows, hidden, personal)
        first = len(writes.personal) + 1
        writes.personal.extend(items)
        told["personal"] = {
            "items": [first, first + len(items) - 1],
            "sha256": chain.sha256("".join(item.digest for item in items)),
        }
        clear = [place for place in range(len(names)) if place not in hidden]
        rows = [(*(row[i] for i in clear), item.digest) for row, item in zip(rows, items, strict=True)]
    told["sha256"] = chain.sha256(chain.canonical(rows))
    writes.bulks.append(told)


def _items(
    known: Columns, names: list[str], rows: list[Row], hidden: list[int], personal: str | None
) -> list[PersonalItem]:
    column = personal or ("id" if known.table == "persons" else "person_id")
    if column not in names:
        column = "contestant_id"
    owner = names.index(column) if column in names else None
    by_contestant = column == "contestant_id"
    salts = os.urandom(SALT_BYTES * len(rows)).hex()
    width = SALT_BYTES * 2
    items = []
    for number, row in enumerate(rows):
        salt = salts[number * width : (number + 1) * width]
        value = chain.canonical([row[i] for i in hidden])
        whose = row[owner] if owner is not None else None
        item = PersonalItem(salt, value, chain.salted(salt, value))
        if by_contestant:
            item.contestant_id = whose
        else:
            item.person_id = whose
        items.append(item)
    return items
