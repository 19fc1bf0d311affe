"""``forget``: a person who asks for it is erased; what goes and what stays is said in numbers."""

from argparse import Namespace

from competition_app.cli.acting import acting
from competition_app.cli.answer import Answer
from competition_app.cli.opening import opened
from competition_app.i18n import tr
from competition_app.services.history import forgetting, history


def forget(given: Namespace) -> Answer:
    """Erase a person found by ID number or code; ``--check`` only says what would go."""
    with opened(given, writing=not given.check) as workspace:
        person = workspace.ask(forgetting.of_name, given.person)
        found = workspace.ask(forgetting.what_goes, person)
        if not given.check:
            workspace.do(acting(workspace, given.acting), history.erase_person, person, given.reason)
    document = {
        "erased": not given.check, "values": found.values, "earlier_values": found.earlier,
        "competitions": found.competitions, "registrations": found.registrations, "entries": found.entries,
        "certificates": found.certificates,
    }  # fmt: skip
    done = tr("Would be erased:") if given.check else tr("Erased for good:")
    lines = [
        done,
        "  " + tr("{n} value of the register|{n} values of the register", n=found.values),
        "  " + tr("{n} earlier value kept with the history|{n} earlier values kept with the history",
                  n=found.earlier),
        tr("{n} entry and {papers} certificates stay.|{n} entries and {papers} certificates stay.",
           n=found.entries, papers=found.certificates),
    ]  # fmt: skip
    return Answer(document, lines)
