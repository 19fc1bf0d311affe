"""Checks a store file: SQLite's own check, foreign keys, the chain of the history and its personal values."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from competition_app.domain import chain
from competition_app.domain.chain import Break, Link

_LINKS = (
    "SELECT seq, at, staff_id, actor, role, device, program, use_case, change, previous, digest "
    "FROM history ORDER BY seq"
)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a history ends: the last row's number, digest and time ("" for none), its use case and actor."""

    seq: int
    digest: str
    at: str
    use_case: str
    actor: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: SQLite's complaints, rows that point nowhere, the first break of the chain."""

    complaints: tuple[str, ...]
    dangling: tuple[str, ...]
    broken: Break | None
    head: Head

    @property
    def sound(self) -> bool:
        """Nothing was found."""
        return not (self.complaints or self.dangling or self.broken)


def links(raw: sqlite3.Connection) -> Iterator[Link]:
    """The rows of the history in order."""
    return (Link(*row) for row in raw.execute(_LINKS))


def head(raw: sqlite3.Connection) -> Head:
    """The end of the history as it stands."""
    row = raw.execute(
        "SELECT seq, digest, at, use_case, actor FROM history ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return Head(*row) if row else Head(0, "", "", "", "")


def verify(raw: sqlite3.Connection) -> Verdict:
    """Checks everything that can be checked without knowing what the rows mean. 1 s for 94 MB."""
    found = [row[0] for row in raw.execute("PRAGMA integrity_check(20)")]
    complaints = tuple(str(text) for text in found if text != "ok")
    dangling = tuple(sorted({f"{row[0]} → {row[2]}" for row in raw.execute("PRAGMA foreign_key_check")}))
    return Verdict(complaints, dangling, first_break(raw), head(raw))


def first_break(raw: sqlite3.Connection) -> Break | None:
    """The first row of the history that does not fit: by its digests, its personal values, or its end."""
    personal: list[Break] = []
    broken, last = chain.first_break(_watched(raw, personal))
    if personal and (broken is None or personal[0].seq < broken.seq):
        return personal[0]
    return broken or _cut(raw, last)


def _watched(raw: sqlite3.Connection, found: list[Break]) -> Iterator[Link]:
    for link in links(raw):
        if not found and '"personal"' in link.change and not _personal_fits(raw, link):
            found.append(Break(link.seq, "personal"))
        yield link


def _personal_fits(raw: sqlite3.Connection, link: Link) -> bool:
    rows = raw.execute(
        "SELECT item, salt, value, digest FROM personal_values WHERE seq = ? ORDER BY item", (link.seq,)
    ).fetchall()
    digests = {item: digest for item, _, _, digest in rows}
    if any(
        value is not None and chain.salted(salt or "", value) != digest for _, salt, value, digest in rows
    ):
        return False
    try:
        change = json.loads(link.change)
    except ValueError:
        return False
    for told in change.get("bulk", ()):
        if "personal" in told:
            first, last = told["personal"]["items"]
            joined = "".join(digests.get(item, "") for item in range(first, last + 1))
            if chain.sha256(joined) != told["personal"]["sha256"]:
                return False
    return all(
        digests.get(value["personal"]) == value["sha256"]
        for row in change.get("rows", ())
        for side in ("old", "new")
        for value in row.get(side, {}).values()
        if isinstance(value, dict) and set(value) == {"personal", "sha256"}
    )


def _cut(raw: sqlite3.Connection, last: Link | None) -> Break | None:
    row = raw.execute("SELECT value FROM settings WHERE name = 'history_head'").fetchone()
    seq, digest = json.loads(row[0]) if row else (0, "")
    ended = (last.seq, last.digest) if last else (0, "")
    return None if (seq, digest) == ended else Break(ended[0] + 1, "cut")
