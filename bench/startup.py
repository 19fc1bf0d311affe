"""How long the program takes to answer: a command against bare Python, the window against an empty one."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import Measured, best

# Both windows end as soon as the event loop turns again after their first painting.
FIRST_PAINT = """
import os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWidgetType() and watched.isWindow():
            QTimer.singleShot(0, lambda: os._exit(0))
        return False

painted = Painted()
"""
EMPTY = """
app = QApplication([])
app.installEventFilter(painted)
window = QMainWindow()
window.resize(1366, 768)
window.show()
app.exec()
"""
OURS = """
from pathlib import Path
from competition_app import app
app.application().installEventFilter(painted)
app.open_window(Path(sys.argv[1]), "zh")
"""


def run(*arguments: str | Path) -> None:
    """A process of its own from start to end, without a screen and away from the user's own data."""
    surroundings = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(arguments[-1]) + ".data",
    }
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)  # else only our modules would be compiled at each start
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], env=surroundings, capture_output=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(done.stderr.decode(errors="replace"))


def measure() -> Iterator[Measured]:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "a.store"
        bare = best(lambda: run("-c", "import argparse, json, pathlib"), 5)
        yield Measured(
            "a command, to its help", best(lambda: run("-m", "competition_app", "--help"), 5), "s", 3, bare
        )
        run("-m", "competition_app", "check", "--store", store)
        empty = best(lambda: run("-c", FIRST_PAINT + EMPTY, store), 5)
        ours = best(lambda: run("-c", FIRST_PAINT + OURS, store), 5)
        yield Measured("the window, to its first painting", ours, "s", 2, empty)
