"""报名: enterprises' workbooks read, looked through against the store, and taken into it."""

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.documents.reading.reading import Reader
from competition_app.documents.registration.registration_book import read_registration_book
from competition_app.documents.registration.registration_json import import_report_json
from competition_app.documents.registration.registration_report import Marked, write_marked
from competition_app.documents.registration.registration_template import RegistrationForm, write_template
from competition_app.documents.saving import check_place, make_folder
from competition_app.domain.errors import Refusal, Said
from competition_app.domain.registration.registration import BookRead, ImportReport, Known, Standing
from competition_app.domain.registration.registration_screening import screen
from competition_app.i18n import Words
from competition_app.services.registration import registration_intake
from competition_app.services.registration.registration_events import event_rules
from competition_app.services.workspace import Act
from competition_app.store.models import (
    Competition,
    Contestant,
    Entry,
    Event,
    Organisation,
    Person,
    Registration,
)

__all__ = [
    "Marked", "RegistrationForm", "accept", "import_report_json", "preview", "read_books",
    "registration_forms", "report_places", "write_forms", "write_reports",
]  # fmt: skip

_AT_ONCE = 500


def read_books(
    paths: Sequence[Path], progress: Callable[[int, int, str], bool] | None = None
) -> tuple[BookRead, ...]:
    """The workbooks as read, each in a worker process with limits; what is wrong with a file stands in it.

    ``progress`` hears how many of how many files are read and the next one's name; it answers False to stop.
    No store is touched, so this may take its time in any thread.
    """
    books = []
    with _uncollected(), Reader() as reader:
        for number, path in enumerate(paths):
            if progress and not progress(number, len(paths), path.name):
                break
            books.append(read_registration_book(path, reader))
    return tuple(books)


def preview(
    session: Session,
    competition_id: int,
    books: Sequence[BookRead],
    *,
    event: str | None = None,
    all_or_nothing: bool = False,
) -> ImportReport:
    """What taking these workbooks into the competition would give; nothing is written.

    ``event`` is the code for rows that name none. Raises Refusal for an event that is not there.
    """
    books = _of_this_competition(session, competition_id, books)
    known = _known(session, competition_id, books, event)
    return screen(books, known, default_event=event, all_or_nothing=all_or_nothing)


def accept(
    act: Act,
    competition_id: int,
    books: Sequence[BookRead],
    *,
    event: str | None = None,
    all_or_nothing: bool = False,
) -> ImportReport:
    """Takes the acceptable rows of these workbooks into the competition and says what became of each row."""
    with _uncollected():
        report = preview(act.session, competition_id, books, event=event, all_or_nothing=all_or_nothing)
        registration_intake.take_in(act, competition_id, report)
    act.note(files=len(report.files), accepted=report.accepted, refused=report.refused)
    return report


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles while many rows are made: there are none, and it took a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _of_this_competition(
    session: Session, competition_id: int, books: Sequence[BookRead]
) -> tuple[BookRead, ...]:
    competition = session.get(Competition, competition_id)
    if competition is None:
        raise Refusal("The competition is not in the store any more. Choose another.")
    kept = []
    for book in books:
        if book.competition not in (None, competition.code):
            said = Said("{file} is the form of another competition ({competition}). Import it there.",
                        {"file": book.file, "competition": book.competition})  # fmt: skip
            kept.append(BookRead(book.file, (), book.ignored, book.competition, said))
        else:
            kept.append(book)
    return tuple(kept)


def _known(session: Session, competition_id: int, books: Iterable[BookRead], event: str | None) -> Known:
    events = event_rules(session, competition_id)
    if event is not None and event not in {rules.code for rules in events}:
        raise Refusal("There is no event {code} in this competition. Choose another code.", code=event)
    return Known(
        events,
        _standings(session, competition_id),
        _people(session, books),
        tuple(session.scalars(select(Organisation.name).order_by(Organisation.id))),
    )


def _standings(session: Session, competition_id: int) -> tuple[Standing, ...]:
    query = (
        select(
            Registration.id, Event.code, Organisation.name, Person.name, Person.id_number, Registration.state,
            Registration.problems, Entry.name, Person.phone, Person.birth_date,
        )
        .join(Event, Event.id == Registration.event_id)
        .join(Contestant, Contestant.id == Registration.contestant_id)
        .join(Person, Person.id == Contestant.person_id)
        .join(Entry, Entry.id == Registration.entry_id)
        .outerjoin(Organisation, Organisation.id == Entry.organisation_id)
        .where(Registration.competition_id == competition_id)
        .order_by(Registration.id)
    )  # fmt: skip
    found = []
    for key, event, unit, name, number, state, problems, *more in session.execute(query):
        typed = None
        if number is None:
            typed = next(
                (problem["value"] for problem in problems if problem.get("role") == "id_number"), None
            )
        found.append(Standing(key, event, unit or "", name, number, state, typed, *more))
    return tuple(found)


def _people(session: Session, books: Iterable[BookRead]) -> dict[str, str]:
    """The names the store has for the ID numbers typed in these workbooks."""
    if session.scalar(select(Person.id).limit(1)) is None:
        return {}
    typed = {
        str(row.cells["id_number"]).strip().upper()
        for book in books
        for table in book.tables
        for row in table.rows
        if "id_number" in row.cells
    }
    wanted, names = sorted(typed), {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        query = select(Person.id_number, Person.name).where(Person.id_number.in_(some))
        names.update({number: name for number, name in session.execute(query) if number})
    return names


def write_reports(
    paths: Sequence[Path], report: ImportReport, target: Path, words: Words
) -> tuple[Marked, ...]:
    """The senders' workbooks with their bad cells marked: one file to ``target``, several into that folder.

    Files that could not be read are left out. Raises Refusal where nothing can be saved there.
    """
    marked = []
    with Reader() as reader:
        for path, file, to in zip(paths, report.files, report_places(paths, target), strict=True):
            if file.refusal is None:
                marked.append(write_marked(path, file, to, words, reader))
    return tuple(marked)


def report_places(paths: Sequence[Path], target: Path) -> tuple[Path, ...]:
    """Where the marked workbooks will lie, one for each of ``paths``; the folder for several is made.

    Raises Refusal where nothing can be saved there, or where a sender's own workbook would be replaced.
    """
    if len(paths) > 1 or target.is_dir():
        make_folder(target)
        taken: set[str] = set()
        places = tuple(target / _free_name(path.stem, taken) for path in paths)
    else:
        places = (target,)
    senders = {path.resolve() for path in paths}
    for place in places:
        if place.resolve() in senders:
            raise Refusal(
                "The marked workbook would replace {file} itself. Name another file or folder for it.",
                file=str(place),
            )
        check_place(place)
    return places


def registration_forms(
    session: Session, competition_id: int, organisation_ids: Sequence[int] = ()
) -> tuple[RegistrationForm, ...]:
    """The forms to send out: one for each of these units, or one for any unit. Refused without events."""
    competition = session.get(Competition, competition_id)
    events = event_rules(session, competition_id)
    if competition is None or not events:
        raise Refusal("The competition has no events yet. Set them up, then send out forms.")
    names: dict[int, str] = dict(session.execute(select(Organisation.id, Organisation.name)).all())
    units: list[str | None] = [names[unit] for unit in organisation_ids if unit in names]
    code, name = competition.code, competition.name
    return tuple(RegistrationForm(code, name, events, unit) for unit in units or [None])


def write_forms(forms: Sequence[RegistrationForm], target: Path, words: Words) -> tuple[Path, ...]:
    """Saves the forms: one to ``target``, several into that folder, each with its unit's name."""
    if len(forms) == 1:
        write_template(target, forms[0], words)
        return (target,)
    make_folder(target)
    taken: set[str] = set()
    paths = [
        target / _free_name(_FIT.sub("_", form.organisation or form.competition), taken) for form in forms
    ]
    for form, path in zip(forms, paths, strict=True):
        write_template(path, form, words)
    return tuple(paths)


_FIT = re.compile(r'[\x00-\x1f<>:"/\\|?*]|[. ]+$')
"""What a file's name cannot hold on one system or another."""


def _free_name(stem: str, taken: set[str]) -> str:
    name, number = f"{stem}.xlsx", 2
    while name.casefold() in taken:
        name, number = f"{stem} ({number}).xlsx", number + 1
    taken.add(name.casefold())
    return name
