"""Keeping a store: checked copies, putting one back, checking, moving."""

import json
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competition_app.domain.access import Role
from competition_app.domain.chain import Break
from competition_app.domain.errors import Refusal, Said
from competition_app.services import access, staff
from competition_app.services.access import ROLE_NAMES, Actor
from competition_app.services.history.history_words import DONE
from competition_app.services.workspace import Act, Workspace
from competition_app.store import backup as copying
from competition_app.store import (
    database,
    facts_check,
    failures,
    integrity,
    leftovers,
    location,
    lock,
    marks_check,
    serials,
    upgrade,
)
from competition_app.store.integrity import Head
from competition_app.store.models import History, Setting

_BREAKS = {
    "missing": Said("Operation {seq} is missing from the history. Restore a copy made before that."),
    "changed": Said(
        "Operation {seq} of the history was changed afterwards. Restore a copy made before that."
    ),
    "unlinked": Said("Operation {seq} does not follow the one before it. Restore a copy made before that."),
    "personal": Said(
        "A value beside operation {seq} was changed afterwards. Restore a copy made before that."
    ),
    "mark": Said("Marks of operation {seq} were changed afterwards. Restore a copy made before that."),
    "record": Said("What operation {seq} recorded was changed afterwards. Restore a copy made before that."),
    "untold": Said(
        "Scores, entries, rulings or certificates were added or removed by no operation. Restore a copy."
    ),
    "cut": Said("The history was cut off: operation {seq} and what followed are gone. Restore a newer copy."),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, in words; nothing if the store is sound. ``operations`` counts the history."""

    path: Path
    operations: int
    problems: tuple[Said, ...]

    @property
    def sound(self) -> bool:
        """Nothing was found."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy as listed: its file, when and why it was made, its size in bytes, and the last act in it."""

    path: Path
    made_at: datetime
    kind: Said
    size: int
    operations: int
    last_at: str
    last_actor: str
    last_act: Said


@dataclass(frozen=True, slots=True)
class Restored:
    """A copy put back: which, and where the store that stood there lies now (None: there was none).

    ``skipped``: how many certificate numbers are left out because those given last could not be read.
    """

    path: Path
    copy: Path
    aside: Path | None
    skipped: int = 0


_KINDS = {
    "work": Said("while working"),
    "upgrade": Said("before an upgrade"),
    "restore": Said("before a copy was put back"),
}


def check(path: Path | None = None) -> Checked:
    """Checks a store, also while it is open: SQLite's own check, keys, history, marks, and its copies."""
    store = _existing(path)
    found = upgrade.revision(store)
    upgrade.refuse_newer(store, found)
    if found is None:
        raise Refusal("{path} is empty. Restore a copy.", path=str(store))
    with failures.told(store), closing(database.connect(store, reading=True)) as raw:
        verdict = integrity.verify(raw)
        lost = None if verdict.broken else _lost(raw, store) or _unlike(raw)
        strays = marks_check.strays(raw)
    problems = [Said("The file is damaged: {text}. Restore a copy.", {"text": t}) for t in verdict.complaints]
    problems += [Said("Rows point nowhere: {text}. Restore a copy.", {"text": t}) for t in verdict.dangling]
    if strays:
        problems.append(
            Said(
                "{n} mark does not stand as it was entered. Restore a copy.|"
                "{n} marks do not stand as they were entered. Restore a copy.",
                {"n": strays},
            )
        )
    broken = verdict.broken or lost
    if broken is not None:
        problems.append(Said(_BREAKS[broken.kind].text, {"seq": broken.seq}))
    return Checked(store, verdict.head.seq, tuple(problems))


def _unlike(raw: sqlite3.Connection) -> Break | None:
    """The first operation whose marks or other rows do not stand as the history has them."""
    return marks_check.first_break(raw) or facts_check.first_break(raw)


def _lost(raw: sqlite3.Connection, store: Path) -> Break | None:
    """An operation that a copy holds and the store does not, unless the store was put back to before it."""
    restored = raw.execute(
        "SELECT seq, at FROM history WHERE use_case = 'upkeep.note_restored' ORDER BY seq"
    ).fetchall()
    for copy in copying.copies(store):
        held = copy.head
        if held is None or held.seq == 0 or any(held.seq >= seq and held.at < at for seq, at in restored):
            continue
        row = raw.execute("SELECT digest FROM history WHERE seq = ?", (held.seq,)).fetchone()
        if row is None:
            return Break(integrity.head(raw).seq + 1, "cut")
        if row[0] != held.digest:
            return Break(held.seq, "changed")
    return None


def backup(path: Path | None = None, target: Path | None = None) -> Path:
    """Makes a checked copy of a store, also while it is open; beside the store unless a file is named."""
    store = _existing(path)
    if target is None:
        return copying.keep(store, "work", datetime.now().astimezone()).path
    target = target.absolute()
    if _same(target, store):
        raise Refusal("The copy would replace the store {path} itself. Choose another name.", path=str(store))
    copying.copy(store, target)
    return target


def _same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, by links or other spellings too."""
    return one == other or (one.exists() and other.exists() and one.samefile(other))


def copies(path: Path | None = None) -> tuple[CopyRow, ...]:
    """The readable copies of a store, newest first, with the last act in each."""
    store = _named(path)
    return tuple(
        CopyRow(
            c.path, c.made_at, _KINDS[c.kind], c.size, c.head.seq, c.head.at, c.head.actor, _act(c.head)
        )
        for c in copying.copies(store)
        if c.head is not None
    )  # fmt: skip


def restore(file: Path, actor: Actor, path: Path | None = None) -> Restored:
    """Puts a copy in the place of a store nobody has open; the present store is copied aside first.

    Raises Refusal where the actor is no organiser of the present store (one that cannot be read asks only
    for the role), the copy does not pass the check, is newer than the program, or the store is held.
    """
    refuse_but_organiser(actor)
    store, file = _named(path), file.absolute()
    location.refuse_unsafe(store)
    if _same(file, store):
        raise Refusal("{path} is the store itself, not a copy. “restore” without a file lists the copies.",
                      path=str(file))  # fmt: skip
    found = upgrade.revision(file) if file.is_file() else None
    if found is None:
        raise Refusal("There is no copy {path}. “restore” without a file lists the copies.", path=str(file))
    upgrade.refuse_newer(file, found)
    with failures.told(store):
        store.parent.mkdir(parents=True, exist_ok=True)
    release = lock.hold(store)
    fresh = store.with_name(f"{store.name}.restored")
    try:
        whole = readable(store)
        if whole:
            access.refuse_stranger(actor, _people(store))
        skipped = 0 if whole or not _filled(store) else serials.JUMP
        given = serials.given_in([store, file, *_copies(store)], skipped)
        head = copying.copy(file, fresh)
        aside = _aside(store)
        leftovers.put_aside(store)
        with failures.told(store):
            fresh.replace(store)
        upgrade.bring_up(store)
        _refuse_another(store, head)
        with closing(Workspace(store)) as workspace:
            workspace.do(actor, note_restored, file.name, given)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        release()
    return Restored(store, file, aside, skipped)


def note_restored(act: Act, file: str, given: serials.Given) -> None:
    """Notes in a store just put back which copy it was, and the certificate numbers given until then.

    Called by ``restore`` alone.
    """
    act.note(copy=file)
    if given:
        act.session.merge(Setting(name=serials.GIVEN, value=json.dumps(given, ensure_ascii=False)))


def _refuse_another(store: Path, head: Head) -> None:
    """Refuses to go on in a store that does not end where the copy put there ended."""
    with failures.told(store), closing(database.connect(store, reading=True)) as raw:
        if integrity.head(raw) == head:
            return
    raise Refusal(
        "What lies at {path} is not the copy that was put there. Close every program that uses it, "
        "then put the copy back again.",
        path=str(store),
    )  # fmt: skip


def _aside(store: Path) -> Path | None:
    """Puts the present store aside: a checked copy, or, where it is damaged, the files themselves."""
    if not _filled(store):
        return None
    now = datetime.now().astimezone()
    if readable(store):
        kept = copying.keep(store, "restore", now).path
        with failures.told(store), closing(database.connect(store)) as raw:
            raw.execute("PRAGMA journal_mode=DELETE")  # folds the log in: the file is about to be replaced
        return kept
    kept = store.with_name(f"{store.name}.damaged-{now:%Y%m%d-%H%M%S}")
    with failures.told(store):
        store.rename(kept)
    leftovers.rename(store, kept)
    return kept


def _copies(store: Path) -> tuple[Path, ...]:
    return tuple(copy.path for copy in copying.copies(store, heads=False))


def _filled(store: Path) -> bool:
    return store.exists() and store.stat().st_size > 0


def _people(store: Path) -> dict[int, tuple[str, str]]:
    upgrade.refuse_newer(store, upgrade.revision(store))
    with closing(Workspace(store, writes=False)) as workspace:
        members = workspace.ask(staff.people)
    return {member.id: (member.name, member.role.value) for member in members if member.active}


def readable(path: Path | None = None) -> bool:
    """Whether a store stands there and is whole, so that its people can sign in before it is replaced."""
    store = _named(path)
    if not store.is_file() or store.stat().st_size == 0:
        return False
    try:
        with closing(database.connect(store, reading=True)) as raw:
            return integrity.verify(raw).sound
    except sqlite3.Error as error:
        if error.sqlite_errorname.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR")):
            return False
        raise failures.of_sqlite(error, store) or error from None


def place_problem(path: Path | None = None) -> Said | None:
    """Why a store must not lie where it does (share, stick, synchronised folder), or None."""
    return location.unsafe(_named(path))


def move_home(path: Path) -> Path:
    """Moves a store and its copies to the default place; the old file stays, renamed. The new path."""
    home = location.default_store()
    if home.exists():
        home = home.with_name(f"{path.stem}-{datetime.now().astimezone():%Y%m%d-%H%M%S}.db")
    return _move(path, home)


def move(path: Path, folder: Path) -> Path:
    """Moves a store nobody has open, and its copies, into another folder. The new path.

    The old file stays, renamed. Raises Refusal where the folder is unsafe, holds a file of that name, or
    the store is held.
    """
    target = folder.absolute() / path.name
    if target.exists():
        raise Refusal("{path} is there already. Choose another folder.", path=str(target))
    return _move(path, target)


def _move(path: Path, target: Path) -> Path:
    store = _existing(path)
    location.refuse_unsafe(target)
    release = lock.hold(store)
    try:
        leftovers.put_aside(target)
        carried = copying.carry(store, target)
        copying.copy(store, target)
        old = store.with_name(f"{store.name}.moved")
        with failures.told(store):
            store.rename(old)
        leftovers.rename(store, old)
        with suppress(OSError):  # they lie at the new place; one that cannot be removed is only there twice
            for copy in carried:
                copy.unlink(missing_ok=True)
            copying.folder(store).rmdir()
    finally:
        release()
    return target


def refuse_but_organiser(actor: Actor) -> None:
    """Refuses everybody but an organiser: putting a copy back and moving a store concern everybody's work."""
    if actor.role is not Role.ORGANISER:
        raise Refusal(
            "This is not for the role {role}. Let the {allowed} sign in, in the status bar.",
            role=ROLE_NAMES[actor.role], allowed=ROLE_NAMES[Role.ORGANISER],
        )  # fmt: skip


def default_store() -> Path:
    """The user's own store, where no other is named."""
    return location.default_store()


def copies_folder(path: Path | None = None) -> Path:
    """Where the copies of a store lie, whether there is one yet or not."""
    return copying.folder(_named(path))


def operations_since(session: Session, copy: CopyRow) -> int:
    """How many operations of the open store are not in a copy: what putting it back would take away."""
    last = session.scalar(select(func.max(History.seq))) or 0
    return max(0, int(last) - copy.operations)


def _act(head: Head) -> Said:
    return DONE.get(head.use_case) or Said("Another operation ({use_case})", {"use_case": head.use_case})


def _named(path: Path | None) -> Path:
    return (location.default_store() if path is None else path).absolute()


def _existing(path: Path | None) -> Path:
    store = _named(path)
    if not store.is_file():
        raise Refusal("There is no store at {path}. Check the folder and the name.", path=str(store))
    return store
