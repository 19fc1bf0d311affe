"""The tables of the competition store."""

from competition_app.store.models.base import Table
from competition_app.store.models.competition import (
    Competition,
    Criterion,
    Division,
    Event,
    Organisation,
    Participation,
    PlanVersion,
    ScheduleItem,
)
from competition_app.store.models.history import History, PersonalValue, Setting, Staff
from competition_app.store.models.judging import (
    Assignment,
    Judge,
    JudgePerson,
    Mark,
    MarkVersion,
    ModuleFact,
    Penalty,
    Recusal,
    Ruling,
    Score,
    Sheet,
    Work,
    WorkLink,
)
from competition_app.store.models.registration import (
    Certificate,
    Contestant,
    Entry,
    EntryOrganisation,
    Membership,
    Person,
    Registration,
)

__all__ = [
    "Assignment", "Certificate", "Competition", "Contestant", "Criterion", "Division", "Entry",
    "EntryOrganisation", "Event", "History", "Judge", "JudgePerson", "Mark", "MarkVersion", "Membership",
    "ModuleFact", "Organisation", "Participation", "Penalty", "Person", "PersonalValue", "PlanVersion",
    "Recusal", "Registration", "Ruling", "ScheduleItem", "Score", "Setting", "Sheet", "Staff", "Table",
    "Work", "WorkLink",
]  # fmt: skip
