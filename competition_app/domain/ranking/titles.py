"""Nominations for titles: who fulfils what a title needs, and why others were passed over (scoring.md §8)."""

from collections.abc import Iterator, Mapping
from datetime import date

from competition_app.domain.errors import Said
from competition_app.domain.plans.plan import Needs, Title
from competition_app.domain.ranking.awards import passes, reached
from competition_app.domain.ranking.placing import Order
from competition_app.domain.ranking.result import Nomination
from competition_app.domain.scoring.facts import ContestantFacts, EventFacts
from competition_app.domain.scoring.totals import StageEntry, StageTotals


def nominations(
    facts: EventFacts, division: str | None, order: Order, totals: Mapping[str, StageTotals]
) -> Iterator[Nomination]:
    """Everyone of a division within a title's ranks: nominated, or passed over with the reason."""
    for title in facts.plan.titles:
        for group in order.groups:
            if not title.ranks[0] <= group.place <= title.ranks[1]:
                continue
            for row in group.rows:
                yield from _of_entry(facts, title, division, group.place, row, totals)


def _of_entry(
    facts: EventFacts,
    title: Title,
    division: str | None,
    place: int,
    row: StageEntry,
    totals: Mapping[str, StageTotals],
) -> Iterator[Nomination]:
    failed = _not_passed(facts, title.needs, row, totals)
    people: list[str | None] = list(row.entry.contestants) or [None]
    for code in people:
        person = facts.contestants.get(code) if code is not None else None
        reason = failed or _against(title.needs, person)
        yield Nomination(title.name, row.number, code, division, place, reason is None, reason)


def _not_passed(
    facts: EventFacts, needs: Needs, row: StageEntry, totals: Mapping[str, StageTotals]
) -> Said | None:
    low = facts.plan.low
    if isinstance(needs.pass_, bool):
        failed = needs.pass_ and not passes(totals.values(), row.number, low)
        return Said("did not reach every pass mark") if failed else None
    for code in needs.pass_:
        for each in facts.plan.stages:
            module = each.module(code)
            if module is None or module.pass_ is None:
                continue
            there = totals[each.code].entries.get(row.number)
            score = there.parts[code].score if there else None
            if not reached(module.pass_, score, low):
                return Said("did not pass module {module}", {"module": code})
    return None


def _against(needs: Needs, person: ContestantFacts | None) -> Said | None:
    """Why a person cannot be nominated, or None."""
    if person is None:
        return Said("nothing is known of the person") if _asks_of_person(needs) else None
    if needs.sex is not None and person.sex != needs.sex:
        return Said("is for {sex} only", {"sex": needs.sex})
    if needs.age_at_most is not None and needs.on is not None:
        if person.birth_date is None:
            return Said("the birth date is not known")
        age = age_on(person.birth_date, date.fromisoformat(needs.on))
        if age > needs.age_at_most:
            return Said("is {age}, above {limit}", {"age": age, "limit": needs.age_at_most})
    return _by_standing(needs, person)


def _asks_of_person(needs: Needs) -> bool:
    lists = (needs.employment, needs.holding, needs.not_holding)
    return needs.age_at_most is not None or needs.sex is not None or any(lists)


def _by_standing(needs: Needs, person: ContestantFacts) -> Said | None:
    """Why employment or titles held stand in the way, or None."""
    if needs.employment and person.employment not in needs.employment:
        return Said("is not employed as {employment}", {"employment": " / ".join(needs.employment)})
    if needs.holding and not person.holds.intersection(needs.holding):
        return Said("does not hold {title}", {"title": " / ".join(needs.holding)})
    held = [title for title in needs.not_holding if title in person.holds]
    return Said("already holds {title}", {"title": held[0]}) if held else None


def age_on(born: date, day: date) -> int:
    """Full years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
