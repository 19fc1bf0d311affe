"""What the page of rules for signature says, part by part, before it is drawn."""

from dataclasses import dataclass

from competition_app.documents.results.why_place_content import Step


@dataclass(frozen=True, slots=True)
class Share:
    """A module and what it counts for: ``实操`` ``70%``; ``below`` says its full marks."""

    name: str
    share: str
    below: str


@dataclass(frozen=True, slots=True)
class Clauses:
    """Numbered sentences under a heading."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A line of the table of criteria; one with a ``heading`` only stands over those below it."""

    number: str = ""
    name: str = ""
    kind: str = ""
    most: str = ""
    step: str = ""
    standard: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """The criteria of a module under a heading, with the heads of its columns; or a note in their place."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[CriterionRow, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The whole paper in words. ``draft`` stands across it while the rules are not in use."""

    title: str
    competition: str
    event: str
    version: str
    shares: tuple[Share, ...]
    clauses: tuple[Clauses, ...]
    tables_title: str
    tables: tuple[CriteriaTable, ...]
    example_title: str
    example: tuple[Step, ...]
    signers: tuple[str, ...]
    day: str
    check: str
    draft: str = ""
