"""The deeds of the certificates page: make, save, print, void, verify; long ones as jobs."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from competition_app.desktop import printing
from competition_app.desktop.certificates.certificates_preview import paper_bytes
from competition_app.desktop.certificates.paper_view import Pdf
from competition_app.desktop.frame.asking import Answer
from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.look import theme
from competition_app.desktop.parts.fields import Field
from competition_app.desktop.parts.obstacles import Obstacle
from competition_app.desktop.parts.sentences import joined
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.certificates import certificate_files, certificates
from competition_app.services.certificates.certificate_files import Printing, Verdict
from competition_app.services.certificates.certificates import Papers, WinnerRow
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.locking import locking
from competition_app.services.progress import Progress
from competition_app.services.results.winners import Wording

FILE_KINDS = "PDF (*.pdf)"
LOCK = "lock"


class CertificateWork(QObject):
    """Carries out what the page's buttons say, through the one write path, and tells what came of it."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host)
        self._context, self._host = context, host
        self._asking = context.asking

    def make(self, event: EventRow, wording: Wording, winners: Sequence[WinnerRow]) -> None:
        """Ask how, then number the papers and write them."""
        hindered = [one for one in winners if one.state == "hindered"]
        ready = len(winners) - len(hindered)
        if not ready:
            self._obstacles(event, hindered)
            return
        new = sum(one.serial is None for one in winners if one.state != "hindered")
        text = tr("{new} of them get a new number in the register; numbers given before stay.", new=new)
        if hindered:
            text += tr(" {n} that cannot be made yet is left out.| {n} that cannot be made yet are left out.",
                       n=len(hindered))  # fmt: skip
        locked = self._context.workspace.ask(locking.lock_state, event.id).locked
        answers = [
            Answer(None, tr("Not now")),
            Answer("apart", tr("A file each"), "folder-open"),
            Answer("one", tr("One PDF file"), "file-badge", "primary" if locked else "plain"),
        ]
        if not locked:
            said = tr("The result is not locked yet, places may still change: lock it first.")
            text = joined((said, text))
            answers.append(Answer(LOCK, tr("See the results"), "list-ordered", "primary"))
        title = tr(
            "Make {n} certificate of {event}?|Make {n} certificates of {event}?", n=ready, event=event.name
        )
        way = self._asking.question(title, text, answers, "file-badge")
        if way == LOCK:
            self._context.go.emit("results")
            return
        target = self._target(event, str(way)) if way else None
        if target is not None:
            self._make(event, wording, str(way), target)

    def _obstacles(self, event: EventRow, hindered: Sequence[WinnerRow]) -> None:
        lines = [Obstacle(one.name, in_use().say(one.problems[0])) for one in hindered[:5]]
        lead = tr("No certificate of {event} can be made before this is mended.", event=event.name)
        self._asking.obstacles(tr("The certificates cannot be made yet"), lead, lines)

    def _target(self, event: EventRow, way: str) -> Path | None:
        if way == "apart":
            return self._asking.folder(tr("Folder for the certificates"))
        name = tr("{event} certificates", event=event.name) + ".pdf"
        return self._asking.save_file(tr("Save the certificates"), name, FILE_KINDS)

    def _make(self, event: EventRow, wording: Wording, way: str, target: Path) -> None:
        workspace, actor = self._context.workspace, self._context.actor

        def work(progress: Progress) -> int:
            issued = workspace.do(actor, certificates.issue, event.id, wording)
            papers = workspace.ask(certificates.papers, event.id, list(issued.serials))
            return _write(papers, way, target, progress)

        words = JobWords(tr("Making certificates"), tr("{event}, saved as PDF", event=event.name),
                         tr("No half file is left when cancelled."))  # fmt: skip
        self._context.jobs.start(words, work, lambda count: self._saved(count, target))

    def _saved(self, count: int, target: Path) -> None:
        self._asking.note(tr("{n} certificate saved: {file}|{n} certificates saved: {file}",
                             n=count, file=target.name))  # fmt: skip

    def save_papers(self, winners: Sequence[WinnerRow]) -> None:
        """Save made papers as one PDF."""
        serials = self._serials(winners)
        name = f"{winners[0].name}.pdf" if len(serials) == 1 else tr("Certificates") + ".pdf"
        target = self._asking.save_file(tr("Save the certificates"), name, FILE_KINDS) if serials else None
        if target is None:
            return
        event_id, workspace = self._context.event_id or 0, self._context.workspace

        def work(progress: Progress) -> int:
            return _write(workspace.ask(certificates.papers, event_id, serials), "one", target, progress)

        leaves = tr("No half file is left when cancelled.")
        self._context.jobs.start(JobWords(tr("Saving certificates"), target.name, leaves), work,
                                 lambda count: self._saved(count, target))  # fmt: skip

    def print_papers(self, winners: Sequence[WinnerRow]) -> None:
        """Show the print preview of made papers; what was printed is noted in the register."""
        serials = self._serials(winners)
        if not serials:
            return
        event_id, workspace = self._context.event_id or 0, self._context.workspace

        def draw(_progress: Progress) -> bytes:
            return paper_bytes(workspace.ask(certificates.papers, event_id, serials), Printing())

        def show(data: bytes) -> None:
            if printing.preview(self._host, Pdf(data), tr("Certificates")):
                workspace.do(self._context.actor, certificates.mark_printed, serials)

        self._context.jobs.start(JobWords(tr("Preparing the print")), draw, show)

    def _serials(self, winners: Sequence[WinnerRow]) -> list[str]:
        """The numbers of papers that can be printed; says what to do where there is none."""
        serials = [one.serial for one in winners if one.serial is not None and not one.problems]
        if not serials:
            refusal = Refusal("None of these certificates is made yet. Make the certificates first.")
            self._asking.refused(refusal, tr("There is nothing to print"))
        return serials

    def void(self, winner: WinnerRow) -> None:
        """Void a paper with its reason; its number is never used again."""
        serial = winner.serial
        if serial is None:
            return
        lines = QPlainTextEdit()
        lines.setTabChangesFocus(True)
        lines.setFixedHeight(theme.px("measure.photoHeight"))
        reason = Field(tr("Reason, kept in the register"), lines)

        def check() -> bool:
            try:
                self._context.workspace.do(self._context.actor, certificates.void, serial, reason.text())
            except Refusal as refusal:
                reason.refuse(in_use().say(refusal))
                return False
            return True

        title = tr("Void the certificate of {name}?", name=winner.name)
        lead = tr("Number {serial} is never used again; a new certificate gets a new number.", serial=serial)
        if self._asking.form(title, lead, [reason], tr("Void {serial}", serial=serial), check):
            self._asking.note(tr("{serial} is voided.", serial=serial))

    def verify(self, file: Path) -> None:
        """Hold a certificate's file against the register."""
        workspace = self._context.workspace

        def say(verdict: Verdict) -> None:
            good = sum(page.true for page in verdict.pages)
            title = tr("Genuine") if verdict.true else tr("Not what the register says")
            text = tr("{good} of {total} pages are as registered.", good=good, total=len(verdict.pages))
            if changed := sum(page.changed for page in verdict.pages):
                text += tr(" {n} is registered, but the result changed since.|"
                           " {n} are registered, but the result changed since.", n=changed)  # fmt: skip
            self._asking.question(title, text, [Answer(None, tr("Got it"))], "file-badge")

        words = JobWords(tr("Verifying"), file.name)
        self._context.jobs.start(
            words, lambda _progress: workspace.ask(certificate_files.verify, str(file)), say
        )


def _write(papers: Papers, way: str, target: Path, progress: Progress) -> int:
    """Write papers as one file or apart; how many."""
    if way == "apart":
        return len(certificate_files.print_apart(papers, target, progress=progress))
    return certificate_files.print_file(papers, target, progress=progress)
