"""``import-registrations``: enterprises' workbooks into the store, with every problem by its cell."""

from argparse import Namespace
from collections.abc import Iterator

from competition_app.cli.acting import acting
from competition_app.cli.answer import Answer
from competition_app.cli.opening import opened
from competition_app.cli.progress import Bar
from competition_app.domain.registration.registration import FileReport, ImportReport
from competition_app.i18n import in_use, tr
from competition_app.services.competitions import competitions
from competition_app.services.registration import registration


def import_registrations(given: Namespace) -> Answer:
    """Read the workbooks, take in what can be taken (or only look), write the marked workbooks if asked."""
    with opened(given, writing=not given.dry_run) as workspace, Bar() as bar:
        competition = workspace.ask(competitions.competition, given.competition).id
        if given.report:  # before any row is taken: what cannot be reported is not begun
            registration.report_places(given.files, given.report)
        books = registration.read_books(given.files, bar)
        wishes = {"event": given.event, "all_or_nothing": given.all_or_nothing}
        if given.dry_run:
            report = workspace.ask(registration.preview, competition, books, **wishes)
        else:
            report = workspace.do(
                acting(workspace, given.acting), registration.accept, competition, books, **wishes
            )
    if given.report:
        registration.write_reports(given.files, report, given.report, in_use())
    unread = next((file.refusal for file in report.files if file.refusal), None)
    return Answer(
        registration.import_report_json(report, in_use()), _lines(report, dry=given.dry_run), unread
    )


def _lines(report: ImportReport, *, dry: bool) -> Iterator[str]:
    for file in report.files:
        yield from _file_lines(file)
    taken, refused = report.accepted, report.refused
    if dry:
        yield tr(
            "Nothing was written. {taken} rows would be taken, {refused} not.", taken=taken, refused=refused
        )
    else:
        yield tr("{taken} rows were taken, {refused} not.", taken=taken, refused=refused)


def _file_lines(file: FileReport) -> Iterator[str]:
    yield file.file
    if file.refusal:
        yield "  " + in_use().say(file.refusal)
    if file.held:
        yield "  " + tr("None of its rows was taken, because one of them cannot be.")
    for sheet in file.ignored:
        yield "  " + tr("Sheet {sheet} was left out: {why}", sheet=sheet.sheet, why=sheet.why)
    for row in file.rows:
        for problem in row.problems:
            place = tr("{sheet}, row {row}", sheet=row.sheet, row=row.row)
            yield f"  {'·' if row.accepted else '✗'} {place} {row.name}: {in_use().say(problem)}"
