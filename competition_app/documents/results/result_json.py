"""The JSON document of results that ``rank`` and ``standings --json`` print (package.md §2)."""

from collections.abc import Iterable, Mapping
from typing import Any

from competition_app.domain.errors import Problem
from competition_app.domain.ranking.result import (
    CompetitionResult,
    DivisionResult,
    EventResult,
    Standing,
    TableRow,
)
from competition_app.i18n import Words


def result_document(competition: str, result: CompetitionResult, words: Words) -> dict[str, Any]:
    """The whole document as plain values, ready for ``json.dumps``; messages in the language of ``words``."""
    return {
        "competition": competition,
        "events": [event_document(event, words) for event in result.events],
        "organisations": [_table_row(row) for row in result.organisations],
    }


def event_document(event: EventResult, words: Words) -> dict[str, Any]:
    """One event: an object per division and stage, and the people passed over for titles."""
    document: dict[str, Any] = {
        "code": event.event,
        "divisions": [_division(division, words) for division in event.divisions],
    }
    if event.nominations:
        document["nominations"] = [
            {
                "title": each.title,
                "number": each.entry,
                "contestant": each.contestant,
                "division": each.division,
                "place": each.place,
                "nominated": each.nominated,
                "reason": None if each.reason is None else words.say(each.reason),
            }
            for each in event.nominations
        ]
    return document


def _division(division: DivisionResult, words: Words) -> dict[str, Any]:
    return {
        "code": division.division,
        "stage": division.stage,
        "standings": [_standing(row, words) for row in division.standings],
        "open_questions": problem_documents(division.open_questions, words),
    }


def _standing(row: Standing, words: Words) -> dict[str, Any]:
    return {
        "number": row.number,
        "place": row.place,
        "shared": row.shared,
        "status": row.status.value,
        "total": row.total,
        "modules": {
            code: {"score": part.score, "weighted": part.weighted} for code, part in row.modules.items()
        },
        "criteria": {module: dict(figures) for module, figures in row.criteria.items()},
        "award": row.award,
        "titles": list(row.titles),
        "advances": row.advances,
        "tie": None if row.tie is None else words.say(row.tie),
        "problems": problem_documents(row.problems, words),
    }


def problem_documents(problems: Iterable[Problem], words: Words) -> list[dict[str, Any]]:
    """Problems as objects: the stable code, the message, and what else they name."""
    return [
        {"code": problem.code, "message": words.say(problem), **_plain(problem.more)} for problem in problems
    ]


def _plain(more: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in more.items() if key not in ("code", "message")}


def _table_row(row: TableRow) -> dict[str, Any]:
    return {
        "table": row.table,
        "code": row.code,
        "place": row.place,
        "shared": row.shared,
        "points": row.points,
        "firsts": row.firsts,
    }
