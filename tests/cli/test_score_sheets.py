"""``score-sheets`` writes the sheets of a module of a whole package."""

import json
from pathlib import Path

import pytest

from competition_app import cli

WHOLE = Path(__file__).resolve().parents[1] / "files" / "packages" / "whole.json"


def test_the_sheets_of_a_module_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: object) -> int:
        given = [*map(str, arguments), "--store", str(tmp_path / "a.store")]
        return cli.main(given, open_window=lambda *_: 9, take_pictures=lambda *_: False)

    assert run("import-package", WHOLE) == 0
    package = json.loads(WHOLE.read_text(encoding="utf-8"))
    event = package["events"][0]["code"]
    capsys.readouterr()
    target = tmp_path / "sheets.pdf"
    assert run("score-sheets", event, "--spare", "2", "--out", target, "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert made["pages"] >= made["sheets"] > 2
    assert target.read_bytes().startswith(b"%PDF")
    assert run("score-sheets", event, "--judge", "nobody", "--out", target) == 1
    assert "nobody" in capsys.readouterr().err
