"""A recorded absence from a module leaves nothing of it: no attempt, no time, no hand-in (scoring.md §3)."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from competition_app.domain.plans.plan import Plan
from competition_app.domain.ranking.ranking import rank_event
from competition_app.domain.scoring.facts import EntryFacts, EventFacts

RUN = {"code": "run", "kind": "direct", "full": None, "absent_module": "zero"}
OTHER = {"code": "other", "kind": "direct", "full": None}


def event(tie: dict[str, str]) -> EventFacts:
    """Two entries of total 5; the first is absent from the run, though a score stands there."""
    plan = Plan.model_validate({"stages": [{"code": "s", "modules": [RUN, OTHER], "ties": [tie]}]})
    one = {("s", "run", "1"): ((1, Decimal(5)),), ("s", "other", "1"): ((1, Decimal(5)),)}
    two = {("s", "run", "2"): ((1, Decimal(3)),), ("s", "other", "2"): ((1, Decimal(2)),)}
    return EventFacts(
        "E",
        plan,
        (EntryFacts("1"), EntryFacts("2")),
        scores={**one, **two},
        times={("s", "run", "1"): Decimal(10), ("s", "run", "2"): Decimal(60)},
        submitted={
            ("s", "run", "1"): datetime(2025, 9, 2, 9, tzinfo=UTC),
            ("s", "run", "2"): datetime(2025, 9, 2, 10, tzinfo=UTC),
        },
        absences=frozenset({("s", "run", "1")}),
    )


def order(facts: EventFacts) -> list[tuple[str, str | None]]:
    return [(row.number, row.total) for row in rank_event(facts).divisions[0].standings]


@pytest.mark.parametrize("by", ["attempt", "time", "submitted"])
def test_nothing_recorded_of_a_module_missed_breaks_a_tie(by: str) -> None:
    facts = event({"by": by, "module": "run"})
    assert order(facts) == [("2", "5.000000"), ("1", "5.000000")]
    zero = {**facts.scores, ("s", "other", "1"): ((1, Decimal(0)),)}
    assert order(replace(facts, absences=frozenset(), scores=zero)) == [("1", "5.000000"), ("2", "5.000000")]
