"""Marks as they are entered: works opened, marks with every version, sheets that begin to count."""

import random
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from competition_app.domain.errors import Refusal
from competition_app.domain.scoring.facts import Outcome
from competition_app.domain.scoring.figures import natural
from competition_app.services.competitions.competitions import event_of, refuse_if_locked
from competition_app.services.judging.conflicts import kept_by_unit
from competition_app.services.judging.mark_values import MarkGiven, mark_units
from competition_app.services.judging.marking_desk import (
    Entered,
    MarkingDesk,
    MarkPlace,
    SheetState,
)
from competition_app.services.plans.plans import module_rule, plan_of
from competition_app.services.workspace import Act
from competition_app.store.models import Entry, MarkVersion, Recusal, Ruling, Sheet, Work, WorkLink

__all__ = [
    "Entered", "MarkGiven", "MarkPlace", "SheetState", "clear_mark", "confirm_sheet", "enter_absent",
    "enter_mark", "enter_marks", "enter_second", "open_module", "restore_mark", "restore_marks",
]  # fmt: skip


def open_module(act: Act, event_id: int, stage: str, module: str, *, coded: bool = False) -> int:
    """Makes a work for each entry that takes part and has none yet; returns how many were made.

    ``coded`` gives them anonymous codes (B-217) and keeps which are of a judge's own unit; otherwise the
    entry's number is the code. Later stages take those confirmed to go on, where that is recorded. Entries
    withdrawn or disqualified get no work.
    """
    event = event_of(act.session, event_id)
    refuse_if_locked(event)
    rule = module_rule(act.session, event_id, stage, module)
    if rule.kind != "sheets":
        raise Refusal("{module} has no score sheets: enter its scores directly.", module=rule.name or module)
    present = _works(act, event_id, stage, module)
    if present and coded != _is_coded(present):
        raise Refusal("{module} is already open and goes on as it began.", module=rule.name or module)
    missing = [
        entry for entry in _taking_part(act, event_id, stage) if entry.id not in {e.id for _, e in present}
    ]
    codes = [entry.number for entry in missing]
    if coded:
        random.SystemRandom().shuffle(missing)  # the order of works must tell nothing
        codes = _fresh_codes(
            _letter(act, event_id, stage, module), len(missing), {w.code for w, _ in present}
        )
    works = [Work(event_id=event_id, stage=stage, module=module, code=code) for code in codes]
    act.session.add_all(works)
    act.session.flush()
    pairs = list(zip(works, missing, strict=True))
    act.session.add_all(WorkLink(work_id=work.id, entry_id=entry.id) for work, entry in pairs)
    if coded:
        kept = kept_by_unit(act.session, event_id, rule)
        judges = {judge for judge, _ in kept}
        act.session.add_all(
            Recusal(judge_id=judge, work_id=work.id)
            for work, entry in pairs
            for judge in judges
            if (judge, entry.number) in kept
        )
    return len(works)


def enter_mark(act: Act, place: MarkPlace, value: MarkGiven, *, reason: str | None = None) -> Entered:
    """Enters or corrects one mark; a correction of a sheet that counts needs a reason (scoring.md §5).

    Refused where the judge may not mark the work or the criterion does not take the value.
    """
    return _enter(act, [(place, value)], reason)[0]


def enter_marks(
    act: Act, marks: Sequence[tuple[MarkPlace, MarkGiven]], *, reason: str | None = None
) -> tuple[Entered, ...]:
    """Enters many marks (a pasted column) in one operation: all of them or, with the first refusal, none."""
    return tuple(_enter(act, marks, reason))


def enter_absent(
    act: Act, work_id: int, attempt: int, judge_id: int, *, reason: str | None = None
) -> tuple[Entered, ...]:
    """The judge gave no mark at all to this work: every criterion not marked yet is recorded as absent."""
    desk = MarkingDesk(act, [work_id], judge_id)
    places = [
        MarkPlace(work_id, attempt, judge_id, code)
        for code in desk.criteria
        if not desk.has_mark(MarkPlace(work_id, attempt, judge_id, code))
    ]
    return tuple(_enter(act, [(place, Outcome.ABSENT) for place in places], reason))


def clear_mark(act: Act, place: MarkPlace, *, reason: str | None = None) -> Entered:
    """Takes a mark back, as if not yet entered; the version that stood stays in the record."""
    desk = MarkingDesk(act, [place.work_id], place.judge_id)
    entered = desk.write(place, None, reason)
    return desk.settled([entered])[0]


def restore_mark(act: Act, place: MarkPlace, version: int, *, reason: str | None = None) -> Entered:
    """Undo: a new version with the value that version ``version`` had (0: not entered).

    The person who entered the newest version needs no reason, anybody else does where the sheet counts.
    """
    desk = MarkingDesk(act, [place.work_id], place.judge_id)
    return desk.settled([_restored(act, desk, place, version, reason)])[0]


def restore_marks(act: Act, back: Sequence[tuple[MarkPlace, int, int]]) -> tuple[Entered, ...]:
    """Undo of a whole entry: each place with the version to go back to and the one whose value must stand.

    Refused where another value stands by now: somebody changed the mark meanwhile.
    """
    if not back:
        return ()
    desk = MarkingDesk(act, [place.work_id for place, _, _ in back], back[0][0].judge_id)
    entered = []
    for place, version, standing in back:
        if _held(act, desk, place, desk.newest(place)) != _held(act, desk, place, standing):
            raise Refusal(
                "{code} {criterion} was changed again meanwhile, so it is not undone. Look at the mark.",
                code=desk.code(place),
                criterion=desk.rule_of(place.criterion).name or place.criterion,
            )
        entered.append(_restored(act, desk, place, version, None))
    return tuple(desk.settled(entered))


def _restored(act: Act, desk: MarkingDesk, place: MarkPlace, version: int, reason: str | None) -> Entered:
    """A new version of a mark with the value that an earlier one had."""
    given = _held(act, desk, place, version)
    return desk.write(place, given, reason, undoing=desk.newest_is_mine(place))


def _held(act: Act, desk: MarkingDesk, place: MarkPlace, version: int) -> tuple[int | None, int] | None:
    """The value that a version of a mark had; None: not entered, or taken back."""
    if not version:
        return None
    key = (place.work_id, place.attempt, desk.criterion_id(place.criterion), place.judge_id, 1, version)
    found = act.session.get(MarkVersion, key)
    if found is None:
        raise Refusal("There is no version {version} of this mark.", version=version)
    return (found.units, found.outcome) if found.outcome or found.units is not None else None


def enter_second(act: Act, place: MarkPlace, value: MarkGiven) -> Entered:
    """The second person's typing of a mark (double entry); the first one's stays as it is.

    When the sheet is complete and two people agree in every cell (of one that has counted: in every cell
    corrected since) it is confirmed and counts.
    """
    desk = MarkingDesk(act, [place.work_id], place.judge_id)
    sheet = desk.sheet(place)
    if not desk.event.double_entry:
        raise Refusal("Sheets of {event} are typed once only.", event=desk.event.name)
    if sheet is None or sheet.state == SheetState.BEGUN:
        raise Refusal("{code}: the first typing of this sheet is not complete yet.", code=desk.code(place))
    if desk.typings(place).typed_by_actor(desk.criterion_id(place.criterion)):
        raise Refusal("{code}: another person than the first types the sheet again.", code=desk.code(place))
    entered = desk.write_second(place, mark_units(desk.rule_of(place.criterion), value, desk.code(place)))
    if sheet.state == SheetState.ENTERED and desk.agreed(sheet, place):
        desk.count(sheet)
    return desk.told(entered)


def confirm_sheet(act: Act, work_id: int, attempt: int, judge_id: int) -> None:
    """Confirms a complete sheet so that it counts; with double entry another person does, both equal."""
    desk = MarkingDesk(act, [work_id], judge_id)
    place = MarkPlace(work_id, attempt, judge_id, next(iter(desk.criteria)))
    sheet, code = desk.sheet(place), desk.code(place)
    if sheet is None or desk.missing(place):
        raise Refusal("{code}: marks are missing on this sheet; enter them or mark them absent.", code=code)
    if desk.event.double_entry:
        _refuse_unless_two_agree(desk, sheet, place)
    desk.count(sheet)


def _refuse_unless_two_agree(desk: MarkingDesk, sheet: Sheet, place: MarkPlace) -> None:
    code = desk.code(place)
    if desk.typings(place).last_by_actor():
        raise Refusal("{code}: another person than the first confirms the sheet.", code=code)
    differing, alone = desk.disagreed(sheet, place)
    if differing:
        raise Refusal(
            "{code}: the two typings differ in {criteria}; look at the paper and correct the wrong one.",
            code=code,
            criteria=", ".join(differing),
        )
    if alone:
        raise Refusal(
            "{code}: one person typed {criteria} both times; another person types this again.",
            code=code,
            criteria=", ".join(alone),
        )


def _enter(act: Act, marks: Sequence[tuple[MarkPlace, MarkGiven]], reason: str | None) -> list[Entered]:
    if not marks:
        return []
    judges = {place.judge_id for place, _ in marks}
    if len(judges) > 1:
        raise Refusal("One operation enters the marks of one judge only.")
    desk = MarkingDesk(act, [place.work_id for place, _ in marks], judges.pop())
    entered = []
    for place, value in marks:
        given = mark_units(desk.rule_of(place.criterion), value, desk.code(place))
        entered.append(desk.write(place, given, reason))
    return desk.settled(entered)


def _works(act: Act, event_id: int, stage: str, module: str) -> list[tuple[Work, Entry]]:
    query = select(Work, Entry).join(WorkLink, WorkLink.work_id == Work.id)
    query = query.join(Entry, Entry.id == WorkLink.entry_id)
    where = (Work.event_id == event_id, Work.stage == stage, Work.module == module)
    return [(work, entry) for work, entry in act.session.execute(query.where(*where))]


def _is_coded(works: Sequence[tuple[Work, Entry]]) -> bool:
    return not any(work.code == entry.number for work, entry in works)


def _taking_part(act: Act, event_id: int, stage: str) -> list[Entry]:
    entries = list(act.session.scalars(select(Entry).where(Entry.event_id == event_id)))
    stages = [s.code for s in plan_of(act.session, event_id).stages]
    ruled = act.session.scalars(
        select(Ruling).where(
            Ruling.event_id == event_id,
            Ruling.kind == "advanced",
            Ruling.stage == stage,
            Ruling.withdrawn.is_(None),
        )
    ).all()
    if stages.index(stage) and ruled:
        going = {number for ruling in ruled for number in ruling.entries}
        entries = [entry for entry in entries if entry.number in going]
    out = ("withdrawn", "disqualified")
    return sorted((e for e in entries if e.status not in out), key=lambda e: natural(e.number))


def _letter(act: Act, event_id: int, stage: str, module: str) -> str:
    modules = [(s.code, m.code) for s in plan_of(act.session, event_id).stages for m in s.modules]
    return chr(ord("A") + modules.index((stage, module)) % 26)


def _fresh_codes(letter: str, count: int, taken: Iterable[str | None]) -> list[str]:
    """Codes nobody can guess an entry from: a letter for the module and a number drawn at random."""
    used = set(taken)
    digits = max(3, len(str(2 * (count + len(used)))))
    numbers = [f"{letter}-{n:0{digits}d}" for n in range(1, 10**digits)]
    return random.SystemRandom().sample([code for code in numbers if code not in used], count)
