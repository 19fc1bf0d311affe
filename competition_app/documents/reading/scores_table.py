"""成绩表: a workbook of direct scores, its head line found, its rows by entry number or ID number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from competition_app.documents.reading.reading import Sheet, Workbook
from competition_app.documents.registration.registration_heads import plain_head, role_of
from competition_app.domain.errors import Refusal
from competition_app.domain.registration.writing import Cell, key, shown, trimmed

_NUMBERS = frozenset(
    {
        "参赛编号", "编号", "参赛号", "选手编号", "选手号", "参赛选手编号", "考号", "准考证号", "参赛证号",
        "考生号", "队伍编号", "number", "entry", "entrynumber",
    }
)  # fmt: skip
_SCORES = re.compile(r"成绩|得分|分数|总分|score|points|mark")
_NOT_SCORES = re.compile(r"等级|排名|名次|备注|满分")
_SEARCHED = 30


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A line as read: the workbook's own row number, and the cells that name the entry and hold the score."""

    row: int
    number: Cell
    id_number: Cell
    name: Cell
    value: Cell


@dataclass(frozen=True, slots=True)
class ScoresTable:
    """A sheet's scores, with the heads of the columns they were read from (None: no such column)."""

    file: str
    sheet: str
    number_head: str | None
    id_head: str | None
    score_head: str
    lines: tuple[ScoreLine, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    number: int | None
    id_number: int | None
    name: int | None
    scores: tuple[int, ...]


def scores_table(workbook: Workbook, names: Sequence[str]) -> ScoresTable:
    """The first visible sheet with scores. ``names`` (the module's code and name) choose among its columns.

    Raises a ``Refusal`` where no sheet has a head line, or more than one column may be meant.
    """
    for sheet in workbook.sheets:
        found = _head(sheet) if sheet.visible else None
        if found is not None:
            return _table(workbook.path.name, sheet, *found, names)
    raise Refusal(
        "{file} has no line of heads with an entry or ID number and a score. "
        "Add the heads and read it again.",
        file=workbook.path.name,
    )


def _head(sheet: Sheet) -> tuple[int, _Columns] | None:
    for line, row in enumerate(sheet.rows[:_SEARCHED]):
        columns = _columns([shown(cell) if isinstance(cell, str) else "" for cell in row])
        if columns is not None:
            return line, columns
    return None


def _columns(heads: Sequence[str]) -> _Columns | None:
    number = next((i for i, head in enumerate(heads) if plain_head(head) in _NUMBERS), None)
    roles = [role_of(head) for head in heads]
    id_number = roles.index("id_number") if "id_number" in roles else None
    name = roles.index("name") if "name" in roles else None
    scores = tuple(
        i
        for i, head in enumerate(heads)
        if _SCORES.search(key(head)) and not _NOT_SCORES.search(key(head)) and len(head) <= 24
    )
    if (number is None and id_number is None) or not scores:
        return None
    return _Columns(number, id_number, name, scores)


def _table(file: str, sheet: Sheet, line: int, columns: _Columns, names: Sequence[str]) -> ScoresTable:
    heads = [re.sub(r"\s+", "", shown(cell)) for cell in sheet.rows[line]]
    score = _chosen(file, heads, columns.scores, names)

    def head(place: int | None) -> str | None:
        return None if place is None else heads[place]

    lines = []
    for offset, row in enumerate(sheet.rows[line + 1 :]):
        cells = [_at(row, place) for place in (columns.number, columns.id_number, columns.name, score)]
        if any(trimmed(cell) for cell in cells[:2]):
            lines.append(ScoreLine(line + 2 + offset, *cells))
    return ScoresTable(
        file, sheet.name, head(columns.number), head(columns.id_number), heads[score], tuple(lines)
    )


def _chosen(file: str, heads: Sequence[str], scores: Sequence[int], names: Sequence[str]) -> int:
    wanted = [key(name) for name in names if name]
    named = [i for i in scores if any(name in key(heads[i]) for name in wanted)]
    found = named or list(scores)
    if len(found) > 1:
        raise Refusal(
            "{file} has several columns of scores ({heads}): leave only the one of this module.",
            file=file,
            heads="、".join(heads[i] for i in found),
        )
    return found[0]


def _at(row: Sequence[Cell], place: int | None) -> Cell:
    return row[place] if place is not None and place < len(row) else None
