"""现场记录: what the desk sees of each entry in a module, and what it records of many at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring.figures import natural
from competition_app.services.competitions.competitions import event_of, refuse_if_locked
from competition_app.services.judging import rulings
from competition_app.services.judging.entrants import MEMBERS, entrants
from competition_app.services.judging.mark_values import units_text
from competition_app.services.plans.plans import module_rule
from competition_app.services.workspace import Act
from competition_app.store.models import Entry, Mark, ModuleFact, Ruling, Score, Work, WorkLink


@dataclass(frozen=True, slots=True)
class FloorRow:
    """An entry on the floor of a module; its name is left out where the module is marked blind.

    ``seconds`` is its time as decimal text, ``submitted`` its hand-in as ISO with offset; ``points`` the sum
    of the ``penalties`` that count in the stage, as text; ``struck``: one of them disqualifies.
    """

    entry_id: int
    number: str
    name: str
    status: Status
    reason: str | None
    seconds: str | None
    submitted: str | None
    absent: bool
    points: str
    penalties: int
    struck: bool


@dataclass(frozen=True, slots=True)
class PenaltyTold:
    """A penalty of an entry with who gave it and when (UTC), where the history tells; points as text."""

    id: int
    stage: str | None
    module: str | None
    attempt: int | None
    points: str
    disqualifies: bool
    reason: str
    withdrawn: str | None
    by: str | None
    at: str | None


_ROWS = """
SELECT e.id, e.number, e.name, e.status, e.status_reason, f.seconds, f.submitted_at, f.absent
FROM entries e LEFT JOIN module_facts f ON f.entry_id = e.id AND f.stage = ? AND f.module = ?
WHERE e.event_id = ?
"""
_POINTS = """
SELECT p.entry_id, sum(p.units), count(*), max(p.disqualifies) FROM penalties p
JOIN entries e ON e.id = p.entry_id
WHERE e.event_id = ? AND p.withdrawn IS NULL AND (p.stage IS NULL OR p.stage = ?) GROUP BY 1
"""
_TOLD = """
SELECT p.id, p.stage, p.module, p.attempt, p.units, p.disqualifies, p.reason, p.withdrawn,
  (SELECT h.seq FROM history h, json_each(h.change, '$.rows') r
   WHERE h.use_case = 'rulings.add_penalty' AND json_extract(r.value, '$.table') = 'penalties'
   AND json_extract(r.value, '$.key[0]') = p.id) AS seq
FROM penalties p WHERE p.entry_id = ? ORDER BY p.id
"""


_NONE = (0, 0, 0)
_STATUS = {status.value: status for status in Status}


def floor_rows(
    session: Session, event_id: int, stage: str, module: str, *, named: bool = True
) -> tuple[FloorRow, ...]:
    """Every entry of the event with what is recorded of it in the module, by number.

    Where it is confirmed who goes on to the stage, only they, and whoever has something recorded there.
    ``named`` False leaves the names out. Raises Refusal where the plan has no such module.
    """
    module_rule(session, event_id, stage, module)
    ask = session.connection().exec_driver_sql
    given = {key: rest for key, *rest in ask(_POINTS, (event_id, stage)).fetchall()}
    found = ask(_ROWS, (stage, module, event_id)).fetchall()
    through = _confirmed(session, event_id, stage)
    if through is not None:
        found = [row for row in found if row[1] in through or row[5:] != (None, None, None)]
    names = _names(session, event_id, [(row[0], row[2]) for row in found]) if named else {}
    rows = []
    for key, number, _name, status, reason, seconds, submitted, absent in found:
        units, count, struck = given.get(key, _NONE)
        points = units_text(units or 0) if count else ""
        rows.append(
            FloorRow(
                key, number, names.get(key, ""), _STATUS[status], reason, seconds, submitted, absent == 1,
                points, count, struck == 1,
            )
        )  # fmt: skip
    rows.sort(key=lambda row: natural(row.number))
    return tuple(rows)


def _confirmed(session: Session, event_id: int, stage: str) -> Collection[str] | None:
    """The numbers of those confirmed to go on to a stage; None where nobody was confirmed yet."""
    query = select(Ruling.entries).where(
        Ruling.event_id == event_id, Ruling.kind == "advanced", Ruling.stage == stage,
        Ruling.withdrawn.is_(None),
    )  # fmt: skip
    entries = session.scalars(query.order_by(Ruling.position.desc()).limit(1)).first()
    return None if entries is None else set(entries)


def _names(session: Session, event_id: int, entries: Sequence[tuple[int, str | None]]) -> Mapping[int, str]:
    """What each entry goes by, as ``entrants`` has it: its name, else its members, else its organisation."""
    members: dict[int, list[str]] = {}
    rows = session.connection().exec_driver_sql(MEMBERS, (event_id,)).fetchall()
    for key, _code, _contestant, name in rows:
        members.setdefault(key, []).append(name)
    names = {key: own or "、".join(members.get(key, ())) for key, own in entries}
    if not all(names.values()):
        names |= {row.entry_id: row.name for row in entrants(session, event_id).values()}
    return names


def penalties_of(session: Session, entry_id: int) -> tuple[PenaltyTold, ...]:
    """All penalties of an entry, withdrawn ones too, in the order they were given."""
    ask = session.connection().exec_driver_sql
    told = []
    for key, stage, module, attempt, units, struck, reason, withdrawn, seq in ask(_TOLD, (entry_id,)):
        who = ask("SELECT actor, at FROM history WHERE seq = ?", (seq,)).first() or (None, None)
        points = units_text(units or 0)
        told.append(
            PenaltyTold(key, stage, module, attempt, points, bool(struck), reason, withdrawn, who[0], who[1])
        )
    return tuple(told)


def record_many(
    act: Act,
    event_id: int,
    stage: str,
    module: str,
    *,
    seconds: Mapping[int, Decimal | None],
    submitted: Mapping[int, str | None],
) -> None:
    """Times (seconds) and hand-ins (ISO with offset) of many entries, by their keys; all or none.

    None takes one back. Raises Refusal where a value cannot stand, an entry is gone or the result is locked.
    """
    refuse_if_locked(event_of(act.session, event_id))
    module_rule(act.session, event_id, stage, module)
    entries = select(Entry.id).where(Entry.event_id == event_id)
    wanted = {*seconds, *submitted}
    if wanted - set(act.session.scalars(entries)):
        raise Refusal("This entry is no longer in the event: look at the list again.")
    here = select(ModuleFact).where(ModuleFact.stage == stage, ModuleFact.module == module)
    facts = {
        fact.entry_id: fact for fact in act.session.scalars(here.where(ModuleFact.entry_id.in_(entries)))
    }
    for key in sorted(wanted - facts.keys()):
        facts[key] = ModuleFact(entry_id=key, stage=stage, module=module, absent=False)
        act.session.add(facts[key])
    for key, time in seconds.items():
        facts[key].seconds = rulings.seconds_text(time)
    for key, moment in submitted.items():
        facts[key].submitted_at = rulings.moment_text(moment)


def record_absent(act: Act, entry_id: int, stage: str, module: str) -> None:
    """缺考 as the floor records it: refused where marks or a score of the entry stand in the module."""
    entry = act.session.get(Entry, entry_id)
    if entry is not None and _has_marks(act.session, entry_id, stage, module):
        rule = module_rule(act.session, entry.event_id, stage, module)
        raise Refusal(
            "{number} has marks in {module}, so it was there: take them back before an absence is recorded.",
            number=entry.number, module=rule.name or module,
        )  # fmt: skip
    rulings.record_absence(act, entry_id, stage, module)


def _has_marks(session: Session, entry_id: int, stage: str, module: str) -> bool:
    """Whether a figure or a failed attempt stands; a judge who gave no mark is none."""
    marks = (
        select(Mark.work_id)
        .join(Work, Work.id == Mark.work_id)
        .join(WorkLink, WorkLink.work_id == Work.id)
        .where(WorkLink.entry_id == entry_id, Work.stage == stage, Work.module == module)
        .where(or_(Mark.units.is_not(None), Mark.outcome == 2))
    )
    scores = select(Score).where(Score.entry_id == entry_id, Score.stage == stage, Score.module == module)
    newest = {score.attempt: score for score in session.scalars(scores.order_by(Score.version))}
    standing = any(score.outcome or score.units is not None for score in newest.values())
    return standing or session.scalar(select(marks.exists())) is True
