"""Who is acting: choosing a name and typing its passphrase, or adding a person."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from competition_app.desktop.frame.asking import Answer, Asking
from competition_app.desktop.parts.controls import Selector
from competition_app.desktop.parts.fields import Field
from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr
from competition_app.services import staff
from competition_app.services.access import ROLE_NAMES, Actor

if TYPE_CHECKING:
    from competition_app.services.workspace import Workspace


def switch(asking: Asking, workspace: "Workspace", now: Actor | None) -> Actor | None:
    """Let another person act; the actor from now on, None where nothing changed.

    With nobody in the store the lone organiser acts without ceremony and is offered to add people.
    """
    people = [member for member in workspace.ask(staff.people) if member.active]
    if not people:
        return _alone(asking, workspace, now)
    answers = [Answer("sign", tr("Sign in"), "user-round", "primary")]
    if now is not None and now.role is Role.ORGANISER:
        answers.insert(0, Answer("add", tr("Add a person"), "plus"))
        title, text = tr("Who is acting?"), tr("Each deed stands in the history with the name of who did it.")
        answer = asking.question(title, text, answers, "user-round")
        if answer == "add":
            return add(asking, workspace, now)
        if answer != "sign":
            return None
    return _sign_in(asking, workspace, people)


def _alone(asking: Asking, workspace: "Workspace", now: Actor | None) -> Actor | None:
    if now is None:
        return workspace.ask(staff.lone_organiser, in_use().say(ROLE_NAMES[Role.ORGANISER]))
    text = tr("You act alone as organiser. Once people are added, everybody signs in with a passphrase.")
    answers = [Answer("alone", tr("Go on alone")), Answer("add", tr("Add yourself as organiser"), "plus")]
    if asking.question(tr("Who is acting?"), text, answers, "user-round") == "add":
        return add(asking, workspace, now)
    return None


def _sign_in(asking: Asking, workspace: "Workspace", people: list[staff.Member]) -> Actor | None:
    chosen = Selector(tr("Name"))
    chosen.set_choices([(one.id, f"{one.name}  {in_use().say(ROLE_NAMES[one.role])}") for one in people])
    name = Field(tr("Name"), chosen)
    passphrase = Field(tr("Passphrase"))
    hide(passphrase)
    signed: list[Actor] = []

    def check() -> bool:
        try:
            signed.append(staff.sign_in(workspace, int(chosen.currentData()), passphrase.text()))
        except Refusal as refusal:
            passphrase.refuse(in_use().say(refusal))
        return bool(signed)

    asking.form(tr("Sign in"), "", [name, passphrase], tr("Sign in"), check)
    return signed[0] if signed else None


def add(asking: Asking, workspace: "Workspace", now: Actor) -> Actor | None:
    """Add a person; the first one signs in at once, since nobody acts without signing in from then on."""
    first = not any(member.active for member in workspace.ask(staff.people))
    name, passphrase, again = Field(tr("Name")), Field(tr("Passphrase")), Field(tr("Passphrase again"))
    roles = Selector(tr("Role"))
    offered = [Role.ORGANISER] if first else list(Role)
    roles.set_choices([(role, in_use().say(ROLE_NAMES[role])) for role in offered])
    for field in (passphrase, again):
        hide(field)
    added: list[int] = []

    def check() -> bool:
        again.refuse(
            "" if passphrase.text() == again.text() else tr("The two passphrases differ. Type it again.")
        )
        if again.refused():
            return False
        try:
            role = Role(roles.currentData())
            added.append(workspace.do(now, staff.add, name.text(), role, passphrase.text()))
        except Refusal as refusal:
            name.refuse(in_use().say(refusal))
        return bool(added)

    fields = [name, Field(tr("Role"), roles), passphrase, again]
    if not asking.form(tr("Add a person"), "", fields, tr("Add the person"), check):
        return None
    if first:
        return staff.sign_in(workspace, added[0], passphrase.text())
    asking.note(tr("{name} was added.", name=name.text()))
    return None


def hide(field: Field) -> None:
    """Show dots instead of what is typed."""
    if isinstance(field.control, QLineEdit):
        field.control.setEchoMode(QLineEdit.EchoMode.Password)
