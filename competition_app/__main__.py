"""The door of the program: ``python -m competition_app``, ``competition-app`` and the frozen program."""

import sys


def main() -> int:
    """Open the window, or carry out the command that was given; the exit status of package.md §2."""
    from competition_app import cli

    return cli.main(sys.argv[1:], open_window=_open_window)


def _open_window(store: object, language: str) -> int:
    from competition_app import app

    return app.open_window(store, language)


if __name__ == "__main__":
    import multiprocessing

    multiprocessing.freeze_support()
    sys.exit(main())
