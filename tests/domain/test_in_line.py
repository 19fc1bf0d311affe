"""Who may take a seat that falls free (scoring.md §8): the cap of an organisation holds for them too."""

from typing import Any

from making import facts, totals

from competition_app.domain.plans.plan import Advance
from competition_app.domain.ranking.awards import in_line
from competition_app.domain.ranking.ranking import Working, rank_event


def waiting(values: list[int], units: str, going: list[str], **advance: Any) -> list[list[str]]:
    """Entries 1, 2 … with these totals, each of the unit of its letter."""
    event = totals(values)
    for entry, unit in zip(event["entries"], units, strict=True):
        entry["organisation"] = unit
    known = facts(event, organisations=[{"code": unit, "name": unit} for unit in sorted(set(units))])
    working = rank_event(known).working
    assert isinstance(working, Working)
    order = working.orders[None, "s"]
    found = in_line(
        Advance(**advance), order, going, low=False,
        organisations=lambda row: [code for code, _ in row.entry.organisations],
    )  # fmt: skip
    return [[row.number for row in rows] for rows in found]


def test_those_not_going_stand_in_their_order_ties_together() -> None:
    assert waiting([90, 80, 70, 70, 60], "ABCDE", ["1", "2"], count=2) == [["3", "4"], ["5"]]


def test_an_organisation_with_its_cap_full_is_passed_over() -> None:
    assert waiting([90, 80, 70, 60], "ABAC", ["1", "2"], count=2, per_organisation=1) == [["4"]]


def test_the_seat_of_one_gone_counts_no_more_for_its_organisation() -> None:
    assert waiting([90, 80, 70, 60], "ABAC", ["2"], count=2, per_organisation=1) == [["1"], ["3"], ["4"]]


def test_who_is_under_the_least_total_is_not_in_line() -> None:
    assert waiting([90, 80, 70, 59], "ABCD", ["1"], min_total=60) == [["2"], ["3"]]
