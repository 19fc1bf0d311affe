"""Close calls in words, by the numbers they concern: whom, how little, and what rounding did."""

from collections.abc import Iterable, Mapping

from competition_app.desktop.parts.sentences import joined
from competition_app.desktop.results.results_table import minus
from competition_app.domain.ranking.close_calls import CloseCall, Closeness
from competition_app.domain.ranking.what_if_words import rung_name
from competition_app.i18n import in_use, tr


def close_words(
    calls: Iterable[CloseCall], division: str | None, stage: str
) -> Mapping[str, tuple[str, ...]]:
    """The sentences of each entry of this division and stage that stands close to a neighbour."""
    found: dict[str, list[str]] = {}
    for call in calls:
        if (call.division, call.stage) == (division, stage):
            for number, other in ((call.better, call.worse), (call.worse, call.better)):
                found.setdefault(number, []).append(_said(call, other))
    return {number: tuple(said) for number, said in found.items()}


def _said(call: CloseCall, other: str) -> str:
    apart = minus(call.exact.lstrip("-"))
    match call.closeness:
        case Closeness.REVERSED:
            said = tr("Before rounding No. {other} stands the other way round, {apart} apart.", other=other,
                      apart=apart)  # fmt: skip
        case Closeness.LEVELLED:
            said = tr("Equal with No. {other} only by rounding: {apart} apart before it.", other=other,
                      apart=apart)  # fmt: skip
        case Closeness.WITHIN_STEP:
            said = tr("Only {apart} from No. {other} before rounding, less than one step.", other=other,
                      apart=apart)  # fmt: skip
    rung = (
        tr("So from this rounding on: {rung}.", rung=in_use().say(rung_name(call.rung))) if call.rung else ""
    )
    return joined([said, rung])
