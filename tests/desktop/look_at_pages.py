"""Looks at every page of a store for cut text, in both languages, in a process of its own scale.

``python -m tests.desktop.look_at_pages STORE FOLDER`` prints what is cut, one line each.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from competition_app import app
from competition_app.desktop import pictures
from competition_app.desktop.frame.main_window import MainWindow
from competition_app.desktop.frame.page_list import PAGES
from competition_app.desktop.preferences import Preferences
from competition_app.desktop.start.opening import Opening
from competition_app.desktop.tables.table_view import TableView
from competition_app.services.workspace import Workspace
from tests.desktop.looking import cells_without_tip, cut_texts


def shown(store: Path, folder: Path) -> MainWindow:
    """The program's window on the only competition of a store."""
    preferences = Preferences(folder / "window.json")
    preferences["theme"] = "light"
    window = app.build(preferences, "zh")
    opening = Opening(window)
    window.resize(*pictures.DESIGNED)
    window.show()
    opening.use(Workspace(store))
    opening.open_code("SZ2025", PAGES[0].key)
    pictures.settle(window)
    return window


def cut(window: MainWindow) -> Iterator[str]:
    """What is cut, page by page; the first row of each table chosen, so that panels stand too."""
    for language in ("zh", "en"):
        if language != "zh":
            window.speak(language)
        for page in PAGES:
            window.frame.go(page.key)
            pictures.settle(window)
            for table in window.frame.page().findChildren(TableView):
                if table.isVisible() and table.rows_model.rows:
                    table.selectRow(0)
            QApplication.processEvents()
            for text in [*cut_texts(window), *cells_without_tip(window)]:
                yield f"{language} {page.key}: {text!r}"


if __name__ == "__main__":
    window = shown(Path(sys.argv[1]), Path(sys.argv[2]))
    found = list(cut(window))
    print("\n".join([*found, f"looked at {window.frame.current}"]))  # noqa: T201 - the answer to the test
    window.jobs.close()
    window.close()
