"""``backup``, ``restore`` and ``check``: the store's copies and its soundness."""

from argparse import Namespace
from pathlib import Path

from competition_app.cli.acting import acting
from competition_app.cli.answer import Answer, table
from competition_app.cli.opening import opened
from competition_app.domain.access import Role
from competition_app.domain.errors import Said
from competition_app.i18n import in_use, tr
from competition_app.services import staff, upkeep
from competition_app.services.access import Actor


def backup(given: Namespace) -> Answer:
    """Write a checked copy, beside the store or where the command says."""
    store = _store(given)
    copy = upkeep.backup(store, given.file)
    document = {"store": str(store), "copy": str(copy)}
    return Answer(document, [tr("The copy was made and checked: {file}", file=copy)])


def restore(given: Namespace) -> Answer:
    """Put a copy back; without a file, list the copies."""
    if given.file is None:
        return _copies(upkeep.copies(given.store))
    done = upkeep.restore(given.file, _restoring(given), given.store)
    lines = [tr("The copy was put back: {file}", file=done.copy)]
    if done.aside is not None:
        lines.append(tr("What stood there before lies in {file}", file=done.aside))
    if done.skipped:
        lines.append(
            tr(
                "The certificate numbers given last cannot be read: new ones begin {n} further on.",
                n=done.skipped,
            )
        )
    aside = str(done.aside) if done.aside else None
    document = {"store": str(done.path), "copy": str(done.copy), "aside": aside}
    return Answer({**document, "certificate_numbers_skipped": done.skipped}, lines)


def check(given: Namespace) -> Answer:
    """Examine the store and its history; status 1 where they are not sound."""
    found = upkeep.check(_store(given))
    problems = [in_use().say(problem) for problem in found.problems]
    document = {
        "store": str(found.path),
        "sound": found.sound,
        "operations": found.operations,
        "problems": problems,
    }
    if found.sound:
        return Answer(
            document,
            [tr("{path} is sound; its history holds {n} operations.", path=found.path, n=found.operations)],
        )
    refused = Said("{path} is not sound: {problem}", {"path": str(found.path), "problem": found.problems[0]})
    return Answer(document, problems[1:], refused)


def _restoring(given: Namespace) -> Actor:
    """Who signs in at the present store; in one that is missing or damaged nobody can, so nobody must."""
    if not upkeep.readable(given.store):
        return Actor(tr("command line"), Role.ORGANISER, staff.this_device())
    with opened(given) as workspace:
        return acting(workspace, given.acting)


def _store(given: Namespace) -> Path:
    """Where the store lies; one that is not there is made."""
    with opened(given, writing=False) as workspace:
        return workspace.path


def _copies(copies: tuple[upkeep.CopyRow, ...]) -> Answer:
    document = [
        {
            "file": str(copy.path), "made_at": copy.made_at.isoformat(), "kind": in_use().say(copy.kind),
            "size": copy.size, "operations": copy.operations, "last_at": copy.last_at,
            "last_actor": copy.last_actor, "last_act": in_use().say(copy.last_act),
        }
        for copy in copies
    ]  # fmt: skip
    rows = [
        (
            f"{copy.made_at:%Y-%m-%d %H:%M}",
            in_use().say(copy.kind),
            str(copy.operations),
            in_use().say(copy.last_act),
            str(copy.path),
        )
        for copy in copies
    ]
    heads = (tr("Made"), tr("Why"), tr("Operations"), tr("Last act"), tr("File"))
    lines = table(heads, rows, right=frozenset({2})) if rows else [tr("There is no copy of this store yet.")]
    return Answer({"copies": document}, lines)
