"""``certificates`` and ``verify``: papers made from the result, and papers that somebody brings."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from competition_app.cli.acting import acting
from competition_app.cli.answer import Answer, table
from competition_app.cli.opening import opened
from competition_app.cli.progress import Bar
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr
from competition_app.services.certificates import certificate_files
from competition_app.services.certificates import certificates as register
from competition_app.services.certificates.certificate_files import PageVerdict
from competition_app.services.competitions import competitions
from competition_app.services.progress import Progress


class _Watched(Progress):
    """Progress that a bar on the terminal shows as it comes."""

    def __init__(self, bar: Bar) -> None:
        super().__init__()
        self._bar = bar

    def at(self, done: int, total: int, item: str = "") -> None:
        super().at(done, total, item)
        self._bar(done, total, item)


def certificates(given: Namespace) -> Answer:
    """Number and register the event's certificates and write them, all in one PDF or each in a folder."""
    with opened(given) as workspace, Bar() as bar:
        event = workspace.ask(competitions.find_event, given.event, given.competition)
        certificate_files.check_place(given.out)
        issued = workspace.do(acting(workspace, given.acting), register.issue, event)
        papers = workspace.ask(register.papers, event, issued.serials)
        files = _write(papers, given.out, _Watched(bar))
    left_out = [
        {"number": row.number, "name": row.name, "award": row.award, "problems": _problems(row)}
        for row in issued.left_out
    ]
    made = [
        {"serial": paper.serial, "name": paper.name, "organisation": paper.organisation, "award": paper.award}
        for paper in papers.contents
    ]
    document = {
        "certificates": made,
        "new": issued.new,
        "left_out": left_out,
        "files": [str(f) for f in files],
    }
    lines = [tr("{n} certificate lies in {out}|{n} certificates lie in {out}", n=len(made), out=given.out)]
    lines += [
        tr("Left out: {number} {name}: {why}", number=row.number, name=row.name, why=row.problems[0])
        for row in issued.left_out
    ]
    return Answer(document, lines)


def _write(papers: register.Papers, out: Path, progress: Progress) -> tuple[Path, ...]:
    if out.suffix.lower() != ".pdf":
        return certificate_files.print_apart(papers, out, progress=progress)
    certificate_files.print_file(papers, out, progress=progress)
    return (out,)


def _problems(row: register.WinnerRow) -> list[dict[str, str]]:
    return [{"code": problem.code, "message": in_use().say(problem)} for problem in row.problems]


def verify(given: Namespace) -> Answer:
    """Hold a certificate's file or number against the register; status 1 where it is not genuine."""
    with opened(given, writing=False) as workspace:
        verdict = workspace.ask(certificate_files.verify, given.what)
    document = {"genuine": verdict.true, "certificates": [asdict(page) for page in verdict.pages]}
    false = next((page for page in verdict.pages if not page.true), None)
    return Answer(document, _verdicts(verdict.pages), _why_not(false) if false else None)


def _verdicts(pages: tuple[PageVerdict, ...]) -> Iterator[str]:
    heads = [tr("Number"), tr("Name"), tr("Event"), tr("Award"), tr("Verdict")]
    rows = []
    for page in pages:
        verdict = tr("genuine") if page.true else tr("not genuine")
        rows.append([page.serial, page.name or "", page.event or "", page.award or "", verdict])
    yield from table(heads, rows)


def _why_not(page: PageVerdict) -> Said:
    if not page.known:
        return Said("This store has no certificate {serial}. Ask who issued it.", {"serial": page.serial})
    if page.state == register.VOIDED:
        return Said(
            "Certificate {serial} was voided ({reason}). A newer one may have been made.",
            {"serial": page.serial, "reason": page.void_reason or ""},
        )
    if page.changed and not page.differences:
        return Said(
            "Certificate {serial} is registered, but the result changed since: it does not give this prize "
            "now. Ask who issued it.",
            {"serial": page.serial},
        )
    return Said(
        "Certificate {serial} does not say what was registered: {lines}. Do not accept it.",
        {"serial": page.serial, "lines": " / ".join(page.differences)},
    )
