"""``plan`` says an event's rules in sentences, as a document, and on paper for signature."""

import json
from pathlib import Path

import pypdfium2
import pytest

from competition_app import cli

HALFPIPE = Path(__file__).resolve().parents[1] / "files" / "packages" / "halfpipe.json"


def run(store: Path, *arguments: str | Path) -> int:
    given = [*map(str, arguments), "--store", str(store)]
    return cli.main(given, open_window=lambda *_: 9, take_pictures=lambda *_: False)


def test_the_rules_are_said_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store, target = tmp_path / "a.store", tmp_path / "rules.pdf"
    assert run(store, "import-package", HALFPIPE) == 0
    capsys.readouterr()
    assert run(store, "plan", "HP") == 0
    lines = capsys.readouterr().out
    assert "评分规则说明" in lines
    assert "去掉" in lines
    assert run(store, "plan", "HP", "--pdf", target, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["event"] == "HP"
    assert document["sentences"]
    assert document["modules"][0]["criteria"]
    pdf = pypdfium2.PdfDocument(target)
    try:
        assert len(pdf) == document["pages"]
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()
    assert document["check_code"] in text
    for signer in ("裁判长", "监督员", "组委会"):
        assert signer in text
    assert run(store, "plan", "nobody") == 1
