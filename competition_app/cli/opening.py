"""The store a command works on."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from competition_app import logs
from competition_app.services.workspace import Workspace, open_workspace


@contextmanager
def opened(given: Namespace, *, writing: bool = True) -> Iterator[Workspace]:
    """The store named by ``--store``, or the user's own; closed again whatever happens.

    Without ``writing`` it may be read while the program holds it.
    """
    logs.set_up()
    workspace = open_workspace(given.store, writing=writing)
    try:
        yield workspace
    finally:
        workspace.close()
