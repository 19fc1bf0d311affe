"""``--as NAME``: who acts on the command line once a store has people, by name and passphrase."""

import getpass
import os
import sys

from competition_app.domain.errors import Refusal
from competition_app.i18n import tr
from competition_app.services import staff
from competition_app.services.access import Actor
from competition_app.services.workspace import Workspace

VARIABLE = "COMPETITION_PASSPHRASE"
"""The environment variable that spares the prompt, for programs that call this one."""


def acting(workspace: Workspace, name: str | None) -> Actor:
    """The actor of a command: the lone organiser, or who is named by ``--as`` and knows the passphrase.

    Raises Refusal where a name is missing, unknown, needless, or the passphrase is wrong.
    """
    alone = workspace.ask(staff.lone_organiser, tr("command line"))
    if alone is not None:
        if name is not None:
            raise Refusal("This store has no people yet, so nobody signs in. Leave --as away.")
        return alone
    if name is None:
        raise Refusal(
            "This store has people who sign in. Add --as NAME and type the passphrase, or set {variable}.",
            variable=VARIABLE,
        )
    found = [one for one in workspace.ask(staff.people) if one.name == name and one.active]
    if not found:
        raise Refusal(
            "{name} is not among the people who may act in this store. Check the name under Settings.",
            name=name,
        )
    return staff.sign_in(workspace, found[0].id, _passphrase(name))


def _passphrase(name: str) -> str:
    """What stands in the environment, else what is typed unseen."""
    given = os.environ.get(VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise Refusal(
            "There is no keyboard to type the passphrase of {name}. Set {variable}.",
            name=name, variable=VARIABLE,
        )  # fmt: skip
    return getpass.getpass(f"{tr('Passphrase of {name}', name=name)}: ")
