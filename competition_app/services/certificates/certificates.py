"""Certificates: made from the one ranking, numbered once for ever, kept in a register, printed, voided."""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competition_app.documents.certificates import certificates as pdf
from competition_app.documents.certificates.certificate_content import CertificateContent
from competition_app.documents.certificates.certificate_layout import layout_names
from competition_app.domain.errors import Problem, Refusal, Said
from competition_app.services.certificates.certificate_prizes import (
    Present,
    present_prizes,
    prize_lost,
    prizes_of,
    refuse_lost,
)
from competition_app.services.competitions.competitions import event_of
from competition_app.services.history.history import NAMELESS
from competition_app.services.results.winners import (
    Winner,
    Wording,
    as_values,
    from_values,
    same_words,
    winners,
)
from competition_app.services.workspace import Act
from competition_app.store import serials as given
from competition_app.store.models import Certificate, Competition, Entry, Event, Setting

MADE, PRINTED, VOIDED = "made", "printed", "voided"
_RUNNING = re.compile(r"-(\d{4,})(?:-\d+)?$")


@dataclass(frozen=True, slots=True)
class WinnerRow:
    """A paper as the page of certificates lists it.

    ``state``: ``waiting`` (no number yet), ``made``, ``printed``, or ``hindered`` with its problems.
    ``shrunk``: a text was set smaller to fit. A registered paper whose holder has no prize any more
    stands at the end, hindered, with a ``copy`` below zero and no place.
    """

    entry_id: int
    copy: int
    number: str
    name: str
    organisation: str
    award: str
    place: int | None
    serial: str | None
    state: str
    problems: tuple[Problem, ...]
    shrunk: bool


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of the register 证书登记簿; ``problem``: the present result does not give this prize."""

    serial: str
    event: str
    name: str
    organisation: str
    award: str
    state: str
    layout: str
    issued_on: str
    void_reason: str | None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """What issuing did: the papers' numbers in printed order, how many are new, and who was left out."""

    serials: tuple[str, ...]
    new: int
    left_out: tuple[WinnerRow, ...]


@dataclass(frozen=True, slots=True)
class InForce:
    """How many papers of a competition stand in the register and are not voided, and how many are printed."""

    all: int
    printed: int


@dataclass(frozen=True, slots=True)
class Papers:
    """Certificates out of the register, ready to be printed in one layout."""

    layout: str
    contents: tuple[CertificateContent, ...]


def winner_rows(session: Session, event_id: int, wording: Wording | None = None) -> tuple[WinnerRow, ...]:
    """Every paper of the event with its number and state, in printed order, then those without a prize."""
    wording = wording or Wording()
    found, standing = winners(session, event_id, wording), _standing(session, event_id)
    listed = {(winner.entry_id, winner.contestant_id) for winner in found}
    present = prizes_of(event_id, found)
    lost = [
        (one, key[0], problem)
        for key, one in standing.items()
        if key not in listed and (problem := prize_lost(one, present)) is not None
    ]
    numbers = _numbers(session, event_id) if lost else {}
    rows = (_lost_row(one, numbers.get(entry, ""), problem) for one, entry, problem in lost)
    return (*_rows(found, standing, wording.layout), *rows)


def _numbers(session: Session, event_id: int) -> dict[int, str]:
    """The numbers of the event's entries by their keys."""
    query = select(Entry.id, Entry.number).where(Entry.event_id == event_id)
    return dict(session.execute(query).all())


def issue(
    act: Act, event_id: int, wording: Wording | None = None, entries: Collection[str] | None = None
) -> Issued:
    """Number and register the papers of an event's winners (or of these entry numbers).

    A paper that already has a number keeps it. Those still hindered are left out, each with its reason.
    Raises Refusal when there is no winner, none that can be made, or while a paper in force stands for a
    prize that the result does not give.
    """
    wording = wording or Wording()
    if wording.layout not in layout_names():
        raise Refusal("There is no layout {layout}. Choose one of the list.", layout=wording.layout)
    event = event_of(act.session, event_id)
    competition = act.session.get(Competition, event.competition_id)
    assert competition is not None
    found, standing = winners(act.session, event_id, wording), _standing(act.session, event_id)
    refuse_lost(standing.values(), prizes_of(event_id, found))
    chosen = [w for w in found if entries is None or w.number in entries]
    if not chosen:
        raise Refusal(
            "{event} has no winners yet. Check the result and the prizes of the plan.", event=event.name
        )
    rows = _rows(chosen, standing, wording.layout)
    ready = [(w, row) for w, row in zip(chosen, rows, strict=True) if row.state != "hindered"]
    left_out = tuple(row for row in rows if row.state == "hindered")
    if not ready:
        raise Refusal(
            "No certificate of {event} can be made yet: {problem}",
            event=event.name,
            problem=left_out[0].problems[0].said,
        )
    serials = _register(act, competition, event, ready, wording.layout)
    new = sum(row.serial is None for _, row in ready)
    act.note(event=event.code, certificates=new, first=serials[0], last=serials[-1])
    return Issued(serials, new, left_out)


def mark_printed(act: Act, serials: Sequence[str]) -> int:
    """Note that these certificates were printed (again); returns how many.

    Raises Refusal for a number that is unknown, voided, or for a prize that the result does not give.
    """
    found = _by_serial(act.session, serials)
    refuse_lost(found, present_prizes(act.session))
    again = [one.serial for one in found if one.state == PRINTED]
    for one in found:
        one.state = PRINTED
    act.note(printed=len(found), again=again)
    return len(found)


def void(act: Act, serial: str, reason: str) -> None:
    """Void a certificate, with the reason. Its number is never used again; a new paper gets a new one."""
    if not reason.strip():
        raise Refusal("Say why {serial} is voided. The reason stays in the register.", serial=serial)
    (found,) = _by_serial(act.session, [serial])
    found.state, found.void_reason = VOIDED, reason.strip()


def papers(session: Session, event_id: int, serials: Collection[str] | None = None) -> Papers:
    """The registered papers of an event, or those with these numbers, in the order of their numbers.

    Raises Refusal for a number that is unknown or voided, for a prize that the present result does not give,
    when there is none, or when layouts differ.
    """
    if serials is None:
        query = select(Certificate).where(Certificate.event_id == event_id, Certificate.state != VOIDED)
        found = list(session.scalars(query.order_by(Certificate.id)))
    else:
        found = _by_serial(session, list(serials))
    if not found:
        raise Refusal("There is no certificate to print. Choose at least one winner.")
    refuse_lost(found, present_prizes(session))
    layouts = {one.layout for one in found}
    if len(layouts) > 1:
        raise Refusal("These certificates have different layouts. Print each layout by itself.")
    return Papers(layouts.pop(), tuple(from_values(one.content) for one in found))


def register(session: Session, event_id: int | None = None) -> tuple[RegisterRow, ...]:
    """The register, whole or of one event, in the order in which numbers were given."""
    query = select(Certificate).order_by(Certificate.id)
    if event_id is not None:
        query = query.where(Certificate.event_id == event_id)
    present = present_prizes(session)
    return tuple(_register_row(one, present) for one in session.scalars(query))


def in_force(session: Session, competition_id: int) -> InForce:
    """How many papers of this competition were given a number and still count."""
    query = select(Certificate.state, func.count()).where(Certificate.competition_id == competition_id)
    found: dict[str, int] = dict(session.execute(query.group_by(Certificate.state)).all())
    return InForce(found.get(MADE, 0) + found.get(PRINTED, 0), found.get(PRINTED, 0))


def proofs(session: Session, event_id: int, wording: Wording | None = None) -> Papers:
    """The event's papers before they are numbered, for a look at them: they carry 未编号 for a number."""
    wording = wording or Wording()
    found = winners(session, event_id, wording)
    return Papers(wording.layout, tuple(replace(one.content, serial="未编号") for one in found))


def next_serial(competition: str, event: str, level: int, number: int, copy: int = 0) -> str:
    """A number: competition with its year, event, prize, running number; members of a team get -1, -2 …"""
    base = f"{_printed(competition)}-{_printed(event)}-{level}-{number:04d}"
    return f"{base}-{copy}" if copy else base


def _printed(code: str) -> str:
    """A code as it stands in a number: without blanks and what does not print, so it can be read back."""
    return "".join(char for char in code if char.isprintable() and not char.isspace())


def _standing(session: Session, event_id: int) -> dict[tuple[int, int | None], Certificate]:
    """The event's papers that are not voided, by entry and contestant."""
    query = select(Certificate).where(Certificate.event_id == event_id, Certificate.state != VOIDED)
    return {
        (one.entry_id, one.contestant_id): one
        for one in session.scalars(query.order_by(Certificate.id))
        if one.entry_id is not None
    }


def _rows(
    found: Sequence[Winner], standing: dict[tuple[int, int | None], Certificate], layout: str
) -> tuple[WinnerRow, ...]:
    checked = pdf.check([replace(one.content, serial="0" * 24) for one in found], layout)
    rows = []
    for winner, looked in zip(found, checked, strict=True):
        made = standing.get((winner.entry_id, winner.contestant_id))
        problems = (*winner.problems, *looked.problems, *_outdated(winner, made), *_nameless(winner, made))
        state = "hindered" if problems else made.state if made else "waiting"
        content = winner.content
        rows.append(
            WinnerRow(
                winner.entry_id, winner.copy, winner.number, content.name, content.organisation,
                content.award, winner.place, made.serial if made else None, state, problems, looked.shrunk,
            )
        )  # fmt: skip
    return tuple(rows)


def _lost_row(one: Certificate, number: str, problem: Problem) -> WinnerRow:
    """A paper in force whose holder is no winner."""
    content = from_values(one.content)
    return WinnerRow(
        one.entry_id or 0, -one.id, number, content.name, content.organisation, content.award, None,
        one.serial, "hindered", (problem,), False,
    )  # fmt: skip


def _outdated(winner: Winner, made: Certificate | None) -> tuple[Problem, ...]:
    """A registered paper that no longer says what the result says must be voided first."""
    if made is None:
        return ()
    printed, now = from_values(made.content), winner.content
    if now.name == NAMELESS:  # the register keeps what was printed of a person who was erased since
        now = replace(now, name=printed.name)
    if same_words(printed, now):
        return ()
    return (
        Problem(
            "certificate_outdated",
            Said(
                "Certificate {serial} no longer says what the result or its wording says. "
                "Void it, then make it anew.",
                {"serial": made.serial},
            ),
            {"serial": made.serial},
        ),
    )


def _nameless(winner: Winner, made: Certificate | None) -> tuple[Problem, ...]:
    """Nobody's name can be printed once the person was erased; a paper made before stays as it was."""
    if made is not None or winner.content.name != NAMELESS:
        return ()
    return (
        Problem(
            "person_erased",
            Said("This person was erased on request: there is no name to print on a certificate."),
            {"entry": winner.number},
        ),
    )


def _free(session: Session, competition: str, event: str, winner: Winner, number: int) -> int:
    """The first running number not yet in the register: codes A-B and C, A and B-C would share theirs."""
    while True:
        serial = next_serial(competition, event, winner.level, number, winner.copy)
        if session.scalar(select(Certificate.id).where(Certificate.serial == serial)) is None:
            return number
        number += 1


def _given_before(session: Session, competition: str, event: str) -> int:
    """The highest running number that was given before a copy of the store was put back."""
    kept = session.get(Setting, given.GIVEN)
    numbers = json.loads(kept.value) if kept is not None else {}
    return given.floor(numbers, f"{_printed(competition)}-{_printed(event)}")


def _register(
    act: Act, competition: Competition, event: Event, ready: Sequence[tuple[Winner, WinnerRow]], layout: str
) -> tuple[str, ...]:
    """Give numbers to the papers without one; the copies of a team share their running number."""
    used = act.session.scalars(select(Certificate.serial).where(Certificate.event_id == event.id))
    last = max((int(found[1]) for serial in used if (found := _RUNNING.search(serial))), default=0)
    last = max(last, _given_before(act.session, competition.code, event.code))
    numbers: dict[int, int] = {}
    serials = []
    for winner, row in ready:
        if row.serial is not None:
            serials.append(row.serial)
            continue
        if winner.entry_id not in numbers:
            last = _free(act.session, competition.code, event.code, winner, last + 1)
            numbers[winner.entry_id] = last
        serial = next_serial(
            competition.code, event.code, winner.level, numbers[winner.entry_id], winner.copy
        )
        content = replace(winner.content, serial=serial)
        act.session.add(
            Certificate(
                serial=serial,
                competition_id=competition.id,
                event_id=event.id,
                entry_id=winner.entry_id,
                contestant_id=winner.contestant_id,
                layout=layout,
                content=as_values(content),
                result_digest=winner.digest,
                issued_on=content.issued_on.isoformat(),
            )
        )
        serials.append(serial)
    act.session.flush()
    return tuple(serials)


def _by_serial(session: Session, serials: Sequence[str]) -> list[Certificate]:
    """The certificates with these numbers, in this order; refused where one is unknown or voided."""
    found = {
        one.serial: one for one in session.scalars(select(Certificate).where(Certificate.serial.in_(serials)))
    }
    for serial in serials:
        if serial not in found:
            raise Refusal("The register has no certificate {serial}. Check the number.", serial=serial)
        if found[serial].state == VOIDED:
            raise Refusal("Certificate {serial} is voided. Make a new one.", serial=serial)
    return [found[serial] for serial in serials]


def _register_row(one: Certificate, present: Present) -> RegisterRow:
    content = from_values(one.content)
    problem = prize_lost(one, present) if one.state != VOIDED else None
    return RegisterRow(
        one.serial, content.event, content.name, content.organisation, content.award, one.state, one.layout,
        date.fromisoformat(one.issued_on).isoformat(), one.void_reason, problem,
    )  # fmt: skip
