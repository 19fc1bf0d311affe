"""Sentences one after another, as the language in use joins them."""

from collections.abc import Iterable

from competition_app.i18n import in_use


def joined(sentences: Iterable[str]) -> str:
    """The sentences that are not empty; Chinese ones need no blank between them."""
    return ("" if in_use().language == "zh" else " ").join(one for one in sentences if one)
