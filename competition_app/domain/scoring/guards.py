"""What is said about marks: missing, too far apart, out of range, for one's own (scoring.md §3, §5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from competition_app.domain.errors import Problem, Said
from competition_app.domain.scoring.facts import Outcome, Work
from competition_app.domain.scoring.figures import natural, plain
from competition_app.domain.scoring.panel import AttemptLayout, PanelRule


@dataclass(frozen=True, slots=True)
class Where:
    """The entry, stage and module something is said about."""

    entry: str
    stage: str
    module: str

    def problem(self, code: str, said: Said, **more: object) -> Problem:
        """A problem here, with this place among its further keys."""
        place = {"entry": self.entry, "stage": self.stage, "module": self.module}
        return Problem(code, said, {**place, **more})


def listed(names: Sequence[str]) -> str:
    """Codes side by side: ``J1, J3``."""
    return ", ".join(names)


def missing_marks(layout: AttemptLayout, where: Where) -> tuple[Problem, ...]:
    """Marks owed and neither entered nor absent make the module incomplete."""
    return (_missing(layout.missing, layout.attempt, where),)


def _missing(missing: Sequence[tuple[str, str]], attempt: int, where: Where) -> Problem:
    judges = sorted({judge for judge, _ in missing}, key=natural)
    criteria = list(dict.fromkeys(code for _, code in missing))
    said = Said(
        "Entry {entry}, module {module}, attempt {attempt}: marks of {judges} are missing; "
        "enter them or mark them absent.",
        {"entry": where.entry, "module": where.module, "attempt": attempt, "judges": listed(judges)},
    )
    return where.problem("missing_marks", said, attempt=attempt, judges=judges, criteria=criteria)


def partly_absent(
    rule: PanelRule, layout: AttemptLayout, points: Sequence[int | None], where: Where
) -> list[Problem]:
    """Across sheets, a sheet partly absent is incomplete (scoring.md §2)."""
    known = set(layout.missing)
    found = []
    for judge, row in zip(layout.judges, layout.rows, strict=True):
        sheet = row(points)
        gaps = [(judge, code) for code, value in zip(rule.codes, sheet, strict=True) if value is None]
        gaps = [gap for gap in gaps if gap not in known]
        if gaps and any(value is not None for value in sheet):
            found.append(_missing(gaps, layout.attempt, where))
    return found


def missing_attempts(where: Where, attempts: Sequence[int]) -> Problem:
    """A trimmed take needs every attempt (scoring.md §3, rung 4)."""
    said = Said(
        "Entry {entry}, module {module}: attempts {attempts} are missing; "
        "all are needed to drop the best and the worst.",
        {"entry": where.entry, "module": where.module, "attempts": listed([str(a) for a in attempts])},
    )
    return where.problem("missing_marks", said, attempts=list(attempts))


def not_enough_judges(
    needed: int,
    layout: AttemptLayout,
    present: int,
    gone: Sequence[str],
    where: Where,
    criterion: str | None = None,
) -> Problem:
    """Fewer judges present than the plan needs; names those who are not."""
    said = Said(
        "Entry {entry}, module {module}: {present} judges gave marks and {needed} are needed; "
        "missing: {judges}.",
        {"entry": where.entry, "module": where.module, "present": present, "needed": needed,
         "judges": listed(gone)},
    )  # fmt: skip
    more: dict[str, object] = {"criterion": criterion} if criterion else {}
    return where.problem(
        "not_enough_judges", said, attempt=layout.attempt, judges=list(gone), present=present,
        needed=needed, **more,
    )  # fmt: skip


def not_agreed(layout: AttemptLayout, where: Where, criterion: str | None = None) -> Problem:
    """Judges who must agree on one value gave different ones."""
    said = Said(
        "Entry {entry}, module {module}: the judges gave different values for {criterion}; "
        "they must agree on one.",
        {"entry": where.entry, "module": where.module, "criterion": criterion or where.module},
    )
    more: dict[str, object] = {"criterion": criterion} if criterion else {}
    return where.problem("not_agreed", said, attempt=layout.attempt, **more)


def missing_module(where: Where) -> Problem:
    """A module not begun makes the entry incomplete."""
    said = Said(
        "Entry {entry} has no score in module {module}; enter it or record the absence.",
        {"entry": where.entry, "module": where.module},
    )
    return where.problem("missing_module", said)


def missing_time(where: Where) -> Problem:
    """A module whose score depends on the time taken has none recorded."""
    said = Said(
        "Entry {entry} has no time in module {module}, which its score depends on; record the time.",
        {"entry": where.entry, "module": where.module},
    )
    return where.problem("missing_time", said)


def missing_stage(entry: str, stage: str, carried: str) -> Problem:
    """A stage that should be carried over has no total for the entry."""
    said = Said(
        "Entry {entry} has no total in stage {carried} to carry over; complete that stage first.",
        {"entry": entry, "carried": carried},
    )
    return Problem("missing_module", said, {"entry": entry, "stage": stage, "carried": carried})


def out_of_range(rule: PanelRule, work: Work, where: Where) -> tuple[Problem, ...]:
    """Marks the plan no longer allows; only a change of plan can leave them in a store."""
    found = []
    for (attempt, judge, code), value in zip(work.keys, work.values, strict=True):
        table = rule.table_of.get(code)
        if table is None or isinstance(value, Outcome) or value not in table.outside:
            continue
        mark = plain(Fraction(value, rule.scale))
        said = Said(
            "Entry {entry}, module {module}: the mark {mark} of {judge} for {criterion} "
            "is not one the plan allows; correct it.",
            {"entry": where.entry, "module": where.module, "mark": mark, "judge": judge, "criterion": code},
        )
        found.append(
            where.problem("out_of_range", said, attempt=attempt, judge=judge, criterion=code, value=mark)
        )
    return tuple(found)


def score_out_of_range(where: Where, attempt: int, value: Fraction) -> Problem:
    """A direct score outside 0 … full; only a change of plan can leave it in a store."""
    said = Said(
        "Entry {entry}, module {module}: the score {score} is not one the plan allows; correct it.",
        {"entry": where.entry, "module": where.module, "score": plain(value)},
    )
    return where.problem("out_of_range", said, attempt=attempt, value=plain(value))


def conflict_of_interest(where: Where, judge: str) -> Problem:
    """A judge marked an entry of their own organisation, and no reason is recorded."""
    said = Said(
        "Judge {judge} marked entry {entry} of their own organisation in module {module}; "
        "take the marks back or let the chief judge record why.",
        {"entry": where.entry, "module": where.module, "judge": judge},
    )
    return where.problem("conflict_of_interest", said, judge=judge)


def told(
    rule: PanelRule, layout: AttemptLayout, work: Work, points: Sequence[int | None], where: Where
) -> list[Problem]:
    """Judges too far apart, in one criterion or in whole sheets (scoring.md §5)."""
    found = []
    if rule.spreads:
        found += list(_spreads(rule, layout, work, where))
    if rule.module.max_gap is not None:
        found += list(_gap(rule, layout, points, where))
    return found


def _spreads(rule: PanelRule, layout: AttemptLayout, work: Work, where: Where) -> Iterator[Problem]:
    values = [None if isinstance(value, Outcome) else value for value in work.values]
    values.append(None)
    for index, limit in rule.spreads:
        marks = [mark for mark in layout.columns[index](values) if mark is not None]
        if not marks or max(marks) - min(marks) <= limit:
            continue
        low, high = plain(Fraction(min(marks), rule.scale)), plain(Fraction(max(marks), rule.scale))
        said = Said(
            "Entry {entry}, module {module}: the marks for {criterion} lie from {low} to {high}, "
            "too far apart; mark it again or let the chief judge record why it stands.",
            {"entry": where.entry, "module": where.module, "criterion": rule.codes[index],
             "low": low, "high": high},
        )  # fmt: skip
        yield where.problem(
            "judgement_spread", said, attempt=layout.attempt, criterion=rule.codes[index], low=low, high=high
        )


def _gap(
    rule: PanelRule, layout: AttemptLayout, points: Sequence[int | None], where: Where
) -> Iterator[Problem]:
    sheets = {
        judge: value
        for judge, row in zip(layout.judges, layout.rows, strict=True)
        if (value := rule.whole_sheet(row(points))) is not None
    }
    limit = rule.module.max_gap
    if limit is None or not sheets or max(sheets.values()) - min(sheets.values()) <= Fraction(limit):
        return
    low, high = min(sheets.values()), max(sheets.values())
    said = Said(
        "Entry {entry}, module {module}: the judges' sheets lie from {low} to {high}, "
        "further apart than {gap}; let the chief judge settle it.",
        {"entry": where.entry, "module": where.module, "low": plain(low), "high": plain(high),
         "gap": plain(limit)},
    )  # fmt: skip
    judges = [judge for judge, value in sheets.items() if value in (low, high)]
    yield where.problem(
        "judge_gap", said, attempt=layout.attempt, judges=judges, low=plain(low), high=plain(high)
    )
