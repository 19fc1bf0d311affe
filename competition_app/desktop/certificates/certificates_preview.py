"""The paper of one winner, drawn by the same hand that prints it, as a proof until it has its number."""

import tempfile
from pathlib import Path

from competition_app.desktop.certificates.paper_view import PaperView, Pdf
from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.i18n import tr
from competition_app.services.certificates import certificate_files, certificates
from competition_app.services.certificates.certificate_files import Printing
from competition_app.services.certificates.certificates import Papers, WinnerRow
from competition_app.services.progress import Progress
from competition_app.services.results.winners import Wording

DRAWN_ALL_THE_SAME = {
    "result_incomplete", "unresolved_tie_at_prize", "unresolved_tie_in_top", "certificate_outdated",
}  # fmt: skip
"""Problems of the result, not of the paper: the proof can be drawn."""


class Preview(PaperView):
    """Shows the paper of the winner chosen last; answers that come late are dropped."""

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Preview of the certificate"))
        self._context = context
        self._wanted = 0

    def show_nothing(self) -> None:
        """Nobody is chosen."""
        self._wanted += 1
        self.show_pdf(None, message=tr("Choose a winner to see the certificate"))

    def show_winner(self, event_id: int, wording: Wording, place: int, winner: WinnerRow) -> None:
        """Draw this winner's paper: as registered, else as a proof."""
        self._wanted += 1
        wanted, workspace = self._wanted, self._context.workspace

        def draw(_progress: Progress) -> bytes:
            if winner.serial is not None and winner.state in ("made", "printed"):
                found = workspace.ask(certificates.papers, event_id, [winner.serial])
                return paper_bytes(found, Printing())
            proofs = workspace.ask(certificates.proofs, event_id, wording)
            return paper_bytes(Papers(proofs.layout, (proofs.contents[place],)), Printing(proof=True))

        def show(data: bytes) -> None:
            if wanted == self._wanted:
                self.show_pdf(Pdf(data))

        if any(problem.code not in DRAWN_ALL_THE_SAME for problem in winner.problems):
            self.show_pdf(None, message=tr("This certificate cannot be drawn yet. The panel says why."))
        else:
            self._context.jobs.start(JobWords(tr("Drawing the preview")), draw, show)


def paper_bytes(papers: Papers, printing: Printing) -> bytes:
    """These papers as one PDF in memory."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        certificate_files.print_file(papers, file, printing=printing)
        return file.read_bytes()
