"""The one door to the store: do (one intention, one transaction, one row of history), ask, listen."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from competition_app import __version__
from competition_app.domain import chain
from competition_app.domain.errors import Refusal
from competition_app.services import access
from competition_app.services.access import Actor
from competition_app.store import bulk, database, failures, upgrade
from competition_app.store.models import Table
from competition_app.store.recording import RecordingSession, Writes

__all__ = ["Act", "Actor", "Workspace", "open_workspace"]

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
Listener = Callable[[frozenset[str]], None]


class Act:
    """One operation under way, given to a use case: its session, who acts, when, its number in the history.

    ``now`` is UTC in ISO with microseconds. Objects changed in ``session`` are recorded by themselves.
    """

    def __init__(self, session: RecordingSession, actor: Actor, now: str, seq: int) -> None:
        self.session: Session = session
        self.actor = actor
        self.now = now
        self.seq = seq
        self.notes: dict[str, object] = {}
        self._writes = session.writes

    def note(self, **values: object) -> None:
        """Puts facts that no table holds into the history row. Never a personal value."""
        self.notes.update(values)

    def insert_many(
        self,
        model: type[Table],
        columns: Sequence[str],
        rows: Sequence[tuple[Any, ...]],
        *,
        personal: str | None = None,
    ) -> None:
        """Inserts many rows, tuples in the order of ``columns``; the history keeps number and digest.

        Columns left out get the model's defaults; JSON columns take plain values. ``personal`` names the
        column of the person's key (found by itself: ``persons.id``, ``person_id``, ``contestant_id``).
        """
        self.session.flush()
        bulk.insert_many(self.session.connection(), self._writes, model, columns, rows, personal)

    def next_id(self, model: type[Table]) -> int:
        """The first free key of a table, for rows that ``insert_many`` puts in with keys of their own."""
        self.session.flush()
        sql = f"SELECT coalesce(max(id), 0) + 1 FROM {model.__tablename__}"  # noqa: S608 - names of our models
        return int(self.session.connection().exec_driver_sql(sql).scalar_one())

    def touch_event(self, event_id: int) -> None:
        """Counts up an event's data version for a change that no table of the event shows."""
        self._writes.touched.others.setdefault("event_id", set()).add(event_id)


class Workspace:
    """An open store: the only transactions there are. ``do`` writes, ``ask`` reads, ``listen`` hears.

    Made by ``open_workspace``. May be used from several threads; writes follow one another.
    """

    def __init__(self, path: Path, *, writes: bool = True, release: Callable[[], None] | None = None) -> None:
        self.path = path
        self.writes = writes
        self._writer = database.writing(path)
        self._reader = database.reading(path)
        self._turn = threading.Lock()
        self._doing: int | None = None
        self._listeners: list[Listener] = []
        self._release = release

    def do(
        self, actor: Actor, use_case: Callable[Concatenate[Act, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Carries out one intention: all of it with its row of history, or nothing.

        Raises Refusal where the actor may not, the rules say no, or the disk does not take it.
        """
        name = access.name_of(use_case)
        with (
            self._alone(),
            failures.told(self.path),
            self._writer.connect() as connection,
            connection.begin(),
        ):
            access.refuse_without_right(actor, name, _staff(connection))
            previous = _head(connection)
            with RecordingSession(connection, expire_on_commit=False) as session:
                act = Act(
                    session, actor, datetime.now(UTC).isoformat(timespec="microseconds"), previous[0] + 1
                )
                value = use_case(act, *args, **kwargs)
                session.flush()
                tables = _record(connection, act, session.writes, name, previous)
        self._tell(tables)
        return value

    def ask(self, query: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of a query, seen at one moment of the store; plain values, never table objects."""
        with (
            failures.told(self.path),
            self._reader.connect() as connection,
            Session(connection, autoflush=False) as session,
        ):
            return query(session, *args, **kwargs)

    def listen(self, callback: Listener) -> Callable[[], None]:
        """Calls back with the tables written, after each commit, in the writing thread. Returns the stop."""
        self._listeners.append(callback)

        def stop() -> None:
            if callback in self._listeners:
                self._listeners.remove(callback)

        return stop

    def close(self) -> None:
        """Closes the store and lets others open it; readers first, so that the writer folds the log in."""
        self._listeners.clear()
        self._reader.dispose()
        self._writer.dispose()
        if self._release is not None:
            self._release()
            self._release = None

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self.writes:
            raise Refusal(
                "The store {path} is open for reading only. Close the program that holds it, then try again.",
                path=str(self.path),
            )
        me = threading.get_ident()
        if self._doing == me:
            raise RuntimeError("One operation was begun inside another: call the function, not workspace.do.")
        with self._turn:
            self._doing = me
            try:
                yield
            finally:
                self._doing = None

    def _tell(self, tables: frozenset[str]) -> None:
        for listener in tuple(self._listeners) if tables else ():
            try:
                listener(tables)
            except Exception:  # the write stands; a screen that failed to hear of it must not undo it
                log.exception("A listener failed after a write.")


def open_workspace(path: Path | None = None, *, create: bool = True) -> Workspace:
    """Opens a store, made and brought up to date where needed. Raises Refusal in words where it cannot."""
    assert path is not None
    if not create and not path.exists():
        raise Refusal("There is no store at {path}. Check the folder and the name.", path=str(path))
    with failures.told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    found = upgrade.revision(path)
    upgrade.refuse_newer(path, found)
    if found != upgrade.HEAD:
        upgrade.migrate(path)
    return Workspace(path)


def _staff(connection: Connection) -> dict[int, tuple[str, str]]:
    rows = connection.exec_driver_sql("SELECT id, name, role, active FROM staff")
    return {row[0]: (row[1], row[2]) for row in rows if row[3]}


def _head(connection: Connection) -> tuple[int, str]:
    row = connection.exec_driver_sql("SELECT seq, digest FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, chain.START)


_LINK = "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_HEAD = "UPDATE settings SET value = ? WHERE name = 'history_head'"
_PERSONAL = (
    "INSERT INTO personal_values (seq, item, person_id, salt, value, digest) VALUES (?, ?, ?, ?, ?, ?)"
)


def _record(
    connection: Connection, act: Act, writes: Writes, use_case: str, previous: tuple[int, str]
) -> frozenset[str]:
    """Writes an operation's row of history, none where it changed and noted nothing. The tables written."""
    change = writes.change(act.notes)
    events = writes.touched.count_up(connection)
    if not change:
        return frozenset()
    _keep_personal(connection, act.seq, writes)
    actor = act.actor
    row = (
        act.seq, act.now, actor.staff_id, actor.name, actor.role.value, actor.device, __version__, use_case,
        chain.canonical(change), previous[1],
    )  # fmt: skip
    digest = chain.Link(*row).expected()
    connection.exec_driver_sql(database.native(connection, _LINK), (*row, digest))
    connection.exec_driver_sql(database.native(connection, _HEAD), (chain.canonical([act.seq, digest]),))
    return frozenset(writes.tables | {"history"} | ({"events"} if events else set()))


def _keep_personal(connection: Connection, seq: int, writes: Writes) -> None:
    if not writes.personal:
        return
    rows = [
        (seq, number, item.person_id, item.salt, item.value, item.digest)
        for number, item in enumerate(writes.personal, 1)
    ]
    connection.exec_driver_sql(database.native(connection, _PERSONAL), rows)
