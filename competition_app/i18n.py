"""One system for words: English sentences in the code, every other language in resources/locale."""

import json
from collections.abc import Mapping
from functools import cache

from competition_app import paths
from competition_app.domain.errors import Problem, Refusal, Said

LANGUAGES = ("zh", "en")


class Words:
    """The words of one language. The English sentence in the code is the key; catalogues give the others.

    A key may hold a singular and a plural parted by ``|``, chosen by the value ``n``: ``"{n} row|{n} rows"``.
    ``key@context`` tells two meanings of one English word apart; the context is never shown.
    """

    def __init__(self, language: str, catalogue: Mapping[str, str]) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, text: str, /, **values: object) -> str:
        """The sentence in this language, its values filled in; values that are themselves said are said."""
        found = self._catalogue.get(text, text)
        if found is text and "@" in text:
            found = text.rpartition("@")[0] or text
        if "|" in found:
            one, other = found.split("|", 1)
            found = one if values.get("n") in (1, "1") else other
        if not values:
            return found
        return found.format(**{k: self._spoken(v) for k, v in values.items()})

    def say(self, said: Said | Refusal | Problem) -> str:
        """The sentence of a refusal, a problem or a saying in this language."""
        inner = said if isinstance(said, Said) else said.said
        return self(inner.text, **inner.values)

    def _spoken(self, value: object) -> object:
        return self.say(value) if isinstance(value, Said | Problem) else value


@cache
def words(language: str) -> Words:
    """The words of ``zh`` or ``en``; catalogues are all ``resources/locale/<language>/*.json``."""
    catalogue: dict[str, str] = {}
    for file in sorted((paths.resources() / "locale" / language).glob("*.json")):
        catalogue.update(json.loads(file.read_text(encoding="utf-8")))
    return Words(language, catalogue)


class _InUse:
    """The language the window or the command speaks: one a process, changed in the settings."""

    words: Words | None = None


def use(language: str) -> None:
    """Speak this language from now on (window and command line)."""
    _InUse.words = words(language)


def in_use() -> Words:
    """The words the window or the command speaks now (Chinese until told otherwise)."""
    if _InUse.words is None:
        use("zh")
    assert _InUse.words is not None
    return _InUse.words


def tr(text: str, /, **values: object) -> str:
    """The sentence in the language in use."""
    return in_use()(text, **values)
