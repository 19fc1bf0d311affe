"""The command line as other programs meet it: status, streams, encoding, and a quick start."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from competition_app import cli
from competition_app.cli import parser
from competition_app.cli.commands import CARRIED_OUT_BY
from competition_app.domain.errors import Refusal

ROOT = Path(__file__).resolve().parents[2]


def no_window(_store: Path | None, _language: str) -> int:
    pytest.fail("no window was asked for")


def no_pictures(_store: Path, _folder: Path, _language: str) -> bool:
    pytest.fail("no picture was asked for")


def run(*arguments: str | Path) -> int:
    return cli.main(
        [str(argument) for argument in arguments], open_window=no_window, take_pictures=no_pictures
    )


def program(arguments: Sequence[str | Path], **more: object) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "competition_app", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False, **more)  # type: ignore[call-overload,no-any-return]


def test_every_command_is_carried_out_by_a_function() -> None:
    assert set(CARRIED_OUT_BY) == set(parser.COMMANDS)


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["rank"], ["check", "--lang", "fr"], ["backup", "--nonsense"]]
)
def test_wrong_usage_is_status_2_and_prints_nothing(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "--help" in said.err


def test_options_may_not_be_abbreviated(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--js") == 2
    capsys.readouterr()


@pytest.mark.parametrize("before", [True, False])
def test_store_lang_and_json_stand_before_or_after(
    before: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "a.store"
    shared = ["--store", str(store), "--lang", "en", "--json"]
    assert run(*shared, "check") == 0 if before else run("check", *shared) == 0
    assert json.loads(capsys.readouterr().out)["sound"] is True
    assert store.exists(), "a store not there is made"


def test_without_a_command_the_window_opens_on_the_store(tmp_path: Path) -> None:
    asked: list[tuple[Path | None, str]] = []
    wanted = tmp_path / "a.store"
    status = cli.main(
        ["--store", str(wanted), "--lang", "en"],
        open_window=lambda *given: asked.append(given) or 0,
        take_pictures=no_pictures,
    )
    assert (status, asked) == (0, [(wanted, "en")])


def test_a_refusal_is_one_sentence_on_stderr_and_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("restore", tmp_path / "nothing.store", "--store", tmp_path / "a.store") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert "nothing.store" in said.err


def test_under_json_a_refusal_is_a_document_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("restore", tmp_path / "nothing.store", "--json", "--store", tmp_path / "a.store") == 1
    said = capsys.readouterr()
    assert json.loads(said.out) == {"refused": said.err.strip()}


@pytest.mark.parametrize(("language", "word"), [("zh", "没有"), ("en", "There is no")])
def test_refusals_speak_the_language(
    language: str, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("restore", tmp_path / "nothing.store", "--lang", language, "--store", tmp_path / "a.store")
    assert word in capsys.readouterr().err


def test_an_error_nobody_foresaw_goes_to_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down(_given: object) -> None:
        raise ZeroDivisionError("110101199003070000")

    monkeypatch.setattr(cli, "carry_out", break_down)
    assert run("check", "--json") == 1
    said = capsys.readouterr()
    assert "ZeroDivisionError" in json.loads(said.out)["refused"]
    assert "110101199003070000" not in said.out + said.err


test_an_error_nobody_foresaw_goes_to_the_log = pytest.mark.logs(test_an_error_nobody_foresaw_goes_to_the_log)


def test_a_refusal_with_values_is_filled_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_given: object) -> None:
        raise Refusal("There is no store at {path}. Check the folder and the name.", path="here")

    monkeypatch.setattr(cli, "carry_out", refuse)
    assert run("check") == 1
    assert "here" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such locale")
def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    bare = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = program(["check", "--store", tmp_path / "比赛.store"], env=bare)
    assert done.returncode == 0, done.stderr
    assert "比赛.store" in done.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="no pipes of this kind")
def test_a_reader_that_leaves_is_not_complained_about(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m competition_app --help | head -c 1'
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.stderr == b""


def loaded_by(*arguments: str | Path) -> set[str]:
    """The modules that a command loads."""
    asked = "import sys; from competition_app import cli; "
    asked += "cli.main(sys.argv[1:], open_window=None, take_pictures=None); "
    asked += "print(chr(10), *sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", asked, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return {name.split(".")[0] for name in done.stderr.splitlines()[-1].split()}


def test_help_loads_no_heavy_library() -> None:
    heavy = {"sqlalchemy", "alembic", "PySide6", "openpyxl", "reportlab", "pydantic", "xlsxwriter"}
    assert not loaded_by("--help") & heavy


def test_rank_loads_neither_store_nor_window() -> None:
    package = Path(__file__).resolve().parents[1] / "files" / "packages" / "halfpipe.json"
    assert not loaded_by("rank", package) & {"sqlalchemy", "alembic", "PySide6", "openpyxl", "reportlab"}
