"""``why`` says in words, as a document and on paper what the standings hold."""

import json
from pathlib import Path

import pytest

from competition_app import cli

HALFPIPE = Path(__file__).resolve().parents[1] / "files" / "packages" / "halfpipe.json"


def run(store: Path, *arguments: str | Path) -> int:
    given = [*map(str, arguments), "--store", str(store)]
    return cli.main(given, open_window=lambda *_: 9, take_pictures=lambda *_: False)


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    made = tmp_path / "a.store"
    assert run(made, "import-package", HALFPIPE) == 0
    capsys.readouterr()
    return made


def test_every_entry_of_a_real_competition_is_explained(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(store, "standings", "HP", "--json")
    division = json.loads(capsys.readouterr().out)["events"][0]["divisions"][-1]
    for row in (division["standings"][0], division["standings"][-1]):
        number = row["number"]
        target = tmp_path / f"{number}.pdf"
        assert run(store, "why", "HP", number, "--pdf", target, "--sheets", "--json") == 0
        document = json.loads(capsys.readouterr().out)
        assert (document["standing"]["place"], document["standing"]["total"]) == (row["place"], row["total"])
        assert document["pages"] >= 1
        assert target.read_bytes().startswith(b"%PDF")
        assert run(store, "why", "HP", number, "--lang", "en", "--object-until", "2025-09-02T17:40") == 0
        lines = capsys.readouterr().out
        assert "Why this place" in lines
        assert "2025-09-02 17:40" in lines


def test_a_number_that_is_not_there_is_refused(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(store, "why", "HP", "nobody") == 1
    assert "nobody" in capsys.readouterr().err


def test_a_time_that_is_none_is_wrong_usage(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(store, "why", "HP", "1", "--object-until", "soon") == 2
    capsys.readouterr()
