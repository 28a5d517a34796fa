"""Runs that wait for an approval in chat."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "2026_11_22_0720"
down_revision = "2026_11_22_0710"


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=True),
        sa.Column("tickets", ARRAY(sa.Uuid()), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("runs_person_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("runs_pkey")),
    )
    op.create_index("runs_person_id_idx", "runs", ["person_id"], unique=False)
    op.create_index("runs_expires_at_idx", "runs", ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_index("runs_expires_at_idx", table_name="runs")
    op.drop_index("runs_person_id_idx", table_name="runs")
    op.drop_table("runs")
