"""A locked result stands fast: no operation, on whatever page, may make it another one."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager as Context

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.services.locking.obstacles import UNLOCKED, sources_of
from competition_app.services.results.results import event_result, recomputed
from competition_app.store.models import Event

_ALWAYS = frozenset({"history.erase_person"})
"""What a person has a right to, whatever becomes of a result."""


def refuse_other_results(
    use_case: str, after: Session, events: Iterable[int], before: Callable[[], Context[Session]]
) -> None:
    """Refuses an operation under which a locked event would have another result than before it.

    ``after`` sees what the operation wrote, ``before`` what stood when it began; ``events`` are those it
    may bear on, and with them those made from their members, by the codes they had or have now. People and
    units lead to a result on many ways, so the results themselves are compared; what is kept is not ranked
    once more. An event that is reopened or locked by the operation is left to it.
    """
    if use_case in _ALWAYS:
        return
    touched, somewhere = set(events), select(Event.id).where(Event.state.not_in(UNLOCKED)).limit(1)
    if after.scalar(somewhere) is None:
        return
    with before() as earlier:
        homes = _homes(after, touched) | _homes(earlier, touched)
        query = select(Event).where(Event.competition_id.in_(homes), Event.state.not_in(UNLOCKED))
        for event in after.scalars(query.order_by(Event.id)).all():
            known = earlier.get(Event, event.id)
            if known is None or known.state in UNLOCKED:
                continue
            if not (_rests_on(after, event, touched) or _rests_on(earlier, known, touched)):
                continue
            if event_result(earlier, event.id) != recomputed(after, event.id):
                raise Refusal(
                    "This would change the locked result of {event}: the chief judge must reopen it first.",
                    event=known.name,
                )


def _homes(session: Session, events: Collection[int]) -> set[int]:
    """The competitions of the events concerned."""
    return set(session.scalars(select(Event.competition_id).where(Event.id.in_(events))))


def _rests_on(session: Session, event: Event, touched: Collection[int]) -> bool:
    """Whether one of the events is this one, or one its teams are made from, directly or further down."""
    seen, waiting = {event.id}, [event]
    while waiting:
        one = waiting.pop()
        if one.id in touched:
            return True
        below = [source for source in sources_of(session, one) if source.id not in seen]
        seen.update(source.id for source in below)
        waiting += below
    return False
