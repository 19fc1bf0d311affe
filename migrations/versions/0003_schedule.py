"""The timetable of a competition, and an index by which sheets are counted as they came in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "schedule_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("starts", sa.String(), nullable=False),
        sa.Column("ends", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_schedule_items"),
        sa.ForeignKeyConstraint(
            ["competition_id"], ["competitions.id"], name="fk_schedule_items_competition_id_competitions"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_schedule_items_event_id_events"),
    )
    op.create_index("ix_schedule_items_competition_id", "schedule_items", ["competition_id"])
    op.create_index("ix_sheets_counted_at", "sheets", ["counted_at"])
