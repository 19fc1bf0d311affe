"""Works with their counting marks out of the store, as grouped arrays: quicker than fetching the rows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from competition_app.domain.scoring.facts import MarkKeys, Outcome, Place, Work

_JUDGE, _CRITERION = 10, 34
"""Bits at which judge and criterion stand in a mark's key, above the attempt (1 to 1000)."""

_MARKS = f"""
SELECT m.work_id,
       json_group_array((m.criterion_id << {_CRITERION}) | (m.judge_id << {_JUDGE}) | m.attempt),
       json_group_array(CASE m.outcome WHEN 0 THEN m.units WHEN 1 THEN 'absent' ELSE 'DNF' END),
       max(m.outcome)
FROM marks m
WHERE m.work_id IN (SELECT id FROM works WHERE event_id = ? AND data_version > ?)
GROUP BY m.work_id
"""  # noqa: S608 - two numbers of this module
_PLACES = """
SELECT w.id, w.stage, w.module, e.number
FROM works w JOIN work_links l ON l.work_id = w.id JOIN entries e ON e.id = l.entry_id
WHERE w.event_id = ? AND w.data_version > ?
"""
_UNCOUNTED = """
SELECT s.work_id, s.attempt, s.judge_id
FROM works w CROSS JOIN sheets s ON s.work_id = w.id
WHERE w.event_id = ? AND w.data_version > ? AND s.state NOT IN ('confirmed', 'signed')
"""
_OUTCOMES: Mapping[str, Outcome] = {outcome.value: outcome for outcome in Outcome}

EVERYTHING = -1
"""The data version before the first: all works of an event."""


@dataclass(slots=True)
class _Shape:
    """Marks alike in all but their values: their keys, and which judge of which attempt gave each.

    ``partial``: some are of criteria that the plan no longer has; their code is empty.
    """

    keys: MarkKeys
    sheets: tuple[tuple[int, int], ...]
    partial: bool


@dataclass(slots=True)
class WorkReader:
    """Reads an event's works; works marked alike share their keys, also between readings.

    ``criteria`` are those of the plan that counts; marks of others are left out.
    """

    judges: Mapping[int, str]
    criteria: Mapping[int, str]
    _shapes: dict[str, _Shape] = field(default_factory=dict)
    _parts: dict[tuple[str, frozenset[tuple[int, int]]], tuple[MarkKeys, tuple[int, ...]]] = field(
        default_factory=dict
    )

    def read(self, session: Session, event_id: int, since: int = EVERYTHING) -> dict[Place, Work | None]:
        """Works changed after this data version; None: no mark of it counts any more.

        Works whose link to their entry is sealed take no part.
        """
        connection, asked = session.connection(), (event_id, since)
        rows = connection.exec_driver_sql(_PLACES, asked)
        places: dict[int, Place] = {row[0]: (row[1], row[2], row[3]) for row in rows}
        aside: dict[int, set[tuple[int, int]]] = {}
        for work_id, attempt, judge_id in connection.exec_driver_sql(_UNCOUNTED, asked):
            aside.setdefault(work_id, set()).add((attempt, judge_id))
        found: dict[Place, Work | None] = dict.fromkeys(places.values())
        for work_id, keys, values, outcome in connection.exec_driver_sql(_MARKS, asked):
            place = places.get(work_id)
            if place is not None:
                uncounted = frozenset(aside.get(work_id, ()))
                found[place] = self._work(keys, json.loads(values), outcome > 0, uncounted)
        return found

    def _work(
        self, text: str, values: list[Any], special: bool, aside: frozenset[tuple[int, int]]
    ) -> Work | None:
        shape = self._shapes.get(text) or self._shape(text)
        keys = shape.keys
        if special:
            values = [_OUTCOMES[value] if isinstance(value, str) else value for value in values]
        if aside or shape.partial:
            keys, kept = self._without(text, shape, aside)
            values = [values[i] for i in kept]
            special = any(isinstance(value, Outcome) for value in values)
        return Work(keys, tuple(values), not special) if values else None

    def _shape(self, text: str) -> _Shape:
        attempt, judge = (1 << _JUDGE) - 1, (1 << (_CRITERION - _JUDGE)) - 1
        parts = [(k & attempt, (k >> _JUDGE) & judge, k >> _CRITERION) for k in json.loads(text)]
        keys = tuple((a, self.judges[j], self.criteria.get(c, "")) for a, j, c in parts)
        partial = any(c not in self.criteria for _, _, c in parts)
        shape = self._shapes[text] = _Shape(keys, tuple((a, j) for a, j, _ in parts), partial)
        return shape

    def _without(
        self, text: str, shape: _Shape, aside: frozenset[tuple[int, int]]
    ) -> tuple[MarkKeys, tuple[int, ...]]:
        found = self._parts.get((text, aside))
        if found is None:
            kept = tuple(i for i, sheet in enumerate(shape.sheets) if sheet not in aside and shape.keys[i][2])
            found = self._parts[text, aside] = tuple(shape.keys[i] for i in kept), kept
        return found
