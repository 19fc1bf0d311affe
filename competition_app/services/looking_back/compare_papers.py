"""Two entries side by side: as a page, as lines of text, as a JSON document."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from competition_app.documents.results import why_place
from competition_app.documents.results.compare_words import compare_document, compare_page
from competition_app.documents.results.why_place_content import WhyPage, text_lines
from competition_app.domain.looking_back.compare import Comparison
from competition_app.i18n import Words
from competition_app.services.looking_back.comparing import compare
from competition_app.services.results.why_papers import why_head


@dataclass(frozen=True, slots=True)
class ComparePaper:
    """Everything the page of two entries needs: the comparison, and the page in words."""

    comparison: Comparison
    page: WhyPage
    words: Words


def compare_paper(
    session: Session,
    event_id: int,
    number: str,
    against: str,
    words: Words,
    *,
    stage: str | None = None,
    sheets: bool = False,
    object_until: datetime | None = None,
) -> ComparePaper:
    """Two entries compared, ready for paper: the first by name, the second by number alone.

    ``stage`` None takes the last in which both are; ``sheets`` adds the judges' sheets of both;
    ``object_until`` is as in ``why_paper``. Raises Refusal for a number that is not in the event, the same
    number twice, and two ranked apart.
    """
    found = compare(session, event_id, number, against, stage)
    person = found.left
    head = why_head(
        session, event_id, found.comparison.left, person.name, person.organisation, object_until, words
    )
    page = compare_page(found.comparison, head, words, sheets=sheets)
    return ComparePaper(found.comparison, page, words)


def save_compared(paper: ComparePaper, target: Path) -> int:
    """The page as a PDF; returns its number of pages."""
    return why_place.write_why([paper.page], target, paper.words)


def compared_lines(paper: ComparePaper) -> tuple[str, ...]:
    """The page as lines of text."""
    return tuple(text_lines(paper.page))


def compared_json(paper: ComparePaper) -> dict[str, Any]:
    """The comparison as plain JSON values, with the page's lines."""
    return compare_document(paper.comparison, paper.page, paper.words)
