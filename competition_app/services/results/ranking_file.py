"""Ranking a package file without any store: package in, results out (package.md §2)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from competition_app.documents.packages.package import read_package
from competition_app.documents.packages.package_facts import event_of, facts_of
from competition_app.documents.packages.package_types import Package, Table
from competition_app.documents.results.result_json import result_document
from competition_app.domain.ranking.organisation_table import OrganisationFacts, TableRule, organisation_rows
from competition_app.domain.ranking.ranking import rank_competition
from competition_app.domain.ranking.result import CompetitionResult
from competition_app.i18n import Words


@dataclass(frozen=True, slots=True)
class RankedPackage:
    """A package's competition with its results."""

    competition: str
    name: str
    result: CompetitionResult

    def document(self, words: Words) -> dict[str, Any]:
        """The JSON document of package.md §2, messages in the language of ``words``."""
        return result_document(self.competition, self.result, words)


def rank_package(path: Path, event: str | None = None) -> RankedPackage:
    """The results of a package file, of all its events or of one. Raises a ``Refusal`` for a wrong file."""
    package = read_package(path).package
    return RankedPackage(package.competition.code, package.competition.name, results_of(package, event))


def results_of(package: Package, event: str | None = None) -> CompetitionResult:
    """The results of a package's events, or of one; organisation tables only for all of them."""
    if event is not None:
        event_of(package, event)
    facts = [facts_of(package, each) for each in package.events]
    ranked = rank_competition(facts)
    if event is not None:
        return CompetitionResult(tuple(result for result in ranked if result.event == event))
    organisations = [OrganisationFacts(each.code, each.kind, each.parent) for each in package.organisations]
    pairs = list(zip(facts, ranked, strict=True))
    rules = [table_rule(table) for table in package.tables]
    rows = [row for rule in rules for row in organisation_rows(rule, organisations, pairs)]
    return CompetitionResult(ranked, tuple(rows))


def table_rule(table: Table) -> TableRule:
    """How an organisation table of a package counts."""
    sums = table.sum_of_totals
    return TableRule(
        table.code,
        table.points_by_award,
        table.points_by_place,
        sums is not None,
        sums.best if sums else None,
        table.events,
    )
