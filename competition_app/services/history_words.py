"""What each use case is called in the history, said as done."""

from collections.abc import Mapping

from competition_app.domain.errors import Said

DONE: Mapping[str, Said] = {
    "staff.add": Said("A member of staff was added"),
    "staff.change": Said("A member of staff was changed"),
    "staff.signed_in": Said("Signed in"),
    "staff.guessed_wrong": Said("A wrong passphrase was typed"),
    "history.erase_person": Said("A person's values were erased"),
    "upkeep.note_restored": Said("A copy of the store was put back"),
}
"""Use case → what was done; a test holds it against the table of rights."""
