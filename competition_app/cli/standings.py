"""A result as lines for people: one table for each division and stage, and what is still open."""

from collections.abc import Iterator

from competition_app.cli.answer import table
from competition_app.domain.errors import Said
from competition_app.domain.ranking.result import (
    CompetitionResult,
    DivisionResult,
    EventResult,
    Standing,
    Status,
)
from competition_app.i18n import in_use, tr

_REMARKS = {
    Status.OUT_OF_COMPETITION: Said("Out of competition"),
    Status.INCOMPLETE: Said("Incomplete"),
    Status.DISQUALIFIED: Said("Disqualified"),
    Status.WITHDRAWN: Said("Withdrawn"),
    Status.ABSENT: Said("Absent"),
}


def result_lines(name: str, result: CompetitionResult) -> Iterator[str]:
    """The whole result of a competition."""
    yield name
    for event in result.events:
        yield from event_lines(event)
    if result.organisations:
        yield ""
        heads = [tr("Table"), tr("Place"), tr("Unit"), tr("Points"), tr("Firsts")]
        rows = [
            [row.table, str(row.place), row.code, row.points, str(row.firsts)] for row in result.organisations
        ]
        yield from table(heads, rows, right=frozenset({1, 3, 4}))


def event_lines(event: EventResult) -> Iterator[str]:
    """One event: its divisions and stages one after another; none where it has no plan yet."""
    if not event.divisions:
        yield ""
        yield tr(
            "{event} has no plan yet, so it has no result: set one on the page of events and rules.",
            event=event.event,
        )
    for division in event.divisions:
        yield ""
        yield " · ".join(part for part in (event.event, division.division, division.stage) if part)
        yield from _table(division)
        for question in division.open_questions:
            yield tr("To be decided: {question}", question=question)


def _table(division: DivisionResult) -> list[str]:
    modules = list(dict.fromkeys(code for row in division.standings for code in row.modules))
    heads = [tr("Place"), tr("Number"), tr("Total"), *modules, tr("Award"), tr("Remark")]
    rows = [_row(row, modules) for row in division.standings]
    return table(heads, rows, right=frozenset({0, *range(2, 3 + len(modules))}))


def _row(row: Standing, modules: list[str]) -> list[str]:
    place = "" if row.place is None else f"{row.place}{'=' if row.shared else ''}"
    figures = [row.modules[code].score or "" if code in row.modules else "" for code in modules]
    said = [_REMARKS.get(row.status), row.tie, *(problem.said for problem in row.problems)]
    remark = " ".join(in_use().say(one) for one in said if one)
    return [place, row.number, row.total or "", *figures, row.award or "", remark]
