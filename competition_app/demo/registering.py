"""The weeks of registration: untidy workbooks come in, go back marked, and are reviewed."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from competition_app.demo import workbooks
from competition_app.demo.people import SEED, workers
from competition_app.demo.setting_up import Place
from competition_app.i18n import in_use
from competition_app.services.registration import registration, registration_review, registration_rows

SEEN = "已核对身份证原件，由单位书面确认。"


@dataclass(frozen=True, slots=True)
class Registered:
    """What came of the workbooks: how many there were, rows taken and not, registrations passed."""

    workbooks: int
    accepted: int
    refused: int
    passed: int


def register(place: Place, out: Path, chance: Random) -> Registered:
    """Write the enterprises' workbooks, import them, give them back marked, and review what was taken."""
    people = workers(Random(SEED))  # noqa: S311 - invented people, the same every time
    files = workbooks.write_all(people, out / "registrations", chance)
    books = registration.read_books(files)
    report = place.workspace.do(place.actor, registration.accept, place.competition, books)
    registration.write_reports(files, report, out / "returned", in_use())
    forms = place.workspace.ask(registration.registration_forms, place.competition)
    registration.write_forms(forms, out / "报名表模板.xlsx", in_use())
    return Registered(len(files), report.accepted, report.refused, _review(place))


def _review(place: Place) -> int:
    """Pass what has no problem; let the others stand once the identity card was seen. How many passed."""
    workspace, actor = place.workspace, place.actor
    rows = workspace.ask(registration_rows.registrations, place.competition)
    for row in rows:
        if row.bad:
            for problem in workspace.ask(registration_rows.registration_detail, row.id).problems:
                workspace.do(actor, registration_review.settle, row.id, problem.code, SEEN)
    workspace.do(actor, registration_review.pass_registrations, [row.id for row in rows])
    return len(rows)
