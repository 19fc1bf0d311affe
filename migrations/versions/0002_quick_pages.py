"""Indexes by which pages open at once on a large store: the history, the marks of who sat on a seat."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_history_at", "history", ["at"])
    op.create_index("ix_history_use_case_actor", "history", ["use_case", "actor"])
    op.create_index(
        "ix_mark_versions_judge_person_id_version", "mark_versions", ["judge_person_id", "version"]
    )
