"""The page “why this place” out of the window: printed for the contestant, or saved as PDF; both as jobs."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from competition_app.desktop import printing
from competition_app.desktop.certificates.paper_view import Pdf
from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.i18n import in_use, tr
from competition_app.services.progress import Progress
from competition_app.services.results import why_papers


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose page, in which stage."""

    event_id: int
    event: str
    number: str
    stage: str


class WhyPrinting(QObject):
    """Prints and saves the page, from the same derivation as the panel shows."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host)
        self._context, self._host = context, host

    def save_page(self, asked: Asked) -> None:
        """Ask where, and save the page there."""
        name = f"{self._title(asked)}.pdf"
        target = self._context.asking.save_file(tr("Save the explanation"), name, "PDF (*.pdf)")
        if target is None:
            return
        done = tr("Saved: {file}", file=target.name)
        self._context.jobs.start(
            JobWords(tr("Saving the explanation"), asked.event, tr("No half file is left when cancelled.")),
            lambda progress: self._write(asked, target, progress),
            lambda _made: self._context.asking.note(done),
        )

    def print_page(self, asked: Asked) -> None:
        """Show the page in the print preview."""

        def draw(progress: Progress) -> bytes:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "why.pdf"
                self._write(asked, file, progress)
                return file.read_bytes()

        title = self._title(asked)
        self._context.jobs.start(
            JobWords(tr("Preparing the print"), asked.event),
            draw,
            lambda data: self._preview(data, title),
        )

    @staticmethod
    def _title(asked: Asked) -> str:
        return tr("{event} No. {number} explanation", event=asked.event, number=asked.number)

    def _write(self, asked: Asked, target: Path, progress: Progress) -> int:
        progress.at(0, 0, asked.event)
        paper = self._context.workspace.ask(
            why_papers.why_paper, asked.event_id, asked.number, in_use(), stage=asked.stage
        )
        return why_papers.save_why(paper, target)

    def _preview(self, data: bytes, title: str) -> None:
        printing.preview(self._host.window(), Pdf(data), title)
