"""The worked example of a draft: one invented entry through the one ranking, ties, prizes, curves."""

import json
import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from competition_app import paths
from competition_app.domain.plans.plan import Plan
from competition_app.domain.plans.plan_checks import read_plan
from competition_app.domain.ranking.ranking import rank_event
from competition_app.domain.ranking.result import Status
from competition_app.services.plans import plan_example
from competition_app.services.plans.plan_curve import curve_of
from competition_app.services.plans.plan_example import example
from competition_app.services.plans.plan_invented import invented, invented_members, judges_for
from competition_app.services.plans.plans import plan_from
from tests.services.contest import plan as contest_plan


def preset_plans() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for file in sorted((paths.resources() / "presets").glob("*.json")):
        held = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        found += [(f"{file.stem} {event['code']}", event["plan"]) for event in held["events"]]
    return found


PRESETS = preset_plans()
NAMES = [name for name, _ in PRESETS]


def drafted(*criteria: Any, **module: Any) -> Plan:
    return plan_from(json.dumps(contest_plan(*criteria, **module)))


def ties_of(plan: Plan) -> list[tuple[int, int]]:
    return [(at, place) for at, stage in enumerate(plan.stages) for place in range(len(stage.ties))]


@pytest.mark.parametrize(("name", "values"), PRESETS, ids=NAMES)
def test_every_preset_is_worked_out_to_a_total_without_a_fault(name: str, values: dict[str, Any]) -> None:
    """Every mark lies in its range and steps: nothing is flagged, nothing is missing."""
    plan = read_plan(values)
    for seed in range(1, 8):
        facts = invented(plan, seed)
        result = rank_event(facts, invented_members(plan, seed, len(facts.entries)))
        for part in result.divisions:
            for row in part.standings:
                assert row.status is Status.RANKED, (name, seed, row.problems)
                gaps = [problem.code for problem in row.problems if problem.code != "judgement_spread"]
                assert not gaps, (name, seed, row.problems)


def test_the_same_seed_gives_the_same_numbers_and_another_gives_others() -> None:
    text = json.dumps(contest_plan())
    one, again, other = (example(text, (), seed) for seed in (1, 1, 2))
    assert one is not None
    assert other is not None
    assert one == again
    assert one.shown.modules != other.shown.modules


def test_as_many_judges_as_the_panel_needs() -> None:
    panel = drafted(panel={"drop_high": 1, "drop_low": 1}).stages[0].modules[1].panel
    assert judges_for(panel) == ("J1", "J2", "J3", "J4", "J5")
    small = {"min_judges": 2}, {"min_judges": 7, "drop_high": 1}, {"drop_high": 1, "drop_if_at_least": 9}
    counts = [len(judges_for(drafted(panel=one).stages[0].modules[1].panel)) for one in small]
    assert counts == [2, 7, 9]


def test_the_example_says_what_the_ladder_says() -> None:
    """The shown total is the one ranking's; the two weighted parts make it."""
    found = example(
        json.dumps(contest_plan(panel={"drop_high": 1, "drop_low": 1})), ("stages", 0, "modules", 1)
    )
    assert found is not None
    theory, practical = found.shown.modules
    assert found.module == "practical"
    assert [sheet.dropped for sheet in practical.attempts[0].sheets].count("high") == 1
    parts = [Decimal(one.weighted.rounded) for one in (theory, practical) if one.weighted]
    assert found.shown.total is not None
    assert Decimal(found.shown.total.rounded) == sum(parts)


@pytest.mark.parametrize(("name", "values"), PRESETS, ids=NAMES)
def test_two_entries_of_one_total_meet_at_every_tie_key(name: str, values: dict[str, Any]) -> None:
    plan = read_plan(values)
    for stage, key in ties_of(plan):
        found = plan_example.plan_example(plan, ("stages", stage, "ties", key))
        assert found is not None
        assert found.rival is not None
        assert found.shown.standing.total == found.rival.standing.total, name
        assert found.key == key


def test_the_chosen_key_decides_where_it_can() -> None:
    """Practical first, then time, then theory, then the chief judge: each key is seen to decide."""
    plan = read_plan(dict(PRESETS)["individual-skills UAV"])
    for key in range(len(plan.stages[0].ties)):
        found = plan_example.plan_example(plan, ("stages", 0, "ties", key))
        assert found is not None
        assert [line.parted for line in found.shown.ties] == [False] * key + [True]
        assert (found.shown.standing.place, found.rival and found.rival.standing.place) == (1, 2)


def test_a_key_over_several_modules_decides_by_one_of_them() -> None:
    draft = contest_plan()
    draft["stages"][0]["modules"].append({"code": "talk", "kind": "direct", "full": 100, "weight": 0.1})
    for by in ("module", "time"):
        draft["stages"][0]["ties"] = [{"by": by, "modules": ["practical", "talk"]}, {"by": "decision"}]
        found = example(json.dumps(draft), ("stages", 0, "ties", 0))
        assert found is not None
        assert [line.parted for line in found.shown.ties] == [True]


def test_prizes_are_counted_for_ten_thirty_and_those_there_are() -> None:
    levels = [{"name": "一等奖", "percent": 10, "round": "ceil"}, {"name": "优秀奖", "min_total": 60}]
    draft = contest_plan() | {"awards": {"levels": levels}}
    found = example(json.dumps(draft), ("awards", "levels", 0), entrants=57)
    assert found is not None
    assert found.prizes is not None
    assert found.prizes.entrants == (10, 30, 57)
    assert found.prizes.rows == (("一等奖", (1, 3, 6)), ("优秀奖", (None, None, None)))
    assert found.prizes.chosen == 0
    assert example(json.dumps(contest_plan()), ("awards",)) is not None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"stages": []}', json.dumps({"stages": [{"code": "s", "modules": []}]})]
)
def test_a_draft_that_cannot_be_read_has_no_example(text: str) -> None:
    assert example(text, ("stages", 0, "modules", 3)) is None


def test_a_path_that_leads_nowhere_shows_the_plan_as_a_whole() -> None:
    for path in (("stages", 9), ("stages", 0, "modules", 9), ("stages", 0, "ties", 9), ("titles", 0), ("x",)):
        found = example(json.dumps(contest_plan()), path)
        assert found is not None
        assert (found.module, found.rival) == ("practical", None)


def test_an_example_takes_at_most_thirty_milliseconds() -> None:
    criteria = [{"code": f"P{n}", "kind": "points", "max": 5, "step": 0.5} for n in range(30)]
    text = json.dumps(contest_plan(criteria, panel={"drop_high": 1, "drop_low": 1}))
    example(text, ())
    for path in (("stages", 0, "modules", 1), ("stages", 0, "ties", 0)):
        spent = []
        for seed in range(5):
            begun = time.perf_counter()
            example(text, path, seed)
            spent.append(time.perf_counter() - begun)
        assert min(spent) < 0.03, path


# --- the curve ---
def test_a_scale_is_drawn_from_the_rules_own_points() -> None:
    curve = curve_of(drafted(), ("stages", 0, "modules", 1, "criteria", 2))
    assert curve is not None
    assert (curve.left, curve.marked) == (0, (0, Fraction(1, 5), Fraction(1, 2)))
    assert curve.corners[1:3] == ((Fraction(1, 5), 30), (Fraction(1, 2), 0))
    assert curve.at(Fraction(28, 100)) == 22
    assert curve.trial == Fraction(28, 100)
    assert curve.nearest(Fraction(2814, 10000)) == Fraction(281, 1000)
    assert curve.nearest(Fraction(99)) == curve.right


def test_steps_deductions_levels_and_times_have_curves_and_plain_points_none() -> None:
    criteria = [
        {"code": "A", "kind": "measured", "scale": [[0, 10], [900, 5]], "between": "step", "unit": "s"},
        {"code": "B", "kind": "deduction", "max": 10, "each": 4},
        {"code": "C", "kind": "judgement", "max": 6},
        {"code": "D", "kind": "points", "max": 6},
        {"code": "E", "kind": "measured", "scale": [[5, 10]]},
    ]
    plan = drafted(criteria, time_bands=[[360, 0.2], [390, 0.5]])
    a, b, c, d, e = (curve_of(plan, ("stages", 0, "modules", 1, "criteria", n)) for n in range(5))
    assert a is not None
    assert (a.stepped, a.at(Fraction(899)), a.at(Fraction(900))) == (True, 10, 5)
    assert b is not None
    assert (b.at(Fraction(2)), b.at(Fraction(3)), b.marked) == (2, 0, (0, Fraction(5, 2)))
    assert c is not None
    assert [points for _, points in c.corners] == [0, 2, 4, 6]
    assert (c.read("2"), c.read("4"), c.read("1.5"), c.read("x")) == (2, None, None, None)
    assert d is None
    assert e is not None
    time_curve = curve_of(plan, ("stages", 0, "modules", 1))
    assert time_curve is not None
    assert [time_curve.at(Fraction(s)) for s in (359, 360, 400)] == [0, Fraction(1, 5), Fraction(1, 2)]
