"""Packages in and out: equal after a round trip, and the store's standings are those of ``rank``."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competition_app.documents.packages.package import package_bytes, package_of, read_package
from competition_app.documents.packages.package_types import Package
from competition_app.documents.results.result_json import result_document
from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.exchange import exchange
from competition_app.services.registration import organisations
from competition_app.services.results import results
from competition_app.services.results.ranking_file import results_of
from competition_app.services.workspace import Workspace

PACKAGES = Path(__file__).parent.parent / "files" / "packages"
WHEN = "2025-09-02T18:00:00+08:00"


def whole() -> dict[str, Any]:
    """A package with something in every place."""
    values: dict[str, Any] = json.loads((PACKAGES / "whole.json").read_text(encoding="utf-8"))
    return values


Fresh = Callable[[], Any]


@pytest.fixture
def fresh(store_template: Path, tmp_path: Path) -> Fresh:
    """Opens an empty store of its own each time."""
    count = iter(range(10**6))

    @contextmanager
    def opened() -> Iterator[Workspace]:
        path = tmp_path / f"store-{next(count)}.db"
        with Workspace(Path(shutil.copyfile(store_template, path))) as workspace:
            yield workspace
        path.unlink()

    return opened


def read(values: Any) -> Package:
    return package_of(json.loads(json.dumps(values), parse_float=Decimal))


def taken(workspace: Workspace, actor: Actor, values: Any) -> exchange.Taken:
    return workspace.do(actor, exchange.take_in, read(values))


def test_a_package_with_everything_comes_out_as_it_went_in(workspace: Workspace, organiser: Actor) -> None:
    told = taken(workspace, organiser, whole())
    assert (told.code, told.organisations, told.contestants, told.entries, told.marks) == (
        "SZ2025",
        3,
        3,
        3,
        8,
    )
    package = workspace.ask(exchange.package_of, "SZ2025", WHEN)
    expected = whole()
    expected["events"][0]["judges"][1]["modules"] = ["practical"]  # the only stage with this module
    assert package_bytes(package) == package_bytes(read(expected))


@pytest.mark.parametrize("name", ["figure-skating", "halfpipe"])
def test_real_contests_stand_in_the_store_as_rank_gives_them(
    workspace: Workspace, organiser: Actor, name: str
) -> None:
    file = PACKAGES / f"{name}.json"
    told = exchange.import_package(workspace, organiser, file)
    found = workspace.ask(results.competition_results, told.code)
    assert result_document(told.code, found, words("zh")) == result_document(
        told.code, results_of(read_package(file).package), words("zh")
    )
    expected = json.loads((PACKAGES / f"{name}.expect.json").read_text(encoding="utf-8"))
    for event in found.events:
        for row in event.divisions[-1].standings:
            wanted = expected[event.event][row.number]
            assert (row.place, row.total) == (wanted["place"], wanted["total"])
            for code, score in wanted.get("modules", {}).items():
                assert Decimal(row.modules[code].score or 0) == Decimal(score)


def test_a_code_already_there_is_refused_and_nothing_is_written(
    workspace: Workspace, organiser: Actor
) -> None:
    taken(workspace, organiser, whole())
    again = whole()
    with pytest.raises(Refusal, match="SZ2025"):
        taken(workspace, organiser, again)
    assert len(workspace.ask(competitions.competitions)) == 1


def test_known_people_and_units_are_found_again(workspace: Workspace, organiser: Actor) -> None:
    taken(workspace, organiser, whole())
    units = len(workspace.ask(organisations.organisations))
    other = whole()
    other["competition"]["code"] = "SZ2026"
    taken(workspace, organiser, other)
    assert len(workspace.ask(organisations.organisations)) == units
    third = whole()
    third["competition"]["code"] = "SZ2027"
    third["contestants"][0]["name"] = "李四"
    with pytest.raises(Refusal, match="another name"):
        taken(workspace, organiser, third)
    assert [row.code for row in workspace.ask(competitions.competitions)] == ["SZ2026", "SZ2025"]


def test_a_figure_finer_than_the_store_is_refused_with_its_path(
    workspace: Workspace, organiser: Actor
) -> None:
    values = whole()
    values["events"][0]["scores"][0]["value"] = "80.12345678901"
    with pytest.raises(Refusal, match=r"events\[0\]\.scores\[0\]\.value"):
        taken(workspace, organiser, values)
    assert workspace.ask(competitions.competitions) == ()


def test_files_go_round(workspace: Workspace, organiser: Actor, fresh: Fresh, tmp_path: Path) -> None:
    taken(workspace, organiser, whole())
    first, second = tmp_path / "one.competition.json", tmp_path / "two.competition.json"
    exchange.export_package(workspace, "SZ2025", first, WHEN)
    with fresh() as other:
        exchange.import_package(other, organiser, first)
        exchange.export_package(other, "SZ2025", second, WHEN)
    assert first.read_bytes() == second.read_bytes()


UNITS = ("U", "A", "B")
NUMBERS = ("1", "2", "3", "10")
JUDGES = ("J1", "J2", "J3")
_SOME = st.lists(st.sampled_from(NUMBERS), unique=True)
GIVEN = ("ranked", "withdrawn", "out_of_competition")
_of_unit = st.fixed_dictionaries({}, optional={"organisation": st.sampled_from(UNITS)})
_named = st.fixed_dictionaries({}, optional={"organisation": st.sampled_from(UNITS), "name": st.just("裁")})


@st.composite
def packages(draw: st.DrawFn) -> dict[str, Any]:
    """Packages of one event whose rows are all allowed; many things left out."""
    judges = [
        {"code": code, "modules": ["m"]} | draw(_named)
        for code in draw(st.lists(st.sampled_from(JUDGES), unique=True, min_size=1))
    ]
    event = {
        "code": "E", "name": "赛项", "plan": {"stages": draw(_stages())}, "judges": judges,
        "entries": [
            {"number": number, "status": draw(st.sampled_from(GIVEN))} | draw(_of_unit)
            for number in draw(st.permutations(NUMBERS))
        ],
        "marks": list(_marks(draw, judges)),
        "scores": [
            {"entry": n, "stage": "s", "module": "d", "attempt": 1, "value": draw(st.integers(0, 200)) / 2}
            for n in draw(_SOME)
        ],
        "recusals": [
            {"entry": n, "module": "m", "judge": draw(st.sampled_from(judges))["code"], "reason": "回避"}
            for n in draw(_SOME)
        ],
        "absences": [{"entry": n, "module": "m"} for n in draw(_SOME.filter(lambda some: len(some) < 2))],
        "penalties": [
            {"entry": n, "stage": "s", "points": draw(st.integers(0, 5))}
            for n in draw(st.lists(st.sampled_from(NUMBERS), max_size=2))
        ],
        "lots": [list(draw(st.permutations(NUMBERS)))] if draw(st.booleans()) else [],
    }  # fmt: skip
    parent = draw(st.sampled_from(["U", None]))
    return {
        "format": "competition-package",
        "version": 1,
        "competition": {"code": "K", "name": "竞赛"},
        "organisations": [
            {"code": "A", "name": "甲", "parent": "U"},
            {"code": "U", "name": "工会"},
            {"code": "B", "name": "乙", "parent": parent},
        ],
        "events": [event],
    }


@st.composite
def _stages(draw: st.DrawFn) -> list[dict[str, Any]]:
    criteria = [
        {"code": "a", "kind": "points", "max": 10, "step": 0.5},
        {"code": "b", "kind": "measured", "scale": [[0, 10], [1, 0]]},
        {"code": "c", "kind": "check", "max": 2},
    ]
    panel = {
        "across": draw(st.sampled_from(["sheet", "criterion"])),
        "combine": draw(st.sampled_from(["mean", "median", "sum"])),
        "min_judges": draw(st.integers(1, 2)),
    }
    module = {
        "code": "m", "kind": "sheets", "full": draw(st.sampled_from([None, 22])), "criteria": criteria,
        "panel": panel, "attempts": {"count": 2, "take": draw(st.sampled_from(["best", "mean", "last"]))},
        "conflict": {"mode": draw(st.sampled_from(["refuse", "set_aside"])), "up_to": ["U"]},
    }  # fmt: skip
    direct = {"code": "d", "kind": "direct", "full": 100, "weight": 0.5}
    last = {"code": "s", "modules": [direct, module], "round": {"total": 2}, "ties": [{"by": "lot"}]}
    first = {"code": "p", "modules": [direct], "advance": {"count": 2}}
    return [first, last] if draw(st.booleans()) else [last]


def _marks(draw: st.DrawFn, judges: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number in draw(st.lists(st.sampled_from(NUMBERS), unique=True)):
        for attempt in draw(st.lists(st.integers(1, 2), unique=True)):
            for judge in judges:
                for code, values in _VALUES.items():
                    if draw(st.integers(0, 9)):
                        value = draw(values)
                        yield {
                            "entry": number, "module": "m", "attempt": attempt, "judge": judge["code"],
                            "criterion": code, "value": str(value) if isinstance(value, float) else value,
                        }  # fmt: skip


_VALUES = {
    "a": st.one_of(st.integers(0, 20).map(lambda n: n / 2), st.sampled_from(["absent", "DNF"])),
    "b": st.integers(-5, 20).map(lambda n: n / 10),
    "c": st.booleans(),
}


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=packages())
def test_any_package_goes_round_and_ranks_alike(
    fresh: Fresh, organiser: Actor, values: dict[str, Any]
) -> None:
    package = read(values)
    with fresh() as first, fresh() as second:
        first.do(organiser, exchange.take_in, package)
        out = first.ask(exchange.package_of, "K", WHEN)
        second.do(
            organiser, exchange.take_in, package_of(json.loads(package_bytes(out), parse_float=Decimal))
        )
        assert package_bytes(out) == package_bytes(second.ask(exchange.package_of, "K", WHEN))
        ranked = result_document("K", results_of(package), words("en"))
        assert result_document("K", results_of(out), words("en")) == ranked
        stored = first.ask(results.competition_results, "K")
        assert result_document("K", stored, words("en")) == ranked
