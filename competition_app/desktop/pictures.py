"""Pictures of the window's pages as PNG, for the demo, the guide and the tests that look at them."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.frame.page_list import PAGES

DESIGNED = (1366, 768)
PATIENCE_S = 20.0
QUIET_S = 0.06
BREATH_S = 0.002


def settle(window: MainWindow) -> None:
    """Let layouts, notices and jobs come to rest: no job for longer than writes are gathered."""
    QApplication.processEvents()  # a write that arrives now is gathered from now on
    end = time.monotonic() + PATIENCE_S
    rest = time.monotonic() + QUIET_S
    while (now := time.monotonic()) < end:
        QApplication.processEvents()  # what was due at ``now`` is done
        if window.jobs.running:
            rest = time.monotonic() + QUIET_S
        elif now >= rest:
            return
        time.sleep(BREATH_S)


def grab(window: MainWindow, target: Path) -> Path:
    """The window as it stands now, as a PNG."""
    settle(window)
    target.parent.mkdir(parents=True, exist_ok=True)
    window.grab().save(str(target))
    return target


def grab_pages(
    window: MainWindow, folder: Path, *, sizes: Sequence[tuple[int, int]] = (DESIGNED,),
    themes: Sequence[str] = ("light", "dark"),
) -> Iterator[Path]:  # fmt: skip
    """Every page of the open competition, and the start, in each size and theme; the file names say which."""
    for width, height in sizes:
        window.resize(width, height)
        for look in themes:
            window.dress(look)
            for place, page in enumerate(PAGES, 1):
                if window.frame is not None:
                    window.frame.go(page.key)
                    yield grab(window, folder / f"{place}-{page.key}-{width}x{height}-{look}.png")
