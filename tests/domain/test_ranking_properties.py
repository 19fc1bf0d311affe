"""What holds for every plan and every mark: order of input, places, withdrawals, exactness, memory."""

import ast
import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import competition_app.domain
from competition_app.domain.ranking.ranking import Working, rank_event
from competition_app.domain.ranking.result import EventResult
from competition_app.domain.scoring.facts import EventFacts, Outcome, Work, work_of, works_of_rows
from competition_app.domain.scoring.memory import Memory
from tests.domain.making import entries, facts, marks, ranked, rows, seats, sheets, totals

QUICK = settings(max_examples=25, deadline=None, derandomize=True)
VALUES = st.lists(st.integers(0, 6), min_size=1, max_size=12)


def event(seed: int) -> dict[str, Any]:
    """An event with judges, absent marks, penalties, statuses and times, all from one seed."""
    chance = random.Random(seed)
    numbers = [str(n) for n in range(1, 9)]
    criteria = [{"code": "p", "kind": "points", "max": 10}, {"code": "q", "kind": "judgement", "max": 6}]
    plan = sheets(
        criteria, panel={"drop_high": 1, "across": chance.choice(["sheet", "criterion"])}, round={"module": 1}
    )
    plan["stages"][0]["ties"] = [{"by": "penalty"}, {"by": "time", "module": "m"}]
    given = [
        row
        for number in numbers
        for row in marks(
            number,
            {
                "p": [chance.choice([8, 9, "absent"]) for _ in range(3)],
                "q": [chance.choice([1, 2, 3]) for _ in range(3)],
            },
        )
    ]
    return {
        "plan": plan,
        "judges": seats(3),
        "marks": given,
        "entries": [
            {"number": n, "status": chance.choice(["ranked", "ranked", "out_of_competition", "absent"])}
            for n in numbers
        ],
        "penalties": [
            {"entry": n, "stage": "s", "points": chance.choice([0, 1]), "reason": "r"} for n in numbers
        ],
        "times": [{"entry": n, "module": "m", "seconds": chance.choice([5, 6])} for n in numbers],
    }


@QUICK
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_order_of_input_never_matters(seed: int, chance: random.Random) -> None:
    made = event(seed)
    before = ranked(made)
    for name in ("marks", "entries", "penalties", "times", "judges"):
        chance.shuffle(made[name])
    assert ranked(made) == before


@QUICK
@given(VALUES)
def test_under_1224_a_place_is_one_more_than_the_number_better(values: list[int]) -> None:
    found = rows(ranked(totals(values)))
    for number, row in found.items():
        assert row["place"] == 1 + sum(value > values[int(number) - 1] for value in values)
        assert row["shared"] == (values.count(values[int(number) - 1]) > 1)


@QUICK
@given(st.integers(0, 10_000))
def test_a_withdrawn_entry_changes_nobodys_order(seed: int) -> None:
    made = event(seed)
    before = [row["number"] for row in ranked(made)["divisions"][0]["standings"] if row["status"] == "ranked"]
    gone = random.Random(seed).choice(made["entries"])
    gone["status"] = "withdrawn"
    after = [row["number"] for row in ranked(made)["divisions"][0]["standings"] if row["status"] == "ranked"]
    assert after == [number for number in before if number != gone["number"]]


@QUICK
@given(st.integers(0, 10_000))
def test_a_remembered_ranking_is_a_fresh_ranking(seed: int) -> None:
    chance, memory = random.Random(seed), Memory()
    known = facts(event(seed))
    for _ in range(4):
        assert rank_event(known, memory=memory) == rank_event(known)
        place, work = chance.choice(sorted(known.works.items(), key=lambda pair: pair[0]))
        changed = dict(zip(work.keys, work.values, strict=True))
        changed[chance.choice(work.keys)] = chance.choice([known.scale, 2 * known.scale, Outcome.ABSENT])
        known = known.with_work(place, work_of(changed))
    known = replace(known, times={}, penalties=())
    assert rank_event(known, memory=memory) == rank_event(known)


def test_a_carried_total_is_never_remembered_wrongly() -> None:
    stage = {
        "code": "s",
        "kind": "sheets",
        "full": 100,
        "criteria": [{"code": "p", "kind": "points", "max": 100}],
    }
    plan = {
        "stages": [
            {"code": "a", "modules": [{**stage, "code": "m"}]},
            {
                "code": "b",
                "modules": [{**stage, "code": "n"}],
                "carry": {"stage": "a"},
                "ties": [{"by": "stage", "stage": "a"}],
            },
        ]
    }
    given = (
        marks("1", [10])
        + marks("2", [20])
        + [{**m, "module": "n"} for m in marks("1", [50]) + marks("2", [40])]
    )
    known, memory = facts({"plan": plan, "entries": entries("12"), "marks": given}), Memory()
    for points in (10, 30, 20, 10):
        known = known.with_work(("a", "m", "1"), work_of({(1, "J1", "p"): points}))
        assert rank_event(known, memory=memory) == rank_event(known)


@QUICK
@given(st.integers(0, 10_000))
def test_stored_rows_and_packages_give_one_result(seed: int) -> None:
    """Marks as the store has them (10^-9, by number) against marks as the package has them."""
    known = facts(event(seed))
    numbers = sorted({place[2] for place in known.works})
    judges, criteria = {1: "J1", 2: "J2", 3: "J3"}, {1: "p", 2: "q"}
    codes = {**{name: key for key, name in judges.items()}, **{name: key for key, name in criteria.items()}}
    stored = []
    for place, work in known.works.items():
        for (attempt, judge, criterion), value in zip(work.keys, work.values, strict=True):
            outcome = 1 if value is Outcome.ABSENT else 0
            units = None if isinstance(value, Outcome) else value * 10**9 // known.scale
            stored.append((numbers.index(place[2]), attempt, codes[criterion], codes[judge], units, outcome))
    works = works_of_rows(
        sorted(stored, key=lambda row: row[:4]), lambda work: ("s", "m", numbers[work]), criteria, judges
    )
    assert rank_event(replace(known, works=works, scale=10**9)) == rank_event(known)


def test_rows_of_sheets_that_do_not_count_are_left_out() -> None:
    stored = [(0, 1, 1, 1, 5, 0), (0, 1, 1, 2, 6, 0), (1, 1, 1, 1, None, 2)]
    works = works_of_rows(
        stored, lambda work: ("s", "m", str(work)), {1: "p"}, {1: "J1", 2: "J2"}, {(0, 1, 2)}
    )
    assert works["s", "m", "0"].values == (5,)
    assert works["s", "m", "1"].values == (Outcome.DNF,)
    assert not works["s", "m", "1"].plain
    assert works_of_rows([], lambda work: ("s", "m", str(work)), {}, {}) == {}


def values_in(value: object, seen: dict[int, object]) -> Iterator[object]:
    """Everything reachable from a value; ``seen`` keeps it all alive, so that no id is used twice."""
    if id(value) in seen:
        return
    seen[id(value)] = value
    yield value
    if is_dataclass(value):
        for each in fields(value):
            yield from values_in(getattr(value, each.name), seen)
    elif isinstance(value, dict):
        for pair in value.items():
            yield from values_in(pair, seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from values_in(each, seen)


def test_no_float_is_reachable_from_a_result_or_its_working() -> None:
    rule = {"by": "judge", "method": "z-score", "mean": 100, "sd": 20}
    known = facts(
        {
            "plan": sheets(normalise=rule),
            "entries": entries("12"),
            "marks": marks("1", [3, 4]) + marks("2", [5, 7]),
        }
    )
    result = rank_event(known)
    assert isinstance(result.working, Working)
    found = [
        value for value in values_in((result, result.working), {}) if isinstance(value, float | Fraction)
    ]
    assert any(isinstance(value, Fraction) for value in found)
    assert not any(isinstance(value, float) for value in found)


RULES = Path(competition_app.domain.__file__).parent
SCORING = sorted(file for area in ("scoring", "ranking") for file in (RULES / area).glob("*.py"))


@pytest.mark.parametrize("file", SCORING, ids=lambda file: file.stem)
def test_no_float_stands_anywhere_in_the_rules(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not (isinstance(node, ast.Name) and node.id == "float"), node.lineno
        called = node.func if isinstance(node, ast.Call) else None
        assert not (isinstance(called, ast.Name) and called.id == "round"), node.lineno
        assert not (
            isinstance(node, ast.Import) and any(a.name in ("math", "statistics") for a in node.names)
        )


def test_a_result_travels_without_its_working() -> None:
    import pickle

    result = rank_event(facts(event(1)))
    copy = pickle.loads(pickle.dumps(result))
    assert isinstance(copy, EventResult)
    assert copy == result
    assert copy.working is None


def test_works_marked_alike_share_their_keys() -> None:
    known: EventFacts = facts(event(3))
    assert len({id(work.keys) for work in known.works.values()}) == 1
    assert all(isinstance(work, Work) for work in known.works.values())
