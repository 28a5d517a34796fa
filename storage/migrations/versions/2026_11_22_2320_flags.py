"""Flags: how admins set them."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_2320"
down_revision = "2026_11_22_2310"


def upgrade() -> None:
    op.create_table(
        "flag_settings",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("roles", sa.ARRAY(sa.String()), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("percent between 0 and 100", name=op.f("flag_settings_percent_check")),
        sa.CheckConstraint("version > 0", name=op.f("flag_settings_version_check")),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("flag_settings_pkey")),
    )
    op.create_index("flag_settings_person_id_idx", "flag_settings", ["person_id"])


def downgrade() -> None:
    op.drop_table("flag_settings")
