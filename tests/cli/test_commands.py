"""Each command does its work on real files and a real store, and under --json prints one document."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from competition_app import cli
from competition_app.demo.people import id_number

FILES = Path(__file__).resolve().parents[1] / "files"
PACKAGES = FILES / "packages"
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command on this test's own store; its status, and the one document it prints."""

    def go(*arguments: str | Path) -> tuple[int, Any]:
        given = [*map(str, arguments), "--store", str(tmp_path / "a.store"), "--json"]
        status = cli.main(given, open_window=lambda *_: 9, take_pictures=lambda *_: False)
        return status, json.loads(capsys.readouterr().out)

    return go


@pytest.mark.parametrize("name", ["figure-skating", "halfpipe"])
def test_rank_gives_the_official_results(run: Run, name: str) -> None:
    status, document = run("rank", PACKAGES / f"{name}.json")
    assert status == 0
    expected = json.loads((PACKAGES / f"{name}.expect.json").read_text(encoding="utf-8"))
    for event in document["events"]:
        rows = {row["number"]: row for part in event["divisions"] for row in part["standings"]}
        for number, official in expected[event["code"]].items():
            for key, value in official.items():
                if key in rows[number]:
                    assert rows[number][key] == value or key == "modules", (event["code"], number, key)


def test_a_package_goes_in_and_comes_out_with_the_same_standings(run: Run, tmp_path: Path) -> None:
    assert run("import-package", PACKAGES / "halfpipe.json")[0] == 0
    status, shown = run("standings", "HP")
    assert status == 0
    assert run("export-package", "HP", tmp_path / "hp.json")[0] == 0
    assert run("rank", tmp_path / "hp.json") == (0, shown)


def test_standings_are_written_as_a_book_and_for_printing(run: Run, tmp_path: Path) -> None:
    run("import-package", PACKAGES / "halfpipe.json")
    assert run("standings", "HP", "--xlsx", tmp_path / "hp.xlsx")[0] == 0
    assert run("standings", "HP", "--pdf", tmp_path / "hp.pdf")[0] == 0
    assert openpyxl.load_workbook(tmp_path / "hp.xlsx").sheetnames
    assert (tmp_path / "hp.pdf").read_bytes().startswith(b"%PDF")


def test_the_same_package_twice_is_refused_in_words(run: Run) -> None:
    run("import-package", PACKAGES / "halfpipe.json")
    status, document = run("import-package", PACKAGES / "halfpipe.json")
    assert status == 1
    assert "HP" in document["refused"]


@pytest.fixture
def declared(run: Run, tmp_path: Path) -> Run:
    """A competition with two events, as a package without entries."""
    plan = {"entry": "individual", "stages": [{"code": "s", "modules": [
        {"code": "theory", "name": "理论", "kind": "direct", "full": 100}]}]}  # fmt: skip
    names = {"UAV": "无人机装调检修工", "ROB": "工业机器人系统操作员"}
    events = [{"code": code, "name": name, "plan": plan} for code, name in names.items()]
    package = {"format": "competition-package", "version": 1, "events": events,
               "competition": {"code": "SD", "name": "沈东竞赛", "organisers": ["沈东市总工会"]}}  # fmt: skip
    (tmp_path / "declared.json").write_text(json.dumps(package), encoding="utf-8")
    assert run("import-package", tmp_path / "declared.json")[0] == 0
    return run


def test_registrations_come_in_and_go_back_marked(declared: Run, tmp_path: Path) -> None:
    wanted = ["import-registrations", FILES / "forms" / "numbers.xlsx", "--competition", "SD"]
    status, looked = declared(*wanted, "--dry-run")
    assert status == 0
    status, taken = declared(*wanted, "--report", tmp_path / "back.xlsx")
    assert status == 0
    assert taken == looked, "a dry run writes nothing, so the second run sees the same store"
    lost = [
        row
        for row in taken["files"][0]["rows"]
        if any(p["code"] == "id_digits_lost" for p in row["problems"])
    ]
    assert lost
    assert all(row["id_number"] is None for row in lost)
    comments = [cell.comment for row in openpyxl.load_workbook(tmp_path / "back.xlsx").active for cell in row]
    assert any(comments)


def test_a_file_that_cannot_be_read_is_status_1_and_the_others_are_taken(
    declared: Run, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing more")
    files = [FILES / "forms" / "numbers.xlsx", broken]
    status, document = declared("import-registrations", *files, "--competition", "SD")
    assert status == 1
    assert document["accepted"] > 0
    assert document["files"][1]["refused"]


def test_scores_are_matched_by_id_number_and_nothing_is_guessed(declared: Run, tmp_path: Path) -> None:
    people = [("甲一", id_number("19900101", 1, "男")), ("乙二", id_number("19910202", 2, "女"))]
    sheet(
        tmp_path / "r.xlsx", ["姓名", "身份证号", "单位", "赛项"], [[*one, "某厂", "UAV"] for one in people]
    )
    assert declared("import-registrations", tmp_path / "r.xlsx", "--competition", "SD")[1]["accepted"] == 2
    stranger = ("丙三", id_number("19920303", 3, "男"))
    rows = [[*one, 80 + n] for n, one in enumerate([*people, stranger])]
    sheet(tmp_path / "s.xlsx", ["姓名", "身份证号", "成绩"], rows)
    status, document = declared("import-scores", tmp_path / "s.xlsx", "--event", "UAV", "--module", "theory")
    assert (status, document["accepted"], document["refused"]) == (0, 2, 1)
    standings = declared("standings", "UAV")[1]["events"][0]["divisions"][0]["standings"]
    assert [row["total"] for row in standings] == ["81.000000", "80.000000"]


def sheet(file: Path, heads: list[str], rows: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    book.active.append(heads)
    for row in rows:
        book.active.append(row)
    book.save(file)


def test_a_certificate_nobody_issued_is_not_genuine(run: Run) -> None:
    status, document = run("verify", "SZ2025-UAV-1-0001")
    assert status == 1
    assert document["genuine"] is False


def test_a_copy_is_made_listed_and_put_back(declared: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.store"
    assert declared("backup", copy)[0] == 0
    declared("import-package", PACKAGES / "halfpipe.json")
    assert declared("standings", "HP")[0] == 0
    status, done = declared("restore", copy)
    assert status == 0
    assert done["aside"]
    assert declared("standings", "HP")[0] == 1
    assert declared("restore")[1]["copies"]
    assert declared("check")[1]["sound"]


def test_a_store_that_was_tampered_with_is_not_sound(declared: Run, tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(tmp_path / "a.store")) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE history SET actor = 'somebody else' WHERE seq = 1")
        raw.commit()
    status, document = declared("check")
    assert status == 1
    assert document["problems"]
