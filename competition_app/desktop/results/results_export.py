"""Results out of the window: the workbook, the PDF to be signed, and printing; all as jobs."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from competition_app.desktop import printing
from competition_app.desktop.certificates.paper_view import Pdf
from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.i18n import in_use, tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.progress import Progress
from competition_app.services.results import result_papers


class ResultsExport(QObject):
    """Writes what the results page shows, from the same one ranking."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host)
        self._context, self._host = context, host

    def book(self, event: EventRow) -> None:
        """The result book as .xlsx."""
        name = tr("{event} result book", event=event.name) + ".xlsx"
        target = self._context.asking.save_file(tr("Save the result book"), name, "Excel (*.xlsx)")
        if target is not None:
            self._save(event, target, lambda papers: result_papers.save_book(papers, target, in_use()))

    def pdf(self, event: EventRow) -> None:
        """The standings as PDF."""
        name = tr("{event} standings", event=event.name) + ".pdf"
        target = self._context.asking.save_file(tr("Save the standings"), name, "PDF (*.pdf)")
        if target is not None:
            self._save(event, target, lambda papers: result_papers.save_pdf(papers, target, in_use()))

    def _save(
        self, event: EventRow, target: Path, write: Callable[[result_papers.ResultPapers], object]
    ) -> None:
        words = JobWords(tr("Exporting results"), event.name, tr("No half file is left when cancelled."))
        done = tr("Saved: {file}", file=target.name)
        self._context.jobs.start(
            words,
            lambda progress: write(self._papers(event, progress)),
            lambda _made: self._context.asking.note(done),
        )

    def _papers(self, event: EventRow, progress: Progress) -> result_papers.ResultPapers:
        progress.at(0, 0, event.name)
        now = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
        return self._context.workspace.ask(result_papers.result_papers, event.id, in_use(), now)

    def print_standings(self, event: EventRow) -> None:
        """The signed page through the print preview."""

        def draw(progress: Progress) -> bytes:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "standings.pdf"
                result_papers.save_pdf(self._papers(event, progress), file, in_use())
                return file.read_bytes()

        title = tr("{event} standings", event=event.name)
        self._context.jobs.start(
            JobWords(tr("Preparing the print"), event.name), draw,
            lambda data: self._preview(data, title),
        )  # fmt: skip

    def _preview(self, data: bytes, title: str) -> None:
        printing.preview(self._host, Pdf(data), title)
