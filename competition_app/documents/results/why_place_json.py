"""The derivation of a place as one JSON document: the data with its codes, and the page's lines in words."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from competition_app.documents.results.why_place_content import WhyPage, text_lines
from competition_app.domain.errors import Problem, Said
from competition_app.domain.ranking.derivation import Derivation
from competition_app.domain.scoring.figures import plain
from competition_app.i18n import Words


def why_document(why: Derivation, page: WhyPage, words: Words) -> dict[str, Any]:
    """The derivation as plain JSON values; figures are exact text, never floats."""
    document: dict[str, Any] = _plain(why, words)
    standing = document["standing"]
    del standing["value"]  # the total once more, for drawing
    return {**document, "text": list(text_lines(page))}


def _plain(value: object, words: Words) -> Any:
    if isinstance(value, Said):
        return words.say(value)
    if isinstance(value, Problem):
        return {"code": value.code, "message": words.say(value), **_plain(value.more, words)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return plain(value)
    if is_dataclass(value):
        names = [each.name for each in fields(value) if each.name != "rule"]  # of the plan
        return {name: _plain(getattr(value, name), words) for name in names}
    if isinstance(value, Mapping):
        return {str(key): _plain(one, words) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one, words) for one in value]
    return value
