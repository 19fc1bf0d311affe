"""Places where nothing can be read or written: one sentence, and nothing is done or lost."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from competition_app import cli

FILES = Path(__file__).resolve().parents[1] / "files"
PACKAGE = FILES / "packages" / "halfpipe.json"
ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command on this test's own store; its status, and the one document it prints."""

    def go(*arguments: str | Path) -> tuple[int, Any]:
        given = [*map(str, arguments), "--store", str(tmp_path / "a.store"), "--json", "--lang", "en"]
        status = cli.main(given, open_window=lambda *_: 9, take_pictures=lambda *_: False)
        return status, json.loads(capsys.readouterr().out)

    return go


@pytest.fixture
def store(run: Run, tmp_path: Path) -> Path:
    assert run("import-package", PACKAGE)[0] == 0
    return tmp_path / "a.store"


def refused(answer: tuple[int, Any]) -> str:
    status, document = answer
    assert status == 1
    assert set(document) == {"refused"}
    said: str = document["refused"]
    assert "program made an error" not in said
    return said


@pytest.mark.parametrize("command", ["standings HP --pdf", "standings HP --xlsx", "export-package HP"])
def test_no_output_replaces_a_store(run: Run, store: Path, command: str) -> None:
    before = store.read_bytes()
    assert "is a store of competitions" in refused(run(*command.split(), store))
    assert store.read_bytes() == before
    assert run("check")[1]["sound"] is True


def test_a_store_is_no_copy_of_itself(run: Run, store: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.store"
    try:
        link.symlink_to(store)
    except OSError:  # Windows without the right to make links
        link = tmp_path / "b" / ".." / "a.store"
        link.parent.parent.mkdir()
    operations = run("check")[1]["operations"]
    for file in (store, link):
        assert "store itself" in refused(run("restore", file))
        assert "the store" in refused(run("backup", file))
    assert run("check")[1]["operations"] == operations


@pytest.mark.usefixtures("store")
def test_certificates_into_no_folder_get_no_numbers(run: Run, tmp_path: Path) -> None:
    package = json.loads((FILES / "packages" / "whole.json").read_text(encoding="utf-8"))
    made = tmp_path / "whole.json"
    made.write_text(json.dumps(package), encoding="utf-8")
    assert run("import-package", made)[0] == 0
    code = package["events"][0]["code"]
    file = tmp_path / "a file"
    file.write_text("mine")
    for out in (file, tmp_path / "nowhere" / "c.pdf", tmp_path / "a.store"):
        refused(run("certificates", code, "--out", out))
    assert file.read_text() == "mine"
    assert run("check")[1]["operations"] == 2


def test_a_report_never_replaces_a_sender_s_workbook(run: Run, store: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "forms" / "a.xlsx", tmp_path / "forms" / "b.xlsx"
    first.parent.mkdir()
    for form in (first, second):
        form.write_bytes((FILES / "forms" / "numbers.xlsx").read_bytes())
    before, operations = first.read_bytes(), run("check")[1]["operations"]
    same = tmp_path / "forms" / ".." / "forms" / "a.xlsx"
    for files, report in (
        ((first,), first),
        ((first,), same),
        ((first, second), first.parent),
        ((first,), tmp_path / "nowhere" / "r.xlsx"),
        ((first,), store),
    ):
        refused(
            run("import-registrations", *files, "--competition", "HP", "--event", "HP", "--report", report)
        )
    assert first.read_bytes() == before
    assert run("check")[1]["operations"] == operations, "what cannot be reported is not begun"


@pytest.mark.usefixtures("store")
def test_a_report_of_one_file_may_go_into_a_folder(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "returned"
    folder.mkdir()
    arguments = ("--competition", "HP", "--event", "HP", "--dry-run", "--report", folder)
    assert run("import-registrations", FILES / "forms" / "numbers.xlsx", *arguments)[0] == 0
    assert [file.name for file in folder.iterdir()] == ["numbers.xlsx"]


@pytest.mark.parametrize(
    ("given", "words"),
    [("nothing.json", "nothing.json.*there is no such file"), (".", r"\..*it is a folder")],
)
@pytest.mark.parametrize("command", ["rank", "import-package"])
def test_what_cannot_be_opened_is_named_in_our_words(
    run: Run, command: str, given: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if command == "rank":
        status = cli.main(
            ["rank", given, "--json", "--lang", "en"],
            open_window=lambda *_: 9,
            take_pictures=lambda *_: False,
        )
        said = refused((status, json.loads(capsys.readouterr().out)))
    else:
        said = refused(run(command, given))
    assert re.search(words, said)


def test_a_folder_among_the_workbooks_is_named(run: Run, store: Path) -> None:
    status, document = run("import-registrations", ".", "--competition", "HP")
    assert status == 1
    assert document["files"][0]["file"] == "."
    assert "it is a folder" in document["files"][0]["refused"]


def program(*arguments: str | Path, **more: Any) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "competition_app", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, timeout=60, check=False, **more)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has an output that is always full")
@pytest.mark.parametrize("json_too", [(), ("--json",)])
def test_an_answer_that_cannot_be_written_is_a_sentence(json_too: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = program("rank", PACKAGE, "--lang", "en", *json_too, stdout=full, stderr=subprocess.PIPE)
    assert ended.returncode == 1
    assert ended.stderr.decode().strip().endswith("Make room, then ask again.")
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name != "posix", reason="streams are closed by the shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(("package", "status"), [(PACKAGE, 0), ("nothing.json", 1)])
def test_closed_streams_change_no_status(closed: str, package: Path | str, status: int) -> None:
    line = f'exec "$0" -m competition_app rank "$1" --json {closed}'
    ended = subprocess.run(
        ["sh", "-c", line, sys.executable, str(package)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == status
    assert b"Traceback" not in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_the_window_is_refused_in_words() -> None:
    surroundings = {
        k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    ended = program("--lang", "en", env=surroundings, capture_output=True)
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert b"no screen" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
