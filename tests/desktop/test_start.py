"""The start: painted before any heavy library is loaded, what it remembers, its keys, its drop."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from looking import cut_texts
from PySide6.QtCore import Qt

from competition_app import app
from competition_app.desktop.preferences import RECENT, Preferences
from competition_app.desktop.start.recent import recent_of
from competition_app.desktop.start.start_cards import DropArea, RecentRow
from competition_app.desktop.start.start_page import StartPage
from competition_app.services.competitions.presets import presets
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


@pytest.fixture
def start(preferences: Preferences, qtbot) -> StartPage:
    """The start of a window on the screen, with the keyboard."""
    window = app.build(preferences)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.start.sample.hasFocus)
    return window.start


def test_arrow_keys_choose_and_enter_begins(start: StartPage, qtbot) -> None:
    begun: list[str] = []
    start.way.connect(begun.append)
    ways = [card.way.key for card in start.cards]
    right, left, down, up = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up
    cards, sample = start.cards, start.sample
    for key, stop in (
        (right, cards[0]), (right, cards[1]), (down, cards[4]), (left, cards[3]), (down, cards[6]),
        (down, sample), (up, cards[6]), (up, cards[3]), (up, cards[0]), (left, sample), (down, cards[0]),
    ):  # fmt: skip
        qtbot.keyClick(start.window().focusWidget(), key)
        assert stop.hasFocus(), key
        qtbot.keyClick(stop, Qt.Key.Key_Return)
    assert begun[:2] == [*ways[:2]]
    assert begun[5] == "sample"


def test_every_way_can_be_reached_by_tab(start: StartPage, qtbot) -> None:
    seen = set()
    for _ in range(30):
        seen.add(start.window().focusWidget())
        qtbot.keyClick(start.window().focusWidget(), Qt.Key.Key_Tab)
    assert {*start.cards, start.sample, start.blank, start.other} <= seen
    assert all(widget.accessibleName() or widget.text() for widget in seen)


def test_the_cards_are_the_presets_and_an_earlier_competition(start: StartPage) -> None:
    assert [card.way.key for card in start.cards] == [*(row.key for row in presets()), "previous"]
    assert [card.way.title for card in start.cards][:3] == ["数智技能赛", "双人赛", "三人团体 + 个人"]
    assert [card.way.corner for card in start.cards] == ["常用", *[""] * 8]


@pytest.mark.parametrize("size", [(1366, 768), (1280, 640), (1920, 1080)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_on_the_start_lies_over_anything_else(
    preferences: Preferences, qtbot, language: str, size: tuple[int, int]
) -> None:
    preferences["language"] = language
    preferences["recent"] = [
        {"store": "s", "code": str(n), "name": f"竞赛 {n}", "state": "open"} for n in range(6)
    ]
    window = app.build(preferences)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    qtbot.waitExposed(window)
    start = window.start
    assert cut_texts(start) == []
    tops = [card.geometry() for card in start.cards]
    assert all(not one.intersects(other) for i, one in enumerate(tops) for other in tops[:i])
    drop = start.findChild(DropArea)
    assert drop.y() >= start.other.geometry().bottom()
    assert start.other.y() >= max(row.geometry().bottom() for row in start.findChildren(RecentRow))
    assert len(start.findChildren(RecentRow)) == (3 if size[1] < 768 else 5)


NOW = datetime(2026, 9, 18, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("opened", "said"),
    [
        ("2026-09-18T14:32+00:00", "今天 14:32"),
        ("2026-08-30T09:00+00:00", "8月30日"),
        ("2025-11-06T09:00+00:00", "2025年11月6日"),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_recent_competition_says_when_it_was_open(opened: str, said: str) -> None:
    one = {"name": "竞赛", "place": "体育馆", "opened": opened, "state": "marking", "store": "s"}
    row = recent_of(one, NOW)
    assert row.when == (f"{said}，体育馆" if said else "体育馆")
    assert (row.state, row.role) == ("评分中", "run")


def test_a_competition_remembered_long_ago_is_shown_all_the_same() -> None:
    row = recent_of({"store": "folder/a.store", "code": "A", "name": "竞赛"}, NOW)
    assert (row.name, row.when, row.state) == ("竞赛", "a.store", "")


def test_the_progress_of_work_keeps_its_remarks() -> None:
    from competition_app.domain.errors import Said

    progress = Progress()
    progress.warn(Said("Passed"))
    progress.at(1, 2, "x")
    assert progress.latest.warnings == (Said("Passed"),)
    assert (progress.latest.done, progress.latest.total) == (1, 2)
