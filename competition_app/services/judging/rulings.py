"""What the desk and the chief judge record beside the marks: absences, times, penalties, rulings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.domain.looking_back.what_if_words import prize_tie_said
from competition_app.domain.plans.plan import Plan
from competition_app.domain.ranking.ranking import SETTLED_BY_ACCEPTING
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring.figures import plain
from competition_app.services.competitions.competitions import event_of, refuse_if_locked
from competition_app.services.history.noted import noted
from competition_app.services.judging.mark_values import units_text, whole_units
from competition_app.services.plans.plans import module_rule, plan_of
from competition_app.services.workspace import Act
from competition_app.store.models import Entry, Event, ModuleFact, Penalty, Ruling


@dataclass(frozen=True, slots=True)
class PenaltyRow:
    """A penalty with its points as text; ``withdrawn`` tells why it no longer counts."""

    id: int
    number: str
    stage: str | None
    module: str | None
    attempt: int | None
    points: str
    disqualifies: bool
    reason: str
    withdrawn: str | None


@dataclass(frozen=True, slots=True)
class RulingRow:
    """A lot, decision, accepted question or who goes on; ``withdrawn``: why it no longer counts."""

    id: int
    kind: str
    stage: str | None
    code: str | None
    entries: tuple[str, ...]
    reason: str | None
    withdrawn: str | None


def record_absence(act: Act, entry_id: int, stage: str, module: str, *, reason: str | None = None) -> None:
    """缺考: the entry did not come to this module."""
    fact = _fact(act, entry_id, stage, module)
    fact.absent, fact.absent_reason = True, reason


def withdraw_absence(act: Act, entry_id: int, stage: str, module: str) -> None:
    """The entry came after all."""
    fact = _fact(act, entry_id, stage, module)
    fact.absent, fact.absent_reason = False, None


def record_time(act: Act, entry_id: int, stage: str, module: str, seconds: Decimal | None) -> None:
    """用时 in seconds; None takes it back."""
    _fact(act, entry_id, stage, module).seconds = seconds_text(seconds)


def seconds_text(seconds: Decimal | None) -> str | None:
    """A time as it is stored; refused below 0."""
    if seconds is not None and seconds < 0:
        raise Refusal("A time is 0 seconds or more.")
    return None if seconds is None else plain(seconds)


def record_submission(act: Act, entry_id: int, stage: str, module: str, at: str | None) -> None:
    """When the work was handed in, ISO with its offset; None takes it back."""
    _fact(act, entry_id, stage, module).submitted_at = moment_text(at)


def moment_text(at: str | None) -> str | None:
    """A hand-in as it is stored; refused where it is no moment with its offset."""
    if at is not None:
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise Refusal("{at} is not a moment like 2025-09-01T10:42:00+08:00.", at=at)
    return at


def add_penalty(
    act: Act,
    entry_id: int,
    *,
    points: Decimal = Decimal(0),
    stage: str | None = None,
    module: str | None = None,
    attempt: int | None = None,
    disqualifies: bool = False,
    reason: str,
) -> int:
    """违规扣分: points off a stage, a module or an attempt, or being struck out; returns its key."""
    entry = _entry(act, entry_id)
    plan = plan_of(act.session, entry.event_id)
    if stage is None and len(plan.stages) == 1:
        stage = plan.stages[0].code
    if not reason.strip():
        raise Refusal("A penalty needs its reason: write what happened.")
    if points < 0 or not (points or disqualifies):
        raise Refusal("A penalty takes off points above 0, or disqualifies.")
    if stage is None and not disqualifies:
        raise Refusal("The plan has several stages: choose the one the penalty belongs to.")
    if module is not None:
        rule = module_rule(act.session, entry.event_id, stage or "", module)
        if attempt is not None and not 1 <= attempt <= rule.attempts.count:
            raise Refusal("{module} has no attempt {attempt}.", module=rule.name or module, attempt=attempt)
    elif attempt is not None:
        raise Refusal("Choose the module of the attempt.")
    penalty = Penalty(
        entry_id=entry.id, stage=stage, module=module, attempt=attempt,
        units=whole_units(Fraction(points), entry.number), disqualifies=disqualifies, reason=reason.strip(),
    )  # fmt: skip
    act.session.add(penalty)
    act.session.flush()
    return penalty.id


def withdraw_penalty(act: Act, penalty_id: int, reason: str) -> None:
    """The penalty no longer counts; it stays in the record with the reason."""
    penalty = act.session.get(Penalty, penalty_id)
    if penalty is None or penalty.withdrawn is not None:
        raise Refusal("This penalty no longer counts: look at the list again.")
    _entry(act, penalty.entry_id)
    penalty.withdrawn = _reason(reason)


def withdraw_entry(act: Act, entry_id: int, reason: str) -> None:
    """弃权: the entry no longer competes."""
    _set_status(act, entry_id, Status.WITHDRAWN, _reason(reason))


def disqualify(act: Act, entry_id: int, reason: str) -> None:
    """取消成绩: the entry is struck out of the result."""
    _set_status(act, entry_id, Status.DISQUALIFIED, _reason(reason))


def out_of_competition(act: Act, entry_id: int, reason: str) -> None:
    """表演: the entry is shown beside the ranked ones and takes no place."""
    _set_status(act, entry_id, Status.OUT_OF_COMPETITION, _reason(reason))


def reinstate(act: Act, entry_id: int, reason: str) -> None:
    """The entry competes again."""
    _set_status(act, entry_id, Status.RANKED, _reason(reason))


def decide_tie(
    act: Act, event_id: int, numbers: Sequence[str], reason: str, *, stage: str | None = None
) -> int:
    """The chief judge's order of tied entries, the better first (scoring.md §6); returns the ruling's key."""
    _refuse_unknown(plan_of(act.session, event_id), stage)
    return _rule(act, event_id, "decision", numbers, reason=_reason(reason), stage=stage)


def record_lot(act: Act, event_id: int, numbers: Sequence[str], *, reason: str | None = None) -> int:
    """A draw between tied entries, in the order drawn."""
    return _rule(act, event_id, "lot", numbers, reason=reason)


def accept_question(
    act: Act,
    event_id: int,
    code: str,
    reason: str,
    *,
    number: str | None = None,
    tied: Sequence[str] = (),
    stage: str | None = None,
    module: str | None = None,
    criterion: str | None = None,
    award: str | None = None,
    ties: Literal["include", "exclude"] | None = None,
) -> int:
    """The chief judge lets a problem or an open question stand, with the reason (scoring.md §5, §6).

    A tie is let stand for exactly those ``tied``; of two rulings on them the newer counts. Across the border
    of ``award``, ``ties`` gives all of them the better prize (``include``) or none of them (``exclude``);
    without it none of them gets any prize there.
    """
    if code not in SETTLED_BY_ACCEPTING:
        raise Refusal("This cannot be let stand: enter what is missing or record the absence.")
    if ties is not None and code != "unresolved_tie_at_prize":
        raise Refusal("Only a tie across a prize border is settled by giving or not giving the prize.")
    if code in _TIES and len(tied) < 2:
        raise Refusal("Name all entries that are tied: the ruling holds for exactly them.")
    _refuse_unknown(plan_of(act.session, event_id), stage, module, award)
    more = {"module": module, "criterion": criterion, "award": award, "ties": ties}
    if ties is not None:
        act.note(settled=noted(prize_tie_said(ties)))
    kept = {name: value for name, value in more.items() if value is not None}
    numbers = [] if number is None else [number]
    return _rule(
        act, event_id, "accepted", tied or numbers, reason=_reason(reason), stage=stage, code=code, more=kept
    )


def confirm_advanced(
    act: Act, event_id: int, stage: str, numbers: Sequence[str], *, reason: str | None = None
) -> int:
    """Who goes on to this stage, as the chief judge confirms it; an earlier confirmation no longer counts."""
    plan = plan_of(act.session, event_id)
    if stage not in [later.code for later in plan.stages[1:]]:
        raise Refusal("Nobody goes on to stage {stage}: the plan has no stage before it.", stage=stage)
    _withdraw_advanced(act, event_id, stage)
    return _rule(act, event_id, "advanced", numbers, stage=stage, reason=reason)


def replace_advanced(
    act: Act, event_id: int, stage: str, gone: str, number: str, reason: str, declined: Sequence[str] = ()
) -> int:
    """The seat of one who went on and competes no more passes to another, who is added to the confirmed.

    ``declined`` did not want it. The earlier confirmation stays in the record; returns the new one's key.
    """
    reason = _reason(reason)
    before = _withdraw_advanced(act, event_id, stage)
    if before is None:
        raise Refusal("Who goes on is not confirmed yet: confirm it first.")
    act.note(seat_of=gone)
    more = {
        "instead": {**before.more.get("instead", {}), number: gone},
        "declined": [*before.more.get("declined", ()), *declined],
    }
    return _rule(act, event_id, "advanced", [*before.entries, number], stage=stage, reason=reason, more=more)


def _withdraw_advanced(act: Act, event_id: int, stage: str) -> Ruling | None:
    """Lets the confirmations of a stage no longer count; the last of them."""
    found = None
    counting = _counting(event_id).where(Ruling.kind == "advanced", Ruling.stage == stage)
    for ruling in act.session.scalars(counting.order_by(Ruling.position)):
        ruling.withdrawn, found = act.now, ruling
    return found


def withdraw_ruling(act: Act, ruling_id: int, reason: str) -> None:
    """The ruling no longer counts; it stays in the record with the reason."""
    ruling = act.session.get(Ruling, ruling_id)
    if ruling is None or ruling.withdrawn is not None:
        raise Refusal("This ruling no longer counts: look at the list again.")
    refuse_if_locked(event_of(act.session, ruling.event_id))
    ruling.withdrawn = _reason(reason)


def penalties(session: Session, event_id: int) -> tuple[PenaltyRow, ...]:
    """All penalties of the event, withdrawn ones too, in the order they were given."""
    query = select(Penalty, Entry.number).join(Entry, Entry.id == Penalty.entry_id)
    return tuple(
        PenaltyRow(
            p.id, number, p.stage, p.module, p.attempt, units_text(p.units or 0), p.disqualifies, p.reason,
            p.withdrawn,
        )
        for p, number in session.execute(query.where(Entry.event_id == event_id).order_by(Penalty.id))
    )  # fmt: skip


def rulings(session: Session, event_id: int) -> tuple[RulingRow, ...]:
    """All rulings of the event, withdrawn ones too, in their order."""
    query = select(Ruling).where(Ruling.event_id == event_id).order_by(Ruling.position, Ruling.id)
    return tuple(
        RulingRow(r.id, r.kind, r.stage, r.code, tuple(r.entries), r.reason, r.withdrawn)
        for r in session.scalars(query)
    )


_TIES = ("unresolved_tie_at_prize", "unresolved_tie_in_top")


def _refuse_unknown(
    plan: Plan, stage: str | None, module: str | None = None, award: str | None = None
) -> None:
    """Refuse a ruling about what the plan does not have: no package could bring it along."""
    if stage is not None and plan.stage(stage) is None:
        raise Refusal("The plan has no stage {stage}: choose one of its stages.", stage=stage)
    if module is not None and not any(each.module(module) for each in plan.stages):
        raise Refusal("The plan has no module {module}: choose one of its modules.", module=module)
    if award is not None and award not in [
        level.name for level in (plan.awards.levels if plan.awards else ())
    ]:
        raise Refusal("The plan has no prize {award}: choose one of its prizes.", award=award)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refusal("State the reason: it stands in the record and may be asked for.")
    return reason.strip()


def _entry(act: Act, entry_id: int) -> Entry:
    entry = act.session.get(Entry, entry_id)
    if entry is None:
        raise Refusal("This entry is no longer in the event: look at the list again.")
    event = act.session.get(Event, entry.event_id)
    assert event is not None
    refuse_if_locked(event)
    return entry


def _set_status(act: Act, entry_id: int, status: Status, reason: str) -> None:
    entry = _entry(act, entry_id)
    entry.status, entry.status_reason = status.value, reason


def _fact(act: Act, entry_id: int, stage: str, module: str) -> ModuleFact:
    entry = _entry(act, entry_id)
    module_rule(act.session, entry.event_id, stage, module)
    fact = act.session.get(ModuleFact, (entry_id, stage, module))
    if fact is None:
        fact = ModuleFact(entry_id=entry_id, stage=stage, module=module)
        act.session.add(fact)
    return fact


def _counting(event_id: int) -> Select[Ruling]:
    return select(Ruling).where(Ruling.event_id == event_id, Ruling.withdrawn.is_(None))


def _rule(
    act: Act,
    event_id: int,
    kind: str,
    numbers: Sequence[str],
    *,
    reason: str | None = None,
    stage: str | None = None,
    code: str | None = None,
    more: Mapping[str, object] | None = None,
) -> int:
    refuse_if_locked(event_of(act.session, event_id))
    known = set(act.session.scalars(select(Entry.number).where(Entry.event_id == event_id)))
    for number in numbers:
        if number not in known:
            raise Refusal("There is no entry {number} in this event.", number=number)
    if len(set(numbers)) < len(numbers):
        raise Refusal("An entry stands twice in the list: name each once.")
    if kind in ("decision", "lot") and len(numbers) < 2:
        raise Refusal("Name at least two tied entries, in the order decided.")
    last = select(func.coalesce(func.max(Ruling.position), -1)).where(Ruling.event_id == event_id)
    ruling = Ruling(
        event_id=event_id, kind=kind, position=(act.session.scalar(last) or 0) + 1, stage=stage, code=code,
        entries=list(numbers), reason=reason, more=dict(more or {}),
    )  # fmt: skip
    act.session.add(ruling)
    act.session.flush()
    return ruling.id
