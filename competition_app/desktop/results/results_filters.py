"""Which rows of the standings are shown: segments with their counts, and what belongs to each."""

from collections import Counter
from collections.abc import Sequence

from competition_app.desktop.parts.parts import Segment
from competition_app.desktop.results.results_table import ResultRow
from competition_app.domain.ranking.result import Status
from competition_app.i18n import tr

KEYS = ("all", "won", "asked", "open", "close", "goes")


def belongs(key: str, one: ResultRow) -> bool:
    """Whether a row is shown under a segment."""
    match key:
        case "won":
            return one.standing.award is not None
        case "asked":
            return one.asked
        case "open":
            return one.standing.status not in (Status.RANKED, Status.OUT_OF_COMPETITION)
        case "close":
            return bool(one.close)
        case "goes":
            return bool(one.standing.advances)
        case _:
            return True


def segments(rows: Sequence[ResultRow]) -> list[Segment]:
    """All rows and prize winners always; the others where there are any."""
    counts = Counter(key for one in rows for key in KEYS if belongs(key, one))
    words = {
        "all": (tr("All"), "inkTertiary"),
        "won": (tr("Prize winners"), "inkTertiary"),
        "goes": (tr("Goes on@filter"), "inkTertiary"),
        "asked": (tr("To be decided"), "bad"),
        "open": (tr("Not ranked@filter"), "wait"),
        "close": (tr("Close calls"), "wait"),
    }
    return [
        Segment(key, word, counts[key], role)
        for key, (word, role) in words.items()
        if counts[key] or key in ("all", "won")
    ]
