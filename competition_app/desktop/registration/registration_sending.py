"""Forms that go out: the blank ones to the units, and a unit's own workbook with its bad cells marked."""

from pathlib import Path

from competition_app.desktop.frame.asking import Answer
from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.registration.registration_import import Brought
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services.progress import Progress
from competition_app.services.registration import organisations, registration

WORKBOOK = "Excel (*.xlsx)"


class RegistrationSending:
    """Saves forms beside the window and says where they lie."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def hand_out(self) -> None:
        """发放报名表: one blank form for any unit, or one for each unit that takes part, under its name."""
        ask, competition = self._context.workspace.ask, self._context.competition_id
        units = [row for row in ask(organisations.organisations, competition) if row.code]
        each = False
        if units:
            answer = self._context.asking.question(
                tr("Hand out registration forms"),
                tr("A form carries the events, the lists to choose from and checks of ID number and phone."),
                [
                    Answer(False, tr("One blank form")),
                    Answer(
                        True, tr("One for {n} unit|One for each of {n} units", n=len(units)), "", "primary"
                    ),
                ],
                "send",
            )
            if answer is None:
                return
            each = bool(answer)
        try:
            forms = ask(
                registration.registration_forms, competition, [row.id for row in units] if each else ()
            )
        except Refusal as refusal:
            self._context.asking.refused(refusal)
            return
        several = len(forms) > 1
        target = self._where(several, tr("Registration form"))
        if target is not None:
            words = in_use()
            self._save(
                tr("Writing registration forms"),
                lambda _progress: registration.write_forms(forms, target, words), target,
            )  # fmt: skip

    def give_back(self, brought: Brought) -> None:
        """The senders' own workbooks with the bad cells marked and commented."""
        several = len(brought.paths) > 1
        name = tr("{file} marked", file=brought.paths[0].stem)
        target = self._where(several, name)
        if target is not None:
            words, paths, report = in_use(), brought.paths, brought.report
            self._save(
                tr("Marking the forms"),
                lambda _progress: registration.write_reports(paths, report, target, words), target,
            )  # fmt: skip

    def _where(self, several: bool, name: str) -> Path | None:
        asking = self._context.asking
        if several:
            return asking.folder(tr("Choose a folder for the forms"))
        chosen = asking.save_file(tr("Save the form"), f"{name}.xlsx", WORKBOOK)
        return chosen.with_suffix(".xlsx") if chosen is not None and not chosen.suffix else chosen

    def _save(self, title: str, work: object, target: Path) -> None:
        assert callable(work)
        written = work

        def run(progress: Progress) -> int:
            progress.at(0, 0)
            return len(written(progress))

        def done(n: int) -> None:
            said = tr("{n} form saved: {path}|{n} forms saved: {path}", n=n, path=str(target))
            self._context.asking.note(said)

        self._context.jobs.start(JobWords(title, leaves=tr("Files that are written stay.")), run, done)
