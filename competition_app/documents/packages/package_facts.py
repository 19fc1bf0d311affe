"""The facts of one event out of a package: what the ranking looks at, without any store."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from competition_app.documents.packages.package_checks import Places, mark_value, moment_of
from competition_app.documents.packages.package_event_checks import assigned_places
from competition_app.documents.packages.package_types import Contestant, Entry, Event, Judge, Package
from competition_app.domain.errors import Refusal
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring.conflict import own_units
from competition_app.domain.scoring.facts import (
    Accepted,
    ContestantFacts,
    Decision,
    EntryFacts,
    EventFacts,
    JudgeFacts,
    MarkKeys,
    MarkValue,
    Outcome,
    PenaltyFact,
    Place,
    Work,
)


def facts_of(package: Package, event: str | Event) -> EventFacts:
    """Everything that decides an event's result. Raises a ``Refusal`` for an event the package does not hold.

    Marks become whole numbers of a scale fine enough for every one of them, so that they stay exact.
    """
    found = event_of(package, event) if isinstance(event, str) else event
    return _Facts(package, found).facts()


def event_of(package: Package, code: str) -> Event:
    """The event of this code."""
    for event in package.events:
        if event.code == code:
            return event
    raise Refusal(
        "There is no event {event} in the package; it holds {events}.",
        event=code, events=", ".join(event.code for event in package.events) or "–",
    )  # fmt: skip


class _Facts:
    def __init__(self, package: Package, event: Event) -> None:
        self.package, self.event = package, event
        self.places = Places(event.rules)
        self.people = {contestant.code: contestant for contestant in package.contestants}

    def facts(self) -> EventFacts:
        event = self.event
        works, scale = self._works()
        return EventFacts(
            event=event.code,
            plan=event.rules,
            entries=tuple(_entry(entry) for entry in event.entries),
            divisions=tuple(division.code for division in event.divisions),
            judges=tuple(self._judge(judge) for judge in event.judges),
            works=works,
            scale=scale,
            scores=self._scores(),
            times={self._place(row.entry, row.stage, row.module): row.seconds for row in event.times},
            submitted={
                self._place(row.entry, row.stage, row.module): moment
                for row in event.submitted
                if (moment := moment_of(row.at)) is not None
            },
            absences=frozenset(self._place(row.entry, row.stage, row.module) for row in event.absences),
            penalties=tuple(self._penalties()),
            recusals=frozenset(self._recusals()),
            lots=tuple(Decision(lot) for lot in event.lots),
            decisions=tuple(Decision(row.entries, row.reason or "", row.stage) for row in event.decisions),
            advanced=event.advanced,
            accepted=tuple(
                Accepted(
                    row.code,
                    row.reason,
                    row.concerned,
                    row.stage,
                    row.module,
                    row.criterion,
                    row.award,
                    row.ties,
                )
                for row in event.accepted
            ),
            contestants={code: _contestant(person) for code, person in self.people.items()},
        )

    def _place(self, entry: str, stage: str | None, module: str) -> Place:
        found = self.places.find(stage, module)
        assert isinstance(found, tuple)
        return (*found, entry)

    def _judge(self, judge: Judge) -> JudgeFacts:
        return JudgeFacts(judge.code, frozenset(assigned_places(judge, self.places)), judge.group, judge.role)

    def _works(self) -> tuple[dict[Place, Work], int]:
        """Marks by work, in whole units of one scale; works marked alike share their keys."""
        given: dict[Place, list[tuple[tuple[int, str, str], Decimal | Outcome]]] = {}
        digits = 0
        for mark in self.event.marks:
            place = self._place(mark.entry, mark.stage, mark.module)
            module = self.places.modules[place[:2]]
            criterion = next(c for c in module.criteria if c.code == mark.criterion)
            value = mark_value(mark.value, criterion)
            assert value is not None
            if isinstance(value, Decimal):
                exponent = value.as_tuple().exponent
                digits = max(digits, -exponent if isinstance(exponent, int) else 0)
            outcome = value if isinstance(value, Decimal) else Outcome(value)
            given.setdefault(place, []).append(((mark.attempt, mark.judge, mark.criterion), outcome))
        scale: int = 10**digits
        shared: dict[MarkKeys, MarkKeys] = {}
        works = {}
        for place, rows in given.items():
            rows.sort(key=lambda row: row[0])
            keys = tuple(key for key, _ in rows)
            values = tuple(_units(value, scale) for _, value in rows)
            plain = not any(isinstance(value, Outcome) for value in values)
            works[place] = Work(shared.setdefault(keys, keys), values, plain)
        return works, scale

    def _scores(self) -> dict[Place, tuple[tuple[int, Decimal | Outcome], ...]]:
        found: dict[Place, list[tuple[int, Decimal | Outcome]]] = {}
        for row in self.event.scores:
            value = row.value if isinstance(row.value, Decimal) else Outcome(row.value)
            found.setdefault(self._place(row.entry, row.stage, row.module), []).append((row.attempt, value))
        return {place: tuple(sorted(rows, key=lambda row: row[0])) for place, rows in found.items()}

    def _penalties(self) -> Iterator[PenaltyFact]:
        only = self.event.rules.stages[0].code if len(self.event.rules.stages) == 1 else None
        for row in self.event.penalties:
            stage = row.stage or only
            if row.module is not None:
                stage = self._place(row.entry, row.stage, row.module)[0]
            yield PenaltyFact(
                row.entry, stage, row.module, row.attempt, row.points, row.disqualifies, row.reason or ""
            )

    def _recusals(self) -> Iterator[tuple[str, str, str, str]]:
        """回避: as recorded, and judges whose unit the entry stands for or is employed by (scoring.md §5)."""
        for row in self.event.recusals:
            yield (*self._place(row.entry, row.stage, row.module), row.judge)
        parents = {each.code: each.parent for each in self.package.organisations if each.parent is not None}
        units = {entry.number: set(self._units_of(entry)) for entry in self.event.entries}
        for judge in self.event.judges:
            own = {judge.organisation, *(person.organisation for person in judge.persons)} - {None}
            for stage, module in self._marked_by(judge) if own else ():
                nodes = self.places.modules[stage, module].conflict.up_to
                for number, theirs in units.items():
                    if any(own_units(unit, theirs, parents, nodes) for unit in own if unit is not None):
                        yield stage, module, number, judge.code

    def _marked_by(self, judge: Judge) -> Iterable[tuple[str, str]]:
        """Modules the judge is assigned to, and those naming nobody, where anyone may have marked."""
        named = {place for each in self.event.judges for place in assigned_places(each, self.places)}
        free = [
            place for place, module in self.places.modules.items() if place not in named and module.criteria
        ]
        return [*assigned_places(judge, self.places), *free]

    def _units_of(self, entry: Entry) -> Iterator[str]:
        if entry.organisation is not None:
            yield entry.organisation
        yield from (each.code for each in entry.organisations)
        for code in entry.contestants:
            person = self.people.get(code)
            yield from (unit for unit in (person.organisation, person.employer) if unit) if person else ()


def _units(value: Decimal | Outcome, scale: int) -> MarkValue:
    if isinstance(value, Outcome):
        return value
    return (Fraction(value) * scale).numerator


def _entry(entry: Entry) -> EntryFacts:
    organisations = tuple((each.code, each.share) for each in entry.organisations)
    if not organisations and entry.organisation is not None:
        organisations = ((entry.organisation, Decimal(1)),)
    fields = {name: text for name, text in entry.fields.items() if text is not None}
    return EntryFacts(
        entry.number, entry.division, Status(entry.status), entry.group, fields, entry.contestants,
        organisations, entry.name,
    )  # fmt: skip


def _contestant(person: Contestant) -> ContestantFacts:
    born = date.fromisoformat(person.birth_date) if person.birth_date else None
    holds = {*person.titles, *_listed(person.fields)}
    return ContestantFacts(person.code, person.name, person.sex, born, frozenset(holds), person.employment)


def _listed(fields: Mapping[str, str | None]) -> Iterator[str]:
    """Everything a person's fields name, so that an earlier title counts in whatever column it stands."""
    for text in fields.values():
        for part in (
            (text or "")
            .replace(",", "、")
            .replace("，", "、")
            .replace(";", "、")
            .replace("；", "、")
            .split("、")
        ):
            yield part.strip()
