"""The standings of one division as a table of plain words, for the printed page and the workbook alike."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from competition_app.domain.errors import Said
from competition_app.domain.ranking.result import DivisionResult, Standing, Status
from competition_app.i18n import Words

STATUS: Mapping[Status, Said] = {
    Status.RANKED: Said("Ranked"),
    Status.OUT_OF_COMPETITION: Said("Out of competition"),
    Status.INCOMPLETE: Said("Incomplete"),
    Status.DISQUALIFIED: Said("Disqualified"),
    Status.WITHDRAWN: Said("Withdrawn"),
    Status.ABSENT: Said("Absent"),
}
"""How each status is called on paper."""

DASH = "—"


@dataclass(frozen=True, slots=True)
class Entrant:
    """Who stands behind an entry's number."""

    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class ModuleHead:
    """A module's column: its code in the result, its name, and its weight in words (30%), empty when 1."""

    code: str
    name: str
    weight: str = ""


@dataclass(frozen=True, slots=True)
class StandingsHead:
    """What stands above and below the table. ``draft``: 试打, 未锁定, or empty once locked."""

    contest: str
    event: str
    division: str
    stage: str
    modules: tuple[ModuleHead, ...]
    formula: str
    plan_version: int
    printed_at: str
    day: date | None = None
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as printed: figures are exact text, empty cells a dash; ``plain`` rows are not ranked."""

    place: str
    number: str
    name: str
    organisation: str
    figures: tuple[str, ...]
    total: str
    award: str
    plain: bool
    titles: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A division's standings ready to be set, with the title, the counts and the ties in words."""

    head: StandingsHead
    title: str
    counts: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    ties: tuple[str, ...]
    check_code: str
    weighted: tuple[bool, ...] = field(default=())


def check_code(result: DivisionResult) -> str:
    """成绩校验码: twelve figures that change with any place, total, prize or status: ``4F2A 91C7 0B6E``."""
    rows = [[s.number, s.place, s.status, s.total, s.award, list(s.titles)] for s in result.standings]
    text = json.dumps([result.division, result.stage, rows], ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest().upper()
    return f"{digest[:4]} {digest[4:8]} {digest[8:12]}"


def table(
    head: StandingsHead, result: DivisionResult, entrants: Mapping[str, Entrant], words: Words
) -> Table:
    """The table of a division's result; ``entrants`` by entry number."""
    columns: list[str] = []
    weighted: list[bool] = []
    for module in head.modules:
        columns.append(module.name)
        weighted.append(False)
        if module.weight:
            columns.append(words("At {weight}", weight=module.weight))
            weighted.append(True)
    return Table(
        head,
        _title(head, words),
        _counts(result, words),
        tuple(columns),
        tuple(_row(head, one, entrants.get(one.number, Entrant("", "")), words) for one in result.standings),
        tuple(_ties(head, result, words)),
        check_code(result),
        tuple(weighted),
    )


def _ties(head: StandingsHead, result: DivisionResult, words: Words) -> Iterator[str]:
    """What decided between equal totals, by entry number, with the modules' names for their codes."""
    names = {module.code: module.name for module in head.modules}
    for one in result.standings:
        if one.tie is not None:
            yield words("{number}: {tie}", number=one.number, tie=_in_names(one.tie, names))


def _in_names(said: Said, names: Mapping[str, str]) -> Said:
    values = {
        key: _in_names(value, names)
        if isinstance(value, Said)
        else names.get(str(value), value)
        if key == "module"
        else value
        for key, value in said.values.items()
    }
    return Said(said.text, values)


def _title(head: StandingsHead, words: Words) -> str:
    values = {"event": head.event, "division": head.division, "stage": head.stage}
    if head.division:
        return words("{event} ({division}) {stage} results", **values)
    return words("{event} {stage} results", **values)


def _counts(result: DivisionResult, words: Words) -> str:
    statuses = [one.status for one in result.standings]
    away = (Status.WITHDRAWN, Status.ABSENT)
    parts = [
        words("Entered {n}", n=len(statuses)),
        words("took part {n}", n=sum(status not in away for status in statuses)),
    ]
    for status, text in (
        (Status.ABSENT, Said("absent {n}")),
        (Status.WITHDRAWN, Said("withdrawn {n}")),
        (Status.DISQUALIFIED, Said("disqualified {n}")),
        (Status.INCOMPLETE, Said("incomplete {n}")),
    ):
        if count := statuses.count(status):
            parts.append(words(text.text, n=count))
    return words(", @between counts").join(parts)


def _row(head: StandingsHead, one: Standing, entrant: Entrant, words: Words) -> Row:
    plain = one.status is not Status.RANKED
    reason = words.say(STATUS[one.status])
    figures: list[str] = []
    empty: int | None = None  # the first missing score: the reason stands in its place
    for module in head.modules:
        figure = one.modules.get(module.code)
        score = figure.score if figure else None
        if score is None and empty is None:
            empty = len(figures)
        figures.append(DASH if score is None else score)
        if module.weight:
            figures.append(figure.weighted if figure and figure.weighted is not None else DASH)
    if plain and one.place is None and empty is not None:
        figures[empty], reason = reason, words("Not ranked")
    return Row(
        DASH if one.place is None else str(one.place),
        one.number,
        entrant.name,
        entrant.organisation,
        tuple(figures),
        one.total if one.total is not None else DASH,
        (one.award or "") if not plain else reason,
        plain,
        "、".join(one.titles),
    )
