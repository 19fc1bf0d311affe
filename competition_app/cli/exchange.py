"""``rank``, ``import-package`` and ``export-package``: competitions as package files."""

from argparse import Namespace

from competition_app.cli.answer import Answer
from competition_app.cli.standings import result_lines
from competition_app.i18n import in_use
from competition_app.services.ranking_file import rank_package


def rank(given: Namespace) -> Answer:
    """Package in, results out; no store is opened and no library of it loaded."""
    ranked = rank_package(given.package, given.event)
    return Answer(ranked.document(in_use()), result_lines(ranked.name, ranked.result))
