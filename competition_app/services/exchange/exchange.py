"""Whole competitions in and out as package files (package.md §1)."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from competition_app.documents.packages.package import read_package, write_package
from competition_app.documents.packages.package_types import Package
from competition_app.domain.errors import Refusal
from competition_app.services.access import Actor
from competition_app.services.exchange.package_export import package_from
from competition_app.services.exchange.package_intake import Codes, store_event
from competition_app.services.exchange.package_people import store_contestants, store_organisations
from competition_app.services.exchange.package_schedule import store_schedule
from competition_app.services.workspace import Act, Workspace
from competition_app.store.models import Competition


@dataclass(frozen=True, slots=True)
class Taken:
    """What a package brought: its competition, and how many of each."""

    code: str
    name: str
    organisations: int
    contestants: int
    events: int
    entries: int
    marks: int


def import_package(workspace: Workspace, actor: Actor, file: Path) -> Taken:
    """Takes a package file (.json or .zip) into the store, whole or not at all.

    Refused with every error and its path, or when the store has a competition of this code already.
    """
    return workspace.do(actor, take_in, read_package(file).package)


def export_package(workspace: Workspace, code: str, file: Path, exported_at: str) -> Package:
    """Writes a competition as a package file; what it holds is given back."""
    package = workspace.ask(package_of, code, exported_at)
    write_package(package, file)
    return package


def take_in(act: Act, package: Package) -> Taken:
    """Writes a package, checked before, into the store."""
    given = package.competition
    if act.session.scalar(select(exists().where(Competition.code == given.code))):
        raise Refusal(
            "A competition with the code {code} is already in the store. "
            "Open another store, or give the package another code.",
            code=given.code,
        )
    competition = Competition(
        code=given.code, name=given.name, short_name=given.short_name, theme=given.theme, place=given.place,
        organisers=list(given.organisers), starts_on=given.starts_on, ends_on=given.ends_on, extra={},
    )  # fmt: skip
    if package.tables:
        competition.extra = {
            "tables": [table.model_dump(mode="json", exclude_unset=True) for table in package.tables]
        }
    act.session.add(competition)
    act.session.flush()
    units = store_organisations(act, competition.id, package)
    codes = Codes(units, store_contestants(act, competition.id, package, units))
    marks = [
        store_event(act, competition.id, index, event, codes) for index, event in enumerate(package.events)
    ]
    store_schedule(act, competition.id, given.schedule)
    entries = sum(len(event.entries) for event in package.events)
    return Taken(
        given.code, given.name, len(units), len(codes.contestants), len(package.events), entries, sum(marks)
    )


def package_of(session: Session, code: str, exported_at: str) -> Package:
    """A competition of the store as a package."""
    competition = session.scalar(select(Competition).where(Competition.code == code))
    if competition is None:
        raise Refusal("There is no competition with the code {code} in this store.", code=code)
    return package_from(session, competition, exported_at)
