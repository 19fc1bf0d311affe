"""What the tables and columns of the store are called where the history is read, and how values are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from competition_app.domain.errors import Said


@dataclass(frozen=True, slots=True)
class Shown:
    """A column as the history says it: its label and the kind of its value (``text``, ``time`` …)."""

    label: Said
    kind: str = "text"


TABLES: Mapping[str, Said] = {
    "competitions": Said("Competition"),
    "events": Said("Event"),
    "divisions": Said("Division"),
    "plan_versions": Said("Plan@history"),
    "organisations": Said("Organisation"),
    "participations": Said("Unit taking part"),
    "persons": Said("Person"),
    "contestants": Said("Contestant"),
    "entries": Said("Entry@history"),
    "entry_organisations": Said("Joint unit"),
    "memberships": Said("Team member"),
    "registrations": Said("Registration@history"),
    "judges": Said("Judge's seat"),
    "judge_persons": Said("Judge"),
    "assignments": Said("Assignment"),
    "recusals": Said("Recusal"),
    "works": Said("Work@history"),
    "sheets": Said("Score sheet"),
    "mark_versions": Said("Mark@history"),
    "scores": Said("Score"),
    "module_facts": Said("Time and presence"),
    "penalties": Said("Penalty"),
    "rulings": Said("Ruling"),
    "certificates": Said("Certificate"),
    "schedule_items": Said("Item of the timetable"),
    "staff": Said("Member of staff"),
}
"""Tables the history speaks of; the others say nothing that one of these does not say."""

SILENT: frozenset[str] = frozenset({
    "marks", "criteria", "work_links", "settings", "history", "personal_values",
})  # fmt: skip
"""Tables never told: newest marks (their versions are), numbers within, and who hides behind a code."""

_REASON = Shown(Said("Reason"))
_STATE = Said("State")
_NAME = Shown(Said("Name@of a thing"))
_PERSON = Shown(Said("Name"))
_POINTS = Shown(Said("Value"), "units")
_WITHDRAWN = Shown(Said("Withdrawn because"))
_UNIT = Shown(Said("Organisation"), "organisation")

FIELDS: Mapping[str, Mapping[str, Shown]] = {
    "competitions": {
        "name": _NAME, "short_name": Shown(Said("Short name")), "theme": Shown(Said("Theme")),
        "place": Shown(Said("Venue")), "starts_on": Shown(Said("First day")),
        "ends_on": Shown(Said("Last day")), "organisers": Shown(Said("Organisers"), "list"),
        "code": Shown(Said("Code@history")), "extra": Shown(Said("Further particulars"), "changed"),
    },
    "events": {
        "name": _NAME, "state": Shown(_STATE, "event"), "code": Shown(Said("Code@history")),
        "team_min": Shown(Said("Members at least")), "team_max": Shown(Said("Members at most")),
        "quota": Shown(Said("Entries a unit")), "double_entry": Shown(Said("Second entry"), "bool"),
        "aliases": Shown(Said("Other names"), "list"),
        "eligibility": Shown(Said("Conditions of entry"), "changed"),
        "position": Shown(Said("Order")),
    },
    "divisions": {"name": _NAME, "code": Shown(Said("Code@history")), "position": Shown(Said("Order"))},
    "plan_versions": {
        "version": Shown(Said("Version")), "reason": _REASON,
        "plan": Shown(Said("Plan@history"), "changed"),
    },
    "organisations": {
        "name": _NAME, "short_name": Shown(Said("Short name")),
        "kind": Shown(Said("Kind"), "organisation_kind"),
        "parent_id": Shown(Said("Belongs to"), "organisation"),
        "credit_code": Shown(Said("Credit code")), "contact": Shown(Said("Contact")),
        "contact_phone": Shown(Said("Telephone"), "phone"),
    },
    "participations": {"code": Shown(Said("Code@history"))},
    "persons": {
        "name": _PERSON, "sex": Shown(Said("Sex")),
        "id_number": Shown(Said("ID number"), "id_number"),
        "birth_date": Shown(Said("Date of birth"), "birth"), "phone": Shown(Said("Mobile"), "phone"),
    },
    "contestants": {
        "organisation_id": _UNIT, "employer_id": Shown(Said("Employer"), "organisation"),
        "employment": Shown(Said("Employment")), "fields": Shown(Said("Further columns"), "veiled"),
        "titles": Shown(Said("Titles held"), "veiled"), "photo": Shown(Said("Photo"), "changed"),
        "code": Shown(Said("Code@history")),
    },
    "entries": {
        "status": Shown(_STATE, "entry"), "status_reason": _REASON, "number": Shown(Said("No.")),
        "name": _NAME, "organisation_id": _UNIT, "judging_group": Shown(Said("Judging group")),
        "coaches": Shown(Said("Coaches"), "veiled"), "fields": Shown(Said("Further columns"), "veiled"),
    },
    "entry_organisations": {"share": Shown(Said("Share")), "organisation_id": _UNIT},
    "memberships": {"role": Shown(Said("Role"))},
    "registrations": {
        "state": Shown(Said("Review"), "registration"), "reason": _REASON,
        "problems": Shown(Said("Problems"), "count"), "file": Shown(Said("Form")),
        "sheet": Shown(Said("Sheet")), "row": Shown(Said("Row")),
    },
    "judges": {
        "code": Shown(Said("Seat")), "role": Shown(Said("Role"), "role"),
        "judging_group": Shown(Said("Judging group")),
    },
    "judge_persons": {"name": _PERSON, "organisation_id": _UNIT},
    "assignments": {"module": Shown(Said("Module"), "module")},
    "recusals": {"reason": _REASON},
    "works": {"code": Shown(Said("Work code"))},
    "sheets": {
        "state": Shown(_STATE, "sheet"), "entered_by": Shown(Said("Entered by")),
        "confirmed_by": Shown(Said("Confirmed by")), "counted_at": Shown(Said("Counts since"), "time"),
    },
    "mark_versions": {"units": _POINTS, "reason": _REASON},
    "scores": {"units": _POINTS, "reason": _REASON},
    "module_facts": {
        "absent": Shown(Said("Absent"), "bool"), "absent_reason": _REASON,
        "seconds": Shown(Said("Time used"), "seconds"), "submitted_at": Shown(Said("Handed in"), "time"),
    },
    "penalties": {
        "units": Shown(Said("Points off"), "units"),
        "disqualifies": Shown(Said("Disqualifies"), "bool"), "reason": _REASON, "withdrawn": _WITHDRAWN,
    },
    "rulings": {
        "kind": Shown(Said("Ruling"), "ruling"), "entries": Shown(Said("Entries"), "list"),
        "reason": _REASON, "withdrawn": _WITHDRAWN,
    },
    "certificates": {
        "state": Shown(_STATE, "certificate"), "void_reason": _REASON,
        "issued_on": Shown(Said("Issued on")), "serial": Shown(Said("Number of the certificate")),
    },
    "schedule_items": {
        "name": Shown(Said("What@schedule")), "place": Shown(Said("Place@where")),
        "starts": Shown(Said("Begins"), "minute"), "ends": Shown(Said("Ends"), "minute"),
        "kind": Shown(Said("Kind"), "schedule"),
    },
    "staff": {
        "name": _PERSON, "role": Shown(Said("Role"), "role"), "active": Shown(Said("May act"), "bool"),
        "passphrase": Shown(Said("Passphrase"), "secret"),
        "wrong_guesses": Shown(Said("Wrong passphrases")),
    },
}  # fmt: skip
"""Table → columns that are told, the most telling first."""

UNTOLD: frozenset[str] = frozenset({
    "id", "competition_id", "event_id", "division_id", "person_id", "contestant_id", "entry_id", "judge_id",
    "work_id", "criterion_id", "judge_person_id", "history_seq", "data_version", "mark_changes", "version",
    "attempt", "entry_pass", "outcome", "stage", "position", "id_kind", "made_at", "medium", "more", "since",
    "kind", "layout", "content", "result_digest", "code", "received_at", "reviewed_at", "wait_until",
    "module", "organisation_id",
})  # fmt: skip
"""Columns that only hold rows together, or that the subject says already, wherever ``FIELDS`` has no word."""

CHOICES: Mapping[str, Mapping[str, Said]] = {
    "registration": {
        "waiting": Said("To be reviewed"), "problem": Said("Problem"), "returned": Said("Returned"),
        "passed": Said("Passed"), "refused": Said("Refused"),
    },
    "certificate": {"made": Said("To be printed"), "printed": Said("Printed"), "voided": Said("Voided")},
    "sheet": {
        "begun": Said("Begun"), "entered": Said("Second entry due"), "confirmed": Said("Confirmed"),
        "signed": Said("Signed"),
    },
    "entry": {
        "ranked": Said("Competes"), "out_of_competition": Said("Out of competition@state"),
        "withdrawn": Said("Withdrawn"), "disqualified": Said("Disqualified"), "absent": Said("Absent"),
    },
    "event": {
        "open": Said("Under way"), "provisional": Said("Provisional"), "locked": Said("Locked"),
        "unsealed": Said("Decoded"), "published": Said("Published"), "final": Said("Final"),
    },
    "ruling": {
        "lot": Said("Draw"), "decision": Said("Decision on a tie"), "accepted": Said("Question accepted"),
        "advanced": Said("Goes on"),
    },
    "schedule": {
        "contest": Said("Contest"), "meeting": Said("Meeting"), "appeals": Said("Appeals taken"),
        "ceremony": Said("Ceremony"), "other": Said("Other@kind"),
    },
    "organisation_kind": {
        "enterprise": Said("Enterprise"), "union": Said("Union"), "studio": Said("Studio"),
        "workshop": Said("Workshop"),
    },
}  # fmt: skip
"""Kind of value → stored word → how it is said."""

AREAS: Mapping[str, tuple[str, ...]] = {
    "marking": ("judging", "direct_scores", "scores_import"),
    "rulings": ("rulings", "floor_record", "going_on", "locking", "supposing"),
    "registration": ("registration", "registration_review"),
    "certificates": ("certificates",),
}
"""Area of the day → modules of its use cases; everything else is the area ``other``."""


@cache
def area_of(use_case: str) -> str:
    """The area a use case belongs to."""
    module = use_case.partition(".")[0]
    return next((area for area, modules in AREAS.items() if module in modules), "other")


NOTES: Mapping[str, Said] = {
    "files": Said("Forms"),
    "accepted": Said("Rows taken"),
    "refused": Said("Rows not taken"),
    "file": Said("File"),
    "sheet": Said("Sheet"),
    "column": Said("Column"),
    "rows": Said("Rows"),
    "copy": Said("Copy"),
    "reason": Said("Reason"),
    "supposition": Said("Supposed"),
    "settled": Said("Settled"),
    "seat_of": Said("Seat of"),
    "certificates": Said("Certificates made"),
    "first": Said("First number"),
    "last": Said("Last number"),
    "printed": Said("Printed"),
    "device": Said("Device"),
}
"""Facts noted beside a change, as they are called; others are not told."""
