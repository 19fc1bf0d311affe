"""Scores of direct modules (theory and the like): entered, corrected with a reason, every version kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.domain.plans import plan as rules
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring.facts import Outcome
from competition_app.domain.scoring.figures import natural
from competition_app.services.competitions.competitions import event_of, refuse_if_locked
from competition_app.services.judging import rulings
from competition_app.services.judging.entrants import absentees, entrants
from competition_app.services.judging.mark_values import Stored, score_units, units_text
from competition_app.services.judging.marking_grid import who_is_gone
from competition_app.services.plans.plans import module_rule
from competition_app.services.workspace import Act
from competition_app.store.models import Entry, Score


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """One attempt's score: its text (80.5), ``DNF``, or None; and its version."""

    text: str | None
    version: int

    @property
    def value(self) -> Decimal | Outcome | None:
        """The score as a figure."""
        if self.text is None:
            return None
        return Outcome.DNF if self.text == Outcome.DNF.value else Decimal(self.text)


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """An entry in a direct module: its scores by attempt (1 …), and whether its absence is recorded.

    ``gone``: why it has no score to be entered, where it has none (缺考, 弃权, 取消成绩).
    """

    entry_id: int
    number: str
    name: str
    organisation: str
    scores: tuple[ScoreCell, ...]
    absent: bool
    gone: Status | None = None

    @property
    def state(self) -> "ScoreState":
        """What stands, as figures."""
        return ScoreState(self.entry_id, tuple(cell.value for cell in self.scores), self.absent)


@dataclass(frozen=True, slots=True)
class ScoreGiven:
    """A score as given: None takes it back; in ``put_scores`` also an absence."""

    entry_id: int
    value: Decimal | Outcome | None
    attempt: int = 1


def enter_score(
    act: Act,
    event_id: int,
    stage: str,
    module: str,
    entry_id: int,
    value: Decimal | Outcome | None,
    *,
    attempt: int = 1,
    reason: str | None = None,
) -> int:
    """Enters one score, or takes it back (None); returns its version. A correction needs a reason."""
    given = [ScoreGiven(entry_id, value, attempt)]
    return enter_scores(act, event_id, stage, module, given, reason=reason)[0]


def enter_scores(
    act: Act,
    event_id: int,
    stage: str,
    module: str,
    scores: Sequence[ScoreGiven],
    *,
    reason: str | None = None,
) -> tuple[int, ...]:
    """Enters many scores in one operation, all or none; the same score again changes nothing.

    Refused for an entry whose absence from the module is recorded: it would not count.
    """
    refuse_if_locked(event_of(act.session, event_id))
    rule = direct_rule(act.session, event_id, stage, module)
    entries = {e.id: e for e in act.session.scalars(select(Entry).where(Entry.event_id == event_id))}
    present = newest_scores(act.session, event_id, stage, module)
    away = absentees(act.session, event_id, stage, module)
    versions = []
    for given in scores:
        entry = entries.get(given.entry_id)
        if entry is None:
            raise Refusal("This entry is no longer in the event: look at the list again.")
        if given.value is not None and entry.id in away:
            raise Refusal(
                "Entry {number} is recorded as absent: take the absence back before a score is entered.",
                number=entry.number,
            )
        _refuse_attempt(rule, given.attempt)
        stored = None if given.value is None else score_units(rule, given.value, entry.number)
        newest = present.get((entry.id, given.attempt))
        versions.append(_write(act, entry, (stage, module, given.attempt), newest, stored, reason))
    act.session.flush()
    return tuple(versions)


def put_scores(
    act: Act,
    event_id: int,
    stage: str,
    module: str,
    given: Sequence[ScoreGiven],
    *,
    reason: str | None = None,
) -> None:
    """Scores, absences (``Outcome.ABSENT``) and what is taken back, in one operation, all or none.

    An entry has either scores or an absence: a score withdraws the absence, an absence takes the scores of
    all attempts back. Raises Refusal where a score that stands would change without a reason.
    """
    refuse_if_locked(event_of(act.session, event_id))
    away = absentees(act.session, event_id, stage, module)
    missing = {score.entry_id for score in given if score.value is Outcome.ABSENT}
    for entry in {score.entry_id for score in given} & away - missing:
        rulings.withdraw_absence(act, entry, stage, module)
    stored = newest_scores(act.session, event_id, stage, module)
    back = [ScoreGiven(entry, None, attempt) for entry, attempt in stored if entry in missing]
    came = [score for score in given if score.value is not Outcome.ABSENT]
    enter_scores(act, event_id, stage, module, [*came, *back], reason=reason)
    for entry in sorted(missing - away):
        rulings.record_absence(act, entry, stage, module, reason=reason)


@dataclass(frozen=True, slots=True)
class ScoreState:
    """What stands of an entry in a module: the score of each attempt (None: none), and its absence."""

    entry_id: int
    scores: tuple[Decimal | Outcome | None, ...]
    absent: bool


def restore_scores(
    act: Act,
    event_id: int,
    stage: str,
    module: str,
    changes: Sequence[tuple[ScoreState, ScoreState]],
    *,
    reason: str,
) -> None:
    """Undo: of each (wanted, present), what is wanted again, in one operation, as new versions.

    Raises Refusal where something else than ``present`` stands meanwhile.
    """
    rows = {row.entry_id: row for row in score_sheet(act.session, event_id, stage, module)}
    given = []
    for wanted, present in changes:
        row = rows.get(wanted.entry_id)
        if row is None or row.state != present:
            raise Refusal(
                "{number}: the score was changed again meanwhile, so it is not undone. Look at it.",
                number=row.number if row else "—",
            )
        if wanted.absent:
            given.append(ScoreGiven(wanted.entry_id, Outcome.ABSENT))
        else:
            given += [ScoreGiven(wanted.entry_id, value, n) for n, value in enumerate(wanted.scores, 1)]
    put_scores(act, event_id, stage, module, given, reason=reason)


def direct_rule(session: Session, event_id: int, stage: str, module: str) -> rules.Module:
    """The plan's module; refused when its scores are not entered directly."""
    rule = module_rule(session, event_id, stage, module)
    if rule.kind != "direct":
        raise Refusal("{module} takes no direct scores: it is marked on sheets.", module=rule.name or module)
    return rule


def newest_scores(
    session: Session, event_id: int, stage: str, module: str
) -> Mapping[tuple[int, int], Score]:
    """The newest version of every score of the module by (entry, attempt)."""
    query = (
        select(Score)
        .join(Entry, Entry.id == Score.entry_id)
        .where(Entry.event_id == event_id, Score.stage == stage, Score.module == module)
    )
    return {(s.entry_id, s.attempt): s for s in session.scalars(query.order_by(Score.version))}


def score_sheet(session: Session, event_id: int, stage: str, module: str) -> tuple[ScoreRow, ...]:
    """Every entry of the event with its scores in the module, by number."""
    rule = direct_rule(session, event_id, stage, module)
    present = newest_scores(session, event_id, stage, module)
    away = absentees(session, event_id, stage, module)
    gone = who_is_gone(session, event_id, stage, module)
    people = sorted(entrants(session, event_id).values(), key=lambda row: natural(row.number))
    return tuple(
        ScoreRow(
            row.entry_id, row.number, row.name, row.organisation,
            tuple(_cell(present.get((row.entry_id, a))) for a in range(1, rule.attempts.count + 1)),
            row.entry_id in away, gone.get(row.number),
        )
        for row in people
    )  # fmt: skip


def _cell(score: Score | None) -> ScoreCell:
    if score is None:
        return ScoreCell(None, 0)
    if score.outcome:
        return ScoreCell(Outcome.DNF.value, score.version)
    return ScoreCell(None if score.units is None else units_text(score.units), score.version)


def _refuse_attempt(rule: rules.Module, attempt: int) -> None:
    if not 1 <= attempt <= rule.attempts.count:
        raise Refusal(
            "{module} has {n} attempt only.|{module} has {n} attempts only.",
            module=rule.name or rule.code,
            n=rule.attempts.count,
        )


def _write(
    act: Act,
    entry: Entry,
    place: tuple[str, str, int],
    newest: Score | None,
    stored: Stored | None,
    reason: str | None,
) -> int:
    now = (newest.units, newest.outcome) if newest and (newest.outcome or newest.units is not None) else None
    if now == stored:
        return newest.version if newest else 0
    if now is not None and not (reason or "").strip():
        raise Refusal(
            "Entry {number} has a score already: to correct it, state the reason.", number=entry.number
        )
    stage, module, attempt = place
    units, outcome = stored or (None, 0)
    version = newest.version + 1 if newest else 1
    act.session.add(
        Score(
            entry_id=entry.id, stage=stage, module=module, attempt=attempt, version=version, units=units,
            outcome=outcome, reason=reason, history_seq=act.seq,
        )
    )  # fmt: skip
    return version
