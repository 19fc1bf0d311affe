"""JSON of unknown origin as plain values: exact numbers, no doubled keys, one sentence if it is wrong."""

import json
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from competition_app.domain.errors import Refusal

LONGEST_NUMBER = 200
"""A number written with more characters stays text and is refused where it stands."""


_NO_CHARACTER = re.compile(r"[\ufffe\uffff]|(?<!\\)(?:\\\\)*\\u[fF]{3}[eEfF]")
"""What Unicode calls no characters: no workbook can hold them."""


class NoNumber:
    """Stands where the file has NaN, Infinity or a number too long to read; nothing accepts it."""

    def __init__(self, text: str) -> None:
        self.text = text


def read_json(data: bytes, name: str) -> Any:
    """The values of a JSON file: numbers whole or Decimal, never a float.

    Raises a ``Refusal`` naming the file: wrong encoding, not JSON, nested too deeply, a key standing twice.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(
            "{file} is not written in UTF-8 (byte {place}). Save it as UTF-8 and try again.",
            file=name, place=error.start + 1,
        ) from None  # fmt: skip
    if found := _NO_CHARACTER.search(text):
        raise Refusal(
            "{file} holds something that is no character (line {line}). Ask the sender for it again.",
            file=name, line=text.count("\n", 0, found.start()) + 1,
        )  # fmt: skip
    if not text.strip():
        raise Refusal("{file} is empty. Ask the sender for it again.", file=name)
    try:
        return exact_values(text, _Keys(name))
    except json.JSONDecodeError as error:
        raise Refusal(
            "{file} is not JSON: line {line}, column {column}. Ask the sender for it again.",
            file=name, line=error.lineno, column=error.colno,
        ) from None  # fmt: skip
    except RecursionError:
        raise Refusal(
            "{file} is nested too deeply to be read. Ask the sender for it again.", file=name
        ) from None


def exact_values(text: str, keys: Callable[[list[tuple[str, Any]]], Any] | None = None) -> Any:
    """The values of JSON text: numbers whole or Decimal, those too long for that ``NoNumber``.

    ``keys`` makes an object of its pairs. Raises what ``json.loads`` does: JSONDecodeError, RecursionError.
    """
    return json.loads(
        text, parse_float=_number, parse_int=_whole, parse_constant=NoNumber, object_pairs_hook=keys
    )


def _number(text: str) -> Decimal | NoNumber:
    if len(text) > LONGEST_NUMBER:
        return NoNumber(text[:LONGEST_NUMBER])
    try:
        return Decimal(text)
    except InvalidOperation:
        return NoNumber(text)


def _whole(text: str) -> int | NoNumber:
    return int(text) if len(text) <= LONGEST_NUMBER else NoNumber(text[:LONGEST_NUMBER])


class _Keys:
    """Objects as dictionaries, refusing one in which a key stands twice."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            seen: set[str] = set()
            twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            raise Refusal(
                "{file}: the key {key} stands twice in one object. Remove one of them.",
                file=self._name, key=twice,
            )  # fmt: skip
        return found
