"""Which function carries out which command; each is loaded only when it is asked for (a quick start)."""

import importlib
from argparse import Namespace
from typing import cast

from competition_app.cli.answer import Answer

CARRIED_OUT_BY = {
    "demo": "demo:run",
    "import-package": "exchange:import_package",
    "export-package": "exchange:export_package",
    "import-registrations": "registration:import_registrations",
    "import-scores": "results:import_scores",
    "rank": "exchange:rank",
    "plan": "plan:plan",
    "standings": "results:standings",
    "score-sheets": "score_sheets:score_sheets",
    "why": "why:why",
    "lock": "locking:lock",
    "reopen": "locking:reopen",
    "certificates": "certificates:certificates",
    "verify": "certificates:verify",
    "forget": "forgetting:forget",
    "backup": "upkeep:backup",
    "restore": "upkeep:restore",
    "check": "upkeep:check",
}


def carry_out(given: Namespace) -> Answer:
    """The answer to a command. Raises Refusal where it cannot be carried out."""
    module, _, function = CARRIED_OUT_BY[given.command].partition(":")
    return cast(Answer, getattr(importlib.import_module(f"competition_app.cli.{module}"), function)(given))
