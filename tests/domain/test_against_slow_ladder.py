"""The program's ranking held against the slow ladder on generated plans and marks."""

from copy import deepcopy
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competition_app.documents.packages.package import package_of
from competition_app.documents.packages.package_facts import facts_of
from competition_app.documents.results.result_json import event_document
from competition_app.domain.ranking.ranking import rank_event
from competition_app.i18n import words
from tests.domain.slow_ladder import Slow

GAPS = {"missing_marks", "not_enough_judges", "not_agreed", "missing_module", "missing_time"}
DIGITS = st.sampled_from([None, None, 0, 1, 2, 3])
SMALL = st.sampled_from(["0", "0.5", "1", "2", "3.25"])


def hundredths(most: int) -> st.SearchStrategy[str]:
    return st.integers(0, most).map(lambda n: str(Decimal(n) / 100))


@st.composite
def criterion(draw: Any, index: int) -> dict[str, Any]:
    kind = draw(st.sampled_from(["points", "check", "judgement", "measured", "deduction", "bonus"]))
    made: dict[str, Any] = {
        "code": f"C{index}",
        "kind": kind,
        "max": draw(st.sampled_from(["2", "6", "10", "7.5"])),
    }
    if kind == "measured":
        made["scale"] = [["0", "5"], ["0.25", "3"], ["1.75", "0"]]
        made["between"] = draw(st.sampled_from(["linear", "step"]))
    if kind == "deduction":
        made["each"] = draw(st.sampled_from(["1", "2", "0.3"]))
    if draw(st.booleans()):
        made["factor"] = draw(st.sampled_from(["0.8", "1.2", "0.3", "2"]))
    return made


def mark(c: dict[str, Any]) -> st.SearchStrategy[Any]:
    kind = c["kind"]
    if kind == "check":
        return st.sampled_from([True, False, "yes", "no", 1, 0])
    if kind == "judgement":
        return st.integers(0, 3)
    if kind == "measured":
        return hundredths(250)
    if kind == "deduction":
        return st.integers(0, 8)
    return st.integers(0, int(Decimal(c["max"]) * 4)).map(lambda n: str(Decimal(n) / 4))


@st.composite
def module(draw: Any, index: int, low: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "code": f"M{index}",
        "kind": draw(st.sampled_from(["direct", "sheets", "sheets"])),
    }
    made["full"] = draw(st.sampled_from(["10", "20", "100", None]))
    made["weight"] = draw(st.sampled_from(["1", "0.3", "0.7", "0.25"]))
    if made["full"] is not None and draw(st.booleans()):
        made["basis"] = "percent"
    if not low and draw(st.booleans()):
        made["absent_module"] = "zero"
    count = draw(st.sampled_from([1, 1, 2, 3]))
    takes = ["best", "last", "mean", "sum"] + (["trimmed"] if count == 3 else [])
    made["attempts"] = {"count": count, "take": draw(st.sampled_from(takes))}
    rungs = ["criterion", "factored", "sheet", "attempt", "module"]
    made["round"] = {rung: draw(DIGITS) for rung in rungs}
    if made["kind"] == "sheets":
        made["criteria"] = [draw(criterion(i)) for i in range(draw(st.integers(1, 3)))]
        made["panel"] = draw(panel())
        if made["panel"]["across"] == "criterion" and draw(st.booleans()):
            made["criteria"][-1]["panel"] = {k: v for k, v in draw(panel()).items() if k != "across"}
    if draw(st.integers(0, 3)) == 0:
        made["normalise"] = {"by": "group", "method": "mean-ratio", "trim": draw(st.integers(0, 1))}
        if made["kind"] == "sheets" and made["panel"]["across"] == "sheet" and draw(st.booleans()):
            made["normalise"] = {"by": "judge", "method": "z-score", "mean": "10", "sd": "3"}
    if draw(st.integers(0, 3)) == 0:
        made["time_bands"] = [["0", "0.5"], ["60", "0"], [draw(st.sampled_from(["61", "75"])), draw(SMALL)]]
    if draw(st.integers(0, 7)) == 0:
        made["time_factors"] = [["60.5", "0.95"], ["70", "0.333"]]
    return made


@st.composite
def panel(draw: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "across": draw(st.sampled_from(["sheet", "criterion"])),
        "combine": draw(st.sampled_from(["mean", "mean", "median", "sum", "agreed"])),
        "drop_high": draw(st.integers(0, 1)),
        "drop_low": draw(st.integers(0, 1)),
    }
    if draw(st.booleans()):
        made["min_judges"] = draw(st.integers(1, 3))
    if draw(st.booleans()):
        made["drop_if_at_least"] = draw(st.integers(made["drop_high"] + made["drop_low"] + 1, 4))
    return made


@st.composite
def ties(draw: Any, stage: dict[str, Any]) -> list[dict[str, Any]]:
    codes = [m["code"] for m in stage["modules"]]
    sheets = [(m["code"], c["code"]) for m in stage["modules"] for c in m.get("criteria", [])]
    keys: list[dict[str, Any]] = [
        {"by": "penalty"},
        {"by": "time"},
        {"by": "decision"},
        {"by": "lot"},
        {"by": "field", "field": "age", "first": draw(st.sampled_from(["low", "high"]))},
    ]
    for code in codes:
        keys += [{"by": "module", "module": code}, {"by": "time", "module": code}]
        keys += [{"by": "submitted", "module": code}, {"by": "attempt", "module": code, "nth": 2}]
    keys += [{"by": "criterion", "module": m, "criterion": c} for m, c in sheets]
    keys += [{"by": "module", "modules": codes}, {"by": "time", "modules": codes}]
    return draw(st.lists(st.sampled_from(keys), max_size=3))


@st.composite
def stages(draw: Any, low: bool) -> list[dict[str, Any]]:
    first = {"code": "s1", "modules": [draw(module(i, low)) for i in range(draw(st.integers(1, 2)))]}
    made: list[dict[str, Any]] = [first]
    if draw(st.integers(0, 2)) == 0:
        second = {"code": "s2", "modules": [draw(module(9, low))]}
        if draw(st.booleans()):
            basis = draw(st.sampled_from([{}, {"basis": "percent", "full": "35"}]))
            second["carry"] = {"stage": "s1", "weight": "0.3", **basis}
        made.append(second)
    for stage in made:
        stage["round"] = {"weighted": draw(DIGITS), "total": draw(st.sampled_from([0, 0, 1, 2, None]))}
        stage["places"] = draw(st.sampled_from(["1224", "1223", "1334"]))
        stage["ties"] = draw(ties(stage))
    return made


@st.composite
def events(draw: Any) -> dict[str, Any]:
    low = draw(st.integers(0, 3)) == 0
    plan = {"order": "low" if low else "high", "stages": draw(stages(low))}
    lists = ("marks", "scores", "times", "penalties", "absences", "submitted")
    event: dict[str, Any] = {"code": "E", "name": "E", "plan": plan, **{name: [] for name in lists}}
    if draw(st.booleans()):
        event["divisions"] = [{"code": "W"}, {"code": "S"}]
    numbers = draw(st.permutations([str(n) for n in range(7, 7 + draw(st.integers(1, 6)))]))
    event["entries"] = [draw(entry(number, bool(event.get("divisions")))) for number in numbers]
    seats = [f"J{n}" for n in range(8, 8 + draw(st.integers(1, 4)))]
    if draw(st.booleans()):
        modules = [m["code"] for stage in plan["stages"] for m in stage["modules"]]
        groups = st.sampled_from([None, None, "A", "B"])
        event["judges"] = [{"code": s, "modules": modules, "group": draw(groups)} for s in seats]
    for stage in plan["stages"]:
        for m in stage["modules"]:
            for each in event["entries"]:
                draw(fill(event, stage["code"], m, each, seats))
    event["decisions"] = [{"entries": draw(st.permutations(numbers))[:2], "reason": "r"}]
    event["lots"] = [draw(st.permutations(numbers))[:3]]
    if len(plan["stages"]) > 1 and draw(st.booleans()):
        event["advanced"] = {"s2": [n for n in numbers if draw(st.booleans())]}
    return event


@st.composite
def entry(draw: Any, number: str, divided: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"number": number, "group": draw(st.sampled_from([None, "A", "B"]))}
    likely = ["ranked"] * 6 + ["out_of_competition"] * 2
    made["status"] = draw(st.sampled_from([*likely, "withdrawn", "disqualified", "absent"]))
    if divided:
        made["division"] = draw(st.sampled_from(["W", "S"]))
    if draw(st.booleans()):
        made["fields"] = {"age": draw(st.sampled_from(["30", "9", "30.0"]))}
    return made


MOMENTS = ["2025-09-01T10:00:00+08:00", "2025-09-01T02:00:00+00:00", "2025-09-01T10:01:00+08:00"]
Values = dict[str, Any]


@st.composite
def fill(draw: Any, event: Values, stage: str, m: Values, each: Values, seats: list[str]) -> None:
    """What an entry did in a module."""
    place = {"entry": each["number"], "module": m["code"]}
    timed = "time_bands" in m or "time_factors" in m
    if draw(st.integers(0, 7)) if timed else draw(st.booleans()):
        event["times"].append({**place, "seconds": draw(st.sampled_from([60, 60, 75, "59.5"]))})
    if draw(st.booleans()):
        event["submitted"].append({**place, "at": draw(st.sampled_from(MOMENTS))})
    fate = draw(st.integers(0, 11))
    if fate == 0:
        event["absences"].append(place)
    if fate < 2:
        return
    off = {"points": draw(SMALL), "reason": "r"}
    for attempt in range(1, draw(st.integers(1, m["attempts"]["count"])) + 1):
        if draw(st.integers(0, 5)) == 0:
            event["penalties"].append({**place, "stage": stage, "attempt": attempt, **off})
        if m["kind"] == "direct":
            value = "DNF" if draw(st.integers(0, 9)) == 0 else draw(hundredths(1000))
            event["scores"].append({**place, "attempt": attempt, "value": value})
        else:
            draw(judged(event, m, each, {**place, "attempt": attempt}, seats))
    kind = draw(st.integers(0, 9))
    if kind == 0:
        event["penalties"].append({**place, **off})
    if kind in (1, 2):
        out = {"disqualifies": draw(st.booleans())} if kind == 2 else {}
        event["penalties"].append({"entry": each["number"], "stage": stage, **off, **out})


@st.composite
def judged(draw: Any, event: Values, m: Values, each: Values, place: Values, seats: list[str]) -> None:
    """The marks of one attempt: now and then one is missing, absent, or a failure."""
    groups = {judge["code"]: judge["group"] for judge in event.get("judges", [])}
    for c in m["criteria"]:
        same = draw(mark(c)) if draw(st.booleans()) else None
        for seat in seats:
            group = groups.get(seat)
            odd = draw(st.integers(0, 40))
            if odd == 0 or (group and each["group"] and group != each["group"]):
                continue
            value = same if same is not None else draw(mark(c))
            value = {1: "absent", 2: "absent", 3: "DNF"}.get(odd, value)
            event["marks"].append({**place, "judge": seat, "criterion": c["code"], "value": value})


VARIANTS = 3
"""From each event drawn so many more are made, which is quicker than drawing them: 1,000 plans in all."""


def varied(event: Values, chance: Random) -> Values:
    """The event with other settings, and with its marks and scores exchanged among entries and judges."""
    made = deepcopy(event)
    for stage in made["plan"]["stages"]:
        stage["places"] = chance.choice(["1224", "1223", "1334"])
        stage["round"] = {rung: chance.choice([None, 0, 1, 2]) for rung in ("weighted", "total")}
        chance.shuffle(stage["ties"])
        for m in stage["modules"]:
            m["weight"] = chance.choice(["1", "0.3", "0.7"])
            m["round"] = {rung: chance.choice([None, 0, 1, 2, 3]) for rung in m["round"]}
            _vary_panel(m.get("panel"), chance)
            if m["attempts"]["count"] == 3:
                m["attempts"]["take"] = chance.choice(["best", "last", "mean", "sum", "trimmed"])
    _exchange(made["marks"], ("module", "criterion"), chance)
    _exchange(made["scores"], ("module",), chance)
    return made


def _vary_panel(panel_: Values | None, chance: Random) -> None:
    if panel_ is None:
        return
    panel_.pop("drop_if_at_least", None)
    panel_ |= {
        "combine": chance.choice(["mean", "median", "sum", "agreed"]),
        "min_judges": chance.randint(1, 3),
    }
    panel_ |= {"drop_high": chance.randint(0, 2), "drop_low": chance.randint(0, 2)}


def _exchange(rows: list[Values], alike: tuple[str, ...], chance: Random) -> None:
    """Exchange the values of rows alike in these keys."""
    found: dict[tuple[str, ...], list[Values]] = {}
    for row in rows:
        found.setdefault(tuple(row[key] for key in alike), []).append(row)
    for group in found.values():
        values = [row["value"] for row in group]
        chance.shuffle(values)
        for row, value in zip(group, values, strict=True):
            row["value"] = value


def held(event: Values) -> None:
    """The program's result is the slow ladder's."""
    package = {
        "format": "competition-package",
        "version": 1,
        "competition": {"code": "C", "name": "C"},
        "events": [event],
    }
    found = event_document(rank_event(facts_of(package_of(deepcopy(package)), "E")), words("en"))
    for division in found["divisions"]:
        for row in division["standings"]:
            row["gaps"] = {problem["code"] for problem in row["problems"]} & GAPS
            for key in ("award", "titles", "advances", "tie", "problems"):
                del row[key]
        del division["open_questions"]
    assert found["divisions"] == Slow(event).result()


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(events(), st.integers(0, 2**32))
def test_the_ranking_is_what_the_rules_say(event: dict[str, Any], seed: int) -> None:
    held(event)
    chance = Random(seed)
    for _ in range(VARIANTS):
        held(varied(event, chance))
