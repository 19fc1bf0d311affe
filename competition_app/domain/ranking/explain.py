"""Why this place: every mark, rung and tie key of one entry, as keys and values (scoring.md §9)."""

from collections.abc import Sequence
from fractions import Fraction

from competition_app.domain.errors import Refusal
from competition_app.domain.plans.plan import Module, Stage
from competition_app.domain.ranking.awards import counted_for
from competition_app.domain.ranking.derivation import (
    AttemptDerivation,
    CriterionLine,
    Derivation,
    MarkLine,
    ModuleDerivation,
    PrizeLine,
    Rung,
    SheetLine,
    TieLine,
    TimeLine,
)
from competition_app.domain.ranking.ranking import Working, rank_event
from competition_app.domain.ranking.result import EventResult, Status
from competition_app.domain.ranking.tie_words import label
from competition_app.domain.ranking.ties import TieKeys
from competition_app.domain.scoring.facts import EventFacts, Outcome, PenaltyFact
from competition_app.domain.scoring.figures import exact, figure, plain
from competition_app.domain.scoring.modules import ModuleRules
from competition_app.domain.scoring.panel import Exact, PanelRule, dropped_of
from competition_app.domain.scoring.scoring import AttemptOutcome, Judging, after_penalty, sheet_values
from competition_app.domain.scoring.totals import (
    ModulePart,
    StageEntry,
    before_rounding,
    exact_total,
    share_of,
)

_SHEET_DIGITS = 2  # of a sheet that does not end soon, one more is shown


def derivation(facts: EventFacts, result: EventResult, number: str, stage: str | None = None) -> Derivation:
    """The derivation of one entry, out of the very computation that gave the result.

    ``stage`` None takes the last stage the entry is in. Raises a ``Refusal`` for an entry that is in none.
    """
    working = result.working if isinstance(result.working, Working) else rank_event(facts).working
    assert isinstance(working, Working)
    codes = [each.code for each in facts.plan.stages if stage in (None, each.code)]
    for code in reversed(codes):
        row = working.stages[code].entries.get(number)
        if row is not None:
            return _Explaining(working, result, code, row).derivation()
    raise Refusal("Entry {entry} has no standing here; choose another entry.", entry=number)


def _rung(name: str, unrounded: Fraction, rounded: Fraction, digits: int | None) -> Rung:
    return Rung(name, exact(unrounded, digits), figure(rounded, digits), digits)


class _Explaining:
    def __init__(self, working: Working, result: EventResult, stage: str, row: StageEntry) -> None:
        self.working, self.row, self.facts = working, row, working.facts
        self.totals = working.stages[stage]
        self.stage: Stage = self.totals.stage
        self.division = row.entry.division
        self.order = working.orders[self.division, stage]
        found = result.division(self.division, stage)
        assert found is not None
        self.standings = found.standings
        self.standing = next(each for each in found.standings if each.number == row.number)

    def derivation(self) -> Derivation:
        row, stage = self.row, self.stage
        total = None
        if row.total is not None and row.sum_ is not None:
            total = _rung("total", self._exact(row), row.total, stage.round.total)
        return Derivation(
            rule=stage,
            low=self.facts.plan.low,
            number=row.number,
            stage=stage.code,
            division=self.division,
            standing=self.standing,
            modules=tuple(self._module(code, part) for code, part in row.parts.items()),
            carried=None if row.carried is None else figure(row.carried, stage.round.weighted),
            penalties=self._penalties(None, None),
            total=total,
            ties=tuple(self._ties()),
            unused=tuple(self._unused()),
            prize=self._prize(),
            accepted=tuple(
                one for one in self.facts.accepted if row.number in (one.entries or (row.number,))
            ),
            problems=(*row.gaps, *row.flags),
            close=self._close(),
        )

    def _penalties(self, module: str | None, attempt: int | None) -> tuple[PenaltyFact, ...]:
        return tuple(
            penalty
            for penalty in self.facts.penalties
            if penalty.entry == self.row.number
            and penalty.stage in (None, self.stage.code)
            and (penalty.module, penalty.attempt) == (module, attempt)
        )

    def _module(self, code: str, part: ModulePart) -> ModuleDerivation:
        rules = self.totals.rules[code]
        module, outcome = rules.module, part.outcome
        score = weighted = None
        before = before_rounding(module, part, self.facts.plan.low)
        if part.score is not None and before is not None:
            score = _rung("module", before, part.score, module.round.module)
        if part.weighted is not None and part.score is not None:
            share = share_of(module, part.score)
            weighted = _rung("weighted", share, part.weighted, self.stage.round.weighted)
        return ModuleDerivation(
            rule=module,
            module=code,
            name=module.name,
            state=outcome.state,
            across=module.panel.across if rules.rule else None,
            combine=module.panel.combine if rules.rule else None,
            take=module.attempts.take,
            attempts=tuple(self._attempt(rules, each, each is outcome.counted) for each in outcome.attempts),
            taken=None if outcome.taken is None else exact(outcome.taken, module.round.module),
            factor=None if part.factor == 1 else exact(part.factor, None),
            penalties=self._penalties(code, None),
            score=score,
            weight=plain(module.weight),
            weighted=weighted,
            zeroed=part.zeroed,
            time=_time(module, part),
        )

    def _attempt(self, rules: ModuleRules, attempt: AttemptOutcome, counts: bool) -> AttemptDerivation:
        judging, rule = attempt.judging, rules.rule
        penalties = self._penalties(rules.module.code, attempt.attempt)
        value = None
        if attempt.value is not None and attempt.raw is not None:
            off = rules.attempt_penalties(self.row.entry).get(attempt.attempt, Fraction(0))
            before = after_penalty(rules.module, attempt.raw, off, self.facts.plan.low)
            value = _rung("attempt", before, attempt.value, rules.module.round.attempt)
        across = rule is not None and rule.across_sheet
        return AttemptDerivation(
            attempt=attempt.attempt,
            counts=counts,
            failed=attempt.failed,
            marks=() if judging is None or rule is None else tuple(_marks(rule, judging)),
            criteria=() if judging is None or rule is None or across else tuple(_criteria(rule, judging)),
            sheets=() if judging is None or rule is None or not across else tuple(_sheets(rule, judging)),
            combined=None if attempt.raw is None else exact(attempt.raw, _next_digits(rules.module)),
            penalties=penalties,
            value=value,
        )

    def _ties(self) -> list[TieLine]:
        lines = []
        for step in self.order.steps.get(self.row.number, ()):
            tied = [number for group in step.groups for number in group]
            values = tuple((n, value.text if (value := step.values.get(n)) else None) for n in tied)
            parted = len(step.groups) > 1
            lines.append(TieLine(step.key, label(step.key), values, not step.values, parted, step.groups))
        return lines

    def _unused(self) -> list[TieLine]:
        """The keys after the last one tried, on all entries of this total."""
        steps = self.order.steps.get(self.row.number, ())
        if not steps:
            return []
        keys = TieKeys(self.facts, self.stage, self.working.stages, self.working.members)
        tied = [self.totals.entries[number] for group in steps[0].groups for number in group]
        lines = []
        for key in self.stage.ties[len(steps) :]:
            values = keys.values(key, tied)
            shown = tuple((row.number, v.text if (v := values.get(row.number)) else None) for row in tied)
            lines.append(TieLine(key, label(key), shown, not values, False))
        return lines

    def _prize(self) -> PrizeLine | None:
        awards = self.facts.plan.awards
        if awards is None or self.stage is not self.facts.plan.stages[-1]:
            return None
        rows = [row for row in self.totals.entries.values() if row.entry.division == self.division]
        award = self.standing.award
        winners = sum(award is not None and each.award == award for each in self.standings)
        return PrizeLine(awards.percent_of, counted_for(awards.percent_of, rows), winners)

    def _close(self) -> tuple[str, ...]:
        """Neighbours told apart whose unrounded totals lie within one rounding step (scoring.md §9)."""
        digits = self.stage.round.total
        rows = [row for group in self.order.groups for row in group.rows]
        alike = {row.number for group in self.order.groups if self.row in group.rows for row in group.rows}
        if digits is None or self.row.status is not Status.RANKED:
            return ()
        place = rows.index(self.row)
        step = Fraction(1, 10**digits)
        near = rows[max(place - 1, 0) : place] + rows[place + 1 : place + 2]
        near = [row for row in near if row.number not in alike]
        return tuple(row.number for row in near if abs(self._exact(row) - self._exact(self.row)) < step)

    def _exact(self, row: StageEntry) -> Fraction:
        return exact_total(row, self.facts.plan.low)


def _time(module: Module, part: ModulePart) -> TimeLine | None:
    timing = part.timing
    if timing is None:
        return None
    return TimeLine(
        plain(timing.seconds),
        plain(timing.points) if module.time_bands else None,
        plain(timing.factor) if module.time_factors else None,
    )


def _marks(rule: PanelRule, judging: Judging) -> list[MarkLine]:
    layout, lines = judging.layout, []
    places = dict(zip(judging.work.keys, judging.work.values, strict=True))
    points = dict(zip(judging.work.keys, judging.points, strict=False))
    for judge in layout.judges:
        for index, code in enumerate(rule.codes):
            key = layout.attempt, judge, code
            if key not in places:
                continue
            value, aside = places[key], judge in layout.aside
            if isinstance(value, Outcome):
                lines.append(MarkLine(judge, code, value.value, None, aside))
                continue
            gained = points[key] or 0
            unit = rule.unit * (rule.factors[index] or 1) if rule.across_sheet else Fraction(rule.unit)
            shown = None if aside else plain(Fraction(gained) / unit)
            lines.append(MarkLine(judge, code, plain(Fraction(value, rule.scale)), shown, aside))
    return lines


def _next_digits(module: Module) -> int | None:
    """The digits of the first rung that rounds what the judges made."""
    return module.round.module if module.round.attempt is None else module.round.attempt


def _named(layout_judges: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(layout_judges[place] for place in places)


def _criteria(rule: PanelRule, judging: Judging) -> list[CriterionLine]:
    layout, lines = judging.layout, []
    for index, code in enumerate(rule.codes):
        column = layout.columns[index](judging.points)
        panel = rule.each[index]
        dropped = dropped_of(panel, column)
        present = [value for value in column if value is not None]
        combined = panel.combined(present) if dropped.kept else None
        text = "–" if combined is None else _criterion_text(rule, *combined)
        value = None if combined is None else exact(Fraction(*rule.factored(index, *combined)), None)
        high, low = _named(layout.judges, dropped.high), _named(layout.judges, dropped.low)
        lines.append(CriterionLine(code, text, plain(rule.factors[index]), value, high, low))
    return lines


def _criterion_text(rule: PanelRule, numerator: Exact, divisor: int) -> str:
    value, digits = rule.criterion_value(numerator, divisor), rule.module.round.criterion
    return exact(value, None) if digits is None else figure(value, digits)


def _sheets(rule: PanelRule, judging: Judging) -> list[SheetLine]:
    layout, plain_work = judging.layout, judging.work.plain
    values, unit = sheet_values(rule, layout, judging.points, plain_work, judging.evener)
    raw, raw_unit = sheet_values(rule, layout, judging.points, plain_work, None)
    dropped = dropped_of(rule.panel, values)
    lines = []
    for index, judge in enumerate(layout.judges):
        value, before = values[index], raw[index]
        fate = "high" if index in dropped.high else "low" if index in dropped.low else None
        lines.append(
            SheetLine(
                judge,
                None if before is None else exact(Fraction(before) / raw_unit, _SHEET_DIGITS),
                None if value is None else exact(Fraction(value) / unit, _SHEET_DIGITS),
                fate,
                _left_out(judging, judge) if value is None else None,
            )
        )
    return lines


def _left_out(judging: Judging, judge: str) -> str | None:
    """Why a judge's sheet has no value: set aside, given as absent, or (None) not whole."""
    if judge in judging.layout.aside:
        return "aside"
    pairs = zip(judging.work.keys, judging.work.values, strict=True)
    attempt = judging.layout.attempt
    given = [value for (made, who, _), value in pairs if (made, who) == (attempt, judge)]
    return "absent" if given and all(value is Outcome.ABSENT for value in given) else None
