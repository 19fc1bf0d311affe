"""``why``: why an entry stands where it stands, in words, as JSON, or as the page for the contestant."""

from argparse import Namespace

from competition_app.cli.answer import Answer
from competition_app.cli.opening import opened
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions
from competition_app.services.results import why_papers


def why(given: Namespace) -> Answer:
    """The derivation of one entry's place; ``--pdf`` writes the page as well."""
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
    pages = why_papers.save_why(paper, given.pdf)
    said = tr("{n} page was written to {file}|{n} pages were written to {file}", n=pages, file=given.pdf)
    return Answer({**document, "file": str(given.pdf), "pages": pages}, [said])
