"""Characters that count twice, or are none: names fit into workbooks, or the file is refused."""

import json

import pytest

from competition_app.documents.reading.json_reading import read_json
from competition_app.documents.sheet_names import cut
from competition_app.domain.errors import Refusal


@pytest.mark.parametrize(
    ("name", "kept"), [("长" * 40, 31), ("𬱖" * 40, 15), ("a" + "👩" * 40, 16), ("short", 5), ("", 0)]
)
def test_a_sheet_name_is_cut_as_a_workbook_counts(name: str, kept: int) -> None:
    assert cut(name) == name[:kept]


@pytest.mark.parametrize("text", ['{"a": "x\uffff"}', r'{"a": "x\uFFFE"}', r'{"a": "\\\uffff"}'])
def test_what_is_no_character_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(Refusal, match=r"p\.json .*line 2"):
        read_json(("\n" + text).encode(), "p.json")


@pytest.mark.parametrize("text", ["\\uffff", "\ufffd", "\ue000", "𬱖👩", "\\\\uFFFE"])
def test_what_only_looks_like_it_is_read(text: str) -> None:
    assert read_json(json.dumps({"a": text}).encode(), "p.json") == {"a": text}
