"""The chain of the history: canonical text, digests, and the first row that does not fit."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

START = "0" * 64
"""What stands as the previous digest in the first row."""

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: object) -> str:
    """The one JSON text of a value: sorted keys, no blanks, characters as they are, no NaN."""
    return _encode(value)


def sha256(text: str) -> str:
    """SHA-256 of the UTF-8 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def salted(salt: str, text: str) -> str:
    """The digest under which a personal value stands in the history; the salt keeps it from being guessed."""
    return sha256(salt + text)


@dataclass(frozen=True, slots=True)
class Link:
    """One row of the history: an operation, who did it, and the digest that ties it to the row before."""

    seq: int
    at: str
    staff_id: int | None
    actor: str
    role: str
    device: str
    program: str
    use_case: str
    change: str
    previous: str
    digest: str = ""

    def expected(self) -> str:
        """The digest this row must carry: SHA-256 over the canonical JSON of all its other columns."""
        return sha256(
            canonical([
                self.seq, self.at, self.staff_id, self.actor, self.role, self.device, self.program,
                self.use_case, self.change, self.previous,
            ])
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Break:
    """The first place that does not hold: ``kind`` is missing, changed, unlinked, personal, mark, record,
    untold (no operation is known) or cut.
    """

    seq: int
    kind: str


def first_break(links: Iterable[Link]) -> tuple[Break | None, Link | None]:
    """The first row that does not fit, in order of ``seq``, and the last row that did.

    missing: the number is not the next one; unlinked: it does not name the digest of the row before;
    changed: its own digest is not that of its columns.
    """
    last: Link | None = None
    for link in links:
        wanted = last.seq + 1 if last else 1
        if link.seq != wanted:
            return Break(wanted, "missing"), last
        if link.digest != link.expected():
            return Break(link.seq, "changed"), last
        if link.previous != (last.digest if last else START):
            return Break(link.seq, "unlinked"), last
        last = link
    return None, last
