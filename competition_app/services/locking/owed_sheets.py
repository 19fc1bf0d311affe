"""Sheets that a result still waits for, judge by judge: by the one ranking, so that nobody gone needs any."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.ranking.ranking import Working
from competition_app.domain.ranking.result import EventResult, Status
from competition_app.domain.scoring.figures import natural
from competition_app.domain.scoring.modules import ModuleRules, State
from competition_app.domain.scoring.totals import StageEntry, StageTotals
from competition_app.services.judging import marking_grid
from competition_app.services.judging.marking_desk import SheetState
from competition_app.store.models import Entry, Judge, Sheet, Work, WorkLink


@dataclass(frozen=True, slots=True)
class OwedSheets:
    """What one seat owes in a module: sheets not whole, and whole ones that do not count yet.

    ``numbers`` and ``second`` are the entries concerned (none named in a blind module, where nothing may
    tell of an absence or a conflict); ``owed`` and ``waiting`` how many sheets.
    """

    stage: str
    module: str
    judge: str
    judge_id: int | None
    owed: int
    waiting: int
    numbers: tuple[str, ...] = ()
    second: tuple[str, ...] = ()


def owed_sheets(session: Session, event_id: int, result: EventResult) -> Iterator[OwedSheets]:
    """Every seat that owes, in the plan's order and code order.

    An entry that is withdrawn, disqualified or recorded absent needs no sheet; in a blind module the sheets
    are counted as the judges see them.
    """
    working = result.working
    assert isinstance(working, Working)
    keys = select(Judge.code, Judge.id).where(Judge.event_id == event_id)
    seats: dict[str, int] = dict(session.execute(keys).all())
    waiting = _waiting(session, event_id)
    for totals in working.stages.values():
        for rules in totals.rules.values():
            if rules.rule is None:
                continue
            if rules.module.sets_aside:
                yield from _as_seen(session, event_id, rules)
            else:
                yield from _by_ranking(totals, rules, seats, waiting)


Place = tuple[str, str, str, str]
"""(stage, module, entry number, judge)."""


def _waiting(session: Session, event_id: int) -> set[Place]:
    """Whole sheets that do not count yet: to be typed a second time, or typed in two ways."""
    query = (
        select(Work.stage, Work.module, Entry.number, Judge.code)
        .join(WorkLink, WorkLink.work_id == Work.id)
        .join(Entry, Entry.id == WorkLink.entry_id)
        .join(Sheet, Sheet.work_id == Work.id)
        .join(Judge, Judge.id == Sheet.judge_id)
        .where(Work.event_id == event_id, Sheet.state == SheetState.ENTERED)
    )
    return {(stage, module, number, judge) for stage, module, number, judge in session.execute(query)}


def _by_ranking(
    totals: StageTotals, rules: ModuleRules, seats: Mapping[str, int], waiting: Collection[Place]
) -> Iterator[OwedSheets]:
    stage, module = totals.stage.code, rules.module.code
    found: dict[str, list[str]] = {}
    for row in totals.entries.values():
        if row.status is Status.INCOMPLETE:
            for judge in lacking(rules, row):
                found.setdefault(judge, []).append(row.number)
    for judge in sorted(found, key=natural):
        second = tuple(n for n in found[judge] if (stage, module, n, judge) in waiting)
        numbers = tuple(n for n in found[judge] if n not in second)
        yield OwedSheets(stage, module, judge, seats.get(judge), len(numbers), len(second), numbers, second)


def lacking(rules: ModuleRules, row: StageEntry) -> Iterable[str]:
    """The judges whose marks an incomplete entry lacks in a module."""
    outcome = row.parts[rules.module.code].outcome
    if outcome.state is State.NOT_BEGUN:
        return rules.owed(row.entry)[0]
    named: dict[str, None] = {}
    for gap in outcome.gaps:
        judges = gap.more.get("judges") if gap.code == "missing_marks" else None
        named.update(dict.fromkeys(map(str, judges if isinstance(judges, list | tuple) else ())))
    return named


def _as_seen(session: Session, event_id: int, rules: ModuleRules) -> Iterator[OwedSheets]:
    """A blind module's sheets as the judges see them; of several attempts only those begun, but the first."""
    stage, module = rules.stage.code, rules.module
    owed: dict[str, OwedSheets] = {}
    for attempt in range(1, module.attempts.count + 1):
        needed = attempt == 1 or module.attempts.take == "trimmed"
        for one in marking_grid.owing(session, event_id, stage, module.code, attempt=attempt):
            before = owed.get(one.code, OwedSheets(stage, module.code, one.code, one.judge_id, 0, 0))
            missing = one.owed - one.done if needed else 0
            owed[one.code] = OwedSheets(
                stage, module.code, one.code, one.judge_id,
                before.owed + missing, before.waiting + one.done - one.counted,
            )  # fmt: skip
    yield from (one for one in owed.values() if one.owed or one.waiting)
