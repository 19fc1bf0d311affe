"""The evening: what is open is decided, the results are locked and become books, lists and certificates."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from competition_app.demo.people import sample
from competition_app.demo.setting_up import Place
from competition_app.i18n import Words
from competition_app.services.certificates import certificate_files, certificates
from competition_app.services.competitions import competitions
from competition_app.services.exchange import exchange
from competition_app.services.judging import rulings
from competition_app.services.locking import locking
from competition_app.services.results import result_papers, results

TIES = frozenset({"unresolved_tie_in_top", "unresolved_tie_at_prize"})


@dataclass(frozen=True, slots=True)
class Honoured:
    """What the evening gave: decisions taken, certificates made, files written."""

    decisions: int
    certificates: int
    files: tuple[Path, ...]


def decide(place: Place) -> int:
    """The chief judge decides every tie that may not stand, and accepts what else is open, with reasons."""
    taken = 0
    for event in place.events.values():
        for question in place.workspace.ask(results.open_questions, event):
            taken += 1
            if question.code in TIES:
                entries = question.more["entries"]
                assert isinstance(entries, list)
                reason = "经裁判组复核工艺照片，一致认定前者装配更规范"
                place.workspace.do(place.actor, rulings.decide_tie, event, entries, reason)
            else:
                number = str(question.more["entry"]) if "entry" in question.more else None
                reason = "裁判长复核评分表，维持原评分"
                place.workspace.do(
                    place.actor, rulings.accept_question, event, question.code, reason, number=number
                )
    return taken


def lock(place: Place) -> None:
    """The chief judge locks every result: from here on nothing changes without a reason."""
    for event in place.events.values():
        place.workspace.do(place.actor, locking.lock, event)


def honour(place: Place, out: Path, words: Words) -> Honoured:
    """Write result books, standings to post, certificates in one file and apart, and the package."""
    files = [file for code, event in place.events.items() for file in _papers(place, code, event, out, words)]
    serials = [
        serial
        for event in place.events.values()
        for serial in place.workspace.do(place.actor, certificates.issue, event).serials
    ]
    every = place.workspace.ask(certificates.papers, next(iter(place.events.values())), serials)
    together, apart = out / "certificates.pdf", out / "certificates"
    apart.mkdir(exist_ok=True)
    certificate_files.print_file(every, together)
    certificate_files.print_apart(every, apart)
    place.workspace.do(place.actor, certificates.mark_printed, serials)
    return Honoured(0, len(serials), (*files, together, apart, _package(place, out)))


def _papers(place: Place, code: str, event: int, out: Path, words: Words) -> tuple[Path, Path]:
    name = place.workspace.ask(competitions.event, event).name
    day = f"{sample('competition')['ends_on']} 18:00"
    papers = place.workspace.ask(result_papers.result_papers, event, words, day)
    book, printed = out / f"{code} {name}.xlsx", out / f"{code} {name}.pdf"
    result_papers.save_book(papers, book, words)
    result_papers.save_pdf(papers, printed, words)
    return book, printed


def _package(place: Place, out: Path) -> Path:
    code = sample("competition")["code"]
    target = out / f"{code}.competition.json"
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    exchange.export_package(place.workspace, code, target, now)
    return target
