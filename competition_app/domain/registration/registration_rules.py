"""报名审查: holds each row of a form against the rules: what is wrong, in which cell, and what to do."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches

from competition_app.domain.errors import Problem, Said
from competition_app.domain.registration import identity
from competition_app.domain.registration.eligibility import (
    Eligibility,
    conditions,
    known_level,
    level,
    level_head,
    meant_level,
)
from competition_app.domain.registration.organisation_names import KnownNames
from competition_app.domain.registration.registration import (
    BLOCKING,
    HEADS,
    EventRules,
    RowRead,
    ScreenedRow,
    TableRead,
    cell_name,
)
from competition_app.domain.registration.writing import Cell, birth_date, key, person_name, shown, trimmed

_SUFFIX = re.compile("(赛项|项目|工种|竞赛|比赛)$")
_OFFERED_LEVELS = "初级工、中级工、高级工、技师、高级技师"
_HAN_BLANK = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_BLANKS = re.compile(r"\s+")
_COACHES = re.compile(r"[、，；\n]+|(?<=[^\x00-\x7f])(?:[,;/]|\s{2,})(?=\s*[^\x00-\x7f])")
_NONE = frozenset({"无", "/", "-", "—", "--", "暂无", "没有", "none"})


def plain_text(cell: Cell) -> str:
    """A unit's, team's or event's name without stray blanks: none between Han characters, one elsewhere."""
    text = trimmed(cell)
    if text.isalnum():
        return text
    return _BLANKS.sub(" ", _HAN_BLANK.sub("", text))


class RowRules:
    """The rules that look at one row alone, with the events and units they ask about."""

    def __init__(
        self, events: tuple[EventRules, ...], organisations: KnownNames, default: str | None
    ) -> None:
        self.events = {event.code: event for event in events}
        self._names = {
            key(name): event for event in events for name in (event.code, *event.aliases, event.name) if name
        }
        self._default = self.events.get(default) if default else None
        self._organisations = organisations
        self._near: dict[str, str | None] = {}
        self._texts: dict[Cell, str] = {"": ""}
        self._levels: dict[str, bool] = {}
        self._unconditional = {event.code for event in events if event.eligibility == Eligibility(
            age_on=event.eligibility.age_on)}  # fmt: skip

    def screen(self, table: TableRead, read: RowRead) -> ScreenedRow:
        """A row's normalised values and its own problems."""
        row = _Row(table, read)
        name = person_name(row.cell("name"))
        if not name:
            row.add("name", Problem("name_missing", Said("There is no name. Enter it.")))
        paper, sex, born = _person(row)
        number, problem = identity.phone(row.cell("phone"))
        if problem:
            row.add("phone", problem)
        organisation = self._organisation(row)
        event = self._event(row)
        division = _division(row, event)
        employment = self._plain(row.cell("employment")) or None
        if row.fields:
            self._skill(row)
        if event and event.code not in self._unconditional:
            _eligible(row, event, born, sex, employment)
        return ScreenedRow(
            table.sheet, read.row, name, sex, paper.kind, paper.number, born, number, organisation,
            self._plain(row.cell("employer")) or None, event.code if event else None, division,
            self._plain(row.cell("team")) or None, self._plain(row.cell("role")) or None, _coaches(row),
            employment, row.fields, tuple(row.problems), row.accepted,
        )  # fmt: skip

    def event_named(self, text: str) -> EventRules | None:
        """The event of this name, code or alias; blanks, width and a closing 赛项 do not matter."""
        plain = key(text)
        return self._names.get(plain) or self._names.get(_SUFFIX.sub("", plain))

    def _event(self, row: "_Row") -> EventRules | None:
        text = self._plain(row.cell("event")) or (row.table.event or "")
        if text:
            event = self.event_named(text)
            if event is None:
                row.add("event", Problem("event_unknown", self._unknown(text)))
            return event
        event = self.event_named(row.table.sheet) or self._default
        if event is None:
            said = Said("No event is named. Enter one: {events}.", {"events": self._offered()})
            row.add("event", Problem("event_missing", said))
        return event

    def _unknown(self, text: str) -> Said:
        near = get_close_matches(key(text), self._names, 1, 0.6)
        if near:
            return Said(
                "There is no event “{value}”. Is it “{near}”?",
                {"value": text, "near": self._names[near[0]].name},
            )
        return Said(
            "There is no event “{value}”. Choose one: {events}.", {"value": text, "events": self._offered()}
        )

    def _offered(self) -> str:
        names = [event.name for event in self.events.values()]
        return "、".join(names[:8]) + ("…" if len(names) > 8 else "")

    def _organisation(self, row: "_Row") -> str | None:
        text = self._plain(row.cell("organisation")) or plain_text(row.table.organisation)
        if not text:
            said = Said("No unit is named, neither here nor above the table. Enter it.")
            row.add("organisation", Problem("organisation_missing", said))
            return None
        if text not in self._near:
            known = self._organisations.same(text)
            self._near[text] = None if known else self._organisations.near(text)
            self._organisations.add(text)
        near = self._near[text]
        if near:
            said = Said("“{value}” is nearly “{near}”. Is it the same unit?", {"value": text, "near": near})
            row.add("organisation", Problem("organisation_similar", said, {"near": near}))
        return text

    def _skill(self, row: "_Row") -> None:
        head = level_head(row.fields)
        if head is None:
            return
        text = row.fields[head]
        if text not in self._levels:
            self._levels[text] = known_level(text) is not None or text.casefold() in _NONE
        if not self._levels[text]:
            near = meant_level(text)
            problem = _not_in_list(text, _OFFERED_LEVELS)
            if near:
                said = Said("“{value}” is not in the list. Is it “{near}”?", {"value": text, "near": near})
                problem = Problem("not_in_list", said, {"near": near})
            row.problems.append(placed(problem, head, row.table, row.read, text))

    def _plain(self, cell: Cell) -> str:
        found = self._texts.get(cell)
        if found is None:
            found = self._texts[cell] = plain_text(cell)
        return found


class _Row:
    """A row under examination: its cells, its problems so far."""

    __slots__ = ("_get", "accepted", "fields", "problems", "read", "table")

    def __init__(self, table: TableRead, read: RowRead) -> None:
        self.table, self.read = table, read
        self._get = read.cells.get
        self.fields: Mapping[str, str] = read.fields
        self.problems: list[Problem] = []
        self.accepted = True

    def cell(self, role: str) -> Cell:
        return self._get(role, "")

    def add(self, role: str, problem: Problem) -> None:
        if problem.code in BLOCKING:
            self.accepted = False
        self.problems.append(placed(problem, role, self.table, self.read, shown(self.cell(role))))


def placed(problem: Problem, role: str, table: TableRead, read: RowRead, value: str) -> Problem:
    """A problem with its column's head, its cell and what was typed; ``role`` may be another column's head.

    Where the form has no such column there is no ``cell``, and ``at`` is the cell of the name.
    """
    column = table.columns.get(role) or table.others.get(role)
    head = column.head if column else HEADS.get(role, role)
    more = {"role": role, "column": head, "value": value, **problem.more}
    if column:
        more["cell"] = cell_name(read.row, column.place)
    elif "name" in table.columns:
        more["at"] = cell_name(read.row, table.columns["name"].place)
    return Problem(problem.code, problem.said, more)


def _person(row: _Row) -> tuple[identity.Paper, str | None, str | None]:
    """The identity paper, the sex and the full birth date of a row, and what does not agree among them."""
    kind = row.cell("id_kind")
    paper = identity.check_paper(row.cell("id_number"), identity.paper_kind(kind) if kind else None)
    if paper.problem:
        row.add("id_number", paper.problem)
    sex, readable = identity.sex(row.cell("sex"))
    if not readable:
        row.add("sex", _not_in_list(row.cell("sex"), "男、女"))
    elif sex and paper.sex and sex != paper.sex:
        said = Said("The ID number is a man's. Check sex and ID number.")
        if paper.sex == "女":
            said = Said("The ID number is a woman's. Check sex and ID number.")
        row.add("sex", Problem("sex_mismatch", said))
    return paper, sex or paper.sex, _born(row, paper)


def _born(row: _Row, paper: identity.Paper) -> str | None:
    cell = row.cell("birth_date")
    if cell == "":
        return paper.birth_date
    born = birth_date(cell)
    if born is None:
        column = row.table.columns["birth_date"]
        row.fields = {**row.fields, column.head: trimmed(cell)}  # unreadable, so kept as it stands
        return paper.birth_date
    if paper.birth_date and not born.agrees(paper.birth_date):
        said = Said(
            "The ID number says born on {date}. Check birth date and ID number.", {"date": paper.birth_date}
        )
        row.add("birth_date", Problem("birth_mismatch", said))
    if paper.birth_date is None and isinstance(cell, date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    return paper.birth_date or born.iso


def _not_in_list(cell: Cell, offered: str) -> Problem:
    said = Said("“{value}” is not in the list: {offered}.", {"value": trimmed(cell), "offered": offered})
    return Problem("not_in_list", said)


def _division(row: _Row, event: EventRules | None) -> str | None:
    if event is None or not event.divisions:
        return None
    text = key(plain_text(row.cell("division")))
    if not text and len(event.divisions) == 1:
        return event.divisions[0][0]
    for code, name in event.divisions:
        if text and text in (key(code), key(name)):
            return code
    offered = "、".join(name for _, name in event.divisions)
    if text:
        row.add("division", _not_in_list(row.cell("division"), offered))
    else:
        row.add(
            "division",
            Problem("not_in_list", Said("No division is chosen: {offered}.", {"offered": offered})),
        )
    return None


def _eligible(
    row: _Row, event: EventRules, born: str | None, sex: str | None, employment: str | None
) -> None:
    rules = conditions(event.eligibility, born=born, sex=sex, skill=level(row.fields), employment=employment)
    for rule in rules:
        if rule.met is False:
            said = Said(
                "A condition of the event is not met: {rule}. Ask the organiser.", {"rule": rule.said}
            )
            row.add("name", Problem("not_eligible", said))


def _coaches(row: _Row) -> tuple[str, ...]:
    text = trimmed(row.cell("coaches"))
    if not text:
        return ()
    names = (person_name(part) for part in _COACHES.split(text))
    return tuple(dict.fromkeys(name for name in names if name))
