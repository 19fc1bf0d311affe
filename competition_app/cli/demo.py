"""``demo``: the whole sample day in a fresh store, with its results in a folder."""

import time
from argparse import Namespace
from pathlib import Path

from competition_app import logs
from competition_app.cli.answer import Answer
from competition_app.cli.progress import Bar
from competition_app.demo.day import Day, run_day
from competition_app.domain.errors import Refusal
from competition_app.i18n import tr
from competition_app.services import upkeep
from competition_app.services.workspace import open_workspace


def run(given: Namespace) -> Answer:
    """Run the day, take the pictures, say what was made and where it lies."""
    begun = time.perf_counter()
    logs.set_up()
    out: Path = given.out.absolute()
    _make_folder(out)
    given.store = store = given.store or _fresh(out / "demo.store")
    with Bar() as bar:
        day = run_day(store, out, bar)
    pictures = out / "pictures"
    drawn = given.take_pictures(store, pictures, given.lang)
    took = time.perf_counter() - begun
    document = _document(day, pictures if drawn else None, took)
    return Answer(document, _lines(day, pictures, drawn=drawn, took=took))


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal("The folder {folder} cannot be made. Choose another place.", folder=str(out)) from error


def _fresh(store: Path) -> Path:
    """A place for the store: one that an earlier run left there makes way, unless a program has it open."""
    if store.exists():
        open_workspace(store, copies=False).close()
        for copy in upkeep.copies(store):  # they are of the earlier run's history, not of the next one's
            copy.path.unlink(missing_ok=True)
        for tail in ("", "-wal", "-shm"):
            store.with_name(store.name + tail).unlink(missing_ok=True)
    return store


def _document(day: Day, pictures: Path | None, took: float) -> dict[str, object]:
    return {
        "out": str(day.out),
        "store": str(day.store),
        "workbooks": day.registered.workbooks,
        "registrations": {"accepted": day.registered.accepted, "refused": day.registered.refused},
        "entries": day.entries,
        "marks": day.marks,
        "decisions": day.honoured.decisions,
        "certificates": day.honoured.certificates,
        "files": [str(file) for file in day.honoured.files],
        "pictures": str(pictures) if pictures else None,
        "seconds": round(took, 1),
    }


def _lines(day: Day, pictures: Path, *, drawn: bool, took: float) -> list[str]:
    registered, honoured = day.registered, day.honoured
    return [
        tr("The sample competition ran from the workbooks to the certificates in {n} s.", n=f"{took:.1f}"),
        tr(
            "{workbooks} workbooks: {taken} rows taken, {refused} not; the marked ones lie in {folder}",
            workbooks=registered.workbooks, taken=registered.accepted, refused=registered.refused,
            folder=day.out / "returned",
        ),
        tr("{entries} entries, {marks} marks, {decisions} decisions", entries=day.entries, marks=day.marks,
           decisions=honoured.decisions),
        tr("{n} certificate lies in {out}|{n} certificates lie in {out}", n=honoured.certificates,
           out=day.out / "certificates.pdf"),
        *(str(file) for file in honoured.files if file.suffix in {".xlsx", ".json"}),
        tr("Pictures of the pages lie in {folder}", folder=pictures) if drawn
        else tr("No pictures were taken: the window cannot be drawn here."),
        tr("Everything lies in {out}; the store is {store}", out=day.out, store=day.store),
    ]  # fmt: skip
