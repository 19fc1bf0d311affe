"""``why``: why an entry stands where it stands, alone or against another: in words, as JSON, on a page."""

from argparse import Namespace

from competition_app.cli.answer import Answer
from competition_app.cli.opening import opened
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions
from competition_app.services.looking_back import compare_papers
from competition_app.services.results import why_papers


def why(given: Namespace) -> Answer:
    """The derivation of one entry's place; ``--pdf`` writes the page as well, ``--against`` compares two."""
    if given.against is not None:
        return _against(given)
    with opened(given, writing=False) as workspace:
        event = workspace.ask(competitions.find_event, given.event, given.competition)
        paper = workspace.ask(
            why_papers.why_paper,
            event,
            given.number,
            in_use(),
            stage=given.stage,
            sheets=given.sheets,
            object_until=given.object_until,
        )
    document, lines = why_papers.why_json(paper), why_papers.why_lines(paper)
    if given.pdf is None:
        return Answer(document, lines)
    return _written(given, document, why_papers.save_why(paper, given.pdf))


def _against(given: Namespace) -> Answer:
    """Two entries side by side."""
    with opened(given, writing=False) as workspace:
        event = workspace.ask(competitions.find_event, given.event, given.competition)
        paper = workspace.ask(
            compare_papers.compare_paper,
            event,
            given.number,
            given.against,
            in_use(),
            stage=given.stage,
            sheets=given.sheets,
            object_until=given.object_until,
        )
    document, lines = compare_papers.compared_json(paper), compare_papers.compared_lines(paper)
    if given.pdf is None:
        return Answer(document, lines)
    return _written(given, document, compare_papers.save_compared(paper, given.pdf))


def _written(given: Namespace, document: dict[str, object], pages: int) -> Answer:
    said = tr("{n} page was written to {file}|{n} pages were written to {file}", n=pages, file=given.pdf)
    return Answer({**document, "file": str(given.pdf), "pages": pages}, [said])
