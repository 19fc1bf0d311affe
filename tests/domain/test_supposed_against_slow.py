"""What-if and close calls held against the same package changed by hand, and against the slow ladder."""

from copy import deepcopy
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from making import direct, entries, one_stage, scores

from competition_app.documents.packages.package import package_of
from competition_app.documents.packages.package_facts import facts_of
from competition_app.domain.looking_back.close_calls import Closeness, close_calls
from competition_app.domain.looking_back.what_if import OtherTieOrder, Unrounded, WithoutJudge, ranked_if
from competition_app.domain.ranking.ranking import rank_event
from competition_app.domain.ranking.result import EventResult
from tests.domain.slow_ladder import Slow
from tests.domain.test_against_slow_ladder import events

DIGITS = [None, 0, 1, 2]
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


def near(chance: Random) -> dict[str, Any]:
    """Five entries whose totals lie close together, under any rounding."""
    plan = one_stage(
        [
            {**module, "weight": weight, "round": {"module": chance.choice(DIGITS)}}
            for module, weight in zip(direct("m", "n"), ("0.3", "0.7"), strict=True)
        ],
        round={"weighted": chance.choice(DIGITS), "total": chance.choice(DIGITS)},
        ties=[{"by": "module", "module": "m"}],
    )
    plan["order"] = chance.choice(["high", "low"])
    given = {module: {str(n): f"80.{chance.randrange(100):02}" for n in range(1, 6)} for module in ("m", "n")}
    rows = [row for module, values in given.items() for row in scores(module, values)]
    return {"code": "E", "name": "E", "plan": plan, "entries": entries(range(1, 6)), "scores": rows}


def test_close_calls_are_what_the_slow_ladder_finds() -> None:
    chance, seen = Random(7), set()
    for _ in range(60):
        event = near(chance)
        result, slow = ranked(event), Slow(bare(event))
        (stage,), (part,) = event["plan"]["stages"], result.divisions
        step, wanted = last_step(stage), []
        for one, other in pairwise(row.number for row in part.standings) if step is not None else ():
            lead = slow.stages["s"][one]["total"] - slow.stages["s"][other]["total"]
            lead = -lead if event["plan"]["order"] == "low" else lead
            if lead != 0 and lead < step:
                wanted.append((one, other, lead < 0))
        found = close_calls(result)
        assert [(call.better, call.worse, call.exact.startswith("-")) for call in found] == wanted
        seen |= {(call.closeness, call.rung) for call in found}
    assert {closeness for closeness, _ in seen} == set(Closeness)
    assert {rung for _, rung in seen} == {None, "module", "weighted", "total"}


def last_step(stage: dict[str, Any]) -> Fraction | None:
    modules = [m["round"].get("module") for m in stage["modules"]]
    digits = [stage["round"].get("total"), stage["round"].get("weighted")]
    digits.append(min((one for one in modules if one is not None), default=None))
    return next((Fraction(1, 10**one) for one in digits if one is not None), None)
