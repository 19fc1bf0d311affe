"""Close calls: found in a quiet job after the lock, and told by the numbers they concern."""

from collections.abc import Callable, Iterable, Mapping

from competition_app.desktop.frame.page import Context
from competition_app.desktop.jobs import JobWords
from competition_app.desktop.parts.sentences import joined
from competition_app.desktop.results.results_table import minus
from competition_app.domain.looking_back.close_calls import CloseCall, Closeness
from competition_app.domain.looking_back.what_if_words import rung_name
from competition_app.i18n import in_use, tr
from competition_app.services.competitions.competitions import EventRow
from competition_app.services.locking.locking import LockState
from competition_app.services.looking_back import after_lock
from competition_app.services.progress import Progress


class CloseCalls:
    """Finds close calls in a quiet job, once for each lock of an event: a locked result does not change."""

    def __init__(self, context: Context, found: Callable[[], None]) -> None:
        self._context, self._tell = context, found
        self._known: dict[tuple[int, str], tuple[CloseCall, ...]] = {}
        self._busy: set[tuple[int, str]] = set()
        self._gone = False

    def forget(self) -> None:
        """The page goes: tell nobody any more."""
        self._gone = True

    def of(self, event: EventRow, state: LockState | None) -> tuple[CloseCall, ...]:
        """Those found already; where they are not, they are looked for, and ``found`` is called after."""
        if state is None or not state.locked:
            return ()
        key = (event.id, state.last.at if state.last else "")
        if key not in self._known and key not in self._busy:
            self._look(event, key)
        return self._known.get(key, ())

    def _look(self, event: EventRow, key: tuple[int, str]) -> None:
        ask = self._context.workspace.ask

        def work(_progress: Progress) -> tuple[CloseCall, ...]:
            return ask(after_lock.close_calls, event.id)

        def done(calls: tuple[CloseCall, ...]) -> None:
            self._known[key] = calls
            if calls and not self._gone:
                self._tell()

        self._busy.add(key)
        words = JobWords(tr("Looking for close calls"), event.name)
        job = self._context.jobs.start(words, work, done, quiet=True)
        job.ended.connect(lambda: self._busy.discard(key))


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
