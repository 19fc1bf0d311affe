"""Operations in words: the rows of the page, and every value of one operation before and after."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal, Said
from competition_app.i18n import Words
from competition_app.services.access import ROLE_NAMES
from competition_app.services.history.history_catalogue import FIELDS, NOTES, SILENT, TABLES, area_of
from competition_app.services.history.history_names import NOBODY, Names
from competition_app.services.history.history_values import Values
from competition_app.services.history.history_words import DONE
from competition_app.services.history.noted import noted_sentence
from competition_app.store.models import History, MarkVersion, PersonalValue, Score

LINES = 200
"""How many values of one operation are told; of more, only how many."""
_TOLD_IN_A_ROW = 3
_BEHIND = ("sheets", "judge_persons", "assignments", "participations", "persons")


@dataclass(frozen=True, slots=True)
class LogRow:
    """One operation as a row of the page, in one language. ``at`` is UTC in ISO."""

    seq: int
    at: str
    actor: str
    role: str
    device: str
    program: str
    area: str
    done: str
    subject: str
    change: str


@dataclass(frozen=True, slots=True)
class Line:
    """One value before and after: what it is about, its label; None where there was or is none."""

    about: str
    label: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """One operation whole: its row, what was noted beside it, its values, how many more, its digest."""

    row: LogRow
    notes: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    more: int
    digest: str


def log_rows(session: Session, seqs: Sequence[int], words: Words) -> tuple[LogRow, ...]:
    """These operations as rows, in the order asked for; numbers that are not there are left out."""
    query = select(History).where(History.seq.in_(seqs))
    found = {row.seq: row for row in session.scalars(query)}
    telling = _Telling(session, words)
    return tuple(telling.row(found[seq]) for seq in seqs if seq in found)


def told(session: Session, seq: int, words: Words) -> Told:
    """One operation whole. Raises Refusal where there is none with this number."""
    row = session.get(History, seq)
    if row is None:
        raise Refusal("There is no operation {seq} in the history. Refresh the page.", seq=seq)
    return _Telling(session, words).whole(row)


class _Telling:
    """Tells operations in one language; names are looked up once for all of them."""

    def __init__(self, session: Session, words: Words) -> None:
        self._session, self._words = session, words
        self._names = Names(session, words)
        self._values = Values(self._names, words)

    def row(self, row: History) -> LogRow:
        """A row of the page: whom it is about, and its first values."""
        change = json.loads(row.change)
        parts = _telling(change)
        lines = list(islice(self._lines(row.seq, parts[:_TOLD_IN_A_ROW], brief=True), 1))
        said = DONE.get(row.use_case) or Said("Another operation ({use_case})", {"use_case": row.use_case})
        return LogRow(
            row.seq, row.at, row.actor, self._words.say(ROLE_NAMES[Role(row.role)]), row.device, row.program,
            area_of(row.use_case), self._words.say(said), self._subject(change, parts),
            self._brief(change, parts, lines),
        )  # fmt: skip

    def whole(self, row: History) -> Told:
        """The operation with every value that can be told."""
        change = json.loads(row.change)
        parts = _telling(change)
        lines = list(islice(self._lines(row.seq, parts, brief=False), LINES + 1))
        more = sum(_width(part) for part in parts) - LINES if len(lines) > LINES else 0
        notes = [*self._noted(change), *self._bulk(change)]
        return Told(self.row(row), tuple(notes), tuple(lines[:LINES]), max(0, more), row.digest)

    def _subject(self, change: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> str:
        """Whom an operation is about: its first rows, and how many others."""
        if not parts:
            notes = change.get("notes", {})
            event = self._names.event(notes["event"]) if "event" in notes else ""
            return str(notes.get("file", "")) or event or self._bulk_subject(change)
        name, event = self._about(parts[0])
        table = parts[0]["table"]
        of_kind = {tuple(part["key"])[:1] for part in parts if part["table"] == table}
        if len(of_kind) > 1 and name != NOBODY:
            name = self._words("{first} and {n} more@subjects", first=name, n=len(of_kind) - 1)
        return self._names.joined(name, event)

    def _bulk_subject(self, change: Mapping[str, Any]) -> str:
        """What most rows are, the last of equals: units and people come before what they are entered for."""
        bulk = [part for part in reversed(change.get("bulk", ())) if part["table"] in TABLES]
        most = max(bulk, key=lambda part: part["count"], default=None)
        return self._words.say(TABLES[most["table"]]) if most else ""

    def _brief(
        self, change: Mapping[str, Any], parts: Sequence[Mapping[str, Any]], lines: Sequence[Line]
    ) -> str:
        facts = [f"{label} {value}" for label, value in (*self._noted(change), *self._bulk(change))]
        if not lines:
            return self._words(", @between facts").join(facts)
        first = lines[0]
        gone = NOBODY if first.new is None else first.new
        arrow = f"{first.label} {first.old} → {gone}" if first.old is not None else ""
        text = arrow or f"{first.label} {first.new}"
        rows = sum(1 for part in parts if part["table"] == parts[0]["table"])
        return self._words("{first}, {n} rows in all", first=text, n=rows) if rows > 1 else text

    def _noted(self, change: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for name, value in change.get("notes", {}).items():
            if name in NOTES and (said := noted_sentence(value)) is not None:
                yield self._words.say(NOTES[name]), self._words.say(said)
            elif name in NOTES and not isinstance(value, list | dict):
                yield self._words.say(NOTES[name]), str(value)

    def _bulk(self, change: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for part in change.get("bulk", ()):
            if part["table"] in TABLES:
                yield self._words.say(TABLES[part["table"]]), f"{part['count']:,}"

    def _about(self, part: Mapping[str, Any]) -> tuple[str, str]:
        given = {**part.get("old", {}), **part.get("new", {})}
        return self._names.about(part["table"], tuple(part["key"]), given)

    def _lines(self, seq: int, parts: Sequence[Mapping[str, Any]], *, brief: bool) -> Iterator[Line]:
        personal = self._personal(seq, parts)
        for part in parts:
            about = "" if brief else self._names.joined(*self._about(part))
            old, new = self._sides(part, personal)
            for column, field in FIELDS[part["table"]].items():
                if column not in new and column not in old:
                    continue
                before, after = (self._values.say(field, column, part, side) for side in (old, new))
                if before != after or field.kind == "changed":
                    made = "old" not in part
                    if made and (new.get(column) is False or after == NOBODY):
                        continue
                    yield Line(about, self._label(part, column), before, after)

    def _label(self, part: Mapping[str, Any], column: str) -> str:
        """A mark goes by its criterion, everything else by its column."""
        if part["table"] == "mark_versions" and column == "units":
            return self._names.criterion(part["key"][2])
        return self._words.say(FIELDS[part["table"]][column].label)

    def _personal(self, seq: int, parts: Sequence[Mapping[str, Any]]) -> Mapping[int, Any]:
        """The personal values these rows point to; erased ones are missing."""
        items = [
            value["personal"]
            for part in parts[:LINES]
            for side in ("old", "new")
            for value in part.get(side, {}).values()
            if isinstance(value, dict) and set(value) == {"personal", "sha256"}
        ]
        if not items:
            return {}
        query = select(PersonalValue.item, PersonalValue.value).where(
            PersonalValue.seq == seq, PersonalValue.item.in_(items), PersonalValue.value.is_not(None)
        )
        return {row.item: json.loads(row.value) for row in self._session.execute(query)}

    def _sides(
        self, part: Mapping[str, Any], personal: Mapping[int, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The values before and after with personal ones put in; a mark's earlier version is looked up."""
        old, new = (
            {name: self._values.resolved(value, personal) for name, value in part.get(side, {}).items()}
            for side in ("old", "new")
        )
        if "new" in part and "old" not in part:
            old = self._version_before(part) or {}
        return old, new

    def _version_before(self, part: Mapping[str, Any]) -> dict[str, Any] | None:
        key = list(part["key"])
        if part["table"] not in ("mark_versions", "scores") or key[-1] <= 1:
            return None
        key[-1] -= 1
        found: MarkVersion | Score | None = (
            self._session.get(MarkVersion, tuple(key))
            if part["table"] == "mark_versions"
            else self._session.get(Score, tuple(key))
        )
        return {"units": found.units, "outcome": found.outcome} if found else None


def _telling(change: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rows that are told: a mark before the sheet it stands on, a judge before a unit that came along."""
    parts = [part for part in change.get("rows", ()) if part["table"] not in SILENT]
    return sorted(parts, key=lambda part: (part["table"] in _BEHIND, _by_the_way(part)))


def _by_the_way(part: Mapping[str, Any]) -> bool:
    """A unit made because somebody of it was entered."""
    return part["table"] == "organisations" and "old" not in part


def _width(part: Mapping[str, Any]) -> int:
    names = set(part.get("old", {})) | set(part.get("new", {}))
    return len(names & set(FIELDS[part["table"]]))
