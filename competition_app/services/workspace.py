"""The one door to the store: do (one intention, one transaction, one row of history), ask, listen."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from competition_app import __version__
from competition_app.domain.errors import Refusal, Said
from competition_app.services import access
from competition_app.services.access import Actor
from competition_app.store import bulk, database, failures, ledger, location, lock, upgrade
from competition_app.store.keeper import Keeper
from competition_app.store.models import Table
from competition_app.store.recording import RecordingSession

__all__ = ["Act", "Actor", "Workspace", "open_workspace"]

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
Listener = Callable[[frozenset[str]], None]


def _now() -> datetime:
    return datetime.now(UTC)


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
        self.forgotten: set[int] = set()
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
        return int(database.run(self.session.connection(), sql)[0][0])

    def forget(self, person_id: int) -> None:
        """Keeps no personal value of this person beside the history, neither old nor of this operation."""
        self.session.flush()
        self.forgotten.add(person_id)
        ledger.forget(self.session.connection(), person_id)

    def touch_event(self, event_id: int) -> None:
        """Counts up an event's data version for a change that no table of the event shows."""
        self._writes.touched.others.setdefault("event_id", set()).add(event_id)


class Workspace:
    """An open store: the only transactions there are. ``do`` writes, ``ask`` reads, ``listen`` hears.

    Made by ``open_workspace``. May be used from several threads; writes follow one another.
    """

    def __init__(
        self,
        path: Path,
        *,
        writes: bool = True,
        release: Callable[[], None] | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self.path = path
        self.writes = writes
        self.clock = clock
        self._writer = database.writing(path)
        self._reader = database.reading(path)
        self._connection: Connection | None = None  # the one that writes, from the first operation on
        self._turn = threading.Lock()
        self._doing: int | None = None
        self._listeners: list[Listener] = []
        self._release = release
        self._keeper: Keeper | None = None
        self.copy_problem: Said | None = None

    def keep_copies(self) -> None:
        """Makes checked copies from now on, at once and every ten minutes of work, until the store is closed.

        What hinders them stands in ``copy_problem``; listeners hear of it as the table ``copies``.
        """
        self._keeper = Keeper(self.path, self._copied)
        self._keeper.start()

    def do(
        self, actor: Actor, use_case: Callable[Concatenate[Act, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Carries out one intention: all of it with its row of history, or nothing.

        Raises Refusal where the actor may not, the rules say no, or the disk does not take it.
        """
        return self.numbered(actor, use_case, *args, **kwargs)[0]

    def numbered(
        self, actor: Actor, use_case: Callable[Concatenate[Act, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, int]:
        """The same, with the operation's number in the history, by which it can be taken back."""
        name = access.name_of(use_case)
        with self._writing() as connection, connection.begin():
            access.refuse_without_right(actor, name, ledger.active_staff(connection))
            seq, digest = ledger.last(connection)
            reader = {"reader": self._reader}  # by which results are kept, see services/results
            with RecordingSession(connection, expire_on_commit=False, info=reader) as session:
                act = Act(session, actor, self.clock().isoformat(timespec="microseconds"), seq + 1)
                value = use_case(act, *args, **kwargs)
                session.flush()
                self._keep_locked(name, session)
                entry = ledger.Entry(
                    act.seq, act.now, actor.staff_id, actor.name, actor.role.value, actor.device, __version__,
                    name, digest,
                )  # fmt: skip
                tables = ledger.append(connection, entry, session.writes, act.notes, act.forgotten)
        if act.forgotten:
            self.fold()
        self._tell(tables)
        return value, act.seq

    def ask(self, query: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of a query, seen at one moment of the store; plain values, never table objects."""
        with (
            failures.told(self.path, files=False),
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

    def fold(self) -> None:
        """Folds SQLite's log into the store and empties it, so that erased values are in neither."""
        with self._writing() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def close(self) -> None:
        """Closes the store and lets others open it; readers first, so that the writer folds the log in."""
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None
        with self._turn:
            self._listeners.clear()
            self._reader.dispose()
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self._writer.dispose()
            self.writes = False
            if self._release is not None:
                self._release()
                self._release = None

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _keep_locked(self, name: str, session: RecordingSession) -> None:
        """Refuses an operation that would change a locked result."""
        from competition_app.services.locking.standing_fast import refuse_other_results  # builds on this one

        written = session.writes.touched
        if written.works or written.others:
            full, marked = written.events(session.connection())
            refuse_other_results(name, session, full | marked, self._standing)

    @contextmanager
    def _standing(self) -> Iterator[Session]:
        """The store as it stood before the operation under way."""
        with self._reader.connect() as connection, Session(connection, autoflush=False) as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
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
                with failures.told(self.path, files=False):
                    if self._connection is None:
                        self._connection = self._writer.connect()
                    yield self._connection
            finally:
                self._doing = None

    def _copied(self, refusal: Refusal | None) -> None:
        self.copy_problem = refusal.said if refusal is not None else None
        self._tell(frozenset({"copies"}))

    def _tell(self, tables: frozenset[str]) -> None:
        for listener in tuple(self._listeners) if tables else ():
            try:
                listener(tables)
            except Exception:  # the write stands; a screen that failed to hear of it must not undo it
                log.exception("A listener failed after a write.")


def open_workspace(
    path: Path | None = None, *, create: bool = True, writing: bool = True, copies: bool = True
) -> Workspace:
    """Opens a store (the default one unless named), made and brought up to date where needed.

    For writing it is held against other programs and copied as work goes on (``copies``); with
    ``writing=False`` it may be read while another program writes. Raises Refusal where it lies in an
    unsafe place, is held, newer, damaged or missing.
    """
    store = (location.default_store() if path is None else path).absolute()
    if not create and not store.exists():
        raise Refusal("There is no store at {path}. Check the folder and the name.", path=str(store))
    if not writing and upgrade.revision(store) == upgrade.HEAD:
        return Workspace(store, writes=False)
    location.refuse_unsafe(store)
    with failures.told(store):
        store.parent.mkdir(parents=True, exist_ok=True)
    release = lock.hold(store)
    try:
        upgrade.bring_up(store)
    except BaseException:
        release()
        raise
    workspace = Workspace(store, writes=writing, release=release)
    if writing and copies:
        workspace.keep_copies()
    return workspace
