"""Numbers of certificates whatever the codes hold: readable, and never the same for two."""

import json
from pathlib import Path

import pytest

from competition_app import cli
from competition_app.services.certificates.certificates import next_serial


def package(competition: str, event: str) -> dict[str, object]:
    plan = {
        "stages": [{"code": "f", "modules": [{"code": "t", "kind": "direct", "full": 100}]}],
        "awards": {"levels": [{"name": "一等奖", "count": 1}]},
    }
    return {
        "format": "competition-package", "version": 1,
        "competition": {"code": competition, "name": "竞赛", "organisers": ["市总工会"],
                        "ends_on": "2025-09-02"},
        "organisations": [{"code": "E", "name": "地铁"}],
        "contestants": [{"code": "C", "name": "张三", "organisation": "E"}],
        "events": [{"code": event, "name": "无人机", "plan": plan,
                    "entries": [{"number": "1", "organisation": "E", "contestants": ["C"]}],
                    "scores": [{"entry": "1", "module": "t", "value": 90}]}],
    }  # fmt: skip


def test_codes_that_run_together_give_different_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    serials = []
    for competition, event in (("A", "B-C"), ("A-B", "C"), ("A -B", "C\u202e")):
        file = tmp_path / "p.json"
        file.write_text(json.dumps(package(competition, event)), encoding="utf-8")
        for command in (("import-package", file), ("certificates", event, "--competition", competition,
                                                   "--out", tmp_path / "c.pdf")):  # fmt: skip
            arguments = [*map(str, command), "--store", str(tmp_path / "a.store"), "--json"]
            status = cli.main(arguments, open_window=lambda *_: 9, take_pictures=lambda *_: False)
            answer = json.loads(capsys.readouterr().out)
            assert status == 0, answer
        serials += [made["serial"] for made in answer["certificates"]]
    assert serials == ["A-B-C-1-0001", "A-B-C-1-0002", "A-B-C-1-0003"]


def test_a_number_holds_nothing_that_cannot_be_read_back() -> None:
    assert next_serial("S Z\u202e20\u200b25", "U\x01A\tV", 1, 7) == "SZ2025-UAV-1-0007"
