"""去高去低: which of a judge's sheets the panel left out, told once the result is locked."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from competition_app.domain.looking_back.drops import sheets_dropped
from competition_app.services.competitions.competitions import event_of
from competition_app.services.locking.obstacles import UNLOCKED
from competition_app.services.plans.plans import module_rule
from competition_app.services.results.results import event_result


def dropped_sheets(
    session: Session, event_id: int, stage: str, module: str, judge: str, attempt: int
) -> Mapping[str, str]:
    """The entries whose sheet by this judge was dropped: ``high`` or ``low`` by number.

    None before the lock: who was dropped tells whose marks lie highest and lowest, and that nobody sees while
    marks can still be changed.
    """
    rule, event = module_rule(session, event_id, stage, module), event_of(session, event_id)
    if event.state in UNLOCKED or not (rule.panel.drop_high or rule.panel.drop_low):
        return {}
    return sheets_dropped(event_result(session, event_id), stage, module, judge, attempt)
