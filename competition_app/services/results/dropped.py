"""去高去低: which of a judge's sheets the panel left out, told once the result is locked."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from competition_app.domain.ranking.derivation import Derivation
from competition_app.domain.ranking.explain import derivation
from competition_app.domain.ranking.ranking import Working
from competition_app.services.competitions.competitions import event_of
from competition_app.services.competitions.plans import module_rule
from competition_app.services.results.obstacles import UNLOCKED
from competition_app.services.results.results import event_result


def dropped_sheets(
    session: Session, event_id: int, stage: str, module: str, judge: str, attempt: int, numbers: Sequence[str]
) -> Mapping[str, str]:
    """Of these entries, those whose sheet by this judge was dropped: ``high`` or ``low`` by number.

    None before the lock: who was dropped tells whose marks lie highest and lowest, and that nobody sees while
    marks can still be changed. None where the panel drops no sheets.
    """
    rule, event = module_rule(session, event_id, stage, module), event_of(session, event_id)
    drops = rule.panel.across == "sheet" and (rule.panel.drop_high or rule.panel.drop_low)
    if event.state in UNLOCKED or not drops:
        return {}
    result = event_result(session, event_id)
    assert isinstance(result.working, Working)
    there = {
        standing.number
        for division in result.divisions
        if division.stage == stage
        for standing in division.standings
    }
    found = {}
    for number in numbers:
        if number in there:
            told = derivation(result.working.facts, result, number, stage)
            fate = _fate(told, module, judge, attempt)
            if fate is not None:
                found[number] = fate
    return found


def _fate(told: Derivation, module: str, judge: str, attempt: int) -> str | None:
    return next(
        (
            sheet.dropped
            for one in told.modules
            if one.module == module
            for tried in one.attempts
            if tried.attempt == attempt
            for sheet in tried.sheets
            if sheet.judge == judge
        ),
        None,
    )
