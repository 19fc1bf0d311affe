"""The one ranking: an event's facts in, every place with its reason out (scoring.md)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from competition_app.domain.errors import Problem
from competition_app.domain.plans.plan import Stage
from competition_app.domain.ranking.awards import Prizes, advancing, counted_for, prizes
from competition_app.domain.ranking.placing import Order, ordered
from competition_app.domain.ranking.questions import at_prize, in_top
from competition_app.domain.ranking.result import DivisionResult, EventResult, ModuleFigure, Standing
from competition_app.domain.ranking.ties import TieKeys
from competition_app.domain.ranking.titles import nominations
from competition_app.domain.scoring.criteria import CriterionTexts
from competition_app.domain.scoring.facts import Accepted, EventFacts
from competition_app.domain.scoring.figures import figure, natural
from competition_app.domain.scoring.members import MemberFigures, MembersOf
from competition_app.domain.scoring.memory import Memory
from competition_app.domain.scoring.totals import StageEntry, StageTotals, stage_totals


@dataclass(slots=True)
class Working:
    """How a result came about: every stage's totals, every division's order by (division, stage)."""

    facts: EventFacts
    members: MembersOf
    memory: Memory
    stages: dict[str, StageTotals] = field(default_factory=dict)
    orders: dict[tuple[str | None, str], Order] = field(default_factory=dict)


def rank_event(
    facts: EventFacts, members: MembersOf | None = None, memory: Memory | None = None
) -> EventResult:
    """The result of an event. The only place where anything is added up, averaged, sorted or ranked.

    ``members`` brings other events' results for teams made from members (``rank_competition`` fills it);
    ``memory`` kept between calls makes a ranking after one changed mark cheap.
    """
    memory = memory or Memory()
    working = totals_of(facts, members, memory)
    divisions = [
        _division(working, division, stage) for division in _divisions(facts) for stage in facts.plan.stages
    ]
    last = facts.plan.last
    named = [
        nomination
        for division in _divisions(facts)
        if last is not None
        for nomination in nominations(facts, division, working.orders[division, last.code], working.stages)
    ]
    held: dict[str, list[str]] = {}
    for nomination in named:
        if nomination.nominated and nomination.title not in held.setdefault(nomination.entry, []):
            held[nomination.entry].append(nomination.title)
    found = [each.finished(held if each.stage is last else {}) for each in divisions]
    memory.end()
    return EventResult(facts.event, tuple(found), tuple(named), working)


def totals_of(facts: EventFacts, members: MembersOf | None, memory: Memory) -> Working:
    """Every stage worked out, from the marks to the totals, and nobody placed yet."""
    members = MembersOf(members.events if members else {}, facts.plan.low)
    memory.begin(facts, members)
    working = Working(facts, members, memory)
    for stage in facts.plan.stages:
        working.stages[stage.code] = stage_totals(facts, stage, dict(working.stages), members, memory)
    return working


def _divisions(facts: EventFacts) -> list[str | None]:
    found: list[str | None] = list(facts.divisions)
    if not found or any(entry.division is None for entry in facts.entries):
        found.append(None)
    return found


@dataclass(slots=True)
class _Division:
    """A division in a stage, ranked, before the titles are written in."""

    working: Working
    division: str | None
    stage: Stage
    order: Order
    prizes: Prizes
    going: set[str] | None
    questions: list[Problem]

    def finished(self, titles: Mapping[str, Sequence[str]]) -> DivisionResult:
        """The division's standings in printed order."""
        rows = [
            self._standing(row, group.place, len(group.rows) > 1, tuple(titles.get(row.number, ())))
            for group in self.order.groups
            for row in group.rows
        ]
        rows += [self._standing(guest, place, False, ()) for guest, place in self.order.guests]
        rows += [self._standing(other, None, False, ()) for other in self.order.others]
        return DivisionResult(self.division, self.stage.code, tuple(rows), tuple(self.questions))

    def _standing(
        self, row: StageEntry, place: int | None, shared: bool, titles: tuple[str, ...]
    ) -> Standing:
        number = row.number
        award, tie = self.prizes.awards.get(number), self.order.said.get(number)
        advances = None if self.going is None else number in self.going

        def make() -> Standing:
            total = None if row.total is None else figure(row.total, self.stage.round.total)
            return Standing(
                number, place, shared, row.status, total, self._modules(row), self._criteria(row), award,
                titles, advances, tie, self._problems(row), None if total is None else Decimal(total),
            )  # fmt: skip

        more = place, shared, award, titles, advances
        return self.working.memory.standing(self.stage.code, row, tie, more, make)

    def _modules(self, row: StageEntry) -> dict[str, ModuleFigure]:
        rules, weighted = self.working.stages[self.stage.code].rules, self.stage.round.weighted
        return {
            code: ModuleFigure(
                None if part.score is None else figure(part.score, rules[code].module.round.module),
                None if part.weighted is None else figure(part.weighted, weighted),
            )
            for code, part in row.parts.items()
        }

    def _criteria(self, row: StageEntry) -> CriterionTexts:
        rules = self.working.stages[self.stage.code].rules
        return CriterionTexts(
            [(code, rule, row.parts[code].outcome) for code, each in rules.items() if (rule := each.rule)]
        )

    def _problems(self, row: StageEntry) -> tuple[Problem, ...]:
        accepted = self.working.facts.accepted
        problems = (*row.gaps, *row.flags)
        if not problems or not accepted:
            return problems
        return tuple(problem for problem in problems if not _is_accepted(problem, accepted))


def _division(working: Working, division: str | None, stage: Stage) -> _Division:
    facts, totals = working.facts, working.stages[stage.code]
    rows = [row for row in totals.entries.values() if row.entry.division == division]
    keys = TieKeys(facts, stage, working.stages, working.members)
    order = ordered(rows, keys, stage.places, facts.plan.low, working.memory)
    working.orders[division, stage.code] = order
    given = Prizes()
    awards = facts.plan.awards
    if awards is not None and stage is facts.plan.stages[-1]:
        base = counted_for(awards.percent_of, rows)
        ruled = [one for one in facts.accepted if one.stage in (None, stage.code)]
        given = prizes(awards, working.stages.values(), order, base, facts.plan.low, ruled)
    questions = [*in_top(stage, order, division), *at_prize(stage, given, order, division)]
    questions = [question for question in questions if not _is_accepted(question, facts.accepted)]
    return _Division(working, division, stage, order, given, _going(facts, stage, order, rows), questions)


def _going(facts: EventFacts, stage: Stage, order: Order, rows: Sequence[StageEntry]) -> set[str] | None:
    """Who goes on: as the chief judge confirmed it, else by the rule; None where the stage has no rule."""
    if stage.advance is None:
        return None
    following = facts.plan.stages[facts.plan.stages.index(stage) + 1 :]
    if following and following[0].code in facts.advanced:
        return set(facts.advanced[following[0].code])

    def organisations(row: StageEntry) -> Iterable[str]:
        return [code for code, _ in row.entry.organisations]

    return advancing(stage.advance, order, counted_for("took_part", rows), facts.plan.low, organisations)


SETTLED_BY_ACCEPTING = frozenset(
    ("judgement_spread", "judge_gap", "conflict_of_interest", "out_of_range",
     "unresolved_tie_at_prize", "unresolved_tie_in_top")
)  # fmt: skip
"""What the chief judge may let stand with a reason; what is missing must be brought."""


def _is_accepted(problem: Problem, accepted: Sequence[Accepted]) -> bool:
    if problem.code not in SETTLED_BY_ACCEPTING:
        return False
    return any(one.code == problem.code and _speaks_of(one, problem) for one in accepted)


def _speaks_of(accepted: Accepted, problem: Problem) -> bool:
    more = problem.more
    entries = more.get("entries", [more.get("entry")])
    if not accepted.speaks_of(entries if isinstance(entries, list) else []):
        return False
    wanted = {"stage": accepted.stage, "module": accepted.module, "criterion": accepted.criterion,
              "award": accepted.award}  # fmt: skip
    return all(value is None or more.get(name) in (None, value) for name, value in wanted.items())


def rank_competition(
    events: Sequence[EventFacts], memory_of: Callable[[str], Memory] | None = None
) -> tuple[EventResult, ...]:
    """The results of several events, those first whose members others are made from (scoring.md §7)."""
    by_code = {facts.event: facts for facts in events}
    done: dict[str, EventResult] = {}
    figures: dict[str, Mapping[str, MemberFigures]] = {}

    def rank(code: str, above: tuple[str, ...]) -> None:
        facts = by_code[code]
        for needed in members_from(facts):
            if needed in by_code and needed not in done and needed not in above:
                rank(needed, (*above, code))
        memory = memory_of(code) if memory_of else None
        result = rank_event(facts, MembersOf(figures), memory)
        done[code] = result
        figures[code] = member_figures(result)

    for facts in events:
        if facts.event not in done:
            rank(facts.event, (facts.event,))
    return tuple(done[facts.event] for facts in events)


def members_from(facts: EventFacts) -> list[str]:
    """The events whose results this event's teams are made from."""
    modules = [module for stage in facts.plan.stages for module in stage.modules]
    return [module.event for module in modules if module.kind == "members" and module.event]


def member_figures(result: EventResult) -> Mapping[str, MemberFigures]:
    """Every contestant's figures in the last stage of an event, for those with a total.

    Of several entries of one person the first by number counts.
    """
    working = result.working
    assert isinstance(working, Working)
    facts = working.facts
    stage = facts.plan.last
    found: dict[str, MemberFigures] = {}
    if stage is None:
        return found
    rows = working.stages[stage.code].entries
    for row in (rows[number] for number in sorted(rows, key=natural)):
        if row.total is None:
            continue
        places = {code: (stage.code, code, row.number) for code in row.parts}
        taken = {code: facts.time_of(place) for code, place in places.items()}
        times = {code: time for code, time in taken.items() if time is not None}
        modules = {code: part.score for code, part in row.parts.items() if part.score is not None}
        whole = sum(times.values(), Fraction(0)) if len(times) == len(row.parts) else None
        for contestant in row.entry.contestants:
            found.setdefault(contestant, MemberFigures(row.total, modules, times, whole))
    return found
