"""“Why this place” for one entry: as a page to be handed out, as lines of text, as a JSON document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competition_app.documents.results import why_place
from competition_app.documents.results.standings_table import check_code
from competition_app.documents.results.why_place_content import WhyPage, text_lines
from competition_app.documents.results.why_place_json import why_document
from competition_app.documents.results.why_place_words import WhyHead, why_page
from competition_app.domain.errors import Refusal
from competition_app.domain.ranking.derivation import Derivation
from competition_app.i18n import Words
from competition_app.services.competitions.competitions import event_of
from competition_app.services.judging.entrants import entrants
from competition_app.services.locking.obstacles import UNLOCKED
from competition_app.services.plans.plans import plan_of
from competition_app.services.results.derivations import why
from competition_app.services.results.results import event_result
from competition_app.store.models import Competition, Division, Event, PlanVersion


@dataclass(frozen=True, slots=True)
class WhyPaper:
    """Everything the page of one entry needs: the derivation, and the page in words."""

    derivation: Derivation
    page: WhyPage
    words: Words


def why_paper(
    session: Session,
    event_id: int,
    number: str,
    words: Words,
    *,
    stage: str | None = None,
    sheets: bool = False,
    object_until: datetime | None = None,
) -> WhyPaper:
    """Why an entry stands where it stands, ready for paper.

    ``stage`` None takes the last one it is in; ``sheets`` adds every judge's marks; ``object_until`` is the
    local time at which objections end, left to be filled in by hand where it is None. Raises Refusal for a
    number that is not in the event.
    """
    event = event_of(session, event_id)
    people = entrants(session, event_id)
    if number not in people:
        raise Refusal(
            "{event} has no entry with the number {number}. Look the number up in the standings.",
            event=event.name,
            number=number,
        )
    derivation = why(session, event_id, number, stage)
    person = people[number]
    head = why_head(session, event_id, derivation, person.name, person.organisation, object_until, words)
    return WhyPaper(derivation, why_page(derivation, head, words, sheets=sheets), words)


def why_head(
    session: Session,
    event_id: int,
    derivation: Derivation,
    name: str,
    organisation: str,
    object_until: datetime | None,
    words: Words,
) -> WhyHead:
    """What stands about a derivation on paper: the contest's names, whose page it is, by which rules."""
    event = event_of(session, event_id)
    competition = session.get(Competition, event.competition_id)
    assert competition is not None
    found = event_result(session, event.id).division(derivation.division, derivation.stage)
    assert found is not None
    version = select(func.max(PlanVersion.version)).where(PlanVersion.event_id == event.id)
    ends_on = competition.ends_on
    return WhyHead(
        plan=plan_of(session, event.id),
        event=event.name,
        division=_division_names(session, event).get(derivation.division or "", derivation.division or ""),
        stage=derivation.rule.name or "",
        name=name,
        organisation=organisation,
        plan_version=int(session.scalar(version) or 0),
        check_code=check_code(found),
        day=date.fromisoformat(ends_on) if ends_on else None,
        object_until=object_until,
        draft=words("Not locked") if event.state in UNLOCKED else "",
    )


def _division_names(session: Session, event: Event) -> Mapping[str, str]:
    names = select(Division.code, Division.name).where(Division.event_id == event.id)
    return {row.code: row.name for row in session.execute(names)}


def save_why(paper: WhyPaper, target: Path) -> int:
    """The page as a PDF; returns its number of pages."""
    return why_place.write_why([paper.page], target, paper.words)


def why_lines(paper: WhyPaper) -> tuple[str, ...]:
    """The page as lines of text."""
    return tuple(text_lines(paper.page))


def why_json(paper: WhyPaper) -> dict[str, Any]:
    """The derivation as plain JSON values, with the page's lines."""
    return why_document(paper.derivation, paper.page, paper.words)
