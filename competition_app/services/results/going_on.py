"""Who goes on to a stage: proposed by the rule, confirmed by the chief judge, next in line on withdrawal."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.domain.plans.plan import Advance
from competition_app.domain.ranking.awards import advancing, counted_for, in_line
from competition_app.domain.ranking.placing import Order
from competition_app.domain.ranking.ranking import Working
from competition_app.domain.ranking.result import Status
from competition_app.domain.scoring.totals import StageEntry
from competition_app.services.competitions.competitions import event_of
from competition_app.services.judging.entrants import EntrantRow, entrants
from competition_app.services.judging.rulings import confirm_advanced, replace_advanced
from competition_app.services.plans.plans import plan_of
from competition_app.services.results.results import event_result
from competition_app.services.workspace import Act
from competition_app.store.models import Ruling

_OUT = (Status.WITHDRAWN, Status.DISQUALIFIED)
"""Who has left the stage they went on to; whoever is absent there keeps the seat."""
_GONE = (*_OUT, Status.ABSENT)


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
    """What a withdrawal left: ``gone`` went on, compete no more and nobody took their seats: ``free`` ones.

    ``line`` are those who may take one, in their order, by division where a division has a free seat: ranked,
    not going on, fulfilling the rule's least total and its cap of an organisation, and who did not decline.
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

    Whose seat was taken and who declined is kept for those it still concerns. Raises Refusal while a result
    of the stage before is incomplete, and without a reason for others than those of the rule; once it was
    confirmed, for others than those confirmed.
    """
    act.session.flush()
    stages = _Stages(act.session, event_id, stage)
    found = stages.going_on()
    if found.incomplete:
        raise Refusal(
            "The results of {numbers} are incomplete: enter what is missing before confirming who goes on.",
            numbers=", ".join(found.incomplete[:5]),
        )
    chosen = found.proposed if numbers is None else tuple(numbers)
    if not chosen:
        raise Refusal("Nobody goes on to {stage}: choose who does.", stage=found.stage_name)
    told = (reason or "").strip()
    if stages.confirmed is None and set(chosen) != set(found.proposed) and not told:
        raise Refusal("These are not those whom the rule takes on: state the reason.")
    if stages.confirmed is not None and set(chosen) != set(stages.confirmed) and not told:
        raise Refusal("Others were confirmed to go on to {stage}: state the reason why it is these now.",
                      stage=found.stage_name)  # fmt: skip
    ruling = confirm_advanced(act, event_id, stage, chosen, reason=told or stages.reason)
    act.session.get_one(Ruling, ruling).more = stages.still_told(chosen)


def take_next(
    act: Act, event_id: int, stage: str, number: str, reason: str, *, declined: Sequence[str] = ()
) -> None:
    """The next in line takes the seat of one who went on and withdrew. By the chief judge.

    ``declined`` are those before it in the line who do not want the seat. Raises Refusal where no seat is
    free, for one whose turn it is not, and where one who declined is not in the line.
    """
    act.session.flush()
    stages = _Stages(act.session, event_id, stage)
    found = stages.next_in_line()
    if not found.free:
        raise Refusal("No seat is free: nobody who went on has withdrawn, or all were replaced.")
    if strangers := sorted(set(declined) - {row.number for row in found.line}):
        raise Refusal("{numbers} cannot decline: only those in the line are offered the seat.",
                      numbers=", ".join(strangers[:5]))  # fmt: skip
    turn = _turn([row for row in found.line if row.number not in declined])
    if not turn:
        raise Refusal("Nobody is left in the line: the seat stays free.")
    if number not in turn:
        raise Refusal("It is not the turn of {number}: next in line is {next}.", number=number,
                      next=", ".join(turn))  # fmt: skip
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
        plan = plan_of(session, event_id)
        codes = [one.code for one in plan.stages]
        if stage not in codes[1:]:
            raise Refusal("Nobody goes on to stage {stage}: the plan has no stage before it.", stage=stage)
        at = codes.index(stage)
        self.stage, self.before = plan.stages[at], plan.stages[at - 1]
        result = event_result(session, event_id)
        assert isinstance(result.working, Working)
        self.working: Working = result.working
        self.parts = [part for part in result.divisions if part.stage == self.before.code]
        self.people: Mapping[str, EntrantRow] = entrants(session, event_id)
        query = select(Ruling).where(
            Ruling.event_id == event_id, Ruling.kind == "advanced", Ruling.stage == stage,
            Ruling.withdrawn.is_(None),
        )  # fmt: skip
        ruling = session.scalars(query.order_by(Ruling.position.desc())).first()
        self.confirmed: tuple[str, ...] | None = None if ruling is None else tuple(ruling.entries)
        self.reason = None if ruling is None else ruling.reason
        self.instead: Mapping[str, str] = {} if ruling is None else ruling.more.get("instead", {})
        self.declined: Sequence[str] = () if ruling is None else ruling.more.get("declined", ())

    def going_on(self) -> GoingOn:
        """Every entry of the stage before."""
        by_rule, confirmed = self._by_rule(), set(self.confirmed or ())
        rows = tuple(
            Goer(
                one.number, self._name(one.number), part.division, one.place, one.total, one.status,
                one.number in by_rule, one.number in confirmed,
            )
            for part in self.parts
            for one in part.standings
        )  # fmt: skip
        return GoingOn(
            self.stage.code, self.stage.name or self.stage.code, self.before.code,
            self.confirmed is not None, rows,
            tuple(row.number for row in rows if row.status is Status.INCOMPLETE),
        )  # fmt: skip

    def _by_rule(self) -> set[str]:
        """Who goes on by the rule, whatever was confirmed; none where the stage has no rule."""
        if self.before.advance is None:
            return set()
        return {number for part in self.parts for number in self._advancing(part.division)}

    def _advancing(self, division: str | None) -> set[str]:
        assert self.before.advance is not None
        rows = [row for row in self._rows() if row.entry.division == division]
        order, base = self._order(division), counted_for("took_part", rows)
        return advancing(self.before.advance, order, base, self.working.facts.plan.low, _organisations)

    def _rows(self) -> Collection[StageEntry]:
        return self.working.stages[self.before.code].entries.values()

    def _order(self, division: str | None) -> Order:
        return self.working.orders[division, self.before.code]

    def next_in_line(self) -> NextInLine:
        """Free seats and who is next."""
        left = self._left()
        found: list[Waiting] = []
        for part in self.parts:
            if any(self._division(number) == part.division for number in left):
                groups = self._line(part.division)
                found += [self._waiting(row, next_=at == 0) for at, rows in enumerate(groups) for row in rows]
        gone = tuple((number, self._name(number)) for number in left)
        return NextInLine(self.stage.code, gone, len(left), tuple(found))

    def _line(self, division: str | None) -> list[list[StageEntry]]:
        """Those who may take a seat, ties together."""
        gone = self._gone()
        going = [number for number in self.confirmed or () if number not in gone]
        rule, low = self.before.advance or Advance(), self.working.facts.plan.low
        groups = in_line(rule, self._order(division), going, low, _organisations)
        out = {*self.declined, *gone}
        groups = [[row for row in rows if row.number not in out] for rows in groups]
        return [rows for rows in groups if rows]

    def _waiting(self, row: StageEntry, *, next_: bool) -> Waiting:
        part = next(part for part in self.parts if part.division == row.entry.division)
        one = next(one for one in part.standings if one.number == row.number)
        return Waiting(row.number, self._name(row.number), part.division, one.place, one.total, next_)

    def seat_for(self, number: str) -> str:
        """Whose seat an entry takes: the first free one of its division."""
        return next(one for one in self._left() if self._division(one) == self._division(number))

    def still_told(self, chosen: Collection[str]) -> dict[str, object]:
        """Whose seat was taken by whom and who declined, as far as it concerns those who go on now."""
        instead = {new: gone for new, gone in self.instead.items() if new in chosen and gone in chosen}
        declined = [number for number in self.declined if number not in chosen]
        told = {"instead": instead, "declined": declined}
        return {name: value for name, value in told.items() if value}

    def _left(self) -> list[str]:
        """Those gone whose seats nobody took."""
        taken = set(self.instead.values())
        return [number for number in self._gone() if number not in taken]

    def _gone(self) -> list[str]:
        """Those who went on and compete no more, in the order confirmed; also those struck out since."""
        gone = {row.number for row in self._rows() if row.status in _GONE}
        if (going := self.working.stages.get(self.stage.code)) is not None:
            gone |= {row.number for row in going.entries.values() if row.status in _OUT}
        return [number for number in self.confirmed or () if number in gone]

    def _division(self, number: str) -> str | None:
        return self.working.stages[self.before.code].entries[number].entry.division

    def _name(self, number: str) -> str:
        return self.people[number].name if number in self.people else number


def _organisations(row: StageEntry) -> Iterable[str]:
    return [code for code, _ in row.entry.organisations]
