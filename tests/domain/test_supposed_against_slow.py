"""What-if and close calls held against the same package changed by hand, and against the slow ladder."""

from copy import deepcopy
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings

from competition_app.documents.packages.package import package_of
from competition_app.documents.packages.package_facts import facts_of
from competition_app.domain.ranking.close_calls import close_calls
from competition_app.domain.ranking.ranking import rank_event
from competition_app.domain.ranking.result import EventResult, Status
from competition_app.domain.ranking.what_if import OtherTieOrder, Unrounded, WithoutJudge, ranked_if
from tests.domain.slow_ladder import Slow
from tests.domain.test_against_slow_ladder import events

quick = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def ranked(event: dict[str, Any]) -> EventResult:
    package = {"format": "competition-package", "version": 1, "competition": {"code": "C", "name": "C"}}
    return rank_event(facts_of(package_of({**package, "events": [deepcopy(event)]}), "E"))


def bare(event: dict[str, Any]) -> dict[str, Any]:
    """The same event with no rung rounded."""
    found = deepcopy(event)
    for stage in found["plan"]["stages"]:
        stage["round"] = {}
        for module in stage["modules"]:
            module["round"] = {}
    return found


@quick
@given(events())
def test_a_supposition_is_the_event_so_changed(event: dict[str, Any]) -> None:
    result = ranked(event)
    assert ranked_if(result, Unrounded()) == ranked(bare(event))
    for judge in {mark["judge"] for mark in event["marks"]}:
        changed = deepcopy(event)
        changed["marks"] = [mark for mark in changed["marks"] if mark["judge"] != judge]
        for seat in changed.get("judges", ()):
            if seat["code"] == judge:
                seat["modules"] = []
        assert ranked_if(result, WithoutJudge(judge)) == ranked(changed)
    (stage, *_) = event["plan"]["stages"]
    changed = deepcopy(event)
    changed["plan"]["stages"][0]["ties"] = stage["ties"][::-1]
    turned = tuple(reversed(range(len(stage["ties"]))))
    assert ranked_if(result, OtherTieOrder(stage["code"], turned)) == ranked(changed)


@quick
@given(events())
def test_close_calls_are_what_the_slow_ladder_finds(event: dict[str, Any]) -> None:
    result, slow = ranked(event), Slow(bare(event))
    low, wanted = event["plan"].get("order") == "low", []
    for part in result.divisions:
        stage = next(one for one in event["plan"]["stages"] if one["code"] == part.stage)
        step = last_step(stage)
        numbers = [one.number for one in part.standings if one.status is Status.RANKED]
        for one, other in pairwise(numbers) if step is not None else ():
            lead = slow.stages[part.stage][one]["total"] - slow.stages[part.stage][other]["total"]
            lead = -lead if low else lead
            if lead != 0 and lead < step:
                wanted.append((part.division, part.stage, one, other))
    assert [(c.division, c.stage, c.better, c.worse) for c in close_calls(result)] == wanted


def last_step(stage: dict[str, Any]) -> Fraction | None:
    modules = [m["round"].get("module") for m in stage["modules"]]
    digits = [stage["round"].get("total"), stage["round"].get("weighted")]
    digits.append(min((one for one in modules if one is not None), default=None))
    return next((Fraction(1, 10**one) for one in digits if one is not None), None)
