"""Tickets that open one stream."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_1620"
down_revision = "2026_11_22_1610"


def upgrade() -> None:
    op.create_table(
        "stream_tickets",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=True),
        sa.Column("scopes", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("stream_tickets_person_id_fkey"), ondelete="cascade"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("stream_tickets_session_id_fkey"), ondelete="cascade"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("stream_tickets_pkey")),
    )
    for column in ("person_id", "session_id", "expires_at"):
        op.create_index(f"stream_tickets_{column}_idx", "stream_tickets", [column])


def downgrade() -> None:
    op.drop_table("stream_tickets")
