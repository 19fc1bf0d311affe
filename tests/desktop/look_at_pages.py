"""Looks at the cases of one scale for cut text and wrong ground, in a process that has this scale.

``python -m tests.desktop.look_at_pages FOLDER SCALE`` prints what is wrong, a line each, then how many
cases it looked at. The folder holds a store for each kind of data.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from PySide6.QtWidgets import QApplication

from competition_app import app
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.frame.page_list import PAGES
from competition_app.desktop.look import theme
from competition_app.desktop.preferences import Preferences
from competition_app.desktop.start.opening import Opening
from competition_app.desktop.tables.table_view import TableView
from competition_app.services.workspace import Workspace
from tests.desktop.looking import cells_without_tip, cut_texts
from tests.desktop.pairs import Case, pairwise

AXES = {
    "page": [page.key for page in PAGES],
    "scale": ["1", "1.25", "1.5", "2"],
    "data": ["none", "one", "many", "long"],
    "size": ["1280x640", "1366x768", "1920x1080"],
    "theme": ["light", "dark"],
    "language": ["zh", "en"],
}
CASES = pairwise(AXES)


@contextmanager
def shown(folder: Path, data: str) -> Iterator[MainWindow]:
    """The program's window on the only competition of a store."""
    window = app.build(Preferences(folder / "window.json"), "zh")
    opening = Opening(window)
    window.show()
    opening.use(Workspace(folder / f"{data}.db"))
    opening.open_code("SZ2025", PAGES[0].key)
    yield window
    window.jobs.close()
    window.close()


def settle(window: MainWindow) -> None:
    """Let the page's own jobs end; nothing is written here, so nothing else is waited for."""
    QApplication.processEvents()
    while window.jobs.running:
        time.sleep(0.002)
        QApplication.processEvents()
    QApplication.processEvents()


def bring_about(window: MainWindow, case: Case) -> None:
    """Show the page as the case wants it, the first row of each table chosen, so that panels stand too."""
    if window.preferences["language"] != case["language"]:
        window.speak(case["language"])
    window.dress(case["theme"])
    window.resize(*(int(side) for side in case["size"].split("x")))
    window.frame.go(case["page"])
    settle(window)
    for table in window.frame.page().findChildren(TableView):
        if table.isVisible() and table.rows_model.rows:
            table.selectRow(0)
    settle(window)


def wrong(window: MainWindow) -> Iterator[str]:
    """What a careful person would find: words that are cut, and a ground of the other theme."""
    yield from map(repr, cut_texts(window))
    yield from map(repr, cells_without_tip(window))
    ground = window.frame.status.grab().toImage().pixelColor(2, 2)
    if ground != theme.color("line") and ground != theme.color("nav"):
        yield f"the ground is {ground.name()}"


def look(folder: Path, cases: list[Case]) -> Iterator[str]:
    """What is wrong in each of these cases."""
    order = sorted(cases, key=lambda case: (case["data"], case["language"] == "en", case["theme"]))
    for data, alike in groupby(order, key=lambda case: case["data"]):
        with shown(folder, data) as window:
            for case in alike:
                bring_about(window, case)
                yield from (f"{' '.join(case.values())}: {found}" for found in wrong(window))


if __name__ == "__main__":
    mine = [case for case in CASES if case["scale"] == sys.argv[2]]
    print("\n".join([*look(Path(sys.argv[1]), mine), f"looked at {len(mine)}"]))  # noqa: T201 - the answer
