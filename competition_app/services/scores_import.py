"""Direct scores out of a workbook (theory and the like), by entry number or ID number, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.documents.package_checks import Places
from competition_app.documents.reading import read_workbook
from competition_app.documents.result_json import problem_documents
from competition_app.documents.scores_table import ScoreLine, ScoresTable, scores_table
from competition_app.domain import plan as rules
from competition_app.domain.errors import Problem, Refusal, Said
from competition_app.domain.facts import Outcome
from competition_app.domain.figures import decimal_of, plain
from competition_app.domain.writing import Cell, compact, number_text, person_name, shown, trimmed
from competition_app.i18n import Words
from competition_app.services.access import Actor
from competition_app.services.competitions import event_of
from competition_app.services.direct_scores import ScoreGiven, direct_rule, enter_scores, newest_scores
from competition_app.services.entrants import EntrantRow, entrants
from competition_app.services.mark_values import score_units, units_text
from competition_app.services.plans import plan_of
from competition_app.services.rulings import record_absence
from competition_app.services.workspace import Act, Workspace
from competition_app.store.models import Contestant, Entry, Membership, Person

_ABSENT = frozenset({"缺考", "缺", "absent", "未参加", "弃考"})
_FAILED = frozenset({"dnf", "未完成"})
_DIGITS_LOST = Said("The ID number was stored as a number and lost its last digits: type it as text.")


@dataclass(frozen=True, slots=True)
class ScoreRead:
    """A row as taken or refused; ``value`` as read (None: it could not be); ``changed``: newly stored."""

    row: int
    number: str | None
    name: str | None
    value: str | None
    accepted: bool
    changed: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """What became of a workbook of scores."""

    file: str
    sheet: str
    column: str
    rows: tuple[ScoreRead, ...]

    @property
    def accepted(self) -> int:
        """How many rows were taken."""
        return sum(row.accepted for row in self.rows)

    @property
    def refused(self) -> int:
        """How many rows were not taken."""
        return len(self.rows) - self.accepted


def import_scores(
    workspace: Workspace,
    actor: Actor,
    file: Path,
    event_id: int,
    module: str,
    *,
    stage: str | None = None,
    reason: str | None = None,
    all_or_nothing: bool = False,
) -> ScoreReport:
    """Takes a workbook of scores into a direct module; rows with a problem are refused and told.

    A score that differs from the one stored is refused unless ``reason`` says why it is corrected.
    """
    place, names = workspace.ask(_module, event_id, stage, module)
    table = scores_table(read_workbook(file), names)
    return workspace.do(
        actor, take_scores, event_id, *place, table, reason=reason, all_or_nothing=all_or_nothing
    )


def take_scores(
    act: Act,
    event_id: int,
    stage: str,
    module: str,
    table: ScoresTable,
    *,
    reason: str | None = None,
    all_or_nothing: bool = False,
) -> ScoreReport:
    """Stores the scores of a table as read, in one operation."""
    screen = _Screen(act.session, event_id, stage, module, table, reason)
    rows = [screen.row(line) for line in table.lines]
    if not (all_or_nothing and any(not read.accepted for read, _ in rows)):
        given = [score for _, score in rows if score is not None]
        marks = [score for score in given if score.value is not Outcome.ABSENT]
        enter_scores(act, event_id, stage, module, marks, reason=reason)
        for score in given:
            if score.value is Outcome.ABSENT:
                record_absence(act, score.entry_id, stage, module)
    else:
        rows = [(_held_back(read), None) for read, _ in rows]
    act.note(file=table.file, sheet=table.sheet, column=table.score_head, rows=len(rows))
    return ScoreReport(table.file, table.sheet, table.score_head, tuple(read for read, _ in rows))


def scores_document(report: ScoreReport, words: Words) -> dict[str, Any]:
    """The report as the JSON document of the command line."""
    return {
        "accepted": report.accepted,
        "refused": report.refused,
        "file": report.file,
        "sheet": report.sheet,
        "column": report.column,
        "rows": [
            {
                "row": row.row, "number": row.number, "name": row.name, "value": row.value,
                "accepted": row.accepted, "problems": problem_documents(row.problems, words),
            }
            for row in report.rows
        ],
    }  # fmt: skip


def _held_back(read: ScoreRead) -> ScoreRead:
    return ScoreRead(read.row, read.number, read.name, read.value, False, False, read.problems)


def _module(
    session: Session, event_id: int, stage: str | None, module: str
) -> tuple[tuple[str, str], tuple[str, ...]]:
    """The (stage, module) meant, and the names under which its column may stand."""
    event_of(session, event_id)
    plan = plan_of(session, event_id)
    found = Places(plan).find(stage, module)
    if isinstance(found, Said):
        raise Refusal("No scores are taken: {why}.", why=found)
    rule = direct_rule(session, event_id, *found)
    return found, (rule.code, rule.name or "")


class _Screen:
    """Holds the rows of a table against the event's entries and what is stored already."""

    def __init__(
        self, session: Session, event_id: int, stage: str, module: str, table: ScoresTable, reason: str | None
    ) -> None:
        self.table, self.reason = table, reason
        self.rule: rules.Module = direct_rule(session, event_id, stage, module)
        self.people: Mapping[str, EntrantRow] = entrants(session, event_id)
        self.by_id = _entries_by_id(session, event_id)
        self.stored = newest_scores(session, event_id, stage, module)
        self.seen: dict[int, int] = {}

    def row(self, line: ScoreLine) -> tuple[ScoreRead, ScoreGiven | None]:
        """A row as read, and what it gives if nothing speaks against it."""
        problems: list[Problem] = []
        entrant = self._entrant(line, problems)
        value = self._value(line, entrant, problems)
        number, name = (entrant.number, entrant.name) if entrant else (None, None)
        text = None if value is None else value.value if isinstance(value, Outcome) else plain(value)
        if problems or entrant is None or value is None:
            return ScoreRead(line.row, number, name, text, False, False, tuple(problems)), None
        newest = self.stored.get((entrant.entry_id, 1))
        same = newest is not None and newest.units is not None and units_text(newest.units) == text
        return (
            ScoreRead(line.row, number, name, text, True, not same, ()),
            ScoreGiven(entrant.entry_id, value),
        )

    def _entrant(self, line: ScoreLine, problems: list[Problem]) -> EntrantRow | None:
        column, cell = self.table.number_head, line.number
        if trimmed(cell):
            found = self._numbered(cell)
        else:
            column, cell = self.table.id_head, line.id_number
            written = number_text(cell)
            if written.lost:
                problems.append(_problem("id_digits_lost", _DIGITS_LOST, column, cell))
                return None
            found = self.people.get(self.by_id.get(compact(written.text).upper(), ""))
        if found is None:
            problems.append(
                _problem("entry_unknown", Said("No entry of this event has this number."), column, cell)
            )
            return None
        self._same_person(line, found, problems)
        if found.entry_id in self.seen:
            said = Said("This entry stands in row {row} already.", {"row": self.seen[found.entry_id]})
            problems.append(_problem("entry_repeated", said, column, cell))
        self.seen.setdefault(found.entry_id, line.row)
        return found

    def _numbered(self, cell: Cell) -> EntrantRow | None:
        """The entry of a number; one that a spreadsheet stored without its leading zeros is found too."""
        text = trimmed(cell)
        found = self.people.get(text)
        if found is None and isinstance(cell, int | float):
            alike = [row for number, row in self.people.items() if number.lstrip("0") == shown(cell)]
            found = alike[0] if len(alike) == 1 else None
        return found

    @staticmethod
    def _same_person(line: ScoreLine, found: EntrantRow, problems: list[Problem]) -> None:
        name = person_name(line.name)
        known = {person_name(found.name), *(person_name(member.name) for member in found.members)}
        if name and name not in known:
            said = Said("The number belongs to {name}.", {"name": found.name})
            problems.append(_problem("name_differs", said, None, line.name))

    def _value(
        self, line: ScoreLine, entrant: EntrantRow | None, problems: list[Problem]
    ) -> Decimal | Outcome | None:
        text = compact(shown(line.value)).casefold()
        column = self.table.score_head
        if not text:
            problems.append(_problem("score_missing", Said("The score is missing."), column, line.value))
            return None
        if text in _ABSENT:
            return Outcome.ABSENT
        if text in _FAILED:
            return Outcome.DNF
        value = decimal_of(text.removesuffix("分"))
        if value is None:
            said = Said("This is not a figure: type digits and a point, such as 80.5.")
            problems.append(_problem("score_unreadable", said, column, line.value))
            return None
        try:
            stored = score_units(self.rule, value, entrant.number if entrant else str(line.row))
        except Refusal as refusal:
            problems.append(_problem("score_out_of_range", refusal.said, column, line.value))
            return value
        self._differs(line, entrant, stored[0], problems)
        return value

    def _differs(
        self, line: ScoreLine, entrant: EntrantRow | None, units: int | None, problems: list[Problem]
    ) -> None:
        newest = self.stored.get((entrant.entry_id, 1)) if entrant else None
        if newest is None or newest.units is None or newest.units == units or self.reason:
            return
        said = Said(
            "A score of {score} is stored already; to correct it, say why.",
            {"score": units_text(newest.units)},
        )
        problems.append(_problem("score_differs", said, self.table.score_head, line.value))


def _problem(code: str, said: Said, column: str | None, value: Cell) -> Problem:
    return Problem(code, said, {"column": column, "value": shown(value)})


def _entries_by_id(session: Session, event_id: int) -> dict[str, str]:
    """The numbers of entries by the ID numbers of their members."""
    query = (
        select(Person.id_number, Entry.number)
        .join(Contestant, Contestant.person_id == Person.id)
        .join(Membership, Membership.contestant_id == Contestant.id)
        .join(Entry, Entry.id == Membership.entry_id)
        .where(Entry.event_id == event_id, Person.id_number.is_not(None))
    )
    return {id_number.upper(): number for id_number, number in session.execute(query) if id_number}
