"""Certificates held against the present result: who has which prize now, and which paper lost its prize."""

from collections.abc import Callable, Iterable
from functools import cache, partial

from sqlalchemy.orm import Session

from competition_app.domain.errors import Problem, Refusal, Said
from competition_app.services.judging.entrants import entrants
from competition_app.services.plans.plans import plan_of
from competition_app.services.results.results import event_result
from competition_app.services.results.winners import Winner, from_values, last_stages
from competition_app.store.models import Certificate

Prizes = dict[tuple[int, int | None], str]
"""The prize by entry and contestant; without a contestant it is the entry's own."""

Present = Callable[[int], Prizes]
"""The prizes of an event by the present result."""


def present_prizes(session: Session) -> Present:
    """The prizes in the store, each event asked once."""
    return cache(partial(_prizes, session))


def _prizes(session: Session, event_id: int) -> Prizes:
    """Every prize of the event by the present result, for the entry and for each of its members."""
    if not plan_of(session, event_id).stages:
        return {}
    people = entrants(session, event_id)
    found: Prizes = {}
    for division in last_stages(event_result(session, event_id)):
        for standing in division.standings:
            person = people.get(standing.number)
            if standing.award is None or person is None:
                continue
            holders = (None, *(member.contestant_id for member in person.members))
            found |= {(person.entry_id, holder): standing.award for holder in holders}
    return found


def prizes_of(event_id: int, winners: Iterable[Winner]) -> Present:
    """The same out of one event's winners already found."""
    found: Prizes = {}
    for winner in winners:
        for holder in (None, winner.contestant_id):
            found[winner.entry_id, holder] = winner.content.award
    return {event_id: found}.__getitem__


def prize_lost(one: Certificate, present: Present) -> Problem | None:
    """What is wrong with a paper in force whose holder has not, or no longer, the prize on it."""
    content = from_values(one.content)
    if one.event_id is None or one.entry_id is None:
        return None
    if present(one.event_id).get((one.entry_id, one.contestant_id)) == content.award:
        return None
    names = {"serial": one.serial, "name": content.name, "award": content.award}
    said = Said(
        "Certificate {serial} gives {name} {award}, which the present result does not. "
        "Void it, or set the result right.",
        names,
    )
    return Problem("certificate_without_prize", said, {"serial": one.serial})


def refuse_lost(papers: Iterable[Certificate], present: Present) -> None:
    """Refuses papers in force whose prize the present result does not give."""
    for one in papers:
        lost = prize_lost(one, present)
        if lost is not None:
            raise Refusal(lost.said.text, **lost.said.values)
