"""Competition packages read, ranked and written so that they come back equal (package.md §1)."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from competition_app import paths
from competition_app.documents.packages.package import (
    canonical_json,
    package_bytes,
    package_of,
    read_package,
    write_package,
)
from competition_app.documents.packages.package_facts import facts_of
from competition_app.documents.packages.package_schema import schemas
from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from competition_app.services.results.ranking_file import rank_package
from tests.documents.packages import FILES, WHOLE, changed, errors, exact, saved


@pytest.mark.parametrize("name", ["halfpipe", "figure-skating"])
def test_official_results(name: str) -> None:
    document = rank_package(FILES / f"{name}.json").document(words("zh"))
    expected = json.loads((FILES / f"{name}.expect.json").read_text(encoding="utf-8"))
    seen = 0
    for event in document["events"]:
        (division,) = event["divisions"]
        assert len(division["standings"]) == len(expected[event["code"]])
        for row in division["standings"]:
            official = expected[event["code"]][row["number"]]
            assert (row["place"], row["total"]) == (official["place"], official["total"])
            for module, score in official.get("modules", {}).items():
                assert Decimal(row["modules"][module]["score"]) == Decimal(score)
            seen += 1
    assert seen == sum(len(rows) for rows in expected.values())


def test_the_whole_package_is_read_and_ranked(tmp_path: Path) -> None:
    assert errors(WHOLE) == {}
    file = saved(tmp_path, json.dumps(WHOLE).encode())
    document = rank_package(file, "UAV").document(words("en"))
    assert document["competition"] == "SZ"
    (row, other) = document["events"][0]["divisions"][0]["standings"]
    # 35.5 + 4 + 4 - 2 = 41.5; 80 × 0.3 + 41.5 × 0.7 = 53.05
    assert (row["total"], row["criteria"]["practical"]["P3"], other["status"]) == (
        "53.05",
        "4.000000",
        "absent",
    )
    assert document["organisations"] == []


def test_what_is_not_needed_may_be_left_out() -> None:
    plan = {"stages": [{"code": "s", "modules": [{"code": "m", "kind": "direct"}]}]}
    penalties = [{"entry": "1", "points": None, "disqualifies": True}]
    event = {"code": "E", "plan": plan, "entries": [{"number": "1"}], "penalties": penalties}
    values = {"format": "competition-package", "version": 1, "competition": {"code": "C"}, "events": [event]}
    assert errors(values) == {}


def test_an_event_the_package_does_not_hold(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="There is no event X in the package; it holds UAV"):
        rank_package(saved(tmp_path, json.dumps(WHOLE).encode()), "X")


def test_equal_packages_give_equal_bytes(tmp_path: Path) -> None:
    package = package_of(exact(WHOLE))
    first = package_bytes(package)
    assert package_bytes(package_of(exact(json.loads(first, parse_float=str)))) == first
    file = tmp_path / "out.zip"
    write_package(package, file, {"C1.jpg": b"picture"})
    again = read_package(file)
    assert (package_bytes(again.package), again.pictures) == (first, {"C1.jpg": b"picture"})
    other = tmp_path / "other.zip"
    write_package(again.package, other, again.pictures)
    assert other.read_bytes() == file.read_bytes()


def test_what_is_written_stays_as_it_was_given() -> None:
    written = json.loads(package_bytes(package_of(exact(WHOLE))), parse_float=Decimal)
    assert written["events"][0]["judges"][0]["modules"] == ["practical"]
    assert written["events"][0]["plan"]["stages"][0]["modules"][0] == {
        "code": "theory",
        "kind": "direct",
        "full": 100,
        "weight": Decimal("0.3"),
    }
    assert written["events"][0]["marks"][1]["value"] is True


def test_numbers_are_written_plainly() -> None:
    assert canonical_json(
        [Decimal("1E+2"), Decimal("0.50"), Decimal("-0"), 3, True, None, "é\n"]
    ).split() == [
        "[",
        "100,",
        "0.5,",
        "0,",
        "3,",
        "true,",
        "null,",
        '"é\\n"',
        "]",
    ]


NASTY = '=cmd|"/c calc"!A1 <img src=x> R&D \u200b \U00030edd \x07 {n} 50 %'


def test_a_nasty_text_goes_in_and_out_unchanged(tmp_path: Path) -> None:
    values = changed("contestants.0.name", NASTY)
    values["events"][0]["entries"][0]["fields"] = {NASTY: NASTY}
    values["events"][0]["name"] = NASTY
    file = tmp_path / "p.json"
    write_package(package_of(exact(values)), file)
    found = read_package(file).package
    assert (found.contestants[0].name, found.events[0].name) == (NASTY, NASTY)
    assert found.events[0].entries[0].fields == {NASTY: NASTY}
    assert facts_of(found, "UAV").entries[0].fields == {NASTY: NASTY}


def test_the_shipped_schemas_are_current() -> None:
    for name, text in schemas().items():
        assert (paths.resources() / "schema" / name).read_text(encoding="utf-8") == text, name


SCHEMA = json.loads(schemas()["competition-package.schema.json"])


def test_the_schema_takes_what_the_types_take() -> None:
    for values in (
        WHOLE,
        *(json.loads((FILES / f"{n}.json").read_text("utf-8")) for n in ("halfpipe", "figure-skating")),
    ):
        jsonschema.validate(values, SCHEMA)
    loose = changed("events.0.judges.0.persons", ["王五", {"name": "赵六", "since": "10:00"}])
    loose["events"][0]["plan"]["stages"][0]["modules"][1] |= {"conflict": "set_aside", "round": None}
    assert errors(loose) == {}
    jsonschema.validate(loose, SCHEMA)


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("colour", "red"),
        ("events.0.marks.0.value", "many"),
        ("events.0.marks.0.value", None),
        ("events.0.entries.1.status", "gone"),
        ("events.0.entries.1.number", 2),
        ("events.0.plan.stages.0.modules.0.kind", "x"),
        ("events.0.plan.stages.0.modules.0.weight", True),
    ],
)
def test_the_schema_refuses_what_the_types_refuse(change: str, value: Any) -> None:
    values = changed(change, value)
    assert errors(values)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(values, SCHEMA)
