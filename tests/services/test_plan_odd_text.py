"""Drafts nobody would type: every one is refused with its path, none makes the editor fail."""

import json
from typing import Any

import pytest

from competition_app.domain.errors import Refusal
from competition_app.services.plans.plan_changes import checked
from competition_app.services.plans.plan_example import example
from competition_app.services.plans.plans import plan_from


def timed(seconds: object) -> dict[str, Any]:
    module = {"code": "m", "kind": "direct", "full": 100, "time_bands": [[seconds, 1]]}
    return {"stages": [{"code": "s", "modules": [module]}]}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("1" * 5000, ""),
        ('{"stages": ' + "1" * 5000 + "}", "stages"),
        ('{"stages": 1e' + "9" * 30 + "}", "stages"),
        ("[" * 100_000, ""),
        (json.dumps(timed("1e30")), "stages[0].modules[0].time_bands[0]"),
        (json.dumps(timed(10**12)), "stages[0].modules[0].time_bands[0]"),
        (json.dumps(timed(0)).replace("100", "1" * 5000), "stages[0].modules[0].full"),
    ],
)
def test_an_odd_draft_is_told_by_its_path(text: str, path: str) -> None:
    assert [error.path for error in checked(text).errors] == [path]
    assert example(text, ()) is None
    with pytest.raises(Refusal):
        plan_from(text)


def test_the_longest_time_is_told_exactly() -> None:
    seconds = "9999999." + "1" * 50
    said = checked(json.dumps(timed(seconds))).sentences
    assert "39." + "1" * 50 in repr(said)
