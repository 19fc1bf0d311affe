"""去高去低: whose sheets a module's panel dropped, for all entries at once."""

from competition_app.domain.ranking.ranking import Working
from competition_app.domain.ranking.result import EventResult
from competition_app.domain.scoring.panel import PanelRule, dropped_of
from competition_app.domain.scoring.scoring import Judging, sheet_values


def sheets_dropped(result: EventResult, stage: str, module: str, judge: str, attempt: int) -> dict[str, str]:
    """The entries whose sheet by this judge was dropped: ``high`` or ``low`` by number.

    Out of the computation that gave the result (scoring.md §3, rung 2); none where the panel drops marks
    criterion by criterion, or nothing. Who may see it, and when, is not decided here.
    """
    working = result.working
    assert isinstance(working, Working)
    totals = working.stages[stage]
    rule = totals.rules[module].rule
    if rule is None or not rule.across_sheet:
        return {}
    found = {}
    for number, row in totals.entries.items():
        for one in row.parts[module].outcome.attempts:
            if one.attempt == attempt and one.judging is not None:
                fate = _fate(rule, one.judging, judge)
                if fate is not None:
                    found[number] = fate
    return found


def _fate(rule: PanelRule, judging: Judging, judge: str) -> str | None:
    if judge not in judging.layout.judges:
        return None
    at = judging.layout.judges.index(judge)
    values, _unit = sheet_values(rule, judging.layout, judging.points, judging.work.plain, judging.evener)
    dropped = dropped_of(rule.whole, values)
    return "high" if at in dropped.high else "low" if at in dropped.low else None
