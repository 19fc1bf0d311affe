"""``lock``, ``reopen`` and ``why --against``: what is in the way is said, a lock needs its reason to open."""

import json
from pathlib import Path
from typing import Any

import pytest

from competition_app import cli

PACKAGES = Path(__file__).resolve().parents[1] / "files" / "packages"
NAME = json.loads((PACKAGES / "halfpipe.json").read_text(encoding="utf-8"))["events"][0]["name"]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """A command on a store with one real event, whole but for one score; its status and what it says."""
    package = json.loads((PACKAGES / "halfpipe.json").read_text(encoding="utf-8"))
    whole, target = tmp_path / "whole.json", tmp_path / "a.store"
    whole.write_text(json.dumps(package), encoding="utf-8")

    def go(*arguments: str | Path, json_: bool = True) -> tuple[int, Any, str]:
        given = [*map(str, arguments), "--store", str(target), *(["--json"] if json_ else [])]
        status = cli.main(given, open_window=lambda *_: 9, take_pictures=lambda *_: False)
        said = capsys.readouterr()
        return status, json.loads(said.out) if json_ else said.out, said.err

    assert go("import-package", whole)[0] == 0
    return go


def test_a_result_is_locked_reopened_and_compared(run: Any, tmp_path: Path) -> None:
    status, document, _ = run("lock", "HP", "--check")
    assert (status, document["locked"], document["obstacles"]) == (0, False, [])
    status, document, _ = run("lock", "HP")
    assert (status, document["state"], document["locked"]) == (0, "locked", True)
    assert document["by"] == "命令行"
    assert run("lock", "HP", "--check", json_=False)[:2][0] == 0
    status, document, refusal = run("lock", "HP")
    assert (status, "已经锁定" in refusal) == (1, True)
    status, document, _ = run("reopen", "HP", "--reason", "计时有误")
    assert (status, document["state"], document["reason"]) == (0, "open", "计时有误")
    assert run("reopen", "HP", "--reason", "再开")[0] == 1
    assert run("lock", "HP", json_=False)[1] == f"{NAME}的成绩已锁定。\n"
    assert "已重新打开" in run("reopen", "HP", "--reason", "再开", json_=False)[1]
    _, shown, _ = run("standings", "HP")
    one, other = [row["number"] for row in shown["events"][0]["divisions"][-1]["standings"][:2]]
    status, document, _ = run("why", "HP", one, "--against", other, "--pdf", tmp_path / "a.pdf")
    assert (status, document["better"], document["pages"]) == (0, one, 1)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert run("why", "HP", one, "--against", one)[0] == 1


def test_what_stands_in_the_way_is_said_line_by_line(run: Any, tmp_path: Path) -> None:
    package = json.loads((PACKAGES / "halfpipe.json").read_text(encoding="utf-8"))
    package["competition"]["code"] = "AGAIN"
    event = package["events"][0]
    event["code"] = "H2"
    event["marks"] = event["marks"][:-1]
    lacking = tmp_path / "lacking.json"
    lacking.write_text(json.dumps(package), encoding="utf-8")
    assert run("import-package", lacking)[0] == 0
    status, document, refusal = run("lock", "H2")
    assert status == 1
    assert not document["locked"]
    kinds = {one["kind"] for one in document["obstacles"]}
    assert kinds <= {"sheets", "missing"}
    assert kinds
    assert "没有锁定" in refusal
    status, lines, _ = run("lock", "H2", json_=False)
    assert status == 1
    assert lines.startswith("✗ ")
