"""A small contest in a store: entries and judges put in as plain rows, everything else through use cases."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competition_app.services.access import Actor
from competition_app.services.competitions import competitions, panels
from competition_app.services.judging import judging
from competition_app.services.workspace import Workspace
from competition_app.store import database
from competition_app.store.models import Contestant, Entry, Membership, Organisation, Participation, Person

CRITERIA = [
    {"code": "P1", "name": "装配质量", "kind": "points", "max": 40, "step": 0.5},
    {"code": "P2", "name": "工艺表达", "kind": "judgement", "max": 6},
    {
        "code": "P3",
        "name": "尺寸误差",
        "kind": "measured",
        "max": 30,
        "scale": [[0, 30], [0.2, 30], [0.5, 0]],
    },
    {"code": "P4", "name": "接地检查", "kind": "check", "max": 4},
    {"code": "P5", "name": "安全文明", "kind": "deduction", "max": 20, "each": 2},
]


def plan(criteria: Sequence[dict[str, Any]] = CRITERIA, **module: Any) -> dict[str, Any]:
    practical = {
        "code": "practical", "name": "实操", "kind": "sheets", "full": 100, "weight": 0.7,
        "criteria": list(criteria), "round": {"module": 2}, **module,
    }  # fmt: skip
    theory = {"code": "theory", "name": "理论", "kind": "direct", "full": 100, "weight": 0.3}
    stage = {
        "code": "final", "name": "决赛", "modules": [theory, practical],
        "round": {"weighted": 2, "total": 2}, "ties": [{"by": "decision"}],
    }  # fmt: skip
    return {"entry": "individual", "stages": [stage]}


class Contest:
    """An event with entries 1 … n and judges J1 …, assigned to the practical module, which is open."""

    def __init__(
        self,
        workspace: Workspace,
        actor: Actor,
        *,
        entries: int = 3,
        judges: int = 1,
        rules: dict[str, Any] | None = None,
        double_entry: bool = False,
        coded: bool = False,
        conflict: bool = False,
        opened: bool = True,
    ) -> None:
        self.workspace, self.actor = workspace, actor
        self.competition = workspace.do(actor, competitions.create_competition, "SZ2025", "数智竞赛")
        self.event = workspace.do(
            actor, competitions.create_event, self.competition, code="UAV", name="无人机装调检修工",
            plan=json.dumps(rules or plan()), double_entry=double_entry,
        )  # fmt: skip
        self.units = self._insert(Organisation(name=f"单位{i}", kind="enterprise") for i in range(entries))
        self._insert(
            Participation(competition_id=self.competition, organisation_id=unit, code=f"E{i}")
            for i, unit in enumerate(self.units)
        )
        self.entries = self._insert(
            Entry(event_id=self.event, number=f"{i + 1:03d}", organisation_id=unit)
            for i, unit in enumerate(self.units)
        )
        self._people()
        self.judges = [
            workspace.do(
                actor, panels.add_judge, self.event, f"J{i + 1}", name=f"裁判{i + 1}",
                modules=[("final", "practical")],
                organisation_id=self.units[0] if conflict and i == 0 else None,
            )
            for i in range(judges)
        ]  # fmt: skip
        if opened:
            workspace.do(actor, judging.open_module, self.event, "final", "practical", coded=coded)

    def _people(self) -> None:
        persons = self._insert(
            Person(name=f"选手{i + 1}", id_number=f"11010119900101{i:04d}") for i in range(len(self.entries))
        )
        contestants = self._insert(
            Contestant(
                competition_id=self.competition, person_id=person, code=f"C{i + 1}", organisation_id=unit
            )
            for i, (person, unit) in enumerate(zip(persons, self.units, strict=True))
        )
        self._insert(
            Membership(entry_id=entry, contestant_id=contestant)
            for entry, contestant in zip(self.entries, contestants, strict=True)
        )

    def team_of(self, event: int) -> int:
        """A team of all contestants, entered in another event; its key."""
        (entry,) = self._insert([Entry(event_id=event, number="T1", organisation_id=self.units[0])])
        contestants = self.workspace.ask(lambda session: list(session.scalars(select(Contestant.id))))
        self._insert(Membership(entry_id=entry, contestant_id=one) for one in contestants)
        return entry

    def _insert(self, rows: Any) -> list[int]:
        """Rows of another area, put in without its use cases; their keys."""
        made = list(rows)
        engine = database.writing(self.workspace.path)
        with Session(engine, expire_on_commit=False) as session, session.begin():
            session.add_all(made)
        engine.dispose()
        return [getattr(row, "id", 0) for row in made]

    def forget_links(self) -> None:
        """As sealing will do it: no row tells any more which work is whose."""
        engine = database.writing(self.workspace.path)
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM work_links")
            connection.exec_driver_sql("UPDATE events SET data_version = data_version + 1")
        engine.dispose()

    def do(self, use_case: Any, *args: Any, **kwargs: Any) -> Any:
        return self.workspace.do(self.actor, use_case, *args, **kwargs)

    def ask(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return self.workspace.ask(query, *args, **kwargs)
