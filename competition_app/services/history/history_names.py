"""Who and what a row of a table is about: its name as people know it, looked up once."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from competition_app.domain.errors import Refusal
from competition_app.domain.plans.plan import Plan
from competition_app.i18n import Words
from competition_app.services.plans.plans import plan_of
from competition_app.store.models import (
    Certificate,
    Competition,
    Contestant,
    Criterion,
    Division,
    Entry,
    Event,
    Judge,
    JudgePerson,
    Organisation,
    Penalty,
    Person,
    Registration,
    Ruling,
    ScheduleItem,
    Sheet,
    Staff,
    Table,
    Work,
)

NOBODY = "—"
Found = TypeVar("Found", bound=Table)
Key = tuple[Any, ...]
Subject = tuple[str, str]
"""What a row is about, and its event (empty where it belongs to none, or is the event itself)."""


class Names:
    """Names of rows in one language. A work goes by its code only: who is behind it is never looked up."""

    def __init__(self, session: Session, words: Words) -> None:
        self._session, self._words = session, words
        self._plans: dict[int, Plan | None] = {}
        self._of: Mapping[str, Callable[[Key, Mapping[str, Any]], Subject]] = {
            "competitions": lambda key, _: (self._name(Competition, key[0]), ""),
            "events": lambda key, _: (self.event(key[0]), ""),
            "divisions": lambda key, _: self._in_event(Division, key[0], "name"),
            "plan_versions": lambda _, given: (self.event(given.get("event_id")), ""),
            "organisations": lambda key, _: (self.organisation(key[0]), ""),
            "participations": lambda key, _: (self.organisation(key[1]), ""),
            "persons": lambda key, _: (self._name(Person, key[0]), ""),
            "contestants": lambda key, _: (self.contestant(key[0]), ""),
            "entries": lambda key, _: self._entry(key[0]),
            "entry_organisations": lambda key, _: self._entry(key[0]),
            "memberships": lambda key, _: self._entry(key[0], self.contestant(key[1])),
            "registrations": lambda key, _: self._registration(key[0]),
            "judges": lambda key, _: self._in_event(Judge, key[0], "code"),
            "judge_persons": lambda key, _: self._judge_person(key[0]),
            "assignments": lambda key, _: self._in_event(Judge, key[0], "code"),
            "recusals": lambda key, _: self._work(key[1], key[0]),
            "works": lambda key, _: self._work(key[0]),
            "sheets": lambda key, _: self._sheet(key[0]),
            "mark_versions": lambda key, _: self._work(key[0], key[3]),
            "scores": lambda key, _: self._of_module(key[0], key[1], key[2]),
            "module_facts": lambda key, _: self._of_module(key[0], key[1], key[2]),
            "penalties": lambda key, _: self._penalty(key[0]),
            "rulings": lambda key, _: self._ruling(key[0]),
            "certificates": lambda key, _: (getattr(self._get(Certificate, key[0]), "serial", NOBODY), ""),
            "schedule_items": lambda key, _: self._in_event(ScheduleItem, key[0], "name"),
            "staff": lambda key, _: (self._name(Staff, key[0]), ""),
        }

    def about(self, table: str, key: Key, given: Mapping[str, Any]) -> Subject:
        """What a row of a table is about; ``given`` are its values as the history holds them."""
        name, event = self._of[table](key, given)
        if name == NOBODY:
            name = next((str(given[c]) for c in ("name", "code") if isinstance(given.get(c), str)), NOBODY)
        return name, "" if event == NOBODY else event

    def joined(self, *parts: str) -> str:
        """Parts of a subject in one line, empty ones left out."""
        return self._words(", @between facts").join(part for part in parts if part not in ("", NOBODY))

    def _get(self, model: type[Found], key: object) -> Found | None:
        return None if key is None else self._session.get(model, key)

    def _name(self, model: type[Table], key: object) -> str:
        return getattr(self._get(model, key), "name", None) or NOBODY

    def _in_event(self, model: type[Table], key: object, column: str) -> Subject:
        found = self._get(model, key)
        if found is None:
            return NOBODY, ""
        return getattr(found, column), self.event(getattr(found, "event_id", None))

    def event(self, key: object) -> str:
        """An event's name."""
        return self._name(Event, key)

    def organisation(self, key: object) -> str:
        """A unit's name."""
        return self._name(Organisation, key)

    def contestant(self, key: object) -> str:
        """A contestant's name as it stands now; erased ones have none."""
        found = self._get(Contestant, key)
        return self._name(Person, found.person_id) if found else NOBODY

    def _entry(self, key: object, more: str = "") -> Subject:
        found = self._get(Entry, key)
        if found is None:
            return NOBODY, ""
        number = self._words("No. {number}@entry", number=found.number)
        return self.joined(number, more), self.event(found.event_id)

    def _of_module(self, key: object, stage: str, module: str) -> Subject:
        found = self._get(Entry, key)
        return self._entry(key, self.module(found.event_id, stage, module) if found and module else "")

    def _work(self, key: object, judge: object = None) -> Subject:
        found = self._get(Work, key)
        if found is None:
            return NOBODY, ""
        seat = getattr(self._get(Judge, judge), "code", "")
        return self.joined(found.code or "", seat) or NOBODY, self.event(found.event_id)

    def _judge_person(self, key: object) -> Subject:
        found = self._get(JudgePerson, key)
        return self._in_event(Judge, found.judge_id if found else None, "code")

    def _registration(self, key: object) -> Subject:
        found = self._get(Registration, key)
        if found is None:
            return NOBODY, ""
        return self.contestant(found.contestant_id), self.event(found.event_id)

    def _sheet(self, key: object) -> Subject:
        found = self._get(Sheet, key)
        return self._work(found.work_id, found.judge_id) if found else (NOBODY, "")

    def _penalty(self, key: object) -> Subject:
        found = self._get(Penalty, key)
        if found is None:
            return NOBODY, ""
        return self._of_module(found.entry_id, found.stage or "", found.module or "")

    def _ruling(self, key: object) -> Subject:
        found = self._get(Ruling, key)
        if found is None:
            return NOBODY, ""
        numbers = [self._words("No. {number}@entry", number=number) for number in found.entries[:2]]
        return self.joined(*numbers) or NOBODY, self.event(found.event_id)

    def _plan(self, event_id: int) -> Plan | None:
        if event_id not in self._plans:
            try:
                self._plans[event_id] = plan_of(self._session, event_id)
            except Refusal:
                self._plans[event_id] = None
        return self._plans[event_id]

    def module(self, event_id: int, stage: str, module: str) -> str:
        """A module's name by the event's plan, else its code."""
        plan = self._plan(event_id)
        for one in plan.stages if plan else ():
            for part in one.modules:
                if one.code == stage and part.code == module:
                    return part.name or part.code
        return module or NOBODY

    def module_of_judge(self, judge_id: object, stage: str, module: str) -> str:
        """A module's name on the event a judge sits in."""
        found = self._get(Judge, judge_id)
        return self.module(found.event_id, stage, module) if found else module

    def criterion(self, key: object) -> str:
        """A criterion's name by the event's plan, else its code."""
        found = self._get(Criterion, key)
        if found is None:
            return NOBODY
        plan = self._plan(found.event_id)
        for one in plan.stages if plan else ():
            for part in one.modules:
                for criterion in part.criteria:
                    if (one.code, part.code, criterion.code) == (found.stage, found.module, found.code):
                        return criterion.name or criterion.code
        return found.code
