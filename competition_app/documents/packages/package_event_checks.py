"""Every error in one event of a package: rows that name nothing, stand twice, are not allowed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from competition_app.documents.packages.package_checks import (
    CONTESTANT,
    ORGANISATION,
    Found,
    Known,
    Places,
    below,
    codes_in,
    doubled,
    judge_of,
    mark_errors,
    moment_of,
    unknown,
)
from competition_app.documents.packages.package_rulings import Seats
from competition_app.documents.packages.package_types import (
    Entry,
    Event,
    Judge,
    Mark,
    Penalty,
    Recusal,
    Score,
)
from competition_app.domain.errors import Said
from competition_app.domain.plans.plan import Module
from competition_app.domain.plans.plan_checks import check_plan
from competition_app.domain.scoring.figures import plain


class EventChecks:
    """The checks of one event. ``given`` is the event as it stands in the file, rows refused included."""

    def __init__(self, event: Event, given: Mapping[str, Any], known: Known) -> None:
        self.event, self.known = event, known
        self.numbers = codes_in(given.get("entries"), "number")
        self.places = Places(event.rules)
        self.divisions = codes_in(given.get("divisions"), "code")
        self.seats = codes_in(given.get("judges"), "code")
        self.entries = {entry.number: entry for entry in event.entries}
        self.judges = judge_of(event)
        self.named: dict[tuple[str, str], set[str]] = {}
        for judge in event.judges:
            for place in assigned_places(judge, self.places):
                self.named.setdefault(place, set()).add(judge.code)
        self._criteria = {
            (*place, criterion.code): criterion
            for place, module in self.places.modules.items()
            for criterion in module.criteria
        }

    def errors(self) -> Found:
        """All of them, in the order of the file."""
        event = self.event
        if event.plan is not None:
            yield from ((_steps(error.path), error.said) for error in check_plan(event.plan, ("plan",)))
        yield from doubled(("divisions",), event.divisions, "code")
        yield from doubled(("judges",), event.judges, "code")
        yield from doubled(("entries",), event.entries, "number")
        for index, judge in enumerate(event.judges):
            yield from below(("judges", index), self._judge(judge))
        for index, entry in enumerate(event.entries):
            yield from below(("entries", index), self._entry(entry))
        yield from self._rows("marks", event.marks, "sheets", ("attempt", "judge", "criterion"), self._mark)
        yield from self._rows("scores", event.scores, "direct", ("attempt",), self._score)
        yield from self._rows("times", event.times, None, (), self._time)
        yield from self._rows("absences", event.absences, None, (), _nothing)
        yield from self._rows("submitted", event.submitted, None, (), self._submitted)
        yield from self._rows("recusals", event.recusals, "sheets", ("judge",), self._recusal)
        for index, penalty in enumerate(event.penalties):
            yield from below(("penalties", index), self._penalty(penalty))
        yield from self._rulings()

    def _judge(self, judge: Judge) -> Found:
        yield from unknown(("organisation",), judge.organisation, self.known.organisations, ORGANISATION)
        for index, person in enumerate(judge.persons):
            path = ("persons", index, "organisation")
            yield from unknown(path, person.organisation, self.known.organisations, ORGANISATION)
        for index, assigned in enumerate(judge.modules):
            if assigned.stage is None and self.places.stages_of(assigned.module):
                continue
            found = self.places.find(assigned.stage, assigned.module)
            if isinstance(found, Said):
                yield ("modules", index), found

    def _entry(self, entry: Entry) -> Found:
        yield from unknown(("division",), entry.division, self.divisions, Said("division"))
        yield from unknown(("organisation",), entry.organisation, self.known.organisations, ORGANISATION)
        for index, each in enumerate(entry.organisations):
            yield from unknown(
                ("organisations", index, "code"), each.code, self.known.organisations, ORGANISATION
            )
            if each.share < 0:
                yield ("organisations", index, "share"), Said("this must not be below 0")
        for index, code in enumerate(entry.contestants):
            yield from unknown(("contestants", index), code, self.known.contestants, CONTESTANT)

    def _entry_known(self, number: str | None) -> Found:
        return unknown(("entry",), number, self.numbers, Said("entry"))

    def _rows(
        self,
        name: str,
        rows: Sequence[Any],
        kind: str | None,
        more: tuple[str, ...],
        check: Callable[[Any, tuple[str, str], Module], Found],
    ) -> Found:
        """Rows of one list: entry and module known, no key twice, then what the row itself asks."""
        seen: set[tuple[object, ...]] = set()
        for index, row in enumerate(rows):
            yield from below((name, index), self._entry_known(row.entry))
            place = self.places.find(row.stage, row.module)
            if isinstance(place, Said):
                yield (name, index, "stage" if row.stage else "module"), place
                continue
            module = self.places.modules[place]
            if kind is not None and module.kind != kind:
                yield (name, index, "module"), _WRONG_KIND[kind]
                continue
            key = (row.entry, *place, *(getattr(row, part) for part in more))
            if key in seen:
                yield (name, index), Said("a row with this key stands above already")
            seen.add(key)
            yield from below((name, index), check(row, place, module))

    def _mark(self, mark: Mark, place: tuple[str, str], module: Module) -> Found:
        yield from _attempt(mark.attempt, module)
        named = self.named.get(place)
        if named is not None:
            yield from self._may_mark(mark, place, named)
        criterion = self._criteria.get((*place, mark.criterion))
        if criterion is None:
            yield (
                ("criterion",),
                Said("there is no criterion {code} in this module", {"code": mark.criterion}),
            )
        else:
            yield from mark_errors(mark, criterion)

    def _may_mark(self, mark: Mark, place: tuple[str, str], named: set[str]) -> Found:
        if mark.judge not in self.judges:
            if mark.judge in self.seats:
                return
            yield ("judge",), Said("there is no {what} {code}", {"what": Said("judge"), "code": mark.judge})
            return
        if mark.judge not in named:
            said = Said(
                "judge {judge} is not assigned to module {module}", {"judge": mark.judge, "module": place[1]}
            )
            yield ("judge",), said
            return
        entry, group = self.entries.get(mark.entry), self.judges[mark.judge].group
        if entry and entry.group is not None and group is not None and entry.group != group:
            values = {"judge": mark.judge, "group": group, "other": entry.group}
            yield ("judge",), Said("judge {judge} is of group {group}, the entry of group {other}", values)

    @staticmethod
    def _score(score: Score, _: tuple[str, str], module: Module) -> Found:
        yield from _attempt(score.attempt, module)
        full = module.full
        if full is not None and score.value != "DNF" and not 0 <= score.value <= full:
            yield ("value",), Said("a score lies between {low} and {high}", {"low": "0", "high": plain(full)})

    @staticmethod
    def _time(row: Any, _: tuple[str, str], __: Module) -> Found:
        if row.seconds < 0:
            yield ("seconds",), Said("this must not be below 0")

    @staticmethod
    def _submitted(row: Any, _: tuple[str, str], __: Module) -> Found:
        if moment_of(row.at) is None:
            yield ("at",), Said("this is not a moment like 2025-09-01T10:42:00+08:00")

    def _recusal(self, row: Recusal, _: tuple[str, str], __: Module) -> Found:
        return unknown(("judge",), row.judge, self.seats, Said("judge"))

    def _penalty(self, penalty: Penalty) -> Found:
        yield from self._entry_known(penalty.entry)
        if penalty.points < 0:
            yield ("points",), Said("this must not be below 0")
        if penalty.module is not None:
            place = self.places.find(penalty.stage, penalty.module)
            if isinstance(place, Said):
                yield ("stage" if penalty.stage else "module",), place
            elif penalty.attempt is not None:
                yield from _attempt(penalty.attempt, self.places.modules[place])
            return
        if penalty.attempt is not None:
            yield ("attempt",), Said("name the module of the attempt")
        if penalty.stage is not None:
            yield from self._stage_known(("stage",), penalty.stage)
        elif len(self.event.rules.stages) > 1 and not penalty.disqualifies:
            yield ("stage",), Said("the plan has several stages; name the stage")

    def _stage_known(self, path: tuple[int | str, ...], code: str | None) -> Found:
        if code is not None and self.places.stage(code) is None:
            yield path, Said("there is no stage {code}", {"code": code})

    def _rulings(self) -> Found:
        event = self.event
        for index, lot in enumerate(event.lots):
            yield from below(("lots", index), self._listed(lot))
        for stage, numbers in event.advanced.items():
            yield from self._stage_known(("advanced", stage), stage)
            yield from below(("advanced", stage), self._listed(numbers))
        for stage, seats in event.advanced_more.items():
            yield from below(("advanced_more", stage), self._seats(event.advanced.get(stage, ()), seats))
        for index, accepted in enumerate(event.accepted):
            yield from below(("accepted", index), self._entry_known(accepted.entry))
            yield from below(("accepted", index, "entries"), self._listed(accepted.entries))
            if accepted.entry is not None and accepted.entries:
                yield ("accepted", index, "entry"), Said("name one entry, or the list of all who are tied")
            yield from self._stage_known(("accepted", index, "stage"), accepted.stage)
        for index, decision in enumerate(event.decisions):
            yield from below(("decisions", index, "entries"), self._listed(decision.entries))
            yield from self._stage_known(("decisions", index, "stage"), decision.stage)

    def _seats(self, going: Sequence[str], seats: Seats) -> Found:
        """Who took a seat, and whose it was, were both confirmed to go on; who declined is entered."""
        for new, gone in seats.instead.items():
            for number in (new, gone):
                if number not in going:
                    yield ("instead", new), Said("{number} is not among those who go on", {"number": number})
        yield from below(("declined",), self._listed(seats.declined))

    def _listed(self, numbers: Sequence[str]) -> Found:
        seen: set[str] = set()
        for index, number in enumerate(numbers):
            yield from unknown((index,), number, self.numbers, Said("entry"))
            if number in seen:
                yield (index,), Said("{code} stands twice", {"code": number})
            seen.add(number)


_WRONG_KIND = {
    "sheets": Said("this module is not marked by judges"),
    "direct": Said("this module has no direct scores"),
}


def _nothing(*_: object) -> Found:
    return iter(())


def _attempt(attempt: int, module: Module) -> Found:
    if not 1 <= attempt <= module.attempts.count:
        yield ("attempt",), Said("the attempts are 1 to {count}", {"count": module.attempts.count})


def _steps(path: str) -> tuple[str, ...]:
    return (path,)


def assigned_places(judge: Judge, places: Places) -> Iterator[tuple[str, str]]:
    """The (stage, module) a judge is assigned to; without a stage, in every stage that has the module."""
    for assigned in judge.modules:
        stages: Iterable[str] = places.stages_of(assigned.module)
        if assigned.stage is not None:
            stages = [assigned.stage] if assigned.stage in stages else []
        for stage in stages:
            yield stage, assigned.module
