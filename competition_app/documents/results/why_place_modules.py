"""A module of the page “why this place”: the judges' figures, attempts, penalties, and the score."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from competition_app.documents.results.why_place_content import Cell, Grid, Note, Part, Step, Sum, Tile, Tiles
from competition_app.documents.results.why_place_figures import DASH, Figures, aligned, made, shown
from competition_app.domain.plans.plan import Criterion, CriterionPanel, Module
from competition_app.domain.ranking.derivation import (
    AttemptDerivation,
    CriterionLine,
    MarkLine,
    ModuleDerivation,
    SheetLine,
)
from competition_app.domain.scoring.facts import PenaltyFact
from competition_app.domain.scoring.figures import plain
from competition_app.domain.scoring.modules import State
from competition_app.domain.scoring.timing import clock
from competition_app.i18n import Words

JUDGES_ABREAST = 10
"""A table of criteria with more judges than this is cut into several."""


def penalty_sums(penalties: Sequence[PenaltyFact], words: Words, *, low: bool) -> Iterator[Sum]:
    """A line for each penalty; points are put on where less is better."""
    for one in penalties:
        if one.disqualifies:
            yield Sum(words("Disqualified"), one.reason, "", DASH)
        elif low:
            yield Sum(words("Penalty put on"), one.reason, "", f"+{plain(one.points)}")
        else:
            yield Sum(words("Penalty"), one.reason, "", f"−{plain(one.points)}")


class ModuleWords:
    """One module in words."""

    def __init__(self, why: ModuleDerivation, words: Words, *, low: bool) -> None:
        self.why, self.words, self.low = why, words, low
        self.rule: Module = why.rule
        self.name = why.name or why.module
        self.figures = Figures(words)

    def step(self) -> Step | None:
        """The step of this module; None where its score is simply taken over."""
        why = self.why
        told = why.rule.kind != "direct" or len(why.attempts) > 1 or self._off() or self._changed()
        if not told and why.state is State.SCORED:
            return None
        return Step(self._title(), tuple(self._parts()))

    def appendix(self) -> Step | None:
        """Every judge's marks, where the step above shows only what they add up to."""
        why, words = self.why, self.words
        if why.across != "sheet" or len(self.rule.criteria) < 2:
            return None
        grids = [grid for attempt in why.attempts for grid in self._marks(attempt)]
        return Step(words("{module}: every judge's marks", module=self.name), tuple(grids)) if grids else None

    # the heading

    def _title(self) -> str:
        parts = self._judging() if self.rule.kind == "sheets" else []
        count = self.rule.attempts.count
        if count > 1:
            parts.append(self.words("{n} attempts", n=self.figures.count(count)))
            parts.append(self._take())
        if self.rule.kind == "members":
            parts.append(self._members())
        if not parts:
            return self.name
        comma = self.words(", @within a heading")
        return self.words("{module}: {rule}", module=self.name, rule=comma.join(parts))

    def _judging(self) -> list[str]:
        words, rule = self.words, self.rule.panel
        judges = max((len(self._judges(attempt)) for attempt in self.why.attempts), default=0)
        if not judges:
            return []
        parts = [words("{n} judge marked|{n} judges marked", n=self.figures.count(judges))]
        if self.why.across == "criterion":
            parts.append(words("criterion by criterion"))
        if any(_dropped(attempt) for attempt in self.why.attempts):
            parts.append(self._drops(rule.drop_high, rule.drop_low))
        parts.append(self._combine(rule))
        return parts

    @staticmethod
    def _judges(attempt: AttemptDerivation) -> list[str]:
        codes = [sheet.judge for sheet in attempt.sheets] or [mark.judge for mark in attempt.marks]
        return list(dict.fromkeys(codes))

    def _drops(self, high: int, low: int) -> str:
        words = self.words
        if high and low:
            if high == low == 1:
                return words("highest and lowest dropped")
            return words("{high} highest and {low} lowest dropped", high=high, low=low)
        if high:
            return words("highest dropped") if high == 1 else words("{n} highest dropped", n=high)
        return words("lowest dropped") if low == 1 else words("{n} lowest dropped", n=low)

    def _combine(self, panel: CriterionPanel) -> str:
        words = self.words
        return {
            "mean": words("mean taken"),
            "median": words("median taken"),
            "sum": words("added up@judges"),
            "agreed": words("judges agreed"),
        }[panel.combine]

    def _take(self) -> str:
        words = self.words
        return {
            "best": words("best attempt counts"),
            "last": words("last attempt counts"),
            "mean": words("mean of the attempts"),
            "sum": words("sum of the attempts"),
            "trimmed": words("mean without the best and the worst attempt"),
        }[self.rule.attempts.take]

    def _members(self) -> str:
        words, best = self.words, self.rule.best
        how = {
            "sum": words("members' totals added up"),
            "mean": words("mean of the members' totals"),
            "best": words("best of the members' totals"),
        }[self.rule.take]
        return how if best is None else words("{n} best members, {how}", n=best, how=how)

    # the lines

    def _parts(self) -> Iterator[Part]:
        why, words = self.why, self.words
        merged = self._merged()
        for attempt in why.attempts:
            yield from self._attempt(attempt, merged=merged)
        if why.taken is not None and (len(why.attempts) > 1 or self.rule.kind == "members"):
            label = words("Members' total") if self.rule.kind == "members" else words("Taken")
            how = self._members() if self.rule.kind == "members" else self._take()
            yield Sum(label, how, "", shown(why.taken))
        yield from penalty_sums(why.penalties, words, low=self.low)
        if self.rule.kind == "sheets" and not self._off() and not why.zeroed and why.attempts:
            yield Sum(words("Penalty"), words("none@penalties"), "", "0")
        if why.factor is not None:
            yield Sum(words("Group factor"), f"× {why.factor}")
        yield from self._time()
        yield from self._score(merged=merged)
        yield from self._notes()

    def _merged(self) -> bool:
        """Whether the one attempt's figure is rounded to the score at once, so that one line tells both."""
        why = self.why
        if why.score is None or len(why.attempts) != 1 or self._off() or self._changed():
            return False
        value = why.attempts[0].value
        plainly = value is not None and value.digits is None
        return plainly and why.attempts[0].combined == why.score.unrounded

    def _off(self) -> bool:
        return bool(self.why.penalties or any(attempt.penalties for attempt in self.why.attempts))

    def _changed(self) -> bool:
        """Whether the group or the time changes what the judges made."""
        return self.why.factor is not None or self.why.time is not None

    def _time(self) -> Iterator[Sum]:
        """The time used: what it takes off (puts on, where less is better), what it multiplies by."""
        time, words = self.why.time, self.words
        if time is None:
            return
        label = words("Time used {time}", time=clock(Decimal(time.seconds)))
        if time.factor is not None:
            yield Sum(label, f"× {time.factor}")
        if time.points is not None:
            formula = words("put on for it@time") if self.low else words("taken off for it@time")
            sign = "" if time.points == "0" else "+" if self.low else "−"
            yield Sum(label, formula, "", f"{sign}{time.points}")

    def _score(self, *, merged: bool) -> Iterator[Part]:
        why, words = self.why, self.words
        label = words("Score of {module}", module=self.name)
        if why.score is None:
            reason = {
                State.ABSENT: words("absent from this module"),
                State.FAILED: words("no attempt was finished"),
                State.NOT_BEGUN: words("nothing entered yet"),
            }.get(why.state, words("not complete yet"))
            yield Sum(label, reason, "", DASH)
        elif why.zeroed:
            gone = why.state is State.ABSENT
            formula = words("absent, counts as 0") if gone else words("not finished, counts as 0")
            yield Sum(label, formula, "", made(why.score))
        elif not merged:
            rung = why.score
            yield Sum(label, shown(rung.unrounded), self.figures.rounding(rung), made(rung))

    def _notes(self) -> Iterator[Note]:
        words, full = self.words, self.rule.full
        if self.rule.kind != "members" and full is not None:
            yield Note(words("Full marks {full}.", full=plain(full)))
        if self.rule.normalise is not None and self.rule.normalise.by == "judge":
            yield Note(
                words("Sheets are brought to one scale for every judge; the raw sum stands in brackets.")
            )

    # attempts

    def _attempt(self, attempt: AttemptDerivation, *, merged: bool) -> Iterator[Part]:
        words, several = self.words, self.rule.attempts.count > 1
        label = words("Attempt {n}", n=attempt.attempt) if several else ""
        if attempt.failed:
            yield Sum(label or words("Attempt"), words("not finished@attempt"), "", "DNF")
            return
        if attempt.sheets:
            yield from self._sheets(attempt, label, merged=merged)
        elif attempt.marks:
            yield from self._criteria(attempt, label, merged=merged)
        else:
            raw = shown(attempt.combined)
            yield self._rounded(Sum(label or words("Score"), raw, "", raw), attempt, merged=merged)
        yield from penalty_sums(attempt.penalties, words, low=self.low)
        rung = attempt.value
        if rung is not None and attempt.penalties:
            after = words("After penalties")
            yield Sum(after, shown(rung.unrounded), self.figures.rounding(rung), made(rung))

    def _rounded(self, plainly: Sum, attempt: AttemptDerivation, *, merged: bool) -> Sum:
        """The line as it stands, or with the rounding that comes at once after it."""
        rung = self.why.score if merged else None if attempt.penalties else attempt.value
        if rung is None or rung.digits is None:
            return plainly
        return replace(plainly, remark=self.figures.rounding(rung), result=made(rung))

    def _sheets(self, attempt: AttemptDerivation, label: str, *, merged: bool) -> Iterator[Part]:
        if label:
            yield Note(label, quiet=False)
        least = min(self.rule.round.sheet or self.rule.round.module or 0, 2)
        figures = aligned([sheet.value for sheet in attempt.sheets], least)
        pairs = list(zip(attempt.sheets, figures, strict=True))
        yield Tiles(tuple(self._tile(sheet, figure) for sheet, figure in pairs))
        kept = [figure for sheet, figure in pairs if sheet.value is not None and not sheet.dropped]
        yield self._combined(attempt, kept, merged=merged)

    def _tile(self, sheet: SheetLine, figure: str) -> Tile:
        words = self.words
        if sheet.value is None:
            fate = {"aside": words("recused"), "absent": words("no mark@judge")}.get(
                sheet.left_out or "", words("not complete@sheet")
            )
            return Tile(sheet.judge, DASH, fate, fate, dropped=True)
        raw = "" if sheet.raw == sheet.value else self.figures.bracketed(shown(sheet.raw))
        if sheet.dropped == "high":
            fate, brief = words("dropped (highest)"), words("highest@tile")
        elif sheet.dropped == "low":
            fate, brief = words("dropped (lowest)"), words("lowest@tile")
        else:
            fate = brief = words("counts@tile")
        return Tile(sheet.judge, figure, f"{fate}{raw}", raw or brief, sheet.dropped is not None)

    def _combined(self, attempt: AttemptDerivation, kept: Sequence[str], *, merged: bool) -> Sum:
        words = self.words
        label = {
            "mean": words("Mean"),
            "median": words("Median"),
            "sum": words("Sum"),
            "agreed": words("Agreed"),
        }[self.rule.panel.combine]
        if attempt.combined is None:
            return Sum(label, words("cannot be worked out yet"), "", DASH)
        plainly = Sum(label, self._formula(kept, attempt.combined), "", shown(attempt.combined))
        return self._rounded(plainly, attempt, merged=merged)

    def _formula(self, kept: Sequence[str], combined: str) -> str:
        figures, combine = self.figures, self.rule.panel.combine
        if combine not in ("mean", "sum") or not kept:
            return self.words(", @between").join(kept)
        added = figures.plus.join(kept)
        if combine == "mean":
            added = f"{figures.bracketed(added)}{figures.divided}{len(kept)}" if len(kept) > 1 else added
        return f"{added}{figures.equals}{shown(combined)}" if len(kept) > 1 else added

    # criteria against judges

    def _criteria(self, attempt: AttemptDerivation, label: str, *, merged: bool) -> Iterator[Part]:
        words = self.words
        if label:
            yield Note(label, quiet=False)
        lines = {line.criterion: line for line in attempt.criteria}
        factored = any(line.factor != "1" for line in attempt.criteria)
        sums = (words("Panel"), words("× factor")) if factored else (words("Panel"),)
        yield from self._grids(attempt, lines, sums)
        total = shown(attempt.combined)
        formula = words("all criteria added up")
        if attempt.combined is not None:
            formula += f"{self.figures.equals}{total}"
        yield self._rounded(Sum(words("Sum"), formula, "", total), attempt, merged=merged)

    def _marks(self, attempt: AttemptDerivation) -> Iterator[Part]:
        several = self.rule.attempts.count > 1
        if several and attempt.marks:
            yield Note(self.words("Attempt {n}", n=attempt.attempt), quiet=False)
        yield from self._grids(attempt, {}, ())

    def _grids(
        self, attempt: AttemptDerivation, lines: Mapping[str, CriterionLine], sums: tuple[str, ...]
    ) -> Iterator[Grid]:
        judges = list(dict.fromkeys(mark.judge for mark in attempt.marks))
        cells = {(mark.judge, mark.criterion): mark for mark in attempt.marks}
        tables = -(-len(judges) // JUDGES_ABREAST)
        abreast = max(1, -(-len(judges) // max(tables, 1)))
        starts = range(0, len(judges), abreast)
        for start in starts:
            here = judges[start : start + abreast]
            ends = self._ends(lines, len(sums)) if start == starts[-1] else {}
            rows = []
            for criterion in self.rule.criteria:
                row = [Cell(self._named(criterion))]
                line = lines.get(criterion.code)
                for judge in here:
                    mark = cells.get((judge, criterion.code))
                    gone = line is not None and judge in (*line.dropped_high, *line.dropped_low)
                    row.append(Cell(self._mark(mark) if mark else DASH, gone))
                rows.append((*row, *ends.get(criterion.code, ())))
            yield Grid((self.words("Criterion"), *here), sums if ends else (), tuple(rows))

    def _named(self, criterion: Criterion) -> str:
        """A criterion's name, with how its judges are combined where it has a panel of its own."""
        name = criterion.name or criterion.code
        return f"{name}{self.figures.bracketed(self._combine(criterion.panel))}" if criterion.panel else name

    @staticmethod
    def _ends(lines: Mapping[str, CriterionLine], columns: int) -> dict[str, list[Cell]]:
        """The panel's figure of each criterion, and what its factor makes of it."""
        combined = aligned([line.combined for line in lines.values()])
        values = aligned([line.value for line in lines.values()])
        both = zip(combined, values, strict=True)
        return {code: [Cell(text) for text in pair[:columns]] for code, pair in zip(lines, both, strict=True)}

    def _mark(self, mark: MarkLine) -> str:
        if mark.points is not None:
            return shown(mark.points)
        return {"absent": self.words("no mark@judge"), "DNF": "DNF"}.get(mark.mark, self.words("recused"))


def _dropped(attempt: AttemptDerivation) -> bool:
    sheets = any(sheet.dropped for sheet in attempt.sheets)
    return sheets or any(line.dropped_high or line.dropped_low for line in attempt.criteria)
