"""``score-sheets``: blank score sheets of a module as one PDF, for judges who mark on paper."""

from argparse import Namespace
from datetime import datetime

from competition_app.cli.answer import Answer
from competition_app.cli.opening import opened
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions
from competition_app.services.judging import score_sheets as sheets


def score_sheets(given: Namespace) -> Answer:
    """Writes the sheets; a module need not be named where only one is marked on sheets."""
    with opened(given, writing=False) as workspace:
        event = workspace.ask(competitions.find_event, given.event, given.competition)
        place = workspace.ask(sheets.sheet_module, event, given.stage, given.module)
        now = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
        made = workspace.ask(
            sheets.score_sheets, event, *place, now, in_use(), only=given.judge, spare=max(0, given.spare)
        )
    pages = sheets.save_sheets(made, given.out, in_use())
    document = {"file": str(given.out), "sheets": len(made.heads), "pages": pages, "module": place[1]}
    said = tr("{n} sheet was written to {file}|{n} sheets were written to {file}",
              n=len(made.heads), file=given.out)  # fmt: skip
    return Answer(document, [said])
