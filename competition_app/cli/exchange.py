"""``rank``, ``import-package`` and ``export-package``: competitions as package files."""

from argparse import Namespace
from dataclasses import asdict
from datetime import datetime

from competition_app.cli.answer import Answer
from competition_app.cli.standings import result_lines
from competition_app.i18n import in_use, tr
from competition_app.services.results.ranking_file import rank_package


def rank(given: Namespace) -> Answer:
    """Package in, results out; no store is opened and no library of it loaded."""
    ranked = rank_package(given.package, given.event)
    return Answer(ranked.document(in_use()), result_lines(ranked.name, ranked.result))


def import_package(given: Namespace) -> Answer:
    """Take a package into the store, whole or not at all."""
    from competition_app.cli.acting import acting
    from competition_app.cli.opening import opened
    from competition_app.services.exchange import exchange

    with opened(given) as workspace:
        taken = exchange.import_package(workspace, acting(workspace, given.acting), given.file)
    counts = asdict(taken)
    line = tr(
        "{name} ({code}) was taken in: {events} events, {entries} entries, {marks} marks.",
        **counts,
    )
    return Answer(counts, [line])


def export_package(given: Namespace) -> Answer:
    """Write a competition of the store as a package."""
    from competition_app.cli.opening import opened
    from competition_app.services.exchange import exchange

    exported_at = datetime.now().astimezone().isoformat(timespec="seconds")
    with opened(given, writing=False) as workspace:
        exchange.export_package(workspace, given.competition, given.file, exported_at)
    document = {"competition": given.competition, "file": str(given.file), "exported_at": exported_at}
    return Answer(document, [tr("{code} was written to {file}", code=given.competition, file=given.file)])
