"""Who goes on to a stage: proposed by the rule, confirmed by the chief judge, next in line on withdrawal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.domain.ranking.result import EventResult, Status
from competition_app.domain.scoring.plan import Advance, Plan
from competition_app.services.competitions.competitions import event_of
from competition_app.services.competitions.plans import plan_of
from competition_app.services.judging.entrants import EntrantRow, entrants
from competition_app.services.judging.rulings import confirm_advanced, replace_advanced
from competition_app.services.results.results import event_result
from competition_app.services.workspace import Act
from competition_app.store.models import Ruling

_GONE = (Status.WITHDRAWN, Status.DISQUALIFIED)


@dataclass(frozen=True, slots=True)
class Goer:
    """An entry of the stage before: place and total there, whether the rule takes it, whether it goes on."""

    number: str
    name: str
    division: str | None
    place: int | None
    total: str | None
    status: Status
    by_rule: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class GoingOn:
    """Who goes on to ``stage`` from ``before``: every entry there in printed order.

    ``confirmed`` says that the chief judge confirmed it; until then the rule's proposal stands in
    ``by_rule``. ``incomplete`` are entries whose result is not whole, so that nobody can be confirmed.
    """

    stage: str
    stage_name: str
    before: str
    confirmed: bool
    rows: tuple[Goer, ...]
    incomplete: tuple[str, ...]

    @property
    def proposed(self) -> tuple[str, ...]:
        """The numbers of those who go on by the rule."""
        return tuple(row.number for row in self.rows if row.by_rule)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that may take a seat: its place and total before; ``next``: it is its turn (ties together)."""

    number: str
    name: str
    division: str | None
    place: int | None
    total: str | None
    next: bool


@dataclass(frozen=True, slots=True)
class NextInLine:
    """What a withdrawal left: ``gone`` went on and compete no more, ``free`` of their seats are not taken.

    ``line`` are those who did not go on, in their order, by division where a division has a free seat.
    """

    stage: str
    gone: tuple[tuple[str, str], ...]
    free: int
    line: tuple[Waiting, ...]


def going_on(session: Session, event_id: int, stage: str) -> GoingOn:
    """Who goes on to this stage. Raises Refusal for the first stage, or one the plan does not have."""
    return _Stages(session, event_id, stage).going_on()


def next_in_line(session: Session, event_id: int, stage: str) -> NextInLine:
    """Free seats of those who went on and withdrew, and who is next; nothing moves by itself."""
    return _Stages(session, event_id, stage).next_in_line()


def confirm_advance(
    act: Act, event_id: int, stage: str, numbers: Sequence[str] | None = None, reason: str | None = None
) -> None:
    """Who goes on is stored; ``numbers`` None takes those of the rule. By the chief judge.

    Raises Refusal while a result of the stage before is incomplete, and for others than those of the rule
    without a reason.
    """
    act.session.flush()
    found = going_on(act.session, event_id, stage)
    if found.incomplete:
        raise Refusal(
            "The results of {numbers} are incomplete: enter what is missing before confirming who goes on.",
            numbers=", ".join(found.incomplete[:5]),
        )
    chosen = found.proposed if numbers is None else tuple(numbers)
    if not chosen:
        raise Refusal("Nobody goes on to {stage}: choose who does.", stage=found.stage_name)
    if set(chosen) != set(found.proposed) and not (reason or "").strip():
        raise Refusal("These are not those whom the rule takes on: state the reason.")
    confirm_advanced(act, event_id, stage, chosen, reason=reason)


def take_next(
    act: Act, event_id: int, stage: str, number: str, reason: str, *, declined: Sequence[str] = ()
) -> None:
    """The next in line takes the seat of one who went on and withdrew. By the chief judge.

    ``declined`` are those before it in the line who do not want the seat. Raises Refusal where no seat is
    free, and for one whose turn it is not.
    """
    act.session.flush()
    stages = _Stages(act.session, event_id, stage)
    found = stages.next_in_line()
    if not found.free:
        raise Refusal("No seat is free: nobody who went on has withdrawn, or all were replaced.")
    turn = _turn([row for row in found.line if row.number not in declined])
    if number not in turn:
        raise Refusal("It is not the turn of {number}: next in line is {next}.", number=number,
                      next=", ".join(turn) or "–")  # fmt: skip
    replace_advanced(act, event_id, stage, stages.seat_for(number), number, reason, tuple(declined))


def _turn(line: Sequence[Waiting]) -> tuple[str, ...]:
    """Those whose turn it is: the first of each division, with those tied with it."""
    first: dict[str | None, int | None] = {}
    for row in line:
        first.setdefault(row.division, row.place)
    return tuple(row.number for row in line if first[row.division] == row.place)


class _Stages:
    """A stage and the one before it, with what was confirmed."""

    def __init__(self, session: Session, event_id: int, stage: str) -> None:
        event_of(session, event_id)
        self.plan: Plan = plan_of(session, event_id)
        codes = [one.code for one in self.plan.stages]
        if stage not in codes[1:]:
            raise Refusal("Nobody goes on to stage {stage}: the plan has no stage before it.", stage=stage)
        self.stage = stage
        self.before = self.plan.stages[codes.index(stage) - 1]
        self.result: EventResult = event_result(session, event_id)
        self.people: Mapping[str, EntrantRow] = entrants(session, event_id)
        query = select(Ruling).where(
            Ruling.event_id == event_id, Ruling.kind == "advanced", Ruling.stage == stage,
            Ruling.withdrawn.is_(None),
        )  # fmt: skip
        ruling = session.scalars(query.order_by(Ruling.position.desc())).first()
        self.confirmed: tuple[str, ...] | None = None if ruling is None else tuple(ruling.entries)
        self.instead: Mapping[str, Any] = {} if ruling is None else ruling.more.get("instead", {})

    def going_on(self) -> GoingOn:
        """Every entry of the stage before."""
        rows = tuple(self._goers())
        named = self.plan.stage(self.stage)
        return GoingOn(
            self.stage, (named.name if named else None) or self.stage, self.before.code,
            self.confirmed is not None, rows,
            tuple(row.number for row in rows if row.status is Status.INCOMPLETE),
        )  # fmt: skip

    def _goers(self) -> Iterator[Goer]:
        for part in self.result.divisions:
            if part.stage != self.before.code:
                continue
            for one in part.standings:
                yield Goer(
                    one.number, self._name(one.number), part.division, one.place, one.total, one.status,
                    bool(one.advances), self.confirmed is not None and one.number in self.confirmed,
                )  # fmt: skip

    def next_in_line(self) -> NextInLine:
        """Free seats and who is next."""
        gone = self._gone()
        taken = set(self.instead.values())
        left = [number for number in gone if number not in taken]
        divisions = {self.people[number].division for number in left}
        line = [row for row in self._waiting() if row.division in divisions] if left else []
        turn = _turn(line)
        return NextInLine(
            self.stage,
            tuple((number, self._name(number)) for number in gone),
            len(left),
            tuple(
                Waiting(row.number, row.name, row.division, row.place, row.total, row.number in turn)
                for row in line
            ),
        )

    def seat_for(self, number: str) -> str:
        """Whose seat an entry takes: the first free one of its division."""
        taken = set(self.instead.values())
        division = self.people[number].division
        return next(one for one in self._gone() if one not in taken and self.people[one].division == division)

    def _gone(self) -> list[str]:
        """Those who went on and compete no more, in the order confirmed."""
        status = {row.number: row.status for row in self._goers()}
        return [number for number in self.confirmed or () if status.get(number) in _GONE]

    def _waiting(self) -> Iterator[Waiting]:
        """Ranked entries that did not go on, as far as the rule would take them."""
        confirmed = set(self.confirmed or ())
        for row in self._goers():
            if row.status is Status.RANKED and row.number not in confirmed:
                yield Waiting(row.number, row.name, row.division, row.place, row.total, next=False)

    def _name(self, number: str) -> str:
        return self.people[number].name if number in self.people else number


__all__ = [
    "Advance", "Goer", "GoingOn", "NextInLine", "Waiting", "confirm_advance", "going_on", "next_in_line",
    "take_next",
]  # fmt: skip
