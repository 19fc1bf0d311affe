"""The door of the program: ``python -m competition_app``, ``competition-app`` and the frozen program."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def main() -> int:
    """Open the window, or carry out the command that was given; the exit status of package.md §2."""
    from competition_app import cli

    return cli.main(sys.argv[1:], open_window=_open_window, take_pictures=_take_pictures)


def _open_window(store: Path | None, language: str) -> int:
    _refuse_without_screen()
    from competition_app import app

    return app.open_window(store, language)


def _refuse_without_screen() -> None:
    """Say it in words where Qt would end the process: a Linux without any screen."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in screens):
        from competition_app.domain.errors import Refusal

        raise Refusal(
            "There is no screen here, so the window cannot open. Name a command; --help lists them."
        )


def _take_pictures(store: Path, folder: Path, language: str) -> bool:
    """Draw the pages in a process of its own, without a screen: this one may open the window afterwards."""
    import multiprocessing

    try:
        from competition_app import app
    except ImportError:  # Qt's system libraries are not there
        return False
    arguments = {"store": store, "folder": folder, "language": language}
    drawing = multiprocessing.get_context("spawn").Process(target=app.take_pictures, kwargs=arguments)
    with _surroundings(QT_QPA_PLATFORM="offscreen", QT_LOGGING_RULES="default.warning=false"):
        drawing.start()
    drawing.join()
    return drawing.exitcode == 0


@contextmanager
def _surroundings(**wanted: str) -> Iterator[None]:
    """The environment that a process started meanwhile is born into."""
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


if __name__ == "__main__":
    import multiprocessing

    multiprocessing.freeze_support()
    sys.exit(main())
