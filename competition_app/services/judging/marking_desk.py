"""What entering marks of one judge needs to know, read once for all works of an operation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import exists, func, select

from competition_app.domain.errors import Refusal
from competition_app.domain.plans import plan as rules
from competition_app.services.competitions.competitions import refuse_if_locked
from competition_app.services.competitions.panels import judge_of, sitting
from competition_app.services.judging.conflicts import kept_from
from competition_app.services.judging.double_entry import Typings
from competition_app.services.judging.entrants import absentees
from competition_app.services.judging.mark_values import Stored
from competition_app.services.plans.plans import module_rule
from competition_app.services.workspace import Act
from competition_app.store.models import (
    Assignment,
    Criterion,
    Entry,
    Event,
    History,
    Judge,
    Mark,
    MarkVersion,
    Sheet,
    Work,
    WorkLink,
)


class SheetState(StrEnum):
    """评分表: not begun, begun, complete but to be typed again (待复录), counting (paper, page)."""

    NONE = "none"
    BEGUN = "begun"
    ENTERED = "entered"
    CONFIRMED = "confirmed"
    SIGNED = "signed"

    @property
    def counts(self) -> bool:
        """Whether the sheet's marks count in the result."""
        return self in (SheetState.CONFIRMED, SheetState.SIGNED)


@dataclass(frozen=True, slots=True)
class MarkPlace:
    """Where a mark stands: work, attempt, judge and the criterion's code."""

    work_id: int
    attempt: int
    judge_id: int
    criterion: str


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a mark: its version before (0 none) and now, and the state of its sheet."""

    place: MarkPlace
    before: int
    version: int
    sheet: SheetState


class MarkingDesk:
    """The works of one module on which one judge's marks are entered in one operation."""

    def __init__(self, act: Act, work_ids: Iterable[int], judge_id: int) -> None:
        self.act, self.session = act, act.session
        ids = set(work_ids)
        self._works = {w.id: w for w in self.session.scalars(select(Work).where(Work.id.in_(ids)))}
        if ids - self._works.keys():
            raise Refusal("This work is no longer there: look at the list again.")
        first = next(iter(self._works.values()))
        self.stage, self.module = first.stage, first.module
        if any((w.stage, w.module) != (self.stage, self.module) for w in self._works.values()):
            raise Refusal("One operation enters the marks of one module only.")
        event = self.session.get(Event, first.event_id)
        assert event is not None
        self.event = event
        refuse_if_locked(event)
        self.rule = module_rule(self.session, event.id, self.stage, self.module)
        self.criteria = {c.code: c for c in self.rule.criteria}
        self.judge = judge_of(self.session, judge_id)
        self._ids = self._criterion_ids()
        self._sheets = self._read_sheets()
        self._marks = self._read_marks()
        self._versions = self._read_versions()
        self._entries = self._read_entries()
        self._kept_from: frozenset[str] | None = None
        self._absent: set[int] | None = None
        self._person = sitting(self.session, judge_id)
        self._refuse_stranger()

    # --- what stands already ---
    def rule_of(self, code: str) -> rules.Criterion:
        """The criterion of the plan; refused when the module has none of this code."""
        if code not in self.criteria:
            raise Refusal("{module} has no criterion {criterion}.", module=self.module, criterion=code)
        return self.criteria[code]

    def criterion_id(self, code: str) -> int:
        """The criterion's short number in the store."""
        self.rule_of(code)
        return self._ids[code]

    def code(self, place: MarkPlace) -> str:
        """The work's code, for sentences."""
        return self._works[place.work_id].code or "—"

    def sheet(self, place: MarkPlace) -> Sheet | None:
        """The judge's sheet of the work's attempt, if begun."""
        return self._sheets.get((place.work_id, place.attempt))

    def has_mark(self, place: MarkPlace) -> bool:
        """Whether a mark stands at this place."""
        return (place.work_id, place.attempt, self._ids[place.criterion]) in self._marks

    def missing(self, place: MarkPlace) -> tuple[str, ...]:
        """The criteria of the sheet without a mark."""
        here = (place.work_id, place.attempt)
        return tuple(c for c, i in self._ids.items() if (*here, i) not in self._marks)

    def newest(self, place: MarkPlace) -> int:
        """The newest version of this mark, one that took it back too; 0: never entered."""
        self.rule_of(place.criterion)
        return self._version(place, 1)

    def newest_is_mine(self, place: MarkPlace) -> bool:
        """Whether the one who acts entered the newest version of this mark."""
        version = self._version(place, 1)
        key = (place.work_id, place.attempt, self._ids[place.criterion], self.judge.id, 1, version)
        newest = self.session.get(MarkVersion, key)
        by = self.session.get(History, newest.history_seq) if newest else None
        actor = self.act.actor
        return by is not None and (by.staff_id, by.actor) == (actor.staff_id, actor.name)

    def typings(self, place: MarkPlace) -> Typings:
        """Both typings of the sheet as they stand now."""
        return Typings(self.act, place.work_id, place.attempt, self.judge.id)

    def agreed(self, sheet: Sheet, place: MarkPlace) -> bool:
        """Whether two people typed the sheet alike: all of it, or what was corrected since it counted."""
        return not self.missing(place) and self.typings(place).agreed(sheet, self._ids.values())

    def disagreed(self, sheet: Sheet, place: MarkPlace) -> tuple[list[str], list[str]]:
        """The criteria in which the typings differ, and those which one person typed both times."""
        typings, codes = self.typings(place), {key: code for code, key in self._ids.items()}
        differing = typings.differing(sheet, codes)
        return [codes[key] for key in differing], [codes[key] for key in typings.by_one_person(sheet, codes)]

    # --- writing ---
    def write(
        self, place: MarkPlace, given: Stored | None, reason: str | None, *, undoing: bool = False
    ) -> Entered:
        """A new version of the mark (None: taken back); the same value again changes nothing."""
        self._refuse_attempt(place)
        key = (place.work_id, place.attempt, self.criterion_id(place.criterion))
        mark, before = self._marks.get(key), self._version(place, 1)
        now = None if mark is None else (mark.units, mark.outcome)
        if now == given:
            return Entered(place, before, before, self._state(place))
        self._refuse_stranger_to(place)
        if mark is None and given is not None:
            self._refuse_absent(place)
        if now is not None and not undoing:
            self._refuse_silent_correction(place, reason)
        sheet = self._begun(place)
        version = self._add_version(place, 1, given, reason)
        if given is None:
            self.session.delete(self._marks.pop(key))
        elif mark is None:
            units, outcome = given
            self._marks[key] = mark = Mark(
                work_id=place.work_id, attempt=place.attempt, criterion_id=key[2], judge_id=self.judge.id,
                units=units, outcome=outcome, version=version,
            )  # fmt: skip
            self.session.add(mark)
        else:
            (mark.units, mark.outcome), mark.version = given, version
        return Entered(place, before, version, SheetState(sheet.state))

    def write_second(self, place: MarkPlace, given: Stored) -> Entered:
        """A new version of the second typing."""
        self._refuse_attempt(place)
        self._refuse_stranger_to(place)
        before = self._version(place, 2)
        version = self._add_version(place, 2, given, None)
        self.session.flush()
        return Entered(place, before, version, self._state(place))

    def settled(self, entered: Sequence[Entered]) -> list[Entered]:
        """Brings the sheets touched to the state their marks give them; the same with that state."""
        for work_id, attempt in {(e.place.work_id, e.place.attempt) for e in entered}:
            sheet = self._sheets.get((work_id, attempt))
            if sheet is not None:
                self._settle(sheet, MarkPlace(work_id, attempt, self.judge.id, ""))
        self.session.flush()
        return [self.told(e) for e in entered]

    def told(self, entered: Entered) -> Entered:
        """The same with the sheet's state as it is now."""
        return replace(entered, sheet=self._state(entered.place))

    def count(self, sheet: Sheet) -> None:
        """From now on the sheet's marks count."""
        sheet.state = SheetState.CONFIRMED
        sheet.confirmed_by = self.act.actor.name
        sheet.counted_at = sheet.counted_at or self.act.now

    def _settle(self, sheet: Sheet, place: MarkPlace) -> None:
        if self.missing(place):
            sheet.state = SheetState.BEGUN
        elif self.event.double_entry:
            self._settle_double(sheet, place)
        elif not SheetState(sheet.state).counts:
            sheet.entered_by = self.act.actor.name
            self.count(sheet)

    def _settle_double(self, sheet: Sheet, place: MarkPlace) -> None:
        """A sheet corrected after it counted counts again when two people agree on what was corrected."""
        agreed = sheet.counted_at is not None and self.agreed(sheet, place)
        if agreed and SheetState(sheet.state).counts:
            return
        sheet.entered_by, sheet.state = self.act.actor.name, SheetState.ENTERED
        if agreed:
            self.count(sheet)

    def _state(self, place: MarkPlace) -> SheetState:
        sheet = self.sheet(place)
        return SheetState.NONE if sheet is None else SheetState(sheet.state)

    def _begun(self, place: MarkPlace) -> Sheet:
        here = (place.work_id, place.attempt)
        if here not in self._sheets:
            sheet = Sheet(
                work_id=place.work_id, attempt=place.attempt, judge_id=self.judge.id, medium="paper",
                state=SheetState.BEGUN, entered_by=self.act.actor.name,
            )  # fmt: skip
            self.session.add(sheet)
            self._sheets[here] = sheet
        return self._sheets[here]

    def _version(self, place: MarkPlace, entry_pass: int) -> int:
        key = (place.work_id, place.attempt, self._ids.get(place.criterion, 0), entry_pass)
        return self._versions.get(key, 0)

    def _add_version(
        self, place: MarkPlace, entry_pass: int, given: Stored | None, reason: str | None
    ) -> int:
        version = self._version(place, entry_pass) + 1
        key = (place.work_id, place.attempt, self._ids[place.criterion])
        units, outcome = given or (None, 0)
        self.session.add(
            MarkVersion(
                work_id=key[0], attempt=key[1], criterion_id=key[2], judge_id=self.judge.id,
                entry_pass=entry_pass, version=version, units=units, outcome=outcome, reason=reason,
                history_seq=self.act.seq, judge_person_id=self._person.id if self._person else None,
            )
        )  # fmt: skip
        self._versions[*key, entry_pass] = version
        return version

    # --- refusing ---
    def _refuse_stranger(self) -> None:
        """A mark from a judge not assigned is refused where the event names judges for the module."""
        if self.judge.event_id != self.event.id:
            raise Refusal("Judge {judge} is not on the panel of this event.", judge=self.judge.code)
        here = (Assignment.stage == self.stage, Assignment.module == self.module)
        if self.session.scalar(select(exists().where(Assignment.judge_id == self.judge.id, *here))):
            return
        panel = select(Judge.id).where(Judge.event_id == self.event.id)
        if self.session.scalar(select(exists().where(Assignment.judge_id.in_(panel), *here))):
            raise Refusal(
                "Judge {judge} is not assigned to {module}: assign the seat first or choose another judge.",
                judge=self.judge.code,
                module=self.rule.name or self.module,
            )

    def _refuse_absent(self, place: MarkPlace) -> None:
        """A first mark of an entry recorded as absent would not count; only its code is told."""
        if self._absent is None:
            self._absent = absentees(self.session, self.event.id, self.stage, self.module)
        linked = self._entries.get(place.work_id)
        if linked is not None and linked.id in self._absent:
            raise Refusal(
                "{code} has nothing to be marked: look at the floor record, and mend it there first.",
                code=self.code(place),
            )

    def _refuse_stranger_to(self, place: MarkPlace) -> None:
        """Refuses a judge of another group, or kept from the work (scoring.md §2, §5)."""
        linked = self._entries.get(place.work_id)
        if linked is None:
            return
        group = self.judge.judging_group
        if None not in (group, linked.judging_group) and group != linked.judging_group:
            raise Refusal(
                "{code} is judged by group {group}, and {judge} sits in group {other}.",
                code=self.code(place),
                group=linked.judging_group,
                judge=self.judge.code,
                other=group,
            )
        if linked.number in self._kept():
            raise Refusal(
                "Judge {judge} is kept from {code} by their own unit: another judge marks it, "
                "or the chief judge records why this one may.",
                judge=self.judge.code,
                code=self.code(place),
            )

    def _kept(self) -> frozenset[str]:
        if self._kept_from is None:
            only = next(iter(self._entries.values())).id if len(self._entries) == 1 else None
            self._kept_from = kept_from(
                self.session, self.event.id, self.stage, self.rule, self.judge, entry_id=only
            )
        return self._kept_from

    def _refuse_attempt(self, place: MarkPlace) -> None:
        if not 1 <= place.attempt <= self.rule.attempts.count:
            raise Refusal(
                "{module} has {n} attempt only.|{module} has {n} attempts only.",
                module=self.rule.name or self.module,
                n=self.rule.attempts.count,
            )

    def _refuse_silent_correction(self, place: MarkPlace, reason: str | None) -> None:
        sheet = self.sheet(place)
        if sheet is not None and sheet.counted_at is not None and not (reason or "").strip():
            raise Refusal(
                "The sheet of {code} already counts: to correct {criterion}, state the reason.",
                code=self.code(place),
                criterion=self.rule_of(place.criterion).name or place.criterion,
            )

    # --- reading ---
    def _criterion_ids(self) -> dict[str, int]:
        query = select(Criterion.code, Criterion.id).where(
            Criterion.event_id == self.event.id,
            Criterion.stage == self.stage,
            Criterion.module == self.module,
        )
        known = dict(self.session.execute(query).all())
        return {code: known[code] for code in self.criteria}

    def _read_entries(self) -> dict[int, Entry]:
        query = select(WorkLink.work_id, Entry).join(Entry, Entry.id == WorkLink.entry_id)
        return dict(self.session.execute(query.where(WorkLink.work_id.in_(self._works))).all())

    def _read_sheets(self) -> dict[tuple[int, int], Sheet]:
        query = select(Sheet).where(Sheet.work_id.in_(self._works), Sheet.judge_id == self.judge.id)
        return {(s.work_id, s.attempt): s for s in self.session.scalars(query)}

    def _read_marks(self) -> dict[tuple[int, int, int], Mark]:
        query = select(Mark).where(Mark.work_id.in_(self._works), Mark.judge_id == self.judge.id)
        return {(m.work_id, m.attempt, m.criterion_id): m for m in self.session.scalars(query)}

    def _read_versions(self) -> dict[tuple[int, int, int, int], int]:
        v = MarkVersion
        key = (v.work_id, v.attempt, v.criterion_id, v.entry_pass)
        query = select(*key, func.max(v.version)).where(
            v.work_id.in_(self._works), v.judge_id == self.judge.id
        )
        return {(w, a, c, p): n for w, a, c, p, n in self.session.execute(query.group_by(*key))}
