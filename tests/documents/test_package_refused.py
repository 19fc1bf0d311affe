"""Competition packages refused whole, each error with its path, and files that are none (package.md §1)."""

import json
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from competition_app.documents.packages.package import (
    package_of,
    read_package,
)
from competition_app.domain.errors import Refusal
from competition_app.i18n import words
from tests.documents.packages import WHOLE, changed, errors, exact, saved

E = "events.0"


@pytest.mark.parametrize(
    ("change", "value", "path"),
    [
        ("version", 2, "version"),
        ("colour", "red", "colour"),
        ("competition", {"name": "SZ"}, "competition.code"),
        ("competition.starts_on", "2025-02-30", "competition.starts_on"),
        ("organisations.1.parent", "U9", "organisations[1].parent"),
        ("organisations.0.parent", "E1", "organisations[0].parent"),
        ("organisations.1.code", "U1", "organisations[1].code"),
        ("contestants.0.photo", "../C1.jpg", "contestants[0].photo"),
        ("contestants.0.organisation", "E9", "contestants[0].organisation"),
        (
            f"{E}.plan.stages.0.modules.1.criteria.0.max",
            "x",
            "events[0].plan.stages[0].modules[1].criteria[0].max",
        ),
        (
            f"{E}.plan.stages.0.modules.1.criteria.0.step",
            0,
            "events[0].plan.stages[0].modules[1].criteria[0].step",
        ),
        (
            f"{E}.plan.stages.0.modules.1.criteria.1.code",
            "P1",
            "events[0].plan.stages[0].modules[1].criteria[1].code",
        ),
        (f"{E}.entries.1.number", "001", "events[0].entries[1].number"),
        (f"{E}.entries.1.number", 2, "events[0].entries[1].number"),
        (f"{E}.entries.1.division", "X", "events[0].entries[1].division"),
        (f"{E}.entries.1.status", "gone", "events[0].entries[1].status"),
        (f"{E}.entries.0.contestants.0", "C9", "events[0].entries[0].contestants[0]"),
        (f"{E}.entries.0.organisations.0.code", "E9", "events[0].entries[0].organisations[0].code"),
        (f"{E}.judges.0.modules.0", "flying", "events[0].judges[0].modules[0]"),
        (f"{E}.marks.0.entry", "009", "events[0].marks[0].entry"),
        (f"{E}.marks.0.module", "flying", "events[0].marks[0].module"),
        (f"{E}.marks.0.module", "theory", "events[0].marks[0].module"),
        (f"{E}.marks.0.stage", "heat", "events[0].marks[0].stage"),
        (f"{E}.marks.0.criterion", "P9", "events[0].marks[0].criterion"),
        (f"{E}.marks.0.judge", "J9", "events[0].marks[0].judge"),
        (f"{E}.marks.0.judge", "J2", "events[0].marks[0].judge"),
        (f"{E}.marks.0.entry", "002", "events[0].marks[0].judge"),
        (f"{E}.marks.0.attempt", 3, "events[0].marks[0].attempt"),
        (f"{E}.marks.0.value", 40.5, "events[0].marks[0].value"),
        (f"{E}.marks.0.value", -0.5, "events[0].marks[0].value"),
        (f"{E}.marks.0.value", 35.25, "events[0].marks[0].value"),
        (f"{E}.marks.0.value", True, "events[0].marks[0].value"),
        (f"{E}.marks.0.value", "yes", "events[0].marks[0].value"),
        (f"{E}.marks.0.value", None, "events[0].marks[0].value"),
        (f"{E}.marks.1.value", 2, "events[0].marks[1].value"),
        (f"{E}.marks.2.value", "1.5", "events[0].marks[2].value"),
        (f"{E}.marks.2.value", 4, "events[0].marks[2].value"),
        (f"{E}.marks.+", WHOLE["events"][0]["marks"][0], "events[0].marks[3]"),
        (f"{E}.scores.0.value", 100.5, "events[0].scores[0].value"),
        (f"{E}.scores.0.value", "absent", "events[0].scores[0].value"),
        (f"{E}.scores.0.module", "practical", "events[0].scores[0].module"),
        (f"{E}.times.0.seconds", -1, "events[0].times[0].seconds"),
        (f"{E}.times.+", WHOLE["events"][0]["times"][0], "events[0].times[1]"),
        (f"{E}.penalties.0.points", -1, "events[0].penalties[0].points"),
        (f"{E}.penalties.0.module", "x", "events[0].penalties[0].stage"),
        (f"{E}.absences.0.entry", "9", "events[0].absences[0].entry"),
        (f"{E}.submitted.0.at", "yesterday", "events[0].submitted[0].at"),
        (f"{E}.lots.0.1", "9", "events[0].lots[0][1]"),
        (f"{E}.advanced", {"semi": ["001"]}, "events[0].advanced.semi"),
        (f"{E}.decisions.0.entries.1", "001", "events[0].decisions[0].entries[1]"),
        (f"{E}.accepted.0.entry", "9", "events[0].accepted[0].entry"),
        (f"{E}.accepted.0.entries", ["001", "9"], "events[0].accepted[0].entries[1]"),
        (f"{E}.accepted.0.entries", ["001", "002"], "events[0].accepted[0].entry"),
        ("tables.0.points_by_place", [7], "tables[0]"),
    ],
)
def test_a_wrong_package_is_refused_with_the_path(change: str, value: Any, path: str) -> None:
    assert path in errors(changed(change, value))


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"judge": "J9"}, "events[0].recusals[1].judge"),
        ({"entry": "009"}, "events[0].recusals[1].entry"),
        ({"module": "theory"}, "events[0].recusals[1].module"),
        ({}, "events[0].recusals[1]"),
        ({"reason": 3}, "events[0].recusals[1].reason"),
    ],
)
def test_a_wrong_recusal_is_refused_with_the_path(more: dict[str, Any], path: str) -> None:
    first = {"entry": "001", "module": "practical", "judge": "J1", "reason": "回避"}
    assert list(errors(changed(f"{E}.recusals", [first, first | more]))) == [path]


def test_a_module_in_two_stages_must_be_told_apart() -> None:
    stage = deepcopy(WHOLE["events"][0]["plan"]["stages"][0])
    values = changed("events.0.plan.stages.+", {**stage, "code": "replay"})
    assert "name the stage" in errors(values)["events[0].marks[0].module"]
    for kind in ("marks", "scores", "times", "absences", "submitted"):
        for row in values["events"][0][kind]:
            row["stage"] = "final"
    assert errors(values) == {}


def test_where_no_judge_is_named_anybody_may_mark() -> None:
    values = changed("events.0.judges", [])
    values["events"][0]["marks"][0]["judge"] = "J7"
    assert errors(values) == {}


def test_errors_of_type_and_of_sense_are_told_together() -> None:
    values = changed("events.0.marks.0.value", 99)
    values["events"][0]["entries"][1]["colour"] = "red"
    values["events"][0]["times"][0] = {"entry": "001"}
    values["contestants"][0]["birth_date"] = "1990-13-01"
    assert set(errors(values)) == {
        "events[0].marks[0].value",
        "events[0].entries[1].colour",
        "events[0].times[0].module",
        "events[0].times[0].seconds",
        "contestants[0].birth_date",
    }


def test_a_row_that_is_refused_makes_no_further_errors() -> None:
    values = changed("events.0.entries.0.status", "gone")
    values["events"][0]["judges"][0]["role"] = 5
    assert set(errors(values)) == {"events[0].entries[0].status", "events[0].judges[0].role"}


def test_paths_stay_those_of_the_file_when_rows_before_are_refused() -> None:
    values = changed("events.0.marks.0.attempt", "first")
    values["events"][0]["marks"][2]["criterion"] = "P9"
    assert set(errors(values)) == {"events[0].marks[0].attempt", "events[0].marks[2].criterion"}


def test_the_first_twenty_errors_are_told_and_the_rest_counted() -> None:
    values = changed(
        "events.0.marks", [{**WHOLE["events"][0]["marks"][0], "entry": str(n)} for n in range(30)]
    )
    with pytest.raises(Refusal) as refused:
        package_of(exact(values))
    said = words("en").say(refused.value)
    assert said.count("events[0].marks[") == 20
    assert "and 10 more errors" in said
    assert "另有 10 处错误" in words("zh").say(refused.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"{", "is not JSON"),
        (b"hello", "is not JSON"),
        ("é".encode("utf-16"), "is not written in UTF-8"),
        ('{"format": "竞赛"}'.encode("gb18030"), "is not written in UTF-8"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, "nested too deeply"),
        (b'{"format": "competition-package", "format": "x"}', "the key format stands twice"),
        (b'{"a": 1}', "is not a competition package"),
        (b"[]", "is not a competition package"),
        (b"null", "is not a competition package"),
        (b"PK\x03\x04 broken", "is a damaged zip file"),
    ],
    ids=range(13),
)
def test_files_that_are_no_package(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        read_package(saved(tmp_path, data))


@pytest.mark.parametrize(
    "number",
    ["NaN", "Infinity", "1e999999", "1e99999999999999999999", "9" * 5000, "0." + "1" * 5000, "1e-999999"],
)
def test_numbers_that_could_hold_the_program_up(tmp_path: Path, number: str) -> None:
    text = json.dumps(WHOLE).replace("35.5", number)
    with pytest.raises(Refusal, match=r"events\[0\]\.marks\[0\]\.value"):
        read_package(saved(tmp_path, text.encode()))


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + json.dumps(WHOLE).encode()
    assert read_package(saved(tmp_path, data)).package.competition.code == "SZ"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be opened"):
        read_package(tmp_path / "none.json")


def zipped(folder: Path, files: dict[str, bytes], **more: Any) -> Path:
    file = folder / "p.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data, **more)
    return file


def test_a_zip_brings_its_pictures(tmp_path: Path) -> None:
    whole = json.dumps(WHOLE).encode()
    found = read_package(
        zipped(tmp_path, {"package.json": whole, "C1.jpg": b"picture", "__MACOSX/C1.jpg": b"x"})
    )
    assert (found.package.competition.code, found.pictures) == ("SZ", {"C1.jpg": b"picture"})


@pytest.mark.parametrize("name", ["../evil.jpg", "/etc/evil", "a/b.jpg", "..", "C:evil.jpg"])
def test_a_zip_never_leads_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal, match="not a plain file name"):
        read_package(zipped(tmp_path, {"package.json": json.dumps(WHOLE).encode(), name: b"x"}))


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="unpacks to 200 MB"):
        read_package(zipped(tmp_path, {"package.json": b"0" * (200 * 2**20)}))


def test_zips_that_are_no_package(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"has no package\.json"):
        read_package(zipped(tmp_path, {"other.json": b"{}"}))
    broken = bytearray(zipped(tmp_path, {"package.json": json.dumps(WHOLE).encode()}).read_bytes())
    broken[60:90] = b"x" * 30
    with pytest.raises(Refusal, match="is a damaged zip file"):
        read_package(saved(tmp_path, bytes(broken), "b.zip"))


NASTY = '=cmd|"/c calc"!A1 <img src=x> R&D \u200b \U00030edd \x07 {n} 50 %'


def test_a_nasty_code_does_not_break_the_messages() -> None:
    values = changed("events.0.marks.0.entry", NASTY)
    with pytest.raises(Refusal) as refused:
        package_of(exact(values))
    for language in ("en", "zh"):
        assert NASTY in words(language).say(refused.value)
