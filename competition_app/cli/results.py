"""``standings`` and ``import-scores``: results out of the store, and scores into it."""

from argparse import Namespace
from datetime import datetime
from pathlib import Path

from competition_app.cli.answer import Answer
from competition_app.cli.opening import opened
from competition_app.cli.standings import event_lines
from competition_app.i18n import in_use, tr
from competition_app.services import competitions, result_papers, results


def standings(given: Namespace) -> Answer:
    """Show an event's result, or write it as a workbook or for printing."""
    words = in_use()
    with opened(given, writing=False) as workspace:
        event = workspace.ask(competitions.find_event, given.event, given.competition)
        document = workspace.ask(results.standings_document, event, words)
        result = workspace.ask(results.event_result, event)
        target: Path | None = given.xlsx or given.pdf
        if target is None:
            return Answer(document, event_lines(result))
        now = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
        papers = workspace.ask(result_papers.result_papers, event, words, now)
    save = result_papers.save_book if given.xlsx else result_papers.save_pdf
    save(papers, target, words)
    return Answer(document, [tr("The result was written to {file}", file=target)])
