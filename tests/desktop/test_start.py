"""The start: painted before any heavy library is loaded, what it remembers, its keys, its drop."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from competition_app import app
from competition_app.desktop.preferences import RECENT, Preferences
from competition_app.services.progress import Progress

FIRST_PAINT = """
import os, sys
from pathlib import Path
from competition_app import app
def shown():
    heavy = {"sqlalchemy", "alembic", "pydantic", "openpyxl", "reportlab", "xlsxwriter"} & sys.modules.keys()
    print("heavy:", sorted(heavy), flush=True)
    os._exit(0)
app.open_window(Path(sys.argv[1]), "zh", shown=shown)
"""


def test_nothing_heavy_is_loaded_before_the_first_painting(tmp_path: Path) -> None:
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-c", FIRST_PAINT, str(tmp_path / "a.store")]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "heavy: []", done.stderr[-800:]


def test_a_broken_file_of_preferences_counts_as_none(tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    for broken in ("{", "[1]", '{"theme": "dark", "unknown": 1}'):
        file.write_text(broken, encoding="utf-8")
        read = Preferences(file)
        assert read["language"] == "zh"
    assert read["theme"] == "dark"


def test_what_was_opened_lately_is_kept_without_repetition(preferences: Preferences, tmp_path: Path) -> None:
    for code in ("A", "B", "A", *"CDEFGH"):
        preferences.remember_recent({"store": "s", "code": code, "name": code})
    again = Preferences(tmp_path / "window.json")
    assert [one["code"] for one in again["recent"]] == ["H", "G", "F", "E", "D", "C"]
    assert len(again["recent"]) == RECENT


def test_a_disk_that_takes_nothing_costs_only_the_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = Preferences(tmp_path / "file" / "window.json")
    kept["theme"] = "dark"
    assert kept["theme"] == "dark"


def test_arrow_keys_choose_and_enter_begins(preferences: Preferences, qtbot) -> None:
    window = app.build(preferences)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    begun: list[str] = []
    window.start.way.connect(begun.append)
    qtbot.keyClick(window.start, Qt.Key.Key_Right)
    qtbot.waitUntil(window.start.cards[0].hasFocus)
    qtbot.keyClick(window.start.cards[0], Qt.Key.Key_Right)
    qtbot.keyClick(window.start.cards[1], Qt.Key.Key_Return)
    assert begun == ["package"]


def test_the_progress_of_work_keeps_its_remarks() -> None:
    from competition_app.domain.errors import Said

    progress = Progress()
    progress.warn(Said("Passed"))
    progress.at(1, 2, "x")
    assert progress.latest.warnings == (Said("Passed"),)
    assert (progress.latest.done, progress.latest.total) == (1, 2)
