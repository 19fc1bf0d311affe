"""Appends to the history: the change an operation made becomes one row, tied to the row before."""

from dataclasses import dataclass

from sqlalchemy import Connection

from competition_app.domain import chain
from competition_app.domain.chain import Link
from competition_app.store.database import run, run_many
from competition_app.store.recording import Writes

_LAST = "SELECT seq, digest FROM history ORDER BY seq DESC LIMIT 1"
_APPEND = "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_HEAD = "UPDATE settings SET value = ? WHERE name = 'history_head'"
_PERSONAL = (
    "INSERT INTO personal_values (seq, item, person_id, salt, value, digest) VALUES (?, ?, ?, ?, ?, ?)"
)
_OWNERS = "SELECT id, person_id FROM contestants WHERE id BETWEEN ? AND ?"
_FORGET = "UPDATE personal_values SET value = NULL, salt = NULL WHERE person_id = ?"
_STAFF = "SELECT id, name, role, active FROM staff"


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a row of history beside the change: number, time, who, where, with which program."""

    seq: int
    at: str
    staff_id: int | None
    actor: str
    role: str
    device: str
    program: str
    use_case: str
    previous: str


def last(connection: Connection) -> tuple[int, str]:
    """Number and digest of the last row; 0 and ``chain.START`` before the first."""
    rows = run(connection, _LAST)
    return (int(rows[0][0]), str(rows[0][1])) if rows else (0, chain.START)


def active_staff(connection: Connection) -> dict[int, tuple[str, str]]:
    """Name and role of the people who may sign in."""
    return {row[0]: (row[1], row[2]) for row in run(connection, _STAFF) if row[3]}


def forget(connection: Connection, person_id: int) -> None:
    """Erases a person's values beside the history; their digests stay."""
    run(connection, _FORGET, (person_id,))


def append(
    connection: Connection,
    entry: Entry,
    writes: Writes,
    notes: dict[str, object],
    forgotten: set[int],
) -> frozenset[str]:
    """Writes an operation's row of history, none where it changed and noted nothing. The tables written."""
    change = writes.change(notes)
    events = writes.touched.count_up(connection)
    if not change:
        return frozenset()
    _keep_personal(connection, entry.seq, writes, forgotten)
    link = Link(
        entry.seq, entry.at, entry.staff_id, entry.actor, entry.role, entry.device, entry.program,
        entry.use_case, chain.canonical(change), entry.previous,
    )  # fmt: skip
    digest = link.expected()
    row = (
        link.seq, link.at, link.staff_id, link.actor, link.role, link.device, link.program, link.use_case,
        link.change, link.previous, digest,
    )  # fmt: skip
    run(connection, _APPEND, row)
    run(connection, _HEAD, (chain.canonical([link.seq, digest]),))
    return frozenset(writes.tables | {"history"} | ({"events"} if events else set()))


def _keep_personal(connection: Connection, seq: int, writes: Writes, forgotten: set[int]) -> None:
    if not writes.personal:
        return
    owners = _owners(connection, {i.contestant_id for i in writes.personal if i.contestant_id is not None})
    rows: list[tuple[object, ...]] = []
    for number, item in enumerate(writes.personal, 1):
        person = item.person_id if item.contestant_id is None else owners.get(item.contestant_id)
        kept = (None, None) if person in forgotten else (item.salt, item.value)
        rows.append((seq, number, person, *kept, item.digest))
    run_many(connection, _PERSONAL, rows)


def _owners(connection: Connection, contestants: set[int]) -> dict[int, int]:
    if not contestants:
        return {}
    return dict(run(connection, _OWNERS, (min(contestants), max(contestants))))
