"""报名: the values of a registration workbook as read, as screened against the rules, and as reported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from competition_app.domain.errors import Problem, Said
from competition_app.domain.registration.eligibility import Eligibility
from competition_app.domain.registration.writing import Cell

HEADS: Mapping[str, str] = {
    "name": "姓名", "sex": "性别", "id_number": "身份证号码", "id_kind": "证件类型", "birth_date": "出生年月",
    "phone": "联系电话", "organisation": "参赛单位", "employer": "工作单位", "event": "参赛项目",
    "division": "组别", "team": "队名", "role": "角色", "coaches": "指导教师", "employment": "用工形式",
}  # fmt: skip
"""The usual head of each column, for forms that have no such column and for the form we send out."""

BLOCKING = frozenset({
    "name_missing", "id_missing", "id_repeated", "already_registered", "organisation_missing",
    "event_missing", "event_unknown", "event_locked", "not_eligible", "quota_exceeded", "team_size",
})  # fmt: skip
"""Problems that keep a row out (package.md §2); rows with others are taken and stand as 有问题."""


class RowRead(NamedTuple):
    """A row of a form as it stands: ``cells`` by what their column holds, ``fields`` the others' texts.

    ``row`` is the workbook's own row number. Cells merged downwards already carry their value.
    """

    row: int
    cells: Mapping[str, Cell]
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form: its head without blanks (two lines joined by ``/``) and its place from 0."""

    head: str
    place: int


@dataclass(frozen=True, slots=True)
class TableRead:
    """A sheet's table: its columns by what they hold, the other columns by head, its rows.

    ``event`` and ``organisation`` are those named above the table; None where none is.
    """

    sheet: str
    columns: Mapping[str, Column]
    others: Mapping[str, Column]
    rows: tuple[RowRead, ...]
    event: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """A sheet that was not read, and why."""

    sheet: str
    why: Said


@dataclass(frozen=True, slots=True)
class BookRead:
    """A registration workbook as read. ``refusal`` says why nothing of the file could be read."""

    file: str
    tables: tuple[TableRead, ...]
    ignored: tuple[Ignored, ...] = ()
    competition: str | None = None
    refusal: Said | None = None


class ScreenedRow(NamedTuple):
    """A row after the rules: normalised values, None for what cannot be trusted, and its problems.

    ``organisation`` is the name as read, ``event`` and ``division`` are codes, ``resumes`` is the store's
    registration that this row takes up again (it was returned, or had no ID number to be trusted).
    """

    sheet: str
    row: int
    name: str
    sex: str | None
    id_kind: str
    id_number: str | None
    birth_date: str | None
    phone: str | None
    organisation: str | None
    employer: str | None
    event: str | None
    division: str | None
    team: str | None
    role: str | None
    coaches: tuple[str, ...]
    employment: str | None
    fields: Mapping[str, str]
    problems: tuple[Problem, ...]
    accepted: bool
    resumes: int | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. ``held`` is set where one bad row held back all of it."""

    file: str
    rows: tuple[ScreenedRow, ...]
    ignored: tuple[Ignored, ...] = ()
    refusal: Said | None = None
    held: bool = False

    @property
    def accepted(self) -> int:
        """How many rows were taken."""
        return sum(row.accepted for row in self.rows)

    @property
    def refused(self) -> int:
        """How many rows were not taken."""
        return len(self.rows) - self.accepted


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the files of one import."""

    files: tuple[FileReport, ...]

    @property
    def accepted(self) -> int:
        """How many rows were taken."""
        return sum(file.accepted for file in self.files)

    @property
    def refused(self) -> int:
        """How many rows were not taken."""
        return sum(file.refused for file in self.files)


@dataclass(frozen=True, slots=True)
class EventRules:
    """What registration asks of an event. ``divisions`` are (code, name); ``quota`` counts entries a unit.

    A ``locked`` event takes nobody in.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    team_min: int = 1
    team_max: int = 1
    quota: int | None = None
    divisions: tuple[tuple[str, str], ...] = ()
    eligibility: Eligibility = field(default_factory=Eligibility)
    locked: bool = False

    @property
    def in_teams(self) -> bool:
        """Whether its entries are teams."""
        return self.team_max > 1


class Standing(NamedTuple):
    """A registration already in the store."""

    registration: int
    event: str
    organisation: str
    name: str
    id_number: str | None
    state: str
    typed: str | None = None
    team: str | None = None
    phone: str | None = None
    birth_date: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows that rows are held against.

    ``people`` are the names by ID number over all competitions, ``organisations`` all units' names.
    """

    events: tuple[EventRules, ...]
    registrations: tuple[Standing, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    organisations: tuple[str, ...] = ()


def cell_name(row: int, place: int) -> str:
    """A cell as spreadsheets call it: row from 1, column from 0: ``E7``."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
