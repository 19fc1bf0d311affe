"""A package written into the store: every event with its panel, entries, marks and rulings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from competition_app.documents.packages.package import canonical_json
from competition_app.documents.packages.package_checks import Places, mark_value
from competition_app.documents.packages.package_event_checks import assigned_places
from competition_app.documents.packages.package_types import EntryOrganisation as GivenShare
from competition_app.documents.packages.package_types import Event as GivenEvent
from competition_app.documents.packages.package_types import Judge as GivenJudge
from competition_app.documents.packages.package_types import Mark as GivenMark
from competition_app.documents.packages.package_types import Recusal as GivenRecusal
from competition_app.domain.errors import Refusal
from competition_app.services.judging.marking_desk import SheetState
from competition_app.services.plans.plans import store_plan
from competition_app.services.workspace import Act
from competition_app.store.models import (
    Assignment,
    Criterion,
    Division,
    Entry,
    EntryOrganisation,
    Event,
    Judge,
    JudgePerson,
    Mark,
    MarkVersion,
    Membership,
    ModuleFact,
    Penalty,
    Recusal,
    Ruling,
    Score,
    Sheet,
    Work,
    WorkLink,
)

Works = dict[tuple[str, str, str], int]
"""The keys of works by stage, module and entry's number."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The keys of the competition's units and contestants by their codes."""

    units: Mapping[str, int]
    contestants: Mapping[str, int]


def store_event(act: Act, competition_id: int, index: int, given: GivenEvent, codes: Codes) -> int:
    """Writes one event of a package with everything in it; returns how many marks it had."""
    event = Event(
        competition_id=competition_id, code=given.code, name=given.name, position=index,
        aliases=list(given.aliases), team_min=given.team_min or 1, team_max=given.team_max or 1,
        quota=given.quota, eligibility=dict(given.eligibility or {}),
        double_entry=bool(given.double_entry),
    )  # fmt: skip
    act.session.add(event)
    act.session.flush()
    if given.plan is not None:
        text = canonical_json(given.plan.model_dump(exclude_unset=True))
        store_plan(act.session, event, text, None, act.now)
    intake = _EventIntake(act, event.id, index, given, codes)
    intake.panel()
    intake.entrants()
    intake.recorded()
    works = intake.works()
    intake.marks(works)
    intake.recusals(works)
    intake.rulings()
    return len(given.marks)


class _EventIntake:
    def __init__(self, act: Act, event_id: int, index: int, given: GivenEvent, codes: Codes) -> None:
        self.act, self.event_id, self.index, self.given, self.codes = act, event_id, index, given, codes
        self.places = Places(given.rules)
        self.divisions: dict[str, int] = {}
        self.entries: dict[str, int] = {}
        self.judges: dict[str, int] = {}

    # --- panel ---
    def panel(self) -> None:
        """Divisions, seats, the persons on them, and who is assigned to what."""
        first = self.act.next_id(Division)
        rows: list[tuple[Any, ...]] = [
            (first + i, self.event_id, each.code, each.name or each.code, i)
            for i, each in enumerate(self.given.divisions)
        ]
        self.act.insert_many(Division, ("id", "event_id", "code", "name", "position"), rows)
        self.divisions = {row[2]: row[0] for row in rows}
        listed = {judge.code for judge in self.given.judges}
        unlisted = dict.fromkeys(mark.judge for mark in self.given.marks if mark.judge not in listed)
        seats = [*self.given.judges, *(GivenJudge(code=code) for code in unlisted)]
        first = self.act.next_id(Judge)
        self.judges = {judge.code: first + i for i, judge in enumerate(seats)}
        columns = ("id", "event_id", "code", "role", "judging_group", "position")
        places = enumerate(seats)
        rows = [(first + i, self.event_id, j.code, j.role, j.group, i) for i, j in places]
        self.act.insert_many(Judge, columns, rows)
        people = [row for judge in seats for row in self._persons(judge)]
        self.act.insert_many(JudgePerson, ("judge_id", "name", "organisation_id", "since"), people)
        assigned = [
            (self.judges[judge.code], stage, module)
            for judge in seats
            for stage, module in dict.fromkeys(assigned_places(judge, self.places))
        ]
        self.act.insert_many(Assignment, ("judge_id", "stage", "module"), assigned)

    def _persons(self, judge: GivenJudge) -> Iterator[tuple[Any, ...]]:
        key, units = self.judges[judge.code], self.codes.units
        if judge.name is not None or judge.organisation is not None:
            yield key, judge.name, units.get(judge.organisation or ""), None
        for person in judge.persons:
            yield key, person.name, units.get(person.organisation or ""), person.since

    # --- entries ---
    def entrants(self) -> None:
        """Entries, the units they stand for, and their members."""
        given, units = self.given.entries, self.codes.units
        first = self.act.next_id(Entry)
        self.entries = {entry.number: first + i for i, entry in enumerate(given)}
        columns = (
            "id", "event_id", "division_id", "number", "name", "organisation_id", "judging_group", "status",
            "status_reason", "coaches", "fields",
        )  # fmt: skip
        self.act.insert_many(
            Entry, columns,
            [
                (self.entries[e.number], self.event_id, self.divisions.get(e.division or ""), e.number,
                 e.name, units.get(e.organisation or ""), e.group, e.status, e.status_reason, list(e.coaches),
                 dict(e.fields))
                for e in given
            ],
        )  # fmt: skip
        shares = [
            (
                self.entries[e.number],
                units[o.code],
                i,
                str(o.share) if "share" in o.model_fields_set else None,
            )
            for e in given
            for i, o in enumerate(e.organisations)
        ]
        self.act.insert_many(EntryOrganisation, ("entry_id", "organisation_id", "position", "share"), shares)
        members = [
            (self.entries[e.number], self.codes.contestants[code], i)
            for e in given
            for i, code in enumerate(e.contestants)
        ]
        self.act.insert_many(Membership, ("entry_id", "contestant_id", "position"), members)

    # --- what was recorded beside the marks ---
    def recorded(self) -> None:
        """Scores, times, hand-ins, absences, penalties."""
        scores = []
        for i, row in enumerate(self.given.scores):
            dnf = row.value == "DNF"
            units = None if dnf else self._units(row.value, f"events[{self.index}].scores[{i}].value")
            place = self._place(row.stage, row.module)
            scores.append(
                (self.entries[row.entry], *place, row.attempt, 1, units, 2 if dnf else 0, self.act.seq)
            )
        columns = ("entry_id", "stage", "module", "attempt", "version", "units", "outcome", "history_seq")
        self.act.insert_many(Score, columns, scores)
        self.act.insert_many(ModuleFact, _FACT, self._facts())
        penalties = []
        for i, penalty in enumerate(self.given.penalties):
            stage = penalty.stage
            if penalty.module is not None:
                stage = self._place(penalty.stage, penalty.module)[0]
            units = self._units(penalty.points, f"events[{self.index}].penalties[{i}].points")
            penalties.append(
                (self.entries[penalty.entry], stage, penalty.module, penalty.attempt, units,
                 penalty.disqualifies, penalty.reason or "")
            )  # fmt: skip
        told = ("entry_id", "stage", "module", "attempt", "units", "disqualifies", "reason")
        self.act.insert_many(Penalty, told, penalties)

    def _facts(self) -> list[tuple[Any, ...]]:
        facts: dict[tuple[int, str, str], dict[str, Any]] = {}

        def at(row: Any) -> dict[str, Any]:
            return facts.setdefault((self.entries[row.entry], *self._place(row.stage, row.module)), {})

        for time in self.given.times:
            at(time)["seconds"] = str(time.seconds)
        for handed in self.given.submitted:
            at(handed)["submitted_at"] = handed.at
        for absence in self.given.absences:
            at(absence).update(absent=True, absent_reason=absence.reason)
        nothing: dict[str, Any] = {
            "seconds": None,
            "submitted_at": None,
            "absent": False,
            "absent_reason": None,
        }
        return [(*key, *(nothing | fact).values()) for key, fact in facts.items()]

    def _place(self, stage: str | None, module: str) -> tuple[str, str]:
        found = self.places.find(stage, module)
        assert isinstance(found, tuple)  # the package was checked whole before
        return found

    def _units(self, value: Decimal, path: str) -> int:
        units = value.scaleb(9)
        if units != units.to_integral_value() or abs(units) >= 2**63:
            raise Refusal(
                "{path}: the store keeps figures below {limit} with at most 9 digits after the point.",
                path=path, limit=9 * 10**9,
            )  # fmt: skip
        return int(units)

    # --- marks ---
    def marks(self, works: Works) -> None:
        """Sheets that count, and marks with their first version."""
        criteria = self._criteria()
        rules = {(*place, c.code): c for place, m in self.places.modules.items() for c in m.criteria}
        units: dict[Decimal, int] = {}
        rows: list[tuple[int, int, int, int, int | None, int]] = []
        for i, mark in enumerate(self.given.marks):
            place = self._place(mark.stage, mark.module)
            value = mark_value(mark.value, rules[*place, mark.criterion])
            key = (
                works[*place, mark.entry], mark.attempt, criteria[*place, mark.criterion],
                self.judges[mark.judge],
            )  # fmt: skip
            if isinstance(value, Decimal):
                if value not in units:
                    units[value] = self._units(value, f"events[{self.index}].marks[{i}].value")
                rows.append((*key, units[value], 0))
            else:
                rows.append((*key, None, 1 if value == "absent" else 2))
        store_marks(self.act, rows)

    def recusals(self, works: Works) -> None:
        """Judges kept from works, as recorded."""
        rows = [
            (self.judges[row.judge], works[*self._place(row.stage, row.module), row.entry], row.reason)
            for row in self.given.recusals
        ]
        self.act.insert_many(Recusal, ("judge_id", "work_id", "reason"), rows)

    def works(self) -> Works:
        """Works that have marks or recusals, under their entries' numbers."""
        named: tuple[GivenMark | GivenRecusal, ...] = (*self.given.marks, *self.given.recusals)
        wanted = dict.fromkeys((*self._place(row.stage, row.module), row.entry) for row in named)
        first = self.act.next_id(Work)
        works = {key: first + i for i, key in enumerate(wanted)}
        self.act.insert_many(
            Work, ("id", "event_id", "stage", "module", "code"),
            [(work, self.event_id, stage, module, number) for (stage, module, number), work in works.items()],
        )  # fmt: skip
        links = [(work, self.entries[number]) for (_, _, number), work in works.items()]
        self.act.insert_many(WorkLink, ("work_id", "entry_id"), links)
        return works

    def _criteria(self) -> dict[tuple[str, str, str], int]:
        query = select(Criterion).where(Criterion.event_id == self.event_id)
        return {(c.stage, c.module, c.code): c.id for c in self.act.session.scalars(query)}

    # --- rulings ---
    def rulings(self) -> None:
        """Lots, decisions, accepted questions, who was confirmed to go on."""
        given = self.given
        rows: list[tuple[Any, ...]] = [("lot", None, None, list(lot), None, {}) for lot in given.lots]
        rows += [("decision", d.stage, None, list(d.entries), d.reason, {}) for d in given.decisions]
        for accepted in given.accepted:
            more = {name: getattr(accepted, name) for name in ("module", "criterion", "award", "ties")}
            kept = {name: code for name, code in more.items() if code is not None}
            named = list(accepted.concerned)
            rows.append(("accepted", accepted.stage, accepted.code, named, accepted.reason, kept))
        for stage, going in given.advanced.items():
            seats = given.advanced_more.get(stage)
            more = {} if seats is None else seats.model_dump(mode="json", exclude_unset=True)
            rows.append(("advanced", stage, None, list(going), None, more))
        columns = ("event_id", "position", "kind", "stage", "code", "entries", "reason", "more")
        self.act.insert_many(Ruling, columns, [(self.event_id, i, *row) for i, row in enumerate(rows)])


def _share(given: GivenShare) -> str | None:
    return str(given.share) if "share" in given.model_fields_set else None


_FACT = ("entry_id", "stage", "module", "seconds", "submitted_at", "absent", "absent_reason")


def store_marks(act: Act, rows: Sequence[tuple[int, int, int, int, int | None, int]]) -> None:
    """New marks that count at once: (work, attempt, criterion, judge, units, outcome), in first versions."""
    ordered = sorted(rows, key=lambda row: row[:4])
    sheets = dict.fromkeys((work, attempt, judge) for work, attempt, _, judge, _, _ in ordered)
    told = ("package", SheetState.CONFIRMED.value, act.actor.name, act.actor.name, act.now)
    columns = (
        "work_id", "attempt", "judge_id", "medium", "state", "entered_by", "confirmed_by", "counted_at",
    )  # fmt: skip
    act.insert_many(Sheet, columns, [(*sheet, *told) for sheet in sheets])
    key = ("work_id", "attempt", "criterion_id", "judge_id")
    act.insert_many(Mark, (*key, "units", "outcome", "version"), [(*row, 1) for row in ordered])
    sitting = _sitting(act, {sheet[2] for sheet in sheets})
    act.insert_many(
        MarkVersion,
        (*key, "units", "outcome", "entry_pass", "version", "history_seq", "judge_person_id"),
        [(*row, 1, 1, act.seq, sitting.get(row[3])) for row in ordered],
    )


def _sitting(act: Act, judges: Iterable[int]) -> dict[int, int]:
    wanted = set(judges)
    people = act.session.scalars(select(JudgePerson).order_by(JudgePerson.id))
    return {person.judge_id: person.id for person in people if person.judge_id in wanted}
