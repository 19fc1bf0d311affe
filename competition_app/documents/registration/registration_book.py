"""Reads an enterprise's registration workbook: finds its tables, knows their columns, gives their rows."""

import re
from collections.abc import Iterator
from pathlib import Path

from competition_app.documents.out_of_reach import name_of
from competition_app.documents.reading.reading import Reader, Sheet
from competition_app.documents.registration.registration_heads import role_of, weak_role_of
from competition_app.documents.registration.registration_labels import Labels, labels
from competition_app.domain.errors import Refusal, Said
from competition_app.domain.registration.registration import BookRead, Column, Ignored, RowRead, TableRead
from competition_app.domain.registration.writing import Cell, shown, trimmed

_SEARCHED = 40
"""Lines in which the heads of columns are looked for."""

_NEEDED = frozenset({"id_number", "phone", "organisation", "event", "sex", "team", "employer"})
_FILLED_DOWN = frozenset({"organisation", "employer", "event", "division", "team", "coaches"})
_PERSONAL = ("sex", "birth_date", "role", "id_kind")
_FOOT = re.compile(
    r"^[（(]?(注|备注|说明|填表|填报|合计|总计|小计|共计|联系人|负责人|单位|审核|制表|领导|盖章|签字|经办|日期|报名须知)"
    r"|^\d+[、.．]\D"
)
_SUM = re.compile(r"^(合\s*计|总\s*计|小\s*计|共\s*计|共\s*\d+\s*人)")
_EXAMPLE = re.compile(r"^[（(【]?(示\s*例|样\s*例|范\s*例|例|例如|举例|example)[）)】:：]?$", re.IGNORECASE)


def read_registration_book(path: Path, reader: Reader) -> BookRead:
    """The tables of a workbook and the sheets that hold none, with why; a refusal stands in the value."""
    try:
        book = reader.read(path)
    except Refusal as refusal:
        return BookRead(name_of(path), (), refusal=refusal.said)
    tables: list[TableRead] = []
    ignored: list[Ignored] = []
    competition = None
    for sheet in book.sheets:
        if not sheet.visible:
            competition = competition or _marked_competition(sheet)
            ignored.append(Ignored(sheet.name, Said("The sheet is hidden.")))
            continue
        table = read_table(sheet)
        if table is None:
            ignored.append(Ignored(sheet.name, _why(sheet)))
        else:
            tables.append(table)
    if tables:
        return BookRead(path.name, tuple(tables), tuple(ignored), competition)
    return BookRead(path.name, (), tuple(ignored), competition, _no_table(path.name))


def _no_table(file: str) -> Said:
    return Said("{file} holds no table with a column of names. Use the form we sent.", {"file": file})


MARK = "competition-registration-form"
"""The first cell of the hidden sheet of the form we send out; beside it version and competition."""


def _marked_competition(sheet: Sheet) -> str | None:
    first = sheet.rows[0] if sheet.rows else []
    return shown(first[2]) if len(first) > 2 and first[0] == MARK else None


def _why(sheet: Sheet) -> Said:
    if not any(trimmed(cell) for row in sheet.rows for cell in row):
        return Said("The sheet is empty.")
    return Said("The sheet has no line with the heads of a registration table.")


def read_table(sheet: Sheet) -> TableRead | None:
    """The registration table of a sheet; None where it has none."""
    head = _head_line(sheet)
    if head is None:
        return None
    first, last = _head_block(sheet, head)
    columns, others, coaches = _columns(_heads(sheet, first, last))
    if "name" not in columns:
        return None
    found = labels(sheet.rows[:first])
    table = _Table(sheet, columns, others, coaches, last + 1)
    rows = tuple(table.rows())
    if not found.organisation and "organisation" not in columns:
        found = Labels(found.event, labels(sheet.rows[last + 1 :][-8:]).organisation)
    return TableRead(sheet.name, columns, others, rows, found.event, found.organisation)


def _head_line(sheet: Sheet) -> int | None:
    """The line whose cells are heads of the most different columns, among them the name."""
    best, most = None, 0
    for number, row in enumerate(sheet.rows[:_SEARCHED]):
        roles = {role_of(shown(cell)) for cell in row if isinstance(cell, str) and cell} - {None}
        if "name" in roles and roles & _NEEDED and len(roles) > most:
            best, most = number, len(roles)
    return best


def _head_block(sheet: Sheet, line: int) -> tuple[int, int]:
    """The lines of the heads: cells merged over several lines or columns say how many there are."""
    first = last = line
    for top, left, bottom, right in sheet.merged:
        if top <= line <= bottom and bottom - top <= 3:
            if bottom > top:
                first, last = min(first, top), max(last, bottom)
            elif right > left:
                last = max(last, line + 1)
    if last > line and not _is_sub_head(sheet, line, last):
        last = line
    if first == line > 0 and _is_upper_head(sheet, line):
        first = line - 1
    if last == line and not sheet.merged and _is_sub_head(sheet, line, line + 1):
        last = line + 1
    return first, last


def _is_sub_head(sheet: Sheet, line: int, below: int) -> bool:
    """Whether the line below heads goes on with heads: it names no person and some column."""
    if below >= len(sheet.rows):
        return False
    name = next((i for i, cell in enumerate(sheet.rows[line]) if role_of(shown(cell)) == "name"), None)
    row = sheet.rows[below]
    if name is not None and name < len(row) and trimmed(row[name]):
        return role_of(shown(row[name])) == "name"
    texts = [trimmed(cell) for cell in row if trimmed(cell)]
    known = sum(role_of(text) is not None for text in texts)
    return bool(texts) and (known > 0 or bool(sheet.merged)) and all(len(text) <= 16 for text in texts)


def _is_upper_head(sheet: Sheet, line: int) -> bool:
    """Whether the line above groups these heads: several of its cells stand over some columns each."""
    above = [place for place in sheet.merged if place[0] == place[2] == line - 1 and place[3] > place[1]]
    texts = [trimmed(cell) for cell in sheet.rows[line - 1] if trimmed(cell)]
    return bool(above) and len(texts) > 1 and all(len(text) <= 16 and ":" not in text for text in texts)


def _heads(sheet: Sheet, first: int, last: int) -> list[str]:
    """The head of each column: the texts of its lines without blanks, joined by ``/``."""
    merged = {}
    for top, left, bottom, right in sheet.merged:
        if top <= last and bottom >= first:
            for row in range(max(top, first), min(bottom, last) + 1):
                for column in range(left, right + 1):
                    merged[row, column] = (top, left)
    width = max((len(row) for row in sheet.rows[first : last + 1]), default=0)
    heads = []
    for column in range(width):
        places = dict.fromkeys(merged.get((row, column), (row, column)) for row in range(first, last + 1))
        texts = [re.sub(r"\s+", "", shown(_at(sheet, *place))) for place in places]
        heads.append("/".join(text for text in texts if text))
    return heads


def _at(sheet: Sheet, row: int, column: int) -> Cell:
    line = sheet.rows[row]
    return line[column] if column < len(line) else ""


def _columns(heads: list[str]) -> tuple[dict[str, Column], dict[str, Column], list[int]]:
    """Columns by what they hold, other columns by head, the places of all coaches' columns."""
    columns: dict[str, Column] = {}
    left: list[Column] = []
    coaches = []
    for place, head in enumerate(heads):
        role = role_of(head)
        if role == "coaches":
            coaches.append(place)
        if role and role not in columns:
            columns[role] = Column(head, place)
        elif head and role not in ("coaches", "serial"):
            left.append(Column(head, place))
    return columns, _others(columns, left), coaches


def _others(columns: dict[str, Column], left: list[Column]) -> dict[str, Column]:
    """The columns that hold nothing we ask for; weak heads among them fill what no other column holds."""
    others: dict[str, Column] = {}
    for column in left:
        weak = weak_role_of(column.head)
        if weak and weak not in columns:
            columns[weak] = column
        else:
            others.setdefault(column.head, column)
    if "organisation" not in columns and "employer" in columns:
        columns["organisation"] = columns.pop("employer")
    columns.pop("serial", None)
    return others


class _Table:
    """The lines of a table under its heads."""

    def __init__(
        self,
        sheet: Sheet,
        columns: dict[str, Column],
        others: dict[str, Column],
        coaches: list[int],
        start: int,
    ) -> None:
        self._sheet, self._start = sheet, start
        self._columns = [(role, column.place) for role, column in columns.items()]
        self._others = [(head, column.place) for head, column in others.items()]
        self._coaches = coaches
        places = {role: column.place for role, column in columns.items()}
        self._name = places["name"]
        self._proofs = [places[role] for role in ("id_number", "phone") if role in places]
        self._personal = [places[role] for role in _PERSONAL if role in places]
        self._heads = frozenset(columns["name"].head.split("/"))
        self._merged = self._filled_down()
        self._width = 1 + max([place for _, place in self._columns + self._others] + coaches)

    def rows(self) -> Iterator[RowRead]:
        """Each person's row; blank lines, examples, sums, footnotes and repeated heads are left out."""
        for number in range(self._start, len(self._sheet.rows)):
            row = self._sheet.rows[number]
            if len(row) < self._width:
                row = [*row, *[""] * (self._width - len(row))]
            filled = self._merged.get(number)
            if filled:
                row = list(row)
                for column, value in filled:
                    row[column] = value
            if self._is_person(row):
                yield self._row(number, row)

    def _row(self, number: int, row: list[Cell]) -> RowRead:
        cells = {role: row[place] for role, place in self._columns if row[place] != ""}
        if len(self._coaches) > 1:
            cells["coaches"] = "、".join(text for place in self._coaches if (text := trimmed(row[place])))
        fields = {
            head: text for head, place in self._others if row[place] != "" and (text := trimmed(row[place]))
        }
        return RowRead(number + 1, cells, fields)

    def _is_person(self, row: list[Cell]) -> bool:
        held = trimmed(row[self._name])
        if any(row[place] != "" and trimmed(row[place]) for place in self._proofs):
            first = held if held and self._name == 0 else self._first(row)
            if _EXAMPLE.match(first) or (not held and _FOOT.match(first)):
                return False
            return held not in self._heads and held.replace(" ", "") not in self._heads
        if not held:
            return sum(bool(trimmed(row[place])) for place in self._personal) > 1
        first = self._first(row)
        return not (_SUM.match(first) or _EXAMPLE.match(first) or _FOOT.match(held))

    @staticmethod
    def _first(row: list[Cell]) -> str:
        return next((text for cell in row if cell != "" and (text := trimmed(cell))), "")

    def _filled_down(self) -> dict[int, list[tuple[int, Cell]]]:
        """For each line the values of cells merged from above it, in the columns that people share."""
        shared = {place for role, place in self._columns if role in _FILLED_DOWN} | set(self._coaches)
        found: dict[int, list[tuple[int, Cell]]] = {}
        for top, left, bottom, _ in self._sheet.merged:
            if top < self._start or left not in shared or bottom == top:
                continue
            value = _at(self._sheet, top, left)
            for row in range(top + 1, bottom + 1):
                found.setdefault(row, []).append((left, value))
        return found
