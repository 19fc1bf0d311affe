"""The history out of the program: what is shown on the page as a workbook."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.documents.results.history_book import HistoryLine, write_history_book
from competition_app.i18n import Words
from competition_app.services.history.history_told import log_rows
from competition_app.services.progress import Progress
from competition_app.services.workspace import Workspace
from competition_app.store.models import History

_PAGE = 200


def export_history(
    workspace: Workspace, seqs: Sequence[int], target: Path, words: Words, progress: Progress
) -> int:
    """Write these operations as a workbook, in this order; returns how many. Cancelled leaves no file.

    They are read page by page, so that nobody else waits.
    """
    lines = _lines(workspace, seqs, words)
    title = words("History, {time}", time=f"{datetime.now().astimezone():%Y-%m-%d %H:%M}")
    return write_history_book(
        title, lines, target, words, lambda row: progress.at(row, len(seqs), str(seqs[row - 1]))
    )


def _lines(workspace: Workspace, seqs: Sequence[int], words: Words) -> Iterator[HistoryLine]:
    for start in range(0, len(seqs), _PAGE):
        yield from workspace.ask(_page, list(seqs[start : start + _PAGE]), words)


def _page(session: Session, seqs: Sequence[int], words: Words) -> list[HistoryLine]:
    query = select(History.seq, History.digest).where(History.seq.in_(seqs))
    digests = {row.seq: row.digest for row in session.execute(query)}
    return [
        HistoryLine(
            row.seq, f"{datetime.fromisoformat(row.at).astimezone():%Y-%m-%d %H:%M:%S}", row.actor, row.role,
            row.device, row.done, row.subject, row.change, row.program, digests[row.seq],
        )
        for row in log_rows(session, seqs, words)
    ]  # fmt: skip
