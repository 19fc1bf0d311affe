"""The store a command works on, and who works on it."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from competition_app import logs
from competition_app.domain.errors import Refusal
from competition_app.i18n import tr
from competition_app.services import staff
from competition_app.services.access import Actor
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


def at_the_keyboard(workspace: Workspace) -> Actor:
    """Whoever types commands acts as the lone organiser. Raises Refusal where the store has people."""
    actor = workspace.ask(staff.lone_organiser, tr("command line"))
    if actor is None:
        raise Refusal("This store has people who sign in: open the program on it and sign in there.")
    return actor
