"""``plan``: an event's rules in plain sentences, as JSON, or as the paper for signature."""

from argparse import Namespace

from competition_app.cli.answer import Answer
from competition_app.cli.opening import opened
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions
from competition_app.services.plans import plan_paper


def plan(given: Namespace) -> Answer:
    """The rules that count now; ``--pdf`` writes them as a paper."""
    with opened(given, writing=False) as workspace:
        event = workspace.ask(competitions.find_event, given.event, given.competition)
        paper = workspace.ask(plan_paper.plan_paper, event, in_use())
    document = plan_paper.plan_json(paper)
    if given.pdf is None:
        return Answer(document, plan_paper.plan_lines(paper))
    pages = plan_paper.save_plan(paper, given.pdf)
    said = tr("{n} page was written to {file}|{n} pages were written to {file}", n=pages, file=given.pdf)
    return Answer({**document, "file": str(given.pdf), "pages": pages}, [said])
