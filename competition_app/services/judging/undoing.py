"""Undo: one earlier operation taken back out of its own row of history, as a new operation of its own."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from competition_app.domain.access import Role
from competition_app.domain.errors import Refusal
from competition_app.services.access import RIGHTS, ROLE_NAMES
from competition_app.services.competitions.competitions import refuse_if_locked
from competition_app.services.registration import registration_review
from competition_app.services.workspace import Act
from competition_app.store.models import (
    Entry,
    Event,
    History,
    ModuleFact,
    Penalty,
    PersonalValue,
    Registration,
    Ruling,
    Table,
)
from competition_app.store.recording import columns_of

_AREAS = frozenset({"registration_review", "rulings", "floor_record", "going_on", "schedule"})
"""Use cases of these modules can be taken back out of the history."""

_DEEDS = frozenset({"competitions.edit_competition"})
"""Use cases of other modules that can be."""

_GO_AGAIN = frozenset({"memberships", "contestants", "persons", "module_facts", "schedule_items"})
"""Rows that an operation made go again with it; penalties and rulings are withdrawn, units stay."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One row as the operation changed it; None: there was none before, or is none since."""

    model: type[Table]
    key: tuple[Any, ...]
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None


def take_back(act: Act, seq: int, reason: str) -> None:
    """Puts back what operation ``seq`` changed; taking that back again does it anew.

    ``reason`` stands beside a ruling or penalty that is withdrawn thereby. Raises Refusal where a value
    was changed since, a result is locked, the person's values were erased, or the role may not do it.
    """
    row = act.session.get(History, seq)
    if row is None:
        raise Refusal("There is no operation {seq} in the history. Refresh the page.", seq=seq)
    use_case = _first(act.session, row)
    _refuse_without_right(act, use_case)
    parts = _parts(act.session, row)
    for part in parts:
        _refuse_if_changed(act, part)
    try:
        _put_back(act, parts, reason)
    except IntegrityError as error:
        raise _changed() from error
    act.note(undone=seq)


def _first(session: Session, row: History) -> str:
    """The use case whose deed is undone or done again, however often it was."""
    while row.use_case == "undoing.take_back":
        row = session.get_one(History, json.loads(row.change)["notes"]["undone"])
    return row.use_case


def _refuse_without_right(act: Act, use_case: str) -> None:
    if use_case not in _DEEDS and use_case.partition(".")[0] not in _AREAS:
        raise Refusal("This operation cannot be undone. Change it on its page.")
    if act.actor.role not in RIGHTS[use_case]:
        raise Refusal(
            "This is not for the role {role}. Let the {allowed} sign in, in the status bar.",
            role=ROLE_NAMES[act.actor.role],
            allowed=next(ROLE_NAMES[role] for role in Role if role in RIGHTS[use_case]),
        )


def _changed() -> Refusal:
    return Refusal("This was changed again meanwhile, so it is not undone. Look at it as it stands now.")


def _parts(session: Session, row: History) -> list[_Part]:
    query = select(PersonalValue.item, PersonalValue.value).where(PersonalValue.seq == row.seq)
    personal: dict[int, str | None] = dict(session.execute(query).all())
    models = {model.__tablename__: model for model in (mapper.class_ for mapper in Table.registry.mappers)}
    found = []
    for told in json.loads(row.change).get("rows", ()):
        old, new = (_values(told.get(side), personal) for side in ("old", "new"))
        found.append(_Part(models[told["table"]], tuple(told["key"]), old, new))
    return found


def _values(told: Mapping[str, Any] | None, personal: Mapping[int, str | None]) -> dict[str, Any] | None:
    if told is None:
        return None
    return {name: _value(value, personal) for name, value in told.items()}


def _value(value: Any, personal: Mapping[int, str | None]) -> Any:
    if not isinstance(value, dict) or set(value) != {"personal", "sha256"}:
        return value
    held = personal.get(value["personal"])
    if held is None:
        raise Refusal("The person's values were erased, so this cannot be undone.")
    return json.loads(held)


def _found(act: Act, part: _Part) -> Table | None:
    return act.session.get(part.model, part.key)


def _refuse_if_changed(act: Act, part: _Part) -> None:
    """Refuses where the row no longer stands as the operation left it, or its result is locked."""
    row = _found(act, part)
    if (row is None) != (part.new is None):
        raise _changed()
    if row is not None and any(getattr(row, name) != value for name, value in (part.new or {}).items()):
        raise _changed()
    if isinstance(row, Penalty | ModuleFact):
        row = act.session.get_one(Entry, row.entry_id)
    if isinstance(row, Ruling | Entry):
        refuse_if_locked(act.session.get_one(Event, row.event_id))


def _put_back(act: Act, parts: Sequence[_Part], reason: str) -> None:
    """Rows that went come first, then values, then rows that go; those on which others stand the earlier."""
    ordered = _in_order(parts)
    for part in ordered:
        if part.new is None:
            key = dict(zip(columns_of(part.model).key, part.key, strict=True))
            act.session.add(part.model(**key, **{k: v for k, v in (part.old or {}).items() if k not in key}))
            act.session.flush()
    for part in ordered:
        if part.new is not None:
            _set_values(act.session.get_one(part.model, part.key), part, reason)
    act.session.flush()
    for part in reversed(ordered):
        if part.old is None and part.model.__tablename__ in _GO_AGAIN:
            act.session.delete(act.session.get_one(part.model, part.key))
            act.session.flush()
    for row, was in _registrations(act, parts):
        registration_review.entry_follows(act, row, was)


def _set_values(row: Table, part: _Part, reason: str) -> None:
    for name, value in (part.old or {}).items():
        setattr(row, name, value)
    if part.old is None and isinstance(row, Penalty | Ruling):
        row.withdrawn = reason


def _in_order(parts: Sequence[_Part]) -> list[_Part]:
    place = {table.name: at for at, table in enumerate(Table.metadata.sorted_tables)}
    return sorted(parts, key=lambda part: place[part.model.__tablename__])


def _registrations(act: Act, parts: Sequence[_Part]) -> Iterator[tuple[Registration, str]]:
    """Those whose entry came or went with them, and the state each had until now."""
    for part in parts:
        states = {(side or {}).get("state") for side in (part.old, part.new)}
        row = _found(act, part) if part.model is Registration and "refused" in states else None
        if isinstance(row, Registration):
            yield row, (part.new or {}).get("state", row.state)
