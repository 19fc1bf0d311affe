"""Bringing forms in: read beside the window, looked through, their problems shown, then accepted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.registration.registration_problems import Found
from competition_app.domain.errors import Problem, Said
from competition_app.domain.registration.registration import BookRead, FileReport, ImportReport, ScreenedRow
from competition_app.i18n import tr
from competition_app.services.progress import Cancelled, Progress
from competition_app.services.registration import registration, registration_rows

MEND, BACK, LATER = Said("Correct"), Said("Back to the unit"), Said("After accepting")
"""What to do about a problem: correct it here, hand the form back, or accept the row first."""

KINDS = "Excel, WPS, CSV (*.xlsx *.xlsm *.xls *.xlsb *.ods *.et *.csv *.txt)"


@dataclass(frozen=True, slots=True)
class Brought:
    """Forms read and looked through: what they hold and what taking them would give (or gave)."""

    paths: tuple[Path, ...]
    books: tuple[BookRead, ...]
    report: ImportReport
    taken: bool = False


class RegistrationImport(QObject):
    """One import at a time. ``changed`` tells that forms were read, accepted or put aside."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.brought: Brought | None = None
        self.found: tuple[Found, ...] = ()

    @property
    def waiting(self) -> bool:
        """Forms were read and neither accepted nor put aside yet."""
        return self.brought is not None and not self.brought.taken

    def read(self, paths: Sequence[Path]) -> None:
        """Read these forms beside the window and show what taking them would give."""
        if not paths:
            return
        workspace, competition = self._context.workspace, self._context.competition_id
        files = tuple(paths)

        def work(progress: Progress) -> Brought:
            books = _read(files, progress)
            report = workspace.ask(registration.preview, competition, books)
            return Brought(files, books, report)

        words = JobWords(tr("Reading registration forms"), tr("{n} file|{n} files", n=len(files)),
                         tr("Nothing is taken before you accept it."))  # fmt: skip
        self._context.jobs.start(words, work, self._show)

    def accept(self) -> None:
        """Take the acceptable rows into the competition."""
        brought = self.brought
        if brought is None or brought.taken:
            return
        workspace, competition, actor = (
            self._context.workspace, self._context.competition_id, self._context.actor,
        )  # fmt: skip

        def work(_progress: Progress) -> Brought:
            report = workspace.do(actor, registration.accept, competition, brought.books)
            return Brought(brought.paths, brought.books, report, taken=True)

        words = JobWords(tr("Taking registrations in"), leaves=tr("All rows are taken, or none."))
        self._context.jobs.start(words, work, self._accepted)

    def _accepted(self, brought: Brought) -> None:
        self._show(brought)
        n = brought.report.accepted
        self._context.asking.note(tr("{n} registration accepted|{n} registrations accepted", n=f"{n:,}"))

    def put_aside(self) -> None:
        """Take nothing of the forms that were read."""
        self.brought, self.found = None, ()
        self.changed.emit()

    def _show(self, brought: Brought) -> None:
        self.brought = brought
        self.find_again()

    def find_again(self) -> None:
        """List the problems anew: those of rows taken as they stand in the store now."""
        brought = self.brought
        if brought is not None:
            self.found = tuple(self._found(brought))
        self.changed.emit()

    def _found(self, brought: Brought) -> Iterable[Found]:
        key = 0
        for file in brought.report.files:
            if file.refusal is not None:
                key += 1
                yield Found(key, True, "", tr("File"), file.refusal, BACK, place=file.file)
            for row in file.rows:
                taken = self._registration(brought, file, row)
                open_codes = self._open(taken) if taken is not None else None
                for problem in row.problems:
                    if open_codes is None or (problem.code, problem.more.get("role")) in open_codes:
                        key += 1
                        yield _problem(key, file, row, problem, taken)

    def _registration(self, brought: Brought, file: FileReport, row: ScreenedRow) -> int | None:
        if not brought.taken or not row.accepted or not row.problems:
            return None
        return self._context.workspace.ask(
            registration_rows.registration_of_cell,
            self._context.competition_id,
            file.file,
            row.sheet,
            row.row,
        )

    def _open(self, registration_id: int) -> set[tuple[str, object]]:
        detail = self._context.workspace.ask(registration_rows.registration_detail, registration_id)
        return {(problem.code, problem.more.get("role")) for problem in detail.problems}

    @property
    def summary(self) -> tuple[str, str]:
        """What was read in one sentence, and what becomes of the rest in another."""
        if self.brought is None:
            return "", ""
        report = self.brought.report
        files, rows = len(report.files), report.accepted + report.refused
        first = tr("{n} file, {rows} rows: {accepted} can be accepted."
                   "|{n} files, {rows} rows: {accepted} can be accepted.",
                   n=files, rows=f"{rows:,}", accepted=f"{report.accepted:,}")  # fmt: skip
        more = tr("{n} row is not taken, see the problems below."
                  "|{n} rows are not taken, see the problems below.",
                  n=f"{report.refused:,}") if report.refused else ""  # fmt: skip
        return first, more

    @property
    def last_file(self) -> str:
        """Which file was read last, and how many of its rows were (or can be) taken."""
        if self.brought is None or not self.brought.report.files:
            return ""
        if len(self.brought.report.files) > 1:
            return tr("{n} file|{n} files", n=len(self.brought.report.files))
        file = self.brought.report.files[0]
        return tr(
            "{file}, {accepted} of {rows} rows", file=file.file, accepted=file.accepted, rows=len(file.rows)
        )


def _read(files: tuple[Path, ...], progress: Progress) -> tuple[BookRead, ...]:
    def step(done: int, total: int, name: str) -> bool:
        try:
            progress.at(done, total, name)
        except Cancelled:
            stopped.append(True)
            return False
        return True

    stopped: list[bool] = []
    books = registration.read_books(files, step)
    if stopped:
        raise Cancelled
    return books


def _problem(key: int, file: FileReport, row: ScreenedRow, problem: Problem, taken: int | None) -> Found:
    more = problem.more
    deed = MEND if taken is not None else LATER if row.accepted else BACK
    return Found(
        key, not row.accepted, str(more.get("cell", "")), str(more.get("column", "")), problem.said, deed,
        row.name,
        f"{file.file} {row.sheet}", taken,
    )  # fmt: skip
