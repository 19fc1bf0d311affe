"""What a person is told: a sentence with its values, and the one exception meant to be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in English with named places, e.g. ``Said("{n} rows were read.", {"n": 3})``.

    The English text is the key under which other languages are found (``competition_app.i18n``).
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.split("|")[0].format(**self.values) if self.values else self.text.split("|")[0]


class Refusal(Exception):  # noqa: N818 - it is not an error of the program but an answer to a person
    """Something cannot be done, in one sentence saying what is wrong, where, and what to do.

    ``Refusal("A mark lies between {low} and {high}.", low=0, high=10)``. The work it stops is undone whole.
    """

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__(text)
        self.said = Said(text, values)

    def __str__(self) -> str:
        return str(self.said)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong or still open, with its stable code (package.md §2) and its sentence.

    ``more`` holds the further keys printed beside code and message (entry, judges, column, value …).
    """

    code: str
    said: Said
    more: Mapping[str, object] = field(default_factory=dict)
