"""Holds the marks that stand against the history that told of them."""

import json
import sqlite3
from typing import Any

from competition_app.domain import chain
from competition_app.domain.chain import Break

TABLE = "mark_versions"
_KEY = ("work_id", "attempt", "criterion_id", "judge_id", "entry_pass", "version")
_TOLD = "SELECT seq, change FROM history WHERE instr(change, '\"mark_versions\"') ORDER BY seq"
_STRAY = """
SELECT count(*) FROM marks m WHERE NOT EXISTS (
    SELECT 1 FROM mark_versions v
    WHERE v.work_id = m.work_id AND v.attempt = m.attempt AND v.criterion_id = m.criterion_id
    AND v.judge_id = m.judge_id AND v.entry_pass = 1 AND v.version = m.version
    AND v.units IS m.units AND v.outcome = m.outcome
) OR EXISTS (
    SELECT 1 FROM mark_versions v
    WHERE v.work_id = m.work_id AND v.attempt = m.attempt AND v.criterion_id = m.criterion_id
    AND v.judge_id = m.judge_id AND v.entry_pass = 1 AND v.version > m.version
)"""


def strays(raw: sqlite3.Connection) -> int:
    """How many marks do not stand as their newest version was entered."""
    return int(raw.execute(_STRAY).fetchone()[0])


def first_break(raw: sqlite3.Connection) -> Break | None:
    """The first operation whose versions of marks are not there as told, or that versions name untold."""
    told = 0
    for seq, text in raw.execute(_TOLD):
        change = json.loads(text)
        if not _fits(raw, seq, change):
            return Break(seq, "mark")
        told += _count(change)
    standing = int(raw.execute(f"SELECT count(*) FROM {TABLE}").fetchone()[0])  # noqa: S608
    return None if standing == told else Break(_untold(raw), "mark")


def _fits(raw: sqlite3.Connection, seq: int, change: dict[str, Any]) -> bool:
    rows = [row for row in change.get("rows", ()) if row["table"] == TABLE]
    bulks = [bulk for bulk in change.get("bulk", ()) if bulk["table"] == TABLE]
    return all(_stands(raw, seq, row) for row in rows) and all(
        chain.sha256(chain.canonical(_many(raw, seq, bulk["columns"], rows))) == bulk["sha256"]
        for bulk in bulks
    )


def _stands(raw: sqlite3.Connection, seq: int, row: dict[str, Any]) -> bool:
    where = " AND ".join(f"{column} = ?" for column in _KEY)
    cursor = raw.execute(f"SELECT * FROM {TABLE} WHERE {where}", row["key"])  # noqa: S608
    found = cursor.fetchone()
    if found is None or "new" not in row:
        return False
    names = [column[0] for column in cursor.description]
    new = row["new"]
    return new.get("history_seq") == seq and all(
        new.get(name) == value for name, value in zip(names, found, strict=True)
    )


def _many(
    raw: sqlite3.Connection, seq: int, columns: list[str], single: list[dict[str, Any]]
) -> list[tuple[Any, ...]]:
    """The versions an operation put in at once, by key, without those it put in one by one."""
    chosen, key = ", ".join(columns), ", ".join(_KEY)
    query = f"SELECT {chosen} FROM {TABLE} WHERE history_seq = ? ORDER BY {key}"  # noqa: S608
    apart = {tuple(row["key"]) for row in single}
    places = [columns.index(name) for name in _KEY]
    return [row for row in raw.execute(query, (seq,)) if tuple(row[i] for i in places) not in apart]


def _untold(raw: sqlite3.Connection) -> int:
    """The operation that versions of marks name though it did not tell of them; 0 if none can be named."""
    query = f"SELECT history_seq, count(*) FROM {TABLE} GROUP BY history_seq ORDER BY history_seq"  # noqa: S608
    for seq, count in raw.execute(query):
        row = raw.execute("SELECT change FROM history WHERE seq = ?", (seq,)).fetchone()
        if row is None or _count(json.loads(row[0])) != count:
            return int(seq)
    return 0


def _count(change: dict[str, Any]) -> int:
    rows: int = sum(row["table"] == TABLE for row in change.get("rows", ()))
    many: int = sum(bulk["count"] for bulk in change.get("bulk", ()) if bulk["table"] == TABLE)
    return rows + many
