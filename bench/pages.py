"""How long a page takes to open in a large competition: 3,000 registrations, 200,000 marks."""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import Measured
from bench.registration import EVENT, PLAN, workbook
from competition_app.services import staff
from competition_app.services.access import Actor
from competition_app.services.competitions import competitions
from competition_app.services.exchange import exchange
from competition_app.services.registration import registration
from competition_app.services.workspace import Workspace, open_workspace

PEOPLE = 3_000
ENTRIES, JUDGES, CRITERIA = 1_000, 10, 20
BAR_S = 0.1
TIMES = 4


def measure() -> Iterator[Measured]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # offscreen says what it cannot do
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled(folder)
        yield from opened(folder)


def filled(folder: Path) -> None:
    """A store with one competition: an event of many registrations, and one of many marks."""
    file = folder / "marks.competition.json"
    file.write_text(package(), encoding="utf-8")
    with open_workspace(folder / "bench.store", copies=False) as workspace:
        actor = workspace.ask(staff.lone_organiser, "bench")
        assert actor
        exchange.import_package(workspace, actor, file)
        register(workspace, actor, folder)


def register(workspace: Workspace, actor: Actor, folder: Path) -> None:
    (found,) = workspace.ask(competitions.competitions)
    workspace.do(actor, competitions.create_event, found.id, code="R", name=EVENT, plan=PLAN)
    workbook(folder / "people.xlsx", PEOPLE)
    books = registration.read_books([folder / "people.xlsx"])
    workspace.do(actor, registration.accept, found.id, books)


def package() -> str:
    """1,000 entries, ten judges, twenty criteria each."""
    import json

    criteria = [{"code": f"P{i}", "kind": "points", "max": 5, "step": 0.5} for i in range(CRITERIA)]
    module = {"code": "m", "name": "实操", "kind": "sheets", "full": 100, "criteria": criteria}
    numbers = [f"{n:04}" for n in range(1, ENTRIES + 1)]
    judges = [f"J{j}" for j in range(JUDGES)]
    prizes = (("一等奖", 10), ("二等奖", 20), ("三等奖", 30))
    levels = [{"name": name, "percent": percent} for name, percent in prizes]
    event = {
        "code": "E", "name": "钳工",
        "plan": {
            "entry": "individual", "stages": [{"code": "s", "modules": [module]}],
            "awards": {"ties": "include", "levels": levels},
        },
        "judges": [{"code": judge, "name": f"裁判{judge}", "modules": ["m"]} for judge in judges],
        "entries": [{"number": n, "contestants": [f"C{n}"]} for n in numbers],
        "marks": [
            {"entry": n, "module": "m", "judge": judge, "criterion": f"P{c}",
             "value": (int(n) * (c + 1) + at) % 11 / 2}
            for n in numbers for at, judge in enumerate(judges) for c in range(CRITERIA)
        ],
    }  # fmt: skip
    people = [{"code": f"C{n}", "name": f"选手{n}", "sex": "男"} for n in numbers]
    competition = {"code": "B", "name": "大型竞赛", "organisers": ["市总工会"], "starts_on": "2025-09-01"}
    return json.dumps({
        "format": "competition-package", "version": 1, "competition": competition, "contestants": people,
        "events": [event],
    })  # fmt: skip


def opened(folder: Path) -> Iterator[Measured]:
    """Each page from the wish to its painting once results are kept: the best of some openings."""
    from PySide6.QtWidgets import QApplication

    from competition_app import app
    from competition_app.desktop import pictures
    from competition_app.desktop.frame.page_list import PAGES
    from competition_app.desktop.preferences import Preferences
    from competition_app.desktop.start.opening import Opening

    window = app.build(Preferences(folder / "window.json"), "zh")
    opening = Opening(window)
    window.resize(*pictures.DESIGNED)
    window.show()
    opening.use(Workspace(folder / "bench.store"))
    opening.open_code("B", PAGES[0].key)
    frame = window.frame
    assert frame is not None
    for page in PAGES:
        frame.go(page.key)
        pictures.settle(window)
    shortest = dict.fromkeys((page.key for page in PAGES), float("inf"))
    for page in PAGES * TIMES:
        began = time.perf_counter()
        frame.go(page.key)
        QApplication.processEvents()
        shortest[page.key] = min(shortest[page.key], time.perf_counter() - began)
        pictures.settle(window)
    for key, seconds in shortest.items():
        yield Measured(f"page {key}, {PEOPLE} people, 200,000 marks", seconds, "s", BAR_S)
    window.jobs.close()
    window.close()
