"""The whole day, from the enterprises' workbooks to the certificates, in one call."""

import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from competition_app.demo import honouring, marking
from competition_app.demo.honouring import Honoured
from competition_app.demo.people import SEED, sample, workers
from competition_app.demo.registering import Registered, register
from competition_app.demo.setting_up import Place, set_up
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services import staff
from competition_app.services.progress import Progress
from competition_app.services.workspace import Workspace, open_workspace

Told = Callable[[int, int, str], object]
"""Hears how many of how many steps are done, and the next one."""
STEPS = 7


@dataclass(frozen=True, slots=True)
class Day:
    """What the day made, and where."""

    store: Path
    out: Path
    registered: Registered
    entries: int
    marks: int
    honoured: Honoured


def run_day(store: Path, out: Path, told: Told) -> Day:
    """Run the sample competition in a fresh store and leave its files in ``out``; always the same."""
    out.mkdir(parents=True, exist_ok=True)
    with closing(open_workspace(store, copies=False)) as workspace:
        return _day(workspace, out, told)


def make_sample(store: Path, progress: Progress) -> None:
    """The sample competition as a store alone, for somebody who looks around in the window."""
    with tempfile.TemporaryDirectory() as out:
        run_day(store, Path(out), progress.at)


def _day(workspace: Workspace, out: Path, told: Told) -> Day:
    chance = Random(SEED)  # noqa: S311 - a made-up competition, the same every time
    actor = workspace.ask(staff.lone_organiser, tr("sample organiser"))
    if actor is None:
        raise Refusal("This store has people who sign in. The sample needs a store of its own.")
    told(0, STEPS, tr("setting up"))
    place = set_up(workspace, actor, chance)
    told(1, STEPS, tr("registering"))
    registered = register(place, out, chance)
    entries = marks = 0
    for number, event in enumerate(sample("events"), 2):
        told(number, STEPS, event["name"])
        found = marking.field(place, event, chance)
        entries += len(found.entries)
        marks += _contest(place, found, out, chance)
    told(5, STEPS, tr("deciding"))
    decisions = honouring.decide(place)
    honouring.lock(place)
    told(6, STEPS, tr("certificates"))
    honoured = replace(honouring.honour(place, out, in_use()), decisions=decisions)
    told(STEPS, STEPS, "")
    return Day(workspace.path, out, registered, entries, marks, honoured)


def _contest(place: Place, found: marking.Field, out: Path, chance: Random) -> int:
    if any(module["code"] == "theory" for module in found.rules["modules"]):
        people = workers(Random(SEED))  # noqa: S311 - the same people again
        marking.theory(place, found, people, out / "理论成绩.xlsx", chance)
    marks = marking.sheets(place, found, chance)
    marking.incidents(place, found, chance)
    return marks
