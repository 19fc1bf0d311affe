"""报名审查 over all files of an import and the store: repeated people, returned rows, teams, quotas."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from competition_app.domain.errors import Problem, Said
from competition_app.domain.registration.organisation_names import KnownNames
from competition_app.domain.registration.registration import (
    BLOCKING,
    BookRead,
    FileReport,
    ImportReport,
    Known,
    RowRead,
    ScreenedRow,
    Standing,
    TableRead,
)
from competition_app.domain.registration.registration_rules import RowRules, placed
from competition_app.domain.registration.writing import key, number_text, shown

_OPEN = frozenset({"returned", "problem"})
_KEPT_DIGITS = 15
"""What a spreadsheet keeps of a long number: region, birth date and the first of the order."""


def screen(
    books: Sequence[BookRead], known: Known, *, default_event: str | None = None, all_or_nothing: bool = False
) -> ImportReport:
    """What each row of these workbooks becomes, held against one another and against the store.

    ``default_event`` counts for rows that name no event; ``all_or_nothing`` holds back a file with a bad row.
    """
    work = _Screening(known, default_event)
    for number, book in enumerate(books):
        work.read(number, book)
    work.judge()
    return ImportReport(tuple(work.report(number, book, all_or_nothing) for number, book in enumerate(books)))


class _Screening:
    """All rows of an import in the order of files, sheets and lines."""

    def __init__(self, known: Known, default_event: str | None) -> None:
        self._known = known
        self._rules = RowRules(known.events, KnownNames(known.organisations), default_event)
        self._rows: list[ScreenedRow] = []
        self._sources: list[tuple[int, TableRead, RowRead]] = []
        self._files: list[str] = []
        self._keys: dict[str | None, str] = {None: ""}

    def read(self, number: int, book: BookRead) -> None:
        self._files.append(book.file)
        for table in book.tables:
            for read in table.rows:
                self._rows.append(self._rules.screen(table, read))
                self._sources.append((number, table, read))

    def report(self, number: int, book: BookRead, all_or_nothing: bool) -> FileReport:
        rows = tuple(
            row for row, source in zip(self._rows, self._sources, strict=True) if source[0] == number
        )
        held = all_or_nothing and any(not row.accepted for row in rows)
        if held:
            rows = tuple(row._replace(accepted=False) for row in rows)
        return FileReport(book.file, rows, book.ignored, book.refusal, held)

    def judge(self) -> None:
        self._locked()
        self._people()
        self._teams()
        self._quotas()

    def _unit(self, name: str | None) -> str:
        """The unit's name as a key, found once for each writing."""
        found = self._keys.get(name)
        if found is None:
            found = self._keys[name] = key(name or "")
        return found

    def _block(self, number: int, role: str, code: str, said: Said) -> None:
        _, table, read = self._sources[number]
        problem = placed(Problem(code, said), role, table, read, shown(read.cells.get(role, "")))
        row = self._rows[number]
        accepted = row.accepted and code not in BLOCKING
        self._rows[number] = row._replace(problems=(*row.problems, problem), accepted=accepted)

    def _locked(self) -> None:
        """Rows for events whose result is locked: each is out by itself."""
        locked = {code: event.name for code, event in self._rules.events.items() if event.locked}
        for number, row in enumerate(self._rows if locked else ()):
            if row.event in locked:
                said = Said("The result of {event} is locked: the chief judge must reopen it before anything"
                            " is changed.", {"event": locked[row.event or ""]})  # fmt: skip
                self._block(number, "event", "event_locked", said)

    def _people(self) -> None:
        by_id: dict[tuple[str, str], Standing] = {}
        by_name: dict[tuple[str, str, str], list[Standing]] = defaultdict(list)
        for standing in self._known.registrations:
            if standing.id_number:
                by_id[standing.event, standing.id_number] = standing
            else:
                by_name[standing.event, self._unit(standing.organisation), standing.name].append(standing)
        names = dict(self._known.people)
        events = _events_of(self._known.registrations)
        seen: dict[tuple[str | None, str], int] = {}
        resumed: dict[int, int] = {}
        for number, row in enumerate(self._rows):
            if not row.accepted:
                continue
            person = row.id_number or self._typed(number)
            said = self._repeated(number, person, names, seen)
            if said:
                self._block(number, "id_number", "id_repeated", said)
                continue
            seen[row.event, person] = number
            if row.id_number:
                names.setdefault(row.id_number, row.name)
            if by_id or by_name:
                self._already(number, by_id, by_name, resumed)
            self._one_event(number, person, events)

    def _typed(self, number: int) -> str:
        """Who a row without a number that can be trusted is: name, unit and what was typed."""
        row, (_, _, read) = self._rows[number], self._sources[number]
        return (
            f"{row.name}\n{self._unit(row.organisation)}\n{number_text(read.cells.get('id_number', '')).text}"
        )

    def _repeated(
        self, number: int, person: str, names: dict[str, str], seen: dict[tuple[str | None, str], int]
    ) -> Said | None:
        row = self._rows[number]
        earlier = seen.get((row.event, person))
        if earlier is not None:
            return self._repeats(number, earlier)
        if row.id_number and names.get(row.id_number, row.name) != row.name:
            return Said(
                "This ID number already stands beside another name. Compare both with the identity cards."
            )
        return None

    def _repeats(self, number: int, earlier: int) -> Said:
        first = self._rows[earlier]
        values = {"sheet": first.sheet, "row": first.row, "file": self._files[self._sources[earlier][0]]}
        if self._sources[earlier][0] == self._sources[number][0]:
            return Said("Repeats row {row} of sheet {sheet}. Remove one of the two.", values)
        return Said("Repeats row {row} of {file}, sheet {sheet}. Remove one of the two.", values)

    def _already(
        self,
        number: int,
        by_id: Mapping[tuple[str, str], Standing],
        by_name: Mapping[tuple[str, str, str], Sequence[Standing]],
        resumed: dict[int, int],
    ) -> None:
        """Rows of somebody registered: one row takes up each registration, the others are out."""
        row, again = self._rows[number], False
        standing = by_id.get((row.event or "", row.id_number)) if row.id_number else None
        if standing is None:
            same = by_name.get((row.event or "", self._unit(row.organisation), row.name), ())
            standing, again = self._namesake(number, same)
        if standing is None:
            return
        if standing.registration in resumed:
            said = self._repeats(number, resumed[standing.registration])
            self._block(number, "id_number", "id_repeated", said)
        elif standing.state == "returned" or (again and standing.state in _OPEN):
            resumed[standing.registration] = number
            self._rows[number] = row._replace(resumes=standing.registration)
        else:
            said = Said("{name} is already registered for this event by {organisation}. Remove the row.",
                        {"name": row.name, "organisation": standing.organisation})  # fmt: skip
            self._block(number, "id_number", "already_registered", said)

    def _namesake(self, number: int, same: Sequence[Standing]) -> tuple[Standing | None, bool]:
        """Whose registration without a trusted ID number this row means, and whether it says more than that.

        A name alone is nobody: the only one of it must agree in phone, birth date or the number's digits.
        """
        row = self._rows[number]
        typed = number_text(self._sources[number][2].cells.get("id_number", "")).text
        for standing in same:
            if row.id_number is None and number_text(standing.typed).text == typed:
                return standing, False
        if len(same) == 1 and _agree(same[0], row, typed):
            return same[0], True
        if same:
            said = Said(
                "{organisation} has registered another {name} for this event, whose ID number is not certain."
                " Check whether they are one person.",
                {"name": row.name, "organisation": same[0].organisation},
            )
            self._block(number, "name", "namesake", said)
        return None, False

    def _one_event(self, number: int, person: str, events: dict[str, set[str]]) -> None:
        row = self._rows[number]
        if not row.accepted or row.event is None:
            return
        entered = events.setdefault(person, set())
        others = entered - {row.event}
        rules = self._rules.events
        if others and any(
            rules[code].eligibility.one_event for code in (row.event, *others) if code in rules
        ):
            names = "、".join(rules[code].name for code in sorted(others) if code in rules)
            said = Said("A person may enter one event only; {name} is entered for {events}.",
                        {"name": row.name, "events": names})  # fmt: skip
            self._block(number, "event", "not_eligible", said)
            return
        entered.add(row.event)

    def _teams(self) -> None:
        """Teams with too few or too many members: none of their rows is taken."""
        stand: Counter[tuple[str, str, str]] = Counter()
        resumed = {row.resumes for row in self._rows if row.resumes}
        for known in self._known.registrations:
            if known.state != "refused" and known.registration not in resumed:
                stand[known.event, self._unit(known.organisation), key(known.team or "")] += 1
        teams: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            event = self._rules.events.get(row.event or "")
            if row.accepted and event and event.in_teams:
                teams[event.code, self._unit(row.organisation), key(row.team or "")].append(number)
        for place, members in teams.items():
            event = self._rules.events[place[0]]
            size = len(members) + stand[place]
            if not event.team_min <= size <= event.team_max:
                self._refuse_team(members, size, event.team_min, event.team_max)

    def _refuse_team(self, members: Iterable[int], size: int, least: int, most: int) -> None:
        for number in members:
            team = self._rows[number].team or self._rows[number].organisation or ""
            said = Said("Team {team} has {size} acceptable members; the event asks for {least} to {most}.",
                        {"team": team, "size": size, "least": least, "most": most})  # fmt: skip
            self._block(number, "team", "team_size", said)

    def _quotas(self) -> None:
        """A unit's entries beyond those it may send, in the order of the files."""
        limited = {code: event for code, event in self._rules.events.items() if event.quota is not None}
        if not limited:
            return
        sent: dict[tuple[str, str], set[object]] = defaultdict(set)
        for known in self._known.registrations:
            if known.event in limited and known.state != "refused":
                in_teams = limited[known.event].in_teams
                entry: object = key(known.team or "") if in_teams else known.registration
                sent[known.event, self._unit(known.organisation)].add(entry)
        for number, row in enumerate(self._rows):
            event = limited.get(row.event or "")
            if event is None or event.quota is None or not row.accepted or row.resumes:
                continue
            entries = sent[event.code, self._unit(row.organisation)]
            entry = key(row.team or "") if event.in_teams else (number,)
            if entry not in entries and len(entries) >= event.quota:
                said = Said("{organisation} may send {quota} to this event; this is one more.",
                            {"organisation": row.organisation, "quota": event.quota})  # fmt: skip
                self._block(number, "organisation", "quota_exceeded", said)
            else:
                entries.add(entry)


def _agree(standing: Standing, row: ScreenedRow, typed: str) -> bool:
    """Whether more than the name says that a row is of this registration."""
    digits = _leading(standing.typed)
    return (
        (row.phone is not None and row.phone == standing.phone)
        or (row.birth_date is not None and row.birth_date == standing.birth_date)
        or (len(digits) == _KEPT_DIGITS and digits == _leading(typed))
    )


def _leading(typed: str | None) -> str:
    """The digits of a number that a spreadsheet keeps, out of its scientific form too (2.19E+17)."""
    text = number_text(typed).text
    mantissa, scientific, _ = text.upper().partition("E")
    if scientific and "." in mantissa:
        text = mantissa.replace(".", "").ljust(_KEPT_DIGITS, "0")
    return text[:_KEPT_DIGITS]


def _events_of(registrations: Iterable[Standing]) -> dict[str, set[str]]:
    """The events each person is registered for already."""
    found: dict[str, set[str]] = defaultdict(set)
    for standing in registrations:
        if standing.id_number and standing.state != "refused":
            found[standing.id_number].add(standing.event)
    return found
