"""A locked result stands fast: no operation, on whatever page, may make it another one."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager as Context

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.services.results.obstacles import UNLOCKED
from competition_app.services.results.results import event_result, recomputed
from competition_app.store.models import Event

_ALWAYS = frozenset({"history.erase_person"})
"""What a person has a right to, whatever becomes of a result."""


def refuse_other_results(
    use_case: str, after: Session, events: Iterable[int], before: Callable[[], Context[Session]]
) -> None:
    """Refuses an operation under which a locked event would have another result than before it.

    ``after`` sees what the operation wrote, ``before`` what stood when it began; ``events`` are those it
    may bear on. People, units and other events lead to a result on many ways, so the results themselves are
    compared. An event that is reopened or locked by the operation is left to it.
    """
    if use_case in _ALWAYS:
        return
    query = select(Event.id).where(Event.id.in_(list(events)), Event.state.not_in(UNLOCKED))
    locked = list(after.scalars(query.order_by(Event.id)))
    if not locked:
        return
    with before() as earlier:
        for event_id in locked:
            event = earlier.get(Event, event_id)
            if event is None or event.state in UNLOCKED:
                continue
            if event_result(earlier, event_id) != recomputed(after, event_id):
                raise Refusal(
                    "This would change the locked result of {event}: the chief judge must reopen it first.",
                    event=event.name,
                )
