"""Results as papers: the signed standings page and the result book, from the one ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competition_app.documents.results import result_book, standings_print
from competition_app.documents.results.result_book import MarkRow, MarksTable
from competition_app.documents.results.standings_table import Entrant, ModuleHead, StandingsHead, Table, table
from competition_app.domain.plans.plan import Module, Plan, Stage
from competition_app.domain.ranking.result import DivisionResult
from competition_app.domain.scoring.figures import plain
from competition_app.i18n import Words
from competition_app.services.competitions.competitions import event_of
from competition_app.services.judging.entrants import EntrantRow, entrants
from competition_app.services.judging.mark_values import units_text
from competition_app.services.locking.obstacles import UNLOCKED
from competition_app.services.plans.plans import planned
from competition_app.services.results.results import event_result
from competition_app.store.models import (
    Competition,
    Criterion,
    Division,
    Entry,
    Event,
    Judge,
    Mark,
    PlanVersion,
    Work,
    WorkLink,
)


@dataclass(frozen=True, slots=True)
class ResultPapers:
    """Everything the papers of a result need: a table a division and stage, the marks of each module."""

    tables: tuple[Table, ...]
    marks: tuple[MarksTable, ...]


def result_papers(session: Session, event_id: int, words: Words, printed_at: str) -> ResultPapers:
    """An event's result ready for paper. ``printed_at`` is the local time as it shall stand there."""
    event = event_of(session, event_id)
    plan = planned(session, event)
    people = entrants(session, event_id)
    named = {number: Entrant(row.name, row.organisation) for number, row in people.items()}
    heads = _Heads(session, event, plan, words, printed_at)
    tables = tuple(
        table(heads.of(division), division, named, words)
        for division in event_result(session, event_id).divisions
    )
    return ResultPapers(tables, tuple(_marks(session, event, plan, people, words)))


def save_pdf(papers: ResultPapers, target: Path, words: Words) -> int:
    """The standings as a PDF to be signed; returns its number of pages."""
    return standings_print.write_standings(papers.tables, target, words)


def save_book(papers: ResultPapers, target: Path, words: Words) -> None:
    """The result book as a workbook."""
    result_book.write_result_book(papers.tables, papers.marks, target, words)


class _Heads:
    """What stands above each table of an event."""

    def __init__(self, session: Session, event: Event, plan: Plan, words: Words, printed_at: str) -> None:
        competition = session.get(Competition, event.competition_id)
        assert competition is not None
        self._competition = competition
        self._event = event
        self._plan = plan
        self._words = words
        self._printed_at = printed_at
        query = select(func.max(PlanVersion.version)).where(PlanVersion.event_id == event.id)
        self._version = int(session.scalar(query) or 0)
        names = select(Division.code, Division.name).where(Division.event_id == event.id)
        self._divisions: dict[str, str] = {row.code: row.name for row in session.execute(names)}

    def of(self, division: DivisionResult) -> StandingsHead:
        """The head of one division's table in one stage."""
        stage = self._plan.stage(division.stage)
        assert stage is not None
        ends_on = self._competition.ends_on
        return StandingsHead(
            contest=self._competition.name,
            event=self._event.name,
            division=self._divisions.get(division.division or "", division.division or ""),
            stage=stage.name or "",
            modules=tuple(
                ModuleHead(module.code, module.name or module.code, _weight(module))
                for module in stage.modules
            ),
            formula=self._formula(stage),
            plan_version=self._version,
            printed_at=self._printed_at,
            day=date.fromisoformat(ends_on) if ends_on else None,
            draft=self._words("Not locked") if self._event.state in UNLOCKED else "",
        )

    def _formula(self, stage: Stage) -> str:
        words = self._words
        parts = [
            words("{module} counts {weight}", module=module.name or module.code, weight=weight)
            for module in stage.modules
            if (weight := _weight(module))
        ]
        if stage.round.total is not None:
            parts.append(words("total rounded half up to {n} digits", n=stage.round.total))
        return words(", @between counts").join(parts)


def _weight(module: Module) -> str:
    """A weight as per cent, empty where a module counts as it is."""
    return "" if module.weight == 1 else f"{plain(module.weight * 100)}%"


def _marks(
    session: Session, event: Event, plan: Plan, people: Mapping[str, EntrantRow], words: Words
) -> Sequence[MarksTable]:
    """The marks of each module with score sheets, in the plan's order; sealed works go by their codes."""
    judges = [
        code
        for (code,) in session.execute(
            select(Judge.code).where(Judge.event_id == event.id).order_by(Judge.position, Judge.id)
        )
    ]
    tables = []
    for stage in plan.stages:
        for module in stage.modules:
            cells = _cells(session, event.id, stage.code, module.code, words)
            if not cells:
                continue
            order = {criterion.code: i for i, criterion in enumerate(module.criteria)}
            names = {criterion.code: criterion.name or criterion.code for criterion in module.criteria}
            seated = [code for code in judges if any(code in values for values in cells.values())]
            rows = tuple(
                MarkRow(
                    number,
                    people[number].name if number in people else "",
                    names.get(criterion, criterion)
                    + ("" if attempt == 1 else words(" (attempt {n})", n=attempt)),
                    tuple(values.get(code, "") for code in seated),
                )
                for (number, attempt, criterion), values in sorted(
                    cells.items(), key=lambda item: (item[0][0], item[0][1], order.get(item[0][2], 999))
                )
            )
            title = f"{event.name} {stage.name or ''} {module.name or module.code}"
            tables.append(MarksTable(" ".join(title.split()), tuple(seated), rows))
    return tables


def _cells(
    session: Session, event_id: int, stage: str, module: str, words: Words
) -> dict[tuple[str, int, str], dict[str, str]]:
    """Marks of a module: (number, attempt, criterion) → judge → text."""
    query = (
        select(Entry.number, Work.code, Mark.attempt, Criterion.code, Judge.code, Mark.units, Mark.outcome)
        .join(Work, Work.id == Mark.work_id)
        .join(Criterion, Criterion.id == Mark.criterion_id)
        .join(Judge, Judge.id == Mark.judge_id)
        .outerjoin(WorkLink, WorkLink.work_id == Work.id)
        .outerjoin(Entry, Entry.id == WorkLink.entry_id)
        .where(Work.event_id == event_id, Work.stage == stage, Work.module == module)
    )
    found: dict[tuple[str, int, str], dict[str, str]] = {}
    for number, code, attempt, criterion, judge, units, outcome in session.execute(query):
        text = units_text(units) if outcome == 0 and units is not None else _outcome(outcome, words)
        found.setdefault((number or code or "", attempt, criterion), {})[judge] = text
    return found


def _outcome(outcome: int, words: Words) -> str:
    return words("Not given") if outcome == 1 else "DNF"
