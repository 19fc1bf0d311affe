"""Phrases the sentences about a plan are made of: names and enumerations."""

from collections.abc import Sequence

from competition_app.domain.errors import Said
from competition_app.domain.plans.plan import Module, Stage

Words = Said | str


def named(part: Stage | Module) -> str:
    """A stage's or module's name, its code where it has none."""
    return part.name or part.code


def listed(parts: Sequence[Words]) -> Words:
    """Parts one after another, as an enumeration."""
    said = parts[0]
    for part in parts[1:]:
        said = Said("{list}, {next}@enumeration", {"list": said, "next": part})
    return said


def added(parts: Sequence[Words]) -> Words:
    """Parts that are added up."""
    said = parts[0]
    for part in parts[1:]:
        said = Said("{list} + {next}@sum", {"list": said, "next": part})
    return said
