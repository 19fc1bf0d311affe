"""``forget``: a person is erased by code or ID number for a reason, and what went is said in numbers."""

import json
from pathlib import Path

import pytest

from competition_app import cli

PACKAGES = Path(__file__).resolve().parents[1] / "files" / "packages"


def test_a_person_is_erased_by_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = json.loads((PACKAGES / "whole.json").read_text(encoding="utf-8"))["contestants"][0]["code"]

    def run(*arguments: str) -> tuple[int, dict[str, object], str]:
        given = [*arguments, "--store", str(tmp_path / "a.store"), "--json"]
        status = cli.main(given, open_window=lambda *_: 9, take_pictures=lambda *_: False)
        said = capsys.readouterr()
        return status, json.loads(said.out), said.err

    run("import-package", str(PACKAGES / "whole.json"))
    status, looked, _ = run("forget", code, "--check")
    assert (status, looked["erased"], looked["entries"]) == (0, False, 1)
    assert "须注明原因" in run("forget", code)[2]
    status, done, _ = run("forget", code, "--reason", "本人书面申请")
    assert (status, done) == (0, looked | {"erased": True})
    status, _, refusal = run("forget", code, "--reason", "再次申请")
    assert (status, "此前已经清除" in refusal) == (1, True)
    assert run("forget", "X-1", "--reason", "本人书面申请")[0] == 1
    assert run("check")[1]["sound"]
