"""``standings`` and ``import-scores``: results out of the store, and scores into it."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from competition_app.cli.acting import acting
from competition_app.cli.answer import Answer
from competition_app.cli.opening import opened
from competition_app.cli.standings import event_lines
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions
from competition_app.services.judging import scores_import
from competition_app.services.judging.scores_import import ScoreReport
from competition_app.services.results import result_papers, results


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


def import_scores(given: Namespace) -> Answer:
    """Take a workbook of scores into a module; rows that match nobody are told, nothing is guessed."""
    with opened(given) as workspace:
        event = workspace.ask(competitions.find_event, given.event, given.competition)
        actor = acting(workspace, given.acting)
        report = scores_import.import_scores(
            workspace, actor, given.file, event, given.module, stage=given.stage
        )
    return Answer(scores_import.scores_document(report, in_use()), _score_lines(report))


def _score_lines(report: ScoreReport) -> Iterator[str]:
    yield report.file
    for row in report.rows:
        for problem in row.problems:
            place = tr("{sheet}, row {row}", sheet=report.sheet, row=row.row)
            yield f"  ✗ {place} {row.name or ''}: {in_use().say(problem)}"
    yield tr("{taken} rows were taken, {refused} not.", taken=report.accepted, refused=report.refused)
