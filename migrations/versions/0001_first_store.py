"""The first store: every table of the first release and the triggers that keep history and marks."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEPT = {
    "history": ("seq",),
    "mark_versions": ("work_id", "attempt", "criterion_id", "judge_id", "entry_pass", "version"),
    "scores": ("entry_id", "stage", "module", "attempt", "version"),
}


def text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=null)


def whole(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def small(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.SmallInteger(), nullable=null)


def big(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=null)


def seq(name: str) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, nullable=False, autoincrement=False)


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def json(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.JSON(), nullable=null)


def refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}")


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{columns[0]}")


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def upgrade() -> None:
    tables()
    for table, columns in KEPT.items():
        keep_for_ever(table, columns)
    gap = "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM history)"
    refuse("history_no_gap", "history", "INSERT", gap, "rows of the history follow one another")
    op.execute("INSERT INTO settings (name, value) VALUES ('history_head', '[0,\"\"]')")


def tables() -> None:  # noqa: PLR0915 - one statement a table
    # fmt: off
    op.create_table(
        "competitions",
        whole("id"), text("code"), text("name"), text("short_name", null=True), text("theme", null=True),
        text("place", null=True), json("organisers"), text("starts_on", null=True),
        text("ends_on", null=True), json("extra"),
        key("competitions", "id"),
        unique("competitions", "code"),
    )
    op.create_table(
        "history",
        seq("seq"), text("at"), whole("staff_id", null=True), text("actor"), text("role"), text("device"),
        text("program"), text("use_case"), text("change"), text("previous"), text("digest"),
        key("history", "seq"),
    )
    op.create_table(
        "mark_versions",
        whole("work_id"), small("attempt"), whole("criterion_id"), whole("judge_id"), small("entry_pass"),
        whole("version"), big("units", null=True), small("outcome"), text("reason", null=True),
        big("history_seq"), whole("judge_person_id", null=True),
        key("mark_versions", "work_id", "attempt", "criterion_id", "judge_id", "entry_pass", "version"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "organisations",
        whole("id"), text("name"), text("short_name", null=True), text("kind"),
        whole("parent_id", null=True), text("credit_code", null=True), text("contact", null=True),
        text("contact_phone", null=True),
        key("organisations", "id"),
        refers("organisations", "parent_id", "organisations"),
        unique("organisations", "credit_code"),
    )
    op.create_index("ix_organisations_name", "organisations", ["name"])
    op.create_index("ix_organisations_parent_id", "organisations", ["parent_id"])
    op.create_table(
        "personal_values",
        big("seq"), whole("item"), whole("person_id", null=True), text("salt", null=True),
        text("value", null=True), text("digest"),
        key("personal_values", "seq", "item"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_personal_values_person_id", "personal_values", ["person_id"])
    op.create_table(
        "persons",
        whole("id"), text("name"), text("sex", null=True), text("id_kind"), text("id_number", null=True),
        text("birth_date", null=True), text("phone", null=True),
        key("persons", "id"),
        unique("persons", "id_kind", "id_number"),
    )
    op.create_index("ix_persons_name", "persons", ["name"])
    op.create_table(
        "settings",
        text("name"), text("value"),
        key("settings", "name"),
    )
    op.create_table(
        "staff",
        whole("id"), text("name"), text("role"), text("passphrase", null=True), flag("active"),
        whole("wrong_guesses"), text("wait_until", null=True),
        key("staff", "id"),
        unique("staff", "name"),
    )
    op.create_table(
        "contestants",
        whole("id"), whole("competition_id"), whole("person_id"), text("code"),
        whole("organisation_id", null=True), whole("employer_id", null=True),
        text("employment", null=True), json("fields"), json("titles"), text("photo", null=True),
        key("contestants", "id"),
        refers("contestants", "competition_id", "competitions"),
        refers("contestants", "employer_id", "organisations"),
        refers("contestants", "organisation_id", "organisations"),
        refers("contestants", "person_id", "persons"),
        unique("contestants", "competition_id", "code"),
    )
    op.create_index("ix_contestants_employer_id", "contestants", ["employer_id"])
    op.create_index("ix_contestants_organisation_id", "contestants", ["organisation_id"])
    op.create_index("ix_contestants_person_id", "contestants", ["person_id"])
    op.create_table(
        "events",
        whole("id"), whole("competition_id"), text("code"), text("name"), whole("position"),
        json("aliases"), whole("team_min"), whole("team_max"), whole("quota", null=True),
        json("eligibility"), flag("double_entry"), text("state"), whole("data_version"),
        whole("mark_changes"),
        key("events", "id"),
        refers("events", "competition_id", "competitions"),
        unique("events", "competition_id", "code"),
    )
    op.create_table(
        "participations",
        whole("competition_id"), whole("organisation_id"), text("code"),
        key("participations", "competition_id", "organisation_id"),
        refers("participations", "competition_id", "competitions"),
        refers("participations", "organisation_id", "organisations"),
        unique("participations", "competition_id", "code"),
    )
    op.create_table(
        "criteria",
        whole("id"), whole("event_id"), text("stage"), text("module"), text("code"),
        key("criteria", "id"),
        refers("criteria", "event_id", "events"),
        unique("criteria", "event_id", "stage", "module", "code"),
    )
    op.create_table(
        "divisions",
        whole("id"), whole("event_id"), text("code"), text("name"), whole("position"),
        key("divisions", "id"),
        refers("divisions", "event_id", "events"),
        unique("divisions", "event_id", "code"),
    )
    op.create_table(
        "judges",
        whole("id"), whole("event_id"), text("code"), text("role"), text("judging_group", null=True),
        whole("position"),
        key("judges", "id"),
        refers("judges", "event_id", "events"),
        unique("judges", "event_id", "code"),
    )
    op.create_table(
        "plan_versions",
        whole("id"), whole("event_id"), whole("version"), text("plan"), text("reason", null=True),
        text("made_at"),
        key("plan_versions", "id"),
        refers("plan_versions", "event_id", "events"),
        unique("plan_versions", "event_id", "version"),
    )
    op.create_table(
        "rulings",
        whole("id"), whole("event_id"), text("kind"), whole("position"), text("stage", null=True),
        text("code", null=True), json("entries"), text("reason", null=True), json("more"),
        text("withdrawn", null=True),
        key("rulings", "id"),
        refers("rulings", "event_id", "events"),
    )
    op.create_index("ix_rulings_event_id", "rulings", ["event_id"])
    op.create_table(
        "works",
        whole("id"), whole("event_id"), text("stage"), text("module"), text("code", null=True),
        whole("data_version"),
        key("works", "id"),
        refers("works", "event_id", "events"),
        unique("works", "event_id", "stage", "module", "code"),
    )
    op.create_index("ix_works_event_id_data_version", "works", ["event_id", "data_version"])
    op.create_table(
        "assignments",
        whole("judge_id"), text("stage"), text("module"),
        key("assignments", "judge_id", "stage", "module"),
        refers("assignments", "judge_id", "judges"),
    )
    op.create_table(
        "entries",
        whole("id"), whole("event_id"), whole("division_id", null=True), text("number"),
        text("name", null=True), whole("organisation_id", null=True), text("judging_group", null=True),
        text("status"), text("status_reason", null=True), json("coaches"), json("fields"),
        key("entries", "id"),
        refers("entries", "division_id", "divisions"),
        refers("entries", "event_id", "events"),
        refers("entries", "organisation_id", "organisations"),
        unique("entries", "event_id", "number"),
    )
    op.create_index("ix_entries_division_id", "entries", ["division_id"])
    op.create_index("ix_entries_organisation_id", "entries", ["organisation_id"])
    op.create_table(
        "judge_persons",
        whole("id"), whole("judge_id"), text("name", null=True), whole("organisation_id", null=True),
        text("since", null=True),
        key("judge_persons", "id"),
        refers("judge_persons", "judge_id", "judges"),
        refers("judge_persons", "organisation_id", "organisations"),
    )
    op.create_index("ix_judge_persons_judge_id", "judge_persons", ["judge_id"])
    op.create_table(
        "marks",
        whole("work_id"), small("attempt"), whole("criterion_id"), whole("judge_id"),
        big("units", null=True), small("outcome"), whole("version"),
        key("marks", "work_id", "attempt", "criterion_id", "judge_id"),
        refers("marks", "criterion_id", "criteria"),
        refers("marks", "judge_id", "judges"),
        refers("marks", "work_id", "works"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recusals",
        whole("judge_id"), whole("work_id"), text("reason", null=True),
        key("recusals", "judge_id", "work_id"),
        refers("recusals", "judge_id", "judges"),
        refers("recusals", "work_id", "works"),
    )
    op.create_table(
        "sheets",
        whole("id"), whole("work_id"), small("attempt"), whole("judge_id"), text("medium"), text("state"),
        text("entered_by", null=True), text("confirmed_by", null=True), text("counted_at", null=True),
        key("sheets", "id"),
        refers("sheets", "judge_id", "judges"),
        refers("sheets", "work_id", "works"),
        unique("sheets", "work_id", "attempt", "judge_id"),
    )
    op.create_index("ix_sheets_judge_id_state", "sheets", ["judge_id", "state"])
    op.create_table(
        "certificates",
        whole("id"), text("serial"), whole("competition_id"), whole("event_id", null=True),
        whole("entry_id", null=True), whole("contestant_id", null=True), text("kind"), text("layout"),
        json("content"), text("result_digest"), text("state"), text("issued_on"),
        text("void_reason", null=True),
        key("certificates", "id"),
        refers("certificates", "competition_id", "competitions"),
        refers("certificates", "contestant_id", "contestants"),
        refers("certificates", "entry_id", "entries"),
        refers("certificates", "event_id", "events"),
        unique("certificates", "serial"),
    )
    op.create_index("ix_certificates_competition_id", "certificates", ["competition_id"])
    op.create_index("ix_certificates_contestant_id", "certificates", ["contestant_id"])
    op.create_index("ix_certificates_entry_id", "certificates", ["entry_id"])
    op.create_index("ix_certificates_event_id", "certificates", ["event_id"])
    op.create_table(
        "entry_organisations",
        whole("entry_id"), whole("organisation_id"), whole("position"), text("share", null=True),
        key("entry_organisations", "entry_id", "organisation_id"),
        refers("entry_organisations", "entry_id", "entries"),
        refers("entry_organisations", "organisation_id", "organisations"),
    )
    op.create_table(
        "memberships",
        whole("entry_id"), whole("contestant_id"), whole("position"), text("role", null=True),
        key("memberships", "entry_id", "contestant_id"),
        refers("memberships", "contestant_id", "contestants"),
        refers("memberships", "entry_id", "entries"),
    )
    op.create_index("ix_memberships_contestant_id", "memberships", ["contestant_id"])
    op.create_table(
        "module_facts",
        whole("entry_id"), text("stage"), text("module"), text("seconds", null=True),
        text("submitted_at", null=True), flag("absent"), text("absent_reason", null=True),
        key("module_facts", "entry_id", "stage", "module"),
        refers("module_facts", "entry_id", "entries"),
    )
    op.create_table(
        "penalties",
        whole("id"), whole("entry_id"), text("stage", null=True), text("module", null=True),
        whole("attempt", null=True), big("units", null=True), flag("disqualifies"), text("reason"),
        text("withdrawn", null=True),
        key("penalties", "id"),
        refers("penalties", "entry_id", "entries"),
    )
    op.create_index("ix_penalties_entry_id", "penalties", ["entry_id"])
    op.create_table(
        "registrations",
        whole("id"), whole("competition_id"), whole("event_id"), whole("contestant_id"), whole("entry_id"),
        text("state"), text("reason", null=True), text("file", null=True), text("sheet", null=True),
        whole("row", null=True), json("problems"), text("received_at"), text("reviewed_at", null=True),
        key("registrations", "id"),
        refers("registrations", "competition_id", "competitions"),
        refers("registrations", "contestant_id", "contestants"),
        refers("registrations", "entry_id", "entries"),
        refers("registrations", "event_id", "events"),
        unique("registrations", "event_id", "contestant_id"),
    )
    op.create_index("ix_registrations_competition_id", "registrations", ["competition_id"])
    op.create_index("ix_registrations_contestant_id", "registrations", ["contestant_id"])
    op.create_index("ix_registrations_entry_id", "registrations", ["entry_id"])
    op.create_table(
        "scores",
        whole("entry_id"), text("stage"), text("module"), small("attempt"), whole("version"),
        big("units", null=True), small("outcome"), text("reason", null=True),
        big("history_seq", null=True),
        key("scores", "entry_id", "stage", "module", "attempt", "version"),
        refers("scores", "entry_id", "entries"),
    )
    op.create_table(
        "work_links",
        whole("work_id"), whole("entry_id"),
        key("work_links", "work_id"),
        refers("work_links", "entry_id", "entries"),
        refers("work_links", "work_id", "works"),
    )
    op.create_index("ix_work_links_entry_id", "work_links", ["entry_id"])
    # fmt: on


def keep_for_ever(table: str, key: tuple[str, ...]) -> None:
    """Triggers that refuse to change or delete rows, and to replace one (INSERT OR REPLACE)."""
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - our own names
    for name, when, condition in (
        ("no_update", "UPDATE", None),
        ("no_delete", "DELETE", None),
        ("no_replace", "INSERT", taken),
    ):
        refuse(f"{table}_{name}", table, when, condition, f"rows of {table} are kept for ever")


def refuse(name: str, table: str, when: str, condition: str | None, text_: str) -> None:
    """A trigger that stops a statement, in the spelling of SQLite or of PostgreSQL."""
    if op.get_context().dialect.name == "sqlite":
        test = f"WHEN {condition} " if condition else ""
        body = f"BEGIN SELECT RAISE(ABORT, '{text_}'); END"
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table} {test}{body}")
        return
    stop = f"RAISE EXCEPTION '{text_}';"
    test = f"IF {condition} THEN {stop} END IF;" if condition else stop
    head = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
    op.execute(head + f"$$ BEGIN {test} RETURN NEW; END $$")
    op.execute(f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
