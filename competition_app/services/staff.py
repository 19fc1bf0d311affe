"""Who is acting (工作人员): people with role and passphrase, signing in, and guesses slowed down."""

import socket
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.services.access import ROLE_NAMES, Actor
from competition_app.services.workspace import Act, Workspace
from competition_app.store.models import Staff

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST_PASSPHRASE = 8
FREE_GUESSES = 3
LONGEST_WAIT = 300


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff as shown and chosen. ``active`` is False for one who acts no more."""

    id: int
    name: str
    role: Role
    active: bool


def people(session: Session) -> tuple[Member, ...]:
    """All members of staff in the order they were added."""
    return tuple(
        Member(row.id, row.name, Role(row.role), row.active)
        for row in session.scalars(select(Staff).order_by(Staff.id))
    )


def lone_organiser(session: Session, name: str) -> Actor | None:
    """The organiser who acts without signing in while the store has no people; None from then on."""
    if any(member.active for member in people(session)):
        return None
    return Actor(name, Role.ORGANISER, this_device())


def this_device() -> str:
    """The name of this machine as it stands in the history."""
    return socket.gethostname()


def add(act: Act, name: str, role: Role, passphrase: str) -> int:
    """Adds a member of staff and returns the key. The first is an organiser: nobody else could add more."""
    name = _name(act.session, name, None)
    if role is not Role.ORGANISER and not _organisers(act.session):
        raise Refusal("The first person must be an organiser. Add the organiser, then the others.")
    member = Staff(name=name, role=role.value, passphrase=_hash(passphrase))
    act.session.add(member)
    act.session.flush()
    return member.id


def change(
    act: Act,
    staff_id: int,
    *,
    name: str | None = None,
    role: Role | None = None,
    passphrase: str | None = None,
    active: bool | None = None,
) -> None:
    """Changes what is given of a member of staff. An organiser must remain while others act."""
    member = _member(act.session, staff_id)
    if name is not None:
        member.name = _name(act.session, name, staff_id)
    if role is not None:
        member.role = role.value
    if passphrase is not None:
        member.passphrase, member.wrong_guesses, member.wait_until = _hash(passphrase), 0, None
    if active is not None:
        member.active = active
    act.session.flush()
    if not _organisers(act.session):
        raise Refusal(
            "{name} is the last organiser. Make somebody else an organiser first.", name=member.name
        )


def sign_in(workspace: Workspace, staff_id: int, passphrase: str, device: str | None = None) -> Actor:
    """The actor a member of staff is, by passphrase. Raises Refusal for a wrong one, and for too many."""
    actor = _proved(workspace, staff_id, passphrase, device or this_device())
    workspace.do(actor, signed_in)
    return actor


def change_own_passphrase(workspace: Workspace, actor: Actor, old: str, new: str) -> None:
    """Gives who acts another passphrase, after the old one was typed; wrong guesses count as at signing in.

    Raises Refusal for a wrong old one, too many of them, and a new one that is too short or the old one.
    """
    if actor.staff_id is None:
        raise Refusal("You act without a passphrase. Add yourself as organiser first.")
    refuse_new(old, new)
    proved = _proved(workspace, actor.staff_id, old, actor.device)
    workspace.do(proved, set_own_passphrase, new)


def refuse_new(old: str, new: str) -> None:
    """Refuses a new passphrase that is too short or the one typed as the old."""
    _long_enough(new)
    if unicodedata.normalize("NFC", new) == unicodedata.normalize("NFC", old):
        raise Refusal("The new passphrase is the old one. Type another.")


def set_own_passphrase(act: Act, passphrase: str) -> None:
    """Sets the actor's own passphrase. Called by ``change_own_passphrase`` alone."""
    _member(act.session, act.actor.staff_id).passphrase = _hash(passphrase)


def _proved(workspace: Workspace, staff_id: int, passphrase: str, device: str) -> Actor:
    """The actor whose passphrase this is; wrong ones are counted and slow the next."""
    actor, held, wait_until = workspace.ask(_to_sign_in, staff_id, device)
    wait = _seconds_left(wait_until, workspace.clock())
    if wait:
        raise _too_many(wait)
    if not _matches(held, passphrase):
        wait = workspace.do(actor, guessed_wrong)
        if wait:
            raise _too_many(wait)
        raise Refusal("This is not the passphrase of {name}. Type it again.", name=actor.name)
    return actor


def signed_in(act: Act) -> None:
    """Notes that the actor has signed in. Called by ``sign_in`` alone."""
    member = _member(act.session, act.actor.staff_id)
    member.wrong_guesses, member.wait_until = 0, None
    act.note(device=act.actor.device)


def guessed_wrong(act: Act) -> int:
    """Notes a wrong passphrase and returns for how many seconds no other is heard. Called by ``sign_in``."""
    member = _member(act.session, act.actor.staff_id)
    member.wrong_guesses += 1
    over = member.wrong_guesses - FREE_GUESSES
    if over < 0:
        return 0
    wait = min(5 << min(over, 6), LONGEST_WAIT)
    member.wait_until = (datetime.fromisoformat(act.now) + timedelta(seconds=wait)).isoformat()
    return wait


def _to_sign_in(session: Session, staff_id: int, device: str) -> tuple[Actor, str | None, str | None]:
    member = _member(session, staff_id)
    if not member.active:
        raise Refusal("{name} acts no more in this store. Choose another name.", name=member.name)
    return Actor(member.name, Role(member.role), device, member.id), member.passphrase, member.wait_until


def _member(session: Session, staff_id: int | None) -> Staff:
    member = session.get(Staff, staff_id) if staff_id is not None else None
    if member is None:
        raise Refusal("This person is not in the store. Refresh the list.")
    return member


def _organisers(session: Session) -> list[Staff]:
    query = select(Staff).where(Staff.role == Role.ORGANISER.value, Staff.active.is_(True))
    return list(session.scalars(query))


def _name(session: Session, name: str, staff_id: int | None) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refusal("The name is empty. Type the person's name.")
    same = session.scalars(select(Staff).where(Staff.name == name)).first()
    if same is not None and same.id != staff_id:
        raise Refusal("{name} is there already, as {role}. Add the unit or a number to the name.",
                      name=name, role=ROLE_NAMES[Role(same.role)])  # fmt: skip
    return name


def _seconds_left(wait_until: str | None, now: datetime) -> int:
    if wait_until is None:
        return 0
    return max(0, ceil((datetime.fromisoformat(wait_until) - now).total_seconds()))


def _too_many(seconds: int) -> Refusal:
    return Refusal(
        "Too many wrong passphrases. Wait {n} second, then try again.|"
        "Too many wrong passphrases. Wait {n} seconds, then try again.",
        n=seconds,
    )


def hasher() -> "PasswordHasher":
    """How passphrases are hashed: argon2id, 64 MB, about 50 ms."""
    from argon2 import PasswordHasher

    return PasswordHasher()


def _long_enough(passphrase: str) -> None:
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise Refusal(
            "The passphrase is too short. Type at least {n} characters; a short sentence is good.",
            n=SHORTEST_PASSPHRASE,
        )


def _hash(passphrase: str) -> str:
    _long_enough(passphrase)
    return hasher().hash(unicodedata.normalize("NFC", passphrase))


def _matches(held: str | None, passphrase: str) -> bool:
    from argon2.exceptions import Argon2Error, InvalidHashError

    if held is None:
        return False
    try:
        return hasher().verify(held, unicodedata.normalize("NFC", passphrase))
    except (Argon2Error, InvalidHashError):
        return False
