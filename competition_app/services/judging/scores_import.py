"""Direct scores out of a workbook (theory and the like), by entry number or ID number, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.documents.packages.package_checks import Places
from competition_app.documents.reading.reading import read_workbook
from competition_app.documents.reading.scores_table import ScoreLine, ScoresTable, scores_table
from competition_app.documents.results.result_json import problem_documents
from competition_app.documents.sheets.scores_report import write_scores_report
from competition_app.domain.errors import Problem, Refusal, Said
from competition_app.domain.plans import plan as rules
from competition_app.domain.registration.writing import (
    Cell,
    compact,
    number_text,
    person_name,
    shown,
    trimmed,
)
from competition_app.domain.scoring.facts import Outcome
from competition_app.domain.scoring.figures import decimal_of, plain
from competition_app.i18n import Words
from competition_app.services.access import Actor
from competition_app.services.competitions.competitions import event_of
from competition_app.services.judging.direct_scores import (
    ScoreGiven,
    ScoreState,
    direct_rule,
    newest_scores,
    put_scores,
    score_sheet,
)
from competition_app.services.judging.entrants import EntrantRow, absentees, entrants
from competition_app.services.judging.mark_values import Stored, score_units, units_text
from competition_app.services.plans.plans import plan_of
from competition_app.services.workspace import Act, Workspace
from competition_app.store.models import Contestant, Entry, Membership, Person

__all__ = [
    "ScoreRead", "ScoreReport", "ScoresTable", "import_scores", "preview_scores", "problem_lines",
    "read_scores", "save_report", "scores_document", "take_scores", "written_value",
]  # fmt: skip

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
    """What became of a workbook of scores.

    ``changes``: of each entry taken in, how it stood before and after, for ``direct_scores.restore_scores``.
    """

    file: str
    sheet: str
    column: str
    rows: tuple[ScoreRead, ...]
    changes: tuple[tuple[ScoreState, ScoreState], ...] = ()

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

    A score or an absence that differs from what is stored is refused unless ``reason`` says why it is
    corrected; then a figure withdraws the absence, and an absence takes the scores back.
    """
    place, table = read_scores(workspace, file, event_id, module, stage=stage)
    return workspace.do(
        actor, take_scores, event_id, *place, table, reason=reason, all_or_nothing=all_or_nothing
    )


def read_scores(
    workspace: Workspace, file: Path, event_id: int, module: str, *, stage: str | None = None
) -> tuple[tuple[str, str], ScoresTable]:
    """The (stage, module) meant and the table of scores in a workbook; nothing is stored."""
    place, names = workspace.ask(_module, event_id, stage, module)
    return place, scores_table(read_workbook(file), names)


def preview_scores(
    session: Session, event_id: int, stage: str, module: str, table: ScoresTable, reason: str | None = None
) -> ScoreReport:
    """What ``take_scores`` would take and refuse of a table as the store stands now."""
    screen = _Screen(session, event_id, stage, module, table, reason)
    return _report(table, [screen.row(line)[0] for line in table.lines])


def _report(
    table: ScoresTable, rows: Sequence[ScoreRead], changes: Sequence[tuple[ScoreState, ScoreState]] = ()
) -> ScoreReport:
    return ScoreReport(table.file, table.sheet, table.score_head, tuple(rows), tuple(changes))


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
    before = _states(act.session, event_id, stage, module)
    if not (all_or_nothing and any(not read.accepted for read, _ in rows)):
        given = [score for _, score in rows if score is not None]
        put_scores(act, event_id, stage, module, given, reason=reason)
    else:
        rows = [(_held_back(read), None) for read, _ in rows]
    act.note(file=table.file, sheet=table.sheet, column=table.score_head, rows=len(rows))
    after = _states(act.session, event_id, stage, module)
    changes = [(was, after[key]) for key, was in before.items() if after[key] != was]
    return _report(table, [read for read, _ in rows], changes)


def _states(session: Session, event_id: int, stage: str, module: str) -> dict[int, ScoreState]:
    session.flush()
    return {row.entry_id: row.state for row in score_sheet(session, event_id, stage, module)}


def problem_lines(row: ScoreRead, words: Words) -> tuple[str, ...]:
    """Why a row is not taken: each column with what is wrong in it."""
    told = []
    for problem in row.problems:
        head, why = problem.more.get("column"), words.say(problem)
        told.append(words("“{column}”: {why}", column=head, why=why) if head else why)
    return tuple(told)


def written_value(row: ScoreRead) -> str:
    """A row's score as read, or as it was written where it could not be read."""
    if row.value is not None:
        return row.value
    return next((str(problem.more.get("value", "")) for problem in row.problems), "")


def save_report(report: ScoreReport, target: Path, words: Words) -> None:
    """What is taken and what not, row by row with the reason, as a workbook."""
    heads = (
        words("Row@of a sheet"), words("Number@entry"), words("Name"), words("Score"), words("State"),
        words("Reason"),
    )  # fmt: skip
    rows = [
        (str(row.row), row.number or "", row.name or "", written_value(row),
         words("To be taken") if row.accepted else words("Not taken@scores"),
         " ".join(problem_lines(row, words)))
        for row in report.rows
    ]  # fmt: skip
    title = words("{file}, {sheet}: {taken} to be taken, {refused} not", file=report.file, sheet=report.sheet,
                  taken=report.accepted, refused=report.refused)  # fmt: skip
    write_scores_report(target, title, heads, rows, [not row.accepted for row in report.rows])


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
        self.table, self.reason = table, (reason or "").strip()
        self.rule: rules.Module = direct_rule(session, event_id, stage, module)
        self.people: Mapping[str, EntrantRow] = entrants(session, event_id)
        self.by_id = _entries_by_id(session, event_id)
        self.away = absentees(session, event_id, stage, module)
        self.stored: dict[int, dict[int, Stored]] = {}
        for (entry, attempt), score in newest_scores(session, event_id, stage, module).items():
            self.stored.setdefault(entry, {})[attempt] = score.units, score.outcome
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
        changed = self._held(entrant.entry_id, value) != {self._as_stored(value, entrant.number)}
        read = ScoreRead(line.row, number, name, text, True, changed, ())
        return read, ScoreGiven(entrant.entry_id, value)

    def _as_stored(self, value: Decimal | Outcome, number: str) -> Stored:
        return _AWAY if value is Outcome.ABSENT else score_units(self.rule, value, number)

    def _held(self, entry_id: int, value: Decimal | Outcome) -> set[Stored]:
        """What stands stored of the entry: an absence, the score of attempt 1, or both or nothing.

        Beside an absence given, the scores of all attempts: it speaks of each.
        """
        scores = self.stored.get(entry_id, {})
        found = set(scores.values()) if value is Outcome.ABSENT else {scores.get(1, _NOTHING)}
        if entry_id in self.away:
            found.add(_AWAY)
        return found - {_NOTHING}

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
        value = _given(text)
        if value is None:
            said = Said("This is not a figure: type digits and a point, such as 80.5.")
            problems.append(_problem("score_unreadable", said, column, line.value))
            return None
        try:
            stored = self._as_stored(value, entrant.number if entrant else str(line.row))
        except Refusal as refusal:
            problems.append(_problem("score_out_of_range", refusal.said, column, line.value))
            return value
        others = self._held(entrant.entry_id, value) - {stored} if entrant else set()
        if others and not self.reason:
            problems.append(_problem("score_differs", _already(others), column, line.value))
        return value


_AWAY: Stored = (None, 1)
_NOTHING: Stored = (None, 0)


def _given(text: str) -> Decimal | Outcome | None:
    """What a cell's text gives; None: no figure."""
    if text in _ABSENT:
        return Outcome.ABSENT
    return Outcome.DNF if text in _FAILED else decimal_of(text.removesuffix("分"))


def _already(held: set[Stored]) -> Said:
    """What stands in the way of a row: an absence before any score."""
    if _AWAY in held:
        return Said("The absence is recorded already; to correct it, say why.")
    units, _ = min(held, key=lambda one: one[0] is None)
    score = Outcome.DNF.value if units is None else units_text(units)
    return Said("A score of {score} is stored already; to correct it, say why.", {"score": score})


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
